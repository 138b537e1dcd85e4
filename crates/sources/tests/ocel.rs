//! Object-centric logs in their three forms.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "helpers of tests: what fails here fails the test"
)]

use columns::intake::Collected;
use model::{Note, NoteKind};
use proptest::prelude::*;
use sources::{Format, Limits, Mapping, ReadError, ReadSummary, read, read_bytes};
use std::path::{Path, PathBuf};

fn mapping(text: &str) -> Mapping {
    Mapping::parse(&format!("format = 1\n{text}"), "mapping.toml").unwrap()
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

fn try_file(
    path: &Path,
    mapping: &Mapping,
) -> (Result<ReadSummary, ReadError>, Collected) {
    let mut sink = Collected::default();
    let done = read(path, None, mapping, &Limits::default(), &mut sink, &mut |_| {});
    (done, sink)
}

fn try_bytes(
    bytes: &[u8],
    mapping: &Mapping,
) -> (Result<ReadSummary, ReadError>, Collected) {
    let mut sink = Collected::default();
    let done = read_bytes(bytes, None, mapping, &Limits::default(), &mut sink);
    (done, sink)
}

fn told(notes: &[Note]) -> Vec<String> {
    let place = |n: &Note| n.place.map(|p| p.to_string()).unwrap_or_default();
    notes.iter().map(|n| format!("{} {} {}", n.kind.code(), place(n), n.detail)).collect()
}

const EXAMPLE: [(&str, Format); 3] = [
    ("ocel20_example.jsonocel", Format::OcelJson),
    ("ocel20_example.xmlocel", Format::OcelXml),
    ("ocel20_example.sqlite", Format::OcelSqlite),
];

#[test]
fn the_three_forms_of_one_log_give_the_same_events() {
    for case in ["Invoice", "Payment", "Purchase Order", "Purchase Requisition"] {
        let mapping = mapping(&format!("[ocel]\ncase = \"{case}\""));
        let mut all = Vec::new();
        for (name, format) in EXAMPLE {
            let Some(path) = shared(name) else { return };
            let (done, sink) = try_file(&path, &mapping);
            let done = done.unwrap();
            assert_eq!(done.format, format);
            all.push((name, sink.events, done.columns));
        }
        let (_, events, columns) = &all[0];
        assert!(!events.is_empty());
        for (name, others, their_columns) in &all[1..] {
            assert_eq!(others, events, "{name} with {case}");
            assert_eq!(their_columns, columns, "{name} with {case}");
        }
    }
}

#[test]
fn a_case_attribute_has_the_value_of_its_time() {
    let Some(path) = shared("ocel20_example.jsonocel") else { return };
    let (done, sink) = try_file(&path, &mapping("[ocel]\ncase = \"Invoice\""));
    done.unwrap();
    let third: Vec<_> = sink.events.iter().filter(|e| e.starts_with("R3|")).collect();
    // Invoice R3 is blocked on 3 February 2022 at 06:30 UTC and released at 22:30.
    assert_eq!(
        third,
        [
            "R3|Insert Invoice|1643788800000000|-|case:is_blocked=No|invoice_inserter=Mario",
            "R3|Create Purchase Order|1643817600000000|-|case:is_blocked=No|po_creator=Mario",
            "R3|Set Payment Block|1643869800000000|-|case:is_blocked=Yes|invoice_blocker=Mario",
            "R3|Remove Payment Block|1643927400000000|-|case:is_blocked=No|invoice_block_rem=Mario",
            "R3|Insert Payment|1646085600000000|-|case:is_blocked=No|payment_inserter=Robot",
        ]
    );
    // Events 1 to 4 speak of no invoice.
    assert_eq!(told(&sink.notes), ["passed-over  Invoice (4×)"]);
}

#[test]
fn without_a_case_type_the_sentence_lists_what_there_is() {
    for (name, _) in EXAMPLE {
        let Some(path) = shared(name) else { return };
        let (done, _) = try_file(&path, &Mapping::default());
        let told = done.unwrap_err().sentence;
        assert!(
            told.ends_with(
                "Invoice (3), Payment (3), Purchase Order (2), Purchase Requisition (1)"
            ),
            "{told}"
        );
        let (done, _) = try_file(&path, &mapping("[ocel]\ncase = \"Order\""));
        assert!(
            done.unwrap_err().sentence.starts_with("the log has no object type `Order`")
        );
    }
}

#[test]
fn a_larger_log_has_the_published_totals_and_its_relations() {
    let Some(path) = shared("ocel2_inventory_management.xmlocel.gz") else { return };
    let mut unpacked = String::new();
    let mut decoder = flate2::read::GzDecoder::new(std::fs::File::open(&path).unwrap());
    std::io::Read::read_to_string(&mut decoder, &mut unpacked).unwrap();
    let told = try_file(&path, &Mapping::default()).0.unwrap_err().sentence;
    let counts = told.split('(').skip(1).filter_map(|t| t.split(')').next());
    assert_eq!(counts.filter_map(|n| n.parse::<u64>().ok()).sum::<u64>(), 2_727);
    let (done, sink) = try_file(
        &path,
        &mapping(
            "[ocel]\ncase = \"Customer Order\"\nwho = { object = \"Warehouse Employee\" }",
        ),
    );
    assert_eq!(done.unwrap().format, Format::OcelXml);
    // Counted in the text by another way: each event block that names one or more cases.
    let orders: std::collections::BTreeSet<&str> = unpacked
        .split("<object id=\"")
        .skip(1)
        .filter(|o| o.split('>').next().unwrap().contains("type=\"Customer Order\""))
        .filter_map(|o| o.split('"').next())
        .collect();
    let blocks: Vec<&str> = unpacked.split("<event id=").skip(1).collect();
    assert_eq!(blocks.len(), 3_622);
    let expected: usize = blocks
        .iter()
        .map(|block| {
            let block = block.split("</event>").next().unwrap();
            let ids =
                block.split("object-id=\"").skip(1).filter_map(|o| o.split('"').next());
            ids.filter(|id| orders.contains(id))
                .collect::<std::collections::BTreeSet<_>>()
                .len()
        })
        .sum();
    assert_eq!(sink.events.len(), expected);
    assert!(sink.notes.iter().any(|n| n.detail == "quantity-extension"));
    assert!(sink.events.iter().any(|e| e.split('|').nth(3) != Some("-")));
}

/// Events before objects, natural types, and what can be wrong.
const ODD: &str = r#"{"events":[
 {"id":"e1","type":"open","time":"2024-01-02T10:00:00Z",
  "attributes":[{"name":"n","value":3},{"name":"x","value":"7"},{"name":"ok","value":true},
   {"name":"by","value":"jan"},{"name":"none","value":null}],
  "relationships":[{"objectId":"z1","qualifier":"a"},{"objectId":"z1","qualifier":"b"},
   {"objectId":"z2","qualifier":"c"},{"objectId":"gone","qualifier":"a"},{"objectId":"p1","qualifier":"by"}]},
 {"id":"e1","type":"close","time":"then","relationships":[{"objectId":"z2","qualifier":"a"}]},
 {"id":"e3","type":"lost","time":"2024-01-02T10:00:00Z"}],
