//! `recurring_set`: the same circle is asked time and again, and wins in turns or always by
//! the same hand (signals.md INK-06; Jaccard 1901, Wald and Wolfowitz 1940).

use super::{Aggregate, Conclusion, Fact, Hit, Keep, Key, Second, Strata, evidence};
use crate::answer::Reason;
use crate::args::Args;
use crate::number::Number;
use crate::pattern::Needs;
use crate::result::Measure;
use crate::statistics::runs_test;
use crate::steps::StepSet;
use crate::view::{Group, Log, Slot};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug)]
struct RecurringSet {
    step: StepSet,
    member: Slot,
    winner_step: StepSet,
    winner: Slot,
    strata: Strata,
    least: Number,
    alike_percent: Number,
    alpha_thousandths: Number,
    least_won: Number,
    won_percent: Number,
}

pub(super) fn read(args: &mut Args<'_, '_, '_, '_>) -> Option<Box<dyn Second>> {
    Some(Box::new(RecurringSet {
        step: args.steps("step"),
        member: args.column("member"),
        winner_step: args.steps("winner_step"),
        winner: args.column("winner"),
        strata: Strata::read(args),
        least: args.number_or("least", 4),
        alike_percent: args.number_or("alike", 80),
        alpha_thousandths: args.number_or("alpha", 50),
        least_won: args.number_or("least_won", 5),
        won_percent: args.number_or("won", 80),
    }))
}

/// Between two members, and before the winner.
const COMMA: &str = "\u{1e}";
const BORDER: &str = "\u{1f}";

/// The members and the winner of one procedure.
fn parts(fact: &Fact) -> (BTreeSet<&str>, &str) {
    let Key::Text(text) = &fact.key else { return (BTreeSet::new(), "") };
    let (members, winner) = text.split_once(BORDER).unwrap_or((text, ""));
    (members.split(COMMA).filter(|member| !member.is_empty()).collect(), winner)
}

/// How much two sets have in common, as a share of all they hold.
fn jaccard(a: &BTreeSet<&str>, b: &BTreeSet<&str>) -> f64 {
    let all = a.union(b).count();
    if all == 0 { 0.0 } else { a.intersection(b).count() as f64 / all as f64 }
}

impl RecurringSet {
    /// The winner who took nearly all, or turns that chance hardly explains.
    fn fixed(&self, winners: &[&str]) -> bool {
        let mut codes: BTreeMap<&str, u32> = BTreeMap::new();
        let mut order = Vec::new();
        for winner in winners {
            let next = u32::try_from(codes.len()).unwrap_or(u32::MAX);
            order.push(*codes.entry(winner).or_insert(next));
        }
        let most = codes
            .values()
            .map(|code| order.iter().filter(|other| *other == code).count())
            .max()
            .unwrap_or(0) as u64;
        let n = order.len() as u64;
        let one_hand = n >= self.least_won.count()
            && most * 100 >= self.won_percent.count().saturating_mul(n);
        let alpha = super::thousandths(self.alpha_thousandths.fixed());
        one_hand || runs_test(&order).is_some_and(|runs| runs.p_turns < alpha)
    }

    fn conclude_stratum(&self, name: &str, facts: &[&Fact], conclusion: &mut Conclusion) {
        let stratum = || Aggregate::Stratum(name.to_owned());
        let mut known: Vec<&Fact> =
            facts.iter().copied().filter(|fact| fact.doubt.is_none()).collect();
        let least = self.least.count().max(2);
        let doubt = facts.iter().find_map(|fact| fact.doubt);
        if (known.len() as u64) < least {
            let doubt = doubt.filter(|_| facts.len() as u64 >= least);
            return conclusion.doubt_one(doubt.unwrap_or(Reason::TooFew), stratum);
        }
        known.sort_by_key(|fact| (fact.row.moment, fact.row.place));
        let sets: Vec<(BTreeSet<&str>, &str)> =
            known.iter().map(|fact| parts(fact)).collect();
        let next = sets.iter().zip(sets.iter().skip(1));
        let alike: Vec<f64> = next.map(|(a, b)| jaccard(&a.0, &b.0)).collect();
        let mean = alike.iter().sum::<f64>() / alike.len().max(1) as f64;
        let winners: Vec<&str> = sets.iter().map(|set| set.1).collect();
        conclusion.tests += 1;
        let line = self.alike_percent.fixed() as f64 / 100.0;
        if mean < line || !self.fixed(&winners) {
            return conclusion.clear(stratum);
        }
        conclusion.hit(Hit {
            subject: stratum(),
            rows: known.iter().map(|fact| fact.row.clone()).collect(),
            measure: Some(Measure {
                observed: i64::from(super::ppm(mean).0),
                expected: i64::from(super::ppm(line).0),
                unit: "ppm",
                probability: None,
            }),
        });
    }

    /// Members and winner of one procedure as a key, or why they are not known.
    fn key(&self, group: &Group<'_, '_>) -> Result<Key, Reason> {
        let mut members = BTreeSet::new();
        for row in group.rows_of(self.step) {
            match group.view.cell(self.member, row) {
                Some(cell) => members.insert(super::strata::text(cell)),
                None => return Err(group.view.why_missing(self.member)),
            };
        }
        let end = group.last(self.winner_step).ok_or(Reason::StepNotRecorded)?;
        let won = group.view.cell(self.winner, end);
        let won = won.ok_or_else(|| group.view.why_missing(self.winner))?;
        let members: Vec<String> = members.into_iter().collect();
        let winner = super::strata::text(won);
        Ok(Key::Text(format!("{}{BORDER}{winner}", members.join(COMMA))))
    }
}

impl Second for RecurringSet {
    fn note(&self, group: &Group<'_, '_>, keep: &mut Keep) {
        let Some(row) = group.first(self.step) else { return };
        if !group.present.meets(self.winner_step) && group.recorded(self.winner_step) {
            // nobody has won yet
            return;
        }
        let key = match group.view.moment(row) {
            None => Err(Reason::TimeMissing),
            Some(_) => self.key(group),
        };
        let stratum = keep.stratum(&self.strata, group, row);
        let doubt = key.as_ref().err().copied();
        let (key, row) = (key.unwrap_or(Key::None), evidence(group.view, row));
        keep.facts.push(Fact { stratum, key, number: 0, doubt, row });
    }

    fn conclude(&self, keep: &Keep, _: &Log<'_>) -> Conclusion {
        let mut conclusion = Conclusion::of(keep);
        if let (true, Some(reason)) = (keep.facts.is_empty(), keep.unknown.keys().next())
        {
            conclusion.doubt_one(*reason, || Aggregate::Stratum(String::new()));
        }
        for (name, facts) in keep.by_stratum() {
            self.conclude_stratum(&name, &facts, &mut conclusion);
        }
        conclusion
    }

    fn needs(&self, needs: &mut Needs) {
        needs.steps.extend([self.step, self.winner_step]);
        needs.slots.extend([self.member, self.winner]);
    }

    fn triggers(&self) -> StepSet {
        self.step
    }
}
