//! A round of more than a year ago tells how it was.

#[cfg(test)]
use super::Date;
#[cfg(test)]
use super::build::round;
use super::seen::Looking;
use super::{Check, Round, Run, Verdict, Why, Words};

/// The check, with its words.
pub(super) const CHECK: Check = Check {
    code: "Q18",
    name: "round-too-old",
    nl: Words {
        sentence: "Deze ronde is van {date} en dus ouder dan een jaar.",
        repair: "Start een nieuwe ronde. Begin met de sleutelbeheersingen en met wat sindsdien veranderde.",
    },
    en: Words {
        sentence: "This round is of {date} and so more than a year old.",
        repair: "Start a new round. Begin with the key controls and with what has changed since.",
    },
    run: Run::Round(run),
    #[cfg(test)]
    examples,
};

fn run(round: &Round) -> Verdict {
    let mut looking = Looking::default();
    if let Some(held) = round.held_on {
        let year_later = (held.year().saturating_add(1), held.month(), held.day());
        let now = (round.as_of.year(), round.as_of.month(), round.as_of.day());
        looking.at(None, year_later < now, [("date", held.to_string())]);
    }
    looking.verdict(Why::NoDate)
}

#[cfg(test)]
fn examples() -> [Round; 3] {
    [
        Round { held_on: Some(Date::constant(2025, 11, 24)), ..round(Vec::new()) },
        Round { held_on: Some(Date::constant(2025, 11, 25)), ..round(Vec::new()) },
        Round { held_on: None, ..round(Vec::new()) },
    ]
}
