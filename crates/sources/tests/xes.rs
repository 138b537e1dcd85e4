//! XES, from real logs down to hostile bytes.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "helpers of tests: what fails here fails the test"
)]

use columns::intake::Collected;
use columns::{RawEvent, Refusal, Sink, Value};
use model::{Note, NoteKind};
use proptest::prelude::*;
use sources::{
    ColumnKind, ColumnOf, Format, Limits, Mapping, ReadError, ReadSummary, read,
    read_bytes,
};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

fn mapping(text: &str) -> Mapping {
    Mapping::parse(&format!("format = 1\n{text}"), "mapping.toml").unwrap()
}

fn try_xes(
    bytes: &[u8],
    mapping: &Mapping,
) -> (Result<ReadSummary, ReadError>, Collected) {
    let mut sink = Collected::default();
    let done = read_bytes(bytes, None, mapping, &Limits::default(), &mut sink);
    (done, sink)
}

fn xes(text: impl AsRef<[u8]>, mapping: &Mapping) -> Collected {
    let (done, sink) = try_xes(text.as_ref(), mapping);
    assert_eq!(done.unwrap().format, Format::Xes);
    sink
}

fn refusal(text: impl AsRef<[u8]>) -> String {
    try_xes(text.as_ref(), &Mapping::default()).0.unwrap_err().to_string()
}

fn told(sink: &Collected) -> Vec<String> {
    let place = |n: &Note| n.place.map(|p| p.to_string()).unwrap_or_default();
    sink.notes
        .iter()
        .map(|n| format!("{} {} {}", n.kind.code(), place(n), n.detail))
        .collect()
}

fn shared(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data/eventlogs")
        .join(name);
    if path.exists() {
        return Some(path);
    }
    println!("skipped: the shared test data `{name}` is not there");
    None
}

/// What the published descriptions of logs count.
#[derive(Default)]
struct Totals {
    events: usize,
    cases: BTreeSet<String>,
    activities: BTreeSet<String>,
    who: BTreeSet<String>,
    without_who: usize,
    text: BTreeMap<String, usize>,
    notes: BTreeSet<NoteKind>,
}

impl Sink for Totals {
    fn event(&mut self, event: &RawEvent<'_>) -> Result<(), Refusal> {
        self.events += 1;
        let add = |set: &mut BTreeSet<String>, text: Option<&str>| {
            if let Some(text) = text
                && !set.contains(text)
            {
                set.insert(text.to_owned());
            }
        };
        add(&mut self.cases, event.case);
        add(&mut self.activities, event.activity);
        add(&mut self.who, event.who);
        self.without_who += usize::from(event.who.is_none());
        for (name, value) in event.case_attributes.iter().chain(event.attributes) {
            if matches!(value, Value::Text(_)) {
                *self.text.entry((*name).to_owned()).or_default() += 1;
            }
        }
        Ok(())
    }

    fn note(&mut self, note: Note) {
        self.notes.insert(note.kind);
    }
}

#[test]
fn real_logs_have_the_published_totals() {
    for (name, cases, events, activities, who) in [
        ("receipt.xes.gz", 1_434, 8_577, 27, 48),
        ("road_traffic_fines.xes.gz", 150_370, 561_470, 11, 148),
        ("bpic2012.xes.gz", 13_087, 262_200, 24, 68),
    ] {
        let Some(path) = shared(name) else { continue };
        let mut totals = Totals::default();
        let mut heard = 0;
        let summary = read(
            &path,
            None,
            &Mapping::default(),
            &Limits::default(),
            &mut totals,
            &mut |bytes| heard = bytes,
        )
        .unwrap();
        assert_eq!(summary.format, Format::Xes);
        assert_eq!(heard, summary.bytes);
        assert_eq!(
            (
                totals.cases.len(),
                totals.events,
                totals.activities.len(),
                totals.who.len()
            ),
            (cases, events, activities, who),
            "{name}"
        );
        // The only remark on these logs: what the head says of the log itself.
        assert_eq!(totals.notes, BTreeSet::from([NoteKind::PassedOver]), "{name}");
    }
}

