//! Pages of a Parquet file, looked at before foreign code decodes them.
//!
//! The decoders make room for as many values as a page says it has, and a text that stands
//! once in a page may be repeated in every row. A file of a few bytes could so ask for more
//! memory than there is, which ends the program without a sentence. Each page is therefore
//! checked against what it holds.

use super::headers;
use parquet::arrow::arrow_reader::RowGroups;
use parquet::basic::{Encoding, Type};
use parquet::column::page::{Page, PageIterator, PageMetadata, PageReader};
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::{ColumnChunkMetaData, ParquetMetaData, RowGroupMetaData};
use parquet::file::serialized_reader::SerializedPageReader;
use std::fs::File;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Most values of one page whose lengths are stored apart; writers put some ten thousand
/// into one.
const MOST_VALUES: u64 = 1 << 24;

/// Longest text of a dictionary, in bytes. It may stand in each row of a batch.
const LONGEST_WORD: usize = 128 << 10;

/// Most bytes the values of the rows that are read together may take.
const MOST_AT_ONCE: u64 = 1 << 30;

/// How many bytes the pages of the rows that are being read may become.
#[derive(Clone, Default)]
pub(super) struct Budget(Arc<AtomicU64>);

impl Budget {
    /// Begins anew for the next rows.
    pub(super) fn renew(&self) {
        self.0.store(0, Ordering::Relaxed);
    }

    fn take(&self, bytes: u64) -> Checks {
        let before = self.0.fetch_add(bytes, Ordering::Relaxed);
        if before.saturating_add(bytes) > MOST_AT_ONCE {
            return Err(
                "rows that are read together become more than 1073741824 bytes, write \
                        the table with shorter texts",
            );
        }
        Ok(())
    }
}

/// The row groups of a file, whose pages are checked.
pub(super) struct Checked {
    file: Arc<File>,
    metadata: Arc<ParquetMetaData>,
    budget: Budget,
}

impl Checked {
    pub(super) fn new(
        file: File,
        metadata: Arc<ParquetMetaData>,
        budget: Budget,
    ) -> Self {
        Self { file: Arc::new(file), metadata, budget }
    }
}

impl RowGroups for Checked {
    fn num_rows(&self) -> usize {
        let rows = self.metadata.row_groups().iter().map(RowGroupMetaData::num_rows);
        rows.filter_map(|rows| usize::try_from(rows).ok()).fold(0, usize::saturating_add)
    }

    fn column_chunks(&self, column: usize) -> Result<Box<dyn PageIterator>> {
        Ok(Box::new(Chunks {
            file: self.file.clone(),
            metadata: self.metadata.clone(),
            budget: self.budget.clone(),
            column,
            groups: 0..self.metadata.num_row_groups(),
        }))
    }

    fn row_groups(&self) -> Box<dyn Iterator<Item = &RowGroupMetaData> + '_> {
        Box::new(self.metadata.row_groups().iter())
    }

    fn metadata(&self) -> &ParquetMetaData {
        &self.metadata
    }
}

/// The chunks of one column.
struct Chunks {
    file: Arc<File>,
    metadata: Arc<ParquetMetaData>,
    budget: Budget,
    column: usize,
    groups: Range<usize>,
}

impl Iterator for Chunks {
    type Item = Result<Box<dyn PageReader>>;

    fn next(&mut self) -> Option<Self::Item> {
        let group = self.metadata.row_groups().get(self.groups.next()?)?;
        let chunk = group.columns().get(self.column)?;
        let rows = usize::try_from(group.num_rows()).unwrap_or(0);
        let (start, length) = chunk.byte_range();
        if let Err(told) = headers::check(&*self.file, start, length) {
            return Some(Err(ParquetError::General(told.to_owned())));
        }
        let inner = SerializedPageReader::new(self.file.clone(), chunk, rows, None);
        let (form, budget) = (Form::of(chunk), self.budget.clone());
        Some(
            inner.map(|inner| {
                Box::new(Pages { inner, form, budget }) as Box<dyn PageReader>
            }),
        )
    }
}

impl PageIterator for Chunks {}

/// What of a column decides how its pages are laid out.
struct Form {
    kind: Type,
    /// Whether a value may be missing or repeated: levels then stand before the values.
    levels: [bool; 2],
}

