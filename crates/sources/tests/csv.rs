//! Tables of text, from real logs down to hostile bytes.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "helpers of tests"
)]

use columns::intake::Collected;
use columns::{RawEvent, Refusal, Sink, Value};
use flate2::Compression;
use flate2::write::GzEncoder;
use model::{Note, NoteKind, Place};
use proptest::prelude::*;
use sources::{Format, Limits, Mapping, ReadError, ReadSummary, read, read_bytes};
use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// The columns of the small tables below.
const COLUMNS: &str = "format = 1\n[columns]\ncase = \"zaak\"\nactivity = \"stap\"\n\
                       time = \"tijd\"\nwho = \"wie\"\n";

fn mapping(more: &str) -> Mapping {
    Mapping::parse(&format!("{COLUMNS}{more}"), "mapping.toml").unwrap()
}

fn try_csv(
    bytes: &[u8],
    mapping: &Mapping,
) -> (Result<ReadSummary, ReadError>, Collected) {
    let mut sink = Collected::default();
    let read =
        read_bytes(bytes, Some(Format::Csv), mapping, &Limits::default(), &mut sink);
    (read, sink)
}

fn csv(text: impl AsRef<[u8]>, mapping: &Mapping) -> Collected {
    let (read, sink) = try_csv(text.as_ref(), mapping);
    read.unwrap();
    sink
}

fn refusal(text: impl AsRef<[u8]>, mapping: &Mapping) -> String {
    try_csv(text.as_ref(), mapping).0.unwrap_err().to_string()
}

fn told(sink: &Collected) -> Vec<(&'static str, Option<Place>, &str)> {
    sink.notes.iter().map(|n| (n.kind.code(), n.place, n.detail.as_str())).collect()
}

/// A file of the shared test data; `None`, with a remark, where it is not there.
fn shared(name: &str) -> Option<PathBuf> {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(name);
    if path.exists() {
        return Some(path);
    }
    println!("skipped: the shared test data `{name}` is not there");
    None
}

/// Counts and sums.
#[derive(Debug, Default)]
struct Sums {
    events: usize,
    cases: BTreeSet<String>,
    activities: BTreeSet<String>,
    who: BTreeSet<String>,
    amount: i64,
    missing_amounts: usize,
    case_attributes: BTreeSet<String>,
    notes: Vec<Note>,
}

impl Sink for Sums {
    fn event(&mut self, event: &RawEvent<'_>) -> Result<(), Refusal> {
        self.events += 1;
        let parts = [
            (&mut self.cases, event.case),
            (&mut self.activities, event.activity),
            (&mut self.who, event.who),
        ];
        for (into, text) in parts {
            into.extend(text.map(str::to_owned));
        }
        let amount = event.attributes.iter().find(|(name, _)| *name == "amount");
        match amount {
            Some((_, Value::Int(cents))) => self.amount += cents,
            Some(other) => {
                panic!("an amount is a whole number of cents, found {other:?}")
            }
            None => self.missing_amounts += 1,
        }
        self.case_attributes
            .extend(event.case_attributes.iter().map(|(n, _)| (*n).to_owned()));
        Ok(())
    }

    fn note(&mut self, note: Note) {
        self.notes.push(note);
    }
}

fn sums(path: &Path, mapping: &Mapping) -> Result<Sums, ReadError> {
    let mut sums = Sums::default();
    read(path, None, mapping, &Limits::default(), &mut sums, &mut |_| {})?;
    Ok(sums)
}

#[test]
fn the_receipt_log_has_its_published_totals_without_a_mapping() {
    let Some(path) = shared("eventlogs/receipt.csv") else { return };
    let sums = sums(&path, &Mapping::default()).unwrap();
    let totals = [sums.events, sums.cases.len(), sums.activities.len(), sums.who.len()];
    assert_eq!(totals, [8577, 1434, 27, 48]);
    assert!(sums.case_attributes.contains("case:responsible"));
    assert_eq!(sums.notes, []);
}

