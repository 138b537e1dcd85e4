//! Pages that list: the door, the home page of a language, a kind, the sources; and the
//! index for the search.

use super::prose::prose;
use super::{Leaf, Site, path};
use catalogue::Kind;
use catalogue::entry::{Entry, Value, word};
use maud::{DOCTYPE, Markup, html};
use model::Lang;
use std::collections::BTreeMap;

/// The first page: which language.
pub(super) fn door() -> Markup {
    html! {
        (DOCTYPE)
        html lang="nl" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { "Catalogus van Dijkwacht" }
                link rel="stylesheet" href="style.css";
            }
            body {
                main {
                    h1 { "Catalogus van Dijkwacht" }
                    p { "Welke processen van een gemeente kwetsbaar zijn, waarom, en wat eraan te doen is." }
                    p { a href="nl/index.html" { "Nederlands" } }
                    p lang="en" { a href="en/index.html" hreflang="en" { "English" } }
                }
            }
        }
    }
}

/// The home page of a language.
pub(super) fn home(site: &Site<'_>, lang: Lang) -> Leaf {
    let title = lang.pick(
        "Wat kwetsbaar is, en wat je eraan doet",
        "What is vulnerable, and what to do",
    );
    let body = html! {
        p class="lead" { (lang.pick(
            "Alle processen van een gemeente kunnen worden misbruikt. Omstandigheden maken een proces kwetsbaar, beheersing houdt het water buiten. Hier vind je ze bij elkaar, met een bron.",
            "All processes of a municipality can be misused. Circumstances make a process vulnerable, controls keep the water out. Here they are together, with a source.",
        )) }
        @if site.is_files() { (search(lang)) }
        ul class="kinds" {
            @for (_, kind) in Kind::ALL {
                @let count = site.of(kind).count();
                @if count > 0 {
                    li { a href=(site.kind_at(kind)) { (kind.plural(lang)) } " " span class="quiet" { (count) } }
                }
            }
            li { a href=(site.sources_at(None)) { (lang.pick("bronnen", "sources")) } " " span class="quiet" { (site.catalogue.sources.len()) } }
        }
    };
    Leaf { crumb: None, title: title.to_owned(), body }
}

/// The search, which a script shows and fills.
fn search(lang: Lang) -> Markup {
    html! {
        form role="search" class="search" hidden {
            label for="search" { (lang.pick("Zoek in de catalogus", "Search the catalogue")) }
            input id="search" type="search" autocomplete="off" aria-describedby="search-count";
            button type="submit" { (lang.pick("Zoek", "Search")) }
            p id="search-count" role="status" data-found=(lang.pick("gevonden", "found")) {}
            ul id="search-results" {}
        }
        script src="index.js" defer {}
        script src="../search.js" defer {}
    }
}

/// The way up to the home page.
fn up(site: &Site<'_>, lang: Lang) -> Option<Markup> {
    Some(html! { a href=(site.home_at()) { (lang.pick("Begin", "Home")) } })
}

/// Under which heading an item stands in the list of its kind.
fn group(site: &Site<'_>, entry: &Entry<'_>, lang: Lang) -> (usize, String) {
    let by = match entry.kind {
        Kind::Circumstance => "group",
        Kind::Measure => "theme",
        Kind::Instrument => "kind",
        Kind::Process
        | Kind::Indicator
        | Kind::Control
        | Kind::Rule
        | Kind::Dilemma
        | Kind::Card
        | Kind::Norm
        | Kind::Profile
        | Kind::Glossary => "",
    };
    let fact = entry.facts.iter().find(|(label, _)| label.code == by).map(|(_, v)| v);
    if let Some(Value::Word(code)) = fact {
        return (0, word(code, lang).to_owned());
    }
    if matches!(entry.kind, Kind::Rule | Kind::Control | Kind::Dilemma) {
        let processes = &site.catalogue.processes;
        let first = entry.links.iter().find(|link| link.label.code == "process");
        let first = first.map(|link| link.to.as_str());
        let found =
            processes.values().enumerate().find(|(_, p)| Some(p.process.code()) == first);
        return match found {
            Some((at, process)) => (at + 1, process.texts.title(lang).to_owned()),
            None => (0, lang.pick("Elk proces", "Every process").to_owned()),
        };
    }
    (0, String::new())
}

