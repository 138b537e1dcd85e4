//! The catalogue as a static site: every item on its own page in both languages, linked both
//! ways, with a search that needs no server. Plain files: they open from a disk as well.

mod item;
mod labels;
mod lists;
mod prose;
mod rule;

use catalogue::entry::{Entry, Label, spoken_of};
use catalogue::{Catalogue, Kind, entries};
use maud::{DOCTYPE, Markup, html};
use model::Lang;
use std::collections::{BTreeMap, BTreeSet};

const STYLE: &str = include_str!("site/style.css");
const SEARCH: &str = include_str!("site/search.js");

/// How an item is spoken of: how, by which, with what note.
type Back = BTreeMap<String, BTreeSet<(Label, String, String)>>;

/// All that a page may need.
struct Site<'c> {
    catalogue: &'c Catalogue,
    entries: Vec<Entry<'c>>,
    back: Back,
    by_code: BTreeMap<String, usize>,
}

impl<'c> Site<'c> {
    fn new(catalogue: &'c Catalogue) -> Self {
        let entries = entries(catalogue);
        let back = spoken_of(&entries);
        let by_code =
            entries.iter().enumerate().map(|(at, e)| (e.code.clone(), at)).collect();
        Self { catalogue, entries, back, by_code }
    }

    fn find(&self, code: &str) -> Option<&Entry<'c>> {
        self.by_code.get(code).and_then(|at| self.entries.get(*at))
    }

    /// The items of a kind, in the order in which they are shown.
    fn of(&self, kind: Kind) -> impl Iterator<Item = &Entry<'c>> {
        self.entries.iter().filter(move |entry| entry.kind == kind)
    }
}

/// The place of an item's page inside the folder of a language.
fn path(entry: &Entry<'_>) -> String {
    format!("{}/{}.html", entry.kind.code(), entry.code.to_lowercase())
}

/// Every file of the site: path → text. The same catalogue gives the same bytes; the version
/// is shown without the digest, so that a changed text changes only its own pages.
pub fn files(catalogue: &Catalogue) -> BTreeMap<String, String> {
    let site = Site::new(catalogue);
    let mut files = BTreeMap::new();
    files.insert("style.css".to_owned(), STYLE.to_owned());
    files.insert("search.js".to_owned(), SEARCH.to_owned());
    files.insert("index.html".to_owned(), format!("{}\n", lists::door().into_string()));
    for lang in Lang::ALL {
        let mut add = |path: &str, page: Markup| {
            let mut text = page.into_string();
            text.push('\n');
            files.insert(format!("{lang}/{path}"), text);
        };
        add("index.html", lists::home(&site, lang));
        add("sources.html", lists::sources(&site, lang));
        for (_, kind) in Kind::ALL {
            if site.of(kind).next().is_some() {
                add(&format!("{}.html", kind.code()), lists::kind(&site, kind, lang));
            }
        }
        for entry in &site.entries {
            add(&path(entry), item::page(&site, entry, lang));
        }
        files.insert(format!("{lang}/index.js"), lists::search_index(&site, lang));
    }
    files
}

/// Where a page stands, for its links.
struct Place<'a> {
    lang: Lang,
    /// How many folders below the folder of the language.
    depth: usize,
    /// The path inside the folder of the language.
    path: &'a str,
}

impl Place<'_> {
    /// From this page to the folder of its language.
    fn up(&self) -> String {
        "../".repeat(self.depth)
    }

    /// The same page in another language.
    fn other(&self, lang: Lang) -> String {
        format!("{}../{lang}/{}", self.up(), self.path)
    }
}

/// A whole page round its content.
fn frame(place: &Place<'_>, title: &str, content: &Markup) -> Markup {
    let Place { lang, .. } = *place;
    let up = place.up();
    let name = lang.pick("Catalogus van Dijkwacht", "Catalogue of Dijkwacht");
    html! {
        (DOCTYPE)
        html lang=(lang.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " – " (name) }
                link rel="stylesheet" href={ (up) "../style.css" };
            }
            body {
                a class="skip" href="#content" { (lang.pick("Naar de inhoud", "To the content")) }
                header {
                    a class="name" href={ (up) "index.html" } { (name) }
                    nav aria-label=(lang.pick("Taal", "Language")) {
                        @for other in Lang::ALL {
                            @if other == lang {
                                span aria-current="true" lang=(other.code()) { (language(other)) }
                            } @else {
                                a href=(place.other(other)) lang=(other.code()) hreflang=(other.code()) { (language(other)) }
                            }
                        }
                    }
                }
                main id="content" tabindex="-1" { (content) }
                footer {
                    p { (lang.pick(
                        "Alles is een voorstel tot een deskundige het heeft getoetst. Verbeteren mag: zie content/README.md.",
                        "All of it is a proposal until an expert has reviewed it. Improve it: see content/README.md.",
                    )) }
                }
            }
        }
    }
}

fn language(lang: Lang) -> &'static str {
    lang.pick("Nederlands", "English")
}

#[cfg(test)]
mod tests {
    use super::*;
    use catalogue::{embedded, load};

    fn shipped() -> BTreeMap<String, String> {
        files(&load(&embedded()).unwrap())
    }

    fn is_page(path: &str) -> bool {
        path.strip_suffix(".html").is_some()
    }

    /// A path with its `..` taken away.
    fn plain(from: &str, to: &str) -> String {
        let mut parts: Vec<&str> = from.split('/').collect();
        parts.pop();
        for part in to.split('/') {
            match part {
                ".." => {
                    parts.pop();
                }
                part => parts.push(part),
            }
        }
        parts.join("/")
    }

    #[test]
    fn every_item_has_a_page_in_each_language() {
        let catalogue = load(&embedded()).unwrap();
        let files = files(&catalogue);
        for entry in entries(&catalogue) {
            for lang in Lang::ALL {
                assert!(
                    files.contains_key(&format!("{lang}/{}", path(&entry))),
                    "{}",
                    entry.code
                );
            }
        }
    }

    #[test]
    fn every_link_within_the_site_leads_to_a_page_and_a_place_on_it() {
        let files = shipped();
        let mut broken = Vec::new();
        for (from, text) in files.iter().filter(|(path, _)| is_page(path)) {
            for part in text.split("href=\"").skip(1) {
                let to = part.split('"').next().unwrap();
                if to.contains("://") || to.starts_with('#') {
                    continue;
                }
                let (file, mark) = to.split_once('#').unwrap_or((to, ""));
                let target = files.get(&plain(from, file));
                let there = target.is_some_and(|text| {
                    mark.is_empty() || text.contains(&format!("id=\"{mark}\""))
                });
                if !there {
                    broken.push(format!("{from}: {to}"));
                }
            }
        }
        assert!(broken.is_empty(), "{broken:#?}");
    }

    #[test]
    fn links_go_both_ways() {
        let files = shipped();
        assert!(files["en/rule/fin-03.html"].contains("control/b39.html"));
        assert!(files["en/control/b39.html"].contains("rule/fin-03.html"));
    }

    #[test]
    fn no_page_holds_script_of_its_own_or_loads_from_elsewhere() {
        for (path, text) in shipped().iter().filter(|(path, _)| is_page(path)) {
            for part in text.split("<script").skip(1) {
                assert!(part.starts_with(" src=\""), "{path}");
                assert!(!part.starts_with(" src=\"http"), "{path}");
            }
            assert!(!text.contains("style=\""), "{path}");
        }
    }
}
