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

/// Most values of one page whose lengths are stored apart; writers put some ten thousand
/// into one.
const MOST_VALUES: u64 = 1 << 24;

/// Longest text of a dictionary, in bytes. It may stand in each row of a batch.
const LONGEST_WORD: usize = 128 << 10;

/// The row groups of a file, whose pages are checked.
pub(super) struct Checked {
    file: Arc<File>,
    metadata: Arc<ParquetMetaData>,
}

impl Checked {
    pub(super) fn new(file: File, metadata: Arc<ParquetMetaData>) -> Self {
        Self { file: Arc::new(file), metadata }
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
        Some(inner.map(|inner| {
            Box::new(Pages { inner, form: Form::of(chunk) }) as Box<dyn PageReader>
        }))
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
            self.form
                .check(page)
                .map_err(|told| ParquetError::General(told.to_owned()))?;
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
    fn check(&self, page: &Page) -> Checks {
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
                    return Ok(());
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
                    return Ok(());
                }
                let before =
                    u64::from(*def_levels_byte_len) + u64::from(*rep_levels_byte_len);
                let values = usize::try_from(before).ok().and_then(|at| buf.get(at..));
                check_counts(values.ok_or("a page is cut off")?, *encoding, *num_values)
            }
        }
    }

    fn check_dictionary(&self, buf: &[u8], num_values: u32) -> Checks {
        let width = match self.kind {
            Type::BOOLEAN | Type::FIXED_LEN_BYTE_ARRAY => 1,
            Type::INT32 | Type::FLOAT | Type::BYTE_ARRAY => 4,
            Type::INT64 | Type::DOUBLE => 8,
            Type::INT96 => 12,
        };
        if (num_values as usize).saturating_mul(width) > buf.len() {
            return Err("a dictionary holds fewer values than it says");
        }
        if self.kind != Type::BYTE_ARRAY {
            return Ok(());
        }
        let mut rest = buf;
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
            rest = text.get(length..).ok_or("a dictionary is cut off")?;
        }
        Ok(())
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

/// Checks that no list of lengths says to hold more than the page has values.
fn check_counts(values: &[u8], encoding: Encoding, num_values: u32) -> Checks {
    let mut rest = values;
    for list in 0..counts(encoding) {
        if list > 0 {
            rest = after_lengths(rest).ok_or("lengths of texts are cut off")?;
        }
        let header = Header::read(rest).ok_or("lengths of texts are cut off")?;
        if header.count > u64::from(num_values).min(MOST_VALUES) {
            return Err("a page says to hold more texts than it has values");
        }
    }
    Ok(())
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
    rest: &'b [u8],
}

impl<'b> Header<'b> {
    fn read(bytes: &'b [u8]) -> Option<Self> {
        let (block, rest) = number(bytes)?;
        let (miniblocks, rest) = number(rest)?;
        let (count, rest) = number(rest)?;
        let (_first, rest) = number(rest)?;
        let in_miniblock = block.checked_div(miniblocks)?;
        let sound = in_miniblock > 0 && in_miniblock.is_multiple_of(32);
        sound.then_some(Self { in_miniblock, miniblocks, count, rest })
    }
}

/// What follows a list of numbers packed as differences.
fn after_lengths(bytes: &[u8]) -> Option<&[u8]> {
    let Header { in_miniblock, miniblocks, count, mut rest } = Header::read(bytes)?;
    let mut left = count.saturating_sub(1);
    while left > 0 {
        let (_least, after) = number(rest)?;
        let (widths, after) =
            after.split_at_checked(usize::try_from(miniblocks).ok()?)?;
        rest = after;
        for width in widths {
            if left == 0 {
                break;
            }
            let bytes = u64::from(*width).checked_mul(in_miniblock)? / 8;
            rest = rest.get(usize::try_from(bytes).ok()?..)?;
            left = left.saturating_sub(in_miniblock);
        }
    }
    Some(rest)
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
