//! Writes the inputs fuzzing begins with: small logs made here, one folder a target.
//!
//! `cargo run -p sources --example seeds -- fuzz/corpus`

use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, Decimal128Array, DictionaryArray, Float64Array,
    Int64Array, RecordBatch, StringArray, TimestampMillisecondArray, types::Int32Type,
};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::{WriterProperties, WriterVersion};
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

type Done<T = ()> = Result<T, Box<dyn Error>>;

fn main() -> Done {
    let folder = std::env::args_os().nth(1).map(PathBuf::from);
    let folder = folder.ok_or("say into which folder the seeds are written")?;
    for (target, seeds) in [
        ("xes", XES),
        ("xes_gz", XES),
        ("csv", CSV),
        ("ocel_json", OCEL_JSON),
        ("ocel_xml", OCEL_XML),
        ("mapping", MAPPING),
    ] {
        for (number, text) in seeds.iter().enumerate() {
            put(&folder, target, number, text.as_bytes())?;
        }
    }
    let utf_16: Vec<u8> = CSV
        .iter()
        .take(1)
        .flat_map(|text| text.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    put(&folder, "csv", 100, &[&b"\xff\xfe"[..], &utf_16].concat())?;
    for (number, bytes) in tables()?.iter().enumerate() {
        put(&folder, "parquet", number, bytes)?;
    }
    for (number, schema) in DATABASES.iter().enumerate() {
        put(&folder, "ocel_sqlite", number, &database(schema)?)?;
    }
    content(&folder)
}

/// The rules, examples and bindings of the project itself.
fn content(folder: &Path) -> Done {
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let areas = within(&project.join("content/rules"))?;
    let rules: Vec<_> = areas.iter().map(|area| within(area)).collect::<Done<_>>()?;
    for (number, rule) in rules.iter().flatten().enumerate() {
        let text = fs::read_to_string(rule.join("rule.toml"))?;
        // The target writes the head itself.
        let logic = text.find("[parameters").or_else(|| text.find("[logic"));
        let logic = logic.and_then(|at| text.get(at..)).unwrap_or_default();
        put(folder, "rule", number, logic.as_bytes())?;
        put(folder, "rule_examples", number, &fs::read(rule.join("examples.md"))?)?;
    }
    for (number, example) in within(&project.join("examples"))?.iter().enumerate() {
        let binding = example.join("binding.toml");
        if binding.exists() {
            put(folder, "binding", number, &fs::read(binding)?)?;
        }
    }
    Ok(())
}

/// What a folder holds, sorted by name.
fn within(folder: &Path) -> Done<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        found.push(entry?.path());
    }
    found.sort();
    Ok(found)
}

fn put(folder: &Path, target: &str, number: usize, bytes: &[u8]) -> Done {
    let folder = folder.join(target);
    fs::create_dir_all(&folder)?;
    fs::write(folder.join(format!("seed-{number:02}")), bytes)?;
    Ok(())
}

const XES: &[&str] = &[
    r#"<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849-2016" xmlns="http://www.xes-standard.org/">
<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
<global scope="trace"><string key="concept:name" value="?"/></global>
<global scope="event"><string key="org:resource" value="?"/></global>
<classifier name="Both" keys="concept:name 'lifecycle:transition'"/>
<string key="origin" value="own &amp; small"/>
<trace><string key="concept:name" value="Z1"/><float key="fee" value="2.50"/>
<event><string key="concept:name" value="Open &#233;"/><date key="time:timestamp" value="2024-03-31T02:30:00.000+01:00"/>
<string key="org:resource" value="jan"/><int key="n" value="-3"/><boolean key="ok" value="true"/>
<id key="i" value="0f8fad5b-d9cb-469f-a165-70867728950e"/><list key="l"><values><string key="x" value="y"/></values></list>
<container key="c"><int key="d" value="1"/></container></event></trace></log>"#,
    "<log><trace><event><string key='concept:name' value='a'><string key='deep' value='b'/>\
     </string><date key='time:timestamp' value='2024-01-02'/></event><event/></trace><trace/></log>",
    "<?xml version='1.0' encoding='ISO-8859-1'?><!-- c --><x:log><x:trace><x:event><![CDATA[ ]]>\
     </x:event></x:trace></x:log>",
    "<!DOCTYPE log [<!ENTITY a 'b'>]><log>&a;</log>",
];

