//! The interval around a share: how far the true share may lie from the counted one.

use model::{Interval, Ppm};

/// Two-sided 95 %.
const Z: f64 = 1.96;

/// The 95 % score interval of `found` out of `n` (Wilson 1927; recommended over the plain
/// interval by Brown, Cai and `DasGupta` 2001).
///
/// Centre `(x + z²/2) / (n + z²)`, half-width `z sqrt(x (n - x) / n + z²/4) / (n + z²)`
/// with z = 1.96. In parts per million. The lower end is exactly 0 when nothing was found
/// and the upper end exactly 1 when everything was; the counted share always lies within.
///
/// `None` when `n` is 0 (a share of nothing) or `found` exceeds `n`.
pub fn wilson(found: u64, n: u64) -> Option<Interval> {
    if n == 0 || found > n {
        return None;
    }
    let (x, total) = (found as f64, n as f64);
    let square = Z * Z;
    let centre = (x + square / 2.0) / (total + square);
    let half = Z * (x * (total - x) / total + square / 4.0).sqrt() / (total + square);
    let low = if found == 0 { Ppm::default() } else { Ppm::from_fraction(centre - half) };
    let high = if found == n { Ppm::ONE } else { Ppm::from_fraction(centre + half) };
    Some(Interval { low, high })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends(found: u64, n: u64) -> (u32, u32) {
        let interval = wilson(found, n).unwrap();
        (interval.low.0, interval.high.0)
    }

    #[test]
    fn the_interval_agrees_with_statsmodels() {
        // statsmodels 0.15.0: proportion_confint(x, n, alpha, method="wilson") with
        // alpha = 2 * scipy.stats.norm.sf(1.96), times 1e6, rounded
        assert_eq!(ends(0, 10), (0, 277_540));
        assert_eq!(ends(1, 10), (17_876, 404_156));
        assert_eq!(ends(31, 412), (53_511, 104_822));
        assert_eq!(ends(10, 10), (722_460, 1_000_000));
        assert_eq!(ends(181_500, 8_700_000), (20_767, 20_957));
        assert_eq!(ends(5, 20), (111_860, 468_705));
    }

    #[test]
    fn nothing_found_starts_at_zero_and_all_found_ends_at_one() {
        assert_eq!(ends(0, 7).0, 0);
        assert_eq!(ends(7, 7).1, 1_000_000);
        assert!(ends(0, 7).1 > 0 && ends(7, 7).0 < 1_000_000);
    }

    #[test]
    fn a_share_of_nothing_has_no_interval() {
        assert_eq!(wilson(0, 0), None);
        assert_eq!(wilson(3, 2), None);
    }
}
