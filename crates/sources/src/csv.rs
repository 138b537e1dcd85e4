//! Tables of text (RFC 4180 and what offices make of it): UTF-8, UTF-16 with a byte order
//! mark and Windows-1252, any delimiter, any line end, packed or not.
//!
//! A mapping says which column is what; columns that carry the keys of XES need none. Blanks
//! around a cell do not count, and an empty cell is a missing value; `NA`, `null` and the
//! like are texts. A row with too few or too many cells is kept, with a note.

mod delimiter;
mod split;
mod table;
mod text;

use crate::mapping::plan::{Plan, plan};
use crate::mapping::rows::{Cell, Rows, Slots, note};
use crate::{ColumnKind, Job, ReadError, Seen};
use columns::Sink;
use model::{NoteKind, Place};
use table::{Table, cell};

/// Rows that are looked at for the proposal of a mapping.
const SAMPLES: usize = 20;

/// Reads a table of text.
pub(crate) fn read(job: &mut Job<'_>) -> Result<Seen, ReadError> {
    let Job { input, mapping, limits, sink, progress } = job;
    let sink: &mut dyn Sink = *sink;
    let mapping = mapping.for_file(&input.name());
    let mut table = Table::open(input.open(*progress)?, &mapping, limits)?;
    if !table.next(sink)? {
        return Err(ReadError::whole(
            "the file holds no row; expected a table with a header and one event a row",
        ));
    }
    let (header, line) = header(&table, mapping.csv.header)?;
    let skip = usize::from(mapping.csv.header);
    let samples = samples(&table, skip);
    let plan = plan(&mapping, &header, &samples).map_err(|sentence| {
        let sentence = delimiter::wrong(&header, table.delimiter()).unwrap_or(sentence);
        ReadError::at(Place::Line(line), sentence)
    })?;
    plan.tell(mapping.csv.header.then_some(Place::Line(line)), sink);
    let mut reading =
        Reading { rows: Rows::new(&plan, &mapping), width: header.len(), empty: None };
    reading.block(&table, skip, sink)?;
    while table.next(sink)? {
        reading.block(&table, 0, sink)?;
    }
    reading.done(sink);
    Ok(seen(&plan))
}

fn seen(plan: &Plan) -> Seen {
    Seen { columns: plan.seen(|_| ColumnKind::Text), ..Seen::default() }
}

/// The names of the columns, and the line of the first row. A column without a name is
/// called by its place.
fn header(table: &Table<'_>, there: bool) -> Result<(Vec<String>, u64), ReadError> {
    let (text, rows) = table.block();
    let Some((line, cells)) = rows.iter().next() else { return Ok((Vec::new(), 1)) };
    let mut names = Vec::with_capacity(cells.len());
    for (at, place) in cells.iter().enumerate() {
        let name = cell(text, *place).trim();
        if name.contains('\0') {
            return Err(ReadError::at(
                Place::Line(line),
                "the text holds zero bytes, as UTF-16 without a byte order mark does; save \
                 the file as UTF-8",
            ));
        }
        let named = there && !name.is_empty();
        names.push(if named { name.to_owned() } else { format!("column-{}", at + 1) });
    }
    Ok((names, line))
}

fn samples(table: &Table<'_>, skip: usize) -> Vec<Vec<String>> {
    let (text, rows) = table.block();
    let row = |cells: &[(u32, u32)]| {
        cells.iter().map(|at| cell(text, *at).to_owned()).collect()
    };
    rows.iter().skip(skip).take(SAMPLES).map(|(_, cells)| row(cells)).collect()
}

/// Hands over rows and counts what is uneven.
struct Reading<'p> {
    rows: Rows<'p>,
    width: usize,
    /// First line and number of rows in which nothing stands.
    empty: Option<(u64, u64)>,
}

impl Reading<'_> {
    fn block(
        &mut self,
        table: &Table<'_>,
        skip: usize,
        sink: &mut dyn Sink,
    ) -> Result<(), ReadError> {
        let (text, rows) = table.block();
        let mut slots = Slots::default();
        for (line, cells) in rows.iter().skip(skip) {
            if cells.iter().all(|at| cell(text, *at).trim_ascii().is_empty()) {
                self.empty.get_or_insert((line, 0)).1 += 1;
                continue;
            }
            let place = Place::Line(line);
            if cells.len() != self.width {
                let detail =
                    format!("{} cells, the header has {}", cells.len(), self.width);
                note(sink, NoteKind::UnevenRow, place, detail);
            }
            let cell = |at: usize, _| {
                cells.get(at).map_or(Cell::Missing, |at| Cell::text(cell(text, *at)))
            };
            self.rows.row(place, &mut slots, cell, sink)?;
        }
        Ok(())
    }

    fn done(self, sink: &mut dyn Sink) {
        if let Some((line, count)) = self.empty {
            let detail = format!("{count} rows in which nothing stands");
            note(sink, NoteKind::PassedOver, Place::Line(line), detail);
        }
        self.rows.done(sink);
    }
}
