//! The attributes of an object through time.

use super::Row;
use crate::ReadError;
use crate::attributes::{Declared, Emitter, Record, Scope, UNNAMED, note};
use columns::{Sink, TimeCell, Value};
use model::{Moment, NoteKind, Place};
use std::collections::BTreeMap;

/// The values of the attributes of one object, sorted by attribute and time.
#[derive(Debug)]
pub(super) struct History {
    changes: Box<[Change]>,
}

#[derive(Debug)]
struct Change {
    target: u32,
    /// Microseconds since the epoch; the least number where no time is given.
    since: i64,
    value: Owned,
}

#[derive(Debug)]
enum Owned {
    Text(Box<str>),
    Int(i64),
    Float(f64),
    Bool(bool),
    Time(Moment),
}

impl Owned {
    fn of(value: Value<'_>) -> Self {
        match value {
            Value::Text(text) => Self::Text(text.into()),
            Value::Int(n) => Self::Int(n),
            Value::Float(x) => Self::Float(x),
            Value::Bool(b) => Self::Bool(b),
            Value::Time(m) => Self::Time(m),
        }
    }

    const fn value(&self) -> Value<'_> {
        match self {
            Self::Text(text) => Value::Text(text),
            Self::Int(n) => Value::Int(*n),
            Self::Float(x) => Value::Float(*x),
            Self::Bool(b) => Value::Bool(*b),
            Self::Time(m) => Value::Time(*m),
        }
    }
}

impl History {
    pub(super) fn of(
        row: &Row,
        declared: Option<&BTreeMap<String, Declared>>,
        emitter: &mut Emitter<'_>,
        place: Place,
        sink: &mut dyn Sink,
    ) -> Result<Self, ReadError> {
        let mut changes = Vec::new();
        for attribute in &row.attributes {
            let text = attribute.text.as_str();
            if text.trim_ascii().is_empty() {
                continue;
            }
            if attribute.name.is_empty() {
                sink.note(note(NoteKind::UnreadableValue, place, UNNAMED));
                continue;
            }
            let since =
                match attribute.time.as_deref().filter(|t| !t.trim_ascii().is_empty()) {
                    None => i64::MIN,
                    Some(time) => {
                        let Some(moment) = emitter.converter.time(time, &|| place, sink)
                        else {
                            // A value from an unknown time on is not known at any time.
                            sink.note(note(NoteKind::UnreadableTime, place, time));
                            continue;
                        };
                        moment.micros
                    }
                };
            let kind = declared.and_then(|d| d.get(&attribute.name)).copied();
            let kind = kind.or(attribute.native).unwrap_or(Declared::Text);
            let entry = emitter.names.entry(Scope::Case, &attribute.name, sink)?;
            for number in entry.targets() {
                let Some(target) = emitter.names.target_mut(number) else { continue };
                if target.part.is_some() {
                    continue;
                }
                let wanted = target.kind;
                match emitter.converter.value(wanted, kind, text, &|| place, sink) {
                    Some(value) => {
                        target.meet(&value);
                        let value = Owned::of(value);
                        changes.push(Change { target: number, since, value });
                    }
                    None => {
                        sink.note(note(
                            NoteKind::UnreadableValue,
                            place,
                            &attribute.name,
                        ));
                    }
                }
            }
        }
        // Stable: of two values with one time the later in the file counts.
        changes.sort_by_key(|change| (change.target, change.since));
        Ok(Self { changes: changes.into() })
    }

    /// Puts the values at a time into a record.
    pub(super) fn at(&self, time: TimeCell, record: &mut Record) {
        for changes in self.changes.chunk_by(|a, b| a.target == b.target) {
            let known = match (time, changes) {
                (TimeCell::At(moment), _) => {
                    changes.iter().rfind(|change| change.since <= moment.micros)
                }
                (TimeCell::Missing | TimeCell::Unreadable, [only]) => Some(only),
                (TimeCell::Missing | TimeCell::Unreadable, _) => None,
            };
            if let Some(change) = known {
                record.push(change.target, change.value.value());
            }
        }
    }
}
