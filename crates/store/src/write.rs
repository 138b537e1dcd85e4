//! The Parquet side of writing: events in row groups of whole cases, dictionaries beside
//! them.
//!
//! Codes are written without Parquet's own dictionaries, because they are codes already, but
//! as packed differences, and then with LZ4. Measured with five million synthetic events,
//! bytes an event and processor seconds to open: differences with LZ4 9.7 and 0.10, with
//! zstd 9.4 and 0.14; plain with LZ4 15.7 and 0.14, with zstd 11.5 and 0.21, with nothing
//! 28.1 and 0.08.

use crate::content::sum;
use crate::error::{FileFault, WriteError, at};
use crate::manifest::Block;
use crate::rows::{Cells, DAY_ONLY, Kind, NARROW_NULL, Rows, WIDE_NULL};
use arrow_array::{
    ArrayRef, BooleanArray, Float64Array, Int64Array, RecordBatch, StringArray,
    TimestampMicrosecondArray, UInt32Array, UInt64Array,
};
use arrow_buffer::{BooleanBuffer, NullBuffer, ScalarBuffer};
use arrow_schema::{DataType, Field, Schema, SchemaRef, TimeUnit};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, Encoding};
use parquet::errors::ParquetError;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::schema::types::ColumnPath;
use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The time zone in which moments are stored.
const UTC: &str = "+00:00";

impl From<ParquetError> for WriteError {
    fn from(error: ParquetError) -> Self {
        Self::Columns(error.to_string())
    }
}

impl From<arrow_schema::ArrowError> for WriteError {
    fn from(error: arrow_schema::ArrowError) -> Self {
        Self::Columns(error.to_string())
    }
}

/// Writes `events.parquet`.
pub(crate) struct EventsWriter {
    writer: ArrowWriter<File>,
    schema: SchemaRef,
    path: PathBuf,
    blocks: Vec<Block>,
}

impl EventsWriter {
    /// Begins the file; attributes in the order in which blocks will hold them.
    pub(crate) fn new(
        path: &Path,
        attributes: &[(String, Kind)],
    ) -> Result<Self, WriteError> {
        let moment = || DataType::Timestamp(TimeUnit::Microsecond, Some(UTC.into()));
        let mut fields = vec![
            Field::new("case", DataType::UInt32, false),
            Field::new("activity", DataType::UInt32, false),
            Field::new("time", moment(), true),
            Field::new("day_only", DataType::Boolean, false),
            Field::new("who", DataType::UInt32, true),
            Field::new("place", DataType::UInt64, false),
        ];
        for (name, kind) in attributes {
            let kind = match kind {
                Kind::Text => DataType::UInt32,
                Kind::Bool => DataType::Boolean,
                Kind::Int => DataType::Int64,
                Kind::Float => DataType::Float64,
                Kind::Time => moment(),
            };
            fields.push(Field::new(attribute_column(name), kind, true));
        }
        let schema = Arc::new(Schema::new(fields));
        let file = File::create_new(path).map_err(at::<FileFault>("make", path))?;
        let mut properties = plain_properties();
        let whole = |field: &&Arc<Field>| {
            !matches!(field.data_type(), DataType::Boolean | DataType::Float64)
        };
        for field in schema.fields().iter().filter(whole) {
            // one step of the path: names may hold points
            let column = ColumnPath::new(vec![field.name().clone()]);
            properties =
                properties.set_column_encoding(column, Encoding::DELTA_BINARY_PACKED);
        }
        let writer =
            ArrowWriter::try_new(file, Arc::clone(&schema), Some(properties.build()))?;
        Ok(Self { writer, schema, path: path.to_owned(), blocks: Vec::new() })
    }

    /// Writes a block as one row group. Rows without a time hold `i64::MIN` there.
    pub(crate) fn block(&mut self, rows: Rows) -> Result<(), WriteError> {
        let (count, mut sums) = (rows.len() as u64, BTreeMap::new());
        let mut arrays: Vec<ArrayRef> = Vec::with_capacity(self.schema.fields().len());
        sums.insert("case".to_owned(), sum(&rows.case, u64::from));
        arrays.push(Arc::new(UInt32Array::from(rows.case)));
        sums.insert("activity".to_owned(), sum(&rows.activity, u64::from));
        arrays.push(Arc::new(UInt32Array::from(rows.activity)));
        sums.insert("time".to_owned(), sum(&rows.time, i64::cast_unsigned));
        arrays.push(moments(rows.time));
        let days = BooleanBuffer::collect_bool(rows.flags.len(), |row| {
            rows.flags.get(row).is_some_and(|flags| flags & DAY_ONLY != 0)
        });
        sums.insert("day_only".to_owned(), sum(days.values(), u64::from));
        arrays.push(Arc::new(BooleanArray::from(days)));
        sums.insert("who".to_owned(), sum(&rows.who, u64::from));
        arrays.push(codes(rows.who));
        sums.insert("place".to_owned(), sum(&rows.place, |place| place));
        arrays.push(Arc::new(UInt64Array::from(rows.place)));
        let fields = Arc::clone(&self.schema);
        for (cells, field) in
            rows.attributes.into_iter().zip(fields.fields().iter().skip(6))
        {
            sums.insert(
                field.name().clone(),
                match &cells {
                    Cells::Narrow(cells) => sum(cells, u64::from),
                    Cells::Wide(cells) => sum(cells, |cell| cell),
                },
            );
            arrays.push(attribute_array(cells, field.data_type()));
        }
        let batch = RecordBatch::try_new(Arc::clone(&self.schema), arrays)?;
        self.writer.write(&batch)?;
        self.writer.flush()?;
        self.blocks.push(Block { rows: count, sums });
        Ok(())
    }

