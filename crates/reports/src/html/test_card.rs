//! One control test: outcome, explanation, figures and findings with their rows.

use super::Part;
use super::process::{badge, class, facts};
use super::table::Table;
use crate::numbers;
use crate::safe::one_line;
use crate::sentences::{Told, test_name};
use crate::svg;
use crate::words::Word;
use findings::{Finding, Life};
use maud::{Markup, html};
use picture::Tested;
use rules::State;

/// The name of the card of a test on the page.
pub(super) fn id(part: &str, test: &Tested) -> String {
    let letter = |sign: char| {
        if sign.is_ascii_alphanumeric() { sign.to_ascii_lowercase() } else { '-' }
    };
    let name: String = test_name(test).chars().map(letter).collect();
    format!("{part}-test-{name}")
}

/// What the card says, for a page about this test alone: its headings begin at level 3.
pub(super) fn whole(part: Part<'_>, test: &Tested) -> Markup {
    let told = part.told;
    html! {
        p class="test-outcome" { (badge(told, test.state)) }
        (outcome(told, test))
        (explanation(told, test))
        (how_to(told, test))
        details {
            summary { (told.say(Word::Particulars)) }
            div class="details-body" { (facts(told, &told.particulars(test))) }
        }
    }
}

/// The card.
pub(super) fn card(part: Part<'_>, test: &Tested) -> Markup {
    let told = part.told;
    let id = id(part.id, test);
    html! {
        article class={ "test test--" (class(test.state)) } id=(id) aria-labelledby={ (id) "-head" } {
            h4 id={ (id) "-head" } { (told.title(test)) " " span class="code" { (test.rule) } }
            p class="test-outcome" { (badge(told, test.state)) }
            (outcome(told, test))
            (explanation(told, test))
            (how_to(told, test))
            details {
                summary { (told.say(Word::Particulars)) }
                div class="details-body" { (facts(told, &told.particulars(test))) }
            }
            @if !test.samples.is_empty() { (samples(told, test, &id)) }
        }
    }
}

fn outcome(told: Told<'_>, test: &Tested) -> Markup {
    let numbers = test.share.zip(test.interval);
    html! {
        @match (test.state, numbers) {
            (State::Found, Some((share, interval))) => {
                p class="test-figure" {
                    strong { (told.found_in_words(test)) }
                    " "
                    (svg::bar(told, share, interval, svg::scale(&told.picture.tests)))
                }
            }
            (State::Clear, Some(_)) => { p { (told.clear_in_words(test)) } }
            _ => {
                @for reason in told.reasons(test) { p { (reason) } }
                @if test.subjects == 0 && test.lacks.is_empty() { p { (told.say(Word::LackNothing)) } }
            }
        }
        @if test.by_order > 0 { p class="hint" { (told.by_order(test)) "." } }
    }
}

fn explanation(told: Told<'_>, test: &Tested) -> Markup {
    let harmless = harmless(told, test);
    html! {
        dl class="about" {
            @for (key, word) in [("what", Word::WhatItSees), ("why", Word::WhyItMatters)] {
                @if let Some(text) = told.text_of(test, key) {
                    div { dt { (told.say(word)) } dd { (text) } }
                }
            }
            @if !harmless.is_empty() {
                div {
                    dt { (told.say(Word::WhenHarmless)) }
                    dd { ul { @for text in harmless { li { (text) } } } }
                }
            }
        }
    }
}

fn harmless<'a>(told: Told<'a>, test: &Tested) -> Vec<&'a str> {
    let Some(rule) = told.rule(test) else { return Vec::new() };
    let text = |name: &String| rule.texts.find(told.lang, &format!("harmless.{name}"));
    rule.harmless.iter().filter_map(text).collect()
}

fn how_to(told: Told<'_>, test: &Tested) -> Markup {
    let text = |key| told.text_of(test, key);
    html! {
        details {
            summary { (told.say(Word::AboutTheTest)) }
            div class="details-body" {
                @if let Some(steps) = text("how_to_check") {
                    h5 { (told.say(Word::HowToCheck)) }
                    (numbered(steps))
                }
                @if let Some(story) = text("story") {
                    h5 { (told.say(Word::Story)) }
                    p { (story) }
                }
                @if let Some(basis) = text("basis") {
                    h5 { (told.say(Word::Basis)) }
                    p { (basis) }
                }
            }
        }
    }
}

