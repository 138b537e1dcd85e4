//! Moments: instants in UTC that know whether they are really only a date.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// A date of the calendar, without zone.
pub type Date = jiff::civil::Date;

/// The zone of the office. Compiled in, so that no disk is read.
static OFFICE: TimeZone = jiff::tz::get!("Europe/Amsterdam");

/// Microseconds in a day of 24 hours.
pub const DAY_MICROS: i64 = 86_400_000_000;

/// When something happened: microseconds since 1970-01-01T00:00:00 UTC.
///
/// `day_only` says that the source gave a date and no time. Such a moment stands at the
/// midnight with which it was written or, for a bare date, at midnight UTC; its hour means
/// nothing and no rule may read it as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    /// Microseconds since the epoch, UTC.
    pub micros: i64,
    /// Whether only the date is known.
    pub day_only: bool,
}

impl Moment {
    /// A moment with a time of day.
    pub const fn at(micros: i64) -> Self {
        Self { micros, day_only: false }
    }

    /// A date without a time of day.
    pub fn on(date: Date) -> Self {
        let days = i64::from((date - jiff::civil::date(1970, 1, 1)).get_days());
        Self { micros: days.saturating_mul(DAY_MICROS), day_only: true }
    }

    /// The local date and time at the office (Europe/Amsterdam), whole seconds and
    /// fraction. Moments outside the years -9999 to 9999 are brought to the nearest end.
    pub fn local(self) -> DateTime {
        local(self.micros)
    }

    /// The date at the office.
    pub fn local_date(self) -> Date {
        self.local().date()
    }
}

/// The local date and time at the office of microseconds since the epoch.
pub fn local(micros: i64) -> DateTime {
    let stamp = Timestamp::from_microsecond(micros).unwrap_or(if micros < 0 {
        Timestamp::MIN
    } else {
        Timestamp::MAX
    });
    OFFICE.to_datetime(stamp)
}

/// The instant of a local date and time at the office, and whether it is certain: a time
/// that does not exist is moved on by the gap, one that exists twice is taken as the first,
/// and both answer `false`.
pub fn from_local(local: DateTime) -> Option<(i64, bool)> {
    let ambiguous = OFFICE.to_ambiguous_timestamp(local);
    let certain = !ambiguous.is_ambiguous();
    ambiguous.compatible().ok().map(|stamp| (stamp.as_microsecond(), certain))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_bare_date_keeps_its_date_at_the_office() {
        for day in [date(2024, 1, 31), date(2024, 7, 1), date(1969, 12, 31)] {
            assert_eq!(Moment::on(day).local_date(), day);
            assert!(Moment::on(day).day_only);
        }
    }

    #[test]
    fn the_hour_that_does_not_exist_is_not_certain() {
        let (_, certain) = from_local(date(2026, 3, 29).at(2, 30, 0, 0)).unwrap();
        assert!(!certain);
        let (micros, certain) = from_local(date(2026, 3, 30).at(2, 30, 0, 0)).unwrap();
        assert!(certain);
        assert_eq!(local(micros), date(2026, 3, 30).at(2, 30, 0, 0));
    }
}
