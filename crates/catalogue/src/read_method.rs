//! Reads the numbers of the method: from data to a range, and from levels to a freeboard.

use crate::fault::Faults;
use crate::items::{FreeboardNumbers, Method, ShownRange};
use crate::load::Loader;
use crate::tree::{Node, Reader, Tree};
use std::ops::RangeInclusive;

const FILE: &str = "method.toml";

/// Fewer answers in a group would point at people.
const LEAST_GROUP: i64 = 3;
/// Fewer organisations would point at one of them.
const LEAST_ORGANISATIONS: i64 = 5;

/// `method.toml`.
pub(crate) fn method(loader: &Loader<'_>, faults: &mut Faults) -> Option<Method> {
    let tree = loader.tree(FILE, faults)?;
    let mut reader = Reader::new(FILE, &tree, faults);
    let [shown, freeboard] = ["shown", "freeboard"].map(|key| {
        let part = reader.tree(key);
        if part.is_none() {
            reader.fault(key, format!("`[{key}]` is missing"), "see content/README.md");
        }
        part
    });
    let freeboard = freeboard.map(|tree| freeboard_numbers(tree, reader.faults()));
    let method =
        shown.zip(freeboard).map(|(tree, numbers)| read(tree, numbers, reader.faults()));
    reader.done();
    method
}

fn read(shown: &Tree, freeboard: FreeboardNumbers, faults: &mut Faults) -> Method {
    let mut inner = Reader::new(FILE, shown, faults);
    let version = inner.int("version");
    let least_subjects = inner.int("least_subjects");
    let least_coverage = inner.int("least_coverage_percent");
    let [control_ranges, circumstance_ranges] = ["control_range", "circumstance_range"]
        .map(|key| {
            let tables: Vec<&Tree> = inner.tables(key);
            let ranges: Vec<ShownRange> = tables
                .into_iter()
                .map(|tree| shown_range(tree, inner.faults()))
                .collect();
            let open =
                |r: &ShownRange| r.lower_at_least.is_none() && r.upper_below.is_none();
            if !ranges.last().is_some_and(open) {
                inner.fault(
                    key,
                    format!("the last `[[shown.{key}]]` must fit everything"),
                    "",
                );
            }
            ranges
        });
    inner.done();
    Method {
        version: u32::try_from(version).unwrap_or(0),
        freeboard,
        least_subjects: u64::try_from(least_subjects).unwrap_or(0),
        least_coverage_percent: u32::try_from(least_coverage).unwrap_or(0),
        control_ranges,
        circumstance_ranges,
    }
}

/// One range; shares are written in tenths of a percent.
fn shown_range(tree: &Tree, faults: &mut Faults) -> ShownRange {
    let mut reader = Reader::new(FILE, tree, faults);
    let mut share = |key: &'static str| {
        let tenths = reader.int_opt(key)?;
        if !(0..=1000).contains(&tenths) {
            reader.fault(
                key,
                format!("`{key}` must lie between 0 and 1000"),
                "tenths of a percent",
            );
        }
        u32::try_from(tenths).ok().map(|tenths| tenths.saturating_mul(1000))
    };
    let lower_at_least = share("lower_at_least");
    let upper_below = share("upper_below");
    let level = |number: i64| u8::try_from(number.clamp(0, 3)).unwrap_or(0);
    let low = level(reader.int("low"));
    let high = level(reader.int("high"));
    if low > high {
        reader.fault("low", "`low` is greater than `high`", "");
    }
    reader.done();
    ShownRange { lower_at_least, upper_below, low, high }
}

/// `[freeboard]`; heights are written in tenths of a point.
fn freeboard_numbers(tree: &Tree, faults: &mut Faults) -> FreeboardNumbers {
    let mut reader = Reader::new(FILE, tree, faults);
    let numbers = FreeboardNumbers {
        cap_absent: height(&mut reader, "cap_absent", 0..=1000),
        cap_on_paper: height(&mut reader, "cap_on_paper", 0..=1000),
        red_below: height(&mut reader, "red_below", -1000..=1000),
        orange_below: height(&mut reader, "orange_below", -1000..=1000),
        green_to: height(&mut reader, "green_to", -1000..=1000),
        unknown_percent: whole(&mut reader, "unknown_percent", 0..=100, "percent"),
        target: height(&mut reader, "target", -1000..=1000),
        least_group: whole(
            &mut reader,
            "least_group",
            LEAST_GROUP..=i64::from(u32::MAX),
            "fewer would point at people",
        ),
        least_organisations: whole(
            &mut reader,
            "least_organisations",
            LEAST_ORGANISATIONS..=i64::from(u32::MAX),
            "fewer would point at one of them",
        ),
    };
    for (lower, low, higher, high) in [
        ("cap_absent", numbers.cap_absent, "cap_on_paper", numbers.cap_on_paper),
        ("red_below", numbers.red_below, "orange_below", numbers.orange_below),
        ("orange_below", numbers.orange_below, "green_to", numbers.green_to),
    ] {
        if low > high {
            reader.fault(higher, format!("`{higher}` is less than `{lower}`"), "");
        }
    }
    reader.done();
    numbers
}

fn height(
    reader: &mut Reader<'_, '_>,
    key: &'static str,
    allowed: RangeInclusive<i64>,
) -> i64 {
    within(reader, key, allowed, "tenths of a point")
}

/// A number that is not negative and fits its type, because `allowed` does.
fn whole<T: TryFrom<i64> + Default>(
    reader: &mut Reader<'_, '_>,
    key: &'static str,
    allowed: RangeInclusive<i64>,
    hint: &str,
) -> T {
    T::try_from(within(reader, key, allowed, hint)).unwrap_or_default()
}

fn within(
    reader: &mut Reader<'_, '_>,
    key: &'static str,
    allowed: RangeInclusive<i64>,
    hint: &str,
) -> i64 {
    let number = reader.int(key);
    let given =
        matches!(reader.tree(key), Some(tree) if matches!(tree.node, Node::Int(_)));
    if given && !allowed.contains(&number) {
        let (low, high) = (allowed.start(), allowed.end());
        let sentence = if *high == i64::from(u32::MAX) {
            format!("`{key}` must be at least {low}")
        } else {
            format!("`{key}` must lie between {low} and {high}")
        };
        reader.fault(key, sentence, hint);
    }
    number
}
