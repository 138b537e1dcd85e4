//! Gathers events by something other than the case: a handler, a person looked up, a
//! document. Part of the aggregated stage, because such groups run across cases.

use crate::compile::{GroupBy, Side};
use crate::steps::StepSet;
use crate::view::{Cell, Log, Slot, View};
use arrow_array::{Array, ArrayRef, UInt32Array};
use columns::events::{Attribute, Events, Values};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// Events that some test wants to see in other groups.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
    wanted: StepSet,
    parts: Vec<Events>,
}

/// Gathered events in the order of their groups.
#[derive(Debug)]
pub(crate) struct Sorted {
    /// All of them.
    pub(crate) events: Events,
    /// The rows of each group.
    pub(crate) groups: Vec<Range<usize>>,
    /// The rows that belong to no group.
    pub(crate) ungrouped: Range<usize>,
}

impl Gathered {
    /// Also gathers events of these steps.
    pub(crate) fn want(&mut self, steps: StepSet) {
        self.wanted |= steps;
    }

    /// Takes what is wanted of a batch.
    pub(crate) fn add(&mut self, view: &View<'_>) {
        let rows: Vec<u32> = (0..view.events.len())
            .filter(|row| view.steps(*row).meets(self.wanted))
            .filter_map(|row| u32::try_from(row).ok())
            .collect();
        if !rows.is_empty()
            && let Some(part) = take(view.events, &UInt32Array::from(rows))
        {
            self.parts.push(part);
        }
    }

    /// All of it, sorted by group, time and place; `None` where there is nothing.
    pub(crate) fn sorted(&self, log: &Log<'_>, by: GroupBy) -> Option<Sorted> {
        let all = concat(&self.parts)?;
        let view = View::new(log, &all);
        let mut order: Vec<(Option<Key>, i64, u64, u32)> = (0..all.len())
            .map(|row| {
                let time = view.moment(row).map_or(i64::MAX, |moment| moment.micros);
                let at = u32::try_from(row).unwrap_or(u32::MAX);
                (key(&view, by, row), time, view.place(row), at)
            })
            .collect();
        // rows without a group (None) come first
        order.sort_unstable();
        let lost = order.partition_point(|(key, ..)| key.is_none());
        let mut groups = Vec::new();
        let mut at = lost;
        for chunk in order.get(lost..)?.chunk_by(|a, b| a.0 == b.0) {
            groups.push(at..at + chunk.len());
            at += chunk.len();
        }
        let rows: UInt32Array = order.iter().map(|(.., row)| *row).collect();
        Some(Sorted { events: take(&all, &rows)?, groups, ungrouped: 0..lost })
    }
}

/// What an event has in common with the others of its group; the second half is for pairs.
type Key = (i64, i64);

fn key(view: &View<'_>, by: GroupBy, row: usize) -> Option<Key> {
    match by {
        GroupBy::Case => Some((i64::from(view.case(row)), 0)),
        GroupBy::Who => view.who(row).map(|who| (i64::from(who), 0)),
        GroupBy::Column(slot) => value(view, slot, row).map(|value| (value, 0)),
        GroupBy::Pair(a, b) => half(view, a, row).zip(half(view, b, row)),
    }
}

fn half(view: &View<'_>, side: Side, row: usize) -> Option<i64> {
    match side {
        Side::Case => Some(i64::from(view.case(row))),
        Side::Who => view.person(row).ok().map(i64::from),
        Side::Day => {
            let day = view.moment(row)?.local_date();
            Some(i64::from(day.year()) * 512 + i64::from(day.day_of_year()))
        }
        Side::Column(slot) => value(view, slot, row),
    }
}

fn value(view: &View<'_>, slot: Slot, row: usize) -> Option<i64> {
    match view.cell(slot, row)? {
        Cell::Text(_, code) => Some(i64::from(code)),
        Cell::Int(number) | Cell::Time(number) => Some(number),
        Cell::Bool(yes) => Some(i64::from(yes)),
        Cell::Float(_) => None,
    }
}

/// All columns of events as arrays, in a fixed order.
fn arrays(events: &Events) -> Vec<ArrayRef> {
    let mut all: Vec<ArrayRef> = vec![
        Arc::new(events.case.clone()),
        Arc::new(events.activity.clone()),
        Arc::new(events.time.clone()),
        Arc::new(events.day_only.clone()),
        Arc::new(events.who.clone()),
        Arc::new(events.place.clone()),
    ];
    all.extend(events.attributes.values().map(|attribute| -> ArrayRef {
        match &attribute.values {
            Values::Text(values) => Arc::new(values.clone()),
            Values::Int(values) | Values::Time(values) => Arc::new(values.clone()),
            Values::Float(values) => Arc::new(values.clone()),
            Values::Bool(values) => Arc::new(values.clone()),
        }
    }));
    all
}

/// Events out of arrays in that order; the kinds of attributes are those of `like`.
fn events(like: &Events, arrays: &[ArrayRef]) -> Option<Events> {
    fn cast<T: Array + Clone + 'static>(array: Option<&ArrayRef>) -> Option<T> {
        array?.as_any().downcast_ref::<T>().cloned()
    }
    let mut attributes = BTreeMap::new();
    for ((name, attribute), array) in like.attributes.iter().zip(arrays.iter().skip(6)) {
        let values = match &attribute.values {
            Values::Text(_) => Values::Text(cast(Some(array))?),
            Values::Int(_) => Values::Int(cast(Some(array))?),
            Values::Time(_) => Values::Time(cast(Some(array))?),
            Values::Float(_) => Values::Float(cast(Some(array))?),
            Values::Bool(_) => Values::Bool(cast(Some(array))?),
        };
        attributes.insert(name.clone(), Attribute { values });
    }
    Some(Events {
        case: cast(arrays.first())?,
        activity: cast(arrays.get(1))?,
        time: cast(arrays.get(2))?,
        day_only: cast(arrays.get(3))?,
        who: cast(arrays.get(4))?,
        place: cast(arrays.get(5))?,
        attributes,
    })
}

fn take(from: &Events, rows: &UInt32Array) -> Option<Events> {
    let taken: Option<Vec<ArrayRef>> = arrays(from)
        .iter()
        .map(|array| arrow_select::take::take(array, rows, None).ok())
        .collect();
    events(from, &taken?)
}

fn concat(parts: &[Events]) -> Option<Events> {
    let first = parts.first()?;
    let columns: Vec<Vec<ArrayRef>> = parts.iter().map(arrays).collect();
    let joined: Option<Vec<ArrayRef>> = (0..columns.first()?.len())
        .map(|at| {
            let pieces: Option<Vec<&dyn Array>> =
                columns.iter().map(|part| part.get(at).map(AsRef::as_ref)).collect();
            arrow_select::concat::concat(&pieces?).ok()
        })
        .collect();
    events(first, &joined?)
}
