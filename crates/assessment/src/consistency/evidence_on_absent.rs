//! Somebody says that a control is absent and points at evidence of it.

#[cfg(test)]
use super::build::{control, round, shown_by};
use super::seen::{Looking, Seen, level};
use super::{Check, Run, Verdict, Why, Words};
use crate::said::Answer;

/// The check, with its words.
pub(super) const CHECK: Check = Check {
    code: "Q08",
    name: "evidence-on-absent",
    nl: Words {
        sentence: "{n} antwoord(en) zeggen dat deze beheersing ontbreekt, maar verwijzen toch naar bewijs.",
        repair: "Kijk wat het bewijs laat zien. Bestaat de beheersing op papier, kies dan dat antwoord.",
    },
    en: Words {
        sentence: "{n} answer(s) say that this control is absent, but still point at evidence.",
        repair: "See what the evidence shows. If the control exists on paper, choose that answer.",
    },
    run: Run::Process(run),
    #[cfg(test)]
    examples,
};

fn run(seen: &Seen<'_>) -> Verdict {
    let mut looking = Looking::default();
    for asked in seen.controls() {
        let levels = asked.question.replies.iter().filter(|r| level(r.answer).is_some());
        let absent = levels.clone().filter(|reply| reply.answer == Answer::Level(0));
        let count = absent.filter(|reply| reply.evidence.is_some()).count();
        if levels.count() > 0 {
            looking.at(Some(asked.question), count > 0, [("n", count.to_string())]);
        }
    }
    looking.verdict(Why::NoLevels)
}

#[cfg(test)]
fn examples() -> [super::Round; 3] {
    [
        round(vec![shown_by(control("B02", &[Answer::Level(0)]), None)]),
        round(vec![shown_by(
            control("B02", &[Answer::Level(1), Answer::Level(0)]),
            None,
        )]),
        round(vec![control("B02", &[Answer::DontKnow])]),
    ]
}
