//! Everything as one JSON file, the same from both databases, byte for byte. The form is
//! described in `docs/records.md`.

use crate::audit::hex;
use crate::database::{Database, Row};
use crate::error::RecordsError;
use crate::migrate::NEWEST;
use crate::records::{Records, names};
use crate::tables::{TABLES, Table};
use crate::writing::{at_one_moment, insert, within};
use crate::{audit, database::Value};
use access::{Action, Actor, Resource, Verb};
use jiff::Timestamp;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::io::{Read, Write};

/// The name of the form of an archive.
pub const FORM: &str = "dijkwacht/records";

/// Its version.
pub const FORM_VERSION: i64 = 1;

impl Records {
    /// Writes everything as one JSON document. Needs a grant for the archive in every
    /// organisation. That it was written stands in each log afterwards, so not in the document.
    pub fn export(
        &mut self,
        actor: &Actor,
        now: Timestamp,
        into: &mut dyn Write,
    ) -> Result<(), RecordsError> {
        let action = Action::new(Verb::Export, Resource::Archive);
        let all = self.permit_everywhere(actor, now, action)?;
        let tables = at_one_moment(self.db.as_mut(), read_all)?;
        // an organisation that was founded in between was not asked about
        let founded = tables.first().map_or(0, |(_, rows)| rows.len());
        if founded != all.len() {
            let why =
                "an organisation was added while it was written; try again".to_owned();
            return Err(RecordsError::Archive { why });
        }
        write_document(&tables, into)?;
        for name in &all {
            self.enter(actor, now, name, action, false)?;
        }
        Ok(())
    }

    /// Brings back a document that [`Records::export`] wrote, into records that are empty: all
    /// of it, or nothing. Its logs are verified first. Nothing is added, so exporting again
    /// gives the same bytes. Needs a grant to restore the archive in every organisation of it.
    pub fn import(
        &mut self,
        actor: &Actor,
        from: &mut dyn Read,
    ) -> Result<(), RecordsError> {
        let tables = read_document(from)?;
        let action = Action::new(Verb::Restore, Resource::Archive);
        let founded = tables.first().map_or(&[][..], |(_, rows)| rows);
        for row in founded {
            let Some(Value::Text(name)) = row.first() else { continue };
            if !actor.may(action, &access::Place::of(name)) {
                return Err(RecordsError::Refused { action, organisation: name.clone() });
            }
        }
        within(self.db.as_mut(), |db| {
            if !names(db)?.is_empty() {
                return Err(RecordsError::NotEmpty { place: "the database".to_owned() });
            }
            for (table, rows) in &tables {
                for row in rows {
                    insert(db, table, row)?;
                }
            }
            for name in names(db)? {
                audit::verify(db, &name, None)?;
            }
            Ok(())
        })
    }

    /// Asks for a grant in every organisation, and gives their names.
    pub(crate) fn permit_everywhere(
        &mut self,
        actor: &Actor,
        now: Timestamp,
        action: Action,
    ) -> Result<Vec<String>, RecordsError> {
        let all = names(self.db.as_mut())?;
        for name in &all {
            self.permit(actor, now, name, action)?;
        }
        Ok(all)
    }
}

