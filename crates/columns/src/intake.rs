//! The door: how a reader of one format hands over events, one at a time and borrowed, so
//! that memory does not grow with the file.

use model::{Moment, Note, Place};
use std::fmt;

/// A typed value of an attribute.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value<'a> {
    /// Text; never empty.
    Text(&'a str),
    /// A whole number. Money stands here too, in cents, where the mapping says so.
    Int(i64),
    /// A number with a fraction; never not-a-number.
    Float(f64),
    /// Yes or no.
    Bool(bool),
    /// A moment.
    Time(Moment),
}

/// What stood in the place of the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeCell {
    /// Nothing.
    Missing,
    /// Something that could not be read; the reader gave the note.
    Unreadable,
    /// A moment.
    At(Moment),
}

/// One event as a reader hands it over. A missing value is `None`, never an empty text.
#[derive(Clone, Copy, Debug)]
pub struct RawEvent<'a> {
    /// The case to which it belongs.
    pub case: Option<&'a str>,
    /// What was done.
    pub activity: Option<&'a str>,
    /// When.
    pub time: TimeCell,
    /// Who did it, as the source writes it. Becomes a keyed pseudonym behind the door.
    pub who: Option<&'a str>,
    /// Attributes of the case, named `case:NAME`, the same slice for each event of it.
    pub case_attributes: &'a [(&'a str, Value<'a>)],
    /// Attributes of the event.
    pub attributes: &'a [(&'a str, Value<'a>)],
    /// Where it stands in the source.
    pub place: Place,
}

/// Why the receiving side can take no more; reading stops and leaves nothing behind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal(pub String);

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Refusal {}

/// What receives events. Implemented by the store, by counters and by tests.
pub trait Sink {
    /// Takes one event, in the order of the source.
    fn event(&mut self, event: &RawEvent<'_>) -> Result<(), Refusal>;

    /// Takes one remark. The receiver counts all and keeps the first few of each kind.
    fn note(&mut self, note: Note);
}

/// Keeps everything in memory as text; for tests and for small previews.
#[derive(Debug, Default)]
pub struct Collected {
    /// One line an event: `case|activity|micros[d]|who|name=value…`.
    pub events: Vec<String>,
    /// All notes.
    pub notes: Vec<Note>,
}

impl Sink for Collected {
    fn event(&mut self, event: &RawEvent<'_>) -> Result<(), Refusal> {
        use fmt::Write as _;
        let time = match event.time {
            TimeCell::Missing => "-".to_owned(),
            TimeCell::Unreadable => "?".to_owned(),
            TimeCell::At(m) => {
                format!("{}{}", m.micros, if m.day_only { "d" } else { "" })
            }
        };
        let mut line = format!(
            "{}|{}|{time}|{}",
            event.case.unwrap_or("-"),
            event.activity.unwrap_or("-"),
            event.who.unwrap_or("-")
        );
        for (name, value) in event.case_attributes.iter().chain(event.attributes) {
            let text = match value {
                Value::Text(t) => (*t).to_owned(),
                Value::Int(n) => n.to_string(),
                Value::Float(x) => x.to_string(),
                Value::Bool(b) => b.to_string(),
                Value::Time(m) => {
                    format!("@{}{}", m.micros, if m.day_only { "d" } else { "" })
                }
            };
            write!(line, "|{name}={text}").map_err(|e| Refusal(e.to_string()))?;
        }
        self.events.push(line);
        Ok(())
    }

    fn note(&mut self, note: Note) {
        self.notes.push(note);
    }
}
