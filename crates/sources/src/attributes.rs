//! What XES and OCEL share: keys of the source become names of the vocabulary once a key,
//! values become typed once a value, and an event is put together without new memory.

mod emit;
mod names;
mod values;

pub(crate) use emit::{Emitter, UNNAMED, note};
pub(crate) use names::{Defaults, Names, Part, Scope};
pub(crate) use values::{Converter, Declared};

use columns::{TimeCell, Value};
use model::Moment;

/// A stretch of the text of a record.
type Span = (u32, u32);

/// A value kept in a record.
#[derive(Clone, Copy, Debug)]
enum Held {
    Text(Span),
    Int(i64),
    Float(f64),
    Bool(bool),
    Time(Moment),
}

/// The values of one event, or of one case, while it is read. Cleared and used again, so
/// that events cost no memory.
#[derive(Debug)]
pub(crate) struct Record {
    text: String,
    held: Vec<(u32, Held)>,
    parts: [Option<Span>; 3],
    classifier: Vec<Option<Span>>,
    pub(crate) time: TimeCell,
    serial: u64,
}

impl Record {
    pub(crate) const fn new() -> Self {
        Self {
            text: String::new(),
            held: Vec::new(),
            parts: [None; 3],
            classifier: Vec::new(),
            time: TimeCell::Missing,
            serial: 0,
        }
    }

    /// Empties it. `serial` is different for each event and case.
    pub(crate) fn clear(&mut self, serial: u64) {
        self.text.clear();
        self.held.clear();
        self.parts = [None; 3];
        self.classifier.clear();
        self.time = TimeCell::Missing;
        self.serial = serial;
    }

    /// How many attributes there are.
    pub(crate) fn len(&self) -> usize {
        self.held.len()
    }

    /// How much text there is.
    pub(crate) fn bytes(&self) -> usize {
        self.text.len()
    }

    fn keep_text(&mut self, text: &str) -> Option<Span> {
        let from = u32::try_from(self.text.len()).ok()?;
        let to = u32::try_from(self.text.len() + text.len()).ok()?;
        self.text.push_str(text);
        Some((from, to))
    }

    fn text_of(&self, span: Span) -> &str {
        let (from, to) = span;
        self.text.get(from as usize..to as usize).unwrap_or_default()
    }

    /// Adds a value under the number of its target.
    pub(crate) fn push(&mut self, target: u32, value: Value<'_>) {
        let held = match value {
            Value::Text(text) => match self.keep_text(text) {
                Some(span) => Held::Text(span),
                None => return,
            },
            Value::Int(n) => Held::Int(n),
            Value::Float(x) => Held::Float(x),
            Value::Bool(b) => Held::Bool(b),
            Value::Time(m) => Held::Time(m),
        };
        self.held.push((target, held));
    }

    /// The values with the numbers of their targets.
    fn values(&self) -> impl Iterator<Item = (u32, Value<'_>)> {
        self.held.iter().map(|(target, held)| {
            let value = match *held {
                Held::Text(span) => Value::Text(self.text_of(span)),
                Held::Int(n) => Value::Int(n),
                Held::Float(x) => Value::Float(x),
                Held::Bool(b) => Value::Bool(b),
                Held::Time(m) => Value::Time(m),
            };
            (*target, value)
        })
    }

    /// The text of a part; `None` where it is missing, and for the time.
    pub(crate) fn part(&self, part: Part) -> Option<&str> {
        let span = (*self.parts.get(part.index()?)?)?;
        Some(self.text_of(span))
    }

    /// Sets a part that is not set yet; false where it was set.
    pub(crate) fn set_part(&mut self, part: Part, text: &str) -> bool {
        let Some(at) = part.index() else { return false };
        if self.parts.get(at).is_some_and(Option::is_some) {
            return false;
        }
        let span = self.keep_text(text);
        if let Some(place) = self.parts.get_mut(at) {
            *place = span;
        }
        true
    }

    /// Keeps a value of the classifier.
    pub(crate) fn classify(&mut self, at: usize, text: &str) {
        if self.classifier.len() <= at {
            self.classifier.resize(at + 1, None);
        }
        let span = self.keep_text(text);
        if let Some(place) = self.classifier.get_mut(at) {
            *place = place.or(span);
        }
    }

    /// The values of the classifier joined with `+`, a missing one as nothing between;
    /// `None` where all are missing.
    pub(crate) fn classified(&self, keys: usize, into: &mut String) -> bool {
        into.clear();
        if self.classifier.iter().all(Option::is_none) {
            return false;
        }
        for at in 0..keys {
            if at > 0 {
                into.push('+');
            }
            if let Some(span) = self.classifier.get(at).copied().flatten() {
                into.push_str(self.text_of(span));
            }
        }
        true
    }
}
