//! All processes of one organisation, weighed on one day, with what they were weighed with:
//! what a report tells, and what is kept so that the next round can be laid beside it.

use crate::freeboard::{Attractiveness, Ends, Inputs, Limits, places};
use crate::sensitivity::{Sensitivity, sensitivity};
use crate::weighing::Weighing;
use model::{Date, Process};
use std::collections::BTreeMap;

/// What stands above the weighings of an organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The name of the organisation.
    pub organisation: String,
    /// The day for which the figures hold.
    pub as_of: Date,
    /// The round the answers are from; `None` where there was none, as for an example.
    pub round: Option<RoundHead>,
    /// The version of the method.
    pub method: u32,
    /// The version of the catalogue, with its digest.
    pub catalogue: String,
}

/// Which round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoundHead {
    /// Names it for good.
    pub id: String,
    /// As its people call it.
    pub title: String,
    /// The day of the meeting; `None` where nobody wrote it down.
    pub held_on: Option<Date>,
}

/// A process with how its attractiveness came about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WeighedProcess {
    /// The weighing.
    pub weighing: Weighing,
    /// The attractiveness in the catalogue.
    pub proposed: Attractiveness,
    /// Why the organisation took another one; `None` where it did not.
    pub reason: Option<String>,
}

/// The processes of an organisation, weighed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weighings {
    /// What stands above them.
    pub head: Head,
    /// In the order of [`Process`], each once.
    pub processes: Vec<WeighedProcess>,
    /// How much the order rests on the weights.
    pub sensitivity: Sensitivity,
}

impl Weighings {
    /// Puts weighings together; of a process that is given twice the last counts.
    pub fn of(head: Head, processes: Vec<WeighedProcess>, limits: &Limits) -> Self {
        let by_process: BTreeMap<Process, WeighedProcess> =
            processes.into_iter().map(|one| (one.weighing.process, one)).collect();
        let inputs: BTreeMap<String, Inputs> = by_process
            .iter()
            .map(|(process, one)| {
                (process.code().to_owned(), one.weighing.inputs.clone())
            })
            .collect();
        Self {
            head,
            processes: by_process.into_values().collect(),
            sensitivity: sensitivity(&inputs, limits),
        }
    }

    /// The weighings alone, to compare with those of another round.
    pub fn weighings(&self) -> Vec<Weighing> {
        self.processes.iter().map(|one| one.weighing.clone()).collect()
    }

    /// One process.
    pub fn process(&self, process: Process) -> Option<&WeighedProcess> {
        self.processes.iter().find(|one| one.weighing.process == process)
    }

    /// The first and last place each process may have, 1 being the lowest freeboard, as far
    /// as the intervals allow. A process without a figure has no place.
    pub fn places(&self) -> BTreeMap<Process, (usize, usize)> {
        let of_code = places(&self.freeboards());
        let place =
            |process: Process| of_code.get(process.code()).map(|place| (process, *place));
        self.processes.iter().filter_map(|one| place(one.weighing.process)).collect()
    }

    /// The processes in the order of their places: the lowest freeboard first, then what may
    /// be lower, then the lower middle. Those without a figure stand last.
    pub fn in_order(&self) -> Vec<&WeighedProcess> {
        let places = self.places();
        let mut all: Vec<&WeighedProcess> = self.processes.iter().collect();
        all.sort_by_key(|one| {
            let process = one.weighing.process;
            let middle = one.weighing.freeboard.as_ref().map(|f| f.freeboard.middle());
            let place = places.get(&process).copied();
            (place.is_none(), place, middle, process)
        });
        all
    }

    fn freeboards(&self) -> BTreeMap<String, Ends> {
        let ends = self.processes.iter().filter_map(|one| {
            let found = one.weighing.freeboard.as_ref()?;
            Some((one.weighing.process.code().to_owned(), found.freeboard))
        });
        ends.collect()
    }
}
