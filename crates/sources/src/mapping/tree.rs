//! TOML with line numbers, read field by field, so that every fault of a mapping is told at
//! once with its place; a deserialiser stops at the first.

use super::{Fault, nearest};
use std::collections::BTreeSet;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Where lines begin, and what was found wrong.
#[derive(Debug)]
pub(super) struct Faults {
    newlines: Vec<usize>,
    all: Vec<Fault>,
}

impl Faults {
    pub(super) fn of(text: &str) -> Self {
        let newlines = text.bytes().enumerate().filter(|(_, b)| *b == b'\n');
        Self { newlines: newlines.map(|(at, _)| at).collect(), all: Vec::new() }
    }

    /// The line of a byte.
    pub(super) fn line(&self, offset: usize) -> u32 {
        let before = self.newlines.partition_point(|newline| *newline < offset);
        u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1)
    }

    pub(super) fn add(&mut self, line: u32, sentence: impl Into<String>) {
        self.all.push(Fault { line, sentence: sentence.into() });
    }

    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    pub(super) fn sorted(mut self) -> Vec<Fault> {
        self.all.sort();
        self.all.dedup();
        self.all
    }
}

/// The kind of a value, for messages.
pub(super) const fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number with a fraction",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a bare date (write it between quotes)",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// A whole number; `None` where it is none or too large.
pub(super) fn int(value: &DeValue<'_>) -> Option<i64> {
    let DeValue::Integer(number) = value else { return None };
    i64::from_str_radix(&number.as_str().replace('_', ""), number.radix()).ok()
}

/// One table, which remembers what was asked for and tells of the rest.
#[derive(Debug)]
pub(super) struct Table<'t> {
    /// The name, as in `[csv]`; empty for the top.
    pub(super) name: String,
    /// The line on which it begins.
    pub(super) line: u32,
    fields: Option<&'t DeTable<'t>>,
    asked: BTreeSet<&'static str>,
}

impl<'t> Table<'t> {
    pub(super) fn top(fields: &'t DeTable<'t>) -> Self {
        Self {
            name: String::new(),
            line: 1,
            fields: Some(fields),
            asked: BTreeSet::new(),
        }
    }

    /// Begins to read a value as a table; anything else becomes a fault and reads as empty.
    pub(super) fn of(
        name: String,
        line: u32,
        value: &'t Spanned<DeValue<'t>>,
        faults: &mut Faults,
    ) -> Self {
        let fields = value.get_ref().as_table();
        if fields.is_none() {
            let found = kind(value.get_ref());
            faults.add(line, format!("`{name}` must be a table, found {found}"));
        }
        Self { name, line, fields, asked: BTreeSet::new() }
    }

    /// A field as it stands, with its line.
    pub(super) fn get(
        &mut self,
        key: &'static str,
        faults: &Faults,
    ) -> Option<(u32, &'t Spanned<DeValue<'t>>)> {
        self.asked.insert(key);
        let (name, value) = self.fields?.get_key_value(key)?;
        Some((faults.line(name.span().start), value))
    }

    /// A table inside this one.
    pub(super) fn table(
        &mut self,
        key: &'static str,
        faults: &mut Faults,
    ) -> Option<Self> {
        let (line, value) = self.get(key, faults)?;
        let name = if self.name.is_empty() {
            key.to_owned()
        } else {
            format!("{}.{key}", self.name)
        };
        Some(Self::of(name, line, value, faults))
    }

    /// All fields with their lines; for tables whose names are free.
    pub(super) fn entries(
        &self,
        faults: &Faults,
    ) -> Vec<(&'t str, u32, &'t Spanned<DeValue<'t>>)> {
        let all = self.fields.into_iter().flat_map(DeTable::iter);
        all.map(|(key, value)| {
            (key.get_ref().as_ref(), faults.line(key.span().start), value)
        })
        .collect()
    }

    /// Adds a fault about a field.
    pub(super) fn wrong(
        &self,
        line: u32,
        key: &str,
        expected: &str,
        faults: &mut Faults,
    ) {
        let at = if self.name.is_empty() {
            String::new()
        } else {
            format!(" in [{}]", self.name)
        };
        faults.add(line, format!("`{key}`{at} must be {expected}"));
    }

    /// An optional text with its line.
    pub(super) fn text(
        &mut self,
        key: &'static str,
        faults: &mut Faults,
    ) -> Option<(u32, &'t str)> {
        let (line, value) = self.get(key, faults)?;
        let Some(text) = value.get_ref().as_str() else {
            let found = kind(value.get_ref());
            self.wrong(line, key, &format!("text, found {found}"), faults);
            return None;
        };
        Some((line, text))
    }

    /// A text out of a closed list.
    pub(super) fn choice<T: Copy>(
        &mut self,
        key: &'static str,
        allowed: &[(&str, T)],
        faults: &mut Faults,
    ) -> Option<T> {
        let (line, text) = self.text(key, faults)?;
        let found =
            allowed.iter().find(|(name, _)| *name == text).map(|(_, value)| *value);
        if found.is_none() {
            let names: Vec<_> = allowed.iter().map(|(name, _)| *name).collect();
            let expected = format!("one of {}, found `{text}`", names.join(", "));
            self.wrong(line, key, &expected, faults);
        }
        found
    }

    /// `true` or `false`, where it is written.
    pub(super) fn flag(
        &mut self,
        key: &'static str,
        faults: &mut Faults,
    ) -> Option<bool> {
        let (line, value) = self.get(key, faults)?;
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            let found = kind(value.get_ref());
            self.wrong(line, key, &format!("true or false, found {found}"), faults);
        }
        flag
    }

    /// A list of texts with their lines; `None` where it is not written.
    pub(super) fn texts(
        &mut self,
        key: &'static str,
        faults: &mut Faults,
    ) -> Option<Vec<(u32, &'t str)>> {
        let (line, value) = self.get(key, faults)?;
        let Some(items) = value.get_ref().as_array() else {
            let found = kind(value.get_ref());
            self.wrong(line, key, &format!("a list of texts, found {found}"), faults);
            return None;
        };
        let mut texts = Vec::new();
        for item in items {
            let at = faults.line(item.span().start);
            if let Some(text) = item.get_ref().as_str() {
                texts.push((at, text));
            } else {
                self.wrong(at, key, "a list of texts", faults);
            }
        }
        Some(texts)
    }

    /// Tells of every field that nobody asked for.
    pub(super) fn done(self, faults: &mut Faults) {
        for (key, line, _) in self.entries(faults) {
            if self.asked.contains(key) {
                continue;
            }
            let at = if self.name.is_empty() {
                String::new()
            } else {
                format!(" in [{}]", self.name)
            };
            let near = nearest(key, self.asked.iter().copied());
            let hint = near.map_or_else(
                || {
                    let known: Vec<_> = self.asked.iter().copied().collect();
                    format!("known here: {}", known.join(", "))
                },
                |near| format!("did you mean `{near}`?"),
            );
            faults.add(line, format!("the key `{key}`{at} is not known ({hint})"));
        }
    }
}
