//! What the targets share: reading bytes as one format under bounds that are quick to reach,
//! with a sink that checks what every reader promises.

use columns::{RawEvent, Refusal, Sink, Value};
use model::Note;
use sources::{Format, Limits, Mapping, read_bytes};

/// Checks the promises of a reader: no empty text, no not-a-number, no endless detail.
struct Checks;

impl Sink for Checks {
    fn event(&mut self, event: &RawEvent<'_>) -> Result<(), Refusal> {
        for text in [event.case, event.activity, event.who].into_iter().flatten() {
            assert!(!text.is_empty(), "an empty text is no value");
        }
        for (name, value) in event.case_attributes.iter().chain(event.attributes) {
            assert!(!name.is_empty(), "an attribute without a name");
            match value {
                Value::Text(text) => assert!(!text.is_empty(), "{name} is empty"),
                Value::Float(number) => {
                    assert!(!number.is_nan(), "{name} is not a number")
                }
                Value::Int(_) | Value::Bool(_) | Value::Time(_) => {}
            }
        }
        Ok(())
    }

    fn note(&mut self, note: Note) {
        assert!(note.detail.len() < 2000, "a detail is one line");
    }
}

/// Bounds that small inputs reach.
pub fn limits() -> Limits {
    Limits {
        piece: 4096,
        depth: 16,
        columns: 50,
        names: 50,
        attributes: 50,
        objects: 200,
        unpacked: 1 << 20,
    }
}

/// Reads bytes as a format with a mapping; whatever they are, this returns.
pub fn read_as(bytes: &[u8], format: Format, mapping: &str) {
    let Ok(mapping) = Mapping::parse(mapping, "mapping.toml") else { return };
    if let Err(error) = read_bytes(bytes, Some(format), &mapping, &limits(), &mut Checks)
    {
        assert!(!error.sentence.is_empty(), "an error says something");
    }
}
