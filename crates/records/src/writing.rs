//! Steps that every write shares: the transaction, the counter, the row with its entry in the
//! log.

use crate::audit::{self, Chain, Entered};
use crate::database::{Database, For, Value};
use crate::error::RecordsError;
use crate::tables::Table;

/// Runs a step within a transaction for writing: all of it is kept, or nothing. Within one that
/// was begun already it is part of that.
pub(crate) fn within<T>(
    db: &mut dyn Database,
    step: impl FnOnce(&mut dyn Database) -> Result<T, RecordsError>,
) -> Result<T, RecordsError> {
    if db.in_transaction() {
        return step(db);
    }
    if let Err(fault) = db.begin(For::Writing) {
        drop(db.rollback());
        return Err(fault.into());
    }
    match step(db) {
        Ok(done) => match db.commit() {
            Ok(()) => Ok(done),
            Err(fault) => {
                // a transaction that could not be ended must not stay open; whether this
                // works no longer matters to the answer
                drop(db.rollback());
                Err(RecordsError::Unknown(fault))
            }
        },
        Err(error) => {
            drop(db.rollback());
            Err(error)
        }
    }
}

/// Runs reads that all see the same moment.
pub(crate) fn at_one_moment<T>(
    db: &mut dyn Database,
    step: impl FnOnce(&mut dyn Database) -> Result<T, RecordsError>,
) -> Result<T, RecordsError> {
    if db.in_transaction() {
        return step(db);
    }
    db.begin(For::Reading)?;
    let done = step(db);
    db.rollback()?;
    done
}

/// The one number a question gives; 0 where it gives none.
pub(crate) fn number(
    db: &mut dyn Database,
    question: &str,
    values: &[Value],
) -> Result<i64, RecordsError> {
    let rows = db.rows(question, values)?;
    match rows.first().and_then(|row| row.first()) {
        Some(Value::Int(number)) => Ok(*number),
        Some(Value::Absent | Value::Text(_)) | None => Ok(0),
    }
}

/// The next number of a table. Holds within a transaction for writing, of which there is only
/// one at a time.
pub(crate) fn next_id(db: &mut dyn Database, table: &Table) -> Result<i64, RecordsError> {
    let question = format!("SELECT COALESCE(MAX(id), 0) FROM {}", table.name);
    Ok(number(db, &question, &[])?.saturating_add(1))
}

/// Writes one row with the values of all its columns.
pub(crate) fn insert(
    db: &mut dyn Database,
    table: &Table,
    row: &[Value],
) -> Result<(), RecordsError> {
    if row.len() != table.columns.len() {
        let why = format!("{} values for {} columns", row.len(), table.columns.len());
        return Err(RecordsError::Damaged { table: table.name, why });
    }
    if row.iter().any(|value| matches!(value, Value::Text(text) if text.contains('\0'))) {
        let why = "a text holds the character with number 0; leave it out".to_owned();
        return Err(RecordsError::Invalid { what: table.singular, why });
    }
    let marks = vec!["?"; row.len()].join(", ");
    let statement =
        format!("INSERT INTO {} ({}) VALUES ({marks})", table.name, table.names());
    Ok(db.run(&statement, row)?)
}

/// Writes one row and its entry in the log.
pub(crate) fn insert_logged(
    db: &mut dyn Database,
    table: &'static Table,
    row: &[Value],
    chain: Chain,
    entered: &Entered<'_>,
) -> Result<(), RecordsError> {
    insert(db, table, row)?;
    audit::append(db, chain, entered, Some((table, row)))
}