    /// Ends the file and gives its size and its blocks.
    pub(crate) fn finish(self) -> Result<(u64, Vec<Block>), WriteError> {
        let file = self.writer.into_inner()?;
        Ok((sync(&file, &self.path)?, self.blocks))
    }
}

/// How an attribute is called in `events.parquet` and among the dictionaries.
pub(crate) fn attribute_column(name: &str) -> String {
    format!("a:{name}")
}

fn plain_properties() -> parquet::file::properties::WriterPropertiesBuilder {
    WriterProperties::builder()
        .set_created_by("dijkwacht".to_owned())
        .set_dictionary_enabled(false)
        .set_statistics_enabled(EnabledStatistics::None)
        .set_offset_index_disabled(true)
        .set_compression(Compression::LZ4_RAW)
        .set_max_row_group_row_count(None)
}

/// Which values are there; `None` when all are.
fn present<T: Copy + PartialEq>(values: &[T], missing: T) -> Option<NullBuffer> {
    values.contains(&missing).then(|| {
        NullBuffer::new(BooleanBuffer::collect_bool(values.len(), |row| {
            values.get(row).is_some_and(|value| *value != missing)
        }))
    })
}

fn codes(values: Vec<u32>) -> ArrayRef {
    let nulls = present(&values, NARROW_NULL);
    Arc::new(UInt32Array::new(ScalarBuffer::from(values), nulls))
}

fn moments(values: Vec<i64>) -> ArrayRef {
    let nulls = present(&values, i64::MIN);
    Arc::new(
        TimestampMicrosecondArray::new(ScalarBuffer::from(values), nulls)
            .with_timezone(UTC),
    )
}

fn attribute_array(cells: Cells, data_type: &DataType) -> ArrayRef {
    match cells {
        Cells::Narrow(values) if *data_type == DataType::Boolean => {
            let nulls = present(&values, NARROW_NULL);
            let yes = BooleanBuffer::collect_bool(values.len(), |row| {
                values.get(row).is_some_and(|value| *value == 1)
            });
            Arc::new(BooleanArray::new(yes, nulls))
        }
        Cells::Narrow(values) => codes(values),
        Cells::Wide(values) => {
            let nulls = present(&values, WIDE_NULL);
            if *data_type == DataType::Float64 {
                let values: Vec<f64> = values.into_iter().map(f64::from_bits).collect();
                return Arc::new(Float64Array::new(ScalarBuffer::from(values), nulls));
            }
            let values: Vec<i64> = values.into_iter().map(u64::cast_signed).collect();
            if *data_type == DataType::Int64 {
                return Arc::new(Int64Array::new(ScalarBuffer::from(values), nulls));
            }
            moments(values)
        }
    }
}

/// Writes `dictionaries.parquet`, one row group a dictionary, and gives its size.
pub(crate) fn write_dictionaries<'a>(
    path: &Path,
    dictionaries: impl Iterator<Item = (String, Vec<&'a str>)>,
) -> Result<u64, WriteError> {
    let schema = Arc::new(Schema::new(vec![
        Field::new("column", DataType::Utf8, false),
        Field::new("code", DataType::UInt32, false),
        Field::new("value", DataType::Utf8, false),
    ]));
    let file = File::create_new(path).map_err(at::<FileFault>("make", path))?;
    let properties = plain_properties()
        .set_column_dictionary_enabled(ColumnPath::from("column"), true)
        .set_column_encoding(ColumnPath::from("code"), Encoding::DELTA_BINARY_PACKED)
        .build();
    let mut writer = ArrowWriter::try_new(file, Arc::clone(&schema), Some(properties))?;
    for (column, texts) in dictionaries.filter(|(_, texts)| !texts.is_empty()) {
        let count = u32::try_from(texts.len()).unwrap_or(u32::MAX);
        let names = StringArray::from_iter_values(texts.iter().map(|_| column.as_str()));
        let batch = RecordBatch::try_new(
            Arc::clone(&schema),
            vec![
                Arc::new(names),
                Arc::new(UInt32Array::from_iter_values(0..count)),
                Arc::new(StringArray::from_iter_values(texts)),
            ],
        )?;
        writer.write(&batch)?;
        writer.flush()?;
    }
    sync(&writer.into_inner()?, path)
}

/// Makes sure that a file is on the disk and gives its size.
fn sync(file: &File, path: &Path) -> Result<u64, WriteError> {
    file.sync_all().map_err(at::<FileFault>("write", path))?;
    Ok(file.metadata().map_err(at::<FileFault>("read", path))?.len())
}
