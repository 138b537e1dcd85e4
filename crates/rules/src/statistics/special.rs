//! Sums and functions the methods share: rising factorials, differences of the digamma
//! function, tails of the beta, binomial and chi-square distributions.
//!
//! The gamma function comes from `statrs`. Its incomplete beta function stops after 140
//! steps of the continued fraction, which is too early for the large counts of a busy
//! desk (the steps needed grow with the root of the counts), so that one stands here.

use statrs::function::gamma::{checked_gamma_ur, ln_gamma};

/// From this argument on the asymptotic series are exact to about 1e-12.
const SERIES_FROM: f64 = 16.0;

/// Continued fractions stop when a step changes less than this part of the value.
const PRECISION: f64 = 1e-15;

/// Enough steps for counts up to some 10^8; beyond it the answer is `None`.
const MOST_STEPS: u32 = 20_000;

/// Sums of one quantity over `start, start + 1, …, start + count - 1`: term by term while
/// the argument is small, then the rest at once by a series.
fn stepped(
    start: f64,
    count: f64,
    term: impl Fn(f64) -> f64,
    rest: impl Fn(f64, f64) -> f64,
) -> f64 {
    let (mut at, mut left, mut sum) = (start, count, 0.0);
    while left >= 1.0 && (at < SERIES_FROM || left <= 4.0) {
        sum += term(at);
        at += 1.0;
        left -= 1.0;
    }
    if left >= 1.0 { sum + rest(at, left) } else { sum }
}

/// `ln(start (start + 1) … (start + count - 1))`, the logarithm of the rising factorial,
/// without the cancellation of two large values of `ln Γ` (Stirling's series; Abramowitz
/// and Stegun 6.1.41). `start > 0`, `count` a whole number of at least 0.
pub(super) fn ln_rising(start: f64, count: f64) -> f64 {
    let tail = |z: f64| {
        let square = z * z;
        (1.0 / 12.0 - (1.0 / 360.0 - 1.0 / (1260.0 * square)) / square) / z
    };
    stepped(start, count, f64::ln, |z, r| {
        (z - 0.5) * (r / z).ln_1p() + r * (z + r).ln() - r + tail(z + r) - tail(z)
    })
}

/// `1/start + … + 1/(start + count - 1)`: the derivative of [`ln_rising`] to `start`, a
/// difference of digamma functions (Abramowitz and Stegun 6.3.18).
pub(super) fn reciprocal_sum(start: f64, count: f64) -> f64 {
    let tail = |z: f64| {
        let square = z * z;
        -0.5 / z - (1.0 / 12.0 - (1.0 / 120.0 - 1.0 / (252.0 * square)) / square) / square
    };
    stepped(start, count, f64::recip, |z, r| (r / z).ln_1p() + tail(z + r) - tail(z))
}

/// `1/start² + … + 1/(start + count - 1)²`: minus the derivative of [`reciprocal_sum`]
/// (Abramowitz and Stegun 6.4.12).
pub(super) fn reciprocal_square_sum(start: f64, count: f64) -> f64 {
    let tail = |z: f64| {
        let square = z * z;
        (0.5 + (1.0 / 6.0 - (1.0 / 30.0 - 1.0 / (42.0 * square)) / square) / z) / square
    };
    stepped(
        start,
        count,
        |z| (z * z).recip(),
        |z, r| r / (z * (z + r)) + tail(z) - tail(z + r),
    )
}

/// The probability that a `Beta(alpha, beta)` share lies above `share`: `1 - I_share(alpha,
/// beta)`, by the continued fraction of the regularised incomplete beta function (DLMF
/// 8.17.22, evaluated after Lentz). Small tails keep their relative precision.
///
/// `None` when a parameter is not positive and finite or the fraction does not settle.
pub(super) fn beta_upper(share: f64, alpha: f64, beta: f64) -> Option<f64> {
    let usable = alpha > 0.0 && beta > 0.0 && (alpha + beta).is_finite();
    if !usable || share.is_nan() {
        return None;
    }
    if share <= 0.0 {
        return Some(1.0);
    }
    if share >= 1.0 {
        return Some(0.0);
    }
    let ln_scale = ln_gamma(alpha + beta) - ln_gamma(alpha) - ln_gamma(beta)
        + alpha * share.ln()
        + beta * (-share).ln_1p();
    let scale = ln_scale.exp();
    let upper = if share < (alpha + 1.0) / (alpha + beta + 2.0) {
        1.0 - scale * beta_fraction(share, alpha, beta)? / alpha
    } else {
        scale * beta_fraction(1.0 - share, beta, alpha)? / beta
    };
    Some(upper.clamp(0.0, 1.0))
}

