//! A process stands in the scope of the round, and nobody was asked about it.

#[cfg(test)]
use super::Answer;
#[cfg(test)]
use super::build::{control, round};
use super::seen::{Looking, Seen};
use super::{Check, Run, Verdict, Why, Words};

/// The check, with its words.
pub(super) const CHECK: Check = Check {
    code: "Q19",
    name: "nobody-asked",
    nl: Words {
        sentence: "Dit proces hoort bij de ronde, maar niemand is gevraagd om erover te antwoorden.",
        repair: "Nodig minstens twee mensen uit, of haal het proces uit deze ronde en zeg waarom.",
    },
    en: Words {
        sentence: "This process belongs to the round, but nobody was asked to answer about it.",
        repair: "Invite at least two people, or take the process out of this round and say why.",
    },
    run: Run::Process(run),
    #[cfg(test)]
    examples,
};

fn run(seen: &Seen<'_>) -> Verdict {
    let mut looking = Looking::default();
    if !seen.process.questions.is_empty() {
        looking.at(None, seen.process.respondents.is_empty(), []);
    }
    looking.verdict(Why::NoQuestions)
}

#[cfg(test)]
fn examples() -> [super::Round; 3] {
    [
        round(vec![control("B02", &[])]),
        round(vec![control("B02", &[Answer::NotAnswered])]),
        round(Vec::new()),
    ]
}
