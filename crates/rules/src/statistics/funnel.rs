//! The funnel: rates against the number of cases, with limits that narrow as cases grow.

use model::{Interval, Ppm};

use super::spread::percentile;
use super::{Tally, totals};

/// Limits stand this many standard deviations from the centre.
pub const FUNNEL_LIMIT: f64 = 3.0;

/// The funnel of one stratum (Spiegelhalter 2005).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Funnel {
    centre: f64,
    phi: f64,
}

impl Funnel {
    /// Centre and over-dispersion of a stratum.
    ///
    /// `p = Σx / Σn`; `z_i = (x_i/n_i - p) / sqrt(p (1-p) / n_i)`; the tenth part of the z
    /// on either side is brought to the 10th and 90th percentile (winsorised), and
    /// `φ = max(1, mean z²)`. Actors without cases are left out.
    ///
    /// Measured with 40 handlers of mean rate 0.1 and 20 to 300 cases each, of whom none does
    /// anything wrong, but whose rates vary with an intra-class correlation of 0, 0.01, 0.02
    /// and 0.05: above the upper limit lie 0.2, 1.7, 2.2 and 3.1 % (without φ 0.3, 4.2, 7.9
    /// and 14.2 %).
    ///
    /// `None` when no actor has a case, a tally has more found than cases, or nothing or
    /// everything was found (there is no spread to set limits by).
    pub fn over(actors: &[Tally]) -> Option<Self> {
        let (found, n) = totals(actors)?;
        if found == 0 || found == n {
            return None;
        }
        let plain = Self { centre: found as f64 / n as f64, phi: 1.0 };
        let scores: Vec<f64> =
            actors.iter().filter_map(|actor| plain.z(*actor)).collect();
        let low = percentile(&scores, 0.1)?;
        let high = percentile(&scores, 0.9)?;
        let squares: f64 = scores.iter().map(|z| z.clamp(low, high).powi(2)).sum();
        Some(Self { phi: (squares / scores.len() as f64).max(1.0), ..plain })
    }

    /// The rate of the whole stratum, between 0 and 1.
    pub fn centre(&self) -> f64 {
        self.centre
    }

    /// The over-dispersion φ, at least 1: how much more the rates vary than chance alone
    /// explains (as a ratio of variances).
    pub fn phi(&self) -> f64 {
        self.phi
    }

    /// How many widened standard deviations the actor stands from the centre:
    /// `z_i / sqrt(φ)`. Outside the funnel beyond plus or minus [`FUNNEL_LIMIT`]. `None`
    /// without cases or when more was found than there are.
    pub fn z(&self, actor: Tally) -> Option<f64> {
        if actor.n == 0 || actor.found > actor.n {
            return None;
        }
        let n = actor.n as f64;
        let deviation = (self.centre * (1.0 - self.centre) * self.phi / n).sqrt();
        Some((actor.found as f64 / n - self.centre) / deviation)
    }

    /// The limits `p ± 3 sqrt(φ p (1-p) / n)` for an actor with `n` cases, brought within
    /// 0..=1, in parts per million. `None` when `n` is 0.
    pub fn limits(&self, n: u64) -> Option<Interval> {
        if n == 0 {
            return None;
        }
        let variance = self.centre * (1.0 - self.centre) * self.phi / n as f64;
        let half = FUNNEL_LIMIT * variance.sqrt();
        Some(Interval {
            low: Ppm::from_fraction(self.centre - half),
            high: Ppm::from_fraction(self.centre + half),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_centre_and_spread_agree_with_numpy() {
        // numpy 2.4.6: z = (x/n - p) / sqrt(p (1-p) / n); clip to percentile(z, [10, 90]);
        // phi = mean(z²)
        let actors = super::super::dice::TWELVE;
        let funnel = Funnel::over(&actors).unwrap();
        assert!((funnel.centre() - 0.13875).abs() < 1e-12);
        assert!((funnel.phi() - 1.946_654_914_265).abs() < 1e-11);
        let z = funnel.z(Tally { found: 30, n: 100 }).unwrap();
        assert!((z - 3.343_290_580_418).abs() < 1e-11);
        assert_eq!(funnel.limits(50), Some(Interval { low: Ppm(0), high: Ppm(343_376) }));
    }

    #[test]
    fn handlers_who_do_not_differ_keep_the_plain_limits() {
        let same = [Tally { found: 5, n: 50 }; 12];
        let funnel = Funnel::over(&same).unwrap();
        assert!((funnel.phi() - 1.0).abs() < 1e-12);
        assert_eq!(funnel.z(Tally { found: 5, n: 50 }), Some(0.0));
    }

    #[test]
    fn a_stratum_where_nothing_or_everything_was_found_has_no_funnel() {
        assert_eq!(Funnel::over(&[Tally { found: 0, n: 50 }; 12]), None);
        assert_eq!(Funnel::over(&[Tally { found: 50, n: 50 }; 12]), None);
        assert_eq!(Funnel::over(&[Tally { found: 0, n: 0 }]), None);
        assert_eq!(Funnel::over(&[]), None);
    }
}
