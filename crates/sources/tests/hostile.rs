//! Files that are broken, mistaken or made to harm: each ends in one sentence, however large
//! it pretends to be.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use columns::intake::Collected;
use flate2::Compression;
use flate2::write::GzEncoder;
use sources::{Format, Limits, Mapping, ReadError, read};
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const TABLE: &str = "format = 1\n[columns]\ncase = \"zaak\"\nactivity = \"stap\"\n\
                     time = \"tijd\"\n";

/// A file of a folder that vanishes with the test.
fn file(name: &str, bytes: &[u8]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    (folder, path)
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

/// Two gigabytes of one sign between a beginning and an end, packed. The megabyte is packed
/// once and written 2048 times, because members of gzip may follow one another.
fn two_gigabytes(name: &str, start: &str, sign: u8, end: &str) -> (TempDir, PathBuf) {
    let (folder, path) = file(name, b"");
    let mut to = BufWriter::new(File::create(&path).unwrap());
    to.write_all(&packed(start.as_bytes())).unwrap();
    let megabyte = packed(&vec![sign; 1 << 20]);
    for _ in 0..2048 {
        to.write_all(&megabyte).unwrap();
    }
    to.write_all(&packed(end.as_bytes())).unwrap();
    to.flush().unwrap();
    (folder, path)
}

/// The sentence of a refusal, and how much of the file was read until then, in hundredths.
fn refusal(path: &Path, format: Option<Format>, mapping: &str) -> (String, u64) {
    let mapping = Mapping::parse(mapping, "mapping.toml").unwrap();
    let mut sink = Collected::default();
    let mut heard = 0;
    let error: ReadError =
        read(path, format, &mapping, &Limits::default(), &mut sink, &mut |bytes| {
            heard = bytes;
        })
        .unwrap_err();
    let sentence = error.to_string();
    assert!(!sentence.contains('\n') && !sentence.ends_with('.'), "{sentence}");
    (sentence, heard * 100 / path.metadata().unwrap().len().max(1))
}

fn sentence(name: &str, bytes: &[u8], mapping: &str) -> String {
    let (_folder, path) = file(name, bytes);
    refusal(&path, None, mapping).0
}

#[test]
fn a_packed_log_that_was_cut_off_says_to_copy_it_again() {
    let events = "<event><string key='concept:name' value='a'/></event>\n".repeat(20_000);
    let whole = packed(format!("<log><trace>\n{events}</trace></log>").as_bytes());
    let told = sentence("log.xes.gz", &whole[..whole.len() - 12], "format = 1\n");
    // In which line it ends depends on the library that packs.
    let (line, told) = told.split_once(": ").unwrap();
    assert!(line.starts_with("line 1"), "{line}");
    assert_eq!(told, "the file ends in the middle of the packed data; copy it again");
}

#[test]
fn entities_that_would_expand_a_billionfold_are_refused_unread() {
    let mut bomb = "<?xml version='1.0'?>\n<!DOCTYPE log [<!ENTITY a0 'ha'>".to_owned();
    for n in 1..10 {
        let ten = format!("&a{};", n - 1).repeat(10);
        bomb = format!("{bomb}<!ENTITY a{n} '{ten}'>");
    }
    bomb.push_str("]>\n<log xes.version='1.0'><string key='a' value='&a9;'/></log>");
    assert_eq!(
        sentence("log.xes", bomb.as_bytes(), "format = 1\n"),
        "line 2: the file defines its own document type or entities (`<!DOCTYPE`), which is \
         not read because it can be used for attacks; remove that part"
    );
}

#[test]
fn an_attribute_of_two_gigabytes_ends_at_the_bound() {
    let start = "<log>\n<trace><event><string key=\"a\" value=\"";
    let (_folder, path) =
        two_gigabytes("log.xes.gz", start, b'x', "\"/></event></trace></log>");
    let (told, share) = refusal(&path, None, "format = 1\n");
    assert_eq!(
        told,
        "line 2: a tag or text that begins here is longer than 16777216 bytes; the file is \
         broken or no log"
    );
    assert!(share < 3, "{share} hundredths of the file were read");
}

#[test]
fn a_text_of_two_gigabytes_in_json_ends_at_the_bound() {
    let (_folder, path) =
        two_gigabytes("log.json.gz", "{\"objects\":[{\"id\":\"", b'x', "\"}]}");
    let (told, share) =
        refusal(&path, Some(Format::OcelJson), "format = 1\n[ocel]\ncase = \"A\"\n");
    assert_eq!(
        told,
        "line 1: a single text or number is longer than this program takes; the file is \
         broken or no log"
    );
    assert!(share < 3, "{share} hundredths of the file were read");
}

#[test]
fn a_table_with_a_wrong_delimiter_names_the_right_one() {
    let mapping = format!("{TABLE}[csv]\ndelimiter = \",\"\n");
    assert_eq!(
        sentence("a.csv", b"zaak;stap;tijd;wie\n1;a;2025-02-03;jan\n", &mapping),
        "line 1: the header has 1 column `zaak;stap;tijd;wie` where delimiter `,` was given; \
         the line holds 3 times `;`: set delimiter = \";\" in the mapping"
    );
}

#[test]
fn a_row_of_two_gigabytes_without_a_closing_quote_ends_at_the_bound() {
    let (_folder, path) = two_gigabytes("a.csv.gz", "zaak,stap,tijd\n1,\"", b'x', "");
    let (told, share) = refusal(&path, Some(Format::Csv), TABLE);
    assert_eq!(
        told,
        "line 2: the row is longer than 16777216 bytes; is a closing quote missing?"
    );
    assert!(share < 3, "{share} hundredths of the file were read");
}

#[test]
fn a_quote_that_is_never_closed_does_not_swallow_the_rest_of_the_table() {
    let rows = "3,c,2025-02-03\n".repeat(1000);
    let text = format!("zaak,stap,tijd\n1,a,2025-02-03\n2,\"b,2025-02-03\n{rows}");
    assert_eq!(
        sentence("a.csv", text.as_bytes(), TABLE),
        "line 3: a quote opens in this row and never closes; close it, or say in the mapping \
         which sign quotes (quote under [csv])"
    );
}

#[test]
fn a_page_of_the_web_saved_as_a_log_is_told() {
    let page = b"<!DOCTYPE html>\n<html><head><title>Log in</title></head></html>";
    assert_eq!(
        sentence("log.xes", page, "format = 1\n"),
        "the file is XML but holds no `log` element; expected XES or OCEL 2.0"
    );
}

#[test]
fn an_empty_file_is_told() {
    for name in ["log.xes", "log.csv", "log.parquet", "log.jsonocel", "log.sqlite"] {
        assert_eq!(
            sentence(name, b"", "format = 1\n"),
            "the file is empty; expected a process log"
        );
    }
    assert_eq!(
        sentence("log.xes.gz", &packed(b""), "format = 1\n"),
        "the file is empty; expected a process log"
    );
}

#[test]
fn a_folder_instead_of_a_file_is_told() {
    let folder = tempfile::tempdir().unwrap();
    for format in [None, Some(Format::Parquet), Some(Format::OcelSqlite)] {
        let (told, _) = refusal(folder.path(), format, "format = 1\n");
        assert_eq!(told, "this is a folder; name a file in it");
    }
}

#[test]
fn a_spreadsheet_or_an_archive_is_told() {
    let start = b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00[Content_Types].xml";
    for name in ["zaken.xlsx", "zaken.zip"] {
        assert_eq!(
            sentence(name, start, TABLE),
            "the file is a zip archive or a spreadsheet; unpack it, or save the sheet as CSV"
        );
    }
}

#[test]
fn a_file_that_is_not_there_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let mapping = Mapping::default();
    let path = folder.path().join("log.xes");
    let mut sink = Collected::default();
    let done = read(&path, None, &mapping, &Limits::default(), &mut sink, &mut |_| {});
    assert_eq!(done.unwrap_err().to_string(), "the file does not exist; check the path");
}
