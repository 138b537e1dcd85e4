//! The plan as people work with it: a list of the measures that were taken up, for a
//! spreadsheet ([`csv()`], [`workbook()`]) and for a calendar ([`crate::calendar`]).
//!
//! Everything is written from what is handed in and a given moment: the same list gives the
//! same bytes. Nothing here can be a formula, whatever somebody typed in a note.

mod csv;
mod workbook;

pub use self::csv::{csv, table};
pub use workbook::workbook;

use model::{Date, Lang};

/// How far a measure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Planned.
    Planned,
    /// Started.
    Started,
    /// Done; whether it worked, the next round and run will show.
    Done,
    /// Stopped.
    Stopped,
}

impl Status {
    /// All, with the word for them in Dutch and English.
    pub const ALL: [(Self, &'static str, &'static str); 4] = [
        (Self::Planned, "gepland", "planned"),
        (Self::Started, "bezig", "started"),
        (Self::Done, "klaar", "done"),
        (Self::Stopped, "gestopt", "stopped"),
    ];

    /// The word on a sheet.
    pub fn word(self, lang: Lang) -> &'static str {
        let own = Self::ALL.iter().find(|(status, ..)| *status == self);
        own.map_or("", |(_, nl, en)| lang.pick(*nl, *en))
    }
}

/// A measure that was taken up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// What it is called between machines: stays the same as long as the measure is followed.
    pub id: String,
    /// Its code in the catalogue.
    pub code: String,
    /// Its title, in the language of the list.
    pub title: String,
    /// The title of the process; empty where it is for all of them.
    pub process: String,
    /// The function that owns it.
    pub owner_role: String,
    /// How far it is.
    pub status: Status,
    /// When it begins, where that is known.
    pub starts_on: Option<Date>,
    /// When it should be done, where that is known.
    pub due_on: Option<Date>,
    /// After how many months it comes again, where it does.
    pub recurring_months: Option<u32>,
    /// What there is to say; may be empty.
    pub note: String,
    /// Hours, once.
    pub hours_once: u64,
    /// Hours in each year.
    pub hours_yearly: u64,
    /// Whole euros, once.
    pub euros_once: u64,
    /// Whole euros in each year.
    pub euros_yearly: u64,
    /// What would be lost without it, in tenths of a point, where a plan says so.
    pub loss_tenths: Option<i64>,
}

/// One cell of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Cell<'a> {
    /// Text, never looked at as anything else.
    Text(&'a str),
    /// A whole number.
    Whole(u64),
    /// A number in tenths.
    Tenths(i64),
    /// A date.
    Day(Date),
    /// Nothing is known.
    Empty,
}

/// A column: its headings, its width in a workbook.
struct Column {
    nl: &'static str,
    en: &'static str,
    width: u8,
}

/// In the order in which they stand.
const COLUMNS: [Column; 15] = [
    Column { nl: "code", en: "code", width: 8 },
    Column { nl: "maatregel", en: "measure", width: 40 },
    Column { nl: "proces", en: "process", width: 26 },
    Column { nl: "eigenaar (functie)", en: "owner (function)", width: 26 },
    Column { nl: "status", en: "status", width: 10 },
    Column { nl: "begint op", en: "begins on", width: 12 },
    Column { nl: "klaar op", en: "due on", width: 12 },
    Column { nl: "herhaalt na (maanden)", en: "recurs after (months)", width: 12 },
    Column { nl: "uren eenmalig", en: "hours once", width: 10 },
    Column { nl: "uren per jaar", en: "hours a year", width: 10 },
    Column { nl: "euro eenmalig", en: "euros once", width: 10 },
    Column { nl: "euro per jaar", en: "euros a year", width: 10 },
    Column {
        nl: "verlies zonder deze maatregel (punten)",
        en: "loss without this measure (points)",
        width: 14,
    },
    Column { nl: "opmerking", en: "note", width: 40 },
    Column { nl: "kenmerk", en: "reference", width: 12 },
];

impl Taken {
    /// Its cells, one a column.
    fn cells(&self, lang: Lang) -> [Cell<'_>; COLUMNS.len()] {
        let process = match self.process.as_str() {
            "" => lang.pick("alle processen", "all processes"),
            process => process,
        };
        let day = |date: Option<Date>| date.map_or(Cell::Empty, Cell::Day);
        let months = self.recurring_months.map(u64::from);
        [
            Cell::Text(&self.code),
            Cell::Text(&self.title),
            Cell::Text(process),
            Cell::Text(&self.owner_role),
            Cell::Text(self.status.word(lang)),
            day(self.starts_on),
            day(self.due_on),
            months.map_or(Cell::Empty, Cell::Whole),
            Cell::Whole(self.hours_once),
            Cell::Whole(self.hours_yearly),
            Cell::Whole(self.euros_once),
            Cell::Whole(self.euros_yearly),
            self.loss_tenths.map_or(Cell::Empty, Cell::Tenths),
            Cell::Text(&self.note),
            Cell::Text(&self.id),
        ]
    }
}

#[cfg(test)]
mod tests;
