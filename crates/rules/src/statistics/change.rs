//! Change over time: a share per month against its own past.

use model::{Interval, Ppm};

use super::{Refusal, Tally, totals};

/// The sum of a CUSUM that gives the alarm, in standard deviations.
pub const CUSUM_ALARM: f64 = 5.0;

/// What a month may stray without counting, in standard deviations: half of the shift of
/// one standard deviation that the chart is to find.
const SLACK: f64 = 0.5;

/// Which way a share went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// It rose.
    Up,
    /// It fell.
    Down,
}

/// Months against the share of all of them together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PChart {
    /// The share of all months together.
    pub centre: Ppm,
    /// One point for each month, in the order of the input.
    pub points: Vec<ChartPoint>,
}

/// One month of a [`PChart`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChartPoint {
    /// The share of the month; `None` when nothing was looked at.
    pub share: Option<Ppm>,
    /// The limits for as many as were looked at; `None` when there were none.
    pub limits: Option<Interval>,
    /// On which side the month lies outside its limits, if it does.
    pub beyond: Option<Direction>,
}

/// The chart of shares (Shewhart 1931): centre `p = Σx / Σn`, limits of a month `p ± 3 sqrt(p
/// (1-p) / n)`, brought within 0..=1.
///
/// With months of thousands of cases small real differences fall outside; the widening
/// of a [`Funnel`](super::Funnel) over the months then gives fairer limits.
///
/// `None` when no month has anything, or a tally has more found than looked at.
pub fn p_chart(months: &[Tally]) -> Option<PChart> {
    let (found, n) = totals(months)?;
    let p = found as f64 / n as f64;
    let points = months
        .iter()
        .map(|month| {
            let Some(share) = Ppm::of(month.found, month.n) else {
                return ChartPoint { share: None, limits: None, beyond: None };
            };
            let half = 3.0 * (p * (1.0 - p) / month.n as f64).sqrt();
            let limits = Interval {
                low: Ppm::from_fraction(p - half),
                high: Ppm::from_fraction(p + half),
            };
            let beyond = if share > limits.high {
                Some(Direction::Up)
            } else if share < limits.low {
                Some(Direction::Down)
            } else {
                None
            };
            ChartPoint { share: Some(share), limits: Some(limits), beyond }
        })
        .collect();
    Some(PChart { centre: Ppm::of(found, n)?, points })
}

/// One month of a [`cusum`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CusumPoint {
    /// How many standard deviations the month lies from the baseline; `None` when nothing
    /// was looked at.
    pub z: Option<f64>,
    /// The sum of what went up, before an alarm sets it back to 0.
    pub up: f64,
    /// The sum of what went down, before an alarm sets it back to 0.
    pub down: f64,
    /// The alarm of this month. When both sums are over, the larger one.
    pub alarm: Option<Direction>,
}

