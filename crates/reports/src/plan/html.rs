//! A plan as parts of a page.
//!
//! Each part is a function of its own, so that a report and a page
//! of a server take what they need; `id` begins every name inside and must be unique on the
//! page. A part begins with a heading of the third level.

use super::telling::{MISSED, Telling};
use super::words::Say;
use super::{frontier as drawing, html_effect};
use crate::html::shell::{Shell, document};
use crate::html::table::Table;
use crate::numbers;
use crate::safe::one_line;
use crate::words::Word;
use ::plan::{Advice, Chosen, Unknown};
use catalogue::Catalogue;
use catalogue::library::Measure;
use maud::{Markup, html};
use model::{Lang, Ppm};
use picture::effect::Outcome;

/// One page with the whole plan, from `<!DOCTYPE html>` on. It may be sent under the same
/// policy as [`crate::html::page`].
pub fn page(
    catalogue: &Catalogue,
    advice: &Advice,
    organisation: &str,
    lang: Lang,
) -> String {
    let title = Say::Head.text(lang);
    let main = html! {
        h1 { (title) }
        (section(catalogue, advice, lang, "plan"))
    };
    let foot = html! { p { (Word::Product.text(lang)) } };
    document(&Shell {
        title,
        organisation: &one_line(organisation),
        lang,
        main: &main,
        foot: &foot,
    })
}

/// The whole plan, under a heading of the second level.
pub fn section(catalogue: &Catalogue, advice: &Advice, lang: Lang, id: &str) -> Markup {
    let told = Telling { catalogue, advice, lang };
    html! {
        section class="process plan" id=(id) aria-labelledby={ (id) "-head" } {
            h2 id={ (id) "-head" } { (told.say(Say::Head)) }
            (summary(catalogue, advice, lang))
            (measures(catalogue, advice, lang, id))
            (missed(catalogue, advice, lang, id))
            (frontier(catalogue, advice, lang, id))
            (standings(catalogue, advice, lang, id))
            (assumed(catalogue, advice, lang, id))
            p class="hint" { (Say::MadeWith.fill(lang, &[("content", &advice.content)])) }
        }
    }
}

/// The plan in a few sentences, and what a reader must know before believing it.
pub fn summary(catalogue: &Catalogue, advice: &Advice, lang: Lang) -> Markup {
    let told = Telling { catalogue, advice, lang };
    let in_place = &advice.proposal.plan.in_place;
    html! {
        div class="summary" {
            p class="summary-head" { (told.say(Say::InShort)) }
            @for sentence in told.summary() { p { (sentence) } }
            @let cautions = told.cautions();
            @if !cautions.is_empty() {
                ul class="plan-cautions" {
                    @for sentence in cautions { li { (sentence) } }
                }
            }
            @if !in_place.is_empty() {
                p { (Say::InPlace.fill(lang, &[("measures", &told.all_named(in_place))])) }
            }
            p class="hint" { (told.units()) }
        }
    }
}

/// The measures: a table with what they take, and for each why it is in and how to begin.
pub fn measures(catalogue: &Catalogue, advice: &Advice, lang: Lang, id: &str) -> Markup {
    let told = Telling { catalogue, advice, lang };
    let chosen = &advice.proposal.plan.chosen;
    html! {
        h3 id={ (id) "-measures" } { (told.say(Say::ListHead)) }
        @if chosen.is_empty() {
            p { (told.say(Say::Empty)) }
        } @else {
            (costs(told, id))
            @for one in chosen { (card(told, one, id)) }
        }
    }
}

/// The name of the card of a measure.
fn card_id(id: &str, code: &str) -> String {
    let letter = |sign: char| {
        if sign.is_ascii_alphanumeric() { sign.to_ascii_lowercase() } else { '-' }
    };
    format!("{id}-{}", code.chars().map(letter).collect::<String>())
}

