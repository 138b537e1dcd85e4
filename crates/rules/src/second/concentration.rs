//! `concentration`: a process that hangs on one person (signals.md GEN-09).

use super::{Aggregate, Conclusion, Hit, Keep, Key, Second, Strata, evidence};
use crate::answer::Reason;
use crate::args::Args;
use crate::number::Number;
use crate::pattern::Needs;
use crate::result::Measure;
use crate::statistics::concentration;
use crate::steps::StepSet;
use crate::view::{Group, Log};
use model::Ppm;

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

impl Concentrated {
    /// Whether the work lies in too few hands, and the share of the busiest; `None` where
    /// there is too little of it, or one person alone does it: that is a circumstance, told
    /// elsewhere, not a finding.
    fn judge(&self, counts: &[u64]) -> Option<(bool, Ppm)> {
        let all: u64 = counts.iter().sum();
        if all < self.least.count() || counts.len() < 2 {
            return None;
        }
        let judged = concentration(counts, &[])?;
        let share = u64::from(judged.largest.0) >= self.share_percent.count() * 10_000;
        let hhi = judged.factor() > self.factor_tenths.count() * 100;
        Some((share || hhi, judged.largest))
    }

    /// The verdict on a stratum. Unnamed work may all have been done by the busiest, or all
    /// by somebody else; only a verdict that stands either way is one.
    fn verdict(
        &self,
        counts: &[u64],
        unnamed: Option<(Reason, u64)>,
    ) -> Result<Option<Ppm>, Reason> {
        let named = self.judge(counts);
        if let Some((reason, more)) = unnamed {
            if counts.is_empty() {
                return Err(reason);
            }
            let mut busiest = counts.to_vec();
            if let Some(most) = busiest.iter_mut().max() {
                *most += more;
            }
            let other: Vec<u64> = counts.iter().copied().chain([more]).collect();
            let either = [self.judge(&busiest), self.judge(&other)];
            let found = |verdict: Option<(bool, Ppm)>| verdict.map(|(found, _)| found);
            if either.into_iter().any(|verdict| found(verdict) != found(named)) {
                return Err(reason);
            }
        }
        let (found, largest) = named.ok_or(Reason::TooFew)?;
        Ok(found.then_some(largest))
    }
}

impl Second for Concentrated {
    fn note(&self, group: &Group<'_, '_>, keep: &mut Keep) {
        for row in group.rows_of(self.step) {
            let person = group.view.person(row);
            let stratum = keep.stratum(&self.strata, group, row);
            match person {
                Ok(person) => {
                    let trials = keep.trials_of(stratum, Key::Who(person));
                    trials.judged += 1;
                    trials.found.push(evidence(group.view, row));
                }
                Err(reason) => {
                    let trials = keep.trials_of(stratum, Key::None);
                    *trials.unknown.entry(reason).or_default() += 1;
                }
            }
        }
    }

    fn conclude(&self, keep: &Keep, _: &Log<'_>) -> Conclusion {
        let mut conclusion = Conclusion::of(keep);
        for (name, mut handlers) in keep.trials_by_stratum() {
            let unnamed = handlers.remove(&Key::None).cloned().map(|mut trials| {
                // work of a service account is nobody's, unless nobody else did any
                if !handlers.is_empty() {
                    trials.unknown.remove(&Reason::ServiceAccount);
                }
                trials
            });
            let unnamed = unnamed.and_then(|trials| trials.doubts());
            let counts: Vec<u64> =
                handlers.values().map(|trials| trials.judged).collect();
            let largest = match self.verdict(&counts, unnamed) {
                Ok(Some(largest)) => largest,
                Ok(None) => {
                    conclusion.tests += 1;
                    conclusion.clear(|| Aggregate::Stratum(name));
                    continue;
                }
                Err(reason) => {
                    conclusion.doubt_one(reason, || Aggregate::Stratum(name));
                    continue;
                }
            };
            conclusion.tests += 1;
            let busiest = handlers.values().max_by_key(|trials| trials.judged);
            conclusion.hit(Hit {
                subject: Aggregate::Stratum(name),
                rows: busiest.map(|trials| trials.found.clone()).unwrap_or_default(),
                measure: Some(Measure {
                    observed: i64::from(largest.0),
                    expected: 1_000_000 / i64::try_from(counts.len()).unwrap_or(1),
                    unit: "ppm",
                    probability: None,
                }),
            });
        }
        if keep.trials.is_empty() {
            conclusion.doubt_unnamed(&keep.unknown, 0, 0);
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
