//! Terms: so many days, working days or minutes after something.

use crate::args::Args;
use crate::number::Number;
use model::calendar::{add_days, add_working_days, working_days_between};
use model::time::{DAY_MICROS, Date};
use model::{Moment, calendar};

/// Microseconds in a minute.
const MINUTE_MICROS: i64 = 60_000_000;

/// How a term is counted.
#[derive(Clone, Debug)]
pub enum Term {
    /// No term: ever.
    Ever,
    /// Whole calendar days: the term ends with the last day.
    Days(Number),
    /// Days of exactly 24 hours from the instant.
    ElapsedDays(Number),
    /// Working days: Monday to Friday without Dutch public holidays.
    WorkingDays(Number),
    /// Minutes from the instant.
    Minutes(Number),
}

impl Term {
    /// Reads `days`, `working_days` or `minutes` and `count`.
    pub(crate) fn read(args: &mut Args<'_, '_, '_, '_>) -> Self {
        let elapsed = match args.reader.tree("count") {
            Some(_) => {
                args.reader.choice("count", &["calendar", "elapsed"]) == Some("elapsed")
            }
            None => false,
        };
        let days = args.number_opt("days");
        let working = args.number_opt("working_days");
        let minutes = args.number_opt("minutes");
        match (days, working, minutes) {
            (None, None, None) => Self::Ever,
            (Some(n), None, None) if elapsed => Self::ElapsedDays(n),
            (Some(n), None, None) => Self::Days(n),
            (None, Some(n), None) => Self::WorkingDays(n),
            (None, None, Some(n)) => Self::Minutes(n),
            _ => {
                let hint = "keep one of `days`, `working_days` and `minutes`";
                args.reader.fault("days", "a term has only one unit", hint);
                Self::Ever
            }
        }
    }

    /// Whether hours matter, so that a bare date cannot be judged.
    pub const fn needs_hours(&self) -> bool {
        matches!(self, Self::Minutes(_))
    }

    /// Whether `to` lies within the term after `from`.
    pub fn holds(&self, from: Moment, to: Moment) -> bool {
        let on = Some(from.local_date());
        match self {
            Self::Ever => true,
            Self::Days(n) => days_apart(from.local_date(), to.local_date()) <= n.on(on),
            Self::ElapsedDays(n) => {
                to.micros.saturating_sub(from.micros)
                    <= n.on(on).saturating_mul(DAY_MICROS)
            }
            Self::WorkingDays(n) => {
                i64::from(working_days_between(from.local_date(), to.local_date()))
                    <= n.on(on)
            }
            Self::Minutes(n) => {
                to.micros.saturating_sub(from.micros)
                    <= n.on(on).saturating_mul(MINUTE_MICROS)
            }
        }
    }

    /// Whether `to` comes before the term after `from` is over: strictly sooner.
    pub fn sooner(&self, from: Moment, to: Moment) -> bool {
        let on = Some(from.local_date());
        match self {
            Self::Ever => false,
            Self::Days(n) => days_apart(from.local_date(), to.local_date()) < n.on(on),
            Self::ElapsedDays(n) => {
                to.micros.saturating_sub(from.micros)
                    < n.on(on).saturating_mul(DAY_MICROS)
            }
            Self::WorkingDays(n) => {
                i64::from(working_days_between(from.local_date(), to.local_date()))
                    < n.on(on)
            }
            Self::Minutes(n) => {
                to.micros.saturating_sub(from.micros)
                    < n.on(on).saturating_mul(MINUTE_MICROS)
            }
        }
    }

    /// Whether the term that began at `from` is over before the as-of date begins. A term
    /// without end never is: then what has not come has not come.
    pub fn over(&self, from: Moment, as_of: Date) -> bool {
        let start = from.local_date();
        let end = match self {
            Self::Ever => return true,
            Self::Days(n) | Self::ElapsedDays(n) => {
                add_days(start, small(n.on(Some(start))))
            }
            Self::WorkingDays(n) => {
                let days = u32::try_from(n.on(Some(start)).max(0)).unwrap_or(u32::MAX);
                add_working_days(start, days.min(100_000))
            }
            Self::Minutes(n) => {
                add_days(start, small(n.on(Some(start)) / (24 * 60)).saturating_add(1))
            }
        };
        end < as_of
    }
}

fn small(days: i64) -> i32 {
    i32::try_from(days).unwrap_or(i32::MAX)
}

/// Calendar days from one date to another; negative where `to` lies before `from`.
pub fn days_apart(from: Date, to: Date) -> i64 {
    i64::from((to - from).get_days())
}

/// Whole minutes from one moment to another, rounded up; negative where `to` lies before
/// `from`.
pub fn minutes_apart(from: Moment, to: Moment) -> i64 {
    let micros = to.micros.saturating_sub(from.micros);
    micros.div_euclid(MINUTE_MICROS) + i64::from(micros.rem_euclid(MINUTE_MICROS) != 0)
}

/// Whether a local moment lies outside office hours.
///
/// That is from `from_hour` in the evening until `to_hour` in the morning, in a weekend or,
/// if asked, on a public holiday. Source: the hours are those of the Suwinet reports (BKWI).
pub fn out_of_hours(
    moment: Moment,
    from_hour: i64,
    to_hour: i64,
    holidays: bool,
) -> bool {
    use jiff::civil::Weekday;
    let local = moment.local();
    let hour = i64::from(local.hour());
    let day = local.date();
    hour >= from_hour
        || hour < to_hour
        || matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
        || (holidays && calendar::is_holiday(day))
}
