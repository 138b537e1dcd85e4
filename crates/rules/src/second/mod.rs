//! The second stage: answers that need many groups at once.
//!
//! In the first stage an operator notes facts of each group; facts of two batches are
//! joined by laying them one after the other; in the second stage it concludes.
//!
//! Coverage compares like with like. Where the subjects are actors (or other things that
//! many events share), a trial that cannot be judged is no subject: it is left out of the
//! count of its actor, who is judged by the rest. Trials of nobody in particular stand for
//! as many actors as they would make at the usual number of trials an actor, at least one
//! (`Conclusion::doubt_unnamed`).

mod benford;
mod bunching;
mod component;
mod concentration;
mod excess;
mod measure;
mod outlier;
mod over_ceiling;
mod overtakes;
mod pair;
mod predictable;
mod recurring_set;
mod revisits;
mod score_pull;
mod shared_value;
mod similar;
mod split_below;
mod strata;
mod tempo;

use crate::answer::{Reason, Verdict};
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
    /// Why the number is not known; the number then means nothing.
    pub doubt: Option<Reason>,
    /// The row that proves it.
    pub row: EvidenceRow,
}

/// The trials of one actor in one stratum.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trials {
    /// How many could be judged.
    pub judged: u64,
    /// The rows of those for which it was found.
    pub found: Vec<EvidenceRow>,
    /// The rows of the others, where a rule looks for too few.
    pub clear: Vec<EvidenceRow>,
    /// How many could not, by reason.
    pub unknown: BTreeMap<Reason, u64>,
}

impl Trials {
    /// The reason why most of the others could not be judged, and how many there are.
    pub(crate) fn doubts(&self) -> Option<(Reason, u64)> {
        let most = self.unknown.iter().rev().max_by_key(|(_, count)| **count)?;
        Some((*most.0, self.unknown.values().sum()))
    }
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
    /// Trials by stratum and actor; [`Key::None`] where nobody could be named.
    pub trials: BTreeMap<(u32, Key), Trials>,
    /// Strata by their values.
    pub strata: BTreeMap<Vec<String>, u32>,
    /// Groups that could not be judged, by reason.
    pub unknown: BTreeMap<Reason, u64>,
    /// Cases that could not be judged, by name; kept for examples only.
    pub(crate) trace: Option<Vec<(Aggregate, Verdict)>>,
    // strata by their codes, so that texts are made once a stratum and not once an event
    codes: BTreeMap<Vec<u64>, u32>,
    code: Vec<u64>,
}

impl Keep {
    /// The stratum of an event.
    pub fn stratum(&mut self, strata: &Strata, group: &Group<'_, '_>, row: usize) -> u32 {
        self.code.clear();
        strata.code(group, row, &mut self.code);
        if let Some(at) = self.codes.get(self.code.as_slice()) {
            return *at;
        }
        let at = self.stratum_of(strata.of(group, row));
        self.codes.insert(self.code.clone(), at);
        at
    }

    /// The stratum with these values.
    pub fn stratum_of(&mut self, values: Vec<String>) -> u32 {
        let next = u32::try_from(self.strata.len()).unwrap_or(u32::MAX);
        *self.strata.entry(values).or_insert(next)
    }

    /// The only stratum of an operator without strata.
    pub fn one_stratum(&mut self) -> u32 {
        *self.strata.entry(Vec::new()).or_insert(0)
    }

    /// The trials of an actor in a stratum.
    pub fn trials_of(&mut self, stratum: u32, key: Key) -> &mut Trials {
        self.trials.entry((stratum, key)).or_default()
    }

    /// The trials of each stratum, in the order of the strata's values.
    pub fn trials_by_stratum(&self) -> Vec<(String, BTreeMap<&Key, &Trials>)> {
        let mut all: BTreeMap<u32, BTreeMap<&Key, &Trials>> = BTreeMap::new();
        for ((stratum, key), trials) in &self.trials {
            all.entry(*stratum).or_default().insert(key, trials);
        }
        self.strata
            .iter()
            .filter_map(|(values, at)| Some((values.join(" · "), all.remove(at)?)))
            .collect()
    }

