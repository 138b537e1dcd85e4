//! Whoever directs the work and whoever does it see it differently.

#[cfg(test)]
use super::Answer;
#[cfg(test)]
use super::build::{control, reply, round};
use super::seen::{Looking, Seen};
use super::{Check, FAR_APART, Run, Verdict, Why, Words};

/// The check, with its words.
pub(super) const CHECK: Check = Check {
    code: "Q12",
    name: "groups-far-apart",
    nl: Words {
        sentence: "De leiding zegt hier {management}, de werkvloer {floor}.",
        repair: "Bespreek de vraag met beide groepen samen en laat de werkvloer eerst vertellen hoe het gaat.",
    },
    en: Words {
        sentence: "Management says {management} here, the work floor {floor}.",
        repair: "Discuss the question with both groups together, and let the work floor first tell how it goes.",
    },
    run: Run::Process(run),
    #[cfg(test)]
    examples,
};

fn run(seen: &Seen<'_>) -> Verdict {
    let mut looking = Looking::default();
    for asked in &seen.asked {
        if let Some((management, floor)) = asked.said.groups {
            let figures =
                [("management", management.to_string()), ("floor", floor.to_string())];
            let far = management.abs_diff(floor) >= FAR_APART;
            looking.at(Some(asked.question), far, figures);
        }
    }
    looking.verdict(Why::GroupsTooSmall)
}

#[cfg(test)]
fn examples() -> [super::Round; 3] {
    [
        round(vec![three_each(3, 1)]),
        round(vec![three_each(3, 2)]),
        round(vec![control("B02", &[Answer::Level(0), Answer::Level(3)])]),
    ]
}

#[cfg(test)]
fn three_each(management: u8, floor: u8) -> super::Question {
    let mut question = control("B02", &[Answer::Level(floor); 3]);
    for id in ["m1", "m2", "m3"] {
        question.replies.push(reply(id, Answer::Level(management)));
    }
    question
}
