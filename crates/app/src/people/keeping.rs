//! The records as a whole: checked, written to one file, brought back.

use super::desk::{Desk, Registry};
use crate::AppError;
use access::{Actor, Grant, Role};
use jiff::Timestamp;
use records::{LogEntry, Verified};
use std::io::{Read, Write};
use std::path::Path;

/// Checks the log of an organisation and all its rows.
pub fn verify(
    desk: &mut Desk<'_>,
    organisation: &str,
    known: Option<&Verified>,
) -> Result<Verified, AppError> {
    Ok(desk.records.verify(&desk.actor, desk.now, organisation, known)?)
}

/// The log of an organisation.
pub fn log(desk: &mut Desk<'_>, organisation: &str) -> Result<Vec<LogEntry>, AppError> {
    Ok(desk.records.log(&desk.actor, desk.now, organisation)?)
}

/// Writes everything as one JSON document.
pub fn export(desk: &mut Desk<'_>, into: &mut dyn Write) -> Result<(), AppError> {
    Ok(desk.records.export(&desk.actor, desk.now, into)?)
}

/// Brings everything back from a document into records that are empty. Whoever may write the
/// data directory may do so: nobody holds a role in records that are empty.
pub fn import(
    registry: &mut Registry,
    person: &str,
    from: &mut dyn Read,
) -> Result<(), AppError> {
    let mut text = Vec::new();
    from.read_to_end(&mut text).map_err(|error| {
        AppError::data(format!("the archive cannot be read ({error})"))
    })?;
    let names = records::organisations_in(&text)?;
    let actor = keeper(person, &names);
    Ok(registry.records().import(&actor, &mut text.as_slice())?)
}

/// Somebody who brings back everything of these organisations.
fn keeper(person: &str, names: &[String]) -> Actor {
    let grant = |name: &String| Grant::organisation(Role::Administrator, name);
    Actor::new(person, names.iter().map(grant).collect())
}

/// Writes a backup to a file that does not exist yet, while others work.
pub fn backup(desk: &mut Desk<'_>, target: &Path) -> Result<(), AppError> {
    Ok(desk.records.backup(&desk.actor, desk.now, target)?)
}

/// Brings a backup back into a data directory that holds no records.
pub fn restore(
    person: &str,
    now: Timestamp,
    backup: &Path,
    dir: &Path,
) -> Result<(), AppError> {
    let names = records::organisations_of_backup(backup)?;
    records::restore(&keeper(person, &names), now, backup, dir)?;
    Ok(())
}
