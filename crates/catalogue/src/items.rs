//! What the catalogue holds, once checked: plain data with public fields.

use crate::library::{
    Card, Dilemma, Glossary, Indicator, Instrument, Measure, NormSet, Profile, Retired,
    Unexpressed,
};
use crate::texts::Texts;
use crate::tree::Tree;
use model::{Date, Lang, Process};
use std::collections::BTreeMap;

/// The whole of `content/`, checked.
#[derive(Clone, Debug)]
pub struct Catalogue {
    /// `VERSION` and the first eight hex digits of the SHA-256 over all files.
    pub version: String,
    /// The numbers of the method.
    pub method: Method,
    /// The columns rules may name, by name.
    pub columns: BTreeMap<String, Column>,
    /// The tables that can be brought beside a log, by name.
    pub tables: BTreeMap<String, TableItem>,
    /// The steps every process has (roster, authorisations, audit lines).
    pub common_steps: Vec<Step>,
    /// The processes.
    pub processes: BTreeMap<Process, ProcessItem>,
    /// Circumstances, by code.
    pub circumstances: BTreeMap<String, Circumstance>,
    /// Controls, by code.
    pub controls: BTreeMap<String, Control>,
    /// Rules, by code.
    pub rules: BTreeMap<String, Rule>,
    /// Signals that are no rule, by code.
    pub unexpressed: BTreeMap<String, Unexpressed>,
    /// Indicators, by code.
    pub indicators: BTreeMap<String, Indicator>,
    /// Measures, by code.
    pub measures: BTreeMap<String, Measure>,
    /// Instruments, by code.
    pub instruments: BTreeMap<String, Instrument>,
    /// Dilemmas, by code.
    pub dilemmas: BTreeMap<String, Dilemma>,
    /// Cards, by code.
    pub cards: BTreeMap<String, Card>,
    /// Norm sets, by code.
    pub norms: BTreeMap<String, NormSet>,
    /// Profiles, by code.
    pub profiles: BTreeMap<String, Profile>,
    /// The words.
    pub glossary: Glossary,
    /// Codes that are never used again.
    pub retired: BTreeMap<String, Retired>,
    /// Sources, by id.
    pub sources: BTreeMap<String, SourceItem>,
}

impl Catalogue {
    /// The rules of a process: its own and those for every process, by code.
    pub fn rules_of(&self, process: Process) -> impl Iterator<Item = &Rule> {
        self.rules.values().filter(move |rule| rule.processes.contains(&process))
    }

    /// A step of a process or a common step.
    pub fn step(&self, process: Process, name: &str) -> Option<&Step> {
        self.processes
            .get(&process)
            .and_then(|item| item.steps.iter().find(|step| step.name == name))
            .or_else(|| self.common_steps.iter().find(|step| step.name == name))
    }

    /// The title of a step, or its name where it has none.
    pub fn step_title<'a>(
        &'a self,
        process: Process,
        name: &'a str,
        lang: Lang,
    ) -> &'a str {
        if let Some(step) = self.common_steps.iter().find(|step| step.name == name) {
            return step.titles.title(lang);
        }
        self.processes
            .get(&process)
            .and_then(|item| item.texts.find(lang, &format!("steps.{name}")))
            .unwrap_or(name)
    }
}

/// Where a source was found and whether it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceItem {
    /// The id by which items name it.
    pub id: String,
    /// What it is.
    pub title: String,
    /// Where it stands; may be empty for books and laws.
    pub url: String,
    /// `read`, `excerpt` or `not-read`.
    pub read: String,
}

/// The numbers of the method.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Method {
    /// The version of the method.
    pub version: u32,
    /// The numbers of water, dike and freeboard.
    pub freeboard: FreeboardNumbers,
    /// Fewer subjects than this: no statement.
    pub least_subjects: u64,
    /// A smaller share of assessable subjects than this: no statement. In percent.
    pub least_coverage_percent: u32,
    /// Ranges for controls, the first that fits holds.
    pub control_ranges: Vec<ShownRange>,
    /// Ranges for circumstances, the first that fits holds.
    pub circumstance_ranges: Vec<ShownRange>,
}

/// The numbers of the method for water, dike and freeboard. A height is in tenths of a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FreeboardNumbers {
    /// The dike is at most this high where a key control is absent.
    pub cap_absent: i64,
    /// The dike is at most this high where a key control stands on paper only; never below
    /// `cap_absent`.
    pub cap_on_paper: i64,
    /// Below this freeboard the class is red.
    pub red_below: i64,
    /// Below this, orange; never below `red_below`.
    pub orange_below: i64,
    /// Up to this, green, above it blue; never below `orange_below`.
    pub green_to: i64,
    /// Above this share of the weight unknown there is no class, in percent.
    pub unknown_percent: u64,
    /// The freeboard that a plan works towards.
    pub target: i64,
    /// The least number of answers before management and work floor are set apart.
    pub least_group: u32,
    /// The least number of organisations behind a regional figure.
    pub least_organisations: u32,
}

