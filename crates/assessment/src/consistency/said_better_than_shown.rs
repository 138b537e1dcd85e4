//! People say that it is better than the data of the process show.

#[cfg(test)]
use super::build::{circumstance, control, round};
use super::seen::{Looking, Seen};
#[cfg(test)]
use super::{Answer, Question};
use super::{Check, Run, Verdict, Why, Words};
use crate::beside::{Parting, judge};

/// The check, with its words.
pub(super) const CHECK: Check = Check {
    code: "Q05",
    name: "said-better-than-shown",
    nl: Words {
        sentence: "Gezegd is niveau {said}, maar de data laten {low} tot {high} zien.",
        repair: "Bekijk samen de zaken die de regels vonden. Klopt het antwoord, of mist er iets in de data?",
    },
    en: Words {
        sentence: "Said is level {said}, but the data show {low} to {high}.",
        repair: "Look together at the cases that the rules found. Is the answer right, or do the data lack something?",
    },
    run: Run::Process(run),
    #[cfg(test)]
    examples,
};

fn run(seen: &Seen<'_>) -> Verdict {
    let mut looking = Looking::default();
    for asked in &seen.asked {
        let (side, shown) = (asked.question.side, asked.question.shown);
        if let (Some(said), Some((low, high))) = (asked.level(), shown) {
            let parting =
                judge(side, &asked.said, shown).and_then(|judged| judged.parting);
            let figures = [
                ("said", said.to_string()),
                ("low", low.to_string()),
                ("high", high.to_string()),
            ];
            looking.at(
                Some(asked.question),
                parting == Some(Parting::SaidBetter),
                figures,
            );
        }
    }
    looking.verdict(Why::NoData)
}

#[cfg(test)]
fn examples() -> [super::Round; 3] {
    [
        round(vec![
            Question { shown: Some((0, 1)), ..control("B02", &[Answer::Level(3)]) },
            Question { shown: Some((1, 2)), ..circumstance("C01", &[Answer::Level(0)]) },
        ]),
        round(vec![Question {
            shown: Some((2, 3)),
            ..control("B02", &[Answer::Level(1)])
        }]),
        round(vec![control("B02", &[Answer::Level(3)])]),
    ]
}
