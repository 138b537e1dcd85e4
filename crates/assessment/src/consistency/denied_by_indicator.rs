//! A circumstance is said not to occur, while an open figure says that it strongly does.

#[cfg(test)]
use super::build::{circumstance, round};
use super::seen::{Looking, Seen};
#[cfg(test)]
use super::{Answer, Question};
use super::{Check, Run, Verdict, Why, Words};
use crate::said::Side;

/// The check, with its words.
pub(super) const CHECK: Check = Check {
    code: "Q14",
    name: "denied-by-indicator",
    nl: Words {
        sentence: "Volgens de antwoorden speelt dit niet, maar een open cijfer wijst op 'speelt sterk'.",
        repair: "Leg het cijfer naast het antwoord en bespreek waarom het hier anders zou zijn.",
    },
    en: Words {
        sentence: "According to the answers this does not occur, but an open figure points to 'strongly'.",
        repair: "Lay the figure beside the answer and discuss why it would be different here.",
    },
    run: Run::Process(run),
    #[cfg(test)]
    examples,
};

fn run(seen: &Seen<'_>) -> Verdict {
    let mut looking = Looking::default();
    let circumstances =
        seen.asked.iter().filter(|a| a.question.side == Side::Circumstance);
    for asked in circumstances {
        if let (Some(level), Some(severity)) = (asked.level(), asked.question.indicator) {
            looking.at(Some(asked.question), level == 0 && severity >= 2, []);
        }
    }
    looking.verdict(Why::NoIndicator)
}

#[cfg(test)]
fn examples() -> [super::Round; 3] {
    [
        round(vec![Question {
            indicator: Some(2),
            ..circumstance("C30", &[Answer::Level(0)])
        }]),
        round(vec![Question {
            indicator: Some(1),
            ..circumstance("C30", &[Answer::Level(0)])
        }]),
        round(vec![circumstance("C30", &[Answer::Level(0)])]),
    ]
}
