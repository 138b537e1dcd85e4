//! Takes events in, one at a time and in the order of the files, and keeps them as columns
//! of codes. What does not fit in memory is written away, sorted, as codes.

use crate::attribute::{Attribute, Taken};
use crate::checks::{Times, Verdict};
use crate::error::{FileFault, KeyError, WriteError, at};
use crate::finish;
use crate::intern::{Full, Interner, Pending};
use crate::lock::Lock;
use crate::manifest::{ColumnType, SourceFile};
use crate::notes::Notes;
use crate::options::{BuildOptions, Built};
use crate::persons::Key;
use crate::rows::{Cells, Kind, NARROW_NULL, Rows};
use crate::spill::Run;
use crate::store::Layout;
use columns::events::PLACE_BITS;
use columns::{RawEvent, Refusal, Sink, TimeCell, Value, WhoKind};
use model::{Note, NoteKind, Place};
use std::collections::BTreeMap;
use std::fmt;
use tempfile::TempDir;

/// A log of so many rows is large: room is made for all that fits.
const LARGE: usize = 1 << 18;

/// Takes the events of one or several files and makes a snapshot of them. Dropped before
/// [`finish`](Self::finish) it leaves nothing behind.
///
/// While it lives, no other builder can be made for the same data folder.
pub struct Builder {
    pub(crate) options: BuildOptions,
    pub(crate) layout: Layout,
    pub(crate) key: Key,
    pub(crate) case: Interner,
    pending: Pending,
    pub(crate) activity: Interner,
    pub(crate) who: Interner,
    pub(crate) rows: Rows,
    pub(crate) attributes: Vec<Attribute>,
    by_name: BTreeMap<String, usize>,
    /// Which attribute the n-th value of the event before was of.
    likely: Vec<usize>,
    pub(crate) files: Vec<SourceFile>,
    pub(crate) verdicts: Vec<Verdict>,
    times: Times,
    pub(crate) notes: Notes,
    pub(crate) dropped: u64,
    pub(crate) runs: Vec<Run>,
    /// With which numbers are masked in runs.
    seed: u64,
    refused: Option<String>,
    /// What the reader remarked since the last event.
    said: Vec<(NoteKind, Option<Place>)>,
    /// Dropped before the lock, so that nobody tidies up behind our back.
    pub(crate) temporary: TempDir,
    _lock: Lock,
}

impl fmt::Debug for Builder {
    /// Shows no values: they are names of people still.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder")
            .field("process", &self.options.process)
            .field("files", &self.files.len())
            .field("rows", &self.rows.len())
            .finish_non_exhaustive()
    }
}

impl Builder {
    pub(crate) fn new(layout: Layout, options: BuildOptions) -> Result<Self, WriteError> {
        let name = &options.process;
        let fine = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if name.is_empty() || name.len() > 40 || !name.chars().all(fine) {
            return Err(WriteError::ProcessName { name: name.clone() });
        }
        layout.make()?;
        let lock = Lock::take(&layout)?;
        layout.tidy()?;
        let key = Key::load_or_make(&layout.dir)?;
        let temporary = tempfile::Builder::new()
            .prefix(Layout::BUILDING)
            .tempdir_in(&layout.dir)
            .map_err(at::<WriteError>("make a folder in", &layout.dir))?;
        Ok(Self {
            options,
            layout,
            key,
            case: Interner::new(),
            pending: Pending::new(),
            activity: Interner::new(),
            who: Interner::new(),
            rows: Rows::default(),
            attributes: Vec::new(),
            by_name: BTreeMap::new(),
            likely: Vec::new(),
            files: Vec::new(),
            verdicts: Vec::new(),
            times: Times::new(),
            notes: Notes::default(),
            dropped: 0,
            runs: Vec::new(),
            seed: getrandom::u64().map_err(KeyError::Random)?,
            refused: None,
            said: Vec::new(),
            temporary,
            _lock: lock,
        })
    }

    /// Begins the next file; what follows belongs to it. Size and hash may be given later
    /// with [`digest`](Self::digest).
    pub fn start_file(&mut self, file: SourceFile) -> Result<(), WriteError> {
        if self.files.len() > usize::from(u16::MAX) {
            return Err(WriteError::TooManyFiles);
        }
        self.end_file();
        self.files.push(SourceFile { place_unit: String::new(), events: 0, ..file });
        Ok(())
    }

