//! Numbers in logic: fixed, or with other values by period.

use crate::view::Group;
use model::time::Date;

/// A whole number of the logic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    default: i64,
    valid: Vec<(Date, Date, i64)>,
}

impl Number {
    /// A number that never changes.
    pub const fn literal(number: i64) -> Self {
        Self { default: number, valid: Vec::new() }
    }

    /// A number with periods (from, to inclusive, value).
    pub const fn with_periods(default: i64, valid: Vec<(Date, Date, i64)>) -> Self {
        Self { default, valid }
    }

    /// The value outside every period.
    pub const fn fixed(&self) -> i64 {
        self.default
    }

    /// The value on a date; the default where no period holds it or the date is unknown.
    pub fn on(&self, date: Option<Date>) -> i64 {
        let Some(date) = date else { return self.default };
        self.valid
            .iter()
            .find(|(from, to, _)| *from <= date && date <= *to)
            .map_or(self.default, |period| period.2)
    }

    /// The value on the date of the first event of a group that has a time.
    pub fn of(&self, group: &Group<'_, '_>) -> i64 {
        if self.valid.is_empty() { self.default } else { self.on(group.first_date()) }
    }

    /// Whether it has periods, so that the date matters.
    pub const fn has_periods(&self) -> bool {
        !self.valid.is_empty()
    }

    /// The default as a count; negative numbers count as 0.
    pub fn count(&self) -> u64 {
        u64::try_from(self.default).unwrap_or(0)
    }
}
