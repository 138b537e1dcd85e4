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
    Some(Box::new(AfterTheFact { approve: args.steps("approve"), effect: args.steps("effect") }))
}

impl Pattern for AfterTheFact {
    fn judge(&self, group: &Group<'_, '_>) -> Answer {
        let (Some(approve), Some(effect)) = (group.first(self.approve), group.first(self.effect))
        else {
            return Answer::NO_SUBJECT;
        };
        let day_only =
            |row: usize| group.view.moment(row).is_some_and(|moment| moment.day_only);
        match group.apart(approve, effect) {
            Apart::NoTime => Answer::unknown(Reason::TimeMissing),
            Apart::Certain => Answer::when(effect < approve, vec![approve, effect]),
            // on one day without hours nobody can say which came first
            Apart::ByFile if day_only(approve) || day_only(effect) => {
                Answer::unknown(Reason::DateOnly)
            }
            Apart::ByFile => {
                Answer::when(effect < approve, vec![approve, effect]).resting_on_order(true)
            }
        }
    }

    fn triggers(&self) -> StepSet {
        self.effect
    }

    fn needs(&self, needs: &mut Needs) {
        needs.steps.extend([self.approve, self.effect]);
    }
}