#[test]
fn amounts_of_real_tables_add_up_to_the_cent() {
    // Totals were made with the decimal numbers of Python.
    let Some(folder) = shared("finance/synthetic-bundle-dev") else { return };
    let text = "format = 1\n[constants]\nactivity = \"bank-debit\"\n\
                [columns]\ncase = \"invoice\"\ntime = \"date\"\n\
                amount = { column = \"amount\", type = \"money\" }\n\
                [files.\"invoices*\".columns]\ncase = \"id\"\nwho = \"approver\"\n\
                amount = { column = \"gross\", type = \"money\" }\n\
                [files.\"invoices*\".constants]\nactivity = \"invoice-register\"\n";
    let mapping = Mapping::parse(text, "mapping.toml").unwrap();
    let payments = sums(&folder.join("payments.csv"), &mapping).unwrap();
    // Three payments name no invoice.
    let missing =
        payments.notes.iter().filter(|n| n.kind == NoteKind::MissingCase).count();
    assert_eq!((payments.events, payments.cases.len(), missing), (1583, 1580, 3));
    assert_eq!((payments.amount, payments.missing_amounts), (1_342_239_781, 0));
    let invoices = sums(&folder.join("invoices.csv"), &mapping).unwrap();
    assert_eq!((invoices.events, invoices.who.len()), (1586, 8));
    assert_eq!((invoices.amount, invoices.missing_amounts), (1_336_566_579, 0));
    assert_eq!(invoices.activities.first().map(String::as_str), Some("invoice-register"));
    assert!(invoices.notes.iter().all(|n| n.kind == NoteKind::ColumnLeftOut));
}

#[test]
fn dirty_spending_files_end_in_one_sentence_or_in_notes() {
    let Some(folder) = shared("finance/spend-uk-lambeth") else { return };
    let text = "format = 1\n[constants]\nactivity = \"bank-debit\"\ntime = \"2011-04-30\"\n\
                [columns]\ncase = \"Supplier Name\"\n\
                amount = { column = \"Total\", type = \"money\" }\n\
                [files.\"2011-01*\".columns]\n\
                amount = { column = \"Sum of Invoice Nett Amount\", type = \"money\" }\n";
    let plain = Mapping::parse(text, "mapping.toml").unwrap();
    let skip =
        text.replace("[files.\"2011-01", "[csv]\nskip_lines = 1\n[files.\"2011-01");
    let skip = format!("{skip}[files.\"2011-01*\".csv]\nskip_lines = 0\n");
    let skip = Mapping::parse(&skip, "mapping.toml").unwrap();
    for month in ["01", "02", "03", "04", "05", "06", "07", "08", "10"] {
        let path = folder.join(format!("2011-{month}-payments.csv"));
        let good = sums(&path, &skip).unwrap();
        assert!(good.events > 500, "{month}: {}", good.events);
        assert!(good.missing_amounts * 100 < good.events * 2, "{month}: {good:?}");
        if month != "01" {
            let sentence = sums(&path, &plain).unwrap_err().to_string();
            assert!(sentence.starts_with("line 1: there is no column `"), "{sentence}");
        }
    }
}

#[test]
fn windows_1252_semicolons_and_decimal_commas() {
    let more = "amount = { column = \"bedrag\", type = \"money\" }\n\
                [csv]\nencoding = \"windows-1252\"\ndecimal = \",\"\n";
    let text = b"zaak;stap;tijd;wie;bedrag\r\n\
                 1;Beoordelen;3-2-2025 14:05;Ren\xe9e;\x80 1.234,50\r\n";
    let sink = csv(text, &mapping(more));
    assert_eq!(sink.events, ["1|Beoordelen|1738587900000000|Renée|amount=123450"]);
    assert_eq!(told(&sink), [("time-without-zone", Some(Place::Line(2)), "1 times")]);
}

