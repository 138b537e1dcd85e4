//! Findings keep their identity from run to run.
//!
//! A run gives results; this crate joins them with what was known before: a finding is
//! *opened* when it is seen for the first time, *carried* when it is seen again (or cannot
//! be judged this time), and *closed* when its rule was judged, its case is still in the log,
//! and it is no longer found. Nothing is forgotten: closed findings stay in the set.
#![deny(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::wildcard_enum_match_arm,
    reason = "a crate of the middle: no clock, no IO, one order, no forgotten case"
)]

use columns::events::{Dictionaries, Events, PLACE_BITS};
use model::{Date, Process};
use rules::{Evaluation, EvidenceRow, Hit, Measure, State, Subject, TestResult};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// Where a finding stands in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Life {
    /// Seen for the first time in this run.
    Opened,
    /// Seen before, and again or not to be judged this time.
    Carried,
    /// Seen before and no longer found.
    Closed,
}

impl Life {
    /// All, in order.
    pub const ALL: [Self; 3] = [Self::Opened, Self::Carried, Self::Closed];

    /// The word in `--json`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::Carried => "carried",
            Self::Closed => "closed",
        }
    }
}

/// One row of the source that proves a finding.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row {
    /// The file, as a position in [`FindingSet::files`].
    pub file: u16,
    /// The line, byte or row in it (see the manifest of the snapshot), from 1.
    pub number: u64,
    /// The case.
    pub case: String,
    /// The activity, as the log calls it.
    pub activity: String,
    /// Local time at the office, or a date, or nothing where the source gave none.
    pub time: Option<String>,
    /// The pseudonym of the handler, or nothing where the source named none.
    pub who: Option<String>,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Stays the same from run to run: `F-` and twelve hex digits.
    pub id: String,
    /// The code of the rule.
    pub rule: String,
    /// The item of the list, for rules that run over one.
    pub item: Option<String>,
    /// The kind of the subject (`case`, `event`, `actor`, …).
    pub kind: String,
    /// The subject.
    pub subject: String,
    /// Where it stands in its life.
    pub life: Life,
    /// The as-of date of the run that first saw it.
    pub first_seen: Date,
    /// The as-of date of the last run that saw it.
    pub last_seen: Date,
    /// The snapshot in which it was last seen.
    pub snapshot: String,
    /// The version of the rule that last saw it.
    pub version: u32,
    /// Whether it rests on the order in the file of events with equal times.
    pub by_order: bool,
    /// The rows that prove it.
    pub rows: Vec<Row>,
    /// Observed beside expected: observed, expected, unit, probability in parts per million.
    pub measure: Option<(i64, i64, String, Option<u32>)>,
}

/// All findings of a process up to and including a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindingSet {
    /// The process.
    pub process: Process,
    /// The as-of date of the last run.
    pub as_of: Date,
    /// The snapshot of the last run.
    pub snapshot: String,
    /// Names of the source files of the rows.
    pub files: Vec<String>,
    /// By rule, item and subject.
    pub findings: Vec<Finding>,
}

/// What is needed to write rows out: the dictionaries of the snapshot and its files.
#[derive(Debug)]
pub struct Source<'a> {
    /// The dictionaries.
    pub dictionaries: &'a Dictionaries,
    /// The source files, in the order of the snapshot.
    pub files: &'a [String],
}

/// Joins a new evaluation with what was known. `previous` is `None` at the first run.
/// Findings of rules that were not evaluated this time stay as they were.
pub fn carry_forward(
    previous: Option<&FindingSet>,
    evaluation: &Evaluation,
    source: &Source<'_>,
) -> FindingSet {
    let mut known: BTreeMap<String, Finding> = previous
        .into_iter()
        .flat_map(|set| set.findings.iter().map(|f| (f.id.clone(), f.clone())))
        .collect();
    let mut files: Vec<String> =
        previous.map(|set| set.files.clone()).unwrap_or_default();
    let numbers: Vec<u16> =
        source.files.iter().map(|name| file_number(&mut files, name)).collect();
    let cases: BTreeSet<&str> =
        source.dictionaries.case.iter().map(|(_, name)| name).collect();
    let mut seen = BTreeSet::new();
    for result in &evaluation.results {
        for hit in &result.hits {
            let mut finding = open(evaluation, result, hit, source, &numbers);
            if let Some(before) = known.get(&finding.id) {
                finding.first_seen = before.first_seen;
                if before.life != Life::Closed {
                    finding.life = Life::Carried;
                }
            }
            seen.insert(finding.id.clone());
            known.insert(finding.id.clone(), finding);
        }
    }
    for finding in known.values_mut().filter(|finding| !seen.contains(&finding.id)) {
        if finding.life == Life::Closed {
            continue;
        }
        finding.life =
            if gone(evaluation, finding, &cases) { Life::Closed } else { Life::Carried };
    }
    let mut findings: Vec<Finding> = known.into_values().collect();
    findings.sort_by(|a, b| {
        (&a.rule, &a.item, &a.subject, &a.id).cmp(&(&b.rule, &b.item, &b.subject, &b.id))
    });
    FindingSet {
        process: evaluation.process,
        as_of: evaluation.pedigree.as_of,
        snapshot: evaluation.pedigree.snapshot.clone(),
        files,
        findings,
    }
}

