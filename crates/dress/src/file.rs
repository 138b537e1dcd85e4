//! One file as it is served.

use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write as _;

/// A file with its media type, as it is and as gzip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its media type, such as `text/css; charset=utf-8`.
    pub media: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The same as gzip, where that is smaller.
    pub gzip: Option<Vec<u8>>,
}

/// The endings that may be served, with their media types.
const MEDIA: [(&str, &str); 6] = [
    ("css", "text/css; charset=utf-8"),
    ("svg", "image/svg+xml"),
    ("png", "image/png"),
    ("webp", "image/webp"),
    ("jpg", "image/jpeg"),
    ("woff2", "font/woff2"),
];

impl File {
    /// A file by the ending of its name; `None` for an ending that is not served.
    pub(crate) fn named(name: &str, bytes: Vec<u8>) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        let (_, media) = MEDIA.iter().find(|(known, _)| *known == ending)?;
        let gzip = zipped(&bytes).filter(|zipped| zipped.len() < bytes.len());
        Some(Self { media, bytes, gzip })
    }

    /// The endings that may be served, for a message.
    pub(crate) fn endings() -> String {
        MEDIA.map(|(ending, _)| ending).join(", ")
    }
}

fn zipped(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).ok()?;
    encoder.finish().ok()
}
