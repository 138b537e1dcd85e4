//! The part of the page about one process.

use super::table::Table;
use super::{Part, map, test_card};
use crate::numbers;
use crate::safe::one_line;
use crate::sentences::{Fact, Told, test_name};
use crate::svg;
use crate::words::Word;
use assessment::Shown;
use catalogue::EvidenceFor;
use maud::{Markup, html};
use picture::Tested;
use rules::State;

/// How many tests that found something stand open; the others open on demand.
const OPEN: usize = 6;
/// How many activities without a step are named.
const UNPLACED: usize = 50;

/// The whole part; `several` says that it stands on a page with others.
pub(super) fn section(part: Part<'_>, several: bool) -> Markup {
    let Part { told, id } = part;
    html! {
        section class="process" id=(id) aria-labelledby={ (id) "-head" } {
            // alone on the page, the process is the title of the page
            @let head = if several { told.process() } else { told.say(Word::InShort) };
            h2 id={ (id) "-head" } { (head) }
            (summary(told, several))
            (contents(part))
            (tests(part))
            (shown(part))
            (unjudged(part))
            (map::section(part))
            (notes(part))
            (rests_on(part))
            @if several {
                p class="to-top" { a href="#overview" { (told.say(Word::BackToOverview)) } }
            }
        }
    }
}

fn summary(told: Told<'_>, several: bool) -> Markup {
    html! {
        div class="summary" {
            @if several { p class="summary-head" { (told.say(Word::InShort)) } }
            @for sentence in told.summary() { p { (sentence) } }
            (tally(told))
        }
    }
}

fn tally(told: Told<'_>) -> Markup {
    let states = [State::Found, State::Clear, State::NotAssessable];
    html! {
        ul class="tally" {
            @for (state, number) in states.into_iter().zip(told.outcomes()) {
                li class={ "tally-item tally-item--" (class(state)) } {
                    span class="tally-number" { (told.count(number)) }
                    " "
                    (badge(told, state))
                }
            }
        }
    }
}

/// The last part of the class of a state.
pub(super) const fn class(state: State) -> &'static str {
    match state {
        State::Found => "found",
        State::Clear => "clear",
        State::NotAssessable => "unknown",
    }
}

/// The outcome as a word with a shape of its own.
pub(super) fn badge(told: Told<'_>, state: State) -> Markup {
    let word = match state {
        State::Found => Word::Found,
        State::Clear => Word::Clear,
        State::NotAssessable => Word::NotAssessable,
    };
    html! {
        span class={ "badge badge--" (class(state)) } { (shape(state)) " " (told.say(word)) }
    }
}

/// A triangle, a tick or a ring.
fn shape(state: State) -> Markup {
    html! {
        svg class="shape" aria-hidden="true" width="14" height="14" viewBox="0 0 14 14" {
            @match state {
                State::Found => { path d="M7 1 13.5 13H.5Z" {} }
                State::Clear => { path class="shape-line" d="m1.5 7.5 4 4 7-9" {} }
                State::NotAssessable => { circle class="shape-line" cx="7" cy="7" r="5.5" {} }
            }
        }
    }
}

fn contents(part: Part<'_>) -> Markup {
    let Part { told, id } = part;
    let links = [
        ("tests", Word::TestsHead),
        ("shown", Word::ShownHead),
        ("lacks", Word::LackHead),
        ("map", Word::MapHead),
        ("notes", Word::NotesHead),
        ("log", Word::LogHead),
    ];
    html! {
        nav class="contents" aria-label={ (told.say(Word::InThisPart)) ": " (told.process()) } {
            ul {
                @for (name, word) in links {
                    li { a href={ "#" (id) "-" (name) } { (told.say(word)) } }
                }
            }
        }
    }
}

fn tests(part: Part<'_>) -> Markup {
    let Part { told, id } = part;
    let all = &told.picture.tests;
    html! {
        h3 id={ (id) "-tests" } { (told.say(Word::TestsHead)) }
        @if all.is_empty() {
            p { (told.say(Word::TestsNone)) }
        } @else {
            (tests_table(part))
            @let found: Vec<&Tested> =
                all.iter().filter(|test| test.state == State::Found).collect();
            @for test in found.iter().take(OPEN) { (test_card::card(part, test)) }
            (more_tests(part, Word::TestsFoundMore, found.get(OPEN..).unwrap_or_default()))
            @for (state, word) in [(State::Clear, Word::TestsClear), (State::NotAssessable, Word::TestsUnknown)] {
                @let some: Vec<&Tested> = all.iter().filter(|test| test.state == state).collect();
                (more_tests(part, word, &some))
            }
        }
    }
}

