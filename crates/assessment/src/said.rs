//! What people said of one question, put together (method.md, section 2). All answers stay;
//! the combined one is a median that leans to the careful side.

use std::collections::BTreeMap;

/// One answer. The last three are three different things and never become zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Answer {
    /// Maturity 0–3 of a control, severity 0–2 of a circumstance.
    Level(u8),
    /// It does not apply here.
    NotApplicable,
    /// The respondent does not know.
    DontKnow,
    /// Nobody answered.
    NotAnswered,
}

/// What is asked about; it decides to which side a median leans.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// A control: the lower of two.
    Control,
    /// A circumstance: the higher of two.
    Circumstance,
}

impl Side {
    /// The highest level an answer may have.
    pub const fn most(self) -> u8 {
        match self {
            Self::Control => 3,
            Self::Circumstance => 2,
        }
    }
}

/// From where a respondent looks at the process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Whoever directs the work.
    Management,
    /// Whoever does it.
    Floor,
    /// Whoever does neither, such as a controller.
    Other,
}

/// One answer of one respondent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Given {
    /// The answer.
    pub answer: Answer,
    /// From where it comes.
    pub group: Group,
}

/// The answers on one question together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Combined {
    /// The combined answer.
    pub answer: Answer,
    /// Whether it was agreed in a meeting and so takes the place of the median.
    pub agreed: bool,
    /// How many gave a level.
    pub levels: u32,
    /// How many said that it does not apply.
    pub not_applicable: u32,
    /// How many did not know.
    pub dont_know: u32,
    /// How many were asked and gave no answer.
    pub not_answered: u32,
    /// The lowest and highest level given.
    pub spread: Option<(u8, u8)>,
    /// The medians of management and work floor, where both have the least number of
    /// answers; fewer would point at people.
    pub groups: Option<(u8, u8)>,
}

/// The least number of answers before two groups are set apart; a setting may only raise it.
pub const LEAST_GROUP: u32 = 3;

/// The median of sorted levels, leaning to the careful side.
fn median(sorted: &[u8], side: Side) -> Option<u8> {
    let last = sorted.len().checked_sub(1)?;
    let place = match side {
        Side::Control => last >> 1,
        Side::Circumstance => sorted.len() >> 1,
    };
    sorted.get(place).copied()
}

/// Puts answers together.
///
/// Their order does not matter. An answer above the highest level is brought down to it. `agreed` takes the place of the median. `least_group` below
/// [`LEAST_GROUP`] counts as that.
///
/// Where more people say that it does not apply than give a level, it does not apply. Where
/// nobody gives either, it is not known if anyone said so, and otherwise not answered.
pub fn combine(
    side: Side,
    given: &[Given],
    agreed: Option<Answer>,
    least_group: u32,
) -> Combined {
    let mut levels = Vec::new();
    let mut by_group: BTreeMap<Group, Vec<u8>> = BTreeMap::new();
    let (mut not_applicable, mut dont_know, mut not_answered) = (0_u32, 0_u32, 0_u32);
    for one in given {
        match one.answer {
            Answer::Level(level) => {
                let level = level.min(side.most());
                levels.push(level);
                by_group.entry(one.group).or_default().push(level);
            }
            Answer::NotApplicable => not_applicable = not_applicable.saturating_add(1),
            Answer::DontKnow => dont_know = dont_know.saturating_add(1),
            Answer::NotAnswered => not_answered = not_answered.saturating_add(1),
        }
    }
    levels.sort_unstable();
    let count = u32::try_from(levels.len()).unwrap_or(u32::MAX);
    let middle = match median(&levels, side) {
        Some(_) if not_applicable > count => Answer::NotApplicable,
        Some(level) => Answer::Level(level),
        None if not_applicable > 0 => Answer::NotApplicable,
        None if dont_know > 0 => Answer::DontKnow,
        None => Answer::NotAnswered,
    };
    let least = usize::try_from(least_group.max(LEAST_GROUP)).unwrap_or(usize::MAX);
    let mut of_group = |group: Group| {
        let levels = by_group.get_mut(&group).filter(|all| all.len() >= least)?;
        levels.sort_unstable();
        median(levels, side)
    };
    let groups = of_group(Group::Management).zip(of_group(Group::Floor));
    Combined {
        answer: agreed.unwrap_or(middle),
        agreed: agreed.is_some(),
        levels: count,
        not_applicable,
        dont_know,
        not_answered,
        spread: levels.first().copied().zip(levels.last().copied()),
        groups,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn floor(answers: &[Answer]) -> Vec<Given> {
        answers
            .iter()
            .map(|answer| Given { answer: *answer, group: Group::Floor })
            .collect()
    }

    fn answer(side: Side, answers: &[Answer]) -> Answer {
        combine(side, &floor(answers), None, 3).answer
    }

    #[test]
    fn of_two_the_lower_counts_for_a_control_and_the_higher_for_a_circumstance() {
        let two = [Answer::Level(1), Answer::Level(2)];
        assert_eq!(answer(Side::Control, &two), Answer::Level(1));
        assert_eq!(answer(Side::Circumstance, &two), Answer::Level(2));
    }

    #[test]
    fn one_who_does_not_know_does_not_pull_the_median() {
        let all =
            [Answer::DontKnow, Answer::Level(3), Answer::Level(2), Answer::Level(3)];
        assert_eq!(answer(Side::Control, &all), Answer::Level(3));
    }

    #[test]
    fn nobody_knowing_is_not_nobody_answering() {
        assert_eq!(answer(Side::Control, &[Answer::DontKnow]), Answer::DontKnow);
        assert_eq!(answer(Side::Control, &[Answer::NotAnswered]), Answer::NotAnswered);
        assert_eq!(answer(Side::Control, &[]), Answer::NotAnswered);
    }

    #[test]
    fn more_who_say_that_it_does_not_apply_than_give_a_level_decide() {
        let (no, two) = (Answer::NotApplicable, Answer::Level(2));
        assert_eq!(answer(Side::Control, &[no, two]), two);
        assert_eq!(answer(Side::Control, &[no, no, two]), no);
    }

    #[test]
    fn what_was_agreed_takes_the_place_of_the_median_and_says_so() {
        let given = floor(&[Answer::Level(3), Answer::Level(3)]);
        let combined = combine(Side::Control, &given, Some(Answer::Level(1)), 3);
        assert_eq!((combined.answer, combined.agreed), (Answer::Level(1), true));
        assert_eq!(combined.spread, Some((3, 3)));
    }

    #[test]
    fn groups_are_set_apart_only_where_both_are_large_enough() {
        let mut given = floor(&[Answer::Level(1), Answer::Level(1), Answer::Level(0)]);
        let manager = Given { answer: Answer::Level(3), group: Group::Management };
        given.extend([manager, manager]);
        assert_eq!(combine(Side::Control, &given, None, 0).groups, None);
        given.push(manager);
        assert_eq!(combine(Side::Control, &given, None, 0).groups, Some((3, 1)));
        assert_eq!(combine(Side::Control, &given, None, 4).groups, None);
    }
}
