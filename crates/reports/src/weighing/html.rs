//! The parts in HTML, and the page of which they are the whole.

use super::subjects::{Apart, DIRECTIONS, in_order};
use super::told::{State, class_phrase};
use super::words::Phrase;
use super::{Material, dike};
use crate::html::shell::{Shell, document};
use crate::html::table::Table;
use crate::numbers;
use crate::safe::one_line;
use crate::words::Word;
use assessment::{Parting, Side};
use maud::{Markup, html};
use model::Process;
use picture::freeboard::Class;
use picture::weighing::Subject;
use picture::weighings::WeighedProcess;

/// One page with all parts: a whole document, from `<!DOCTYPE html>` on. It may be sent under
/// the same policy as [`crate::html::page`], with [`crate::html::style_hash`].
pub fn page(material: &Material<'_>) -> String {
    let head = &material.weighings.head;
    let organisation = one_line(&head.organisation).into_owned();
    let main = html! {
        h1 { (material.say(Phrase::Title)) }
        p class="subtitle" { (material.origin()) }
        p class="lead" { (material.say(Phrase::Lead)) }
        (parts(material))
    };
    let version = head.method.to_string();
    let values = [("method", &*version), ("content", &*one_line(&head.catalogue))];
    let foot = html! {
        p { (material.say(Phrase::Confidential)) }
        p { (Phrase::MadeBy.fill(material.lang, &values)) }
    };
    document(&Shell {
        title: material.say(Phrase::Title),
        organisation: &organisation,
        lang: material.lang,
        main: &main,
        foot: &foot,
    })
}

/// All parts in the order in which they are read.
pub fn parts(material: &Material<'_>) -> Markup {
    if material.weighings.processes.is_empty() {
        return html! { p { (material.say(Phrase::NothingWeighed)) } };
    }
    html! {
        (profile(material))
        (partings(material))
        (changes(material))
        (remarks(material))
        section class="weighing" aria-labelledby="per-process" {
            h2 id="per-process" { (material.say(Phrase::PerProcess)) }
            @for one in material.weighings.in_order() {
                @let title = material.process_title(one.weighing.process);
                @let id = format!("weighed-{}", one.weighing.process.code());
                // no landmark: a page that also tells the logs has one of this name already
                div {
                    h3 id=(id) { (title) }
                    (process(material, one.weighing.process))
                }
            }
        }
    }
}

/// The dike: one drawing, a sentence that says what it shows, the same data as a table, and
/// how firm the order is.
pub fn profile(material: &Material<'_>) -> Markup {
    html! {
        section class="weighing" aria-labelledby="dike-head" {
            h2 id="dike-head" { (material.say(Phrase::DikeHead)) }
            figure class="dike-figure" aria-labelledby="dike-caption" {
                figcaption id="dike-caption" { (material.headline()) }
                (dike::draw(material, "dike"))
            }
            (legend(material))
            (table(material))
            h3 { (material.say(Phrase::SensitivityHead)) }
            @for sentence in material.sensitivity() { p { (sentence) } }
        }
    }
}

fn legend(material: &Material<'_>) -> Markup {
    let numbers = &material.catalogue.method.freeboard;
    let percent = numbers::count(numbers.unknown_percent, material.lang);
    let little = Phrase::LegendLittle.fill(material.lang, &[("percent", &percent)]);
    let classes = Phrase::LegendClasses.fill(
        material.lang,
        &[
            ("red", &material.points(numbers.red_below)),
            ("orange", &material.points(numbers.orange_below)),
            ("green", &material.points(numbers.green_to)),
        ],
    );
    let states = [
        (State::Overflows, material.say(Phrase::LegendOver)),
        (State::StaysDry, material.say(Phrase::LegendDry)),
        (State::Either, material.say(Phrase::LegendEither)),
        (State::TooLittle, &*little),
    ];
    html! {
        details {
            summary { (material.say(Phrase::HowToRead)) }
            div class="details-body" {
                ul class="dike-legend" {
                    @for (state, text) in states {
                        li { (sign(state)) " " (text) }
                    }
                }
                @for phrase in [Phrase::LegendBand, Phrase::LegendBracket] {
                    p { (material.say(phrase)) }
                }
                p { (classes) }
            }
        }
    }
}

