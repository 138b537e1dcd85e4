//! Checks over the whole that no reader can make, because they need all rows of a file or of
//! a case: dates without a time of day, unlikely times, time going backwards, the same event
//! twice, nobody who did it.

use crate::notes::{Notes, file_of};
use crate::rows::{DAY_ONLY, HAS_TIME, LOCAL_MIDNIGHT, NARROW_NULL, Rows, UTC_MIDNIGHT};
use jiff::civil::Time;
use model::time::{DAY_MICROS, local};
use model::{Moment, NoteKind};

/// 1990-01-01T00:00:00 at the office.
const EARLIEST: i64 = 631_148_400_000_000;
/// Ten years, and the day of the median itself.
const TEN_YEARS: i64 = 3_653 * DAY_MICROS;
/// Before 1 July 1940 the clocks stood off the whole hour of UTC.
const WHOLE_HOURS_SINCE: i64 = -931_046_400_000_000;
/// The days that are told apart: from 1833 to 2243.
const FIRST_DAY: i64 = -50_000;
const DAYS: usize = 150_000;
/// From how many times on a file may be said to hold only dates.
const LEAST_TIMES: u64 = 20;
/// How many midnights are remembered.
const REMEMBERED: usize = 256;

/// What was found out about the times of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Verdict {
    /// Times after this are unlikely.
    latest: i64,
    /// Rows with one of these flags are dates; 0 when the times are times.
    dates: u8,
}

/// Watches the times of the file that is being read.
pub(crate) struct Times {
    /// How many times fall on each day.
    days: Vec<u32>,
    /// Times that the reader did not already call dates.
    timed: u64,
    local_midnights: u64,
    utc_midnights: u64,
    all: u64,
    /// Whether a moment is midnight at the office; asking the zone each time is slow.
    known: Vec<(i64, bool)>,
}

impl Times {
    pub(crate) fn new() -> Self {
        Self {
            days: vec![0; DAYS],
            timed: 0,
            local_midnights: 0,
            utc_midnights: 0,
            all: 0,
            known: vec![(i64::MIN, false); REMEMBERED],
        }
    }

    /// Takes note of a time and gives its flags.
    pub(crate) fn flags(&mut self, moment: Moment) -> u8 {
        let day = moment.micros.div_euclid(DAY_MICROS);
        let slot =
            usize::try_from(day.saturating_sub(FIRST_DAY)).unwrap_or(0).min(DAYS - 1);
        if let Some(count) = self.days.get_mut(slot) {
            *count = count.saturating_add(1);
        }
        self.all += 1;
        if moment.day_only {
            return HAS_TIME | DAY_ONLY;
        }
        self.timed += 1;
        let hours = moment.micros - day * DAY_MICROS;
        let mut flags = HAS_TIME;
        if hours == 0 {
            self.utc_midnights += 1;
            flags |= UTC_MIDNIGHT;
        }
        // Dutch midnight is 22:00 or 23:00 UTC, or something odd long ago
        if (hours == 79_200_000_000
            || hours == 82_800_000_000
            || moment.micros < WHOLE_HOURS_SINCE)
            && self.is_local_midnight(moment.micros, day)
        {
            self.local_midnights += 1;
            flags |= LOCAL_MIDNIGHT;
        }
        flags
    }

    fn is_local_midnight(&mut self, micros: i64, day: i64) -> bool {
        let slot = usize::try_from(day.rem_euclid(256)).unwrap_or(0);
        let Some(known) = self.known.get_mut(slot) else { return false };
        if known.0 != micros {
            *known = (micros, local(micros).time() == Time::midnight());
        }
        known.1
    }

    /// Judges the file that was read and makes ready for the next.
    pub(crate) fn judge(&mut self) -> Verdict {
        let median = self.median_day();
        let share = |part: u64| {
            self.timed >= LEAST_TIMES
                && part.saturating_mul(1_000) >= self.timed.saturating_mul(999)
        };
        let dates = if share(self.local_midnights) {
            LOCAL_MIDNIGHT
        } else if share(self.utc_midnights) {
            UTC_MIDNIGHT
        } else {
            0
        };
        self.days.fill(0);
        (self.timed, self.local_midnights, self.utc_midnights, self.all) = (0, 0, 0, 0);
        Verdict {
            latest: (median + 1).saturating_mul(DAY_MICROS).saturating_add(TEN_YEARS),
            dates,
        }
    }

