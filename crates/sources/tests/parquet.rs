//! Tables of Parquet, written by the official writer.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests")]

use arrow_array::types::{Int16Type, Int32Type};
use arrow_array::{
    ArrayRef, BinaryArray, BooleanArray, Date32Array, Decimal128Array, DictionaryArray,
    Float64Array, Int32Array, Int64Array, LargeStringArray, ListArray, RecordBatch,
    StringArray, StringViewArray, TimestampMicrosecondArray, TimestampMillisecondArray,
    TimestampNanosecondArray, TimestampSecondArray, UInt64Array,
};
use columns::intake::Collected;
use model::Place;
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::metadata::{ParquetMetaDataReader, ParquetMetaDataWriter};
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterVersion};
use proptest::prelude::*;
use sources::ColumnKind::{Bool, Float, Int, Text, Time};
use sources::{Format, Limits, Mapping, ReadError, ReadSummary, read_bytes};
use std::io::Write as _;
use std::sync::Arc;

fn written(columns: Vec<(&str, ArrayRef)>) -> Vec<u8> {
    let batch = RecordBatch::try_from_iter_with_nullable(
        columns.into_iter().map(|(name, array)| (name, array, true)),
    )
    .unwrap();
    let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.into_inner().unwrap()
}

fn text(values: &[Option<&str>]) -> ArrayRef {
    Arc::new(StringArray::from(values.to_vec()))
}

fn log(more: Vec<(&'static str, ArrayRef)>) -> Vec<u8> {
    let times = TimestampMillisecondArray::from(vec![Some(1_738_587_900_000), None]);
    let mut columns: Vec<(&str, ArrayRef)> = vec![
        ("zaak", Arc::new(Int64Array::from(vec![17, 18]))),
        ("stap", text(&[Some("Besluit"), Some("  ")])),
        ("tijd", Arc::new(times.with_timezone("Europe/Amsterdam"))),
        ("wie", text(&[Some("jan"), None])),
    ];
    columns.extend(more);
    written(columns)
}

fn mapping(more: &str) -> Mapping {
    let text = format!(
        "format = 1\n[columns]\ncase = \"zaak\"\nactivity = \"stap\"\ntime = \"tijd\"\n\
         who = \"wie\"\n{more}"
    );
    Mapping::parse(&text, "mapping.toml").unwrap()
}

fn parquet(
    bytes: &[u8],
    mapping: &Mapping,
) -> (Result<ReadSummary, ReadError>, Collected) {
    let mut sink = Collected::default();
    let format = Some(Format::Parquet);
    let read = read_bytes(bytes, format, mapping, &Limits::default(), &mut sink);
    (read, sink)
}

#[test]
fn a_null_is_missing_and_a_row_has_its_number() {
    let (read, sink) = parquet(&log(vec![("los", text(&[None, None]))]), &mapping(""));
    assert_eq!(read.unwrap().format, Format::Parquet);
    assert_eq!(sink.events, ["17|Besluit|1738587900000000|jan", "18|-|-|-"]);
    let told: Vec<_> =
        sink.notes.iter().map(|n| (n.kind.code(), n.place, n.detail.as_str())).collect();
    assert_eq!(
        told,
        [
            ("column-left-out", None, "los"),
            ("missing-activity", Some(Place::Row(2)), ""),
            ("missing-time", Some(Place::Row(2)), ""),
        ]
    );
}

#[test]
fn every_plain_type_is_read() {
    let dictionary: DictionaryArray<Int16Type> =
        vec![Some("x"), None].into_iter().collect();
    let decimal = Decimal128Array::from(vec![Some(123_450), None]);
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("a_dict", Arc::new(dictionary)),
        ("b_large", Arc::new(LargeStringArray::from(vec!["y", ""]))),
        ("c_view", Arc::new(StringViewArray::from(vec!["z", " "]))),
        ("d_binary", Arc::new(BinaryArray::from(vec![&b"text"[..], &b"\xff"[..]]))),
        ("e_int", Arc::new(Int32Array::from(vec![Some(-3), None]))),
        ("f_big", Arc::new(UInt64Array::from(vec![7, u64::MAX]))),
        ("g_float", Arc::new(Float64Array::from(vec![1.5, f64::NAN]))),
        ("h_decimal", Arc::new(decimal.with_precision_and_scale(10, 3).unwrap())),
        ("i_bool", Arc::new(BooleanArray::from(vec![Some(true), None]))),
        ("j_date", Arc::new(Date32Array::from(vec![Some(20_122), None]))),
        (
            "k_second",
            Arc::new(TimestampSecondArray::from(vec![Some(1_738_587_900), None])),
        ),
        (
            "l_nano",
            Arc::new(
                TimestampNanosecondArray::from(vec![Some(-1), None])
                    .with_timezone("+00:00"),
            ),
        ),
        (
            "m_micro",
            Arc::new(TimestampMicrosecondArray::from(vec![Some(i64::MAX), None])),
        ),
    ];
    let (read, sink) = parquet(&log(columns), &mapping("[keep]\ncolumns = \"all\"\n"));
    let columns = read.unwrap().columns;
    assert_eq!(
        sink.events,
        [
            "17|Besluit|1738587900000000|jan|a_dict=x|b_large=y|c_view=z|d_binary=text|e_int=-3|\
             f_big=7|g_float=1.5|h_decimal=123.45|i_bool=true|j_date=@1738540800000000d|\
             k_second=@1738584300000000|l_nano=@-1",
            "18|-|-|-"
        ]
    );
    let unreadable: Vec<_> = sink
        .notes
        .iter()
        .filter(|n| n.kind == model::NoteKind::UnreadableValue)
        .map(|n| n.detail.split(':').next().unwrap_or_default())
        .collect();
    assert_eq!(unreadable, ["m_micro", "d_binary", "f_big", "g_float"]);
    let kinds: Vec<_> = columns.iter().map(|c| c.kind).collect();
    let expected =
        [Text, Text, Text, Text, Int, Int, Float, Float, Bool, Time, Time, Time, Time];
    assert_eq!(kinds, expected);
}

