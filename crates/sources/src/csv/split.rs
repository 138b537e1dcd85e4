//! Cuts a block of text into rows and cells (RFC 4180), in place.
//!
//! A row without a quote is cut by looking for the delimiter; a row with one goes through
//! `csv-core`, whose answer is written back over the row. Both give the same cells, which a
//! property test checks against the crate `csv`. Line ends are LF, CR LF and CR alone;
//! empty lines are no rows.
#![expect(
    clippy::indexing_slicing,
    reason = "the hot loop; every place comes from a search within the same block"
)]

use csv_core::ReadRecordResult;
use memchr::{memchr, memchr_iter, memchr2, memchr3};
use std::ops::Range;

/// How a table is cut.
#[derive(Clone, Copy, Debug)]
pub(super) struct Signs {
    pub(super) delimiter: u8,
    pub(super) quote: Option<u8>,
    pub(super) comment: Option<u8>,
}

/// One row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Row {
    /// The physical line on which it begins, from 1.
    line: u64,
    /// Its first cell, and the one after its last.
    first: usize,
    end: usize,
}

/// The rows of one block: where the cells stand in it.
#[derive(Debug, Default)]
pub(super) struct Rows {
    rows: Vec<Row>,
    cells: Vec<(u32, u32)>,
}

impl Rows {
    /// How many rows there are.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// The rows: physical line and cells.
    pub(super) fn iter(&self) -> impl Iterator<Item = (u64, &[(u32, u32)])> {
        self.rows.iter().map(|row| (row.line, &self.cells[row.first..row.end]))
    }

    /// The line of the row in which a byte of the block stands.
    pub(super) fn line_of(&self, byte: usize) -> Option<u64> {
        let before = self.rows.partition_point(|row| {
            self.cells.get(row.first).is_some_and(|(start, _)| *start as usize <= byte)
        });
        self.rows.get(before.saturating_sub(1)).map(|row| row.line)
    }

    fn clear(&mut self) {
        self.rows.clear();
        self.cells.clear();
    }

    /// A cell; blocks are smaller than 4 GiB, which the limit of a piece sees to.
    fn cell(&mut self, range: Range<usize>) {
        let place = |at| u32::try_from(at).unwrap_or(u32::MAX);
        self.cells.push((place(range.start), place(range.end)));
    }
}

/// A row with more cells than the limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TooWide {
    /// Where it begins.
    pub(super) line: u64,
}

/// Cuts block after block. What is left of a block has to stand at the start of the next.
#[derive(Debug)]
pub(super) struct Splitter {
    signs: Signs,
    core: csv_core::Reader,
    scratch: Vec<u8>,
    ends: Vec<usize>,
    /// The line on which the next byte stands.
    line: u64,
    /// Where a row begins whose quotes were open at the end.
    unclosed: Option<u64>,
    /// Whether the last byte was a CR, so that a LF belongs to it.
    after_cr: bool,
    /// Physical lines still to be passed over.
    skip: u64,
}

impl Splitter {
    pub(super) fn new(signs: Signs, skip: u64, columns: usize) -> Self {
        let mut builder = csv_core::ReaderBuilder::new();
        builder.delimiter(signs.delimiter);
        match signs.quote {
            Some(quote) => builder.quote(quote),
            None => builder.quoting(false),
        };
        let mut new = Self {
            signs,
            core: builder.build(),
            scratch: vec![0; 4096],
            ends: vec![0; columns + 1],
            line: 1,
            unclosed: None,
            after_cr: false,
            skip,
        };
        new.restart();
        new
    }

    /// The line that was reached.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// Where the last row begins, when the text ended within its quotes.
    pub(super) fn unclosed(&self) -> Option<u64> {
        self.unclosed
    }

