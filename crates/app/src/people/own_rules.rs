//! Our own rules over our own log: the tool is itself a process that can be undermined, so the
//! rules for looking people up run over the entries of who looked at what.
//!
//! The log becomes a log of the process `information`: a look at evidence is a look-up of the
//! finding, a word said of that finding is the case it was for, a check of the log is its review,
//! and writing the archive is an export. Then the same rules judge it as judge every log.

use super::desk::Desk;
use super::keeping::log;
use crate::{AppError, EvaluateRequest, Office, Quiet, ReadRequest, evaluate, read};
use access::{Resource, Verb};
use catalogue::Catalogue;
use model::Process;
use records::{Kept, LogEntry, Look, Triage};
use rules::TestResult;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The rules that can say something of this log.
const RULES: [&str; 3] = ["GEN-08", "INF-01", "INF-04"];

/// How the log calls its columns.
const MAPPING: &str = r#"format = 1
title = "Dijkwacht"

[time]
zone = "UTC"

[columns]
case = "case"
activity = "activity"
time = "time"
who = "who"
unit = "unit"
subject = { column = "subject", type = "code" }
reference = { column = "reference", type = "code" }
"#;

/// What stands for what.
const BINDING: &str = r#"format = 1
process = "information"
title = "Dijkwacht"

[steps]
view = ["look"]
export = ["archive"]
log-review = ["verify"]
case-contact = ["judge"]

[ignore]
activities = ["other"]
"#;

/// One of our own rules, judged over the log of an organisation.
#[derive(Clone, Debug)]
pub struct OwnRule {
    /// The result, as of any log.
    pub result: TestResult,
    /// The entries that were found, by their place in the log.
    pub entries: Vec<i64>,
}

/// Judges our own rules over the log of an organisation. That the log was read is written into
/// it. Without entries of people there is nothing to judge, and no rule is given.
pub fn own_rules(
    desk: &mut Desk<'_>,
    organisation: &str,
    catalogue: &Arc<Catalogue>,
) -> Result<Vec<OwnRule>, AppError> {
    let entries = log(desk, organisation)?;
    let (actor, now) = (desk.actor.clone(), desk.now);
    let looks: Vec<Kept<Look>> = desk.records.list(&actor, now, organisation)?;
    let triages: Vec<Kept<Triage>> = desk.records.list(&actor, now, organisation)?;
    let mut about: BTreeMap<(&str, i64), String> = BTreeMap::new();
    for kept in &looks {
        about.insert(
            ("looks", kept.id),
            format!("{} {}", kept.entry.process, kept.entry.subject),
        );
    }
    for kept in &triages {
        about.insert(
            ("triages", kept.id),
            format!("{} {}", kept.entry.process, kept.entry.finding),
        );
    }
    let named: Vec<&LogEntry> = entries.iter().filter(|entry| !entry.anonymous).collect();
    if named.is_empty() {
        return Ok(Vec::new());
    }
    judge(catalogue, &as_events(&named, &about, organisation)?, &named)
}

/// The log as a table, one entry a line, the heading on line 1.
fn as_events(
    named: &[&LogEntry],
    about: &BTreeMap<(&str, i64), String>,
    organisation: &str,
) -> Result<Vec<u8>, AppError> {
    let mut table = csv::Writer::from_writer(Vec::new());
    let failed = |error: csv::Error| AppError::Broken(format!("the log: {error}"));
    let header = ["case", "activity", "time", "who", "unit", "subject", "reference"];
    table.write_record(header).map_err(failed)?;
    for entry in named {
        let row = entry.row.as_ref().map(|(table, id)| (table.as_str(), *id));
        let subject = row.and_then(|row| about.get(&row)).map_or("", String::as_str);
        table
            .write_record([
                &format!("entry-{}", entry.seq),
                activity(entry),
                &entry.at.to_string(),
                &entry.who,
                organisation,
                subject,
                "",
            ])
            .map_err(failed)?;
    }
    table.into_inner().map_err(|error| AppError::Broken(format!("the log: {error}")))
}

/// What an entry is in the words of a log of look-ups.
fn activity(entry: &LogEntry) -> &'static str {
    let is = |verb: Verb, resource: Resource| {
        entry.what == verb.code() && entry.resource == resource.code()
    };
    if entry.refused {
        "other"
    } else if is(Verb::Read, Resource::Evidence) {
        "look"
    } else if is(Verb::Change, Resource::Finding) {
        "judge"
    } else if is(Verb::Verify, Resource::Log) {
        "verify"
    } else if is(Verb::Export, Resource::Archive) {
        "archive"
    } else {
        "other"
    }
}

fn judge(
    catalogue: &Arc<Catalogue>,
    table: &[u8],
    named: &[&LogEntry],
) -> Result<Vec<OwnRule>, AppError> {
    let failed = |error: std::io::Error| {
        AppError::Broken(format!("no place for judging the log: {error}"))
    };
    let folder = tempfile::tempdir().map_err(failed)?;
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).map(|()| path)
    };
    let request = ReadRequest {
        files: vec![file("log.csv", table).map_err(failed)?],
        process: Process::Information,
        mapping: Some(file("mapping.toml", MAPPING.as_bytes()).map_err(failed)?),
        binding: Some(file("binding.toml", BINDING.as_bytes()).map_err(failed)?),
        tables: BTreeMap::new(),
    };
    let office = Office::with(Arc::clone(catalogue), &folder.path().join("store"))?;
    read(&office, &request, &mut Quiet)?;
    let wanted = EvaluateRequest {
        rules: RULES.iter().map(|code| (*code).to_owned()).collect(),
        ..EvaluateRequest::default()
    };
    let mut judged = Vec::new();
    for one in evaluate(&office, &wanted, &mut Quiet)? {
        for result in one.evaluation.results {
            let lines = one
                .findings
                .findings
                .iter()
                .filter(|found| found.rule == result.rule && found.item == result.item)
                .flat_map(|found| found.rows.iter().map(|row| row.number));
            // line 1 is the heading
            let entries = lines
                .filter_map(|line| named.get(usize::try_from(line).ok()?.checked_sub(2)?))
                .map(|entry| entry.seq);
            let mut entries: Vec<i64> = entries.collect();
            entries.sort_unstable();
            entries.dedup();
            judged.push(OwnRule { result, entries });
        }
    }
    Ok(judged)
}
