//! Reading notes: remarks on dirt in the data. Dirt is not an error; it is counted,
//! shown with its place, and stands beside every figure that rests on it.

use std::fmt;

/// Where in a source something stands.
///
/// Lines and rows count from 1; a line is a physical line of the unpacked file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// A physical line of a text file (CSV, XES, OCEL XML).
    Line(u64),
    /// A byte offset, for text files that have no lines (JSON on one line).
    Byte(u64),
    /// A row of a table (Parquet, `SQLite`).
    Row(u64),
}

impl Place {
    /// The number alone.
    pub const fn number(self) -> u64 {
        match self {
            Self::Line(n) | Self::Byte(n) | Self::Row(n) => n,
        }
    }

    /// The unit as a word: `line`, `byte` or `row`.
    pub const fn unit(self) -> &'static str {
        match self {
            Self::Line(_) => "line",
            Self::Byte(_) => "byte",
            Self::Row(_) => "row",
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.unit(), self.number())
    }
}

macro_rules! note_kinds {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $nl:literal, $en:literal;)*) => {
        /// What kind of dirt a note speaks of. A closed list, so that it can be counted.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum NoteKind {
            $($(#[$doc])* $name,)*
        }

        impl NoteKind {
            /// Every kind, in the order in which they are shown.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The code in `--json`.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// One short phrase for people.
            pub const fn phrase(self, lang: crate::Lang) -> &'static str {
                match self { $(Self::$name => lang.pick($nl, $en),)* }
            }
        }
    };
}

note_kinds! {
    /// The event names no case.
    MissingCase = "missing-case", "gebeurtenis zonder zaak", "event without a case";
    /// The event names no activity.
    MissingActivity = "missing-activity", "gebeurtenis zonder activiteit", "event without an activity";
    /// The event has no time.
    MissingTime = "missing-time", "gebeurtenis zonder tijd", "event without a time";
    /// A time stands there, but it cannot be read.
    UnreadableTime = "unreadable-time", "tijd niet te lezen", "time that cannot be read";
    /// The time lies before 1990 or more than ten years after the rest of the file.
    UnlikelyTime = "unlikely-time", "onwaarschijnlijke tijd", "unlikely time";
    /// Within one case the file goes back in time.
    TimeBackwards = "time-backwards", "tijd loopt terug binnen een zaak", "time going backwards within a case";
    /// Times without a zone were taken as Dutch local time.
    TimeWithoutZone = "time-without-zone", "tijd zonder zone, gelezen als Nederlandse tijd", "time without a zone, read as Dutch local time";
    /// All times of the file stand at midnight: they are dates.
    DatesOnly = "dates-only", "alle tijden staan op middernacht en zijn gelezen als datum", "all times stand at midnight and were read as dates";
    /// A local time that does not exist or exists twice (change of the clocks).
    AmbiguousTime = "ambiguous-time", "tijd die bij het verzetten van de klok niet of dubbel bestaat", "time that does not exist or exists twice when the clocks change";
    /// The event names nobody who did it.
    MissingWho = "missing-who", "gebeurtenis zonder behandelaar", "event without a handler";
    /// An identifier stands there twice.
    DuplicateId = "duplicate-id", "kenmerk komt dubbel voor", "identifier that stands there twice";
    /// Two rows of one case are equal in activity, time and handler.
    DuplicateEvent = "duplicate-event", "dezelfde gebeurtenis staat er twee keer", "the same event twice";
    /// A value that is not of the type its column promised.
    UnreadableValue = "unreadable-value", "waarde past niet bij de kolom", "value that does not fit its column";
    /// A reference to an object or case that the file does not hold.
    UnknownReference = "unknown-reference", "verwijzing naar iets dat er niet is", "reference to something that is not there";
    /// A row with fewer or more cells than the header.
    UnevenRow = "uneven-row", "regel met te weinig of te veel cellen", "row with too few or too many cells";
    /// Bytes that are not of the declared encoding were replaced.
    BadEncoding = "bad-encoding", "tekens buiten de opgegeven codering zijn vervangen", "bytes outside the declared encoding were replaced";
    /// A column looks as if it held people and was made into pseudonyms.
    PersonColumn = "person-column", "kolom met personen is omgezet in pseudoniemen", "column that holds people was made into pseudonyms";
    /// A column was left out because it was not asked for and may hold personal data.
    ColumnLeftOut = "column-left-out", "kolom is niet overgenomen", "column was left out";
    /// Something the format allows and this reader passes over.
    PassedOver = "passed-over", "onderdeel van het bestand is overgeslagen", "part of the file was passed over";
}

/// One remark made while reading.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Note {
    /// What kind of remark.
    pub kind: NoteKind,
    /// Where; `None` when it speaks of the whole file.
    pub place: Option<Place>,
    /// The name of the column or the offending text, shortened; never a person's name.
    pub detail: String,
}