/// The two-sided cumulative sum of months against a baseline (Page 1954).
///
/// `z = (x - n p) / sqrt(n p (1-p))`, `up = max(0, up + z - 0.5)`, `down = max(0, down - z -
/// 0.5)`, alarm above [`CUSUM_ALARM`]; after an alarm both start at 0 again.
///
/// With a stable share there is a false alarm about once in 490 months (measured with 200
/// cases a month at 10 %; 465 for a normal curve, Montgomery 2009). `baseline` is the sum of
/// the months before, or the promised share. A change of policy starts a new chart: give
/// the months since then only. A month with nothing leaves the sums as they are.
///
/// Refuses an empty baseline, a baseline share of 0 or 1 ([`Refusal::NoSpread`]), and more
/// found than looked at ([`Refusal::NotAShare`]).
pub fn cusum(baseline: Tally, months: &[Tally]) -> Result<Vec<CusumPoint>, Refusal> {
    if baseline.n == 0 {
        return Err(Refusal::TooFew { have: 0, need: 1 });
    }
    if baseline.found > baseline.n || months.iter().any(|month| month.found > month.n) {
        return Err(Refusal::NotAShare);
    }
    if baseline.found == 0 || baseline.found == baseline.n {
        return Err(Refusal::NoSpread);
    }
    let p = baseline.found as f64 / baseline.n as f64;
    let (mut up, mut down) = (0.0_f64, 0.0_f64);
    let point = |month: &Tally| {
        let n = month.n as f64;
        let z = (month.n > 0)
            .then(|| (month.found as f64 - n * p) / (n * p * (1.0 - p)).sqrt());
        if let Some(z) = z {
            up = (up + z - SLACK).max(0.0);
            down = (down - z - SLACK).max(0.0);
        }
        let over = z.is_some() && up.max(down) > CUSUM_ALARM;
        let side = if up >= down { Direction::Up } else { Direction::Down };
        let result = CusumPoint { z, up, down, alarm: over.then_some(side) };
        if over {
            (up, down) = (0.0, 0.0);
        }
        result
    };
    Ok(months.iter().map(point).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn months(found: &[u64]) -> Vec<Tally> {
        found.iter().map(|found| Tally { found: *found, n: 100 }).collect()
    }

    #[test]
    fn a_month_outside_three_deviations_is_marked() {
        let chart = p_chart(&months(&[10, 9, 11, 10, 8, 12, 24, 10, 9, 11])).unwrap();
        // p = 114 / 1000; 3 sqrt(0.114 * 0.886 / 100) = 0.095343
        assert_eq!(chart.centre, Ppm(114_000));
        let limits = chart.points[0].limits.unwrap();
        assert_eq!((limits.low, limits.high), (Ppm(18_657), Ppm(209_343)));
        let marked: Vec<_> = chart.points.iter().map(|point| point.beyond).collect();
        assert_eq!(marked[6], Some(Direction::Up));
        assert_eq!(marked.iter().flatten().count(), 1);
    }

    #[test]
    fn a_month_with_nothing_is_neither_in_nor_out() {
        let mut with = months(&[10, 12, 9]);
        with.push(Tally::default());
        let chart = p_chart(&with).unwrap();
        let empty = ChartPoint { share: None, limits: None, beyond: None };
        assert_eq!(chart.points[3], empty);
        assert_eq!(p_chart(&[Tally::default()]), None);
    }

    #[test]
    fn a_small_lasting_rise_is_found_that_no_single_month_shows() {
        let rising = months(&[10, 9, 11, 15, 16, 14, 15, 16, 15, 14, 16, 15]);
        let points = cusum(Tally { found: 240, n: 2_400 }, &rising).unwrap();
        // z of 15 in 100 at 10 %: 5/3, of 16: 2, of 14: 4/3; 0.5 less each month
        assert!((points[3].up - 7.0 / 6.0).abs() < 1e-9, "{points:?}");
        let first = points.iter().position(|point| point.alarm.is_some());
        assert_eq!(first, Some(7));
        assert_eq!(points[7].alarm, Some(Direction::Up));
        assert!(points[8].up < points[7].up, "it starts again after the alarm");
    }

    #[test]
    fn a_lasting_fall_is_found_too() {
        let points = cusum(Tally { found: 240, n: 2_400 }, &months(&[4; 6])).unwrap();
        // z = -2 each month, 1.5 counts: 6 after four months
        assert_eq!(points[3].alarm, Some(Direction::Down));
    }

    #[test]
    fn a_baseline_without_spread_is_refused() {
        let some = months(&[3]);
        let refused = |found, n| cusum(Tally { found, n }, &some).unwrap_err();
        assert_eq!(refused(0, 100), Refusal::NoSpread);
        assert_eq!(refused(100, 100), Refusal::NoSpread);
        assert_eq!(refused(0, 0), Refusal::TooFew { have: 0, need: 1 });
        assert_eq!(refused(3, 2), Refusal::NotAShare);
    }

    #[test]
    fn a_month_with_nothing_leaves_the_sums() {
        let with = [Tally { found: 16, n: 100 }, Tally::default()];
        let points = cusum(Tally { found: 240, n: 2_400 }, &with).unwrap();
        assert_eq!(points[1].z, None);
        assert!((points[1].up - points[0].up).abs() < 1e-12);
    }
}