    /// The day on which the middle time of the file falls.
    fn median_day(&self) -> i64 {
        let mut left = self.all.div_ceil(2);
        for (day, &count) in (FIRST_DAY..).zip(&self.days) {
            left = left.saturating_sub(u64::from(count));
            if left == 0 {
                return day;
            }
        }
        FIRST_DAY
    }
}

impl Verdict {
    /// Whether the times of the file were found to be dates.
    pub(crate) const fn is_dates(self) -> bool {
        self.dates != 0
    }
}

/// Marks dates as such, and notes unlikely times and rows without a handler.
pub(crate) fn check_rows(rows: &mut Rows, verdicts: &[Verdict], notes: &mut Notes) {
    let columns = rows.flags.iter_mut().zip(&rows.time).zip(&rows.who).zip(&rows.place);
    for (((flags, &time), &who), &place) in columns {
        if let Some(verdict) = verdicts.get(file_of(place)) {
            if *flags & verdict.dates != 0 {
                *flags |= DAY_ONLY;
            }
            if *flags & HAS_TIME != 0 && (time < EARLIEST || time > verdict.latest) {
                notes.add_at(
                    place,
                    NoteKind::UnlikelyTime,
                    &Moment::at(time).local_date().to_string(),
                );
            }
        }
        if who == NARROW_NULL {
            notes.add_at(place, NoteKind::MissingWho, "");
        }
    }
}

/// Sorts the events of each case by time, those without a time last, equal times in the
/// order in which they stand; notes where the file went back in time.
pub(crate) fn sort_cases(rows: Rows, notes: &mut Notes) -> Rows {
    let mut order: Vec<u32> = Vec::new();
    let mut start = 0;
    for case in rows.case.chunk_by(|a, b| a == b) {
        let range = start..start + case.len();
        start = range.end;
        if is_in_order(&rows, range.clone()) {
            continue;
        }
        note_backwards(&rows, range.clone(), notes);
        if order.is_empty() {
            order = (0..u32::try_from(rows.len()).unwrap_or(u32::MAX)).collect();
        }
        if let Some(part) = order.get_mut(range) {
            part.sort_by_key(|&row| time_key(&rows, row as usize));
        }
    }
    if order.is_empty() { rows } else { rows.gather(&order) }
}

/// Sorts missing times last.
fn time_key(rows: &Rows, row: usize) -> (bool, i64) {
    let flags = rows.flags.get(row).copied().unwrap_or_default();
    (flags & HAS_TIME == 0, rows.time.get(row).copied().unwrap_or_default())
}

fn is_in_order(rows: &Rows, range: std::ops::Range<usize>) -> bool {
    let (Some(times), Some(flags)) =
        (rows.time.get(range.clone()), rows.flags.get(range))
    else {
        return true;
    };
    times.is_sorted() && flags.iter().all(|flags| flags & HAS_TIME != 0)
}

/// Notes each row of a case that is earlier than the row before it in the same file. Where
/// one of the two is only a date, only the dates are compared.
fn note_backwards(rows: &Rows, range: std::ops::Range<usize>, notes: &mut Notes) {
    let mut before: Option<(i64, u8, u64)> = None;
    let columns = rows.time.iter().zip(&rows.flags).zip(&rows.place);
    for ((&time, &flags), &place) in columns.skip(range.start).take(range.len()) {
        if flags & HAS_TIME == 0 {
            continue;
        }
        if let Some((last, last_flags, last_place)) = before
            && time < last
            && file_of(place) == file_of(last_place)
            && ((flags | last_flags) & DAY_ONLY == 0
                || Moment::at(time).local_date() < Moment::at(last).local_date())
        {
            notes.add_at(place, NoteKind::TimeBackwards, "");
        }
        before = Some((time, flags, place));
    }
}

/// Notes each event that equals the one before it in case, activity, time and handler.
/// Events without a time are never called equal.
pub(crate) fn check_duplicates(rows: &Rows, notes: &mut Notes) {
    let keys = rows.case.iter().zip(&rows.activity).zip(&rows.time).zip(&rows.who);
    let mut before = None;
    for ((key, &flags), &place) in keys.zip(&rows.flags).zip(&rows.place) {
        let key = (flags & HAS_TIME != 0).then_some(key);
        if key.is_some() && key == before {
            notes.add_at(place, NoteKind::DuplicateEvent, "");
        }
        before = key;
    }
}
