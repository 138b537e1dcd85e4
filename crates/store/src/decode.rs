//! One row group of `events.parquet` becomes one table of events, checked against what was
//! written.

use crate::content::sum;
use crate::error::{StoreError, at};
use crate::manifest::{Block, ColumnType, Manifest};
use crate::rows::{NARROW_NULL, WIDE_NULL};
use crate::write::attribute_column;
use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, Float64Type, Int64Type, TimestampMicrosecondType, UInt32Type,
    UInt64Type,
};
use arrow_array::{
    Array, BooleanArray, Int64Array, PrimitiveArray, RecordBatch, UInt32Array,
};
use columns::events::Dictionaries;
use columns::{Attribute, Events, Values};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ParquetRecordBatchReaderBuilder,
};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::PathBuf;

/// The columns that every batch holds.
const ALWAYS: [&str; 6] = ["case", "activity", "time", "day_only", "who", "place"];

/// An attribute that was asked for.
#[derive(Clone, Debug)]
struct Wanted {
    name: String,
    column: String,
    column_type: ColumnType,
    /// How many texts its dictionary has.
    texts: usize,
}

/// Decodes row groups; one for each thread, because each opens the file for itself.
#[derive(Clone, Debug)]
pub(crate) struct Decoder {
    path: PathBuf,
    metadata: ArrowReaderMetadata,
    blocks: Vec<Block>,
    wanted: Vec<Wanted>,
    mask: ProjectionMask,
    /// How many cases, activities and handlers there are codes for.
    codes: [usize; 3],
}

impl Decoder {
    pub(crate) fn new(
        path: PathBuf,
        metadata: ArrowReaderMetadata,
        manifest: &Manifest,
        dictionaries: &Dictionaries,
        columns: &BTreeSet<String>,
    ) -> Self {
        let wanted: Vec<Wanted> = manifest
            .columns
            .iter()
            .filter(|(name, _)| columns.contains(*name))
            .map(|(name, info)| Wanted {
                name: name.clone(),
                column: attribute_column(name),
                column_type: info.column_type,
                texts: dictionaries
                    .attributes
                    .get(name)
                    .map_or(0, columns::Dictionary::len),
            })
            .collect();
        let named = |name: &str| {
            ALWAYS.contains(&name) || wanted.iter().any(|wanted| wanted.column == name)
        };
        let fields = metadata.schema().fields().iter().enumerate();
        let roots: Vec<usize> =
            fields.filter(|(_, field)| named(field.name())).map(|(at, _)| at).collect();
        let mask = ProjectionMask::roots(metadata.parquet_schema(), roots);
        let codes = [&dictionaries.case, &dictionaries.activity, &dictionaries.who];
        Self {
            path,
            blocks: manifest.parts.blocks.clone(),
            codes: codes.map(columns::Dictionary::len),
            metadata,
            wanted,
            mask,
        }
    }

    pub(crate) fn blocks(&self) -> usize {
        self.blocks.len()
    }

    pub(crate) fn damaged(&self, why: impl std::fmt::Display) -> StoreError {
        StoreError::damaged(&self.path, why)
    }

    /// The events of a row group.
    pub(crate) fn decode(&self, group: usize) -> Result<Events, StoreError> {
        let block = self
            .blocks
            .get(group)
            .ok_or_else(|| self.damaged("a row group is missing"))?;
        let file =
            File::open(&self.path).map_err(at::<StoreError>("read", &self.path))?;
        let rows = usize::try_from(block.rows).map_err(|error| self.damaged(error))?;
        let mut reader = ParquetRecordBatchReaderBuilder::new_with_metadata(
            file,
            self.metadata.clone(),
        )
        .with_row_groups(vec![group])
        .with_projection(self.mask.clone())
        .with_batch_size(rows)
        .build()
        .map_err(|error| self.damaged(error))?;
        let batch = reader
            .next()
            .ok_or_else(|| self.damaged("a row group is empty"))?
            .map_err(|error| self.damaged(error))?;
        if batch.num_rows() != rows {
            return Err(self.damaged("rows are missing"));
        }
        self.events(&Checked { batch, block, decoder: self })
    }

