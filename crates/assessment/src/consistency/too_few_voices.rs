//! The picture of a process rests on one person, or in a large organisation on two.

#[cfg(test)]
use super::Answer;
#[cfg(test)]
use super::build::{control, round};
use super::seen::{Looking, Seen};
use super::{Check, Run, Size, Verdict, Why, Words};
use std::collections::BTreeSet;

/// The check, with its words.
pub(super) const CHECK: Check = Check {
    code: "Q03",
    name: "too-few-voices",
    nl: Words {
        sentence: "Alle antwoorden over dit proces komen van {n} deelnemer(s); minstens {least} is hier nodig.",
        repair: "Vraag iemand met een andere blik erbij, bijvoorbeeld uit de uitvoering of van de controle.",
    },
    en: Words {
        sentence: "All answers about this process come from {n} respondent(s); at least {least} are needed here.",
        repair: "Ask somebody with another view to join, for instance from the work floor or from control.",
    },
    run: Run::Process(run),
    #[cfg(test)]
    examples,
};

fn run(seen: &Seen<'_>) -> Verdict {
    let voices: BTreeSet<&str> =
        seen.given().map(|(_, reply)| reply.by.as_str()).collect();
    let least = match seen.round.size {
        Some(Size::Large) => 3,
        Some(Size::Small | Size::Middle) | None => 2,
    };
    let mut looking = Looking::default();
    if !voices.is_empty() {
        let figures =
            [("n", voices.len().to_string()), ("least", usize::to_string(&least))];
        looking.at(None, voices.len() < least, figures);
    }
    looking.verdict(Why::NoAnswers)
}

#[cfg(test)]
fn examples() -> [super::Round; 3] {
    [
        round(vec![
            control("B02", &[Answer::Level(2)]),
            control("B03", &[Answer::DontKnow]),
        ]),
        round(vec![control("B02", &[Answer::Level(2), Answer::NotApplicable])]),
        round(vec![control("B02", &[Answer::NotAnswered])]),
    ]
}
