//! The files of the catalogue as rows of a table: a row for each text in both languages, a
//! row for each plain value. The logic of rules is not among them.

use ::catalogue::Files;
use std::collections::{BTreeMap, BTreeSet};
use toml_edit::{DocumentMut, Item, Value};

/// A text of an item in both languages.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TextRow {
    /// The folder of the item.
    pub folder: String,
    /// The key, such as `title` or `steps.deliver`.
    pub key: String,
    /// The Dutch text; empty where it is missing.
    pub nl: String,
    /// The English text; empty where it is missing.
    pub en: String,
}

/// A plain value of an item.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FactRow {
    /// The file.
    pub file: String,
    /// Where in it, such as `weight` or `raises.0.to`.
    pub key: String,
    /// The value; lists have commas between.
    pub value: String,
}

/// The name of the folder of a kind: the first part of a path.
pub fn kind_of(path: &str) -> &str {
    path.split('/').next().unwrap_or_default()
}

/// All texts, by folder and key.
pub fn texts(files: &Files) -> Vec<TextRow> {
    let mut rows: BTreeMap<(String, String), TextRow> = BTreeMap::new();
    for (path, text) in files {
        let Some((folder, name)) = path.rsplit_once('/') else { continue };
        let nl = match name {
            "text.nl.toml" => true,
            "text.en.toml" => false,
            _ => continue,
        };
        for (key, value) in leaves(text) {
            let place = (folder.to_owned(), key.clone());
            let row = rows.entry(place).or_insert_with(|| TextRow {
                folder: folder.to_owned(),
                key,
                nl: String::new(),
                en: String::new(),
            });
            let cell = if nl { &mut row.nl } else { &mut row.en };
            value.trim().clone_into(cell);
        }
    }
    rows.into_values().collect()
}

/// All plain values of items, by file and key.
pub fn facts(files: &Files) -> Vec<FactRow> {
    let mut rows = Vec::new();
    for (path, text) in files {
        let Some((folder, name)) = path.rsplit_once('/') else { continue };
        let own =
            name.strip_suffix(".toml").is_some_and(|name| !name.starts_with("text."))
                && folder != "vocabulary";
        if own {
            let of_file = leaves(text).into_iter().filter(|(key, _)| plain(key));
            rows.extend(of_file.map(|(key, value)| FactRow {
                file: path.clone(),
                key,
                value,
            }));
        }
    }
    rows
}

/// Keys that are no logic.
fn plain(key: &str) -> bool {
    let first = key.split('.').next().unwrap_or_default();
    !["logic", "when", "decision"].contains(&first)
}

/// Every value that can be written in a cell, with its key; nothing where the text is no TOML.
fn leaves(text: &str) -> Vec<(String, String)> {
    let mut all = Vec::new();
    if let Ok(document) = text.parse::<DocumentMut>() {
        for (key, item) in document.as_table() {
            walk(key, item, &mut all);
        }
    }
    all
}

fn walk(key: &str, item: &Item, all: &mut Vec<(String, String)>) {
    match item {
        Item::Value(value) => {
            if let Some(text) = cell(value) {
                all.push((key.to_owned(), text));
            }
        }
        Item::Table(table) => {
            for (inner, item) in table {
                walk(&format!("{key}.{inner}"), item, all);
            }
        }
        Item::ArrayOfTables(tables) => {
            for (at, table) in tables.iter().enumerate() {
                for (inner, item) in table {
                    walk(&format!("{key}.{at}.{inner}"), item, all);
                }
            }
        }
        Item::None => {}
    }
}

/// A value as a cell; `None` for what has parts of its own.
pub(super) fn cell(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.value().clone()),
        Value::Integer(number) => Some(number.value().to_string()),
        Value::Boolean(yes) => Some(yes.value().to_string()),
        Value::Array(list) => {
            let cells: Option<Vec<String>> = list.iter().map(cell).collect();
            cells.map(|cells| cells.join(", "))
        }
        Value::Float(_) | Value::Datetime(_) | Value::InlineTable(_) => None,
    }
}

/// The kinds that occur, as names of folders.
pub fn kinds(files: &Files) -> BTreeSet<&str> {
    texts_folders(files).map(kind_of).collect()
}

fn texts_folders(files: &Files) -> impl Iterator<Item = &str> {
    files.keys().filter_map(|path| path.strip_suffix("/text.nl.toml"))
}
