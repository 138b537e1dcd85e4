//! `split_below`: amounts that each stay below a limit and together pass it.

use super::{Aggregate, Conclusion, Fact, Hit, Keep, Key, Second, evidence};
use crate::answer::Reason;
use crate::args::Args;
use crate::number::Number;
use crate::pattern::Needs;
use crate::result::Measure;
use crate::steps::StepSet;
use crate::term::days_apart;
use crate::view::{Cell, Group, Log, Slot};
use std::collections::BTreeMap;

#[derive(Debug)]
struct SplitBelow {
    step: StepSet,
    amount: Slot,
    limit: Number,
    by: Vec<Slot>,
    by_who: bool,
    days: Number,
    least: Number,
}

pub(super) fn read(args: &mut Args<'_, '_, '_, '_>) -> Option<Box<dyn Second>> {
    let names = args.reader.texts("by");
    let by_who = names.iter().any(|name| name == "who");
    if by_who {
        args.reads_who();
    }
    let columns = names.iter().filter(|name| *name != "who");
    let by = columns.filter_map(|name| args.known_column("by", name)).collect();
    if names.is_empty() {
        args.reader.fault("by", "`by` is missing or empty", "name at least one column");
    }
    Some(Box::new(SplitBelow {
        step: args.steps("step"),
        amount: args.column("amount"),
        limit: args.number("limit"),
        by,
        by_who,
        days: args.number("days"),
        least: args.number_or("least", 2),
    }))
}

impl SplitBelow {
    /// The first window whose amounts, each below the limit, pass it together.
    fn window<'f>(&self, facts: &[&'f Fact]) -> Option<(Vec<&'f Fact>, i64, i64)> {
        let dated: Vec<(&Fact, model::Date)> =
            facts.iter().filter_map(|f| Some((*f, f.row.moment?.local_date()))).collect();
        for (at, (first, start)) in dated.iter().enumerate() {
            let limit = self.limit.on(Some(*start));
            if first.number >= limit {
                continue;
            }
            let mut sum = 0_i64;
            let mut rows = Vec::new();
            for (fact, date) in dated.iter().skip(at) {
                if days_apart(*start, *date) > self.days.fixed() {
                    break;
                }
                if fact.number < limit {
                    sum = sum.saturating_add(fact.number);
                    rows.push(*fact);
                }
            }
            if rows.len() as u64 >= self.least.count() && sum >= limit {
                return Some((rows, sum, limit));
            }
        }
        None
    }
}

impl Second for SplitBelow {
    fn note(&self, group: &Group<'_, '_>, keep: &mut Keep) {
        for row in group.rows_of(self.step) {
            let amount = match group.view.cell(self.amount, row) {
                Some(Cell::Int(amount)) => amount,
                Some(_) | None => {
                    keep.doubt(group.view.why_missing(self.amount));
                    continue;
                }
            };
            let mut names = Vec::new();
            let mut missing = None;
            for slot in &self.by {
                match group.view.cell(*slot, row) {
                    Some(cell) => names.push(super::strata::text(cell)),
                    None => missing = missing.or(Some(group.view.why_missing(*slot))),
                }
            }
            if self.by_who {
                match group.view.person(row) {
                    Ok(who) => {
                        let name = group.view.log.dictionaries.who.text(who).unwrap_or_default();
                        names.push(name.to_owned());
                    }
                    Err(reason) => missing = missing.or(Some(reason)),
                }
            }
            if group.view.moment(row).is_none() {
                missing = missing.or(Some(Reason::TimeMissing));
            }
            if let Some(reason) = missing {
                keep.doubt(reason);
                continue;
            }
            let stratum = keep.stratum(Vec::new());
            let row = evidence(group.view, row);
            let key = Key::Text(names.join(" × "));
            keep.facts.push(Fact { stratum, key, number: amount, found: false, row });
        }
    }

    fn conclude(&self, keep: &Keep, _: &Log<'_>) -> Conclusion {
        let mut conclusion = Conclusion { unknown: keep.unknown.clone(), ..Conclusion::default() };
        let mut by_key: BTreeMap<&Key, Vec<&Fact>> = BTreeMap::new();
        for fact in &keep.facts {
            by_key.entry(&fact.key).or_default().push(fact);
        }
        for (key, mut facts) in by_key {
            conclusion.judged += 1;
            facts.sort_by_key(|fact| (fact.row.moment, fact.row.place));
            let Some((rows, sum, limit)) = self.window(&facts) else { continue };
            let Key::Text(name) = key else { continue };
            conclusion.hits.push(Hit {
                subject: Aggregate::Text(name.clone()),
                rows: rows.into_iter().map(|fact| fact.row.clone()).collect(),
                measure: Some(Measure {
                    observed: sum,
                    expected: limit,
                    unit: "cent",
                    probability: None,
                }),
            });
        }
        conclusion
    }

    fn needs(&self, needs: &mut Needs) {
        needs.steps.push(self.step);
        needs.slots.push(self.amount);
        needs.slots.extend(&self.by);
    }

    fn triggers(&self) -> StepSet {
        self.step
    }
}