fn costs(told: Telling<'_>, id: &str) -> Markup {
    let plan = &told.advice.proposal.plan;
    let several = told.advice.capacity.len() > 1;
    let table_id = format!("{id}-costs");
    let columns = [
        (Say::ColMeasure, false),
        (Say::ColYear, false),
        (Say::ColHours, true),
        (Say::ColHoursYearly, true),
        (Say::ColEuros, true),
        (Say::ColLoss, true),
    ];
    let columns: Vec<(&str, bool)> = columns
        .into_iter()
        .filter(|(say, _)| several || *say != Say::ColYear)
        .map(|(say, number)| (told.say(say), number))
        .collect();
    let table = Table {
        id: &table_id,
        caption: told.say(Say::ListCaption).to_owned(),
        columns: &columns,
    };
    let count = |number: u64| numbers::count(number, told.lang);
    let total = told.total();
    let rows = html! {
        @for chosen in &plan.chosen {
            tr {
                th scope="row" class="wide" {
                    a href={ "#" (card_id(id, &chosen.code)) } { (told.title(&chosen.code)) }
                    " " span class="code" { (one_line(&chosen.code)) }
                }
                @if several {
                    @let year = told.count(chosen.year);
                    td { (Say::InYear.fill(told.lang, &[("year", &year)])) }
                }
                td class="number" { (count(chosen.cost.hours_once)) }
                td class="number" { (count(chosen.cost.hours_yearly)) }
                td class="number" {
                    (told.euros(chosen.cost.euros_once + chosen.cost.euros_yearly))
                }
                td class="number" { (numbers::short_points(chosen.loss.tenths, told.lang)) }
            }
        }
        tr class="plan-total" {
            th scope="row" { (told.say(Say::Total)) }
            @if several { td {} }
            td class="number" { (count(total.hours_once)) }
            td class="number" { (count(total.hours_yearly)) }
            td class="number" { (told.euros(total.euros_once + total.euros_yearly)) }
            td {}
        }
    };
    table.with(&rows)
}

fn card(told: Telling<'_>, chosen: &Chosen, id: &str) -> Markup {
    let name = card_id(id, &chosen.code);
    html! {
        article class="test plan-measure" id=(name) aria-labelledby={ (name) "-head" } {
            h4 id={ (name) "-head" } {
                (told.title(&chosen.code)) " " span class="code" { (one_line(&chosen.code)) }
            }
            p class="plan-cost" { (told.cost(&chosen.cost)) }
            p { (told.why(chosen)) }
            @if let Some(measure) = told.measure(&chosen.code) { (how(told, measure)) }
        }
    }
}

/// What is done and how to begin, out of the catalogue.
fn how(told: Telling<'_>, measure: &Measure) -> Markup {
    let text = |key: &str| measure.head.texts.find(told.lang, key);
    let steps = ["first_steps.one", "first_steps.two", "first_steps.three"];
    let once = told.range(measure.hours_once, measure.shared);
    let yearly = told.range(measure.hours_yearly, measure.shared);
    html! {
        details {
            summary { (told.say(Say::WhatToDo)) }
            div class="details-body" {
                dl class="about" {
                    @for (key, say) in [
                        ("what", Say::What),
                        ("effect", Say::EffectWhy),
                        ("owner", Say::Owner),
                        ("done_when", Say::DoneWhen),
                    ] {
                        @if let Some(text) = text(key) {
                            div { dt { (told.say(say)) } dd { (text) } }
                        }
                    }
                    div {
                        dt { (told.say(Say::FirstSteps)) }
                        dd { ol { @for step in steps.iter().filter_map(|key| text(key)) { li { (step) } } } }
                    }
                    div {
                        dt { (told.say(Say::HoursRange)) }
                        dd {
                            (Say::Once.fill(told.lang, &[("hours", &once)])) ", "
                            (Say::Yearly.fill(told.lang, &[("hours", &yearly)]))
                        }
                    }
                    div { dt { (told.say(Say::ProofOf)) } dd { (told.proof(measure)) } }
                }
            }
        }
    }
}

/// What just does not fit, and what lacks for it.
pub fn missed(catalogue: &Catalogue, advice: &Advice, lang: Lang, id: &str) -> Markup {
    let told = Telling { catalogue, advice, lang };
    let missed = &advice.proposal.plan.missed;
    let table_id = format!("{id}-missed-table");
    let table = Table {
        id: &table_id,
        caption: told.say(Say::MissedCaption).to_owned(),
        columns: &[
            (Say::ColMeasure.text(lang), false),
            (Say::ColLacks.text(lang), false),
            (Say::ColGain.text(lang), true),
        ],
    };
    let rows = html! {
        @for one in missed.iter().take(MISSED) {
            tr {
                th scope="row" class="wide" {
                    (told.title(&one.code)) " " span class="code" { (one_line(&one.code)) }
                    @for note in told.missed_notes(one) { " " span class="hint" { (note) } }
                }
                td { (told.lack(&one.lack)) }
                td class="number" { (numbers::short_points(one.gain_tenths, lang)) }
            }
        }
    };
    html! {
        h3 id={ (id) "-missed" } { (told.say(Say::MissedHead)) }
        @if missed.is_empty() {
            p { (told.say(Say::MissedNone)) }
        } @else {
            (table.with(&rows))
            @if let Some(more) = told.missed_more() { p class="hint" { (more) } }
        }
    }
}

