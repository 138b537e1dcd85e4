//! TOML with line numbers, read field by field, so that every fault of a file is told at
//! once with its place. (A deserialiser stops at the first.)

use crate::fault::{Faults, nearest};
use std::collections::{BTreeMap, BTreeSet};
use toml::de::{DeTable, DeValue};

/// A value and the line on which it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Tree {
    /// The line, from 1.
    pub line: u32,
    /// The value.
    pub node: Node,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// Text.
    Text(String),
    /// A whole number.
    Int(i64),
    /// A number with a fraction, a date, or a whole number too large: nothing that content uses.
    Other(&'static str),
    /// `true` or `false`.
    Bool(bool),
    /// A list.
    List(Vec<Tree>),
    /// A table.
    Table(BTreeMap<String, Tree>),
}

impl Node {
    /// The kind of value, for messages.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) => "text",
            Self::Int(_) => "a whole number",
            Self::Other(kind) => kind,
            Self::Bool(_) => "true or false",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
        }
    }
}

/// Reads a TOML text; syntax mistakes become faults. `None` when nothing could be read.
pub fn parse(file: &str, text: &str, faults: &mut Faults) -> Option<Tree> {
    let lines = Lines::of(text);
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        let line = error.span().map_or(0, |span| lines.at(span.start));
        let sentence = error.message().replace('\n', "; ");
        faults.add_with_hint(file, line, sentence, "see https://toml.io for the syntax");
    }
    if !errors.is_empty() {
        return None;
    }
    Some(Tree { line: 1, node: table_node(table.get_ref(), &lines) })
}

fn table_node(table: &DeTable<'_>, lines: &Lines) -> Node {
    let fields = table.iter().map(|(key, value)| {
        let line = lines.at(key.span().start);
        (key.get_ref().to_string(), Tree { line, node: node(value.get_ref(), lines) })
    });
    Node::Table(fields.collect())
}

fn node(value: &DeValue<'_>, lines: &Lines) -> Node {
    match value {
        DeValue::String(text) => Node::Text(text.to_string()),
        DeValue::Integer(number) => {
            let digits = number.as_str().replace('_', "");
            i64::from_str_radix(&digits, number.radix())
                .map_or(Node::Other("a number that is too large"), Node::Int)
        }
        DeValue::Float(_) => Node::Other("a number with a fraction"),
        DeValue::Boolean(yes) => Node::Bool(*yes),
        DeValue::Datetime(_) => Node::Other("a bare date (write it between quotes)"),
        DeValue::Array(items) => Node::List(
            items
                .iter()
                .map(|item| Tree {
                    line: lines.at(item.span().start),
                    node: node(item.get_ref(), lines),
                })
                .collect(),
        ),
        DeValue::Table(table) => table_node(table, lines),
    }
}

/// Where lines begin.
struct Lines(Vec<usize>);

impl Lines {
    fn of(text: &str) -> Self {
        Self(
            text.bytes()
                .enumerate()
                .filter(|(_, b)| *b == b'\n')
                .map(|(at, _)| at)
                .collect(),
        )
    }

    fn at(&self, offset: usize) -> u32 {
        let before = self.0.partition_point(|newline| *newline < offset);
        u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1)
    }
}

/// Reads the fields of one table, remembers which were asked for, and tells of the rest.
#[derive(Debug)]
pub struct Reader<'t, 'f> {
    file: &'t str,
    line: u32,
    fields: Option<&'t BTreeMap<String, Tree>>,
    asked: BTreeSet<&'static str>,
    faults: &'f mut Faults,
}

impl<'t, 'f> Reader<'t, 'f> {
    /// Begins to read a table; anything else becomes a fault and then reads as empty.
    pub fn new(file: &'t str, tree: &'t Tree, faults: &'f mut Faults) -> Self {
        let fields = match &tree.node {
            Node::Table(fields) => Some(fields),
            other => {
                faults.add(
                    file,
                    tree.line,
                    format!("expected a table, found {}", other.kind()),
                );
                None
            }
        };
        Self { file, line: tree.line, fields, asked: BTreeSet::new(), faults }
    }

    /// The line on which the table begins.
    pub fn line(&self) -> u32 {
        self.line
    }

    /// The line of a field, or of the table where the field is absent.
    pub fn line_of(&self, key: &str) -> u32 {
        self.fields.and_then(|f| f.get(key)).map_or(self.line, |tree| tree.line)
    }

    /// Adds a fault at a field.
    pub fn fault(
        &mut self,
        key: &str,
        sentence: impl Into<String>,
        hint: impl Into<String>,
    ) {
        let line = self.line_of(key);
        self.faults.add_with_hint(self.file, line, sentence, hint);
    }

    /// The faults, for reading a table inside this one.
    pub fn faults(&mut self) -> &mut Faults {
        self.faults
    }

    /// A field as it stands.
    pub fn tree(&mut self, key: &'static str) -> Option<&'t Tree> {
        self.asked.insert(key);
        self.fields.and_then(|fields| fields.get(key))
    }

    /// All fields of a table whose names are free, such as `[steps]`; counts as asked for.
    pub fn entries(&self) -> impl Iterator<Item = (&'t str, &'t Tree)> + use<'t> {
        self.fields.into_iter().flatten().map(|(key, tree)| (key.as_str(), tree))
    }