fn sign(state: State) -> Markup {
    html! {
        svg class={ "dike-sign dike-sign--" (dike::class(state)) } aria-hidden="true"
            width="13" height="13" viewBox="0 0 14 14" { (dike::sign(state)) }
    }
}

fn table(material: &Material<'_>) -> Markup {
    let say = |phrase| material.say(phrase);
    let columns = [
        (say(Phrase::Place), false),
        (Word::Process.text(material.lang), false),
        (say(Phrase::Freeboard), true),
        (say(Phrase::Class), false),
        (say(Phrase::Water), true),
        (say(Phrase::Dike), true),
        (say(Phrase::Unknown), true),
    ];
    let table = Table {
        id: "dike-table",
        caption: say(Phrase::TableCaption).to_owned(),
        columns: &columns,
    };
    let places = material.weighings.places();
    let rows = html! {
        @for one in material.weighings.in_order() {
            tr {
                td class="nowrap" { (material.place(places.get(&one.weighing.process).copied())) }
                th scope="row" class="wide" {
                    (material.process_title(one.weighing.process))
                    @if let Some(compared) = material.compared_short(&one.weighing) {
                        br;
                        span class="quiet said-beside" { (compared) }
                    }
                }
                (figure_cells(material, one))
            }
        }
    };
    html! {
        (table.with(&rows))
        p class="hint" { (say(Phrase::PlacesRest)) }
        @if let Some((region, _)) = material.region {
            p class="hint" {
                (Phrase::ComparedHint.fill(material.lang, &[("region", &one_line(&region.name))]))
            }
        }
    }
}

fn figure_cells(material: &Material<'_>, one: &WeighedProcess) -> Markup {
    let none = || html! { td class="number quiet" { "–" } };
    html! {
        @match &one.weighing.freeboard {
            None => {
                (none())
                td { (badge(material, None)) }
                (none()) (none()) (none())
            }
            Some(found) => {
                td class="ends" { strong { (material.ends(found.freeboard)) } }
                td { (classes(material, found.classes)) }
                td class="ends" { (material.ends(found.water)) }
                td class="ends" { (material.ends(found.dike)) }
                td class="number" { (material.unknown(found)) }
            }
        }
    }
}

/// One class, both classes, or that too little is known.
fn classes(material: &Material<'_>, classes: Option<(Class, Class)>) -> Markup {
    let Some((low, high)) = classes else {
        return html! { span class="badge badge--unknown" { (material.say(Phrase::TooLittle)) } };
    };
    html! {
        (badge(material, Some(low)))
        @if low != high {
            " " (material.say(Phrase::Until)) " " (badge(material, Some(high)))
        }
    }
}

fn badge(material: &Material<'_>, class: Option<Class>) -> Markup {
    let (name, phrase) = match class {
        Some(Class::Red) => ("red", class_phrase(Class::Red)),
        Some(Class::Orange) => ("orange", class_phrase(Class::Orange)),
        Some(Class::Green) => ("green", class_phrase(Class::Green)),
        Some(Class::Blue) => ("blue", class_phrase(Class::Blue)),
        None => ("unknown", Phrase::NoFigure),
    };
    html! { span class={ "badge class-badge class-badge--" (name) } { (material.say(phrase)) } }
}