#[test]
fn the_mapping_may_ask_for_another_type_where_nothing_gets_lost() {
    let decimal = Decimal128Array::from(vec![123_450, 123_451]);
    let numbers: DictionaryArray<Int32Type> = DictionaryArray::new(
        Int32Array::from(vec![Some(1), Some(0)]),
        Arc::new(Int64Array::from(vec![41, 42])),
    );
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("d", Arc::new(decimal.with_precision_and_scale(10, 3).unwrap())),
        ("f", Arc::new(Float64Array::from(vec![12.34, 0.001]))),
        ("i", Arc::new(Int32Array::from(vec![5, 6]))),
        ("gaps", Arc::new(Float64Array::from(vec![Some(1234.0), None]))),
        ("n", Arc::new(numbers)),
        ("t", text(&[Some("1.234,50"), Some("3-2-2025")])),
    ];
    let more = "a = { column = \"d\", type = \"money\" }\nb = { column = \"f\", type = \"money\" }\n\
                c = { column = \"i\", type = \"money\" }\nd = { column = \"gaps\", type = \"code\" }\n\
                e = { column = \"n\", type = \"person\" }\nf = { column = \"t\", type = \"money\" }\n\
                g = { column = \"t\", type = \"date\" }\n[csv]\ndecimal = \",\"\n";
    let (read, sink) = parquet(&log(columns), &mapping(more));
    read.unwrap();
    assert_eq!(
        sink.events,
        [
            "17|Besluit|1738587900000000|jan|a=12345|b=1234|c=500|d=1234|e=42|f=123450",
            "18|-|-|-|c=600|e=41|g=@1738540800000000d",
        ]
    );
}