    /// Size and SHA-256 of the present file, for readers that know them only at its end.
    pub fn digest(&mut self, bytes: u64, sha256: impl Into<String>) {
        if let Some(file) = self.files.last_mut() {
            file.bytes = bytes;
            file.sha256 = sha256.into();
        }
    }

    /// The format as which the present file was read, for readers that find out themselves.
    pub fn format(&mut self, format: impl Into<String>) {
        if let Some(file) = self.files.last_mut() {
            file.format = format.into();
        }
    }

    /// How many events were taken so far, over all files.
    pub fn events(&self) -> u64 {
        self.files.iter().map(|file| file.events).sum()
    }

    /// Judges the times of the file that ends.
    fn end_file(&mut self) {
        if self.verdicts.len() < self.files.len() {
            let verdict = self.times.judge();
            if verdict.is_dates() {
                self.notes.add(self.verdicts.len(), NoteKind::DatesOnly, None, "");
            }
            self.verdicts.push(verdict);
        }
    }

    /// Sorts, checks, makes pseudonyms, writes and names the snapshot, and makes it the
    /// latest of its process. `classify` says what stands behind the raw name of a handler.
    ///
    /// # Errors
    /// Nothing is left behind when it fails.
    pub fn finish(
        mut self,
        classify: &dyn Fn(&str) -> WhoKind,
    ) -> Result<Built, WriteError> {
        if let Some(why) = self.refused.take() {
            return Err(WriteError::Refused(why));
        }
        self.flush().map_err(|_full| too_much("case"))?;
        self.end_file();
        finish::finish(self, classify)
    }

    fn flush(&mut self) -> Result<(), Full> {
        self.pending.flush(&mut self.case, &mut self.rows.case)
    }

    fn take(&mut self, event: &RawEvent<'_>) -> Result<(), WriteError> {
        let Some(number) = self.files.len().checked_sub(1) else {
            return Err(WriteError::Refused(
                "an event came before any file was begun".to_owned(),
            ));
        };
        let (Some(case), Some(activity)) = (event.case, event.activity) else {
            self.drop_row(number, event);
            return Ok(());
        };
        if self.pending.push(&self.case, case) {
            self.flush().map_err(|_full| too_much("case"))?;
        }
        let activity =
            self.activity.intern(activity).map_err(|_full| too_much("activity"))?;
        let who = match event.who {
            Some(who) => self.who.intern(who).map_err(|_full| too_much("who"))?,
            None => NARROW_NULL,
        };
        let place = event.place.number().min((1 << PLACE_BITS) - 1);
        let (time, flags) = match event.time {
            TimeCell::At(moment) => (moment.micros, self.times.flags(moment)),
            TimeCell::Unreadable => (0, 0),
            TimeCell::Missing => {
                self.note_missing(number, NoteKind::MissingTime, event.place);
                (0, 0)
            }
        };
        let row = self.rows.len();
        if row == LARGE {
            // memory that is not touched costs nothing
            self.rows.reserve(self.options.rows_in_memory.min(4_000_000));
        }
        self.rows.activity.push(activity);
        self.rows.who.push(who);
        self.rows.time.push(time);
        self.rows.flags.push(flags);
        self.rows.place.push((number as u64) << PLACE_BITS | place);
        for (nth, (name, value)) in
            event.case_attributes.iter().chain(event.attributes).enumerate()
        {
            self.take_attribute(row, nth, name, *value, place)?;
        }
        if let Some(file) = self.files.last_mut() {
            if file.events == 0 {
                event.place.unit().clone_into(&mut file.place_unit);
            }
            file.events += 1;
        }
        if row + 1 >= self.options.rows_in_memory
            || (row.is_multiple_of(1_024)
                && self.rows.bytes() / 64 >= self.options.rows_in_memory)
        {
            self.spill()?;
        }
        Ok(())
    }

    /// A row without case or activity is no event.
    fn drop_row(&mut self, number: usize, event: &RawEvent<'_>) {
        self.dropped += 1;
        if event.case.is_none() {
            self.note_missing(number, NoteKind::MissingCase, event.place);
        }
        if event.activity.is_none() {
            self.note_missing(number, NoteKind::MissingActivity, event.place);
        }
    }

    /// Notes what a row lacks, unless the reader did so just before it handed the row over.
    fn note_missing(&mut self, file: usize, kind: NoteKind, place: Place) {
        if !self.said.contains(&(kind, Some(place))) {
            self.notes.add(file, kind, Some(place.number()), "");
        }
    }