#[test]
fn the_receipt_log_reads_as_its_table_of_text_says() {
    let (Some(log), Some(table)) = (shared("receipt.xes.gz"), shared("receipt.csv"))
    else {
        return;
    };
    let none = &mut |_| {};
    let mut from_log = Collected::default();
    let limits = Limits::default();
    read(&log, None, &Mapping::default(), &limits, &mut from_log, none).unwrap();
    let mut from_table = Collected::default();
    let columns = mapping(
        "[columns]\ncase = \"case:concept:name\"\nactivity = \"concept:name\"\n\
         time = \"time:timestamp\"\nwho = \"org:resource\"\n",
    );
    read(&table, Some(Format::Csv), &columns, &limits, &mut from_table, none).unwrap();
    let parts = |sink: &Collected| {
        let part = |line: &String| line.split('|').take(4).collect::<Vec<_>>().join("|");
        let mut all: Vec<_> = sink.events.iter().map(part).collect();
        all.sort();
        all
    };
    let (log, table) = (parts(&from_log), parts(&from_table));
    assert_eq!(log.len(), table.len());
    let differ: Vec<_> = log.iter().zip(&table).filter(|(a, b)| a != b).take(3).collect();
    assert!(differ.is_empty(), "{differ:?}");
}

const SMALL: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849-2016" xmlns="http://www.xes-standard.org/">
 <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
 <global scope="trace"><string key="concept:name" value="UNKNOWN"/></global>
 <global scope="event">
  <string key="org:resource" value="UNKNOWN"/><string key="channel" value="desk"/>
 </global>
 <classifier name="Both" keys="concept:name lifecycle:transition"/>
 <trace>
  <string key="concept:name" value="Z1"/>
  <float key="AMOUNT_REQ" value="1250.50"/>
  <event>
   <string key="concept:name" value="R&amp;D &#233;"/>
   <date key="time:timestamp" value="2024-03-01T10:00:00.500+01:00"/>
   <string key="org:resource" value="jan"/>
   <string key="org:group" value="desk 1"/>
   <string key="org:role" value="clerk"/>
   <string key="lifecycle:transition" value="complete"/>
   <boolean key="urgent" value="true"/>
   <int key="count" value="-3"><string key="unit" value="kg"/></int>
   <list key="docs"><values><id key="a" value="1"/><string key="b" value="x"/></values></list>
   <container key="box"><float key="w" value="1.5E1"/></container>
   <string key="channel" value="post"/>
   <string key="empty" value=""/>
  </event>
  <event>
   <string value='pay' key='concept:name'/>
   <date key="time:timestamp" value="2024-07-01T10:00:00"/>
  </event>
 </trace>
 <trace><string key="concept:name" value="Z2"/></trace>
 <event><string key="concept:name" value="alone"/><date key="time:timestamp" value="soon"/></event>
</log>
"#;

#[test]
fn every_part_of_the_standard_finds_its_place() {
    let sink = xes(SMALL, &Mapping::default());
    assert_eq!(
        sink.events,
        [
            "Z1|R&D é|1709283600500000|jan|case:AMOUNT_REQ=1250.5|unit=desk 1|role=clerk\
             |lifecycle=complete|urgent=true|count=-3|count/unit=kg|docs/a=1|docs/b=x|box/w=15\
             |channel=post",
            "Z1|pay|1719820800000000|-|case:AMOUNT_REQ=1250.5|channel=desk",
            "-|alone|?|-|channel=desk",
        ]
    );
    assert_eq!(
        told(&sink),
        [
            "unreadable-time line 32 soon",
            "missing-case line 32 ",
            "passed-over  global (2×)",
            "passed-over  trace (1×)",
            "time-without-zone line 28 1×",
        ]
    );
}

