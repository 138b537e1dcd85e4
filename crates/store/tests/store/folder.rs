//! The data folder: what is there, what is the latest, what is damaged, and that nothing is left behind.

use super::helper::*;
use std::collections::BTreeSet;
use std::fs;
use store::{BuildOptions, Store, StoreError, WriteError};

#[test]
fn reading_the_same_files_again_gives_the_same_snapshot_and_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let rows = [row("A", "aanvraag", 0, "Els"), row("A", "besluit", 1, "Jan")];
    let first = build_with(dir.path(), BuildOptions::new("permits"), &[&rows]).unwrap();
    let before = snapshot_files(dir.path());
    let again = build_with(dir.path(), BuildOptions::new("permits"), &[&rows]).unwrap();
    assert!(!first.existed);
    assert!(again.existed);
    assert_eq!(first.manifest, again.manifest);
    assert_eq!(before, snapshot_files(dir.path()));
    assert!(first.manifest.name.starts_with("permits-"));
    assert_eq!(first.manifest.name.len(), "permits-".len() + 10);
}

#[test]
fn the_latest_of_a_process_is_the_one_read_last() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    assert_eq!(store.latest("permits").unwrap(), None);
    assert!(store.list().unwrap().is_empty());
    let one = [row("A", "aanvraag", 0, "Els")];
    let two = [row("B", "aanvraag", 0, "Els")];
    let (first, second) = (build(dir.path(), &one).name, build(dir.path(), &two).name);
    assert_ne!(first, second);
    assert_eq!(store.latest("permits").unwrap(), Some(second.clone()));
    build(dir.path(), &one);
    assert_eq!(store.latest("permits").unwrap(), Some(first.clone()));
    assert_eq!(store.names().unwrap(), [second, first]);
    assert_eq!(store.latest("payments").unwrap(), None);
    let unknown = store.snapshot("permits-0000000000").unwrap_err();
    assert!(matches!(unknown, StoreError::NoSnapshot { .. }), "{unknown}");
}

#[test]
fn nothing_is_left_behind_after_a_refusal_or_a_change_of_mind() {
    let dir = tempfile::tempdir().unwrap();
    let empty = build_with(dir.path(), BuildOptions::new("permits"), &[&[]]);
    assert!(matches!(empty, Err(WriteError::Empty { dropped: 0 })));
    let mut dropped = Store::open(dir.path()).unwrap().build(small(2, 10)).unwrap();
    dropped.start_file(file("log.csv")).unwrap();
    feed(&mut dropped, &many_rows());
    drop(dropped);
    let left: Vec<String> = all_files(dir.path()).into_keys().collect();
    assert_eq!(left, [".lock", "pseudonym.key"]);
    let odd = build_with(dir.path(), BuildOptions::new("../permits"), &[]);
    assert!(matches!(odd, Err(WriteError::ProcessName { .. })));
}

#[test]
fn what_a_killed_run_left_behind_is_tidied_up_by_the_next() {
    let dir = tempfile::tempdir().unwrap();
    let left = dir.path().join(".building-abc");
    fs::create_dir_all(&left).unwrap();
    fs::write(left.join("run-0"), b"codes").unwrap();
    build(dir.path(), &[row("A", "stap", 0, "Els")]);
    assert!(!left.exists());
}

#[test]
fn two_runs_do_not_write_into_one_folder_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let first = store.build(BuildOptions::new("permits")).unwrap();
    let second = store.build(BuildOptions::new("permits"));
    assert!(matches!(second, Err(WriteError::Busy { .. })));
    drop(first);
    assert!(store.build(BuildOptions::new("permits")).is_ok());
}

#[test]
fn every_damaged_byte_of_the_columns_is_either_harmless_or_found() {
    let dir = tempfile::tempdir().unwrap();
    let manifest =
        build_with(dir.path(), small(10_000, 1_000), &[&many_rows()]).unwrap().manifest;
    let folder = dir.path().join("snapshots").join(&manifest.name);
    let expected = reopened(dir.path(), &manifest.name);
    let store = Store::open(dir.path()).unwrap();
    let all: BTreeSet<String> = manifest.columns.keys().cloned().collect();
    let mut found = 0;
    for name in ["events.parquet", "dictionaries.parquet"] {
        let path = folder.join(name);
        let good = fs::read(&path).unwrap();
        let step = (good.len() / 60).max(1);
        for at in (0..good.len()).step_by(step) {
            let mut bad = good.clone();
            bad[at] ^= 0x10;
            fs::write(&path, &bad).unwrap();
            let read = store.snapshot(&manifest.name).and_then(|snapshot| {
                let batches: Result<Vec<_>, _> = snapshot.scan(&all, 500).collect();
                batches.map(|_| snapshot)
            });
            match read {
                Ok(snapshot) => {
                    assert_eq!(told(&snapshot, 500), expected, "{name} byte {at}");
                }
                Err(error) => {
                    found += 1;
                    assert!(matches!(error, StoreError::Damaged { .. }), "{error}");
                }
            }
        }
        fs::write(&path, &good[..good.len() - 1]).unwrap();
        let cut = store.snapshot(&manifest.name).unwrap_err().to_string();
        assert!(cut.contains("is damaged"), "{cut}");
        fs::write(&path, &good).unwrap();
    }
    assert!(found > 60, "only {found} of the damages were found");
}

#[test]
fn results_are_added_and_never_overwritten() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path().join("new")).unwrap();
    assert!(store.runs().unwrap().is_empty());
    store.keep_run("2026-11-23-permits", &vec![1, 2]).unwrap();
    let again = store.keep_run("2026-11-23-permits", &vec![3]).unwrap_err().to_string();
    assert!(again.contains("never overwritten"), "{again}");
    assert!(store.keep_run("../x", &1).is_err());
    assert_eq!(store.read_run::<Vec<i32>>("2026-11-23-permits").unwrap(), [1, 2]);
    assert_eq!(store.runs().unwrap(), ["2026-11-23-permits"]);
    let path = dir.path().join("x.json");
    store::write_json_atomic(&path, "een").unwrap();
    store::write_json_atomic(&path, "twee").unwrap();
    assert_eq!(store::read_json::<String>(&path).unwrap(), "twee");
    assert!(store::read_json::<u8>(&path).is_err());
}
