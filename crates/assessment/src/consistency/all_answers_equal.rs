//! Somebody gave every control the same level: true now and then, more often tired.

#[cfg(test)]
use super::Answer;
#[cfg(test)]
use super::build::{control, round};
use super::seen::{Looking, Seen, level};
use super::{Check, Run, Verdict, Why, Words};
use crate::said::Side;
use std::collections::BTreeMap;

/// From this number of answers on it says something that all are the same.
const LEAST_ANSWERS: usize = 8;

/// The check, with its words.
pub(super) const CHECK: Check = Check {
    code: "Q04",
    name: "all-answers-equal",
    nl: Words {
        sentence: "{n} van de {of} deelnemers met genoeg antwoorden gaven alle beheersingen hetzelfde niveau.",
        repair: "Loop in het gesprek een paar vragen samen na en vraag naar een voorbeeld uit het werk.",
    },
    en: Words {
        sentence: "{n} of the {of} respondents with enough answers gave all controls the same level.",
        repair: "Go through some questions together in the meeting and ask for an example from the work.",
    },
    run: Run::Process(run),
    #[cfg(test)]
    examples,
};

fn run(seen: &Seen<'_>) -> Verdict {
    let mut levels: BTreeMap<&str, Vec<u8>> = BTreeMap::new();
    for (question, reply) in seen.given() {
        if let (Side::Control, Some(level)) = (question.side, level(reply.answer)) {
            levels.entry(reply.by.as_str()).or_default().push(level);
        }
    }
    levels.retain(|_, all| all.len() >= LEAST_ANSWERS);
    let equal =
        levels.values().filter(|all| all.iter().min() == all.iter().max()).count();
    let mut looking = Looking::default();
    if !levels.is_empty() {
        let figures = [("n", equal.to_string()), ("of", levels.len().to_string())];
        looking.at(None, equal > 0, figures);
    }
    looking.verdict(Why::TooFewAnswers)
}

#[cfg(test)]
fn examples() -> [super::Round; 3] {
    [
        round(
            (1..=8).map(|at| control(&format!("B0{at}"), &[Answer::Level(2)])).collect(),
        ),
        round(
            (1..=8)
                .map(|at| control(&format!("B0{at}"), &[Answer::Level(at % 3)]))
                .collect(),
        ),
        round(
            (1..=7).map(|at| control(&format!("B0{at}"), &[Answer::Level(2)])).collect(),
        ),
    ]
}
