//! The rate of a handler among colleagues, with luck taken out of the extremes.
//!
//! Of forty handlers with the same true rate, the one with the fewest cases shows the
//! highest and the lowest rates. The beta-binomial model pulls each rate towards that of
//! the stratum, the more so the fewer cases a handler has and the more alike the handlers
//! are (Efron and Morris 1975). It presumes that the handlers of a stratum do comparable
//! work; that is for the strata to see to.

use std::collections::BTreeMap;

use model::Ppm;

use super::special::{beta_upper, ln_rising, reciprocal_square_sum, reciprocal_sum};
use super::{Tally, totals};

/// The fewest actors for a fit by likelihood.
const LEAST_FOR_LIKELIHOOD: usize = 8;

/// The precisions `alpha + beta` looked at are 10^(k/2 - 1) for k = 0..=14: from actors
/// that do everything or nothing to actors that do not differ at all.
const GRID: u32 = 14;

/// How a [`Prior`] was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PriorMethod {
    /// By the largest marginal likelihood of the beta-binomial.
    Likelihood,
    /// By the method of moments (fewer than eight actors).
    Moments,
    /// Neither gave an answer: the rate of the stratum with the weight of two cases.
    Weak,
}

/// How the rates of the handlers of one stratum are spread: `Beta(alpha, beta)`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prior {
    mean: f64,
    precision: f64,
    method: PriorMethod,
    actors: usize,
}

/// Equal tallies taken together: found, rest, n, and how many actors have them.
struct Group {
    found: f64,
    rest: f64,
    n: f64,
    actors: f64,
}

impl Prior {
    /// Fits the spread of the rates of a stratum: `x_i ~ Bin(n_i, θ_i)`, `θ_i ~ Beta(α, β)`.
    ///
    /// With eight actors or more by the largest marginal likelihood of the beta-binomial
    /// (Skellam 1948); with fewer by the method of moments (Kleinman 1973, weights `n_i`);
    /// where that fails α = 2p and β = 2(1 - p), p the rate of the whole stratum. Actors
    /// that do not differ more than chance explains give a precision of a million cases:
    /// each then gets the rate of the stratum. Actors without cases are left out.
    ///
    /// `None` when no actor has a case, or a tally has more found than cases.
    pub fn fit(actors: &[Tally]) -> Option<Self> {
        let (found, n) = totals(actors)?;
        let counted = actors.iter().filter(|actor| actor.n > 0).count();
        let overall = found as f64 / n as f64;
        let weak = Self {
            mean: overall,
            precision: 2.0,
            method: PriorMethod::Weak,
            actors: counted,
        };
        if found == 0 || found == n {
            return Some(weak);
        }
        let groups = grouped(actors);
        let fitted = if counted >= LEAST_FOR_LIKELIHOOD {
            by_likelihood(&groups, overall)
                .map(|(mean, precision)| (mean, precision, PriorMethod::Likelihood))
        } else {
            by_moments(&groups, overall, n as f64)
                .map(|precision| (overall, precision, PriorMethod::Moments))
        };
        Some(fitted.map_or(weak, |(mean, precision, method)| Self {
            mean,
            precision,
            method,
            actors: counted,
        }))
    }

    /// The rate of the stratum, `α / (α + β)`, between 0 and 1.
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// α: the found cases the prior counts for; 0 when nobody found anything.
    pub fn alpha(&self) -> f64 {
        self.mean * self.precision
    }

    /// β: the other cases the prior counts for; 0 when everything was found.
    pub fn beta(&self) -> f64 {
        (1.0 - self.mean) * self.precision
    }

    /// How the fit was made.
    pub fn method(&self) -> PriorMethod {
        self.method
    }

    /// How many actors with cases stand behind it.
    pub fn actors(&self) -> usize {
        self.actors
    }

    /// The shrunken rate `(x + α) / (n + α + β)` of an actor, in parts per million. An
    /// actor without cases gets the rate of the stratum.
    pub fn estimate(&self, actor: Tally) -> Ppm {
        let found = actor.found.min(actor.n) as f64;
        Ppm::from_fraction((found + self.alpha()) / (actor.n as f64 + self.precision))
    }

