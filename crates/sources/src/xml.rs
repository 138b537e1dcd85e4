//! XML in one pass with bounded memory, for XES and OCEL.
//!
//! Logs of hundreds of megabytes are almost only `<tag key="…" value="…"/>`. This reader
//! checks a window of the file as UTF-8 once and cuts it into tags that borrow from it, which
//! general readers do not. It reads the part of XML 1.0 that data needs and refuses the rest
//! in one sentence: document types, and with them every entity but the five of the
//! standard and numbered characters, so nothing can expand. What it takes is well-formed:
//! tags nest, attributes are quoted and stand once, nothing follows the outermost element.

mod bytes;
mod tags;
mod text;

pub use tags::{Attribute, Tag};
pub use text::unescape_into;

use crate::{Limits, ReadError};
use model::Place;
use std::cell::Cell;
use std::io::Read;
use tags::{Scan, Step};

/// What receives the parts of a document.
pub trait Handler {
    /// An element begins. Where `tag.empty`, it also ends, and [`Self::end`] is not called.
    ///
    /// # Errors
    /// Stops reading; an error without a place gets the line of the tag.
    fn start(&mut self, tag: &Tag<'_, '_>) -> Result<(), ReadError>;

    /// The element begun last, and not yet ended, ends.
    ///
    /// # Errors
    /// As [`Self::start`].
    fn end(&mut self, at: &At<'_>) -> Result<(), ReadError>;

    /// Text between tags, entities resolved. White space alone is not handed over. Text may
    /// come in pieces (around comments and CDATA).
    ///
    /// # Errors
    /// As [`Self::start`].
    fn text(&mut self, text: &str, at: &At<'_>) -> Result<(), ReadError>;

    /// Bytes that are not of the encoding were replaced by U+FFFD.
    fn replaced(&mut self, count: u64, line: u64);
}

/// Where something stands; the line is counted only when it is asked for.
#[derive(Debug)]
pub struct At<'w> {
    lines: &'w Lines<'w>,
    offset: usize,
}

impl At<'_> {
    /// The line, from 1.
    pub fn line(&self) -> u64 {
        self.lines.of(self.offset)
    }

    /// The line as a place.
    pub fn place(&self) -> Place {
        Place::Line(self.line())
    }
}

/// Counts line ends of a window up to where it was last asked.
#[derive(Debug)]
struct Lines<'w> {
    window: &'w [u8],
    counted: Cell<usize>,
    line: Cell<u64>,
}

impl Lines<'_> {
    fn of(&self, offset: usize) -> u64 {
        let from = self.counted.get();
        if let Some(between) = self.window.get(from..offset) {
            let more = memchr::memchr_iter(b'\n', between).count();
            self.line.set(self.line.get() + more as u64);
            self.counted.set(offset);
        }
        self.line.get()
    }
}

/// Reads a whole document.
///
/// # Errors
/// The document is not well-formed, uses what is refused, ends early, breaks a bound, or the
/// handler stops.
pub fn read<H: Handler>(
    from: &mut dyn Read,
    limits: &Limits,
    handler: &mut H,
) -> Result<(), ReadError> {
    let mut source = bytes::Source::new(from, limits.piece);
    let mut nest =
        Nest { limits, names: String::new(), ends: Vec::new(), root: Root::Before };
    let mut line = 1;
    let mut at_start = true;
    loop {
        let more = source.fill().map_err(|e| e.at(line))?;
        if source.replaced > 0 {
            handler.replaced(std::mem::take(&mut source.replaced), line);
        }
        let window = source.text().map_err(|error| undecodable(line, &error))?;
        let lines = Lines {
            window: window.as_bytes(),
            counted: Cell::new(0),
            line: Cell::new(line),
        };
        let mut scan = Scan::new(window, !more, at_start);
        let done = nest.walk(&mut scan, &lines, handler);
        if let Err(mut error) = done {
            error.place.get_or_insert(Place::Line(lines.of(scan.began())));
            return Err(error);
        }
        let consumed = scan.consumed();
        line = lines.of(consumed);
        at_start = scan.at_start();
        if !more {
            return nest.finish(line, consumed < window.len());
        }
        source.consume(consumed);
    }
}

