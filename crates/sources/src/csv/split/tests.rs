use super::*;
use proptest::prelude::*;

type Cells = Vec<Vec<Vec<u8>>>;

/// Cuts a text that comes in pieces of the given sizes, as a reader would.
fn cut(text: &[u8], signs: Signs, pieces: &[usize]) -> (Cells, Vec<u64>) {
    let mut splitter = Splitter::new(signs, 0, 1000);
    let mut rows = Rows::default();
    let (mut found, mut lines) = (Vec::new(), Vec::new());
    let mut buffer = Vec::new();
    let mut at = 0;
    let mut sizes = pieces.iter().copied().chain(std::iter::repeat(usize::MAX));
    loop {
        let more = sizes.next().unwrap().min(text.len() - at);
        buffer.extend_from_slice(&text[at..at + more]);
        at += more;
        let last = at == text.len();
        let taken = splitter.split(&mut buffer, last, &mut rows).unwrap();
        for (line, cells) in rows.iter() {
            lines.push(line);
            let cell = |(start, end): &(u32, u32)| {
                buffer[*start as usize..*end as usize].to_vec()
            };
            found.push(cells.iter().map(cell).collect());
        }
        buffer.drain(..taken);
        if last {
            assert!(buffer.is_empty());
            return (found, lines);
        }
    }
}

/// What the crate `csv` makes of it.
fn reference(text: &[u8], signs: Signs) -> Cells {
    let mut builder = csv::ReaderBuilder::new();
    builder.has_headers(false).flexible(true).delimiter(signs.delimiter);
    match signs.quote {
        Some(quote) => builder.quote(quote),
        None => builder.quoting(false),
    };
    let mut reader = builder.from_reader(text);
    let rows = reader.byte_records().map(|row| row.unwrap());
    rows.map(|row| row.iter().map(<[u8]>::to_vec).collect()).collect()
}

fn signs(delimiter: u8, quote: Option<u8>) -> Signs {
    Signs { delimiter, quote, comment: None }
}

/// Signs that matter to the cutting come up often.
fn texts() -> impl Strategy<Value = Vec<u8>> {
    let byte = prop_oneof![
        3 => proptest::sample::select(&b";\"\n\r;\"'ab "[..]),
        1 => any::<u8>(),
    ];
    proptest::collection::vec(byte, 0..200)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn cuts_as_the_crate_csv_does(
        text in texts(),
        pieces in proptest::collection::vec(1_usize..40, 0..8),
        quote in proptest::option::of(proptest::sample::select(&b"\"'"[..])),
    ) {
        let signs = signs(b';', quote);
        // The crate takes off a byte order mark; here that is done before.
        let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&text);
        prop_assert_eq!(cut(text, signs, &pieces).0, reference(text, signs));
    }

    #[test]
    fn lines_do_not_depend_on_the_pieces(
        text in texts(),
        pieces in proptest::collection::vec(1_usize..40, 0..8),
    ) {
        let signs = Signs { comment: Some(b'\''), ..signs(b';', Some(b'"')) };
        prop_assert_eq!(cut(&text, signs, &pieces), cut(&text, signs, &[]));
    }
}

#[test]
fn a_row_knows_its_physical_line() {
    let text = b"a;b\r\n\r\n\"x\r\ny\";1\n\rc\rd;\"e\ne\"\nlast";
    let (_, lines) = cut(text, signs(b';', Some(b'"')), &[]);
    assert_eq!(lines, [1, 3, 6, 7, 9]);
}

#[test]
fn lines_before_the_table_and_remarks_are_passed_over() {
    let signs = Signs { comment: Some(b'#'), ..signs(b',', Some(b'"')) };
    let mut splitter = Splitter::new(signs, 2, 10);
    let mut rows = Rows::default();
    let mut text = b"\"Report\n\n# remark, \"\na,b\n#\n1,2".to_vec();
    splitter.split(&mut text, true, &mut rows).unwrap();
    let lines: Vec<_> = rows.iter().map(|(line, cells)| (line, cells.len())).collect();
    assert_eq!(lines, [(4, 2), (6, 2)]);
}

#[test]
fn a_quote_that_never_closes_is_known_at_the_end() {
    for (text, line) in [
        ("a,b\n1,\"2\n3,4\n", Some(2)),
        ("a,b\n1,\"2\n3,4", Some(2)),
        ("a,b\n1,\"", Some(2)),
        ("a,b\n1,\"2\"", None),
        ("a,b\n1,\"\"", None),
        ("a,b\n1,\"2\"\"\"", None),
        ("a,b\n1,\"2\"\"", Some(2)),
        ("a,b\n1,5\" pipe", None),
    ] {
        let mut splitter = Splitter::new(signs(b',', Some(b'"')), 0, 10);
        let mut rows = Rows::default();
        splitter.split(&mut text.as_bytes().to_vec(), true, &mut rows).unwrap();
        assert_eq!(splitter.unclosed(), line, "{text}");
    }
}

#[test]
fn a_row_with_too_many_cells_is_told_with_its_line() {
    for text in ["a,b\n1,2,3", "a,b\n1,2,\"3\""] {
        let mut splitter = Splitter::new(signs(b',', Some(b'"')), 0, 2);
        let answer =
            splitter.split(&mut text.as_bytes().to_vec(), true, &mut Rows::default());
        assert_eq!(answer, Err(TooWide { line: 2 }), "{text}");
    }
}
