//! What goes in comes out, whole cases in order, whatever the memory.

use super::helper::*;
use model::{Moment, NoteKind};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use store::Store;

#[test]
fn cases_come_back_whole_sorted_by_time_with_equal_times_in_file_order() {
    let dir = tempfile::tempdir().unwrap();
    let mut untimed = row("B", "stuk", 0, "");
    untimed.time = None;
    let rows = [
        row("B", "besluit", 5, "Jan"),
        untimed,
        row("A", "aanvraag", 0, "Els"),
        row("B", "aanvraag", 1, ""),
        row("B", "advies", 1, "Els"),
    ];
    let manifest = build(dir.path(), &rows);
    let cases = reopened(dir.path(), &manifest.name);
    let short: Vec<(&str, Vec<&str>)> = cases
        .iter()
        .map(|(case, lines)| {
            (case.as_str(), lines.iter().map(|l| l.split('|').next().unwrap()).collect())
        })
        .collect();
    assert_eq!(
        short,
        [("B", vec!["aanvraag", "advies", "besluit", "stuk"]), ("A", vec!["aanvraag"]),]
    );
    assert!(cases[0].1[3].starts_with("stuk|-|-|3"), "{:?}", cases[0].1);
    assert_eq!(manifest.events, 5);
    assert_eq!(manifest.cases, 2);
    assert_eq!(manifest.handlers, 2);
    assert_eq!(manifest.first, Some(MONDAY));
    assert_eq!(manifest.last, Some(MONDAY + 5 * HOUR));
    assert_eq!(manifest.notes_of(NoteKind::MissingTime), 1);
    assert_eq!(manifest.notes_of(NoteKind::MissingWho), 2);
    assert_eq!(manifest.notes_of(NoteKind::TimeBackwards), 1);
}

#[test]
fn written_away_in_between_or_not_the_snapshot_is_the_same_to_the_byte() {
    let whole = tempfile::tempdir().unwrap();
    let rows = many_rows();
    let expected = build_with(whole.path(), small(1_000_000, 400), &[&rows]).unwrap();
    for budget in [1, 7, 250, 1_499, 2_999, 3_000] {
        let parts = tempfile::tempdir().unwrap();
        share_key(whole.path(), parts.path());
        let built = build_with(parts.path(), small(budget, 400), &[&rows]).unwrap();
        assert_eq!(built.manifest, expected.manifest, "{budget} rows in memory");
        assert_eq!(snapshot_files(whole.path()), snapshot_files(parts.path()));
    }
}

#[test]
fn the_size_of_row_groups_and_batches_changes_nothing_but_the_shape() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let rows = many_rows();
    let large =
        build_with(one.path(), small(10_000, 1_000_000), &[&rows]).unwrap().manifest;
    share_key(one.path(), two.path());
    let little = build_with(two.path(), small(10_000, 100), &[&rows]).unwrap().manifest;
    assert_eq!(large.name, little.name);
    assert_eq!(large.parts.blocks.len(), 1);
    assert!(little.parts.blocks.len() > 20);
    let snapshot = Store::open(two.path()).unwrap().snapshot(&little.name).unwrap();
    let expected = reopened(one.path(), &large.name);
    for batch_rows in [1, 13, 50, 1_000] {
        assert_eq!(told(&snapshot, batch_rows), expected);
        let most = snapshot.scan(&BTreeSet::new(), batch_rows).map(|b| b.unwrap().len());
        assert!(most.max().unwrap() <= batch_rows.max(15));
    }
}

