//! Controls are said to be demonstrably checked in a process in which nobody looks along.

#[cfg(test)]
use super::Answer;
#[cfg(test)]
use super::build::{control, round};
use super::seen::{Looking, Seen};
use super::{Check, Run, Verdict, Why, Words};

/// The check, with its words.
pub(super) const CHECK: Check = Check {
    code: "Q15",
    name: "checked-without-four-eyes",
    nl: Words {
        sentence: "{n} beheersing(en) zouden aantoonbaar gecontroleerd zijn, terwijl vier ogen in dit proces ontbreken.",
        repair: "Vraag wie die controle doet. Is dat dezelfde persoon als de uitvoerder, verlaag dan het antwoord.",
    },
    en: Words {
        sentence: "{n} control(s) are said to be demonstrably checked, while four eyes are absent in this process.",
        repair: "Ask who does the checking. If it is whoever does the work, lower the answer.",
    },
    run: Run::Process(run),
    #[cfg(test)]
    examples,
};

fn run(seen: &Seen<'_>) -> Verdict {
    let mut looking = Looking::default();
    let code = seen.round.four_eyes.as_deref();
    let four_eyes =
        seen.controls().find(|asked| Some(asked.question.code.as_str()) == code);
    if let Some((four_eyes, level)) = four_eyes.and_then(|one| Some((one, one.level()?)))
    {
        let checked = seen.controls().filter(|asked| asked.level() == Some(3)).count();
        let found = level == 0 && checked > 0;
        looking.at(Some(four_eyes.question), found, [("n", checked.to_string())]);
    }
    looking.verdict(Why::FourEyesUnknown)
}

#[cfg(test)]
fn examples() -> [super::Round; 3] {
    [
        round(vec![
            control("B02", &[Answer::Level(0)]),
            control("B05", &[Answer::Level(3)]),
        ]),
        round(vec![
            control("B02", &[Answer::Level(1)]),
            control("B05", &[Answer::Level(3)]),
        ]),
        round(vec![control("B05", &[Answer::Level(3)])]),
    ]
}
