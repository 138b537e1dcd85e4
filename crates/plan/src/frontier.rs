//! What fewer or more hours would bring: the same question for other shares of the hours.

use crate::check::Refusal;
use crate::field::Field;
use crate::optimum::{self, Ties};
use crate::outcome::{self, Plan};
use crate::question::{Budget, Cost};
use crate::{Effort, Proof};
use std::collections::BTreeSet;
use std::thread;

/// The shares of the hours that a proposal shows, in percent.
pub const PERCENTS: [u32; 5] = [50, 75, 100, 125, 150];

/// The best plan for one share of the hours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The share of the hours, in percent.
    pub percent: u32,
    /// What there is then, rounded down to whole hours.
    pub years: Vec<Budget>,
    /// What is reached; nothing where the measures that must be there do not fit.
    pub reached: Option<Reached>,
}

/// What a share of the hours reaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reached {
    /// Whether it is known to be the best.
    pub proof: Proof,
    /// Weighted tenths removed.
    pub removed_tenths: i64,
    /// Weighted tenths that stay.
    pub left_tenths: i64,
    /// What each year takes.
    pub spent: Vec<Cost>,
    /// Measures that are in here and not in the plan. Where several choices reach the same with
    /// the same hours, it is one of them.
    pub more: Vec<String>,
    /// Measures of the plan that are not in here.
    pub fewer: Vec<String>,
}

/// The steps for these shares, in the order given. The plan is the one for the whole.
pub(crate) fn steps(
    field: &Field<'_>,
    plan: &Plan,
    percents: &[u32],
    effort: Effort,
) -> Result<Vec<Step>, Refusal> {
    let threads = effort.threads.clamp(1, percents.len().max(1));
    let work = |first: usize| -> Vec<(usize, Result<Step, Refusal>)> {
        let own = percents.iter().enumerate().skip(first).step_by(threads);
        own.map(|(at, percent)| (at, step(field, plan, *percent, effort))).collect()
    };
    let mut steps: Vec<(usize, Result<Step, Refusal>)> = thread::scope(|scope| {
        let others: Vec<_> =
            (1..threads).map(|first| scope.spawn(move || work(first))).collect();
        let mut all = work(0);
        for other in others {
            let stopped =
                || vec![(0, Err(Refusal::Solver("a thread stopped".to_owned())))];
            all.extend(other.join().unwrap_or_else(|_| stopped()));
        }
        all
    });
    steps.sort_by_key(|(at, _)| *at);
    steps.into_iter().map(|(_, step)| step).collect()
}

fn step(
    field: &Field<'_>,
    plan: &Plan,
    percent: u32,
    effort: Effort,
) -> Result<Step, Refusal> {
    let share = |hours: u64| hours.saturating_mul(u64::from(percent)) / 100;
    let budget = |budget: &Budget| Budget {
        hours_once: budget.hours_once.map(share),
        hours_yearly: budget.hours_yearly.map(share),
        euros: budget.euros,
    };
    let years: Vec<Budget> = field.question.years.iter().map(budget).collect();
    let there = if percent == 100 {
        plan.clone()
    } else {
        match optimum::find(field, &years, Ties::ByHours, effort) {
            Ok(optimum) => outcome::plan(field, &years, &optimum),
            Err(Refusal::MustHavesDoNotFit) => {
                return Ok(Step { percent, years, reached: None });
            }
            Err(refusal) => return Err(refusal),
        }
    };
    let codes = |plan: &Plan| -> BTreeSet<String> {
        plan.chosen.iter().map(|chosen| chosen.code.clone()).collect()
    };
    let (here, in_plan) = (codes(&there), codes(plan));
    let reached = Reached {
        proof: there.proof,
        removed_tenths: there.removed_tenths,
        left_tenths: there.left_tenths,
        spent: there.years.iter().map(|year| year.spent).collect(),
        more: here.difference(&in_plan).cloned().collect(),
        fewer: in_plan.difference(&here).cloned().collect(),
    };
    Ok(Step { percent, years, reached: Some(reached) })
}
