//! Tables beside a log: what is known of a supplier, an object, a member of staff.
//!
//! They are read whole, and their values are joined to each event as it comes in, so that a
//! rule sees plain columns. A row may hold for a period only; the day of the event then
//! decides. Memory grows with the tables, not with the log.

use crate::error::ReadError;
use crate::limits::Limits;
use crate::mapping::{TableMapping, VALID_FROM, VALID_UNTIL};
use columns::{RawEvent, Refusal, Sink, TimeCell, Value};
use model::{Moment, Note, NoteKind};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A value that outlives the reader.
#[derive(Clone, Debug, PartialEq)]
enum Kept {
    Text(String),
    Int(i64),
    Float(f64),
    Bool(bool),
    Time(Moment),
}

impl Kept {
    fn of(value: Value<'_>) -> Self {
        match value {
            Value::Text(text) => Self::Text(text.to_owned()),
            Value::Int(number) => Self::Int(number),
            Value::Float(number) => Self::Float(number),
            Value::Bool(yes) => Self::Bool(yes),
            Value::Time(moment) => Self::Time(moment),
        }
    }

    fn value(&self) -> Value<'_> {
        match self {
            Self::Text(text) => Value::Text(text),
            Self::Int(number) => Value::Int(*number),
            Self::Float(number) => Value::Float(*number),
            Self::Bool(yes) => Value::Bool(*yes),
            Self::Time(moment) => Value::Time(*moment),
        }
    }
}

/// What a table says of one key, and when.
#[derive(Clone, Debug, Default, PartialEq)]
struct Row {
    from: Option<Moment>,
    until: Option<Moment>,
    values: Vec<(String, Kept)>,
}

impl Row {
    /// Whether the row holds on the day of an event; a row without a period always does, one
    /// with a period never does where the event has no time.
    fn holds(&self, time: TimeCell) -> bool {
        if self.from.is_none() && self.until.is_none() {
            return true;
        }
        let TimeCell::At(at) = time else { return false };
        let day = at.local_date();
        self.from.is_none_or(|from| from.local_date() <= day)
            && self.until.is_none_or(|until| day <= until.local_date())
    }
}

/// One table, read.
#[derive(Clone, Debug, Default)]
struct Table {
    joins: Vec<String>,
    rows: BTreeMap<String, Vec<Row>>,
    notes: Vec<Note>,
}

impl Sink for Table {
    fn event(&mut self, event: &RawEvent<'_>) -> Result<(), Refusal> {
        let Some(key) = event.case else { return Ok(()) };
        let mut row = Row::default();
        for (name, value) in event.case_attributes.iter().chain(event.attributes) {
            match (*name, *value) {
                (VALID_FROM, Value::Time(moment)) => row.from = Some(moment),
                (VALID_UNTIL, Value::Time(moment)) => row.until = Some(moment),
                (VALID_FROM | VALID_UNTIL, _) => {}
                (name, value) => row.values.push((name.to_owned(), Kept::of(value))),
            }
        }
        let rows = self.rows.entry(key.trim().to_owned()).or_default();
        let always = |row: &Row| row.from.is_none() && row.until.is_none();
        if !rows.is_empty() && (always(&row) || rows.iter().any(always)) {
            // which of two rows holds cannot be said: the first does, and that is told
            let (kind, place) = (NoteKind::DuplicateId, Some(event.place));
            self.notes.push(Note { kind, place, detail: "key".to_owned() });
            return Ok(());
        }
        rows.push(row);
        Ok(())
    }

    fn note(&mut self, note: Note) {
        // the parts that a table does not have are not missing in it
        let own = [
            NoteKind::MissingWho,
            NoteKind::ColumnLeftOut,
            NoteKind::DatesOnly,
            NoteKind::TimeWithoutZone,
            NoteKind::DuplicateEvent,
        ];
        if !own.contains(&note.kind) {
            self.notes.push(note);
        }
    }
}

/// All tables of a mapping, read.
#[derive(Clone, Debug, Default)]
pub struct Tables {
    tables: Vec<Table>,
}

impl Tables {
    /// Reads one more table. What was remarked goes to `sink`, each with the name of the
    /// table.
    ///
    /// # Errors
    /// As [`crate::read`].
    pub fn read(
        &mut self,
        name: &str,
        path: &Path,
        how: &TableMapping,
        limits: &Limits,
        sink: &mut dyn Sink,
    ) -> Result<(), ReadError> {
        let mut table = Table { joins: how.joins.clone(), ..Table::default() };
        crate::read(path, None, &how.mapping, limits, &mut table, &mut |_| {})?;
        for note in std::mem::take(&mut table.notes) {
            let detail = format!("{name}: {}", note.detail);
            sink.note(Note { detail, place: None, ..note });
        }
        self.tables.push(table);
        Ok(())
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.tables.is_empty()
    }

    /// Lays the tables before a sink: events that pass get the values of their keys.
    pub fn before<'s>(&'s self, sink: &'s mut dyn Sink) -> Joining<'s> {
        Joining { tables: self, sink }
    }
}

/// A sink that adds what the tables say and hands on.
pub struct Joining<'s> {
    tables: &'s Tables,
    sink: &'s mut dyn Sink,
}

impl std::fmt::Debug for Joining<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Joining")
            .field("tables", &self.tables.tables.len())
            .finish_non_exhaustive()
    }
}

/// The key an event holds in a column: a text or a whole number.
fn key_of(event: &RawEvent<'_>, column: &str) -> Option<String> {
    match column {
        "case" => return event.case.map(str::to_owned),
        "who" => return event.who.map(str::to_owned),
        _ => {}
    }
    let of_case = format!("case:{column}");
    let all = event.attributes.iter().chain(event.case_attributes);
    let mut found = all.filter(|(name, _)| *name == column || *name == of_case);
    match found.next() {
        Some((_, Value::Text(text))) => Some(text.trim().to_owned()),
        Some((_, Value::Int(number))) => Some(number.to_string()),
        Some((_, Value::Float(_) | Value::Bool(_) | Value::Time(_))) | None => None,
    }
}

impl Sink for Joining<'_> {
    fn event(&mut self, event: &RawEvent<'_>) -> Result<(), Refusal> {
        let mut more: Vec<(&str, Value<'_>)> = Vec::new();
        let mut present: BTreeSet<&str> = event
            .attributes
            .iter()
            .chain(event.case_attributes)
            .map(|(name, _)| name.strip_prefix("case:").unwrap_or(name))
            .collect();
        let mut unknown = Vec::new();
        for table in &self.tables.tables {
            for column in &table.joins {
                let Some(key) = key_of(event, column) else { continue };
                let Some(rows) = table.rows.get(&key) else {
                    unknown.push(column.clone());
                    continue;
                };
                let Some(row) = rows.iter().find(|row| row.holds(event.time)) else {
                    continue;
                };
                for (name, value) in &row.values {
                    // what the log itself says wins over what a table says
                    if present.insert(name.strip_prefix("case:").unwrap_or(name)) {
                        more.push((name, value.value()));
                    }
                }
                break;
            }
        }
        for detail in unknown {
            let (kind, place) = (NoteKind::UnknownReference, Some(event.place));
            self.sink.note(Note { kind, place, detail });
        }
        if more.is_empty() {
            return self.sink.event(event);
        }
        let attributes: Vec<_> = event.attributes.iter().copied().chain(more).collect();
        self.sink.event(&RawEvent { attributes: &attributes, ..*event })
    }

    fn note(&mut self, note: Note) {
        self.sink.note(note);
    }
}
