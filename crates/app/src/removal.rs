//! Logs that have served: which readings of a process there are, and throwing one away.

use crate::evaluate::{findings_path, keep_findings, kept_findings};
use crate::incoming::evaluate_one;
use crate::people::Desk;
use crate::{AppError, Installation, Office};
use access::{Action, Resource, Verb};
use jiff::Timestamp;
use model::Process;
use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::sync::PoisonError;
use store::Manifest;

const REMOVE: Action = Action::new(Verb::Remove, Resource::Source);

impl Installation {
    /// Every reading of a process of an organisation that is still there, the latest first.
    pub fn readings_of(
        &self,
        organisation: &str,
        process: Process,
        now: Timestamp,
    ) -> Result<Vec<Manifest>, AppError> {
        let mut all = self.office(organisation, now)?.store.list()?;
        all.retain(|manifest| manifest.process == process.code());
        all.reverse();
        Ok(all)
    }

    /// Throws a reading of a process away: its events, its pseudonyms and the names that were
    /// sealed. Where it was the latest, what was found in it goes too, and the reading before it is
    /// judged anew; otherwise findings about cases that the latest does not have go. What people said, pictures that were kept and the log stay.
    ///
    /// Ask first with [`Desk::note_removed`]; hold no connection here. A name that is none of a
    /// reading of this process is absent.
    pub fn remove_reading(
        &self,
        (organisation, process): (&str, Process),
        name: &str,
        now: Timestamp,
    ) -> Result<(), AppError> {
        let turn = self.reading().lock();
        let _turn = turn.unwrap_or_else(PoisonError::into_inner);
        let office = self.office(organisation, now)?;
        let is_there = self
            .readings_of(organisation, process, now)?
            .iter()
            .any(|manifest| manifest.name == name);
        if !is_there {
            let why =
                format!("`{name}` is no reading of `{process}` that is still there");
            return Err(AppError::Absent(why));
        }
        let was_latest = office.store.latest(process.code())?.as_deref() == Some(name);
        office.store.remove(name)?;
        if was_latest {
            forget_findings(&office, process)?;
            if office.store.latest(process.code())?.is_some() {
                evaluate_one(&office, process)?;
            }
            return Ok(());
        }
        forget_rows_of_gone_cases(&office, process)
    }
}

/// Findings that were closed, or could not be judged again, hold rows of an earlier reading. Those
/// of a case that the latest does not have go with it.
fn forget_rows_of_gone_cases(office: &Office, process: Process) -> Result<(), AppError> {
    let latest = office.store.latest(process.code())?;
    let (Some(latest), Some(mut set)) = (latest, kept_findings(office, process)?) else {
        return Ok(());
    };
    let snapshot = office.store.snapshot(&latest)?;
    let cases: BTreeSet<&str> =
        snapshot.dictionaries().case.iter().map(|(_, name)| name).collect();
    set.findings
        .retain(|found| found.rows.iter().all(|row| cases.contains(row.case.as_str())));
    keep_findings(office, &set)
}

/// The findings of a process rest on rows that are gone, so they go as well.
fn forget_findings(office: &Office, process: Process) -> Result<(), AppError> {
    let path = findings_path(office, process);
    match std::fs::remove_file(&path) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(AppError::data(format!("{} cannot be removed ({error})", path.display())))
        }
        _ => Ok(()),
    }
}

impl Desk<'_> {
    /// Asks whether this person may throw a log away, and says in the log of the organisation that
    /// they do.
    pub fn note_removed(&mut self, organisation: &str) -> Result<(), AppError> {
        Ok(self.records.note(&self.actor, self.now, organisation, REMOVE)?)
    }
}
