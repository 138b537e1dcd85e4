//! Learning: of each process one card with what somebody does and never does, and dilemmas to
//! talk about. Nobody's choice is kept.

use crate::answer::Answer;
use crate::fault::Fault;
use crate::parts::{Mood, alert, badge, heading, lead, link, paragraph};
use crate::visit::Visit;
use catalogue::library::{Card, Dilemma};
use maud::{Markup, html};
use model::Process;
use reports::site::prose;

/// `GET /leren`
pub(crate) fn show(visit: &Visit) -> Result<Answer, Fault> {
    let (lang, catalogue) = (visit.lang, visit.catalogue());
    let title = lang.pick("Leren", "Learn");
    let content = html! {
        (heading(1, title))
        (lead(lang.pick(
            "Per proces een kaart met wat je doet en nooit alleen doet, en dilemma's om samen te bespreken. Een kwartier is genoeg. Wat je kiest, wordt nergens bewaard.",
            "Of each process a card with what you do and never do alone, and dilemmas to talk over together. A quarter of an hour is enough. What you choose is kept nowhere.",
        )))
        @for process in catalogue.processes.values() {
            @let card = catalogue.cards.values().find(|card| card.process == process.process);
            @let dilemmas = of(visit, process.process);
            @if card.is_some() || !dilemmas.is_empty() {
                section class="dw-stack dw-stack--close" {
                    (heading(2, process.texts.title(lang)))
                    ul class="dw-list" {
                        @if let Some(card) = card {
                            li {
                                (lang.pick("Kaart: ", "Card: "))
                                (link(&card_at(card), card.head.texts.title(lang)))
                            }
                        }
                        @for dilemma in dilemmas {
                            li {
                                (lang.pick("Dilemma: ", "Dilemma: "))
                                (link(&dilemma_at(dilemma), dilemma.head.texts.title(lang)))
                            }
                        }
                    }
                }
            }
        }
    };
    Ok(Answer::page(title, content))
}

fn card_at(card: &Card) -> String {
    format!("/leren/kaarten/{}", card.head.code.to_lowercase())
}

fn dilemma_at(dilemma: &Dilemma) -> String {
    format!("/leren/dilemmas/{}", dilemma.head.code.to_lowercase())
}

/// The dilemmas of a process.
fn of(visit: &Visit, process: Process) -> Vec<&Dilemma> {
    let all = visit.catalogue().dilemmas.values();
    all.filter(|dilemma| dilemma.process == process).collect()
}

/// `GET /leren/kaarten/{code}`
pub(crate) fn card(visit: &Visit) -> Result<Answer, Fault> {
    let (lang, code) = (visit.lang, visit.params.get("code"));
    let mut all = visit.catalogue().cards.values();
    let card = all.find(|card| Some(&card.head.code.to_lowercase()) == code);
    let card = card.ok_or(Fault::NotFound)?;
    let texts = &card.head.texts;
    let sections = [
        ("signs", lang.pick("Wat je kunt merken", "What you may notice")),
        ("do", lang.pick("Wat je altijd doet", "What you always do")),
        ("never", lang.pick("Wat je nooit alleen doet", "What you never do alone")),
        ("ask", lang.pick("Naar wie je gaat", "Whom you go to")),
    ];
    let title = texts.title(lang);
    let content = html! {
        (back(visit))
        (heading(1, title))
        (lead(texts.get(lang, "why")))
        div class="dw-columns" {
            @for (key, name) in sections {
                section class="dw-card dw-prose" {
                    (heading(2, name))
                    (prose(texts.get(lang, key)))
                }
            }
        }
        details class="dw-prose dw-screen-only" {
            summary { (lang.pick("Script voor een video van vijf minuten", "Script for a five-minute video")) }
            (prose(texts.get(lang, "script")))
        }
        (further(visit, card.process, None))
        (more(visit, "card", &card.head.code))
    };
    Ok(Answer::page(title, content))
}

