//! A plan, and what became of measures, for a terminal.

use super::outcome::Telling as Outcomes;
use super::telling::{MISSED, Telling};
use super::words::Say;
use crate::numbers;
use crate::safe::one_line;
use crate::text::Style;
use crate::text::layout::{Column, Page, Tint};
use ::plan::{Advice, Chosen, Step};
use catalogue::Catalogue;
use model::{Lang, Ppm};
use picture::effect::{Outcome, Verdict};

/// The plan in a few readable lines. Ends with a line break.
pub fn plan(catalogue: &Catalogue, advice: &Advice, lang: Lang, style: Style) -> String {
    let told = Telling { catalogue, advice, lang };
    let mut page = Page::new(style.width, style.colour);
    page.title(told.say(Say::Head));
    page.paragraph(&told.summary().join(" "));
    let cautions = told.cautions();
    if !cautions.is_empty() {
        page.gap();
        page.paragraph(&cautions.join(" "));
    }
    measures(&mut page, told);
    missed(&mut page, told);
    frontier(&mut page, told);
    standings(&mut page, told);
    let in_place = &advice.proposal.plan.in_place;
    if !in_place.is_empty() {
        page.heading(told.say(Say::InPlaceHead));
        let values = [("measures", &*told.all_named(in_place))];
        page.paragraph(&Say::InPlace.fill(lang, &values));
    }
    page.gap();
    page.paragraph(&told.units());
    page.finish()
}

fn measures(page: &mut Page, told: Telling<'_>) {
    let plan = &told.advice.proposal.plan;
    if plan.chosen.is_empty() {
        return;
    }
    page.heading(told.say(Say::ListHead));
    let several = told.advice.capacity.len() > 1;
    let mut columns = vec![
        Column::fixed(""),
        Column::flowing(told.say(Say::ColMeasure)),
        Column::right(told.say(Say::ColYear)),
        Column::right(told.say(Say::ColHours)),
        Column::right(told.say(Say::ColHoursYearly)),
        Column::right(told.say(Say::ColEuros)),
    ];
    if !several {
        columns.remove(2);
    }
    let row = |chosen: &Chosen| {
        let cost = &chosen.cost;
        let year = told.count(chosen.year);
        let mut row = vec![
            one_line(&chosen.code).into_owned(),
            told.title(&chosen.code).into_owned(),
            Say::InYear.fill(told.lang, &[("year", &year)]),
            numbers::count(cost.hours_once, told.lang),
            numbers::count(cost.hours_yearly, told.lang),
            told.euros(cost.euros_once + cost.euros_yearly),
        ];
        if !several {
            row.remove(2);
        }
        row
    };
    let rows: Vec<Vec<String>> = plan.chosen.iter().map(row).collect();
    let why: Vec<Option<String>> =
        plan.chosen.iter().map(|chosen| Some(told.why(chosen))).collect();
    page.table(&columns, &rows, &why);
}

fn missed(page: &mut Page, told: Telling<'_>) {
    page.heading(told.say(Say::MissedHead));
    let missed = &told.advice.proposal.plan.missed;
    if missed.is_empty() {
        page.paragraph(told.say(Say::MissedNone));
        return;
    }
    for missed in missed.iter().take(MISSED) {
        page.paragraph(&told.missed(missed));
    }
    if let Some(more) = told.missed_more() {
        page.paragraph(&more);
    }
}