#[test]
fn the_summary_names_classifiers_and_columns() {
    let (done, _) = try_xes(SMALL.as_bytes(), &Mapping::default());
    let done = done.unwrap();
    assert_eq!(done.classifiers[0].name, "Both");
    assert_eq!(done.classifiers[0].keys, ["concept:name", "lifecycle:transition"]);
    let first = &done.columns[0];
    assert_eq!(
        (first.name.as_str(), first.kind, first.of),
        ("case:AMOUNT_REQ", ColumnKind::Float, ColumnOf::Case)
    );
    let names: Vec<_> = done.columns.iter().skip(1).map(|c| c.name.as_str()).collect();
    let expected =
        "box/w channel count count/unit docs/a docs/b lifecycle role unit urgent";
    assert_eq!(names.join(" "), expected);
}

#[test]
fn a_classifier_of_the_log_can_name_the_activity() {
    let sink = xes(SMALL, &mapping("[classifier]\nname = \"Both\""));
    let activities: Vec<_> =
        sink.events.iter().map(|e| e.split('|').nth(1).unwrap()).collect();
    assert_eq!(activities, ["R&D é+complete", "pay+", "alone+"]);
    let (done, _) = try_xes(SMALL.as_bytes(), &mapping("[classifier]\nname = \"Bot\""));
    let told = done.unwrap_err().sentence;
    assert_eq!(told, "the log has no classifier `Bot`; it has Both");
}

#[test]
fn a_mapping_renames_types_and_leaves_out() {
    let sink = xes(
        SMALL,
        &mapping(
            "[columns]\namount = { column = \"AMOUNT_REQ\", type = \"money\", of = \"case\" }\n\
             who = \"org:role\"\nchannel = \"channel\"\n\
             [constants]\nscheme = \"S\"\n[keep]\ncolumns = \"named\"",
        ),
    );
    assert_eq!(
        sink.events,
        [
            "Z1|R&D é|1709283600500000|clerk|amount=125050|scheme=S|channel=post",
            "Z1|pay|1719820800000000|-|amount=125050|scheme=S|channel=desk",
            "-|alone|?|-|scheme=S|channel=desk",
        ]
    );
    let left: Vec<_> = sink
        .notes
        .iter()
        .filter(|n| n.kind == NoteKind::ColumnLeftOut)
        .map(|n| n.detail.as_str())
        .collect();
    assert!(left.contains(&"org:group") && !left.contains(&"channel"), "{left:?}");
}

