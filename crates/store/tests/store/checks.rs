//! What is noticed about the rows: dirt is counted and shown with its place, never mended in silence.

use super::helper::*;
use columns::Sink;
use model::{Moment, Note, NoteKind, Place};
use std::collections::BTreeSet;
use store::{BuildOptions, ColumnType, Declared, Secrecy, Store};

#[test]
fn rows_without_case_or_activity_are_dropped_and_counted() {
    let dir = tempfile::tempdir().unwrap();
    let mut no_case = row("A", "advies", 1, "Els");
    no_case.case = None;
    let mut no_activity = row("A", "advies", 1, "Els");
    no_activity.activity = None;
    let neither = Row::default();
    let rows = [row("A", "aanvraag", 0, "Els"), no_case, no_activity, neither];
    let manifest = build(dir.path(), &rows);
    assert_eq!((manifest.events, manifest.dropped), (1, 3));
    assert_eq!(manifest.notes_of(NoteKind::MissingCase), 2);
    assert_eq!(manifest.notes_of(NoteKind::MissingActivity), 2);
    let places: Vec<_> = manifest.notes[0].samples.iter().map(|s| s.place).collect();
    assert_eq!(places, [Some(3), Some(5)]);
}

#[test]
fn what_the_reader_remarked_already_is_counted_once() {
    let dir = tempfile::tempdir().unwrap();
    let mut builder =
        Store::open(dir.path()).unwrap().build(BuildOptions::new("permits")).unwrap();
    builder.start_file(file("log.csv")).unwrap();
    let mut no_case = row("A", "advies", 1, "Els");
    no_case.case = None;
    // the feed gives rows lines 2 and 3; only the first was remarked on
    let place = Some(Place::Line(2));
    builder.note(Note { kind: NoteKind::MissingCase, place, detail: String::new() });
    feed(&mut builder, &[no_case.clone(), no_case, row("A", "besluit", 2, "Els")]);
    let manifest = builder.finish(&everyone).unwrap().manifest;
    assert_eq!((manifest.dropped, manifest.notes_of(NoteKind::MissingCase)), (2, 2));
}

#[test]
fn a_file_of_midnights_holds_dates_and_one_with_an_hour_in_twenty_does_not() {
    // midnight at the office in March is 23:00 UTC the day before
    let midnight = |n: i64| row(&format!("Z{n}"), "aanvraag", -9 + 24 * (n % 7), "Els");
    let dates: Vec<Row> = (0..25).map(midnight).collect();
    let mut times = dates.clone();
    times.push(row("Z1", "besluit", 3, "Els"));
    let few: Vec<Row> = (0..19).map(midnight).collect();
    let dir = tempfile::tempdir().unwrap();
    let options = BuildOptions::new("permits");
    let manifest =
        build_with(dir.path(), options, &[&dates, &times, &few]).unwrap().manifest;
    assert_eq!(manifest.notes_of(NoteKind::DatesOnly), 1);
    let note = manifest.notes.iter().find(|n| n.kind == "dates-only").unwrap();
    assert_eq!(note.file, Some(0));
    let snapshot = Store::open(dir.path()).unwrap().snapshot(&manifest.name).unwrap();
    let events = snapshot.scan(&BTreeSet::new(), 1_000_000).next().unwrap().unwrap();
    for at in 0..events.len() {
        let first_file = events.place.value(at) >> 48 == 0;
        assert_eq!(events.day_only.value(at), first_file);
    }
}

#[test]
fn unlikely_times_are_noted_with_their_place() {
    let dir = tempfile::tempdir().unwrap();
    let mut rows: Vec<Row> = (0..9).map(|n| row("A", "stap", n, "Els")).collect();
    rows[3].time = Some(Moment::at(-700_000_000_000_000));
    rows[5].time = Some(Moment::at(MONDAY + 12 * 365 * 24 * HOUR));
    rows[6].time = Some(Moment::at(MONDAY + 9 * 365 * 24 * HOUR));
    let manifest = build(dir.path(), &rows);
    let note = manifest.notes.iter().find(|n| n.kind == "unlikely-time").unwrap();
    let places: Vec<_> = note.samples.iter().map(|s| s.place).collect();
    assert_eq!(places, [Some(5), Some(7)]);
}

