//! Reading process logs: bytes of one format become events and reading notes.
//!
//! One module a format. Every reader streams into a [`columns::Sink`] with bounded buffers
//! (`SQLite` and Parquet read their own pages). What is dirty becomes a note; a file that is
//! not what it says becomes a [`ReadError`]. What needs the whole file at once (times going
//! backwards, the same event twice) is done behind the sink.

mod attributes;
pub mod csv;
mod detect;
mod error;
pub mod guard;
pub mod input;
pub mod limits;
pub mod mapping;
mod ocel;
pub mod ocel_json;
pub mod ocel_sqlite;
pub mod ocel_xml;
pub mod parquet_in;
pub mod tables;
pub mod time;
pub mod xes;
pub mod xml;

pub use detect::{Format, detect};
pub use error::ReadError;
pub use input::Input;
pub use limits::Limits;
pub use mapping::Mapping;

use columns::Sink;
use std::path::Path;

/// What kind of value a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ColumnKind {
    /// Text.
    Text,
    /// Whole numbers.
    Int,
    /// Money, in cents.
    Money,
    /// Numbers with a fraction.
    Float,
    /// Yes or no.
    Bool,
    /// A date or a moment.
    Time,
    /// More than one kind stands in it.
    Mixed,
}

/// Of what a column speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ColumnOf {
    /// The case as a whole.
    Case,
    /// One event.
    Event,
}

/// A column or attribute the reader met and handed over.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ColumnSeen {
    /// Its name as handed to the sink.
    pub name: String,
    /// What kind of values it holds.
    pub kind: ColumnKind,
    /// Of what it speaks.
    pub of: ColumnOf,
}

/// A classifier of a XES log: which keys together name the activity.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Classifier {
    /// The name of the classifier in the file.
    pub name: String,
    /// The keys whose values are joined with `+`.
    pub keys: Vec<String>,
}

/// What a format reader found besides the events.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// The classifiers the file declares; only XES has them.
    pub classifiers: Vec<Classifier>,
    /// The columns and attributes that were handed over, sorted by what they speak of and
    /// name. Case, activity, time and handler are not among them.
    pub columns: Vec<ColumnSeen>,
}

/// What was read, besides what went to the sink.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadSummary {
    /// The format that was read.
    pub format: Format,
    /// Size of the file as it stands on disk, in bytes.
    pub bytes: u64,
    /// The classifiers the file declares; only XES has them.
    pub classifiers: Vec<Classifier>,
    /// The columns and attributes that were handed over.
    pub columns: Vec<ColumnSeen>,
}

/// Everything a format reader needs; each reader is `read(&mut Job) -> Result<Seen, _>`.
pub struct Job<'a> {
    /// Where the bytes come from.
    pub input: Input<'a>,
    /// How names of the source become names of the vocabulary.
    pub mapping: &'a Mapping,
    /// The bounds.
    pub limits: &'a Limits,
    /// What receives events and notes.
    pub sink: &'a mut dyn Sink,
    /// Called now and then with the bytes of the packed file read so far.
    pub progress: &'a mut dyn FnMut(u64),
}

impl std::fmt::Debug for Job<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Job").field("input", &self.input).finish_non_exhaustive()
    }
}

/// Reads one log file into `sink`.
///
/// `format` overrides what [`detect`] would say. `progress` hears the bytes of the packed
/// file read so far; where a format is read twice it starts again.
///
/// # Errors
/// One sentence: the file cannot be opened, is not what it says, breaks a bound, or the
/// sink refuses. Events handed over before the error stay with the sink; the caller throws
/// them away.
pub fn read(
    source: &Path,
    format: Option<Format>,
    mapping: &Mapping,
    limits: &Limits,
    sink: &mut dyn Sink,
    progress: &mut dyn FnMut(u64),
) -> Result<ReadSummary, ReadError> {
    read_input(
        Job { input: Input::File(source), mapping, limits, sink, progress },
        format,
    )
}

/// As [`read`], from bytes in memory; for tests and for hostile input.
///
/// # Errors
/// As [`read`].
pub fn read_bytes(
    bytes: &[u8],
    format: Option<Format>,
    mapping: &Mapping,
    limits: &Limits,
    sink: &mut dyn Sink,
) -> Result<ReadSummary, ReadError> {
    let progress = &mut |_| {};
    read_input(
        Job { input: Input::Bytes(bytes), mapping, limits, sink, progress },
        format,
    )
}

fn read_input(
    mut job: Job<'_>,
    format: Option<Format>,
) -> Result<ReadSummary, ReadError> {
    let bytes = job.input.size()?;
    let format = match format {
        Some(format) => format,
        None => detect::of_input(&job.input)?,
    };
    let seen = match format {
        Format::Xes => xes::read(&mut job),
        Format::Csv => csv::read(&mut job),
        Format::Parquet => parquet_in::read(&mut job),
        Format::OcelJson => ocel_json::read(&mut job),
        Format::OcelXml => ocel_xml::read(&mut job),
        Format::OcelSqlite => ocel_sqlite::read(&mut job),
    }?;
    (job.progress)(bytes);
    let Seen { classifiers, columns } = seen;
    Ok(ReadSummary { format, bytes, classifiers, columns })
}
