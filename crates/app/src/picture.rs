//! Draws pictures of the latest snapshots, with the findings as they were last kept.

use crate::evaluate::{Opened, kept_findings, processes};
use crate::{AppError, Office, Progress, read};
use model::{Date, Moment, NoteKind, Process};
use picture::{LogFacts, Picture};
use rules::Changes;
use std::collections::BTreeSet;

/// The pictures of one process or of all that have a snapshot. Nothing is kept: where the
/// snapshot was never evaluated, its findings show as new.
pub fn pictures(
    office: &Office,
    process: Option<Process>,
    as_of: Option<Date>,
    progress: &mut dyn Progress,
) -> Result<Vec<Picture>, AppError> {
    let mut all = Vec::new();
    for process in processes(office, process)? {
        let opened = Opened::of(office, process)?;
        let set = opened.rule_set(office, &Changes::new(), &BTreeSet::new())?;
        let kept = kept_findings(office, process)?;
        let of_this =
            kept.as_ref().filter(|set| set.snapshot == opened.snapshot.manifest().name);
        let as_of =
            as_of.or(of_this.map(|set| set.as_of)).unwrap_or_else(|| opened.last_day());
        let (evaluation, map) = opened.run(&set, as_of, true, progress)?;
        let findings = match of_this {
            // the last run saw this very snapshot: its findings stand as they are
            Some(set) if set.as_of == as_of => set.clone(),
            Some(_) | None => opened.findings(kept.as_ref(), &evaluation),
        };
        let map = map.unwrap_or_default();
        let facts = facts(&opened);
        all.push(picture::draw(&office.catalogue, &evaluation, &findings, facts, map));
    }
    Ok(all)
}

/// What the data show, by process, as [`crate::people::picture_of_round`] takes it.
pub fn shown(pictures: &[Picture]) -> crate::people::ShownByProcess {
    pictures.iter().map(|picture| (picture.process, picture.shown.clone())).collect()
}

/// Whether the log of some process was read.
pub fn has_logs(office: &Office) -> Result<bool, AppError> {
    for process in Process::ALL {
        if office.store.latest(process.code())?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

fn facts(opened: &Opened) -> LogFacts {
    let manifest = opened.snapshot.manifest();
    let mut facts = LogFacts {
        title: opened.binding.title.clone(),
        files: manifest.files.iter().map(|file| file.name.clone()).collect(),
        cases: manifest.cases,
        events: manifest.events,
        activities: manifest.activities.len() as u64,
        handlers: manifest.handlers,
        first: manifest.first.map(Moment::at),
        last: manifest.last.map(Moment::at),
        unplaced: read::unplaced(&opened.binding, manifest),
        ..LogFacts::default()
    };
    for kind in NoteKind::ALL {
        let count = manifest.notes_of(*kind);
        if count > 0 {
            facts.notes.insert(*kind, count);
        }
    }
    let missing = facts.notes.get(&NoteKind::MissingWho).copied().unwrap_or(0);
    facts.with_handler = manifest.events.saturating_sub(missing);
    facts
}
