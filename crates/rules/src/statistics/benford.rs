//! Benford's law: the first two digits of amounts that grew by themselves.
//!
//! Fixed cut-offs reject innocent files: with exactly Benford amounts and n = 1,000, 93 % of
//! files exceed Nigrini's line for two digits. The line here grows as n falls.

use super::Refusal;
use super::special::chi_square_tail;

/// Below this number of amounts there is no answer.
pub const BENFORD_LEAST: u64 = 500;
/// From this number on Nigrini's fixed line counts too.
pub const BENFORD_LEAST_FIXED: u64 = 2_500;
/// Nigrini's line for "nonconformity" of the first two digits (Nigrini 2012).
pub const BENFORD_FIXED_LINE: f64 = 0.0022;

/// The simulated 99 % line of the mean absolute deviation, times the root of n: 0.00427 at
/// 500, 0.00300 at 1,000, 0.00213 at 2,000, 0.00135 at 5,000, 0.00095 at 10,000.
const LINE: [(f64, f64); 5] = [
    (500.0, 0.095_48),
    (1_000.0, 0.094_87),
    (2_000.0, 0.095_26),
    (5_000.0, 0.095_46),
    (10_000.0, 0.095_00),
];

/// How the first two digits of a file of amounts compare with Benford's law.
#[derive(Clone, Debug, PartialEq)]
pub struct Benford {
    /// How many amounts were compared.
    pub n: u64,
    /// The mean absolute deviation of the 90 shares from Benford's (Nigrini 2012), as a
    /// fraction.
    pub mad: f64,
    /// The line the deviation has to exceed: the simulated 99 % line for `n`, from 2,500
    /// amounts on at least [`BENFORD_FIXED_LINE`].
    pub line: f64,
    /// `Σ (observed - expected)² / expected`, 89 degrees of freedom.
    pub chi_square: f64,
    /// The probability of so large a chi-square under Benford's law. In large files every
    /// real set of amounts gets a small one; it is shown, not judged by.
    pub p: f64,
    /// How often each pair of digits stands first: 10, 11, … 99.
    pub counts: Vec<u64>,
    /// The pairs of digits that stand first far too often (z above 3), most striking first.
    pub excess: Vec<DigitExcess>,
}

impl Benford {
    /// Whether the deviation exceeds its line.
    pub fn deviates(&self) -> bool {
        self.mad > self.line
    }
}

/// A pair of digits that stands first too often.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DigitExcess {
    /// The digits, 10 to 99.
    pub digits: u8,
    /// How many amounts more than expected, rounded.
    pub more: u64,
    /// How many standard deviations more, with correction for continuity.
    pub z: f64,
}

/// The first two digits (10 to 99) of an amount in cents; of 5 cents 50. `None` for zero
/// and negative amounts.
pub fn first_two_digits(cents: i64) -> Option<u8> {
    let mut digits = u64::try_from(cents).ok().filter(|cents| *cents > 0)?;
    while digits >= 100 {
        digits /= 10;
    }
    u8::try_from(if digits < 10 { digits * 10 } else { digits }).ok()
}

/// Compares the first two digits of amounts (in cents) with Benford's law (Benford 1938;
/// Nigrini 2012): `P(d) = log10(1 + 1/d)` for d = 10 … 99.
///
/// `MAD = Σ |o_d - P(d)| / 90`; the chi-square has 89 degrees of freedom; `z = (|o - P| -
/// 1/(2n)) / sqrt(P (1 - P) / n)`, the correction only where it is smaller than the
/// difference. Zero and negative amounts are left out. The caller leaves out what cannot
/// follow the law: small amounts (below 10.00), fixed tariffs, fees, capped amounts.
///
/// Refuses fewer than [`BENFORD_LEAST`] amounts.
pub fn benford(cents: &[i64]) -> Result<Benford, Refusal> {
    let mut counts = vec![0_u64; 90];
    for digits in cents.iter().filter_map(|amount| first_two_digits(*amount)) {
        if let Some(count) = counts.get_mut(usize::from(digits).saturating_sub(10)) {
            *count += 1;
        }
    }
    let total: u64 = counts.iter().sum();
    let too_few = Refusal::TooFew { have: total, need: BENFORD_LEAST };
    let simulated = benford_line(total).ok_or(too_few)?;
    let n = total as f64;
    let (mut deviation, mut chi_square, mut excess) = (0.0, 0.0, Vec::new());
    for (digits, count) in (10_u8..).zip(&counts) {
        let law = f64::from(digits).recip().ln_1p() / std::f64::consts::LN_10;
        let off = *count as f64 / n - law;
        deviation += off.abs();
        chi_square += n * off * off / law;
        let correction = 0.5 / n;
        let z = if off > correction { off - correction } else { off }
            / (law * (1.0 - law) / n).sqrt();
        if z > 3.0 {
            let more = count.saturating_sub(rounded(law * n));
            excess.push(DigitExcess { digits, more, z });
        }
    }
    excess.sort_by(|a, b| b.z.total_cmp(&a.z).then(a.digits.cmp(&b.digits)));
    let fixed = if total < BENFORD_LEAST_FIXED { 0.0 } else { BENFORD_FIXED_LINE };
    Ok(Benford {
        n: total,
        mad: deviation / 90.0,
        line: simulated.max(fixed),
        chi_square,
        p: chi_square_tail(chi_square, 89).ok_or(Refusal::NoFit)?,
        counts,
        excess,
    })
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "part of a count: not negative and below 2^64"
)]
fn rounded(part_of_count: f64) -> u64 {
    part_of_count.round() as u64
}

