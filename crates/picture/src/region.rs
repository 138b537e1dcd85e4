//! The figures of a region: how freeboards of one process lie among organisations of one
//! size. A figure holds no name, and there is none where few organisations stand behind it.

use crate::freeboard::Ends;
use crate::weighing::Weighing;
use assessment::consistency::Size;
use model::{Date, Process};
use std::collections::BTreeMap;

/// What one organisation brings; its name is not asked.
#[derive(Clone, Copy, Debug)]
pub struct Member<'a> {
    /// How large it is.
    pub size: Size,
    /// Its processes.
    pub weighings: &'a [Weighing],
}

/// Which organisations and which process a figure is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell {
    /// The size of the organisations.
    pub size: Size,
    /// The process.
    pub process: Process,
}

/// How the middles of the freeboards of one cell lie, in tenths of a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spread {
    /// How many organisations stand behind it.
    pub organisations: u32,
    /// A quarter of them lies at this or below.
    pub lower: i64,
    /// The median.
    pub median: i64,
    /// A quarter of them lies at this or above.
    pub upper: i64,
}

/// The figures of a region.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// The name of the region.
    pub name: String,
    /// The day for which the figures hold.
    pub as_of: Date,
    /// The version of the method with which all were weighed.
    pub method: u32,
    /// The least number of organisations behind each figure.
    pub least_organisations: u32,
    /// The figures.
    pub figures: BTreeMap<Cell, Spread>,
}

/// How a freeboard lies to the middle half of others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Below the lower quartile.
    Lower,
    /// Between the quartiles, or on one of them.
    Within,
    /// Above the upper quartile.
    Higher,
}

/// How a process lies to those of organisations of its size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Compared {
    /// The figure it is compared with.
    pub spread: Spread,
    /// Where the middle of the freeboard lies.
    pub standing: Standing,
    /// Whether both ends of the freeboard lie there too. Where they do not, answers that are
    /// not known may yet place it elsewhere.
    pub sure: bool,
}

/// Makes the figures of many organisations.
///
/// An organisation counts for a process where enough is known of it to give it a class: the
/// middle of a wide interval says nothing. A process that it brings twice counts once, the
/// last. Where fewer than `least` organisations stand behind a figure there is none.
pub fn figures(members: &[Member<'_>], least: u32) -> BTreeMap<Cell, Spread> {
    let mut middles: BTreeMap<Cell, Vec<i64>> = BTreeMap::new();
    for member in members {
        let each = member.weighings.iter().filter_map(|weighing| {
            let found = weighing.freeboard.as_ref().filter(|f| f.classes.is_some())?;
            let cell = Cell { size: member.size, process: weighing.process };
            Some((cell, found.freeboard.middle()))
        });
        let once: BTreeMap<Cell, i64> = each.collect();
        for (cell, middle) in once {
            middles.entry(cell).or_default().push(middle);
        }
    }
    let spreads = middles.into_iter().filter_map(|(cell, mut middles)| {
        middles.sort_unstable();
        let organisations = u32::try_from(middles.len()).unwrap_or(u32::MAX);
        let enough = organisations >= least;
        let spread = Spread {
            organisations,
            lower: quantile(&middles, 1)?,
            median: quantile(&middles, 2)?,
            upper: quantile(&middles, 3)?,
        };
        enough.then_some((cell, spread))
    });
    spreads.collect()
}

/// Compares a freeboard with the figure for its size and process.
pub fn compare(own: Ends, spread: Spread) -> Compared {
    let place = |figure: i64| {
        if figure < spread.lower {
            Standing::Lower
        } else if figure > spread.upper {
            Standing::Higher
        } else {
            Standing::Within
        }
    };
    let standing = place(own.middle());
    let sure = place(own.low) == standing && place(own.high) == standing;
    Compared { spread, standing, sure }
}

/// A quartile of sorted figures, between two of them in proportion and rounded half up
/// (Hyndman and Fan, *Sample Quantiles in Statistical Packages*, 1996, definition 7).
fn quantile(sorted: &[i64], quarters: usize) -> Option<i64> {
    let reach = sorted.len().checked_sub(1)?.checked_mul(quarters)?;
    let low = *sorted.get(reach / 4)?;
    let part = i64::try_from(reach % 4).ok()?;
    let high = sorted.get(reach / 4 + 1).copied().unwrap_or(low);
    Some(low + ((high - low) * part * 2 + 4).div_euclid(8))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quartiles_are_those_of_other_programs() {
        // R: quantile(c(...), type = 7)
        let all = |figures: &[i64]| [1, 2, 3].map(|q| quantile(figures, q).unwrap());
        assert_eq!(all(&[10, 20, 30, 40, 50]), [20, 30, 40]);
        assert_eq!(all(&[10, 20, 30, 40, 50, 60]), [23, 35, 48]);
        assert_eq!(all(&[-100, -50, 0, 70, 90, 200, 310]), [-25, 70, 145]);
        assert_eq!(all(&[7]), [7, 7, 7]);
        assert_eq!(quantile(&[], 2), None);
    }
}
