//! Rows of a table become events, with a note for every cell that cannot be read. Shared by
//! the readers of text and of Parquet.

use super::cell::{self, Kind};
use super::plan::{Attribute, Part, Plan, TimePart, short};
use super::times::Times;
use super::{Constant, Mapping};
use crate::time::Zone;
use columns::{RawEvent, Refusal, Sink, TimeCell, Value};
use model::{Moment, Note, NoteKind, Place};

/// One cell of a table, in the type in which the table holds it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Cell<'a> {
    Missing,
    /// Never empty, no blanks around it.
    Text(&'a str),
    Int(i64),
    /// The digits of a decimal number, and how many of them stand after the decimal sign.
    Decimal(i128, u32),
    Float(f64),
    Bool(bool),
    /// A moment with a zone, or a date.
    Moment(Moment),
    /// Local microseconds since 1970 on a clock without zone.
    Local(i64),
    /// There is a value, but none this program can hold.
    Unreadable,
}

impl<'a> Cell<'a> {
    /// A text cell; one of blanks alone is missing.
    #[inline]
    pub(crate) fn text(text: &'a str) -> Self {
        let text = text.trim_ascii();
        if text.is_empty() { Self::Missing } else { Self::Text(text) }
    }
}

/// Turns rows into events. Holds what is counted over the whole table.
pub(crate) struct Rows<'p> {
    plan: &'p Plan,
    times: Times,
    /// First place and number of times without a zone.
    without_zone: Option<(Place, u64)>,
}

/// The attributes of one row; kept over rows of one block, so that none is allocated.
#[derive(Debug, Default)]
pub(crate) struct Slots<'a> {
    case: Vec<(&'a str, Value<'a>)>,
    event: Vec<(&'a str, Value<'a>)>,
}

impl<'p> Rows<'p> {
    pub(crate) fn new(plan: &'p Plan, mapping: &Mapping) -> Self {
        Self { plan, times: Times::new(&mapping.time), without_zone: None }
    }

    /// Hands over one row, whose cells `cell` gives by place. Its second argument says that
    /// the cell is wanted as text, also where it holds a number.
    #[inline]
    pub(crate) fn row<'a>(
        &mut self,
        place: Place,
        slots: &mut Slots<'a>,
        cell: impl Fn(usize, bool) -> Cell<'a>,
        sink: &mut dyn Sink,
    ) -> Result<(), Refusal>
    where
        'p: 'a,
    {
        slots.case.clear();
        slots.event.clear();
        let plan = self.plan;
        let [case, activity, who] =
            [&plan.case, &plan.activity, &plan.who].map(|part| match part {
                Part::Column(at) => match cell(*at, true) {
                    Cell::Text(text) => Some(text),
                    _ => None,
                },
                Part::Constant(text) => Some(text.as_str()),
                Part::Nowhere => None,
            });
        if case.is_none() {
            note(sink, NoteKind::MissingCase, place, String::new());
        }
        if activity.is_none() {
            note(sink, NoteKind::MissingActivity, place, String::new());
        }
        let time = match plan.time {
            TimePart::Column(at, day) => self.time(cell(at, false), day, place, sink),
            TimePart::Constant(moment) => TimeCell::At(moment),
        };
        for attribute in &plan.attributes {
            let found = cell(attribute.column, attribute.text());
            if found == Cell::Missing {
                continue;
            }
            match self.value(found, attribute.kind) {
                Some(value) => {
                    let into = if attribute.of_case {
                        &mut slots.case
                    } else {
                        &mut slots.event
                    };
                    into.push((attribute.name.as_str(), value));
                }
                None => note(
                    sink,
                    NoteKind::UnreadableValue,
                    place,
                    unreadable(attribute, found),
                ),
            }
        }
        for (name, value) in &plan.constants {
            let value = match value {
                Constant::Text(text) => Value::Text(text),
                Constant::Int(n) => Value::Int(*n),
                Constant::Float(x) => Value::Float(*x),
                Constant::Bool(yes) => Value::Bool(*yes),
            };
            slots.event.push((name, value));
        }
        sink.event(&RawEvent {
            case,
            activity,
            time,
            who,
            case_attributes: &slots.case,
            attributes: &slots.event,
            place,
        })
    }

    fn time(
        &mut self,
        cell: Cell<'_>,
        day: bool,
        place: Place,
        sink: &mut dyn Sink,
    ) -> TimeCell {
        let found = match cell {
            Cell::Missing => {
                note(sink, NoteKind::MissingTime, place, String::new());
                return TimeCell::Missing;
            }
            Cell::Text(text) => self
                .times
                .read(text)
                .map(|time| (time.moment, time.zone == Zone::Assumed, time.certain)),
            Cell::Moment(moment) => Some((moment, false, true)),
            Cell::Local(micros) => self
                .times
                .local(micros)
                .map(|(micros, certain)| (Moment::at(micros), true, certain)),
            _ => None,
        };
        let Some((moment, assumed, certain)) = found else {
            note(sink, NoteKind::UnreadableTime, place, shown(cell));
            return TimeCell::Unreadable;
        };
        if day {
            return TimeCell::At(day_of(moment));
        }
        if assumed {
            self.without_zone.get_or_insert((place, 0)).1 += 1;
        }
        if !certain {
            note(sink, NoteKind::AmbiguousTime, place, shown(cell));
        }
        TimeCell::At(moment)
    }

    fn value<'a>(&mut self, cell: Cell<'a>, kind: Option<Kind>) -> Option<Value<'a>> {
        let comma = self.plan.decimal_comma;
        match (kind, cell) {
            (None | Some(Kind::Text | Kind::Person | Kind::Code), Cell::Text(text)) => {
                Some(Value::Text(text))
            }
            (None | Some(Kind::Int), Cell::Int(n)) => Some(Value::Int(n)),
            (None | Some(Kind::Bool), Cell::Bool(yes)) => Some(Value::Bool(yes)),
            (None | Some(Kind::Float), Cell::Float(x)) => finite(x),
            (None | Some(Kind::Int), Cell::Decimal(digits, 0)) => {
                i64::try_from(digits).ok().map(Value::Int)
            }
            (None | Some(Kind::Float), Cell::Decimal(digits, after)) => {
                format!("{digits}e-{after}").parse().ok().and_then(finite)
            }
            (Some(Kind::Float), Cell::Int(n)) => Some(Value::Float(n as f64)),
            (Some(Kind::Int), Cell::Float(x)) => whole(x).map(Value::Int),
            (Some(Kind::Bool), Cell::Int(n @ 0..=1)) => Some(Value::Bool(n == 1)),
            (Some(Kind::Int), Cell::Text(text)) => cell::int(text, comma).map(Value::Int),
            (Some(Kind::Money), Cell::Text(text)) => {
                cell::money(text, comma).map(Value::Int)
            }
            (Some(Kind::Money), Cell::Int(n)) => n.checked_mul(100).map(Value::Int),
            (Some(Kind::Money), Cell::Float(x)) => {
                cell::cents_of_float(x).map(Value::Int)
            }
            (Some(Kind::Money), Cell::Decimal(digits, after)) => {
                cents(digits, after).map(Value::Int)
            }
            (Some(Kind::Float), Cell::Text(text)) => {
                cell::float(text, comma).map(Value::Float)
            }
            (Some(Kind::Bool), Cell::Text(text)) => cell::truth(text).map(Value::Bool),
            (Some(Kind::Date), cell) => self.moment(cell).map(day_of).map(Value::Time),
            (Some(Kind::Moment) | None, cell) => self.moment(cell).map(Value::Time),
            (Some(_), _) => None,
        }
    }

    /// A moment that is an attribute. A missing zone is told only of the time of the event.
    fn moment(&mut self, cell: Cell<'_>) -> Option<Moment> {
        match cell {
            Cell::Text(text) => self.times.read(text).map(|time| time.moment),
            Cell::Moment(moment) => Some(moment),
            Cell::Local(micros) => self.times.local(micros).map(|(m, _)| Moment::at(m)),
            _ => None,
        }
    }

    /// Tells what was counted.
    pub(crate) fn done(self, sink: &mut dyn Sink) {
        if let Some((place, count)) = self.without_zone {
            let detail = format!("{count} times");
            note(sink, NoteKind::TimeWithoutZone, place, detail);
        }
    }
}

