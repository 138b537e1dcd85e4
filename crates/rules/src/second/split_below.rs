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
    /// Whose amounts count together, or why that is not known.
    fn key(&self, group: &Group<'_, '_>, row: usize) -> Result<Key, Reason> {
        let mut names = Vec::new();
        for slot in &self.by {
            let cell = group.view.cell(*slot, row);
            names.push(super::strata::text(
                cell.ok_or_else(|| group.view.why_missing(*slot))?,
            ));
        }
        if self.by_who {
            let who = group.view.person(row)?;
            let name = group.view.log.dictionaries.who.text(who).unwrap_or_default();
            names.push(name.to_owned());
        }
        Ok(Key::Text(names.join(" × ")))
    }

    /// The first window whose amounts, each below the limit, pass it together.
    fn window<'f>(&self, facts: &[&'f Fact]) -> Option<(Vec<&'f Fact>, i64, i64)> {
        let known = facts.iter().filter(|fact| fact.doubt.is_none());
        let dated: Vec<(&Fact, model::Date)> =
            known.filter_map(|f| Some((*f, f.row.moment?.local_date()))).collect();
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
            let key = match self.key(group, row) {
                Ok(key) => key,
                Err(reason) => {
                    keep.doubt(reason);
                    continue;
                }
            };
            let amount = match group.view.cell(self.amount, row) {
                Some(Cell::Int(amount)) => Ok(amount),
                Some(_) | None => Err(group.view.why_missing(self.amount)),
            };
            let amount = match group.view.moment(row) {
                Some(_) => amount,
                None => amount.and(Err(Reason::TimeMissing)),
            };
            let (number, doubt) = (amount.unwrap_or(0), amount.err());
            let stratum = keep.one_stratum();
            let row = evidence(group.view, row);
            keep.facts.push(Fact { stratum, key, number, doubt, row });
        }
    }

    fn conclude(&self, keep: &Keep, _: &Log<'_>) -> Conclusion {
        let mut conclusion = Conclusion::of(keep);
        let mut by_key: BTreeMap<&Key, Vec<&Fact>> = BTreeMap::new();
        for fact in &keep.facts {
            by_key.entry(&fact.key).or_default().push(fact);
        }
        let subjects = by_key.len() as u64;
        conclusion.doubt_unnamed(&keep.unknown, subjects, keep.facts.len() as u64);
        for (key, mut facts) in by_key {
            let Key::Text(name) = key else { continue };
            let subject = || Aggregate::Text(name.clone());
            facts.sort_by_key(|fact| (fact.row.moment, fact.row.place));
            let window = self.window(&facts);
            // an amount or a time that is missing might have filled a window
            if let (None, Some(reason)) =
                (&window, facts.iter().find_map(|fact| fact.doubt))
            {
                conclusion.doubt_one(reason, subject);
                continue;
            }
            let Some((rows, sum, limit)) = window else {
                conclusion.clear(subject);
                continue;
            };
            conclusion.hit(Hit {
                subject: subject(),
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
