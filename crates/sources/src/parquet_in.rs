//! Tables of Apache Parquet. Only the columns that are needed are read, a batch of rows at a
//! time; a null is a missing value, a row has a number from 1.
//!
//! Types are taken as the file has them; a mapping may ask for another where nothing gets
//! lost. Timestamps without a zone are local times of the mapping's zone.

mod cells;
mod headers;
mod pages;

use crate::mapping::Mapping;
use crate::mapping::plan::{Part, Plan, TimePart, plan, short};
use crate::mapping::rows::{Cell, Rows, Slots};
use crate::{ColumnKind, Job, ReadError, Seen};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::SchemaRef;
use cells::{as_text, cells, natural};
use columns::Sink;
use model::Place;
use pages::{Budget, Checked};
use parquet::arrow::arrow_reader::{
    ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder,
};
use parquet::arrow::{ProjectionMask, parquet_to_arrow_field_levels};
use parquet::file::metadata::{ParquetMetaData, RowGroupMetaData};
use std::fmt::Display;
use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::Path;

/// Rows decoded at a time.
const BATCH: usize = 1024;

/// The four bytes with which a Parquet file begins and ends.
const MAGIC: [u8; 4] = *b"PAR1";

/// Reads a Parquet table.
pub(crate) fn read(job: &mut Job<'_>) -> Result<Seen, ReadError> {
    let mapping = job.mapping.for_file(&job.input.name());
    let size = job.input.size()?;
    let unpacked = job.input.unpacked_file(job.limits, job.progress)?;
    let mut file = File::open(unpacked.path()).map_err(|e| ReadError::io(None, &e))?;
    check_ends(&mut file)?;
    let again = file.try_clone().map_err(|e| ReadError::io(None, &e))?;
    let builder = guarded(|| ParquetRecordBatchReaderBuilder::try_new(file))?;
    check_places(builder.metadata(), size_of(unpacked.path())?)?;
    let schema = builder.schema().clone();
    let header: Vec<String> = schema.fields().iter().map(|f| f.name().clone()).collect();
    if header.len() > job.limits.columns {
        return Err(ReadError::whole(format!(
            "the table has {} columns, more than {}",
            header.len(),
            job.limits.columns
        )));
    }
    let mut plan = plan(&mapping, &header, &[]).map_err(ReadError::whole)?;
    check_types(&mut plan, &mapping, &schema)?;
    let sink: &mut dyn Sink = job.sink;
    plan.tell(None, sink);
    let needed = plan.needed();
    let mask = ProjectionMask::roots(builder.parquet_schema(), needed.iter().copied());
    let total = u64::try_from(builder.metadata().file_metadata().num_rows()).unwrap_or(0);
    let budget = Budget::default();
    let mut batches = guarded(|| {
        let columns = builder.parquet_schema();
        let hint = Some(schema.fields());
        let levels = parquet_to_arrow_field_levels(columns, mask, hint)?;
        let groups = Checked::new(again, builder.metadata().clone(), budget.clone());
        ParquetRecordBatchReader::try_new_with_row_groups(&levels, &groups, BATCH, None)
    })?;
    let mut reading = Reading::new(&plan, &mapping, needed, header.len());
    loop {
        budget.renew();
        let batch = guarded(|| batches.next().transpose());
        let place = Some(Place::Row(reading.row + 1));
        let Some(batch) = batch.map_err(|e| ReadError { place, ..e })? else { break };
        reading.batch(&batch, sink)?;
        let done = u128::from(size) * u128::from(reading.row) / u128::from(total.max(1));
        (job.progress)(u64::try_from(done).unwrap_or(size).min(size));
    }
    reading.rows.done(sink);
    let kind = |at: usize| {
        schema.fields().get(at).map_or(ColumnKind::Text, |f| natural(f.data_type()))
    };
    Ok(Seen { columns: plan.seen(kind), ..Seen::default() })
}

/// A Parquet file begins and ends with the same four bytes; one that was cut off does not.
fn check_ends(file: &mut File) -> Result<(), ReadError> {
    let io = |e| ReadError::io(None, &e);
    let size = file.seek(SeekFrom::End(0)).map_err(io)?;
    let mut start = [0; 4];
    let mut end = [0; 4];
    if size >= 4 {
        file.seek(SeekFrom::Start(0)).map_err(io)?;
        file.read_exact(&mut start).map_err(io)?;
        file.seek(SeekFrom::End(-4)).map_err(io)?;
        file.read_exact(&mut end).map_err(io)?;
    }
    if start != MAGIC {
        return Err(ReadError::whole(
            "the file is no Parquet: it does not begin with PAR1; check which format it is in",
        ));
    }
    if end != MAGIC || size < 12 {
        return Err(ReadError::whole(
            "the Parquet file is cut off: it does not end with PAR1; copy it again",
        ));
    }
    file.seek(SeekFrom::Start(0)).map_err(io)?;
    Ok(())
}

/// Every column chunk lies within the file; the reader takes that for granted.
fn check_places(metadata: &ParquetMetaData, size: u64) -> Result<(), ReadError> {
    for column in metadata.row_groups().iter().flat_map(RowGroupMetaData::columns) {
        let start = column.dictionary_page_offset().unwrap_or(column.data_page_offset());
        let end = u64::try_from(start)
            .ok()
            .zip(u64::try_from(column.compressed_size()).ok())
            .and_then(|(start, length)| start.checked_add(length));
        if end.is_none_or(|end| end > size) {
            return Err(damaged(&"a column lies outside of the file"));
        }
    }
    Ok(())
}

