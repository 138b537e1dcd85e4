//! What every page has: skip link, header with owner, language and help, main menu, footer.
//! Help stands in the same place on every page (WCAG 2.2, 3.2.6).

use crate::answer::Page;
use crate::guard;
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
        html lang=(visit.lang) class={ "utrecht-root " (dress.class()) " dw-root" } {
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
                    (menu(visit))
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

/// The main menu of somebody who is in.
fn menu(visit: &Visit) -> Markup {
    let Who::Person(_) = &visit.who else { return html! {} };
    let items = [("/", visit.lang.pick("Start", "Start"))];
    html! {
        nav class="utrecht-nav-bar dw-menu" aria-label=(visit.lang.pick("Hoofdmenu", "Main menu")) {
            div class="utrecht-nav-bar__content dw-menu__content" {
                ul class="utrecht-nav-list" {
                    @for (path, title) in items {
                        li class="utrecht-nav-list__item" {
                            a class="utrecht-nav-list__link dw-menu__link" href=(path)
                                aria-current=[(visit.path == path).then_some("page")] { (title) }
                        }
                    }
                }
            }
        }
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