fn undecodable(line: u64, error: &std::str::Utf8Error) -> ReadError {
    let sentence = format!("the text is not UTF-8 ({error}); save the file as UTF-8");
    ReadError::at(Place::Line(line), sentence)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Root {
    Before,
    Inside,
    After,
}

/// The elements that are open.
#[derive(Debug)]
struct Nest<'l> {
    limits: &'l Limits,
    names: String,
    ends: Vec<usize>,
    root: Root,
}

impl Nest<'_> {
    fn walk<'w, H: Handler>(
        &mut self,
        scan: &mut Scan<'w>,
        lines: &'w Lines<'w>,
        handler: &mut H,
    ) -> Result<(), ReadError> {
        loop {
            let step = scan.next()?;
            let at = At { lines, offset: scan.began() };
            match step {
                Step::More => return Ok(()),
                Step::Nothing => {}
                Step::Start { name, local, empty } => {
                    self.open(name, empty)?;
                    let tag = Tag { local, empty, attributes: scan.attributes(), at };
                    handler.start(&tag)?;
                }
                Step::End { name } => {
                    self.close(name)?;
                    handler.end(&at)?;
                }
                Step::Text { text, plain } => {
                    if self.root != Root::Inside {
                        return Err(ReadError::whole(
                            "text stands outside the outermost element; the file is not \
                             sound XML, export it again",
                        ));
                    }
                    if plain {
                        handler.text(text, &at)?;
                    } else {
                        let mut resolved = String::with_capacity(text.len());
                        unescape_into(text, false, &mut resolved)?;
                        handler.text(&resolved, &at)?;
                    }
                }
            }
        }
    }

    fn open(&mut self, name: &str, empty: bool) -> Result<(), ReadError> {
        match self.root {
            Root::Inside => {}
            Root::Before => self.root = if empty { Root::After } else { Root::Inside },
            Root::After => {
                return Err(ReadError::whole(format!(
                    "a second outermost element `{}` follows the first; a file holds one log, \
                     split it",
                    shorten(name)
                )));
            }
        }
        if self.ends.len() >= self.limits.depth {
            return Err(ReadError::whole(format!(
                "elements are nested more than {} deep; the file is no sound log",
                self.limits.depth
            )));
        }
        if !empty {
            self.names.push_str(name);
            self.ends.push(self.names.len());
        }
        Ok(())
    }

    fn close(&mut self, name: &str) -> Result<(), ReadError> {
        let Some(end) = self.ends.pop() else {
            return Err(ReadError::whole(format!(
                "`</{}>` closes nothing; the file is not sound XML, export it again",
                shorten(name)
            )));
        };
        let start = self.ends.last().copied().unwrap_or(0);
        let open = self.names.get(start..end).unwrap_or_default();
        if open != name {
            return Err(ReadError::whole(format!(
                "`</{}>` stands where `</{}>` is expected; the file is not sound XML, export \
                 it again",
                shorten(name),
                shorten(open)
            )));
        }
        self.names.truncate(start);
        if self.ends.is_empty() {
            self.root = Root::After;
        }
        Ok(())
    }

    fn finish(&self, line: u64, cut: bool) -> Result<(), ReadError> {
        let sentence = match self.root {
            Root::After if !cut => return Ok(()),
            Root::Before if !cut => {
                "the file holds no element; expected a log in XML".to_owned()
            }
            _ => {
                let start = self.ends.iter().rev().nth(1).copied().unwrap_or(0);
                match self.names.get(start..).filter(|open| !open.is_empty()) {
                    Some(open) => format!(
                        "the file ends in the middle, `{}` is not closed; copy or export it \
                         again",
                        shorten(open)
                    ),
                    None => {
                        "the file ends in the middle of a tag; copy or export it again"
                            .to_owned()
                    }
                }
            }
        };
        Err(ReadError::at(Place::Line(line), sentence))
    }
}

/// A name for a sentence: never longer than a line.
pub(crate) fn shorten(text: &str) -> String {
    const MOST: usize = 60;
    if text.chars().nth(MOST).is_none() {
        return text.to_owned();
    }
    text.chars().take(MOST).chain(['…']).collect()
}

#[cfg(test)]
mod tests;
