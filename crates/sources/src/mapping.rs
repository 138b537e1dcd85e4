//! The mapping file: how names of a source become names of the vocabulary.
//!
//! A table of text needs one, because nothing in it says which column is the case. Logs that
//! name their own parts (XES, OCEL) can do without and use it for renaming only. Every fault
//! of a mapping is told at once, with its line.

pub mod cell;
mod glob;
mod names;
pub(crate) mod plan;
mod propose;
mod read;
pub(crate) mod rows;
pub(crate) mod times;
mod tree;

pub use cell::Kind;
pub use names::nearest;
pub use plan::proposed;
pub use propose::{propose, xes_columns};

use crate::time::{LocalZone, Pattern};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// The names that stand for the four parts of an event instead of for an attribute.
pub const PARTS: [&str; 4] = ["case", "activity", "time", "who"];

/// One mistake in a mapping file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The line, from 1; 0 where the whole file is meant.
    pub line: u32,
    /// What is wrong, what was expected and what to do: one sentence without a full stop.
    pub sentence: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => f.write_str(&self.sentence),
            line => write!(f, "line {line}: {}", self.sentence),
        }
    }
}

impl std::error::Error for Fault {}

/// An encoding of text that is not told by a byte order mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// Windows-1252, which holds ISO 8859-1.
    Windows1252,
}

/// How a table of text is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CsvShape {
    /// The sign between cells; `None`: found in the first lines, out of `,` `;` tab and `|`.
    pub delimiter: Option<u8>,
    /// The sign around cells that hold delimiters or line ends; `None`: cells are not quoted.
    pub quote: Option<u8>,
    /// The encoding where no byte order mark tells it; `None`: UTF-8.
    pub encoding: Option<Encoding>,
    /// Whether the decimal sign is a comma; the full stop is then a mark of thousands.
    pub decimal_comma: bool,
    /// Whether the first row holds the names of the columns; otherwise they are `column-1` …
    pub header: bool,
    /// Physical lines before the header that are no part of the table.
    pub skip_lines: u64,
    /// Lines that begin with this sign are passed over.
    pub comment: Option<u8>,
}

impl Default for CsvShape {
    fn default() -> Self {
        Self {
            delimiter: None,
            quote: Some(b'"'),
            encoding: None,
            decimal_comma: false,
            header: true,
            skip_lines: 0,
            comment: None,
        }
    }
}

/// How times are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeShape {
    /// The zone of times that name none; a name [`LocalZone::named`] knows.
    pub zone: String,
    /// The patterns, tried in order; empty: ISO 8601, then day-month-year with `-` or `/`,
    /// with or without a time of day.
    pub formats: Vec<Pattern>,
}

impl Default for TimeShape {
    fn default() -> Self {
        Self { zone: "Europe/Amsterdam".to_owned(), formats: Vec::new() }
    }
}

impl TimeShape {
    /// The zone, ready for reading.
    pub fn local_zone(&self) -> LocalZone {
        // The name was checked when the mapping was read; the office is the default.
        LocalZone::named(&self.zone).unwrap_or_default()
    }
}

/// From where a name of the vocabulary takes its values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceColumn {
    /// The column or key of the source.
    pub column: String,
    /// What its values are; `None`: what the source says, text in a table of text.
    pub kind: Option<Kind>,
    /// Whether the values speak of the case and not of the event; true for names that begin
    /// with `case:`.
    pub of_case: bool,
}

/// A value that is the same for every event.
#[derive(Clone, Debug, PartialEq)]
pub enum Constant {
    /// Text.
    Text(String),
    /// A whole number.
    Int(i64),
    /// A number with a fraction.
    Float(f64),
    /// Yes or no.
    Bool(bool),
}

/// What happens with columns the mapping does not name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Keep {
    /// They are kept under their own names.
    All,
    /// They are left out, which becomes a note.
    Named,
}

/// Who acts in an object-centric log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OcelWho {
    /// The related object of this type.
    Object(String),
    /// The attribute of the event with this name.
    Attribute(String),
}

/// How an object-centric log becomes cases.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ocel {
    /// The object type whose objects are the cases.
    pub case: Option<String>,
    /// Who acts.
    pub who: Option<OcelWho>,
    /// Only relations with one of these qualifiers count; empty: all.
    pub qualifiers: Vec<String>,
}

/// What a mapping says of the files whose name fits a pattern, on top of the rest.
#[derive(Clone, Debug, PartialEq)]
struct ForFiles {
    pattern: String,
    over: Overrides,
}

/// A table that is joined to events as they come in: for each key a row, such as what is
/// known of a supplier, an object or a member of staff.
#[derive(Clone, Debug, PartialEq)]
pub struct TableMapping {
    /// The line of the mapping on which it begins.
    pub line: u32,
    /// The file, relative to the mapping, unless the user names another.
    pub file: Option<String>,
    /// The columns of the event that may hold the key, tried in order.
    pub joins: Vec<String>,
    /// How the file is read: its `case` is the key, its other columns are what is joined.
    /// [`VALID_FROM`] and [`VALID_UNTIL`] say when a row holds.
    pub mapping: Mapping,
}

/// The column of a table from which a row holds.
pub const VALID_FROM: &str = "valid-from";

/// The column of a table until which a row holds, that day included.
pub const VALID_UNTIL: &str = "valid-until";