/// Cards that open on demand.
fn more_tests(part: Part<'_>, word: Word, tests: &[&Tested]) -> Markup {
    let told = part.told;
    html! {
        @if !tests.is_empty() {
            details class="more-tests" {
                summary { (told.say(word)) " (" (told.count(tests.len() as u64)) ")" }
                div class="details-body" {
                    @for test in tests { (test_card::card(part, test)) }
                }
            }
        }
    }
}

fn tests_table(part: Part<'_>) -> Markup {
    let Part { told, id } = part;
    let most = svg::scale(&told.picture.tests);
    let table_id = format!("{id}-tests-table");
    let table = Table {
        id: &table_id,
        caption: told.say(Word::TestsCaption).to_owned(),
        columns: &[
            (told.say(Word::Test), false),
            (told.say(Word::Outcome), false),
            (told.say(Word::Counted), true),
            (told.say(Word::ShareWithMargin), false),
            (told.say(Word::Judged), true),
        ],
    };
    let rows = html! {
        @for test in &told.picture.tests {
            tr {
                th scope="row" class="wide" {
                    a href={ "#" (test_card::id(id, test)) } { (told.title(test)) }
                    " " span class="code" { (test.rule) }
                }
                td { (badge(told, test.state)) }
                @if let Some((share, interval)) = test.share.zip(test.interval) {
                    td class="number" { (told.found_of(test)) }
                    td class="share" {
                        span class="share-number" { (numbers::percent(share, told.lang)) } " "
                        span class="share-margin" { "(" (numbers::interval(interval, told.lang)) ")" }
                        (svg::bar(told, share, interval, most))
                    }
                } @else {
                    td class="number quiet" { "–" }
                    td class="quiet" { (told.say(Word::NoShare)) }
                }
                td class="number" {
                    @match test.coverage {
                        Some(coverage) => { (numbers::percent(coverage, told.lang)) }
                        None => { span class="quiet" { "–" } }
                    }
                }
            }
        }
    };
    html! {
        (table.with(&rows))
        p class="hint" {
            (Word::BarScale.fill(told.lang, &[("most", &numbers::whole_percent(most, told.lang))]))
        }
    }
}

fn shown(part: Part<'_>) -> Markup {
    let Part { told, id } = part;
    let all = &told.picture.shown;
    html! {
        h3 id={ (id) "-shown" } { (told.say(Word::ShownHead)) }
        @if all.is_empty() {
            p { (told.say(Word::ShownNone)) }
        } @else {
            p { (told.say(Word::ShownIntro)) }
            @for (controls, name, caption, head) in [
                (true, "controls", Word::ShownControls, Word::ShownControl),
                (false, "circumstances", Word::ShownCircumstances, Word::ShownCircumstance),
            ] {
                @let some: Vec<&Shown> = all
                    .iter()
                    .filter(|shown| matches!(shown.of, EvidenceFor::Control(_)) == controls)
                    .collect();
                @if !some.is_empty() {
                    @let table_id = format!("{id}-{name}");
                    @let table = Table {
                        id: &table_id,
                        caption: told.say(caption).to_owned(),
                        columns: &[(told.say(head), false), (told.say(Word::ShownRange), false), (told.say(Word::ShownTests), false)],
                    };
                    (table.with(&shown_rows(part, &some)))
                }
            }
        }
    }
}

fn shown_rows(part: Part<'_>, all: &[&Shown]) -> Markup {
    let told = part.told;
    html! {
        @for shown in all {
            tr {
                th scope="row" class="wide" {
                    (told.shown_title(&shown.of))
                    @if told.is_key(&shown.of) {
                        " " span class="tag" { (told.say(Word::KeyControl)) }
                    }
                }
                td class=[shown.range.is_err().then_some("quiet")] { (told.shown_range(shown)) }
                td {
                    @for (at, statement) in shown.statements.iter().enumerate() {
                        @if at > 0 { ", " }
                        (test_link(part, &statement.test))
                    }
                }
            }
        }
    }
}

/// A link to the test with this name, or the name where it has no place on the page.
pub(super) fn test_link(part: Part<'_>, name: &str) -> Markup {
    let found = part.told.picture.tests.iter().find(|test| test_name(test) == name);
    html! {
        @match found {
            Some(test) => {
                a href={ "#" (test_card::id(part.id, test)) } title=(part.told.title(test)) { (test.rule) }
            }
            None => { (one_line(name)) }
        }
    }
}

