//! A text as characters with their places in bytes, and the groups of digits in it.

use std::ops::Range;

/// A text whose characters can be asked for by number.
pub(super) struct Text {
    chars: Vec<(usize, char)>,
    bytes: usize,
}

/// A row of digits with nothing between them.
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// Which characters.
    pub(super) place: Range<usize>,
    /// Their values.
    pub(super) digits: Vec<u8>,
}

impl Text {
    pub(super) fn of(text: &str) -> Self {
        Self { chars: text.char_indices().collect(), bytes: text.len() }
    }

    pub(super) fn len(&self) -> usize {
        self.chars.len()
    }

    /// The character at a place; nothing before the begin and behind the end.
    pub(super) fn at(&self, place: usize) -> Option<char> {
        self.chars.get(place).map(|(_, char)| *char)
    }

    /// The character before a place.
    pub(super) fn before(&self, place: usize) -> Option<char> {
        self.at(place.checked_sub(1)?)
    }

    /// Whether a letter or digit stands just before a place.
    pub(super) fn glued_before(&self, place: usize) -> bool {
        self.before(place).is_some_and(char::is_alphanumeric)
    }

    /// Whether a letter or digit stands at a place.
    pub(super) fn glued_at(&self, place: usize) -> bool {
        self.at(place).is_some_and(char::is_alphanumeric)
    }

    /// The characters of a place, in lower case.
    pub(super) fn lower(&self, place: &Range<usize>) -> String {
        let chars = place.clone().filter_map(|at| self.at(at));
        chars.flat_map(char::to_lowercase).collect()
    }

    /// Characters as bytes.
    pub(super) fn bytes(&self, place: &Range<usize>) -> Range<usize> {
        let byte = |at: usize| self.chars.get(at).map_or(self.bytes, |(byte, _)| *byte);
        byte(place.start)..byte(place.end)
    }

    /// All rows of digits.
    pub(super) fn groups(&self) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        for at in 0..self.len() {
            let Some(digit) = self.at(at).and_then(digit) else { continue };
            match groups.last_mut().filter(|group| group.place.end == at) {
                Some(group) => {
                    group.place.end = at.saturating_add(1);
                    group.digits.push(digit);
                }
                None => groups
                    .push(Group { place: at..at.saturating_add(1), digits: vec![digit] }),
            }
        }
        groups
    }
}

/// The value of a digit.
pub(super) fn digit(char: char) -> Option<u8> {
    char.to_digit(10).and_then(|value| u8::try_from(value).ok())
}

/// A space that does not end a line.
pub(super) fn is_space(char: char) -> bool {
    matches!(char, ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}')
}

/// A hyphen or what a word processor makes of one.
pub(super) fn is_hyphen(char: char) -> bool {
    matches!(char, '-' | '\u{2010}' | '\u{2011}' | '\u{2013}')
}
