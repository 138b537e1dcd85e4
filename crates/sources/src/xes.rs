//! XES, the standard for process logs (IEEE 1849-2016 and 1849-2023).
//!
//! Attributes of a trace become attributes of the case (`case:KEY`), attributes of an event
//! keep their key, except those of the standard extensions that have a word of their own
//! (`org:group` is `unit`, `org:role` is `role`, `lifecycle:transition` is `lifecycle`). The
//! handler is `org:resource`, the time `time:timestamp`, the activity `concept:name` or what
//! the classifier chosen in the mapping says. An attribute within another is
//! `parent/child`, and so are the members of lists and containers. An own key that is
//! already the name of something else stands behind `event:`.
//!
//! The schema puts the attributes of a trace before its events. One that comes later counts
//! for the events after it and is noted.

mod globals;
mod keys;

use crate::attributes::{Declared, Defaults, Emitter, Record, Scope, note};
use crate::xml::{self, At, Handler, Tag};
use crate::{Classifier, Job, Limits, Mapping, ReadError, Seen};
use columns::Sink;
use globals::Globals;
use keys::Path;
use model::{Note, NoteKind, Place};
use std::collections::BTreeSet;

/// Reads a log; see [`crate::read`].
///
/// # Errors
/// The file is not XML, not XES, ends early or breaks a bound; the classifier of the mapping
/// is not in it; the sink refuses.
pub fn read(job: &mut Job<'_>) -> Result<Seen, ReadError> {
    let mapping = job.mapping.for_file(&job.input.name());
    let mut from = job.input.open_unbuffered(job.progress)?;
    let mut log = Log::new(&mapping, job.limits, job.sink);
    xml::read(&mut from, job.limits, &mut log)?;
    Ok(log.finish())
}

/// What an open element is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Frame {
    Log,
    Trace,
    Event,
    /// An attribute of this scope that holds others.
    Attribute(Scope),
    /// The `values` of a list: no level of its own.
    Values(Scope),
    Global(Option<Scope>),
    /// An element whose contents are passed over.
    Skip,
}

struct Log<'m, 's> {
    mapping: &'m Mapping,
    emitter: Emitter<'m>,
    sink: &'s mut dyn Sink,
    stack: Vec<Frame>,
    path: Path,
    value: String,
    case: Record,
    event: Record,
    event_line: u64,
    /// Events of the open trace so far.
    events: u64,
    globals: Globals,
    classifiers: Vec<Classifier>,
    started: bool,
    empty_traces: u64,
    head_attributes: u64,
    unknown: BTreeSet<String>,
}

/// What an attribute element holds; `None` for an element that is none.
fn attribute_kind(name: &str) -> Option<Holds> {
    Some(match name {
        "string" | "id" => Holds::Value(Declared::Text),
        "date" => Holds::Value(Declared::Time),
        "int" => Holds::Value(Declared::Int),
        "float" => Holds::Value(Declared::Float),
        "boolean" => Holds::Value(Declared::Bool),
        "list" | "container" => Holds::Members,
        _ => return None,
    })
}

/// What an attribute element holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Holds {
    Value(Declared),
    Members,
}

impl Handler for Log<'_, '_> {
    fn start(&mut self, tag: &Tag<'_, '_>) -> Result<(), ReadError> {
        let name = tag.name();
        let frame = match self.stack.last() {
            Some(Frame::Event) => self.in_scope(Scope::Event, name, tag)?,
            Some(Frame::Trace) => match name {
                "event" => self.begin_event(tag)?,
                _ => self.in_scope(Scope::Case, name, tag)?,
            },
            Some(Frame::Attribute(scope) | Frame::Values(scope)) => {
                let scope = *scope;
                if name == "values" {
                    Frame::Values(scope)
                } else {
                    self.in_scope(scope, name, tag)?
                }
            }
            Some(Frame::Log) => self.in_log(name, tag)?,
            Some(Frame::Global(scope)) => {
                if let (Some(scope), Some(Holds::Value(declared))) =
                    (*scope, attribute_kind(name))
                {
                    self.globals.add(scope, declared, tag)?;
                }
                Frame::Skip
            }
            Some(Frame::Skip) => Frame::Skip,
            None if name == "log" => Frame::Log,
            None => {
                return Err(ReadError::whole(format!(
                    "the outermost element is `{}`, expected `log`; the file is no XES log",
                    xml::shorten(name)
                )));
            }
        };
        if tag.empty {
            self.leave(frame)?;
        } else {
            if matches!(frame, Frame::Attribute(_)) {
                self.path.enter(tag)?;
            }
            self.stack.push(frame);
        }
        Ok(())
    }