/// From an interval of the share kept (for controls) or found (for circumstances) to a
/// range of maturity or severity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShownRange {
    /// Fits when the lower end is at least this, in parts per million.
    pub lower_at_least: Option<u32>,
    /// Fits when the upper end is below this, in parts per million.
    pub upper_below: Option<u32>,
    /// The lowest maturity or severity that agrees with the data.
    pub low: u8,
    /// The highest.
    pub high: u8,
}

/// The type of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ColumnType {
    /// Free or coded text.
    Text,
    /// A whole number.
    Int,
    /// Money, in cents.
    Money,
    /// A number with a fraction.
    Float,
    /// Yes or no.
    Bool,
    /// A date.
    Date,
    /// A date with a time.
    Moment,
    /// A person: kept as a keyed pseudonym only.
    Person,
    /// The identifier of a thing.
    Code,
}

impl ColumnType {
    /// All types with their names in files.
    pub const ALL: [(&'static str, Self); 9] = [
        ("text", Self::Text),
        ("int", Self::Int),
        ("money", Self::Money),
        ("float", Self::Float),
        ("bool", Self::Bool),
        ("date", Self::Date),
        ("moment", Self::Moment),
        ("person", Self::Person),
        ("code", Self::Code),
    ];
}

/// Who may see the values of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Secrecy {
    /// Anyone.
    Open,
    /// The organisation.
    Internal,
    /// Those allowed to see evidence.
    Personal,
    /// Nobody but the integrity officer.
    Secret,
}

impl Secrecy {
    /// All classes with their names in files.
    pub const ALL: [(&'static str, Self); 4] = [
        ("open", Self::Open),
        ("internal", Self::Internal),
        ("personal", Self::Personal),
        ("secret", Self::Secret),
    ];
}

/// A column of the vocabulary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Its type.
    pub kind: ColumnType,
    /// Whether it speaks of the case (or of one event).
    pub of_case: bool,
    /// Who may see it.
    pub secrecy: Secrecy,
    /// What it means, in both languages.
    pub titles: Texts,
}

/// A table that can be brought beside a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableItem {
    /// Its name.
    pub name: String,
    /// Whether its rows are events; otherwise they are joined to events by a key.
    pub events: bool,
    /// Columns of an event that may hold the key.
    pub joins: Vec<String>,
    /// Columns of the vocabulary that it gives.
    pub columns: Vec<String>,
    /// What it is, in both languages.
    pub titles: Texts,
}

/// What a step is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StepKind {
    /// Ordinary work.
    Work,
    /// A decision point.
    Decision,
    /// The effect outside: paid, sent, handed over.
    Effect,
    /// A check on the work of others.
    Check,
    /// Registration.
    Record,
}

impl StepKind {
    /// All kinds with their names in files.
    pub const ALL: [(&'static str, Self); 5] = [
        ("work", Self::Work),
        ("decision", Self::Decision),
        ("effect", Self::Effect),
        ("check", Self::Check),
        ("record", Self::Record),
    ];
}

/// A step of a process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its name.
    pub name: String,
    /// What it is for.
    pub kind: StepKind,
    /// Which functions take it.
    pub functions: Vec<String>,
    /// Whether it stands on the main way of the map.
    pub main: bool,
    /// Patterns by which `bind` recognises it in an unknown log.
    pub patterns: Vec<String>,
    /// Its titles, for common steps; those of a process stand in the texts of the process.
    pub titles: Texts,
}

/// The lists of a process over which `for_each` runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ListKind {
    /// Steps that must occur.
    Mandatory,
    /// Steps that must come before others.
    Orders,
    /// Steps that different people must take.
    Separations,
    /// Approvals that must stand before their effect.
    Effects,
}

impl ListKind {
    /// All lists with their names in files and the sets of steps an item of them has.
    pub const ALL: [(&'static str, Self, &'static [&'static str]); 4] = [
        ("mandatory", Self::Mandatory, &["step", "once"]),
        ("orders", Self::Orders, &["first", "then"]),
        ("separations", Self::Separations, &["a", "b"]),
        ("effects", Self::Effects, &["approve", "effect", "change"]),
    ];

    /// The name in files.
    pub fn code(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(_, kind, _)| *kind == self)
            .map_or("", |(code, _, _)| code)
    }
}

/// One item of such a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListItem {
    /// Its name (for `mandatory`, the step).
    pub name: String,
    /// Sets of steps by key (`a`, `b`, `first`, …).
    pub sets: BTreeMap<String, Vec<String>>,
    /// The id of the source of the norm.
    pub source: String,
    /// For separations, the day on which somebody last held the pair against its source;
    /// nothing where nobody did.
    pub checked: Option<Date>,
}

/// Where a process stands in the standards of the field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Links {
    /// Names in the GEMMA reference architecture.
    pub gemma: Vec<String>,
    /// Case types that a municipality uses for it.
    pub case_types: Vec<String>,
    /// General areas of vulnerability.
    pub areas: Vec<String>,
}

