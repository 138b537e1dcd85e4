//! When people answer: on working days within the days of the round, one process after
//! another, at the pace of somebody who reads the question.

use crate::clock::{Hours, Office, Stamp};
use crate::dice::Dice;
use model::Date;

/// Nobody begins on a process after this hour.
const LATE: i64 = 15 * 3_600;

/// The days of one respondent in one round.
#[derive(Debug)]
pub(super) struct Diary<'a> {
    office: &'a Office,
    dice: Dice,
    days: Vec<i32>,
    free_from: Option<Stamp>,
}

impl<'a> Diary<'a> {
    /// Opens the diary between the first and the last day for answers.
    pub(super) fn new(
        office: &'a Office,
        dice: Dice,
        (opened, closed): (Date, Date),
    ) -> Self {
        // whoever begins on the last days would still be at it when the round closes
        let days: Vec<i32> = office.open_days(opened, closed).collect();
        let days = days.iter().copied().take(days.len().saturating_sub(4)).collect();
        Self { office, dice, days, free_from: None }
    }

    /// Sits down for a process: on a day of chance for the first one, later on the same day
    /// or on the next one for those after it.
    pub(super) fn sit_down(&mut self) -> Stamp {
        let day = match self.free_from {
            None => {
                let at = self.dice.below(self.days.len());
                self.days.get(at).copied().unwrap_or(0)
            }
            Some(free) if free.second() < LATE && self.dice.chance(0.6) => {
                let pause = self.dice.between(300, 2_400);
                let at = free.plus(pause);
                self.free_from = Some(at);
                return at;
            }
            Some(free) => self.office.open_from(free.day() + 1),
        };
        let mut from = self.office.moment(
            &mut self.dice,
            day,
            Hours::Office,
            Stamp::new(day, 8, 30),
        );
        if from.second() > LATE {
            from = Stamp::new(from.day(), 9, 0).plus(self.dice.between(0, 14_400));
        }
        self.free_from = Some(from);
        from
    }

    /// The moment of the next answer; explaining takes longer.
    pub(super) fn answer(&mut self, explained: bool) -> Stamp {
        let reading = self.dice.between(9, 38);
        let writing = if explained { self.dice.between(40, 190) } else { 0 };
        let at = match self.free_from {
            Some(at) => at,
            None => self.sit_down(),
        };
        let at = at.plus(reading + writing);
        self.free_from = Some(at);
        at
    }

    /// The moment at which somebody comes back on an answer, some minutes after the rest.
    pub(super) fn second_thought(&mut self) -> Stamp {
        let pause = self.dice.between(60, 900);
        let at = self.answer(true).plus(pause);
        self.free_from = Some(at);
        at
    }
}
