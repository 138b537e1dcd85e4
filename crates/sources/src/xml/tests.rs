//! The reader of XML against what the standard says and against another reader.

use super::*;
use proptest::prelude::*;
use std::fmt::Write as _;

/// Writes down what it is handed.
#[derive(Default)]
struct Written {
    out: Vec<String>,
    lines: Vec<u64>,
    replaced: u64,
}

impl Written {
    fn add_text(&mut self, text: &str) {
        // Text may come in pieces; put together here, as every user does.
        match self.out.last_mut() {
            Some(last) if last.starts_with('"') => last.push_str(text),
            _ => self.out.push(format!("\"{text}")),
        }
    }
}

impl Handler for Written {
    fn start(&mut self, tag: &Tag<'_, '_>) -> Result<(), ReadError> {
        let mut line = format!("<{}", tag.name());
        for attribute in tag.attributes {
            let mut value = String::new();
            attribute.append_to(&mut value)?;
            write!(line, " {}={value}", attribute.name).unwrap();
        }
        self.out.push(line);
        self.lines.push(tag.at().line());
        if tag.empty {
            self.out.push(">".to_owned());
        }
        Ok(())
    }

    fn end(&mut self, _at: &At<'_>) -> Result<(), ReadError> {
        self.out.push(">".to_owned());
        Ok(())
    }

    fn text(&mut self, text: &str, _at: &At<'_>) -> Result<(), ReadError> {
        self.add_text(text);
        Ok(())
    }

    fn replaced(&mut self, count: u64, _line: u64) {
        self.replaced += count;
    }
}

/// Gives a few bytes at a time.
struct Drops<'b>(&'b [u8], usize);

impl Read for Drops<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let count = self.1.min(self.0.len()).min(into.len());
        let (now, later) = self.0.split_at(count);
        into[..count].copy_from_slice(now);
        self.0 = later;
        Ok(count)
    }
}

fn ours(bytes: &[u8], drops: usize) -> Result<Written, ReadError> {
    let mut written = Written::default();
    read(&mut Drops(bytes, drops), &Limits::default(), &mut written)?;
    Ok(written)
}

fn refusal(text: &str) -> String {
    match ours(text.as_bytes(), usize::MAX) {
        Ok(written) => panic!("{text} was taken: {:?}", written.out),
        Err(error) => error.to_string(),
    }
}

#[test]
fn entities_quotes_comments_and_cdata_mean_what_the_standard_says() {
    let text = "\u{feff}<?xml version='1.0'?>\n<!-- a > b --><l:log\n a='x\"y'  b = \"&lt;&#233;&#x1F600;\n&apos;\"><![CDATA[<&]]>\r\n&amp;<x/></l:log >\n";
    let written = ours(text.as_bytes(), usize::MAX).unwrap();
    assert_eq!(written.out, ["<log a=x\"y b=<é😀 '", "\"<&\n&", "<x", ">", ">"]);
    assert_eq!(written.lines, [2, 5]);
}

#[test]
fn what_can_attack_is_refused_in_one_sentence() {
    let laughs =
        "<!DOCTYPE lolz [<!ENTITY lol \"lol\"><!ENTITY lol2 \"&lol;&lol;\">]><log/>";
    assert!(
        refusal(laughs).starts_with("line 1: the file defines its own document type")
    );
    assert!(refusal("<log>\n\n&lol;</log>").contains("`&lol;` is not one of the five"));
    assert!(refusal("<log a='&#0;'>&#0;</log>").contains("no character by number"));
    assert!(refusal(&"<a>".repeat(65)).contains("nested more than 64 deep"));
}

