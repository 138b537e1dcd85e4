//! What must hold for any numbers.

use proptest::prelude::*;

use super::*;

/// This part of a number, rounded down.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a part of a number of the same type"
)]
fn part_of(n: u64, part: f64) -> u64 {
    (n as f64 * part) as u64
}

fn tally(most: u64) -> impl Strategy<Value = Tally> {
    (0..=most).prop_flat_map(|n| (0..=n).prop_map(move |found| Tally { found, n }))
}

fn probability(p: f64) -> bool {
    (0.0..=1.0).contains(&p)
}

proptest! {
    #[test]
    fn the_interval_contains_the_share(n in 1_u64..10_000_000, part in 0.0..=1.0) {
        let found = part_of(n, part);
        let interval = wilson(found, n).unwrap();
        let share = model::Ppm::of(found, n).unwrap();
        prop_assert!(interval.low <= share && share <= interval.high);
    }

    #[test]
    fn the_interval_narrows_as_the_same_share_stands_on_more(
        found in 0_u64..50, rest in 1_u64..50, times in 2_u64..50,
    ) {
        let width = |k: u64| {
            let interval = wilson(found * k, (found + rest) * k).unwrap();
            interval.high.0 - interval.low.0
        };
        prop_assert!(width(times) <= width(1));
    }

    #[test]
    fn the_interval_moves_up_with_every_one_found(n in 1_u64..2_000, part in 0.0..1.0) {
        let found = part_of(n, part);
        let (fewer, more) = (wilson(found, n).unwrap(), wilson(found + 1, n).unwrap());
        prop_assert!(fewer.low <= more.low && fewer.high <= more.high);
    }

    #[test]
    fn a_prior_is_always_a_number(actors in prop::collection::vec(tally(400), 0..30)) {
        let Some(prior) = Prior::fit(&actors) else {
            prop_assert!(actors.iter().all(|actor| actor.n == 0));
            return Ok(());
        };
        prop_assert!(probability(prior.mean()));
        prop_assert!(prior.alpha().is_finite() && prior.alpha() >= 0.0);
        prop_assert!(prior.beta().is_finite() && prior.beta() >= 0.0);
        for actor in actors {
            // an estimate lies between the actor's own rate and that of the stratum
            let own = model::Ppm::of(actor.found, actor.n);
            let own = own.map_or(prior.mean(), model::Ppm::fraction);
            let (low, high) = (own.min(prior.mean()), own.max(prior.mean()));
            let estimate = prior.estimate(actor).fraction();
            prop_assert!(estimate >= low - 2e-6 && estimate <= high + 2e-6);
            if prior.mean() < 0.5 {
                let exceeds = prior.exceedance(actor, 2.0);
                prop_assert!(exceeds.is_some_and(|p| p <= model::Ppm::ONE));
            }
        }
    }

    #[test]
    fn exceedance_grows_with_every_one_found(
        actors in prop::collection::vec(tally(100), 3..20), n in 1_u64..300, part in 0.0..1.0,
    ) {
        let found = part_of(n, part);
        if let Some(prior) = Prior::fit(&actors) {
            let fewer = prior.exceedance(Tally { found, n }, 2.0);
            let more = prior.exceedance(Tally { found: found + 1, n }, 2.0);
            prop_assert!(fewer <= more);
        }
    }

    #[test]
    fn the_funnel_surrounds_its_centre(
        actors in prop::collection::vec(tally(200), 1..20), n in 1_u64..1_000,
    ) {
        if let Some(funnel) = Funnel::over(&actors) {
            prop_assert!(funnel.phi() >= 1.0 && funnel.phi().is_finite());
            let (few, many) = (funnel.limits(n).unwrap(), funnel.limits(n * 2).unwrap());
            let centre = model::Ppm::from_fraction(funnel.centre());
            prop_assert!(few.low <= centre && centre <= few.high);
            prop_assert!(few.low <= many.low && many.high <= few.high);
        }
    }

    #[test]
    fn the_pair_tail_falls_and_does_not_mind_who_is_who(
        cases in 1_u64..5_000, a in 0.0..=1.0, b in 0.0..=1.0, c in 0.0..=1.0,
    ) {
        let (handler, counterpart) = (part_of(cases, a), part_of(cases, b));
        let together = part_of(handler.min(counterpart), c);
        let tail = pair_tail(together, handler, counterpart, cases).unwrap();
        let next = pair_tail(together + 1, handler, counterpart, cases).unwrap();
        prop_assert!(probability(tail) && probability(next) && next <= tail + 1e-9);
        let turned = pair_tail(together, counterpart, handler, cases).unwrap();
        prop_assert!((tail - turned).abs() < 1e-9, "{tail} {turned}");
    }

    #[test]
    fn the_binomial_tail_falls(n in 0_u64..5_000, part in 0.0..=1.0, share in 0.0..=1.0) {
        let k = part_of(n, part);
        let tail = binomial_tail(k, n, share).unwrap();
        let next = binomial_tail(k + 1, n, share).unwrap();
        prop_assert!(probability(tail) && next <= tail + 1e-12);
    }

    #[test]
    fn a_larger_q_keeps_all_and_more(
        p in prop::collection::vec(0.0..=1.0, 0..60),
        unseen in 0_usize..100, q in 0.001..0.5, more in 1.0..3.0,
    ) {
        let tests = p.len() + unseen;
        let strict = benjamini_hochberg(&p, tests, q);
        let wide = benjamini_hochberg(&p, tests, q * more);
        let dependent = benjamini_yekutieli(&p, tests, q);
        let adjusted = adjusted_hochberg(&p, tests);
        for (k, kept) in strict.iter().enumerate() {
            prop_assert!(!kept || wide[k], "a larger q loses one");
            prop_assert!(!dependent[k] || *kept, "Yekutieli keeps more than Hochberg");
            prop_assert!(adjusted[k] >= p[k] && adjusted[k] <= 1.0);
            prop_assert!((adjusted[k] - q).abs() < 1e-9 || (adjusted[k] < q) == *kept);
        }
    }

    #[test]
    fn percentiles_rise_and_stay_within(
        values in prop::collection::vec(-1e6..1e6, 1..50), a in 0.0..=1.0, b in 0.0..=1.0,
    ) {
        let (a, b): (f64, f64) = (a, b);
        let low = percentile(&values, a.min(b)).unwrap();
        let high = percentile(&values, a.max(b)).unwrap();
        prop_assert!(low <= high + 1e-9);
        prop_assert!(percentile(&values, 0.0).unwrap() <= low + 1e-9);
        prop_assert!(high <= percentile(&values, 1.0).unwrap() + 1e-9);
    }

    #[test]
    fn a_robust_z_does_not_depend_on_the_unit(
        values in prop::collection::vec(1.0..1e6, 10..40), unit in 0.01..100.0,
    ) {
        let (values, unit): (Vec<f64>, f64) = (values, unit);
        let scaled: Vec<f64> = values.iter().map(|value| value * unit).collect();
        if let (Ok(one), Ok(other)) = (LogScale::of(&values), LogScale::of(&scaled)) {
            let (z, scaled_z) = (one.z(values[0]).unwrap(), other.z(scaled[0]).unwrap());
            prop_assert!((z - scaled_z).abs() < 1e-6 * (1.0 + z.abs()));
        }
    }

    #[test]
    fn any_amounts_give_a_probability_or_a_refusal(
        cents in prop::collection::vec(0_i64..2_000_000, 0..400), limit in -5_i64..1_500_000,
    ) {
        if let Ok(found) = bunching(&cents, limit, 20) {
            prop_assert!(probability(found.p));
            prop_assert!(found.expected > model::Ppm(0) && found.expected < model::Ppm::ONE);
        }
    }

    #[test]
    fn concentration_lies_between_even_and_all(counts in prop::collection::vec(0_u64..500, 1..20)) {
        if let Some(found) = concentration(&counts, &[]) {
            let even = 1.0 / found.handlers as f64;
            prop_assert!(found.hhi.fraction() >= even - 1e-6 && found.hhi <= model::Ppm::ONE);
            prop_assert!(found.hhi <= found.largest, "no index above the largest share");
            prop_assert!(found.expected.fraction() >= even - 1e-6);
        }
    }

    #[test]
    fn the_two_sides_of_the_runs_test_share_what_was_seen(
        order in prop::collection::vec(0_u32..5, 0..60),
    ) {
        if let Some(found) = runs_test(&order) {
            prop_assert!(probability(found.p_turns) && probability(found.p_stays));
            prop_assert!(found.p_turns + found.p_stays >= 1.0 - 1e-9);
        }
    }

    #[test]
    fn sums_of_a_cusum_are_never_negative(
        months in prop::collection::vec(tally(300), 0..40), found in 1_u64..99,
    ) {
        for point in cusum(Tally { found, n: 100 }, &months).unwrap() {
            prop_assert!(point.up >= 0.0 && point.down >= 0.0 && point.up.is_finite());
        }
    }

    #[test]
    fn charts_mark_only_months_outside_their_limits(
        months in prop::collection::vec(tally(300), 1..40),
    ) {
        if let Some(chart) = p_chart(&months) {
            for point in chart.points {
                if let (Some(share), Some(limits)) = (point.share, point.limits) {
                    let inside = limits.low <= share && share <= limits.high;
                    prop_assert_eq!(point.beyond.is_none(), inside);
                }
            }
        }
    }
}