#[test]
fn a_byte_order_mark_wins_over_the_mapping() {
    let text = "zaak,stap,tijd,wie\n1,Beoordelen,2025-02-03,Renée\n";
    let expected = ["1|Beoordelen|1738540800000000d|Renée"];
    let wide = |bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(bytes).collect()
    };
    let mapping = mapping("[csv]\nencoding = \"windows-1252\"\n");
    for bytes in [
        format!("\u{feff}{text}").into_bytes(),
        wide(u16::to_le_bytes),
        wide(u16::to_be_bytes),
    ] {
        let sink = csv(bytes, &mapping);
        assert_eq!(
            (sink.events.as_slice(), sink.notes.len()),
            (&expected.map(String::from)[..], 0)
        );
    }
}

#[test]
fn half_a_sign_of_utf_16_and_bytes_outside_utf_8_are_replaced_and_told() {
    let text = b"zaak,stap,tijd,wie\n1,a,2025-02-03,\n2,\"b\n\",2025-02-03,Ren\xe9e\n";
    let sink = csv(text, &mapping(""));
    assert_eq!(sink.events[1], "2|b|1738540800000000d|Ren?e");
    let note = "byte 0xE9, not UTF-8; is it windows-1252?";
    assert_eq!(told(&sink), [("bad-encoding", Some(Place::Line(3)), note)]);

    let wide = "zaak,stap,tijd,wie\n1,a,2025-02-03,X\n".encode_utf16();
    let wide = wide.map(|unit| if unit == u16::from(b'X') { 0xd800 } else { unit });
    let bytes: Vec<u8> =
        std::iter::once(0xfeff).chain(wide).flat_map(u16::to_le_bytes).collect();
    let sink = csv(bytes, &mapping(""));
    assert_eq!(told(&sink)[0].0, "bad-encoding");
    assert_eq!(told(&sink)[0].1, Some(Place::Line(2)));
}

#[test]
fn utf_16_that_ends_in_half_a_sign_is_read_to_its_end() {
    let text = "zaak,stap,tijd,wie\n1,a,2025-02-03,jan";
    let mut bytes = vec![0xff, 0xfe];
    bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    bytes.push(b'x');
    let sink = csv(&bytes, &mapping(""));
    assert_eq!(sink.events, ["1|a|1738540800000000d|jan\u{fffd}"]);
    assert_eq!(told(&sink)[0].0, "bad-encoding");
}

#[test]
fn packed_tables_are_read_and_a_torn_one_is_told() {
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    packer.write_all(b"zaak,stap,tijd,wie\n").unwrap();
    for n in 0..10_000 {
        writeln!(packer, "{n},stap {},2025-02-03,wie {}", n % 7, n % 11).unwrap();
    }
    let packed = packer.finish().unwrap();
    assert_eq!(csv(&packed, &mapping("")).events.len(), 10_000);
    let sentence = refusal(&packed[..packed.len() / 2], &mapping(""));
    assert!(sentence.contains("ends in the middle of the packed data"), "{sentence}");
}

#[test]
fn a_row_longer_than_a_block_is_read_up_to_the_limit() {
    let long = "x".repeat(3_000_000);
    let text = format!(
        "zaak,stap,tijd,wie\n1,a,2025-02-03,\"{long}\n{long}\"\n2,b,2025-02-03,\n"
    );
    let sink = csv(&text, &mapping(""));
    assert_eq!(sink.events.len(), 2);
    assert!(sink.events[0].len() > 6_000_000);

    let limits = Limits { piece: 1 << 20, ..Limits::default() };
    let mut sink = Collected::default();
    let read =
        read_bytes(text.as_bytes(), Some(Format::Csv), &mapping(""), &limits, &mut sink);
    let sentence = read.unwrap_err().to_string();
    assert_eq!(
        sentence,
        "line 2: the row is longer than 1048576 bytes; is a closing quote missing?"
    );
}

