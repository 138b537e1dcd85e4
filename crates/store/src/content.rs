//! Check sums and the hash over the logical content, from which a snapshot gets its name.
//!
//! The hash runs over the values, not over the bytes on disk, so that another compression or
//! another size of row groups gives the same name.

use crate::persons::hex;
use crate::rows::{Cells, Rows};
use arrow_buffer::ToByteSlice;
use sha2::{Digest, Sha256};

/// A running hash for each column.
pub(crate) struct ColumnHashes {
    base: [Sha256; 6],
    attributes: Vec<Sha256>,
}

impl ColumnHashes {
    pub(crate) fn new(attributes: usize) -> Self {
        Self {
            base: std::array::from_fn(|_| Sha256::new()),
            attributes: vec![Sha256::new(); attributes],
        }
    }

    /// Adds a block.
    pub(crate) fn add(&mut self, rows: &Rows) {
        let [case, activity, who, time, flags, place] = &mut self.base;
        case.update(rows.case.to_byte_slice());
        activity.update(rows.activity.to_byte_slice());
        who.update(rows.who.to_byte_slice());
        time.update(rows.time.to_byte_slice());
        flags.update(&rows.flags);
        place.update(rows.place.to_byte_slice());
        for (hash, cells) in self.attributes.iter_mut().zip(&rows.attributes) {
            match cells {
                Cells::Narrow(cells) => hash.update(cells.to_byte_slice()),
                Cells::Wide(cells) => hash.update(cells.to_byte_slice()),
            }
        }
    }

    /// The hash of all columns.
    pub(crate) fn finish(self) -> [u8; 32] {
        let mut all = Sha256::new();
        for hash in self.base.into_iter().chain(self.attributes) {
            all.update(hash.finalize());
        }
        all.finalize().into()
    }
}

/// The hash of texts in order, each with its length.
pub(crate) struct TextHash(Sha256);

impl TextHash {
    pub(crate) fn new() -> Self {
        Self(Sha256::new())
    }

    pub(crate) fn add(&mut self, text: &str) {
        self.0.update((text.len() as u64).to_le_bytes());
        self.0.update(text.as_bytes());
    }

    pub(crate) fn finish(self) -> String {
        hex(&self.0.finalize())
    }
}

/// An odd number with its bits well spread (the golden ratio).
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

/// A check sum over values: eight lanes, because one would wait for itself.
pub(crate) fn sum<T: Copy>(values: &[T], bits: impl Fn(T) -> u64) -> String {
    let mut lanes = [0_u64; 8];
    let (chunks, rest) = values.as_chunks::<8>();
    for chunk in chunks {
        for (lane, value) in lanes.iter_mut().zip(chunk) {
            *lane = (*lane ^ bits(*value)).wrapping_mul(SPREAD).rotate_left(29);
        }
    }
    let mut all = values.len() as u64;
    for value in rest.iter().map(|value| bits(*value)).chain(lanes) {
        all = (all ^ value).wrapping_mul(SPREAD).rotate_left(29);
    }
    format!("{all:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_single_change_changes_the_sum() {
        let values: Vec<u32> = (0..1_003).collect();
        let before = sum(&values, u64::from);
        for at in [0, 7, 8, 999, 1_002] {
            let mut other = values.clone();
            other[at] ^= 1 << 13;
            assert_ne!(sum(&other, u64::from), before);
        }
        let mut swapped = values.clone();
        swapped.swap(0, 8);
        assert_ne!(sum(&swapped, u64::from), before);
        assert_ne!(sum(&values[..1_002], u64::from), before);
    }
}
