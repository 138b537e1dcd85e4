//! A key control of which nobody knows how it stands: the freeboard then depends on a guess.

#[cfg(test)]
use super::build::{control, key_control, round};
use super::seen::{Looking, Seen};
use super::{Check, Run, Verdict, Why, Words};
use crate::said::Answer;

/// The check, with its words.
pub(super) const CHECK: Check = Check {
    code: "Q02",
    name: "key-control-unknown",
    nl: Words {
        sentence: "Van deze sleutelbeheersing weet niemand hoe het ermee staat.",
        repair: "Vraag het aan wie het proces leidt en aan wie het controleert, en vul het antwoord aan.",
    },
    en: Words {
        sentence: "Nobody knows how it stands with this key control.",
        repair: "Ask whoever directs the process and whoever checks it, and complete the answer.",
    },
    run: Run::Process(run),
    #[cfg(test)]
    examples,
};

fn run(seen: &Seen<'_>) -> Verdict {
    let mut looking = Looking::default();
    for asked in seen.controls().filter(|asked| asked.question.key) {
        let unknown = matches!(asked.said.answer, Answer::DontKnow | Answer::NotAnswered);
        looking.at(Some(asked.question), unknown, []);
    }
    looking.verdict(Why::NoKeyControls)
}

#[cfg(test)]
fn examples() -> [super::Round; 3] {
    [
        round(vec![key_control("B02", &[Answer::DontKnow, Answer::DontKnow])]),
        round(vec![key_control("B02", &[Answer::DontKnow, Answer::Level(1)])]),
        round(vec![control("B03", &[Answer::DontKnow])]),
    ]
}
