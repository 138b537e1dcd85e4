//! The results of one process, as `dijkwacht evaluate --json` prints them.

use crate::{ends, share};
use model::Pedigree;
use rules::{Evaluation, Lack, TestResult};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// From what a result was computed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PedigreeForm {
    /// The name of the snapshot.
    pub snapshot: String,
    /// The version of the content.
    pub content: String,
    /// Parameters that differ from the catalogue.
    pub parameters: Vec<String>,
    /// The as-of date.
    pub as_of: String,
}

impl From<&Pedigree> for PedigreeForm {
    fn from(pedigree: &Pedigree) -> Self {
        Self {
            snapshot: pedigree.snapshot.clone(),
            content: pedigree.content.clone(),
            parameters: pedigree.parameters.clone(),
            as_of: pedigree.as_of.to_string(),
        }
    }
}

/// What a log would need for a rule to be judged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LackForm {
    /// One of these steps.
    OneOfSteps(Vec<String>),
    /// A column.
    Column(String),
}

impl From<&Lack> for LackForm {
    fn from(lack: &Lack) -> Self {
        match lack {
            Lack::Steps(steps) => Self::OneOfSteps(steps.clone()),
            Lack::Column(column) => Self::Column(column.clone()),
        }
    }
}

/// One result.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ResultForm {
    /// The code of the rule.
    pub rule: String,
    /// The item of the list of the process, or null.
    pub item: Option<String>,
    /// The version of the rule.
    pub version: u32,
    /// Its parameters.
    pub parameters: BTreeMap<String, i64>,
    /// `found`, `clear` or `not assessable`.
    pub state: String,
    /// How many subjects.
    pub subjects: u64,
    /// How many could be judged.
    pub assessable: u64,
    /// How many were found.
    pub found: u64,
    /// Assessable / subjects, or null.
    pub coverage: Option<f64>,
    /// Found / assessable, or null.
    pub share: Option<f64>,
    /// The lower end of the 95 % Wilson interval of the share, or null.
    pub low: Option<f64>,
    /// The upper end, or null.
    pub high: Option<f64>,
    /// How many tests stand behind it.
    pub tests: u64,
    /// Verdicts that rest on the order in the file of events with equal times.
    pub by_order: u64,
    /// Why the rest could not be judged: reason → count.
    pub reason: BTreeMap<String, u64>,
    /// What the log would need.
    pub lacks: Vec<LackForm>,
}

impl From<&TestResult> for ResultForm {
    fn from(result: &TestResult) -> Self {
        let (low, high) = ends(result.interval);
        Self {
            rule: result.rule.clone(),
            item: result.item.clone(),
            version: result.version,
            parameters: result.parameters.clone(),
            state: result.state().code().to_owned(),
            subjects: result.subjects,
            assessable: result.assessable,
            found: result.found,
            coverage: result.coverage.map(share),
            share: result.share.map(share),
            low,
            high,
            tests: result.tests,
            by_order: result.by_order,
            reason: result
                .not_assessable
                .iter()
                .map(|(reason, count)| (reason.code().to_owned(), *count))
                .collect(),
            lacks: result.lacks.iter().map(LackForm::from).collect(),
        }
    }
}

/// The results of one process.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EvaluationForm {
    /// `dijkwacht/evaluation/1`.
    pub form: String,
    /// The process.
    pub process: String,
    /// From what it was computed.
    pub pedigree: PedigreeForm,
    /// One result a test.
    pub results: Vec<ResultForm>,
}

impl From<&Evaluation> for EvaluationForm {
    fn from(evaluation: &Evaluation) -> Self {
        Self {
            form: "dijkwacht/evaluation/1".to_owned(),
            process: evaluation.process.code().to_owned(),
            pedigree: PedigreeForm::from(&evaluation.pedigree),
            results: evaluation.results.iter().map(ResultForm::from).collect(),
        }
    }
}
