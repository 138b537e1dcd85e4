//! Evidence whose last day has passed.

#[cfg(test)]
use super::Answer;
#[cfg(test)]
use super::build::{control, round, shown_by};
use super::seen::{Looking, Seen};
use super::{Check, Run, Verdict, Why, Words};
use model::Date;

/// The check, with its words.
pub(super) const CHECK: Check = Check {
    code: "Q07",
    name: "evidence-overdue",
    nl: Words {
        sentence: "Van het bewijs bij deze vraag is {n} van de {of} verlopen op {date}.",
        repair: "Vervang de verwijzing door een nieuwe, of pas het antwoord aan als het bewijs er niet meer is.",
    },
    en: Words {
        sentence: "Of the evidence with this question {n} of {of} is out of date on {date}.",
        repair: "Replace the link by a newer one, or change the answer where the evidence is no longer there.",
    },
    run: Run::Process(run),
    #[cfg(test)]
    examples,
};

fn run(seen: &Seen<'_>) -> Verdict {
    let mut looking = Looking::default();
    for asked in &seen.asked {
        let evidence = asked.question.replies.iter().filter_map(|r| r.evidence.as_ref());
        let dates: Vec<Date> = evidence.filter_map(|one| one.valid_until).collect();
        if !dates.is_empty() {
            let overdue = dates.iter().filter(|date| **date < seen.round.as_of).count();
            let figures = [
                ("n", overdue.to_string()),
                ("of", dates.len().to_string()),
                ("date", seen.round.as_of.to_string()),
            ];
            looking.at(Some(asked.question), overdue > 0, figures);
        }
    }
    looking.verdict(Why::NoDatedEvidence)
}

#[cfg(test)]
fn examples() -> [super::Round; 3] {
    [
        round(vec![shown_by(
            control("B02", &[Answer::Level(2)]),
            Some(Date::constant(2026, 11, 24)),
        )]),
        round(vec![shown_by(
            control("B02", &[Answer::Level(2)]),
            Some(Date::constant(2026, 11, 25)),
        )]),
        round(vec![shown_by(control("B02", &[Answer::Level(2)]), None)]),
    ]
}
