//! `predictable`: work that nearly always falls on the same days and hours (signals.md
//! THH-14): how evenly events are spread over the weekdays and blocks of four hours.

use super::{Aggregate, Conclusion, Fact, Hit, Keep, Key, Second, Strata, evidence};
use crate::answer::Reason;
use crate::args::Args;
use crate::condition::Condition;
use crate::number::Number;
use crate::pattern::Needs;
use crate::result::Measure;
use crate::statistics::{CELLS, spread_over_cells};
use crate::steps::StepSet;
use crate::view::{Group, Log};
use model::Ppm;
use std::collections::BTreeMap;

#[derive(Debug)]
struct Predictable {
    step: StepSet,
    strata: Strata,
    below: Number,
    least: Number,
    only: Option<Condition>,
}

pub(super) fn read(args: &mut Args<'_, '_, '_, '_>) -> Option<Box<dyn Second>> {
    Some(Box::new(Predictable {
        step: args.steps("step"),
        strata: Strata::read(args),
        below: args.number_or("below", 600),
        least: args.number_or("least", 50),
        only: args.condition_opt("where"),
    }))
}

/// The block of four hours of the week in which a moment lies, or why that is not known.
fn cell(group: &Group<'_, '_>, row: usize) -> Result<i64, Reason> {
    let moment = group.view.moment(row).ok_or(Reason::TimeMissing)?;
    if moment.day_only {
        return Err(Reason::DateOnly);
    }
    let local = moment.local();
    let day = i64::from(local.date().weekday().to_monday_zero_offset());
    Ok(day * 6 + i64::from(local.hour()) / 4)
}

/// The least and the most evenly the events can be spread, wherever the unknown ones fell.
fn bounds(counts: &[u64; CELLS], unknown: u64) -> (f64, f64) {
    let (mut low, mut high) = (*counts, *counts);
    if let Some(fullest) = low.iter_mut().max() {
        *fullest += unknown;
    }
    for _ in 0..unknown {
        if let Some(emptiest) = high.iter_mut().min() {
            *emptiest += 1;
        }
    }
    (spread_over_cells(&low), spread_over_cells(&high))
}

impl Predictable {
    fn conclude_stratum(&self, name: &str, facts: &[&Fact], conclusion: &mut Conclusion) {
        let mut counts = [0_u64; CELLS];
        let mut unknown: BTreeMap<Reason, u64> = BTreeMap::new();
        for fact in facts {
            match (fact.doubt, usize::try_from(fact.number)) {
                (None, Ok(cell)) => {
                    if let Some(count) = counts.get_mut(cell) {
                        *count += 1;
                    }
                }
                (Some(reason), _) => *unknown.entry(reason).or_default() += 1,
                (None, Err(_)) => {}
            }
        }
        let known: u64 = counts.iter().sum();
        let lost: u64 = unknown.values().sum();
        let reason = unknown.keys().next().copied();
        let subject = || Aggregate::Stratum(name.to_owned());
        if known < self.least.count() {
            let enough = known + lost >= self.least.count();
            let reason = reason.filter(|_| enough).unwrap_or(Reason::TooFew);
            return conclusion.doubt_one(reason, subject);
        }
        conclusion.tests += 1;
        let line = super::thousandths(self.below.fixed());
        let (low, high) = bounds(&counts, lost);
        match (low < line, high < line, reason) {
            (true, false, Some(reason)) => conclusion.doubt_one(reason, subject),
            (_, false, _) => conclusion.clear(subject),
            (_, true, _) => conclusion.hit(Hit {
                subject: subject(),
                rows: facts.iter().map(|fact| fact.row.clone()).collect(),
                measure: Some(Measure {
                    observed: i64::from(Ppm::from_fraction(spread_over_cells(&counts)).0),
                    expected: i64::from(Ppm::from_fraction(line).0),
                    unit: "ppm",
                    probability: None,
                }),
            }),
        }
    }
}

impl Second for Predictable {
    fn note(&self, group: &Group<'_, '_>, keep: &mut Keep) {
        for row in group.rows_of(self.step) {
            let holds = |only: &Condition| only.holds(group.view, row);
            let cell = match self.only.as_ref().map_or(Ok(true), holds) {
                Ok(false) => continue,
                Ok(true) => cell(group, row),
                Err(reason) => Err(reason),
            };
            let stratum = keep.stratum(&self.strata, group, row);
            let (number, doubt) = cell.map_or_else(|r| (0, Some(r)), |cell| (cell, None));
            let row = evidence(group.view, row);
            keep.facts.push(Fact { stratum, key: Key::None, number, doubt, row });
        }
    }

    fn conclude(&self, keep: &Keep, _: &Log<'_>) -> Conclusion {
        let mut conclusion = Conclusion::of(keep);
        for (reason, count) in &keep.unknown {
            conclusion.doubt(*reason, *count);
        }
        for (name, facts) in keep.by_stratum() {
            self.conclude_stratum(&name, &facts, &mut conclusion);
        }
        conclusion
    }

    fn needs(&self, needs: &mut Needs) {
        needs.steps.push(self.step);
        needs.slots.extend(self.only.iter().flat_map(Condition::slots));
    }

    fn triggers(&self) -> StepSet {
        self.step
    }
}
