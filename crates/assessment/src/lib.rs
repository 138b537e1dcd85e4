//! What the data show of controls and circumstances (method.md, section 3).
//!
//! A rule speaks for a control or a circumstance. From its counts comes a range of maturity
//! (or severity) that agrees with the data, or no statement where there are too few
//! subjects or too few of them could be judged. No statement is shown as such; it is never
//! "fine".
#![deny(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::wildcard_enum_match_arm,
    reason = "a crate of the middle: no clock, no IO, one order, no forgotten case"
)]

pub mod beside;
pub mod consistency;
pub mod guard;
pub mod said;

pub use beside::{Judged, Parting, judge};
pub use said::{Answer, Combined, Given, Group, Side, combine};

use catalogue::{Catalogue, EvidenceFor, Method, ShownRange};
use model::{Interval, Process};
use rules::{Evaluation, State, TestResult};
use std::collections::BTreeMap;

/// Why the data make no statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Silence {
    /// No rule that speaks for it could be judged at all.
    NotAssessable,
    /// Fewer subjects than the method asks for.
    TooFewSubjects,
    /// Too few of the subjects could be judged.
    LowCoverage,
    /// Only statistical rules speak for it. They point at what stands out among many; how
    /// often they do is not how often a control was kept.
    OnlySignals,
}

impl Silence {
    /// The word in `--json`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotAssessable => "not assessable",
            Self::TooFewSubjects => "too few subjects",
            Self::LowCoverage => "low coverage",
            Self::OnlySignals => "only signals",
        }
    }
}

/// What one test says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The test, as `GEN-03:application-and-delivery`.
    pub test: String,
    /// The range that agrees with the data, lowest and highest, or why there is none.
    pub range: Result<(u8, u8), Silence>,
}

/// What the data show of one control or circumstance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Of what.
    pub of: EvidenceFor,
    /// What each test says, by name.
    pub statements: Vec<Statement>,
    /// All together: a control is as strong as its weakest test, a circumstance as severe as
    /// its most severe. `Err` where no test makes a statement.
    pub range: Result<(u8, u8), Silence>,
}

/// What the data show of everything the rules of a process speak for, controls first, by
/// code.
pub fn shown(
    catalogue: &Catalogue,
    process: Process,
    evaluation: &Evaluation,
) -> Vec<Shown> {
    let mut by_subject: BTreeMap<EvidenceFor, Vec<Statement>> = BTreeMap::new();
    for result in &evaluation.results {
        let Some(rule) = catalogue.rules.get(&result.rule) else { continue };
        for of in rule.evidence.iter().filter(|of| concerns(catalogue, process, of)) {
            let range = if matches!(rule.class.as_str(), "statistic" | "network") {
                Err(Silence::OnlySignals)
            } else {
                range(&catalogue.method, of, result)
            };
            let statement = Statement { test: result.name(), range };
            by_subject.entry(of.clone()).or_default().push(statement);
        }
    }
    by_subject
        .into_iter()
        .map(|(of, statements)| {
            let range = together(&of, &statements);
            Shown { of, statements, range }
        })
        .collect()
}

/// Whether a control or circumstance concerns a process.
fn concerns(catalogue: &Catalogue, process: Process, of: &EvidenceFor) -> bool {
    let processes = match of {
        EvidenceFor::Control(code) => catalogue.controls.get(code).map(|c| &c.processes),
        EvidenceFor::Circumstance(code) => {
            catalogue.circumstances.get(code).map(|c| &c.processes)
        }
    };
    processes.is_some_and(|all| all.contains(&process))
}

fn range(
    method: &Method,
    of: &EvidenceFor,
    result: &TestResult,
) -> Result<(u8, u8), Silence> {
    if result.state() == State::NotAssessable {
        return Err(Silence::NotAssessable);
    }
    if result.assessable < method.least_subjects {
        return Err(Silence::TooFewSubjects);
    }
    let least = method.least_coverage_percent.saturating_mul(10_000);
    if result.coverage.is_none_or(|coverage| coverage.0 < least) {
        return Err(Silence::LowCoverage);
    }
    let Some(found) = result.interval else { return Err(Silence::NotAssessable) };
    let (ranges, interval) = match of {
        // maturity is judged by what was kept
        EvidenceFor::Control(_) => (&method.control_ranges, found.complement()),
        EvidenceFor::Circumstance(_) => (&method.circumstance_ranges, found),
    };
    ranges
        .iter()
        .find(|range| fits(range, interval))
        .map(|range| (range.low, range.high))
        .ok_or(Silence::NotAssessable)
}

fn fits(range: &ShownRange, interval: Interval) -> bool {
    range.lower_at_least.is_none_or(|least| interval.low.0 >= least)
        && range.upper_below.is_none_or(|below| interval.high.0 < below)
}

fn together(of: &EvidenceFor, statements: &[Statement]) -> Result<(u8, u8), Silence> {
    let said = statements.iter().filter_map(|statement| statement.range.ok());
    let joined = match of {
        EvidenceFor::Control(_) => said.reduce(|a, b| (a.0.min(b.0), a.1.min(b.1))),
        EvidenceFor::Circumstance(_) => said.reduce(|a, b| (a.0.max(b.0), a.1.max(b.1))),
    };
    joined.ok_or_else(|| {
        // the mildest reason: how near the data came to a statement
        let reasons = statements.iter().filter_map(|statement| statement.range.err());
        reasons.max().unwrap_or(Silence::NotAssessable)
    })
}

#[cfg(test)]
mod tests;
