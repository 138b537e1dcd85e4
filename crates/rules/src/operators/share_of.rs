//! `share_of`: a large part of the events of a group meets a condition, such as four in five
//! amounts that are round.

use crate::answer::Answer;
use crate::args::Args;
use crate::condition::Condition;
use crate::number::Number;
use crate::pattern::{Needs, Pattern};
use crate::steps::StepSet;
use crate::view::Group;

#[derive(Debug)]
struct ShareOf {
    step: StepSet,
    only: Condition,
    percent: Number,
    least: Number,
}

pub(super) fn read(args: &mut Args<'_, '_, '_, '_>) -> Option<Box<dyn Pattern>> {
    if args.reader.tree("where").is_none() {
        args.reader.fault("where", "`where` is missing", "a condition on the events");
    }
    let (step, only) = (args.steps("step"), args.condition_opt("where"));
    let percent = args.number("percent");
    let least = args.number_or("least", 1);
    Some(Box::new(ShareOf { step, only: only?, percent, least }))
}

impl Pattern for ShareOf {
    fn judge(&self, group: &Group<'_, '_>) -> Answer {
        let (mut rows, mut total, mut doubtful, mut reason) = (Vec::new(), 0, 0, None);
        for row in group.rows_of(self.step) {
            total += 1;
            match self.only.holds(group.view, row) {
                Ok(true) => rows.push(row),
                Ok(false) => {}
                Err(why) => {
                    doubtful += 1;
                    reason.get_or_insert(why);
                }
            }
        }
        let least = usize::try_from(self.least.of(group)).unwrap_or(0).max(1);
        if total < least {
            return Answer::NO_SUBJECT;
        }
        let percent = usize::try_from(self.percent.of(group)).unwrap_or(0);
        let enough = |met: usize| met > 0 && met * 100 >= percent * total;
        match reason {
            _ if enough(rows.len()) => Answer::found(rows),
            Some(reason) if enough(rows.len() + doubtful) => Answer::unknown(reason),
            _ => Answer::CLEAR,
        }
    }

    fn triggers(&self) -> StepSet {
        self.step
    }

    fn needs(&self, needs: &mut Needs) {
        needs.steps.push(self.step);
        needs.slots.extend(self.only.slots());
    }
}
