//! Cutting a window of text into tags.

#![expect(
    clippy::indexing_slicing,
    reason = "the loop every byte of a log passes: each index is compared with the length of \
              the window in the same expression or just before"
)]

use super::{At, shorten, unescape_into};
use crate::ReadError;

/// One attribute of a tag.
#[derive(Clone, Copy, Debug)]
pub struct Attribute<'w> {
    /// Its name, with its prefix.
    pub name: &'w str,
    /// Its value as written.
    pub raw: &'w str,
    /// Whether the value is meant as written: no entities, no line ends.
    pub plain: bool,
}

impl Attribute<'_> {
    /// Appends the value, entities resolved.
    ///
    /// # Errors
    /// As [`unescape_into`].
    pub fn append_to(&self, into: &mut String) -> Result<(), ReadError> {
        if self.plain {
            into.push_str(self.raw);
            Ok(())
        } else {
            unescape_into(self.raw, true, into)
        }
    }
}

/// The tag with which an element begins.
#[derive(Debug)]
pub struct Tag<'t, 'w> {
    /// The name without a prefix.
    pub(super) local: &'w str,
    /// Whether the element also ends with this tag.
    pub empty: bool,
    /// Its attributes, in the order of the file.
    pub attributes: &'t [Attribute<'w>],
    pub(super) at: At<'w>,
}

impl<'w> Tag<'_, 'w> {
    /// The name without a prefix of a namespace.
    pub const fn name(&self) -> &'w str {
        self.local
    }

    /// Where it stands.
    pub const fn at(&self) -> &At<'w> {
        &self.at
    }

    /// An attribute by its whole name.
    pub fn attribute(&self, name: &str) -> Option<&Attribute<'w>> {
        self.attributes.iter().find(|a| a.name == name)
    }

    /// The value of an attribute, entities resolved.
    ///
    /// # Errors
    /// As [`unescape_into`].
    pub fn value(&self, name: &str) -> Result<Option<String>, ReadError> {
        let Some(attribute) = self.attribute(name) else { return Ok(None) };
        let mut value = String::new();
        attribute.append_to(&mut value)?;
        Ok(Some(value))
    }
}

/// What comes next in the window.
#[derive(Debug)]
pub(super) enum Step<'w> {
    /// The rest of the window holds no whole piece.
    More,
    /// A comment, an instruction or white space.
    Nothing,
    Start {
        name: &'w str,
        local: &'w str,
        empty: bool,
    },
    End {
        name: &'w str,
    },
    Text {
        text: &'w str,
        plain: bool,
    },
}

/// A walk through one window.
#[derive(Debug)]
pub(super) struct Scan<'w> {
    text: &'w str,
    /// Whether the file ends with the window.
    last: bool,
    /// Whether nothing was met yet, so that an XML declaration may stand here.
    at_start: bool,
    at: usize,
    began: usize,
    attributes: Vec<Attribute<'w>>,
}

/// Bytes that end a name: white space and the signs of the markup.
const ENDS_NAME: [bool; 256] = {
    let mut table = [false; 256];
    let ends = b" \t\r\n=/><\"'";
    let mut at = 0;
    while at < ends.len() {
        table[ends[at] as usize] = true;
        at += 1;
    }
    table
};

/// Most bytes of the name of an element.
const LONGEST_NAME: usize = 1000;

const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

impl<'w> Scan<'w> {
    pub(super) const fn new(text: &'w str, last: bool, at_start: bool) -> Self {
        Self { text, last, at_start, at: 0, began: 0, attributes: Vec::new() }
    }

    /// How far the window was read.
    pub(super) const fn consumed(&self) -> usize {
        self.at
    }

    /// Where the last piece began.
    pub(super) const fn began(&self) -> usize {
        self.began
    }

    /// Whether nothing but white space was met yet.
    pub(super) const fn at_start(&self) -> bool {
        self.at_start
    }

    /// The attributes of the last tag.
    pub(super) fn attributes(&self) -> &[Attribute<'w>] {
        &self.attributes
    }

