//! The catalogue as a static site: every item on its own page in both languages, linked both
//! ways, with a search that needs no server. Plain files: they open from a disk as well.

mod item;
mod labels;
mod lists;
mod prose;
mod rule;

pub use prose::prose;

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
    links: Links<'c>,
    catalogue: &'c Catalogue,
    entries: Vec<Entry<'c>>,
    back: Back,
    by_code: BTreeMap<String, usize>,
}

impl<'c> Site<'c> {
    fn new(catalogue: &'c Catalogue, links: Links<'c>) -> Self {
        let entries = entries(catalogue);
        let back = spoken_of(&entries);
        let by_code =
            entries.iter().enumerate().map(|(at, e)| (e.code.clone(), at)).collect();
        Self { links, catalogue, entries, back, by_code }
    }

    /// The same for pages in another folder.
    fn with(self, links: Links<'c>) -> Self {
        Self { links, ..self }
    }

    fn home_at(&self) -> String {
        self.links.at("index.html", "")
    }

    fn kind_at(&self, kind: Kind) -> String {
        self.links.at(&format!("{}.html", kind.code()), &format!("/{}", kind.code()))
    }

    fn item_at(&self, entry: &Entry<'_>) -> String {
        let spot = format!("/{}/{}", entry.kind.code(), entry.code.to_lowercase());
        self.links.at(&path(entry), &spot)
    }

    /// The place of the sources, or of one of them.
    fn sources_at(&self, id: Option<&str>) -> String {
        let mark = id.map_or_else(String::new, |id| format!("#{id}"));
        let file = format!("sources.html{mark}");
        self.links.at(&file, &format!("/sources{mark}"))
    }

    /// Whether there is a search, which needs the script of the files.
    fn is_files(&self) -> bool {
        matches!(self.links, Links::Files { .. })
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

/// What a page of the catalogue is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot<'a> {
    /// The home page.
    Home,
    /// All sources.
    Sources,
    /// All items of a kind.
    Kind(Kind),
    /// One item, by its code; capitals do not matter.
    Item(&'a str),
}

/// A page of the catalogue without the page round it.
#[derive(Clone, Debug)]
pub struct Leaf {
    /// The way up: the page above and, for an item, its code. Empty on the home page.
    pub crumb: Option<Markup>,
    /// The heading of level 1, as text.
    pub title: String,
    /// What stands below the heading; headings begin at level 2.
    pub body: Markup,
}

/// A page of the catalogue to stand inside pages of one's own.
///
/// Their addresses begin with `base`: `base`, `base/sources`, `base/KIND`, `base/KIND/CODE` with the code in small letters.
/// `None` where there is no such item, or no item of the kind.
pub fn leaf(
    catalogue: &Catalogue,
    spot: Spot<'_>,
    lang: Lang,
    base: &str,
) -> Option<Leaf> {
    let site = Site::new(catalogue, Links::Paths { base });
    match spot {
        Spot::Home => Some(lists::home(&site, lang)),
        Spot::Sources => Some(lists::sources(&site, lang)),
        Spot::Kind(kind) => site.of(kind).next().map(|_| lists::kind(&site, kind, lang)),
        Spot::Item(code) => {
            let code = code.to_lowercase();
            let entry = site.entries.iter().find(|e| e.code.to_lowercase() == code)?;
            Some(item::page(&site, entry, lang))
        }
    }
}

/// An item that a search found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What kind of item it is, in words.
    pub kind: &'static str,
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: String,
    /// The address of its page below `base`.
    pub address: String,
}

/// The items in whose code or texts every word of `wanted` occurs, capitals aside: those with
/// all words in code or title first, then in the order of the catalogue. No words find nothing.
pub fn search(catalogue: &Catalogue, wanted: &str, lang: Lang, base: &str) -> Vec<Found> {
    let wanted: Vec<String> = wanted.split_whitespace().map(str::to_lowercase).collect();
    let site = Site::new(catalogue, Links::Paths { base });
    let mut found: Vec<(bool, Found)> = Vec::new();
    for entry in site.entries.iter().filter(|_| !wanted.is_empty()) {
        let title = entry.texts.title(lang);
        let name = format!("{} {title}", entry.code).to_lowercase();
        let is_named = wanted.iter().all(|word| name.contains(word));
        let texts: Vec<&str> = entry.texts.iter(lang).map(|(_, text)| text).collect();
        let texts = texts.join(" ").to_lowercase();
        if is_named
            || wanted.iter().all(|word| name.contains(word) || texts.contains(word))
        {
            let (code, title) = (entry.code.clone(), title.to_owned());
            let (kind, address) = (entry.kind.title(lang), site.item_at(entry));
            found.push((!is_named, Found { kind, code, title, address }));
        }
    }
    found.sort_by_key(|(is_further, _)| *is_further);
    found.into_iter().map(|(_, found)| found).collect()
}

/// How pages link to one another.
#[derive(Clone, Copy, Debug)]
enum Links<'c> {
    /// As files in folders that open from a disk; `depth` folders below that of the language.
    Files { depth: usize },
    /// As paths below a base.
    Paths { base: &'c str },
}

impl Links<'_> {
    fn at(self, file: &str, path: &str) -> String {
        match self {
            Self::Files { depth } => format!("{}{file}", "../".repeat(depth)),
            Self::Paths { base } => format!("{base}{path}"),
        }
    }
}

