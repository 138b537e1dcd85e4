//! The weighings of one organisation.
//!
//! What people said beside what the data show, and the water, dike and freeboard that
//! follow. Kept after each round, so that the next one can be
//! laid beside it; it is written and read.

mod make;
mod read;

#[cfg(test)]
mod tests;

pub use read::read;

use assessment::{Parting, Side, Silence};
use picture::freeboard::{Attractiveness, Class};
use picture::weighings::Weighings;
use serde::{Deserialize, Serialize};

/// The name and version of the form.
pub const FORM: &str = "dijkwacht/weighing/1";

/// The weighings of one organisation. Heights are in tenths of a point.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WeighingForm {
    /// [`FORM`].
    pub form: String,
    /// The name of the organisation.
    pub organisation: String,
    /// The day for which the figures hold.
    pub as_of: String,
    /// The round the answers are from, or null.
    pub round: Option<RoundForm>,
    /// The version of the method.
    pub method: u32,
    /// The version of the catalogue, with its digest.
    pub catalogue: String,
    /// The processes, in their own order.
    pub processes: Vec<ProcessForm>,
    /// How much the order rests on the weights.
    pub sensitivity: SensitivityForm,
}

/// Which round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundForm {
    /// Names it for good.
    pub id: String,
    /// As its people call it.
    pub title: String,
    /// The day of the meeting, or null.
    pub held_on: Option<String>,
}

/// One process.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProcessForm {
    /// The code of the process.
    pub process: String,
    /// What it is worth to a criminal.
    pub attractiveness: AttractivenessForm,
    /// Circumstances and then controls, each by code.
    pub subjects: Vec<SubjectForm>,
    /// Water, dike and freeboard; null where no control applies.
    pub figures: Option<FiguresForm>,
    /// What weighs most in the worst case, most first.
    pub reasons: Vec<PartForm>,
    /// The place among the processes; null without figures. Follows from the figures and is
    /// not read back.
    pub place: Option<PlaceForm>,
}

/// What a process is worth to a criminal: `low`, `middle` or `high`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttractivenessForm {
    /// As it was taken.
    pub level: String,
    /// As the catalogue has it.
    pub proposed: String,
    /// Why the organisation took another one, or null.
    pub reason: Option<String>,
}

/// One control or circumstance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubjectForm {
    /// Its code.
    pub code: String,
    /// `control` or `circumstance`.
    pub kind: String,
    /// Its weight.
    pub weight: u32,
    /// Whether its absence caps the dike.
    pub key: bool,
    /// What was said.
    pub said: SaidForm,
    /// The levels that the data show, or null.
    pub shown: Option<RangeForm>,
    /// Why the data make no statement; null where they make one or no rule speaks for it.
    pub silence: Option<String>,
    /// The levels that count; null where it does not apply.
    pub counts: Option<RangeForm>,
    /// `agree`, `said better`, `said worse` or `said not applicable`; null where said or
    /// shown is silent.
    pub parting: Option<String>,
}

/// What people said of one control or circumstance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaidForm {
    /// The combined answer: `level`, `not applicable`, `not known` or `not answered`.
    pub answer: String,
    /// The level, or null for the other three.
    pub level: Option<u8>,
    /// Whether it was agreed in a meeting.
    pub agreed: bool,
    /// How many gave a level.
    pub levels: u32,
    /// How many said that it does not apply.
    pub not_applicable: u32,
    /// How many did not know.
    pub not_known: u32,
    /// How many were asked and did not answer.
    pub not_answered: u32,
    /// The lowest and highest level given, or null.
    pub spread: Option<RangeForm>,
    /// The medians of management and work floor; null where one of them is too small.
    pub groups: Option<GroupsForm>,
}

/// Two levels: 0–3 of a control, 0–2 of a circumstance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RangeForm {
    /// The lowest.
    pub low: u8,
    /// The highest.
    pub high: u8,
}

/// What management and work floor say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupsForm {
    /// The median of management.
    pub management: u8,
    /// The median of the work floor.
    pub floor: u8,
}

