//! `handed_over`: shortly before the decision the case came into another hand.

use crate::answer::{Answer, Reason};
use crate::args::Args;
use crate::number::Number;
use crate::pattern::{Needs, Pattern};
use crate::steps::StepSet;
use crate::view::{Apart, Group};
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
        if !group.recorded(self.handle) {
            return Answer::unknown(Reason::StepNotRecorded);
        }
        if group.timeless(self.handle | self.step) {
            // it may be the first decision, or the first time somebody handled the case
            return Answer::unknown(Reason::TimeMissing);
        }
        let before =
            || group.rows_of(self.handle | self.step).take_while(|row| *row < decision);
        if before().next().is_none() {
            return Answer::NO_SUBJECT;
        }
        let decider = match group.view.person(decision) {
            Ok(person) => person,
            Err(reason) => return Answer::unknown(reason),
        };
        let entered = before()
            .find(|row| group.view.person(*row) == Ok(decider))
            .unwrap_or(decision);
        let earlier = || before().take_while(|row| *row < entered);
        let (Some(came), Some(decided)) =
            (group.view.moment(entered), group.view.moment(decision))
        else {
            return Answer::unknown(Reason::TimeMissing);
        };
        let days = working_days_between(came.local_date(), decided.local_date());
        if earlier().next().is_none() || i64::from(days) > self.working_days.of(group) {
            return Answer::CLEAR;
        }
        // an unnamed handler may be the decider, who then came in sooner
        if let Some(reason) = earlier().find_map(|row| group.view.person(row).err()) {
            return Answer::unknown(reason);
        }
        let apart: Vec<Apart> = earlier().map(|row| group.apart(row, entered)).collect();
        if apart.iter().all(|apart| *apart == Apart::SameDay) {
            return Answer::unknown(Reason::DateOnly);
        }
        let by_order = apart.iter().all(|apart| *apart != Apart::Certain);
        let rows = earlier().last().into_iter().chain([entered, decision]).collect();
        Answer::found(rows).resting_on_order(by_order)
    }

    fn triggers(&self) -> StepSet {
        self.step
    }

    fn needs(&self, needs: &mut Needs) {
        needs.steps.extend([self.step, self.handle]);
    }
}
