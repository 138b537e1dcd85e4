//! Middle and spread that one odd value cannot move: median, percentiles, and the robust z
//! of durations on the logarithmic scale.

use super::Refusal;

/// The fewest values for a median to measure by.
const LEAST: u64 = 10;

/// Makes the median absolute deviation comparable with a standard deviation (1 divided by
/// the 75th percentile of the normal distribution; Rousseeuw and Croux 1993).
const NORMAL: f64 = 1.4826;

/// The middle value; of an even number the mean of the two middle ones. `None` when there
/// are none or one is infinite or not a number.
pub fn median(values: &[f64]) -> Option<f64> {
    percentile(values, 0.5)
}

/// The value below which `share` (0..=1) of the values lies.
///
/// Interpolated: with the values in order, `x_0 … x_(n-1)`, it stands at place `share (n -
/// 1)` (definition 7 of Hyndman and Fan 1996; the default of R and `NumPy`). The order of
/// the input does not matter.
///
/// `None` when there are no values, one is infinite or not a number, or `share` lies
/// outside 0..=1.
pub fn percentile(values: &[f64], share: f64) -> Option<f64> {
    if !(0.0..=1.0).contains(&share) || values.iter().any(|value| !value.is_finite()) {
        return None;
    }
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let place = share * sorted.len().checked_sub(1)? as f64;
    let low = *sorted.get(whole(place.floor()))?;
    let high = *sorted.get(whole(place.ceil()))?;
    Some(low + (high - low) * place.fract())
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a place in a list in memory: whole, not negative and far below 2^53"
)]
fn whole(place: f64) -> usize {
    place as usize
}

/// The logarithmic scale of one stratum: by it durations or amounts of the same kind are
/// judged as "so many times shorter or longer than usual".
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LogScale {
    middle: f64,
    spread: f64,
}

impl LogScale {
    /// Median and spread of the natural logarithms of the values: `median ln x` and
    /// `1.4826 MAD`, the median absolute deviation from that median (Hampel 1974).
    ///
    /// A duration of zero has no logarithm: bring it to the step of the clock (one minute,
    /// one day) first.
    ///
    /// Refuses fewer than ten values, a value that is not positive, and values of which
    /// more than half are the same (the MAD is 0, and every other value would stand out).
    pub fn of(values: &[f64]) -> Result<Self, Refusal> {
        if values.iter().any(|value| !(value.is_finite() && *value > 0.0)) {
            return Err(Refusal::NotPositive);
        }
        let have = values.len() as u64;
        let too_few = Refusal::TooFew { have, need: LEAST };
        if have < LEAST {
            return Err(too_few);
        }
        let logarithms: Vec<f64> = values.iter().map(|value| value.ln()).collect();
        let middle = median(&logarithms).ok_or(too_few)?;
        let off: Vec<f64> = logarithms.iter().map(|ln| (ln - middle).abs()).collect();
        let spread = NORMAL * median(&off).ok_or(too_few)?;
        // differences in the last bits of a logarithm are not a spread
        if spread < 1e-9 {
            return Err(Refusal::NoSpread);
        }
        Ok(Self { middle, spread })
    }

    /// `(ln x - median ln) / (1.4826 MAD)`: negative is shorter than usual. `None` when the
    /// value is not positive and finite.
    pub fn z(&self, value: f64) -> Option<f64> {
        (value.is_finite() && value > 0.0)
            .then(|| (value.ln() - self.middle) / self.spread)
    }

    /// The usual value, in the unit of the input (the exponent of the median logarithm:
    /// with an even number of values the geometric mean of the two middle ones).
    pub fn usual(&self) -> f64 {
        self.middle.exp()
    }

    /// The value at this z: the line to show next to a result.
    pub fn value_at(&self, z: f64) -> f64 {
        (self.middle + z * self.spread).exp()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTES: [f64; 12] =
        [12.0, 45.0, 3.0, 7.0, 120.0, 33.0, 8.0, 15.0, 22.0, 60.0, 4.0, 240.0];

    #[test]
    fn percentiles_agree_with_numpy() {
        // numpy 2.4.6: percentile(v, [1, 10, 50, 97.5])
        for (share, expected) in [
            (0.01, 3.11),
            (0.1, 4.3),
            (0.5, 18.5),
            (0.975, 207.0),
            (0.0, 3.0),
            (1.0, 240.0),
        ] {
            let found = percentile(&MINUTES, share).unwrap();
            assert!((found - expected).abs() < 1e-9, "{share} {found}");
        }
        assert_eq!(median(&MINUTES), Some(18.5));
    }

    #[test]
    fn the_robust_z_agrees_with_scipy() {
        // scipy 1.17.1: (log(x) - median(log(v))) / (1.4826 median_abs_deviation(log(v)))
        let scale = LogScale::of(&MINUTES).unwrap();
        assert!((scale.z(3.0).unwrap() + 1.305_615_305_012).abs() < 1e-11);
        assert!((scale.z(240.0).unwrap() - 1.871_203_456_084).abs() < 1e-11);
        assert!((scale.value_at(scale.z(33.0).unwrap()) - 33.0).abs() < 1e-9);
        assert!((scale.usual() - (15.0_f64 * 22.0).sqrt()).abs() < 1e-9);
        assert_eq!(scale.z(0.0), None);
        assert_eq!(scale.z(f64::NAN), None);
    }

    #[test]
    fn half_of_the_values_the_same_gives_no_scale() {
        let mut values = vec![30.0; 8];
        values.extend([1.0, 2.0, 500.0]);
        assert_eq!(LogScale::of(&values), Err(Refusal::NoSpread));
    }

    #[test]
    fn nine_values_are_too_few_and_a_zero_is_refused() {
        let nine: Vec<f64> = (1..10).map(f64::from).collect();
        assert_eq!(LogScale::of(&nine), Err(Refusal::TooFew { have: 9, need: 10 }));
        let zero: Vec<f64> = (0..10).map(f64::from).collect();
        assert_eq!(LogScale::of(&zero), Err(Refusal::NotPositive));
    }

    #[test]
    fn no_values_have_no_percentile() {
        assert_eq!(percentile(&[], 0.5), None);
        assert_eq!(percentile(&[1.0], 1.1), None);
        assert_eq!(percentile(&[1.0, f64::NAN], 0.5), None);
        assert_eq!(percentile(&[4.0], 0.01), Some(4.0));
    }
}
