//! Which format a file is in, by what stands in it and only then by its name.

use crate::ReadError;
use crate::input::{Input, read_full};
use flate2::bufread::MultiGzDecoder;
use std::fmt;
use std::path::Path;
use std::str::FromStr;

/// A format of process logs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// XES, IEEE 1849.
    Xes,
    /// A table of text.
    Csv,
    /// A table of Apache Parquet.
    Parquet,
    /// OCEL 2.0, JSON.
    OcelJson,
    /// OCEL 2.0, XML.
    OcelXml,
    /// OCEL 2.0, `SQLite`.
    OcelSqlite,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 6] = [
        Self::Xes,
        Self::Csv,
        Self::Parquet,
        Self::OcelJson,
        Self::OcelXml,
        Self::OcelSqlite,
    ];

    /// The name in commands and in the record of a snapshot.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Xes => "xes",
            Self::Csv => "csv",
            Self::Parquet => "parquet",
            Self::OcelJson => "ocel-json",
            Self::OcelXml => "ocel-xml",
            Self::OcelSqlite => "ocel-sqlite",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Format {
    type Err = ReadError;

    fn from_str(text: &str) -> Result<Self, ReadError> {
        Self::ALL.into_iter().find(|f| f.code() == text).ok_or_else(|| {
            let all: Vec<_> = Self::ALL.iter().map(|f| f.code()).collect();
            ReadError::whole(format!(
                "`{text}` is not a format; choose one of {}",
                all.join(", ")
            ))
        })
    }
}

/// How much of the unpacked file is looked at.
const LOOK: usize = 64 << 10;

/// The format of an input.
pub(crate) fn of_input(input: &Input<'_>) -> Result<Format, ReadError> {
    let mut start = vec![0_u8; LOOK];
    let progress = &mut |_| {};
    let mut from = input.open(progress)?;
    let got = read_full(&mut from, &mut start).map_err(|e| ReadError::io(None, &e))?;
    start.truncate(got);
    of_unpacked(&start, &input.name())
}

/// The format of a file, from its first bytes (64 KiB are enough, packed or not) and, only
/// where those leave a doubt, its name.
///
/// # Errors
/// Nothing stands in it, or it is XML, JSON or binary of a kind that is no process log.
pub fn detect(path: &Path, first_bytes: &[u8]) -> Result<Format, ReadError> {
    let name = path.file_name().map(|n| n.to_string_lossy()).unwrap_or_default();
    if !first_bytes.starts_with(&crate::input::GZIP) {
        return of_unpacked(first_bytes, &name);
    }
    let mut start = vec![0_u8; LOOK];
    let mut decoder = MultiGzDecoder::new(first_bytes);
    let mut got = 0;
    // The first bytes end somewhere within the packed data: what came until then counts.
    while let Some(rest) = start.get_mut(got..).filter(|rest| !rest.is_empty()) {
        match std::io::Read::read(&mut decoder, rest) {
            Ok(0) | Err(_) => break,
            Ok(n) => got += n,
        }
    }
    start.truncate(got);
    of_unpacked(&start, &name)
}

fn of_unpacked(start: &[u8], name: &str) -> Result<Format, ReadError> {
    if start.is_empty() {
        return Err(ReadError::whole("the file is empty; expected a process log"));
    }
    if start.starts_with(b"PAR1") {
        return Ok(Format::Parquet);
    }
    if start.starts_with(b"SQLite format 3\0") {
        return Ok(Format::OcelSqlite);
    }
    if start.starts_with(b"PK\x03\x04") {
        return Err(ReadError::whole(
            "the file is a zip archive or a spreadsheet; unpack it, or save the sheet as CSV",
        ));
    }
    let text = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
    match text.iter().find(|b| !b.is_ascii_whitespace()) {
        Some(b'<') => of_xml(text),
        Some(b'{') if has(text, b"\"") || text.len() < 2 => Ok(Format::OcelJson),
        _ if start.iter().take(512).filter(|b| **b == 0).count() > 8
            && !start.starts_with(b"\xff\xfe")
            && !start.starts_with(b"\xfe\xff") =>
        {
            Err(ReadError::whole(format!(
                "`{name}` is not text and no kind of log this program knows; expected XES, \
                 CSV, Parquet or OCEL 2.0"
            )))
        }
        _ => Ok(Format::Csv),
    }
}

/// XES and OCEL 2.0 share the root element `log`; what stands in it tells them apart.
fn of_xml(text: &[u8]) -> Result<Format, ReadError> {
    let ocel = [&b"<object-types"[..], b"<event-types", b"<objects", b"<events"];
    let xes = [
        &b"xes."[..],
        b"<trace",
        b"<extension",
        b"<classifier",
        b"<global",
        b"<event>",
        b"<string",
    ];
    if ocel.iter().any(|sign| has(text, sign)) {
        return Ok(Format::OcelXml);
    }
    if xes.iter().any(|sign| has(text, sign)) || has(text, b"<log") || has(text, b":log")
    {
        return Ok(Format::Xes);
    }
    Err(ReadError::whole(
        "the file is XML but holds no `log` element; expected XES or OCEL 2.0",
    ))
}

fn has(text: &[u8], sign: &[u8]) -> bool {
    memchr::memmem::find(text, sign).is_some()
}
