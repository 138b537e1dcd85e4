//! The page of one item.

use super::prose::prose;
use super::{Leaf, Site, labels};
use catalogue::entry::{Entry, Value, word};
use catalogue::{Kind, ListKind};
use maud::{Markup, html};
use model::Lang;
use std::collections::BTreeMap;

/// A section of texts: the part of each key below the heading, and the text.
type Section<'t> = Vec<(&'t str, &'t str)>;

/// The texts of an item by heading, in reading order.
fn sections<'t>(entry: &'t Entry<'_>, lang: Lang) -> Vec<(&'t str, Section<'t>)> {
    let mut by_heading: BTreeMap<(usize, &str), Section<'t>> = BTreeMap::new();
    for (key, text) in entry.texts.iter(lang).filter(|(key, _)| *key != "title") {
        let (section, rest) = key.split_once('.').unwrap_or((key, ""));
        by_heading
            .entry((labels::place(section), section))
            .or_default()
            .push((rest, text));
    }
    by_heading.into_iter().map(|((_, section), texts)| (section, texts)).collect()
}

/// The order in which the parts of a section stand in the item itself.
fn own_order(site: &Site<'_>, entry: &Entry<'_>, section: &str) -> Vec<String> {
    let process =
        || site.catalogue.processes.values().find(|p| p.process.code() == entry.code);
    match (entry.kind, section) {
        (Kind::Process, "steps") => {
            process().map(|p| p.steps.iter().map(|s| s.name.clone()).collect())
        }
        (Kind::Process, "functions") => process().map(|p| p.functions.clone()),
        (Kind::Norm, "items") => {
            let set = site.catalogue.norms.get(&entry.code);
            set.map(|set| set.items.iter().map(|norm| norm.name.clone()).collect())
        }
        (Kind::Norm, "themes") => {
            site.catalogue.norms.get(&entry.code).map(|set| set.themes.clone())
        }
        (Kind::Dilemma, "options") => {
            site.catalogue.dilemmas.get(&entry.code).map(|item| item.options.clone())
        }
        (Kind::Glossary, "terms") => Some(site.catalogue.glossary.terms.clone()),
        _ => None,
    }
    .unwrap_or_default()
}

fn section(
    site: &Site<'_>,
    entry: &Entry<'_>,
    name: &str,
    mut texts: Section<'_>,
    lang: Lang,
) -> Markup {
    let order = own_order(site, entry, name);
    texts.sort_by_key(|(part, _)| {
        let first = part.split('.').next().unwrap_or_default();
        let own = order.iter().position(|known| known == first).unwrap_or(order.len());
        (own, labels::part_place(first))
    });
    let heading = labels::heading(name, lang);
    html! {
        section aria-labelledby=(name) {
            h2 id=(name) { (heading) }
            @match (entry.kind, name) {
                (Kind::Process, "steps") => (steps(site, entry, &texts, lang)),
                (Kind::Dilemma, "options") => (options(site, entry, &texts, &order, lang)),
                (Kind::Glossary, "terms") => (terms(&texts, &order, lang)),
                _ => (plain(name, &texts, lang)),
            }
        }
    }
}

/// Texts with the names of their parts where these are words.
fn plain(name: &str, texts: &Section<'_>, lang: Lang) -> Markup {
    if let [("", text)] = texts.as_slice() {
        return prose(text);
    }
    let ordered = name == "first_steps";
    html! {
        @if ordered {
            ol { @for (_, text) in texts { li { (text) } } }
        } @else if texts.iter().all(|(part, _)| labels::part(part, lang).is_some()) {
            dl {
                @for (part, text) in texts {
                    dt { (labels::part(part, lang).unwrap_or_default()) }
                    dd { (text) }
                }
            }
        } @else {
            ul { @for (_, text) in texts { li { (text) } } }
        }
    }
}