fn unjudged(part: Part<'_>) -> Markup {
    let Part { told, id } = part;
    let all = told.unjudged();
    let table_id = format!("{id}-lacks-table");
    let table = Table {
        id: &table_id,
        caption: told.say(Word::LackCaption).to_owned(),
        columns: &[
            (told.say(Word::Test), false),
            (told.say(Word::Judged), true),
            (told.say(Word::LackWhy), false),
        ],
    };
    let rows = html! {
        @for (test, reasons) in &all {
            tr {
                th scope="row" class="wide" {
                    a href={ "#" (test_card::id(id, test)) } { (told.title(test)) }
                    " " span class="code" { (test.rule) }
                }
                td class="number" {
                    @match test.coverage {
                        Some(coverage) => { (numbers::percent(coverage, told.lang)) }
                        None => { span class="quiet" { "–" } }
                    }
                }
                td class="wide" {
                    ul class="plain" { @for reason in reasons { li { (reason) } } }
                }
            }
        }
    };
    html! {
        h3 id={ (id) "-lacks" } { (told.say(Word::LackHead)) }
        @if all.is_empty() {
            p { (told.say(Word::LackAll)) }
        } @else {
            p { (told.say(Word::LackIntro)) }
            (table.with(&rows))
            (needs(part))
        }
    }
}

fn needs(part: Part<'_>) -> Markup {
    let Part { told, id } = part;
    let all = told.needs();
    let table_id = format!("{id}-needs");
    let table = Table {
        id: &table_id,
        caption: told.say(Word::NeedCaption).to_owned(),
        columns: &[(told.say(Word::Need), false), (told.say(Word::NeedFor), false)],
    };
    let rows = html! {
        @for need in &all {
            tr {
                th scope="row" class="wide" { (need.what) }
                td { (need.tests.join(", ")) }
            }
        }
    };
    html! {
        @if !all.is_empty() {
            h4 { (told.say(Word::NeedHead)) }
            (table.with(&rows))
        }
    }
}

fn notes(part: Part<'_>) -> Markup {
    let Part { told, id } = part;
    let log = &told.picture.log;
    let table_id = format!("{id}-notes-table");
    let table = Table {
        id: &table_id,
        caption: told.say(Word::NotesCaption).to_owned(),
        columns: &[(told.say(Word::Note), false), (told.say(Word::HowOften), true)],
    };
    let rows = html! {
        @for (kind, number) in &log.notes {
            tr {
                th scope="row" class="wide" { (kind.phrase(told.lang)) }
                td class="number" { (told.count(*number)) }
            }
        }
    };
    html! {
        h3 id={ (id) "-notes" } { (told.say(Word::NotesHead)) }
        @if log.notes.is_empty() {
            p { (told.say(Word::NotesNone)) }
        } @else {
            (table.with(&rows))
        }
        @if !log.unplaced.is_empty() { (unplaced(part)) }
    }
}

fn unplaced(part: Part<'_>) -> Markup {
    let Part { told, id } = part;
    let all = &told.picture.log.unplaced;
    let table_id = format!("{id}-unplaced");
    let table = Table {
        id: &table_id,
        caption: told.say(Word::UnplacedCaption).to_owned(),
        columns: &[(told.say(Word::Activity), false), (told.say(Word::HowOften), true)],
    };
    let rows = html! {
        @for (activity, number) in all.iter().take(UNPLACED) {
            tr {
                th scope="row" class="wide" { bdi { (one_line(activity)) } }
                td class="number" { (told.count(*number)) }
            }
        }
    };
    let more = all.len().saturating_sub(UNPLACED) as u64;
    html! {
        h4 { (told.say(Word::UnplacedHead)) }
        p { (told.say(Word::UnplacedIntro)) }
        (table.with(&rows))
        @if more > 0 {
            p { (Word::UnplacedMore.fill(told.lang, &[("count", &told.count(more))])) }
        }
    }
}

fn rests_on(part: Part<'_>) -> Markup {
    let Part { told, id } = part;
    html! {
        h3 id={ (id) "-log" } { (told.say(Word::LogHead)) }
        (facts(told, &told.facts()))
    }
}

/// Labels with what belongs to them.
pub(super) fn facts(told: Told<'_>, facts: &[Fact]) -> Markup {
    html! {
        dl class="facts" {
            @for (label, text) in facts {
                div { dt { (told.say(*label)) } dd { (text) } }
            }
        }
    }
}