impl Form {
    fn of(chunk: &ColumnChunkMetaData) -> Self {
        let column = chunk.column_descr();
        let levels = [column.max_rep_level() > 0, column.max_def_level() > 0];
        Self { kind: chunk.column_type(), levels }
    }
}

/// The pages of one chunk.
struct Pages {
    inner: SerializedPageReader<File>,
    form: Form,
    budget: Budget,
}

impl Iterator for Pages {
    type Item = Result<Page>;

    fn next(&mut self) -> Option<Self::Item> {
        self.get_next_page().transpose()
    }
}

impl PageReader for Pages {
    fn get_next_page(&mut self) -> Result<Option<Page>> {
        let page = self.inner.get_next_page()?;
        if let Some(page) = &page {
            let checked = self.form.check(page).and_then(|size| self.budget.take(size));
            checked.map_err(|told| ParquetError::General(told.to_owned()))?;
        }
        Ok(page)
    }

    fn peek_next_page(&mut self) -> Result<Option<PageMetadata>> {
        self.inner.peek_next_page()
    }

    fn skip_next_page(&mut self) -> Result<()> {
        self.inner.skip_next_page()
    }

    fn at_record_boundary(&mut self) -> Result<bool> {
        self.inner.at_record_boundary()
    }
}

type Checks<T = ()> = std::result::Result<T, &'static str>;

impl Form {
    /// Checks a page and gives how many bytes its values may take in rows read together.
    fn check(&self, page: &Page) -> Checks<u64> {
        match page {
            Page::DictionaryPage { buf, num_values, .. } => {
                self.check_dictionary(buf, *num_values)
            }
            Page::DataPage {
                buf,
                num_values,
                encoding,
                def_level_encoding,
                rep_level_encoding,
                ..
            } => {
                if counts(*encoding) == 0 {
                    return Ok(buf.len() as u64);
                }
                let mut values: &[u8] = buf;
                let packed = [rep_level_encoding, def_level_encoding];
                for (_, packed) in self.levels.iter().zip(packed).filter(|l| *l.0) {
                    if *packed != Encoding::RLE {
                        return Err(
                            "levels are packed in a way that was given up before \
                                    texts were stored by lengths",
                        );
                    }
                    values = after_levels(values).ok_or("a page is cut off")?;
                }
                check_counts(values, *encoding, *num_values)
            }
            Page::DataPageV2 {
                buf,
                num_values,
                encoding,
                def_levels_byte_len,
                rep_levels_byte_len,
                ..
            } => {
                if counts(*encoding) == 0 {
                    return Ok(buf.len() as u64);
                }
                let before =
                    u64::from(*def_levels_byte_len) + u64::from(*rep_levels_byte_len);
                let values = usize::try_from(before).ok().and_then(|at| buf.get(at..));
                check_counts(values.ok_or("a page is cut off")?, *encoding, *num_values)
            }
        }
    }

    fn check_dictionary(&self, buf: &[u8], num_values: u32) -> Checks<u64> {
        let width = match self.kind {
            Type::BOOLEAN | Type::FIXED_LEN_BYTE_ARRAY => 1,
            Type::INT32 | Type::FLOAT | Type::BYTE_ARRAY => 4,
            Type::INT64 | Type::DOUBLE => 8,
            Type::INT96 => 12,
        };
        if (num_values as usize).saturating_mul(width) > buf.len() {
            return Err("a dictionary holds fewer values than it says");
        }
        let size = buf.len() as u64;
        if self.kind != Type::BYTE_ARRAY {
            return Ok(size);
        }
        let (mut rest, mut longest) = (buf, 0);
        for _ in 0..num_values {
            let (length, text) =
                rest.split_first_chunk().ok_or("a dictionary is cut off")?;
            let length = u32::from_le_bytes(*length) as usize;
            if length > LONGEST_WORD {
                return Err(
                    "a dictionary holds a text of more than 131072 bytes, write the \
                            table without dictionaries",
                );
            }
            longest = longest.max(length);
            rest = text.get(length..).ok_or("a dictionary is cut off")?;
        }
        Ok(size.max((longest * super::BATCH) as u64))
    }
}

/// How many lists of lengths stand before the texts of a page.
const fn counts(encoding: Encoding) -> u8 {
    match encoding {
        Encoding::DELTA_LENGTH_BYTE_ARRAY => 1,
        Encoding::DELTA_BYTE_ARRAY => 2,
        _ => 0,
    }
}

