//! Rows as columns in memory, before they become Arrow arrays: what the builder fills, a
//! run holds and the merge puts together.
#![expect(
    clippy::indexing_slicing,
    reason = "hot loops; ranges and positions are made from the length of the same columns"
)]

use std::ops::Range;

/// Stands for a missing handler, text or yes/no.
pub(crate) const NARROW_NULL: u32 = u32::MAX;
/// Stands for a missing number or moment: the bits of `i64::MIN` and of minus zero.
pub(crate) const WIDE_NULL: u64 = 1 << 63;

/// The time column holds a time.
pub(crate) const HAS_TIME: u8 = 1;
/// Only the date is known.
pub(crate) const DAY_ONLY: u8 = 2;
/// The time is midnight at the office.
pub(crate) const LOCAL_MIDNIGHT: u8 = 4;
/// The time is midnight UTC.
pub(crate) const UTC_MIDNIGHT: u8 = 8;

/// How the values of an attribute are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Codes into a dictionary.
    Text,
    /// 0 or 1.
    Bool,
    /// Bits of an `i64`.
    Int,
    /// Bits of an `f64`.
    Float,
    /// Microseconds since the epoch.
    Time,
}

impl Kind {
    /// Whether a value takes 32 bits rather than 64.
    pub(crate) const fn is_narrow(self) -> bool {
        matches!(self, Self::Text | Self::Bool)
    }
}

/// One value of an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cell {
    Narrow(u32),
    Wide(u64),
}

/// The values of one attribute. May be shorter than the rows: the rest is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cells {
    Narrow(Vec<u32>),
    Wide(Vec<u64>),
}

impl Cells {
    pub(crate) fn new(kind: Kind) -> Self {
        if kind.is_narrow() { Self::Narrow(Vec::new()) } else { Self::Wide(Vec::new()) }
    }

    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Narrow(cells) => cells.len(),
            Self::Wide(cells) => cells.len(),
        }
    }

    pub(crate) fn bytes(&self) -> usize {
        match self {
            Self::Narrow(cells) => cells.len() * 4,
            Self::Wide(cells) => cells.len() * 8,
        }
    }

    /// Makes the column as long as the rows.
    pub(crate) fn pad(&mut self, rows: usize) {
        match self {
            Self::Narrow(cells) => cells.resize(rows, NARROW_NULL),
            Self::Wide(cells) => cells.resize(rows, WIDE_NULL),
        }
    }

    /// Puts the value of row `row`, which must be the last.
    pub(crate) fn put(&mut self, row: usize, cell: Cell) {
        self.pad(row);
        match (self, cell) {
            (Self::Narrow(cells), Cell::Narrow(value)) => cells.push(value),
            (Self::Wide(cells), Cell::Wide(value)) => cells.push(value),
            // the attribute encodes by its own kind, so the widths agree
            (Self::Narrow(cells), Cell::Wide(_)) => cells.push(NARROW_NULL),
            (Self::Wide(cells), Cell::Narrow(_)) => cells.push(WIDE_NULL),
        }
    }

    fn append(&mut self, from: &Self, range: Range<usize>) {
        let end = range.end.min(from.len());
        let range = range.start.min(end)..end;
        match (self, from) {
            (Self::Narrow(to), Self::Narrow(from)) => to.extend_from_slice(&from[range]),
            (Self::Wide(to), Self::Wide(from)) => to.extend_from_slice(&from[range]),
            (Self::Narrow(_), Self::Wide(_)) | (Self::Wide(_), Self::Narrow(_)) => {}
        }
    }

    fn gather(&self, order: &[u32]) -> Self {
        match self {
            Self::Narrow(cells) => Self::Narrow(
                order
                    .iter()
                    .map(|&at| cells.get(at as usize).copied().unwrap_or(NARROW_NULL))
                    .collect(),
            ),
            Self::Wide(cells) => Self::Wide(
                order
                    .iter()
                    .map(|&at| cells.get(at as usize).copied().unwrap_or(WIDE_NULL))
                    .collect(),
            ),
        }
    }

    fn split_off(&mut self, at: usize) -> Self {
        match self {
            Self::Narrow(cells) => Self::Narrow(cells.split_off(at.min(cells.len()))),
            Self::Wide(cells) => Self::Wide(cells.split_off(at.min(cells.len()))),
        }
    }

    fn clear(&mut self) {
        match self {
            Self::Narrow(cells) => cells.clear(),
            Self::Wide(cells) => cells.clear(),
        }
    }
}

