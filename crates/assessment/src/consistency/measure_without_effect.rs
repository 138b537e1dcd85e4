//! A measure was done before the round, and the control does not stand where it should lift it.

#[cfg(test)]
use super::build::{control, round};
use super::seen::{Looking, Seen};
#[cfg(test)]
use super::{Answer, Date};
use super::{Check, Run, Verdict, Why, Words};
use crate::beside::judge;

/// The check, with its words.
pub(super) const CHECK: Check = Check {
    code: "Q20",
    name: "measure-without-effect",
    nl: Words {
        sentence: "Maatregel {measure} is klaar en zou deze beheersing naar {to} tillen, maar ze staat op {now}.",
        repair: "Ga na of de maatregel echt werkt in de dagelijkse zaken, of dat het antwoord achterloopt.",
    },
    en: Words {
        sentence: "Measure {measure} is done and should lift this control to {to}, but it stands at {now}.",
        repair: "Find out whether the measure really works in daily cases, or whether the answer lags behind.",
    },
    run: Run::Process(run),
    #[cfg(test)]
    examples,
};

fn run(seen: &Seen<'_>) -> Verdict {
    let mut looking = Looking::default();
    for asked in seen.controls() {
        let question = asked.question;
        let known = asked.level().is_some() || question.shown.is_some();
        let judged = judge(question.side, &asked.said, question.shown).filter(|_| known);
        let Some((judged, held)) = judged.zip(seen.round.held_on) else { continue };
        for measure in question.measures.iter().filter(|measure| measure.on <= held) {
            let figures = [
                ("measure", measure.code.clone()),
                ("to", measure.to.to_string()),
                ("now", judged.high.to_string()),
            ];
            looking.at(Some(question), judged.high < measure.to, figures);
        }
    }
    looking.verdict(Why::NoMeasureDone)
}

#[cfg(test)]
fn examples() -> [super::Round; 3] {
    [
        round(vec![with_measure(1, Date::constant(2026, 9, 1))]),
        round(vec![with_measure(2, Date::constant(2026, 9, 1))]),
        round(vec![with_measure(1, Date::constant(2026, 10, 2))]),
    ]
}

#[cfg(test)]
fn with_measure(level: u8, on: Date) -> super::Question {
    let measures = vec![super::MeasureDone { code: "M001".to_owned(), on, to: 2 }];
    super::Question { measures, ..control("B02", &[Answer::Level(level)]) }
}