/// Where said and shown part, of all processes, in both directions.
pub fn partings(material: &Material<'_>) -> Markup {
    let all: Vec<(Parting, Phrase, Vec<Apart<'_>>)> = DIRECTIONS
        .into_iter()
        .map(|(direction, head)| (direction, head, material.apart(direction)))
        .filter(|(_, _, some)| !some.is_empty())
        .collect();
    let none = material.nothing_apart();
    html! {
        section class="weighing" aria-labelledby="partings-head" {
            h2 id="partings-head" { (material.say(Phrase::SaidHead)) }
            p { (material.say(Phrase::SaidIntro)) }
            @if all.is_empty() { p { (material.say(none)) } }
            @for (direction, head, some) in &all {
                h3 { (material.say(*head)) " (" (material.count(some.len())) ")" }
                div class="caption-unseen" { (partings_table(material, *direction, some)) }
            }
        }
    }
}

fn partings_table(
    material: &Material<'_>,
    direction: Parting,
    some: &[Apart<'_>],
) -> Markup {
    let say = |phrase| material.say(phrase);
    let (id, head) = match direction {
        Parting::SaidBetter => ("partings-worse", Phrase::PartingWorse),
        Parting::SaidWorse => ("partings-better", Phrase::PartingBetter),
        Parting::Agree | Parting::SaidNotApplicable => {
            ("partings-denied", Phrase::PartingDenied)
        }
    };
    let table = Table {
        id,
        caption: say(head).to_owned(),
        columns: &[
            (Word::Process.text(material.lang), false),
            (say(Phrase::Subject), false),
            (say(Phrase::Said), false),
            (say(Phrase::Shown), false),
        ],
    };
    table.with(&html! {
        @for Apart { process, subject } in some {
            tr {
                th scope="row" class="wide" { (material.process_title(*process)) }
                td class="wide" { (name(material, subject)) }
                td { (said(material, subject)) }
                td { (material.shown(subject)) }
            }
        }
    })
}

/// The title of a control or circumstance with its code, and whether it is a key control.
fn name(material: &Material<'_>, subject: &Subject) -> Markup {
    html! {
        (material.title(&subject.code)) " " span class="code" { (subject.code) }
        @if subject.key { " " span class="tag" { (material.say(Phrase::KeyControl)) } }
    }
}

fn said(material: &Material<'_>, subject: &Subject) -> Markup {
    let beside = material.answers(subject);
    html! {
        (material.answer(subject))
        @if !beside.is_empty() {
            br;
            span class="quiet said-beside" { (beside.join("; ")) }
        }
    }
}

/// One process: its figures and reasons in sentences, and every control and circumstance with
/// what was said beside what was shown. Nothing where it was not weighed.
pub fn process(material: &Material<'_>, process: Process) -> Markup {
    let Some(one) = material.weighings.process(process) else { return html! {} };
    let weighing = &one.weighing;
    let apart = weighing.partings().collect::<Vec<_>>();
    let id = format!("said-{}", process.code());
    html! {
        div class="weighing" {
            div class="summary" {
                p { strong { (sign(State::of(weighing))) " " (material.say(State::of(weighing).phrase())) } }
                @for sentence in material.figures(one) { p { (sentence) } }
                @if let Some(reasons) = material.reasons(weighing) { p { (reasons) } }
                @if let Some(compared) = material.compared(weighing) { p { (compared) } }
                @let caps = material.caps(weighing);
                @if !caps.is_empty() {
                    ul { @for cap in caps { li { (cap) } } }
                }
            }
            @if !apart.is_empty() {
                (subjects_table(material, &id, Phrase::PartingsCaption, Phrase::Subject, &apart))
            }
            @for (side, key, caption, head, all) in [
                (Side::Control, "controls", Phrase::ControlsCaption, Phrase::Control, Phrase::AllControls),
                (Side::Circumstance, "circumstances", Phrase::CircumstancesCaption, Phrase::Circumstance, Phrase::AllCircumstances),
            ] {
                @let some = in_order(weighing, side);
                @if !some.is_empty() {
                    details {
                        summary { (all.fill(material.lang, &[("count", &material.count(some.len()))])) }
                        div class="details-body" {
                            (subjects_table(material, &format!("{id}-{key}"), caption, head, &some))
                        }
                    }
                }
            }
        }
    }
}

fn subjects_table(
    material: &Material<'_>,
    id: &str,
    caption: Phrase,
    head: Phrase,
    subjects: &[&Subject],
) -> Markup {
    let say = |phrase| material.say(phrase);
    let table = Table {
        id,
        caption: say(caption).to_owned(),
        columns: &[
            (say(head), false),
            (say(Phrase::Said), false),
            (say(Phrase::Shown), false),
            (say(Phrase::Counts), false),
            (say(Phrase::Beside), false),
        ],
    };
    table.with(&html! {
        @for subject in subjects {
            tr {
                th scope="row" class="wide" { (name(material, subject)) }
                td { (said(material, subject)) }
                td class=[subject.shown.is_none().then_some("quiet")] { (material.shown(subject)) }
                td { (material.counts(subject)) }
                td class=[subject.parting.is_none().then_some("quiet")] {
                    (material.beside(subject))
                }
            }
        }
    })
}

/// What changed since the round before; nothing where there is none.
pub fn changes(material: &Material<'_>) -> Markup {
    let Some(found) = material.since() else { return html! {} };
    let say = |phrase| material.say(phrase);
    let table = Table {
        id: "changes-table",
        caption: say(Phrase::ChangesCaption).to_owned(),
        columns: &[
            (Word::Process.text(material.lang), false),
            (say(Phrase::Then), true),
            (say(Phrase::Now), true),
            (say(Phrase::WhatToSay), false),
        ],
    };
    let rows = html! {
        @for change in &found.both {
            tr {
                th scope="row" class="wide" { (material.process_title(change.process)) }
                td class="ends" { (material.freeboard(change.freeboard.before)) }
                td class="ends" { (material.freeboard(change.freeboard.now)) }
                td {
                    @match change.trend {
                        Some(trend) => { (material.trend(trend)) }
                        None => { span class="quiet" { "–" } }
                    }
                }
            }
        }
    };
    html! {
        section class="weighing" aria-labelledby="changes-head" {
            h2 id="changes-head" { (say(Phrase::ChangesHead)) }
            @for sentence in material.changes_in_general(&found) { p { (sentence) } }
            @if !found.both.is_empty() { (table.with(&rows)) }
            @for change in found.both.iter().filter(|change| !change.is_none()) {
                details {
                    summary { (material.process_title(change.process)) }
                    div class="details-body" {
                        ul { @for sentence in material.change(change) { li { (sentence) } } }
                    }
                }
            }
        }
    }
}

/// What the checks on the answers found, with what you can do about it.
pub fn remarks(material: &Material<'_>) -> Markup {
    // no check was run, so nothing may be said of what they brought up
    if material.remarks.is_empty() {
        return html! {};
    }
    let say = |phrase| material.say(phrase);
    let all = material.remarks_told();
    let table = Table {
        id: "remarks-table",
        caption: say(Phrase::RemarksCaption).to_owned(),
        columns: &[
            (say(Phrase::Subject), false),
            (say(Phrase::Remark), false),
            (say(Phrase::Repair), false),
        ],
    };
    let rows = html! {
        @for told in &all {
            tr {
                th scope="row" class="wide" {
                    (told.about)
                    @if let Some(subject) = &told.subject { br; (subject) }
                }
                td class="wide" { (told.sentence) }
                td class="wide" { (told.repair) }
            }
        }
    };
    html! {
        section class="weighing" aria-labelledby="remarks-head" {
            h2 id="remarks-head" { (say(Phrase::RemarksHead)) }
            @if all.is_empty() {
                p { (say(Phrase::RemarksNone)) }
            } @else {
                p { (say(Phrase::RemarksIntro)) }
                (table.with(&rows))
            }
            @if let Some(silent) = material.remarks_silent() { p class="hint" { (silent) } }
        }
    }
}
