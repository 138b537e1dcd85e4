//! What strengthens and what teaches, once checked: indicators, measures, instruments,
//! dilemmas, cards, norm sets, profiles and the glossary. Plain data with public fields.

use crate::texts::Texts;
use model::Process;

/// What every item of the library has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// Its code, never used again for something else.
    pub code: String,
    /// Its name (= folder).
    pub name: String,
    /// `proposal` or `reviewed`.
    pub review: String,
    /// Ids of sources.
    pub sources: Vec<String>,
    /// Its texts in both languages.
    pub texts: Texts,
}

/// An open table that says something of a circumstance outside. Nothing is fetched: a user
/// brings the figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Indicator {
    /// Code, name, review, sources and texts.
    pub head: Head,
    /// Who publishes the table.
    pub provider: String,
    /// Its name or number; empty where it has none.
    pub table: String,
    /// Where it stands.
    pub url: String,
    /// `percent`, `count`, `per-1000`, `euro`, `score` or `share`.
    pub unit: String,
    /// `municipality`, `district` or `address`.
    pub area: String,
    /// How often it is published.
    pub every: String,
    /// The circumstances of which it speaks, by code.
    pub circumstances: Vec<String>,
    /// Whether a higher figure means that the circumstance occurs more.
    pub higher_is_worse: bool,
    /// From here the circumstance occurs somewhat, in tenths of the unit.
    pub somewhat_from: Option<i64>,
    /// From here it occurs strongly, in tenths of the unit.
    pub strongly_from: Option<i64>,
}

/// Low, likely and high.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Range3 {
    /// With luck.
    pub low: u32,
    /// As a rule.
    pub likely: u32,
    /// With setbacks.
    pub high: u32,
}

/// A control that a measure lifts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raise {
    /// The control, by code.
    pub control: String,
    /// The maturity the control must have before.
    pub from: u8,
    /// The maturity to which it is lifted at most.
    pub to: u8,
}

/// A circumstance that a measure lowers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lower {
    /// The circumstance, by code.
    pub circumstance: String,
    /// By how many steps of severity.
    pub by: u8,
}

/// Something done to strengthen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// Code, name, review, sources and texts.
    pub head: Head,
    /// `knowledge`, `awareness`, `partners` or `instruments`.
    pub theme: String,
    /// The processes in which it works.
    pub processes: Vec<Process>,
    /// Fit for a small organisation.
    pub small: bool,
    /// Can be shared in the region.
    pub shared: bool,
    /// Hours in the first year.
    pub hours_once: Range3,
    /// Hours in every year after.
    pub hours_yearly: Range3,
    /// Whole euros in the first year.
    pub euros_once: Range3,
    /// Whole euros in every year after.
    pub euros_yearly: Range3,
    /// `measured-here`, `measured-elsewhere`, `practice` or `expectation`.
    pub proof: String,
    /// Measures that must be there first, by code.
    pub requires: Vec<String>,
    /// Instruments to use, by code.
    pub instruments: Vec<String>,
    /// The controls it lifts.
    pub raises: Vec<Raise>,
    /// The circumstances it lowers.
    pub lowers: Vec<Lower>,
}

/// Something that exists and can be used: who gives it, for what, where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instrument {
    /// Code, name, review, sources and texts.
    pub head: Head,
    /// What it is: a scan, a training, a protocol …
    pub kind: String,
    /// Who gives it.
    pub giver: String,
    /// Where it stands; may be empty.
    pub url: String,
    /// `free`, `members`, `paid` or `unknown`.
    pub cost: String,
    /// The languages in which it is given.
    pub languages: Vec<String>,
    /// The processes it concerns.
    pub processes: Vec<Process>,
}

/// A situation to talk about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dilemma {
    /// Code, name, review, sources and texts.
    pub head: Head,
    /// The process in which it plays.
    pub process: Process,
    /// What one may do, by name; two to four.
    pub options: Vec<String>,
    /// The options that the rules and good practice support.
    pub wise: Vec<String>,
    /// Circumstances it makes people talk about, by code.
    pub circumstances: Vec<String>,
    /// Controls it makes people talk about, by code.
    pub controls: Vec<String>,
}

/// One page for those who work in a process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Code, name, review, sources and texts.
    pub head: Head,
    /// The process.
    pub process: Process,
    /// The controls it helps to hold, by code.
    pub controls: Vec<String>,
}

/// How far one answer on a control or circumstance answers a norm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fits {
    /// Both ask the same.
    Same,
    /// The answer covers part of the norm.
    Part,
    /// The answer touches the norm.
    Touches,
}

impl Fits {
    /// All with their names in files.
    pub const ALL: [(&'static str, Self); 3] =
        [("same", Self::Same), ("part", Self::Part), ("touches", Self::Touches)];

    /// The name in files.
    pub fn code(self) -> &'static str {
        Self::ALL.iter().find(|(_, fits)| *fits == self).map_or("", |(code, _)| code)
    }
}

/// One norm of a set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NormItem {
    /// Its name, unique in the set.
    pub name: String,
    /// As the set numbers it.
    pub number: String,
    /// Its theme.
    pub theme: String,
    /// Controls that answer it.
    pub controls: Vec<(String, Fits)>,
    /// Circumstances that answer it.
    pub circumstances: Vec<(String, Fits)>,
}

/// A norm set of a region or of the whole country.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NormSet {
    /// Code, name, review, sources and texts.
    pub head: Head,
    /// Who gives it.
    pub giver: String,
    /// Where it stands; may be empty.
    pub url: String,
    /// The version of the set.
    pub version: String,
    /// Its themes, in order.
    pub themes: Vec<String>,
    /// Its norms, in order.
    pub items: Vec<NormItem>,
}

/// Which questions are asked of whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Code, name, review, sources and texts.
    pub head: Head,
    /// The kind of organisation it is for.
    pub organisation: String,
    /// Whether it is the short track.
    pub short: bool,
    /// How long it takes.
    pub minutes: u32,
    /// How many people take part.
    pub people: u32,
    /// The processes it asks about.
    pub processes: Vec<Process>,
    /// Controls and circumstances in the order in which they are asked, by code; empty: all
    /// that concern the process.
    pub questions: Vec<String>,
}

/// The words, in reading order; `texts` holds `title`, `intro` and for each term `title`,
/// `means` and `example`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Glossary {
    /// Names of the terms.
    pub terms: Vec<String>,
    /// The texts.
    pub texts: Texts,
}

/// A signal that is no rule, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unexpressed {
    /// The code of the signal.
    pub code: String,
    /// `title`: why, in both languages.
    pub texts: Texts,
}

/// A code that was used once and never will be again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retired {
    /// The code.
    pub code: String,
    /// What came in its place; empty where nothing did.
    pub successor: String,
    /// Why.
    pub why: String,
}
