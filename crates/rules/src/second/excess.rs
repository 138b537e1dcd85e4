//! `excess`: a handler in whose cases a pattern is found far more often than in those of
//! colleagues, after shrinking towards the stratum (signals.md 12.2, `EBexc`).

use super::{Aggregate, Conclusion, Fact, Hit, Keep, Key, Second, Strata, evidence};
use crate::answer::{Answer, Reason, Verdict};
use crate::args::Args;
use crate::number::Number;
use crate::pattern::{Needs, Pattern};
use crate::result::Measure;
use crate::statistics::{Prior, Tally};
use crate::steps::StepSet;
use crate::view::{Group, Log, Slot};
use model::Ppm;
use std::collections::BTreeMap;

#[derive(Clone, Copy, Debug)]
enum Per {
    Who,
    Column(Slot),
}

#[derive(Debug)]
struct Excess {
    of: Box<dyn Pattern>,
    per: Per,
    at: Option<StepSet>,
    factor: Number,
    posterior: Number,
    least: Number,
    least_found: Number,
    strata: Strata,
}

pub(super) fn read(args: &mut Args<'_, '_, '_, '_>) -> Option<Box<dyn Second>> {
    let per = match args.reader.text("per").as_str() {
        "who" => {
            args.reads_who();
            Per::Who
        }
        column => {
            let column = column.to_owned();
            Per::Column(args.known_column("per", &column)?)
        }
    };
    let at = args.reader.tree("at").is_some().then(|| args.steps("at"));
    Some(Box::new(Excess {
        of: args.pattern("of")?,
        per,
        at,
        factor: args.number_or("factor", 2),
        posterior: args.number_or("posterior", 950),
        least: args.number_or("least", 30),
        least_found: args.number_or("least_found", 5),
        strata: Strata::read(args),
    }))
}

impl Excess {
    fn key(&self, group: &Group<'_, '_>, row: usize) -> Result<Key, Reason> {
        match self.per {
            Per::Who => group.view.person(row).map(Key::Who),
            Per::Column(slot) => group
                .view
                .cell(slot, row)
                .map(|cell| Key::Text(super::strata::text(cell)))
                .ok_or_else(|| group.view.why_missing(slot)),
        }
    }

    fn keep_one(&self, group: &Group<'_, '_>, row: usize, answer: &Answer, keep: &mut Keep) {
        let found = match answer.verdict {
            Verdict::NoSubject => return,
            Verdict::Unknown(reason) => return keep.doubt(reason),
            Verdict::Clear => false,
            Verdict::Found => true,
        };
        match self.key(group, row) {
            Ok(key) => {
                let date = group.view.moment(row).map(model::Moment::local_date);
                let stratum = keep.stratum(self.strata.of(group, date));
                let row = evidence(group.view, row);
                keep.facts.push(Fact { stratum, key, number: 0, found, row });
            }
            Err(reason) => keep.doubt(reason),
        }
    }
}

impl Second for Excess {
    fn note(&self, group: &Group<'_, '_>, keep: &mut Keep) {
        let Some(at) = self.at else {
            match self.of.events() {
                Some(events) => events.judge_events(group, &mut |row, answer| {
                    self.keep_one(group, row, &answer, keep);
                }),
                None => {
                    let answer = self.of.judge(group);
                    let row = answer.rows.last().copied().unwrap_or(group.rows.start);
                    self.keep_one(group, row, &answer, keep);
                }
            }
            return;
        };
        let answer = self.of.judge(group);
        // each person who took the step in this group counts once
        let mut seen = Vec::new();
        for row in group.rows_of(at) {
            let key = self.key(group, row).ok();
            if key.is_none() || !seen.contains(&key) {
                self.keep_one(group, row, &answer, keep);
                seen.push(key);
            }
        }
    }

    fn conclude(&self, keep: &Keep, _: &Log<'_>) -> Conclusion {
        let mut conclusion = Conclusion { unknown: keep.unknown.clone(), ..Conclusion::default() };
        let factor = self.factor.fixed() as f64;
        let posterior = Ppm(u32::try_from(self.posterior.fixed().clamp(0, 1000)).unwrap_or(0) * 1000);
        for (_, facts) in keep.by_stratum() {
            let mut actors: BTreeMap<&Key, (Tally, Vec<&Fact>)> = BTreeMap::new();
            for fact in facts {
                let (tally, found) = actors.entry(&fact.key).or_default();
                tally.n += 1;
                if fact.found {
                    tally.found += 1;
                    found.push(fact);
                }
            }
            let tallies: Vec<Tally> = actors.values().map(|(tally, _)| *tally).collect();
            let prior = Prior::fit(&tallies);
            for (key, (tally, found)) in actors {
                let probability = prior
                    .as_ref()
                    .filter(|_| tally.n >= self.least.count())
                    .and_then(|prior| Some((prior, prior.exceedance(tally, factor)?)));
                let Some((prior, probability)) = probability else {
                    conclusion.doubt(Reason::TooFew, 1);
                    continue;
                };
                conclusion.judged += 1;
                conclusion.tests += 1;
                if probability < posterior || tally.found < self.least_found.count() {
                    continue;
                }
                let observed = Ppm::of(tally.found, tally.n).unwrap_or_default();
                conclusion.hits.push(Hit {
                    subject: match key {
                        Key::Who(who) => Aggregate::Who(*who),
                        Key::Text(text) => Aggregate::Text(text.clone()),
                        Key::Pair(_, text) => Aggregate::Text(text.clone()),
                        Key::None => Aggregate::Stratum(String::new()),
                    },
                    rows: found.iter().map(|fact| fact.row.clone()).collect(),
                    measure: Some(Measure {
                        observed: i64::from(observed.0),
                        expected: i64::from(Ppm::from_fraction(prior.mean()).0),
                        unit: "ppm",
                        probability: Some(probability),
                    }),
                });
            }
        }
        conclusion
    }

    fn needs(&self, needs: &mut Needs) {
        self.of.needs(needs);
        needs.steps.extend(self.at);
        if let Per::Column(slot) = self.per {
            needs.slots.push(slot);
        }
    }

    fn triggers(&self) -> StepSet {
        self.at.unwrap_or_else(|| self.of.triggers())
    }
}
