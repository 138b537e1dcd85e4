//! What was agreed in the meeting lies far from what people answered before it, and nobody wrote down why.

#[cfg(test)]
use super::Answer;
#[cfg(test)]
use super::build::{control, round};
use super::seen::{Looking, Seen, level};
use super::{Check, FAR_APART, Run, Verdict, Why, Words};

/// The check, with its words.
pub(super) const CHECK: Check = Check {
    code: "Q11",
    name: "agreed-far-from-median",
    nl: Words {
        sentence: "Afgesproken is iets anders dan de meesten invulden, zonder reden: {agreed} tegenover {median}.",
        repair: "Schrijf op wat in het gesprek de doorslag gaf; later weet niemand dat meer.",
    },
    en: Words {
        sentence: "What was agreed differs from what most people entered, without a reason: {agreed} against {median}.",
        repair: "Write down what settled it in the meeting; later nobody will remember.",
    },
    run: Run::Process(run),
    #[cfg(test)]
    examples,
};

fn run(seen: &Seen<'_>) -> Verdict {
    let mut looking = Looking::default();
    for asked in &seen.asked {
        if let (Some(agreed), Some(median)) =
            (&asked.question.agreed, level(asked.median))
        {
            let told = level(agreed.answer);
            let far = told.is_none_or(|level| level.abs_diff(median) >= FAR_APART);
            let figures = [
                (
                    "agreed",
                    told.map_or_else(|| "–".to_owned(), |level| level.to_string()),
                ),
                ("median", median.to_string()),
            ];
            let bare = agreed.reason.trim().is_empty();
            looking.at(Some(asked.question), far && bare, figures);
        }
    }
    looking.verdict(Why::NothingAgreed)
}

#[cfg(test)]
fn examples() -> [super::Round; 3] {
    [
        round(vec![agreed("")]),
        round(vec![agreed("De steekproef van mei liet het zien.")]),
        round(vec![control("B02", &[Answer::Level(1)])]),
    ]
}

#[cfg(test)]
fn agreed(reason: &str) -> super::Question {
    let agreed = super::Agreed { answer: Answer::Level(3), reason: reason.to_owned() };
    super::Question { agreed: Some(agreed), ..control("B02", &[Answer::Level(1)]) }
}
