//! The picture of a process, as `dijkwacht picture --json` prints it.

use crate::evaluation::{LackForm, PedigreeForm};
use crate::findings::FindingForm;
use crate::{ends, share};
use assessment::{Shown, Silence};
use catalogue::EvidenceFor;
use picture::{Picture, ProcessMap, Tested};
use serde::Serialize;
use std::collections::BTreeMap;

/// Facts of the log.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LogForm {
    /// What the log is, in the words of its owner.
    pub title: String,
    /// Source files.
    pub files: Vec<String>,
    /// Cases.
    pub cases: u64,
    /// Events.
    pub events: u64,
    /// Distinct activities.
    pub activities: u64,
    /// Distinct handlers.
    pub handlers: u64,
    /// Events in which a handler is named.
    pub with_handler: u64,
    /// The date of the first event, or null.
    pub first: Option<String>,
    /// The date of the last event, or null.
    pub last: Option<String>,
    /// Reading notes by kind.
    pub notes: BTreeMap<String, u64>,
    /// Activities joined to no step, with their events.
    pub unplaced: BTreeMap<String, u64>,
}

/// One control test.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TestForm {
    /// The code of the rule.
    pub rule: String,
    /// The item of the list, or null.
    pub item: Option<String>,
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
    /// The lower end of the 95 % interval, or null.
    pub low: Option<f64>,
    /// The upper end, or null.
    pub high: Option<f64>,
    /// How many tests stand behind it.
    pub tests: u64,
    /// Verdicts that rest on the order in the file.
    pub by_order: u64,
    /// Why the rest could not be judged.
    pub reason: BTreeMap<String, u64>,
    /// What the log would need.
    pub lacks: Vec<LackForm>,
    /// For which controls and circumstances it speaks, by code.
    pub speaks_for: Vec<String>,
    /// New findings in the last run.
    pub opened: u64,
    /// Closed findings.
    pub closed: u64,
    /// The first few findings, each with its first few rows.
    pub samples: Vec<FindingForm>,
    /// How many rows each of these has in all.
    pub sample_rows: Vec<u64>,
}

/// What the data show of a control or circumstance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ShownForm {
    /// `control` or `circumstance`.
    pub kind: String,
    /// Its code.
    pub code: String,
    /// The lowest maturity or severity that agrees with the data, or null.
    pub low: Option<u8>,
    /// The highest, or null.
    pub high: Option<u8>,
    /// Why there is no statement, or null.
    pub silence: Option<String>,
    /// The tests that were heard.
    pub tests: Vec<String>,
}

/// One activity on the map.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NodeForm {
    /// Its name.
    pub activity: String,
    /// The steps it stands for.
    pub steps: Vec<String>,
    /// Events.
    pub events: u64,
    /// Cases.
    pub cases: u64,
    /// Tests that found something about it.
    pub found_by: Vec<String>,
}

/// One edge of the map.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EdgeForm {
    /// The first activity.
    pub from: String,
    /// The next.
    pub to: String,
    /// How often.
    pub count: u64,
    /// The median time between them in seconds, or null.
    pub median_seconds: Option<i64>,
}

/// The process map.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MapForm {
    /// Activities, the most frequent first.
    pub nodes: Vec<NodeForm>,
    /// Edges, the most frequent first.
    pub edges: Vec<EdgeForm>,
    /// All neighbouring pairs.
    pub total: u64,
    /// Distinct sequences of activities.
    pub variants: u64,
}

/// The picture of one process.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PictureForm {
    /// `dijkwacht/picture/1`.
    pub form: String,
    /// The process.
    pub process: String,
    /// From what it was computed.
    pub pedigree: PedigreeForm,
    /// Facts of the log.
    pub log: LogForm,
    /// The control tests.
    pub tests: Vec<TestForm>,
    /// What they show.
    pub shown: Vec<ShownForm>,
    /// The process map.
    pub map: MapForm,
}

impl From<&Picture> for PictureForm {
    fn from(picture: &Picture) -> Self {
        Self {
            form: "dijkwacht/picture/1".to_owned(),
            process: picture.process.code().to_owned(),
            pedigree: PedigreeForm::from(&picture.pedigree),
            log: log_form(picture),
            tests: picture
                .tests
                .iter()
                .map(|test| test_form(test, &picture.files))
                .collect(),
            shown: picture.shown.iter().map(shown_form).collect(),
            map: map_form(&picture.map),
        }
    }
}

fn log_form(picture: &Picture) -> LogForm {
    let log = &picture.log;
    LogForm {
        title: log.title.clone(),
        files: log.files.clone(),
        cases: log.cases,
        events: log.events,
        activities: log.activities,
        handlers: log.handlers,
        with_handler: log.with_handler,
        first: log.first.map(|moment| moment.local_date().to_string()),
        last: log.last.map(|moment| moment.local_date().to_string()),
        notes: log
            .notes
            .iter()
            .map(|(kind, count)| (kind.code().to_owned(), *count))
            .collect(),
        unplaced: log.unplaced.iter().cloned().collect(),
    }
}

fn test_form(test: &Tested, files: &[String]) -> TestForm {
    let (low, high) = ends(test.interval);
    TestForm {
        rule: test.rule.clone(),
        item: test.item.clone(),
        state: test.state.code().to_owned(),
        subjects: test.subjects,
        assessable: test.assessable,
        found: test.found,
        coverage: test.coverage.map(share),
        share: test.share.map(share),
        low,
        high,
        tests: test.tests,
        by_order: test.by_order,
        reason: test
            .not_assessable
            .iter()
            .map(|(reason, count)| (reason.code().to_owned(), *count))
            .collect(),
        lacks: test.lacks.iter().map(LackForm::from).collect(),
        speaks_for: test.evidence.iter().map(|of| code_of(of).1.to_owned()).collect(),
        opened: test.opened,
        closed: test.closed,
        sample_rows: test.sample_rows.clone(),
        samples: test.samples.iter().map(|f| FindingForm::of(f, files)).collect(),
    }
}

fn code_of(of: &EvidenceFor) -> (&'static str, &str) {
    match of {
        EvidenceFor::Control(code) => ("control", code),
        EvidenceFor::Circumstance(code) => ("circumstance", code),
    }
}

fn shown_form(shown: &Shown) -> ShownForm {
    let (kind, code) = code_of(&shown.of);
    ShownForm {
        kind: kind.to_owned(),
        code: code.to_owned(),
        low: shown.range.ok().map(|range| range.0),
        high: shown.range.ok().map(|range| range.1),
        silence: shown.range.err().map(Silence::code).map(str::to_owned),
        tests: shown.statements.iter().map(|statement| statement.test.clone()).collect(),
    }
}

fn map_form(map: &ProcessMap) -> MapForm {
    let name =
        |at: usize| map.nodes.get(at).map(|n| n.activity.clone()).unwrap_or_default();
    MapForm {
        nodes: map
            .nodes
            .iter()
            .map(|node| NodeForm {
                activity: node.activity.clone(),
                steps: node.steps.clone(),
                events: node.events,
                cases: node.cases,
                found_by: node.found_by.clone(),
            })
            .collect(),
        edges: map
            .edges
            .iter()
            .map(|edge| EdgeForm {
                from: name(edge.from),
                to: name(edge.to),
                count: edge.count,
                median_seconds: edge.median_seconds,
            })
            .collect(),
        total: map.total,
        variants: map.variants,
    }
}
