//! A control that is said to be applied, while nobody points at anything that shows it.

#[cfg(test)]
use super::Answer;
#[cfg(test)]
use super::build::{control, round, shown_by};
use super::seen::{Looking, Seen};
use super::{Check, Run, Verdict, Why, Words};

/// The check, with its words.
pub(super) const CHECK: Check = Check {
    code: "Q01",
    name: "applied-without-evidence",
    nl: Words {
        sentence: "Deze beheersing wordt volgens de antwoorden toegepast, maar niemand wijst aan waaruit dat blijkt.",
        repair: "Voeg een verwijzing toe naar iets wat het laat zien, of verlaag het antwoord naar 'op papier'.",
    },
    en: Words {
        sentence: "According to the answers this control is applied, but nobody points at anything that shows it.",
        repair: "Add a link to something that shows it, or lower the answer to 'on paper'.",
    },
    run: Run::Process(run),
    #[cfg(test)]
    examples,
};

fn run(seen: &Seen<'_>) -> Verdict {
    let mut looking = Looking::default();
    for asked in seen.controls() {
        if let Some(level) = asked.level() {
            let shown =
                asked.question.replies.iter().any(|reply| reply.evidence.is_some());
            looking.at(Some(asked.question), level >= 2 && !shown, []);
        }
    }
    looking.verdict(Why::NoLevels)
}

#[cfg(test)]
fn examples() -> [super::Round; 3] {
    [
        round(vec![control("B02", &[Answer::Level(2)])]),
        round(vec![
            shown_by(control("B02", &[Answer::Level(3)]), None),
            control("B03", &[Answer::Level(1)]),
        ]),
        round(vec![control("B02", &[Answer::DontKnow])]),
    ]
}