/// All items of a kind.
pub(super) fn kind(site: &Site<'_>, kind: Kind, lang: Lang) -> Leaf {
    let mut groups: BTreeMap<(usize, String), Vec<&Entry<'_>>> = BTreeMap::new();
    for entry in site.of(kind) {
        groups.entry(group(site, entry, lang)).or_default().push(entry);
    }
    let body = html! {
        @for ((_, name), entries) in &groups {
            @if !name.is_empty() { h2 { (name) } }
            ul class="items" {
                @for entry in entries {
                    li { a href=(site.item_at(entry)) { span class="code" { (entry.code) } " " (entry.texts.title(lang)) } }
                }
            }
        }
        @if kind == Kind::Rule && !site.catalogue.unexpressed.is_empty() {
            h2 { (lang.pick("Signalen die geen regel zijn", "Signals that are no rule")) }
            dl {
                @for (code, item) in &site.catalogue.unexpressed {
                    dt { (code) }
                    dd { (prose(item.texts.title(lang))) }
                }
            }
        }
    };
    Leaf { crumb: up(site, lang), title: kind.plural(lang).to_owned(), body }
}

/// All sources, with what rests on them.
pub(super) fn sources(site: &Site<'_>, lang: Lang) -> Leaf {
    let title = lang.pick("Bronnen", "Sources");
    let read = |read: &str| match read {
        "read" => lang.pick("gelezen", "read"),
        "excerpt" => lang.pick("voor een deel gelezen", "read in part"),
        _ => lang.pick(
            "niet gelezen: zoek het op voor je erop bouwt",
            "not read: look it up before you rely on it",
        ),
    };
    let mut resting: BTreeMap<&str, Vec<&Entry<'_>>> = BTreeMap::new();
    for entry in &site.entries {
        for id in entry.sources {
            resting.entry(id).or_default().push(entry);
        }
    }
    let body = html! {
        @for (id, source) in &site.catalogue.sources {
            section aria-labelledby=(id) {
                h2 id=(id) { (id) }
                p {
                    @if source.url.starts_with("http") {
                        a href=(source.url) rel="external" { (source.title) }
                    } @else { (source.title) }
                }
                p class="quiet" { (read(&source.read)) }
                @if let Some(entries) = resting.get(id.as_str()) {
                    details {
                        summary { (lang.pick("Hierop berust", "Resting on it")) " (" (entries.len()) ")" }
                        ul {
                            @for entry in entries {
                                li { a href=(site.item_at(entry)) { (entry.code) " " (entry.texts.title(lang)) } }
                            }
                        }
                    }
                }
            }
        }
    };
    Leaf { crumb: up(site, lang), title: title.to_owned(), body }
}

/// The index that the search reads: code, title, kind, path, and the words of the texts.
pub(super) fn search_index(site: &Site<'_>, lang: Lang) -> String {
    let rows: Vec<String> = site
        .entries
        .iter()
        .map(|entry| {
            let mut words: Vec<String> = entry
                .texts
                .iter(lang)
                .flat_map(|(_, text)| text.split(|c: char| !c.is_alphanumeric()))
                .filter(|word| word.chars().count() > 3)
                .map(str::to_lowercase)
                .collect();
            words.sort();
            words.dedup();
            let fields = [
                entry.code.as_str(),
                entry.texts.title(lang),
                entry.kind.title(lang),
                &path(entry),
                &words.join(" "),
            ];
            format!("[{}]", fields.map(quoted).join(","))
        })
        .collect();
    format!("window.dijkwachtIndex=[\n{}\n];\n", rows.join(",\n"))
}

/// A text between quotes, safe inside a script.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for sign in text.chars() {
        match sign {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '<' => out.push_str("\\u003c"),
            sign if sign.is_control() => out.push(' '),
            '\u{2028}' | '\u{2029}' => out.push(' '),
            sign => out.push(sign),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_cannot_break_out_of_the_index() {
        assert_eq!(quoted("a\"b\\c</script>\n"), "\"a\\\"b\\\\c\\u003c/script> \"");
    }
}