"extra":[1,{"a":2}],
"objects":[{"id":"z1","type":"Case","attributes":[
  {"name":"fee","time":"2024-01-03T00:00:00Z","value":"2.50"},
  {"name":"fee","time":"2024-01-01T00:00:00Z","value":"1.50"},
  {"name":"late","time":"2024-05-01T00:00:00Z","value":"x"}]},
 {"id":"z2","type":"Case"},{"id":"z2","type":"Case"},{"id":"p1","type":"Person"}],
"objectTypes":[{"name":"Case","attributes":[{"name":"fee","type":"float"}]},{"name":"Empty"}],
"eventTypes":[{"name":"open","attributes":[{"name":"x","type":"integer"}]}]}"#;

#[test]
fn objects_may_follow_events_and_dirt_is_noted() {
    let (done, sink) = try_bytes(
        ODD.as_bytes(),
        &mapping("[ocel]\ncase = \"Case\"\nwho = { object = \"Person\" }"),
    );
    done.unwrap();
    assert_eq!(
        sink.events,
        [
            "z1|open|1704189600000000|p1|case:fee=1.5|n=3|x=7|ok=true|by=jan",
            "z2|open|1704189600000000|p1|n=3|x=7|ok=true|by=jan",
            "z2|close|?|-",
        ]
    );
    assert_eq!(
        told(&sink.notes),
        [
            // Bytes until it is known that the file has lines.
            format!("passed-over byte {} extra", ODD.find("\"extra\"").unwrap() + 6)
                .as_str(),
            "duplicate-id line 14 Case",
            "unknown-reference line 2 open",
            "duplicate-id line 7 close",
            "unreadable-time line 7 then",
            "passed-over  Case (1×)",
        ]
    );
}

#[test]
fn a_value_without_a_name_is_noted_and_not_handed_over() {
    let json = r#"{"objects":[{"id":"z","type":"Case","attributes":[{"name":"","value":"x"}]}],
        "events":[{"id":"e","type":"t","time":"2024-01-02T10:00:00Z","attributes":[{"value":"y"}],
        "relationships":[{"objectId":"z","qualifier":"q"}]}]}"#;
    let xml = "<log><objects><object id='z' type='Case'><attributes><attribute nam='a'>x\
               </attribute></attributes></object></objects><events><event id='e' type='t' \
               time='2024-01-02T10:00:00Z'><attributes><attribute name=''>y</attribute>\
               </attributes><objects><relationship object-id='z' qualifier='q'/></objects>\
               </event></events></log>";
    for text in [json, xml] {
        let (done, sink) =
            try_bytes(text.as_bytes(), &mapping("[ocel]\ncase = \"Case\""));
        done.unwrap();
        assert_eq!(sink.events, ["z|t|1704189600000000|-"]);
        let unnamed = "an attribute without a name";
        let notes: Vec<_> = sink.notes.iter().filter(|n| n.detail == unnamed).collect();
        assert_eq!(notes.len(), 2, "{:?}", sink.notes);
    }
}

