//! A reader between the file and the JSON parser that knows where it is and lets no single
//! text grow beyond the bound; the parser itself would take any.

use model::Place;
use std::cell::Cell;
use std::io::{self, BufRead, Read};

/// How far the parser has come.
#[derive(Debug)]
pub(super) struct Position {
    bytes: Cell<u64>,
    lines: Cell<u64>,
    by_line: bool,
}

impl Position {
    /// `by_line`: places are lines and not bytes.
    pub(super) const fn new(by_line: bool) -> Self {
        Self { bytes: Cell::new(0), lines: Cell::new(1), by_line }
    }

    /// The place of the byte read last.
    pub(super) const fn place(&self) -> Place {
        if self.by_line {
            Place::Line(self.lines.get())
        } else {
            Place::Byte(self.bytes.get().saturating_sub(1))
        }
    }

    /// Whether the text read so far has lines of a length that helps to find something.
    pub(super) const fn has_lines(&self) -> bool {
        self.bytes.get() / self.lines.get() < 2000
    }
}

pub(super) struct Guard<'p, R> {
    from: R,
    position: &'p Position,
    most: usize,
    /// Bytes of the text or number that is being read.
    run: usize,
    in_text: bool,
    escaped: bool,
    started: bool,
}

impl<'p, R: BufRead> Guard<'p, R> {
    pub(super) const fn new(from: R, most: usize, position: &'p Position) -> Self {
        Self {
            from,
            position,
            most,
            run: 0,
            in_text: false,
            escaped: false,
            started: false,
        }
    }

    fn pass(&mut self, byte: u8) -> io::Result<()> {
        let position = self.position;
        position.bytes.set(position.bytes.get() + 1);
        if byte == b'\n' {
            position.lines.set(position.lines.get() + 1);
        }
        self.run += 1;
        if self.escaped {
            self.escaped = false;
        } else if self.in_text {
            match byte {
                b'\\' => self.escaped = true,
                b'"' => (self.in_text, self.run) = (false, 0),
                _ => {}
            }
        } else {
            match byte {
                b'"' => (self.in_text, self.run) = (true, 0),
                b',' | b':' | b'[' | b']' | b'{' | b'}' | b' ' | b'\n' | b'\r'
                | b'\t' => {
                    self.run = 0;
                }
                _ => {}
            }
        }
        if self.run > self.most {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        Ok(())
    }
}

impl<R: BufRead> Read for Guard<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let mut waiting = self.from.fill_buf()?;
        if !self.started {
            self.started = true;
            if waiting.starts_with(b"\xef\xbb\xbf") {
                self.from.consume(3);
                waiting = self.from.fill_buf()?;
            }
        }
        // The parser asks for one byte at a time, so the position is exact.
        let (Some(byte), Some(place)) = (waiting.first().copied(), into.first_mut())
        else {
            return Ok(0);
        };
        *place = byte;
        self.from.consume(1);
        self.pass(byte)?;
        Ok(1)
    }
}
