//! Values of keys become records, and records become events at the sink.

use super::{Converter, Declared, Names, Part, Record, Scope};
use crate::xml::shorten;
use crate::{ColumnSeen, Limits, Mapping, ReadError};
use columns::{RawEvent, Sink, TimeCell, Value};
use model::{Note, NoteKind, Place};

/// What is told of a value whose key is empty or not there.
pub(crate) const UNNAMED: &str = "an attribute without a name";

/// Turns keys and texts into events.
pub(crate) struct Emitter<'m> {
    pub(crate) names: Names<'m>,
    pub(crate) converter: Converter<'m>,
    most: usize,
    piece: usize,
    serial: u64,
    activity: String,
    case_constants: Vec<(&'m str, Value<'m>)>,
    event_constants: Vec<(&'m str, Value<'m>)>,
    // Empty between events; kept for their memory.
    of_case: Vec<(&'static str, Value<'static>)>,
    of_event: Vec<(&'static str, Value<'static>)>,
}

impl<'m> Emitter<'m> {
    pub(crate) fn new(
        mapping: &'m Mapping,
        limits: &Limits,
        defaults: super::Defaults,
    ) -> Self {
        let names = Names::new(mapping, limits, defaults);
        Self {
            case_constants: names.constants(Scope::Case),
            event_constants: names.constants(Scope::Event),
            names,
            converter: Converter::new(mapping),
            most: limits.attributes,
            piece: limits.piece,
            serial: 0,
            activity: String::new(),
            of_case: Vec::new(),
            of_event: Vec::new(),
        }
    }

    /// Empties a record for the next event or case.
    pub(crate) fn begin(&mut self, record: &mut Record) {
        self.serial += 1;
        record.clear(self.serial);
    }

    /// Puts the value of a key into a record.
    ///
    /// # Errors
    /// Too many attributes or names.
    pub(crate) fn put(
        &mut self,
        record: &mut Record,
        scope: Scope,
        (key, declared, text): (&str, Declared, &str),
        place: &dyn Fn() -> Place,
        sink: &mut dyn Sink,
    ) -> Result<(), ReadError> {
        if text.trim_ascii().is_empty() {
            return Ok(());
        }
        if key.is_empty() {
            sink.note(note(NoteKind::UnreadableValue, place(), UNNAMED));
            return Ok(());
        }
        let entry = self.names.entry(scope, key, sink)?;
        if let Some(at) = entry.classifier {
            record.classify(at, text);
        }
        for number in entry.targets() {
            let Some(target) = self.names.target_mut(number) else { continue };
            if !target.claim(record.serial) {
                sink.note(note(NoteKind::PassedOver, place(), key));
                continue;
            }
            match target.part {
                None => {
                    let kind = target.kind;
                    match self.converter.value(kind, declared, text, place, sink) {
                        Some(value) => {
                            target.meet(&value);
                            record.push(number, value);
                        }
                        None => sink.note(note(NoteKind::UnreadableValue, place(), key)),
                    }
                }
                Some(Part::Time) => self.put_time(record, text, place, sink),
                Some(part) => {
                    record.set_part(part, text);
                }
            }
        }
        if record.len() > self.most || record.bytes() > self.piece {
            return Err(ReadError::at(
                place(),
                format!(
                    "one event or case has more than {} attributes or {} bytes; the file is no \
                     sound log",
                    self.most, self.piece
                ),
            ));
        }
        Ok(())
    }

    /// Puts a default into a record that lacks the key. Case, activity, time and handler are
    /// never filled so: a handler nobody wrote down is missing, whatever a header says.
    ///
    /// # Errors
    /// As [`Self::put`].
    pub(crate) fn fill(
        &mut self,
        record: &mut Record,
        scope: Scope,
        (key, declared, text): (&str, Declared, &str),
        place: &dyn Fn() -> Place,
        sink: &mut dyn Sink,
    ) -> Result<(), ReadError> {
        let entry = self.names.entry(scope, key, sink)?;
        let settled = entry
            .targets()
            .filter_map(|number| self.names.target(number))
            .any(|target| target.part.is_some() || target.claimed(record.serial));
        if settled || entry.classifier.is_some() {
            return Ok(());
        }
        self.put(record, scope, (key, declared, text), place, sink)
    }

    /// Reads the time of an event into its record.
    pub(crate) fn put_time(
        &mut self,
        record: &mut Record,
        text: &str,
        place: &dyn Fn() -> Place,
        sink: &mut dyn Sink,
    ) {
        record.time = if let Some(moment) = self.converter.time(text, place, sink) {
            TimeCell::At(moment)
        } else {
            sink.note(note(NoteKind::UnreadableTime, place(), text));
            TimeCell::Unreadable
        };
    }

    /// Hands over an event of a case.
    ///
    /// # Errors
    /// The sink takes no more.
    pub(crate) fn event(
        &mut self,
        case: &Record,
        event: &Record,
        place: Place,
        sink: &mut dyn Sink,
    ) -> Result<(), ReadError> {
        let Self { names, activity, case_constants, event_constants, .. } = self;
        let keys = names.classifier_keys();
        let classified = keys > 0 && event.classified(keys, activity);
        let part = |part| names.constant_part(part).or_else(|| event.part(part));
        let constant = names.constant_part(Part::Activity);
        let activity = constant
            .or_else(|| classified.then_some(activity.as_str()))
            .or_else(|| event.part(Part::Activity));
        let case_name = part(Part::Case).or_else(|| case.part(Part::Case));
        let missing = [
            (case_name.is_none(), NoteKind::MissingCase),
            (activity.is_none(), NoteKind::MissingActivity),
            (event.time == TimeCell::Missing, NoteKind::MissingTime),
        ];
        for (_, kind) in missing.into_iter().filter(|(missing, _)| *missing) {
            sink.note(Note { kind, place: Some(place), detail: String::new() });
        }
        let mut of_case: Vec<(&str, Value<'_>)> = std::mem::take(&mut self.of_case);
        let mut of_event: Vec<(&str, Value<'_>)> = std::mem::take(&mut self.of_event);
        of_case.extend(case_constants.iter().copied());
        of_event.extend(event_constants.iter().copied());
        for (record, list) in [(case, &mut of_case), (event, &mut of_event)] {
            list.extend(record.values().filter_map(|(number, value)| {
                names.target(number).map(|target| (&*target.name, value))
            }));
        }
        let taken = sink.event(&RawEvent {
            case: case_name,
            activity,
            time: event.time,
            who: part(Part::Who),
            case_attributes: &of_case,
            attributes: &of_event,
            place,
        });
        self.of_case = emptied(of_case);
        self.of_event = emptied(of_event);
        Ok(taken?)
    }

    /// Gives the closing notes, and the columns that were met.
    pub(crate) fn finish(&self, sink: &mut dyn Sink) -> Vec<ColumnSeen> {
        self.converter.finish(sink);
        self.names.finish(sink)
    }
}

/// A note whose detail is cut to a line.
pub(crate) fn note(kind: NoteKind, place: Place, detail: &str) -> Note {
    Note { kind, place: Some(place), detail: shorten(detail) }
}

/// The memory of a list without what it borrowed: collecting an emptied list in place keeps
/// its buffer.
fn emptied(mut list: Vec<(&str, Value<'_>)>) -> Vec<(&'static str, Value<'static>)> {
    list.clear();
    list.into_iter().map(|_| ("", Value::Bool(false))).collect()
}