#[test]
fn runs_longer_than_is_read_at_once_give_the_same_bytes_too() {
    let rows: Vec<Row> = (0..170_000_i64)
        .map(|n| {
            // few long cases and many short ones, with equal times
            let case = if n % 3 == 0 { n % 2 } else { n * 7_919 % 20_011 };
            let row = row(&format!("Z{case}"), "stap", n * 31 % 50, "Els");
            if n % 4 == 0 { with(row, "bedrag", Cell::Int(n * n)) } else { row }
        })
        .collect();
    let (whole, parts) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let one = build_with(whole.path(), small(1_000_000, 50_000), &[&rows]).unwrap();
    share_key(whole.path(), parts.path());
    let two = build_with(parts.path(), small(75_000, 50_000), &[&rows]).unwrap();
    assert_eq!(one.manifest, two.manifest);
    assert_eq!(snapshot_files(whole.path()), snapshot_files(parts.path()));
    let told = reopened(parts.path(), &two.manifest.name);
    assert_eq!(told.iter().map(|(_, lines)| lines.len()).sum::<usize>(), rows.len());
    // within a case times ascend and equal times keep the order of the lines
    for (case, lines) in told {
        let keys: Vec<(i64, i64)> = lines
            .iter()
            .map(|line| {
                let mut parts = line.split('|').skip(1);
                let time = parts.next().unwrap().parse().unwrap();
                (time, parts.nth(1).unwrap().parse().unwrap())
            })
            .collect();
        assert!(keys.is_sorted(), "case {case}");
    }
}

/// For each case its activities and times.
type Cases = BTreeMap<String, Vec<(String, Option<i64>)>>;

/// What must come back, told by sorting plainly.
fn plainly(rows: &[Row]) -> Cases {
    let mut cases = Cases::new();
    for row in rows {
        cases
            .entry(row.case.clone().unwrap())
            .or_default()
            .push((row.activity.clone().unwrap(), row.time.map(|t| t.micros)));
    }
    for events in cases.values_mut() {
        events.sort_by_key(|(_, time)| (time.is_none(), *time));
    }
    cases
}

fn short(told: Vec<(String, Vec<String>)>) -> Cases {
    let event = |line: &String| {
        let mut parts = line.split('|');
        let activity = parts.next().unwrap().to_owned();
        (activity, parts.next().unwrap().parse().ok())
    };
    told.into_iter()
        .map(|(case, lines)| (case, lines.iter().map(event).collect()))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn what_goes_in_comes_out_sorted(
        given in proptest::collection::vec((0..6_u8, 0..4_u8, proptest::option::of(0..9_i64)), 1..120),
        budget in 1..150_usize,
        group in 1..60_usize,
    ) {
        let rows: Vec<Row> = given
            .iter()
            .map(|(case, activity, hours)| {
                let mut row = row(&format!("Z{case}"), &format!("stap {activity}"), 0, "Els");
                row.time = hours.map(|hours| Moment::at(MONDAY + hours * HOUR));
                row
            })
            .collect();
        let dir = tempfile::tempdir().unwrap();
        let built = build_with(dir.path(), small(budget, group), &[&rows]).unwrap();
        prop_assert_eq!(short(reopened(dir.path(), &built.manifest.name)), plainly(&rows));
    }

    #[test]
    fn the_order_of_the_rows_does_not_matter_when_no_times_are_equal(
        order in Just((0..60_i64).collect::<Vec<_>>()).prop_shuffle(),
        budget in 1..80_usize,
    ) {
        let make = |n: i64| {
            let who = format!("Persoon {}", n % 3);
            let row = row(&format!("Z{}", n % 7), &format!("stap {}", n % 5), n, &who);
            with(row, "soort", text(&format!("s{}", n % 4)))
        };
        // lines differ, so they are left out of what is compared
        let without_lines = |dir: &Path, name: &str| -> BTreeMap<String, Vec<String>> {
            let strip = |line: &String| {
                let parts: Vec<&str> = line.split('|').collect();
                format!("{}|{}|{}|{}", parts[0], parts[1], parts[2], parts[4])
            };
            reopened(dir, name)
                .into_iter()
                .map(|(case, lines)| (case, lines.iter().map(strip).collect()))
                .collect()
        };
        let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let straight: Vec<Row> = (0..60).map(make).collect();
        let shuffled: Vec<Row> = order.into_iter().map(make).collect();
        let first = build_with(one.path(), small(1_000, 20), &[&straight]).unwrap().manifest;
        share_key(one.path(), two.path());
        let second = build_with(two.path(), small(budget, 20), &[&shuffled]).unwrap().manifest;
        prop_assert_eq!(
            without_lines(one.path(), &first.name),
            without_lines(two.path(), &second.name)
        );
    }
}
