//! Shares and intervals as integers, so that the same input gives the same bytes.

/// A share in parts per million: 1,000,000 is all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Ppm(pub u32);

impl Ppm {
    /// All of it.
    pub const ONE: Self = Self(1_000_000);

    /// The share `part / whole`, rounded half up; `None` when `whole` is 0, because a
    /// share of nothing is not a number.
    pub fn of(part: u64, whole: u64) -> Option<Self> {
        if whole == 0 {
            return None;
        }
        let ppm =
            (u128::from(part) * 2_000_000 + u128::from(whole)) / (2 * u128::from(whole));
        Some(Self(u32::try_from(ppm).unwrap_or(u32::MAX)))
    }

    /// From a fraction; values outside 0..=1 and not-a-number are brought inside.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "brought into 0..=1,000,000 before the cast"
    )]
    pub fn from_fraction(fraction: f64) -> Self {
        let fraction = if fraction.is_nan() { 0.0 } else { fraction.clamp(0.0, 1.0) };
        Self((fraction * 1_000_000.0).round() as u32)
    }

    /// As a fraction between 0 and 1.
    pub fn fraction(self) -> f64 {
        f64::from(self.0) / 1_000_000.0
    }

    /// What is missing to all of it.
    #[must_use]
    pub const fn complement(self) -> Self {
        Self(1_000_000_u32.saturating_sub(self.0))
    }
}

/// An interval between two shares, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Interval {
    /// The lower end.
    pub low: Ppm,
    /// The upper end.
    pub high: Ppm,
}

impl Interval {
    /// The interval of the opposite share (found becomes kept).
    #[must_use]
    pub const fn complement(self) -> Self {
        Self { low: self.high.complement(), high: self.low.complement() }
    }
}
