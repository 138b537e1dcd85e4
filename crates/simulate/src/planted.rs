//! What was planted, so that findings can be held against it.

use crate::case::Case;
use crate::dice::{Dice, whole};
use model::Process;
use std::collections::BTreeSet;

/// What the subject of a planted weakness is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlantedKind {
    /// A case; the subject is its number.
    Case,
    /// One event of a case; the subject is the number of the case, `event` says which one.
    Event,
    /// All events with one value of a column; the subject is the value.
    Group,
    /// A handler; the subject is the name in the log, before it becomes a pseudonym.
    Actor,
    /// A handler with a counterpart, written `handler × counterpart`.
    Pair,
    /// The process as a whole; the subject is its code.
    Process,
}

/// One planted weakness.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Planted {
    /// The code of the rule that should see it.
    pub rule: &'static str,
    /// The item of the list of the process, for rules with `for_each`.
    pub item: Option<&'static str>,
    /// The process in whose log it lies.
    pub process: Process,
    /// What it is about.
    pub subject: String,
    /// What kind of subject that is.
    pub kind: PlantedKind,
    /// For events: the position in the case in order of time, from 0.
    pub event: Option<usize>,
    /// The numbers of the cases that show it, in order.
    pub cases: Vec<String>,
}

/// A rule with, for `for_each`, the item.
pub(crate) type Mark = (&'static str, Option<&'static str>);

/// A rule without an item.
pub(crate) const fn rule(code: &'static str) -> Mark {
    (code, None)
}

/// A rule with an item.
pub(crate) const fn item(code: &'static str, item: &'static str) -> Mark {
    (code, Some(item))
}

/// Chooses cases and keeps the record.
#[derive(Debug)]
pub(crate) struct Planter {
    /// The chance of planting, apart from that of the town.
    pub(crate) dice: Dice,
    process: Process,
    record: BTreeSet<Planted>,
}

impl Planter {
    /// Begins for a process.
    pub(crate) const fn new(dice: Dice, process: Process) -> Self {
        Self { dice, process, record: BTreeSet::new() }
    }

    /// Changes a share of the cases that fit, at least one, none twice, and notes each
    /// under the marks. `change` answers whether it could do it.
    pub(crate) fn cases(
        &mut self,
        cases: &mut [Case],
        share: f64,
        marks: &[Mark],
        fits: impl Fn(&Case) -> bool,
        mut change: impl FnMut(&mut Case, &mut Dice) -> bool,
    ) {
        let mut fitting: Vec<usize> = cases
            .iter()
            .enumerate()
            .filter(|(_, case)| !case.planted && fits(case))
            .map(|(at, _)| at)
            .collect();
        let wanted =
            usize::try_from(whole(fitting.len() as f64 * share)).unwrap_or(0).max(1);
        let mut done = 0;
        while done < wanted && !fitting.is_empty() {
            let chosen = fitting.swap_remove(self.dice.below(fitting.len()));
            let Some(case) = cases.get_mut(chosen) else { continue };
            let before = case.clone();
            if change(case, &mut self.dice) {
                case.planted = true;
                done += 1;
                for mark in marks {
                    self.note_case(*mark, &case.id);
                }
            } else {
                *case = before;
            }
        }
    }

    /// Notes a case under a rule.
    pub(crate) fn note_case(&mut self, mark: Mark, id: &str) {
        self.note(mark, PlantedKind::Case, id.to_owned(), None, vec![id.to_owned()]);
    }

    /// Notes anything under a rule.
    pub(crate) fn note(
        &mut self,
        (rule, item): Mark,
        kind: PlantedKind,
        subject: String,
        event: Option<usize>,
        cases: Vec<String>,
    ) {
        let process = self.process;
        self.record.insert(Planted { rule, item, process, subject, kind, event, cases });
    }

    /// Everything that was planted, in order.
    pub(crate) fn done(self) -> Vec<Planted> {
        self.record.into_iter().collect()
    }
}
