//! `ratio`: one number of an event is large or small beside another.

use crate::answer::{Answer, Reason};
use crate::args::Args;
use crate::condition::Condition;
use crate::number::Number;
use crate::pattern::{EventPattern, Needs, Pattern, join_events};
use crate::steps::StepSet;
use crate::view::{Cell, Group, Slot};

#[derive(Debug)]
enum Bound {
    Above(Number),
    Below(Number),
}

#[derive(Debug)]
struct Ratio {
    step: StepSet,
    field: Slot,
    over: Slot,
    bound: Bound,
    only: Option<Condition>,
}

pub(super) fn read(args: &mut Args<'_, '_, '_, '_>) -> Option<Box<dyn Pattern>> {
    let step = args.steps("step");
    let (field, over) = (args.column("field"), args.column("over"));
    let only = args.condition_opt("where");
    let bound = match (args.number_opt("above"), args.number_opt("below")) {
        (Some(above), None) => Bound::Above(above),
        (None, Some(below)) => Bound::Below(below),
        _ => {
            let hint = "keep one of `above` and `below`, in thousandths";
            args.reader.fault("above", "a ratio has exactly one bound", hint);
            return None;
        }
    };
    Some(Box::new(Ratio { step, field, over, bound, only }))
}

/// The number of a cell; text that reads as a number is one.
fn number(cell: Cell<'_>) -> Option<f64> {
    match cell {
        Cell::Int(value) => Some(value as f64),
        Cell::Float(value) => Some(value),
        Cell::Text(text, _) => text.trim().parse().ok(),
        Cell::Bool(_) | Cell::Time(_) => None,
    }
}

/// The number in a column of an event.
fn value(group: &Group<'_, '_>, slot: Slot, row: usize) -> Result<f64, Reason> {
    let cell = group.view.cell(slot, row);
    let value = cell.and_then(number).filter(|value| value.is_finite());
    value.ok_or_else(|| group.view.why_missing(slot))
}

impl Ratio {
    fn one(&self, group: &Group<'_, '_>, row: usize) -> Result<bool, Reason> {
        let number = value(group, self.field, row)?;
        let over = value(group, self.over, row)?;
        if over <= 0.0 {
            // nothing to hold it against
            return Err(Reason::ValueMissing);
        }
        // multiplied, not divided, so that whole numbers are compared without rounding
        Ok(match &self.bound {
            Bound::Above(n) => number * 1000.0 > over * n.of(group) as f64,
            Bound::Below(n) => number * 1000.0 < over * n.of(group) as f64,
        })
    }
}

impl EventPattern for Ratio {
    fn judge_events(&self, group: &Group<'_, '_>, tell: &mut dyn FnMut(usize, Answer)) {
        for row in group.rows_of(self.step) {
            let counts =
                self.only.as_ref().map_or(Ok(true), |only| only.holds(group.view, row));
            let answer = match counts {
                Ok(false) => continue,
                Ok(true) => self.one(group, row),
                Err(reason) => Err(reason),
            };
            tell(
                row,
                answer.map_or_else(Answer::unknown, |found| Answer::when(found, [row])),
            );
        }
    }
}

impl Pattern for Ratio {
    fn judge(&self, group: &Group<'_, '_>) -> Answer {
        join_events(self, group)
    }

    fn events(&self) -> Option<&dyn EventPattern> {
        Some(self)
    }

    fn triggers(&self) -> StepSet {
        self.step
    }

    fn needs(&self, needs: &mut Needs) {
        needs.steps.push(self.step);
        needs.slots.extend([self.field, self.over]);
        needs.slots.extend(self.only.iter().flat_map(Condition::slots));
    }
}
