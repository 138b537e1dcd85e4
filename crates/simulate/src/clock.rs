//! The clock on the wall of the town hall and the days on which it is open.

use crate::dice::{Dice, whole};
use model::Moment;
use model::calendar;
use model::time::{self, Date};

/// The first day on which a case begins.
pub(crate) const FIRST: Date = Date::constant(2024, 11, 1);
/// The last day of the log.
pub(crate) const LAST: Date = Date::constant(2026, 10, 31);

const EPOCH: Date = Date::constant(1970, 1, 1);
/// The calendar covers the days from here on.
const CALENDAR_FROM: Date = Date::constant(2019, 1, 1);
const CALENDAR_DAYS: i32 = 3_700;
const DAY: i64 = 86_400;

/// Local time at the town hall, in seconds; a day has 86,400 of them. The hour that is lost
/// or doubled in spring and autumn lies in a weekend night, when nobody works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Stamp(i64);

/// The number of a date: days since 1970-01-01.
pub(crate) fn day_of(date: Date) -> i32 {
    (date - EPOCH).get_days()
}

/// The date with a number.
pub(crate) fn date_of(day: i32) -> Date {
    calendar::add_days(EPOCH, day)
}

impl Stamp {
    /// A moment of a day.
    pub(crate) fn new(day: i32, hour: i64, minute: i64) -> Self {
        Self(i64::from(day) * DAY + hour * 3_600 + minute * 60)
    }

    /// The number of its day.
    pub(crate) fn day(self) -> i32 {
        i32::try_from(self.0.div_euclid(DAY)).unwrap_or(0)
    }

    /// Its seconds since midnight.
    pub(crate) fn second(self) -> i64 {
        self.0.rem_euclid(DAY)
    }

    /// Its date.
    pub(crate) fn date(self) -> Date {
        date_of(self.day())
    }

    /// So many seconds later.
    pub(crate) fn plus(self, seconds: i64) -> Self {
        Self(self.0 + seconds)
    }

    /// The same time of day, so many days later.
    pub(crate) fn plus_days(self, days: i32) -> Self {
        Self(self.0 + i64::from(days) * DAY)
    }

    /// Seconds from another moment to this one.
    pub(crate) fn since(self, earlier: Self) -> i64 {
        self.0 - earlier.0
    }

    /// Hour, minute and second.
    pub(crate) fn clock(self) -> (i64, i64, i64) {
        let s = self.second();
        (s / 3_600, s / 60 % 60, s % 60)
    }

    /// The moment in UTC.
    pub(crate) fn moment(self) -> Moment {
        Moment::at((self.0 - self.offset()) * 1_000_000)
    }

    /// How many seconds the office is ahead of UTC at this moment.
    pub(crate) fn offset(self) -> i64 {
        let (hour, minute, second) = self.clock();
        let small = |n: i64| i8::try_from(n).unwrap_or(0);
        let local = self.date().at(small(hour), small(minute), small(second), 0);
        time::from_local(local)
            .map_or(0, |(micros, _)| self.0 - micros.div_euclid(1_000_000))
    }
}

/// When the office works.
#[derive(Debug)]
pub(crate) struct Office {
    open: Vec<bool>,
    from: i32,
}

/// When work of a kind is done.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Hours {
    /// Behind a desk without public: 8:00 to 17:30.
    Office,
    /// At the counter: 9:00 to 17:00, on Thursdays until 19:00.
    Counter,
}

impl Hours {
    /// The seconds of the day between which work is done.
    const fn of(self, weekday: i32) -> (i64, i64) {
        match self {
            Self::Office => (8 * 3_600, 17 * 3_600 + 1_800),
            // Day 0 of 1970 was a Thursday.
            Self::Counter if weekday == 0 => (9 * 3_600, 19 * 3_600 - 300),
            Self::Counter => (9 * 3_600, 17 * 3_600),
        }
    }
}

impl Office {
    /// The calendar of all days on which something can happen.
    pub(crate) fn new() -> Self {
        let open = (0..CALENDAR_DAYS)
            .map(|n| calendar::is_working_day(calendar::add_days(CALENDAR_FROM, n)))
            .collect();
        Self { open, from: day_of(CALENDAR_FROM) }
    }

    /// Whether the office is open on a day.
    pub(crate) fn is_open(&self, day: i32) -> bool {
        usize::try_from(day - self.from).ok().and_then(|at| self.open.get(at))
            == Some(&true)
    }

    /// The first open day from this one on; the day itself beyond the calendar.
    pub(crate) fn open_from(&self, day: i32) -> i32 {
        (day..day + 15).find(|d| self.is_open(*d)).unwrap_or(day)
    }