fn frontier(page: &mut Page, told: Telling<'_>) {
    let steps = &told.advice.proposal.frontier;
    if steps.is_empty() {
        return;
    }
    page.heading(told.say(Say::FrontierHead));
    page.paragraph(&told.frontier());
    if !told.is_limited() {
        return;
    }
    let columns = [
        Column::right(""),
        Column::flowing(told.say(Say::ColShare)),
        Column::right(told.say(Say::ColRemoved)),
        Column::right(""),
        Column::flowing(told.say(Say::ColChange)),
    ];
    let row = |step: &Step| {
        let percent = Ppm(step.percent.saturating_mul(10_000));
        let mut row =
            vec![numbers::whole_percent(percent, told.lang), told.step_hours(step)];
        match &step.reached {
            Some(reached) => row.extend([
                numbers::short_points(reached.removed_tenths, told.lang),
                told.percent(reached.removed_tenths),
                told.change(step, reached),
            ]),
            None => row.extend([
                String::new(),
                String::new(),
                told.say(Say::DoesNotFit).to_owned(),
            ]),
        }
        row
    };
    let rows: Vec<Vec<String>> = steps.iter().map(row).collect();
    page.table(&columns, &rows, &[]);
}

fn standings(page: &mut Page, told: Telling<'_>) {
    let Some(last) = told.advice.proposal.plan.years.last() else { return };
    page.heading(told.say(Say::StandHead));
    let columns = [
        Column::flowing(told.say(Say::ColProcess)),
        Column::right(told.say(Say::ColBefore)),
        Column::right(told.say(Say::ColAfter)),
        Column::right(told.say(Say::ColShortBefore)),
        Column::right(told.say(Say::ColShortAfter)),
    ];
    let points = |tenths: i64| numbers::short_points(tenths, told.lang);
    let mut rows = Vec::new();
    let mut capped = Vec::new();
    for standing in &last.processes {
        rows.push(vec![
            told.process(&standing.process),
            points(standing.before.freeboard),
            points(standing.after.freeboard),
            points(standing.before.shortfall),
            points(standing.after.shortfall),
        ]);
        capped.push(standing.after.capped_by.as_ref().map(|code| {
            Say::CappedBy.fill(told.lang, &[("control", &told.subject(code))])
        }));
    }
    page.table(&columns, &rows, &capped);
}

/// What became of measures that were done: expected beside said and shown. Ends with a line
/// break.
pub fn outcomes(
    catalogue: &Catalogue,
    outcomes: &[Outcome],
    lang: Lang,
    style: Style,
) -> String {
    let mut page = Page::new(style.width, style.colour);
    page.title(Say::EffectHead.text(lang));
    page.paragraph(Say::EffectIntro.text(lang));
    if outcomes.is_empty() {
        page.paragraph(Say::EffectNone.text(lang));
    }
    for outcome in outcomes {
        let told = Outcomes { catalogue, outcome, lang };
        page.heading(&told.title());
        page.paragraph(&told.done());
        page.tinted(&told.verdict_with_sign(), tint(outcome.verdict));
        let columns = [
            Column::flowing(Say::ColSubject.text(lang)),
            Column::flowing(Say::ColExpected.text(lang)),
            Column::flowing(Say::ColSaidSince.text(lang)),
            Column::flowing(Say::ColShownSince.text(lang)),
            Column::flowing(Say::ColVerdict.text(lang)),
        ];
        let rows: Vec<Vec<String>> = outcome
            .effects
            .iter()
            .map(|effect| {
                let was = |before: String, since: String| format!("{before} → {since}");
                vec![
                    format!("{}: {}", told.process(effect), told.subject(effect)),
                    told.expected(effect),
                    was(
                        told.said(effect.side, &effect.before),
                        told.said(effect.side, &effect.since),
                    ),
                    was(
                        told.shown(effect.side, &effect.before),
                        told.shown(effect.side, &effect.since),
                    ),
                    told.verdict(effect.verdict).to_owned(),
                ]
            })
            .collect();
        let notes: Vec<Option<String>> =
            outcome.effects.iter().map(|effect| told.note(effect)).collect();
        page.table(&columns, &rows, &notes);
    }
    page.finish()
}

const fn tint(verdict: Verdict) -> Tint {
    match verdict {
        Verdict::Works => Tint::Clear,
        Verdict::Partly | Verdict::NotSeen => Tint::Found,
        Verdict::NotAssessable(_) => Tint::Unknown,
    }
}
