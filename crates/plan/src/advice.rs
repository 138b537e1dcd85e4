//! A proposal with what it was worked out from, as far as a reader must know it: an advice
//! that hides that half of the answers were missing would be believed too much.

use crate::{Budget, Proposal, Wishes};

/// What first, and on what that rests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advice {
    /// The version of the catalogue.
    pub content: String,
    /// What there is to spend, one entry a year, the first year first.
    pub capacity: Vec<Budget>,
    /// How many organisations carry a shared measure together, the own one included.
    pub partners: u32,
    /// Whether it is for a small organisation.
    pub small: bool,
    /// What people decided by hand.
    pub wishes: Wishes,
    /// The processes that counted, in the order of their codes.
    pub aims: Vec<Aimed>,
    /// The plan and its frontier.
    pub proposal: Proposal,
    /// What was counted as bad as it can be, because nobody knows it: by process, circumstances
    /// before controls, by code.
    pub assumed: Vec<Assumed>,
    /// Processes of which no control applies: a dike of nothing is no figure, so they were left
    /// out. In the order of their codes.
    pub left_out: Vec<String>,
    /// Measures that were left out because they do not fit a small organisation, or require
    /// one that does not; in the order of their codes.
    pub not_small: Vec<String>,
}

/// A process that counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Aimed {
    /// Its code.
    pub process: String,
    /// How heavily a point of its shortfall counted.
    pub weight: u32,
    /// The freeboard to reach, in tenths of a point.
    pub target_tenths: i32,
    /// The share of its weight that is unknown, in tenths of a percent.
    pub unknown: u64,
    /// Whether more is unknown than the method allows for a class.
    pub too_unknown: bool,
}

/// A control or circumstance that nobody knows, counted at its worst end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assumed {
    /// The process, by code.
    pub process: String,
    /// The control or circumstance, by code.
    pub code: String,
    /// Whether it is a control.
    pub control: bool,
    /// Why it is not known.
    pub why: Unknown,
    /// The level that was counted: the lowest that may hold for a control, the highest for a
    /// circumstance.
    pub counted: u8,
    /// The level at the other end.
    pub at_best: u8,
}

/// Why a level is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unknown {
    /// Nobody answered, or nobody was asked.
    NotAnswered,
    /// Who answered did not know.
    DontKnow,
}

impl Unknown {
    /// All, with their words in forms.
    pub const ALL: [(&'static str, Self); 2] =
        [("not answered", Self::NotAnswered), ("don't know", Self::DontKnow)];

    /// The word in forms.
    pub fn code(self) -> &'static str {
        Self::ALL.iter().find(|(_, why)| *why == self).map_or("", |(code, _)| code)
    }
}
