//! The bytes of a table as text: takes off a byte order mark and decodes UTF-16 and
//! Windows-1252, in pieces. UTF-8 passes as it stands and is checked when it was split.

use crate::ReadError;
use crate::mapping::Encoding;
use encoding_rs::{CoderResult, Decoder, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::io::{self, BufRead, Read as _};

/// Bytes decoded at a time; a decoder needs at most three times the room.
const PIECE: usize = 64 << 10;

/// A source of text.
pub(super) struct Text<'s> {
    from: Box<dyn BufRead + 's>,
    decoder: Option<Decoder>,
    /// Bytes that were read and not yet decoded.
    raw: Vec<u8>,
    ended: bool,
    /// Whether the decoder had to replace anything since it was last asked.
    replaced: bool,
}

impl<'s> Text<'s> {
    /// Begins to read; a byte order mark wins over the encoding that is said.
    pub(super) fn new(
        mut from: Box<dyn BufRead + 's>,
        said: Option<Encoding>,
    ) -> Result<Self, ReadError> {
        let mut raw = Vec::with_capacity(PIECE);
        from.by_ref()
            .take(3)
            .read_to_end(&mut raw)
            .map_err(|e| ReadError::io(None, &e))?;
        let (encoding, mark) = match raw.as_slice() {
            [0xef, 0xbb, 0xbf] => (None, 3),
            [0xff, 0xfe, ..] => (Some(UTF_16LE), 2),
            [0xfe, 0xff, ..] => (Some(UTF_16BE), 2),
            _ if said == Some(Encoding::Windows1252) => (Some(WINDOWS_1252), 0),
            _ => (None, 0),
        };
        raw.drain(..mark);
        let decoder =
            encoding.map(encoding_rs::Encoding::new_decoder_without_bom_handling);
        Ok(Self { from, decoder, raw, ended: false, replaced: false })
    }

    /// Fills a buffer with text as far as it goes; how many bytes came. 0 only at the end,
    /// or where the buffer is too small for one sign.
    pub(super) fn fill(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let mut got = 0;
        while let Some(rest) = into.get_mut(got..).filter(|rest| rest.len() >= 4) {
            let more = if self.decoder.is_some() {
                self.decoded(rest)?
            } else {
                self.plain(rest)?
            };
            got += more;
            if more == 0 {
                break;
            }
        }
        Ok(got)
    }

    fn plain(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if !self.raw.is_empty() {
            let many = self.raw.len().min(into.len());
            for (to, byte) in into.iter_mut().zip(self.raw.drain(..many)) {
                *to = byte;
            }
            return Ok(many);
        }
        read(&mut *self.from, into)
    }

    fn decoded(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let Some(decoder) = &mut self.decoder else { return Ok(0) };
        loop {
            if self.raw.is_empty() && !self.ended {
                self.raw.resize(PIECE, 0);
                let got = read(&mut *self.from, &mut self.raw)?;
                self.raw.truncate(got);
                self.ended = got == 0;
            }
            let (result, taken, written, replaced) =
                decoder.decode_to_utf8(&self.raw, into, self.ended);
            self.raw.drain(..taken);
            self.replaced |= replaced;
            let finished = self.ended && result == CoderResult::InputEmpty;
            if finished {
                // A finished decoder must not be asked again, not even where it has just
                // written the sign for half a sign at the end.
                self.decoder = None;
                return Ok(written);
            }
            if written > 0 || result == CoderResult::OutputFull {
                return Ok(written);
            }
        }
    }

    /// Whether signs were replaced since this was last asked.
    pub(super) fn take_replaced(&mut self) -> bool {
        std::mem::take(&mut self.replaced)
    }
}

fn read(from: &mut dyn BufRead, into: &mut [u8]) -> io::Result<usize> {
    loop {
        match from.read(into) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            other => return other,
        }
    }
}
