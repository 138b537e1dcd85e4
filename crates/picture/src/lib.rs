//! The picture of a process, first form: its control tests, what they show of controls and
//! circumstances, what could not be judged and what the log would need, and the process map.
//! Plain data with public fields and without words: reports and wire forms choose those.
#![deny(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::wildcard_enum_match_arm,
    reason = "a crate of the middle: no clock, no IO, one order, no forgotten case"
)]

pub mod changes;
pub mod effect;
pub mod freeboard;
pub mod map;
pub mod region;
pub mod sensitivity;
pub mod weighing;
pub mod weighings;

pub use rules::State;

use assessment::Shown;
use catalogue::{Catalogue, EvidenceFor};
use findings::{Finding, FindingSet, Life};
use model::{Interval, Moment, Pedigree, Ppm, Process};
use rules::{Evaluation, Lack, Reason, TestResult};
use std::collections::BTreeMap;

pub use map::{Edge, MapBuilder, Node, ProcessMap};

/// How many findings of a test are shown in the picture itself.
pub const SAMPLES: usize = 5;

/// How many rows of such a finding are shown; the rest is told as a number.
pub const SAMPLE_ROWS: usize = 12;

/// Facts of the log that stand beside every figure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogFacts {
    /// What the log is, in the words of its owner; empty where the binding does not say.
    pub title: String,
    /// Names of the source files.
    pub files: Vec<String>,
    /// Cases.
    pub cases: u64,
    /// Events.
    pub events: u64,
    /// Distinct activities.
    pub activities: u64,
    /// Distinct handlers.
    pub handlers: u64,
    /// The first moment.
    pub first: Option<Moment>,
    /// The last moment.
    pub last: Option<Moment>,
    /// Reading notes by kind.
    pub notes: BTreeMap<model::NoteKind, u64>,
    /// Events of activities that the binding joins to no step and does not put aside.
    pub unplaced: Vec<(String, u64)>,
    /// Events in which a person is named, of all events.
    pub with_handler: u64,
}

/// One control test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tested {
    /// The code of the rule.
    pub rule: String,
    /// The item of the list.
    pub item: Option<String>,
    /// `rule`, `control`, `statistic` or `network`.
    pub class: String,
    /// What is counted: `case`, `event`, `actor`, `pair` or `process`.
    pub level: String,
    /// For what it speaks.
    pub evidence: Vec<EvidenceFor>,
    /// The answer as a whole.
    pub state: State,
    /// How many subjects there were.
    pub subjects: u64,
    /// How many could be judged.
    pub assessable: u64,
    /// How many were found.
    pub found: u64,
    /// How many verdicts rest on the order in the file.
    pub by_order: u64,
    /// Assessable / subjects.
    pub coverage: Option<Ppm>,
    /// Found / assessable.
    pub share: Option<Ppm>,
    /// The 95 % Wilson interval of the share.
    pub interval: Option<Interval>,
    /// How many tests stand behind it.
    pub tests: u64,
    /// Why the rest could not be judged.
    pub not_assessable: BTreeMap<Reason, u64>,
    /// What the log would need.
    pub lacks: Vec<Lack>,
    /// The parameters that held.
    pub parameters: BTreeMap<String, i64>,
    /// The version of the rule.
    pub version: u32,
    /// How many findings are new in this run.
    pub opened: u64,
    /// How many findings were closed in this run or before.
    pub closed: u64,
    /// The first few open findings, with their first rows.
    pub samples: Vec<Finding>,
    /// How many rows each of them has in all.
    pub sample_rows: Vec<u64>,
}

/// The picture of one process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// The process.
    pub process: Process,
    /// What it was computed from.
    pub pedigree: Pedigree,
    /// Facts of the log.
    pub log: LogFacts,
    /// The control tests: found first (by the lower end of the interval), then clear, then
    /// not assessable.
    pub tests: Vec<Tested>,
    /// What they show of controls and circumstances.
    pub shown: Vec<Shown>,
    /// The process map.
    pub map: ProcessMap,
    /// Names of the source files that rows of samples refer to.
    pub files: Vec<String>,
}

/// Draws the picture.
pub fn draw(
    catalogue: &Catalogue,
    evaluation: &Evaluation,
    findings: &FindingSet,
    log: LogFacts,
    map: ProcessMap,
) -> Picture {
    let mut by_test: BTreeMap<(&str, Option<&str>), Vec<&Finding>> = BTreeMap::new();
    for finding in &findings.findings {
        let key = (finding.rule.as_str(), finding.item.as_deref());
        by_test.entry(key).or_default().push(finding);
    }
    let mut tests: Vec<Tested> = evaluation
        .results
        .iter()
        .filter_map(|result| {
            let key = (result.rule.as_str(), result.item.as_deref());
            tested(catalogue, result, by_test.get(&key).map_or(&[][..], Vec::as_slice))
        })
        .collect();
    tests.sort_by(|a, b| {
        // by what is at least so: one of one is 100 %, but says little
        let least =
            |t: &Tested| std::cmp::Reverse(t.interval.map(|interval| interval.low));
        (a.state, least(a), &a.rule, &a.item).cmp(&(b.state, least(b), &b.rule, &b.item))
    });
    Picture {
        process: evaluation.process,
        pedigree: evaluation.pedigree.clone(),
        log,
        tests,
        shown: assessment::shown(catalogue, evaluation.process, evaluation),
        map,
        files: findings.files.clone(),
    }
}

fn tested(
    catalogue: &Catalogue,
    result: &TestResult,
    findings: &[&Finding],
) -> Option<Tested> {
    let rule = catalogue.rules.get(&result.rule)?;
    let count = |life: Life| findings.iter().filter(|f| f.life == life).count() as u64;
    let open = findings.iter().filter(|finding| finding.life != Life::Closed);
    let first: Vec<&Finding> = open.take(SAMPLES).copied().collect();
    Some(Tested {
        rule: result.rule.clone(),
        item: result.item.clone(),
        class: rule.class.clone(),
        level: rule.level.clone(),
        evidence: rule.evidence.clone(),
        state: result.state(),
        subjects: result.subjects,
        assessable: result.assessable,
        found: result.found,
        by_order: result.by_order,
        coverage: result.coverage,
        share: result.share,
        interval: result.interval,
        tests: result.tests,
        not_assessable: result.not_assessable.clone(),
        lacks: result.lacks.clone(),
        parameters: result.parameters.clone(),
        version: result.version,
        opened: count(Life::Opened),
        closed: count(Life::Closed),
        sample_rows: first.iter().map(|finding| finding.rows.len() as u64).collect(),
        samples: first.into_iter().map(shortened).collect(),
    })
}

/// A finding with its first rows only.
fn shortened(finding: &Finding) -> Finding {
    let rows = finding.rows.iter().take(SAMPLE_ROWS).cloned().collect();
    Finding { rows, ..finding.clone() }
}
