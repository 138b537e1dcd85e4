//! What a rule looks at: a batch of whole groups, prepared once for all rules.
//!
//! Everything here is a look into Arrow arrays; nothing is copied but the steps of events
//! whose binding depends on an attribute.
#![expect(
    clippy::indexing_slicing,
    reason = "rows come from the ranges of the batch itself; all columns have its length"
)]

use crate::answer::{Answer, Reason};
use crate::steps::{StepSet, UNBOUND};
use arrow_array::Array;
use columns::{Attribute, Dictionary, Events, Values, WhoKind};
use model::Moment;
use model::time::Date;
use std::collections::BTreeMap;
use std::ops::Range;

/// A column that some rule reads; a position in [`Log::slots`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Slot(pub usize);

/// What is known of the whole log before any event is read.
#[derive(Debug)]
pub struct Log<'a> {
    /// The dictionaries of the snapshot.
    pub dictionaries: &'a columns::events::Dictionaries,
    /// The steps of each activity, by code.
    pub steps: Vec<StepSet>,
    /// Activities whose binding depends on an attribute: code → (attribute, value, steps).
    pub conditional: BTreeMap<u32, Vec<(String, String, StepSet)>>,
    /// Steps this log records, as far as the binding says.
    pub recorded: StepSet,
    /// For each slot the name of the attribute in the log, where there is one.
    pub slots: Vec<Option<String>>,
    /// The day on which the picture is drawn.
    pub as_of: Date,
    /// Whether cases are handed out by a fixed scheme (declared in the binding).
    pub assigned: bool,
}

/// A value of a column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell<'a> {
    /// Text, with its code.
    Text(&'a str, u32),
    /// A whole number; money in cents.
    Int(i64),
    /// A number with a fraction.
    Float(f64),
    /// Yes or no.
    Bool(bool),
    /// A moment, in microseconds since the epoch.
    Time(i64),
}

/// A batch of whole groups.
#[derive(Debug)]
pub struct View<'a> {
    /// The log.
    pub log: &'a Log<'a>,
    /// The events.
    pub events: &'a Events,
    case: &'a [u32],
    time: &'a [i64],
    who: &'a [u32],
    activity: &'a [u32],
    by_row: Option<Vec<StepSet>>,
    slots: Vec<Option<(&'a Attribute, Option<&'a Dictionary>)>>,
}

impl<'a> View<'a> {
    /// Looks at a batch.
    pub fn new(log: &'a Log<'a>, events: &'a Events) -> Self {
        let slots = log
            .slots
            .iter()
            .map(|name| {
                let name = name.as_ref()?;
                let attribute = events.attributes.get(name)?;
                Some((attribute, log.dictionaries.attributes.get(name)))
            })
            .collect();
        let mut view = Self {
            log,
            events,
            case: events.case.values(),
            time: events.time.values(),
            who: events.who.values(),
            activity: events.activity.values(),
            by_row: None,
            slots,
        };
        if !log.conditional.is_empty() {
            view.by_row =
                Some((0..events.len()).map(|row| view.conditional_steps(row)).collect());
        }
        view
    }

    fn conditional_steps(&self, row: usize) -> StepSet {
        let activity = self.activity[row];
        let plain = self.log.steps.get(activity as usize).copied().unwrap_or(UNBOUND);
        let Some(ways) = self.log.conditional.get(&activity) else { return plain };
        let mut steps = if plain == UNBOUND { StepSet::NONE } else { plain };
        for (attribute, value, set) in ways {
            let cell = self.named(attribute, row);
            let fits = match cell {
                Some(Cell::Text(text, _)) => same_text(text, value),
                Some(Cell::Int(n)) => n.to_string() == *value,
                Some(Cell::Bool(yes)) => yes.to_string() == *value,
                Some(Cell::Float(_) | Cell::Time(_)) | None => false,
            };
            if fits {
                steps |= *set;
            }
        }
        if steps.is_empty() { UNBOUND } else { steps }
    }

    /// The steps of an event; [`UNBOUND`] where the binding names none.
    pub fn steps(&self, row: usize) -> StepSet {
        match &self.by_row {
            Some(steps) => steps[row],
            None => self
                .log
                .steps
                .get(self.activity[row] as usize)
                .copied()
                .unwrap_or(UNBOUND),
        }
    }

    /// The code of the case of an event.
    pub fn case(&self, row: usize) -> u32 {
        self.case[row]
    }

    /// The code of the activity of an event.
    pub fn activity(&self, row: usize) -> u32 {
        self.activity[row]
    }

    /// The moment of an event; `None` where the source gave none.
    pub fn moment(&self, row: usize) -> Option<Moment> {
        if self.events.time.is_null(row) {
            return None;
        }
        Some(Moment { micros: self.time[row], day_only: self.events.day_only.value(row) })
    }

    /// The handler of an event, whoever stands behind the name.
    pub fn who(&self, row: usize) -> Option<u32> {
        (!self.events.who.is_null(row)).then(|| self.who[row])
    }

    /// The person who handled an event, or why no person can be named.
    pub fn person(&self, row: usize) -> Result<u32, Reason> {
        let who = self.who(row).ok_or(Reason::HandlerMissing)?;
        match self.log.dictionaries.who_kind.get(who as usize) {
            Some(WhoKind::Service) => Err(Reason::ServiceAccount),
            Some(WhoKind::Shared) => Err(Reason::SharedDesk),
            Some(WhoKind::Person) | None => Ok(who),
        }
    }

    /// Whether the log has a column.
    pub fn has(&self, slot: Slot) -> bool {
        self.slots.get(slot.0).is_some_and(Option::is_some)
    }

