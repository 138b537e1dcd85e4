//! What every page has: skip link, header with owner, language and help, main menu, footer.
//! Help stands in the same place on every page (WCAG 2.2, 3.2.6).

use crate::answer::Page;
use crate::guard;
use crate::routes::{Needs, ROUTES, Way};
use crate::visit::{Visit, Who, query};
use maud::{DOCTYPE, Markup, html};
use model::Lang;

const NAME: &str = "Dijkwacht";

/// The whole document.
pub(crate) fn draw(visit: &Visit, page: &Page) -> Markup {
    let dress = &visit.state.dress;
    let title = window_title(visit.lang, page);
    html! {
        (DOCTYPE)
        html lang=(visit.lang) class={ "utrecht-root " (dress.class()) " dw-root" @if page.is_large { " dw-large" } } {
            head {
                meta charset="utf-8";
                title { (title) }
                meta name="viewport" content="width=device-width, initial-scale=1";
                @for sheet in dress.style_sheets() {
                    link rel="stylesheet" href=(sheet);
                }
                link rel="stylesheet" href=(crate::views::picture::sheet());
                link rel="icon" type="image/svg+xml" href=(dress.mark());
            }
            body class="utrecht-body utrecht-document" {
                a class="nl-skip-link nl-skip-link--visible-on-focus nl-link" href="#inhoud" {
                    (visit.lang.pick("Naar de inhoud", "To the content"))
                }
                div class="utrecht-page-layout dw-page" {
                    (header(visit))
                    @if !page.is_large { (menu(visit)) }
                    main id="inhoud" tabindex="-1" class="utrecht-page-body" {
                        div class="utrecht-page-body__content dw-content dw-stack" {
                            (page.content)
                        }
                    }
                    (footer(visit))
                }
            }
        }
    }
}

fn window_title(lang: Lang, page: &Page) -> String {
    let fault = if page.has_faults { lang.pick("Fout: ", "Error: ") } else { "" };
    format!("{fault}{} – {NAME}", page.title)
}

fn header(visit: &Visit) -> Markup {
    let owner = &visit.state.settings.owner;
    html! {
        header class="utrecht-page-header" {
            div class="utrecht-page-header__content dw-header" {
                a class="dw-brand" href="/" {
                    @match visit.state.dress.logo() {
                        Some(logo) => img class="dw-brand__logo" src=(logo.address) alt=(logo.text);,
                        None => img class="dw-brand__mark" src=(visit.state.dress.mark()) alt="" width="48" height="48";,
                    }
                    span {
                        span class="dw-brand__name" { (NAME) }
                        @if !owner.is_empty() {
                            " "
                            span class="dw-brand__owner" { (owner) }
                        }
                    }
                }
                nav aria-label=(visit.lang.pick("Hulp, taal en account", "Help, language and account")) {
                    ul class="dw-tools" { (tools(visit)) }
                }
            }
        }
    }
}

fn tools(visit: &Visit) -> Markup {
    let lang = visit.lang;
    let other = match lang {
        Lang::Nl => Lang::En,
        Lang::En => Lang::Nl,
    };
    let back = query("terug", &visit.address());
    html! {
        li {
            a class="nl-link dw-tools__link" href="/hulp" { (lang.pick("Hulp", "Help")) }
        }
        li {
            a class="nl-link dw-tools__link" lang=(other) hreflang=(other)
                href={ "/taal/" (other) "?" (back) } {
                (other.pick("Nederlands", "English"))
            }
        }
        @if let Who::Person(person) = &visit.who {
            li {
                a class="nl-link dw-tools__link" href="/account" {
                    span class="dw-hidden" { (lang.pick("Mijn account: ", "My account: ")) }
                    (person.user.display)
                }
            }
            li {
                form class="dw-plain-form" method="post" action="/uitloggen" {
                    input type="hidden" name=(guard::FIELD) value=(visit.guard);
                    button class="nl-button nl-button--subtle" type="submit" {
                        span class="nl-button__label" { (lang.pick("Uitloggen", "Sign out")) }
                    }
                }
            }
        }
    }
}

