//! What goes into the store comes out of it, whole cases in order, whatever the memory; and
//! nothing else is left on the disk.
#![expect(clippy::needless_pass_by_value, reason = "tests read better so")]

use columns::{RawEvent, Sink, TimeCell, Value, Values, WhoKind};
use model::{Moment, Note, NoteKind, Place};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use store::{
    BuildOptions, Built, ColumnType, Declared, Manifest, Secrecy, Snapshot, SourceFile, Store,
    StoreError, WriteError,
};

const HOUR: i64 = 3_600_000_000;
/// 2024-03-04T08:00:00Z, a Monday.
const MONDAY: i64 = 1_709_539_200_000_000;

#[derive(Clone, Debug, PartialEq)]
enum Cell {
    Text(String),
    Int(i64),
    Float(f64),
    Bool(bool),
    Time(i64),
}

#[derive(Clone, Debug, Default)]
struct Row {
    case: Option<String>,
    activity: Option<String>,
    time: Option<Moment>,
    who: Option<String>,
    attributes: Vec<(&'static str, Cell)>,
}

fn row(case: &str, activity: &str, hours: i64, who: &str) -> Row {
    Row {
        case: Some(case.to_owned()),
        activity: Some(activity.to_owned()),
        time: Some(Moment::at(MONDAY + hours * HOUR)),
        who: (!who.is_empty()).then(|| who.to_owned()),
        attributes: Vec::new(),
    }
}

fn with(mut row: Row, name: &'static str, cell: Cell) -> Row {
    row.attributes.push((name, cell));
    row
}

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

fn file(name: &str) -> SourceFile {
    SourceFile { name: name.to_owned(), format: "csv".to_owned(), ..SourceFile::default() }
}

fn feed(sink: &mut dyn Sink, rows: &[Row]) {
    for (line, row) in (2..).zip(rows) {
        let attributes: Vec<(&str, Value<'_>)> = row
            .attributes
            .iter()
            .map(|(name, cell)| {
                (*name, match cell {
                    Cell::Text(text) => Value::Text(text),
                    Cell::Int(number) => Value::Int(*number),
                    Cell::Float(number) => Value::Float(*number),
                    Cell::Bool(yes) => Value::Bool(*yes),
                    Cell::Time(micros) => Value::Time(Moment::at(*micros)),
                })
            })
            .collect();
        sink.event(&RawEvent {
            case: row.case.as_deref(),
            activity: row.activity.as_deref(),
            time: row.time.map_or(TimeCell::Missing, TimeCell::At),
            who: row.who.as_deref(),
            case_attributes: &[],
            attributes: &attributes,
            place: Place::Line(line),
        })
        .unwrap();
    }
}

fn everyone(_: &str) -> WhoKind {
    WhoKind::Person
}

fn build_with(dir: &Path, options: BuildOptions, files: &[&[Row]]) -> Result<Built, WriteError> {
    let mut builder = Store::open(dir).unwrap().build(options)?;
    for (number, rows) in files.iter().enumerate() {
        builder.start_file(file(&format!("file{number}.csv")))?;
        feed(&mut builder, rows);
    }
    builder.finish(&everyone)
}

fn build(dir: &Path, rows: &[Row]) -> Manifest {
    build_with(dir, BuildOptions::new("permits"), &[rows]).unwrap().manifest
}

fn small(rows_in_memory: usize, rows_per_group: usize) -> BuildOptions {
    BuildOptions { rows_in_memory, rows_per_group, ..BuildOptions::new("permits") }
}

/// Every event as text, by case: `activity|micros[d]|who|line|name=value`.
fn told(snapshot: &Snapshot, batch_rows: usize) -> Vec<(String, Vec<String>)> {
    let names: BTreeSet<String> = snapshot.manifest().columns.keys().cloned().collect();
    let texts = snapshot.dictionaries();
    let mut cases = Vec::new();
    for events in snapshot.scan(&names, batch_rows) {
        let events = events.unwrap();
        for (case, range) in events.cases() {
            let mut lines = Vec::new();
            for at in range {
                let valid = |array: &dyn arrow_array::Array| array.is_valid(at);
                let mut line = format!(
                    "{}|{}{}|{}|{}",
                    texts.activity.text(events.activity.value(at)).unwrap(),
                    if valid(&events.time) { events.time.value(at).to_string() } else { "-".into() },
                    if events.day_only.value(at) { "d" } else { "" },
                    if valid(&events.who) {
                        texts.who.text(events.who.value(at)).unwrap()
                    } else {
                        "-"
                    },
                    events.place.value(at) & 0xffff,
                );
                for (name, attribute) in &events.attributes {
                    let value = match &attribute.values {
                        Values::Text(a) if valid(a) => {
                            texts.attributes[name].text(a.value(at)).unwrap().to_owned()
                        }
                        Values::Int(a) if valid(a) => a.value(at).to_string(),
                        Values::Float(a) if valid(a) => format!("{:?}", a.value(at)),
                        Values::Bool(a) if valid(a) => a.value(at).to_string(),
                        Values::Time(a) if valid(a) => format!("@{}", a.value(at)),
                        _ => continue,
                    };
                    line.push_str(&format!("|{name}={value}"));
                }
                lines.push(line);
            }
            cases.push((texts.case.text(case).unwrap().to_owned(), lines));
        }
    }
    cases
}

fn reopened(dir: &Path, name: &str) -> Vec<(String, Vec<String>)> {
    told(&Store::open(dir).unwrap().snapshot(name).unwrap(), 1_000_000)
}

/// All files below a folder with their bytes.
fn all_files(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(dir).unwrap().to_string_lossy().into_owned();
                files.insert(name, fs::read(path).unwrap());
            }
        }
    }
    files
}