    /// A value; `None` where it is missing or the log has no such column.
    pub fn cell(&self, slot: Slot, row: usize) -> Option<Cell<'a>> {
        let (attribute, dictionary) = (*self.slots.get(slot.0)?)?;
        cell(attribute, dictionary, row)
    }

    fn named(&self, attribute: &str, row: usize) -> Option<Cell<'a>> {
        let values = self.events.attributes.get(attribute)?;
        cell(values, self.log.dictionaries.attributes.get(attribute), row)
    }

    /// Why a value is missing: the log has no such column, or the event no such value.
    pub fn why_missing(&self, slot: Slot) -> Reason {
        if self.has(slot) { Reason::ValueMissing } else { Reason::ColumnMissing }
    }

    /// The place of an event in its source.
    pub fn place(&self, row: usize) -> u64 {
        self.events.place.value(row)
    }
}

fn cell<'a>(
    attribute: &'a Attribute,
    dictionary: Option<&'a Dictionary>,
    row: usize,
) -> Option<Cell<'a>> {
    match &attribute.values {
        Values::Text(codes) => {
            let code = codes.is_valid(row).then(|| codes.value(row))?;
            Some(Cell::Text(dictionary?.text(code)?, code))
        }
        Values::Int(values) => values.is_valid(row).then(|| Cell::Int(values.value(row))),
        Values::Float(values) => {
            values.is_valid(row).then(|| Cell::Float(values.value(row)))
        }
        Values::Bool(values) => {
            values.is_valid(row).then(|| Cell::Bool(values.value(row)))
        }
        Values::Time(values) => {
            values.is_valid(row).then(|| Cell::Time(values.value(row)))
        }
    }
}

/// Whether two texts are the same without regard to capitals.
pub fn same_text(a: &str, b: &str) -> bool {
    a == b
        || a.chars()
            .flat_map(char::to_lowercase)
            .eq(b.chars().flat_map(char::to_lowercase))
}

/// The events of one group, in the order of time.
#[derive(Debug)]
pub struct Group<'v, 'a> {
    /// The batch.
    pub view: &'v View<'a>,
    /// The rows of the group.
    pub rows: Range<usize>,
    /// All steps that occur in it.
    pub present: StepSet,
}

/// How two events of a group lie to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Apart {
    /// Their times differ.
    Certain,
    /// Their times are equal, or both are the same bare date: the file decides.
    ByFile,
    /// One is a bare date and the other a time on that date: nobody can say which came
    /// first, because where the date stands among the times is only how it was written.
    SameDay,
    /// One of them has no time.
    NoTime,
}

impl<'v, 'a> Group<'v, 'a> {
    /// The group of these rows.
    pub fn new(view: &'v View<'a>, rows: Range<usize>) -> Self {
        let present = rows.clone().fold(StepSet::NONE, |set, row| set | view.steps(row));
        Self { view, rows, present }
    }

    /// The rows that take one of the steps, in order.
    pub fn rows_of(
        &self,
        steps: StepSet,
    ) -> impl DoubleEndedIterator<Item = usize> + use<'v, 'a> {
        let view = self.view;
        self.rows.clone().filter(move |row| view.steps(*row).meets(steps))
    }

    /// The first row of the steps.
    pub fn first(&self, steps: StepSet) -> Option<usize> {
        if !self.present.meets(steps) {
            return None;
        }
        self.rows_of(steps).next()
    }

    /// The last row of the steps.
    pub fn last(&self, steps: StepSet) -> Option<usize> {
        if !self.present.meets(steps) {
            return None;
        }
        self.rows_of(steps).next_back()
    }

    /// Whether the log records any of the steps at all; what occurs here is recorded,
    /// whatever the binding says.
    pub fn recorded(&self, steps: StepSet) -> bool {
        self.present.meets(steps) || self.view.log.recorded.meets(steps)
    }

    /// Whether some event of the steps has no time, so that it may have come before any
    /// other. (Such events stand last in their group.)
    pub fn timeless(&self, steps: StepSet) -> bool {
        self.last(steps).is_some_and(|row| self.view.moment(row).is_none())
    }

    /// Of two sets of steps that a rule holds against each other: `None` where both occur,
    /// else why there is no answer. A group with one of them in a log that does not record
    /// the other is not assessable; else the rule does not speak of it.
    pub fn one_sided(&self, a: StepSet, b: StepSet) -> Option<Answer> {
        match (self.present.meets(a), self.present.meets(b)) {
            (true, true) => None,
            (true, false) if !self.recorded(b) => {
                Some(Answer::unknown(Reason::StepNotRecorded))
            }
            (false, true) if !self.recorded(a) => {
                Some(Answer::unknown(Reason::StepNotRecorded))
            }
            _ => Some(Answer::NO_SUBJECT),
        }
    }

    /// How certain the order of two rows is.
    pub fn apart(&self, a: usize, b: usize) -> Apart {
        let (Some(a), Some(b)) = (self.view.moment(a), self.view.moment(b)) else {
            return Apart::NoTime;
        };
        match (a.day_only, b.day_only) {
            (false, false) if a.micros == b.micros => Apart::ByFile,
            (false, false) => Apart::Certain,
            _ if a.local_date() != b.local_date() => Apart::Certain,
            (true, true) => Apart::ByFile,
            _ => Apart::SameDay,
        }
    }

    /// The date of the first event that has a time.
    pub fn first_date(&self) -> Option<Date> {
        self.rows.clone().find_map(|row| self.view.moment(row)).map(Moment::local_date)
    }
}
