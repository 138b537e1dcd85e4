//! Since the last round people say that it became better, and the data show that it became worse.

#[cfg(test)]
use super::build::{control, round};
use super::seen::{Looking, Seen, level};
#[cfg(test)]
use super::{Answer, Question};
use super::{Check, Run, Verdict, Why, Words};
use crate::said::Side;

/// Whether a range lies lower than another: one end lower and none higher.
fn lower(one: (u8, u8), other: (u8, u8)) -> bool {
    one.0 <= other.0 && one.1 <= other.1 && one != other
}

/// The check, with its words.
pub(super) const CHECK: Check = Check {
    code: "Q06",
    name: "said-up-shown-down",
    nl: Words {
        sentence: "Sinds de vorige ronde ging het gezegde vooruit, terwijl de data juist achteruitgingen.",
        repair: "Zoek uit wat er veranderde: het werk, het systeem of de manier van vastleggen.",
    },
    en: Words {
        sentence: "Since the last round what is said went up, while what the data show went down.",
        repair: "Find out what changed: the work, the system or the way it is recorded.",
    },
    run: Run::Process(run),
    #[cfg(test)]
    examples,
};

fn run(seen: &Seen<'_>) -> Verdict {
    let mut looking = Looking::default();
    for asked in &seen.asked {
        let Some(earlier) = asked.question.earlier else { continue };
        let said = level(earlier.said).zip(asked.level());
        let shown = earlier.shown.zip(asked.question.shown);
        if let (Some((said_then, said_now)), Some((then, now))) = (said, shown) {
            // for a control more is better, for a circumstance less
            let found = match asked.question.side {
                Side::Control => said_now > said_then && lower(now, then),
                Side::Circumstance => said_now < said_then && lower(then, now),
            };
            looking.at(Some(asked.question), found, []);
        }
    }
    looking.verdict(Why::NoEarlierRound)
}

#[cfg(test)]
fn examples() -> [super::Round; 3] {
    [
        round(vec![with_earlier(Some((2, 3)))]),
        round(vec![with_earlier(Some((1, 2)))]),
        round(vec![with_earlier(None)]),
    ]
}

#[cfg(test)]
fn with_earlier(shown: Option<(u8, u8)>) -> Question {
    let earlier = Some(super::Earlier { said: Answer::Level(1), shown });
    Question { earlier, shown: Some((1, 2)), ..control("B02", &[Answer::Level(2)]) }
}
