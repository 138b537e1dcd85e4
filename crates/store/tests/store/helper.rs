//! Rows to read, and what a snapshot tells, as text.

use columns::{RawEvent, Sink, TimeCell, Value, Values, WhoKind};
use model::{Moment, Place};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use store::{BuildOptions, Built, Manifest, Snapshot, SourceFile, Store, WriteError};

pub(crate) const HOUR: i64 = 3_600_000_000;
/// 2024-03-04T08:00:00Z, a Monday.
pub(crate) const MONDAY: i64 = 1_709_539_200_000_000;

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    Text(String),
    Int(i64),
    Float(f64),
    Bool(bool),
    Time(i64),
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Row {
    pub(crate) case: Option<String>,
    pub(crate) activity: Option<String>,
    pub(crate) time: Option<Moment>,
    pub(crate) who: Option<String>,
    pub(crate) attributes: Vec<(&'static str, Cell)>,
}

pub(crate) fn row(case: &str, activity: &str, hours: i64, who: &str) -> Row {
    Row {
        case: Some(case.to_owned()),
        activity: Some(activity.to_owned()),
        time: Some(Moment::at(MONDAY + hours * HOUR)),
        who: (!who.is_empty()).then(|| who.to_owned()),
        attributes: Vec::new(),
    }
}

pub(crate) fn with(mut row: Row, name: &'static str, cell: Cell) -> Row {
    row.attributes.push((name, cell));
    row
}

pub(crate) fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

pub(crate) fn file(name: &str) -> SourceFile {
    SourceFile {
        name: name.to_owned(),
        format: "csv".to_owned(),
        ..SourceFile::default()
    }
}

pub(crate) fn feed(sink: &mut dyn Sink, rows: &[Row]) {
    for (line, row) in (2..).zip(rows) {
        let attributes: Vec<(&str, Value<'_>)> = row
            .attributes
            .iter()
            .map(|(name, cell)| {
                (
                    *name,
                    match cell {
                        Cell::Text(text) => Value::Text(text),
                        Cell::Int(number) => Value::Int(*number),
                        Cell::Float(number) => Value::Float(*number),
                        Cell::Bool(yes) => Value::Bool(*yes),
                        Cell::Time(micros) => Value::Time(Moment::at(*micros)),
                    },
                )
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

pub(crate) fn everyone(_: &str) -> WhoKind {
    WhoKind::Person
}

pub(crate) fn build_with(
    dir: &Path,
    options: BuildOptions,
    files: &[&[Row]],
) -> Result<Built, WriteError> {
    let mut builder = Store::open(dir).unwrap().build(options)?;
    for (number, rows) in files.iter().enumerate() {
        builder.start_file(file(&format!("file{number}.csv")))?;
        feed(&mut builder, rows);
    }
    builder.finish(&everyone)
}

pub(crate) fn build(dir: &Path, rows: &[Row]) -> Manifest {
    build_with(dir, BuildOptions::new("permits"), &[rows]).unwrap().manifest
}

pub(crate) fn small(rows_in_memory: usize, rows_per_group: usize) -> BuildOptions {
    BuildOptions { rows_in_memory, rows_per_group, ..BuildOptions::new("permits") }
}

/// Every event as text, by case: `activity|micros[d]|who|line|name=value`.
pub(crate) fn told(snapshot: &Snapshot, batch_rows: usize) -> Vec<(String, Vec<String>)> {
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
                    if valid(&events.time) {
                        events.time.value(at).to_string()
                    } else {
                        "-".into()
                    },
                    if events.day_only.value(at) { "d" } else { "" },
                    if valid(&events.who) {
                        texts.who.text(events.who.value(at)).unwrap()
                    } else {
                        "-"
                    },
                    events.place.value(at) & 0xffff_ffff,
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
                    write!(line, "|{name}={value}").unwrap();
                }
                lines.push(line);
            }
            cases.push((texts.case.text(case).unwrap().to_owned(), lines));
        }
    }
    cases
}

pub(crate) fn reopened(dir: &Path, name: &str) -> Vec<(String, Vec<String>)> {
    told(&Store::open(dir).unwrap().snapshot(name).unwrap(), 1_000_000)
}

/// All files below a folder with their bytes.
pub(crate) fn all_files(dir: &Path) -> BTreeMap<String, Vec<u8>> {
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

pub(crate) fn snapshot_files(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    all_files(&dir.join("snapshots"))
}

/// The same key in two data folders, so that their snapshots can be compared.
pub(crate) fn share_key(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    fs::copy(from.join("pseudonym.key"), to.join("pseudonym.key")).unwrap();
}

pub(crate) fn many_rows() -> Vec<Row> {
    let activities = ["aanvraag", "advies", "besluit"].into_iter().cycle();
    (0..3_000_i64)
        .zip(activities)
        .map(|(n, activity)| {
            let case = format!("Z{}", n * 37 % 211);
            let who = format!("Persoon {}", n % 13);
            let mut row = row(&case, activity, n % 97, &who);
            if n % 50 == 0 {
                row.time = None;
            }
            let row = with(
                row,
                "bedrag",
                if n < 1_500 { Cell::Int(n) } else { text("n.v.t.") },
            );
            let row = with(row, "collega", text(&format!("Persoon {}", n % 7)));
            if n % 3 == 0 {
                with(row, "soort", text(&format!("s{}", n % 5)))
            } else {
                row
            }
        })
        .collect()
}