type Tables = Vec<(&'static Table, Vec<Row>)>;

/// All rows of all tables, in an order that does not depend on the database.
fn read_all(db: &mut dyn Database) -> Result<Tables, RecordsError> {
    let mut tables = Vec::new();
    for &table in TABLES {
        let mut rows =
            db.rows(&format!("SELECT {} FROM {}", table.names(), table.name), &[])?;
        rows.sort();
        tables.push((table, rows));
    }
    Ok(tables)
}

fn unwritable(cause: impl std::fmt::Display) -> RecordsError {
    RecordsError::Archive { why: format!("it could not be written: {cause}") }
}

/// One row a line, so that two archives can be compared line by line.
fn write_document(tables: &Tables, into: &mut dyn Write) -> Result<(), RecordsError> {
    let mut text = format!(
        "{{\n\"form\": \"{FORM}/{FORM_VERSION}\",\n\"tables_version\": {NEWEST},\n\"tables\": {{"
    );
    let mut seal = Sha256::new();
    for (at, (table, rows)) in tables.iter().enumerate() {
        let columns: Vec<&str> = table.columns.iter().map(|(name, _)| *name).collect();
        let columns = serde_json::to_string(&columns).map_err(unwritable)?;
        text.push_str(if at == 0 { "\n" } else { ",\n" });
        let head = format!("\"{}\": {{\"columns\": {columns}, \"rows\": [", table.name);
        text.push_str(&head);
        for (at, row) in rows.iter().enumerate() {
            let line = serde_json::to_string(row).map_err(unwritable)?;
            seal_line(&mut seal, table, &line);
            text.push_str(if at == 0 { "\n" } else { ",\n" });
            text.push_str(&line);
        }
        text.push_str("\n]}");
        into.write_all(text.as_bytes()).map_err(unwritable)?;
        text.clear();
    }
    let seal = hex(seal.finalize().as_slice());
    let tail = format!("\n}},\n\"sha256\": \"{seal}\"\n}}\n");
    text.push_str(&tail);
    into.write_all(text.as_bytes()).map_err(unwritable)?;
    into.flush().map_err(unwritable)
}

/// What the seal of an archive covers: each row with the name of its table, a line each.
fn seal_line(seal: &mut Sha256, table: &Table, line: &str) {
    seal.update(table.name.as_bytes());
    seal.update(b" ");
    seal.update(line.as_bytes());
    seal.update(b"\n");
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    form: String,
    tables_version: i64,
    tables: std::collections::BTreeMap<String, TableForm>,
    sha256: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TableForm {
    columns: Vec<String>,
    rows: Vec<Row>,
}

/// Reads a document and checks it against the form, before anything is written.
fn read_document(from: &mut dyn Read) -> Result<Tables, RecordsError> {
    let wrong = |why: String| RecordsError::Archive { why };
    let mut document: Document = serde_json::from_reader(std::io::BufReader::new(from))
        .map_err(|e| wrong(e.to_string()))?;
    let version =
        document.form.strip_prefix(FORM).and_then(|rest| rest.strip_prefix('/'));
    let Some(version) = version.and_then(|version| version.parse::<i64>().ok()) else {
        return Err(wrong(format!("it is `{}` and not `{FORM}`", document.form)));
    };
    if version > FORM_VERSION || document.tables_version > NEWEST {
        let found = version.max(document.tables_version);
        return Err(RecordsError::Newer { found, known: NEWEST });
    }
    let mut seal = Sha256::new();
    let mut tables: Tables = Vec::new();
    for &table in TABLES {
        let Some(form) = document.tables.remove(table.name) else {
            if table.since > document.tables_version {
                tables.push((table, Vec::new()));
                continue;
            }
            return Err(wrong(format!("it lacks the table `{}`", table.name)));
        };
        let columns = table.columns_in(document.tables_version);
        if !form.columns.iter().eq(columns.iter().map(|(name, _)| name)) {
            return Err(wrong(format!("the columns of `{}` are others", table.name)));
        }
        for row in &form.rows {
            let fits = row.len() == columns.len()
                && row.iter().zip(columns).all(|(value, (_, holds))| holds.fits(value));
            if !fits {
                return Err(wrong(format!("a row of `{}` does not fit", table.name)));
            }
            let line = serde_json::to_string(row).map_err(|e| wrong(e.to_string()))?;
            seal_line(&mut seal, table, &line);
        }
        let mut rows = form.rows;
        for row in &mut rows {
            row.resize(table.columns.len(), Value::Absent);
        }
        tables.push((table, rows));
    }
    if let Some(name) = document.tables.keys().next() {
        return Err(wrong(format!("it holds a table `{name}` that is not known")));
    }
    if hex(seal.finalize().as_slice()) != document.sha256 {
        return Err(wrong("it was changed after it was written".to_owned()));
    }
    Ok(tables)
}

/// The organisations in a document that [`Records::export`] wrote, by name: whoever brings it
/// back needs a grant in each.
pub fn organisations_in(mut document: &[u8]) -> Result<Vec<String>, RecordsError> {
    let tables = read_document(&mut document)?;
    let founded = tables.first().map_or(&[][..], |(_, rows)| rows);
    Ok(founded
        .iter()
        .filter_map(|row| match row.first() {
            Some(Value::Text(name)) => Some(name.clone()),
            Some(Value::Int(_) | Value::Absent) | None => None,
        })
        .collect())
}

/// Checks the logs of all organisations in records that were brought back, and that the actor
/// may bring them back.
pub(crate) fn check_restored(
    db: &mut dyn Database,
    actor: &Actor,
) -> Result<(), RecordsError> {
    let action = Action::new(Verb::Restore, Resource::Archive);
    for name in names(db)? {
        if !actor.may(action, &access::Place::of(&name)) {
            return Err(RecordsError::Refused { action, organisation: name });
        }
        audit::verify(db, &name, None)?;
    }
    Ok(())
}
