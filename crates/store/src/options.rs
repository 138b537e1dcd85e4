//! What a builder is told beforehand, and what it gives in the end.

use crate::manifest::{ColumnType, Manifest, Secrecy};
use std::collections::{BTreeMap, BTreeSet};

/// What is known beforehand about a column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Declared {
    /// Its type. A value that cannot be converted becomes a reading note; without a
    /// declaration the first value decides and numbers may become text later.
    pub column_type: Option<ColumnType>,
    /// Its class of secrecy; `internal` when nothing is said, at least `personal` for
    /// persons.
    pub secrecy: Option<Secrecy>,
}

/// What to make of the files.
#[derive(Clone, Debug)]
pub struct BuildOptions {
    /// The process, with which the name of the snapshot begins: small letters, digits and
    /// hyphens, at most 40.
    pub process: String,
    /// The text of the binding, kept in the manifest.
    pub binding: Option<String>,
    /// Attributes that hold persons, besides the handler. Their values become pseudonyms.
    pub person_columns: BTreeSet<String>,
    /// What is known about attributes.
    pub declared: BTreeMap<String, Declared>,
    /// From how many rows on, or 64 bytes for each of them, rows are written away.
    pub rows_in_memory: usize,
    /// From how many rows on a row group is full; it always ends with a whole case.
    pub rows_per_group: usize,
}

impl BuildOptions {
    /// Four million rows in memory, a million in a row group, nothing declared.
    pub fn new(process: impl Into<String>) -> Self {
        Self {
            process: process.into(),
            binding: None,
            person_columns: BTreeSet::new(),
            declared: BTreeMap::new(),
            rows_in_memory: 4_000_000,
            rows_per_group: 1_000_000,
        }
    }
}

/// The snapshot that came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Built {
    /// What it holds.
    pub manifest: Manifest,
    /// Whether the same snapshot was there already; then nothing was written.
    pub existed: bool,
}
