//! `run_of_same`: the same person (or another value) so many times in a row.

use crate::answer::{Answer, Reason};
use crate::args::Args;
use crate::condition::Condition;
use crate::number::Number;
use crate::pattern::{Needs, Pattern};
use crate::steps::StepSet;
use crate::view::{Apart, Cell, Group, Slot};

#[derive(Debug)]
struct RunOfSame {
    step: StepSet,
    at_least: Number,
    /// The column whose value stays the same; `None`: the handler.
    field: Option<Slot>,
    only: Option<Condition>,
}

pub(super) fn read(args: &mut Args<'_, '_, '_, '_>) -> Option<Box<dyn Pattern>> {
    let step = args.steps("step");
    let at_least = args.number("at_least");
    let field = match args.reader.text_opt("field") {
        None | Some("who") => {
            args.reads_who();
            None
        }
        Some(column) => {
            let column = column.to_owned();
            Some(args.known_column("field", &column)?)
        }
    };
    let only = args.condition_opt("where");
    Some(Box::new(RunOfSame { step, at_least, field, only }))
}

/// What one event adds to a run.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Value<'a> {
    Who(u32),
    Cell(Cell<'a>),
    /// Not known, so that it may belong to any run.
    Unknown(Reason),
    /// Known, but not known to count: with the condition in doubt it may be passed over.
    Doubtful(Reason),
}

impl Value<'_> {
    fn doubt(self) -> Option<Reason> {
        match self {
            Self::Unknown(reason) | Self::Doubtful(reason) => Some(reason),
            Self::Who(_) | Self::Cell(_) => None,
        }
    }
}

impl RunOfSame {
    fn value<'a>(&self, group: &Group<'_, 'a>, row: usize) -> Option<Value<'a>> {
        let counts =
            self.only.as_ref().map_or(Ok(true), |only| only.holds(group.view, row));
        match counts {
            Ok(true) => {}
            Ok(false) => return None,
            Err(reason) => return Some(Value::Doubtful(reason)),
        }
        Some(match self.field {
            None => group.view.person(row).map_or_else(Value::Unknown, Value::Who),
            Some(slot) => group.view.cell(slot, row).map_or_else(
                || Value::Unknown(group.view.why_missing(slot)),
                Value::Cell,
            ),
        })
    }
}

/// The longest run of one known value, with nothing unknown in it.
fn longest_certain<'r, 'a>(all: &'r [(usize, Value<'a>)]) -> &'r [(usize, Value<'a>)] {
    all.chunk_by(|a, b| a.1 == b.1)
        .filter(|run| run.iter().all(|(_, value)| value.doubt().is_none()))
        .rev()
        .max_by_key(|run| run.len())
        .unwrap_or_default()
}

/// How many events of one known value there would be in a row if all that is unknown were
/// of that value.
fn longest_possible(all: &[(usize, Value<'_>)]) -> usize {
    let mut longest = 0;
    for (at, _) in all.iter().enumerate() {
        let rest = all.iter().skip(at);
        let known = rest.clone().map(|(_, v)| *v).find(|v| v.doubt().is_none());
        let fits = |value: &Value<'_>| value.doubt().is_some() || Some(*value) == known;
        longest = longest.max(rest.take_while(|(_, value)| fits(value)).count());
    }
    longest
}

impl Pattern for RunOfSame {
    fn judge(&self, group: &Group<'_, '_>) -> Answer {
        let all: Vec<(usize, Value<'_>)> = group
            .rows_of(self.step)
            .filter_map(|row| Some((row, self.value(group, row)?)))
            .collect();
        if all.is_empty() {
            return Answer::NO_SUBJECT;
        }
        let least = usize::try_from(self.at_least.of(group)).unwrap_or(0).max(1);
        let timeless = |row: usize| group.view.moment(row).is_none();
        let (timed, loose): (Vec<_>, Vec<_>) =
            all.iter().copied().partition(|(row, _)| !timeless(*row));
        let pairs = || timed.iter().zip(timed.iter().skip(1));
        let meet = |apart: Apart| {
            let lies = |a: usize, b: usize| group.apart(a, b) == apart;
            pairs().any(|(a, b)| a.1 != b.1 && lies(a.0, b.0))
        };
        let run = longest_certain(&timed);
        // so many events of unknown place can break a run into pieces, the longest of which
        // has at least this length
        let whole = run.len().div_ceil(loose.len() + 1) >= least;
        let possible = longest_possible(&timed) + loose.len() >= least;
        let first_doubt = || all.iter().find_map(|(_, value)| value.doubt());
        if whole && !meet(Apart::SameDay) {
            let rows = run.iter().map(|(row, _)| *row).collect();
            return Answer::found(rows).resting_on_order(meet(Apart::ByFile));
        }
        let in_doubt = !loose.is_empty() && (possible || run.len() >= least);
        if in_doubt {
            return Answer::unknown(Reason::TimeMissing);
        }
        // the day may hold a run in another order
        if meet(Apart::SameDay) && all.len() >= least {
            return Answer::unknown(Reason::DateOnly);
        }
        match first_doubt() {
            Some(reason) if possible => Answer::unknown(reason),
            _ => Answer::CLEAR.resting_on_order(meet(Apart::ByFile)),
        }
    }

    fn triggers(&self) -> StepSet {
        self.step
    }

    fn needs(&self, needs: &mut Needs) {
        needs.steps.push(self.step);
        needs.slots.extend(self.field);
        needs.slots.extend(self.only.iter().flat_map(Condition::slots));
    }
}
