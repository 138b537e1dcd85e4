//! The book of reading notes: counts every remark by file and kind and keeps the first 20
//! by place, whatever the order in which they come in.

use crate::manifest::{NoteCount, NoteSample};
use columns::events::PLACE_BITS;
use model::NoteKind;
use std::collections::BTreeMap;

/// How many remarks of a kind are kept with their place.
const KEPT: usize = 20;

/// The file part of a packed place.
pub(crate) const fn file_of(place: u64) -> usize {
    // at most 65,536 files
    (place >> PLACE_BITS) as usize
}

/// The number part of a packed place.
pub(crate) const fn number_of(place: u64) -> u64 {
    place & ((1 << PLACE_BITS) - 1)
}

#[derive(Default)]
struct Tally {
    count: u64,
    /// Sorted.
    samples: Vec<NoteSample>,
}

impl Tally {
    fn add(&mut self, place: Option<u64>, detail: &str) {
        self.count += 1;
        if self.samples.len() >= KEPT
            && self
                .samples
                .last()
                .is_some_and(|last| (last.place, last.detail.as_str()) <= (place, detail))
        {
            return;
        }
        let sample = NoteSample { place, detail: detail.to_owned() };
        let at = self.samples.partition_point(|other| *other <= sample);
        self.samples.insert(at, sample);
        self.samples.truncate(KEPT);
    }
}

/// All remarks about the files of one snapshot.
#[derive(Default)]
pub(crate) struct Notes {
    /// By kind, then by file: remarks of one kind tend to come together.
    by_kind: BTreeMap<NoteKind, Vec<Tally>>,
    /// Remarks about all files.
    whole: BTreeMap<NoteKind, Tally>,
}

impl Notes {
    /// Adds a remark about a file.
    pub(crate) fn add(
        &mut self,
        file: usize,
        kind: NoteKind,
        place: Option<u64>,
        detail: &str,
    ) {
        let tallies = self.by_kind.entry(kind).or_default();
        if tallies.len() <= file {
            tallies.resize_with(file + 1, Tally::default);
        }
        if let Some(tally) = tallies.get_mut(file) {
            tally.add(place, detail);
        }
    }

    /// Adds a remark about a row, by its packed place.
    pub(crate) fn add_at(&mut self, place: u64, kind: NoteKind, detail: &str) {
        self.add(file_of(place), kind, Some(number_of(place)), detail);
    }

    /// Adds a remark about all files.
    pub(crate) fn add_whole(&mut self, kind: NoteKind, detail: &str) {
        self.whole.entry(kind).or_default().add(None, detail);
    }

    /// The remarks, in the order in which kinds are shown, those about all files first.
    pub(crate) fn into_counts(mut self) -> Vec<NoteCount> {
        let mut counts = Vec::new();
        for &kind in NoteKind::ALL {
            let whole = self.whole.remove(&kind).map(|tally| (None, tally));
            let files = self.by_kind.remove(&kind).unwrap_or_default();
            let files = (0_u32..).map(Some).zip(files);
            counts.extend(
                whole.into_iter().chain(files).filter(|(_, t)| t.count > 0).map(
                    |(file, tally)| NoteCount {
                        kind: kind.code().to_owned(),
                        file,
                        count: tally.count,
                        samples: tally.samples,
                    },
                ),
            );
        }
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_are_counted_and_the_first_twenty_kept_in_any_order() {
        let (mut up, mut down) = (Notes::default(), Notes::default());
        for n in 0..100 {
            up.add(1, NoteKind::MissingWho, Some(n), "");
            down.add(1, NoteKind::MissingWho, Some(99 - n), "");
        }
        let (up, down) = (up.into_counts(), down.into_counts());
        assert_eq!(up, down);
        assert_eq!(up[0].count, 100);
        assert_eq!(up[0].file, Some(1));
        let places: Vec<_> = up[0].samples.iter().filter_map(|s| s.place).collect();
        assert_eq!(places, (0..20).collect::<Vec<_>>());
    }
}