fn size_of(path: &Path) -> Result<u64, ReadError> {
    std::fs::metadata(path).map(|m| m.len()).map_err(|e| ReadError::io(None, &e))
}

/// Runs a step of the reader of Parquet; what panics in it is damage too.
fn guarded<T, E: Display>(step: impl FnOnce() -> Result<T, E>) -> Result<T, ReadError> {
    match crate::guard::quietly(step) {
        Some(answer) => answer.map_err(|error| damaged(&error)),
        None => Err(damaged(&"its parts do not fit together")),
    }
}

fn damaged(error: &dyn Display) -> ReadError {
    let detail: String =
        error.to_string().split_whitespace().collect::<Vec<_>>().join(" ");
    // The libraries name themselves before what they say, once a layer.
    let mut detail = detail.as_str();
    while let Some(rest) = ["Parquet argument error: ", "Parquet error: "]
        .iter()
        .find_map(|layer| detail.strip_prefix(layer))
    {
        detail = rest;
    }
    let detail: String = detail.chars().take(200).collect();
    ReadError::whole(format!(
        "the Parquet file is damaged ({detail}); copy or write it again"
    ))
}

/// Refuses columns the mapping names and no event can hold; leaves out the others.
fn check_types(
    plan: &mut Plan,
    mapping: &Mapping,
    schema: &SchemaRef,
) -> Result<(), ReadError> {
    let kind = |at: usize| schema.fields().get(at).map(|f| f.data_type());
    let holds = |at: usize| kind(at).is_some_and(cells::holds);
    let refuse = |at: usize| {
        let name = schema.fields().get(at).map_or("", |f| f.name());
        let found = kind(at).map(ToString::to_string).unwrap_or_default();
        ReadError::whole(format!(
            "the column `{}` holds {}, which is no text, number, date or time; name another \
             column",
            short(name),
            short(&found)
        ))
    };
    let mut parts: Vec<usize> = [&plan.case, &plan.activity, &plan.who]
        .into_iter()
        .filter_map(|part| if let Part::Column(at) = part { Some(*at) } else { None })
        .collect();
    if let TimePart::Column(at, _) = plan.time {
        parts.push(at);
    }
    if let Some(at) = parts.into_iter().find(|at| !holds(*at)) {
        return Err(refuse(at));
    }
    let named = |name: &str| mapping.columns.contains_key(name);
    if let Some(wrong) =
        plan.attributes.iter().find(|a| named(&a.name) && !holds(a.column))
    {
        return Err(refuse(wrong.column));
    }
    let (kept, left): (Vec<_>, Vec<_>) =
        std::mem::take(&mut plan.attributes).into_iter().partition(|a| holds(a.column));
    plan.attributes = kept;
    plan.left_out.extend(left.into_iter().map(|a| a.name));
    Ok(())
}

struct Reading<'p> {
    rows: Rows<'p>,
    /// Place among the columns that are read, by place in the table.
    places: Vec<Option<usize>>,
    /// Whether a column that is read must be handed over as text.
    texts: Vec<bool>,
    /// Rows handed over so far.
    row: u64,
}

impl<'p> Reading<'p> {
    fn new(plan: &'p Plan, mapping: &Mapping, needed: Vec<usize>, width: usize) -> Self {
        let mut places = vec![None; width];
        let mut texts = Vec::new();
        for (place, at) in needed.into_iter().enumerate() {
            if let Some(slot) = places.get_mut(at) {
                *slot = Some(place);
            }
            let part =
                [&plan.case, &plan.activity, &plan.who].contains(&&Part::Column(at));
            texts
                .push(part || plan.attributes.iter().any(|a| a.column == at && a.text()));
        }
        Self { rows: Rows::new(plan, mapping), places, texts, row: 0 }
    }

    fn batch(
        &mut self,
        batch: &RecordBatch,
        sink: &mut dyn Sink,
    ) -> Result<(), ReadError> {
        let arrays: Vec<(ArrayRef, Option<ArrayRef>)> = batch
            .columns()
            .iter()
            .zip(&self.texts)
            .map(|(array, text)| (array.clone(), text.then(|| as_text(array)).flatten()))
            .collect();
        let columns: Vec<Column<'_>> = arrays
            .iter()
            .map(|(array, text)| Column {
                cells: cells(array),
                texts: text.as_ref().map(|text| cells(text)),
            })
            .collect();
        let mut slots = Slots::default();
        for row in 0..batch.num_rows() {
            self.row += 1;
            let cell = |at: usize, text: bool| {
                let place = self.places.get(at).copied().flatten()?;
                let column = columns.get(place)?;
                let cells =
                    column.texts.as_ref().filter(|_| text).unwrap_or(&column.cells);
                cells.get(row).copied()
            };
            let cell = |at: usize, text: bool| cell(at, text).unwrap_or(Cell::Missing);
            self.rows.row(Place::Row(self.row), &mut slots, cell, sink)?;
        }
        Ok(())
    }
}

/// One column of a batch, also as text where something asks for it so.
struct Column<'a> {
    cells: Vec<Cell<'a>>,
    texts: Option<Vec<Cell<'a>>>,
}
