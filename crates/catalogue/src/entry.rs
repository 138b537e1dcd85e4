//! Every item of the catalogue in one shape, whatever its kind: for lists, pages, tables and
//! comparisons, so that a new kind is known everywhere at once.

mod collect;
mod words;

use crate::items::Catalogue;
use crate::texts::Texts;
use model::Lang;
use std::collections::{BTreeMap, BTreeSet};

pub use words::word;

/// The kind of an item, in the order in which they are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A kind of work of the office.
    Process,
    /// What makes a process more vulnerable.
    Circumstance,
    /// An open table that says something of a circumstance outside.
    Indicator,
    /// What should hold it back.
    Control,
    /// A checked declaration, evaluated on data.
    Rule,
    /// Something done to strengthen.
    Measure,
    /// Something that exists and can be used.
    Instrument,
    /// A situation to talk about.
    Dilemma,
    /// One page for those who work in a process.
    Card,
    /// A norm set.
    Norm,
    /// Which questions are asked of whom.
    Profile,
    /// The words.
    Glossary,
}

impl Kind {
    /// All kinds with their name in files.
    pub const ALL: [(&'static str, Self); 12] = [
        ("process", Self::Process),
        ("circumstance", Self::Circumstance),
        ("indicator", Self::Indicator),
        ("control", Self::Control),
        ("rule", Self::Rule),
        ("measure", Self::Measure),
        ("instrument", Self::Instrument),
        ("dilemma", Self::Dilemma),
        ("card", Self::Card),
        ("norm", Self::Norm),
        ("profile", Self::Profile),
        ("glossary", Self::Glossary),
    ];

    /// The name in files and commands.
    pub fn code(self) -> &'static str {
        Self::ALL.iter().find(|(_, kind)| *kind == self).map_or("", |(code, _)| code)
    }

    /// What one item is called.
    pub fn title(self, lang: Lang) -> &'static str {
        words::kind(self, lang).0
    }

    /// What several items are called.
    pub fn plural(self, lang: Lang) -> &'static str {
        words::kind(self, lang).1
    }
}

/// The name of a fact, in files and in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label {
    /// The name in files.
    pub code: &'static str,
    /// In Dutch.
    pub nl: &'static str,
    /// In English.
    pub en: &'static str,
}

/// What a fact says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Free text, the same in both languages.
    Text(String),
    /// A word out of a closed list; [`word`] gives it in a language.
    Word(String),
    /// Words out of closed lists.
    Words(Vec<String>),
    /// Names as they are.
    Names(Vec<String>),
    /// A whole number.
    Number(i64),
    /// Low, likely, high.
    Range([u32; 3]),
    /// Yes or no.
    Yes(bool),
    /// Where to look.
    Address(String),
}

/// That one item speaks of another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    /// How, read from this side.
    pub label: Label,
    /// How, read from the other side.
    pub back: Label,
    /// The code of the other.
    pub to: String,
    /// What is added, such as `0 → 2` or `part`; may be empty.
    pub note: String,
}

/// One item.
#[derive(Clone, Debug)]
pub struct Entry<'c> {
    /// Its kind.
    pub kind: Kind,
    /// Its code; for a process its name in commands.
    pub code: String,
    /// The folder of its files, inside `content/`.
    pub folder: String,
    /// Its texts.
    pub texts: &'c Texts,
    /// What else is known of it, in reading order.
    pub facts: Vec<(Label, Value)>,
    /// Of which items it speaks.
    pub links: Vec<Link>,
    /// Ids of its sources.
    pub sources: &'c [String],
    /// `proposal` or `reviewed`.
    pub review: &'c str,
}

/// All items, by kind and code.
pub fn entries(catalogue: &Catalogue) -> Vec<Entry<'_>> {
    let mut all = collect::all(catalogue);
    all.sort_by_key(|entry| (entry.kind, place(&entry.code)));
    all
}

/// Codes in the order in which people count: `M9` before `M10`.
fn place(code: &str) -> (String, u64, String) {
    let digits = code.find(|c: char| c.is_ascii_digit()).unwrap_or(code.len());
    let (letters, rest) = code.split_at_checked(digits).unwrap_or((code, ""));
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (number, tail) = rest.split_at_checked(end).unwrap_or((rest, ""));
    (letters.to_owned(), number.parse().unwrap_or(0), tail.to_owned())
}

/// Which items speak of each item: code → (how, read from this side; the other; its note).
pub fn spoken_of(
    entries: &[Entry<'_>],
) -> BTreeMap<String, BTreeSet<(Label, String, String)>> {
    let mut back: BTreeMap<String, BTreeSet<_>> = BTreeMap::new();
    for entry in entries {
        for link in &entry.links {
            back.entry(link.to.clone()).or_default().insert((
                link.back,
                entry.code.clone(),
                link.note.clone(),
            ));
        }
    }
    back
}

/// All codes in use, over all kinds.
pub(crate) fn codes(catalogue: &Catalogue) -> impl Iterator<Item = &String> {
    catalogue
        .circumstances
        .keys()
        .chain(catalogue.controls.keys())
        .chain(catalogue.rules.keys())
        .chain(catalogue.indicators.keys())
        .chain(catalogue.measures.keys())
        .chain(catalogue.instruments.keys())
        .chain(catalogue.dilemmas.keys())
        .chain(catalogue.cards.keys())
        .chain(catalogue.norms.keys())
        .chain(catalogue.profiles.keys())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_stand_in_the_order_in_which_people_count() {
        let mut codes = vec!["M100", "M9", "M010", "B06A", "B06", "D-FIN-02"];
        codes.sort_by_key(|code| place(code));
        assert_eq!(codes, ["B06", "B06A", "D-FIN-02", "M9", "M010", "M100"]);
    }
}
