//! Evaluates the latest snapshots, carries findings forward and keeps the run.

use crate::{AppError, Office, Progress};
use catalogue::binding::{self, Binding};
use exchange::{EvaluationForm, FindingSetForm};
use findings::{FindingSet, Source, carry_forward};
use model::{Date, Moment, Pedigree, Process};
use picture::{MapBuilder, ProcessMap};
use rules::{Changes, Evaluation, Evaluator, RuleSet};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::path::PathBuf;
use store::Snapshot;

/// Rows a batch holds.
const BATCH_ROWS: usize = 250_000;

/// What to evaluate.
#[derive(Clone, Debug, Default)]
pub struct EvaluateRequest {
    /// One process; `None` takes all that have a snapshot.
    pub process: Option<Process>,
    /// Only these rules; empty takes all.
    pub rules: BTreeSet<String>,
    /// The day on which the picture is drawn; `None` takes the day of the last event.
    pub as_of: Option<Date>,
    /// Changed parameters.
    pub changes: Changes,
}

/// One process, evaluated.
#[derive(Debug)]
pub struct Evaluated {
    /// The results.
    pub evaluation: Evaluation,
    /// The findings, carried forward.
    pub findings: FindingSet,
}

/// A run as it is kept: what was computed, from what, by which rules.
#[derive(Debug, Serialize, Deserialize)]
struct Run {
    form: String,
    evaluation: EvaluationForm,
}

/// Evaluates, carries findings forward and keeps both. Processes without a snapshot are
/// passed over; it is wrong use to ask for one of them by name, or when there is none at
/// all.
pub fn evaluate(
    office: &Office,
    request: &EvaluateRequest,
    progress: &mut dyn Progress,
) -> Result<Vec<Evaluated>, AppError> {
    for code in &request.rules {
        if !office.catalogue.rules.contains_key(code) {
            let known = office.catalogue.rules.keys().map(String::as_str);
            let hint = catalogue::fault::nearest(code, known);
            return Err(AppError::unknown("there is no rule", code, &hint));
        }
    }
    let mut all = Vec::new();
    for process in processes(office, request.process)? {
        let opened = Opened::of(office, process)?;
        let set = opened.rule_set(office, &request.changes, &request.rules)?;
        let as_of = request.as_of.unwrap_or_else(|| opened.last_day());
        let (evaluation, _) = opened.run(&set, as_of, false, progress)?;
        let previous = kept_findings(office, process)?;
        let findings = opened.findings(previous.as_ref(), &evaluation);
        keep(office, &evaluation, &findings)?;
        all.push(Evaluated { evaluation, findings });
    }
    Ok(all)
}

/// The processes that have a snapshot, or the one that was asked for.
pub(crate) fn processes(
    office: &Office,
    wanted: Option<Process>,
) -> Result<Vec<Process>, AppError> {
    let mut there = Vec::new();
    for process in Process::ALL {
        if office.store.latest(process.code())?.is_some() {
            there.push(process);
        }
    }
    match wanted {
        Some(process) if there.contains(&process) => Ok(vec![process]),
        Some(process) => Err(AppError::Use(format!(
            "no log of `{process}` was read into {}; use `dijkwacht read FILE --process {process}` first",
            office.store.dir().display()
        ))),
        None if there.is_empty() => Err(AppError::Use(format!(
            "no log was read into {}; use `dijkwacht read` or `dijkwacht demo` first",
            office.store.dir().display()
        ))),
        None => Ok(there),
    }
}

/// A snapshot with its binding.
pub(crate) struct Opened {
    pub(crate) process: Process,
    pub(crate) snapshot: Snapshot,
    pub(crate) binding: Binding,
}

impl Opened {
    pub(crate) fn of(office: &Office, process: Process) -> Result<Self, AppError> {
        let name = office.store.latest(process.code())?.unwrap_or_default();
        let snapshot = office.store.snapshot(&name)?;
        let binding = match &snapshot.manifest().binding {
            Some(text) => {
                binding::read(&format!("binding of {name}"), text, &office.catalogue)?
            }
            None => Binding::default(),
        };
        Ok(Self { process, snapshot, binding })
    }