    fn wrong(&mut self, key: &str, expected: &str, tree: &Tree) {
        let sentence = format!("`{key}` must be {expected}, found {}", tree.node.kind());
        self.faults.add(self.file, tree.line, sentence);
    }

    fn missing(&mut self, key: &str, expected: &str) {
        if self.fields.is_none() {
            // that it is no table at all was told already
            return;
        }
        let sentence = format!("`{key}` is missing");
        self.faults.add_with_hint(
            self.file,
            self.line,
            sentence,
            format!("expected {expected}"),
        );
    }

    /// An optional text.
    pub fn text_opt(&mut self, key: &'static str) -> Option<&'t str> {
        let tree = self.tree(key)?;
        if let Node::Text(text) = &tree.node {
            return Some(text);
        }
        self.wrong(key, "text", tree);
        None
    }

    /// A text that must be there and not be empty.
    pub fn text(&mut self, key: &'static str) -> String {
        match (self.tree(key).is_some(), self.text_opt(key)) {
            (_, Some(text)) if !text.trim().is_empty() => text.to_owned(),
            (_, Some(_)) => {
                self.fault(
                    key,
                    format!("`{key}` is empty"),
                    "write something or remove the item",
                );
                String::new()
            }
            (true, None) => String::new(),
            (false, None) => {
                self.missing(key, "text");
                String::new()
            }
        }
    }

    /// A text out of a closed list.
    pub fn choice(
        &mut self,
        key: &'static str,
        allowed: &[&'static str],
    ) -> Option<&'static str> {
        let text = self.text(key);
        if text.is_empty() {
            return None;
        }
        let found = allowed.iter().copied().find(|known| *known == text);
        if found.is_none() {
            let hint = format!("choose one of {}", allowed.join(", "));
            self.fault(key, format!("`{key}` has the unknown value `{text}`"), hint);
        }
        found
    }

    /// An optional whole number.
    pub fn int_opt(&mut self, key: &'static str) -> Option<i64> {
        let tree = self.tree(key)?;
        if let Node::Int(number) = tree.node {
            return Some(number);
        }
        self.wrong(key, "a whole number", tree);
        None
    }

    /// A whole number that must be there.
    pub fn int(&mut self, key: &'static str) -> i64 {
        if self.tree(key).is_none() {
            self.missing(key, "a whole number");
        }
        self.int_opt(key).unwrap_or(0)
    }

    /// `true` or `false`, or the given value where absent.
    pub fn flag(&mut self, key: &'static str, default: bool) -> bool {
        let Some(tree) = self.tree(key) else { return default };
        if let Node::Bool(yes) = tree.node {
            return yes;
        }
        self.wrong(key, "true or false", tree);
        default
    }

    /// A list of texts with their lines; empty where absent.
    pub fn texts_with_lines(&mut self, key: &'static str) -> Vec<(String, u32)> {
        let Some(tree) = self.tree(key) else { return Vec::new() };
        let Node::List(items) = &tree.node else {
            self.wrong(key, "a list of texts", tree);
            return Vec::new();
        };
        let mut texts = Vec::new();
        for item in items {
            if let Node::Text(text) = &item.node {
                texts.push((text.clone(), item.line));
            } else {
                self.wrong(key, "a list of texts", item);
            }
        }
        texts
    }

    /// A list of texts; empty where absent.
    pub fn texts(&mut self, key: &'static str) -> Vec<String> {
        self.texts_with_lines(key).into_iter().map(|(text, _)| text).collect()
    }

    /// A list of tables (`[[key]]`); empty where absent.
    pub fn tables(&mut self, key: &'static str) -> Vec<&'t Tree> {
        let Some(tree) = self.tree(key) else { return Vec::new() };
        if let Node::List(items) = &tree.node {
            return items.iter().collect();
        }
        self.wrong(key, "a list of tables", tree);
        Vec::new()
    }

    /// Tells of every field that nobody asked for.
    pub fn done(self) {
        let known: Vec<&str> = self.asked.iter().copied().collect();
        for (key, tree) in self.fields.into_iter().flatten() {
            if !self.asked.contains(key.as_str()) {
                let mut hint = nearest(key, known.iter().copied());
                if hint.is_empty() {
                    hint = format!("known here: {}", known.join(", "));
                }
                let sentence = format!("the key `{key}` is not known");
                self.faults.add_with_hint(self.file, tree.line, sentence, hint);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_of_a_file_is_told_at_once() {
        let mut faults = Faults::default();
        let tree = parse("x.toml", "code = 3\nnmae = \"a\"\n", &mut faults).unwrap();
        let mut reader = Reader::new("x.toml", &tree, &mut faults);
        reader.text("code");
        reader.text("name");
        reader.done();
        let told: Vec<String> =
            faults.sorted().0.iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            [
                "x.toml:1: `code` must be text, found a whole number",
                "x.toml:1: `name` is missing (expected text)",
                "x.toml:2: the key `nmae` is not known (did you mean `name`?)",
            ]
        );
    }

    #[test]
    fn broken_syntax_has_a_line() {
        let mut faults = Faults::default();
        assert!(parse("x.toml", "a = 1\nb = = 2\n", &mut faults).is_none());
        assert_eq!(faults.0.first().unwrap().line, 2);
    }
}
