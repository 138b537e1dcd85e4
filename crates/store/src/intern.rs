//! Texts become codes: the first text of a column gets 0, the next new one 1, and so on.
//!
//! A table of its own, because with millions of case identifiers the time goes into waiting
//! for memory: a slot is one word that holds both a part of the hash and the code, and
//! [`Pending`] looks several hundred texts up at a time, so that the waits overlap.
#![expect(
    clippy::indexing_slicing,
    reason = "the hottest loop; codes and slots come from this module and are in range"
)]

use foldhash::quality::RandomState;
use std::hash::{BuildHasher, Hasher};

/// The most texts, in bytes, that one dictionary may hold: Arrow counts them in 31 bits.
const MOST_BYTES: usize = i32::MAX as usize;

/// How many texts are looked up together.
const TOGETHER: usize = 512;

/// A dictionary grew beyond what can be stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Full;

/// The distinct texts of a column, in order of first appearance.
pub(crate) struct Interner {
    /// All texts behind each other.
    text: String,
    /// Where each text ends in `text`.
    ends: Vec<u32>,
    /// Open addressing: 0 is empty; else the tag above and the code + 1 below.
    slots: Vec<u64>,
    /// The slot of a tag is `tag >> shift`: growing keeps the order of the slots.
    shift: u32,
    state: RandomState,
}

impl Interner {
    pub(crate) fn new() -> Self {
        Self {
            text: String::new(),
            ends: Vec::new(),
            slots: vec![0; 64],
            shift: 26,
            state: RandomState::default(),
        }
    }

    /// How many distinct texts there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The text of a code that this dictionary gave out; empty for any other.
    pub(crate) fn text(&self, code: u32) -> &str {
        let at = code as usize;
        let Some(&end) = self.ends.get(at) else { return "" };
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied();
        self.text.get(start.unwrap_or(0) as usize..end as usize).unwrap_or_default()
    }

    /// All texts, in the order of their codes.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        (0_u32..).zip(&self.ends).map(|(code, _)| self.text(code))
    }

    fn tag(&self, text: &str) -> u32 {
        let mut hasher = self.state.build_hasher();
        hasher.write(text.as_bytes());
        (hasher.finish() >> 32) as u32
    }

    /// The code of a text that is already there.
    pub(crate) fn find(&self, text: &str) -> Option<u32> {
        self.look_up(text, self.tag(text)).ok()
    }

    /// The code of a text; a new one where it was not there yet.
    pub(crate) fn intern(&mut self, text: &str) -> Result<u32, Full> {
        self.intern_tagged(text, self.tag(text))
    }

    fn intern_tagged(&mut self, text: &str, tag: u32) -> Result<u32, Full> {
        match self.look_up(text, tag) {
            Ok(code) => Ok(code),
            Err(slot) => self.insert(text, tag, slot),
        }
    }

    /// Whether a code of this dictionary stands for the text.
    fn is(&self, code: u32, text: &str) -> bool {
        let at = code as usize;
        let start = if at == 0 { 0 } else { self.ends[at - 1] as usize };
        same(&self.text.as_bytes()[start..self.ends[at] as usize], text.as_bytes())
    }

    /// The code, or the empty slot where it belongs.
    fn look_up(&self, text: &str, tag: u32) -> Result<u32, usize> {
        let mut at = (tag >> self.shift) as usize;
        loop {
            let slot = self.slots[at];
            if slot == 0 {
                return Err(at);
            }
            if (slot >> 32) as u32 == tag {
                let code = (slot & 0xffff_ffff) as u32 - 1;
                if self.is(code, text) {
                    return Ok(code);
                }
            }
            at = if at + 1 == self.slots.len() { 0 } else { at + 1 };
        }
    }

    fn insert(&mut self, text: &str, tag: u32, slot: usize) -> Result<u32, Full> {
        let end = self.text.len() + text.len();
        if end > MOST_BYTES {
            return Err(Full);
        }
        let code = u32::try_from(self.ends.len()).map_err(|_at_2_32| Full)?;
        // the highest code stands for "missing", the one below would overflow its slot
        if code >= u32::MAX - 1 {
            return Err(Full);
        }
        self.text.push_str(text);
        self.ends.push(u32::try_from(end).map_err(|_beyond| Full)?);
        self.slots[slot] = u64::from(tag) << 32 | u64::from(code + 1);
        if self.ends.len() * 8 > self.slots.len() * 5 && self.shift > 0 {
            self.grow();
        }
        Ok(code)
    }

    fn grow(&mut self) {
        self.shift -= 1;
        let mut slots = vec![0_u64; self.slots.len() * 2];
        for &slot in self.slots.iter().filter(|slot| **slot != 0) {
            let mut at = ((slot >> 32) as u32 >> self.shift) as usize;
            while slots[at] != 0 {
                at = if at + 1 == slots.len() { 0 } else { at + 1 };
            }
            slots[at] = slot;
        }
        self.slots = slots;
    }
}