/// The `[decision]` of a process.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Decision {
    /// Steps in which the decision falls.
    pub step: Vec<String>,
    /// The last of these makes the case ready for decision.
    pub ready: Vec<String>,
    /// Steps in which the case is handled.
    pub handle: Vec<String>,
    /// A condition (as in `where`) that says that the outcome was favourable.
    pub favourable: Option<Tree>,
}

/// A process.
#[derive(Clone, Debug)]
pub struct ProcessItem {
    /// Which process.
    pub process: Process,
    /// `low`, `middle` or `high`.
    pub attractiveness: String,
    /// Ids of sources.
    pub sources: Vec<String>,
    /// `proposal` or `reviewed`.
    pub review: String,
    /// Functions that work in it.
    pub functions: Vec<String>,
    /// Steps in the order of the normative way.
    pub steps: Vec<Step>,
    /// The lists over which `for_each` runs.
    pub lists: BTreeMap<ListKind, Vec<ListItem>>,
    /// Where the decision falls.
    pub decision: Decision,
    /// Where it stands in the standards of the field.
    pub links: Links,
    /// Titles and texts.
    pub texts: Texts,
}

/// A circumstance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Circumstance {
    /// Its code.
    pub code: String,
    /// Its name (= folder).
    pub name: String,
    /// Whether it lies inside the organisation.
    pub inside: bool,
    /// The group under which it is shown.
    pub group: String,
    /// 1 to 3.
    pub weight: u8,
    /// Another control or circumstance and the least answer to it that makes this a question.
    /// Below that the answer to this one follows: absent, or does not occur.
    pub asked_when: Option<(String, u8)>,
    /// The processes it concerns.
    pub processes: Vec<Process>,
    /// `proposal` or `reviewed`.
    pub review: String,
    /// Ids of sources.
    pub sources: Vec<String>,
    /// `title`, `question`, `help`, `severity.*`.
    pub texts: Texts,
}

/// A control.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Control {
    /// Its code.
    pub code: String,
    /// Its name (= folder).
    pub name: String,
    /// Whether its absence caps the dike.
    pub key: bool,
    /// 1 to 3.
    pub weight: u8,
    /// Another control or circumstance and the least answer to it that makes this a question.
    /// Below that the answer to this one follows: absent, or does not occur.
    pub asked_when: Option<(String, u8)>,
    /// The processes it concerns.
    pub processes: Vec<Process>,
    /// `proposal` or `reviewed`.
    pub review: String,
    /// Ids of sources.
    pub sources: Vec<String>,
    /// `title`, `question`, `help`, `evidence`, `maturity.*`.
    pub texts: Texts,
}

/// For what a rule speaks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EvidenceFor {
    /// A control, by code.
    Control(String),
    /// A circumstance, by code.
    Circumstance(String),
}

/// A number of a rule that a user may change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// The value that holds outside every period.
    pub default: i64,
    /// The least value a user may give.
    pub least: i64,
    /// The greatest.
    pub most: i64,
    /// Its unit.
    pub unit: String,
    /// Values by period: from, to (inclusive), value; sorted, not overlapping.
    pub valid: Vec<(Date, Date, i64)>,
}

/// A rule; its logic is still a tree and is checked by `rules::compile`.
#[derive(Clone, Debug)]
pub struct Rule {
    /// The file it was read from, for faults in its logic.
    pub file: String,
    /// Its code, never used again.
    pub code: String,
    /// Its name (= folder).
    pub name: String,
    /// Raised when the same data would get another answer.
    pub version: u32,
    /// The processes to which it applies.
    pub processes: Vec<Process>,
    /// Whether it was declared for every process (`"*"`).
    pub generic: bool,
    /// `rule`, `control`, `statistic` or `network`.
    pub class: String,
    /// `case`, `event`, `actor`, `pair` or `process`.
    pub level: String,
    /// `trial`, `proven` or `retired`.
    pub stage: String,
    /// The first version of the content that had it.
    pub since: String,
    /// `proposal` or `reviewed`.
    pub review: String,
    /// Columns its logic reads.
    pub needs: Vec<String>,
    /// Ids of sources.
    pub sources: Vec<String>,
    /// `case`, `who` or a column; or two of these, `day` among them.
    pub group: Vec<String>,
    /// The list of the process over which it runs.
    pub for_each: Option<ListKind>,
    /// Innocent readings.
    pub harmless: Vec<String>,
    /// For what it speaks; at least one.
    pub evidence: Vec<EvidenceFor>,
    /// Its parameters, by name.
    pub parameters: BTreeMap<String, Parameter>,
    /// `[when]`.
    pub when: Option<Tree>,
    /// `[logic]`.
    pub logic: Tree,
    /// `title`, `what`, `why`, `story`, `how_to_check`, `basis`, `harmless.*`.
    pub texts: Texts,
    /// The text of `examples.md`.
    pub examples: String,
}
