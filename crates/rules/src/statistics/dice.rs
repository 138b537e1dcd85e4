//! Seeded chance for the tests, and a small stratum several tests use.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use super::Tally;

/// Twelve handlers whose rates differ.
pub(super) const TWELVE: [Tally; 12] = [
    Tally { found: 3, n: 40 },
    Tally { found: 8, n: 60 },
    Tally { found: 12, n: 50 },
    Tally { found: 0, n: 25 },
    Tally { found: 20, n: 110 },
    Tally { found: 9, n: 90 },
    Tally { found: 4, n: 30 },
    Tally { found: 30, n: 100 },
    Tally { found: 5, n: 80 },
    Tally { found: 7, n: 75 },
    Tally { found: 11, n: 120 },
    Tally { found: 2, n: 20 },
];

/// A seeded generator with the distributions the simulations need.
pub(super) struct Dice(ChaCha8Rng);

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "drawn within the range of the type"
)]
impl Dice {
    pub(super) fn seeded(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    /// Uniform over 0..1, never 0.
    pub(super) fn uniform(&mut self) -> f64 {
        ((self.0.next_u64() >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }

    /// A whole number below `bound`.
    pub(super) fn below(&mut self, bound: u32) -> u32 {
        (self.uniform() * f64::from(bound)) as u32
    }

    /// Standard normal (Box and Muller).
    pub(super) fn normal(&mut self) -> f64 {
        let angle = std::f64::consts::TAU * self.uniform();
        (-2.0 * self.uniform().ln()).sqrt() * angle.cos()
    }

    pub(super) fn binomial(&mut self, n: u64, share: f64) -> u64 {
        (0..n).filter(|_| self.uniform() < share).count() as u64
    }

    /// Gamma with this shape (Marsaglia and Tsang).
    fn gamma(&mut self, shape: f64) -> f64 {
        if shape < 1.0 {
            return self.gamma(shape + 1.0) * self.uniform().powf(shape.recip());
        }
        let d = shape - 1.0 / 3.0;
        loop {
            let x = self.normal();
            let v = (1.0 + x / (9.0 * d).sqrt()).powi(3);
            if v > 0.0 && self.uniform().ln() < 0.5 * x * x + d * (1.0 - v + v.ln()) {
                return d * v;
            }
        }
    }

    pub(super) fn beta(&mut self, alpha: f64, beta: f64) -> f64 {
        let (a, b) = (self.gamma(alpha), self.gamma(beta));
        a / (a + b)
    }

    /// A whole number from 1 on with probability falling as its square (Zipf), below
    /// `most`.
    pub(super) fn zipf(&mut self, most: u32) -> u32 {
        loop {
            // Devroye's rejection, with exponent 2
            let x = self.uniform().recip().floor();
            let accepted = self.uniform() <= f64::midpoint(1.0, x.recip());
            if accepted && x < f64::from(most) {
                return x as u32;
            }
        }
    }
}
