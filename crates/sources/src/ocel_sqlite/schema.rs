//! The tables of a log and their columns.

use super::fault;
use crate::ocel::Of;
use crate::{Limits, ReadError};
use rusqlite::{Connection, OptionalExtension as _};

/// A column that holds an attribute.
#[derive(Debug)]
pub(super) struct Column {
    pub(super) name: String,
    /// The type as the table declares it.
    pub(super) written: String,
}

/// The table of one type.
#[derive(Debug)]
pub(super) struct Typed {
    pub(super) kind: String,
    table: String,
    pub(super) columns: Vec<Column>,
    has_time: bool,
    has_changes: bool,
}

/// All tables of a log.
#[derive(Debug)]
pub(super) struct Schema {
    pub(super) objects: Vec<Typed>,
    pub(super) events: Vec<Typed>,
}

impl Schema {
    /// Looks at the tables.
    ///
    /// # Errors
    /// One is missing or no plain table; there are too many.
    pub(super) fn of(base: &Connection, limits: &Limits) -> Result<Self, ReadError> {
        for table in
            ["event", "object", "event_object", "event_map_type", "object_map_type"]
        {
            check_table(base, table)?;
        }
        Ok(Self {
            objects: typed(base, "object", limits)?,
            events: typed(base, "event", limits)?,
        })
    }

    pub(super) fn all(&self) -> impl Iterator<Item = (Of, &Typed)> {
        let objects = self.objects.iter().map(|t| (Of::Object, t));
        objects.chain(self.events.iter().map(|t| (Of::Event, t)))
    }
}

impl Typed {
    /// The query for its rows beside the rows of a head table: number of the head, time,
    /// changed field, attributes.
    pub(super) fn select(&self, head: &str, order: &str) -> String {
        let time = if self.has_time { "t.ocel_time" } else { "NULL" };
        let changed = if self.has_changes { "t.ocel_changed_field" } else { "NULL" };
        let columns: String = self
            .columns
            .iter()
            .flat_map(|c| [", t.".to_owned(), quoted(&c.name)])
            .collect();
        let order = if self.has_time {
            order.to_owned()
        } else {
            order.replace("t.ocel_time, ", "")
        };
        format!(
            "SELECT o.rowid, {time}, {changed}{columns} FROM {} t JOIN {} o \
             ON o.ocel_id = t.ocel_id {order}",
            quoted(&self.table),
            quoted(head),
        )
    }
}

fn typed(
    base: &Connection,
    head: &str,
    limits: &Limits,
) -> Result<Vec<Typed>, ReadError> {
    let sql =
        format!("SELECT ocel_type, ocel_type_map FROM {head}_map_type ORDER BY rowid");
    let mut statement = base.prepare(&sql).map_err(|e| fault(&e))?;
    let kinds = statement
        .query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))
        .map_err(|e| fault(&e))?;
    let mut found = Vec::new();
    for kind in kinds {
        let (kind, map) = kind.map_err(|e| fault(&e))?;
        // SQLite joins at most 64 tables and holds a cursor for each statement that is open.
        if found.len() >= limits.columns {
            return Err(ReadError::whole(format!(
                "the log has more than {} {head} types; split it",
                limits.columns
            )));
        }
        let table = format!("{head}_{map}");
        check_table(base, &table)?;
        found.push(columns(base, kind, table)?);
    }
    Ok(found)
}

fn columns(base: &Connection, kind: String, table: String) -> Result<Typed, ReadError> {
    let mut statement = base
        .prepare("SELECT name, type FROM pragma_table_info(?1)")
        .map_err(|e| fault(&e))?;
    let all = statement
        .query_map([&table], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
        })
        .map_err(|e| fault(&e))?;
    let mut found =
        Typed { kind, table, columns: Vec::new(), has_time: false, has_changes: false };
    for column in all {
        let (name, written) = column.map_err(|e| fault(&e))?;
        match name.as_str() {
            "ocel_id" => {}
            "ocel_time" => found.has_time = true,
            "ocel_changed_field" => found.has_changes = true,
            _ => found.columns.push(Column { name, written }),
        }
    }
    Ok(found)
}

/// Checks that a table exists and is a plain one.
fn check_table(base: &Connection, table: &str) -> Result<(), ReadError> {
    let sql: Option<String> = base
        .query_row(
            "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?1 COLLATE NOCASE",
            [table],
            |row| row.get(0),
        )
        .optional()
        .map_err(|e| fault(&e))?;
    let shown = crate::xml::shorten(table);
    match sql {
        None => Err(ReadError::whole(format!(
            "the database has no table `{shown}`; expected OCEL 2.0"
        ))),
        Some(sql) if is_plain(&sql) => Ok(()),
        Some(_) => Err(ReadError::whole(format!(
            "the table `{shown}` is virtual or computes its values; expected a plain table"
        ))),
    }
}

fn is_plain(sql: &str) -> bool {
    let upper = sql.to_ascii_uppercase();
    let create = upper.split_ascii_whitespace().take(2).eq(["CREATE", "TABLE"]);
    create && !upper.contains("GENERATED ALWAYS") && !upper.contains("WITHOUT ROWID")
}

/// A name between quotes.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
