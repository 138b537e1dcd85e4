//! `score_pull`: one assessor puts the later winner further ahead than the colleagues do, in
//! one procedure after another (signals.md INK-16; Student 1908, Benjamini–Hochberg over all
//! assessors tested).
//!
//! The pull of one assessor in one procedure is how far the winner stands above the mean of
//! the others in the scores of this assessor, less the same in the scores of the colleagues.
//! So neither a strict nor a generous hand counts, only a preference that is one's own.

use super::{Aggregate, Conclusion, Fact, Hit, Keep, Key, Second, Strata, evidence};
use crate::answer::Reason;
use crate::args::Args;
use crate::number::Number;
use crate::pattern::Needs;
use crate::result::Measure;
use crate::statistics::{benjamini_hochberg, student_tail};
use crate::steps::StepSet;
use crate::view::{Cell, Group, Log, Slot};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug)]
struct ScorePull {
    step: StepSet,
    bidder: Slot,
    score: Slot,
    winner_step: StepSet,
    winner: Slot,
    strata: Strata,
    least: Number,
    decisive: Number,
    q_thousandths: Number,
}

pub(super) fn read(args: &mut Args<'_, '_, '_, '_>) -> Option<Box<dyn Second>> {
    args.reads_who();
    Some(Box::new(ScorePull {
        step: args.steps("step"),
        bidder: args.column("bidder"),
        score: args.column("score"),
        winner_step: args.steps("winner_step"),
        winner: args.column("winner"),
        strata: Strata::read(args),
        least: args.number_or("least", 6),
        decisive: args.number_or("decisive", 1),
        q_thousandths: args.number_or("q", 50),
    }))
}

/// The scores of one assessor, by tenderer; several for one (by criterion) are added.
type Scores = BTreeMap<String, f64>;

/// What one procedure says of one assessor.
struct Pull {
    millionths: i64,
    decisive: bool,
}

/// The mark under which a procedure is kept that would have had another winner.
const DECISIVE: &str = "decisive";

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (count, sum) = values.fold((0_u32, 0.0), |(n, sum), value| (n + 1, sum + value));
    (count > 0).then(|| sum / f64::from(count))
}

/// How far the winner stands above the mean of the others.
fn lead(scores: &Scores, winner: &str) -> Option<f64> {
    let others = scores.iter().filter(|(name, _)| *name != winner);
    Some(scores.get(winner)? - mean(others.map(|(_, score)| *score))?)
}

/// Who has the most points, all assessors together.
fn top<'s>(all: impl Iterator<Item = &'s Scores>) -> Option<&'s str> {
    let mut points: BTreeMap<&str, f64> = BTreeMap::new();
    for (name, score) in all.flatten() {
        *points.entry(name.as_str()).or_default() += score;
    }
    let best = points.into_iter().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(a.0)));
    best.map(|(name, _)| name)
}

fn pull(all: &BTreeMap<u32, Scores>, who: u32, winner: &str) -> Option<Pull> {
    let own = lead(all.get(&who)?, winner)?;
    let others = || all.iter().filter(move |(other, _)| **other != who);
    let usual = mean(others().filter_map(|(_, scores)| lead(scores, winner)))?;
    let decisive = top(all.values()) == Some(winner)
        && top(others().map(|(_, scores)| scores)) != Some(winner);
    #[expect(clippy::cast_possible_truncation, reason = "scores are small numbers")]
    let millionths = ((own - usual) * 1e6).round() as i64;
    Some(Pull { millionths, decisive })
}

