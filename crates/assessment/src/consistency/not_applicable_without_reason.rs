//! *Does not apply* takes a question out of the picture, so it needs a reason.

#[cfg(test)]
use super::build::{circumstance, round};
use super::seen::{Looking, Seen};
use super::{Check, Run, Verdict, Why, Words};
use crate::said::Answer;

/// Fewer letters, such as `-` or `nvt`, are no reason.
const LEAST_LETTERS: usize = 8;

/// The check, with its words.
pub(super) const CHECK: Check = Check {
    code: "Q10",
    name: "not-applicable-without-reason",
    nl: Words {
        sentence: "{n} keer is 'niet van toepassing' gekozen zonder uitleg.",
        repair: "Schrijf in één zin op waarom de vraag hier niet past.",
    },
    en: Words {
        sentence: "'Does not apply' was chosen {n} time(s) without an explanation.",
        repair: "Write down in one sentence why the question does not fit here.",
    },
    run: Run::Process(run),
    #[cfg(test)]
    examples,
};

fn run(seen: &Seen<'_>) -> Verdict {
    let mut looking = Looking::default();
    for asked in &seen.asked {
        let agreed = asked.question.agreed.as_ref().map(|one| (one.answer, &one.reason));
        let replies = asked.question.replies.iter().map(|r| (r.answer, &r.explanation));
        // a reason given in the meeting holds for all
        let said: Vec<(Answer, &String)> = match agreed {
            Some(agreed) => vec![agreed],
            None => {
                replies.filter(|(answer, _)| *answer != Answer::NotAnswered).collect()
            }
        };
        let bare = said.iter().filter(|(answer, reason)| {
            let letters = reason.chars().filter(|char| char.is_alphabetic());
            *answer == Answer::NotApplicable && letters.count() < LEAST_LETTERS
        });
        if !said.is_empty() {
            let count = bare.count();
            looking.at(Some(asked.question), count > 0, [("n", count.to_string())]);
        }
    }
    looking.verdict(Why::NoAnswers)
}

#[cfg(test)]
fn examples() -> [super::Round; 3] {
    [
        round(vec![circumstance("C01", &[Answer::NotApplicable, Answer::Level(1)])]),
        round(vec![explained()]),
        round(vec![circumstance("C01", &[Answer::NotAnswered])]),
    ]
}

#[cfg(test)]
fn explained() -> super::Question {
    let mut question = circumstance("C01", &[Answer::NotApplicable]);
    question.replies[0].explanation = "Wij hebben geen haven.".to_owned();
    question
}