    /// Counts one case that could not be judged.
    pub fn doubt_case(&mut self, reason: Reason, group: &Group<'_, '_>) {
        self.doubt(reason);
        if let Some(trace) = &mut self.trace {
            let case = Aggregate::Case(group.view.case(group.rows.start));
            trace.push((case, Verdict::Unknown(reason)));
        }
    }

    /// Counts one group that could not be judged.
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
    /// What became of every subject; kept for examples only.
    pub(crate) trace: Option<Vec<(Aggregate, Verdict)>>,
}

impl Conclusion {
    /// Nothing yet; traced as the facts are.
    pub(crate) fn of(keep: &Keep) -> Self {
        Self { trace: keep.trace.clone(), ..Self::default() }
    }

    fn tell(&mut self, subject: impl FnOnce() -> Aggregate, verdict: Verdict) {
        if let Some(trace) = &mut self.trace {
            trace.push((subject(), verdict));
        }
    }

    /// One subject was judged and found.
    pub(crate) fn hit(&mut self, hit: Hit) {
        self.judged += 1;
        self.tell(|| hit.subject.clone(), Verdict::Found);
        self.hits.push(hit);
    }

    /// One subject was judged and not found.
    pub(crate) fn clear(&mut self, subject: impl FnOnce() -> Aggregate) {
        self.judged += 1;
        self.tell(subject, Verdict::Clear);
    }

    /// One subject could not be judged.
    pub(crate) fn doubt_one(
        &mut self,
        reason: Reason,
        subject: impl FnOnce() -> Aggregate,
    ) {
        self.doubt(reason, 1);
        self.tell(subject, Verdict::Unknown(reason));
    }

    /// Counts subjects that could not be judged.
    pub(crate) fn doubt(&mut self, reason: Reason, count: u64) {
        if count > 0 {
            *self.unknown.entry(reason).or_default() += count;
        }
    }

    /// Counts events that belong to nobody in particular as so many subjects as they would
    /// make at the usual number of events a subject; see the module.
    pub(crate) fn doubt_unnamed(
        &mut self,
        unnamed: &BTreeMap<Reason, u64>,
        subjects: u64,
        events: u64,
    ) {
        for (reason, count) in unnamed {
            self.doubt(*reason, as_subjects(*count, subjects, events));
        }
    }
}

/// As how many subjects so many events count that belong to none, where `subjects` share
/// `events`; at least one, rounded up.
pub(crate) fn as_subjects(unnamed: u64, subjects: u64, events: u64) -> u64 {
    if unnamed == 0 {
        return 0;
    }
    let scaled =
        (u128::from(unnamed) * u128::from(subjects)).div_ceil(u128::from(events.max(1)));
    u64::try_from(scaled).unwrap_or(u64::MAX).max(1)
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

    /// All steps on which it can shed light, for marking the process map and for gathering.
    fn steps(&self) -> StepSet {
        let mut needs = Needs::default();
        self.needs(&mut needs);
        needs.steps.into_iter().fold(StepSet::NONE, |all, set| all | set)
    }
}

/// Reads the arguments of an operator of the second stage.
pub type Read = fn(&mut Args<'_, '_, '_, '_>) -> Option<Box<dyn Second>>;

/// Every operator of the second stage by name.
pub const ALL: &[(&str, Read)] = &[
    ("benford", benford::read),
    ("bunching", bunching::read),
    ("component", component::read),
    ("concentration", concentration::read),
    ("excess", excess::read),
    ("over_ceiling", over_ceiling::read),
    ("overtakes", overtakes::read),
    ("outlier", outlier::read),
    ("pair", pair::read),
    ("predictable", predictable::read),
    ("revisits", revisits::read),
    ("recurring_set", recurring_set::read),
    ("score_pull", score_pull::read),
    ("shared_value", shared_value::read),
    ("similar", similar::read),
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
