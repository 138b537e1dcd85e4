//! What an organisation does about what it saw, as plain data: measures taken up and
//! decisions.

use crate::people::words::MeasureStatus;
use model::{Date, Moment, Process};

/// Measures that were chosen together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Its name on screens.
    pub title: &'static str,
    /// When it was made.
    pub at: Moment,
    /// The place of the round it answers.
    pub round: usize,
    /// The measures, by code.
    pub measures: Vec<Measure>,
}

/// A measure that was taken up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// Its code in the catalogue.
    pub code: &'static str,
    /// The process; `None` where it is for all of them.
    pub process: Option<Process>,
    /// After how many months it comes again.
    pub recurring_months: Option<u32>,
    /// How far it was when, in order of time; the last one counts.
    pub states: Vec<MeasureState>,
}

/// From when a measure was how far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MeasureState {
    /// When.
    pub at: Moment,
    /// How far.
    pub status: MeasureStatus,
    /// The function that owns it; never a name.
    pub owner_role: &'static str,
    /// When it begins.
    pub starts_on: Date,
    /// When it should be done.
    pub due_on: Date,
    /// What there is to say, in Dutch; may be empty.
    pub note: &'static str,
}

/// What a body decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Who decided, such as `college`.
    pub body: &'static str,
    /// On which day.
    pub decided_on: Date,
    /// The place of the round it is about.
    pub round: usize,
    /// Whether it is about the plan as well.
    pub plan: bool,
    /// In its own words.
    pub wording: &'static str,
}

impl Measure {
    /// How far it is at the end of a day; `None` before it was planned.
    pub fn status_on(&self, day: Date) -> Option<MeasureStatus> {
        let on = |state: &&MeasureState| state.at.local_date() <= day;
        self.states.iter().rfind(on).map(|state| state.status)
    }
}
