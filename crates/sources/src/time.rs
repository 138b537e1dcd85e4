//! Times as logs write them: ISO 8601 and `xs:dateTime` with or without zone and fraction,
//! and the patterns a mapping names.
//!
//! Millions of them pass here, so the common shape is
//! read by hand and the offset of a local day is remembered.

mod pattern;

pub use pattern::Pattern;

use crate::ReadError;
use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};
use model::Moment;
use std::cell::RefCell;

/// Where the zone of a time came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone {
    /// The text named it, or the text is a bare date, which needs none.
    Given,
    /// The text named none; it was read as local time.
    Assumed,
}

/// A time that could be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParsedTime {
    /// The moment; `day_only` for a bare date.
    pub moment: Moment,
    /// Whether the text named a zone.
    pub zone: Zone,
    /// False for a local time that does not exist or exists twice (change of the clocks):
    /// the first is taken, or the time is moved on by the gap.
    pub certain: bool,
}

thread_local! {
    static OFFICE: RefCell<LocalZone> = RefCell::new(LocalZone::office());
}

/// Reads `YYYY-MM-DD[T ]HH:MM[:SS[.f]][Z|±HH[:]MM]` or a bare date.
///
/// What has no zone is local time at the office (Europe/Amsterdam). Fractions beyond the microsecond are cut
/// off. `None` for everything else.
pub fn parse_iso(text: &str) -> Option<ParsedTime> {
    OFFICE.with_borrow_mut(|office| parse_iso_in(text, office))
}

/// As [`parse_iso`], with the zone of times that name none.
pub fn parse_iso_in(text: &str, zone: &mut LocalZone) -> Option<ParsedTime> {
    let text = text.trim_ascii();
    iso_fast(text.as_bytes(), zone).or_else(|| iso_odd(text, zone))
}

/// A zone for times that name none, with a memory of the offsets of its days.
#[derive(Clone, Debug)]
pub struct LocalZone {
    /// `None` is the office.
    zone: Option<TimeZone>,
    days: Box<[(i32, DayOffset)]>,
}

/// What is known of the offset on one local day.
#[derive(Clone, Copy, Debug)]
enum DayOffset {
    /// The whole day has this offset, in microseconds.
    Constant(i64),
    /// The clocks change on this day, or it is not known yet.
    Look,
}

/// Days remembered; eleven years, more than nearly every log holds.
const DAYS: i64 = 4096;

impl LocalZone {
    /// Local time at the office, Europe/Amsterdam.
    pub fn office() -> Self {
        Self { zone: None, days: vec![(i32::MIN, DayOffset::Look); 4096].into() }
    }

    /// A zone by name: `Europe/Amsterdam`, `UTC` or a fixed offset such as `+01:00`. Other
    /// names are refused: only these are compiled in, and no disk is read for them.
    ///
    /// # Errors
    /// Another name.
    pub fn named(name: &str) -> Result<Self, ReadError> {
        let zone = match name {
            "Europe/Amsterdam" => return Ok(Self::office()),
            "UTC" | "Etc/UTC" | "Z" => TimeZone::UTC,
            _ => iso_offset(name.as_bytes())
                .and_then(|seconds| Offset::from_seconds(seconds).ok())
                .map(TimeZone::fixed)
                .ok_or_else(|| {
                    ReadError::whole(format!(
                        "`{name}` is not a zone this program knows; choose \
                         Europe/Amsterdam, UTC or an offset such as +01:00"
                    ))
                })?,
        };
        Ok(Self { zone: Some(zone), ..Self::office() })
    }

    /// The instant, in microseconds UTC, of a local date and time, and whether it is
    /// certain. `None` outside the years that can be counted.
    pub fn instant(&mut self, local: DateTime) -> Option<(i64, bool)> {
        let days = days_from_civil(
            i64::from(local.year()),
            i64::from(local.month()),
            i64::from(local.day()),
        );
        let of_day = i64::from(local.hour()) * 3_600_000_000
            + i64::from(local.minute()) * 60_000_000
            + i64::from(local.second()) * 1_000_000
            + i64::from(local.subsec_nanosecond() / 1_000);
        self.at(days, of_day)
    }

