//! `pair`: a handler and an applicant who meet far more often than chance explains
//! (signals.md GEN-10; hypergeometric tail, Benjamini–Hochberg over all pairs tested).

use super::{Aggregate, Conclusion, Fact, Hit, Keep, Key, Second, Strata, evidence};
use crate::answer::Reason;
use crate::args::Args;
use crate::number::Number;
use crate::pattern::Needs;
use crate::result::Measure;
use crate::statistics::{benjamini_hochberg, pairs};
use crate::steps::StepSet;
use crate::view::{Cell, Group, Log, Slot};
use catalogue::tree::Node;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug)]
struct PairTest {
    step: StepSet,
    /// Each a family of pairs of its own.
    counterparts: Vec<Slot>,
    strata: Strata,
    least: Number,
    share_percent: Number,
    least_counterpart: Number,
    q_thousandths: Number,
    money: Option<Money>,
}

/// What a counterpart must take of all money of the stratum.
#[derive(Debug)]
struct Money {
    amount: Slot,
    percent: Number,
}

pub(super) fn read(args: &mut Args<'_, '_, '_, '_>) -> Option<Box<dyn Second>> {
    args.reads_who();
    let several = args.reader.tree("counterpart").map(|tree| &tree.node);
    let counterparts = if let Some(Node::List(_)) = several {
        args.columns("counterpart")
    } else {
        vec![args.column("counterpart")]
    };
    let money = args
        .column_opt("amount")
        .map(|amount| Money { amount, percent: args.number("amount_share") });
    Some(Box::new(PairTest {
        step: args.steps("step"),
        counterparts,
        strata: Strata::read(args),
        least: args.number_or("least", 3),
        share_percent: args.number_or("share", 60),
        least_counterpart: args.number_or("least_counterpart", 5),
        q_thousandths: args.number_or("q", 50),
        money,
    }))
}

impl PairTest {
    /// The amount of a case; nothing where the rule asks for none.
    fn amount(&self, group: &Group<'_, '_>, row: usize) -> Result<i64, Reason> {
        let Some(money) = &self.money else { return Ok(0) };
        let of = |row| group.view.cell(money.amount, row);
        match of(row).or_else(|| group.rows.clone().find_map(of)) {
            Some(Cell::Int(amount)) => Ok(amount),
            Some(_) | None => Err(group.view.why_missing(money.amount)),
        }
    }

    /// Whether the counterpart takes its part of the money of the stratum.
    fn takes_enough(&self, facts: &[&Fact], other: &str) -> bool {
        let Some(money) = &self.money else { return true };
        let sum = |facts: &mut dyn Iterator<Item = &&Fact>| {
            facts.map(|fact| i128::from(fact.number)).sum::<i128>()
        };
        let own = |fact: &&&Fact| matches!(&fact.key, Key::Pair(_, of) if of == other);
        let all = sum(&mut facts.iter());
        let own = sum(&mut facts.iter().filter(own));
        own > 0 && own * 100 >= all * i128::from(money.percent.fixed())
    }