#[test]
fn what_is_not_well_formed_is_refused_with_its_line() {
    for (text, line, part) in [
        ("<log>\n<a></b></log>", 2, "`</b>` stands where `</a>` is expected"),
        ("<log>\n</log>\n</log>", 3, "`</log>` closes nothing"),
        ("<log/>\n<log/>", 2, "a second outermost element"),
        ("<log>\n<a b=c/></log>", 2, "`b` without"),
        ("<log>\n<a b='1' b='2'/></log>", 2, "`b` stands twice"),
        ("<log>\n<a b='1\n<c d='2'/></log>", 2, "a quote is missing"),
        ("<log>\n<a>\n", 3, "the file ends in the middle, `a` is not closed"),
        ("<log>\n<a b=\"", 2, "the file ends in the middle, `log` is not closed"),
        ("<log>\n< a/></log>", 2, "is not XML"),
        ("<log>\nA & B</log>", 1, "a bare `&`"),
        ("hello", 1, "text stands outside"),
        ("", 1, "the file holds no element"),
    ] {
        let told = refusal(text);
        assert!(told.starts_with(&format!("line {line}: ")), "{text:?}: {told}");
        assert!(told.contains(part), "{text:?}: {told}");
    }
}

#[test]
fn other_encodings_are_read_where_they_are_declared() {
    let latin = b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><log a=\"caf\xe9\"/>";
    assert_eq!(ours(latin, usize::MAX).unwrap().out, ["<log a=café", ">"]);
    let wide: Vec<u8> =
        "\u{feff}<log a=\"é😀\"/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for drops in [1, 3, usize::MAX] {
        assert_eq!(ours(&wide, drops).unwrap().out, ["<log a=é😀", ">"], "{drops}");
    }
    let refused = ours(b"<?xml version='1.0' encoding='EUC-JP'?><log/>", usize::MAX);
    assert!(refused.err().unwrap().sentence.contains("`EUC-JP` is not read"));
    let wrong = b"<?xml version='1.0' encoding='utf-16'?><log a='\xc3\xa9'/>";
    assert_eq!(ours(wrong, usize::MAX).unwrap().out, ["<log a=é", ">"]);
}

#[test]
fn bytes_that_are_no_utf8_are_replaced_and_counted() {
    for drops in [1, 2, usize::MAX] {
        let written = ours(b"<log a='\xff\xc3\xa9\xe2\x82'><b/></log>", drops).unwrap();
        assert_eq!(written.out, ["<log a=\u{fffd}é\u{fffd}", "<b", ">", ">"]);
        assert_eq!(written.replaced, 2);
    }
}

/// Gives one endless attribute.
struct Endless(u64);

impl Read for Endless {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        if self.0 == 0 {
            let start = b"<log><string key=\"a\" value=\"";
            into[..start.len()].copy_from_slice(start);
            self.0 = start.len() as u64;
            return Ok(start.len());
        }
        into.fill(b'x');
        self.0 += into.len() as u64;
        Ok(into.len())
    }
}

#[test]
fn an_endless_attribute_ends_at_the_bound() {
    let limits = Limits { piece: 1 << 20, ..Limits::default() };
    let mut endless = Endless(0);
    let told =
        read(&mut endless, &limits, &mut Written::default()).unwrap_err().to_string();
    assert!(told.contains("longer than 1048576 bytes"), "{told}");
    assert!(endless.0 < 3 << 20, "{} bytes were read", endless.0);
}

/// What quick-xml makes of the same text.
fn theirs(text: &str) -> Result<Vec<String>, String> {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_str(text);
    let mut written = Written::default();
    let describe = |tag: &quick_xml::events::BytesStart<'_>| -> Result<String, String> {
        let mut line = format!("<{}", tag.local_name().as_ref() as &str);
        for attribute in tag.attributes() {
            let attribute = attribute.map_err(|e| e.to_string())?;
            let key = attribute.key.as_ref().to_owned();
            let value = quick_xml::escape::unescape(&attribute.value)
                .map_err(|e| e.to_string())?;
            write!(line, " {key}={value}").unwrap();
        }
        Ok(line)
    };
    loop {
        match reader.read_event().map_err(|e| e.to_string())? {
            Event::Start(tag) => written.out.push(describe(&tag)?),
            Event::Empty(tag) => {
                written.out.push(describe(&tag)?);
                written.out.push(">".to_owned());
            }
            Event::End(_) => written.out.push(">".to_owned()),
            Event::Text(text) => {
                let text = (*text).to_owned();
                written.add_text(&text);
            }
            Event::GeneralRef(name) => {
                let name = (*name).to_owned();
                let text = quick_xml::escape::unescape(&format!("&{name};"))
                    .map_err(|e| e.to_string())?
                    .into_owned();
                written.add_text(&text);
            }
            Event::CData(text) => {
                let text = (*text).to_owned();
                written.add_text(&text);
            }
            Event::Eof => return Ok(written.out),
            _ => {}
        }
    }
}

