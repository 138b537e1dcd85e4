//! Several queries in one order, side by side.

use rusqlite::{Row, Rows, Statement};

/// A query whose first column is the number of the row of the head it belongs to.
pub(super) struct Merged<'s> {
    rows: Rows<'s>,
    /// The number of the row that waits; `None` at the end.
    pub(super) number: Option<i64>,
}

impl<'s> Merged<'s> {
    pub(super) fn start(statement: &'s mut Statement<'_>) -> rusqlite::Result<Self> {
        let mut merged = Self { rows: statement.query([])?, number: None };
        merged.advance()?;
        Ok(merged)
    }

    /// Goes on to the next row.
    pub(super) fn advance(&mut self) -> rusqlite::Result<()> {
        use rusqlite::fallible_streaming_iterator::FallibleStreamingIterator as _;
        self.rows.advance()?;
        self.number = match self.rows.get() {
            Some(row) => Some(row.get(0)?),
            None => None,
        };
        Ok(())
    }

    /// Looks at the row that waits.
    pub(super) fn with<T>(
        &self,
        look: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<T> {
        use rusqlite::fallible_streaming_iterator::FallibleStreamingIterator as _;
        self.rows.get().map_or(Err(rusqlite::Error::QueryReturnedNoRows), look)
    }
}