const CSV: &[&str] = &[
    "a,b,c,d,e\n1,open,2024-01-02 10:00,jan,3\n1,\"x,\"\"y\",03-04-2024,,2.50\n",
    "a;b;c;d\r\n1;open;2024-01-02T10:00:00Z;\r\n\r\n2;\"x\r\ny\";;piet;more\r\n",
    "a\tb\tc\td\n1\to\t1-2-2024 9:05\tjan",
    "a|b|c|d\n1|\"no end|2\n",
    "e,d,c,b,a\n\u{e9},jan,2024-10-27 02:30,open,1\n",
];

const OCEL_JSON: &[&str] = &[
    r#"{"objectTypes":[{"name":"A","attributes":[{"name":"fee","type":"float"}]},{"name":"B","attributes":[]}],
"eventTypes":[{"name":"open","attributes":[{"name":"n","type":"integer"}]}],
"objects":[{"id":"a1","type":"A","attributes":[{"name":"fee","time":"1970-01-01T00:00:00Z","value":"2.5"},
{"name":"fee","time":"2024-02-01T00:00:00Z","value":3}],"relationships":[{"objectId":"b1","qualifier":"q"}]},
{"id":"b1","type":"B"}],
"events":[{"id":"e1","type":"open","time":"2024-01-02T10:00:00Z","attributes":[{"name":"n","value":"3"}],
"relationships":[{"objectId":"a1","qualifier":"case"},{"objectId":"b1","qualifier":"by"}]}]}"#,
    r#"{"events":[{"id":"e","type":"t","time":"x","relationships":[{"objectId":"a","qualifier":"\u00e9"}]}],"extra":[1,{"a":null}],"objects":[{"id":"a","type":"A"},{"id":"a","type":"A"}]}"#,
    r#"{"ocel:events":{}}"#,
];

const OCEL_XML: &[&str] = &[
    r#"<?xml version="1.0"?><log><object-types><object-type name="A"><attributes><attribute name="fee" type="float"/></attributes></object-type><object-type name="B"><attributes/></object-type></object-types>
<event-types><event-type name="open"><attributes><attribute name="n" type="integer"/></attributes></event-type></event-types>
<objects><object id="a1" type="A"><attributes><attribute name="fee" time="1970-01-01T00:00:00Z">2.5</attribute><attribute name="fee" time="2024-02-01">3</attribute></attributes><objects><relationship object-id="b1" qualifier="q"/></objects></object><object id="b1" type="B"/></objects>
<events><event id="e1" type="open" time="2024-01-02T10:00:00Z"><attributes><attribute name="n">3</attribute></attributes><objects><relationship object-id="a1" qualifier="case"/><relationship object-id="b1" qualifier="by"/></objects></event></events></log>"#,
    "<log><events><event id='e' type='t' time='x'><objects><object object-id='a' qualifier='&lt;'/>\
     </objects></event></events><objects><object id='a' type='A'/></objects></log>",
];

const MAPPING: &[&str] = &[
    r#"format = 1
title = "t"
[columns]
case = "a"
activity = "b"
time = { column = "c", type = "date" }
who = "d"
amount = { column = "d", type = "money", of = "case" }
[keep]
columns = "all"
[csv]
delimiter = ";"
quote = "'"
decimal = ","
encoding = "windows-1252"
skip_lines = 1
header = false
comment = "-"
[constants]
system = "x"
surface = 12
bibob_required = true
"#,
    "format = 1\n[time]\nzone = \"Europe/Amsterdam\"\nformats = [\"%d-%m-%Y\", \"%Y-%m-%d %H:%M\", \
     \"iso\"]\n[columns]\ncase = \"a\"\nactivity = \"b\"\ntime = \"c\"\nwho = \"d\"\n",
    "format = 1\n[ocel]\ncase = \"A\"\nwho = { object = \"B\" }\nqualifiers = [\"q\"]\n\
     [classifier]\nname = \"Both\"\n[person]\ncolumns = [\"a\"]\n",
    "format = 1\n[files.\"*.csv\".columns]\ncase = \"a\"\n[files.\"\".csv]\ndelimiter = \"\\t\"\n",
];

