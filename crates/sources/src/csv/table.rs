//! A table of text, block by block: text comes in, is cut into rows, and stands there
//! borrowed until the next block is asked for.

use super::delimiter;
use super::split::{Rows, Signs, Splitter};
use super::text::Text;
use crate::mapping::Mapping;
use crate::mapping::rows::note;
use crate::{Limits, ReadError};
use columns::Sink;
use model::{NoteKind, Place};
use std::io::BufRead;

/// Text in memory at a time, unless a row is longer. Fits the second cache of a processor.
const BLOCK: usize = 256 << 10;

/// A table that is being read.
pub(super) struct Table<'s> {
    text: Text<'s>,
    buffer: Vec<u8>,
    /// Bytes of text in the buffer, and how many of them the current block has.
    filled: usize,
    taken: usize,
    ended: bool,
    /// Whether the buffer was filled and nothing of it was cut yet.
    fresh: bool,
    splitter: Splitter,
    rows: Rows,
    signs: Signs,
    piece: usize,
    columns: usize,
}

impl<'s> Table<'s> {
    /// Begins to read: decides on the encoding and the delimiter.
    pub(super) fn open(
        from: Box<dyn BufRead + 's>,
        mapping: &Mapping,
        limits: &Limits,
    ) -> Result<Self, ReadError> {
        let csv = &mapping.csv;
        let mut text = Text::new(from, csv.encoding)?;
        // Places in a block are kept in 32 bits.
        let piece = limits.piece.clamp(1 << 10, 1 << 30);
        let mut buffer = vec![0; BLOCK.min(piece)];
        let room = buffer.len();
        let filled = text.fill(&mut buffer).map_err(|e| ReadError::io(None, &e))?;
        let signs =
            |delimiter| Signs { delimiter, quote: csv.quote, comment: csv.comment };
        let delimiter = csv.delimiter.unwrap_or_else(|| {
            let start = buffer.get(..filled).unwrap_or_default();
            delimiter::find(start, filled < room, mapping, signs)
        });
        let signs = signs(delimiter);
        Ok(Self {
            text,
            buffer,
            filled,
            taken: 0,
            ended: filled + 4 <= room,
            fresh: true,
            splitter: Splitter::new(signs, csv.skip_lines, limits.columns),
            rows: Rows::default(),
            signs,
            piece,
            columns: limits.columns,
        })
    }

    /// The sign between cells.
    pub(super) fn delimiter(&self) -> u8 {
        self.signs.delimiter
    }

    /// Goes on to the next block that holds a row; false at the end.
    pub(super) fn next(&mut self, sink: &mut dyn Sink) -> Result<bool, ReadError> {
        loop {
            if !std::mem::take(&mut self.fresh) {
                self.refill()?;
            }
            let block = self.buffer.get_mut(..self.filled).unwrap_or_default();
            let columns = self.columns;
            self.taken =
                self.splitter.split(block, self.ended, &mut self.rows).map_err(|wide| {
                    ReadError::at(
                        Place::Line(wide.line),
                        format!(
                            "the row has more than {columns} cells; check the delimiter, or \
                             whether this is a table"
                        ),
                    )
                })?;
            if let Some(line) = self.splitter.unclosed() {
                return Err(ReadError::at(
                    Place::Line(line),
                    "a quote opens in this row and never closes; close it, or say in the \
                     mapping which sign quotes (quote under [csv])",
                ));
            }
            if self.rows.len() > 0 {
                self.check(sink);
                return Ok(true);
            }
            if self.ended {
                return Ok(false);
            }
        }
    }

    /// Moves the rest of the last block to the front and fills up behind it.
    fn refill(&mut self) -> Result<(), ReadError> {
        self.buffer.copy_within(self.taken..self.filled, 0);
        self.filled -= self.taken;
        let start = self.filled;
        if std::mem::take(&mut self.taken) == 0 && start + 4 > self.buffer.len() {
            if self.buffer.len() >= self.piece {
                return Err(ReadError::at(
                    self.place(),
                    format!(
                        "the row is longer than {} bytes; is a closing quote missing?",
                        self.piece
                    ),
                ));
            }
            let longer = (self.buffer.len() * 2).min(self.piece);
            self.buffer.resize(longer, 0);
        }
        let free = self.buffer.get_mut(start..).unwrap_or_default();
        let room = free.len();
        let got =
            self.text.fill(free).map_err(|e| ReadError::io(Some(self.place()), &e))?;
        self.filled += got;
        self.ended = got + 4 <= room;
        Ok(())
    }

    /// The line that was reached.
    pub(super) fn place(&self) -> Place {
        Place::Line(self.splitter.line())
    }

    /// Replaces what is not UTF-8, byte by byte, so that no cell moves; tells of it.
    fn check(&mut self, sink: &mut dyn Sink) {
        if self.text.take_replaced() {
            let block = self.buffer.get(..self.taken).unwrap_or_default();
            for at in memchr::memmem::find_iter(block, "\u{fffd}") {
                let place = Place::Line(self.rows.line_of(at).unwrap_or(1));
                note(
                    sink,
                    NoteKind::BadEncoding,
                    place,
                    "half a sign of UTF-16".to_owned(),
                );
            }
        }
        let mut checked = 0;
        while let Some(block) = self.buffer.get_mut(checked..self.taken) {
            let Err(error) = std::str::from_utf8(block) else { break };
            let at = error.valid_up_to();
            let wrong = error.error_len().unwrap_or(block.len() - at);
            let place = Place::Line(self.rows.line_of(checked + at).unwrap_or(1));
            for byte in block.iter_mut().skip(at).take(wrong) {
                let detail = format!("byte 0x{byte:02X}, not UTF-8; is it windows-1252?");
                note(sink, NoteKind::BadEncoding, place, detail);
                *byte = b'?';
            }
            checked += at + wrong;
        }
    }

    /// The current block: its text, and where the cells stand in it.
    pub(super) fn block(&self) -> (&str, &Rows) {
        let bytes = self.buffer.get(..self.taken).unwrap_or_default();
        // `check` has made it valid; an empty text makes every cell a missing one.
        (std::str::from_utf8(bytes).unwrap_or_default(), &self.rows)
    }
}

/// The text of a cell.
#[inline]
pub(super) fn cell(text: &str, (start, end): (u32, u32)) -> &str {
    text.get(start as usize..end as usize).unwrap_or_default()
}
