//! What changed between two catalogues, item by item and field by field.

use super::{CatalogueForm, ItemForm};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The name and version of the form.
pub const FORM: &str = "dijkwacht/catalogue-diff/1";

/// Everything that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DiffForm {
    /// [`FORM`].
    pub form: String,
    /// The version of the old content.
    pub from: String,
    /// The version of the new content.
    pub to: String,
    /// Codes that are new, with their kind.
    pub added: Vec<(String, String)>,
    /// Codes that are gone, with their kind.
    pub gone: Vec<(String, String)>,
    /// Fields that changed, by code and field.
    pub changed: Vec<Changed>,
}

/// One field that changed. A field that was not there is empty.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Changed {
    /// The code of the item.
    pub code: String,
    /// The field, such as `text.nl.title` or `weight`.
    pub field: String,
    /// What stood there.
    pub was: String,
    /// What stands there now.
    pub is: String,
}

impl DiffForm {
    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.gone.is_empty() && self.changed.is_empty()
    }
}

/// All fields of an item as text. What others say of it is told with the others.
fn fields(item: &ItemForm) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    for (name, value) in &item.facts {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        all.insert(name.clone(), text);
    }
    for (lang, texts) in &item.texts {
        let texts =
            texts.iter().map(|(key, text)| (format!("text.{lang}.{key}"), text.clone()));
        all.extend(texts);
    }
    let mut links: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for link in &item.links {
        let note = if link.note.is_empty() {
            String::new()
        } else {
            format!(" ({})", link.note)
        };
        let name = format!("link.{}", link.how);
        links.entry(name).or_default().push(format!("{}{note}", link.item));
    }
    all.extend(links.into_iter().map(|(name, list)| (name, list.join(", "))));
    all.insert("sources".to_owned(), item.sources.join(", "));
    all.insert("review".to_owned(), item.review.clone());
    all
}

/// Compares two catalogues.
pub fn diff(old: &CatalogueForm, new: &CatalogueForm) -> DiffForm {
    let by_code = |form: &CatalogueForm| -> BTreeMap<String, ItemForm> {
        form.items.iter().map(|item| (item.code.clone(), item.clone())).collect()
    };
    let (before, after) = (by_code(old), by_code(new));
    let only = |these: &BTreeMap<String, ItemForm>,
                those: &BTreeMap<String, ItemForm>| {
        let alone = these.iter().filter(|(code, _)| !those.contains_key(*code));
        alone.map(|(code, item)| (code.clone(), item.kind.clone())).collect::<Vec<_>>()
    };
    let mut changed = Vec::new();
    for (code, was) in &before {
        let Some(is) = after.get(code) else { continue };
        let (was, is) = (fields(was), fields(is));
        let names: BTreeSet<&String> = was.keys().chain(is.keys()).collect();
        for name in names {
            let (a, b) = (was.get(name), is.get(name));
            if a != b {
                changed.push(Changed {
                    code: code.clone(),
                    field: name.clone(),
                    was: a.cloned().unwrap_or_default(),
                    is: b.cloned().unwrap_or_default(),
                });
            }
        }
    }
    DiffForm {
        form: FORM.to_owned(),
        from: old.version.clone(),
        to: new.version.clone(),
        added: only(&after, &before),
        gone: only(&before, &after),
        changed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ::catalogue::{embedded, load};

    fn form(change: impl Fn(&mut ::catalogue::Files)) -> CatalogueForm {
        let mut files = embedded();
        change(&mut files);
        CatalogueForm::of(&load(&files).unwrap())
    }

    #[test]
    fn a_catalogue_does_not_differ_from_itself() {
        let one = form(|_| {});
        assert!(diff(&one, &one).is_empty());
    }

    #[test]
    fn a_changed_weight_and_a_changed_title_are_told_with_their_field() {
        let old = form(|_| {});
        let new = form(|files| {
            let toml = files.get_mut("controls/four-eyes/control.toml").unwrap();
            *toml = toml.replace("weight = 3", "weight = 2");
            let text = files.get_mut("controls/four-eyes/text.en.toml").unwrap();
            *text = text.replace("Four eyes, for real", "Four eyes");
        });
        let changed: Vec<_> = diff(&old, &new)
            .changed
            .into_iter()
            .map(|c| format!("{} {}: {} -> {}", c.code, c.field, c.was, c.is))
            .collect();
        assert_eq!(
            changed,
            ["B02 text.en.title: Four eyes, for real -> Four eyes", "B02 weight: 3 -> 2"]
        );
    }
}