#[test]
fn local_times_without_a_zone_are_read_at_the_office_and_told_once() {
    let local = TimestampMicrosecondArray::from(vec![1_738_591_500_000_000; 2]);
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("case:concept:name", text(&[Some("1"), Some("2")])),
        ("concept:name", text(&[Some("a"), Some("b")])),
        ("time:timestamp", Arc::new(local)),
    ];
    let (read, sink) = parquet(&written(columns), &Mapping::default());
    read.unwrap();
    assert_eq!(sink.events, ["1|a|1738587900000000|-", "2|b|1738587900000000|-"]);
    assert_eq!(sink.notes.len(), 1);
    assert_eq!(sink.notes[0].detail, "2 times");
}

#[test]
fn lists_are_left_out_unless_they_are_asked_for() {
    let list: ListArray =
        ListArray::from_iter_primitive::<Int32Type, _, _>([Some([Some(1)]), None]);
    let bytes = log(vec![("lijst", Arc::new(list))]);
    let (read, sink) = parquet(&bytes, &mapping("[keep]\ncolumns = \"all\"\n"));
    read.unwrap();
    assert_eq!(sink.notes[0].detail, "lijst");
    let (read, _) = parquet(&bytes, &mapping("unit = \"lijst\"\n"));
    let sentence = read.unwrap_err().to_string();
    assert!(sentence.starts_with("the column `lijst` holds List("), "{sentence}");
}

#[test]
fn what_is_no_parquet_or_cut_off_ends_in_one_sentence() {
    let bytes = log(vec![]);
    for (part, expected) in [
        (&b"zaak,stap"[..], "the file is no Parquet: it does not begin with PAR1"),
        (&bytes[..bytes.len() - 1], "the Parquet file is cut off"),
        (&b"PAR1"[..], "the Parquet file is cut off"),
        (&b"PAR1\xff\xff\xff\xffPAR1"[..], "the Parquet file is damaged ("),
        (&b"PAR1\x04\0\0\0PAR1"[..], "the Parquet file is damaged ("),
    ] {
        let sentence = parquet(part, &mapping("")).0.unwrap_err().to_string();
        assert!(sentence.starts_with(expected), "{sentence}");
        assert!(!sentence.contains('\n'));
    }
    let sentence =
        parquet(&bytes, &mapping("unit = \"tem\"\n")).0.unwrap_err().to_string();
    assert!(sentence.contains("there is no column `tem` for `unit`"), "{sentence}");
}

/// A table whose last column has a checksum, and the place of its first value. The official
/// writer of this language writes none, so the head of the page gets one here.
fn with_checksum() -> (Vec<u8>, usize) {
    let how = WriterProperties::builder()
        .set_dictionary_enabled(false)
        .set_statistics_enabled(EnabledStatistics::None)
        .build();
    let batch = RecordBatch::try_from_iter([
        ("zaak", text(&[Some("1")])),
        ("stap", text(&[Some("open")])),
        ("tijd", text(&[Some("2025-02-03")])),
        ("wie", text(&[Some("jan")])),
    ])
    .unwrap();
    let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), Some(how)).unwrap();
    writer.write(&batch).unwrap();
    let bytes = writer.into_inner().unwrap();
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(&bytes).unwrap();
    let metadata = ParquetMetaDataReader::new().parse_and_finish(&file).unwrap();
    let mut metadata = metadata.into_builder();
    let group = metadata.take_row_groups().remove(0);
    let rows = group.num_rows();
    let mut group = group.into_builder();
    let mut columns = group.take_columns();
    let last = columns.pop().unwrap();
    let (start, length) = last.byte_range();
    let start = usize::try_from(start).unwrap();
    let end = start + usize::try_from(length).unwrap();
    let chunk = &bytes[start..end];
    // Fields 1 to 3: kind 0, what it unpacks to, its size; then field 5, two further on.
    assert_eq!((&chunk[..3], chunk[4], chunk[6]), (&[0x15, 0, 0x15][..], 0x15, 0x2c));
    let page = usize::from(chunk[5] / 2);
    let mut crc = flate2::Crc::new();
    crc.update(&chunk[chunk.len() - page..]);
    let signed = crc.sum().cast_signed();
    let mut number = ((signed << 1) ^ (signed >> 31)).cast_unsigned();
    let mut field = vec![0x15];
    while number > 0x7f {
        field.push(u8::try_from(number & 0x7f).unwrap() | 0x80);
        number >>= 7;
    }
    field.push(u8::try_from(number).unwrap());
    field.push(0x1c);
    let made = [&bytes[..start + 6], &field, &chunk[7..]].concat();
    let grown = i64::try_from(made.len() - end).unwrap();
    let size = last.compressed_size() + grown;
    columns.push(last.into_builder().set_total_compressed_size(size).build().unwrap());
    let group = group.set_column_metadata(columns).set_num_rows(rows).build().unwrap();
    let metadata = metadata.add_row_group(group).build();
    let value = made.len() - 3;
    let mut made = made;
    ParquetMetaDataWriter::new(&mut made, &metadata).finish().unwrap();
    (made, value)
}

