//! The window on the file: bytes in, sound UTF-8 out, never more than the bound.

use crate::ReadError;
use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};
use model::Place;
use std::io::{self, Read};

/// The window to begin with: small enough for the second-level cache, so that unpacking,
/// checking and cutting each find the bytes there.
const WINDOW: usize = 192 << 10;

/// Why no more bytes came.
#[derive(Debug)]
pub(super) enum Stop {
    Io(io::Error),
    TooLong(usize),
    Encoding(String),
}

impl Stop {
    pub(super) fn at(self, line: u64) -> ReadError {
        let place = Some(Place::Line(line));
        let sentence = match self {
            Self::Io(error) => return ReadError::io(place, &error),
            Self::TooLong(most) => format!(
                "a tag or text that begins here is longer than {most} bytes; the file is \
                 broken or no log"
            ),
            Self::Encoding(name) => format!(
                "the encoding `{name}` is not read; save the file as UTF-8, UTF-16, \
                 ISO-8859-1 or Windows-1252"
            ),
        };
        ReadError { place, sentence }
    }
}

/// A sliding window on a reader.
pub(super) struct Source<'r> {
    from: &'r mut dyn Read,
    window: Vec<u8>,
    /// Sound bytes are `window[..end]`; behind them at most three of an unfinished sign.
    sound: usize,
    end: usize,
    piece: usize,
    started: bool,
    ended: bool,
    decoder: Option<Decoder>,
    packed: Vec<u8>,
    /// Bytes that were replaced since last asked.
    pub(super) replaced: u64,
}

impl<'r> Source<'r> {
    pub(super) fn new(from: &'r mut dyn Read, piece: usize) -> Self {
        Self {
            from,
            window: vec![0; WINDOW.min(piece.max(64))],
            sound: 0,
            end: 0,
            piece: piece.max(64),
            started: false,
            ended: false,
            decoder: None,
            packed: Vec::new(),
            replaced: 0,
        }
    }

    /// The sound part of the window.
    pub(super) fn text(&self) -> Result<&str, std::str::Utf8Error> {
        let bytes = self.window.get(..self.sound).unwrap_or_default();
        // `fill` has checked it; checking once more costs a twentieth of cutting it.
        std::str::from_utf8(bytes)
    }

    /// Drops what was read from the front of the window.
    pub(super) fn consume(&mut self, count: usize) {
        self.window.copy_within(count..self.end, 0);
        self.end -= count;
        self.sound -= count;
    }

    /// Fills the window; false when nothing more will come.
    pub(super) fn fill(&mut self) -> Result<bool, Stop> {
        if self.ended {
            return Ok(false);
        }
        // A piece that fills more than half the window needs a larger one.
        if self.end * 2 > self.window.len() {
            if self.end >= self.piece {
                return Err(Stop::TooLong(self.piece));
            }
            let larger = (self.window.len() * 2).min(self.piece + 8);
            self.window.resize(larger.max(self.window.len()), 0);
        }
        // Something has to come each time, or the same window would be read for ever.
        self.take()?;
        let enough = if self.started {
            self.window.len() / 2
        } else {
            1024.min(self.window.len())
        };
        while self.end < enough && !self.ended {
            self.take()?;
        }
        if !self.started {
            self.started = true;
            self.begin()?;
        }
        self.check();
        Ok(!self.ended)
    }

    /// Takes bytes once.
    fn take(&mut self) -> Result<(), Stop> {
        let Self { from, window, end, decoder, packed, ended, replaced, .. } = self;
        let room = window.get_mut(*end..).unwrap_or_default();
        let Some(decoder) = decoder else {
            let got = read_once(*from, room)?;
            *end += got;
            *ended = got == 0;
            return Ok(());
        };
        if packed.is_empty() {
            packed.resize(room.len().min(WINDOW) / 4 + 16, 0);
            let got = read_once(*from, packed)?;
            packed.truncate(got);
            *ended = got == 0;
        }
        let (_, read, written, bad) = decoder.decode_to_utf8(packed, room, *ended);
        packed.drain(..read);
        *end += written;
        *replaced += u64::from(bad);
        Ok(())
    }