/// A value between quotes, as written and free of what either reader may take differently.
fn value() -> impl Strategy<Value = String> {
    prop::collection::vec(
        prop_oneof![
            4 => "[a-z 0-9.:>/=é😀]{1,8}",
            1 => Just("&amp;".to_owned()),
            1 => Just("&#233;".to_owned()),
            1 => Just("&#x41;&lt;".to_owned()),
            1 => Just("&quot;&apos;&gt;".to_owned()),
        ],
        0..4,
    )
    .prop_map(|parts| parts.concat())
}

fn element() -> impl Strategy<Value = String> {
    let attributes = prop::collection::btree_map("[a-z][a-z:.]{0,5}", value(), 0..4);
    let tag = ("[a-z]{1,6}", attributes, any::<bool>(), "[ \n\t]{0,3}").prop_map(
        |(name, attributes, single, space)| {
            let quote = if single { '\'' } else { '"' };
            let mut tag = name.clone();
            for (key, value) in attributes {
                write!(tag, " {space}{key}{space}={quote}{value}{quote}").unwrap();
            }
            (name, tag, space)
        },
    );
    let tag = tag.boxed();
    let leaf = tag.clone().prop_map(|(_, tag, space)| format!("<{tag}{space}/>"));
    leaf.prop_recursive(4, 40, 6, move |inner| {
        let content = prop_oneof![
            5 => inner,
            1 => value().prop_map(|text| format!("{text}x")),
            1 => Just("<!-- <c> -- x -->".replace("-- x", "x")),
            1 => Just("<![CDATA[<&>]]>".to_owned()),
            1 => Just("<?pi a?>".to_owned()),
        ];
        (tag.clone(), prop::collection::vec(content, 0..6)).prop_map(
            |((name, tag, space), content)| {
                format!(
                    "<{tag}>{}</{name}{}>",
                    content.concat(),
                    space.trim_matches('\t')
                )
            },
        )
    })
}

proptest! {
    #[test]
    fn sound_documents_read_as_another_reader_reads_them(text in element(), drops in 1_usize..9) {
        let theirs = theirs(&text).unwrap();
        // Text of nothing but white space is not handed over here.
        let keep: Vec<_> = theirs
            .into_iter()
            .filter(|line| !line.strip_prefix('"').is_some_and(|t| t.trim().is_empty()))
            .collect();
        let whole = ours(text.as_bytes(), usize::MAX).map_err(|e| e.to_string()).unwrap();
        prop_assert_eq!(&whole.out, &keep);
        let dropped = ours(text.as_bytes(), drops).map_err(|e| e.to_string()).unwrap();
        prop_assert_eq!(&dropped.out, &keep);
    }

    #[test]
    fn whatever_is_taken_another_reader_takes_too(
        text in element(),
        at in any::<prop::sample::Index>(),
        put in "[<>&;\"'/= a\\[\\]!?-]{0,3}",
    ) {
        let at = at.index(text.chars().count());
        let mut broken: String = text.chars().take(at).collect();
        broken.push_str(&put);
        broken.extend(text.chars().skip(at + 1));
        if let Ok(written) = ours(broken.as_bytes(), usize::MAX) {
            let theirs = theirs(&broken);
            prop_assert!(theirs.is_ok(), "{broken:?} {:?} {theirs:?}", written.out);
        }
    }

    #[test]
    fn no_bytes_make_it_fall_over(bytes in prop::collection::vec(any::<u8>(), 0..200), drops in 1_usize..9) {
        let whole = ours(&bytes, usize::MAX).map(|w| w.out).map_err(|e| e.sentence);
        let dropped = ours(&bytes, drops).map(|w| w.out).map_err(|e| e.sentence);
        prop_assert_eq!(whole, dropped);
    }
}