/// Rows as columns. All but the attributes have the same length.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Rows {
    pub(crate) case: Vec<u32>,
    pub(crate) activity: Vec<u32>,
    pub(crate) who: Vec<u32>,
    /// Microseconds since the epoch, UTC; 0 where the flags say that there is none.
    pub(crate) time: Vec<i64>,
    pub(crate) flags: Vec<u8>,
    pub(crate) place: Vec<u64>,
    pub(crate) attributes: Vec<Cells>,
}

impl Rows {
    pub(crate) fn len(&self) -> usize {
        self.activity.len()
    }

    /// How much memory the rows take.
    pub(crate) fn bytes(&self) -> usize {
        self.len() * 29 + self.attributes.iter().map(Cells::bytes).sum::<usize>()
    }

    /// Makes room, so that growing copies nothing.
    pub(crate) fn reserve(&mut self, rows: usize) {
        let more = rows.saturating_sub(self.len());
        self.case.reserve_exact(more + 1);
        self.activity.reserve_exact(more);
        self.who.reserve_exact(more);
        self.time.reserve_exact(more);
        self.flags.reserve_exact(more);
        self.place.reserve_exact(more);
    }

    /// Appends a range of other rows, whose attributes are of the same kinds.
    pub(crate) fn append(&mut self, from: &Self, range: Range<usize>) {
        let before = self.len();
        for (at, cells) in from.attributes.iter().enumerate() {
            if at == self.attributes.len() {
                self.attributes.push(match cells {
                    Cells::Narrow(_) => Cells::Narrow(Vec::new()),
                    Cells::Wide(_) => Cells::Wide(Vec::new()),
                });
            }
            if range.start < cells.len() {
                self.attributes[at].pad(before);
                self.attributes[at].append(cells, range.clone());
            }
        }
        self.case.extend_from_slice(&from.case[range.clone()]);
        self.activity.extend_from_slice(&from.activity[range.clone()]);
        self.who.extend_from_slice(&from.who[range.clone()]);
        self.time.extend_from_slice(&from.time[range.clone()]);
        self.flags.extend_from_slice(&from.flags[range.clone()]);
        self.place.extend_from_slice(&from.place[range]);
    }

    /// The rows at these positions, in this order.
    pub(crate) fn gather(&self, order: &[u32]) -> Self {
        fn pick<T: Copy>(column: &[T], order: &[u32]) -> Vec<T> {
            order.iter().map(|&at| column[at as usize]).collect()
        }
        Self {
            case: pick(&self.case, order),
            activity: pick(&self.activity, order),
            who: pick(&self.who, order),
            time: pick(&self.time, order),
            flags: pick(&self.flags, order),
            place: pick(&self.place, order),
            attributes: self.attributes.iter().map(|cells| cells.gather(order)).collect(),
        }
    }

    /// Keeps the rows before `at` and gives the others.
    pub(crate) fn split_off(&mut self, at: usize) -> Self {
        Self {
            case: self.case.split_off(at),
            activity: self.activity.split_off(at),
            who: self.who.split_off(at),
            time: self.time.split_off(at),
            flags: self.flags.split_off(at),
            place: self.place.split_off(at),
            attributes: self
                .attributes
                .iter_mut()
                .map(|cells| cells.split_off(at))
                .collect(),
        }
    }

    /// Makes every attribute exist and be as long as the rows.
    pub(crate) fn complete(&mut self, kinds: &[Kind]) {
        let rows = self.len();
        for kind in kinds.iter().skip(self.attributes.len()) {
            self.attributes.push(Cells::new(*kind));
        }
        for cells in &mut self.attributes {
            cells.pad(rows);
        }
    }

    /// Forgets the rows and keeps the memory.
    pub(crate) fn clear(&mut self) {
        self.case.clear();
        self.activity.clear();
        self.who.clear();
        self.time.clear();
        self.flags.clear();
        self.place.clear();
        for cells in &mut self.attributes {
            cells.clear();
        }
    }

    /// The order that brings the rows of each case together, cases by code, and leaves the
    /// rows of a case in the order in which they stand; `cases` is how many codes there are.
    pub(crate) fn order_by_case(&self, cases: usize) -> Vec<u32> {
        let rows = u32::try_from(self.len()).unwrap_or(u32::MAX);
        if self.case.is_sorted() {
            return (0..rows).collect();
        }
        let mut next = vec![0_u32; cases + 1];
        for &case in &self.case {
            next[case as usize + 1] += 1;
        }
        let mut sum = 0;
        for start in &mut next {
            sum += *start;
            *start = sum;
        }
        let mut order = vec![0_u32; self.len()];
        for (row, &case) in (0..rows).zip(&self.case) {
            let at = &mut next[case as usize];
            order[*at as usize] = row;
            *at += 1;
        }
        order
    }
}