#[test]
fn the_delimiter_is_found_and_a_wrong_one_is_told() {
    for delimiter in [",", ";", "\t", "|"] {
        let text =
            "zaak;stap;tijd;wie\n1;\"a,b|c\";2025-02-03;d,e\n".replace(';', delimiter);
        let sink = csv(&text, &mapping(""));
        let who = if delimiter == "," { "d" } else { "d,e" };
        assert_eq!(
            sink.events,
            [format!("1|a,b|c|1738540800000000d|{who}")],
            "{delimiter}"
        );
    }
    let sentence =
        refusal("zaak;stap;tijd;wie\n", &mapping("[csv]\ndelimiter = \",\"\n"));
    assert_eq!(
        sentence,
        "line 1: the header has 1 column `zaak;stap;tijd;wie` where delimiter `,` was given; \
         the line holds 3 times `;`: set delimiter = \";\" in the mapping"
    );
}

#[test]
fn all_missing_columns_are_told_at_once_with_the_nearest_name() {
    let sentence =
        refusal("Zaak ,stap,tijdstip,x,x\n1,a,b,c,d\n", &mapping("unit = \"x\"\n"));
    assert_eq!(
        sentence,
        "line 1: there is no column `zaak` for `case` (did you mean `Zaak`?); there is no \
         column `tijd` for `time`; the column `x` for `unit` stands there 2 times; give the \
         columns different names; there is no column `wie` for `who`; the columns are: Zaak, \
         stap, tijdstip, x, x"
    );
    let only_who =
        Mapping::parse("format = 1\n[columns]\nwho = \"wie\"\n", "m.toml").unwrap();
    let sentence = refusal("zaak,stap,tijd,wie\n", &only_who);
    for part in ["`case`", "`activity`", "`time`"] {
        assert!(
            sentence.contains(&format!("the mapping says nothing about {part}")),
            "{sentence}"
        );
    }
}

#[test]
fn without_a_mapping_one_is_proposed_that_works() {
    let text = "Zaaknummer;Status;Datum;Medewerker\n7;Open;1-2-2025;jan\n";
    let sentence = refusal(text, &Mapping::default());
    let (_, proposal) = sentence.split_once("\n\n").unwrap();
    let mapping = Mapping::parse(proposal, "mapping.toml").unwrap();
    assert_eq!(csv(text, &mapping).events, ["7|Open|1738368000000000d|jan"]);
}

#[test]
fn uneven_rows_are_kept_where_the_cells_are() {
    let text = "zaak,stap,tijd,wie,los\n1,a,2025-02-03\n2,b,2025-02-03,jan,x,y\n,,,\n3\n";
    let sink = csv(text, &mapping(""));
    assert_eq!(
        sink.events,
        ["1|a|1738540800000000d|-", "2|b|1738540800000000d|jan", "3|-|-|-"]
    );
    assert_eq!(
        told(&sink),
        [
            ("column-left-out", Some(Place::Line(1)), "los"),
            ("uneven-row", Some(Place::Line(2)), "3 cells, the header has 5"),
            ("uneven-row", Some(Place::Line(3)), "6 cells, the header has 5"),
            ("uneven-row", Some(Place::Line(5)), "1 cells, the header has 5"),
            ("missing-activity", Some(Place::Line(5)), ""),
            ("missing-time", Some(Place::Line(5)), ""),
            ("passed-over", Some(Place::Line(4)), "1 rows in which nothing stands"),
        ]
    );
}

#[test]
fn blanks_are_missing_and_words_for_nothing_are_texts() {
    let more = "unit = \"team\"\n";
    let text = "zaak,stap,tijd,wie,team\n 1 ,null,2025-02-03,\"  \",NA\n";
    assert_eq!(csv(text, &mapping(more)).events, ["1|null|1738540800000000d|-|unit=NA"]);
}