#[test]
fn a_flipped_byte_is_told_where_the_page_has_a_checksum() {
    let (mut bytes, value) = with_checksum();
    let (read, sink) = parquet(&bytes, &mapping(""));
    read.unwrap();
    assert_eq!(sink.events, ["1|open|1738540800000000d|jan"]);
    assert_eq!(&bytes[value..value + 3], b"jan");
    bytes[value] = b'J';
    let sentence = parquet(&bytes, &mapping("")).0.unwrap_err().to_string();
    assert!(sentence.contains("checksum mismatch"), "{sentence}");
    assert!(sentence.ends_with("copy or write it again"), "{sentence}");
}

/// A table of the second version of pages, whose texts are stored by lengths.
fn by_lengths() -> Vec<u8> {
    let batch = RecordBatch::try_from_iter_with_nullable([
        ("zaak", text(&[Some("1"), Some("2"), Some("3")]), true),
        ("stap", text(&[Some("open"), None, Some("open")]), true),
        ("tijd", text(&[Some("2025-02-03"); 3]), true),
        ("wie", text(&[Some("jan"), Some("jansen"), None]), true),
    ])
    .unwrap();
    let how = WriterProperties::builder()
        .set_writer_version(WriterVersion::PARQUET_2_0)
        .set_dictionary_enabled(false)
        .build();
    let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), Some(how)).unwrap();
    writer.write(&batch).unwrap();
    writer.into_inner().unwrap()
}

/// The place of a part of a file.
fn place_of(part: &[u8], bytes: &[u8]) -> usize {
    bytes.windows(part.len()).position(|window| window == part).unwrap()
}

#[test]
fn a_page_that_says_to_hold_more_texts_than_fit_in_any_memory_is_damaged() {
    let mut bytes = by_lengths();
    let (read, sink) = parquet(&bytes, &mapping(""));
    read.unwrap();
    assert_eq!(sink.events[1], "2|-|1738540800000000d|jansen");
    // Blocks of 128 lengths in 4 parts, then the count: 3.
    let count = place_of(&[0x80, 0x01, 0x04, 0x03], &bytes) + 3;
    bytes[count..count + 6].copy_from_slice(&[0xff, 0xff, 0xff, 0xff, 0xff, 0x3f]);
    let sentence = parquet(&bytes, &mapping("")).0.unwrap_err().to_string();
    assert!(
        sentence.contains("a page says to hold more texts than it has values"),
        "{sentence}"
    );
}

#[test]
fn a_page_that_unpacks_to_gigabytes_is_refused_before_it_is_unpacked() {
    let mut bytes = by_lengths();
    // The head of the first page: kind 3 (field 1), then what it unpacks to (field 2).
    let size = place_of(&[0x15, 0x06, 0x15], &bytes) + 3;
    bytes.splice(size..=size, [0xfe, 0xff, 0xff, 0xff, 0x0f]);
    let sentence = parquet(&bytes, &mapping("")).0.unwrap_err().to_string();
    assert!(
        sentence.contains("a page unpacks to more than 134217728 bytes"),
        "{sentence}"
    );
}

