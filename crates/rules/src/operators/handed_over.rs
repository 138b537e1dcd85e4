//! `handed_over`: shortly before the decision the case came into another hand.

use crate::answer::{Answer, Reason};
use crate::args::Args;
use crate::number::Number;
use crate::pattern::{Needs, Pattern};
use crate::steps::StepSet;
use crate::view::Group;
use model::calendar::working_days_between;

#[derive(Debug)]
struct HandedOver {
    step: StepSet,
    handle: StepSet,
    working_days: Number,
}

pub(super) fn read(args: &mut Args<'_, '_, '_, '_>) -> Option<Box<dyn Pattern>> {
    args.reads_who();
    Some(Box::new(HandedOver {
        step: args.steps("step"),
        handle: args.steps("handle"),
        working_days: args.number("working_days"),
    }))
}

impl Pattern for HandedOver {
    fn judge(&self, group: &Group<'_, '_>) -> Answer {
        let Some(decision) = group.first(self.step) else { return Answer::NO_SUBJECT };
        let before: Vec<usize> =
            group.rows_of(self.handle | self.step).filter(|row| *row < decision).collect();
        if before.is_empty() {
            return Answer::NO_SUBJECT;
        }
        let decider = match group.view.person(decision) {
            Ok(person) => person,
            Err(reason) => return Answer::unknown(reason),
        };
        let mut others = Vec::new();
        let mut entered = decision;
        for row in &before {
            match group.view.person(*row) {
                Ok(person) if person == decider => entered = entered.min(*row),
                Ok(_) => others.push(*row),
                Err(reason) => return Answer::unknown(reason),
            }
        }
        let taken_over = others.iter().any(|row| *row < entered);
        if !taken_over {
            return Answer::CLEAR;
        }
        let (Some(came), Some(decided)) =
            (group.view.moment(entered), group.view.moment(decision))
        else {
            return Answer::unknown(Reason::TimeMissing);
        };
        let days = working_days_between(came.local_date(), decided.local_date());
        let short = i64::from(days) <= self.working_days.fixed();
        let mut rows: Vec<usize> = others.last().copied().into_iter().collect();
        rows.extend([entered, decision]);
        Answer::when(short, rows)
    }

    fn triggers(&self) -> StepSet {
        self.step
    }

    fn needs(&self, needs: &mut Needs) {
        needs.steps.extend([self.step, self.handle]);
    }
}