    /// How sure we are that the actor's rate exceeds `factor` times that of the stratum:
    /// `1 - BetaCDF(c μ; x + α, n - x + β)`, in parts per million.
    ///
    /// The usual alarm is at 950,000 with `factor` 2, at least 30 cases and 5 expected.
    ///
    /// Measured (seeded simulations), alarms at 950,000 with `factor` 2:
    /// - handlers of equal rate, 40 a stratum, 20 to 300 cases, rate 2, 10 or 30 %: no
    ///   alarm in 4,000 handlers. With 2 to 8 handlers, or only 5 to 40 cases: at most 2 in
    ///   10,000 handlers;
    /// - handlers whose rates vary (intra-class correlation 0.05 and 0.1): 1.8 and 2.5 % of
    ///   the alarms are for a handler whose true rate is below twice the mean; promised is
    ///   at most 5 %;
    /// - the price is caution: one in 40 with four times the rate of 10 % is found in 43 % of
    ///   strata when that handler has 100 cases, nearly always with 300; with three times the
    ///   rate and 300 cases in half of them. A [`Funnel`](super::Funnel) sees more and is
    ///   wrong more often.
    ///
    /// `None` when `factor` times the rate of the stratum is 1 or more (nobody can exceed
    /// it), or when the tally or the factor makes no sense.
    pub fn exceedance(&self, actor: Tally, factor: f64) -> Option<Ppm> {
        let line = factor * self.mean;
        if actor.found > actor.n || line.is_nan() || !(0.0..1.0).contains(&line) {
            return None;
        }
        let alpha = actor.found as f64 + self.alpha();
        let beta = (actor.n - actor.found) as f64 + self.beta();
        if alpha <= 0.0 {
            // all the probability stands at a rate of 0, which exceeds nothing
            return Some(Ppm::default());
        }
        if beta <= 0.0 {
            return Some(Ppm::ONE);
        }
        beta_upper(line, alpha, beta).map(Ppm::from_fraction)
    }

    /// How sure we are that the actor's rate stays below that of the stratum divided by
    /// `factor`: `BetaCDF(μ / c; x + α, n - x + β)`, in parts per million; the other tail of
    /// [`Self::exceedance`].
    ///
    /// `None` when nobody in the stratum found anything (nobody can stay below that), or
    /// when the tally or the factor makes no sense.
    pub fn shortfall(&self, actor: Tally, factor: f64) -> Option<Ppm> {
        let line = self.mean / factor;
        if actor.found > actor.n || !line.is_finite() || !(0.0..=1.0).contains(&line) {
            return None;
        }
        let alpha = actor.found as f64 + self.alpha();
        let beta = (actor.n - actor.found) as f64 + self.beta();
        if line <= 0.0 || alpha <= 0.0 {
            return None;
        }
        if beta <= 0.0 || line >= 1.0 {
            return Some(Ppm::default());
        }
        beta_upper(line, alpha, beta).map(|upper| Ppm::from_fraction(1.0 - upper))
    }
}

/// Equal tallies together, in the order of the tallies: a stratum with thousands of small
/// actors is fitted as quickly as one with a few.
fn grouped(actors: &[Tally]) -> Vec<Group> {
    let mut counts: BTreeMap<(u64, u64), u64> = BTreeMap::new();
    for actor in actors.iter().filter(|actor| actor.n > 0) {
        *counts.entry((actor.found, actor.n)).or_default() += 1;
    }
    counts
        .into_iter()
        .map(|((found, n), actors)| Group {
            found: found as f64,
            rest: (n - found) as f64,
            n: n as f64,
            actors: actors as f64,
        })
        .collect()
}

/// The precision by moments: `S = Σ n_i (p_i - p)²` has expectation
/// `p (1-p) Σ (1 - w_i) (1 + (n_i - 1) ρ)` with `w_i = n_i / n` and `ρ = 1 / (1 + α + β)`.
/// `None` when ρ does not come out between 0 and 1.
fn by_moments(groups: &[Group], overall: f64, total: f64) -> Option<f64> {
    let (mut spread, mut plain, mut sloped) = (0.0, 0.0, 0.0);
    for group in groups {
        let off = group.found / group.n - overall;
        spread += group.actors * group.n * off * off;
        let weight = group.actors * (1.0 - group.n / total);
        plain += weight;
        sloped += weight * (group.n - 1.0);
    }
    let variance = overall * (1.0 - overall);
    let rho = (spread / variance - plain) / sloped;
    (rho > 0.0 && rho < 1.0).then(|| rho.recip() - 1.0)
}

