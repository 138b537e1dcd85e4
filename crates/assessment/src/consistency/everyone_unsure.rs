//! Several people were asked and none of them knows: the knowledge itself is missing.

#[cfg(test)]
use super::build::{control, round};
use super::seen::{Looking, Seen};
use super::{Check, Run, Verdict, Why, Words};
use crate::said::Answer;

/// The check, with its words.
pub(super) const CHECK: Check = Check {
    code: "Q13",
    name: "everyone-unsure",
    nl: Words {
        sentence: "Alle {n} deelnemers weten hier het antwoord niet.",
        repair: "Zoek wie dit wel weet, of maak er een actie van: dit moet in het proces bekend zijn.",
    },
    en: Words {
        sentence: "None of the {n} respondents knows the answer here.",
        repair: "Find out who does know, or make it an action: this must be known in the process.",
    },
    run: Run::Process(run),
    #[cfg(test)]
    examples,
};

fn run(seen: &Seen<'_>) -> Verdict {
    let mut looking = Looking::default();
    for asked in &seen.asked {
        let replies = asked.question.replies.iter();
        let given: Vec<Answer> =
            replies.map(|r| r.answer).filter(|a| *a != Answer::NotAnswered).collect();
        if given.len() >= 2 {
            let unsure = given.iter().all(|answer| *answer == Answer::DontKnow);
            looking.at(Some(asked.question), unsure, [("n", given.len().to_string())]);
        }
    }
    looking.verdict(Why::TooFewAnswers)
}

#[cfg(test)]
fn examples() -> [super::Round; 3] {
    [
        round(vec![control("B02", &[Answer::DontKnow, Answer::DontKnow])]),
        round(vec![control("B02", &[Answer::DontKnow, Answer::Level(0)])]),
        round(vec![control("B02", &[Answer::DontKnow])]),
    ]
}
