//! The table of events that rules look at: Arrow arrays sorted by case, time and place in
//! the source, behind typed views.

use arrow_array::{
    Array, BooleanArray, Float64Array, Int64Array, StringArray, UInt32Array, UInt64Array,
};
use model::Moment;
use std::collections::BTreeMap;

/// The distinct values of a column; a code is a position in it.
#[derive(Clone, Debug)]
pub struct Dictionary(pub StringArray);

impl Dictionary {
    /// How many distinct values there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text of a code; `None` for a code that is not in it.
    pub fn text(&self, code: u32) -> Option<&str> {
        let at = usize::try_from(code).ok()?;
        (at < self.0.len()).then(|| self.0.value(at))
    }

    /// The code of a text, by walking; for setting up, not for loops.
    pub fn code(&self, text: &str) -> Option<u32> {
        self.0.iter().position(|t| t == Some(text)).and_then(|at| u32::try_from(at).ok())
    }

    /// All texts with their codes.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &str)> {
        (0_u32..).zip(self.0.iter().map(Option::unwrap_or_default))
    }
}

impl From<Vec<String>> for Dictionary {
    fn from(texts: Vec<String>) -> Self {
        Self(StringArray::from(texts))
    }
}

/// Who stands behind a name in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WhoKind {
    /// One person.
    Person,
    /// A program or interface (declared in the binding).
    Service,
    /// A desk or mailbox that several people share (declared in the binding).
    Shared,
}

/// The values of one attribute. A missing value is null, never 0 or an empty text.
#[derive(Clone, Debug)]
pub enum Values {
    /// Codes into the dictionary of the attribute.
    Text(UInt32Array),
    /// Whole numbers; money in cents.
    Int(Int64Array),
    /// Numbers with a fraction.
    Float(Float64Array),
    /// Yes or no.
    Bool(BooleanArray),
    /// Microseconds since the epoch, UTC.
    Time(Int64Array),
}

/// One attribute of the events.
#[derive(Clone, Debug)]
pub struct Attribute {
    /// Its values, one an event.
    pub values: Values,
}

/// A batch of whole cases: events sorted by case, then time (events without a time last),
/// then place in the source. All arrays have the same length.
#[derive(Clone, Debug)]
pub struct Events {
    /// The case, as a code; not null.
    pub case: UInt32Array,
    /// The activity, as a code; not null.
    pub activity: UInt32Array,
    /// Microseconds since the epoch, UTC; null where the source gave no time.
    pub time: Int64Array,
    /// Whether only the date is known.
    pub day_only: BooleanArray,
    /// The handler, as a code; null where the source named none.
    pub who: UInt32Array,
    /// Place in the source: the file in the upper 16 bits, the line, byte or row below.
    pub place: UInt64Array,
    /// The attributes that were asked for, by name.
    pub attributes: BTreeMap<String, Attribute>,
}

/// Bits of [`Events::place`] below the number of the file.
pub const PLACE_BITS: u32 = 48;

impl Events {
    /// How many events there are.
    pub fn len(&self) -> usize {
        self.case.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.case.is_empty()
    }

    /// When an event happened; `None` where the source gave no time. `row` is below [`len`](Self::len).
    pub fn moment(&self, row: usize) -> Option<Moment> {
        self.time.is_valid(row).then(|| Moment {
            micros: self.time.value(row),
            day_only: self.day_only.value(row),
        })
    }

    /// The handler of an event, as a code; `None` where the source named none.
    pub fn handler(&self, row: usize) -> Option<u32> {
        self.who.is_valid(row).then(|| self.who.value(row))
    }

    /// The rows of each case: its code and the range of its events, in order.
    pub fn cases(&self) -> impl Iterator<Item = (u32, std::ops::Range<usize>)> {
        let codes: &[u32] = self.case.values();
        let mut at = 0;
        codes.chunk_by(|a, b| a == b).map(move |chunk| {
            let range = at..at + chunk.len();
            at = range.end;
            (chunk.first().copied().unwrap_or_default(), range)
        })
    }
}

/// The dictionaries of a snapshot, shared by all its batches.
#[derive(Clone, Debug)]
pub struct Dictionaries {
    /// Identifiers of cases, as the source writes them.
    pub case: Dictionary,
    /// Names of activities, as the source writes them.
    pub activity: Dictionary,
    /// Pseudonyms of handlers.
    pub who: Dictionary,
    /// What stands behind each handler; as long as `who`.
    pub who_kind: Vec<WhoKind>,
    /// Texts of text attributes, by name.
    pub attributes: BTreeMap<String, Dictionary>,
}