/// Lines that begin with a number become a list; other text stays a paragraph a line.
fn numbered(text: &str) -> Markup {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let item = |line: &'_ str| {
        let (number, rest) = line.split_once(". ")?;
        number.parse::<u32>().ok()?;
        Some(rest.to_owned())
    };
    let items: Option<Vec<String>> = lines.clone().map(item).collect();
    html! {
        @match items {
            Some(items) => { ol { @for item in items { li { (item) } } } }
            None => { @for line in lines { p { (line) } } }
        }
    }
}

fn samples(told: Told<'_>, test: &Tested, id: &str) -> Markup {
    let (shown, all) = (test.samples.len() as u64, test.found);
    let word = match (shown, shown < all) {
        (1, true) => Word::FindingsFirstOne,
        (_, true) => Word::FindingsFirst,
        (1, false) => Word::FindingsOne,
        (_, false) => Word::FindingsAll,
    };
    let values = [("shown", &*told.count(shown)), ("all", &*told.count(all.max(shown)))];
    let title = word.fill(told.lang, &values);
    html! {
        details {
            summary { (title) }
            div class="details-body" {
                @for (at, finding) in test.samples.iter().enumerate() {
                    (sample(told, finding, all_rows(test, at), &format!("{id}-{at}")))
                }
            }
        }
    }
}

/// How many rows a sample has in all.
fn all_rows(test: &Tested, at: usize) -> u64 {
    test.sample_rows.get(at).copied().unwrap_or(0)
}

fn sample(told: Told<'_>, finding: &Finding, all_rows: u64, id: &str) -> Markup {
    let shown = finding.rows.len() as u64;
    let values = [("shown", &*told.count(shown)), ("all", &*told.count(all_rows))];
    let first_rows = Word::RowsFirst.fill(told.lang, &values);
    let life = match finding.life {
        Life::Opened => told.say(Word::FindingOpened).to_owned(),
        Life::Carried => {
            let date = numbers::date(finding.first_seen, told.lang);
            Word::FindingCarried.fill(told.lang, &[("date", &date)])
        }
        Life::Closed => told.say(Word::FindingClosed).to_owned(),
    };
    html! {
        div class="finding" {
            h5 { bdi { (told.subject(finding)) } }
            p class="hint" { span class="code" { (finding.id) } ", " (life) "." }
            @if let Some(measure) = told.measure(finding) { p { (measure) } }
            @if finding.by_order { p class="hint" { (told.say(Word::FindingOrder)) } }
            @if finding.rows.is_empty() {
                p { (told.say(Word::FindingNoRows)) }
            } @else {
                (rows(told, finding, id))
                @if shown < all_rows { p class="hint" { (first_rows) } }
            }
        }
    }
}

fn rows(told: Told<'_>, finding: &Finding, id: &str) -> Markup {
    let table_id = format!("{id}-rows");
    // where the finding is a case, its name stands above the table already
    let one_case = finding.rows.iter().all(|row| row.case == finding.subject);
    let mut columns = vec![
        (told.say(Word::Activity), false),
        (told.say(Word::When), false),
        (told.say(Word::Who), false),
    ];
    columns.extend((!one_case).then_some((told.say(Word::KindCase), false)));
    columns.extend([(told.say(Word::File), false), (told.say(Word::Line), true)]);
    let table = Table {
        id: &table_id,
        caption: Word::RowsCaption
            .fill(told.lang, &[("subject", &told.subject(finding))]),
        columns: &columns,
    };
    let rows = html! {
        @for row in &finding.rows {
            tr {
                th scope="row" class="wide" { bdi { (one_line(&row.activity)) } }
                td class="nowrap" {
                    @match &row.time {
                        Some(time) => { (numbers::iso(time, told.lang)) }
                        None => { span class="quiet" { (told.say(Word::TimeUnknown)) } }
                    }
                }
                td {
                    @match &row.who {
                        Some(who) => { bdi class="code" { (one_line(who)) } }
                        None => { span class="quiet" { (told.say(Word::WhoUnknown)) } }
                    }
                }
                @if !one_case { td { bdi { (one_line(&row.case)) } } }
                td {
                    @match told.picture.files.get(usize::from(row.file)) {
                        Some(file) => { bdi { (one_line(file)) } }
                        None => { span class="quiet" { (told.say(Word::Unknown)) } }
                    }
                }
                td class="number" { (row.number.to_string()) }
            }
        }
    };
    table.with(&rows)
}
