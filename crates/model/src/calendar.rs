//! Dutch working days: Monday to Friday without the holidays of the Algemene termijnenwet.
//!
//! Source: Algemene termijnenwet, article 3: New Year's Day, Easter Monday, Ascension Day,
//! Whit Monday, both Christmas days, the day on which the King's (until 2013 the Queen's)
//! birthday is kept and 5 May; Good Friday is put on a par with them for terms.

use crate::time::Date;
use jiff::Span;
use jiff::civil::{Weekday, date};

/// Easter Sunday of a year of the Gregorian calendar (the anonymous algorithm, as given by
/// J. Meeus, *Astronomical Algorithms*, chapter 8).
pub fn easter(year: i16) -> Date {
    let year_number = i32::from(year);
    // place in the 19-year cycle of the moon, century, year in the century
    let (golden, century, rest) =
        (year_number % 19, year_number / 100, year_number % 100);
    let moon_drift = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + century - century / 4 - moon_drift + 15) % 30;
    let to_sunday = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4) % 7;
    let correction = (golden + 11 * epact + 22 * to_sunday) / 451;
    let days = epact + to_sunday - 7 * correction + 114;
    let month = i8::try_from(days / 31).unwrap_or(4);
    let day = i8::try_from(days % 31 + 1).unwrap_or(1);
    date(year, month, day)
}

/// Whether a date is a public holiday in the sense of the Algemene termijnenwet.
pub fn is_holiday(day: Date) -> bool {
    let year = day.year();
    let fixed = matches!((day.month(), day.day()), (1, 1) | (5, 5) | (12, 25 | 26));
    if fixed || day == sovereigns_birthday(year) {
        return true;
    }
    let from_easter = (day - easter(year)).get_days();
    // Good Friday, Easter Monday, Ascension Day, Whit Monday
    matches!(from_easter, -2 | 1 | 39 | 50)
}

/// King's Day: 27 April, or 26 April where that is a Sunday; until 2013 Queen's Day:
/// 30 April, or 29 April where that is a Sunday.
fn sovereigns_birthday(year: i16) -> Date {
    let day = if year >= 2014 { date(year, 4, 27) } else { date(year, 4, 30) };
    if day.weekday() == Weekday::Sunday {
        day.saturating_sub(Span::new().days(1))
    } else {
        day
    }
}

/// Whether the office works: Monday to Friday and no holiday.
pub fn is_working_day(day: Date) -> bool {
    !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) && !is_holiday(day)
}

/// The date `days` after `day`; the calendar's end where that lies beyond it.
#[must_use]
pub fn add_days(day: Date, days: i32) -> Date {
    day.saturating_add(Span::new().days(days.clamp(-3_000_000, 3_000_000)))
}

/// The date of the `days`-th working day after `day`; `day` itself does not count.
#[must_use]
pub fn add_working_days(day: Date, days: u32) -> Date {
    let mut at = day;
    let mut left = days;
    while left > 0 {
        let next = add_days(at, 1);
        if next == at {
            return at;
        }
        at = next;
        if is_working_day(at) {
            left -= 1;
        }
    }
    at
}

/// How many working days lie after `from`, up to and including `to`; 0 where `to` is not
/// later than `from`.
pub fn working_days_between(from: Date, to: Date) -> u32 {
    if to <= from {
        return 0;
    }
    let days = (to - from).get_days();
    // Whole weeks hold five weekdays; only the rest and the holidays are walked.
    let weeks = days / 7;
    let mut count = weeks * 5;
    for offset in 1..=(days % 7) {
        let day = add_days(from, weeks * 7 + offset);
        if !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
            count += 1;
        }
    }
    for year in from.year()..=to.year() {
        let holidays =
            weekday_holidays(year).filter(|day| *day > from && *day <= to).count();
        count -= i32::try_from(holidays).unwrap_or(i32::MAX);
    }
    u32::try_from(count).unwrap_or(0)
}

/// The holidays of a year that fall on Monday to Friday, each once.
fn weekday_holidays(year: i16) -> impl Iterator<Item = Date> {
    let easter = easter(year);
    let mut all = vec![
        date(year, 1, 1),
        date(year, 5, 5),
        date(year, 12, 25),
        date(year, 12, 26),
        sovereigns_birthday(year),
    ];
    all.extend([-2, 1, 39, 50].map(|days| add_days(easter, days)));
    all.sort_unstable();
    all.dedup();
    all.into_iter()
        .filter(|day| !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_stands_where_the_almanac_puts_it() {
        for (year, month, day) in [
            (1943, 4, 25),
            (2000, 4, 23),
            (2008, 3, 23),
            (2024, 3, 31),
            (2026, 4, 5),
            (2038, 4, 25),
        ] {
            assert_eq!(easter(year), date(year, month, day));
        }
    }

    #[test]
    fn holidays_of_2026() {
        let found: Vec<_> = (0..365)
            .map(|n| add_days(date(2026, 1, 1), n))
            .filter(|d| is_holiday(*d))
            .map(|d| d.to_string())
            .collect();
        assert_eq!(
            found,
            [
                "2026-01-01",
                "2026-04-03",
                "2026-04-06",
                "2026-04-27",
                "2026-05-05",
                "2026-05-14",
                "2026-05-25",
                "2026-12-25",
                "2026-12-26"
            ]
        );
    }

    #[test]
    fn counting_and_adding_working_days_agree() {
        for start in 0..60 {
            let from = add_days(date(2025, 12, 1), start);
            for n in 0..40 {
                let to = add_working_days(from, n);
                assert_eq!(working_days_between(from, to), n, "{from} + {n}");
            }
        }
    }

    #[test]
    fn kings_day_moves_off_sunday() {
        assert!(is_holiday(date(2025, 4, 26)));
        assert!(!is_holiday(date(2025, 4, 27)));
        assert!(is_holiday(date(2013, 4, 30)));
    }
}