/// The mean absolute deviation that 99 % of files of `n` exactly Benford amounts stay
/// under: about `0.095 / sqrt(n)`, the factor interpolated between simulated values. `None`
/// below [`BENFORD_LEAST`].
pub fn benford_line(n: u64) -> Option<f64> {
    if n < BENFORD_LEAST {
        return None;
    }
    let n = n as f64;
    let factor = LINE
        .windows(2)
        .find_map(|ends| match ends {
            [(low, a), (high, b)] if n < *high => {
                Some(a + (b - a) * (n / low).ln() / (high / low).ln())
            }
            _ => None,
        })
        .unwrap_or(0.095);
    Some(factor / n.sqrt())
}

#[cfg(test)]
#[expect(
    clippy::disallowed_methods,
    clippy::cast_possible_truncation,
    reason = "the test reads published amounts that lie beside the project"
)]
mod tests {
    use super::*;

    #[test]
    fn the_first_two_digits_do_not_depend_on_the_size() {
        for (cents, digits) in
            [(5, 50), (10, 10), (99, 99), (100, 10), (123_456, 12), (9_999_999, 99)]
        {
            assert_eq!(first_two_digits(cents), Some(digits), "{cents}");
        }
        assert_eq!(first_two_digits(0), None);
        assert_eq!(first_two_digits(-1_200), None);
        assert_eq!(first_two_digits(i64::MIN), None);
        assert_eq!(first_two_digits(i64::MAX), Some(92));
    }

    #[test]
    fn the_line_falls_with_the_number_of_amounts() {
        for (n, line) in [
            (500, 0.00427),
            (1_000, 0.003),
            (2_000, 0.00213),
            (5_000, 0.00135),
            (10_000, 0.00095),
        ] {
            assert!((benford_line(n).unwrap() - line).abs() < 5e-6, "{n}");
        }
        assert!((benford_line(1_000_000).unwrap() - 0.000_095).abs() < 1e-12);
        assert_eq!(benford_line(499), None);
    }

    #[test]
    fn few_amounts_are_refused() {
        assert_eq!(
            benford(&[-500; 900]),
            Err(Refusal::TooFew { have: 0, need: BENFORD_LEAST })
        );
    }

    /// One column of a published file in cents, from the data beside the project.
    fn published(file: &str, column: usize, least: f64) -> Option<Vec<i64>> {
        let text = std::fs::read_to_string(path(file)).ok()?;
        let amounts = text.lines().skip(1).filter_map(|line| {
            let value: f64 = line.split(',').nth(column)?.trim().parse().ok()?;
            (value >= least).then(|| (value * 100.0).round() as i64)
        });
        Some(amounts.collect())
    }

    fn path(file: &str) -> std::path::PathBuf {
        std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../../shared/data/finance/benford")
            .join(file)
    }

    /// Every published z above 3 is found too, or stands for digits that are too rare.
    fn excess_agrees(found: &Benford, published: &serde_json::Value, key: &str) {
        let mut above = 0;
        for pair in published.as_array().unwrap() {
            let (digits, z) = (pair[0].as_u64().unwrap(), pair[1].as_f64().unwrap());
            let law = (1.0 + (digits as f64).recip()).log10();
            let share = found.counts[digits as usize - 10] as f64 / found.n as f64;
            if z <= 3.0 || share < law {
                continue;
            }
            above += 1;
            let mine = found.excess.iter().find(|one| u64::from(one.digits) == digits);
            assert!((mine.unwrap().z - z).abs() < 1e-3, "{key} {digits} {mine:?}");
        }
        // the published list holds the five largest only
        assert!(found.excess.len() >= above && (above > 0 || found.excess.is_empty()));
    }

    #[test]
    fn published_files_give_the_published_deviations() {
        let Ok(text) = std::fs::read_to_string(path("expected.json")) else {
            println!("skipped: no published Benford data beside the project");
            return;
        };
        let expected: serde_json::Value = serde_json::from_str(&text).unwrap();
        for (file, column, least, key, deviates) in [
            ("census-2009.csv", 2, 10.0, "census.2009>=10|2", false),
            ("gm-payments-2009.csv", 0, 0.005, "gm.payments>0|2", false),
            ("sino-forest-2010.csv", 0, 0.005, "sino.forest>0|2", true),
        ] {
            let amounts = published(file, column, least).unwrap();
            let found = benford(&amounts).unwrap();
            let wanted = &expected[key];
            assert_eq!(Some(found.n), wanted["n"].as_u64(), "{key}");
            let mad = wanted["mad"].as_f64().unwrap();
            assert!((found.mad - mad).abs() < 1e-8, "{key} {} {mad}", found.mad);
            let chi_square = wanted["chi2"].as_f64().unwrap();
            assert!((found.chi_square - chi_square).abs() < 1e-4, "{key}");
            for (digits, count) in (10..100).zip(&found.counts) {
                let wanted = &wanted["observed"][digits.to_string()];
                assert_eq!(wanted.as_u64().unwrap_or(0), *count, "{key} {digits}");
            }
            excess_agrees(&found, &wanted["top_z"], key);
            assert_eq!(found.deviates(), deviates, "{key} {} {}", found.mad, found.line);
        }
    }
}
