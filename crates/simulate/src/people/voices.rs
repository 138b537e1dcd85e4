//! What everybody says to one question: around how things stand, rosier where people lead
//! than where they do the work, with what each of them alone sees differently.
//!
//! Each answer comes from its own streams of chance, one for the person and one for the
//! round, so that somebody says much the same again in the next round. Afterwards the answers
//! are settled: as many are drawn to the level at which things stand as it takes for the
//! combined answer (the median of the method, leaning to the careful side) to be that level.

use crate::dice::Dice;
use crate::people::cast::{Cast, Member};
use crate::people::levels::{is_circumstance, most};
use crate::people::lines::Spoken;
use crate::people::words::Side;
use model::Process;

/// What somebody is about to say; `None` where the question is passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Voice {
    /// What is said.
    pub(super) said: Option<Spoken>,
    /// Whether it stands in the file in so many words and is not to be settled.
    pub(super) fixed: bool,
}

/// How often a leader sees things one level rosier than they are.
const ROSY: f64 = 0.38;
/// How often somebody who does the work sees them one level gloomier.
const GLOOMY: f64 = 0.2;
/// How often somebody sees something quite differently.
const OWN_VIEW: f64 = 0.1;
/// How often somebody thinks otherwise than in the round before.
const OTHER_MOOD: f64 = 0.05;
/// How often a question is passed over.
const PASSED: f64 = 0.02;

/// What the members say to a question, in their order.
pub(super) fn voices(
    cast: &Cast,
    round: usize,
    (process, code): (Process, &str),
    members: &[&Member],
) -> Vec<Voice> {
    let last = round + 1 == cast.sittings.len();
    let level = cast.levels.of(process, code, last);
    let mut voices: Vec<Voice> = members
        .iter()
        .map(|member| {
            if let Some(line) = cast.line(round, member.reference, (process, code)) {
                return Voice { said: Some(line.said), fixed: true };
            }
            let said = draw(cast, round, (process, code), member, level);
            Voice { said, fixed: false }
        })
        .collect();
    let known = cast.levels.fixed(process, code, last).is_some();
    if known && !voices.iter().any(|voice| matches!(voice.said, Some(Spoken::Level(_)))) {
        // what is fixed is known to somebody
        if let Some(first) = voices.iter_mut().find(|voice| !voice.fixed) {
            first.said = Some(Spoken::Level(level));
        }
    }
    settle(&mut voices, level, is_circumstance(code));
    voices
}

fn draw(
    cast: &Cast,
    round: usize,
    (process, code): (Process, &str),
    member: &Member,
    level: u8,
) -> Option<Spoken> {
    let names = [cast.slug, member.reference, process.code(), code];
    let mut person = Dice::named(cast.seed, &names);
    let number = round.to_string();
    let [slug, who, process, code] = names;
    let mut mood = Dice::named(cast.seed, &[slug, who, process, code, &number]);
    if mood.chance(PASSED) {
        return None;
    }
    // somebody who came in this round does not know much yet
    let unsure = if member.since < round { member.unsure / 2.0 } else { member.unsure };
    if person.chance(unsure) {
        return Some(Spoken::Unknown);
    }
    let mut better = match member.side {
        Side::Management => i16::from(person.chance(ROSY)),
        Side::WorkFloor => -i16::from(person.chance(GLOOMY)),
        Side::Other => 0,
    };
    for (dice, often) in [(&mut person, OWN_VIEW), (&mut mood, OTHER_MOOD)] {
        if dice.chance(often) {
            better += if dice.chance(0.5) { 1 } else { -1 };
        }
    }
    let shift = if is_circumstance(code) { -better } else { better };
    let said = (i16::from(level) + shift).clamp(0, i16::from(most(code)));
    u8::try_from(said).ok().map(Spoken::Level)
}

/// Draws answers to a level, the nearest first, until the combined answer is that level or
/// nobody is left who may be drawn.
fn settle(voices: &mut [Voice], level: u8, careful_high: bool) {
    while let Some(middle) = combined(voices, careful_high).filter(|m| *m != level) {
        let wrong = |said: u8| if middle > level { said > level } else { said < level };
        let free = voices.iter_mut().filter(|voice| !voice.fixed);
        let astray = free.filter_map(|voice| match voice.said {
            Some(Spoken::Level(said)) if wrong(said) => {
                Some((said.abs_diff(level), voice))
            }
            _ => None,
        });
        let Some((_, voice)) = astray.min_by_key(|(far, _)| *far) else { return };
        voice.said = Some(Spoken::Level(level));
    }
}

/// The median of the levels (method, section 2): of two the lower for a control, the higher
/// for a circumstance.
fn combined(voices: &[Voice], careful_high: bool) -> Option<u8> {
    let levels = voices.iter().filter_map(|voice| match voice.said {
        Some(Spoken::Level(level)) => Some(level),
        _ => None,
    });
    let mut levels: Vec<u8> = levels.collect();
    levels.sort_unstable();
    let last = levels.len().checked_sub(1)?;
    levels.get(if careful_high { levels.len() / 2 } else { last / 2 }).copied()
}
