//! A first mapping, guessed from the header and a few rows, for a person to check.

use super::cell;
use super::names::plain;
use super::{Keep, Mapping, SourceColumn};
use crate::time::{LocalZone, Pattern, parse_iso_in};

/// The keys of XES that make a table readable without a mapping, with the names they get.
const XES: [(&str, &str); 7] = [
    ("case:concept:name", "case"),
    ("concept:name", "activity"),
    ("time:timestamp", "time"),
    ("org:resource", "who"),
    ("org:group", "unit"),
    ("org:role", "role"),
    ("lifecycle:transition", "lifecycle"),
];

/// The mapping of a table whose columns carry the keys of XES, as process mining tools
/// write them.
///
/// The names are those a XES log gets, and all columns are kept. `None` where case, activity
/// or time is not among them.
pub fn xes_columns(header: &[String]) -> Option<Mapping> {
    let has = |key: &str| header.iter().any(|name| name == key);
    if !["case:concept:name", "concept:name", "time:timestamp"].into_iter().all(has) {
        return None;
    }
    let columns = XES.iter().filter(|(key, _)| has(key)).map(|(key, name)| {
        let from = SourceColumn { column: (*key).to_owned(), kind: None, of_case: false };
        ((*name).to_owned(), from)
    });
    Some(Mapping {
        columns: columns.collect(),
        keep: Some(Keep::All),
        ..Mapping::default()
    })
}

/// Words of headers, the surest first: name of the vocabulary, whole words or beginnings
/// (with `*`).
const WORDS: &[(&str, &[&str])] = &[
    (
        "case",
        &[
            "caseconceptname",
            "zaaknummer",
            "zaakid",
            "zaaknr",
            "zaakidentificatie",
            "caseid",
            "casenumber",
            "zaak",
            "case",
            "zaakkenmerk",
            "dossiernummer",
            "dossiernr",
            "dossierid",
            "dossier",
            "aanvraagnummer",
            "aanvraagid",
            "meldingsnummer",
            "factuurnummer",
            "factuurnr",
            "ordernummer",
            "kenmerk",
            "zaak*",
            "case*",
            "invoice",
            "id",
            "nummer",
        ],
    ),
    (
        "activity",
        &[
            "conceptname",
            "activiteit",
            "activity",
            "activiteitnaam",
            "activityname",
            "stap",
            "stapnaam",
            "processtap",
            "handeling",
            "gebeurtenis",
            "event",
            "eventname",
            "actie",
            "action",
            "status",
            "statusomschrijving",
            "taak",
            "task",
            "taaknaam",
            "soort",
            "activ*",
        ],
    ),
    (
        "time",
        &[
            "timetimestamp",
            "tijdstip",
            "timestamp",
            "datumtijd",
            "datetime",
            "tijd",
            "time",
            "datum",
            "date",
            "tijdstempel",
            "moment",
            "uitgevoerdop",
            "datumuitgevoerd",
            "einddatum",
            "startdatum",
            "aangemaaktop",
            "logtijd",
            "tijd*",
            "datum*",
            "date*",
            "booked",
            "created",
        ],
    ),
    (
        "who",
        &[
            "orgresource",
            "medewerker",
            "behandelaar",
            "gebruiker",
            "resource",
            "uitvoerder",
            "gebruikersnaam",
            "user",
            "username",
            "userid",
            "handler",
            "employee",
            "medewerkerid",
            "behandelaarnaam",
            "uitgevoerddoor",
            "door",
            "account",
            "inlognaam",
            "behandel*",
            "medewerk*",
            "gebruik*",
            "user*",
        ],
    ),
    ("unit", &["orggroup", "afdeling", "team", "groep", "unit", "department", "dept"]),
    ("role", &["orgrole", "rol", "functie", "role"]),
    (
        "amount",
        &["bedrag", "amount", "bedrageuro", "totaalbedrag", "brutobedrag", "gross"],
    ),
    (
        "supplier",
        &["leverancier", "leveranciersnummer", "crediteur", "supplier", "vendor"],
    ),
    ("invoice_number", &["factuurnummer", "factuurnr", "invoicenumber", "invoice"]),
    ("iban", &["iban", "rekeningnummer", "bankrekening"]),
    ("system", &["systeem", "applicatie", "system", "application"]),
    ("channel", &["kanaal", "channel"]),
    ("case_type", &["zaaktype", "casetype"]),
    ("outcome", &["resultaat", "uitkomst", "outcome", "result"]),
];