/// The continued fraction of the incomplete beta function, by Lentz's method.
fn beta_fraction(share: f64, alpha: f64, beta: f64) -> Option<f64> {
    let away_from_zero =
        |value: f64| if value.abs() < 1e-300 { 1e-300_f64 } else { value };
    let mut upper = 1.0;
    let mut lower = away_from_zero(1.0 - (alpha + beta) * share / (alpha + 1.0)).recip();
    let mut value = lower;
    for step in 1..=MOST_STEPS {
        let m = f64::from(step);
        let even = m * (beta - m) * share / ((alpha + 2.0 * m - 1.0) * (alpha + 2.0 * m));
        lower = away_from_zero(1.0 + even * lower).recip();
        upper = away_from_zero(1.0 + even / upper);
        value *= lower * upper;
        let odd = -(alpha + m) * (alpha + beta + m) * share
            / ((alpha + 2.0 * m) * (alpha + 2.0 * m + 1.0));
        lower = away_from_zero(1.0 + odd * lower).recip();
        upper = away_from_zero(1.0 + odd / upper);
        let change = lower * upper;
        value *= change;
        if (change - 1.0).abs() < PRECISION {
            return Some(value);
        }
    }
    None
}

/// The upper tail `P(T >= t)` of Student's distribution with so many degrees of freedom.
///
/// For `t >= 0` half of `I_x(df/2, 1/2)` with `x = df / (df + t²)` (Abramowitz and Stegun
/// 26.7.1). `None` when `t` is not a number or there is no degree of freedom.
pub fn student_tail(t: f64, degrees: u64) -> Option<f64> {
    if t.is_nan() || degrees == 0 {
        return None;
    }
    if t.is_infinite() {
        return Some(if t > 0.0 { 0.0 } else { 1.0 });
    }
    let degrees = degrees as f64;
    // 1 - x is the share above which Beta(1/2, df/2) must lie
    let half = beta_upper(t * t / (degrees + t * t), 0.5, degrees / 2.0)? / 2.0;
    Some(if t >= 0.0 { half } else { 1.0 - half })
}

/// The one-sided binomial tail `P(X >= at_least)` for `X ~ Bin(n, share)`.
///
/// Equal to `I_share(at_least, n - at_least + 1)` (Abramowitz and Stegun 26.5.24). 1 for
/// `at_least = 0` and 0 for `at_least > n`; `None` when `share` is not within 0..=1 or the
/// computation does not settle (counts beyond some 10^8).
pub fn binomial_tail(at_least: u64, n: u64, share: f64) -> Option<f64> {
    if !(0.0..=1.0).contains(&share) {
        return None;
    }
    if at_least == 0 {
        return Some(1.0);
    }
    if at_least > n {
        return Some(0.0);
    }
    // I_x(a, b) = 1 - I_(1-x)(b, a)
    beta_upper(1.0 - share, (n - at_least) as f64 + 1.0, at_least as f64)
}

