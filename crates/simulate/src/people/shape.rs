//! What people say and decide in an organisation, as plain data: what a programme that keeps
//! records would be told, in the order in which it happened.
//!
//! The shapes are those of the records, without their numbers: a round stands in the list of
//! rounds, an answer names its assignment by its place in the list of the round. The words
//! ([`Track::code`] and the like) are those of the records too.

use crate::people::doing::{Decision, Plan};
use crate::people::words::{Attractiveness, RoundStatus, Side, Track};
use model::{Date, Moment, Process};
use std::collections::BTreeMap;

/// A region: several organisations that look at something together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    /// Its name in files.
    pub slug: &'static str,
    /// Its name on screens.
    pub title: &'static str,
}

/// That an organisation belongs to a region; it has no last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Membership {
    /// The region, by its slug.
    pub region: &'static str,
    /// The first day.
    pub valid_from: Date,
}

/// An organisation with everything its people said and decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organisation {
    /// Its name in files.
    pub slug: &'static str,
    /// Its name on screens.
    pub title: &'static str,
    /// The word for its kind: `municipality`.
    pub kind: &'static str,
    /// The word for its size class, such as `20000-50000`.
    pub size_class: &'static str,
    /// How many people live there.
    pub inhabitants: u32,
    /// Its first day.
    pub valid_from: Date,
    /// The regions it is in.
    pub memberships: Vec<Membership>,
    /// Which processes are looked at, in order of time; the newest of a process counts.
    pub scopes: Vec<Scope>,
    /// Where the organisation sees another attractiveness than the catalogue.
    pub attractiveness: Vec<OwnAttractiveness>,
    /// Who leads the rounds and writes what is not an answer, as a pseudonymous reference.
    pub coordinator: &'static str,
    /// Its rounds, in order of time.
    pub rounds: Vec<Round>,
    /// What it does about them; `None` where nothing was planned yet.
    pub plan: Option<Plan>,
    /// What its bodies decided, in order of time.
    pub decisions: Vec<Decision>,
}

/// Whether a process is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope {
    /// When this was set.
    pub at: Moment,
    /// The process.
    pub process: Process,
    /// Whether it is looked at.
    pub in_scope: bool,
    /// Why, or why not.
    pub reason: &'static str,
}

/// A process that is worth more or less to a criminal here than elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnAttractiveness {
    /// When this was set.
    pub at: Moment,
    /// The process.
    pub process: Process,
    /// What it is worth.
    pub level: Attractiveness,
    /// Why; shown beside it.
    pub reason: &'static str,
}

/// One self-scan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Round {
    /// Its name on screens.
    pub title: &'static str,
    /// The day it is about: that of the meeting.
    pub held_on: Date,
    /// How long it is.
    pub track: Track,
    /// The profile of the catalogue, by its code.
    pub profile: &'static str,
    /// The processes it asks about.
    pub processes: &'static [Process],
    /// How far it was when, in order of time.
    pub states: Vec<RoundState>,
    /// Who is asked about what.
    pub assignments: Vec<Assignment>,
    /// What was answered, in order of time. A later answer to the same question of the same
    /// assignment replaces an earlier one; a question without an answer is not answered.
    pub answers: Vec<Reply>,
    /// What was agreed in the meeting, by process and question.
    pub agreed: Vec<Agreed>,
}

/// From when a round was how far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoundState {
    /// When.
    pub at: Moment,
    /// How far.
    pub status: RoundStatus,
}

/// That somebody is asked about a process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// The process.
    pub process: Process,
    /// The function of whoever is asked, as the organisation calls it.
    pub part: &'static str,
    /// The function in the process, by its name in the catalogue; `None` where the catalogue
    /// has none that fits.
    pub function: Option<&'static str>,
    /// From where it is looked at.
    pub side: Side,
    /// Who is asked: a pseudonymous reference, the same in all rounds.
    pub respondent: &'static str,
}

/// What is said to a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// Maturity of a control (0–3), severity of a circumstance (0–2).
    Level(u8),
    /// It does not apply.
    NotApplicable {
        /// Why; never empty.
        reason: String,
    },
    /// The respondent does not know.
    Unknown,
}

/// Where it can be seen that an answer is right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// A file number or an address that leads nowhere outside the organisation.
    pub link: String,
    /// The day it is from.
    pub date: Date,
    /// The last day it says anything, where there is one.
    pub valid_to: Option<Date>,
}

/// An answer of one respondent to one question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// When it was given.
    pub at: Moment,
    /// The place of the assignment in the list of the round.
    pub assignment: usize,
    /// The question: a control or circumstance, by code.
    pub question: String,
    /// What is said.
    pub said: Said,
    /// In own words, in Dutch.
    pub explanation: Option<String>,
    /// Where it can be seen.
    pub evidence: Option<Evidence>,
}

/// What was agreed in the meeting in the place of single answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreed {
    /// When.
    pub at: Moment,
    /// The process.
    pub process: Process,
    /// The question, by code.
    pub question: String,
    /// The level.
    pub level: u8,
    /// Why, in Dutch.
    pub because: String,
}

impl Round {
    /// The answers that count, by assignment and question: of each the last.
    pub fn standing(&self) -> BTreeMap<(usize, &str), &Reply> {
        let keyed = self.answers.iter().map(|reply| {
            let key = (reply.assignment, reply.question.as_str());
            (key, reply)
        });
        keyed.collect()
    }
}
