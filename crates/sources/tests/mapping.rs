//! A mapping file is read whole or refused with all its faults.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use proptest::prelude::*;
use sources::Mapping;
use sources::mapping::{Constant, Encoding, Keep, Kind, OcelWho};

const WHOLE: &str = r##"
format = 1
title = "Zaken"
[csv]
delimiter = "\t"
quote = ""
encoding = "windows-1252"
decimal = ","
header = false
skip_lines = 3
comment = "#"
[time]
zone = "UTC"
formats = ["%d-%m-%Y %H:%M:%S", "iso"]
[columns]
case = "Zaaknummer"
activity = "Stap"
time = { column = "Tijdstip", type = "date" }
amount = { column = "Bedrag", type = "money" }
handler = { column = "Baas", type = "person", of = "case" }
"case:AMOUNT_REQ" = "Gevraagd"
[constants]
who = "robot"
surface = 12
bibob_required = true
[keep]
columns = "all"
[classifier]
name = "Activity classifier"
[ocel]
case = "Purchase Order"
who = { object = "Employee" }
qualifiers = ["handles"]
[person]
columns = ["case:responsible"]
[files."access*.csv".csv]
delimiter = ";"
[files."access*.csv".columns]
who = "gebruiker"
subject = { column = "bsn", type = "person" }
[files."access*.csv".constants]
activity = "search"
"##;

fn faults(text: &str) -> Vec<String> {
    let faults = Mapping::parse(text, "mapping.toml").unwrap_err();
    faults.iter().map(ToString::to_string).collect()
}

#[test]
fn everything_that_can_be_said_arrives() {
    let mapping = Mapping::parse(WHOLE, "mapping.toml").unwrap();
    let csv = &mapping.csv;
    assert_eq!((csv.delimiter, csv.quote, csv.comment), (Some(b'\t'), None, Some(b'#')));
    assert_eq!(csv.encoding, Some(Encoding::Windows1252));
    assert!(csv.decimal_comma && !csv.header);
    assert_eq!(csv.skip_lines, 3);
    assert_eq!((mapping.time.zone.as_str(), mapping.time.formats.len()), ("UTC", 2));
    assert_eq!(mapping.columns["amount"].kind, Some(Kind::Money));
    assert!(
        mapping.columns["handler"].of_case && mapping.columns["case:AMOUNT_REQ"].of_case
    );
    assert_eq!(mapping.constants["who"], Constant::Text("robot".to_owned()));
    assert_eq!(mapping.constants["surface"], Constant::Int(12));
    assert_eq!(mapping.constants["bibob_required"], Constant::Bool(true));
    assert_eq!(mapping.keep, Some(Keep::All));
    assert_eq!(mapping.classifier.as_deref(), Some("Activity classifier"));
    assert_eq!(mapping.ocel.case.as_deref(), Some("Purchase Order"));
    assert_eq!(mapping.ocel.who, Some(OcelWho::Object("Employee".to_owned())));
    assert_eq!(mapping.ocel.qualifiers, ["handles"]);
    let people: Vec<_> = mapping.person_columns().into_iter().collect();
    assert_eq!(people, ["case:responsible", "handler", "subject"]);
    let targets: Vec<_> = mapping.targets("Stap").map(|(name, _)| name).collect();
    assert_eq!(targets, ["activity"]);
}

#[test]
fn a_file_may_have_sections_of_its_own() {
    let mapping = Mapping::parse(WHOLE, "mapping.toml").unwrap();
    let own = mapping.for_file("Access-2024.csv");
    assert_eq!(own.csv.delimiter, Some(b';'));
    assert_eq!(own.csv.skip_lines, 3, "what is not written stays");
    assert_eq!(own.columns["who"].column, "gebruiker");
    assert!(!own.constants.contains_key("who"), "the file's column wins over a constant");
    assert_eq!(own.constants["activity"], Constant::Text("search".to_owned()));
    assert!(
        !own.columns.contains_key("activity"),
        "the file's constant wins over a column"
    );
    assert_eq!(mapping.for_file("zaken.csv").csv.delimiter, Some(b'\t'));
}

#[test]
fn all_faults_are_told_at_once_with_line_and_hint() {
    let text = "formaat = 1\n[csv]\ndelimeter = \";\"\nquote = \"ab\"\nskip_lines = -1\n\
                [time]\nzone = \"Mars/Olympus\"\nformats = [\"%Q\", 3]\n\
                [columns]\ncase = 4\ntime = { column = \"t\", type = \"money\" }\n\
                x = { colum = \"t\", type = \"geld\" }\n\
                [constants]\nactivity = 3\ny = []\n[keep]\ncolumns = \"none\"\n\
                [ocel]\nwho = {}\n[files.\"a*\"]\nperson = 1\n";
    let told = faults(text);
    for expected in [
        "`mapping.toml` must begin with `format = 1`",
        "line 1: the key `formaat` is not known (did you mean `format`?)",
        "line 3: the key `delimeter` in [csv] is not known (did you mean `delimiter`?)",
        "line 4: `quote` in [csv] must be one sign such as `,`, `;` or `\\t`, found `ab`",
        "line 5: `skip_lines` in [csv] must be a whole number of lines, 0 or more",
        "line 8: `formats` in [time] must be a list of texts",
        "line 10: `columns.case` must be a table, found a whole number",
        "line 11: `time` cannot be of the type money; leave `type` out or write moment or date",
        "line 12: the key `colum` in [columns.x] is not known (did you mean `column`?)",
        "line 12: `x` in [columns] needs `column`, a column of the source",
        "line 14: `activity` in [constants] must be a text, found a whole number",
        "line 15: `y` in [constants] must be a text, a number, true or false, found a list",
        "line 17: `columns` in [keep] must be one of all, named, found `none`",
    ] {
        assert!(
            told.iter().any(|t| t == expected),
            "{expected} is not in\n{}",
            told.join("\n")
        );
    }
    for (start, part) in [
        ("line 7: ", "Mars/Olympus"),
        ("line 8: ", "%Q"),
        ("line 12: ", "found `geld`"),
        ("line 19: ", "object"),
        ("line 21: ", "`person`"),
    ] {
        assert!(
            told.iter().any(|t| t.starts_with(start) && t.contains(part)),
            "{start}{part} is not in\n{}",
            told.join("\n")
        );
    }
}

#[test]
fn broken_toml_is_told_with_its_line() {
    let told = faults("format = 1\n[columns\ncase = \"a\"\n");
    assert!(told[0].starts_with("line 2: "), "{told:?}");
}

#[test]
fn what_stands_in_columns_and_constants_is_refused() {
    let told = faults("format = 1\n[columns]\ncase = \"a\"\n[constants]\ncase = \"b\"\n");
    assert_eq!(told, ["line 5: `case` stands in [columns] and in [constants]; keep one"]);
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "\\PC*") {
        let _answer = Mapping::parse(&text, "m.toml");
    }

    #[test]
    fn a_whole_mapping_with_a_hole_never_makes_it_panic(at in 0..WHOLE.len(), many in 0_usize..30) {
        let text: String = WHOLE.chars().take(at).chain(WHOLE.chars().skip(at + many)).collect();
        let _answer = Mapping::parse(&text, "m.toml");
    }

    #[test]
    fn every_proposal_can_be_read_back(
        header in proptest::collection::vec("\\PC*|[a-z]{1,6}|zaak|stap|datum|bedrag", 0..8),
    ) {
        let text = sources::mapping::propose(&header, &[]);
        prop_assert!(Mapping::parse(&text, "m.toml").is_ok(), "{}", text);
    }
}
