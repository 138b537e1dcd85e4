//! The sizes pages say to unpack to, looked at before foreign code makes room for them.
//!
//! Fifty bytes of a packed page can unpack to two gigabytes, and the decoder unpacks a page
//! as a whole. Only the heads of the pages are read here; they are structures of Thrift in
//! its compact form (Parquet format, `PageHeader`).

use std::io::{BufReader, Read, Seek, SeekFrom};
use std::ops::ControlFlow;

/// Largest page that is unpacked, in bytes. Writers make pages of one megabyte; the largest
/// any is known to make have a hundred.
const LARGEST: u64 = 128 << 20;

/// How deep structures may stand in one another in a head.
const DEPTH: usize = 4;

/// Why a chunk is not decoded.
pub(super) const TOO_LARGE: &str =
    "a page unpacks to more than 134217728 bytes, write the table with smaller pages";
const UNREADABLE: &str = "the head of a page cannot be read";

/// Checks the pages of a chunk that begins at `start` and is `length` bytes long.
pub(super) fn check(
    file: impl Read + Seek,
    start: u64,
    length: u64,
) -> Result<(), &'static str> {
    let mut from = BufReader::with_capacity(512, file);
    from.seek(SeekFrom::Start(start)).map_err(|_unreadable| UNREADABLE)?;
    let mut left = length;
    while left > 0 {
        let mut head = Head { from: &mut from, taken: 0, sizes: [0; 2] };
        head.structure(DEPTH).ok_or(UNREADABLE)?;
        let Head { taken, sizes: [unpacked, packed], .. } = head;
        if unpacked > LARGEST {
            return Err(TOO_LARGE);
        }
        let skip = i64::try_from(packed).map_err(|_unreadable| UNREADABLE)?;
        from.seek_relative(skip).map_err(|_unreadable| UNREADABLE)?;
        left = taken
            .checked_add(packed)
            .and_then(|page| left.checked_sub(page))
            .ok_or(UNREADABLE)?;
    }
    Ok(())
}

/// A head that is being read. `None` from its functions: it is none.
struct Head<'r, R> {
    from: &'r mut R,
    /// Bytes of the head so far.
    taken: u64,
    /// What the page unpacks to, and its size as it stands there.
    sizes: [u64; 2],
}

impl<R: Read> Head<'_, R> {
    /// Reads a structure; the outermost has `depth` [`DEPTH`].
    fn structure(&mut self, depth: usize) -> Option<()> {
        let inner = depth.checked_sub(1)?;
        let mut field = 0_i64;
        while let ControlFlow::Continue((kind, step)) = self.field()? {
            field = match step {
                0 => zigzag(self.number()?),
                step => field + i64::from(step),
            };
            if depth == DEPTH {
                self.of_page(field, kind, inner)?;
            } else {
                self.skip(kind, inner)?;
            }
        }
        Some(())
    }

    /// The kind of the next field and how far its number lies from the last one.
    fn field(&mut self) -> Option<ControlFlow<(), (u8, u8)>> {
        let byte = self.byte()?;
        let kind = byte & 0x0f;
        Some(if kind == 0 {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue((kind, byte >> 4))
        })
    }

    /// A field of the head itself: numbers, of which the sizes are kept, and structures.
    fn of_page(&mut self, field: i64, kind: u8, inner: usize) -> Option<()> {
        match (field, kind) {
            (1..=4, 5) => {
                let value = u64::try_from(zigzag(self.number()?));
                let [unpacked, packed] = &mut self.sizes;
                match field {
                    2 => *unpacked = value.ok()?.max(*unpacked),
                    3 => *packed = value.ok()?,
                    _ => {}
                }
                Some(())
            }
            (5.., 12) => self.structure(inner),
            _ => None,
        }
    }

    fn skip(&mut self, kind: u8, inner: usize) -> Option<()> {
        match kind {
            // The kind of a truth says which it is.
            1 | 2 => Some(()),
            3 => self.byte().map(drop),
            4..=6 => self.number().map(drop),
            7 => self.bytes(8),
            8 => {
                let length = self.number()?;
                self.bytes(length)
            }
            12 => self.structure(inner),
            _ => None,
        }
    }

    fn bytes(&mut self, count: u64) -> Option<()> {
        let mut part = self.from.by_ref().take(count);
        let passed = std::io::copy(&mut part, &mut std::io::sink()).ok()?;
        self.taken = self.taken.checked_add(passed)?;
        (passed == count).then_some(())
    }

    fn byte(&mut self) -> Option<u8> {
        let mut byte = [0];
        self.from.read_exact(&mut byte).ok()?;
        self.taken += 1;
        let [byte] = byte;
        Some(byte)
    }

    /// A number of as many bytes as it needs, seven bits each, the lowest first.
    fn number(&mut self) -> Option<u64> {
        let mut value = 0;
        for at in 0..10 {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f) << (7 * at);
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }
}

/// A number with a sign, as Thrift and Parquet fold it into one without.
pub(super) fn zigzag(number: u64) -> i64 {
    (number >> 1).cast_signed() ^ -((number & 1).cast_signed())
}
