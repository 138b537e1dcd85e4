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
    /// Whether an event changes the field against the value it had at the approval; without
    /// a field every event does.
    fn changes(
        &self,
        group: &Group<'_, '_>,
        approve: usize,
        row: usize,
    ) -> Result<bool, Reason> {
        let Some(slot) = self.field else { return Ok(true) };
        let value_at = |row: usize| group.view.cell(slot, row);
        // an event that does not tell the value does not change it
        let Some(now) = value_at(row) else { return Ok(false) };
        let before = (group.rows.start..=approve).rev().find_map(value_at);
        before.map(|before| !same(before, now)).ok_or(Reason::ValueMissing)
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
            let known =
                group.rows.clone().any(|row| group.view.cell(slot, row).is_some());
            if !known {
                return Answer::unknown(group.view.why_missing(slot));
            }
        }
        let (mut by_order, mut unknown) = (false, None);
        let mut rows = Vec::new();
        for row in group.rows_of(self.change).filter(|row| *row != approve) {
            if group.view.steps(row).meets(self.approve) {
                continue;
            }
            let apart = group.apart(approve, row);
            if apart == Apart::Certain && row < approve {
                continue;
            }
            match (self.changes(group, approve, row), apart) {
                (Ok(false), _) => {}
                (_, Apart::NoTime) => unknown = unknown.or(Some(Reason::TimeMissing)),
                (_, Apart::SameDay) => unknown = unknown.or(Some(Reason::DateOnly)),
                (Err(reason), _) => unknown = unknown.or(Some(reason)),
                (Ok(true), Apart::ByFile) if row < approve => by_order = true,
                (Ok(true), _) => rows.push((row, apart == Apart::ByFile)),
            }
        }
        if rows.is_empty() {
            return unknown
                .map_or(Answer::CLEAR.resting_on_order(by_order), Answer::unknown);
        }
        let by_order = rows.iter().all(|(_, tie)| *tie);
        let rows = rows.into_iter().map(|(row, _)| row).chain([approve]).collect();
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
