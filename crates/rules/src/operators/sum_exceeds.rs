//! `sum_exceeds`: what was added later is a large part of what was agreed.

use crate::answer::{Answer, Reason};
use crate::args::Args;
use crate::number::Number;
use crate::pattern::{Needs, Pattern};
use crate::steps::StepSet;
use crate::view::{Cell, Group, Slot};

#[derive(Debug)]
struct SumExceeds {
    step: StepSet,
    amount: Slot,
    base_step: StepSet,
    percent: Number,
}

pub(super) fn read(args: &mut Args<'_, '_, '_, '_>) -> Option<Box<dyn Pattern>> {
    Some(Box::new(SumExceeds {
        step: args.steps("step"),
        amount: args.column("amount"),
        base_step: args.steps("base_step"),
        percent: args.number("percent"),
    }))
}

impl SumExceeds {
    fn amount(&self, group: &Group<'_, '_>, row: usize) -> Option<i128> {
        match group.view.cell(self.amount, row)? {
            Cell::Int(amount) => Some(i128::from(amount)),
            Cell::Text(..) | Cell::Float(_) | Cell::Bool(_) | Cell::Time(_) => None,
        }
    }
}

impl Pattern for SumExceeds {
    fn judge(&self, group: &Group<'_, '_>) -> Answer {
        let Some(base) = group.first(self.base_step) else { return Answer::NO_SUBJECT };
        if !group.recorded(self.step) {
            return Answer::unknown(Reason::StepNotRecorded);
        }
        if group.rows_of(self.base_step).count() > 1 && group.timeless(self.base_step) {
            // it may be the first
            return Answer::unknown(Reason::TimeMissing);
        }
        let Some(agreed) = self.amount(group, base) else {
            return Answer::unknown(group.view.why_missing(self.amount));
        };
        let mut rows = vec![base];
        let mut sum = 0_i128;
        for row in group.rows_of(self.step).filter(|row| *row != base) {
            let Some(amount) = self.amount(group, row) else {
                return Answer::unknown(group.view.why_missing(self.amount));
            };
            sum += amount;
            rows.push(row);
        }
        let percent = i128::from(self.percent.of(group));
        Answer::when(sum * 100 > agreed * percent && rows.len() > 1, rows)
    }

    fn triggers(&self) -> StepSet {
        self.base_step
    }

    fn needs(&self, needs: &mut Needs) {
        needs.steps.extend([self.step, self.base_step]);
        needs.slots.push(self.amount);
    }
}
