//! Do the answers of a round agree with each other and with what else is known?
//!
//! Twenty checks, each in a file of its own. A check finds something, finds nothing, or cannot
//! say and tells why. A remark is a question to the people of the round, not a verdict: it names
//! a process and a question, counts people, and never tells who answered what.

mod agreed_far_from_median;
mod all_answers_equal;
mod answered_in_bulk;
mod applied_without_evidence;
mod checked_without_four_eyes;
mod denied_by_indicator;
mod everyone_unsure;
mod evidence_on_absent;
mod evidence_overdue;
mod groups_far_apart;
mod key_control_not_applicable;
mod key_control_unknown;
mod measure_without_effect;
mod nobody_asked;
mod not_applicable_without_reason;
mod outside_the_function;
mod round_too_old;
mod said_better_than_shown;
mod said_up_shown_down;
mod seen;
mod too_few_voices;
mod why;

#[cfg(test)]
mod build;
#[cfg(test)]
mod tests;

pub use why::Why;

use crate::said::{Answer, Group, Side};
use model::{Date, Lang, Moment, Process};
use seen::Seen;

/// All checks, by code.
pub static CHECKS: [Check; 20] = [
    applied_without_evidence::CHECK,
    key_control_unknown::CHECK,
    too_few_voices::CHECK,
    all_answers_equal::CHECK,
    said_better_than_shown::CHECK,
    said_up_shown_down::CHECK,
    evidence_overdue::CHECK,
    evidence_on_absent::CHECK,
    key_control_not_applicable::CHECK,
    not_applicable_without_reason::CHECK,
    agreed_far_from_median::CHECK,
    groups_far_apart::CHECK,
    everyone_unsure::CHECK,
    denied_by_indicator::CHECK,
    checked_without_four_eyes::CHECK,
    answered_in_bulk::CHECK,
    outside_the_function::CHECK,
    round_too_old::CHECK,
    nobody_asked::CHECK,
    measure_without_effect::CHECK,
];

/// From this difference on two levels lie far apart.
const FAR_APART: u8 = 2;

/// What every check says of a round: first of the round, then of each process in the order
/// given; within those by the code of the check.
pub fn check(round: &Round) -> Vec<Outcome> {
    let of_round = CHECKS.iter().filter_map(|check| match check.run {
        Run::Round(run) => Some(Outcome { check, process: None, verdict: run(round) }),
        Run::Process(_) => None,
    });
    let mut outcomes: Vec<Outcome> = of_round.collect();
    for process in &round.processes {
        let seen = Seen::of(round, process);
        outcomes.extend(CHECKS.iter().filter_map(|check| match check.run {
            Run::Round(_) => None,
            Run::Process(run) => {
                let process = Some(process.process);
                Some(Outcome { check, process, verdict: run(&seen) })
            }
        }));
    }
    outcomes
}

/// One check.
#[derive(Debug)]
pub struct Check {
    /// The code; stable, never used again for something else.
    pub code: &'static str,
    /// The name, in kebab case.
    pub name: &'static str,
    /// The Dutch words.
    pub nl: Words,
    /// The English words.
    pub en: Words,
    run: Run,
    /// A round in which it finds, one in which it does not, one in which it cannot say.
    #[cfg(test)]
    examples: fn() -> [Round; 3],
}

/// What a check says, with figures in braces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    /// What does not agree.
    pub sentence: &'static str,
    /// What you can do about it.
    pub repair: &'static str,
}

/// What a check looks at.
#[derive(Clone, Copy, Debug)]
enum Run {
    Round(fn(&Round) -> Verdict),
    Process(fn(&Seen<'_>) -> Verdict),
}

/// What one check says of a round or a process.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The check.
    pub check: &'static Check,
    /// The process; nothing where it is about the round.
    pub process: Option<Process>,
    /// What it says.
    pub verdict: Verdict,
}

/// The three answers of a check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Something does not agree.
    Found(Vec<Remark>),
    /// What could be looked at agrees.
    Clear,
    /// Nothing could be looked at.
    CannotSay(Why),
}

