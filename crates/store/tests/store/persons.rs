//! Names and numbers of people end at the door.

use super::helper::*;
use columns::{Values, WhoKind};
use model::NoteKind;
use std::collections::{BTreeMap, BTreeSet};
use store::{BuildOptions, ColumnType, Secrecy, Store};

#[test]
fn names_of_people_are_nowhere_on_the_disk_not_even_while_rows_are_written_away() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let mut options = small(10, 20);
    options.person_columns.insert("aanvrager".to_owned());
    let mut builder = store.build(options).unwrap();
    builder.start_file(file("log.csv")).unwrap();
    let people = ["Geheim-Een", "Geheim-Twee", "Geheim-Drie", "Geheim-Vier"];
    let rows: Vec<Row> = (0..100)
        .map(|n| {
            let row = row(&format!("Z{}", n % 9), "besluit", 0, people[n % 4]);
            let row = with(row, "aanvrager", text(&format!("Burger-{}", n % 6)));
            let row = with(row, "nummer", Cell::Int(1));
            with(row, "controleur", text(people[(n + 1) % 4]))
        })
        .collect();
    feed(&mut builder, &rows);
    let holds_name = |files: &BTreeMap<String, Vec<u8>>| {
        files.values().any(|bytes| {
            [&b"Geheim"[..], b"Burger"]
                .iter()
                .any(|name| bytes.windows(name.len()).any(|part| part == *name))
        })
    };
    let while_building = all_files(dir.path());
    assert!(
        while_building.keys().any(|name| name.contains("run-")),
        "nothing was written away"
    );
    assert!(!holds_name(&while_building));
    let manifest = builder.finish(&everyone).unwrap().manifest;
    assert!(!holds_name(&all_files(dir.path())));
    assert_eq!(manifest.columns["controleur"].column_type, ColumnType::Person);
    assert_eq!(manifest.columns["aanvrager"].column_type, ColumnType::Person);
    assert_eq!(manifest.columns["aanvrager"].secrecy, Secrecy::Personal);
    assert_eq!(manifest.columns["nummer"].column_type, ColumnType::Int);
    // only the column that was found by its values is remarked on
    assert_eq!(manifest.notes_of(NoteKind::PersonColumn), 1);
    let snapshot = store.snapshot(&manifest.name).unwrap();
    let texts = snapshot.dictionaries();
    let who: BTreeSet<&str> = texts.who.iter().map(|(_, name)| name).collect();
    let checker: BTreeSet<&str> =
        texts.attributes["controleur"].iter().map(|(_, name)| name).collect();
    assert_eq!(who, checker, "the same people have the same pseudonyms in both columns");
    assert!(who.iter().all(|name| name.starts_with("p-") && name.len() == 18));
}

#[test]
fn numbers_of_personnel_are_found_and_are_nowhere_on_the_disk_either() {
    let numbers = [4_711_000_001_i64, 4_711_000_002, 4_711_000_003];
    let rows: Vec<Row> = (0..60)
        .map(|n| {
            let row = row(&format!("Z{}", n % 7), "stap", 0, &numbers[n % 3].to_string());
            let row = with(row, "toezicht", Cell::Int(numbers[(n + 1) % 3]));
            with(row, "bedrag", Cell::Int([900, 901, 902, 903, 904][n % 5]))
        })
        .collect();
    let mut names = BTreeSet::new();
    for budget in [7, 1_000] {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap();
        let mut builder = store.build(small(budget, 20)).unwrap();
        builder.start_file(file("log.csv")).unwrap();
        feed(&mut builder, &rows);
        let holds = |files: &BTreeMap<String, Vec<u8>>| {
            files.values().any(|bytes| {
                numbers.iter().any(|number| {
                    bytes.windows(8).any(|part| part == number.to_le_bytes())
                        || bytes
                            .windows(10)
                            .any(|part| part == number.to_string().as_bytes())
                })
            })
        };
        assert!(!holds(&all_files(dir.path())));
        let manifest = builder.finish(&everyone).unwrap().manifest;
        assert!(!holds(&all_files(dir.path())));
        assert_eq!(manifest.columns["toezicht"].column_type, ColumnType::Person);
        assert_eq!(manifest.columns["toezicht"].distinct, Some(3));
        assert_eq!(manifest.columns["bedrag"].column_type, ColumnType::Int);
        let snapshot = store.snapshot(&manifest.name).unwrap();
        let texts = snapshot.dictionaries();
        names.insert(texts.attributes["toezicht"].len());
        for events in snapshot.scan(&["toezicht".to_owned()].into(), 1_000) {
            let events = events.unwrap();
            let Values::Text(codes) = &events.attributes["toezicht"].values else {
                panic!()
            };
            for at in 0..events.len() {
                let by = texts.who.text(events.who.value(at)).unwrap();
                let watched = texts.attributes["toezicht"].text(codes.value(at)).unwrap();
                assert_ne!(by, watched);
                assert!(texts.who.code(watched).is_some());
            }
        }
    }
    assert_eq!(names.len(), 1);
}

#[test]
fn service_accounts_and_desks_are_told_apart_and_are_pseudonyms_too() {
    let dir = tempfile::tempdir().unwrap();
    let mut builder =
        Store::open(dir.path()).unwrap().build(BuildOptions::new("permits")).unwrap();
    builder.start_file(file("log.csv")).unwrap();
    feed(
        &mut builder,
        &[
            row("A", "aanvraag", 0, "koppeling"),
            row("A", "advies", 1, "Balie Noord"),
            row("A", "besluit", 2, " Els "),
            row("A", "brief", 3, "Els"),
            row("A", "archief", 4, "   "),
        ],
    );
    let classify = |name: &str| match name {
        "koppeling" => WhoKind::Service,
        "Balie Noord" => WhoKind::Shared,
        _ => WhoKind::Person,
    };
    let manifest = builder.finish(&classify).unwrap().manifest;
    let snapshot = Store::open(dir.path()).unwrap().snapshot(&manifest.name).unwrap();
    let texts = snapshot.dictionaries();
    assert_eq!(texts.who_kind, [WhoKind::Service, WhoKind::Shared, WhoKind::Person]);
    let prefixes: Vec<_> = texts
        .who
        .iter()
        .map(|(_, name)| name.split_once('-').unwrap().0.to_owned())
        .collect();
    assert_eq!(prefixes, ["svc", "desk", "p"]);
    assert_eq!(manifest.notes_of(NoteKind::MissingWho), 1);
}
