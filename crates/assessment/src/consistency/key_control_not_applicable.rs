//! A key control is said not to apply, which takes its weight out of the dike.

#[cfg(test)]
use super::build::{control, key_control, round};
use super::seen::{Looking, Seen};
use super::{Check, Run, Verdict, Why, Words};
use crate::said::Answer;

/// The check, with its words.
pub(super) const CHECK: Check = Check {
    code: "Q09",
    name: "key-control-not-applicable",
    nl: Words {
        sentence: "Deze sleutelbeheersing zou hier niet van toepassing zijn; daarmee telt ze niet meer mee.",
        repair: "Leg vast waarom ze hier niet past. Kan iets anders hetzelfde doen, kies dan het niveau daarvan.",
    },
    en: Words {
        sentence: "This key control is said not to apply here; so it no longer counts.",
        repair: "Write down why it does not fit here. If something else does the same, choose the level of that.",
    },
    run: Run::Process(run),
    #[cfg(test)]
    examples,
};

fn run(seen: &Seen<'_>) -> Verdict {
    let mut looking = Looking::default();
    for asked in seen.controls().filter(|asked| asked.question.key) {
        match asked.said.answer {
            Answer::Level(_) => looking.at(Some(asked.question), false, []),
            Answer::NotApplicable => looking.at(Some(asked.question), true, []),
            // another check tells of these
            Answer::DontKnow | Answer::NotAnswered => {}
        }
    }
    looking.verdict(Why::NoKeyAnswers)
}

#[cfg(test)]
fn examples() -> [super::Round; 3] {
    [
        round(vec![key_control("B02", &[Answer::NotApplicable])]),
        round(vec![
            key_control("B02", &[Answer::Level(0)]),
            control("B03", &[Answer::NotApplicable]),
        ]),
        round(vec![key_control("B02", &[Answer::DontKnow])]),
    ]
}