    /// The next piece.
    pub(super) fn next(&mut self) -> Result<Step<'w>, ReadError> {
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        while at < bytes.len() && is_space(bytes[at]) {
            at += 1;
        }
        if at >= bytes.len() {
            // White space before a text belongs to the text, so it may be passed only where
            // nothing else can follow; a window of nothing but space may be long.
            if self.last || at - self.at > 4096 {
                self.at = at;
            }
            return Ok(Step::More);
        }
        if bytes[at] != b'<' {
            return self.characters();
        }
        self.began = at;
        match bytes.get(at + 1) {
            None => {
                self.at = at;
                Ok(Step::More)
            }
            Some(b'/') => Ok(self.end_tag(at)),
            Some(b'!' | b'?') => self.markup(at),
            Some(_) => self.start_tag(at),
        }
    }

    fn slice(&self, from: usize, to: usize) -> &'w str {
        self.text.get(from..to).unwrap_or_default()
    }

    fn characters(&mut self) -> Result<Step<'w>, ReadError> {
        let bytes = self.text.as_bytes();
        let from = self.at;
        let to = match memchr::memchr(b'<', &bytes[from..]) {
            Some(length) => from + length,
            None if self.last => bytes.len(),
            None => return Ok(Step::More),
        };
        self.began = from;
        self.at = to;
        let text = self.slice(from, to);
        if text.contains("]]>") {
            return Err(ReadError::whole(
                "`]]>` stands in the text; the file is not sound XML, export it again",
            ));
        }
        let plain = memchr::memchr2(b'&', b'\r', text.as_bytes()).is_none();
        Ok(Step::Text { text, plain })
    }

    fn end_tag(&mut self, at: usize) -> Step<'w> {
        let bytes = self.text.as_bytes();
        let Some(length) = memchr::memchr(b'>', &bytes[at..]) else {
            self.at = at;
            return Step::More;
        };
        self.at = at + length + 1;
        let name = self.slice(at + 2, at + length);
        Step::End { name: name.trim_ascii_end() }
    }

    /// Comments, CDATA, instructions and document types.
    fn markup(&mut self, at: usize) -> Result<Step<'w>, ReadError> {
        let rest = &self.text.as_bytes()[at..];
        let (opening, closing): (&[u8], &[u8]) = match rest {
            [b'<', b'?', ..] => (b"<?", b"?>"),
            [b'<', b'!', b'-', b'-', ..] => (b"<!--", b"-->"),
            [b'<', b'!', b'[', ..] => (b"<![CDATA[", b"]]>"),
            _ if rest.len() < 9 && !self.last => {
                self.at = at;
                return Ok(Step::More);
            }
            _ if rest.starts_with(b"<!DOCTYPE") || rest.starts_with(b"<!ENTITY") => {
                return Err(ReadError::whole(
                    "the file defines its own document type or entities (`<!DOCTYPE`), which \
                     is not read because it can be used for attacks; remove that part",
                ));
            }
            _ => return Err(unsound(self.slice(at, at + 9))),
        };
        if rest.len() < opening.len() {
            self.at = at;
            return if self.last || opening.starts_with(rest) {
                Ok(Step::More)
            } else {
                Err(unsound(self.text.get(at..).unwrap_or_default()))
            };
        }
        if !rest.starts_with(opening) {
            return Err(unsound(self.text.get(at..).unwrap_or_default()));
        }
        let Some(length) = memchr::memmem::find(&rest[opening.len()..], closing) else {
            self.at = at;
            return Ok(Step::More);
        };
        let inner = at + opening.len();
        self.at = inner + length + closing.len();
        let at_start = std::mem::take(&mut self.at_start);
        let inner = self.slice(inner, inner + length);
        match opening {
            b"<![CDATA[" if !inner.is_empty() => {
                Ok(Step::Text { text: inner, plain: true })
            }
            b"<?" if is_declaration(inner) && !at_start => Err(ReadError::whole(
                "a second XML declaration stands in the file; it seems to be several files \
                     in one, split it",
            )),
            _ => Ok(Step::Nothing),
        }
    }

    fn start_tag(&mut self, from: usize) -> Result<Step<'w>, ReadError> {
        // Where the window ends within the tag, it is read again from its beginning.
        self.at = from;
        self.at_start = false;
        self.attributes.clear();
        let bytes = self.text.as_bytes();
        let name_from = from + 1;
        let (mut at, mut local_from) = (name_from, name_from);
        while at < bytes.len() && !ENDS_NAME[bytes[at] as usize] {
            if bytes[at] == b':' {
                local_from = at + 1;
            }
            at += 1;
        }
        let (name, local) = (self.slice(name_from, at), self.slice(local_from, at));
        if (at < bytes.len() && !is_name(name)) || name.len() > LONGEST_NAME {
            return Err(unsound(self.slice(from, at + 1)));
        }
        loop {
            let before = at;
            while at < bytes.len() && is_space(bytes[at]) {
                at += 1;
            }
            match bytes.get(at..) {
                None | Some([] | [b'/']) => return Ok(Step::More),
                Some([b'>', ..]) => {
                    self.at = at + 1;
                    return Ok(Step::Start { name, local, empty: false });
                }
                Some([b'/', b'>', ..]) => {
                    self.at = at + 2;
                    return Ok(Step::Start { name, local, empty: true });
                }
                Some(_) if at == before => {
                    return Err(unsound(self.text.get(from..at + 1).unwrap_or(name)));
                }
                Some(_) => match self.attribute(at, name)? {
                    Some(after) => at = after,
                    None => return Ok(Step::More),
                },
            }
        }
    }

    /// Reads `name="value"`; where it ends, or `None` where the window ends before.
    fn attribute(&mut self, from: usize, tag: &str) -> Result<Option<usize>, ReadError> {
        let bytes = self.text.as_bytes();
        let mut at = from;
        while at < bytes.len() && !ENDS_NAME[bytes[at] as usize] {
            at += 1;
        }
        let name = self.slice(from, at);
        while at < bytes.len() && is_space(bytes[at]) {
            at += 1;
        }
        if at >= bytes.len() {
            return Ok(None);
        }
        if bytes[at] != b'=' || !is_name(name) {
            return Err(wrong_attribute(name, tag));
        }
        at += 1;
        while at < bytes.len() && is_space(bytes[at]) {
            at += 1;
        }
        let quote = match bytes.get(at) {
            None => return Ok(None),
            Some(quote @ (b'"' | b'\'')) => *quote,
            Some(_) => return Err(wrong_attribute(name, tag)),
        };
        at += 1;
        let Some(length) = memchr::memchr(quote, &bytes[at..]) else {
            return Ok(None);
        };
        let raw = self.slice(at, at + length);
        let (mut special, mut opens) = (false, false);
        for byte in raw.as_bytes() {
            special |= matches!(byte, b'&' | b'\t' | b'\n' | b'\r');
            opens |= *byte == b'<';
        }
        if opens {
            return Err(ReadError::whole(format!(
                "a `<` stands in the value of `{}` of `{}`; a quote is missing before it, \
                 export the file again",
                shorten(name),
                shorten(tag)
            )));
        }
        if self.attributes.iter().any(|a| a.name == name) {
            return Err(ReadError::whole(format!(
                "`{}` stands twice in one tag `{}`; the file is not sound XML, export it again",
                shorten(name),
                shorten(tag)
            )));
        }
        if self.attributes.len() >= 256 {
            return Err(ReadError::whole(format!(
                "the tag `{}` has more than 256 attributes; the file is no sound log",
                shorten(tag)
            )));
        }
        self.attributes.push(Attribute { name, raw, plain: !special });
        Ok(Some(at + length + 1))
    }
}

/// Whether a name begins as names in XML do; what follows is not looked at more closely than
/// that it holds no markup.
fn is_name(name: &str) -> bool {
    match name.as_bytes().first() {
        Some(first) => {
            first.is_ascii_alphabetic() || matches!(first, b'_' | b':' | 0x80..)
        }
        None => false,
    }
}

fn is_declaration(inner: &str) -> bool {
    inner
        .strip_prefix("xml")
        .is_some_and(|rest| rest.starts_with([' ', '\t', '\r', '\n']))
}

fn unsound(what: &str) -> ReadError {
    ReadError::whole(format!(
        "`{}` is not XML; the file is broken here, export it again",
        shorten(what).escape_debug()
    ))
}

fn wrong_attribute(name: &str, tag: &str) -> ReadError {
    ReadError::whole(format!(
        "in the tag `{}` stands `{}` without `=\"…\"` behind it; the file is broken here, \
         export it again",
        shorten(tag),
        shorten(name)
    ))
}
