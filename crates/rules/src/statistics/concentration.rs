//! How much of the work of a stratum rests on few people.

use model::Ppm;

/// The concentration of the cases of a stratum over its handlers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Concentration {
    /// The cases of the stratum.
    pub cases: u64,
    /// How many handlers have at least one case.
    pub handlers: usize,
    /// The Herfindahl-Hirschman index `Σ s_i²` of the shares of the handlers.
    pub hhi: Ppm,
    /// What the index would be on average if cases fell to the staff at random.
    pub expected: Ppm,
    /// The share of the busiest handler.
    pub largest: Ppm,
}

impl Concentration {
    /// How many times the expected index the found one is, in thousandths (1,500 is one
    /// and a half times).
    pub fn factor(&self) -> u64 {
        let expected = u64::from(self.expected.0.max(1));
        (u64::from(self.hhi.0) * 2_000 + expected) / (2 * expected)
    }
}

/// The Herfindahl-Hirschman index of counts: `Σ (x_i / N)²` (Hirschman 1964), in parts per
/// million: 1 when one has all, 1/k when k have the same. `None` when all counts are 0.
pub fn hhi(counts: &[u64]) -> Option<Ppm> {
    sum_of_squares(counts).map(Ppm::from_fraction)
}

/// The concentration of a stratum, next to what its staffing leads one to expect.
///
/// `counts` has the cases of each handler, `staffing` the weight of each member of staff
/// that could have handled them (hours, days of service; in any one unit). With staffing
/// shares `e_i` and `N` cases that fall independently, the index is on average `Σ e_i² + (1 -
/// Σ e_i²) / N` (the second moment of the multinomial distribution). Where staffing is empty
/// or all zero, the handlers that have cases are taken as equally staffed.
///
/// `None` when there are no cases. One handler alone gives 1 and 1: a circumstance, not a
/// finding.
pub fn concentration(counts: &[u64], staffing: &[u64]) -> Option<Concentration> {
    let observed = sum_of_squares(counts)?;
    let cases = counts.iter().sum::<u64>();
    let handlers = counts.iter().filter(|count| **count > 0).count();
    let even =
        sum_of_squares(staffing).unwrap_or_else(|| (handlers.max(1) as f64).recip());
    Some(Concentration {
        cases,
        handlers,
        hhi: Ppm::from_fraction(observed),
        expected: Ppm::from_fraction(even + (1.0 - even) / cases as f64),
        largest: Ppm::of(counts.iter().copied().max()?, cases)?,
    })
}

/// The sum of the squared shares; `None` when the total is 0 or cannot be counted.
fn sum_of_squares(counts: &[u64]) -> Option<f64> {
    let total = counts.iter().try_fold(0_u64, |sum, count| sum.checked_add(*count))?;
    (total > 0).then(|| {
        counts.iter().map(|count| (*count as f64 / total as f64).powi(2)).sum::<f64>()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_handler_with_all_cases_is_fully_concentrated_and_expected_to_be() {
        let all = concentration(&[40], &[]).unwrap();
        assert_eq!((all.hhi, all.expected, all.largest), (Ppm::ONE, Ppm::ONE, Ppm::ONE));
        assert_eq!(all.factor(), 1_000);
    }

    #[test]
    fn four_equal_handlers_give_a_quarter() {
        assert_eq!(hhi(&[25, 25, 25, 25]), Some(Ppm(250_000)));
    }

    #[test]
    fn the_expected_index_follows_the_staffing() {
        // shares 0.5, 0.3, 0.2: 0.38 + 0.62 / 100 = 0.3862
        let found = concentration(&[90, 6, 4], &[50, 30, 20]).unwrap();
        assert_eq!(found.expected, Ppm(386_200));
        assert_eq!(found.hhi, Ppm(815_200)); // 0.81 + 0.0036 + 0.0016
        assert_eq!(found.largest, Ppm(900_000));
        assert_eq!(found.factor(), 2_111);
    }

    #[test]
    fn staff_without_a_case_lower_what_is_expected() {
        let with = concentration(&[50, 50, 0, 0], &[1, 1, 1, 1]).unwrap();
        let without = concentration(&[50, 50], &[]).unwrap();
        assert!(with.expected < without.expected);
        assert_eq!(with.handlers, 2);
    }

    #[test]
    fn no_cases_have_no_concentration() {
        assert_eq!(hhi(&[]), None);
        assert_eq!(hhi(&[0, 0]), None);
        assert_eq!(concentration(&[], &[3, 4]), None);
    }
}