fn snapshot_files(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    all_files(&dir.join("snapshots"))
}

/// The same key in two data folders, so that their snapshots can be compared.
fn share_key(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    fs::copy(from.join("pseudonym.key"), to.join("pseudonym.key")).unwrap();
}

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
    assert_eq!(short, [
        ("B", vec!["aanvraag", "advies", "besluit", "stuk"]),
        ("A", vec!["aanvraag"]),
    ]);
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

fn many_rows() -> Vec<Row> {
    (0..3_000_i64)
        .map(|n| {
            let case = format!("Z{}", n * 37 % 211);
            let who = format!("Persoon {}", n % 13);
            let mut row = row(&case, ["aanvraag", "advies", "besluit"][n as usize % 3], n % 97, &who);
            if n % 50 == 0 {
                row.time = None;
            }
            let row = with(row, "bedrag", if n < 1_500 { Cell::Int(n) } else { text("n.v.t.") });
            let row = with(row, "collega", text(&format!("Persoon {}", n % 7)));
            if n % 3 == 0 { with(row, "soort", text(&format!("s{}", n % 5))) } else { row }
        })
        .collect()
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
    let large = build_with(one.path(), small(10_000, 1_000_000), &[&rows]).unwrap().manifest;
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
    assert!(while_building.keys().any(|name| name.contains("run-")), "nothing was written away");
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
fn service_accounts_and_desks_are_told_apart_and_are_pseudonyms_too() {
    let dir = tempfile::tempdir().unwrap();
    let mut builder = Store::open(dir.path()).unwrap().build(BuildOptions::new("permits")).unwrap();
    builder.start_file(file("log.csv")).unwrap();
    feed(&mut builder, &[
        row("A", "aanvraag", 0, "koppeling"),
        row("A", "advies", 1, "Balie Noord"),
        row("A", "besluit", 2, " Els "),
        row("A", "brief", 3, "Els"),
        row("A", "archief", 4, "   "),
    ]);
    let classify = |name: &str| match name {
        "koppeling" => WhoKind::Service,
        "Balie Noord" => WhoKind::Shared,
        _ => WhoKind::Person,
    };
    let manifest = builder.finish(&classify).unwrap().manifest;
    let snapshot = Store::open(dir.path()).unwrap().snapshot(&manifest.name).unwrap();
    let texts = snapshot.dictionaries();
    assert_eq!(texts.who_kind, [WhoKind::Service, WhoKind::Shared, WhoKind::Person]);
    let prefixes: Vec<_> =
        texts.who.iter().map(|(_, name)| name.split_once('-').unwrap().0.to_owned()).collect();
    assert_eq!(prefixes, ["svc", "desk", "p"]);
    assert_eq!(manifest.notes_of(NoteKind::MissingWho), 1);
}

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
    let mut builder = Store::open(dir.path()).unwrap().build(BuildOptions::new("permits")).unwrap();
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
    let fixed = Declared { column_type: Some(ColumnType::Int), secrecy: Some(Secrecy::Secret) };
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
    let row = with(with(row("A", "stap", 0, "Els"), "x", Cell::Int(1)), "x", Cell::Int(2));
    let manifest = build(dir.path(), &[row]);
    assert!(reopened(dir.path(), &manifest.name)[0].1[0].ends_with("|x=1"));
    assert_eq!(manifest.notes_of(NoteKind::PassedOver), 1);
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
                Ok(snapshot) => assert_eq!(told(&snapshot, 500), expected, "{name} byte {at}"),
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

/// What must come back, told by sorting plainly.
fn plainly(rows: &[Row]) -> BTreeMap<String, Vec<(String, Option<i64>)>> {
    let mut cases: BTreeMap<String, Vec<(String, Option<i64>)>> = BTreeMap::new();
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

fn short(told: Vec<(String, Vec<String>)>) -> BTreeMap<String, Vec<(String, Option<i64>)>> {
    let event = |line: &String| {
        let mut parts = line.split('|');
        let activity = parts.next().unwrap().to_owned();
        (activity, parts.next().unwrap().parse().ok())
    };
    told.into_iter().map(|(case, lines)| (case, lines.iter().map(event).collect())).collect()
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