/// The date at the office, where a time of day is to be dropped.
fn day_of(moment: Moment) -> Moment {
    if moment.day_only { moment } else { Moment::on(moment.local_date()) }
}

fn finite<'a>(number: f64) -> Option<Value<'a>> {
    number.is_finite().then_some(Value::Float(number))
}

/// A whole number that a binary fraction holds exactly.
fn whole(number: f64) -> Option<i64> {
    let fits =
        number.fract().abs() < f64::EPSILON && number.abs() < 9_007_199_254_740_992.0;
    #[expect(clippy::cast_possible_truncation, reason = "whole and below 2^53")]
    fits.then_some(number as i64)
}

/// A decimal number of euros in cents, where none gets lost.
fn cents(digits: i128, after: u32) -> Option<i64> {
    let cents = match after {
        0 | 1 => digits.checked_mul(10_i128.pow(2 - after))?,
        _ => {
            let unit = 10_i128.checked_pow(after - 2)?;
            (digits % unit == 0).then_some(digits / unit)?
        }
    };
    i64::try_from(cents).ok()
}

/// What an unreadable cell of an attribute is called in a note: never a person's name.
fn unreadable(attribute: &Attribute, cell: Cell<'_>) -> String {
    let name = short(&attribute.name);
    if attribute.kind == Some(Kind::Person) {
        return name;
    }
    format!("{name}: {}", shown(cell))
}

fn shown(cell: Cell<'_>) -> String {
    match cell {
        Cell::Text(text) => short(text),
        Cell::Int(n) => n.to_string(),
        Cell::Float(x) => x.to_string(),
        Cell::Bool(yes) => yes.to_string(),
        Cell::Decimal(digits, after) => format!("{digits}e-{after}"),
        Cell::Moment(_) | Cell::Local(_) | Cell::Missing | Cell::Unreadable => {
            String::new()
        }
    }
}

pub(crate) fn note(sink: &mut dyn Sink, kind: NoteKind, place: Place, detail: String) {
    sink.note(Note { kind, place: Some(place), detail });
}
