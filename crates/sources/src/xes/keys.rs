//! Keys: those of attributes within attributes, and those of classifiers.

use crate::ReadError;
use crate::xml::{Attribute, Tag};

/// Most bytes of the keys that are kept; longer than any key that is taken.
const LONGEST: usize = 8192;

/// The keys of the attributes that are open, joined with `/`.
#[derive(Debug, Default)]
pub(super) struct Path {
    keys: String,
    ends: Vec<usize>,
    joined: String,
}

impl Path {
    /// Whether no attribute is open.
    pub(super) fn is_top(&self) -> bool {
        self.ends.is_empty()
    }

    /// The whole key of an attribute.
    ///
    /// # Errors
    /// The key holds an entity that is not known.
    pub(super) fn join<'a>(
        &'a mut self,
        key: &Attribute<'a>,
    ) -> Result<&'a str, ReadError> {
        if self.ends.is_empty() && key.plain {
            return Ok(key.raw);
        }
        self.joined.clear();
        self.joined.push_str(&self.keys);
        if !self.ends.is_empty() {
            self.joined.push('/');
        }
        key.append_to(&mut self.joined)?;
        Ok(&self.joined)
    }

    /// An attribute opens.
    ///
    /// # Errors
    /// As [`Self::join`].
    pub(super) fn enter(&mut self, tag: &Tag<'_, '_>) -> Result<(), ReadError> {
        let before = self.keys.len();
        if let Some(key) = tag.attribute("key") {
            if !self.ends.is_empty() {
                self.keys.push('/');
            }
            key.append_to(&mut self.keys)?;
            // Such a key is refused as soon as it gets a value; until then nothing grows.
            let end = self.keys.floor_char_boundary(LONGEST);
            self.keys.truncate(end);
        }
        self.ends.push(before);
        Ok(())
    }

    /// The attribute opened last closes.
    pub(super) fn leave(&mut self) {
        if let Some(before) = self.ends.pop() {
            self.keys.truncate(before);
        }
    }
}

/// The keys of a classifier: separated by blanks; one that holds blanks stands between `'`.
pub(super) fn split(keys: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = keys.trim();
    while !rest.is_empty() {
        let (key, after) = match rest.strip_prefix('\'') {
            Some(quoted) => quoted.split_once('\'').unwrap_or((quoted, "")),
            None => rest.split_once(char::is_whitespace).unwrap_or((rest, "")),
        };
        if !key.is_empty() {
            found.push(key.to_owned());
        }
        rest = after.trim_start();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn keys_of_a_classifier_may_hold_blanks_between_quotes() {
        assert_eq!(split("concept:name lifecycle:transition").len(), 2);
        assert_eq!(split(" 'my key'  b"), ["my key", "b"]);
        assert_eq!(split(""), Vec::<String>::new());
    }
}