    fn conclude_stratum(&self, facts: &[&Fact], conclusion: &mut Conclusion) {
        let mut names: BTreeMap<&str, u32> = BTreeMap::new();
        let mut cases = Vec::new();
        let mut nobodies = u32::MAX;
        for fact in facts {
            match &fact.key {
                Key::Pair(who, other) => {
                    let next = u32::try_from(names.len()).unwrap_or(u32::MAX);
                    let code = *names.entry(other.as_str()).or_insert(next);
                    cases.push((*who, code));
                }
                // part of the work with which a pair is compared, and of no pair itself
                Key::Who(who) => {
                    cases.push((*who, nobodies));
                    nobodies -= 1;
                }
                Key::None | Key::Text(_) => {}
            }
        }
        let family = pairs(&cases, self.least_counterpart.count());
        // most pairs never met: they are clear, and nobody asks for them by name
        conclusion.judged += (family.tests - family.pairs.len()) as u64;
        conclusion.tests += family.tests as u64;
        let p: Vec<f64> = family.pairs.iter().map(|pair| pair.p).collect();
        let q = super::thousandths(self.q_thousandths.fixed());
        let rejected = benjamini_hochberg(&p, family.tests, q);
        let others: BTreeMap<u32, &str> =
            names.iter().map(|(name, code)| (*code, *name)).collect();
        for (pair, rejected) in family.pairs.iter().zip(rejected) {
            let share =
                pair.together * 100 >= self.share_percent.count() * pair.of_counterpart;
            let other = others.get(&pair.counterpart).copied().unwrap_or_default();
            let subject = Aggregate::Pair(pair.handler, other.to_owned());
            let enough = share && pair.together >= self.least.count();
            if !rejected || !enough || !self.takes_enough(facts, other) {
                conclusion.clear(|| subject);
                continue;
            }
            let key = Key::Pair(pair.handler, other.to_owned());
            let expected = pair.of_handler * pair.of_counterpart / family.cases.max(1);
            conclusion.hit(Hit {
                subject,
                rows: facts
                    .iter()
                    .filter(|f| f.key == key)
                    .map(|f| f.row.clone())
                    .collect(),
                measure: Some(Measure {
                    observed: i64::try_from(pair.together).unwrap_or(i64::MAX),
                    expected: i64::try_from(expected).unwrap_or(i64::MAX),
                    unit: "count",
                    probability: Some(super::ppm(pair.p)),
                }),
            });
        }
    }
}

impl Second for PairTest {
    fn note(&self, group: &Group<'_, '_>, keep: &mut Keep) {
        let Some(row) = group.first(self.step) else { return };
        let value =
            |slot: &Slot| group.rows.clone().find_map(|row| group.view.cell(*slot, row));
        let others: Vec<Option<Cell<'_>>> = self.counterparts.iter().map(value).collect();
        // who has one counterpart need not have another: only a case without any is in doubt
        if others.iter().all(Option::is_none) {
            let why = self.counterparts.iter().map(|slot| group.view.why_missing(*slot));
            return keep.doubt_case(why.min().unwrap_or(Reason::ValueMissing), group);
        }
        let person = match group.view.person(row) {
            Ok(person) => person,
            Err(reason) => return keep.doubt_case(reason, group),
        };
        let number = match self.amount(group, row) {
            Ok(number) => number,
            Err(reason) => return keep.doubt_case(reason, group),
        };
        for (at, other) in others.into_iter().enumerate() {
            let stratum = if at == 0 {
                keep.stratum(&self.strata, group, row)
            } else {
                let mut values = self.strata.of(group, row);
                values.push(format!("counterpart {at}"));
                keep.stratum_of(values)
            };
            let key = other.map_or(Key::Who(person), |other| {
                Key::Pair(person, super::strata::text(other))
            });
            let row = evidence(group.view, row);
            keep.facts.push(Fact { stratum, key, number, doubt: None, row });
        }
    }

    fn conclude(&self, keep: &Keep, log: &Log<'_>) -> Conclusion {
        let mut conclusion = Conclusion::of(keep);
        for (_, facts) in keep.by_stratum() {
            self.conclude_stratum(&facts, &mut conclusion);
        }
        let paired = keep.facts.iter().filter(|fact| matches!(fact.key, Key::Pair(..)));
        let cases = paired.clone().count() as u64;
        let pairs: BTreeSet<(u32, &Key)> =
            paired.map(|fact| (fact.stratum, &fact.key)).collect();
        let silence = if log.assigned {
            // fixed hands by district or account manager make fixed pairs of themselves
            Some(Reason::Assigned)
        } else {
            // nobody came often enough to be one half of a fixed pair
            (conclusion.judged == 0).then_some(Reason::TooFew)
        };
        if let Some(reason) = silence {
            conclusion = Conclusion::of(keep);
            for (_, key) in &pairs {
                if let Key::Pair(who, other) = key {
                    conclusion.doubt_one(reason, || Aggregate::Pair(*who, other.clone()));
                }
            }
        }
        let pairs = conclusion.judged.max(pairs.len() as u64);
        conclusion.doubt_unnamed(&keep.unknown, pairs, cases);
        conclusion
    }

    fn needs(&self, needs: &mut Needs) {
        needs.steps.push(self.step);
        needs.slots.extend(&self.counterparts);
        needs.slots.extend(self.money.as_ref().map(|money| money.amount));
    }

    fn triggers(&self) -> StepSet {
        self.step
    }
}
