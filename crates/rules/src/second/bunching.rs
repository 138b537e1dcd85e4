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
    limit: Number,
    least: Number,
    alpha_thousandths: Number,
}

pub(super) fn read(args: &mut Args<'_, '_, '_, '_>) -> Option<Box<dyn Second>> {
    Some(Box::new(Bunched {
        step: args.steps("step"),
        amount: args.column("amount"),
        limit: args.number("limit"),
        least: args.number_or("least", 20),
        alpha_thousandths: args.number_or("alpha", 10),
    }))
}

impl Second for Bunched {
    fn note(&self, group: &Group<'_, '_>, keep: &mut Keep) {
        let Some(row) = group.first(self.step) else { return };
        match group.view.cell(self.amount, row) {
            Some(Cell::Int(number)) => {
                // amounts under different limits of different years are not mixed: each is
                // brought to the limit of its own date, in millionths
                let date = group.view.moment(row).map(model::Moment::local_date);
                let limit = self.limit.on(date);
                if limit <= 0 {
                    return;
                }
                let scaled = i128::from(number) * 1_000_000 / i128::from(limit);
                let stratum = keep.one_stratum();
                let row = evidence(group.view, row);
                let number = i64::try_from(scaled).unwrap_or(i64::MAX);
                keep.facts.push(Fact {
                    stratum,
                    key: Key::None,
                    number,
                    doubt: None,
                    row,
                });
            }
            Some(_) | None => keep.doubt(group.view.why_missing(self.amount)),
        }
    }

    fn conclude(&self, keep: &Keep, _: &Log<'_>) -> Conclusion {
        let mut conclusion = Conclusion::of(keep);
        let process = || Aggregate::Stratum(String::new());
        let amounts: Vec<i64> = keep.facts.iter().map(|fact| fact.number).collect();
        let Ok(result) = bunching(&amounts, 1_000_000, self.least.count()) else {
            let reason = match keep.unknown.keys().next() {
                Some(reason) if amounts.is_empty() => *reason,
                _ => Reason::TooFew,
            };
            conclusion.doubt_one(reason, process);
            return conclusion;
        };
        conclusion.tests = 1;
        if result.p < super::thousandths(self.alpha_thousandths.fixed())
            && result.share > result.expected
        {
            let near = |fact: &&Fact| (900_000..1_000_000).contains(&fact.number);
            conclusion.hit(Hit {
                subject: process(),
                rows: keep
                    .facts
                    .iter()
                    .filter(near)
                    .map(|fact| fact.row.clone())
                    .collect(),
                measure: Some(Measure {
                    observed: i64::from(result.share.0),
                    expected: i64::from(result.expected.0),
                    unit: "ppm",
                    probability: Some(super::ppm(result.p)),
                }),
            });
        } else {
            conclusion.clear(process);
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
