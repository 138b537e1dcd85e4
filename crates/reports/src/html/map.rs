//! The process map on the page: drawing, what is left out, and the same data as tables.

use super::Part;
use super::process::test_link;
use super::table::Table;
use crate::map_choice::{Choice, choose};
use crate::numbers;
use crate::safe::one_line;
use crate::sentences::Told;
use crate::svg;
use crate::words::Word;
use maud::{Markup, html};
use picture::{Node, ProcessMap};

/// How many activities the table holds.
const NODES: usize = 300;
/// How many transitions the table holds.
const EDGES: usize = 150;

/// The part of the page with the map.
pub(super) fn section(part: Part<'_>) -> Markup {
    let Part { told, id } = part;
    let map = &told.picture.map;
    let choice = choose(map);
    html! {
        h3 id={ (id) "-map" } { (told.say(Word::MapHead)) }
        @if map.edges.is_empty() {
            p { (told.say(Word::MapNone)) }
        } @else {
            p { (told.say(Word::MapIntro)) " " (told.say(Word::MapMarks)) }
            div class="scroll scroll--map" role="group" tabindex="0"
                aria-label={ (told.say(Word::MapRegion)) ": " (told.process()) } {
                (svg::map(told, &choice, &format!("{id}-drawing")))
            }
            p class="hint" { (left_out(told, map, &choice)) }
        }
        @if !map.nodes.is_empty() {
            details {
                summary { (told.say(Word::MapTables)) }
                div class="details-body" {
                    (nodes(part, map))
                    @if !map.edges.is_empty() { (edges(part, map)) }
                }
            }
        }
    }
}

/// What the drawing holds of the whole, in one or two sentences.
fn left_out(told: Told<'_>, map: &ProcessMap, choice: &Choice) -> String {
    let all = told.count(map.edges.len() as u64);
    let mut said = match choice.covered {
        Some(share) if choice.shown < map.edges.len() => Word::MapPart.fill(
            told.lang,
            &[
                ("edges", &told.count(choice.shown as u64)),
                ("all", &all),
                ("share", &numbers::percent(share, told.lang)),
            ],
        ),
        _ if map.edges.len() == 1 => told.say(Word::MapAllOne).to_owned(),
        _ => Word::MapAll.fill(told.lang, &[("edges", &all)]),
    };
    match map.nodes.len().saturating_sub(choice.nodes.len()) as u64 {
        0 => {}
        1 => said.extend([" ", told.say(Word::MapHiddenOne)]),
        more => {
            let hidden = Word::MapHidden.fill(told.lang, &[("count", &told.count(more))]);
            said.extend([" ", &hidden]);
        }
    }
    said
}

/// "The 150 most frequent of 843", or the plain caption where all are shown.
fn caption(told: Told<'_>, shown: usize, all: usize, plain: Word, some: Word) -> String {
    if shown >= all {
        return told.say(plain).to_owned();
    }
    let (shown, all) = (told.count(shown as u64), told.count(all as u64));
    some.fill(told.lang, &[("shown", &shown), ("all", &all)])
}

fn nodes(part: Part<'_>, map: &ProcessMap) -> Markup {
    let Part { told, id } = part;
    let table_id = format!("{id}-map-nodes");
    let all = map.nodes.len();
    let table = Table {
        id: &table_id,
        caption: caption(told, NODES, all, Word::MapNodesCaption, Word::MapNodesSome),
        columns: &[
            (told.say(Word::Activity), false),
            (told.say(Word::MapSteps), false),
            (told.say(Word::HowOften), true),
            (told.say(Word::MapInCases), true),
            (told.say(Word::MapStarts), true),
            (told.say(Word::MapEnds), true),
            (told.say(Word::MapFoundBy), false),
        ],
    };
    let rows = html! {
        @for node in map.nodes.iter().take(NODES) {
            tr {
                th scope="row" class="wide" { bdi { (one_line(&node.activity)) } }
                td class="wide" { (steps(told, node)) }
                @for number in [node.events, node.cases, node.starts, node.ends] {
                    td class="number" { (told.count(number)) }
                }
                td {
                    @for (at, name) in node.found_by.iter().enumerate() {
                        @if at > 0 { ", " }
                        (test_link(part, name))
                    }
                    @if node.found_by.is_empty() { span class="quiet" { (told.say(Word::MapNoStep)) } }
                }
            }
        }
    };
    table.with(&rows)
}

fn steps(told: Told<'_>, node: &Node) -> Markup {
    let title = |step: &String| {
        told.catalogue.step_title(told.picture.process, step, told.lang).to_owned()
    };
    let titles: Vec<String> = node.steps.iter().map(title).collect();
    html! {
        @if titles.is_empty() {
            span class="quiet" { (told.say(Word::MapNoStep)) }
        } @else {
            (one_line(&titles.join("; ")))
        }
    }
}

fn edges(part: Part<'_>, map: &ProcessMap) -> Markup {
    let Part { told, id } = part;
    let table_id = format!("{id}-map-edges");
    let all = map.edges.len();
    let table = Table {
        id: &table_id,
        caption: caption(told, EDGES, all, Word::MapEdgesCaption, Word::MapEdgesSome),
        columns: &[
            (told.say(Word::From), false),
            (told.say(Word::To), false),
            (told.say(Word::Count), true),
            (told.say(Word::MedianTime), true),
        ],
    };
    let name = |at: usize| map.nodes.get(at).map_or("", |node| node.activity.as_str());
    let rows = html! {
        @for edge in map.edges.iter().take(EDGES) {
            tr {
                th scope="row" class="wide" { bdi { (one_line(name(edge.from))) } }
                td class="wide" { bdi { (one_line(name(edge.to))) } }
                td class="number" { (told.count(edge.count)) }
                td class="number" {
                    @match edge.median_seconds {
                        Some(seconds) => { (numbers::duration(seconds, told.lang)) }
                        None => { span class="quiet" { (told.say(Word::Unknown)) } }
                    }
                }
            }
        }
    };
    table.with(&rows)
}