#[test]
fn texts_stored_by_their_beginnings_are_read_as_they_are() {
    let all: Vec<String> = (0..3000_usize)
        .map(|n| format!("Z{}-{}", n * 7919 % 10_007, "ab".repeat(n * n % 61)))
        .collect();
    let texts: ArrayRef = Arc::new(StringArray::from(all.clone()));
    let batch = RecordBatch::try_from_iter([("zaak", texts)]).unwrap();
    let how = WriterProperties::builder()
        .set_writer_version(WriterVersion::PARQUET_2_0)
        .set_dictionary_enabled(false)
        .set_data_page_row_count_limit(700)
        .build();
    let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), Some(how)).unwrap();
    writer.write(&batch).unwrap();
    let columns = "format = 1\n[columns]\ncase = \"zaak\"\nactivity = \"zaak\"\n\
                   time = \"zaak\"\n";
    let columns = Mapping::parse(columns, "mapping.toml").unwrap();
    let (read, sink) = parquet(&writer.into_inner().unwrap(), &columns);
    read.unwrap();
    let read: Vec<_> = sink.events.iter().filter_map(|e| e.split('|').next()).collect();
    assert_eq!(read, all);
}

#[test]
fn texts_that_repeat_their_beginnings_may_not_become_more_than_a_gigabyte() {
    let long = "x".repeat(2_000_000);
    let write = |rows: usize| {
        let texts: ArrayRef = Arc::new(StringArray::from(vec![long.as_str(); rows]));
        let batch =
            RecordBatch::try_from_iter([("zaak", texts.clone()), ("stap", texts)]);
        let batch = batch.unwrap();
        let how = WriterProperties::builder()
            .set_writer_version(WriterVersion::PARQUET_2_0)
            .set_compression(Compression::SNAPPY)
            .set_dictionary_enabled(false)
            .set_statistics_enabled(EnabledStatistics::None)
            .build();
        let mut writer =
            ArrowWriter::try_new(Vec::new(), batch.schema(), Some(how)).unwrap();
        writer.write(&batch).unwrap();
        writer.into_inner().unwrap()
    };
    let columns = "format = 1\n[columns]\ncase = \"zaak\"\nactivity = \"zaak\"\n\
                   time = \"stap\"\n";
    let columns = Mapping::parse(columns, "mapping.toml").unwrap();
    let bytes = write(300);
    assert!(bytes.len() < 5_000_000, "{}", bytes.len());
    let sentence = parquet(&bytes, &columns).0.unwrap_err().to_string();
    assert!(sentence.contains("become more than 1073741824 bytes"), "{sentence}");
    let (read, sink) = parquet(&write(3), &columns);
    read.unwrap();
    assert_eq!(sink.events.len(), 3);
}

#[test]
fn a_dictionary_of_long_texts_is_refused_because_each_row_may_repeat_them() {
    let long = "x".repeat(200_000);
    let bytes = log(vec![("los", text(&[Some(&long), Some(&long)]))]);
    let (read, _) = parquet(&bytes, &mapping("[keep]\ncolumns = \"all\"\n"));
    let sentence = read.unwrap_err().to_string();
    assert!(sentence.contains("write the table without dictionaries"), "{sentence}");
    let (read, sink) = parquet(&bytes, &mapping(""));
    read.unwrap();
    assert_eq!(sink.events.len(), 2, "a column that is not read is not looked at");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn a_damaged_file_lets_no_panic_out(
        changes in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let mut bytes = log(vec![("i", Arc::new(Int32Array::from(vec![5, 6])))]);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _answer = parquet(&bytes, &mapping("[keep]\ncolumns = \"all\"\n"));
    }
}