impl ScorePull {
    /// The scores of a procedure, the row of each assessor, and what could not be read.
    fn scores(
        &self,
        group: &Group<'_, '_>,
    ) -> (BTreeMap<u32, Scores>, BTreeMap<u32, usize>, Option<Reason>) {
        let (mut scores, mut rows) = (BTreeMap::<u32, Scores>::new(), BTreeMap::new());
        let mut doubt = None;
        for row in group.rows_of(self.step) {
            let who = match group.view.person(row) {
                Ok(who) => who,
                Err(reason) => {
                    doubt.get_or_insert(reason);
                    continue;
                }
            };
            rows.entry(who).or_insert(row);
            let score = match group.view.cell(self.score, row) {
                #[expect(
                    clippy::cast_precision_loss,
                    reason = "scores are small numbers"
                )]
                Some(Cell::Int(score)) => Some(score as f64),
                Some(Cell::Float(score)) if score.is_finite() => Some(score),
                Some(_) | None => None,
            };
            match (group.view.cell(self.bidder, row), score) {
                (Some(bidder), Some(score)) => {
                    let own = scores.entry(who).or_default();
                    *own.entry(super::strata::text(bidder)).or_default() += score;
                }
                (None, _) => {
                    doubt.get_or_insert(group.view.why_missing(self.bidder));
                }
                (Some(_), None) => {
                    doubt.get_or_insert(group.view.why_missing(self.score));
                }
            }
        }
        (scores, rows, doubt)
    }

    fn winner(&self, group: &Group<'_, '_>) -> Result<String, Reason> {
        let row = group.last(self.winner_step).ok_or(Reason::StepNotRecorded)?;
        let cell = group.view.cell(self.winner, row);
        cell.map(super::strata::text).ok_or_else(|| group.view.why_missing(self.winner))
    }

    /// The probability of so much pull by chance, and the mean pull; of enough procedures.
    fn test(&self, facts: &[&Fact]) -> Result<(f64, f64), Reason> {
        let known: Vec<f64> =
            facts.iter().filter(|f| f.doubt.is_none()).map(|f| f.number as f64).collect();
        if (known.len() as u64) < self.least.count().max(2) {
            let doubt = facts.iter().find_map(|fact| fact.doubt);
            let doubt = doubt.filter(|_| facts.len() as u64 >= self.least.count());
            return Err(doubt.unwrap_or(Reason::TooFew));
        }
        let n = known.len() as f64;
        let middle = known.iter().sum::<f64>() / n;
        let squares: f64 = known.iter().map(|pull| (pull - middle).powi(2)).sum();
        let error = (squares / (n - 1.0) / n).sqrt();
        let t = match error > 0.0 {
            true => middle / error,
            false if middle > 0.0 => f64::INFINITY,
            false => 0.0,
        };
        let p = student_tail(t, known.len() as u64 - 1).ok_or(Reason::TooFew)?;
        Ok((p, middle))
    }

    fn conclude_stratum(&self, facts: &[&Fact], conclusion: &mut Conclusion) {
        let mut by_person: BTreeMap<u32, Vec<&Fact>> = BTreeMap::new();
        let mut decisive: BTreeMap<u32, u64> = BTreeMap::new();
        for fact in facts {
            match &fact.key {
                Key::Who(who) => by_person.entry(*who).or_default().push(fact),
                Key::Pair(who, _) => *decisive.entry(*who).or_default() += 1,
                Key::None | Key::Text(_) => {}
            }
        }
        let mut tested = Vec::new();
        for (who, facts) in &by_person {
            match self.test(facts) {
                Ok((p, middle)) => tested.push((*who, p, middle)),
                Err(reason) => conclusion.doubt_one(reason, || Aggregate::Who(*who)),
            }
        }
        conclusion.tests += tested.len() as u64;
        let p: Vec<f64> = tested.iter().map(|test| test.1).collect();
        let q = super::thousandths(self.q_thousandths.fixed());
        let kept = benjamini_hochberg(&p, tested.len(), q);
        for ((who, p, middle), kept) in tested.into_iter().zip(kept) {
            let often = decisive.get(&who).copied().unwrap_or(0);
            if !kept || often < self.decisive.count() {
                conclusion.clear(|| Aggregate::Who(who));
                continue;
            }
            let facts = by_person.get(&who).into_iter().flatten();
            let known = facts.filter(|fact| fact.doubt.is_none());
            #[expect(
                clippy::cast_possible_truncation,
                reason = "scores are small numbers"
            )]
            let observed = (middle / 1e3).round() as i64;
            conclusion.hit(Hit {
                subject: Aggregate::Who(who),
                rows: known.map(|fact| fact.row.clone()).collect(),
                measure: Some(Measure {
                    observed,
                    expected: 0,
                    unit: "thousandth",
                    probability: Some(super::ppm(p)),
                }),
            });
        }
    }
}

impl Second for ScorePull {
    fn note(&self, group: &Group<'_, '_>, keep: &mut Keep) {
        let Some(first) = group.first(self.step) else { return };
        if !group.present.meets(self.winner_step) && group.recorded(self.winner_step) {
            // nobody has won yet
            return;
        }
        let (scores, rows, doubt) = self.scores(group);
        let winner = self.winner(group);
        let doubt = winner.as_ref().err().copied().or(doubt);
        let people: BTreeSet<u32> = rows.keys().copied().collect();
        if let Some(reason) = doubt.filter(|_| people.is_empty()) {
            return keep.doubt(reason);
        }
        let winner = winner.unwrap_or_default();
        let stratum = keep.stratum(&self.strata, group, first);
        for (who, row) in rows {
            let row = evidence(group.view, row);
            let Some(reason) = doubt else {
                let Some(pull) = pull(&scores, who, &winner) else { continue };
                let (number, key) = (pull.millionths, Key::Who(who));
                if pull.decisive {
                    let key = Key::Pair(who, DECISIVE.to_owned());
                    let row = row.clone();
                    keep.facts.push(Fact { stratum, key, number: 1, doubt: None, row });
                }
                keep.facts.push(Fact { stratum, key, number, doubt: None, row });
                continue;
            };
            let (key, doubt) = (Key::Who(who), Some(reason));
            keep.facts.push(Fact { stratum, key, number: 0, doubt, row });
        }
    }

    fn conclude(&self, keep: &Keep, _: &Log<'_>) -> Conclusion {
        let mut conclusion = Conclusion::of(keep);
        for (_, facts) in keep.by_stratum() {
            self.conclude_stratum(&facts, &mut conclusion);
        }
        let named = keep.facts.iter().filter(|fact| matches!(fact.key, Key::Who(_)));
        let named = named.count() as u64;
        let subjects = conclusion.judged + conclusion.unknown.values().sum::<u64>();
        conclusion.doubt_unnamed(&keep.unknown, subjects, named);
        conclusion
    }

    fn needs(&self, needs: &mut Needs) {
        needs.steps.extend([self.step, self.winner_step]);
        needs.slots.extend([self.bidder, self.score, self.winner]);
    }

    fn triggers(&self) -> StepSet {
        self.step
    }
}
