//! Texts of an item, both languages, as flat keys (`title`, `steps.deliver`).

use crate::fault::Faults;
use crate::tree::{Node, Tree};
use model::Lang;
use std::collections::BTreeMap;

/// The texts of one item. After loading, both languages hold the same keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts {
    nl: BTreeMap<String, String>,
    en: BTreeMap<String, String>,
}

/// One language as read, with the line of each key.
pub(crate) type Read = BTreeMap<String, (String, u32)>;

impl Texts {
    /// A text, or nothing where the item has no such key.
    pub fn find(&self, lang: Lang, key: &str) -> Option<&str> {
        lang.pick(&self.nl, &self.en).get(key).map(String::as_str)
    }

    /// A text; the key itself where it is missing, which loading does not let happen for
    /// the keys an item must have.
    pub fn get<'a>(&'a self, lang: Lang, key: &'a str) -> &'a str {
        self.find(lang, key).unwrap_or(key)
    }

    /// The title of the item.
    pub fn title(&self, lang: Lang) -> &str {
        self.get(lang, "title")
    }

    /// All keys with their texts, in the order of the keys.
    pub fn iter(&self, lang: Lang) -> impl Iterator<Item = (&str, &str)> {
        lang.pick(&self.nl, &self.en).iter().map(|(k, v)| (k.as_str(), v.as_str()))
    }
}

/// Flattens a text file.
pub(crate) fn flatten(file: &str, tree: &Tree, faults: &mut Faults) -> Read {
    let mut read = Read::new();
    walk(file, "", tree, faults, &mut read);
    read
}

fn walk(file: &str, prefix: &str, tree: &Tree, faults: &mut Faults, read: &mut Read) {
    match &tree.node {
        Node::Table(fields) => {
            for (key, inner) in fields {
                let key = if prefix.is_empty() {
                    key.clone()
                } else {
                    format!("{prefix}.{key}")
                };
                walk(file, &key, inner, faults, read);
            }
        }
        Node::Text(text) if text.trim().is_empty() => {
            faults.add_with_hint(
                file,
                tree.line,
                format!("the text `{prefix}` is empty"),
                "write the text; an empty one is never shown",
            );
        }
        Node::Text(text) => {
            read.insert(prefix.to_owned(), (text.trim().to_owned(), tree.line));
        }
        Node::Int(_) | Node::Other(_) | Node::Bool(_) | Node::List(_) => {
            let kind = tree.node.kind();
            faults.add(file, tree.line, format!("`{prefix}` must be text, found {kind}"));
        }
    }
}

/// Joins two languages; every key that one has and the other lacks is a fault, and so is
/// every expected key that is absent and every key nobody expects.
pub(crate) fn join(
    folder: &str,
    nl: &Read,
    en: &Read,
    expected: &[String],
    faults: &mut Faults,
) -> Texts {
    for (lang, read) in [(Lang::Nl, nl), (Lang::En, en)] {
        let file = format!("{folder}/text.{lang}.toml");
        for key in expected {
            if !read.contains_key(key) {
                faults.add_with_hint(
                    &file,
                    0,
                    format!("the text `{key}` is missing"),
                    "write it",
                );
            }
        }
        for (key, (_, line)) in read {
            if !expected.contains(key) {
                let hint =
                    crate::fault::nearest(key, expected.iter().map(String::as_str));
                let sentence = format!("the text `{key}` belongs to nothing");
                faults.add_with_hint(&file, *line, sentence, hint);
            }
        }
    }
    let plain =
        |read: &Read| read.iter().map(|(k, (v, _))| (k.clone(), v.clone())).collect();
    Texts { nl: plain(nl), en: plain(en) }
}
