//! What a form or an address says: names with values, in order.

use std::collections::BTreeMap;

/// More values than this are not read.
const MOST_VALUES: usize = 2_000;

/// Names with their values.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fields(BTreeMap<String, Vec<String>>);

impl Fields {
    /// Reads `a=1&b=2`; `None` where there are too many values.
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        let mut fields: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (at, (name, value)) in form_urlencoded::parse(bytes).enumerate() {
            if at >= MOST_VALUES {
                return None;
            }
            // browsers send ends of lines as CR LF
            let value = value.replace("\r\n", "\n");
            fields.entry(name.into_owned()).or_default().push(value);
        }
        Some(Self(fields))
    }

    /// Adds a value.
    pub(crate) fn put(&mut self, name: String, value: String) {
        self.0.entry(name).or_default().push(value);
    }

    /// The first value of a name; empty where it is absent.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.0.get(name).and_then(|values| values.first()).map_or("", String::as_str)
    }

    /// The first value of a name without blanks around it.
    pub(crate) fn trimmed(&self, name: &str) -> &str {
        self.get(name).trim()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_decoded_and_absent_ones_are_empty() {
        let fields = Fields::read(b"a=1+2&a=3&b=%C3%A9%0D%0Ax&c").unwrap();
        assert_eq!(fields.get("a"), "1 2");
        assert_eq!(fields.get("b"), "é\nx");
        assert_eq!((fields.get("c"), fields.get("d")), ("", ""));
        assert!(Fields::read("a&".repeat(3_000).as_bytes()).is_none());
    }
}