    /// As [`Self::instant`], from days since 1970 and microseconds within the local day.
    fn at(&mut self, days: i64, of_day: i64) -> Option<(i64, bool)> {
        let local = days * model::time::DAY_MICROS + of_day;
        let key = i32::try_from(days).ok()?;
        let slot = usize::try_from(days.rem_euclid(DAYS)).ok()?;
        match self.days.get(slot) {
            Some((day, DayOffset::Constant(offset))) if *day == key => {
                return Some((local - offset, true));
            }
            Some((day, DayOffset::Look)) if *day == key => return self.slow(local),
            _ => {}
        }
        let start = days * model::time::DAY_MICROS;
        let end = start + model::time::DAY_MICROS;
        let offset = match (self.slow(start), self.slow(end)) {
            // No zone changes twice within one day, so equal ends mean a constant day.
            (Some((a, true)), Some((b, true))) if start - a == end - b => {
                DayOffset::Constant(start - a)
            }
            _ => DayOffset::Look,
        };
        if let Some(entry) = self.days.get_mut(slot) {
            *entry = (key, offset);
        }
        match offset {
            DayOffset::Constant(offset) => Some((local - offset, true)),
            DayOffset::Look => self.slow(local),
        }
    }

    /// Asks the zone itself.
    fn slow(&self, local: i64) -> Option<(i64, bool)> {
        let stamp = jiff::Timestamp::from_microsecond(local).ok()?;
        let local = Offset::UTC.to_datetime(stamp);
        match &self.zone {
            None => model::time::from_local(local),
            Some(zone) => {
                let ambiguous = zone.to_ambiguous_timestamp(local);
                let certain = !ambiguous.is_ambiguous();
                ambiguous.compatible().ok().map(|stamp| (stamp.as_microsecond(), certain))
            }
        }
    }
}

impl Default for LocalZone {
    fn default() -> Self {
        Self::office()
    }
}

/// Days since 1970-01-01 of a date of the Gregorian calendar (H. Hinnant,
/// *chrono-compatible low-level date algorithms*).
const fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let y = if month <= 2 { year - 1 } else { year };
    let era = y.div_euclid(400);
    let yoe = y - era * 400;
    let doy = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + day - 1;
    let doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    era * 146_097 + doe - 719_468
}

const fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// The parts of a time as written, before a zone is applied.
#[derive(Clone, Copy, Debug, Default)]
struct Parts {
    year: i64,
    month: i64,
    day: i64,
    /// Microseconds within the day; `None` for a bare date.
    of_day: Option<i64>,
    /// Seconds east of UTC, where the text said so.
    offset: Option<i32>,
}

impl Parts {
    /// Checks the date and applies the zone.
    fn moment(&self, zone: &mut LocalZone) -> Option<ParsedTime> {
        if !(1..=12).contains(&self.month)
            || !(1..=days_in_month(self.year, self.month)).contains(&self.day)
        {
            return None;
        }
        let days = days_from_civil(self.year, self.month, self.day);
        let start = days * model::time::DAY_MICROS;
        let Some(of_day) = self.of_day else {
            let moment = Moment { micros: start, day_only: true };
            return Some(ParsedTime { moment, zone: Zone::Given, certain: true });
        };
        if let Some(offset) = self.offset {
            let micros = start + of_day - i64::from(offset) * 1_000_000;
            let moment = Moment::at(micros);
            return Some(ParsedTime { moment, zone: Zone::Given, certain: true });
        }
        let (micros, certain) = zone.at(days, of_day)?;
        Some(ParsedTime { moment: Moment::at(micros), zone: Zone::Assumed, certain })
    }
}

/// Two digits at the start, and the rest.
fn two(text: &[u8]) -> Option<(i64, &[u8])> {
    let (digits, rest) = text.split_first_chunk::<2>()?;
    let [a, b] = digits.map(|d| d.wrapping_sub(b'0'));
    (a < 10 && b < 10).then(|| (i64::from(a) * 10 + i64::from(b), rest))
}

fn literal(text: &[u8], byte: u8) -> Option<&[u8]> {
    let (first, rest) = text.split_first()?;
    (*first == byte).then_some(rest)
}

