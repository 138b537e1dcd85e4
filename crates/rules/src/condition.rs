//! A condition on one event: a column and one test, or several that must all hold.

use crate::answer::Reason;
use crate::args::Args;
use crate::number::Number;
use crate::view::{Cell, Slot, View, same_text};

/// With what a column is compared.
#[derive(Clone, Debug)]
enum Other {
    Who,
    Column(Slot),
}

#[derive(Clone, Debug)]
enum Test {
    Equals(Vec<String>),
    NoneOf(Vec<String>),
    AtLeast(Number),
    AtMost(Number),
    Below(Number),
    Above(Number),
    AboveField(Slot),
    BelowField(Slot),
    SameAs(Other),
    Missing,
    ShorterThan(Number),
    MultipleOf(Number),
}

/// A column and one test, and others that must hold besides.
#[derive(Clone, Debug)]
pub struct Condition {
    slot: Slot,
    test: Test,
    /// What the same event must meet as well.
    also: Vec<Condition>,
}

const TESTS: [&str; 13] = [
    "equals",
    "one_of",
    "none_of",
    "at_least",
    "at_most",
    "below",
    "above",
    "above_field",
    "below_field",
    "same_as",
    "missing",
    "shorter_than",
    "multiple_of",
];

impl Condition {
    /// Reads `field` and one test from the fields of the arguments.
    pub(crate) fn read(args: &mut Args<'_, '_, '_, '_>) -> Option<Self> {
        let slot = args.column("field");
        let mut tests = Vec::new();
        if let Some(tree) = args.reader.tree("equals") {
            use catalogue::tree::Node;
            match &tree.node {
                Node::Text(text) => tests.push(Test::Equals(vec![text.clone()])),
                Node::Int(number) => tests.push(Test::Equals(vec![number.to_string()])),
                Node::Bool(yes) => tests.push(Test::Equals(vec![yes.to_string()])),
                Node::Other(_) | Node::List(_) | Node::Table(_) => {
                    let hint = "text, a whole number, true or false";
                    args.reader.fault(
                        "equals",
                        "`equals` cannot be compared with this",
                        hint,
                    );
                    return None;
                }
            }
        }
        let one_of = args.reader.texts("one_of");
        if !one_of.is_empty() {
            tests.push(Test::Equals(one_of));
        }
        let none_of = args.reader.texts("none_of");
        if !none_of.is_empty() {
            tests.push(Test::NoneOf(none_of));
        }
        let mut numeric = |key: &'static str, make: fn(Number) -> Test| {
            if let Some(number) = args.number_opt(key) {
                tests.push(make(number));
            }
        };
        numeric("at_least", Test::AtLeast);
        numeric("at_most", Test::AtMost);
        numeric("below", Test::Below);
        numeric("above", Test::Above);
        numeric("shorter_than", Test::ShorterThan);
        numeric("multiple_of", Test::MultipleOf);
        if let Some(other) = args.column_opt("above_field") {
            tests.push(Test::AboveField(other));
        }
        if let Some(other) = args.column_opt("below_field") {
            tests.push(Test::BelowField(other));
        }
        match args.reader.text_opt("same_as") {
            Some("who") => {
                args.reads_who();
                tests.push(Test::SameAs(Other::Who));
            }
            Some(name) => {
                let name = name.to_owned();
                let other = args.known_column("same_as", &name)?;
                tests.push(Test::SameAs(Other::Column(other)));
            }
            None => {}
        }
        if args.reader.flag("missing", false) {
            tests.push(Test::Missing);
        }
        if tests.len() != 1 {
            let sentence =
                format!("a condition has exactly one test, here are {}", tests.len());
            args.reader.fault(
                "field",
                sentence,
                format!("tests are {}", TESTS.join(", ")),
            );
        }
        Some(Self { slot, test: tests.into_iter().next()?, also: Vec::new() })
    }

    /// The condition that an event meets when it meets all of these; `None` for none.
    pub(crate) fn all(conditions: Vec<Self>) -> Option<Self> {
        let mut rest = conditions.into_iter();
        let mut first = rest.next()?;
        first.also.extend(rest);
        Some(first)
    }

    /// The column it reads.
    pub fn slot(&self) -> Slot {
        self.slot
    }

    /// All columns it reads.
    pub fn slots(&self) -> Vec<Slot> {
        let mut slots = vec![self.slot];
        match &self.test {
            Test::AboveField(s)
            | Test::BelowField(s)
            | Test::SameAs(Other::Column(s)) => {
                slots.push(*s);
            }
            Test::Equals(_)
            | Test::NoneOf(_)
            | Test::AtLeast(_)
            | Test::AtMost(_)
            | Test::Below(_)
            | Test::Above(_)
            | Test::SameAs(Other::Who)
            | Test::Missing
            | Test::ShorterThan(_)
            | Test::MultipleOf(_) => {}
        }
        slots.extend(self.also.iter().flat_map(Self::slots));
        slots
    }

    /// Whether an event meets it, or why that cannot be said. Of several conditions one that
    /// is not met decides, whatever the others would say.
    pub fn holds(&self, view: &View<'_>, row: usize) -> Result<bool, Reason> {
        self.also.iter().fold(self.own(view, row), |so_far, other| {
            match (so_far, || other.holds(view, row)) {
                (Ok(false), _) => Ok(false),
                (Ok(true), next) => next(),
                (Err(reason), next) => {
                    if next() == Ok(false) {
                        Ok(false)
                    } else {
                        Err(reason)
                    }
                }
            }
        })
    }

    fn own(&self, view: &View<'_>, row: usize) -> Result<bool, Reason> {
        let missing = || view.why_missing(self.slot);
        if let Test::Missing = self.test {
            return if view.has(self.slot) {
                Ok(view.cell(self.slot, row).is_none())
            } else {
                Err(Reason::ColumnMissing)
            };
        }
        let cell = view.cell(self.slot, row).ok_or_else(missing)?;
        // a number with periods is that of the date of the event
        let number = |number: &Number| {
            if !number.has_periods() {
                return Ok(number.fixed());
            }
            let moment = view.moment(row).ok_or(Reason::TimeMissing)?;
            Ok(number.on(Some(moment.local_date())))
        };
        let against = |n: &Number| order(cell, number(n)?).ok_or(Reason::ValueMissing);
        let other =
            |slot: Slot| view.cell(slot, row).ok_or_else(|| view.why_missing(slot));
        match &self.test {
            Test::Equals(texts) => Ok(texts.iter().any(|text| equals(cell, text))),
            Test::NoneOf(texts) => Ok(!texts.iter().any(|text| equals(cell, text))),
            Test::AtLeast(n) => Ok(against(n)?.is_ge()),
            Test::AtMost(n) => Ok(against(n)?.is_le()),
            Test::Below(n) => Ok(against(n)?.is_lt()),
            Test::Above(n) => Ok(against(n)?.is_gt()),
            Test::AboveField(slot) => Ok(compare(cell, other(*slot)?)?.is_gt()),
            Test::BelowField(slot) => Ok(compare(cell, other(*slot)?)?.is_lt()),
            Test::SameAs(Other::Column(slot)) => Ok(same(cell, other(*slot)?)),
            Test::SameAs(Other::Who) => {
                let who = view.person(row)?;
                let name = view.log.dictionaries.who.text(who).unwrap_or_default();
                Ok(matches!(cell, Cell::Text(text, _) if text == name))
            }
            Test::ShorterThan(length) => match cell {
                Cell::Text(text, _) => Ok((text.chars().count() as u64) < length.count()),
                Cell::Int(_) | Cell::Float(_) | Cell::Bool(_) | Cell::Time(_) => {
                    Err(Reason::ValueMissing)
                }
            },
            // nothing is no round amount
            Test::MultipleOf(of) => match cell {
                Cell::Int(value) => {
                    Ok(value != 0 && value.checked_rem(number(of)?) == Some(0))
                }
                Cell::Text(..) | Cell::Float(_) | Cell::Bool(_) | Cell::Time(_) => {
                    Err(Reason::ValueMissing)
                }
            },
            Test::Missing => Ok(false),
        }
    }
}

