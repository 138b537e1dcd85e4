//! `concentration`: a process that hangs on one person (signals.md GEN-09).

use super::{Aggregate, Conclusion, Fact, Hit, Keep, Key, Second, Strata, evidence};
use crate::answer::Reason;
use crate::args::Args;
use crate::number::Number;
use crate::pattern::Needs;
use crate::result::Measure;
use crate::statistics::concentration;
use crate::steps::StepSet;
use crate::view::{Group, Log};
use std::collections::BTreeMap;

#[derive(Debug)]
struct Concentrated {
    step: StepSet,
    strata: Strata,
    factor_tenths: Number,
    share_percent: Number,
    least: Number,
}

pub(super) fn read(args: &mut Args<'_, '_, '_, '_>) -> Option<Box<dyn Second>> {
    args.reads_who();
    Some(Box::new(Concentrated {
        step: args.steps("step"),
        strata: Strata::read(args),
        factor_tenths: args.number_or("factor", 15),
        share_percent: args.number_or("share", 80),
        least: args.number_or("least", 30),
    }))
}

impl Second for Concentrated {
    fn note(&self, group: &Group<'_, '_>, keep: &mut Keep) {
        for row in group.rows_of(self.step) {
            match group.view.person(row) {
                Ok(person) => {
                    let date = group.view.moment(row).map(model::Moment::local_date);
                    let stratum = keep.stratum(self.strata.of(group, date));
                    let row = evidence(group.view, row);
                    let key = Key::Who(person);
                    keep.facts.push(Fact { stratum, key, number: 0, found: false, row });
                }
                // service accounts are nobody's key person; a missing name is counted once a
                // stratum, not once an event
                Err(reason) => keep.doubt(reason),
            }
        }
    }

    fn conclude(&self, keep: &Keep, _: &Log<'_>) -> Conclusion {
        let mut conclusion = Conclusion::default();
        let nameless: u64 = keep.unknown.values().sum();
        if keep.facts.is_empty() && nameless > 0 {
            for reason in keep.unknown.keys() {
                conclusion.doubt(*reason, 1);
            }
        }
        for (name, facts) in keep.by_stratum() {
            let mut handlers: BTreeMap<&Key, Vec<&Fact>> = BTreeMap::new();
            for fact in &facts {
                handlers.entry(&fact.key).or_default().push(fact);
            }
            let counts: Vec<u64> = handlers.values().map(|facts| facts.len() as u64).collect();
            let all: u64 = counts.iter().sum();
            // one person alone is a circumstance, told elsewhere, not a finding
            let judged = (all >= self.least.count() && counts.len() > 1)
                .then(|| concentration(&counts, &[]))
                .flatten();
            let Some(judged) = judged else {
                conclusion.doubt(Reason::TooFew, 1);
                continue;
            };
            conclusion.judged += 1;
            conclusion.tests += 1;
            let share = u64::from(judged.largest.0);
            let factor = judged.factor();
            let too_much = share >= self.share_percent.count() * 10_000
                || factor > self.factor_tenths.count() * 100;
            if !too_much {
                continue;
            }
            let busiest = handlers.values().max_by_key(|facts| facts.len());
            conclusion.hits.push(Hit {
                subject: Aggregate::Stratum(name),
                rows: busiest
                    .map(|facts| facts.iter().map(|fact| fact.row.clone()).collect())
                    .unwrap_or_default(),
                measure: Some(Measure {
                    observed: i64::from(judged.largest.0),
                    expected: 1_000_000 / i64::try_from(counts.len()).unwrap_or(1),
                    unit: "ppm",
                    probability: None,
                }),
            });
        }
        conclusion
    }

    fn needs(&self, needs: &mut Needs) {
        needs.steps.push(self.step);
    }

    fn triggers(&self) -> StepSet {
        self.step
    }
}
