//! `distinct`: many different values of one thing, over all or within one window.

use crate::answer::{Answer, Reason};
use crate::args::Args;
use crate::condition::Condition;
use crate::number::Number;
use crate::pattern::{Needs, Pattern};
use crate::second::text;
use crate::steps::StepSet;
use crate::view::{Apart, Cell, Group, Slot, same_text};
use model::time::{DAY_MICROS, Date};
use std::collections::{BTreeMap, BTreeSet};

const MINUTE_MICROS: i64 = 60_000_000;
const HOUR_MICROS: i64 = 60 * MINUTE_MICROS;

#[derive(Clone, Copy, Debug)]
enum Field {
    Who,
    Day,
    Column(Slot),
}

#[derive(Clone, Debug)]
enum Window {
    Ever,
    Days(Number),
    Minutes(Number),
}

#[derive(Debug)]
struct Distinct {
    step: StepSet,
    field: Field,
    at_least: Number,
    window: Window,
    before: Option<StepSet>,
    same: Vec<Slot>,
    only: Option<Condition>,
}

pub(super) fn read(args: &mut Args<'_, '_, '_, '_>) -> Option<Box<dyn Pattern>> {
    let step = args.steps("step");
    let field = match args.reader.text("field").as_str() {
        "who" => {
            args.reads_who();
            Field::Who
        }
        "day" => Field::Day,
        column => {
            let column = column.to_owned();
            Field::Column(args.known_column("field", &column)?)
        }
    };
    let window = match (args.number_opt("within_days"), args.number_opt("within_minutes"))
    {
        (None, None) => Window::Ever,
        (Some(days), None) => Window::Days(days),
        (None, Some(minutes)) => Window::Minutes(minutes),
        (Some(_), Some(_)) => {
            let hint = "keep one of `within_days` and `within_minutes`";
            args.reader.fault("within_days", "a window has only one unit", hint);
            Window::Ever
        }
    };
    let before = args.reader.tree("before").is_some().then(|| args.steps("before"));
    let same = args.columns("same");
    if !same.is_empty() && before.is_none() {
        let hint = "name the steps whose values must be the same";
        args.reader.fault("same", "`same` needs `before`", hint);
    }
    Some(Box::new(Distinct {
        step,
        field,
        at_least: args.number("at_least"),
        window,
        before,
        same,
        only: args.condition_opt("where"),
    }))
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Value {
    Person(u32),
    Text(String),
}

/// One event that counts or may count, and when: from the earliest to the latest it may have
/// been, in days or microseconds.
#[derive(Debug)]
struct Seen {
    row: usize,
    from: i64,
    to: i64,
    value: Option<Value>,
    doubt: Option<Reason>,
}

/// The values that lie in a window; an unknown value may be a new one.
#[derive(Debug, Default)]
struct Count<'s> {
    known: BTreeMap<&'s Value, usize>,
    unknown: usize,
}

impl<'s> Count<'s> {
    fn add(&mut self, seen: &'s Seen) {
        match &seen.value {
            Some(value) => *self.known.entry(value).or_default() += 1,
            None => self.unknown += 1,
        }
    }

    fn remove(&mut self, seen: &'s Seen) {
        let Some(value) = &seen.value else {
            self.unknown = self.unknown.saturating_sub(1);
            return;
        };
        if let Some(times) = self.known.get_mut(value) {
            *times -= 1;
            if *times == 0 {
                self.known.remove(value);
            }
        }
    }

    fn len(&self) -> usize {
        self.known.len() + self.unknown
    }
}

/// The rows of the first window of this width that may hold so many values. A window that
/// holds the most can always be moved until it begins at the latest moment of one event.
fn reach(seen: &[&Seen], width: i64, least: usize) -> Option<Vec<usize>> {
    let (mut by_from, mut by_to) = (seen.to_vec(), seen.to_vec());
    by_from.sort_by_key(|seen| seen.from);
    by_to.sort_by_key(|seen| seen.to);
    let mut coming = by_from.into_iter().peekable();
    let mut going = by_to.iter().copied().peekable();
    let mut count = Count::default();
    for begin in by_to.iter().map(|seen| seen.to) {
        let end = begin.saturating_add(width);
        while let Some(seen) = coming.next_if(|seen| seen.from <= end) {
            count.add(seen);
        }
        while let Some(seen) = going.next_if(|seen| seen.to < begin) {
            count.remove(seen);
        }
        if count.len() >= least {
            let inside = seen.iter().filter(|seen| seen.from <= end && seen.to >= begin);
            return Some(inside.map(|seen| seen.row).collect());
        }
    }
    None
}

