//! `absent`: a step that should be there is not.

use crate::answer::{Answer, Reason};
use crate::args::Args;
use crate::condition::Condition;
use crate::pattern::{Needs, Pattern};
use crate::steps::StepSet;
use crate::view::{Apart, Group};

#[derive(Debug)]
struct Absent {
    step: StepSet,
    once: Option<StepSet>,
    before: bool,
    only: Option<Condition>,
}

pub(super) fn read(args: &mut Args<'_, '_, '_, '_>) -> Option<Box<dyn Pattern>> {
    let step = args.steps("step");
    let once = args.reader.tree("once").is_some().then(|| args.steps("once"));
    let before = args.reader.flag("before", false);
    if before && once.is_none() {
        args.reader.fault(
            "before",
            "`before` needs `once`",
            "name the steps before which",
        );
    }
    Some(Box::new(Absent { step, once, before, only: args.condition_opt("where") }))
}

impl Pattern for Absent {
    fn judge(&self, group: &Group<'_, '_>) -> Answer {
        let first_once = match self.once {
            Some(once) => match group.first(once) {
                Some(row) => Some(row),
                None => return Answer::NO_SUBJECT,
            },
            None => None,
        };
        if !group.recorded(self.step) {
            return Answer::unknown(Reason::StepNotRecorded);
        }
        let mut unknown = None;
        let mut by_order = false;
        let timeless = self.before && self.once.is_some_and(|once| group.timeless(once));
        for row in group.rows_of(self.step) {
            match self.only.as_ref().map_or(Ok(true), |only| only.holds(group.view, row))
            {
                Ok(true) => {}
                Ok(false) => continue,
                Err(reason) => {
                    unknown.get_or_insert(reason);
                    continue;
                }
            }
            let Some(limit) = first_once.filter(|_| self.before) else {
                return Answer::CLEAR;
            };
            match group.apart(row, limit) {
                Apart::NoTime => {
                    unknown.get_or_insert(Reason::TimeMissing);
                }
                Apart::SameDay => {
                    unknown.get_or_insert(Reason::DateOnly);
                }
                // an event of `once` without a time may have come before all
                Apart::Certain | Apart::ByFile if row < limit && timeless => {
                    return Answer::unknown(Reason::TimeMissing);
                }
                Apart::Certain if row < limit => return Answer::CLEAR,
                Apart::ByFile if row < limit => {
                    return Answer::CLEAR.resting_on_order(true);
                }
                Apart::Certain => {}
                Apart::ByFile => by_order = true,
            }
        }
        if let Some(reason) = unknown {
            return Answer::unknown(reason);
        }
        let proof =
            first_once.map_or_else(|| group.rows.clone().collect(), |row| vec![row]);
        Answer::found(proof).resting_on_order(by_order)
    }

    fn triggers(&self) -> StepSet {
        self.once.unwrap_or(StepSet::ANY)
    }

    fn needs(&self, needs: &mut Needs) {
        needs.steps.push(self.step);
        needs.steps.extend(self.once);
        needs.slots.extend(self.only.iter().flat_map(Condition::slots));
    }
}