/// Sections that a file may have for itself. A key that is written wins over the one of the
/// whole mapping; what is not written stays.
#[derive(Clone, Debug, Default, PartialEq)]
struct Overrides {
    csv: CsvOverrides,
    zone: Option<String>,
    formats: Option<Vec<Pattern>>,
    columns: BTreeMap<String, SourceColumn>,
    constants: BTreeMap<String, Constant>,
    keep: Option<Keep>,
}

/// A sign of `[csv]` as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    /// An empty text: there is no such sign.
    Nothing,
    /// One sign.
    Byte(u8),
}

impl Sign {
    const fn byte(self) -> Option<u8> {
        match self {
            Self::Nothing => None,
            Self::Byte(byte) => Some(byte),
        }
    }
}

/// The keys of `[csv]` that were written.
#[derive(Clone, Debug, Default, PartialEq)]
struct CsvOverrides {
    delimiter: Option<u8>,
    quote: Option<Sign>,
    encoding: Option<Encoding>,
    decimal_comma: Option<bool>,
    header: Option<bool>,
    skip_lines: Option<u64>,
    comment: Option<u8>,
}

/// How names of a source become names of the vocabulary.
///
/// The default renames nothing, which suits XES, OCEL and tables whose columns carry the
/// keys of XES.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mapping {
    /// What the source is, in the words of its owner.
    pub title: Option<String>,
    /// How a table of text is written.
    pub csv: CsvShape,
    /// How times are written.
    pub time: TimeShape,
    /// Name of the vocabulary → column or key of the source. `case`, `activity`, `time` and
    /// `who` are the parts of the event, every other name is an attribute.
    pub columns: BTreeMap<String, SourceColumn>,
    /// Name of the vocabulary → fixed value. A constant wins over a column.
    pub constants: BTreeMap<String, Constant>,
    /// What happens with columns that are not named; `None`: all are kept in XES and OCEL,
    /// only the named in CSV and Parquet.
    pub keep: Option<Keep>,
    /// The classifier of a XES log that gives the activity.
    pub classifier: Option<String>,
    /// How an object-centric log becomes cases.
    pub ocel: Ocel,
    /// Further attributes that hold people, by the name under which they are handed over.
    pub people: BTreeSet<String>,
    /// Tables that are joined to the events, by their name in the vocabulary.
    pub tables: BTreeMap<String, TableMapping>,
    files: Vec<ForFiles>,
}

impl Mapping {
    /// Reads a mapping from the text of a TOML file. `file` is the name of the mapping file,
    /// for the sentence where the whole file is meant.
    ///
    /// # Errors
    /// All faults at once, sorted by line.
    pub fn parse(text: &str, file: &str) -> Result<Self, Vec<Fault>> {
        read::mapping(text, file)
    }

    /// The mapping for a file with this name (the last part of its path): every section
    /// `[files."PATTERN"]` that fits is laid over the rest, in the order of the patterns.
    #[must_use]
    pub fn for_file(&self, name: &str) -> Self {
        let mut merged = Self { files: Vec::new(), ..self.clone() };
        for special in &self.files {
            if glob::matches(&special.pattern, name) {
                merged.lay_over(&special.over);
            }
        }
        merged
    }

    /// Whether it says nothing about columns, constants or cases, as the default does.
    pub fn is_plain(&self) -> bool {
        self.columns.is_empty()
            && self.constants.is_empty()
            && self.files.is_empty()
            && self.ocel == Ocel::default()
    }

    /// The names under which a column or key of the source is handed over, with what is said
    /// of it; none where the mapping does not name it.
    pub fn targets<'m>(
        &'m self,
        source: &'m str,
    ) -> impl Iterator<Item = (&'m str, &'m SourceColumn)> {
        self.columns
            .iter()
            .filter(move |(_, from)| from.column == source)
            .map(|(name, from)| (name.as_str(), from))
    }

    /// The names of all attributes that hold people, those of single files included. `who`
    /// always holds people and is not among them.
    pub fn person_columns(&self) -> BTreeSet<String> {
        let all = self.files.iter().map(|f| &f.over.columns).chain([&self.columns]);
        let typed = all.flatten().filter_map(|(name, from)| {
            let person =
                from.kind == Some(Kind::Person) && !PARTS.contains(&name.as_str());
            person.then(|| name.clone())
        });
        let joined = self.tables.values().flat_map(|t| t.mapping.person_columns());
        typed.chain(self.people.iter().cloned()).chain(joined).collect()
    }

    fn lay_over(&mut self, over: &Overrides) {
        let csv = &over.csv;
        self.csv.delimiter = csv.delimiter.or(self.csv.delimiter);
        self.csv.quote = csv.quote.map_or(self.csv.quote, Sign::byte);
        self.csv.encoding = csv.encoding.or(self.csv.encoding);
        self.csv.decimal_comma = csv.decimal_comma.unwrap_or(self.csv.decimal_comma);
        self.csv.header = csv.header.unwrap_or(self.csv.header);
        self.csv.skip_lines = csv.skip_lines.unwrap_or(self.csv.skip_lines);
        self.csv.comment = csv.comment.or(self.csv.comment);
        if let Some(zone) = &over.zone {
            self.time.zone.clone_from(zone);
        }
        if let Some(formats) = &over.formats {
            self.time.formats.clone_from(formats);
        }
        for (name, from) in &over.columns {
            // A column of this file wins over a constant of the whole mapping.
            self.constants.remove(name);
            self.columns.insert(name.clone(), from.clone());
        }
        for (name, value) in &over.constants {
            self.columns.remove(name);
            self.constants.insert(name.clone(), value.clone());
        }
        self.keep = over.keep.or(self.keep);
    }
}
