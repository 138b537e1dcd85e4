//! `repeats`: a step that is done again and again.

use crate::answer::{Answer, Reason};
use crate::args::Args;
use crate::condition::Condition;
use crate::number::Number;
use crate::pattern::{Needs, Pattern};
use crate::steps::StepSet;
use crate::term::days_apart;
use crate::view::Group;

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

impl Pattern for Repeats {
    fn judge(&self, group: &Group<'_, '_>) -> Answer {
        let mut rows = Vec::new();
        let mut unknown = None;
        let mut any = false;
        for row in group.rows_of(self.step) {
            any = true;
            match self.only.as_ref().map_or(Ok(true), |only| only.holds(group.view, row)) {
                Ok(true) => rows.push(row),
                Ok(false) => {}
                Err(reason) => {
                    unknown.get_or_insert(reason);
                }
            }
        }
        if !any {
            return Answer::NO_SUBJECT;
        }
        let least = usize::try_from(self.at_least.count()).unwrap_or(usize::MAX).max(1);
        let Some(window) = &self.within_days else {
            return match unknown {
                _ if rows.len() >= least => Answer::found(rows),
                Some(reason) => Answer::unknown(reason),
                None => Answer::CLEAR,
            };
        };
        let dates: Vec<_> =
            rows.iter().map(|row| group.view.moment(*row).map(|m| m.local_date())).collect();
        if dates.iter().any(Option::is_none) && rows.len() >= least {
            return Answer::unknown(Reason::TimeMissing);
        }
        for (dates, rows) in dates.windows(least).zip(rows.windows(least)) {
            if let (Some(Some(first)), Some(Some(last))) = (dates.first(), dates.last())
                && days_apart(*first, *last) <= window.fixed()
            {
                return Answer::found(rows.to_vec());
            }
        }
        unknown.map_or(Answer::CLEAR, Answer::unknown)
    }

    fn triggers(&self) -> StepSet {
        self.step
    }

    fn needs(&self, needs: &mut Needs) {
        needs.steps.push(self.step);
        needs.slots.extend(self.only.iter().flat_map(Condition::slots));
    }
}