    fn end(&mut self, _at: &At<'_>) -> Result<(), ReadError> {
        let Some(frame) = self.stack.pop() else { return Ok(()) };
        if matches!(frame, Frame::Attribute(_)) {
            self.path.leave();
        }
        self.leave(frame)
    }

    fn text(&mut self, _text: &str, _at: &At<'_>) -> Result<(), ReadError> {
        // XES keeps nothing in text.
        Ok(())
    }

    fn replaced(&mut self, count: u64, line: u64) {
        for _ in 0..count {
            self.sink.note(note(NoteKind::BadEncoding, Place::Line(line), ""));
        }
    }
}

impl<'m, 's> Log<'m, 's> {
    fn new(mapping: &'m Mapping, limits: &Limits, sink: &'s mut dyn Sink) -> Self {
        Self {
            mapping,
            emitter: Emitter::new(mapping, limits, Defaults::Xes),
            sink,
            stack: Vec::new(),
            path: Path::default(),
            value: String::new(),
            case: Record::new(),
            event: Record::new(),
            event_line: 0,
            events: 0,
            globals: Globals::default(),
            classifiers: Vec::new(),
            started: false,
            empty_traces: 0,
            head_attributes: 0,
            unknown: BTreeSet::new(),
        }
    }

    fn in_log(&mut self, name: &str, tag: &Tag<'_, '_>) -> Result<Frame, ReadError> {
        match name {
            "trace" => {
                self.start_log()?;
                self.emitter.begin(&mut self.case);
                self.events = 0;
                return Ok(Frame::Trace);
            }
            "event" => return self.begin_event(tag),
            "global" => {
                let scope = tag.value("scope")?;
                return Ok(Frame::Global(match scope.as_deref() {
                    // The standard: a missing scope means the event.
                    None | Some("event") => Some(Scope::Event),
                    Some("trace") => Some(Scope::Case),
                    Some(_) => None,
                }));
            }
            "classifier" => {
                let keys = keys::split(&tag.value("keys")?.unwrap_or_default());
                let name = tag.value("name")?.unwrap_or_default();
                let scope = tag.value("scope")?;
                let short = tag.attributes.iter().all(|a| a.raw.len() <= 4096);
                let of_event = scope.is_none_or(|scope| scope == "event");
                if of_event && short && self.classifiers.len() < 100 {
                    self.classifiers.push(Classifier { name, keys });
                } else {
                    self.pass_over("classifier", tag);
                }
            }
            "extension" => {}
            "object-types" | "event-types" | "objects" | "events" => {
                return Err(ReadError::whole(format!(
                    "`{name}` stands in the log: the file is OCEL 2.0 and not XES; read it as \
                     ocel-xml"
                )));
            }
            _ if attribute_kind(name).is_some() => self.head_attributes += 1,
            _ => self.pass_over(name, tag),
        }
        Ok(Frame::Skip)
    }

    /// Settles what the head of the log says, once, before the first trace or event.
    fn start_log(&mut self) -> Result<(), ReadError> {
        if std::mem::replace(&mut self.started, true) {
            return Ok(());
        }
        let Some(wanted) = &self.mapping.classifier else { return Ok(()) };
        let Some(found) = self.classifiers.iter().find(|c| c.name == *wanted) else {
            let all: Vec<_> = self.classifiers.iter().map(|c| c.name.as_str()).collect();
            let known = if all.is_empty() { "none".to_owned() } else { all.join(", ") };
            return Err(ReadError::whole(format!(
                "the log has no classifier `{wanted}`; it has {known}"
            )));
        };
        self.emitter.names.classify_by(found.keys.clone());
        Ok(())
    }

