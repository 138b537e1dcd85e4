//! `fewer_people`: steps that take several people were done by fewer.

use crate::answer::Answer;
use crate::args::Args;
use crate::number::Number;
use crate::pattern::{Needs, Pattern};
use crate::steps::StepSet;
use crate::view::Group;
use std::collections::BTreeSet;

#[derive(Debug)]
struct FewerPeople {
    step: StepSet,
    least: Number,
}

pub(super) fn read(args: &mut Args<'_, '_, '_, '_>) -> Option<Box<dyn Pattern>> {
    args.reads_who();
    Some(Box::new(FewerPeople { step: args.steps("step"), least: args.number("least") }))
}

impl Pattern for FewerPeople {
    fn judge(&self, group: &Group<'_, '_>) -> Answer {
        if !group.present.meets(self.step) {
            return Answer::NO_SUBJECT;
        }
        let least = usize::try_from(self.least.of(group)).unwrap_or(0);
        let mut people = BTreeSet::new();
        let mut unknown = None;
        let mut nameless = 0;
        let rows: Vec<usize> = group.rows_of(self.step).collect();
        for row in &rows {
            match group.view.person(*row) {
                Ok(person) => {
                    people.insert(person);
                }
                Err(reason) => {
                    nameless += 1;
                    unknown.get_or_insert(reason);
                }
            }
        }
        match unknown {
            _ if people.len() >= least => Answer::CLEAR,
            Some(reason) if people.len() + nameless >= least => Answer::unknown(reason),
            _ => Answer::found(rows),
        }
    }

    fn triggers(&self) -> StepSet {
        self.step
    }

    fn needs(&self, needs: &mut Needs) {
        needs.steps.push(self.step);
    }
}