    /// Looks at the first bytes: a byte order mark, or an encoding that is declared.
    fn begin(&mut self) -> Result<(), Stop> {
        let start = self.window.get(..self.end).unwrap_or_default();
        let encoding = match Encoding::for_bom(start) {
            Some((encoding, length)) if encoding == UTF_8 => {
                self.consume_raw(length);
                return Ok(());
            }
            Some((encoding, _)) => encoding,
            None if start.starts_with(b"<\0") => UTF_16LE,
            None if start.starts_with(b"\0<") => UTF_16BE,
            None => match declared(start) {
                None | Some(b"us-ascii" | b"US-ASCII") => return Ok(()),
                // Programs that write UTF-8 and declare UTF-16 are common; that the
                // declaration could be read byte by byte shows that it is not UTF-16.
                Some(name) => match Encoding::for_label(name) {
                    Some(encoding) if [UTF_8, UTF_16LE, UTF_16BE].contains(&encoding) => {
                        return Ok(());
                    }
                    Some(encoding) if encoding.is_single_byte() => encoding,
                    _ => return Err(Stop::Encoding(name.escape_ascii().to_string())),
                },
            },
        };
        let raw = start.to_vec();
        self.end = 0;
        self.decoder = Some(encoding.new_decoder_with_bom_removal());
        self.packed = raw;
        // The end was seen before decoding began; it will be seen again.
        self.ended = false;
        while !self.packed.is_empty() && self.end + 8 < self.window.len() {
            self.take()?;
        }
        Ok(())
    }

    fn consume_raw(&mut self, count: usize) {
        self.window.copy_within(count..self.end, 0);
        self.end -= count;
    }

    /// Finds how far the window is sound, and replaces what is not.
    fn check(&mut self) {
        let fresh = self.window.get(self.sound..self.end).unwrap_or_default();
        let Err(error) = std::str::from_utf8(fresh) else {
            self.sound = self.end;
            return;
        };
        if error.error_len().is_none() && !self.ended {
            self.sound += error.valid_up_to();
            return;
        }
        let mut mended = String::with_capacity(fresh.len() + 64);
        let mut rest = Vec::new();
        let mut replaced = 0;
        let mut chunks = fresh.utf8_chunks().peekable();
        while let Some(chunk) = chunks.next() {
            mended.push_str(chunk.valid());
            let bad = chunk.invalid();
            let unfinished = || {
                std::str::from_utf8(bad).is_err_and(|error| error.error_len().is_none())
            };
            if chunks.peek().is_none() && !self.ended && !bad.is_empty() && unfinished() {
                rest = bad.to_vec();
            } else if !bad.is_empty() {
                mended.push(char::REPLACEMENT_CHARACTER);
                replaced += 1;
            }
        }
        self.replaced += replaced;
        self.window.truncate(self.sound);
        self.window.extend_from_slice(mended.as_bytes());
        self.sound = self.window.len();
        self.window.extend_from_slice(&rest);
        self.end = self.window.len();
        let room = self.window.len().max(WINDOW.min(self.piece));
        self.window.resize(room, 0);
    }
}

fn read_once(from: &mut dyn Read, into: &mut [u8]) -> Result<usize, Stop> {
    loop {
        match from.read(into) {
            Ok(got) => return Ok(got),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(Stop::Io(error)),
        }
    }
}

/// The name of the encoding in an XML declaration.
fn declared(start: &[u8]) -> Option<&[u8]> {
    let start = start.strip_prefix(b"<?xml")?;
    let declaration = start.get(..memchr::memmem::find(start, b"?>")?)?;
    let at = memchr::memmem::find(declaration, b"encoding")?;
    let value = declaration.get(at + b"encoding".len()..)?.trim_ascii_start();
    let value = value.strip_prefix(b"=")?.trim_ascii_start();
    let (quote, value) = value.split_first()?;
    value.get(..memchr::memchr(*quote, value)?)
}