/// The mean and precision of the largest likelihood: for each precision the best mean
/// (the likelihood is concave in it), and over the precisions a grid, refined by golden
/// section. `None` when the likelihood still grows at the lowest precision.
fn by_likelihood(groups: &[Group], overall: f64) -> Option<(f64, f64)> {
    let half_decade = std::f64::consts::LN_10 / 2.0;
    let at = |ln_precision: f64| {
        let precision = ln_precision.exp();
        let mean = best_mean(groups, precision, overall);
        (ln_likelihood(groups, mean, precision), mean, precision)
    };
    let position = |k: u32| (f64::from(k) - 2.0) * half_decade;
    let mut best = (0, f64::NEG_INFINITY);
    for k in 0..=GRID {
        let (likelihood, _, _) = at(position(k));
        if likelihood > best.1 {
            best = (k, likelihood);
        }
    }
    let k = best.0;
    if k == 0 {
        return None;
    }
    let (mut low, mut high) = (position(k - 1), position((k + 1).min(GRID)));
    let golden = 0.618_033_988_749_895;
    while high - low > 1e-6 {
        let (left, right) = (high - golden * (high - low), low + golden * (high - low));
        if at(left).0 > at(right).0 {
            high = right;
        } else {
            low = left;
        }
    }
    let (likelihood, mean, precision) = at(f64::midpoint(low, high));
    likelihood.is_finite().then_some((mean, precision))
}

/// The mean with the largest likelihood at this precision: the zero of the falling score,
/// by Newton steps kept within a shrinking bracket.
fn best_mean(groups: &[Group], precision: f64, start: f64) -> f64 {
    let (mut low, mut high, mut mean) = (0.0, 1.0, start);
    for _ in 0..100 {
        let (alpha, beta) = (mean * precision, (1.0 - mean) * precision);
        let (mut score, mut slope) = (0.0, 0.0);
        for group in groups {
            score += group.actors
                * (reciprocal_sum(alpha, group.found) - reciprocal_sum(beta, group.rest));
            slope += group.actors
                * (reciprocal_square_sum(alpha, group.found)
                    + reciprocal_square_sum(beta, group.rest));
        }
        if score > 0.0 {
            low = mean;
        } else {
            high = mean;
        }
        let step = mean + score / (slope * precision);
        let next =
            if step > low && step < high { step } else { f64::midpoint(low, high) };
        let moved = (next - mean).abs();
        mean = next;
        if moved < 1e-12 {
            break;
        }
    }
    mean
}

