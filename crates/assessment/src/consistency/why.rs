//! Why a check cannot say anything.

use model::Lang;

/// Why a check cannot say anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// Nobody answered.
    NoAnswers,
    /// No control has a level.
    NoLevels,
    /// No key control was asked about.
    NoKeyControls,
    /// No key control has an answer.
    NoKeyAnswers,
    /// Too few answers to compare.
    TooFewAnswers,
    /// The data make no statement beside what was said.
    NoData,
    /// There is no earlier round with what was said and shown.
    NoEarlierRound,
    /// No evidence has a date until which it counts.
    NoDatedEvidence,
    /// Nothing was agreed beside answers of people.
    NothingAgreed,
    /// A group is too small to be set apart.
    GroupsTooSmall,
    /// No open figure stands beside an answer.
    NoIndicator,
    /// Nobody said how it stands with four eyes.
    FourEyesUnknown,
    /// Too few answers have a time of day.
    NoTimes,
    /// The functions are not known.
    NoFunctions,
    /// The day of the round is not known.
    NoDate,
    /// Nothing is asked about this process.
    NoQuestions,
    /// No measure was done before the round for a control that has an answer.
    NoMeasureDone,
}

impl Why {
    /// All of them.
    pub const ALL: [Self; 17] = [
        Self::NoAnswers,
        Self::NoLevels,
        Self::NoKeyControls,
        Self::NoKeyAnswers,
        Self::TooFewAnswers,
        Self::NoData,
        Self::NoEarlierRound,
        Self::NoDatedEvidence,
        Self::NothingAgreed,
        Self::GroupsTooSmall,
        Self::NoIndicator,
        Self::FourEyesUnknown,
        Self::NoTimes,
        Self::NoFunctions,
        Self::NoDate,
        Self::NoQuestions,
        Self::NoMeasureDone,
    ];

    /// The reason in one sentence.
    pub const fn sentence(self, lang: Lang) -> &'static str {
        let (nl, en) = match self {
            Self::NoAnswers => ("Niemand gaf antwoord.", "Nobody answered."),
            Self::NoLevels => (
                "Van geen enkele beheersing is gezegd hoe ver die is.",
                "Of no control has anybody said how far it is.",
            ),
            Self::NoKeyControls => (
                "Er is naar geen sleutelbeheersing gevraagd.",
                "No key control was asked about.",
            ),
            Self::NoKeyAnswers => (
                "Geen sleutelbeheersing heeft een antwoord.",
                "No key control has an answer.",
            ),
            Self::TooFewAnswers => (
                "Er zijn te weinig antwoorden om te vergelijken.",
                "There are too few answers to compare.",
            ),
            Self::NoData => (
                "Naast wat is gezegd, staan geen data.",
                "No data stand beside what was said.",
            ),
            Self::NoEarlierRound => (
                "Er is geen eerdere ronde met antwoorden én data.",
                "There is no earlier round with both answers and data.",
            ),
            Self::NoDatedEvidence => (
                "Bij geen enkel bewijs staat tot wanneer het geldt.",
                "No evidence says until when it counts.",
            ),
            Self::NothingAgreed => (
                "Er is geen antwoord samen afgesproken naast antwoorden van mensen.",
                "No answer was agreed beside the answers of people.",
            ),
            Self::GroupsTooSmall => (
                "Leiding of werkvloer is te klein om apart te tonen.",
                "Management or work floor is too small to be shown apart.",
            ),
            Self::NoIndicator => (
                "Naast geen enkele omstandigheid staat een open cijfer.",
                "No open figure stands beside a circumstance.",
            ),
            Self::FourEyesUnknown => (
                "Hoe het met vier ogen staat, is niet gezegd.",
                "How it stands with four eyes has not been said.",
            ),
            Self::NoTimes => (
                "Te weinig antwoorden hebben een tijdstip.",
                "Too few answers have a time.",
            ),
            Self::NoFunctions => (
                "De functies van de deelnemers of het proces zijn niet bekend.",
                "The functions of the respondents or the process are not known.",
            ),
            Self::NoDate => (
                "De datum van de ronde is niet bekend.",
                "The date of the round is not known.",
            ),
            Self::NoQuestions => (
                "Over dit proces zijn geen vragen gekozen.",
                "No questions were chosen about this process.",
            ),
            Self::NoMeasureDone => (
                "Vóór deze ronde is geen maatregel klaar voor een beheersing met een antwoord.",
                "Before this round no measure was done for a control that has an answer.",
            ),
        };
        lang.pick(nl, en)
    }
}
