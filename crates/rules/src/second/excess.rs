//! `excess`: a handler in whose cases a pattern is found far more often (or far less) than
//! in those of colleagues, after shrinking towards the stratum (signals.md 12.2, `EBexc`).

use super::{Aggregate, Conclusion, Hit, Keep, Key, Second, Strata, Trials, evidence};
use crate::answer::{Answer, Reason, Verdict};
use crate::args::Args;
use crate::number::Number;
use crate::pattern::{Needs, Pattern};
use crate::result::Measure;
use crate::statistics::{Prior, Tally};
use crate::steps::StepSet;
use crate::view::{Group, Log, Slot};
use model::Ppm;

#[derive(Clone, Copy, Debug)]
enum Per {
    Who,
    Column(Slot),
}

/// Which extreme is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tail {
    High,
    Low,
    Both,
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
    tail: Tail,
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
    let tail = match args.reader.tree("tail") {
        Some(_) => match args.reader.choice("tail", &["high", "low", "both"]) {
            Some("low") => Tail::Low,
            Some("both") => Tail::Both,
            _ => Tail::High,
        },
        None => Tail::High,
    };
    Some(Box::new(Excess {
        of: args.pattern("of")?,
        per,
        at,
        factor: args.number_or("factor", 2),
        posterior: args.number_or("posterior", 950),
        least: args.number_or("least", 30),
        least_found: args.number_or("least_found", 5),
        strata: Strata::read(args),
        tail,
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

    fn keep_one(
        &self,
        group: &Group<'_, '_>,
        row: usize,
        answer: &Answer,
        keep: &mut Keep,
    ) {
        if answer.verdict == Verdict::NoSubject {
            return;
        }
        let (key, unnamed) = match self.key(group, row) {
            Ok(key) => (key, None),
            Err(reason) => (Key::None, Some(reason)),
        };
        let stratum = keep.stratum(&self.strata, group, row);
        let trials = keep.trials_of(stratum, key);
        match (unnamed, answer.verdict.clone()) {
            (Some(reason), _) | (None, Verdict::Unknown(reason)) => {
                *trials.unknown.entry(reason).or_default() += 1;
            }
            (None, Verdict::Found) => {
                trials.judged += 1;
                trials.found.push(evidence(group.view, row));
            }
            (None, Verdict::Clear | Verdict::NoSubject) => {
                trials.judged += 1;
                if self.tail != Tail::High {
                    trials.clear.push(evidence(group.view, row));
                }
            }
        }
    }

    /// One actor beside the stratum: found with its measure, clear, or why not.
    fn judge(
        &self,
        trials: &Trials,
        prior: Option<&Prior>,
    ) -> Result<Option<Measure>, Reason> {
        let tally = Tally { found: trials.found.len() as u64, n: trials.judged };
        let least = self.least.count();
        if tally.n < least {
            // with the trials that could not be judged there might have been enough
            let doubts = trials.doubts().filter(|(_, count)| tally.n + count >= least);
            return Err(doubts.map_or(Reason::TooFew, |(reason, _)| reason));
        }
        let prior = prior.ok_or(Reason::TooFew)?;
        let measure = |probability| Measure {
            observed: i64::from(Ppm::of(tally.found, tally.n).unwrap_or_default().0),
            expected: i64::from(Ppm::from_fraction(prior.mean()).0),
            unit: "ppm",
            probability: Some(probability),
        };
        let low = match self.tail {
            Tail::High => None,
            Tail::Low | Tail::Both => self.too_few(tally, prior),
        };
        if let Some(probability) = low {
            return Ok(Some(measure(probability)));
        }
        match self.tail {
            Tail::Low => Ok(None),
            Tail::High | Tail::Both => Ok(self.too_many(tally, prior)?.map(measure)),
        }
    }

    fn sure(&self) -> Ppm {
        let posterior = self.posterior.fixed().clamp(0, 1000);
        Ppm(u32::try_from(posterior).unwrap_or(0) * 1000)
    }

    /// How sure it is that the rate is far above that of the stratum, where it is sure.
    fn too_many(&self, tally: Tally, prior: &Prior) -> Result<Option<Ppm>, Reason> {
        let factor = self.factor.fixed() as f64;
        let sure = prior.exceedance(tally, factor).ok_or(Reason::RateTooHigh)?;
        let enough = tally.found >= self.least_found.count();
        Ok((sure >= self.sure() && enough).then_some(sure))
    }

    /// How sure it is that the rate is far below that of the stratum, where it is sure; at
    /// the rate of the stratum there would have been enough to see.
    fn too_few(&self, tally: Tally, prior: &Prior) -> Option<Ppm> {
        let sure = prior.shortfall(tally, self.factor.fixed() as f64)?;
        let usual = tally.n as f64 * prior.mean();
        (sure >= self.sure() && usual >= self.least_found.count() as f64).then_some(sure)
    }
}

fn actor(key: &Key) -> Aggregate {
    match key {
        Key::Who(who) => Aggregate::Who(*who),
        Key::Text(text) | Key::Pair(_, text) => Aggregate::Text(text.clone()),
        Key::None => Aggregate::Stratum(String::new()),
    }
}

impl Second for Excess {
    fn note(&self, group: &Group<'_, '_>, keep: &mut Keep) {
        let Some(at) = self.at else {
            if let Some(events) = self.of.events() {
                events.judge_events(group, &mut |row, answer| {
                    self.keep_one(group, row, &answer, keep);
                });
            } else {
                let answer = self.of.judge(group);
                let row = answer.rows.last().copied().unwrap_or(group.rows.start);
                self.keep_one(group, row, &answer, keep);
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
        let mut conclusion = Conclusion::of(keep);
        let (mut named, mut events) = (0, 0);
        let mut unnamed = keep.unknown.clone();
        for (_, mut actors) in keep.trials_by_stratum() {
            for (reason, count) in
                actors.remove(&Key::None).into_iter().flat_map(|t| &t.unknown)
            {
                *unnamed.entry(*reason).or_default() += count;
            }
            let tally = |t: &&Trials| Tally { found: t.found.len() as u64, n: t.judged };
            let tallies: Vec<Tally> =
                actors.values().map(tally).filter(|t| t.n > 0).collect();
            let prior = Prior::fit(&tallies);
            for (key, trials) in actors {
                named += 1;
                events += trials.judged + trials.unknown.values().sum::<u64>();
                let measure = self.judge(trials, prior.as_ref());
                conclusion.tests += u64::from(measure.is_ok());
                match measure {
                    Err(reason) => conclusion.doubt_one(reason, || actor(key)),
                    Ok(None) => conclusion.clear(|| actor(key)),
                    Ok(measure) => {
                        let rows = trials.found.iter().chain(&trials.clear);
                        let rows = rows.cloned().collect();
                        conclusion.hit(Hit { subject: actor(key), rows, measure });
                    }
                }
            }
        }
        conclusion.doubt_unnamed(&unnamed, named, events);
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

    fn steps(&self) -> StepSet {
        self.at.unwrap_or(StepSet::NONE) | self.of.steps()
    }
}