    pub(crate) fn rule_set(
        &self,
        office: &Office,
        changes: &Changes,
        only: &BTreeSet<String>,
    ) -> Result<RuleSet, AppError> {
        Ok(rules::compile(&office.catalogue, self.process, changes, only)?)
    }

    /// The day of the last event: until then the log tells, after it nothing is known.
    pub(crate) fn last_day(&self) -> Date {
        Moment::at(self.snapshot.manifest().last.unwrap_or(0)).local_date()
    }

    /// One pass over the snapshot: all rules and, if asked, the process map.
    pub(crate) fn run(
        &self,
        set: &RuleSet,
        as_of: Date,
        with_map: bool,
        progress: &mut dyn Progress,
    ) -> Result<(Evaluation, Option<ProcessMap>), AppError> {
        let manifest = self.snapshot.manifest();
        let dictionaries = self.snapshot.dictionaries();
        let attributes: BTreeSet<String> = manifest.columns.keys().cloned().collect();
        let log = rules::log::bind(set, &self.binding, dictionaries, &attributes, as_of);
        let wanted = rules::log::attributes_read(set, &self.binding, &attributes);
        let mut evaluator = Evaluator::new(set, &log);
        let mut map = with_map.then(MapBuilder::new);
        progress.begin(self.process.code(), manifest.events);
        let mut done = 0;
        for batch in self.snapshot.scan(&wanted, BATCH_ROWS) {
            let batch = batch?;
            evaluator.push(&batch);
            if let Some(map) = &mut map {
                map.push(&batch);
            }
            done += batch.len() as u64;
            progress.at(done);
        }
        let evaluation = evaluator.finish(Pedigree {
            snapshot: manifest.name.clone(),
            content: set.content.clone(),
            parameters: set.changes.clone(),
            as_of,
        });
        progress.end();
        let map = map.map(|map| map.finish(dictionaries, &self.binding, &evaluation));
        Ok((evaluation, map))
    }

    pub(crate) fn findings(
        &self,
        previous: Option<&FindingSet>,
        evaluation: &Evaluation,
    ) -> FindingSet {
        let manifest = self.snapshot.manifest();
        let files: Vec<String> =
            manifest.files.iter().map(|file| file.name.clone()).collect();
        let source = Source { dictionaries: self.snapshot.dictionaries(), files: &files };
        carry_forward(previous, evaluation, &source)
    }
}

pub(crate) fn findings_path(office: &Office, process: Process) -> PathBuf {
    office.store.dir().join("findings").join(format!("{process}.json"))
}

/// The findings as the last run left them.
pub(crate) fn kept_findings(
    office: &Office,
    process: Process,
) -> Result<Option<FindingSet>, AppError> {
    let path = findings_path(office, process);
    if !path.exists() {
        return Ok(None);
    }
    let form: FindingSetForm = store::read_json(&path)?;
    let set = FindingSet::try_from(form)
        .map_err(|error| AppError::data(format!("{}: {error}", path.display())))?;
    Ok(Some(set))
}

/// Keeps the findings (replacing the last) and the run (added).
fn keep(
    office: &Office,
    evaluation: &Evaluation,
    findings: &FindingSet,
) -> Result<(), AppError> {
    let path = findings_path(office, evaluation.process);
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|error| {
            AppError::data(format!("{}: cannot be made ({error})", folder.display()))
        })?;
    }
    let run = Run {
        form: "dijkwacht/run/1".to_owned(),
        evaluation: EvaluationForm::from(evaluation),
    };
    let number = office.store.runs()?.len() + 1;
    let name =
        format!("{}-{number:05}-{}", evaluation.pedigree.as_of, evaluation.process);
    office.store.keep_run(&name, &run)?;
    keep_findings(office, findings)
}

/// Keeps the findings of a process in the place of the last.
pub(crate) fn keep_findings(
    office: &Office,
    findings: &FindingSet,
) -> Result<(), AppError> {
    let path = findings_path(office, findings.process);
    Ok(store::write_json_atomic(&path, &FindingSetForm::from(findings))?)
}
