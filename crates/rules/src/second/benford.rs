//! `benford`: the first digits of amounts stand far from Benford's law, as invented, capped
//! or repeated amounts do. The line is that of the number of amounts (`statistics::benford`).

use super::{Aggregate, Conclusion, Fact, Hit, Keep, Key, Second, Strata, evidence};
use crate::answer::Reason;
use crate::args::Args;
use crate::condition::Condition;
use crate::number::Number;
use crate::pattern::Needs;
use crate::result::Measure;
use crate::statistics::{benford, first_two_digits};
use crate::steps::StepSet;
use crate::view::{Cell, Group, Log, Slot};

#[derive(Debug)]
struct BenfordTest {
    step: StepSet,
    amount: Slot,
    only: Option<Condition>,
    floor: Number,
    least: Number,
    strata: Strata,
}

pub(super) fn read(args: &mut Args<'_, '_, '_, '_>) -> Option<Box<dyn Second>> {
    Some(Box::new(BenfordTest {
        step: args.steps("step"),
        amount: args.column("amount"),
        only: args.condition_opt("where"),
        floor: args.number_or("floor", 1000),
        least: args.number_or("least", 500),
        strata: Strata::read(args),
    }))
}

impl BenfordTest {
    fn conclude_stratum(&self, name: &str, facts: &[&Fact], conclusion: &mut Conclusion) {
        let stratum = || Aggregate::Stratum(name.to_owned());
        let amounts: Vec<i64> =
            facts.iter().filter(|f| f.doubt.is_none()).map(|f| f.number).collect();
        let least = self.least.count();
        let result = match benford(&amounts) {
            Ok(result) if result.n >= least => result,
            Ok(_) | Err(_) => {
                // with the amounts that are missing there might have been enough
                let doubt = facts.iter().find_map(|fact| fact.doubt);
                let doubt = doubt.filter(|_| facts.len() as u64 >= least);
                return conclusion.doubt_one(doubt.unwrap_or(Reason::TooFew), stratum);
            }
        };
        conclusion.tests += 1;
        if !result.deviates() {
            return conclusion.clear(stratum);
        }
        let often = |fact: &&&Fact| {
            let digits = first_two_digits(fact.number).filter(|_| fact.doubt.is_none());
            digits.is_some_and(|digits| result.excess.iter().any(|e| e.digits == digits))
        };
        let mut rows: Vec<_> =
            facts.iter().filter(often).map(|fact| fact.row.clone()).collect();
        if rows.is_empty() {
            // no pair of digits stands out alone: all amounts together do
            rows = facts.iter().map(|fact| fact.row.clone()).collect();
        }
        conclusion.hit(Hit {
            subject: stratum(),
            rows,
            measure: Some(Measure {
                observed: i64::from(super::ppm(result.mad).0),
                expected: i64::from(super::ppm(result.line).0),
                unit: "ppm",
                probability: Some(super::ppm(result.p)),
            }),
        });
    }
}

impl Second for BenfordTest {
    fn note(&self, group: &Group<'_, '_>, keep: &mut Keep) {
        for row in group.rows_of(self.step) {
            let counts =
                self.only.as_ref().map_or(Ok(true), |only| only.holds(group.view, row));
            let amount = match (counts, group.view.cell(self.amount, row)) {
                (Ok(false), _) => continue,
                (Err(reason), _) => Err(reason),
                (Ok(true), Some(Cell::Int(amount))) => Ok(amount),
                (Ok(true), _) => Err(group.view.why_missing(self.amount)),
            };
            if amount.is_ok_and(|amount| amount < self.floor.fixed()) {
                continue;
            }
            let stratum = keep.stratum(&self.strata, group, row);
            let (number, doubt) = (amount.unwrap_or(0), amount.err());
            let row = evidence(group.view, row);
            keep.facts.push(Fact { stratum, key: Key::None, number, doubt, row });
        }
    }

    fn conclude(&self, keep: &Keep, _: &Log<'_>) -> Conclusion {
        let mut conclusion = Conclusion::of(keep);
        // a group of which it is not known whether the rule speaks of it adds no amount
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
        needs.steps.push(self.step);
        needs.slots.push(self.amount);
        needs.slots.extend(self.only.iter().flat_map(Condition::slots));
    }

    fn triggers(&self) -> StepSet {
        self.step
    }
}
