//! What was said beside what was shown (method.md, section 3): what counts, and where the
//! two part.

use crate::said::{Answer, Combined, Side};

/// How what was said lies to what was shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Parting {
    /// Within the range that was shown.
    Agree,
    /// Said better than shown: more control, or less of a circumstance, than the data allow.
    SaidBetter,
    /// Said worse than shown: it is better than people think.
    SaidWorse,
    /// Said not to apply, while the data show cases of it.
    SaidNotApplicable,
}

/// What counts of one control or circumstance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judged {
    /// The lowest level that may hold; equal to `high` where the level is known.
    pub low: u8,
    /// The highest level that may hold.
    pub high: u8,
    /// How said and shown lie to each other; nothing where one of them is silent.
    pub parting: Option<Parting>,
}

impl Judged {
    /// Whether the level is known.
    pub const fn is_known(&self) -> bool {
        self.low == self.high
    }
}

/// What counts: what was said, brought into the range that was shown; without data what was
/// said; without an answer the range that was shown, or all levels. `None` where it does not
/// apply.
pub fn judge(side: Side, said: &Combined, shown: Option<(u8, u8)>) -> Option<Judged> {
    let most = side.most();
    let shown =
        shown.map(|(low, high)| (low.min(most), high.min(most).max(low.min(most))));
    match (said.answer, shown) {
        (Answer::Level(level), None) => {
            let level = level.min(most);
            Some(Judged { low: level, high: level, parting: None })
        }
        (Answer::Level(level), Some((low, high))) => {
            let level = level.min(most);
            let counts = level.clamp(low, high);
            let parting = parting(side, level, (low, high));
            Some(Judged { low: counts, high: counts, parting: Some(parting) })
        }
        (Answer::NotApplicable, _) => None,
        (Answer::DontKnow | Answer::NotAnswered, shown) => {
            let (low, high) = shown.unwrap_or((0, most));
            Some(Judged { low, high, parting: None })
        }
    }
}

/// Whether people say that something does not apply of which the data show cases.
pub fn denied(said: &Combined, shown: Option<(u8, u8)>) -> Option<Parting> {
    let denied = said.answer == Answer::NotApplicable && shown.is_some();
    denied.then_some(Parting::SaidNotApplicable)
}

fn parting(side: Side, said: u8, (low, high): (u8, u8)) -> Parting {
    let better = match side {
        Side::Control => said > high,
        Side::Circumstance => said < low,
    };
    if (low..=high).contains(&said) {
        Parting::Agree
    } else if better {
        Parting::SaidBetter
    } else {
        Parting::SaidWorse
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::said::combine;

    fn said(side: Side, answer: Answer) -> Combined {
        combine(side, &[], Some(answer), 3)
    }

    #[test]
    fn what_was_said_is_brought_into_the_range_that_was_shown() {
        let three = said(Side::Control, Answer::Level(3));
        let judged = judge(Side::Control, &three, Some((0, 1))).unwrap();
        assert_eq!((judged.low, judged.high), (1, 1));
        assert_eq!(judged.parting, Some(Parting::SaidBetter));
    }

    #[test]
    fn better_than_people_think_is_told_too() {
        let none = said(Side::Control, Answer::Level(0));
        let judged = judge(Side::Control, &none, Some((2, 3))).unwrap();
        assert_eq!(judged.low, 2);
        assert_eq!(judged.parting, Some(Parting::SaidWorse));
        let strongly = said(Side::Circumstance, Answer::Level(2));
        let judged = judge(Side::Circumstance, &strongly, Some((0, 1))).unwrap();
        assert_eq!((judged.low, judged.parting), (1, Some(Parting::SaidWorse)));
    }

    #[test]
    fn an_answer_that_is_not_known_leaves_what_the_data_allow() {
        let unknown = said(Side::Control, Answer::DontKnow);
        assert_eq!(
            judge(Side::Control, &unknown, None).map(|j| (j.low, j.high)),
            Some((0, 3))
        );
        let shown = judge(Side::Control, &unknown, Some((1, 2)));
        assert_eq!(shown.map(|j| (j.low, j.high)), Some((1, 2)));
    }

    #[test]
    fn what_does_not_apply_does_not_count_but_data_that_say_otherwise_are_told() {
        let no = said(Side::Control, Answer::NotApplicable);
        assert_eq!(judge(Side::Control, &no, Some((0, 1))), None);
        assert_eq!(denied(&no, Some((0, 1))), Some(Parting::SaidNotApplicable));
        assert_eq!(denied(&no, None), None);
    }
}
