//! Somebody from management or work floor answers about a process in which that function has no part.

#[cfg(test)]
use super::build::{control, round};
use super::seen::{Looking, Seen};
use super::{Check, Run, Verdict, Why, Words};
use crate::said::Group;

/// The check, with its words.
pub(super) const CHECK: Check = Check {
    code: "Q17",
    name: "outside-the-function",
    nl: Words {
        sentence: "{n} van de {of} deelnemers met een bekende functie werken niet in dit proces.",
        repair: "Controleer of de functie goed is ingevuld. Zo ja, reken dit als antwoord van buiten.",
    },
    en: Words {
        sentence: "{n} of the {of} respondents with a known function do not work in this process.",
        repair: "Check whether the function was entered rightly. If so, take it as an answer from outside.",
    },
    run: Run::Process(run),
    #[cfg(test)]
    examples,
};

fn run(seen: &Seen<'_>) -> Verdict {
    let respondents = seen.process.respondents.iter();
    // a controller looks from outside by office
    let functions: Vec<&String> = respondents
        .filter(|one| one.group != Group::Other)
        .filter_map(|one| one.function.as_ref())
        .collect();
    let mut looking = Looking::default();
    if !functions.is_empty() && !seen.process.functions.is_empty() {
        let outside =
            functions.iter().filter(|f| !seen.process.functions.contains(f)).count();
        let figures = [("n", outside.to_string()), ("of", functions.len().to_string())];
        looking.at(None, outside > 0, figures);
    }
    looking.verdict(Why::NoFunctions)
}

#[cfg(test)]
fn examples() -> [super::Round; 3] {
    [
        of(Some("buyer"), Group::Floor),
        of(Some("permit-officer"), Group::Floor),
        of(None, Group::Floor),
    ]
}

#[cfg(test)]
fn of(function: Option<&str>, group: Group) -> super::Round {
    let mut round = round(vec![control("B02", &[super::Answer::Level(1)])]);
    let respondent = &mut round.processes[0].respondents[0];
    (respondent.function, respondent.group) = (function.map(str::to_owned), group);
    round
}

#[cfg(test)]
#[test]
fn a_controller_may_answer_about_any_process() {
    let round = of(Some("controller"), Group::Other);
    let verdict = run(&Seen::of(&round, &round.processes[0]));
    assert_eq!(verdict, Verdict::CannotSay(Why::NoFunctions));
}
