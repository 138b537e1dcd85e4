//! OCEL 2.0 as `SQLite`: one table an object type and one an event type, named in
//! `object_map_type` and `event_map_type`.
//!
//! The database is opened read-only. Only plain tables are read: a view or a virtual table
//! could make the program compute for ever.

mod merge;
mod schema;

use crate::attributes::Declared;
use crate::ocel::{Flattener, Of, Row, RowAttribute};
use crate::{Job, Limits, ReadError, Seen};
use merge::Merged;
use model::Place;
use rusqlite::limits::Limit;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};
use schema::{Column, Schema, Typed};

/// Reads a log; see [`crate::read`]. Places are rows of the tables `object` and `event`.
///
/// # Errors
/// The file is no database, not OCEL 2.0 or breaks a bound; the mapping chooses no object
/// type of it; the sink refuses.
pub fn read(job: &mut Job<'_>) -> Result<Seen, ReadError> {
    let mapping = job.mapping.for_file(&job.input.name());
    let file = job.input.unpacked_file(job.limits, job.progress)?;
    let base = open(file.path(), job.limits).map_err(|e| fault(&e))?;
    let schema = Schema::of(&base, job.limits)?;
    let mut flat = Flattener::new(&mapping, job.limits, job.sink);
    for (of, typed) in schema.all() {
        if of == Of::Object {
            flat.object_type(&typed.kind);
        }
        for column in &typed.columns {
            flat.declare(of, &typed.kind, &column.name, &column.written)?;
        }
    }
    objects(&base, &schema, &mut flat)?;
    flat.objects_done()?;
    events(&base, &schema, &mut flat)?;
    Ok(flat.finish())
}

/// Opens what must not be changed and may be hostile.
fn open(path: &std::path::Path, limits: &Limits) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let base = Connection::open_with_flags(path, flags)?;
    let piece = i32::try_from(limits.piece).unwrap_or(i32::MAX);
    base.set_limit(Limit::SQLITE_LIMIT_LENGTH, piece)?;
    base.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
    let columns = i32::try_from(limits.columns).unwrap_or(i32::MAX);
    base.set_limit(Limit::SQLITE_LIMIT_COLUMN, columns)?;
    base.pragma_update(None, "trusted_schema", false)?;
    base.pragma_update(None, "cell_size_check", true)?;
    base.pragma_update(None, "query_only", true)?;
    Ok(base)
}

/// The sentence for what `SQLite` says.
fn fault(error: &rusqlite::Error) -> ReadError {
    use rusqlite::ErrorCode as Code;
    let sentence = match error.sqlite_error_code() {
        Some(Code::NotADatabase | Code::DatabaseCorrupt) => {
            "the database is damaged; copy it again".to_owned()
        }
        Some(Code::TooBig) => {
            "a value in the database is longer than this program takes".to_owned()
        }
        Some(Code::CannotOpen) => {
            "the database cannot be opened; a database that is in use needs its -wal file \
             beside it, export it again"
                .to_owned()
        }
        _ => format!("the database cannot be read as OCEL 2.0 ({error}); export it again"),
    };
    ReadError::whole(sentence)
}

/// Takes all objects: each with the values of all its rows.
fn objects(
    base: &Connection,
    schema: &Schema,
    flat: &mut Flattener<'_, '_>,
) -> Result<(), ReadError> {
    let heads = "SELECT rowid, ocel_id, ocel_type FROM object ORDER BY rowid";
    let details = schema.objects.iter().map(|typed| {
        let order = "ORDER BY o.rowid, t.ocel_time, t.rowid";
        (typed, typed.select("object", order))
    });
    walk(base, heads, &details.collect::<Vec<_>>(), None, flat, Of::Object)
}

/// Takes all events with their attributes and relations.
fn events(
    base: &Connection,
    schema: &Schema,
    flat: &mut Flattener<'_, '_>,
) -> Result<(), ReadError> {
    let heads = "SELECT rowid, ocel_id, ocel_type FROM event ORDER BY rowid";
    let details = schema
        .events
        .iter()
        .map(|typed| (typed, typed.select("event", "ORDER BY o.rowid")));
    let relations = "SELECT o.rowid, t.ocel_object_id, t.ocel_qualifier FROM event o \
                     JOIN event_object t ON t.ocel_event_id = o.ocel_id \
                     ORDER BY o.rowid, t.rowid";
    walk(base, heads, &details.collect::<Vec<_>>(), Some(relations), flat, Of::Event)
}