    fn take_attribute(
        &mut self,
        row: usize,
        nth: usize,
        name: &str,
        value: Value<'_>,
        place: u64,
    ) -> Result<(), WriteError> {
        let at = self.attribute(nth, name, value);
        let (Some(attribute), Some(cells)) =
            (self.attributes.get_mut(at), self.rows.attributes.get_mut(at))
        else {
            return Ok(());
        };
        let file = self.files.len() - 1;
        if cells.len() > row {
            // the event names the attribute twice: the first value stands
            self.notes.add(file, NoteKind::PassedOver, Some(place), name);
            return Ok(());
        }
        loop {
            match attribute.take(value).map_err(|_full| too_much(name))? {
                Taken::Cell(cell) => {
                    cells.put(row, cell);
                    return Ok(());
                }
                Taken::Blank => return Ok(()),
                Taken::Raise(kind) => {
                    attribute.raise(kind, cells).map_err(|_full| too_much(name))?;
                }
                Taken::Unreadable => {
                    self.notes.add(file, NoteKind::UnreadableValue, Some(place), name);
                    return Ok(());
                }
            }
        }
    }

    /// The position of an attribute. Readers give the same attributes in the same order, so
    /// the place in the event before is tried first.
    fn attribute(&mut self, nth: usize, name: &str, value: Value<'_>) -> usize {
        if let Some(&likely) = self.likely.get(nth)
            && self.attributes.get(likely).is_some_and(|attribute| attribute.name == name)
        {
            return likely;
        }
        let at = match self.by_name.get(name) {
            Some(&at) => at,
            None => self.new_attribute(name, value),
        };
        if self.likely.len() <= nth {
            self.likely.resize(nth + 1, 0);
        }
        if let Some(likely) = self.likely.get_mut(nth) {
            *likely = at;
        }
        at
    }

    fn new_attribute(&mut self, name: &str, value: Value<'_>) -> usize {
        let declared = self.options.declared.get(name).and_then(|d| d.column_type);
        let person = declared == Some(ColumnType::Person)
            || self.options.person_columns.contains(name);
        let kind = match declared {
            _ if person => Kind::Text,
            None => Attribute::kind_of(value),
            Some(ColumnType::Text | ColumnType::Person) => Kind::Text,
            Some(ColumnType::Int) => Kind::Int,
            Some(ColumnType::Float) => Kind::Float,
            Some(ColumnType::Bool) => Kind::Bool,
            Some(ColumnType::Moment | ColumnType::Date) => Kind::Time,
        };
        let at = self.attributes.len();
        self.attributes.push(Attribute::new(name, kind, declared.is_some(), person));
        self.rows.attributes.push(Cells::new(kind));
        self.by_name.insert(name.to_owned(), at);
        at
    }

    /// Writes the rows in memory away, sorted by case.
    fn spill(&mut self) -> Result<(), WriteError> {
        self.flush().map_err(|_full| too_much("case"))?;
        let order = self.rows.order_by_case(self.case.len());
        let path = self.temporary.path().join(format!("run-{}", self.runs.len()));
        let run: Result<Run, FileFault> =
            Run::write(&path, &self.rows, &order, &self.attributes, self.seed);
        self.runs.push(run?);
        self.rows.clear();
        Ok(())
    }
}

impl Sink for Builder {
    fn event(&mut self, event: &RawEvent<'_>) -> Result<(), Refusal> {
        if let Some(why) = &self.refused {
            return Err(Refusal(why.clone()));
        }
        let taken = self.take(event);
        self.said.clear();
        taken.map_err(|error| {
            let why = error.to_string();
            self.refused = Some(why.clone());
            Refusal(why)
        })
    }

    fn note(&mut self, note: Note) {
        let place = note.place.map(Place::number);
        if matches!(
            note.kind,
            NoteKind::MissingCase | NoteKind::MissingActivity | NoteKind::MissingTime
        ) {
            self.said.push((note.kind, note.place));
        }
        match self.files.len().checked_sub(1) {
            Some(file) => self.notes.add(file, note.kind, place, &note.detail),
            None => self.notes.add_whole(note.kind, &note.detail),
        }
    }
}

pub(crate) fn too_much(column: &str) -> WriteError {
    WriteError::TooMuchText { column: column.to_owned() }
}