/// Whether an event counts for one of those before which is counted.
#[derive(Clone, Copy, Debug)]
enum Fits {
    Yes { by_order: bool },
    No { by_order: bool },
    Perhaps(Reason),
}

impl Distinct {
    fn span(&self, group: &Group<'_, '_>, row: usize) -> Option<(i64, i64)> {
        let moment = group.view.moment(row)?;
        Some(match self.window {
            Window::Ever => (0, 0),
            Window::Days(_) => {
                let day = i64::from((moment.local_date() - Date::ZERO).get_days());
                (day, day)
            }
            // a bare date stands at midnight here or in UTC, and may be any hour of its day
            Window::Minutes(_) if moment.day_only => (
                moment.micros - 2 * HOUR_MICROS,
                moment.micros + DAY_MICROS + HOUR_MICROS,
            ),
            Window::Minutes(_) => (moment.micros, moment.micros),
        })
    }

    fn width(&self, group: &Group<'_, '_>) -> i64 {
        match &self.window {
            Window::Ever => i64::MAX,
            Window::Days(days) => days.of(group),
            Window::Minutes(minutes) => minutes.of(group).saturating_mul(MINUTE_MICROS),
        }
    }

    fn value(&self, group: &Group<'_, '_>, row: usize) -> Result<Value, Reason> {
        match self.field {
            Field::Who => group.view.person(row).map(Value::Person),
            Field::Day => {
                let moment = group.view.moment(row).ok_or(Reason::TimeMissing)?;
                Ok(Value::Text(moment.local_date().to_string()))
            }
            Field::Column(slot) => {
                let cell = group.view.cell(slot, row);
                let cell = cell.ok_or_else(|| group.view.why_missing(slot))?;
                Ok(Value::Text(text(cell).to_lowercase()))
            }
        }
    }

    /// Every event that counts or may count.
    fn seen(&self, group: &Group<'_, '_>) -> Vec<Seen> {
        let mut all = Vec::new();
        for row in group.rows_of(self.step) {
            let mut doubt =
                match self.only.as_ref().map(|only| only.holds(group.view, row)) {
                    None | Some(Ok(true)) => None,
                    Some(Ok(false)) => continue,
                    Some(Err(reason)) => Some(reason),
                };
            let value = self.value(group, row);
            doubt = doubt.or(value.as_ref().err().copied());
            let timeless = !matches!(self.window, Window::Ever) || self.before.is_some();
            let (from, to) = match self.span(group, row) {
                Some(span) => span,
                None if timeless => {
                    doubt = doubt.or(Some(Reason::TimeMissing));
                    (i64::MIN, i64::MAX)
                }
                None => (0, 0),
            };
            if from < to && self.before.is_none() {
                doubt = doubt.or(Some(Reason::DateOnly));
            }
            all.push(Seen { row, from, to, value: value.ok(), doubt });
        }
        all
    }

    fn anywhere(&self, group: &Group<'_, '_>, seen: &[Seen], least: usize) -> Answer {
        let width = self.width(group);
        let sure: Vec<&Seen> = seen.iter().filter(|seen| seen.doubt.is_none()).collect();
        if let Some(rows) = reach(&sure, width, least) {
            return Answer::found(rows);
        }
        let all: Vec<&Seen> = seen.iter().collect();
        match seen.iter().find_map(|seen| seen.doubt) {
            Some(reason) if reach(&all, width, least).is_some() => {
                Answer::unknown(reason)
            }
            _ => Answer::CLEAR,
        }
    }