/// What fewer or more hours would bring: one sentence, a drawing, and the table beside it.
pub fn frontier(catalogue: &Catalogue, advice: &Advice, lang: Lang, id: &str) -> Markup {
    let told = Telling { catalogue, advice, lang };
    let steps = &advice.proposal.frontier;
    let table_id = format!("{id}-frontier-table");
    let table = Table {
        id: &table_id,
        caption: told.say(Say::FrontierCaption).to_owned(),
        columns: &[
            (Say::ColShare.text(lang), false),
            (Say::ColRemoved.text(lang), true),
            (Say::ColChange.text(lang), false),
        ],
    };
    let rows = html! {
        @for step in steps {
            tr class=[(step.percent == 100).then_some("plan-own")] {
                @let percent = Ppm(step.percent.saturating_mul(10_000));
                th scope="row" {
                    (numbers::whole_percent(percent, lang)) ": " (told.step_hours(step))
                }
                @match &step.reached {
                    Some(reached) => {
                        td class="number" {
                            (numbers::short_points(reached.removed_tenths, lang))
                            " (" (told.percent(reached.removed_tenths)) ")"
                        }
                        td { (told.change(step, reached)) }
                    }
                    None => {
                        td class="number quiet" { (told.say(Say::None)) }
                        td class="quiet" { (told.say(Say::DoesNotFit)) }
                    }
                }
            }
        }
    };
    html! {
        @if !steps.is_empty() {
            h3 id={ (id) "-frontier" } { (told.say(Say::FrontierHead)) }
            p { (told.frontier()) }
            @if told.is_limited() {
                div class="plan-frontier" {
                    (drawing::draw(told, &format!("{id}-frontier")))
                    (table.with(&rows))
                }
            }
        }
    }
}

/// Where each process stands, today and after the plan.
pub fn standings(catalogue: &Catalogue, advice: &Advice, lang: Lang, id: &str) -> Markup {
    let told = Telling { catalogue, advice, lang };
    let table_id = format!("{id}-standings-table");
    let table = Table {
        id: &table_id,
        caption: told.say(Say::StandCaption).to_owned(),
        columns: &[
            (Say::ColProcess.text(lang), false),
            (Say::ColBefore.text(lang), true),
            (Say::ColAfter.text(lang), true),
            (Say::ColShortBefore.text(lang), true),
            (Say::ColShortAfter.text(lang), true),
        ],
    };
    let points = |tenths: i64| numbers::short_points(tenths, lang);
    let last = advice.proposal.plan.years.last();
    let rows = html! {
        @for standing in last.into_iter().flat_map(|year| &year.processes) {
            tr {
                th scope="row" class="wide" {
                    (told.process(&standing.process))
                    @if let Some(code) = &standing.after.capped_by {
                        @let control = told.subject(code);
                        br;
                        span class="hint" {
                            (Say::CappedBy.fill(lang, &[("control", &control)]))
                        }
                    }
                }
                td class="number" { (points(standing.before.freeboard)) }
                td class="number" { (points(standing.after.freeboard)) }
                td class="number" { (points(standing.before.shortfall)) }
                td class="number" { (points(standing.after.shortfall)) }
            }
        }
    };
    html! {
        h3 id={ (id) "-standings" } { (told.say(Say::StandHead)) }
        (table.with(&rows))
    }
}

/// What nobody knows and was counted as bad as it can be; opens on demand. Nothing where
/// everything is known.
pub fn assumed(catalogue: &Catalogue, advice: &Advice, lang: Lang, id: &str) -> Markup {
    let told = Telling { catalogue, advice, lang };
    let table_id = format!("{id}-assumed-table");
    let table = Table {
        id: &table_id,
        caption: told.say(Say::AssumedCaption).to_owned(),
        columns: &[
            (Say::ColSubject.text(lang), false),
            (Say::ColProcess.text(lang), false),
            (Say::ColWhy.text(lang), false),
            (Say::ColCounted.text(lang), false),
        ],
    };
    let rows = html! {
        @for one in &advice.assumed {
            tr {
                th scope="row" class="wide" {
                    (told.subject(&one.code)) " " span class="code" { (one_line(&one.code)) }
                }
                td { (told.process(&one.process)) }
                td {
                    (told.say(match one.why {
                        Unknown::NotAnswered => Say::NotAnswered,
                        Unknown::DontKnow => Say::DontKnow,
                    }))
                }
                td { (super::telling::level(one.control, one.counted, lang)) }
            }
        }
    };
    html! {
        @if !advice.assumed.is_empty() {
            h3 id={ (id) "-assumed" } { (told.say(Say::AssumedHead)) }
            p { (told.say(Say::AssumedIntro)) }
            details {
                summary { (told.say(Say::AssumedCaption)) " (" (told.count(advice.assumed.len())) ")" }
                div class="details-body" { (table.with(&rows)) }
            }
        }
    }
}

/// What became of measures that were done: expected beside said and shown, before and since.
pub fn outcomes(
    catalogue: &Catalogue,
    outcomes: &[Outcome],
    lang: Lang,
    id: &str,
) -> Markup {
    html_effect::outcomes(catalogue, outcomes, lang, id)
}
