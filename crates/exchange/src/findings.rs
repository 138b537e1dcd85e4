//! Findings, as `dijkwacht findings --json` prints them and as they are kept between runs.

use findings::{Finding, FindingSet, Life, Row};
use serde::{Deserialize, Serialize};

/// One row that proves a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowForm {
    /// The source file.
    pub file: String,
    /// The line, byte or row in it.
    pub line: u64,
    /// The case.
    pub case: String,
    /// The activity.
    pub activity: String,
    /// Local time or date, or null.
    pub time: Option<String>,
    /// The pseudonym of the handler, or null.
    pub who: Option<String>,
}

/// Observed beside expected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeasureForm {
    /// What was seen.
    pub observed: i64,
    /// What was to be expected.
    pub expected: i64,
    /// The unit of both: `ppm`, `seconds`, `cent`, `count`.
    pub unit: String,
    /// A probability in parts per million, or null.
    pub probability_ppm: Option<u32>,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingForm {
    /// Stays the same from run to run.
    pub id: String,
    /// The code of the rule.
    pub rule: String,
    /// The item of the list, or null.
    pub item: Option<String>,
    /// The kind of the subject.
    pub kind: String,
    /// The subject.
    pub subject: String,
    /// `opened`, `carried` or `closed`.
    pub state: String,
    /// The as-of date of the run that first saw it.
    pub first_seen: String,
    /// The as-of date of the last run that saw it.
    pub last_seen: String,
    /// The snapshot in which it was last seen.
    pub snapshot: String,
    /// The version of the rule that last saw it.
    pub version: u32,
    /// Whether it rests on the order in the file of events with equal times.
    pub by_order: bool,
    /// The rows that prove it.
    pub evidence: Vec<RowForm>,
    /// Observed beside expected, or null.
    pub measure: Option<MeasureForm>,
}

impl FindingForm {
    /// The form of a finding of a set.
    pub fn of(finding: &Finding, files: &[String]) -> Self {
        Self {
            id: finding.id.clone(),
            rule: finding.rule.clone(),
            item: finding.item.clone(),
            kind: finding.kind.clone(),
            subject: finding.subject.clone(),
            state: finding.life.code().to_owned(),
            first_seen: finding.first_seen.to_string(),
            last_seen: finding.last_seen.to_string(),
            snapshot: finding.snapshot.clone(),
            version: finding.version,
            by_order: finding.by_order,
            evidence: finding.rows.iter().map(|row| row_form(row, files)).collect(),
            measure: finding.measure.as_ref().map(|(observed, expected, unit, p)| {
                MeasureForm {
                    observed: *observed,
                    expected: *expected,
                    unit: unit.clone(),
                    probability_ppm: *p,
                }
            }),
        }
    }
}

fn row_form(row: &Row, files: &[String]) -> RowForm {
    RowForm {
        file: files.get(usize::from(row.file)).cloned().unwrap_or_default(),
        line: row.number,
        case: row.case.clone(),
        activity: row.activity.clone(),
        time: row.time.clone(),
        who: row.who.clone(),
    }
}

/// All findings of a process.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingSetForm {
    /// `dijkwacht/findings/1`.
    pub form: String,
    /// The process.
    pub process: String,
    /// The as-of date of the last run.
    pub as_of: String,
    /// The snapshot of the last run.
    pub snapshot: String,
    /// The findings, by rule, item and subject.
    pub findings: Vec<FindingForm>,
}

impl From<&FindingSet> for FindingSetForm {
    fn from(set: &FindingSet) -> Self {
        Self {
            form: "dijkwacht/findings/1".to_owned(),
            process: set.process.code().to_owned(),
            as_of: set.as_of.to_string(),
            snapshot: set.snapshot.clone(),
            findings: set
                .findings
                .iter()
                .map(|f| FindingForm::of(f, &set.files))
                .collect(),
        }
    }
}

/// Why a kept set could not be read back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadForm(pub String);

impl std::fmt::Display for BadForm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the kept findings cannot be read: {}", self.0)
    }
}

impl std::error::Error for BadForm {}

impl TryFrom<FindingSetForm> for FindingSet {
    type Error = BadForm;

    fn try_from(form: FindingSetForm) -> Result<Self, BadForm> {
        if form.form != "dijkwacht/findings/1" {
            return Err(BadForm(format!("the form `{}` is not known", form.form)));
        }
        let date = |text: &str| {
            text.parse().map_err(|error: jiff::Error| {
                BadForm(format!("`{text}` is not a date: {error}"))
            })
        };
        let mut files: Vec<String> = Vec::new();
        let mut findings = Vec::with_capacity(form.findings.len());
        for kept in form.findings {
            let life = Life::ALL.into_iter().find(|life| life.code() == kept.state);
            let rows =
                kept.evidence.into_iter().map(|row| row_back(row, &mut files)).collect();
            findings.push(Finding {
                id: kept.id,
                rule: kept.rule,
                item: kept.item,
                kind: kept.kind,
                subject: kept.subject,
                life: life
                    .ok_or_else(|| BadForm(format!("the state `{}`", kept.state)))?,
                first_seen: date(&kept.first_seen)?,
                last_seen: date(&kept.last_seen)?,
                snapshot: kept.snapshot,
                version: kept.version,
                by_order: kept.by_order,
                rows,
                measure: kept
                    .measure
                    .map(|m| (m.observed, m.expected, m.unit, m.probability_ppm)),
            });
        }
        Ok(Self {
            process: form.process.parse().map_err(
                |error: model::process::UnknownProcess| BadForm(error.to_string()),
            )?,
            as_of: date(&form.as_of)?,
            snapshot: form.snapshot,
            files,
            findings,
        })
    }
}

fn row_back(row: RowForm, files: &mut Vec<String>) -> Row {
    let at = files.iter().position(|known| *known == row.file).unwrap_or_else(|| {
        files.push(row.file.clone());
        files.len() - 1
    });
    Row {
        file: u16::try_from(at).unwrap_or(u16::MAX),
        number: row.line,
        case: row.case,
        activity: row.activity,
        time: row.time,
        who: row.who,
    }
}
