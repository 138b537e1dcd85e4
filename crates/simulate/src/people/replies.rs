//! What one person writes down about one process: explanations, evidence and second thoughts.

use crate::clock::{date_of, day_of};
use crate::dice::Dice;
use crate::people::cast::Sitting;
use crate::people::diary::Diary;
use crate::people::levels::{is_circumstance, most};
use crate::people::lines::{Line, Spoken};
use crate::people::shape::{Evidence, Reply, Said};
use crate::people::words::Side;
use model::Moment;

/// How often somebody comes back on one answer about a process.
const SECOND_THOUGHTS: f64 = 0.3;
/// How often a level of 2 or more comes with evidence, from those who lead or advise.
const SHOWN_BY_PAPER: f64 = 0.07;

/// What one person is about to answer to one question.
#[derive(Debug)]
pub(super) struct Given<'a> {
    /// The question.
    pub(super) code: &'a str,
    /// What is said.
    pub(super) said: Spoken,
    /// The line that says so in so many words, where there is one.
    pub(super) line: Option<&'a Line>,
}

/// The answers of one person about one process, with the moments at which they were given.
pub(super) fn replies(
    (assignment, side, sitting): (usize, Side, &Sitting),
    given: &[Given<'_>],
    diary: &mut Diary<'_>,
    mut dice: Dice,
) -> Vec<Reply> {
    diary.sit_down();
    let doubts = dice.chance(SECOND_THOUGHTS);
    let doubted = dice.below(given.len());
    let (mut replies, mut later) = (Vec::new(), Vec::new());
    for (number, one) in given.iter().enumerate() {
        let paper = evidence(&mut dice, side, sitting, one);
        let other = other_level(&mut dice, one);
        let mut reply = Reply {
            at: Moment::on(sitting.opened),
            assignment,
            question: one.code.to_owned(),
            said: said(one),
            explanation: explanation(one),
            evidence: paper,
        };
        let first = match one.line {
            Some(line) => line.was,
            None => other.filter(|_| doubts && number == doubted),
        };
        reply.at = diary.answer(first.is_none() && reply.explanation.is_some()).moment();
        if let Some(level) = first {
            let said = Said::Level(level);
            let bare = Reply { said, explanation: None, evidence: None, ..reply.clone() };
            replies.push(bare);
            later.push(reply);
        } else {
            replies.push(reply);
        }
    }
    for mut reply in later {
        reply.at = diary.second_thought().moment();
        replies.push(reply);
    }
    replies
}

fn said(one: &Given<'_>) -> Said {
    match one.said {
        Spoken::Level(level) => Said::Level(level),
        Spoken::NotApplicable => {
            let reason = one.line.map_or("", |line| line.words).to_owned();
            Said::NotApplicable { reason }
        }
        Spoken::Unknown => Said::Unknown,
    }
}

fn explanation(one: &Given<'_>) -> Option<String> {
    let words = one.line.filter(|line| line.said != Spoken::NotApplicable)?.words;
    (!words.is_empty()).then(|| words.to_owned())
}

/// Another level than the one that is said, one step away.
fn other_level(dice: &mut Dice, one: &Given<'_>) -> Option<u8> {
    let up = dice.chance(0.5);
    match one.said {
        Spoken::Level(level) if up && level < most(one.code) => Some(level + 1),
        Spoken::Level(level) => Some(level.checked_sub(1).unwrap_or(level + 1)),
        Spoken::NotApplicable | Spoken::Unknown => None,
    }
}

/// What the file gives as evidence, or now and then a file number of less than a year old.
fn evidence(
    dice: &mut Dice,
    side: Side,
    sitting: &Sitting,
    one: &Given<'_>,
) -> Option<Evidence> {
    let (by_chance, days) = (dice.chance(SHOWN_BY_PAPER), dice.between(10, 300));
    let number = dice.between(100, 4_999);
    if let Some(line) = one.line {
        return line.evidence.clone();
    }
    let high = matches!(one.said, Spoken::Level(level) if level >= 2);
    let fits = high && !is_circumstance(one.code) && side != Side::WorkFloor;
    let day = day_of(sitting.held_on) - i32::try_from(days).unwrap_or(0);
    let date = date_of(day);
    (by_chance && fits).then(|| Evidence {
        link: format!("Z{:02}-{number:05}", date.year().rem_euclid(100)),
        date,
        valid_to: Some(date_of(day + 365)),
    })
}
