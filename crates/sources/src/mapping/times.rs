//! Reads the times of a table with the patterns of its mapping.

use super::TimeShape;
use crate::time::{LocalZone, ParsedTime, Pattern};

/// The patterns where a mapping names none. No text fits two of them, so their order does
/// not matter. Years of two digits are not among them: their century would be a guess.
const DEFAULTS: [&str; 9] = [
    "iso",
    "%d-%m-%Y",
    "%d-%m-%Y %H:%M:%S",
    "%d-%m-%Y %H:%M",
    "%d-%m-%Y %H:%M:%S.%f",
    "%d/%m/%Y",
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y %H:%M:%S.%f",
];

/// The default patterns.
pub(crate) fn defaults() -> Vec<Pattern> {
    DEFAULTS.iter().filter_map(|text| Pattern::parse(text).ok()).collect()
}

/// The times of one file.
#[derive(Debug)]
pub(crate) struct Times {
    zone: LocalZone,
    patterns: Vec<Pattern>,
    /// Whether any pattern may be tried first, because no text fits two.
    any_order: bool,
    /// The pattern that fitted last.
    last: usize,
}

impl Times {
    pub(crate) fn new(shape: &TimeShape) -> Self {
        let any_order = shape.formats.is_empty();
        let patterns = if any_order { defaults() } else { shape.formats.clone() };
        Self { zone: shape.local_zone(), patterns, any_order, last: 0 }
    }

    /// Reads a time; `None` where no pattern fits.
    #[inline]
    pub(crate) fn read(&mut self, text: &str) -> Option<ParsedTime> {
        if self.any_order
            && let Some(pattern) = self.patterns.get(self.last)
            && let Some(found) = pattern.read_in(text, &mut self.zone)
        {
            return Some(found);
        }
        for (at, pattern) in self.patterns.iter().enumerate() {
            if let Some(found) = pattern.read_in(text, &mut self.zone) {
                self.last = at;
                return Some(found);
            }
        }
        None
    }

    /// A local date and time without zone, in microseconds since 1970 of that local clock,
    /// as a moment, and whether it is certain.
    pub(crate) fn local(&mut self, micros: i64) -> Option<(i64, bool)> {
        let stamp = jiff::Timestamp::from_microsecond(micros).ok()?;
        self.zone.instant(jiff::tz::Offset::UTC.to_datetime(stamp))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{Date, Moment};

    fn read(text: &str) -> Option<Moment> {
        Times::new(&TimeShape::default()).read(text).map(|t| t.moment)
    }

    #[test]
    fn dutch_dates_are_read_and_years_of_two_digits_are_not() {
        assert_eq!(defaults().len(), DEFAULTS.len());
        let third = Moment::on(Date::constant(2025, 2, 3));
        for text in ["3-2-2025", "03-02-2025", "3/2/2025", "2025-02-03"] {
            assert_eq!(read(text), Some(third), "{text}");
        }
        assert_eq!(read("3-2-2025 14:05"), read("2025-02-03T13:05:00Z"));
        assert_eq!(read("31-6-2025 14:05:09.5"), None);
        assert_eq!(read("3-2-25"), None);
        assert_eq!(read("45000"), None);
    }

    #[test]
    fn no_text_fits_two_of_the_default_patterns() {
        let mut zone = LocalZone::office();
        let stems = ["2025-02-03", "3-2-2025", "12/11/2010", "01-02-2003"];
        let hours = ["", " 14:05", " 14:05:09", " 14:05:09.25", "T14:05:09Z"];
        for text in
            stems.iter().flat_map(|d| hours.iter().map(move |h| format!("{d}{h}")))
        {
            let fits = defaults()
                .iter()
                .filter(|p| p.read_in(&text, &mut zone).is_some())
                .count();
            assert!(fits <= 1, "{text} fits {fits} patterns");
        }
    }
}