    fn events(&self, from: &Checked<'_>) -> Result<Events, StoreError> {
        let [cases, activities, handlers] = self.codes;
        let mut attributes = BTreeMap::new();
        for wanted in &self.wanted {
            let column = wanted.column.as_str();
            let values = match wanted.column_type {
                ColumnType::Text | ColumnType::Person => {
                    Values::Text(from.codes(column, wanted.texts)?)
                }
                ColumnType::Int => {
                    Values::Int(from.numbers::<Int64Type>(column, i64::cast_unsigned)?)
                }
                ColumnType::Float => {
                    Values::Float(from.numbers::<Float64Type>(column, f64::to_bits)?)
                }
                ColumnType::Bool => Values::Bool(from.yes_or_no(column)?),
                ColumnType::Moment | ColumnType::Date => {
                    Values::Time(from.moments(column)?)
                }
            };
            attributes.insert(wanted.name.clone(), Attribute { values });
        }
        Ok(Events {
            case: from.codes("case", cases)?,
            activity: from.codes("activity", activities)?,
            time: from.moments("time")?,
            day_only: from.days("day_only")?,
            who: from.codes("who", handlers)?,
            place: from.numbers::<UInt64Type>("place", |place| place)?,
            attributes,
        })
    }
}

/// A decoded row group with what is known of it.
struct Checked<'a> {
    batch: RecordBatch,
    block: &'a Block,
    decoder: &'a Decoder,
}

impl Checked<'_> {
    fn compare(&self, column: &str, sum: &str) -> Result<(), StoreError> {
        if self.block.sums.get(column).is_some_and(|written| written == sum) {
            Ok(())
        } else {
            Err(self.decoder.damaged(format_args!("the check sum of `{column}` differs")))
        }
    }

    /// An array of the expected type, without a map of missing values when none is.
    fn array<T: ArrowPrimitiveType>(
        &self,
        column: &str,
    ) -> Result<PrimitiveArray<T>, StoreError> {
        let array = self
            .batch
            .column_by_name(column)
            .and_then(|array| array.as_primitive_opt::<T>())
            .ok_or_else(|| {
                self.decoder.damaged(format_args!("`{column}` is not there"))
            })?;
        if array.nulls().is_some() && array.null_count() == 0 {
            return Ok(PrimitiveArray::new(array.values().clone(), None));
        }
        Ok(array.clone())
    }

    fn numbers<T: ArrowPrimitiveType>(
        &self,
        column: &str,
        bits: impl Fn(T::Native) -> u64,
    ) -> Result<PrimitiveArray<T>, StoreError> {
        let array = self.array::<T>(column)?;
        let found = if array.null_count() == 0 {
            sum(array.values(), bits)
        } else {
            let cells: Vec<u64> =
                array.iter().map(|value| value.map_or(WIDE_NULL, &bits)).collect();
            sum(&cells, |cell| cell)
        };
        self.compare(column, &found)?;
        Ok(array)
    }

    fn codes(&self, column: &str, texts: usize) -> Result<UInt32Array, StoreError> {
        let array = self.array::<UInt32Type>(column)?;
        let (found, highest) = if array.null_count() == 0 {
            (sum(array.values(), u64::from), array.values().iter().copied().max())
        } else {
            let cells: Vec<u32> =
                array.iter().map(|value| value.unwrap_or(NARROW_NULL)).collect();
            (sum(&cells, u64::from), array.iter().flatten().max())
        };
        self.compare(column, &found)?;
        if highest.is_some_and(|code| code as usize >= texts) {
            return Err(self
                .decoder
                .damaged(format_args!("`{column}` has codes without a text")));
        }
        Ok(array)
    }

    fn moments(&self, column: &str) -> Result<Int64Array, StoreError> {
        let array =
            self.numbers::<TimestampMicrosecondType>(column, i64::cast_unsigned)?;
        Ok(array.reinterpret_cast::<Int64Type>())
    }

    fn booleans(&self, column: &str) -> Result<BooleanArray, StoreError> {
        self.batch
            .column_by_name(column)
            .and_then(|array| array.as_boolean_opt())
            .cloned()
            .ok_or_else(|| self.decoder.damaged(format_args!("`{column}` is not there")))
    }

    fn yes_or_no(&self, column: &str) -> Result<BooleanArray, StoreError> {
        let array = self.booleans(column)?;
        let cells: Vec<u32> =
            array.iter().map(|value| value.map_or(NARROW_NULL, u32::from)).collect();
        self.compare(column, &sum(&cells, u64::from))?;
        Ok(array)
    }

    fn days(&self, column: &str) -> Result<BooleanArray, StoreError> {
        let array = self.booleans(column)?;
        // the bits past the end may be anything: they are made anew
        let bits: Vec<u8> = packed(&array);
        self.compare(column, &sum(&bits, u64::from))?;
        Ok(array)
    }
}

/// Yes and no, eight in a byte, zero past the end.
fn packed(array: &BooleanArray) -> Vec<u8> {
    let bits = array.values();
    arrow_buffer::BooleanBuffer::collect_bool(bits.len(), |at| bits.value(at))
        .values()
        .to_vec()
}
