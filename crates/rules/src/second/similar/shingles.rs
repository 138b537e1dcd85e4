//! Texts as sets of runs of words, and which pairs of sets are probably alike.

use std::collections::{BTreeMap, BTreeSet};

/// Hash functions; three to a band, so that two sets that are alike for six tenths share a
/// band with a probability of more than 0.9999, and for eight tenths with certainty in
/// practice.
const HASHES: usize = 126;
const BAND: usize = 3;

/// How many words a text has, and its runs of so many words as sorted hashes. Capitals,
/// marks and figures make no difference: an amount or a date does not make a text new.
pub(super) fn of(text: &str, words: usize) -> (usize, Vec<u64>) {
    let lower = text.to_lowercase();
    let all: Vec<&str> = lower
        .split(|letter: char| !letter.is_alphabetic())
        .filter(|word| !word.is_empty())
        .collect();
    let mut runs: Vec<u64> = all.windows(words).map(hash).collect();
    runs.sort_unstable();
    runs.dedup();
    (all.len(), runs)
}

/// FNV-1a over the words, so that every machine gives the same.
fn hash(words: &[&str]) -> u64 {
    let bytes = words.iter().flat_map(|word| word.bytes().chain([b' ']));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// Another hash for each seed (the finaliser of `SplitMix64`).
fn mix(hash: u64, seed: u64) -> u64 {
    let mut z = hash ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Leaves out the runs that more than so many percent of the texts have, as long as those
/// are at least five; `used` names the set of each text.
pub(super) fn leave_out_common(
    sets: &mut BTreeMap<i64, (usize, Vec<u64>)>,
    used: impl Iterator<Item = i64>,
    percent: u64,
) {
    let mut counts: BTreeMap<u64, u64> = BTreeMap::new();
    let mut texts = 0_u64;
    for number in used {
        texts += 1;
        for run in sets.get(&number).into_iter().flat_map(|(_, runs)| runs) {
            *counts.entry(*run).or_default() += 1;
        }
    }
    for (_, runs) in sets.values_mut() {
        runs.retain(|run| {
            let count = counts.get(run).copied().unwrap_or(0);
            count < 5 || count.saturating_mul(100) <= texts.saturating_mul(percent)
        });
    }
}

/// Pairs of sets that share a band of least hashes, each pair once, in order.
pub(super) fn candidates(sets: &[&[u64]]) -> BTreeSet<(usize, usize)> {
    let signatures: Vec<Vec<u64>> = sets.iter().map(|set| signature(set)).collect();
    let mut pairs = BTreeSet::new();
    for band in 0..HASHES / BAND {
        let mut alike: BTreeMap<&[u64], Vec<usize>> = BTreeMap::new();
        for (at, signature) in signatures.iter().enumerate() {
            let part = signature.get(band * BAND..(band + 1) * BAND);
            alike.entry(part.unwrap_or_default()).or_default().push(at);
        }
        for together in alike.into_values() {
            for (nth, a) in together.iter().enumerate() {
                pairs.extend(together.iter().skip(nth + 1).map(|b| (*a, *b)));
            }
        }
    }
    pairs
}

/// The least value of each hash over the set.
fn signature(set: &[u64]) -> Vec<u64> {
    (1..=HASHES as u64)
        .map(|seed| set.iter().map(|run| mix(*run, seed)).min().unwrap_or(u64::MAX))
        .collect()
}

/// The share of the runs of both that both have; both sorted.
pub(super) fn jaccard(a: &[u64], b: &[u64]) -> f64 {
    let both = a.iter().filter(|run| b.binary_search(run).is_ok()).count();
    let all = a.len() + b.len() - both;
    if all == 0 { 0.0 } else { both as f64 / all as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn capitals_marks_and_figures_make_no_difference() {
        let a = of("Wij vragen € 4.500 voor het zomerfeest op 3 juli.", 3);
        let b = of("wij vragen € 9.900 voor het Zomerfeest, op 12 juli", 3);
        assert_eq!(a, b);
        assert_eq!(a.0, 7, "seven words");
    }

    #[test]
    fn a_run_of_words_counts_once() {
        assert_eq!(of("a b a b a b", 2).1.len(), 2);
        assert_eq!(of("kort", 5), (1, Vec::new()));
    }

    #[test]
    fn what_most_texts_have_is_left_out() {
        let mut sets: BTreeMap<i64, (usize, Vec<u64>)> =
            (0..10_i64).map(|n| (n, (30, vec![7, 100 + n.unsigned_abs()]))).collect();
        leave_out_common(&mut sets, 0..10, 50);
        assert!(sets.values().all(|(_, runs)| runs.len() == 1 && !runs.contains(&7)));
    }

    proptest! {
        #[test]
        fn sets_that_are_alike_are_candidates(
            both in prop::collection::btree_set(any::<u64>(), 40..80),
            own in prop::collection::btree_set(any::<u64>(), 0..8),
        ) {
            let a: Vec<u64> = both.iter().copied().collect();
            let b: Vec<u64> = both.union(&own).copied().collect();
            prop_assert!(jaccard(&a, &b) > 0.8);
            prop_assert!(candidates(&[&a, &b]).contains(&(0, 1)));
        }

        #[test]
        fn the_share_is_that_of_the_sets(
            a in prop::collection::btree_set(0..40_u64, 0..30),
            b in prop::collection::btree_set(0..40_u64, 0..30),
        ) {
            let (one, other): (Vec<u64>, Vec<u64>) =
                (a.iter().copied().collect(), b.iter().copied().collect());
            let all = a.union(&b).count();
            let share = if all == 0 { 0.0 } else { a.intersection(&b).count() as f64 / all as f64 };
            prop_assert!((jaccard(&one, &other) - share).abs() < 1e-12);
            prop_assert!((jaccard(&other, &one) - share).abs() < 1e-12);
        }
    }
}