/// Tables in several ways of packing and encoding.
fn tables() -> Done<Vec<Vec<u8>>> {
    let words: DictionaryArray<Int32Type> = [Some("jan"), None].into_iter().collect();
    let money = Decimal128Array::from(vec![Some(250), None]);
    let batch = RecordBatch::try_from_iter_with_nullable(
        [
            ("a", Arc::new(Int64Array::from(vec![1, 2])) as ArrayRef),
            ("b", Arc::new(StringArray::from(vec![Some("open"), None]))),
            (
                "c",
                Arc::new(TimestampMillisecondArray::from(vec![
                    Some(1_704_189_600_000),
                    None,
                ])),
            ),
            ("d", Arc::new(words)),
            ("e", Arc::new(money.with_precision_and_scale(10, 2)?)),
            ("f", Arc::new(Float64Array::from(vec![Some(1.5), None]))),
            ("g", Arc::new(BooleanArray::from(vec![Some(true), None]))),
            ("h", Arc::new(Date32Array::from(vec![Some(19_000), None]))),
        ]
        .map(|(name, array)| (name, array, true)),
    )?;
    let mut made = Vec::new();
    for compression in [
        Compression::UNCOMPRESSED,
        Compression::SNAPPY,
        Compression::ZSTD(ZstdLevel::try_new(1)?),
        Compression::LZ4_RAW,
    ] {
        for version in [WriterVersion::PARQUET_1_0, WriterVersion::PARQUET_2_0] {
            let how = WriterProperties::builder()
                .set_compression(compression)
                .set_writer_version(version)
                .set_dictionary_enabled(version == WriterVersion::PARQUET_1_0)
                .build();
            let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), Some(how))?;
            writer.write(&batch)?;
            made.push(writer.into_inner()?);
        }
    }
    Ok(made)
}

const DATABASES: &[&str] = &[
    "CREATE TABLE event(ocel_id TEXT PRIMARY KEY, ocel_type TEXT);
CREATE TABLE object(ocel_id TEXT PRIMARY KEY, ocel_type TEXT);
CREATE TABLE event_object(ocel_event_id TEXT, ocel_object_id TEXT, ocel_qualifier TEXT);
CREATE TABLE object_object(ocel_source_id TEXT, ocel_target_id TEXT, ocel_qualifier TEXT);
CREATE TABLE event_map_type(ocel_type TEXT, ocel_type_map TEXT);
CREATE TABLE object_map_type(ocel_type TEXT, ocel_type_map TEXT);
CREATE TABLE event_open(ocel_id TEXT, ocel_time TIMESTAMP, n INTEGER);
CREATE TABLE object_a(ocel_id TEXT, ocel_time TIMESTAMP, ocel_changed_field TEXT, fee REAL);
CREATE TABLE object_b(ocel_id TEXT, ocel_time TIMESTAMP, ocel_changed_field TEXT);
INSERT INTO event_map_type VALUES ('open', 'open');
INSERT INTO object_map_type VALUES ('A', 'a'), ('B', 'b');
INSERT INTO event VALUES ('e1', 'open'), ('e2', 'open');
INSERT INTO object VALUES ('a1', 'A'), ('b1', 'B');
INSERT INTO event_open VALUES ('e1', '2024-01-02 10:00:00', 3), ('e2', 'x', NULL);
INSERT INTO object_a VALUES ('a1', '1970-01-01', NULL, 2.5), ('a1', '2024-02-01', 'fee', 3);
INSERT INTO object_b VALUES ('b1', '1970-01-01', NULL);
INSERT INTO event_object VALUES ('e1', 'a1', 'case'), ('e1', 'b1', 'by'), ('e2', 'a1', 'q');",
    "CREATE TABLE event(ocel_id TEXT, ocel_type TEXT);
CREATE VIEW object AS SELECT 1 AS ocel_id;",
];

/// A database with small pages, so that fuzzing reaches all of them.
fn database(schema: &str) -> Done<Vec<u8>> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("log.sqlite");
    let base = rusqlite::Connection::open(&path)?;
    base.execute_batch("PRAGMA page_size = 512;")?;
    base.execute_batch(schema)?;
    drop(base);
    Ok(fs::read(path)?)
}
