//! `repeats`: a step that is done again and again.

use crate::answer::{Answer, Reason};
use crate::args::Args;
use crate::condition::Condition;
use crate::number::Number;
use crate::pattern::{Needs, Pattern};
use crate::steps::StepSet;
use crate::term::days_apart;
use crate::view::Group;
use model::Date;

#[derive(Debug)]
struct Repeats {
    step: StepSet,
    at_least: Number,
    within_days: Option<Number>,
    only: Option<Condition>,
}

pub(super) fn read(args: &mut Args<'_, '_, '_, '_>) -> Option<Box<dyn Pattern>> {
    Some(Box::new(Repeats {
        step: args.steps("step"),
        at_least: args.number("at_least"),
        within_days: args.number_opt("within_days"),
        only: args.condition_opt("where"),
    }))
}

/// The rows of the first window of so many days that holds at least `least` of them; rows
/// without a time lie in none.
fn within(
    group: &Group<'_, '_>,
    rows: &[usize],
    least: usize,
    days: i64,
) -> Option<Vec<usize>> {
    let dated: Vec<(usize, Date)> = rows
        .iter()
        .filter_map(|row| Some((*row, group.view.moment(*row)?.local_date())))
        .collect();
    dated.iter().enumerate().find_map(|(at, (_, first))| {
        let near = dated
            .iter()
            .skip(at)
            .take_while(|(_, date)| days_apart(*first, *date) <= days);
        let near: Vec<usize> = near.map(|(row, _)| *row).collect();
        (near.len() >= least).then_some(near)
    })
}

impl Pattern for Repeats {
    fn judge(&self, group: &Group<'_, '_>) -> Answer {
        if !group.present.meets(self.step) {
            return Answer::NO_SUBJECT;
        }
        let (mut rows, mut maybe, mut unknown) = (Vec::new(), Vec::new(), None);
        for row in group.rows_of(self.step) {
            match self.only.as_ref().map_or(Ok(true), |only| only.holds(group.view, row))
            {
                Ok(true) => rows.push(row),
                Ok(false) => continue,
                Err(reason) => {
                    unknown.get_or_insert(reason);
                }
            }
            maybe.push(row);
        }
        let least = usize::try_from(self.at_least.of(group)).unwrap_or(0).max(1);
        let Some(window) = &self.within_days else {
            return match unknown {
                _ if rows.len() >= least => Answer::found(rows),
                Some(reason) if maybe.len() >= least => Answer::unknown(reason),
                _ => Answer::CLEAR,
            };
        };
        let days = window.of(group);
        if let Some(rows) = within(group, &rows, least, days) {
            return Answer::found(rows);
        }
        // what has no time may lie in any window
        let timeless =
            maybe.iter().filter(|row| group.view.moment(**row).is_none()).count();
        if timeless > 0 {
            unknown = unknown.or(Some(Reason::TimeMissing));
        }
        let rest = least.saturating_sub(timeless);
        let possible = maybe.len() >= least
            && (rest == 0 || within(group, &maybe, rest, days).is_some());
        match unknown {
            Some(reason) if possible => Answer::unknown(reason),
            _ => Answer::CLEAR,
        }
    }

    fn triggers(&self) -> StepSet {
        self.step
    }

    fn needs(&self, needs: &mut Needs) {
        needs.steps.push(self.step);
        needs.slots.extend(self.only.iter().flat_map(Condition::slots));
    }
}
