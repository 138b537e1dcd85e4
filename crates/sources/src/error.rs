//! Why a file could not be read: one sentence, with its place.

use model::Place;
use std::fmt;
use std::io;

/// Why reading stopped: what was expected, what stood there and what to do, in one sentence
/// in lower case without a full stop. The caller puts the name of the file before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadError {
    /// Where in the file; `None` when it speaks of the whole file.
    pub place: Option<Place>,
    /// The sentence.
    pub sentence: String,
}

impl ReadError {
    /// An error that speaks of the whole file.
    pub fn whole(sentence: impl Into<String>) -> Self {
        Self { place: None, sentence: sentence.into() }
    }

    /// An error at a place.
    pub fn at(place: Place, sentence: impl Into<String>) -> Self {
        Self { place: Some(place), sentence: sentence.into() }
    }

    /// The error of a read that failed, with what to do about the two that happen: a packed
    /// file that ends early and a disk that fails.
    pub fn io(place: Option<Place>, error: &io::Error) -> Self {
        let sentence = match error.kind() {
            io::ErrorKind::UnexpectedEof => {
                "the file ends in the middle of the packed data; copy it again".to_owned()
            }
            io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => {
                format!("the packed data is damaged ({error}); copy the file again")
            }
            io::ErrorKind::NotFound => {
                "the file does not exist; check the path".to_owned()
            }
            _ => format!("the file cannot be read ({error})"),
        };
        Self { place, sentence }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place {
            Some(place) => write!(f, "{place}: {}", self.sentence),
            None => f.write_str(&self.sentence),
        }
    }
}

impl std::error::Error for ReadError {}

impl From<columns::Refusal> for ReadError {
    fn from(refusal: columns::Refusal) -> Self {
        Self { place: None, sentence: refusal.0 }
    }
}
