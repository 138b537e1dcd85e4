//! Puts the runs together: blocks of whole cases, cases by code, the rows of a case in the
//! order of the files. One chunk of each run is in memory at a time.

use crate::attribute::Attribute;
use crate::error::WriteError;
use crate::rows::{Kind, Rows};
use crate::spill::{CHUNK, RunReader};

/// Where sorted rows come from.
pub(crate) enum Source {
    /// A run on disk.
    File(RunReader),
    /// What was still in memory at the end, with its order.
    Memory {
        /// The rows as they came in.
        rows: Rows,
        /// Their order by case.
        order: Vec<u32>,
        /// How many of `order` were given.
        given: usize,
    },
}

impl Source {
    fn next(&mut self, attributes: &mut [Attribute]) -> Result<Option<Rows>, WriteError> {
        match self {
            Self::File(reader) => reader.next(attributes),
            Self::Memory { rows, order, given } => {
                let end = order.len().min(*given + CHUNK);
                let part = order.get(*given..end).unwrap_or_default();
                *given = end;
                if part.is_empty() {
                    // nothing will be asked of it any more
                    (*rows, *order) = (Rows::default(), Vec::new());
                    return Ok(None);
                }
                Ok(Some(rows.gather(part)))
            }
        }
    }
}

/// A source and the rows of it that are being handed on.
struct Cursor {
    source: Source,
    chunk: Rows,
    at: usize,
}

impl Cursor {
    /// The case of the next row; `None` when there is no more.
    fn case(&self) -> Option<u32> {
        self.chunk.case.get(self.at).copied()
    }

    fn refill(&mut self, attributes: &mut [Attribute]) -> Result<(), WriteError> {
        if self.at >= self.chunk.len() {
            self.chunk = self.source.next(attributes)?.unwrap_or_default();
            self.at = 0;
        }
        Ok(())
    }
}

/// The merge of all sources, in the order in which they were filled.
pub(crate) struct Merge {
    cursors: Vec<Cursor>,
    kinds: Vec<Kind>,
    /// Rows that wait for their block.
    waiting: Rows,
    /// From how many rows on a block is full.
    full: usize,
}

impl Merge {
    pub(crate) fn new(
        sources: Vec<Source>,
        attributes: &mut [Attribute],
        full: usize,
    ) -> Result<Self, WriteError> {
        let mut cursors = Vec::with_capacity(sources.len());
        for source in sources {
            let mut cursor = Cursor { source, chunk: Rows::default(), at: 0 };
            cursor.refill(attributes)?;
            cursors.push(cursor);
        }
        let kinds = attributes.iter().map(|attribute| attribute.kind).collect();
        Ok(Self { cursors, kinds, waiting: Rows::default(), full: full.max(1) })
    }

    /// The next block: whole cases, as few as make it full; `None` at the end.
    pub(crate) fn next_block(
        &mut self,
        attributes: &mut [Attribute],
    ) -> Result<Option<Rows>, WriteError> {
        while !self.holds_a_block() && self.step(attributes)? {}
        if self.waiting.len() == 0 {
            return Ok(None);
        }
        let cut = self.cut();
        let rest = self.waiting.split_off(cut);
        let mut block = std::mem::replace(&mut self.waiting, rest);
        block.complete(&self.kinds);
        Ok(Some(block))
    }

    /// The case with which the block becomes full.
    fn last_case(&self) -> Option<u32> {
        self.waiting.case.get(self.full - 1).copied()
    }

    /// Whether a case waits that comes after the one with which the block is full.
    fn holds_a_block(&self) -> bool {
        self.last_case().is_some_and(|case| self.waiting.case.last() != Some(&case))
    }

    fn cut(&self) -> usize {
        match self.last_case() {
            Some(last) => self.waiting.case.partition_point(|case| *case <= last),
            None => self.waiting.len(),
        }
    }

    /// Hands rows on from the source that is furthest behind; `false` when none is left.
    fn step(&mut self, attributes: &mut [Attribute]) -> Result<bool, WriteError> {
        let ahead = (0..)
            .zip(&self.cursors)
            .filter_map(|(at, c)| c.case().map(|case| (case, at)));
        let Some((case, first)) = ahead.clone().min() else { return Ok(false) };
        // rows of a later source may follow only when the earlier have given theirs
        let bound = ahead.filter(|(_, at)| *at != first).min();
        let Some(cursor) = self.cursors.get_mut(first) else { return Ok(false) };
        let end = match bound {
            None => cursor.chunk.len(),
            Some((other, at)) => {
                let more = cursor.chunk.case.iter().skip(cursor.at);
                let take =
                    |c: &u32| *c == case || *c < other || (*c == other && first < at);
                cursor.at + more.take_while(|c| take(c)).count()
            }
        };
        self.waiting.append(&cursor.chunk, cursor.at..end);
        cursor.at = end;
        cursor.refill(attributes)?;
        Ok(true)
    }
}
