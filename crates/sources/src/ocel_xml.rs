//! OCEL 2.0 as XML, read in two passes: objects, then events.

use crate::attributes::note;
use crate::ocel::{Flattener, Of, Row, RowAttribute};
use crate::xml::{self, At, Handler, Tag};
use crate::{Job, ReadError, Seen};
use model::{NoteKind, Place};
use std::collections::BTreeSet;

/// Reads a log; see [`crate::read`].
///
/// # Errors
/// The file is not XML, not OCEL 2.0, ends early or breaks a bound; the mapping chooses no
/// object type of it; the sink refuses.
pub fn read(job: &mut Job<'_>) -> Result<Seen, ReadError> {
    let mapping = job.mapping.for_file(&job.input.name());
    let mut log = Log {
        flat: Flattener::new(&mapping, job.limits, job.sink),
        pass: Of::Object,
        stack: Vec::new(),
        kind: String::new(),
        row: Row::default(),
        row_line: 0,
        attribute: RowAttribute::default(),
        has_rows: false,
        unknown: BTreeSet::new(),
    };
    for pass in [Of::Object, Of::Event] {
        log.pass = pass;
        log.stack.clear();
        let mut from = job.input.open_unbuffered(job.progress)?;
        xml::read(&mut from, job.limits, &mut log)?;
        if pass == Of::Object {
            if !log.has_rows {
                return Err(ReadError::whole(
                    "the log has neither `objects` nor `events`; expected OCEL 2.0",
                ));
            }
            log.flat.objects_done()?;
        }
    }
    Ok(log.flat.finish())
}

/// What an open element is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Frame {
    Log,
    Types(Of),
    Type(Of),
    TypeAttributes(Of),
    Rows(Of),
    Row(Of),
    Attributes,
    Attribute,
    Relations,
    Skip,
}

struct Log<'m, 's> {
    flat: Flattener<'m, 's>,
    pass: Of,
    stack: Vec<Frame>,
    /// The type whose attributes are being declared.
    kind: String,
    row: Row,
    row_line: u64,
    attribute: RowAttribute,
    has_rows: bool,
    unknown: BTreeSet<String>,
}

impl Handler for Log<'_, '_> {
    fn start(&mut self, tag: &Tag<'_, '_>) -> Result<(), ReadError> {
        let frame = self.frame(tag)?;
        if tag.empty {
            self.leave(frame)
        } else {
            self.stack.push(frame);
            Ok(())
        }
    }

    fn end(&mut self, _at: &At<'_>) -> Result<(), ReadError> {
        match self.stack.pop() {
            Some(frame) => self.leave(frame),
            None => Ok(()),
        }
    }

    fn text(&mut self, text: &str, at: &At<'_>) -> Result<(), ReadError> {
        if self.stack.last() == Some(&Frame::Attribute) {
            self.attribute.text.push_str(text);
            if self.attribute.text.len() > self.flat.limits.piece {
                return Err(ReadError::at(
                    at.place(),
                    format!("a value is longer than {} bytes", self.flat.limits.piece),
                ));
            }
        }
        Ok(())
    }

    fn replaced(&mut self, count: u64, line: u64) {
        if self.pass == Of::Object {
            for _ in 0..count {
                self.flat.sink.note(note(NoteKind::BadEncoding, Place::Line(line), ""));
            }
        }
    }
}

impl Log<'_, '_> {
    fn frame(&mut self, tag: &Tag<'_, '_>) -> Result<Frame, ReadError> {
        let name = tag.name();
        Ok(match (self.stack.last(), name) {
            (None, "log") => Frame::Log,
            (None, _) => {
                return Err(ReadError::whole(format!(
                    "the outermost element is `{}`, expected `log`; the file is no OCEL 2.0 log",
                    xml::shorten(name)
                )));
            }
            (Some(Frame::Log), "object-types") => Frame::Types(Of::Object),
            (Some(Frame::Log), "event-types") => Frame::Types(Of::Event),
            (Some(Frame::Log), "objects" | "events") => {
                self.has_rows = true;
                let of = if name == "objects" { Of::Object } else { Of::Event };
                if of == self.pass { Frame::Rows(of) } else { Frame::Skip }
            }
            (Some(Frame::Types(of)), "object-type" | "event-type") => {
                self.kind = tag.value("name")?.unwrap_or_default();
                if *of == Of::Object {
                    self.flat.object_type(&self.kind);
                }
                Frame::Type(*of)
            }
            (Some(Frame::Type(of)), "attributes") => Frame::TypeAttributes(*of),
            (Some(Frame::TypeAttributes(of)), "attribute") => {
                let (of, pass) = (*of, self.pass);
                let name = tag.value("name")?.unwrap_or_default();
                let written = tag.value("type")?.unwrap_or_default();
                if pass == Of::Object {
                    self.flat.declare(of, &self.kind, &name, &written)?;
                }
                Frame::Skip
            }
            (Some(Frame::Rows(of)), "object" | "event") => {
                let of = *of;
                self.row.clear();
                self.row_line = tag.at().line();
                self.row.id = tag.value("id")?.unwrap_or_default();
                self.row.kind = tag.value("type")?.unwrap_or_default();
                self.row.time = tag.value("time")?;
                Frame::Row(of)
            }
            (Some(Frame::Row(_)), "attributes") => Frame::Attributes,
            (Some(Frame::Row(_)), "objects") => Frame::Relations,
            (Some(Frame::Attributes), "attribute") => {
                self.attribute = RowAttribute {
                    name: tag.value("name")?.unwrap_or_default(),
                    time: tag.value("time")?,
                    ..RowAttribute::default()
                };
                Frame::Attribute
            }
            // Earlier drafts of the standard wrote `relobj` or `object`.
            (Some(Frame::Relations), "relationship" | "relobj" | "object") => {
                let object = tag.value("object-id")?.unwrap_or_default();
                let qualifier = tag.value("qualifier")?.unwrap_or_default();
                self.row.relation(object, qualifier, self.flat.limits)?;
                Frame::Skip
            }
            (Some(Frame::Skip), _) => Frame::Skip,
            (Some(_), _) => {
                self.pass_over(name, tag.at());
                Frame::Skip
            }
        })
    }

    fn leave(&mut self, frame: Frame) -> Result<(), ReadError> {
        let place = Place::Line(self.row_line);
        match frame {
            Frame::Row(Of::Object) => self.flat.object(&self.row, place),
            Frame::Row(Of::Event) => self.flat.event(&self.row, place),
            Frame::Attribute => {
                let attribute = std::mem::take(&mut self.attribute);
                self.row.attribute(attribute, self.flat.limits)
            }
            Frame::Log
            | Frame::Types(_)
            | Frame::Type(_)
            | Frame::TypeAttributes(_)
            | Frame::Rows(_)
            | Frame::Attributes
            | Frame::Relations
            | Frame::Skip => Ok(()),
        }
    }

    /// Notes an element the standard does not know, such as an extension, once a name.
    fn pass_over(&mut self, name: &str, at: &At<'_>) {
        if self.unknown.len() < 1000 && self.unknown.insert(xml::shorten(name)) {
            self.flat.sink.note(note(NoteKind::PassedOver, at.place(), name));
        }
    }
}
