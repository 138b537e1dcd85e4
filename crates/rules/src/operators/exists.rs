//! `exists`: at least so many events of the steps.

use crate::answer::{Answer, Reason};
use crate::args::Args;
use crate::condition::Condition;
use crate::number::Number;
use crate::pattern::{Needs, Pattern};
use crate::steps::StepSet;
use crate::view::Group;

#[derive(Debug)]
struct Exists {
    step: StepSet,
    at_least: Number,
    only: Option<Condition>,
}

pub(super) fn read(args: &mut Args<'_, '_, '_, '_>) -> Option<Box<dyn Pattern>> {
    Some(Box::new(Exists {
        step: args.steps("step"),
        at_least: args.number_or("at_least", 1),
        only: args.condition_opt("where"),
    }))
}

impl Pattern for Exists {
    fn judge(&self, group: &Group<'_, '_>) -> Answer {
        if !group.recorded(self.step) {
            return Answer::unknown(Reason::StepNotRecorded);
        }
        let least = usize::try_from(self.at_least.of(group)).unwrap_or(0);
        let mut rows = Vec::new();
        let mut unknown = None;
        let mut doubtful = 0;
        for row in group.rows_of(self.step) {
            match self.only.as_ref().map_or(Ok(true), |only| only.holds(group.view, row))
            {
                Ok(true) => rows.push(row),
                Ok(false) => {}
                Err(reason) => {
                    doubtful += 1;
                    unknown.get_or_insert(reason);
                }
            }
        }
        match unknown {
            _ if rows.len() >= least => Answer::found(rows),
            Some(reason) if rows.len() + doubtful >= least => Answer::unknown(reason),
            _ => Answer::CLEAR,
        }
    }

    fn needs(&self, needs: &mut Needs) {
        needs.steps.push(self.step);
        needs.slots.extend(self.only.iter().flat_map(Condition::slots));
    }
}
