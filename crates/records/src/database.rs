//! What both databases must be able to do, and no more: run one statement with parameters,
//! read rows, open and end a transaction. All statements are fixed text with `?` for values.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A value of a column. Both databases know only these, and in JSON they are `null`, a whole
/// number and a string.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum Value {
    Absent,
    Int(i64),
    Text(String),
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl From<&String> for Value {
    fn from(value: &String) -> Self {
        Self::Text(value.clone())
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Absent, Into::into)
    }
}

/// What a database said when it refused.
#[derive(Debug)]
pub struct DatabaseFault {
    /// What was being done.
    pub doing: &'static str,
    /// What the database said.
    pub cause: Box<dyn std::error::Error + Send + Sync>,
}

impl DatabaseFault {
    pub(crate) fn new(
        doing: &'static str,
        cause: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        Self { doing, cause: cause.into() }
    }
}

impl fmt::Display for DatabaseFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the database could not {}: {}", self.doing, self.cause)
    }
}

impl std::error::Error for DatabaseFault {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(self.cause.as_ref())
    }
}

/// What a transaction is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum For {
    /// Reading: all reads see the same moment.
    Reading,
    /// Writing: one writer at a time, over all programs that have the database open.
    Writing,
}

/// Which of the two it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One file in a folder.
    Sqlite,
    /// A server.
    Postgres,
}

pub(crate) type Row = Vec<Value>;

pub(crate) trait Database: fmt::Debug + Send {
    fn kind(&self) -> Kind;
    /// Runs fixed text of several statements without parameters.
    fn script(&mut self, text: &str) -> Result<(), DatabaseFault>;
    /// Runs one statement.
    fn run(&mut self, statement: &str, values: &[Value]) -> Result<(), DatabaseFault>;
    /// Runs one statement and gives its rows.
    fn rows(
        &mut self,
        statement: &str,
        values: &[Value],
    ) -> Result<Vec<Row>, DatabaseFault>;
    fn begin(&mut self, purpose: For) -> Result<(), DatabaseFault>;
    /// When this returns, what was written outlives a loss of power.
    fn commit(&mut self) -> Result<(), DatabaseFault>;
    fn rollback(&mut self) -> Result<(), DatabaseFault>;
    /// Whether a transaction was begun and not ended.
    fn in_transaction(&self) -> bool;
    /// Whether a table of this name is there.
    fn has_table(&mut self, name: &str) -> Result<bool, DatabaseFault>;
    /// The file behind it, for a copy while it runs; none for a server.
    fn copy_to(&mut self, target: &std::path::Path) -> Result<bool, DatabaseFault>;
}

/// Each `?` outside quotes becomes `$1`, `$2` …
pub(crate) fn numbered(statement: &str) -> String {
    let mut text = String::with_capacity(statement.len() + 16);
    let mut quoted = false;
    let mut number = 0_u32;
    for letter in statement.chars() {
        if letter == '\'' {
            quoted = !quoted;
        }
        if letter == '?' && !quoted {
            number += 1;
            text.push('$');
            text.push_str(&number.to_string());
        } else {
            text.push(letter);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn question_marks_outside_quotes_become_numbers() {
        assert_eq!(
            numbered("SELECT a FROM t WHERE b = ? AND c = '?''?' AND d = ?"),
            "SELECT a FROM t WHERE b = $1 AND c = '?''?' AND d = $2"
        );
    }
}