#[test]
fn a_log_on_one_line_with_a_prefix_reads_the_same() {
    let one: String = SMALL.lines().map(str::trim).collect();
    let prefixed = one
        .replace("<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "")
        .replace("</", "\u{1}")
        .replace('<', "<x:")
        .replace('\u{1}', "</x:");
    let plain = xes(SMALL, &Mapping::default()).events;
    assert_eq!(xes(&one, &Mapping::default()).events, plain);
    assert_eq!(xes(&prefixed, &Mapping::default()).events, plain);
}

#[test]
fn values_that_do_not_fit_are_noted_and_missing() {
    let sink = xes(
        "<log><trace><string key='concept:name' value='Z'/><event>\n\
         <string key='concept:name' value='a'/><int key='n' value='many'/>\n\
         <float key='f' value='NaN'/><boolean key='b' value='perhaps'/>\n\
         <date key='d' value='31-31-31'/><string key='s'/><string value='x'/>\n\
         <string key='t' value='1'/><string key='t' value='2'/><odd/></event></trace></log>",
        &Mapping::default(),
    );
    assert_eq!(sink.events, ["Z|a|-|-|t=1"]);
    assert_eq!(
        told(&sink),
        [
            "unreadable-value line 2 n",
            "unreadable-value line 3 f",
            "unreadable-value line 3 b",
            "unreadable-value line 4 d",
            "unreadable-value line 4 s",
            "unreadable-value line 4 string",
            "passed-over line 5 t",
            "passed-over line 5 odd",
            "missing-time line 1 ",
        ]
    );
}

#[test]
fn a_default_without_a_key_gives_no_attribute_without_a_name() {
    let sink = xes(
        "<log xes.version='1'><global scope='event'><string sey='a' value='b'/></global>\
         <trace><string key='concept:name' value='Z'/><event/></trace></log>",
        &Mapping::default(),
    );
    assert_eq!(sink.events, ["Z|-|-|-"]);
    assert!(told(&sink).iter().any(|note| note.starts_with("passed-over")));
}

#[test]
fn own_keys_do_not_take_the_names_of_others() {
    let sink = xes(
        "<log><trace><string key='concept:name' value='Z'/><event>\
         <string key='who' value='w'/><string key='unit' value='u'/>\
         <string key='org:group' value='g'/></event></trace></log>",
        &Mapping::default(),
    );
    assert_eq!(sink.events, ["Z|-|-|-|event:who=w|unit=u|org:group=g"]);
}

#[test]
fn files_that_are_no_log_end_in_one_sentence() {
    for (text, part) in [
        (
            "<log><trace>\n<event>",
            "line 2: the file ends in the middle, `event` is not closed",
        ),
        ("<log><objects/></log>", "[ocel]"),
        ("<html><body/></html>", "holds no `log` element"),
        ("<logs xes.version='1'/>", "the outermost element is `logs`, expected `log`"),
        ("<!DOCTYPE log [<!ENTITY a 'b'>]><log><trace/></log>", "its own document type"),
        ("", "the file is empty"),
    ] {
        let told = refusal(text);
        assert!(told.contains(part), "{text}: {told}");
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed =
        flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

#[test]
fn a_packed_file_may_have_several_members_but_must_be_whole() {
    let (first, second) = SMALL.as_bytes().split_at(700);
    let both = [gzip(first), gzip(second)].concat();
    assert_eq!(xes(&both, &Mapping::default()).events.len(), 3);
    let whole = gzip(SMALL.as_bytes());
    let mut sink = Collected::default();
    let cut = read_bytes(
        &whole[..whole.len() - 20],
        Some(Format::Xes),
        &Mapping::default(),
        &Limits::default(),
        &mut sink,
    );
    let told = cut.unwrap_err().to_string();
    assert!(told.contains("middle of the packed data; copy it again"), "{told}");
    let mut damaged = whole;
    let middle = damaged.len() / 2;
    damaged[middle] ^= 0x55;
    assert!(refusal(&damaged).contains("copy"), "{}", refusal(&damaged));
}

#[test]
fn too_many_keys_and_too_long_events_end_at_the_bound() {
    let many: String = (0..200)
        .flat_map(|n| ["<string key='k".to_owned(), format!("{n}' value='v'/>")])
        .collect();
    let log = format!("<log><trace><event>{many}</event></trace></log>");
    let mut sink = Collected::default();
    for limits in [
        Limits { names: 100, ..Limits::default() },
        Limits { attributes: 100, ..Limits::default() },
        Limits { piece: 150, ..Limits::default() },
    ] {
        let done =
            read_bytes(log.as_bytes(), None, &Mapping::default(), &limits, &mut sink);
        let told = done.unwrap_err().to_string();
        assert!(told.contains("more than 100") || told.contains("150 bytes"), "{told}");
    }
    assert!(sink.events.is_empty());
}

proptest! {
    #[test]
    fn a_broken_log_never_makes_it_fall_over(
        at in any::<prop::sample::Index>(),
        count in 0_usize..40,
        put in prop::collection::vec(any::<u8>(), 0..20),
    ) {
        let mut bytes = SMALL.as_bytes().to_vec();
        let at = at.index(bytes.len());
        let to = (at + count).min(bytes.len());
        bytes.splice(at..to, put);
        let mut sink = Collected::default();
        for packed in [bytes.clone(), gzip(&bytes)] {
            let done = read_bytes(&packed, Some(Format::Xes), &Mapping::default(), &Limits::default(), &mut sink);
            if let Err(error) = done {
                prop_assert!(!error.sentence.ends_with('.'), "{error}");
            }
        }
    }
}

#[test]
fn an_attribute_of_a_gigabyte_ends_at_the_bound() {
    let start = b"<log><trace><event><string key=\"a\" value=\"".as_slice();
    let mut endless = start.chain(std::io::repeat(b'x')).take(1 << 26);
    let mut packed =
        flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::copy(&mut endless, &mut packed).unwrap();
    let told = refusal(packed.finish().unwrap());
    assert!(
        told.starts_with("line 1: a tag or text that begins here is longer than"),
        "{told}"
    );
}