/// Whether an open finding that was not seen may be closed: its rule was judged, and its
/// case is still in the log. A log that ends earlier or starts later closes nothing.
fn gone(evaluation: &Evaluation, finding: &Finding, cases: &BTreeSet<&str>) -> bool {
    let judged = evaluation.results.iter().any(|result| {
        result.rule == finding.rule
            && result.item == finding.item
            && result.state() != State::NotAssessable
    });
    let still_there = finding.rows.iter().all(|row| cases.contains(row.case.as_str()));
    judged && still_there
}

fn file_number(files: &mut Vec<String>, name: &str) -> u16 {
    let at = files.iter().position(|known| known == name).unwrap_or_else(|| {
        files.push(name.to_owned());
        files.len() - 1
    });
    u16::try_from(at).unwrap_or(u16::MAX)
}

fn open(
    evaluation: &Evaluation,
    result: &TestResult,
    hit: &Hit,
    source: &Source<'_>,
    numbers: &[u16],
) -> Finding {
    Finding {
        id: identity(
            evaluation.process,
            &result.rule,
            result.item.as_deref(),
            &hit.subject,
        ),
        rule: result.rule.clone(),
        item: result.item.clone(),
        kind: hit.subject.kind().to_owned(),
        subject: hit.subject.key(),
        life: Life::Opened,
        first_seen: evaluation.pedigree.as_of,
        last_seen: evaluation.pedigree.as_of,
        snapshot: evaluation.pedigree.snapshot.clone(),
        version: result.version,
        by_order: hit.by_order,
        rows: hit.rows.iter().map(|row| written(row, source, numbers)).collect(),
        measure: hit.measure.as_ref().map(|measure| {
            let Measure { observed, expected, unit, probability } = measure;
            (*observed, *expected, (*unit).to_owned(), probability.map(|p| p.0))
        }),
    }
}

/// The identity of a finding: process, rule, item and subject; not the version of the rule,
/// the snapshot or the line, which change.
pub fn identity(
    process: Process,
    rule: &str,
    item: Option<&str>,
    subject: &Subject,
) -> String {
    let mut hash = Sha256::new();
    for part in [process.code(), rule, item.unwrap_or(""), subject.kind(), &subject.key()]
    {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    let mut id = String::from("F-");
    for byte in hash.finalize().iter().take(6) {
        // writing to a String cannot fail
        write!(id, "{byte:02x}").unwrap_or_default();
    }
    id
}

/// The events of a case as rows, in their order; [`Row::file`] is a position in the files of
/// `source`. Empty where the case is not in the batch.
pub fn rows_of_case(events: &Events, case: u32, source: &Source<'_>) -> Vec<Row> {
    let numbers: Vec<u16> = (0..=u16::MAX).zip(source.files).map(|(at, _)| at).collect();
    let found = events.cases().find(|(code, _)| *code == case);
    found
        .into_iter()
        .flat_map(|(_, rows)| rows)
        .map(|row| {
            let known = EvidenceRow {
                place: events.place.value(row),
                case,
                activity: events.activity.value(row),
                moment: events.moment(row),
                who: events.handler(row),
            };
            written(&known, source, &numbers)
        })
        .collect()
}

fn written(row: &EvidenceRow, source: &Source<'_>, numbers: &[u16]) -> Row {
    let text = |found: Option<&str>| found.unwrap_or_default().to_owned();
    let file = usize::try_from(row.place >> PLACE_BITS).unwrap_or(usize::MAX);
    Row {
        file: numbers.get(file).copied().unwrap_or(u16::MAX),
        number: row.place & ((1 << PLACE_BITS) - 1),
        case: text(source.dictionaries.case.text(row.case)),
        activity: text(source.dictionaries.activity.text(row.activity)),
        time: row.moment.map(rules::evaluate::iso),
        who: row.who.and_then(|who| source.dictionaries.who.text(who)).map(str::to_owned),
    }
}

#[cfg(test)]
mod tests;
