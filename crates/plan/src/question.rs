//! What is asked: plain data, so that a plan depends on no form of content or storage.

use std::collections::{BTreeMap, BTreeSet};

/// A question: these processes, these measures, so much capacity. What first?
///
/// The order of the lists carries no meaning; every list is put in the order of its codes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Question {
    /// The processes whose shortfall counts.
    pub processes: Vec<Process>,
    /// The measures to choose from.
    pub measures: Vec<Measure>,
    /// What there is to spend, one entry a year, the first year first; at least one.
    pub years: Vec<Budget>,
    /// How many organisations carry a shared measure together, the own one included; 1 where
    /// the organisation stands alone.
    pub partners: u32,
    /// How low a key control that does not work holds the dike.
    pub caps: Caps,
    /// What people decided by hand.
    pub wishes: Wishes,
}

/// The highest dike while a key control does not work, in tenths of a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Caps {
    /// With one that is absent.
    pub absent_tenths: u32,
    /// With one that stands on paper only; not below the other.
    pub on_paper_tenths: u32,
}

impl Default for Caps {
    /// The numbers of version 1 of the method.
    fn default() -> Self {
        Self { absent_tenths: 400, on_paper_tenths: 700 }
    }
}

/// One process as it stands today.
///
/// It holds the answers that count, and only those that apply: what is not applicable is
/// left out, and for an unknown answer the caller says which value is to count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Process {
    /// Its code.
    pub code: String,
    /// How heavily a point of its shortfall counts; 0: it does not count.
    pub weight: u32,
    /// The freeboard to reach, in tenths of a point, from −1000 to 1000.
    pub target_tenths: i32,
    /// What the process is worth to a criminal, in tenths of a point, from 0 to 1000.
    pub attractiveness_tenths: u32,
    /// What makes it more vulnerable.
    pub circumstances: Vec<Circumstance>,
    /// What should hold that back.
    pub controls: Vec<Control>,
}

/// A circumstance of a process.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Circumstance {
    /// Its code.
    pub code: String,
    /// How much it counts; at least 1.
    pub weight: u32,
    /// 0 does not occur, 1 somewhat, 2 strongly.
    pub severity: u8,
}

/// A control of a process.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Control {
    /// Its code.
    pub code: String,
    /// How much it counts; at least 1.
    pub weight: u32,
    /// 0 absent, 1 on paper, 2 applied, 3 applied and demonstrably checked.
    pub maturity: u8,
    /// Whether a low maturity caps the dike of the whole process.
    pub key: bool,
}

/// Something that can be done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Measure {
    /// Its code.
    pub code: String,
    /// Where it works: it is paid once and counts in each of them.
    pub processes: Reach,
    /// The controls it lifts.
    pub raises: Vec<Raise>,
    /// The circumstances it lowers.
    pub lowers: Vec<Lower>,
    /// What it takes.
    pub cost: Cost,
    /// Measures that must be chosen too, in the same year or earlier, or be in place.
    pub requires: BTreeSet<String>,
    /// Whether it can be carried together with the partners.
    pub shared: bool,
}

/// The processes in which a measure works.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Reach {
    /// In every process.
    #[default]
    All,
    /// In these; a code that no process of the question has is passed over.
    Only(BTreeSet<String>),
}

/// A control that is lifted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Raise {
    /// The control; passed over in a process that does not have it.
    pub control: String,
    /// It works where the control stands at least here, today or by another measure of the
    /// plan.
    pub from: u8,
    /// It lifts the control to here and no further.
    pub to: u8,
}

/// A circumstance that is lowered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lower {
    /// The circumstance; passed over in a process that does not have it.
    pub circumstance: String,
    /// By how many steps. What several measures do adds up, down to 0.
    pub by: u8,
}

/// What a measure takes, or a plan spends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cost {
    /// Hours, once, in the year in which it starts.
    pub hours_once: u64,
    /// Hours in each year from that year on.
    pub hours_yearly: u64,
    /// Whole euros, once.
    pub euros_once: u64,
    /// Whole euros in each year.
    pub euros_yearly: u64,
}

/// What there is in one year; nothing given means no limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Budget {
    /// Hours for what starts in this year.
    pub hours_once: Option<u64>,
    /// Hours for what runs in this year, whenever it started.
    pub hours_yearly: Option<u64>,
    /// Whole euros for both.
    pub euros: Option<u64>,
}

/// Changes by hand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wishes {
    /// These must be in the plan.
    pub must_have: BTreeSet<String>,
    /// These must not.
    pub must_not: BTreeSet<String>,
    /// These not before that year; the first year is 1.
    pub not_before: BTreeMap<String, usize>,
    /// These are done: they cost nothing more, their effect is in the answers, and what
    /// requires them may be chosen.
    pub in_place: BTreeSet<String>,
}
