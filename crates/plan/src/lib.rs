//! What first: the measures that remove the most shortfall within the hours there are.
//!
//! A municipality has forty measures to choose from and sixty hours. Taking the best one
//! again and again goes wrong as soon as measures need each other, overlap, or do not fit
//! side by side; so the choice is put as a mixed-integer linear programme and solved until no
//! better one can exist, or the gap that stays open is told. Every figure of a plan is then
//! worked out again in whole numbers, by code that knows nothing of the solver.
//!
//! The model, row by row, stands in `docs/plan.md`.
#![deny(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::wildcard_enum_match_arm,
    reason = "a crate of the middle: no clock, no IO, one order, no forgotten case"
)]

mod advice;
mod check;
mod field;
mod frontier;
mod optimum;
mod outcome;
mod programme;
mod question;
mod score;
mod solver;

pub use advice::{Advice, Aimed, Assumed, Unknown};
pub use check::Refusal;
pub use frontier::{PERCENTS, Reached, Step};
pub use outcome::{Chosen, Lack, Loss, Missed, Plan, Standing, Year};
pub use question::{
    Budget, Caps, Circumstance, Control, Cost, Lower, Measure, Process, Question, Raise,
    Reach, Wishes,
};
pub use score::{Score, score};

use field::Field;
use optimum::Ties;

/// How hard to try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effort {
    /// Nodes of the search tree after which the solver gives what it has, for each programme
    /// it solves. A count and no clock, so that a slow machine gives the same plan.
    pub nodes: u32,
    /// Budgets of the frontier that are solved side by side; the answers do not depend on it.
    pub threads: usize,
}

impl Default for Effort {
    fn default() -> Self {
        Self { nodes: 20_000, threads: 2 }
    }
}

/// Whether a plan is known to be the best.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// No other choice removes more.
    Optimal,
    /// The search was stopped; another choice may remove more.
    Gap {
        /// By so many weighted tenths at most.
        gap_tenths: i64,
    },
}

/// A plan, and what other amounts of hours would bring.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The plan within the hours and euros given.
    pub plan: Plan,
    /// The same for other shares of the hours, in the order asked.
    pub frontier: Vec<Step>,
}

/// The best plan for a question.
///
/// # Errors
/// Where the question contradicts itself, or the solver fails; see [`Refusal`].
pub fn solve(question: &Question, effort: Effort) -> Result<Plan, Refusal> {
    check::check(question)?;
    let field = Field::of(question);
    let optimum = optimum::find(&field, &question.years, Ties::Settled, effort)?;
    Ok(outcome::plan(&field, &question.years, &optimum))
}

/// The best plan, and the best for other shares of the hours, each in percent of those given
/// ([`PERCENTS`] are the usual ones). Euros stay as they are.
///
/// # Errors
/// As [`solve`]. A share of the hours in which the measures that must be there do not fit is
/// no error: its step says so.
pub fn propose(
    question: &Question,
    percents: &[u32],
    effort: Effort,
) -> Result<Proposal, Refusal> {
    let plan = solve(question, effort)?;
    let field = Field::of(question);
    let frontier = frontier::steps(&field, &plan, percents, effort)?;
    Ok(Proposal { plan, frontier })
}