/// The common shape; `None` where anything is out of the ordinary.
fn iso_fast(text: &[u8], zone: &mut LocalZone) -> Option<ParsedTime> {
    let (century, rest) = two(text)?;
    let (in_century, rest) = two(rest)?;
    let (month, rest) = two(literal(rest, b'-')?)?;
    let (day, rest) = two(literal(rest, b'-')?)?;
    let mut parts =
        Parts { year: century * 100 + in_century, month, day, ..Parts::default() };
    let Some((separator, rest)) = rest.split_first() else {
        return parts.moment(zone);
    };
    if !matches!(separator, b'T' | b't' | b' ') {
        return None;
    }
    let (hour, rest) = two(rest)?;
    let (minute, mut rest) = two(literal(rest, b':')?)?;
    let (mut second, mut micros) = (0, 0);
    if let Some(after) = literal(rest, b':') {
        (second, rest) = two(after)?;
        if let [b'.' | b',', after @ ..] = rest {
            (micros, rest) = fraction(after)?;
        }
    }
    let whole_day = hour == 24 && minute == 0 && second == 0 && micros == 0;
    if minute > 59 || second > 59 || (hour > 23 && !whole_day) {
        return None;
    }
    parts.of_day =
        Some(hour * 3_600_000_000 + minute * 60_000_000 + second * 1_000_000 + micros);
    if !rest.is_empty() {
        parts.offset = Some(iso_offset(rest.trim_ascii_start())?);
    }
    parts.moment(zone)
}

/// Digits of a fraction of a second as microseconds, and the rest.
fn fraction(text: &[u8]) -> Option<(i64, &[u8])> {
    let digits = text.iter().take_while(|b| b.is_ascii_digit()).count();
    if digits == 0 {
        return None;
    }
    let (digits, rest) = text.split_at_checked(digits)?;
    let mut micros = 0;
    for at in 0..6 {
        micros = micros * 10 + digits.get(at).map_or(0, |d| i64::from(d - b'0'));
    }
    Some((micros, rest))
}

/// `Z`, `±HH`, `±HHMM` or `±HH:MM` as seconds east of UTC.
fn iso_offset(text: &[u8]) -> Option<i32> {
    let (sign, rest) = match text {
        [b'Z' | b'z'] | b"UTC" | b"GMT" => return Some(0),
        [b'+', rest @ ..] => (1, rest),
        [b'-', rest @ ..] => (-1, rest),
        _ => return None,
    };
    let (hours, rest) = two(rest)?;
    let (minutes, rest) = match rest {
        [] => (0, rest),
        [b':', rest @ ..] => two(rest)?,
        _ => two(rest)?,
    };
    if !rest.is_empty() || hours * 60 + minutes > 14 * 60 || minutes > 59 {
        return None;
    }
    i32::try_from(sign * (hours * 3600 + minutes * 60)).ok()
}

/// Shapes that are rare but valid: a leap second, a zone in brackets, the basic format
/// without hyphens, a signed year of six digits.
fn iso_odd(text: &str, zone: &mut LocalZone) -> Option<ParsedTime> {
    // A bare number is a number; a date of eight digits has to be named as a pattern.
    if text.len() > 64 || text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    if let Ok(stamp) = text.parse::<jiff::Timestamp>() {
        // The library takes offsets up to 26 hours; XML Schema stops at 14, and so do zones.
        let pieces = jiff::fmt::temporal::Pieces::parse(text).ok()?;
        let offset = pieces.to_numeric_offset().map_or(0, Offset::seconds);
        if offset.abs() > 14 * 3600 {
            return None;
        }
        let moment = Moment::at(stamp.as_microsecond());
        return Some(ParsedTime { moment, zone: Zone::Given, certain: true });
    }
    // Whatever names a zone was read just now, or names one that cannot be honoured.
    if text.contains('[') {
        return None;
    }
    let local: DateTime = text.parse().ok()?;
    let has_time = text.bytes().any(|b| matches!(b, b'T' | b't' | b':' | b' '));
    if !has_time {
        let moment = Moment::on(local.date());
        return Some(ParsedTime { moment, zone: Zone::Given, certain: true });
    }
    let (micros, certain) = zone.instant(local)?;
    Some(ParsedTime { moment: Moment::at(micros), zone: Zone::Assumed, certain })
}

#[cfg(test)]
mod tests;