/// Every file of the site: path → text. The same catalogue gives the same bytes; the version
/// is shown without the digest, so that a changed text changes only its own pages.
pub fn files(catalogue: &Catalogue) -> BTreeMap<String, String> {
    let mut site = Site::new(catalogue, Links::Files { depth: 0 });
    let mut files = BTreeMap::new();
    files.insert("style.css".to_owned(), STYLE.to_owned());
    files.insert("search.js".to_owned(), SEARCH.to_owned());
    files.insert("index.html".to_owned(), format!("{}\n", lists::door().into_string()));
    for lang in Lang::ALL {
        let mut add = |path: &str, depth: usize, leaf: &Leaf| {
            let mut text = frame(&Place { lang, depth, path }, leaf).into_string();
            text.push('\n');
            files.insert(format!("{lang}/{path}"), text);
        };
        add("index.html", 0, &lists::home(&site, lang));
        add("sources.html", 0, &lists::sources(&site, lang));
        for (_, kind) in Kind::ALL {
            if site.of(kind).next().is_some() {
                let file = format!("{}.html", kind.code());
                add(&file, 0, &lists::kind(&site, kind, lang));
            }
        }
        site = site.with(Links::Files { depth: 1 });
        for entry in &site.entries {
            add(&path(entry), 1, &item::page(&site, entry, lang));
        }
        site = site.with(Links::Files { depth: 0 });
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
fn frame(place: &Place<'_>, leaf: &Leaf) -> Markup {
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
                title { (leaf.title) " – " (name) }
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
                main id="content" tabindex="-1" {
                    @if let Some(crumb) = &leaf.crumb { p class="crumb" { (crumb) } }
                    h1 { (leaf.title) }
                    (leaf.body)
                }
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

    /// A page inside other pages.
    fn at(catalogue: &Catalogue, spot: Spot<'_>) -> Leaf {
        leaf(catalogue, spot, Lang::Nl, "/c").unwrap()
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
    fn pages_inside_other_pages_link_to_one_another_only() {
        let catalogue = load(&embedded()).unwrap();
        let mut pages = vec![at(&catalogue, Spot::Home), at(&catalogue, Spot::Sources)];
        let mut known: BTreeSet<String> =
            ["/c", "/c/sources"].into_iter().map(str::to_owned).collect();
        for (_, kind) in Kind::ALL {
            pages.extend(leaf(&catalogue, Spot::Kind(kind), Lang::Nl, "/c"));
            known.insert(format!("/c/{}", kind.code()));
        }
        for entry in entries(&catalogue) {
            pages.push(at(&catalogue, Spot::Item(&entry.code)));
            known.insert(format!(
                "/c/{}/{}",
                entry.kind.code(),
                entry.code.to_lowercase()
            ));
        }
        for page in &pages {
            let crumb = page.crumb.clone().map(Markup::into_string).unwrap_or_default();
            let text = format!("{crumb}{}", page.body.clone().into_string());
            assert!(!text.contains("<script") && !text.contains("<h1"), "{}", page.title);
            for part in text.split("href=\"").skip(1) {
                let to = part.split('"').next().unwrap();
                let to = to.split('#').next().unwrap();
                assert!(to.contains("://") || known.contains(to), "{}: {to}", page.title);
            }
        }
        assert!(leaf(&catalogue, Spot::Item("x-1"), Lang::Nl, "/c").is_none());
    }

    #[test]
    fn a_search_finds_by_code_title_and_text() {
        let catalogue = load(&embedded()).unwrap();
        let find = |words| search(&catalogue, words, Lang::Nl, "/c");
        assert_eq!(find("b39")[0].address, "/c/control/b39");
        assert!(find("TAS trein").iter().any(|found| found.code == "D-BES-03"));
        assert!(find("  ").is_empty() && find("zzzqqq").is_empty());
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
