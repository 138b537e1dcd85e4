//! `returns`: a value changes and soon becomes what it was before.

use crate::answer::{Answer, Reason};
use crate::args::Args;
use crate::condition::Condition;
use crate::number::Number;
use crate::pattern::{Needs, Pattern};
use crate::second::text;
use crate::steps::StepSet;
use crate::term::days_apart;
use crate::view::{Apart, Group, Slot};
use model::Date;

#[derive(Debug)]
struct Returns {
    step: StepSet,
    field: Slot,
    within_days: Number,
    only: Option<Condition>,
}

pub(super) fn read(args: &mut Args<'_, '_, '_, '_>) -> Option<Box<dyn Pattern>> {
    Some(Box::new(Returns {
        step: args.steps("step"),
        field: args.column("field"),
        within_days: args.number("within_days"),
        only: args.condition_opt("where"),
    }))
}

/// One event that gives the field a value, or may do so.
#[derive(Debug)]
struct Seen {
    row: usize,
    date: Option<Date>,
    value: Option<String>,
    doubt: Option<Reason>,
}

impl Seen {
    fn may_equal(&self, other: &Self) -> bool {
        self.value.is_none() || other.value.is_none() || self.value == other.value
    }

    fn may_differ(&self, other: &Self) -> bool {
        self.value.is_none() || other.value.is_none() || self.value != other.value
    }

    /// Whether it may come before the other; without a time it may stand anywhere.
    fn may_precede(&self, other: &Self, group: &Group<'_, '_>) -> bool {
        self.row < other.row
            || matches!(group.apart(self.row, other.row), Apart::NoTime | Apart::SameDay)
    }

    /// Whether the other comes so many days after it at most, or may do so.
    fn may_lie_within(&self, other: &Self, days: i64) -> bool {
        match (self.date, other.date) {
            (Some(from), Some(to)) => days_apart(from, to) <= days,
            _ => true,
        }
    }
}

impl Returns {
    fn seen(&self, group: &Group<'_, '_>) -> Vec<Seen> {
        let mut all = Vec::new();
        for row in group.rows_of(self.step) {
            let doubt = match self.only.as_ref().map(|only| only.holds(group.view, row)) {
                None | Some(Ok(true)) => None,
                Some(Ok(false)) => continue,
                Some(Err(reason)) => Some(reason),
            };
            let date = group.view.moment(row).map(model::Moment::local_date);
            let value = group.view.cell(self.field, row);
            let value = value.map(|cell| text(cell).to_lowercase());
            let doubt = doubt
                .or_else(|| value.is_none().then(|| group.view.why_missing(self.field)))
                .or_else(|| date.is_none().then_some(Reason::TimeMissing));
            all.push(Seen { row, date, value, doubt });
        }
        all
    }

    /// The first return of which everything is known.
    fn sure(group: &Group<'_, '_>, seen: &[&Seen], days: i64) -> Option<Answer> {
        for (at, back) in seen.iter().enumerate() {
            let Some(first) = seen.iter().find(|first| first.value == back.value) else {
                continue;
            };
            let away = seen.iter().take(at).rev().filter(|away| {
                first.row < away.row
                    && away.value != back.value
                    && away.may_lie_within(back, days)
            });
            for away in away {
                let orders =
                    [group.apart(first.row, away.row), group.apart(away.row, back.row)];
                if !orders.contains(&Apart::SameDay) {
                    let rows = vec![first.row, away.row, back.row];
                    let by_order = orders.contains(&Apart::ByFile);
                    return Some(Answer::found(rows).resting_on_order(by_order));
                }
            }
        }
        None
    }

    /// Whether there may be a return, with what is not known.
    fn possible(group: &Group<'_, '_>, seen: &[Seen], days: i64) -> bool {
        seen.iter().any(|back| {
            let away = seen.iter().filter(|away| {
                away.row != back.row
                    && away.may_differ(back)
                    && away.may_precede(back, group)
                    && away.may_lie_within(back, days)
            });
            let mut away = away;
            away.any(|away| {
                seen.iter().any(|first| {
                    ![away.row, back.row].contains(&first.row)
                        && first.may_equal(back)
                        && first.may_differ(away)
                        && first.may_precede(away, group)
                })
            })
        })
    }
}

impl Pattern for Returns {
    fn judge(&self, group: &Group<'_, '_>) -> Answer {
        if !group.present.meets(self.step) {
            return Answer::NO_SUBJECT;
        }
        let days = self.within_days.of(group);
        let seen = self.seen(group);
        let sure: Vec<&Seen> = seen.iter().filter(|seen| seen.doubt.is_none()).collect();
        if let Some(found) = Self::sure(group, &sure, days) {
            return found;
        }
        let hourless = || {
            let dated = sure.iter().any(|seen| {
                group.view.moment(seen.row).is_some_and(|moment| moment.day_only)
            });
            dated.then_some(Reason::DateOnly)
        };
        match seen.iter().find_map(|seen| seen.doubt).or_else(hourless) {
            Some(reason) if Self::possible(group, &seen, days) => Answer::unknown(reason),
            _ => Answer::CLEAR,
        }
    }

    fn triggers(&self) -> StepSet {
        self.step
    }

    fn needs(&self, needs: &mut Needs) {
        needs.steps.push(self.step);
        needs.slots.push(self.field);
        needs.slots.extend(self.only.iter().flat_map(Condition::slots));
    }
}