fn steps(site: &Site<'_>, entry: &Entry<'_>, texts: &Section<'_>, lang: Lang) -> Markup {
    let process =
        site.catalogue.processes.values().find(|p| p.process.code() == entry.code);
    let kind = |name: &str| {
        let step = process.and_then(|p| p.steps.iter().find(|s| s.name == name));
        step.map(|step| match step.kind {
            catalogue::StepKind::Decision => lang.pick("beslismoment", "decision point"),
            catalogue::StepKind::Effect => {
                lang.pick("gevolg naar buiten", "effect outside")
            }
            catalogue::StepKind::Check => lang.pick("controle", "check"),
            catalogue::StepKind::Work | catalogue::StepKind::Record => "",
        })
        .unwrap_or_default()
    };
    html! {
        ol {
            @for (name, text) in texts {
                li {
                    (text)
                    @if !kind(name).is_empty() { " " span class="tag" { (kind(name)) } }
                }
            }
        }
    }
}

/// The pairs of a process with their sources and when they were checked.
fn pairs(site: &Site<'_>, entry: &Entry<'_>, lang: Lang) -> Markup {
    let process =
        site.catalogue.processes.values().find(|p| p.process.code() == entry.code);
    let pairs = process.and_then(|p| p.lists.get(&ListKind::Separations));
    html! {
        @if let Some(pairs) = pairs {
            table {
                caption { (lang.pick("Bronnen van wat niet in één hand hoort", "Sources of what does not belong in one hand")) }
                thead { tr {
                    th scope="col" { (lang.pick("Paar", "Pair")) }
                    th scope="col" { (lang.pick("Bron", "Source")) }
                    th scope="col" { (lang.pick("Nagezien op", "Checked on")) }
                } }
                tbody {
                    @for pair in pairs {
                        tr {
                            th scope="row" { (entry.texts.get(lang, &format!("separations.{}", pair.name))) }
                            td { a href=(site.sources_at(Some(&pair.source))) { (pair.source) } }
                            td {
                                @match pair.checked {
                                    Some(date) => (date.to_string()),
                                    None => (lang.pick("nog niet", "not yet")),
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn options(
    site: &Site<'_>,
    entry: &Entry<'_>,
    texts: &Section<'_>,
    order: &[String],
    lang: Lang,
) -> Markup {
    let wise = site.catalogue.dilemmas.get(&entry.code).map(|item| item.wise.as_slice());
    let of = |option: &str, part: &str| {
        let key = format!("{option}.{part}");
        texts.iter().find(|(known, _)| *known == key).map_or("", |(_, text)| *text)
    };
    html! {
        @for option in order {
            details {
                summary { (of(option, "choice")) }
                (prose(of(option, "consequence")))
                @if wise.is_some_and(|wise| wise.contains(option)) {
                    p class="tag" { (lang.pick("Past bij de regels en goede praktijk", "Fits the rules and good practice")) }
                }
            }
        }
    }
}

fn terms(texts: &Section<'_>, order: &[String], lang: Lang) -> Markup {
    let of = |term: &str, part: &str| {
        let key = format!("{term}.{part}");
        texts.iter().find(|(known, _)| *known == key).map_or("", |(_, text)| *text)
    };
    html! {
        dl {
            @for term in order {
                dt id=(term) { (of(term, "title")) }
                dd {
                    (prose(of(term, "means")))
                    p { em { (lang.pick("Voorbeeld: ", "Example: ")) } (of(term, "example")) }
                }
            }
        }
    }
}

fn fact(value: &Value, lang: Lang) -> Option<Markup> {
    let text = match value {
        Value::Address(url) if url.starts_with("http") => {
            return Some(html! { a href=(url) rel="external" { (url) } });
        }
        Value::Text(text) | Value::Address(text) => text.clone(),
        Value::Word(code) => word(code, lang).to_owned(),
        Value::Words(list) => {
            list.iter().map(|code| word(code, lang)).collect::<Vec<_>>().join(", ")
        }
        Value::Names(list) => list.join(", "),
        Value::Number(number) => number.to_string(),
        Value::Range([low, likely, high]) => format!("{low} – {likely} – {high}"),
        Value::Yes(true) => lang.pick("ja", "yes").to_owned(),
        Value::Yes(false) => lang.pick("nee", "no").to_owned(),
    };
    (!text.is_empty()).then(|| html! { (text) })
}

/// Facts that a section of the page already tells.
fn told_above(kind: Kind, code: &str) -> bool {
    matches!(
        (kind, code),
        (Kind::Process, "steps")
            | (Kind::Dilemma, "options" | "wise")
            | (Kind::Rule, "needs" | "parameters")
    )
}

fn facts(entry: &Entry<'_>, lang: Lang) -> Markup {
    let rows: Vec<_> = entry
        .facts
        .iter()
        .filter(|(label, _)| !told_above(entry.kind, label.code))
        .filter_map(|(label, value)| {
            fact(value, lang).map(|shown| (lang.pick(label.nl, label.en), shown))
        })
        .collect();
    html! {
        @if !rows.is_empty() {
            dl class="facts" {
                @for (name, shown) in rows { div { dt { (name) } dd { (shown) } } }
            }
        }
    }
}

/// Links both ways, by how one speaks of the other.
fn links(site: &Site<'_>, entry: &Entry<'_>, lang: Lang) -> Markup {
    let mut by_how: BTreeMap<&str, Vec<(&Entry<'_>, &str)>> = BTreeMap::new();
    let mut add = |how: &'static str, code: &str, note| {
        if let Some(other) = site.find(code) {
            by_how.entry(how).or_default().push((other, note));
        }
    };
    for link in &entry.links {
        add(lang.pick(link.label.nl, link.label.en), &link.to, link.note.as_str());
    }
    for (label, code, note) in site.back.get(&entry.code).into_iter().flatten() {
        add(lang.pick(label.nl, label.en), code, note);
    }
    html! {
        @if !by_how.is_empty() {
            section aria-labelledby="links" {
                h2 id="links" { (lang.pick("Verbonden met", "Linked with")) }
                @for (how, others) in by_how {
                    h3 { (how) }
                    ul {
                        @for (other, note) in others {
                            li {
                                a href=(site.item_at(other)) { (other.code) " " (other.texts.title(lang)) }
                                @if !note.is_empty() { " (" (note) ")" }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn sources(site: &Site<'_>, entry: &Entry<'_>, lang: Lang) -> Markup {
    html! {
        section aria-labelledby="sources" {
            h2 id="sources" { (lang.pick("Bronnen en toetsing", "Sources and review")) }
            @if !entry.sources.is_empty() {
                ul {
                    @for id in entry.sources {
                        li { a href=(site.sources_at(Some(id))) { (id) } }
                    }
                }
            }
            p { (word(entry.review, lang)) "." }
            p class="quiet" { (lang.pick("Bestanden: ", "Files: ")) code { "content/" (entry.folder) } }
        }
    }
}

/// The page.
pub(super) fn page(site: &Site<'_>, entry: &Entry<'_>, lang: Lang) -> Leaf {
    let kind = entry.kind;
    let crumb = html! {
        a href=(site.kind_at(kind)) { (kind.plural(lang)) }
        " / " (entry.code)
    };
    let body = html! {
        (facts(entry, lang))
        @for (name, texts) in sections(entry, lang) {
            (section(site, entry, name, texts, lang))
        }
        @if kind == Kind::Process { (pairs(site, entry, lang)) }
        @if kind == Kind::Rule { (super::rule::reads_and_parameters(site, entry, lang)) }
        (links(site, entry, lang))
        (sources(site, entry, lang))
    };
    Leaf { crumb: Some(crumb), title: entry.texts.title(lang).to_owned(), body }
}
