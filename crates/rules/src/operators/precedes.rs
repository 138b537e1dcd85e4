//! `precedes`: the first `then` has no `first` before it.

use crate::answer::{Answer, Reason};
use crate::args::Args;
use crate::number::Number;
use crate::pattern::{Needs, Pattern};
use crate::steps::StepSet;
use crate::term::days_apart;
use crate::view::{Apart, Group};

#[derive(Debug)]
struct Precedes {
    first: StepSet,
    then: StepSet,
    tolerance_days: Number,
}

pub(super) fn read(args: &mut Args<'_, '_, '_, '_>) -> Option<Box<dyn Pattern>> {
    Some(Box::new(Precedes {
        first: args.steps("first"),
        then: args.steps("then"),
        tolerance_days: args.number_or("tolerance_days", 0),
    }))
}

impl Pattern for Precedes {
    fn judge(&self, group: &Group<'_, '_>) -> Answer {
        // an event that is both (`"*"`) is not its own predecessor
        let mut thens = group
            .rows_of(self.then)
            .filter(|row| !group.view.steps(*row).meets(self.first));
        let Some(then) = thens.next() else { return Answer::NO_SUBJECT };
        if !group.recorded(self.first) {
            return Answer::unknown(Reason::StepNotRecorded);
        }
        let then_moment = group.view.moment(then);
        let mut by_order = false;
        let mut unknown = None;
        // an event of `then` without a time may have come before all
        let clear = if group.timeless(self.then) {
            Answer::unknown(Reason::TimeMissing)
        } else {
            Answer::CLEAR
        };
        let mut late = Vec::new();
        for row in group.rows_of(self.first) {
            match group.apart(row, then) {
                Apart::NoTime => unknown = unknown.or(Some(Reason::TimeMissing)),
                Apart::SameDay => unknown = unknown.or(Some(Reason::DateOnly)),
                Apart::Certain if row < then => return clear,
                Apart::ByFile if row < then => return clear.resting_on_order(true),
                Apart::ByFile => by_order = true,
                Apart::Certain => {}
            }
            if let (Some(a), Some(b)) = (group.view.moment(row), then_moment) {
                let days = days_apart(b.local_date(), a.local_date());
                let tolerance = self.tolerance_days.of(group);
                if tolerance > 0 && days <= tolerance {
                    return clear;
                }
            }
            late.push(row);
        }
        if let Some(reason) = unknown {
            return Answer::unknown(reason);
        }
        let proof = std::iter::once(then).chain(late.first().copied()).collect();
        Answer::found(proof).resting_on_order(by_order)
    }

    fn triggers(&self) -> StepSet {
        self.then
    }

    fn needs(&self, needs: &mut Needs) {
        needs.steps.extend([self.first, self.then]);
    }
}
