//! Statistics for rules: pure functions, no state, no IO, no randomness.
//!
//! A rule that says "more often than chance explains" needs a number that a domain expert
//! can check. Each function names its formula and its source, and refuses (`None` or
//! [`Refusal`]) where there is too little to say something; it never gives not-a-number.
//!
//! Shares and probabilities that are shown come as parts per million ([`model::Ppm`]), so
//! that the last bits of a logarithm on another machine cannot show. Probabilities that are
//! compared further (the p-values of many tests) stay `f64`; [`six_digits`] rounds them for
//! print.

mod benford;
mod bunching;
mod change;
mod concentration;
mod funnel;
mod multiple;
mod pairs;
mod rates;
mod rhythm;
mod runs;
mod special;
mod spread;
mod wilson;

#[cfg(test)]
mod dice;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod simulated;

pub use benford::{
    BENFORD_FIXED_LINE, BENFORD_LEAST, BENFORD_LEAST_FIXED, Benford, DigitExcess,
    benford, benford_line, first_two_digits,
};
pub use bunching::{Bunching, bunching};
pub use change::{
    CUSUM_ALARM, ChartPoint, CusumPoint, Direction, PChart, cusum, p_chart,
};
pub use concentration::{Concentration, concentration, hhi};
pub use funnel::{FUNNEL_LIMIT, Funnel};
pub use multiple::{
    adjusted_hochberg, adjusted_yekutieli, benjamini_hochberg, benjamini_yekutieli,
};
pub use pairs::{Pair, PairFamily, pair_tail, pairs};
pub use rates::{Prior, PriorMethod};
pub use rhythm::{CELLS, spread_over_cells};
pub use runs::{Runs, runs_test};
pub use special::{binomial_tail, student_tail};
pub use spread::{LogScale, median, percentile};
pub use wilson::wilson;

/// So many found among so many looked at: of a handler, a month, a stratum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Tally {
    /// How many were found; at most `n`.
    pub found: u64,
    /// How many were looked at. Those that were not assessable do not count here.
    pub n: u64,
}

/// Why a method gives no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There are fewer numbers than the method needs.
    TooFew {
        /// How many there are.
        have: u64,
        /// How many are needed.
        need: u64,
    },
    /// All numbers are the same, or more than half of them: there is no spread to measure by.
    NoSpread,
    /// A number is zero, negative or not a number, and has no logarithm.
    NotPositive,
    /// A count is larger than the total it belongs to.
    NotAShare,
    /// The model does not fit the numbers.
    NoFit,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::TooFew { have, need } => {
                write!(out, "{have} values, at least {need} are needed")
            }
            Self::NoSpread => {
                out.write_str("the values do not differ enough to measure by")
            }
            Self::NotPositive => out.write_str("a value is zero, negative or no number"),
            Self::NotAShare => out.write_str("a count is larger than its total"),
            Self::NoFit => out.write_str("the model does not fit the values"),
        }
    }
}

impl std::error::Error for Refusal {}

/// Rounds to six significant digits, for print: the same text on every machine. Zero,
/// infinite values and not-a-number stay as they are.
pub fn six_digits(value: f64) -> f64 {
    format!("{value:.5e}").parse().unwrap_or(value)
}

/// All found and all looked at; `None` when there is nothing, more found than looked at,
/// or more than can be counted.
fn totals(actors: &[Tally]) -> Option<(u64, u64)> {
    let (mut found, mut n) = (0_u64, 0_u64);
    for actor in actors {
        if actor.found > actor.n {
            return None;
        }
        found = found.checked_add(actor.found)?;
        n = n.checked_add(actor.n)?;
    }
    (n > 0).then_some((found, n))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_printed_with_six_digits() {
        assert_eq!(six_digits(0.000_012_345_678).to_string(), "0.0000123457");
        assert_eq!(six_digits(0.0).to_string(), "0");
        assert!(six_digits(f64::NAN).is_nan());
    }

    #[test]
    fn a_refusal_says_what_is_missing() {
        let text = Refusal::TooFew { have: 7, need: 20 }.to_string();
        assert_eq!(text, "7 values, at least 20 are needed");
    }

    #[test]
    fn more_found_than_looked_at_is_refused() {
        assert_eq!(totals(&[Tally { found: 3, n: 2 }]), None);
        assert_eq!(totals(&[Tally { found: u64::MAX, n: u64::MAX }; 2]), None);
    }
}
