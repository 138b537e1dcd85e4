//! The runs test: do winners take turns, or stay, more than chance explains.

use std::collections::BTreeMap;

/// How often the winner changed in a row of results.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Runs {
    /// The number of results.
    pub n: usize,
    /// The number of runs: stretches of the same winner.
    pub runs: usize,
    /// The probability of at least so many runs when the order is chance: small when
    /// winners take turns.
    pub p_turns: f64,
    /// The probability of at most so many runs when the order is chance: small when the
    /// same winner stays for long stretches.
    pub p_stays: f64,
}

/// The largest row whose orders can be counted without leaving the range of `f64`.
const MOST: usize = 150;

/// Compares the number of runs in `order` (who won, in the order of time) with all orders
/// of the same wins (Wald and Wolfowitz 1940 for two, Barton and David 1957 for more).
///
/// Exact, not by a normal curve, because rows of five or ten procedures are the rule: the
/// orders are counted winner by winner, each laid in groups into the row so far.
///
/// `None` when there are fewer than four results, only one winner, or more than 150
/// results.
pub fn runs_test(order: &[u32]) -> Option<Runs> {
    let n = order.len();
    let mut wins: BTreeMap<u32, usize> = BTreeMap::new();
    for winner in order {
        *wins.entry(*winner).or_default() += 1;
    }
    if !(4..=MOST).contains(&n) || wins.len() < 2 {
        return None;
    }
    let changes = order.iter().zip(order.iter().skip(1)).filter(|(a, b)| a != b).count();
    let mut ways = vec![1.0_f64];
    let mut placed = 0;
    for count in wins.into_values() {
        ways = laid(&ways, placed, count);
        placed += count;
    }
    // ways[b]: orders in which b neighbours are the same, so n - b runs
    let total: f64 = ways.iter().sum();
    let same = n - 1 - changes;
    let share = |ways: &[f64]| (ways.iter().sum::<f64>() / total).clamp(0.0, 1.0);
    Some(Runs {
        n,
        runs: changes + 1,
        p_turns: share(ways.get(..=same)?),
        p_stays: share(ways.get(same..)?),
    })
}

/// Lays `count` results of one more winner into rows of `placed` results, of which
/// `ways[b]` have `b` equal neighbours: in `g` groups, of which `j` part equal neighbours.
fn laid(ways: &[f64], placed: usize, count: usize) -> Vec<f64> {
    let mut next = vec![0.0; placed + count];
    for (same, orders) in ways.iter().enumerate() {
        for groups in 1..=count {
            let cut = choose(count - 1, groups - 1);
            for parting in 0..=groups.min(same) {
                let elsewhere = choose(placed + 1 - same, groups - parting);
                if let Some(slot) = next.get_mut(same - parting + count - groups) {
                    *slot += orders * cut * choose(same, parting) * elsewhere;
                }
            }
        }
    }
    next
}

/// Binomial coefficient, 0 when there are too few to choose from.
fn choose(from: usize, take: usize) -> f64 {
    if take > from {
        return 0.0;
    }
    (0..take).fold(1.0, |product, k| product * (from - k) as f64 / (k as f64 + 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_probabilities_agree_with_all_orders_written_out() {
        // python: set(itertools.permutations(order)), of 140, 20 and 20 orders
        for (order, runs, turns, stays) in [
            (&[1, 2, 1, 2, 2, 1, 3][..], 6, 58.0 / 140.0, 122.0 / 140.0),
            (&[1, 1, 1, 2, 2, 2], 2, 1.0, 2.0 / 20.0),
            (&[1, 2, 1, 2, 1, 2], 6, 2.0 / 20.0, 1.0),
        ] {
            let result = runs_test(order).unwrap();
            assert_eq!(result.runs, runs);
            assert!((result.p_turns - turns).abs() < 1e-12, "{result:?}");
            assert!((result.p_stays - stays).abs() < 1e-12, "{result:?}");
        }
    }

    #[test]
    fn strict_turns_are_seldom_chance() {
        let turns = runs_test(&[1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3]).unwrap();
        assert_eq!(turns.runs, 12);
        assert!(turns.p_turns < 0.05, "{turns:?}");
        assert!((turns.p_stays - 1.0).abs() < 1e-12);
    }

    #[test]
    fn one_winner_or_three_results_say_nothing() {
        assert_eq!(runs_test(&[5, 5, 5, 5, 5]), None);
        assert_eq!(runs_test(&[1, 2, 1]), None);
        assert_eq!(runs_test(&[]), None);
    }
}