fn equals(cell: Cell<'_>, text: &str) -> bool {
    match cell {
        Cell::Text(value, _) => same_text(value, text),
        Cell::Int(value) => text.parse() == Ok(value),
        Cell::Bool(value) => text.parse() == Ok(value),
        Cell::Float(value) => text.parse() == Ok(value),
        Cell::Time(micros) => model::time::local(micros).date().to_string() == text,
    }
}

/// A value beside a number; `None` where it is no number.
fn order(cell: Cell<'_>, number: i64) -> Option<std::cmp::Ordering> {
    match cell {
        Cell::Int(value) => Some(value.cmp(&number)),
        Cell::Float(value) => value.partial_cmp(&(number as f64)),
        Cell::Text(text, _) => {
            text.trim().parse::<f64>().ok()?.partial_cmp(&(number as f64))
        }
        Cell::Bool(_) | Cell::Time(_) => None,
    }
}

/// Two values in one order; a value that is no number counts as missing.
fn compare(a: Cell<'_>, b: Cell<'_>) -> Result<std::cmp::Ordering, Reason> {
    match (a, b) {
        (Cell::Int(a), Cell::Int(b)) | (Cell::Time(a), Cell::Time(b)) => Ok(a.cmp(&b)),
        _ => magnitude(a)
            .zip(magnitude(b))
            .and_then(|(a, b)| a.partial_cmp(&b))
            .ok_or(Reason::ValueMissing),
    }
}

/// Numbers and moments as one order; `None` for text that is no number.
fn magnitude(cell: Cell<'_>) -> Option<f64> {
    match cell {
        Cell::Int(value) | Cell::Time(value) => Some(value as f64),
        Cell::Float(value) => Some(value),
        Cell::Text(text, _) => text.trim().parse().ok(),
        Cell::Bool(_) => None,
    }
}

/// Whether two values are the same; texts without regard to capitals.
pub(crate) fn same(a: Cell<'_>, b: Cell<'_>) -> bool {
    match (a, b) {
        (Cell::Text(a, _), Cell::Text(b, _)) => same_text(a, b),
        (Cell::Int(a), Cell::Int(b)) | (Cell::Time(a), Cell::Time(b)) => a == b,
        (Cell::Bool(a), Cell::Bool(b)) => a == b,
        _ => magnitude(a).is_some() && magnitude(a) == magnitude(b),
    }
}