    /// Whether the event has the values of the anchor in all columns of `same`.
    fn agrees(
        &self,
        group: &Group<'_, '_>,
        row: usize,
        anchor: usize,
    ) -> Result<bool, Reason> {
        let mut unknown = None;
        for slot in &self.same {
            let value = |row| group.view.cell(*slot, row);
            match (value(row), value(anchor)) {
                (Some(Cell::Text(_, a)), Some(Cell::Text(_, b))) if a == b => {}
                (Some(a), Some(b)) if same_text(&text(a), &text(b)) => {}
                (Some(_), Some(_)) => return Ok(false),
                _ => unknown = Some(group.view.why_missing(*slot)),
            }
        }
        unknown.map_or(Ok(true), Err)
    }

    fn fits(
        &self,
        group: &Group<'_, '_>,
        seen: &Seen,
        anchor: usize,
        width: i64,
    ) -> Fits {
        let (row, never) = (seen.row, Fits::No { by_order: false });
        let agrees = self.agrees(group, row, anchor);
        if agrees == Ok(false) || row == anchor {
            return never;
        }
        let apart = group.apart(row, anchor);
        let Some((from, to)) = self.span(group, anchor) else {
            return Fits::Perhaps(seen.doubt.unwrap_or(Reason::TimeMissing));
        };
        if apart == Apart::Certain && row > anchor || from.saturating_sub(seen.to) > width
        {
            return never;
        }
        if apart == Apart::ByFile && row > anchor {
            return Fits::No { by_order: true };
        }
        let doubt = seen.doubt.or(agrees.err()).or(match apart {
            Apart::NoTime => Some(Reason::TimeMissing),
            Apart::SameDay => Some(Reason::DateOnly),
            // with bare dates the minutes between them are not known
            Apart::Certain | Apart::ByFile => {
                (to.saturating_sub(seen.from) > width).then_some(Reason::DateOnly)
            }
        });
        doubt.map_or(Fits::Yes { by_order: apart == Apart::ByFile }, Fits::Perhaps)
    }

    fn before(
        &self,
        group: &Group<'_, '_>,
        seen: &[Seen],
        least: usize,
        anchors: StepSet,
    ) -> Answer {
        let width = self.width(group);
        let (mut unknown, mut ordered) = (None, false);
        for anchor in group.rows_of(anchors) {
            let (mut sure, mut known, mut nameless) =
                (BTreeSet::new(), BTreeSet::new(), 0);
            let (mut rows, mut doubt, mut by_order) = (vec![anchor], None, false);
            for seen in seen {
                match self.fits(group, seen, anchor, width) {
                    Fits::No { by_order: order } => {
                        by_order |= order;
                        continue;
                    }
                    Fits::Yes { by_order: order } => {
                        by_order |= order;
                        rows.push(seen.row);
                        sure.extend(&seen.value);
                    }
                    Fits::Perhaps(reason) => {
                        doubt.get_or_insert(reason);
                    }
                }
                known.extend(&seen.value);
                nameless += usize::from(seen.value.is_none());
            }
            if sure.len() >= least {
                return Answer::found(rows).resting_on_order(by_order);
            }
            if known.len() + nameless >= least {
                unknown = unknown.or(doubt);
            }
            ordered |= by_order;
        }
        unknown.map_or(Answer::CLEAR.resting_on_order(ordered), Answer::unknown)
    }
}

impl Pattern for Distinct {
    fn judge(&self, group: &Group<'_, '_>) -> Answer {
        if !group.present.meets(self.triggers()) {
            return Answer::NO_SUBJECT;
        }
        if !group.recorded(self.step) {
            return Answer::unknown(Reason::StepNotRecorded);
        }
        let least = usize::try_from(self.at_least.of(group)).unwrap_or(0).max(1);
        let seen = self.seen(group);
        match self.before {
            Some(anchors) => self.before(group, &seen, least, anchors),
            None => self.anywhere(group, &seen, least),
        }
    }

    fn triggers(&self) -> StepSet {
        self.before.unwrap_or(self.step)
    }

    fn needs(&self, needs: &mut Needs) {
        needs.steps.push(self.step);
        needs.steps.extend(self.before);
        if let Field::Column(slot) = self.field {
            needs.slots.push(slot);
        }
        needs.slots.extend(&self.same);
        needs.slots.extend(self.only.iter().flat_map(Condition::slots));
    }
}
