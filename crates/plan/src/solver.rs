//! The one place that talks to the solver (`HiGHS`, through the crate `highs`).
//!
//! One thread, no clock and a fixed seed: the same programme gives the same answer. What the
//! solver says is not believed: the caller works out the figures again, in whole numbers.

use crate::Effort;
use crate::programme::{Programme, Term};
use highs::{HighsModelStatus, HighsSolutionStatus, RowProblem, Sense};

/// All objectives are whole numbers, so a gap below 1 is no gap. A little less, for rounding.
const GAP_BELOW: f64 = 0.99;
/// How far a bound may lie above a whole number by rounding alone.
const ROUNDING: f64 = 1e-4;

/// What the solver says.
#[derive(Clone, Debug)]
pub(crate) enum Answer {
    /// The best solution it found.
    Solved(Solved),
    /// There is no solution.
    Impossible,
    /// It was stopped before it found one.
    Unfinished,
}

/// A solution.
#[derive(Clone, Debug)]
pub(crate) struct Solved {
    /// One value a column.
    pub(crate) values: Vec<f64>,
    /// No solution has a lower objective than this.
    pub(crate) bound: i64,
}

impl Solved {
    /// Whether a choice stands at 1.
    pub(crate) fn is_chosen(&self, column: usize) -> bool {
        self.values.get(column).is_some_and(|value| *value > 0.5)
    }
}

/// The lowest value of an objective.
///
/// No known solution is handed in: with one, the solver now and then gave that one back as
/// if it were the best it had found.
pub(crate) fn minimise(
    programme: &Programme,
    objective: &[Term],
    effort: Effort,
) -> Result<Answer, String> {
    let mut factors = vec![0_i64; programme.columns.len()];
    for (column, factor) in objective {
        if let Some(sum) = factors.get_mut(*column) {
            *sum += factor;
        }
    }
    let mut problem = RowProblem::default();
    let mut columns = Vec::with_capacity(factors.len());
    for (column, factor) in programme.columns.iter().zip(&factors) {
        let range = column.low as f64..=column.high as f64;
        let whole = column.whole;
        columns.push(problem.add_column_with_integrality(*factor as f64, range, whole));
    }
    for row in &programme.rows {
        let terms: Vec<_> = row
            .terms
            .iter()
            .filter_map(|(column, factor)| Some((*columns.get(*column)?, *factor as f64)))
            .collect();
        problem.add_row(..=row.most as f64, terms);
    }
    let mut model =
        problem.try_optimise(Sense::Minimise).map_err(|s| failed("no model", s))?;
    model.make_quiet();
    for (option, value) in [("mip_rel_gap", 0.0), ("mip_abs_gap", GAP_BELOW)] {
        model.try_set_option(option, value).map_err(|s| failed(option, s))?;
    }
    let nodes = i32::try_from(effort.nodes).unwrap_or(i32::MAX);
    for (option, value) in [("threads", 1), ("random_seed", 0), ("mip_max_nodes", nodes)]
    {
        model.try_set_option(option, value).map_err(|s| failed(option, s))?;
    }
    // Restarts of the root doubled the time on questions of our shape and won nothing.
    model.try_set_option("mip_allow_restart", false).map_err(|s| failed("restart", s))?;
    model.try_set_option("parallel", "off").map_err(|s| failed("parallel", s))?;
    let solved = model.try_solve().map_err(|s| failed("solve", s))?;
    let status = solved.status();
    if [HighsModelStatus::Infeasible, HighsModelStatus::UnboundedOrInfeasible]
        .contains(&status)
    {
        return Ok(Answer::Impossible);
    }
    if solved.primal_solution_status() != HighsSolutionStatus::Feasible {
        return if status == HighsModelStatus::ReachedSolutionLimit {
            Ok(Answer::Unfinished)
        } else {
            Err(format!("it ended with {status:?}"))
        };
    }
    let bound = solved
        .double_info_value(c"mip_dual_bound")
        .map_err(|status| failed("no bound", status))?;
    let values = solved.get_solution().columns().to_vec();
    let worth: f64 =
        factors.iter().zip(&values).map(|(f, value)| *f as f64 * value).sum();
    if (worth - solved.objective_value()).abs() > 0.5 {
        return Err("its solution and its objective contradict each other".to_owned());
    }
    Ok(Answer::Solved(Solved { values, bound: whole_at_least(bound) }))
}

fn failed(what: &str, status: impl std::fmt::Debug) -> String {
    format!("{what}: {status:?}")
}

/// The lowest whole number that is not below a bound.
#[expect(
    clippy::cast_possible_truncation,
    reason = "objectives are below 2^53; a cast of an infinite bound saturates"
)]
fn whole_at_least(bound: f64) -> i64 {
    (bound - ROUNDING).ceil() as i64
}
