//! Chance: one seeded stream for each purpose, so that one part of the town can change
//! without moving another.
//!
//! Only additions and multiplications are used on the way from the stream to a number, so
//! that the same seed gives the same bytes on every machine: `exp` and `ln` of a platform
//! may differ in the last digit.

use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

/// A stream of chance.
#[derive(Debug)]
pub(crate) struct Dice(ChaCha8Rng);

impl Dice {
    /// The stream of a seed with this number.
    pub(crate) fn new(seed: u64, stream: u64) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(stream);
        Self(rng)
    }

    /// The stream of a seed with this name, in parts. What has a name of its own keeps its
    /// chance when other things come or go.
    pub(crate) fn named(seed: u64, name: &[&str]) -> Self {
        // FNV-1a, 64 bits, with a part's end as a byte that no text holds
        let bytes = name.iter().flat_map(|part| part.bytes().chain([0xff]));
        let stream = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        Self::new(seed, stream)
    }

    /// A number from 0 up to, and not including, 1.
    pub(crate) fn unit(&mut self) -> f64 {
        // 53 bits fill the mantissa exactly.
        (self.0.next_u64() >> 11) as f64 / 9_007_199_254_740_992.0
    }

    /// A whole number from 0 up to, and not including, `end`; 0 where `end` is 0.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        let wide = u128::from(self.0.next_u64()) * (end as u128);
        usize::try_from(wide >> 64).unwrap_or(0)
    }

    /// A whole number between the two, both included.
    pub(crate) fn between(&mut self, least: i64, most: i64) -> i64 {
        let width = usize::try_from((most - least).max(0) + 1).unwrap_or(1);
        least + i64::try_from(self.below(width)).unwrap_or(0)
    }

    /// Yes with this probability.
    pub(crate) fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// A standard normal number: the sum of twelve uniform ones less six.
    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.unit()).sum::<f64>() - 6.0
    }

    /// A lognormal number with this median and this spread of the logarithm.
    pub(crate) fn lognormal(&mut self, median: f64, sigma: f64) -> f64 {
        median * exp(sigma * self.normal())
    }

    /// The position of one of the weights; 0 where there is none.
    pub(crate) fn weighted(
        &mut self,
        weights: impl Iterator<Item = f64> + Clone,
    ) -> usize {
        let total: f64 = weights.clone().sum();
        let mut left = self.unit() * total;
        let mut last = 0;
        for (at, weight) in weights.enumerate() {
            if weight > 0.0 {
                last = at;
                if left < weight {
                    return at;
                }
            }
            left -= weight;
        }
        last
    }

    /// One of the items.
    pub(crate) fn one<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        items.get(self.below(items.len()))
    }

    /// One of the words; empty where there is none.
    pub(crate) fn word(&mut self, words: &[&'static str]) -> &'static str {
        self.one(words).copied().unwrap_or("")
    }

    /// One of the words by weight.
    pub(crate) fn weighed_word(&mut self, words: &[(&'static str, f64)]) -> &'static str {
        let at = self.weighted(words.iter().map(|(_, weight)| *weight));
        words.get(at).map_or("", |(word, _)| word)
    }

    /// An amount in cents: lognormal, rounded to whole `step` cents, at least one step.
    pub(crate) fn cents(&mut self, median_euro: f64, sigma: f64, step: i64) -> i64 {
        let raw = whole(self.lognormal(median_euro * 100.0, sigma));
        (raw / step).max(1) * step
    }
}

/// The number without its fraction, held within a safe range.
pub(crate) fn whole(number: f64) -> i64 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "clamped far within the range of i64"
    )]
    let whole = number.clamp(-9.0e15, 9.0e15) as i64;
    whole
}

/// e to the power `x`, by squaring (1 + x/4096) twelve times: basic arithmetic only.
fn exp(x: f64) -> f64 {
    let small = x.clamp(-40.0, 40.0) / 4096.0;
    // Three terms of the series keep the relative error below one in ten million.
    let mut power = 1.0 + small * (1.0 + small * (0.5 + small / 6.0));
    for _ in 0..12 {
        power *= power;
    }
    power
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_power_agrees_with_the_library() {
        for x in [-6.0, -1.0, 0.0, 0.3, 2.0, 7.5] {
            assert!((exp(x) / f64::exp(x) - 1.0).abs() < 1e-6, "{x}");
        }
    }

    #[test]
    fn half_of_the_lognormal_numbers_lie_below_the_median() {
        let mut dice = Dice::new(7, 0);
        let below = (0..10_000).filter(|_| dice.lognormal(50.0, 1.2) < 50.0).count();
        assert!((4_800..5_200).contains(&below), "{below}");
    }

    #[test]
    fn streams_of_one_seed_differ() {
        assert_ne!(Dice::new(1, 0).below(1_000_000), Dice::new(1, 1).below(1_000_000));
    }
}