    /// Cuts the whole rows at the start of a block, and at the end of the text (`last`) also
    /// a row without a line end. Gives how many bytes were taken. Quoted cells are rewritten
    /// in place without their quotes.
    pub(super) fn split(
        &mut self,
        block: &mut [u8],
        last: bool,
        rows: &mut Rows,
    ) -> Result<usize, TooWide> {
        rows.clear();
        let most = self.ends.len() - 1;
        let mut at = 0;
        while let Some(byte) = block.get(at).copied() {
            let after_cr = std::mem::take(&mut self.after_cr);
            if byte == b'\n' || byte == b'\r' {
                if byte == b'\r' || !after_cr {
                    self.line += 1;
                    self.skip = self.skip.saturating_sub(1);
                }
                self.after_cr = byte == b'\r';
                at += 1;
                continue;
            }
            if self.skip > 0 || Some(byte) == self.signs.comment {
                match memchr2(b'\n', b'\r', &block[at..]) {
                    Some(length) => at += length,
                    None if last => return Ok(block.len()),
                    None => break,
                }
                continue;
            }
            let end = match self.signs.quote {
                Some(quote) => memchr3(b'\n', b'\r', quote, &block[at..]),
                None => memchr2(b'\n', b'\r', &block[at..]),
            };
            let end = match end {
                Some(length) if Some(block[at + length]) == self.signs.quote => {
                    match self.quoted(block, at, last, rows)? {
                        Some(next) => at = next,
                        None => break,
                    }
                    continue;
                }
                Some(length) => at + length,
                None if last => block.len(),
                None => break,
            };
            let first = rows.cells.len();
            let mut start = at;
            for delimiter in memchr_iter(self.signs.delimiter, &block[at..end]) {
                rows.cell(start..at + delimiter);
                start = at + delimiter + 1;
            }
            rows.cell(start..end);
            if rows.cells.len() - first > most {
                return Err(TooWide { line: self.line });
            }
            rows.rows.push(Row { line: self.line, first, end: rows.cells.len() });
            at = end;
        }
        Ok(at)
    }

    /// A row that holds a quote. `None` where it does not end in this block.
    fn quoted(
        &mut self,
        block: &mut [u8],
        at: usize,
        last: bool,
        rows: &mut Rows,
    ) -> Result<Option<usize>, TooWide> {
        let (mut taken, mut written, mut cells) = (0, 0, 0);
        let mut by_end = false;
        loop {
            let input = &block[at + taken..];
            if input.is_empty() {
                by_end = true;
                let end = self.close();
                *self.ends.get_mut(cells).ok_or(TooWide { line: self.line })? = end;
                cells += 1;
                break;
            }
            let (result, more_in, more_out, more_cells) = self.core.read_record(
                input,
                &mut self.scratch[written..],
                &mut self.ends[cells..],
            );
            taken += more_in;
            written += more_out;
            cells += more_cells;
            match result {
                ReadRecordResult::InputEmpty if last => {}
                ReadRecordResult::InputEmpty => {
                    self.restart();
                    return Ok(None);
                }
                ReadRecordResult::OutputFull => {
                    self.scratch.resize(self.scratch.len() * 2, 0);
                }
                ReadRecordResult::OutputEndsFull => {
                    return Err(TooWide { line: self.line });
                }
                ReadRecordResult::Record | ReadRecordResult::End => break,
            }
        }
        if cells >= self.ends.len() {
            return Err(TooWide { line: self.line });
        }
        // The line end is left to the caller's loop, which counts it.
        let next = at + taken - usize::from(!by_end);
        let first = rows.cells.len();
        let mut start = at;
        for end in &self.ends[..cells] {
            rows.cell(start..at + end);
            start = at + end;
        }
        rows.rows.push(Row { line: self.line, first, end: rows.cells.len() });
        self.line += line_ends(&block[at..next]);
        block[at..at + written].copy_from_slice(&self.scratch[..written]);
        // What is left over of the old text could be half a sign.
        block[at + written..next].fill(b' ');
        Ok(Some(next))
    }

    /// Ends the last row of the text and gives where its last cell ends. A line end does so,
    /// unless the quotes are still open: there it is one more sign of the cell.
    fn close(&mut self) -> usize {
        let (mut text, mut ends) = ([0; 16], [0; 4]);
        let (answer, _, more, _) = self.core.read_record(b"\n", &mut text, &mut ends);
        let open = matches!(answer, ReadRecordResult::InputEmpty);
        self.unclosed = open.then_some(self.line);
        if open {
            self.core.read_record(b"", &mut text, &mut ends);
        }
        let [end, ..] = ends;
        end.saturating_sub(more)
    }

    /// Puts `csv-core` at the start of a row. It is shown a line end first, because at its
    /// very start it takes off a byte order mark.
    fn restart(&mut self) {
        self.core.reset();
        self.core.read_record(b"\n", &mut self.scratch, &mut self.ends);
    }
}

/// How many line ends there are.
fn line_ends(text: &[u8]) -> u64 {
    let feeds = memchr_iter(b'\n', text).count() as u64;
    if memchr(b'\r', text).is_none() {
        return feeds;
    }
    let alone = memchr_iter(b'\r', text).filter(|at| text.get(at + 1) != Some(&b'\n'));
    feeds + alone.count() as u64
}

#[cfg(test)]
mod tests;