/// The figures of a process.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FiguresForm {
    /// The water level.
    pub water: EndsForm,
    /// The dike height, after any cap.
    pub dike: EndsForm,
    /// Dike minus water.
    pub freeboard: EndsForm,
    /// `red`, `orange`, `green` or `blue` at the low and at the high end; null where too
    /// much is unknown.
    pub classes: Option<[String; 2]>,
    /// The share of the weight that is unknown, in thousandths.
    pub unknown: f64,
    /// Key controls that cap the dike in the worst case, the lowest cap first.
    pub caps: Vec<PartForm>,
    /// The parts if everything unknown turns out as bad as it can be.
    pub worst: PartsForm,
    /// As good as it can be.
    pub best: PartsForm,
}

/// Both ends of a figure, in tenths of a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndsForm {
    /// The lowest it may be.
    pub low: i64,
    /// The highest it may be.
    pub high: i64,
}

/// The parts of water and dike at one end. They add up to the water, and to the dike before
/// its cap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartsForm {
    /// The attractiveness without a code, then each circumstance.
    pub water: Vec<PartForm>,
    /// Each control.
    pub dike: Vec<PartForm>,
    /// The cap that holds, or null.
    pub cap: Option<i64>,
}

/// A part of a figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartForm {
    /// The code of the control or circumstance; null for the attractiveness.
    pub code: Option<String>,
    /// Tenths of a point.
    pub tenths: i64,
}

/// The first and last place a process may have, 1 being the lowest freeboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceForm {
    /// The first.
    pub first: u32,
    /// The last.
    pub last: u32,
}

/// How much the order rests on the weights.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SensitivityForm {
    /// The first three processes, the lowest freeboard first.
    pub first: Vec<String>,
    /// How many variations were tried.
    pub tried: u32,
    /// In how many of them the same three are the first three.
    pub same: u32,
}

impl TryFrom<&WeighingForm> for Weighings {
    type Error = Vec<String>;

    /// The weighings of a form, or everything that is wrong with it.
    fn try_from(form: &WeighingForm) -> Result<Self, Self::Error> {
        let value = serde_json::to_value(form)
            .map_err(|error| vec![format!("the form cannot be written: {error}")])?;
        read::value(&value)
    }
}

const SIDES: [(&str, Side); 2] =
    [("control", Side::Control), ("circumstance", Side::Circumstance)];

const ATTRACTIVENESS: [(&str, Attractiveness); 3] = [
    ("low", Attractiveness::Low),
    ("middle", Attractiveness::Middle),
    ("high", Attractiveness::High),
];

const CLASSES: [(&str, Class); 4] = [
    ("red", Class::Red),
    ("orange", Class::Orange),
    ("green", Class::Green),
    ("blue", Class::Blue),
];

const PARTINGS: [(&str, Parting); 4] = [
    ("agree", Parting::Agree),
    ("said better", Parting::SaidBetter),
    ("said worse", Parting::SaidWorse),
    ("said not applicable", Parting::SaidNotApplicable),
];

const SILENCES: [(&str, Silence); 4] = [
    (Silence::NotAssessable.code(), Silence::NotAssessable),
    (Silence::TooFewSubjects.code(), Silence::TooFewSubjects),
    (Silence::LowCoverage.code(), Silence::LowCoverage),
    (Silence::OnlySignals.code(), Silence::OnlySignals),
];

/// The four kinds of an answer; a level stands in a field of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum AnswerKind {
    Level,
    NotApplicable,
    NotKnown,
    NotAnswered,
}

const ANSWERS: [(&str, AnswerKind); 4] = [
    ("level", AnswerKind::Level),
    ("not applicable", AnswerKind::NotApplicable),
    ("not known", AnswerKind::NotKnown),
    ("not answered", AnswerKind::NotAnswered),
];

/// The word of a value in a closed list that holds every value.
fn word<T: PartialEq>(list: &[(&'static str, T)], value: &T) -> String {
    let found = list.iter().find(|(_, known)| known == value);
    found.map_or("", |(word, _)| word).to_owned()
}
