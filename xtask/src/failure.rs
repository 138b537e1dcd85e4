//! Why a task of the house did not succeed.

use std::fmt;

/// One or more sentences for the person at the keyboard, one a line, without full stop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure(String);

impl Failure {
    /// A failure with one sentence.
    pub fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }

    /// A failure of an operation on a file: what was tried, on what, and why it failed.
    pub fn file(tried: &str, path: &std::path::Path, error: &std::io::Error) -> Self {
        Self(format!("cannot {tried} {}: {error}", path.display()))
    }

    /// A failure that consists of many remarks, with a closing line.
    pub fn many(remarks: &[String], closing: &str) -> Self {
        Self(format!("{}\n{closing}", remarks.join("\n")))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Failure {}
