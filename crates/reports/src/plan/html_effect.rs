//! What became of measures, as a part of a page.

use super::outcome::Telling;
use super::words::Say;
use crate::html::table::Table;
use crate::safe::one_line;
use catalogue::Catalogue;
use maud::{Markup, html};
use model::Lang;
use picture::effect::{Effect, Outcome, Verdict};

/// Each measure with a table of what it should do and what was found.
pub(super) fn outcomes(
    catalogue: &Catalogue,
    outcomes: &[Outcome],
    lang: Lang,
    id: &str,
) -> Markup {
    html! {
        section class="plan-effect" aria-labelledby={ (id) "-effect" } {
            h3 id={ (id) "-effect" } { (Say::EffectHead.text(lang)) }
            p { (Say::EffectIntro.text(lang)) }
            @if outcomes.is_empty() { p { (Say::EffectNone.text(lang)) } }
            @for (at, outcome) in outcomes.iter().enumerate() {
                (one(Telling { catalogue, outcome, lang }, &format!("{id}-effect-{at}")))
            }
        }
    }
}

fn one(told: Telling<'_>, id: &str) -> Markup {
    let outcome = told.outcome;
    html! {
        article class={ "test test--" (class(outcome.verdict)) } aria-labelledby={ (id) "-head" } {
            h4 id={ (id) "-head" } { (told.title()) }
            p class="test-outcome" { (badge(told, outcome.verdict)) }
            p { (told.done()) }
            @if !outcome.effects.is_empty() { (effects(told, id)) }
        }
    }
}

/// The last part of the class of a verdict.
const fn class(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Works => "clear",
        Verdict::Partly | Verdict::NotSeen => "found",
        Verdict::NotAssessable(_) => "unknown",
    }
}

fn badge(told: Telling<'_>, verdict: Verdict) -> Markup {
    html! {
        span class={ "badge badge--" (class(verdict)) } { (told.verdict(verdict)) }
    }
}

fn effects(told: Telling<'_>, id: &str) -> Markup {
    let table_id = format!("{id}-table");
    let title = told.title();
    let table = Table {
        id: &table_id,
        caption: Say::EffectCaption.fill(told.lang, &[("measure", &title)]),
        columns: &[
            (Say::ColSubject.text(told.lang), false),
            (Say::ColExpected.text(told.lang), false),
            (Say::ColSaidBefore.text(told.lang), false),
            (Say::ColSaidSince.text(told.lang), false),
            (Say::ColShownBefore.text(told.lang), false),
            (Say::ColShownSince.text(told.lang), false),
            (Say::ColVerdict.text(told.lang), false),
        ],
    };
    let rows = html! {
        @for effect in &told.outcome.effects { (row(told, effect)) }
    };
    table.with(&rows)
}

fn row(told: Telling<'_>, effect: &Effect) -> Markup {
    let side = effect.side;
    html! {
        tr {
            th scope="row" class="wide" {
                (told.subject(effect)) " " span class="code" { (one_line(&effect.code)) }
                br;
                span class="hint" { (told.process(effect)) }
            }
            td { (told.expected(effect)) }
            td { (told.said(side, &effect.before)) }
            td { (told.said(side, &effect.since)) }
            td { (told.shown(side, &effect.before)) }
            td { (told.shown(side, &effect.since)) }
            td {
                (badge(told, effect.verdict))
                @if let Some(note) = told.note(effect) { " " span class="hint" { (note) } }
            }
        }
    }
}
