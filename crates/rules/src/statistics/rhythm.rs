//! How evenly events are spread over the week: the entropy of weekday and block of four
//! hours, between 0 (always the same block) and 1 (every block equally often).

/// Seven days of six blocks of four hours.
pub const CELLS: usize = 42;

/// The entropy of the counts as a share of that of a week in which every block is as full.
///
/// At most 1; without events 0. With the correction of Miller and Madow for small numbers
/// (`(m - 1) / 2n`, m the cells that occur). The correction matters: fifty visits spread evenly over the 42 blocks would without it
/// seem a good deal more regular than they are.
pub fn spread_over_cells(counts: &[u64; CELLS]) -> f64 {
    let n: u64 = counts.iter().sum();
    if n == 0 {
        return 0.0;
    }
    let n = n as f64;
    let filled = counts.iter().filter(|count| **count > 0);
    let entropy: f64 = filled
        .clone()
        .map(|count| {
            let share = *count as f64 / n;
            -share * share.ln()
        })
        .sum();
    let cells = filled.count() as f64;
    let corrected = entropy + (cells - 1.0) / (2.0 * n);
    super::six_digits((corrected / (CELLS as f64).ln()).min(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_block_is_no_spread_and_all_blocks_are_all_of_it() {
        let mut one = [0; CELLS];
        one[7] = 60;
        assert!(spread_over_cells(&one).abs() < 1e-9);
        let even = spread_over_cells(&[100; CELLS]);
        assert!((even - 1.0).abs() < 0.01, "{even}");
        assert!(spread_over_cells(&[0; CELLS]).abs() < 1e-9);
    }

    #[test]
    fn office_hours_alone_are_not_predictable() {
        // five days, three blocks each
        let mut counts = [0; CELLS];
        for day in 0..5 {
            for block in 2..5 {
                counts[day * 6 + block] = 20;
            }
        }
        let spread = spread_over_cells(&counts);
        assert!((0.70..0.75).contains(&spread), "{spread}");
        // two days, two blocks each
        let mut counts = [0; CELLS];
        for cell in [8, 9, 20, 21] {
            counts[cell] = 20;
        }
        assert!(spread_over_cells(&counts) < 0.4);
    }

    proptest! {
        #[test]
        fn it_lies_between_nothing_and_everything(
            counts in prop::array::uniform32(0..500_u64),
        ) {
            let mut all = [0; CELLS];
            all[..32].copy_from_slice(&counts);
            let spread = spread_over_cells(&all);
            prop_assert!((0.0..=1.0).contains(&spread));
            all.reverse();
            prop_assert!((spread - spread_over_cells(&all)).abs() < 1e-9);
        }
    }
}