/// A part of the application in a menu.
struct Section {
    path: &'static str,
    nl: &'static str,
    en: &'static str,
    /// What is done there, for the overview; empty where that is not told.
    about: [&'static str; 2],
}

const fn section(path: &'static str, nl: &'static str, en: &'static str) -> Section {
    Section { path, nl, en, about: ["", ""] }
}

impl Section {
    const fn about(self, nl: &'static str, en: &'static str) -> Self {
        Self { about: [nl, en], ..self }
    }
}

/// What everybody who is in may need, wherever they are.
const GENERAL: &[Section] = &[
    section("/", "Start", "Start"),
    section("/leren", "Leren", "Learn"),
    section("/catalogus", "Catalogus", "Catalogue"),
    section("/begrippen", "Begrippen", "Terms"),
];

/// The parts of the work for one organisation, in the order of that work. A part is shown to
/// whoever may open it.
const OF_ORGANISATION: &[Section] = &[
    section("/organisaties/{organisatie}", "Overzicht", "Overview"),
    section("/organisaties/{organisatie}/vragen", "Mijn vragen", "My questions")
        .about("Beantwoord wat je wordt gevraagd.", "Answer what you are asked."),
    section("/organisaties/{organisatie}/rondes", "Rondes", "Rounds").about(
        "Vraag mensen hoe het gaat, en bespreek de antwoorden.",
        "Ask people how it goes, and talk the answers over.",
    ),
    section("/organisaties/{organisatie}/beeld", "Beeld", "Picture").about(
        "Waar staat het water, en waar is de dijk laag?",
        "Where does the water stand, and where is the dike low?",
    ),
    section("/organisaties/{organisatie}/signalen", "Signalen", "Signals").about(
        "Wat de regels in de gegevens vonden.",
        "What the rules found in the data.",
    ),
    section("/organisaties/{organisatie}/plan", "Plan", "Plan").about(
        "Wat eerst, binnen de uren die er zijn.",
        "What first, within the hours there are.",
    ),
    section("/organisaties/{organisatie}/maatregelen", "Maatregelen", "Measures")
        .about("Wie doet wat, en hoe ver is het.", "Who does what, and how far it is."),
    section("/organisaties/{organisatie}/bronnen", "Bronnen", "Sources").about(
        "Welke logs gelezen zijn, en een log brengen.",
        "Which logs were read, and bring one.",
    ),
    section("/organisaties/{organisatie}/ontsluiten", "Namen", "Names").about(
        "Een naam achter een pseudoniem, met twee mensen en een reden.",
        "A name behind a pseudonym, with two people and a reason.",
    ),
    section("/organisaties/{organisatie}/logboek", "Logboek", "Log").about(
        "Wie deed wat, wanneer en vanaf waar.",
        "Who did what, when and from where.",
    ),
    section("/organisaties/{organisatie}/beheer", "Beheer", "Management").about(
        "Rollen, instellingen, processen en archief.",
        "Roles, settings, processes and archive.",
    ),
];

/// The menus of somebody who is in: of the application, and of the organisation in the path.
fn menu(visit: &Visit) -> Markup {
    let Who::Person(_) = &visit.who else { return html! {} };
    html! {
        (bar(visit, visit.lang.pick("Hoofdmenu", "Main menu"), GENERAL))
        @if visit.place.is_some() {
            (bar(visit, visit.lang.pick("Menu van de organisatie", "Menu of the organisation"), OF_ORGANISATION))
        }
    }
}

/// One menu: the parts that exist and that this person may open.
fn bar(visit: &Visit, title: &str, sections: &[Section]) -> Markup {
    let name = visit.place.as_ref().map_or("", |place| place.organisation.as_str());
    let items: Vec<(String, &str)> = sections
        .iter()
        .filter(|section| may_open(visit, section.path))
        .map(|section| {
            let path = section.path.replace("{organisatie}", name);
            (path, visit.lang.pick(section.nl, section.en))
        })
        .collect();
    // a page below a part belongs to that part: the longest path that leads here
    let here = items
        .iter()
        .map(|(path, _)| path)
        .filter(|path| is_below(&visit.path, path))
        .max_by_key(|path| path.len());
    html! {
        nav class="utrecht-nav-bar dw-menu" aria-label=(title) {
            div class="utrecht-nav-bar__content dw-menu__content" {
                ul class="utrecht-nav-list" {
                    @for (path, title) in &items {
                        li class="utrecht-nav-list__item" {
                            a class="utrecht-nav-list__link dw-menu__link" href=(path)
                                aria-current=[current(visit, path, here)] { (title) }
                        }
                    }
                }
            }
        }
    }
}

/// The parts of the work for the organisation in the path that this person may open: address,
/// title and what is done there.
pub(crate) fn parts(visit: &Visit) -> Vec<(String, &'static str, &'static str)> {
    let name = visit.place.as_ref().map_or("", |place| place.organisation.as_str());
    OF_ORGANISATION
        .iter()
        .filter(|section| !section.about[0].is_empty() && may_open(visit, section.path))
        .map(|section| {
            let [nl, en] = section.about;
            let path = section.path.replace("{organisatie}", name);
            (path, visit.lang.pick(section.nl, section.en), visit.lang.pick(nl, en))
        })
        .collect()
}

/// Whether there is a page at a path of the table that this person may open.
fn may_open(visit: &Visit, path: &str) -> bool {
    ROUTES.iter().any(|route| {
        let may = match route.needs {
            Needs::May(action) => visit.may(action),
            Needs::Nothing | Needs::Account => true,
            Needs::Code => false,
        };
        route.method == Way::Get && route.path == path && may
    })
}

fn is_below(path: &str, section: &str) -> bool {
    let rest = path.strip_prefix(section);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// How an item of a menu stands to this page: it is the page, or the page is below it.
fn current(visit: &Visit, path: &str, here: Option<&String>) -> Option<&'static str> {
    if visit.path == path {
        Some("page")
    } else if here.is_some_and(|here| here == path) {
        Some("true")
    } else {
        None
    }
}

fn footer(visit: &Visit) -> Markup {
    let settings = &visit.state.settings;
    let links = [
        (&settings.accessibility, visit.lang.pick("Toegankelijkheid", "Accessibility")),
        (&settings.privacy, visit.lang.pick("Privacy", "Privacy")),
    ];
    let has_links = links.iter().any(|(address, _)| address.is_some());
    html! {
        footer class="utrecht-page-footer" {
            div class="utrecht-page-footer__content dw-footer" {
                p class="dw-footer__text" {
                    (visit.lang.pick(
                        "Dijkwacht laat zien welke processen kwetsbaar zijn en wat je eerst kunt doen. Het oordeelt niet over mensen.",
                        "Dijkwacht shows which processes are vulnerable and what you can do first. It does not judge people.",
                    ))
                }
                @if has_links {
                    ul class="dw-footer__list" {
                        @for (address, title) in links {
                            @if let Some(address) = address {
                                li { a class="nl-link dw-footer__link" href=(address) { (title) } }
                            }
                        }
                    }
                }
            }
        }
    }
}