/// The logarithm of the marginal likelihood, without the binomial constants.
fn ln_likelihood(groups: &[Group], mean: f64, precision: f64) -> f64 {
    groups
        .iter()
        .map(|group| {
            group.actors
                * (ln_rising(mean * precision, group.found)
                    + ln_rising((1.0 - mean) * precision, group.rest)
                    - ln_rising(precision, group.n))
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::super::dice::TWELVE;
    use super::*;

    #[test]
    fn the_likelihood_fit_agrees_with_scipy() {
        // scipy 1.17.1: `optimize.minimize` over (logit mean, ln precision) of
        // -stats.betabinom.logpmf(x, n, alpha, beta).sum(), Nelder-Mead
        let prior = Prior::fit(&TWELVE).unwrap();
        assert_eq!(prior.method(), PriorMethod::Likelihood);
        assert_eq!(prior.actors(), 12);
        assert!((prior.mean() - 0.131_880_378).abs() < 1e-6, "{prior:?}");
        assert!((prior.alpha() - 3.870_980_6).abs() < 1e-3, "{prior:?}");
        assert!((prior.beta() - 25.481_230).abs() < 1e-2, "{prior:?}");
        // (x + alpha) / (n + alpha + beta) and stats.beta.sf(2 mean, …)
        for (found, n, estimate, exceedance) in
            [(30, 100, 261_851, 467_713), (0, 25, 71_220, 84), (7, 75, 104_176, 18)]
        {
            let actor = Tally { found, n };
            assert!(prior.estimate(actor).0.abs_diff(estimate) < 10);
            let exceeds = prior.exceedance(actor, 2.0).unwrap();
            assert!(exceeds.0.abs_diff(exceedance) < 50, "{exceeds:?}");
        }
    }

    #[test]
    fn fewer_than_eight_actors_are_fitted_by_moments() {
        // numpy 2.4.6: rho = (S / (p (1-p)) - sum(1-w)) / sum((1-w) (n-1)) = 0.048447
        let prior = Prior::fit(&TWELVE[2..8]).unwrap();
        assert_eq!(prior.method(), PriorMethod::Moments);
        assert!((prior.mean() - 0.185_185_185).abs() < 1e-9);
        assert!((prior.alpha() + prior.beta() - 19.641_004_295).abs() < 1e-8);
    }

    #[test]
    fn few_actors_without_extra_spread_get_the_weak_prior() {
        let prior = Prior::fit(&[Tally { found: 4, n: 40 }; 5]).unwrap();
        assert_eq!(prior.method(), PriorMethod::Weak);
        assert!(
            (prior.alpha() - 0.2).abs() < 1e-12 && (prior.beta() - 1.8).abs() < 1e-12
        );
    }

    #[test]
    fn many_actors_who_do_not_differ_all_get_the_rate_of_the_stratum() {
        let prior = Prior::fit(&[Tally { found: 4, n: 40 }; 30]).unwrap();
        assert_eq!(prior.method(), PriorMethod::Likelihood);
        assert!(prior.alpha() + prior.beta() > 9e5, "{prior:?}");
        assert_eq!(prior.estimate(Tally { found: 9, n: 40 }).0 / 100, 1_000);
    }

    #[test]
    fn one_who_does_it_four_times_as_often_stands_out() {
        let mut actors = vec![Tally { found: 30, n: 300 }; 30];
        actors.push(Tally { found: 120, n: 300 });
        let prior = Prior::fit(&actors).unwrap();
        assert!(prior.exceedance(actors[30], 2.0).unwrap() > Ppm(950_000), "{prior:?}");
        assert!(prior.exceedance(actors[0], 2.0).unwrap() < Ppm(1_000));
    }

    #[test]
    fn where_nobody_found_anything_nobody_exceeds() {
        let prior = Prior::fit(&[Tally { found: 0, n: 40 }; 10]).unwrap();
        assert_eq!(prior.estimate(Tally { found: 0, n: 40 }), Ppm(0));
        assert_eq!(prior.exceedance(Tally { found: 0, n: 40 }, 2.0), Some(Ppm(0)));
    }

    #[test]
    fn nobody_can_do_twice_as_much_as_more_than_half() {
        let prior = Prior::fit(&[Tally { found: 30, n: 50 }; 10]).unwrap();
        assert_eq!(prior.exceedance(Tally { found: 50, n: 50 }, 2.0), None);
        let all = Prior::fit(&[Tally { found: 50, n: 50 }; 10]).unwrap();
        assert_eq!(all.exceedance(Tally { found: 50, n: 50 }, 1.0), None);
    }

    #[test]
    fn actors_without_cases_give_no_prior_and_get_the_rate_of_the_stratum() {
        assert_eq!(Prior::fit(&[]), None);
        assert_eq!(Prior::fit(&[Tally { found: 0, n: 0 }; 9]), None);
        assert_eq!(Prior::fit(&[Tally { found: 5, n: 4 }]), None);
        let prior = Prior::fit(&TWELVE[2..8]).unwrap();
        assert_eq!(prior.estimate(Tally::default()), Ppm(185_185));
    }

    #[test]
    fn actors_who_do_all_or_nothing_get_the_weak_prior() {
        let mut actors = vec![Tally { found: 0, n: 1_000 }; 8];
        actors.extend([Tally { found: 1_000, n: 1_000 }; 2]);
        let prior = Prior::fit(&actors).unwrap();
        assert!(prior.alpha() + prior.beta() <= 2.0 + 1e-9, "{prior:?}");
    }

    #[test]
    fn a_busy_desk_is_fitted_too() {
        // counts of the size of ten years of travel documents of one large municipality
        let actors: Vec<Tally> =
            (0..40).map(|k| Tally { found: 1_000 + 20 * k, n: 50_000 }).collect();
        let prior = Prior::fit(&actors).unwrap();
        assert_eq!(prior.method(), PriorMethod::Likelihood);
        assert!((prior.mean() - 0.0278).abs() < 1e-4, "{prior:?}");
        assert_eq!(prior.exceedance(actors[39], 2.0), Some(Ppm(0)));
        let three_times = Tally { found: 4_500, n: 50_000 };
        assert_eq!(prior.exceedance(three_times, 2.0), Some(Ppm::ONE));
    }
}
