//! Run files: rows that no longer fit in memory, sorted by case, in the temporary folder of
//! the builder. They hold codes and numbers only, never a text, and live as long as the
//! build. Numbers are masked, because a column of numbers may turn out to hold people.

use crate::attribute::Attribute;
use crate::error::{FileFault, WriteError, at};
use crate::rows::{Cells, Kind, Rows};
use arrow_buffer::ToByteSlice;
use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

/// Rows that are written and read together.
pub(crate) const CHUNK: usize = 1 << 16;

/// A run that was written.
pub(crate) struct Run {
    path: PathBuf,
    rows: usize,
    /// For each attribute of that moment: its kind, and which of its kinds that was.
    kinds: Vec<(Kind, usize)>,
    seed: u64,
}

/// Masks numbers, or unmasks them: the same step does both. It keeps numbers from being
/// found in the file as they stand; it is no lasting secret, nor is the file lasting.
fn mask(cells: &mut [u64], seed: u64, column: usize, first: usize) {
    let start = seed ^ (column as u64).rotate_left(40) ^ first as u64;
    for (at, cell) in (0_u64..).zip(cells) {
        let mut bits = start.wrapping_add(at.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        *cell ^= bits ^ (bits >> 31);
    }
}

impl Run {
    /// Writes rows in the given order.
    pub(crate) fn write(
        path: &Path,
        rows: &Rows,
        order: &[u32],
        attributes: &[Attribute],
        seed: u64,
    ) -> Result<Self, FileFault> {
        let kinds: Vec<_> =
            attributes.iter().map(|a| (a.kind, a.kinds.len() - 1)).collect();
        let only: Vec<Kind> = kinds.iter().map(|(kind, _)| *kind).collect();
        let file = File::create_new(path).map_err(at::<FileFault>("make", path))?;
        let mut out = BufWriter::with_capacity(1 << 20, file);
        for (nth, part) in order.chunks(CHUNK).enumerate() {
            let mut chunk = rows.gather(part);
            chunk.complete(&only);
            for (column, cells) in chunk.attributes.iter_mut().enumerate() {
                if let Cells::Wide(cells) = cells {
                    mask(cells, seed, column, nth * CHUNK);
                }
            }
            write_chunk(&mut out, &chunk).map_err(at::<FileFault>("write", path))?;
        }
        out.flush().map_err(at::<FileFault>("write", path))?;
        Ok(Self { path: path.to_owned(), rows: order.len(), kinds, seed })
    }

    /// Whether the column was of another kind then and must be turned into text now.
    pub(crate) fn turns_to_text(&self, at: usize, attribute: &Attribute) -> bool {
        attribute.kind == Kind::Text
            && self.kinds.get(at).is_some_and(|(kind, _)| *kind != Kind::Text)
    }

    /// Reads from the start.
    pub(crate) fn read(&self) -> Result<RunReader, FileFault> {
        let file = File::open(&self.path).map_err(at::<FileFault>("read", &self.path))?;
        Ok(RunReader {
            file: BufReader::with_capacity(1 << 20, file),
            path: self.path.clone(),
            given: 0,
            rows: self.rows,
            kinds: self.kinds.clone(),
            seed: self.seed,
            bytes: Vec::new(),
        })
    }
}

fn write_chunk(out: &mut impl Write, chunk: &Rows) -> std::io::Result<()> {
    out.write_all(chunk.case.to_byte_slice())?;
    out.write_all(chunk.activity.to_byte_slice())?;
    out.write_all(chunk.who.to_byte_slice())?;
    out.write_all(chunk.time.to_byte_slice())?;
    out.write_all(&chunk.flags)?;
    out.write_all(chunk.place.to_byte_slice())?;
    for cells in &chunk.attributes {
        match cells {
            Cells::Narrow(cells) => out.write_all(cells.to_byte_slice())?,
            Cells::Wide(cells) => out.write_all(cells.to_byte_slice())?,
        }
    }
    Ok(())
}

/// Reads a run back, chunk by chunk.
pub(crate) struct RunReader {
    file: BufReader<File>,
    path: PathBuf,
    given: usize,
    rows: usize,
    kinds: Vec<(Kind, usize)>,
    seed: u64,
    bytes: Vec<u8>,
}

impl RunReader {
    /// The next rows, with attributes of the kinds they have now; `None` at the end.
    pub(crate) fn next(
        &mut self,
        attributes: &mut [Attribute],
    ) -> Result<Option<Rows>, WriteError> {
        let count = (self.rows - self.given).min(CHUNK);
        if count == 0 {
            return Ok(None);
        }
        let path = self.path.clone();
        let mut rows = self.read_chunk(count).map_err(at::<WriteError>("read", &path))?;
        for ((attribute, cells), (_, step)) in
            attributes.iter_mut().zip(&mut rows.attributes).zip(&self.kinds)
        {
            attribute.convert_from(*step, cells).map_err(|_full| {
                WriteError::TooMuchText { column: attribute.name.clone() }
            })?;
        }
        Ok(Some(rows))
    }

    fn read_chunk(&mut self, count: usize) -> std::io::Result<Rows> {
        let mut rows = Rows {
            case: self.read_u32(count)?,
            activity: self.read_u32(count)?,
            who: self.read_u32(count)?,
            time: self.read_u64(count)?.into_iter().map(u64::cast_signed).collect(),
            ..Rows::default()
        };
        rows.flags = vec![0; count];
        self.file.read_exact(&mut rows.flags)?;
        rows.place = self.read_u64(count)?;
        for at in 0..self.kinds.len() {
            let narrow = self.kinds.get(at).is_some_and(|(kind, _)| kind.is_narrow());
            rows.attributes.push(if narrow {
                Cells::Narrow(self.read_u32(count)?)
            } else {
                let mut cells = self.read_u64(count)?;
                mask(&mut cells, self.seed, at, self.given);
                Cells::Wide(cells)
            });
        }
        self.given += count;
        Ok(rows)
    }

    fn read_u32(&mut self, count: usize) -> std::io::Result<Vec<u32>> {
        self.bytes.resize(count * 4, 0);
        self.file.read_exact(&mut self.bytes)?;
        let (words, _) = self.bytes.as_chunks();
        Ok(words.iter().map(|word| u32::from_ne_bytes(*word)).collect())
    }

    fn read_u64(&mut self, count: usize) -> std::io::Result<Vec<u64>> {
        self.bytes.resize(count * 8, 0);
        self.file.read_exact(&mut self.bytes)?;
        let (words, _) = self.bytes.as_chunks();
        Ok(words.iter().map(|word| u64::from_ne_bytes(*word)).collect())
    }
}