    /// The open day that many open days later.
    pub(crate) fn add_open(&self, day: i32, days: i64) -> i32 {
        let mut at = day;
        for _ in 0..days.clamp(0, 1_500) {
            at = self.open_from(at + 1);
        }
        at
    }

    /// All open days between two dates, both included.
    pub(crate) fn open_days(
        &self,
        from: Date,
        to: Date,
    ) -> impl Iterator<Item = i32> + '_ {
        (day_of(from)..=day_of(to)).filter(|day| self.is_open(*day))
    }

    /// A moment in the hours of an open day, not before `not_before` on the same day; the
    /// next open day where that day has no time left.
    pub(crate) fn moment(
        &self,
        dice: &mut Dice,
        day: i32,
        hours: Hours,
        not_before: Stamp,
    ) -> Stamp {
        let mut day = self.open_from(day.max(not_before.day()));
        loop {
            let (from, to) = hours.of(day.rem_euclid(7));
            let least =
                if day == not_before.day() { not_before.second() + 60 } else { 0 };
            let from = from.max(least);
            if from < to {
                let second = dice.between(from, to - 1);
                return Stamp::new(day, 0, 0).plus(second);
            }
            day = self.open_from(day + 1);
        }
    }

    /// So much working time later, carried over to the next open day at closing time.
    pub(crate) fn later(
        &self,
        dice: &mut Dice,
        at: Stamp,
        seconds: i64,
        hours: Hours,
    ) -> Stamp {
        let next = at.plus(seconds.max(1));
        let (from, to) = hours.of(at.day().rem_euclid(7));
        let inside = next.day() == at.day()
            && (from..to).contains(&next.second())
            && self.is_open(at.day());
        if inside { next } else { self.start_of_work(dice, at, hours) }
    }

    /// Early on the next open day.
    fn start_of_work(&self, dice: &mut Dice, at: Stamp, hours: Hours) -> Stamp {
        let (opening, _) = hours.of(at.day().rem_euclid(7));
        let today = self.is_open(at.day()) && at.second() < opening;
        let day = if today { at.day() } else { self.open_from(at.day() + 1) };
        Stamp::new(day, 0, 0).plus(opening + dice.between(120, 5_400))
    }
}

/// How the days of the two years share the cases of a process.
#[derive(Debug)]
pub(crate) struct Season {
    days: Vec<i32>,
    sums: Vec<f64>,
}

impl Season {
    /// Weights of January to December for an open day.
    pub(crate) fn new(office: &Office, weights: [f64; 12]) -> Self {
        let days: Vec<i32> = office.open_days(FIRST, LAST).collect();
        let mut sum = 0.0;
        let sums = days
            .iter()
            .map(|day| {
                let month = usize::try_from(date_of(*day).month()).unwrap_or(1);
                sum += weights.get(month.saturating_sub(1)).copied().unwrap_or(1.0);
                sum
            })
            .collect();
        Self { days, sums }
    }

    /// The days on which so many cases begin, in order of time.
    pub(crate) fn starts(&self, dice: &mut Dice, count: usize) -> Vec<i32> {
        let total = self.sums.last().copied().unwrap_or(0.0);
        let mut days: Vec<i32> = (0..count)
            .filter_map(|_| {
                let at = dice.unit() * total;
                let place = self.sums.partition_point(|sum| *sum <= at);
                self.days.get(place.min(self.days.len().saturating_sub(1))).copied()
            })
            .collect();
        days.sort_unstable();
        days
    }
}

/// Whole seconds of a lognormal number of minutes.
pub(crate) fn minutes(dice: &mut Dice, median: f64, sigma: f64) -> i64 {
    whole(dice.lognormal(median * 60.0, sigma)).max(20)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summer_time_stands_two_hours_ahead_and_winter_time_one() {
        assert_eq!(Stamp::new(day_of(Date::constant(2026, 7, 1)), 9, 0).offset(), 7_200);
        assert_eq!(Stamp::new(day_of(Date::constant(2026, 1, 5)), 9, 0).offset(), 3_600);
    }

    #[test]
    fn work_begun_at_closing_time_goes_on_the_next_open_day() {
        let (office, mut dice) = (Office::new(), Dice::new(1, 1));
        // Friday before Whit Monday 2026.
        let friday = Stamp::new(day_of(Date::constant(2026, 5, 22)), 17, 20);
        let later = office.later(&mut dice, friday, 3_600, Hours::Office);
        assert_eq!(later.date(), Date::constant(2026, 5, 26));
    }

    #[test]
    fn the_counter_is_open_late_on_thursdays_only() {
        let thursday = day_of(Date::constant(2026, 10, 22));
        assert_eq!(Hours::Counter.of(thursday.rem_euclid(7)).1, 19 * 3_600 - 300);
        assert_eq!(Hours::Counter.of((thursday + 1).rem_euclid(7)).1, 17 * 3_600);
    }
}
