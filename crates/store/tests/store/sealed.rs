//! Names for whom the other half of a key is elsewhere.

use super::helper::*;
use std::fs;
use store::{NameKey, SealError, Store};

/// Reads a log of four people; gives the name of the snapshot and the pseudonym of the first.
fn read(store: &Store) -> (String, String) {
    let mut builder = store.build(small(1_000, 1_000)).unwrap();
    builder.start_file(file("log.csv")).unwrap();
    let people = ["Geheim-Een", "Geheim-Twee", "Geheim-Drie", "Geheim-Vier"];
    let rows: Vec<Row> = (0..40)
        .map(|n| {
            let row = row(&format!("Z{n:02}"), "besluit", 0, people[n % 4]);
            with(row, "controleur", text(people[(n + 1) % 4]))
        })
        .collect();
    feed(&mut builder, &rows);
    let name = builder.finish(&everyone).unwrap().manifest.name;
    let snapshot = store.snapshot(&name).unwrap();
    let first = snapshot.dictionaries().who.iter().next().unwrap().1.to_owned();
    (name, first)
}

#[test]
fn without_a_key_no_name_is_kept() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let (snapshot, pseudonym) = read(&store);
    assert!(!store.has_sealed_names(&snapshot) && store.names_key().unwrap().is_none());
    let refused = store.unseal(&snapshot, &pseudonym, &NameKey::make().secret);
    assert!(matches!(refused, Err(SealError::NotSealed { .. })), "{refused:?}");
}

#[test]
fn only_the_other_half_of_the_key_opens_names() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let key = NameKey::make();
    store.seal_names_for(&key.recipient).unwrap();
    assert_eq!(store.names_key().unwrap().as_deref(), Some(key.recipient.as_str()));
    let (snapshot, pseudonym) = read(&store);
    assert!(store.has_sealed_names(&snapshot));
    for (name, bytes) in all_files(dir.path()) {
        let holds = bytes.windows(6).any(|part| part == b"Geheim");
        assert!(!holds, "{name} holds a name");
        let secret = key.secret.as_bytes();
        assert!(!bytes.windows(secret.len()).any(|part| part == secret), "{name}");
    }
    let text = format!("# made on a Monday\n{}\n", key.secret);
    let found = store.unseal(&snapshot, &pseudonym, &text).unwrap();
    assert_eq!(found.as_deref(), Some("Geheim-Een"));
    assert_eq!(store.unseal(&snapshot, "p-0000000000000000", &text).unwrap(), None);
    let other = store.unseal(&snapshot, &pseudonym, &NameKey::make().secret);
    assert!(matches!(other, Err(SealError::Closed { .. })), "{other:?}");
    let none = store.unseal(&snapshot, &pseudonym, "geheim");
    assert!(matches!(none, Err(SealError::Identity)), "{none:?}");
    // a list that was touched does not open
    let path = dir.path().join("sealed").join(format!("{snapshot}.age"));
    let mut bytes = fs::read(&path).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    fs::write(&path, bytes).unwrap();
    let touched = store.unseal(&snapshot, &pseudonym, &text);
    assert!(matches!(touched, Err(SealError::Closed { .. })), "{touched:?}");
}

#[test]
fn a_key_that_is_none_stops_the_reading_before_anything_is_kept() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let refused = store.seal_names_for("age1nonsense");
    assert!(matches!(refused, Err(SealError::Recipient(_))), "{refused:?}");
    fs::write(dir.path().join("names.recipient"), "age1nonsense\n").unwrap();
    let mut builder = store.build(small(1_000, 1_000)).unwrap();
    builder.start_file(file("log.csv")).unwrap();
    feed(&mut builder, &[row("Z1", "besluit", 0, "jan")]);
    let refused = builder.finish(&everyone).unwrap_err().to_string();
    assert!(
        refused.contains("age1nonsense") && refused.contains("unlock key"),
        "{refused}"
    );
    assert!(store.names().unwrap().is_empty());
}

#[test]
fn a_snapshot_goes_with_its_sealed_names_and_the_one_before_is_the_latest() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let before = build(dir.path(), &[row("Z0", "besluit", 0, "els")]).name;
    store.seal_names_for(&NameKey::make().recipient).unwrap();
    let (latest, _) = read(&store);
    assert_eq!(store.latest("permits").unwrap().as_deref(), Some(latest.as_str()));
    for absent in ["permits-0000000000", "../snapshots", "", "."] {
        assert!(!store.remove(absent).unwrap(), "{absent}");
    }
    assert!(store.remove(&latest).unwrap());
    assert_eq!(store.names().unwrap(), std::slice::from_ref(&before));
    assert_eq!(store.latest("permits").unwrap(), Some(before));
    let left = all_files(dir.path());
    assert!(left.keys().all(|name| !name.contains(&latest)), "{:?}", left.keys());
    assert!(!store.remove(&latest).unwrap(), "it is gone already");
    // whoever is writing is not disturbed
    let _builder = store.build(small(10, 10)).unwrap();
    let busy = store.remove(&store.names().unwrap()[0]);
    assert!(matches!(busy, Err(store::WriteError::Busy { .. })), "{busy:?}");
}