#[test]
fn the_mapping_chooses_who_and_which_relations_count() {
    let (done, sink) = try_bytes(
        ODD.as_bytes(),
        &mapping(
            "[ocel]\ncase = \"Case\"\nwho = { attribute = \"by\" }\nqualifiers = [\"c\"]\n\
             [columns]\namount = { column = \"fee\", type = \"money\", of = \"case\" }",
        ),
    );
    done.unwrap();
    assert_eq!(sink.events, ["z2|open|1704189600000000|jan|n=3|x=7|ok=true"]);
}

#[test]
fn files_that_are_no_log_end_in_one_sentence() {
    let case = mapping("[ocel]\ncase = \"Case\"");
    for (text, part) in [
        ("{\"a\":1}", "neither `objects` nor `events`"),
        ("{\"ocel:events\":{}}", "OCEL 1.0"),
        ("{\"objects\":[{\"id\":", "the file ends in the middle"),
        ("{\"objects\":[}", "not sound OCEL 2.0 JSON"),
        ("{\"objects\":[]}x", "not sound OCEL 2.0 JSON"),
        ("<log><object-types/></log>", "neither `objects` nor `events`"),
        ("<log><objects/><events/></log>", "no object type `Case`; it has none"),
        ("SQLite format 3\0garbage", "the database is damaged"),
    ] {
        let told = try_bytes(text.as_bytes(), &case).0.unwrap_err().to_string();
        assert!(told.contains(part), "{text}: {told}");
    }
    let deep = format!("{{\"objects\":{}", "[".repeat(100_000));
    assert!(try_bytes(deep.as_bytes(), &case).0.is_err());
}

#[test]
fn one_endless_text_ends_at_the_bound() {
    let limits = Limits { piece: 1000, ..Limits::default() };
    let case = mapping("[ocel]\ncase = \"Case\"");
    for text in [
        format!("{{\"objects\":[{{\"id\":\"{}\"}}]}}", "x".repeat(2000)),
        format!("{{\"objects\":[{{\"id\":1{}}}]}}", "0".repeat(2000)),
    ] {
        let mut sink = Collected::default();
        let done = read_bytes(text.as_bytes(), None, &case, &limits, &mut sink);
        assert!(done.unwrap_err().sentence.contains("longer than this program takes"));
    }
}

#[test]
fn a_database_without_the_tables_of_the_standard_or_with_a_view_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.sqlite");
    let base = rusqlite::Connection::open(&path).unwrap();
    base.execute_batch("CREATE TABLE event(ocel_id TEXT, ocel_type TEXT)").unwrap();
    let case = mapping("[ocel]\ncase = \"Case\"");
    let told = try_file(&path, &case).0.unwrap_err().sentence;
    assert_eq!(told, "the database has no table `object`; expected OCEL 2.0");
    base.execute_batch(
        "CREATE VIEW object AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) \
         SELECT i AS ocel_id, 'Case' AS ocel_type FROM n",
    )
    .unwrap();
    let told = try_file(&path, &case).0.unwrap_err().sentence;
    assert_eq!(told, "the database has no table `object`; expected OCEL 2.0");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]
    #[test]
    fn a_broken_log_never_makes_it_fall_over(
        form in 0_usize..2,
        at in any::<prop::sample::Index>(),
        count in 0_usize..30,
        put in prop::collection::vec(any::<u8>(), 0..20),
    ) {
        let xml = "<log><object-types><object-type name='Case'/></object-types><objects>\
                   <object id='z' type='Case'><attributes><attribute name='a' time='2024-01-01'>b\
                   </attribute></attributes></object></objects><events><event id='e' type='t' \
                   time='2024-01-01T00:00:00Z'><attributes/><objects><relationship object-id='z' \
                   qualifier='q'/></objects></event></events></log>";
        let (text, format) = [(ODD, Format::OcelJson), (xml, Format::OcelXml)][form];
        let mut bytes = text.as_bytes().to_vec();
        let at = at.index(bytes.len());
        let to = (at + count).min(bytes.len());
        bytes.splice(at..to, put);
        let mut sink = Collected::default();
        let case = mapping("[ocel]\ncase = \"Case\"");
        let done = read_bytes(&bytes, Some(format), &case, &Limits::default(), &mut sink);
        if let Err(error) = done {
            prop_assert!(!error.sentence.ends_with('.'), "{error}");
        }
        prop_assert!(sink.notes.iter().all(|n| n.kind != NoteKind::DuplicateEvent));
    }
}
