//! `value_among`: a value at one step occurs (or does not occur) among the values at another,
//! such as the account of a refund among those from which was paid.

use crate::answer::{Answer, Reason};
use crate::args::Args;
use crate::condition::Condition;
use crate::pattern::{Needs, Pattern};
use crate::steps::StepSet;
use crate::view::{Group, Slot};
use std::collections::BTreeMap;

#[derive(Debug)]
struct Side {
    step: StepSet,
    field: Slot,
    only: Option<Condition>,
}

#[derive(Debug)]
struct ValueAmong {
    value: Side,
    among: Side,
    inside: bool,
}

pub(super) fn read(args: &mut Args<'_, '_, '_, '_>) -> Option<Box<dyn Pattern>> {
    let field = args.column("field");
    let in_field = args.column_opt("in_field").unwrap_or(field);
    let value =
        Side { step: args.steps("step"), field, only: args.condition_opt("where") };
    let among = Side {
        step: args.steps("in_step"),
        field: in_field,
        only: args.condition_opt("in_where"),
    };
    let inside = args.reader.flag("inside", true);
    Some(Box::new(ValueAmong { value, among, inside }))
}

/// The values at one side with their rows, and why others are not known.
#[derive(Default)]
struct Values {
    rows: BTreeMap<String, Vec<usize>>,
    unknown: Option<Reason>,
}

impl Side {
    fn values(&self, group: &Group<'_, '_>) -> Values {
        let mut values = Values::default();
        for row in group.rows_of(self.step) {
            let counts =
                self.only.as_ref().map_or(Ok(true), |only| only.holds(group.view, row));
            let cell = group.view.cell(self.field, row);
            match (counts, cell) {
                (Ok(false), _) => {}
                (Err(reason), _) => {
                    values.unknown.get_or_insert(reason);
                }
                (Ok(true), None) => {
                    let why = group.view.why_missing(self.field);
                    values.unknown.get_or_insert(why);
                }
                (Ok(true), Some(cell)) => {
                    let text = crate::second::text(cell).to_lowercase();
                    values.rows.entry(text).or_default().push(row);
                }
            }
        }
        values
    }

    fn slots(&self) -> impl Iterator<Item = Slot> {
        let own = self.only.iter().flat_map(Condition::slots);
        own.chain([self.field])
    }
}

impl Pattern for ValueAmong {
    fn judge(&self, group: &Group<'_, '_>) -> Answer {
        if let Some(answer) = group.one_sided(self.value.step, self.among.step) {
            return answer;
        }
        let (value, among) = (self.value.values(group), self.among.values(group));
        if value.rows.is_empty() && value.unknown.is_none() {
            // no event meets the condition
            return Answer::NO_SUBJECT;
        }
        let mut rows = Vec::new();
        for (text, own) in &value.rows {
            let there = among.rows.get(text);
            if there.is_some() == self.inside {
                rows.extend(own.iter().chain(there.into_iter().flatten()));
            }
        }
        // what is outside the known values may still stand among those that are missing
        let certain = self.inside || among.unknown.is_none();
        if !rows.is_empty() && certain {
            return Answer::found(rows);
        }
        let all_outside = self.inside || !rows.is_empty();
        let among_matters = among.unknown.filter(|_| all_outside);
        match value.unknown.or(among_matters) {
            Some(reason) => Answer::unknown(reason),
            None => Answer::CLEAR,
        }
    }

    fn triggers(&self) -> StepSet {
        self.value.step
    }

    fn needs(&self, needs: &mut Needs) {
        needs.steps.extend([self.value.step, self.among.step]);
        needs.slots.extend(self.value.slots().chain(self.among.slots()));
    }
}
