//! Many tests at once: which results stay when the number of tests is counted in.
//!
//! A list of pairs is a list of tests; one in twenty falls below 0.05 by chance alone.
//! Both procedures promise that of the results they keep at most the share `q` is false,
//! on average. Tests that were run but left out of the list count too: `tests` is the
//! number of all tests run, and is taken as at least the length of the list.

/// Which results stay at the false discovery rate `q` (Benjamini and Hochberg 1995).
///
/// Sort the p-values, find the largest k with `p_(k) <= q k / m`, keep all up to `p_(k)`.
/// For independent or positively dependent tests.
///
/// Gives one answer per p-value, in the order of the input. A p-value that is not a number
/// within 0..=1 is never kept.
pub fn benjamini_hochberg(p: &[f64], tests: usize, q: f64) -> Vec<bool> {
    kept(p, tests.max(p.len()) as f64, q)
}

/// As [`benjamini_hochberg`], for tests that depend on each other in any way: `q` is
/// divided by `1 + 1/2 + … + 1/m` (Benjamini and Yekutieli 2001).
pub fn benjamini_yekutieli(p: &[f64], tests: usize, q: f64) -> Vec<bool> {
    let tests = tests.max(p.len());
    kept(p, tests as f64, q / harmonic(tests))
}

/// The smallest `q` at which each result would stay under [`benjamini_hochberg`].
///
/// `min over j >= k of m p_(j) / j`, at most 1; in the order of the input. A p-value that
/// is not a number within 0..=1 gives 1.
pub fn adjusted_hochberg(p: &[f64], tests: usize) -> Vec<f64> {
    adjusted(p, tests.max(p.len()) as f64)
}

/// The smallest `q` at which each result would stay under [`benjamini_yekutieli`].
pub fn adjusted_yekutieli(p: &[f64], tests: usize) -> Vec<f64> {
    let tests = tests.max(p.len());
    adjusted(p, tests as f64 * harmonic(tests))
}

/// `1 + 1/2 + … + 1/m`; the smallest terms first, which rounds least.
fn harmonic(m: usize) -> f64 {
    (1..=m).rev().map(|k| (k as f64).recip()).sum()
}

/// The usable p-values with their place in the input, smallest first; equal ones in the
/// order of the input.
fn ranked(p: &[f64]) -> Vec<(usize, f64)> {
    let usable = |(_, p): &(usize, f64)| (0.0..=1.0).contains(p);
    let mut ranked: Vec<_> = p.iter().copied().enumerate().filter(usable).collect();
    ranked.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
    ranked
}

fn kept(p: &[f64], tests: f64, q: f64) -> Vec<bool> {
    let line = ranked(p)
        .iter()
        .enumerate()
        .rev()
        .find(|(k, (_, p))| p * tests <= q * (*k as f64 + 1.0))
        .map(|(_, (_, p))| *p);
    p.iter().map(|p| *p >= 0.0 && line.is_some_and(|line| *p <= line)).collect()
}

fn adjusted(p: &[f64], factor: f64) -> Vec<f64> {
    let mut result = vec![1.0; p.len()];
    let mut least: f64 = 1.0;
    for (k, (place, p)) in ranked(p).into_iter().enumerate().rev() {
        // never below p itself, which a product and a quotient can round to
        least = least.min((p * factor / (k as f64 + 1.0)).max(p));
        if let Some(slot) = result.get_mut(place) {
            *slot = least;
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    // fifteen made-up p-values of which several share an adjusted value
    const P: [f64; 15] = [
        0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216, 0.222,
        0.251, 0.269, 0.275, 0.34,
    ];

    fn count(kept: &[bool]) -> usize {
        kept.iter().filter(|kept| **kept).count()
    }

    #[test]
    fn the_number_kept_agrees_with_statsmodels() {
        // statsmodels 0.15.0: multipletests(P, q, "fdr_bh" and "fdr_by")[0].sum()
        for (q, hochberg, yekutieli) in [(0.05, 1, 1), (0.10, 2, 1), (0.25, 7, 2)] {
            assert_eq!(count(&benjamini_hochberg(&P, 15, q)), hochberg, "{q}");
            assert_eq!(count(&benjamini_yekutieli(&P, 15, q)), yekutieli, "{q}");
        }
    }

    #[test]
    fn the_adjusted_values_agree_with_statsmodels() {
        // multipletests(P, method=...)[1], places 1, 2, 5, 7, 8 and 15
        let hochberg = [0.015, 0.06, 0.126, 0.158_571_429, 0.294_642_857, 0.34];
        let yekutieli = [
            0.049_773_435,
            0.199_093_740,
            0.418_096_853,
            0.526_176_312,
            0.977_692_471,
            1.0,
        ];
        let places = [0, 1, 4, 6, 7, 14];
        let (h, y) = (adjusted_hochberg(&P, 15), adjusted_yekutieli(&P, 15));
        for (k, place) in places.into_iter().enumerate() {
            assert!((h[place] - hochberg[k]).abs() < 1e-8, "{place}");
            assert!((y[place] - yekutieli[k]).abs() < 1e-8, "{place}");
        }
    }

    #[test]
    fn the_published_example_keeps_four_of_fifteen() {
        // Benjamini and Hochberg 1995, section 4.1: Bonferroni keeps three, theirs four
        let p = [
            0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459,
            0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0,
        ];
        let kept = benjamini_hochberg(&p, 15, 0.05);
        assert!(kept[..4].iter().all(|kept| *kept));
        assert_eq!(count(&kept), 4);
    }

    #[test]
    fn the_order_of_the_input_does_not_matter() {
        let mut turned = P;
        turned.reverse();
        let mut kept = benjamini_hochberg(&turned, 15, 0.25);
        kept.reverse();
        assert_eq!(kept, benjamini_hochberg(&P, 15, 0.25));
    }

    #[test]
    fn tests_left_out_of_the_list_count_too() {
        let p = [0.01, 0.02];
        assert_eq!(benjamini_hochberg(&p, 2, 0.05), [true, true]);
        assert_eq!(benjamini_hochberg(&p, 10, 0.05), [false, false]);
    }

    #[test]
    fn what_is_no_probability_is_never_kept() {
        assert_eq!(
            benjamini_hochberg(&[f64::NAN, -0.1, 1.5, 0.001], 4, 0.05),
            [false, false, false, true]
        );
        assert_eq!(adjusted_hochberg(&[f64::NAN, 0.5], 2), [1.0, 1.0]);
    }

    #[test]
    fn no_tests_give_no_results() {
        assert!(benjamini_hochberg(&[], 0, 0.05).is_empty());
        assert!(adjusted_yekutieli(&[], 7).is_empty());
    }
}
