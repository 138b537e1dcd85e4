//! The catalogue on the wire: all items as one JSON value, what changed between two of
//! them, and a workbook that people edit and bring back.

pub mod change;
pub mod diff;
pub mod rows;
pub mod workbook;

use ::catalogue::entry::{Entry, Value, spoken_of};
use ::catalogue::{Catalogue, entries};
use model::Lang;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The name and version of the form of a whole catalogue.
pub const FORM: &str = "dijkwacht/catalogue/1";

/// The name and version of the form of one item.
pub const ITEM_FORM: &str = "dijkwacht/catalogue-item/2";

/// A whole catalogue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CatalogueForm {
    /// [`FORM`].
    pub form: String,
    /// The version of the content.
    pub version: String,
    /// All items, by kind and code.
    pub items: Vec<ItemForm>,
    /// Signals that are no rule: code → why, by language.
    pub unexpressed: BTreeMap<String, BTreeMap<String, String>>,
    /// Sources by id.
    pub sources: BTreeMap<String, SourceForm>,
}

/// A source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceForm {
    /// What it is.
    pub title: String,
    /// Where it stands; may be empty.
    pub url: String,
    /// `read`, `excerpt` or `not-read`.
    pub read: String,
}

/// One item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ItemForm {
    /// [`ITEM_FORM`].
    pub form: String,
    /// The kind.
    pub kind: String,
    /// The code; for a process its name in commands.
    pub code: String,
    /// The folder of its files.
    pub folder: String,
    /// What else is known of it.
    pub facts: BTreeMap<String, serde_json::Value>,
    /// Of which items it speaks.
    pub links: Vec<LinkForm>,
    /// Which items speak of it.
    pub spoken_of_by: Vec<LinkForm>,
    /// Ids of sources.
    pub sources: Vec<String>,
    /// `proposal` or `reviewed`.
    pub review: String,
    /// Texts by language and key.
    pub texts: BTreeMap<String, BTreeMap<String, String>>,
}

/// That one item speaks of another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct LinkForm {
    /// How.
    pub how: String,
    /// The other.
    pub item: String,
    /// What is added; may be empty.
    pub note: String,
}

impl ItemForm {
    /// One item among all of them.
    pub fn of(entry: &Entry<'_>, all: &[Entry<'_>]) -> Self {
        let back = spoken_of(all).remove(&entry.code).unwrap_or_default();
        let back = back
            .into_iter()
            .map(|(label, item, note)| LinkForm {
                how: label.code.to_owned(),
                item,
                note,
            })
            .collect();
        Self::with(entry, back)
    }

    fn with(entry: &Entry<'_>, spoken_of_by: Vec<LinkForm>) -> Self {
        let texts = |lang: Lang| -> BTreeMap<String, String> {
            entry.texts.iter(lang).map(|(k, t)| (k.to_owned(), t.to_owned())).collect()
        };
        let links = entry.links.iter().map(|link| LinkForm {
            how: link.label.code.to_owned(),
            item: link.to.clone(),
            note: link.note.clone(),
        });
        Self {
            form: ITEM_FORM.to_owned(),
            kind: entry.kind.code().to_owned(),
            code: entry.code.clone(),
            folder: entry.folder.clone(),
            facts: entry
                .facts
                .iter()
                .map(|(l, v)| (l.code.to_owned(), plain(v)))
                .collect(),
            links: links.collect(),
            spoken_of_by,
            sources: entry.sources.to_vec(),
            review: entry.review.to_owned(),
            texts: Lang::ALL.map(|lang| (lang.code().to_owned(), texts(lang))).into(),
        }
    }
}

impl CatalogueForm {
    /// The whole catalogue.
    pub fn of(catalogue: &Catalogue) -> Self {
        let all = entries(catalogue);
        let mut back = spoken_of(&all);
        let items = all.iter().map(|entry| {
            let back = back.remove(&entry.code).unwrap_or_default().into_iter();
            let back = back.map(|(label, item, note)| LinkForm {
                how: label.code.to_owned(),
                item,
                note,
            });
            ItemForm::with(entry, back.collect())
        });
        let unexpressed = catalogue.unexpressed.iter().map(|(code, item)| {
            let why =
                |lang: Lang| (lang.code().to_owned(), item.texts.title(lang).to_owned());
            (code.clone(), Lang::ALL.map(why).into())
        });
        let sources = catalogue.sources.iter().map(|(id, source)| {
            let form = SourceForm {
                title: source.title.clone(),
                url: source.url.clone(),
                read: source.read.clone(),
            };
            (id.clone(), form)
        });
        Self {
            form: FORM.to_owned(),
            version: catalogue.version.clone(),
            items: items.collect(),
            unexpressed: unexpressed.collect(),
            sources: sources.collect(),
        }
    }
}

fn plain(value: &Value) -> serde_json::Value {
    match value {
        Value::Text(text) | Value::Word(text) | Value::Address(text) => {
            text.clone().into()
        }
        Value::Words(list) | Value::Names(list) => list.clone().into(),
        Value::Number(number) => (*number).into(),
        Value::Range(range) => range.to_vec().into(),
        Value::Yes(yes) => (*yes).into(),
    }
}