/// `GET /leren/dilemmas/{code}`, with `?keuze=` for what somebody would do
pub(crate) fn dilemma(visit: &Visit) -> Result<Answer, Fault> {
    let (lang, code) = (visit.lang, visit.params.get("code"));
    let mut all = visit.catalogue().dilemmas.values();
    let dilemma = all.find(|one| Some(&one.head.code.to_lowercase()) == code);
    let dilemma = dilemma.ok_or(Fault::NotFound)?;
    let chosen = visit.query.get("keuze");
    let chosen = dilemma.options.iter().find(|option| *option == chosen);
    let texts = &dilemma.head.texts;
    let title = texts.title(lang);
    let content = html! {
        (back(visit))
        (heading(1, title))
        div class="dw-prose dw-lead" { (prose(texts.get(lang, "situation"))) }
        (heading(2, texts.get(lang, "question")))
        (options(visit, dilemma, chosen))
        @match chosen {
            Some(chosen) => (consequence(visit, dilemma, chosen)),
            None => (paragraph(lang.pick(
                "Kies wat je zou doen. Daarna zie je wat er kan gebeuren en wat de regels zeggen. Samen doen? Laat eerst iedereen een vinger opsteken.",
                "Choose what you would do. Then you see what may happen and what the rules say. Together? Let everybody raise a finger first.",
            ))),
        }
        (further(visit, dilemma.process, Some(dilemma)))
        (more(visit, "dilemma", &dilemma.head.code))
    };
    Ok(Answer::page(title, content))
}

fn options(visit: &Visit, dilemma: &Dilemma, chosen: Option<&String>) -> Markup {
    let texts = &dilemma.head.texts;
    html! {
        ol class="dw-choices" {
            @for option in &dilemma.options {
                @let is_chosen = Some(option) == chosen;
                li {
                    a class="dw-choice" aria-current=[is_chosen.then_some("true")]
                        href={ (dilemma_at(dilemma)) "?keuze=" (option) "#gevolg" } {
                        (texts.get(visit.lang, &format!("options.{option}.choice")))
                    }
                }
            }
        }
    }
}

fn consequence(visit: &Visit, dilemma: &Dilemma, chosen: &str) -> Markup {
    let (lang, texts) = (visit.lang, &dilemma.head.texts);
    let is_wise = dilemma.wise.iter().any(|wise| wise == chosen);
    html! {
        section class="dw-stack dw-stack--close dw-prose" id="gevolg" tabindex="-1" {
            (heading(2, lang.pick("Wat er dan kan gebeuren", "What may happen then")))
            (prose(texts.get(lang, &format!("options.{chosen}.consequence"))))
            @if is_wise {
                p { (badge(lang.pick("Past bij de regels en goede praktijk", "Fits the rules and good practice"))) }
            }
        }
        (alert(Mood::Info, &html! {
            (heading(3, lang.pick("Wat de regels zeggen", "What the rules say")))
            (prose(texts.get(lang, "rules")))
            (heading(3, lang.pick("Met wie je praat", "Whom to talk to")))
            (prose(texts.get(lang, "talk_to")))
        }))
    }
}

/// The other dilemmas of the process.
fn further(visit: &Visit, process: Process, but: Option<&Dilemma>) -> Markup {
    let others: Vec<&Dilemma> = of(visit, process)
        .into_iter()
        .filter(|one| Some(&one.head.code) != but.map(|but| &but.head.code))
        .collect();
    html! {
        @if !others.is_empty() {
            section class="dw-stack dw-stack--close dw-screen-only" {
                (heading(2, visit.lang.pick("Dilemma's bij dit proces", "Dilemmas of this process")))
                ul class="dw-list" {
                    @for one in others { li { (link(&dilemma_at(one), one.head.texts.title(visit.lang))) } }
                }
            }
        }
    }
}

fn more(visit: &Visit, kind: &str, code: &str) -> Markup {
    let path = format!("/catalogus/{kind}/{}", code.to_lowercase());
    let text = visit.lang.pick(
        "Bronnen en wat ermee samenhangt, in de catalogus",
        "Sources and what goes with it, in the catalogue",
    );
    html! { p class="nl-paragraph dw-screen-only" { (link(&path, text)) } }
}

fn back(visit: &Visit) -> Markup {
    html! { p class="nl-paragraph dw-screen-only" { (link("/leren", visit.lang.pick("Leren", "Learn"))) } }
}