#[test]
fn the_same_event_twice_is_counted_and_kept() {
    let dir = tempfile::tempdir().unwrap();
    let rows = [
        row("A", "betaling", 0, "Els"),
        row("B", "betaling", 0, "Els"),
        row("A", "betaling", 0, "Els"),
        row("A", "betaling", 0, "Jan"),
        row("A", "betaling", 1, "Jan"),
    ];
    let manifest = build(dir.path(), &rows);
    assert_eq!(manifest.notes_of(NoteKind::DuplicateEvent), 1);
    assert_eq!(manifest.events, 5);
}

#[test]
fn a_bare_date_after_a_time_on_the_same_day_does_not_go_backwards() {
    let dir = tempfile::tempdir().unwrap();
    let mut date = row("A", "besluit", 0, "Els");
    date.time = Some(Moment { micros: MONDAY - 8 * HOUR, day_only: true });
    let manifest = build(dir.path(), &[row("A", "aanvraag", 2, "Els"), date]);
    assert_eq!(manifest.notes_of(NoteKind::TimeBackwards), 0);
}

#[test]
fn types_follow_the_first_value_and_numbers_become_text_when_they_must() {
    let dir = tempfile::tempdir().unwrap();
    let cells = |a, b, c, d| {
        let row = with(row("A", "stap", 0, "Els"), "tekst", a);
        with(with(with(row, "getal", b), "vast", c), "ja", d)
    };
    let rows = [
        cells(Cell::Int(1), Cell::Int(2), Cell::Int(3), Cell::Bool(true)),
        cells(Cell::Float(1.5), Cell::Float(2.5), text("x"), text("misschien")),
        cells(text("meer"), Cell::Int(9), text("44"), text("FALSE")),
        with(row("A", "stap", 0, "Els"), "op", Cell::Time(MONDAY)),
    ];
    let mut options = BuildOptions::new("permits");
    let fixed =
        Declared { column_type: Some(ColumnType::Int), secrecy: Some(Secrecy::Secret) };
    options.declared.insert("vast".to_owned(), fixed);
    let manifest = build_with(dir.path(), options, &[&rows]).unwrap().manifest;
    let lines = &reopened(dir.path(), &manifest.name)[0].1;
    let tail = |n: usize| lines[n].splitn(5, '|').nth(4).unwrap_or_default();
    assert_eq!(tail(0), "getal=2.0|ja=true|tekst=1|vast=3");
    assert_eq!(tail(1), "getal=2.5|tekst=1.5");
    assert_eq!(tail(2), "getal=9.0|ja=false|tekst=meer|vast=44");
    assert_eq!(tail(3), format!("op=@{MONDAY}"));
    assert_eq!(manifest.columns["op"].column_type, ColumnType::Moment);
    assert_eq!(manifest.notes_of(NoteKind::UnreadableValue), 2);
    assert_eq!(manifest.columns["tekst"].missing, 1);
    assert_eq!(manifest.columns["tekst"].distinct, Some(3));
    assert_eq!(manifest.columns["vast"].missing, 2);
    assert_eq!(manifest.columns["vast"].secrecy, Secrecy::Secret);
    assert_eq!(manifest.columns["getal"].column_type, ColumnType::Float);
}

#[test]
fn an_attribute_named_twice_keeps_its_first_value() {
    let dir = tempfile::tempdir().unwrap();
    let row =
        with(with(row("A", "stap", 0, "Els"), "x", Cell::Int(1)), "x", Cell::Int(2));
    let manifest = build(dir.path(), &[row]);
    assert!(reopened(dir.path(), &manifest.name)[0].1[0].ends_with("|x=1"));
    assert_eq!(manifest.notes_of(NoteKind::PassedOver), 1);
}
