//! `changed_after`: what was approved was changed, and nobody approved again.

use crate::answer::{Answer, Reason};
use crate::args::Args;
use crate::pattern::{Needs, Pattern};
use crate::steps::StepSet;
use crate::view::{Apart, Cell, Group, Slot};

#[derive(Debug)]
struct ChangedAfter {
    approve: StepSet,
    change: StepSet,
    field: Option<Slot>,
}

pub(super) fn read(args: &mut Args<'_, '_, '_, '_>) -> Option<Box<dyn Pattern>> {
    let approve = args.steps("approve");
    let field = args.column_opt("field");
    let change = if args.reader.tree("change").is_some() {
        args.steps("change")
    } else if field.is_some() {
        StepSet::ANY
    } else {
        args.reader.fault("change", "`change` or `field` is missing", "name one of them");
        StepSet::NONE
    };
    Some(Box::new(ChangedAfter { approve, change, field }))
}

impl ChangedAfter {
    /// Rows after the approval that change the field against the value it had then.
    fn differing(&self, group: &Group<'_, '_>, approve: usize, rows: &mut Vec<usize>, slot: Slot) {
        let value_at = |row: usize| group.view.cell(slot, row);
        let known = (group.rows.start..=approve).rev().find_map(value_at);
        rows.retain(|row| match (known, value_at(*row)) {
            (Some(before), Some(now)) => !same(before, now),
            _ => false,
        });
    }
}

fn same(a: Cell<'_>, b: Cell<'_>) -> bool {
    match (a, b) {
        (Cell::Text(_, a), Cell::Text(_, b)) => a == b,
        _ => a == b,
    }
}

impl Pattern for ChangedAfter {
    fn judge(&self, group: &Group<'_, '_>) -> Answer {
        let Some(approve) = group.last(self.approve) else { return Answer::NO_SUBJECT };
        if !group.recorded(self.change) {
            return Answer::unknown(Reason::StepNotRecorded);
        }
        if let Some(slot) = self.field {
            let known = group.rows.clone().any(|row| group.view.cell(slot, row).is_some());
            if !known {
                return Answer::unknown(group.view.why_missing(slot));
            }
        }
        let mut by_order = false;
        let mut rows = Vec::new();
        for row in group.rows_of(self.change).filter(|row| *row != approve) {
            if group.view.steps(row).meets(self.approve) {
                continue;
            }
            match group.apart(approve, row) {
                Apart::NoTime => return Answer::unknown(Reason::TimeMissing),
                Apart::Certain if row > approve => rows.push(row),
                Apart::ByFile if row > approve => {
                    by_order = true;
                    rows.push(row);
                }
                Apart::ByFile => by_order = true,
                Apart::Certain => {}
            }
        }
        if let Some(slot) = self.field {
            self.differing(group, approve, &mut rows, slot);
        }
        if rows.is_empty() {
            return Answer::CLEAR.resting_on_order(by_order);
        }
        rows.push(approve);
        Answer::found(rows).resting_on_order(by_order)
    }

    fn triggers(&self) -> StepSet {
        self.approve
    }

    fn needs(&self, needs: &mut Needs) {
        needs.steps.push(self.approve);
        if self.change != StepSet::ANY {
            needs.steps.push(self.change);
        }
        needs.slots.extend(self.field);
    }
}