/// One thing that does not agree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remark {
    /// The control or circumstance, by code; nothing where it is about the process or round.
    pub question: Option<String>,
    /// What stands in the place of the names in braces.
    pub figures: Vec<(&'static str, String)>,
}

impl Check {
    /// The sentence of a remark, with its figures.
    pub fn sentence(&self, remark: &Remark, lang: Lang) -> String {
        filled(lang.pick(self.nl, self.en).sentence, remark)
    }

    /// The suggested repair, with the figures of the remark.
    pub fn repair(&self, remark: &Remark, lang: Lang) -> String {
        filled(lang.pick(self.nl, self.en).repair, remark)
    }
}

fn filled(text: &str, remark: &Remark) -> String {
    let figures = remark.figures.iter();
    figures.fold(text.to_owned(), |text, (name, figure)| {
        text.replace(&format!("{{{name}}}"), figure)
    })
}

/// A round, as far as the checks look at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Round {
    /// The day on which terms are judged.
    pub as_of: Date,
    /// The day of the round; nothing where nobody wrote it down.
    pub held_on: Option<Date>,
    /// How large the organisation is.
    pub size: Option<Size>,
    /// The least number of answers before two groups are set apart.
    pub least_group: u32,
    /// The code of the control *four eyes*, where the catalogue has one.
    pub four_eyes: Option<String>,
    /// The processes in scope.
    pub processes: Vec<ProcessRound>,
}

/// How large an organisation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Size {
    /// A municipality of fewer than 30,000 inhabitants, or an office like it.
    Small,
    /// In between.
    Middle,
    /// From 100,000 inhabitants.
    Large,
}

/// A process in a round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProcessRound {
    /// Which.
    pub process: Process,
    /// The functions of the process, as the catalogue names them.
    pub functions: Vec<String>,
    /// Whoever was asked.
    pub respondents: Vec<Respondent>,
    /// What was asked, in the order in which it was.
    pub questions: Vec<Question>,
}

/// Somebody who was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Respondent {
    /// A name that means nothing outside the round.
    pub id: String,
    /// From where the respondent looks at the process.
    pub group: Group,
    /// The function, as the catalogue names it; nothing where it is not known.
    pub function: Option<String>,
}

/// A control or circumstance with all that is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The code.
    pub code: String,
    /// Control or circumstance.
    pub side: Side,
    /// Whether it is a key control.
    pub key: bool,
    /// What each respondent answered.
    pub replies: Vec<Reply>,
    /// What was agreed in a meeting.
    pub agreed: Option<Agreed>,
    /// The range that the data show.
    pub shown: Option<(u8, u8)>,
    /// The round before.
    pub earlier: Option<Earlier>,
    /// The severity that open figures suggest, 0–2.
    pub indicator: Option<u8>,
    /// Measures for this control that are done.
    pub measures: Vec<MeasureDone>,
}

/// An answer of one respondent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The respondent.
    pub by: String,
    /// The answer.
    pub answer: Answer,
    /// The explanation; may be empty.
    pub explanation: String,
    /// What shows it.
    pub evidence: Option<Evidence>,
    /// When the answer was given; nothing for answers that came in a file, whose moment
    /// says when the file was read.
    pub at: Option<Moment>,
}

/// Where something stands that shows an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The place.
    pub link: String,
    /// The last day on which it counts.
    pub valid_until: Option<Date>,
}

/// An answer agreed in a meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreed {
    /// The answer.
    pub answer: Answer,
    /// Why; may be empty.
    pub reason: String,
}

/// What the round before had of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Earlier {
    /// The combined answer.
    pub said: Answer,
    /// The range that the data showed.
    pub shown: Option<(u8, u8)>,
}

/// A measure that is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeasureDone {
    /// The code.
    pub code: String,
    /// When it was done.
    pub on: Date,
    /// The maturity to which it should lift the control.
    pub to: u8,
}