/// Walks through the heads in the order of the file, and beside them through the tables of
/// all types and the relations, each in the same order, so that one row stands in memory.
fn walk(
    base: &Connection,
    heads: &str,
    details: &[(&Typed, String)],
    relations: Option<&str>,
    flat: &mut Flattener<'_, '_>,
    of: Of,
) -> Result<(), ReadError> {
    let mut statements = Vec::new();
    for sql in std::iter::once(heads)
        .chain(details.iter().map(|(_, sql)| sql.as_str()))
        .chain(relations)
    {
        statements.push(base.prepare(sql).map_err(|e| fault(&e))?);
    }
    let mut merged = Vec::new();
    for statement in &mut statements {
        merged.push(Merged::start(statement).map_err(|e| fault(&e))?);
    }
    let Some((heads, rest)) = merged.split_first_mut() else { return Ok(()) };
    let mut row = Row::default();
    while let Some(number) = heads.number {
        row.clear();
        heads
            .with(|cells| {
                row.id = text(cells.get_ref(1)?);
                row.kind = text(cells.get_ref(2)?);
                Ok(())
            })
            .map_err(|e| fault(&e))?;
        heads.advance().map_err(|e| fault(&e))?;
        for (at, source) in rest.iter_mut().enumerate() {
            while source.number == Some(number) {
                let typed = details.get(at).map(|(typed, _)| *typed);
                let limits = flat.limits;
                let took = source.with(|cells| {
                    if let Some(typed) = typed {
                        return take_detail(cells, typed, of, limits, &mut row);
                    }
                    let (object, qualifier) =
                        (text(cells.get_ref(1)?), text(cells.get_ref(2)?));
                    Ok(row.relation(object, qualifier, limits))
                });
                took.map_err(|e| fault(&e))??;
                source.advance().map_err(|e| fault(&e))?;
            }
        }
        let place = Place::Row(u64::try_from(number).unwrap_or(0));
        match of {
            Of::Object => flat.object(&row, place)?,
            Of::Event => flat.event(&row, place)?,
        }
    }
    Ok(())
}

/// Takes a row of the table of a type: number, time, changed field, then the attributes. A
/// row of an object that names a changed field speaks of that field alone.
fn take_detail(
    cells: &rusqlite::Row<'_>,
    typed: &Typed,
    of: Of,
    limits: &Limits,
    row: &mut Row,
) -> rusqlite::Result<Result<(), ReadError>> {
    let time = Some(text(cells.get_ref(1)?)).filter(|time| !time.is_empty());
    let changed = text(cells.get_ref(2)?);
    if of == Of::Event {
        row.time.clone_from(&time);
    }
    for (at, Column { name, .. }) in typed.columns.iter().enumerate() {
        let cell = cells.get_ref(at + 3)?;
        if matches!(cell, ValueRef::Null) || (!changed.is_empty() && changed != *name) {
            continue;
        }
        let attribute = RowAttribute {
            name: name.clone(),
            time: time.clone().filter(|_| of == Of::Object),
            text: text(cell),
            native: native(cell),
        };
        if let Err(error) = row.attribute(attribute, limits) {
            return Ok(Err(error));
        }
    }
    Ok(Ok(()))
}

/// A cell as text; a blob is read as text too, with replacement signs.
fn text(cell: ValueRef<'_>) -> String {
    match cell {
        ValueRef::Null => String::new(),
        ValueRef::Integer(n) => n.to_string(),
        ValueRef::Real(x) => x.to_string(),
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => {
            String::from_utf8_lossy(bytes).into_owned()
        }
    }
}

const fn native(cell: ValueRef<'_>) -> Option<Declared> {
    match cell {
        ValueRef::Integer(_) => Some(Declared::Int),
        ValueRef::Real(_) => Some(Declared::Float),
        ValueRef::Null | ValueRef::Text(_) | ValueRef::Blob(_) => None,
    }
}
