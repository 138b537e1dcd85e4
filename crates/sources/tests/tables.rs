//! Tables beside a log, joined to the events as they come in.
#![expect(
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test says what it expects"
)]

use columns::intake::Collected;
use model::NoteKind;
use sources::tables::Tables;
use sources::{Limits, Mapping, read_bytes};
use std::io::Write as _;

const LOG: &str = "zaak;wat;wanneer;wie;leverancier\n\
    f1;betaald;2026-03-02;anna;L1\n\
    f2;betaald;2026-09-02;bert;L1\n\
    f3;betaald;2026-09-02;bert;L9\n";

const MAPPING: &str = r#"format = 1
[columns]
case = "zaak"
activity = "wat"
time = "wanneer"
who = "wie"
supplier = "leverancier"

[tables.party]
joins = ["supplier"]
key = "nummer"
[tables.party.columns]
founded_on = { column = "opgericht", type = "date" }

[tables.mandate]
joins = ["who"]
key = "medewerker"
from = "van"
until = "tot"
[tables.mandate.columns]
mandate_limit = { column = "bedrag", type = "money" }
"#;

/// Reads the log with the tables and gives the events as they come out, and the notes.
fn joined(mapping: &str, tables: &[(&str, &str)]) -> (Vec<String>, Vec<NoteKind>) {
    let mapping = match Mapping::parse(mapping, "mapping.toml") {
        Ok(mapping) => mapping,
        Err(faults) => panic!("{faults:?}"),
    };
    let mut sink = Collected::default();
    let mut all = Tables::default();
    for (name, text) in tables {
        let mut file = tempfile::Builder::new().suffix(".csv").tempfile().unwrap();
        file.write_all(text.as_bytes()).unwrap();
        let how = &mapping.tables[*name];
        all.read(name, file.path(), how, &Limits::default(), &mut sink).unwrap();
    }
    let limits = Limits::default();
    read_bytes(LOG.as_bytes(), None, &mapping, &limits, &mut all.before(&mut sink))
        .unwrap();
    let events = sink
        .events
        .iter()
        .map(|line| {
            let parts: Vec<&str> = line.split('|').collect();
            format!("{}: {}", parts[0], parts[4..].join(" "))
        })
        .collect();
    let mut notes: Vec<NoteKind> = sink.notes.iter().map(|note| note.kind).collect();
    notes.sort();
    notes.dedup();
    (events, notes)
}

const PARTIES: &str = "nummer;opgericht;telefoon\nL1;2026-01-15;06\nL2;2001-05-01;06\n";
const MANDATES: &str = "medewerker;bedrag;van;tot\nbert;1.000,00;2026-01-01;2026-06-30\nbert;5.000,00;2026-07-01;\n";

#[test]
fn each_event_gets_what_the_tables_say_of_its_keys_on_its_day() {
    let mapping = MAPPING.replace(
        "[tables.mandate.columns]",
        "[tables.mandate.csv]\ndecimal = \",\"\n[tables.mandate.columns]",
    );
    let (events, notes) = joined(&mapping, &[("party", PARTIES), ("mandate", MANDATES)]);
    assert_eq!(
        events,
        [
            "f1: supplier=L1 founded_on=@1768435200000000d",
            "f2: supplier=L1 founded_on=@1768435200000000d mandate_limit=500000",
            "f3: supplier=L9 mandate_limit=500000",
        ]
    );
    assert!(notes.contains(&NoteKind::UnknownReference), "{notes:?}");
}

#[test]
fn two_rows_of_one_key_without_periods_are_told_and_the_first_holds() {
    let twice = "nummer;opgericht\nL1;2026-01-15\nL1;2020-01-15\n";
    let (events, notes) = joined(MAPPING, &[("party", twice)]);
    assert!(events[0].ends_with("founded_on=@1768435200000000d"), "{events:?}");
    assert!(notes.contains(&NoteKind::DuplicateId), "{notes:?}");
}

#[test]
fn what_the_log_itself_says_wins() {
    let mapping = MAPPING.replace(
        "founded_on = { column = \"opgericht\", type = \"date\" }",
        "supplier = \"telefoon\"",
    );
    let (events, _) = joined(&mapping, &[("party", PARTIES)]);
    assert_eq!(events[0], "f1: supplier=L1");
}

#[test]
fn every_fault_of_a_table_is_told_at_once() {
    let text = "format = 1\n[tables.party]\n[tables.party.columns]\nwho = \"x\"\n";
    let faults = Mapping::parse(text, "m.toml").unwrap_err();
    let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "line 2: `joins` is missing or empty; name the columns of the event that hold the key, such as [\"supplier\"]",
            "line 2: `key` is missing; name the column of the table that holds the key",
            "line 2: `who` is a part of an event and cannot come from a table",
        ]
    );
}
