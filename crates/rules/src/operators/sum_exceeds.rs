//! `sum_exceeds`: what was added later is a large part of what was agreed.

use crate::answer::{Answer, Reason};
use crate::args::Args;
use crate::number::Number;
use crate::pattern::{Needs, Pattern};
use crate::steps::StepSet;
use crate::view::{Cell, Group, Slot};

/// With what the sum is compared.
#[derive(Debug)]
enum Line {
    /// A percentage of the amount at the first of these steps.
    Agreed(StepSet, Number),
    /// A fixed amount.
    Fixed(Number),
}

#[derive(Debug)]
struct SumExceeds {
    step: StepSet,
    amount: Slot,
    line: Line,
}

pub(super) fn read(args: &mut Args<'_, '_, '_, '_>) -> Option<Box<dyn Pattern>> {
    let step = args.steps("step");
    let amount = args.column("amount");
    let line = match args.number_opt("above") {
        Some(above) => Line::Fixed(above),
        None => Line::Agreed(args.steps("base_step"), args.number("percent")),
    };
    Some(Box::new(SumExceeds { step, amount, line }))
}

impl SumExceeds {
    fn amount(&self, group: &Group<'_, '_>, row: usize) -> Option<i128> {
        match group.view.cell(self.amount, row)? {
            Cell::Int(amount) => Some(i128::from(amount)),
            Cell::Text(..) | Cell::Float(_) | Cell::Bool(_) | Cell::Time(_) => None,
        }
    }

    /// Whether the sum of all amounts is more than a fixed one. An amount that is missing
    /// only matters where the rest does not pass the line (none is taken to be negative).
    fn above(&self, group: &Group<'_, '_>, line: i64) -> Answer {
        let (mut rows, mut sum, mut missing) = (Vec::new(), 0_i128, false);
        for row in group.rows_of(self.step) {
            match self.amount(group, row) {
                Some(amount) => {
                    sum += amount;
                    rows.push(row);
                }
                None => missing = true,
            }
        }
        match sum > i128::from(line) {
            true => Answer::found(rows),
            false if missing => Answer::unknown(group.view.why_missing(self.amount)),
            false if rows.is_empty() => Answer::NO_SUBJECT,
            false => Answer::CLEAR,
        }
    }

    fn above_agreed(
        &self,
        group: &Group<'_, '_>,
        base_step: StepSet,
        percent: i64,
    ) -> Answer {
        let Some(base) = group.first(base_step) else { return Answer::NO_SUBJECT };
        if !group.recorded(self.step) {
            return Answer::unknown(Reason::StepNotRecorded);
        }
        if group.rows_of(base_step).count() > 1 && group.timeless(base_step) {
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
        let percent = i128::from(percent);
        Answer::when(sum * 100 > agreed * percent && rows.len() > 1, rows)
    }
}

impl Pattern for SumExceeds {
    fn judge(&self, group: &Group<'_, '_>) -> Answer {
        match &self.line {
            Line::Fixed(line) => self.above(group, line.of(group)),
            Line::Agreed(base, percent) => {
                self.above_agreed(group, *base, percent.of(group))
            }
        }
    }

    fn triggers(&self) -> StepSet {
        match self.line {
            Line::Fixed(_) => self.step,
            Line::Agreed(base, _) => base,
        }
    }

    fn needs(&self, needs: &mut Needs) {
        needs.steps.push(self.step);
        if let Line::Agreed(base, _) = self.line {
            needs.steps.push(base);
        }
        needs.slots.push(self.amount);
    }
}