/// Checks that no list of lengths says to hold more than the page has values. Gives how many
/// bytes the texts take: where each may begin as the one before it, more than the page.
fn check_counts(values: &[u8], encoding: Encoding, num_values: u32) -> Checks<u64> {
    const CUT_OFF: &str = "lengths of texts are cut off";
    let (mut rest, mut size) = (values, 0);
    for _ in 0..counts(encoding) {
        let header = Header::read(rest).ok_or(CUT_OFF)?;
        if header.count > u64::from(num_values).min(MOST_VALUES) {
            return Err("a page says to hold more texts than it has values");
        }
        if counts(encoding) > 1 {
            let (sum, after) = header.sum().ok_or(CUT_OFF)?;
            rest = after;
            size += sum;
        }
    }
    Ok(size.max(values.len() as u64))
}

/// What follows the levels of a page of the first version: four bytes of length, then as
/// many bytes.
fn after_levels(page: &[u8]) -> Option<&[u8]> {
    let (length, rest) = page.split_first_chunk()?;
    rest.get(u32::from_le_bytes(*length) as usize..)
}

/// The head of a list of numbers packed as differences (Parquet, encodings, 5).
struct Header<'b> {
    in_miniblock: u64,
    miniblocks: u64,
    count: u64,
    first: i64,
    rest: &'b [u8],
}

impl<'b> Header<'b> {
    fn read(bytes: &'b [u8]) -> Option<Self> {
        let (block, rest) = number(bytes)?;
        let (miniblocks, rest) = number(rest)?;
        let (count, rest) = number(rest)?;
        let (first, rest) = number(rest)?;
        let in_miniblock = block.checked_div(miniblocks)?;
        let sound = in_miniblock > 0 && in_miniblock.is_multiple_of(32);
        let first = headers::zigzag(first);
        sound.then_some(Self { in_miniblock, miniblocks, count, first, rest })
    }

    /// The sum of the numbers, none of which may be negative, and what follows them.
    fn sum(self) -> Option<(u64, &'b [u8])> {
        let Self { in_miniblock, miniblocks, count, first, mut rest } = self;
        let miniblocks = usize::try_from(miniblocks).ok()?;
        let (mut left, mut value) = (count.saturating_sub(1), first);
        let mut sum = if count == 0 { 0 } else { u64::try_from(first).ok()? };
        while left > 0 {
            let (least, after) = number(rest)?;
            let least = headers::zigzag(least);
            let (widths, after) = after.split_at_checked(miniblocks)?;
            rest = after;
            for width in widths {
                if left == 0 {
                    break;
                }
                let bits = u64::from(*width);
                let size = bits.checked_mul(in_miniblock)? / 8;
                let (packed, after) =
                    rest.split_at_checked(usize::try_from(size).ok()?)?;
                rest = after;
                for at in 0..left.min(in_miniblock) {
                    value = value
                        .checked_add(least)?
                        .checked_add(bits_at(packed, at, bits)?)?;
                    sum = sum.checked_add(u64::try_from(value).ok()?)?;
                }
                left = left.saturating_sub(in_miniblock);
            }
        }
        Some((sum, rest))
    }
}

/// The number at a place among numbers of so many bits each, the lowest bit first.
fn bits_at(packed: &[u8], at: u64, bits: u64) -> Option<i64> {
    if bits == 0 {
        return Some(0);
    }
    if bits > 32 {
        return None;
    }
    let from = at * bits;
    let bytes = packed.get(usize::try_from(from / 8).ok()?..)?;
    let mut window = [0; 8];
    for (to, byte) in window.iter_mut().zip(bytes) {
        *to = *byte;
    }
    let number = u64::from_le_bytes(window) >> (from % 8);
    i64::try_from(number & ((1 << bits) - 1)).ok()
}

/// A number of as many bytes as it needs, seven bits each, the lowest first.
fn number(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let mut value = 0;
    for (at, byte) in bytes.iter().enumerate().take(10) {
        value |= u64::from(byte & 0x7f).checked_shl(7 * u32::try_from(at).ok()?)?;
        if byte & 0x80 == 0 {
            return Some((value, bytes.get(at + 1..)?));
        }
    }
    None
}