/// Whether two texts are equal; without a call for the short ones, which nearly all are.
#[inline]
fn same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    match (
        a.first_chunk::<8>(),
        b.first_chunk::<8>(),
        a.last_chunk::<8>(),
        b.last_chunk::<8>(),
    ) {
        (Some(a_first), Some(b_first), Some(a_last), Some(b_last)) => {
            u64::from_ne_bytes(*a_first) == u64::from_ne_bytes(*b_first)
                && u64::from_ne_bytes(*a_last) == u64::from_ne_bytes(*b_last)
                && (a.len() <= 16 || a == b)
        }
        _ => a.iter().eq(b),
    }
}

/// Texts that wait for their codes, in the order of the rows.
pub(crate) struct Pending {
    text: String,
    ends: Vec<u32>,
    tags: Vec<u32>,
    /// How many rows in a row carry this text.
    counts: Vec<u32>,
    /// What stands in the first slot of each; kept to save the allocation.
    first: Vec<u64>,
}

impl Pending {
    pub(crate) fn new() -> Self {
        Self {
            text: String::new(),
            ends: Vec::new(),
            tags: Vec::new(),
            counts: Vec::new(),
            first: Vec::new(),
        }
    }

    fn text(&self, at: usize) -> &str {
        let start = if at == 0 { 0 } else { self.ends[at - 1] as usize };
        self.text.get(start..self.ends[at] as usize).unwrap_or_default()
    }

    /// Adds the text of one row; answers whether it is time to [`flush`](Self::flush).
    pub(crate) fn push(&mut self, dictionary: &Interner, text: &str) -> bool {
        let tag = dictionary.tag(text);
        if let Some(last) = self.ends.len().checked_sub(1)
            && self.tags[last] == tag
            && self.text(last) == text
        {
            self.counts[last] += 1;
            return self.counts[last] == u32::MAX;
        }
        self.tags.push(tag);
        self.text.push_str(text);
        // a text of 4 GiB cannot be stored either; the dictionary refuses it
        self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
        self.counts.push(1);
        self.ends.len() >= TOGETHER || self.text.len() > 1 << 20
    }

    /// Looks all waiting texts up and appends one code a row to `codes`.
    pub(crate) fn flush(
        &mut self,
        dictionary: &mut Interner,
        codes: &mut Vec<u32>,
    ) -> Result<(), Full> {
        if self.text.len() > MOST_BYTES {
            return Err(Full);
        }
        self.first.clear();
        self.first.extend(
            self.tags
                .iter()
                .map(|tag| dictionary.slots[(tag >> dictionary.shift) as usize]),
        );
        for at in 0..self.tags.len() {
            let (tag, slot) = (self.tags[at], self.first[at]);
            let guess = (slot & 0xffff_ffff) as u32;
            let text = self.text(at);
            let code = if guess != 0
                && (slot >> 32) as u32 == tag
                && dictionary.is(guess - 1, text)
            {
                guess - 1
            } else {
                dictionary.intern_tagged(text, tag)?
            };
            if self.counts[at] == 1 {
                codes.push(code);
            } else {
                codes.extend(std::iter::repeat_n(code, self.counts[at] as usize));
            }
        }
        self.text.clear();
        self.ends.clear();
        self.tags.clear();
        self.counts.clear();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_follow_first_appearance_and_texts_come_back() {
        let mut dictionary = Interner::new();
        let texts: Vec<String> =
            (0..5_000).map(|n| format!("zaak-{}", n % 3_000)).collect();
        for (n, text) in (0_u32..).zip(&texts) {
            assert_eq!(dictionary.intern(text), Ok(n % 3_000));
        }
        assert_eq!(dictionary.len(), 3_000);
        assert_eq!(dictionary.text(2_999), "zaak-2999");
        assert_eq!(dictionary.find("zaak-17"), Some(17));
        assert_eq!(dictionary.find("zaak-3000"), None);
        assert!(dictionary.iter().eq(texts.iter().take(3_000).map(String::as_str)));
    }

    #[test]
    fn looking_up_together_gives_the_same_codes_as_one_by_one() {
        let texts: Vec<String> =
            (0..20_000_u64).map(|n| format!("{}", n * n * 7_919 % 4_001 / 3)).collect();
        let (mut one, mut many) = (Interner::new(), Interner::new());
        let expected: Vec<u32> = texts.iter().map(|t| one.intern(t).unwrap()).collect();
        let (mut pending, mut codes) = (Pending::new(), Vec::new());
        for text in &texts {
            if pending.push(&many, text) {
                pending.flush(&mut many, &mut codes).unwrap();
            }
        }
        pending.flush(&mut many, &mut codes).unwrap();
        assert_eq!(codes, expected);
        assert!(one.iter().eq(many.iter()));
    }

    #[test]
    fn texts_are_the_same_only_when_every_byte_is() {
        for len in 0..40 {
            let text: Vec<u8> = (0..len).collect();
            assert!(same(&text, &text.clone()));
            for at in 0..text.len() {
                let mut other = text.clone();
                other[at] ^= 1;
                assert!(!same(&text, &other), "{len} bytes, byte {at}");
            }
            assert!(!same(&text, &[&text[..], &[0]].concat()));
        }
    }

    #[test]
    fn the_empty_text_and_texts_that_begin_alike_are_told_apart() {
        let mut dictionary = Interner::new();
        for (code, text) in (0_u32..).zip(["", "a", "aa", "ab", "a "]) {
            assert_eq!(dictionary.intern(text), Ok(code));
        }
        assert_eq!(dictionary.find("aa"), Some(2));
    }
}
