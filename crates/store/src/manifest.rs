//! What a snapshot says about itself, in `manifest.json`.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The format this program writes, and the newest it reads.
pub const FORMAT: u32 = 1;

/// What a snapshot holds and from what it was made. No clock: the same files under the same
/// key give the same manifest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of the folder's shape.
    pub format: u32,
    /// The name of the snapshot, `<process>-<first 10 digits of content>`.
    pub name: String,
    /// The process, as in commands.
    pub process: String,
    /// SHA-256 over the logical content, in hexadecimal.
    pub content: String,
    /// The files read, in the order given; a file's position is its number in
    /// [`columns::Events::place`].
    pub files: Vec<SourceFile>,
    /// How many events.
    pub events: u64,
    /// How many rows were dropped because they named no case or no activity.
    pub dropped: u64,
    /// How many cases.
    pub cases: u64,
    /// Activities in the order of their codes, each with its number of events.
    pub activities: Vec<ActivityCount>,
    /// How many different handlers.
    pub handlers: u64,
    /// The earliest time, microseconds since the epoch, UTC; `None` when no event has one.
    pub first: Option<i64>,
    /// The latest time, likewise.
    pub last: Option<i64>,
    /// The attributes, by name.
    pub columns: BTreeMap<String, ColumnInfo>,
    /// The reading notes, by file and kind.
    pub notes: Vec<NoteCount>,
    /// Which key made the pseudonyms: 8 hexadecimal digits that say nothing of the key.
    pub key_id: String,
    /// The text of the binding with which the files were read.
    pub binding: Option<String>,
    /// How the snapshot lies on disk.
    pub parts: Parts,
}

impl Manifest {
    /// How many remarks of a kind there are, over all files; the code is that of
    /// [`model::NoteKind`].
    pub fn notes_of(&self, kind: model::NoteKind) -> u64 {
        self.notes
            .iter()
            .filter(|note| note.kind == kind.code())
            .map(|note| note.count)
            .sum()
    }
}

/// A file from which events were read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceFile {
    /// Its name without folder.
    pub name: String,
    /// Its size as it lies on disk.
    pub bytes: u64,
    /// SHA-256 of those bytes, in hexadecimal.
    pub sha256: String,
    /// The format as which it was read: `csv`, `xes` …
    pub format: String,
    /// What a place counts: `line`, `byte` or `row`; empty when the file gave no event.
    #[serde(default)]
    pub place_unit: String,
    /// How many events it gave.
    #[serde(default)]
    pub events: u64,
}

/// An activity and how often it occurs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityCount {
    /// The name, as the source writes it.
    pub name: String,
    /// How many events.
    pub events: u64,
}

/// The type of an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ColumnType {
    /// Text.
    Text,
    /// Persons, as pseudonyms.
    Person,
    /// Whole numbers; money in cents.
    Int,
    /// Numbers with a fraction.
    Float,
    /// Yes or no.
    Bool,
    /// Moments.
    Moment,
    /// Moments that are all dates.
    Date,
}

/// How carefully a column must be handled.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Secrecy {
    /// Anybody may see it.
    Open,
    /// For the organisation.
    #[default]
    Internal,
    /// About a person.
    Personal,
    /// For few.
    Secret,
}

/// An attribute of the events.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnInfo {
    /// Its type.
    #[serde(rename = "type")]
    pub column_type: ColumnType,
    /// Its class of secrecy; persons are at least `personal`.
    pub secrecy: Secrecy,
    /// How many different values; `None` for numbers and moments, which are not counted.
    pub distinct: Option<u64>,
    /// How many events have no value.
    pub missing: u64,
}

/// The remarks of one kind about one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteCount {
    /// The code of the kind ([`model::NoteKind::code`]).
    pub kind: String,
    /// The number of the file; `None` when the remark is about all of them.
    pub file: Option<u32>,
    /// How many.
    pub count: u64,
    /// The first 20 by place.
    pub samples: Vec<NoteSample>,
}

/// One remark.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct NoteSample {
    /// Where in the file, in its place unit; `None` when it is about the whole file.
    pub place: Option<u64>,
    /// The column or the offending text; never a person's name.
    pub detail: String,
}

/// How the snapshot lies on disk; checked when it is read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parts {
    /// Size of `events.parquet`.
    pub events_bytes: u64,
    /// Size of `dictionaries.parquet`.
    pub dictionaries_bytes: u64,
    /// Check sum of all texts of the dictionaries, in hexadecimal.
    pub dictionaries_sum: String,
    /// The row groups of `events.parquet`, in order; each holds whole cases.
    pub blocks: Vec<Block>,
}

/// One row group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// How many events.
    pub rows: u64,
    /// Check sums by column, in hexadecimal: guards against damage, not against intent.
    pub sums: BTreeMap<String, String>,
}
