//! Global attributes: keys every trace or event has, with a default.
//!
//! Programs that export XES fill the defaults with words that mean nothing (`UNKNOWN`, the
//! epoch, 0, the last part of the key). Such a default is no value and is not filled in.

use crate::attributes::{Declared, Emitter, Record, Scope};
use crate::xml::Tag;
use crate::{ReadError, time};
use columns::Sink;
use model::Place;

/// Most defaults kept; a head of a log holds a few dozen.
const MOST: usize = 1000;

#[derive(Debug, Default)]
pub(super) struct Globals {
    defaults: Vec<(Scope, String, Declared, String)>,
    passed_over: u64,
}

impl Globals {
    /// Takes a default from the head of the log.
    ///
    /// # Errors
    /// An entity that is not known.
    pub(super) fn add(
        &mut self,
        scope: Scope,
        declared: Declared,
        tag: &Tag<'_, '_>,
    ) -> Result<(), ReadError> {
        let key = tag.value("key")?.unwrap_or_default();
        let value = tag.value("value")?.unwrap_or_default();
        let long = key.len() + value.len() > 4096 || self.defaults.len() >= MOST;
        if key.is_empty() || long || means_nothing(&key, declared, value.trim()) {
            self.passed_over += 1;
        } else {
            self.defaults.push((scope, key, declared, value));
        }
        Ok(())
    }

    /// Puts the defaults into a record that lacks them.
    ///
    /// # Errors
    /// As [`Emitter::put`].
    pub(super) fn fill(
        &self,
        emitter: &mut Emitter<'_>,
        record: &mut Record,
        scope: Scope,
        place: Place,
        sink: &mut dyn Sink,
    ) -> Result<(), ReadError> {
        for (_, key, declared, text) in self.defaults.iter().filter(|d| d.0 == scope) {
            emitter.fill(record, scope, (key, *declared, text), &|| place, sink)?;
        }
        Ok(())
    }

    /// How many defaults were no values, or values of nothing.
    pub(super) const fn passed_over(&self) -> u64 {
        self.passed_over
    }
}

fn means_nothing(key: &str, declared: Declared, value: &str) -> bool {
    let last = key.rsplit(':').next().unwrap_or(key);
    match declared {
        Declared::Text => {
            value.is_empty()
                || ["UNKNOWN", "__INVALID__", "string", "undefined", "null", key, last]
                    .iter()
                    .any(|word| value.eq_ignore_ascii_case(word))
        }
        Declared::Time => time::parse_iso(value)
            .is_none_or(|parsed| parsed.moment.micros.abs() <= model::time::DAY_MICROS),
        Declared::Int | Declared::Float => {
            matches!(value.trim_end_matches('0').trim_end_matches('.'), "" | "-" | "-1")
        }
        Declared::Bool => value != "true",
    }
}
