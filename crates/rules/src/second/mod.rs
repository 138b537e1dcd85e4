//! The second stage: answers that need many groups at once. In the first stage an operator
//! notes facts of each group; facts of two batches are joined by laying them one after the
//! other; in the second stage it concludes.

mod bunching;
mod concentration;
mod excess;
mod pair;
mod shared_value;
mod split_below;
mod strata;
mod tempo;

use crate::answer::Reason;
use crate::args::{Args, Context};
use crate::pattern::Needs;
use crate::result::{EvidenceRow, Measure};
use crate::steps::StepSet;
use crate::view::{Group, Log, View};
use catalogue::Faults;
use catalogue::tree::Tree;
use model::Ppm;
use std::collections::BTreeMap;
use std::fmt::Debug;

pub use strata::{Strata, text};

/// What an operator of the second stage remembers of one group or event.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fact {
    /// The stratum, as a position in [`Keep::strata`].
    pub stratum: u32,
    /// What it belongs to: a handler, a counterpart, a set of values.
    pub key: Key,
    /// A number: an amount in cents, a duration in seconds.
    pub number: i64,
    /// Whether the pattern was found (for `excess`).
    pub found: bool,
    /// The row that proves it.
    pub row: EvidenceRow,
}

/// What a fact belongs to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// Nothing in particular.
    None,
    /// A person.
    Who(u32),
    /// A text.
    Text(String),
    /// A person and a text.
    Pair(u32, String),
}

/// The facts of one test.
#[derive(Clone, Debug, Default)]
pub struct Keep {
    /// In the order in which they were noted.
    pub facts: Vec<Fact>,
    /// Strata by their values.
    pub strata: BTreeMap<Vec<String>, u32>,
    /// Subjects that could not be judged, by reason.
    pub unknown: BTreeMap<Reason, u64>,
}

impl Keep {
    /// The position of a stratum.
    pub fn stratum(&mut self, values: Vec<String>) -> u32 {
        let next = u32::try_from(self.strata.len()).unwrap_or(u32::MAX);
        *self.strata.entry(values).or_insert(next)
    }

    /// Counts one subject that could not be judged.
    pub fn doubt(&mut self, reason: Reason) {
        *self.unknown.entry(reason).or_default() += 1;
    }

    /// The facts of each stratum, in the order of the strata's values.
    pub fn by_stratum(&self) -> Vec<(String, Vec<&Fact>)> {
        let mut facts: BTreeMap<u32, Vec<&Fact>> = BTreeMap::new();
        for fact in &self.facts {
            facts.entry(fact.stratum).or_default().push(fact);
        }
        self.strata
            .iter()
            .filter_map(|(values, at)| Some((values.join(" · "), facts.remove(at)?)))
            .collect()
    }
}

/// What one subject of the second stage is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aggregate {
    /// A person.
    Who(u32),
    /// A text: a supplier, a set of values.
    Text(String),
    /// A person and a counterpart.
    Pair(u32, String),
    /// A stratum; the whole process where its name is empty.
    Stratum(String),
    /// A case.
    Case(u32),
}

/// One subject for which the second stage found something.
#[derive(Clone, Debug)]
pub struct Hit {
    /// The subject.
    pub subject: Aggregate,
    /// The rows that prove it.
    pub rows: Vec<EvidenceRow>,
    /// Observed beside expected.
    pub measure: Option<Measure>,
}

/// What the second stage concludes.
#[derive(Clone, Debug, Default)]
pub struct Conclusion {
    /// How many subjects were judged.
    pub judged: u64,
    /// Which subjects could not be judged, by reason.
    pub unknown: BTreeMap<Reason, u64>,
    /// How many statistical tests were run, found or not; 0 where none is one.
    pub tests: u64,
    /// What was found.
    pub hits: Vec<Hit>,
}

impl Conclusion {
    /// Counts subjects that could not be judged.
    pub(crate) fn doubt(&mut self, reason: Reason, count: u64) {
        if count > 0 {
            *self.unknown.entry(reason).or_default() += count;
        }
    }
}

/// An operator of the second stage.
pub trait Second: Debug + Send + Sync {
    /// First stage: notes the facts of one group.
    fn note(&self, group: &Group<'_, '_>, keep: &mut Keep);

    /// Second stage: concludes from all facts.
    fn conclude(&self, keep: &Keep, log: &Log<'_>) -> Conclusion;

    /// All steps and columns it looks at.
    fn needs(&self, needs: &mut Needs);

    /// Groups that hold none of these steps are passed over.
    fn triggers(&self) -> StepSet;
}

/// Reads the arguments of an operator of the second stage.
pub type Read = fn(&mut Args<'_, '_, '_, '_>) -> Option<Box<dyn Second>>;

/// Every operator of the second stage by name.
pub const ALL: &[(&str, Read)] = &[
    ("bunching", bunching::read),
    ("concentration", concentration::read),
    ("excess", excess::read),
    ("pair", pair::read),
    ("shared_value", shared_value::read),
    ("split_below", split_below::read),
    ("too_fast", tempo::read_fast),
    ("too_slow", tempo::read_slow),
];

/// Compiles an operator of the second stage; `None` without a fault where the name is not
/// one of them.
pub(crate) fn compile(
    file: &str,
    tree: &Tree,
    faults: &mut Faults,
    context: &mut Context<'_>,
) -> Option<Box<dyn Second>> {
    let name = crate::operators::operator_name(tree)?;
    let (_, read) = ALL.iter().find(|(known, _)| *known == name)?;
    let mut args = Args::new(file, tree, faults, context);
    args.reader.tree("operator");
    let second = read(&mut args);
    args.reader.done();
    second
}

/// The row of an event as evidence.
pub(crate) fn evidence(view: &View<'_>, row: usize) -> EvidenceRow {
    EvidenceRow {
        place: view.place(row),
        case: view.case(row),
        activity: view.activity(row),
        moment: view.moment(row),
        who: view.who(row),
    }
}

/// A share between 0 and 1 out of a number of thousandths.
pub(crate) fn thousandths(number: i64) -> f64 {
    number.clamp(0, 1000) as f64 / 1000.0
}

/// Parts per million of a probability, rounded so that other machines give the same.
pub(crate) fn ppm(probability: f64) -> Ppm {
    Ppm::from_fraction(probability)
}