/// Proposes a mapping for a table, as the text of a TOML file.
///
/// Columns are recognised by Dutch or English words, the rest are remarks. `samples` are a
/// few rows; they tell the decimal sign and which column holds times. Every name takes at
/// most one column, and every column has at most one name.
pub fn propose(header: &[String], samples: &[Vec<String>]) -> String {
    let keys: Vec<String> =
        header.iter().map(|name| plain(name).into_iter().collect()).collect();
    let mut taken = vec![None; header.len()];
    for (name, words) in WORDS {
        if let Some(at) = find(words, &keys, &taken, *name == "time", samples)
            && let Some(slot) = taken.get_mut(at)
        {
            *slot = Some(*name);
        }
    }
    let mut lines = vec!["format = 1".to_owned(), String::new()];
    let amount = taken.iter().position(|name| *name == Some("amount"));
    if amount.is_some_and(|at| decimal_comma(at, samples)) {
        lines.extend(["[csv]", "decimal = \",\"", ""].map(str::to_owned));
    }
    lines.push("[columns]".to_owned());
    for (name, _) in WORDS {
        match taken.iter().position(|taken| *taken == Some(*name)) {
            Some(at) => lines.push(line(name, header.get(at).map_or("", String::as_str))),
            None if super::PARTS.contains(name) => {
                lines.push(format!(
                    "# {name} = \"\"  # no column was recognised; fill in"
                ));
            }
            None => {}
        }
    }
    for (column, _) in header.iter().zip(&taken).filter(|(_, taken)| taken.is_none()) {
        lines.push(format!("# not taken over: {}", column.escape_debug()));
    }
    lines.push(String::new());
    lines.join("\n")
}

fn line(name: &str, column: &str) -> String {
    let column = toml::Value::String(column.to_owned());
    match name {
        "amount" => format!("{name} = {{ column = {column}, type = \"money\" }}"),
        "iban" => format!("{name} = {{ column = {column}, type = \"person\" }}"),
        _ => format!("{name} = {column}"),
    }
}

/// The first column that fits the surest word. A time must look like one in the samples.
fn find(
    words: &[&str],
    keys: &[String],
    taken: &[Option<&str>],
    time: bool,
    samples: &[Vec<String>],
) -> Option<usize> {
    words.iter().find_map(|word| {
        let start = word.strip_suffix('*');
        (0..keys.len()).find(|at| {
            let key = keys.get(*at).map_or("", String::as_str);
            let fits = start.map_or(key == *word, |start| key.starts_with(start));
            fits && taken.get(*at) == Some(&None) && (!time || times(*at, samples))
        })
    })
}

/// The values of a column that are there.
fn column(at: usize, samples: &[Vec<String>]) -> impl Iterator<Item = &str> {
    samples
        .iter()
        .filter_map(move |row| row.get(at))
        .map(|v| v.trim())
        .filter(|v| !v.is_empty())
}

/// Whether all values can be read as a time; true where there is none.
fn times(at: usize, samples: &[Vec<String>]) -> bool {
    let mut zone = LocalZone::office();
    let patterns: Vec<Pattern> = super::times::defaults();
    column(at, samples).all(|value| {
        parse_iso_in(value, &mut zone).is_some()
            || patterns.iter().any(|p| p.read_in(value, &mut zone).is_some())
    })
}

/// Whether amounts are written with a decimal comma: all can be read so, and not without.
fn decimal_comma(at: usize, samples: &[Vec<String>]) -> bool {
    let with = column(at, samples).filter(|v| cell::money(v, true).is_some()).count();
    let without = column(at, samples).filter(|v| cell::money(v, false).is_some()).count();
    with > without
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mapping::Kind;

    fn header(names: &[&str]) -> Vec<String> {
        names.iter().map(|n| (*n).to_owned()).collect()
    }

    #[test]
    fn a_dutch_header_is_recognised_and_the_proposal_can_be_read_back() {
        let names = ["Zaak_ID", "Stap", "Datum", "Behandelaar", "Bedrag", "Opm \"x\""];
        let rows = [header(&["Z1", "Besluit", "3-2-2025", "jan", "1.234,50", ""])];
        let text = propose(&header(&names), &rows);
        let mapping = Mapping::parse(&text, "m.toml").unwrap();
        for (name, column) in
            [("case", 0), ("activity", 1), ("time", 2), ("who", 3), ("amount", 4)]
        {
            assert_eq!(mapping.columns[name].column, names[column], "{text}");
        }
        assert_eq!(mapping.columns["amount"].kind, Some(Kind::Money));
        assert!(mapping.csv.decimal_comma);
        assert!(text.contains("not taken over: Opm"));
    }

    #[test]
    fn a_column_called_datum_that_holds_no_time_is_not_taken_for_one() {
        let rows = [header(&["1", "morgen", "2025-01-02"])];
        let text = propose(&header(&["zaak", "datum", "logtijd"]), &rows);
        assert!(text.contains("time = \"logtijd\""), "{text}");
        assert!(text.contains("# activity = \"\""), "{text}");
    }

    #[test]
    fn keys_of_xes_need_no_mapping() {
        let all =
            ["case:concept:name", "concept:name", "time:timestamp", "org:resource", "x"];
        let mapping = xes_columns(&header(&all)).unwrap();
        assert_eq!(mapping.columns["who"].column, "org:resource");
        assert_eq!(mapping.keep, Some(Keep::All));
        assert!(xes_columns(&header(&all[1..])).is_none());
    }
}
