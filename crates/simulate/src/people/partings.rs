//! What was planted in the answers, so that what the product says of them can be held against
//! it: where people part from the data, and what came of measures that are done.

use crate::permits::ROLES_SPLIT;
use model::{Date, Process};

/// How what people say lies to what the logs show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PartingKind {
    /// More of a control than the logs allow.
    SaidBetter,
    /// More of a circumstance than the logs allow.
    SaidWorse,
}

/// A place where people part from the data, in the last round of Dijkveen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlantedParting {
    /// The process.
    pub process: Process,
    /// The control or circumstance, by code.
    pub question: &'static str,
    /// The combined answer.
    pub said: u8,
    /// What the logs of the default seed show over the two years, lowest and highest.
    pub shown: (u8, u8),
    /// Which way they part.
    pub kind: PartingKind,
}

/// A measure of Dijkveen that is done, and what came of it for one control or circumstance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlantedEffect {
    /// The measure, by code.
    pub measure: &'static str,
    /// When it was done.
    pub done_on: Date,
    /// The process.
    pub process: Process,
    /// The control or circumstance, by code.
    pub question: &'static str,
    /// The level the measure should bring it to.
    pub expected: u8,
    /// The combined answer of the second and of the third round.
    pub said: (u8, u8),
    /// What the logs of the default seed show at the second and at the third round, lowest
    /// and highest; `None` where no log speaks of it.
    pub shown: Option<((u8, u8), (u8, u8))>,
}

impl PlantedEffect {
    /// Whether people say that it came to what was expected.
    pub const fn seen_in_answers(&self) -> bool {
        self.said.1 == self.expected && self.said.0 != self.said.1
    }

    /// Whether the logs show another range than before.
    pub fn seen_in_data(&self) -> bool {
        self.shown.is_some_and(|(before, after)| before != after)
    }
}

/// All places where people of Dijkveen part from the data in the last round: three times they
/// say better, once worse. Elsewhere what is said lies within what is shown.
pub const fn planted_partings() -> &'static [PlantedParting] {
    use PartingKind::{SaidBetter, SaidWorse};
    const fn parting(
        process: Process,
        question: &'static str,
        (said, shown): (u8, (u8, u8)),
        kind: PartingKind,
    ) -> PlantedParting {
        PlantedParting { process, question, said, shown, kind }
    }
    const ALL: [PlantedParting; 4] = [
        parting(Process::Payments, "B39", (3, (1, 2)), SaidBetter),
        parting(Process::TravelDocuments, "B03", (2, (0, 1)), SaidBetter),
        parting(Process::TravelDocuments, "C13", (1, (0, 0)), SaidWorse),
        parting(Process::Information, "B45", (3, (1, 2)), SaidBetter),
    ];
    &ALL
}

/// What came of the measures of Dijkveen that are done.
pub const fn planted_effects() -> &'static [PlantedEffect] {
    const fn effect(
        (measure, done_on): (&'static str, Date),
        (process, question): (Process, &'static str),
        (expected, said): (u8, (u8, u8)),
        shown: Option<((u8, u8), (u8, u8))>,
    ) -> PlantedEffect {
        PlantedEffect { measure, done_on, process, question, expected, said, shown }
    }
    const SPLIT: (&str, Date) = ("M033", ROLES_SPLIT);
    const PROTOCOL: (&str, Date) = ("M067", Date::constant(2026, 4, 13));
    const CALL_BACK: (&str, Date) = ("M125", Date::constant(2026, 6, 22));
    const ALL: [PlantedEffect; 5] = [
        effect(SPLIT, (Process::Permits, "B03"), (2, (1, 2)), Some(((0, 1), (1, 2)))),
        effect(SPLIT, (Process::Permits, "C01"), (1, (2, 1)), Some(((1, 2), (1, 2)))),
        effect(PROTOCOL, (Process::Enforcement, "B19"), (2, (1, 2)), None),
        effect(PROTOCOL, (Process::Enforcement, "C10"), (1, (2, 1)), None),
        effect(
            CALL_BACK,
            (Process::Payments, "B12"),
            (2, (1, 1)),
            Some(((1, 2), (1, 2))),
        ),
    ];
    &ALL
}