#[test]
fn values_that_cannot_be_read_are_noted_and_never_guessed() {
    let more = "amount = { column = \"bedrag\", type = \"money\" }\n\
                publication_required = { column = \"pub\", type = \"bool\" }\n\
                received_on = { column = \"in\", type = \"date\" }\n\
                tenders = { column = \"n\", type = \"int\" }\n";
    let text = "zaak,stap,tijd,wie,bedrag,pub,in,n\n\
                1,a,3-2-25,jan,12.345,misschien,2025-02-30,1.5\n\
                1,b,2025-02-03T24:30:00Z,jan,12.34,JA,3/2/2025 23:30,3.0\n";
    let sink = csv(text, &mapping(more));
    assert_eq!(
        sink.events,
        [
            "1|a|?|jan",
            "1|b|?|jan|amount=1234|publication_required=true|received_on=@1738540800000000d|\
             tenders=3"
        ]
    );
    assert_eq!(
        told(&sink)[..5],
        [
            ("unreadable-time", Some(Place::Line(2)), "3-2-25"),
            ("unreadable-value", Some(Place::Line(2)), "amount: 12.345"),
            ("unreadable-value", Some(Place::Line(2)), "publication_required: misschien"),
            ("unreadable-value", Some(Place::Line(2)), "received_on: 2025-02-30"),
            ("unreadable-value", Some(Place::Line(2)), "tenders: 1.5"),
        ]
    );
}

#[test]
fn kept_columns_have_their_own_names_and_constants_stand_with_every_event() {
    let more = "[keep]\ncolumns = \"all\"\n[constants]\nsystem = \"Zaaksysteem\"\n";
    let text = "zaak,stap,tijd,wie,case:soort,stap-2,,who\n1,a,2025-02-03,jan,x,y,z,q\n";
    assert_eq!(
        csv(text, &mapping(more)).events,
        [
            "1|a|1738540800000000d|jan|case:soort=x|stap-2=y|column-7=z|who-2=q|system=Zaaksysteem"
        ]
    );
}

#[test]
fn a_local_time_that_does_not_exist_is_told() {
    let text = "zaak,stap,tijd,wie\n1,a,2026-03-29 02:30:00,jan\n";
    let sink = csv(text, &mapping(""));
    assert_eq!(told(&sink)[0].0, "ambiguous-time");
}

#[test]
fn a_table_without_a_header_names_its_columns_by_place() {
    let text = "format = 1\n[csv]\nheader = false\n[columns]\ncase = \"column-1\"\n\
                activity = \"column-2\"\ntime = \"column-3\"\n";
    let mapping = Mapping::parse(text, "mapping.toml").unwrap();
    assert_eq!(csv("1;a;2025-02-03\n", &mapping).events, ["1|a|1738540800000000d|-"]);
}

#[test]
fn files_that_are_no_table_end_in_one_sentence() {
    assert!(refusal("\n\n", &mapping("")).contains("holds no row"));
    let zeros: Vec<u8> =
        "zaak,stap\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(refusal(zeros, &mapping("")).contains("UTF-16 without a byte order mark"));
    let wide = ",".repeat(5000);
    assert!(refusal(wide, &mapping("")).contains("more than 2000 cells"));
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(
        head in proptest::option::of(Just(&b"zaak,stap,tijd,wie\n"[..])),
        body in proptest::collection::vec(
            prop_oneof![any::<u8>(), proptest::sample::select(&b",\"\n\r;0123- :"[..])], 0..300,
        ),
        zip in any::<bool>(),
    ) {
        let mut bytes = head.unwrap_or_default().to_vec();
        bytes.extend(body);
        if zip {
            let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
            packer.write_all(&bytes).unwrap();
            bytes = packer.finish().unwrap();
        }
        for mapping in [mapping(""), mapping("[keep]\ncolumns = \"all\"\n"), Mapping::default()] {
            let mut sink = Collected::default();
            let limits = Limits { piece: 100, ..Limits::default() };
            let _answer = read_bytes(&bytes, Some(Format::Csv), &mapping, &limits, &mut sink);
        }
    }
}