    fn begin_event(&mut self, tag: &Tag<'_, '_>) -> Result<Frame, ReadError> {
        self.start_log()?;
        let Self { emitter, sink, globals, case, event, .. } = self;
        self.event_line = tag.at().line();
        if self.events == 0 && self.stack.last() == Some(&Frame::Trace) {
            globals.fill(
                emitter,
                case,
                Scope::Case,
                Place::Line(self.event_line),
                *sink,
            )?;
        }
        emitter.begin(event);
        Ok(Frame::Event)
    }

    /// An element within a trace, an event or an attribute of one.
    fn in_scope(
        &mut self,
        scope: Scope,
        name: &str,
        tag: &Tag<'_, '_>,
    ) -> Result<Frame, ReadError> {
        let Some(kind) = attribute_kind(name) else {
            self.pass_over(name, tag);
            return Ok(Frame::Skip);
        };
        let place = || tag.at().place();
        let Self { emitter, sink, path, value, case, event, .. } = self;
        let Some(key) = tag.attribute("key").filter(|key| !key.raw.is_empty()) else {
            sink.note(note(NoteKind::UnreadableValue, place(), name));
            return Ok(Frame::Skip);
        };
        let record = if scope == Scope::Case { case } else { event };
        if scope == Scope::Case && self.events > 0 && path.is_top() {
            sink.note(note(NoteKind::PassedOver, place(), key.raw));
        }
        let Holds::Value(declared) = kind else { return Ok(Frame::Attribute(scope)) };
        let Some(written) = tag.attribute("value") else {
            sink.note(note(NoteKind::UnreadableValue, place(), key.raw));
            return Ok(Frame::Attribute(scope));
        };
        let text = if written.plain {
            written.raw
        } else {
            value.clear();
            written.append_to(value)?;
            value.as_str()
        };
        let key = path.join(key)?;
        emitter.put(record, scope, (key, declared, text), &place, *sink)?;
        Ok(Frame::Attribute(scope))
    }

    fn leave(&mut self, frame: Frame) -> Result<(), ReadError> {
        match frame {
            Frame::Event => {
                let Self { emitter, sink, globals, case, event, .. } = self;
                let place = Place::Line(self.event_line);
                globals.fill(emitter, event, Scope::Event, place, *sink)?;
                emitter.event(case, event, place, *sink)?;
                self.events += 1;
            }
            Frame::Trace => {
                self.empty_traces += u64::from(self.events == 0);
                // Events that stand outside a trace belong to no case.
                self.emitter.begin(&mut self.case);
                self.events = 0;
            }
            Frame::Log
            | Frame::Attribute(_)
            | Frame::Values(_)
            | Frame::Global(_)
            | Frame::Skip => {}
        }
        Ok(())
    }

    /// Notes an element XES does not know, once a name.
    fn pass_over(&mut self, name: &str, tag: &Tag<'_, '_>) {
        let short = xml::shorten(name);
        if self.unknown.len() < 1000 && self.unknown.insert(short) {
            self.sink.note(note(NoteKind::PassedOver, tag.at().place(), name));
        }
    }

    fn finish(mut self) -> Seen {
        let parts = [
            (self.head_attributes, "log"),
            (self.globals.passed_over(), "global"),
            (self.empty_traces, "trace"),
        ];
        for (count, what) in parts.into_iter().filter(|(count, _)| *count > 0) {
            let detail = format!("{what} ({count}×)");
            self.sink.note(Note { kind: NoteKind::PassedOver, place: None, detail });
        }
        let columns = self.emitter.finish(self.sink);
        Seen { classifiers: std::mem::take(&mut self.classifiers), columns }
    }
}
