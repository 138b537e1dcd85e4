//! `after_the_fact`: the approval came after its effect.

use crate::answer::{Answer, Reason};
use crate::args::Args;
use crate::pattern::{Needs, Pattern};
use crate::steps::StepSet;
use crate::view::{Apart, Group};

#[derive(Debug)]
struct AfterTheFact {
    approve: StepSet,
    effect: StepSet,
}

pub(super) fn read(args: &mut Args<'_, '_, '_, '_>) -> Option<Box<dyn Pattern>> {
    Some(Box::new(AfterTheFact {
        approve: args.steps("approve"),
        effect: args.steps("effect"),
    }))
}

impl Pattern for AfterTheFact {
    fn judge(&self, group: &Group<'_, '_>) -> Answer {
        if let Some(answer) = group.one_sided(self.approve, self.effect) {
            return answer;
        }
        let (Some(approve), Some(effect)) =
            (group.first(self.approve), group.first(self.effect))
        else {
            return Answer::NO_SUBJECT;
        };
        if approve == effect {
            // one event that is both: the approval does not come after it
            return Answer::CLEAR;
        }
        // an event without a time may be the first of its kind
        let doubtful = if effect < approve { self.approve } else { self.effect };
        if group.timeless(doubtful) {
            return Answer::unknown(Reason::TimeMissing);
        }
        let day_only = |row: usize| group.view.moment(row).is_some_and(|at| at.day_only);
        match group.apart(approve, effect) {
            Apart::NoTime => Answer::unknown(Reason::TimeMissing),
            Apart::SameDay => Answer::unknown(Reason::DateOnly),
            Apart::Certain => Answer::when(effect < approve, [approve, effect]),
            // on one day without hours nobody can say which came first
            Apart::ByFile if day_only(approve) => Answer::unknown(Reason::DateOnly),
            Apart::ByFile => {
                Answer::when(effect < approve, [approve, effect]).resting_on_order(true)
            }
        }
    }

    fn triggers(&self) -> StepSet {
        self.approve | self.effect
    }

    fn needs(&self, needs: &mut Needs) {
        needs.steps.extend([self.approve, self.effect]);
    }
}
