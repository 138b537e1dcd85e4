//! `bunching`: more amounts just below a limit than their distribution explains.

use super::{Aggregate, Conclusion, Fact, Hit, Keep, Key, Second, evidence};
use crate::answer::Reason;
use crate::args::Args;
use crate::number::Number;
use crate::pattern::Needs;
use crate::result::Measure;
use crate::statistics::bunching;
use crate::steps::StepSet;
use crate::view::{Cell, Group, Log, Slot};

#[derive(Debug)]
struct Bunched {
    step: StepSet,
    amount: Slot,
    limits: Vec<Number>,
    least: Number,
    alpha_thousandths: Number,
}

pub(super) fn read(args: &mut Args<'_, '_, '_, '_>) -> Option<Box<dyn Second>> {
    let limits = match args.reader.tree("limits") {
        Some(_) => args.numbers("limits"),
        None => vec![args.number("limit")],
    };
    Some(Box::new(Bunched {
        step: args.steps("step"),
        amount: args.column("amount"),
        limits,
        least: args.number_or("least", 20),
        alpha_thousandths: args.number_or("alpha", 10),
    }))
}

impl Bunched {
    /// The process, or where there are several limits the amounts around one of them.
    fn subject(&self, limit: &Number) -> Aggregate {
        let name = match self.limits.len() {
            0 | 1 => String::new(),
            _ => (limit.fixed() / 100).to_string(),
        };
        Aggregate::Stratum(name)
    }

    fn conclude_limit(
        &self,
        limit: &Number,
        facts: &[&Fact],
        keep: &Keep,
        conclusion: &mut Conclusion,
    ) {
        let subject = || self.subject(limit);
        let amounts: Vec<i64> = facts.iter().map(|fact| fact.number).collect();
        let Ok(result) = bunching(&amounts, 1_000_000, self.least.count()) else {
            let reason = match keep.unknown.keys().next() {
                Some(reason) if amounts.is_empty() => *reason,
                _ => Reason::TooFew,
            };
            return conclusion.doubt_one(reason, subject);
        };
        conclusion.tests += 1;
        if result.p >= super::thousandths(self.alpha_thousandths.fixed())
            || result.share <= result.expected
        {
            return conclusion.clear(subject);
        }
        let near = |fact: &&&Fact| (900_000..1_000_000).contains(&fact.number);
        conclusion.hit(Hit {
            subject: subject(),
            rows: facts.iter().filter(near).map(|fact| fact.row.clone()).collect(),
            measure: Some(Measure {
                observed: i64::from(result.share.0),
                expected: i64::from(result.expected.0),
                unit: "ppm",
                probability: Some(super::ppm(result.p)),
            }),
        });
    }
}

impl Second for Bunched {
    fn note(&self, group: &Group<'_, '_>, keep: &mut Keep) {
        let Some(row) = group.first(self.step) else { return };
        let Some(Cell::Int(number)) = group.view.cell(self.amount, row) else {
            return keep.doubt(group.view.why_missing(self.amount));
        };
        let date = group.view.moment(row).map(model::Moment::local_date);
        let row = evidence(group.view, row);
        for (at, limit) in self.limits.iter().enumerate() {
            // amounts under different limits of different years are not mixed: each is
            // brought to the limit of its own date, in millionths
            let limit = limit.on(date);
            if limit <= 0 {
                continue;
            }
            let scaled = i128::from(number) * 1_000_000 / i128::from(limit);
            let number = i64::try_from(scaled).unwrap_or(i64::MAX);
            let stratum = u32::try_from(at).unwrap_or(u32::MAX);
            let row = row.clone();
            keep.facts.push(Fact { stratum, key: Key::None, number, doubt: None, row });
        }
    }

    fn conclude(&self, keep: &Keep, _: &Log<'_>) -> Conclusion {
        let mut conclusion = Conclusion::of(keep);
        for (at, limit) in (0_u32..).zip(&self.limits) {
            let facts: Vec<&Fact> =
                keep.facts.iter().filter(|fact| fact.stratum == at).collect();
            self.conclude_limit(limit, &facts, keep, &mut conclusion);
        }
        conclusion
    }

    fn needs(&self, needs: &mut Needs) {
        needs.steps.push(self.step);
        needs.slots.push(self.amount);
    }

    fn triggers(&self) -> StepSet {
        self.step
    }
}
