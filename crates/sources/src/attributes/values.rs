//! Texts become typed values.

use crate::Mapping;
use crate::mapping::{Kind, TimeShape, cell};
use crate::time::{LocalZone, ParsedTime, Zone, parse_iso_in};
use columns::{Sink, Value};
use model::{Moment, Note, NoteKind, Place};

/// What the source says a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Declared {
    Text,
    Int,
    Float,
    Bool,
    Time,
}

/// Turns texts into values and counts what was dirty about times.
#[derive(Debug)]
pub(crate) struct Converter<'m> {
    shape: &'m TimeShape,
    zone: LocalZone,
    without_zone: u64,
    first_without_zone: Option<Place>,
}

impl<'m> Converter<'m> {
    pub(crate) fn new(mapping: &'m Mapping) -> Self {
        Self {
            shape: &mapping.time,
            zone: mapping.time.local_zone(),
            without_zone: 0,
            first_without_zone: None,
        }
    }

    /// Reads a time; `Err` is the note it deserves.
    pub(crate) fn time(
        &mut self,
        text: &str,
        place: &dyn Fn() -> Place,
        sink: &mut dyn Sink,
    ) -> Option<Moment> {
        let zone = &mut self.zone;
        let parsed = if self.shape.formats.is_empty() {
            parse_iso_in(text, zone)
        } else {
            self.shape.formats.iter().find_map(|pattern| pattern.read_in(text, zone))
        };
        let ParsedTime { moment, zone, certain } = parsed?;
        if zone == Zone::Assumed {
            self.without_zone += 1;
            self.first_without_zone.get_or_insert_with(place);
        }
        if !certain {
            sink.note(Note {
                kind: NoteKind::AmbiguousTime,
                place: Some(place()),
                detail: crate::xml::shorten(text),
            });
        }
        Some(moment)
    }

    /// Reads a value as `kind`, or else as the source declares it. `None` where it cannot be
    /// read so. An empty text is for the caller to leave out.
    pub(crate) fn value<'t>(
        &mut self,
        kind: Option<Kind>,
        declared: Declared,
        text: &'t str,
        place: &dyn Fn() -> Place,
        sink: &mut dyn Sink,
    ) -> Option<Value<'t>> {
        let trimmed = text.trim_ascii();
        let kind = match (kind, declared) {
            (Some(kind), _) => kind,
            (None, Declared::Text) => Kind::Text,
            (None, Declared::Bool) => Kind::Bool,
            (None, Declared::Time) => Kind::Moment,
            (None, Declared::Int) => {
                let number = trimmed.parse().ok().or_else(|| cell::int(trimmed, false));
                return number.map(Value::Int);
            }
            (None, Declared::Float) => {
                let number: f64 = trimmed.parse().ok()?;
                return number.is_finite().then_some(Value::Float(number));
            }
        };
        match kind {
            Kind::Text | Kind::Person | Kind::Code => Some(Value::Text(text)),
            Kind::Int => cell::int(trimmed, false).map(Value::Int),
            Kind::Money => cell::money(trimmed, false)
                .or_else(|| cell::cents_of_float(trimmed.parse().ok()?))
                .map(Value::Int),
            Kind::Float => cell::float(trimmed, false).map(Value::Float),
            Kind::Bool => cell::truth(trimmed).map(Value::Bool),
            Kind::Date => self
                .time(trimmed, place, sink)
                .map(|moment| Value::Time(Moment::on(moment.local_date()))),
            Kind::Moment => self.time(trimmed, place, sink).map(Value::Time),
        }
    }

    /// Tells once how many times named no zone.
    pub(crate) fn finish(&self, sink: &mut dyn Sink) {
        if self.without_zone > 0 {
            sink.note(Note {
                kind: NoteKind::TimeWithoutZone,
                place: self.first_without_zone,
                detail: format!("{}×", self.without_zone),
            });
        }
    }
}