/// The probability of a chi-square of at least this size, by `statrs`; `None` when the
/// value is negative or not a number.
pub(super) fn chi_square_tail(chi_square: f64, degrees: u32) -> Option<f64> {
    if chi_square.is_nan() || chi_square < 0.0 || degrees == 0 {
        return None;
    }
    if chi_square < f64::MIN_POSITIVE {
        return Some(1.0);
    }
    checked_gamma_ur(f64::from(degrees) / 2.0, chi_square / 2.0)
        .ok()
        .filter(|tail| tail.is_finite())
        .map(|tail| tail.clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, expected: f64, relative: f64) {
        assert!((found / expected - 1.0).abs() < relative, "{found} {expected}");
    }

    #[test]
    fn the_tail_of_student_agrees_with_its_closed_forms() {
        // one degree: 1/2 - atan(t)/pi; two degrees: 1/2 - t / (2 sqrt(2 + t²))
        let tail = |t, degrees| student_tail(t, degrees).unwrap_or(f64::NAN);
        near(tail(1.0, 1), 0.25, 1e-12);
        near(tail(100.0, 1), 0.003_182_992_764_908_255, 1e-10);
        near(tail(1.0, 2), 0.211_324_865_405_187_1, 1e-12);
        near(tail(-1.0, 2), 0.788_675_134_594_812_9, 1e-12);
        near(tail(0.0, 9), 0.5, 1e-12);
        assert_eq!(student_tail(f64::INFINITY, 5), Some(0.0));
        assert_eq!(student_tail(f64::NEG_INFINITY, 5), Some(1.0));
        assert_eq!(student_tail(f64::NAN, 5), None);
        assert_eq!(student_tail(1.0, 0), None);
    }

    #[test]
    fn the_tail_of_the_beta_distribution_agrees_with_scipy() {
        // scipy 1.17.1: stats.beta.sf(share, alpha, beta)
        for (share, alpha, beta, expected) in [
            (0.2, 12.5, 60.5, 0.244_542_752_913_831_87),
            (0.2, 2.0, 18.0, 0.082_866_233_143_617_12),
            (0.04, 30.0, 5_000.0, 1.745_424_523_745_183e-53),
            (0.3, 3e5, 7e5, 0.499_883_924_858_433_6),
            (0.5, 0.01, 0.02, 0.333_280_538_958_727_8),
            (0.0001, 0.3, 1_000.0, 0.454_132_628_923_031_5),
            (0.11, 50_000.0, 450_000.0, 1.720_678_198_686_747_3e-116),
        ] {
            near(beta_upper(share, alpha, beta).unwrap(), expected, 1e-7);
        }
    }

    #[test]
    fn all_of_a_share_lies_above_zero_and_none_above_one() {
        assert_eq!(beta_upper(0.0, 2.0, 3.0), Some(1.0));
        assert_eq!(beta_upper(1.0, 2.0, 3.0), Some(0.0));
        assert_eq!(beta_upper(0.5, 0.0, 3.0), None);
        assert_eq!(beta_upper(0.5, 3.0, f64::NAN), None);
        assert_eq!(beta_upper(f64::NAN, 2.0, 3.0), None);
        assert_eq!(beta_upper(0.5, f64::INFINITY, 3.0), None);
    }

    #[test]
    fn the_binomial_tail_agrees_with_scipy() {
        // scipy 1.17.1: stats.binom.sf(k - 1, n, q)
        for (at_least, n, share, expected) in [
            (18, 20, 0.545, 8.023_926_305_211_827e-4),
            (1, 20, 0.545, 0.999_999_855_380_141_2),
            (60, 100, 0.545, 0.157_664_541_158_200_86),
            (600, 1_000, 0.545, 2.556_879_369_894_203e-4),
            (101_500, 200_000, 0.5, 9.995_372_537_192_928e-12),
            (20, 20, 0.3, 3.486_784_400_999_997_5e-11),
        ] {
            near(binomial_tail(at_least, n, share).unwrap(), expected, 1e-7);
        }
        assert_eq!(binomial_tail(0, 0, 0.3), Some(1.0));
        assert_eq!(binomial_tail(3, 2, 0.3), Some(0.0));
        assert_eq!(binomial_tail(1, 2, 0.0), Some(0.0));
        assert_eq!(binomial_tail(2, 2, 1.0), Some(1.0));
        assert_eq!(binomial_tail(1, 2, f64::NAN), None);
    }

    #[test]
    fn the_chi_square_tail_agrees_with_scipy() {
        // scipy 1.17.1: stats.chi2.sf(x, 89)
        near(chi_square_tail(107.9391, 89).unwrap(), 0.083_959_171_026_548_55, 1e-9);
        near(chi_square_tail(745.6224, 89).unwrap(), 2.523_437_973_075e-104, 1e-7);
        assert_eq!(chi_square_tail(0.0, 89), Some(1.0));
        assert_eq!(chi_square_tail(-1.0, 89), None);
    }

    #[test]
    fn the_sums_agree_with_scipy() {
        // scipy 1.17.1: differences of special.gammaln, psi and polygamma(1, ·)
        near(ln_rising(50.5, 1_000.0), 6_108.772_358_669_094, 1e-13);
        near(reciprocal_sum(50.5, 1_000.0), 3.044_505_810_016_066_7, 1e-12);
        near(reciprocal_square_sum(50.5, 1_000.0), 0.019_046_952_546_242_647, 1e-12);
        near(ln_rising(0.25, 7.0), 5.764_162_926_040_462, 1e-13);
        near(reciprocal_sum(0.25, 7.0), 6.137_907_060_260_002, 1e-13);
        near(reciprocal_square_sum(0.25, 7.0), 17.049_449_921_348_18, 1e-13);
        assert!(ln_rising(3.0, 0.0).abs() < f64::EPSILON);
    }

    #[test]
    fn the_series_agrees_with_adding_term_by_term() {
        for start in [0.3, 15.9, 16.0, 400.7, 9e5] {
            let terms = || (0..40).map(|k| start + f64::from(k));
            near(ln_rising(start, 40.0), terms().map(f64::ln).sum(), 1e-13);
            near(reciprocal_sum(start, 40.0), terms().map(f64::recip).sum(), 1e-12);
            let squares = terms().map(|z| (z * z).recip()).sum();
            near(reciprocal_square_sum(start, 40.0), squares, 1e-10);
        }
    }
}
