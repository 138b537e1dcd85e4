//! The people's side of the demonstration: what officials of two towns that are nowhere to be
//! found say of their processes, agree, plan and decide, over two years.
//!
//! The logs of Dijkveen show what happens; this shows what people think happens. Both come
//! from the same seed and were made for each other: what people say mostly lies within what
//! the logs show, parts from it in four places ([`planted_partings`]), and moves with what was
//! done ([`planted_effects`]). How the logs stood at a round is [`crate::Town::log_until`].
//!
//! An answer is how things stand in the eyes of the organisation, seen rosier by those who
//! lead than by those who do the work, with what each person sees differently. The combined
//! answer of a question is how things stand, whatever the seed; who says what follows from
//! chance. Nobody has a name here: a respondent is a reference such as `dv-07` and a function.
//!
//! The same seed and the same catalogue give the same data.

mod cast;
mod diary;
mod dijkveen;
mod doing;
mod kwelderstad;
mod levels;
mod lines;
mod partings;
mod replies;
mod rounds;
mod shape;
mod voices;
mod words;

pub use doing::{Decision, Measure, MeasureState, Plan};
pub use partings::{
    PartingKind, PlantedEffect, PlantedParting, planted_effects, planted_partings,
};
pub use shape::{
    Agreed, Assignment, Evidence, Membership, Organisation, OwnAttractiveness, Region,
    Reply, Round, RoundState, Said, Scope,
};
pub use words::{Attractiveness, MeasureStatus, RoundStatus, Side, Track};

use catalogue::Catalogue;

#[cfg(test)]
mod tests;

/// The safety region of both towns.
const SAFETY_REGION: Region =
    Region { slug: "veiligheidsregio-waddenrand", title: "Veiligheidsregio Waddenrand" };
/// The centre in which both towns work together with police, tax office and others.
const RIEC: Region = Region { slug: "riec-waddenrand", title: "RIEC Waddenrand" };

/// The regions the towns are in.
pub const fn regions() -> [Region; 2] {
    [SAFETY_REGION, RIEC]
}

/// Dijkveen, 24,000 inhabitants: the town of the logs. Twenty-five respondents, three rounds
/// (the first short), a plan half done and two decisions.
///
/// The questions are those that the profiles of the catalogue ask.
pub fn dijkveen(seed: u64, catalogue: &Catalogue) -> Organisation {
    dijkveen::organisation(seed, catalogue)
}

/// Kwelderstad, 95,000 inhabitants: a second town, without logs and with other strengths.
/// Eighteen respondents, two rounds and a decision; no plan yet.
///
/// The questions are those that the profiles of the catalogue ask.
pub fn kwelderstad(seed: u64, catalogue: &Catalogue) -> Organisation {
    kwelderstad::organisation(seed, catalogue)
}
