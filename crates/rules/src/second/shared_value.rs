//! `shared_value`: cases that share values they should not share, such as the supplier and
//! the amount of two paid invoices.

use super::{Aggregate, Conclusion, Fact, Hit, Keep, Key, Second, evidence};
use crate::answer::Reason;
use crate::args::Args;
use crate::number::Number;
use crate::pattern::Needs;
use crate::steps::StepSet;
use crate::term::days_apart;
use crate::view::{Group, Log, Slot};
use std::collections::BTreeMap;

#[derive(Debug)]
struct SharedValue {
    step: StepSet,
    fields: Vec<Slot>,
    days: Option<Number>,
    differ: Vec<Slot>,
    at_least: Number,
}

pub(super) fn read(args: &mut Args<'_, '_, '_, '_>) -> Option<Box<dyn Second>> {
    let fields = args.columns("fields");
    if fields.is_empty() {
        args.reader.fault(
            "fields",
            "`fields` is missing or empty",
            "name at least one column",
        );
    }
    Some(Box::new(SharedValue {
        step: args.steps("step"),
        fields,
        days: args.number_opt("days"),
        differ: args.columns("differ"),
        at_least: args.number_or("at_least", 2),
    }))
}

/// Between the values that must be the same and those that must differ.
const BORDER: &str = "\u{1f}";

/// Between two values, so that no two lists of values look the same.
const COMMA: &str = "\u{1e}";

impl SharedValue {
    /// The largest run of facts, in the order of time, each within the window of the one
    /// before it.
    fn runs<'f>(&self, facts: &[&'f Fact]) -> Vec<Vec<&'f Fact>> {
        let Some(days) = &self.days else { return vec![facts.to_vec()] };
        let mut runs: Vec<Vec<&Fact>> = Vec::new();
        for fact in facts {
            let date = |f: &Fact| f.row.moment.map(model::Moment::local_date);
            let near = runs.last().and_then(|run| run.last()).is_some_and(|last| {
                matches!((date(last), date(fact)), (Some(a), Some(b)) if days_apart(a, b) <= days.fixed())
            });
            match runs.last_mut() {
                Some(run) if near => run.push(fact),
                _ => runs.push(vec![fact]),
            }
        }
        runs
    }
}

fn parts(key: &Key) -> (&str, &str) {
    match key {
        Key::Text(text) => text.split_once(BORDER).unwrap_or((text, "")),
        Key::None | Key::Who(_) | Key::Pair(..) => ("", ""),
    }
}

impl Second for SharedValue {
    fn note(&self, group: &Group<'_, '_>, keep: &mut Keep) {
        let Some(row) = group.first(self.step) else { return };
        let value = |slot: &Slot| {
            let here = group.view.cell(*slot, row);
            here.or_else(|| {
                group.rows.clone().find_map(|row| group.view.cell(*slot, row))
            })
            .map(super::strata::text)
        };
        let mut same = Vec::new();
        for slot in &self.fields {
            match value(slot) {
                Some(text) => same.push(text),
                None => return keep.doubt_case(group.view.why_missing(*slot), group),
            }
        }
        let mut differ = Vec::new();
        for slot in &self.differ {
            match value(slot) {
                Some(text) => differ.push(text),
                // what is missing is not different
                None => return keep.doubt_case(group.view.why_missing(*slot), group),
            }
        }
        if self.days.is_some() && group.view.moment(row).is_none() {
            return keep.doubt_case(Reason::TimeMissing, group);
        }
        let key =
            Key::Text(format!("{}{BORDER}{}", same.join(COMMA), differ.join(COMMA)));
        let stratum = keep.one_stratum();
        let row = evidence(group.view, row);
        keep.facts.push(Fact { stratum, key, number: 0, doubt: None, row });
    }

    fn conclude(&self, keep: &Keep, _: &Log<'_>) -> Conclusion {
        let mut conclusion =
            Conclusion { unknown: keep.unknown.clone(), ..Conclusion::of(keep) };
        let mut by_value: BTreeMap<&str, Vec<&Fact>> = BTreeMap::new();
        for fact in &keep.facts {
            by_value.entry(parts(&fact.key).0).or_default().push(fact);
        }
        for mut facts in by_value.into_values() {
            facts.sort_by_key(|fact| (fact.row.moment, fact.row.place));
            for run in self.runs(&facts) {
                let different: std::collections::BTreeSet<&str> =
                    run.iter().map(|fact| parts(&fact.key).1).collect();
                let enough = run.len() as u64 >= self.at_least.count().max(2);
                let alike = !self.differ.is_empty() && different.len() < 2;
                let rows: Vec<_> = run.iter().map(|fact| fact.row.clone()).collect();
                for fact in run {
                    let subject = Aggregate::Case(fact.row.case);
                    if enough && !alike {
                        conclusion.hit(Hit {
                            subject,
                            rows: rows.clone(),
                            measure: None,
                        });
                    } else {
                        conclusion.clear(|| subject);
                    }
                }
            }
        }
        conclusion
    }

    fn needs(&self, needs: &mut Needs) {
        needs.steps.push(self.step);
        needs.slots.extend(self.fields.iter().chain(&self.differ));
    }

    fn triggers(&self) -> StepSet {
        self.step
    }
}
