//! JSON read field by field, so that every fault of a document is told at once, each with
//! the name of the field. (A deserialiser stops at the first and often names none.)

use model::{Date, Process};
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::ops::RangeInclusive;

const DATE: &str = "a date such as 2026-11-23";

/// The fields of one object; remembers which were asked for.
#[derive(Debug)]
pub(crate) struct Fields<'v, 'f> {
    path: String,
    object: Option<&'v Map<String, Value>>,
    asked: BTreeSet<&'static str>,
    faults: &'f mut Vec<String>,
}

/// Reads a text as JSON.
///
/// # Errors
/// One sentence that says where it is no JSON.
pub(crate) fn parse(text: &str) -> Result<Value, Vec<String>> {
    serde_json::from_str(text).map_err(|error| vec![format!("this is no JSON: {error}")])
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

impl<'v, 'f> Fields<'v, 'f> {
    /// Begins to read an object; anything else becomes a fault and then reads as empty.
    pub(crate) fn of(path: &str, value: &'v Value, faults: &'f mut Vec<String>) -> Self {
        let object = value.as_object();
        if object.is_none() {
            let place = if path.is_empty() { "the document" } else { path };
            faults.push(format!("{place}: expected an object, found {}", kind(value)));
        }
        Self { path: path.to_owned(), object, asked: BTreeSet::new(), faults }
    }

    /// The place of this object in the document; empty for the document.
    pub(crate) fn path(&self) -> String {
        self.path.clone()
    }

    /// The place of a field in the document.
    pub(crate) fn place(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    /// Adds a fault at a field.
    pub(crate) fn fault(&mut self, key: &str, sentence: &str) {
        let place = self.place(key);
        self.faults.push(format!("{place}: {sentence}"));
    }

    /// The faults, to read an object inside this one.
    pub(crate) fn faults(&mut self) -> &mut Vec<String> {
        self.faults
    }

    /// Whether this is an object at all.
    pub(crate) fn is_object(&self) -> bool {
        self.object.is_some()
    }

    /// A field as it stands; nothing where it is absent or null.
    pub(crate) fn value(&mut self, key: &'static str) -> Option<&'v Value> {
        self.asked.insert(key);
        self.object?.get(key).filter(|value| !value.is_null())
    }

    fn needed(&mut self, key: &'static str, expected: &str) -> Option<&'v Value> {
        let value = self.value(key);
        if value.is_none() && self.object.is_some() {
            self.fault(key, &format!("the field is missing; expected {expected}"));
        }
        value
    }

    fn wrong(&mut self, key: &str, expected: &str, found: &Value) {
        self.fault(key, &format!("expected {expected}, found {}", kind(found)));
    }

    /// A text that may be absent.
    pub(crate) fn text_opt(&mut self, key: &'static str) -> Option<String> {
        let value = self.value(key)?;
        if let Value::String(text) = value {
            return Some(text.clone());
        }
        self.wrong(key, "text", value);
        None
    }

    /// A text.
    pub(crate) fn text(&mut self, key: &'static str) -> String {
        self.needed(key, "text");
        self.text_opt(key).unwrap_or_default()
    }

    /// The value behind a word of a closed list.
    pub(crate) fn word<T: Copy>(
        &mut self,
        key: &'static str,
        list: &[(&str, T)],
    ) -> Option<T> {
        self.needed(key, "text");
        self.word_opt(key, list)
    }

    /// The value behind a word of a closed list, where there is one.
    pub(crate) fn word_opt<T: Copy>(
        &mut self,
        key: &'static str,
        list: &[(&str, T)],
    ) -> Option<T> {
        let text = self.text_opt(key)?;
        let found = list.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
        if found.is_none() {
            let words: Vec<&str> = list.iter().map(|(word, _)| *word).collect();
            let words = words.join("`, `");
            self.fault(key, &format!("`{text}` is none of `{words}`"));
        }
        found
    }

    /// A text that stands for something; a fault where it does not.
    pub(crate) fn named<T>(
        &mut self,
        key: &'static str,
        wanted: &str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        self.needed(key, wanted);
        self.named_opt(key, wanted, read)
    }

    /// The same, where there is one.
    pub(crate) fn named_opt<T>(
        &mut self,
        key: &'static str,
        wanted: &str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let text = self.text_opt(key)?;
        let found = read(&text);
        if found.is_none() {
            self.fault(key, &format!("expected {wanted}, found `{text}`"));
        }
        found
    }

    /// A date that may be absent.
    pub(crate) fn date_opt(&mut self, key: &'static str) -> Option<Date> {
        self.named_opt(key, DATE, |text| text.parse().ok())
    }

    /// A date.
    pub(crate) fn date(&mut self, key: &'static str) -> Option<Date> {
        self.named(key, DATE, |text| text.parse().ok())
    }

    /// A process by its code.
    pub(crate) fn process(&mut self, key: &'static str) -> Option<Process> {
        self.named(key, "the code of a process", |text| text.parse().ok())
    }

    /// `true` or `false`.
    pub(crate) fn flag(&mut self, key: &'static str) -> bool {
        match self.needed(key, "true or false") {
            Some(Value::Bool(yes)) => *yes,
            Some(other) => {
                self.wrong(key, "true or false", other);
                false
            }
            None => false,
        }
    }

    /// A whole number within bounds, where there is one.
    pub(crate) fn number_opt<T: TryFrom<i64>>(
        &mut self,
        key: &'static str,
        bounds: RangeInclusive<i64>,
    ) -> Option<T> {
        let value = self.value(key)?;
        let within = value.as_i64().filter(|number| bounds.contains(number));
        let number = within.and_then(|number| T::try_from(number).ok());
        if number.is_none() {
            let (low, high) = (bounds.start(), bounds.end());
            self.fault(
                key,
                &format!("expected a whole number from {low} to {high}, found {value}"),
            );
        }
        number
    }

    /// A whole number within bounds.
    pub(crate) fn number<T: TryFrom<i64> + Default>(
        &mut self,
        key: &'static str,
        bounds: RangeInclusive<i64>,
    ) -> T {
        self.needed(key, "a whole number");
        self.number_opt(key, bounds).unwrap_or_default()
    }

    /// A share from 0 to 1.
    pub(crate) fn share(&mut self, key: &'static str) -> f64 {
        let Some(value) = self.needed(key, "a number from 0 to 1") else { return 0.0 };
        let share = value.as_f64().filter(|share| (0.0..=1.0).contains(share));
        if share.is_none() {
            self.fault(key, &format!("expected a number from 0 to 1, found {value}"));
        }
        share.unwrap_or(0.0)
    }

    /// The members of a list with their places.
    pub(crate) fn list(&mut self, key: &'static str) -> Vec<(String, &'v Value)> {
        match self.needed(key, "a list") {
            Some(Value::Array(members)) => {
                let place = self.place(key);
                let each = members.iter().enumerate();
                each.map(|(at, member)| (format!("{place}[{at}]"), member)).collect()
            }
            Some(other) => {
                self.wrong(key, "a list", other);
                Vec::new()
            }
            None => Vec::new(),
        }
    }

    /// An object inside this one, read by `read`; nothing where it is absent or null.
    pub(crate) fn inside_opt<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&mut Fields<'v, '_>) -> T,
    ) -> Option<T> {
        let value = self.value(key)?;
        let mut inner = Fields::of(&self.place(key), value, self.faults);
        let whole = inner.is_object();
        let found = read(&mut inner);
        whole.then_some(found)
    }

    /// An object inside this one, read by `read`; a fault where it is absent.
    pub(crate) fn inside<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&mut Fields<'v, '_>) -> T,
    ) -> Option<T> {
        self.needed(key, "an object");
        self.inside_opt(key, read)
    }

    /// Each object of a list, read by `read`.
    pub(crate) fn each<T>(
        &mut self,
        key: &'static str,
        mut read: impl FnMut(&mut Fields<'v, '_>) -> Option<T>,
    ) -> Vec<T> {
        let members = self.list(key);
        let mut all = Vec::with_capacity(members.len());
        for (place, member) in members {
            let mut inner = Fields::of(&place, member, self.faults);
            if inner.is_object() {
                all.extend(read(&mut inner));
            }
        }
        all
    }

    /// Every field that nobody asked for, by name.
    pub(crate) fn unasked(&self) -> Vec<String> {
        let keys = self.object.into_iter().flat_map(Map::keys);
        keys.filter(|key| !self.asked.contains(key.as_str())).cloned().collect()
    }
}
