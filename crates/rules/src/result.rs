//! What an evaluation gives: plain data with public fields.

use crate::answer::Reason;
use model::{Interval, Moment, Pedigree, Ppm, Process};
use std::collections::BTreeMap;

/// One row of the log as evidence; codes are those of the snapshot's dictionaries.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct EvidenceRow {
    /// Place in the source (see [`columns::Events`]).
    pub place: u64,
    /// The case.
    pub case: u32,
    /// The activity.
    pub activity: u32,
    /// When; `None` where the source gave no time.
    pub moment: Option<Moment>,
    /// The handler; `None` where the source named none.
    pub who: Option<u32>,
}

/// What one finding is about, as text that stays the same from run to run.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// A case, by its identifier.
    Case(String),
    /// One event: case, activity and time.
    Event {
        /// The case.
        case: String,
        /// The activity.
        activity: String,
        /// The moment in ISO 8601, or `–`.
        time: String,
    },
    /// A value of the column by which the rule groups.
    Value {
        /// The column.
        column: String,
        /// The value.
        value: String,
    },
    /// A handler, by pseudonym.
    Actor(String),
    /// A handler and a counterpart, or the two values by which the rule groups.
    Pair(String, String),
    /// A stratum of the process.
    Stratum(String),
    /// The whole process.
    Process,
}

impl Subject {
    /// One line that names it; what findings are known by.
    pub fn key(&self) -> String {
        match self {
            Self::Case(id) => id.clone(),
            Self::Event { case, activity, time } => {
                format!("{case} · {activity} · {time}")
            }
            Self::Value { value, .. } => value.clone(),
            Self::Actor(who) => who.clone(),
            Self::Pair(who, other) => format!("{who} × {other}"),
            Self::Stratum(name) => name.clone(),
            Self::Process => "process".to_owned(),
        }
    }

    /// The kind as a word, for `--json`.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Case(_) => "case",
            Self::Event { .. } => "event",
            Self::Value { .. } => "value",
            Self::Actor(_) => "actor",
            Self::Pair(..) => "pair",
            Self::Stratum(_) => "stratum",
            Self::Process => "process",
        }
    }
}

/// Observed beside expected, in whole units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// What was seen.
    pub observed: i64,
    /// What is usual or was to be expected.
    pub expected: i64,
    /// The unit of both: `ppm`, `seconds`, `cent`, `count`.
    pub unit: &'static str,
    /// The p-value (small: not by chance) or, for `excess`, the posterior probability of the
    /// excess (large: not by chance); `None` where the rule is not a test.
    pub probability: Option<Ppm>,
}

/// One subject for which the rule answered *found*.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The subject.
    pub subject: Subject,
    /// The rows that prove it, in the order of time.
    pub rows: Vec<EvidenceRow>,
    /// Whether it rests on the order in the file of events with equal times.
    pub by_order: bool,
    /// Observed beside expected, for rules of the second stage.
    pub measure: Option<Measure>,
}

/// Something a log would need for a rule to be judged.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lack {
    /// One of these steps, in the log or in the binding.
    Steps(Vec<String>),
    /// A column of the vocabulary.
    Column(String),
}

/// The answer of one test as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// At least one subject was found.
    Found,
    /// Subjects were judged and nothing was found.
    Clear,
    /// No subject could be judged.
    NotAssessable,
}

impl State {
    /// The word in `--json`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Found => "found",
            Self::Clear => "clear",
            Self::NotAssessable => "not assessable",
        }
    }
}

/// The result of one rule on one snapshot (and, under `for_each`, one item).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestResult {
    /// The code of the rule.
    pub rule: String,
    /// The item of the list of the process.
    pub item: Option<String>,
    /// The version of the rule.
    pub version: u32,
    /// The values of its parameters that held.
    pub parameters: BTreeMap<String, i64>,
    /// How many subjects there were.
    pub subjects: u64,
    /// How many could be judged.
    pub assessable: u64,
    /// How many were found.
    pub found: u64,
    /// How many verdicts rest on the order in the file of events with equal times.
    pub by_order: u64,
    /// Assessable / subjects; `None` without subjects.
    pub coverage: Option<Ppm>,
    /// Found / assessable; `None` where nothing could be judged.
    pub share: Option<Ppm>,
    /// The 95 % Wilson interval of the share.
    pub interval: Option<Interval>,
    /// How many tests stand behind it: subjects judged, or statistical tests run.
    pub tests: u64,
    /// Why the rest could not be judged.
    pub not_assessable: BTreeMap<Reason, u64>,
    /// What the log would need.
    pub lacks: Vec<Lack>,
    /// Names of the steps of the process the rule speaks about.
    pub steps: Vec<String>,
    /// The subjects found, in the order of the log.
    pub hits: Vec<Hit>,
}

impl TestResult {
    /// The answer as a whole.
    pub const fn state(&self) -> State {
        if self.assessable == 0 {
            State::NotAssessable
        } else if self.found > 0 {
            State::Found
        } else {
            State::Clear
        }
    }

    /// Code and item, as `GEN-03:application-and-delivery`.
    pub fn name(&self) -> String {
        match &self.item {
            Some(item) => format!("{}:{item}", self.rule),
            None => self.rule.clone(),
        }
    }
}

/// All results of one process on one snapshot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evaluation {
    /// The process.
    pub process: Process,
    /// What it was computed from.
    pub pedigree: Pedigree,
    /// One result a test, by rule and item.
    pub results: Vec<TestResult>,
}
