//! The catalogue and its terms inside the application: what the static site shows, with a search
//! that the server does.

use crate::answer::Answer;
use crate::fault::Fault;
use crate::parts::{heading, lead, link, paragraph};
use crate::visit::Visit;
use catalogue::{Kind, entries};
use maud::{Markup, html};
use reports::site::{Found, Leaf, Spot, leaf, search};

const BASE: &str = "/catalogus";

/// `GET /catalogus`, with `?zoek=` for a search
pub(crate) fn show(visit: &Visit) -> Result<Answer, Fault> {
    let wanted = visit.query.trimmed("zoek");
    if wanted.is_empty() {
        return of(visit, Spot::Home);
    }
    let lang = visit.lang;
    let found = search(visit.catalogue(), wanted, lang, BASE);
    let title = lang.pick("Zoeken in de catalogus", "Search in the catalogue");
    let content = html! {
        p class="nl-paragraph" { (link(BASE, lang.pick("Catalogus", "Catalogue"))) }
        (heading(1, title))
        (search_form(visit, wanted))
        (results(visit, wanted, &found))
    };
    Ok(Answer::page(title, content))
}

/// `GET /catalogus/{soort}`, of which one is `sources`
pub(crate) fn kind(visit: &Visit) -> Result<Answer, Fault> {
    let name = visit.params.get("soort").ok_or(Fault::NotFound)?;
    if name == "sources" {
        return of(visit, Spot::Sources);
    }
    of(visit, Spot::Kind(kind_of(name)?))
}

/// `GET /catalogus/{soort}/{code}`
pub(crate) fn item(visit: &Visit) -> Result<Answer, Fault> {
    let name = visit.params.get("soort").ok_or(Fault::NotFound)?;
    let code = visit.params.get("code").ok_or(Fault::NotFound)?;
    let kind = kind_of(name)?;
    let is_there = entries(visit.catalogue())
        .iter()
        .any(|entry| entry.kind == kind && entry.code.to_lowercase() == *code);
    if is_there { of(visit, Spot::Item(code)) } else { Err(Fault::NotFound) }
}

/// `GET /begrippen`
pub(crate) fn terms(visit: &Visit) -> Result<Answer, Fault> {
    let all = entries(visit.catalogue());
    let glossary = all.iter().find(|entry| entry.kind == Kind::Glossary);
    let code = glossary.ok_or(Fault::NotFound)?.code.clone();
    of(visit, Spot::Item(&code))
}

fn kind_of(name: &str) -> Result<Kind, Fault> {
    let known = Kind::ALL.iter().find(|(_, kind)| kind.code() == name);
    known.map(|(_, kind)| *kind).ok_or(Fault::NotFound)
}

fn of(visit: &Visit, spot: Spot<'_>) -> Result<Answer, Fault> {
    let leaf = leaf(visit.catalogue(), spot, visit.lang, BASE).ok_or(Fault::NotFound)?;
    let Leaf { crumb, title, body } = leaf;
    let content = html! {
        @if let Some(crumb) = crumb { p class="nl-paragraph dw-prose" { (crumb) } }
        (heading(1, &title))
        @if spot == Spot::Home { (search_form(visit, "")) }
        div class="dw-prose" { (body) }
    };
    Ok(Answer::page(title, content))
}

fn search_form(visit: &Visit, wanted: &str) -> Markup {
    let lang = visit.lang;
    html! {
        form class="utrecht-form dw-form" role="search" method="get" action=(BASE) {
            div class="utrecht-form-field" {
                div class="utrecht-form-field__label" {
                    label class="utrecht-form-label" for="zoek" {
                        (lang.pick("Zoek in de catalogus", "Search the catalogue"))
                    }
                }
                div class="utrecht-form-field__input" {
                    input class="utrecht-textbox utrecht-textbox--html-input" id="zoek"
                        name="zoek" type="search" value=(wanted) autocomplete="off";
                }
            }
            (crate::parts::button(lang.pick("Zoek", "Search")))
        }
    }
}

fn results(visit: &Visit, wanted: &str, found: &[Found]) -> Markup {
    let lang = visit.lang;
    if found.is_empty() {
        let text = lang.pick(
            "Niets gevonden. Probeer een ander woord, of minder woorden.",
            "Nothing found. Try another word, or fewer words.",
        );
        return paragraph(text);
    }
    let count = match lang {
        model::Lang::Nl => format!("{} gevonden met “{wanted}”.", found.len()),
        model::Lang::En => format!("{} found with “{wanted}”.", found.len()),
    };
    html! {
        (lead(&count))
        ul class="dw-list" {
            @for one in found {
                li { (link(&one.address, &format!("{} {}", one.code, one.title))) " (" (one.kind) ")" }
            }
        }
    }
}
