//! The process map as a drawing.

use super::{line, px};
use crate::map_choice::Choice;
use crate::map_layout::{Graph, Layout, Link, Place, Route, layout};
use crate::numbers;
use crate::safe::one_line;
use crate::sentences::Told;
use crate::words::Word;
use maud::{Markup, html};
use picture::{Edge, Node};
use std::collections::BTreeSet;
use unicode_width::UnicodeWidthStr;

/// Signs on a line of a box; longer names wrap.
const SIGNS: usize = 22;
/// The least and the greatest width of a box.
const NARROWEST: f64 = 130.0;
const WIDEST: f64 = 240.0;
/// Lines of a name; what is left over ends in an ellipsis.
const LINES: usize = 3;
const LINE: f64 = 17.0;
const PADDING: f64 = 9.0;
/// Room for the triangle before a code.
const FLAG: f64 = 17.0;
const THINNEST: f64 = 1.2;
const THICKEST: f64 = 6.0;

/// What is written in one box.
struct Card {
    title: String,
    name: Vec<String>,
    small: Vec<String>,
    found: Option<String>,
    round: bool,
}

/// What is drawn as a line: a transition or the way from the beginning or to the end.
struct Drawn {
    from: usize,
    to: usize,
    count: u64,
    label: Vec<String>,
    title: String,
    outer: bool,
}

/// Draws the chosen part of the map; `id` makes the names of its parts unique on the page.
pub(crate) fn draw(told: Told<'_>, choice: &Choice, id: &str) -> Markup {
    let (cards, top, bottom) = cards(told, choice);
    let drawn = lines(told, choice, top, bottom);
    let graph = Graph {
        boxes: cards.iter().map(size).collect(),
        links: drawn.iter().map(link).collect(),
        top,
        bottom,
    };
    let placed = layout(&graph);
    let most = drawn.iter().map(|line| line.count).max().unwrap_or(1);
    let (title, description) = (format!("{id}-title"), format!("{id}-desc"));
    let (width, height) = (px(placed.width), px(placed.height));
    html! {
        svg class="map" role="img" aria-labelledby=(title) aria-describedby=(description)
            width=(width) height=(height) viewBox={ "0 0 " (width) " " (height) } {
            title id=(title) { (Word::MapTitle.fill(told.lang, &[("process", told.process())])) }
            desc id=(description) { (describe(told, choice)) }
            @for (line, route) in drawn.iter().zip(&placed.routes) {
                (stroke(line, route, most))
            }
            @for (line, route) in drawn.iter().zip(&placed.routes) {
                (label(line, route.label))
            }
            (boxes(&cards, &placed))
        }
    }
}

fn describe(told: Told<'_>, choice: &Choice) -> String {
    let map = &told.picture.map;
    let name = |at: usize| map.nodes.get(at).map_or("", |node| node.activity.as_str());
    let Some(first) = map.edges.first() else { return String::new() };
    let values = [
        ("nodes", told.count(choice.nodes.len() as u64)),
        ("edges", told.count(choice.edges.len() as u64)),
        ("from", one_line(name(first.from)).into_owned()),
        ("to", one_line(name(first.to)).into_owned()),
        ("count", told.count(first.count)),
    ];
    Word::MapDesc
        .fill(told.lang, &values.each_ref().map(|(key, text)| (*key, text.as_str())))
}

/// One card for each activity drawn, then one for the beginning and one for the end.
fn cards(told: Told<'_>, choice: &Choice) -> (Vec<Card>, Option<usize>, Option<usize>) {
    let nodes = &told.picture.map.nodes;
    let mut cards: Vec<Card> = choice
        .nodes
        .iter()
        .filter_map(|at| {
            nodes.get(*at).map(|node| card(told, node, choice.loops.get(at)))
        })
        .collect();
    let mut pill = |word: Word, wanted: bool| {
        wanted.then(|| {
            let name = told.say(word).to_owned();
            cards.push(Card {
                title: name.clone(),
                name: vec![name],
                small: Vec::new(),
                found: None,
                round: true,
            });
            cards.len() - 1
        })
    };
    let top = pill(Word::MapStart, !choice.starts.is_empty());
    let bottom = pill(Word::MapEnd, !choice.ends.is_empty());
    (cards, top, bottom)
}

fn card(told: Told<'_>, node: &Node, repeated: Option<&u64>) -> Card {
    let mut small = vec![told.counted(node.events, Word::Time, Word::Times)];
    if let Some(count) = repeated {
        small.push(Word::MapRepeats.fill(told.lang, &[("count", &told.count(*count))]));
    }
    let activity = one_line(&node.activity).into_owned();
    let name =
        if activity.trim().is_empty() { vec!["–".to_owned()] } else { wrap(&activity) };
    Card { title: activity, name, small, found: found(&node.found_by), round: false }
}

/// The codes of the rules that found something, two at most.
fn found(found_by: &[String]) -> Option<String> {
    let codes: BTreeSet<&str> =
        found_by.iter().map(|name| name.split(':').next().unwrap_or(name)).collect();
    let first: Vec<&str> = codes.iter().copied().take(2).collect();
    match (first.is_empty(), codes.len()) {
        (true, _) => None,
        (false, ..=2) => Some(first.join(", ")),
        (false, more) => Some(format!("{} +{}", first.join(", "), more - 2)),
    }
}

/// Wraps a name, long words also after signs that join (`_`, `+`, `-`, `/`, `.`).
fn wrap(name: &str) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    for word in name.split_inclusive([' ', '_', '+', '-', '/', '.']) {
        let fits = lines
            .last()
            .is_some_and(|line| line.width() + word.trim_end().width() <= SIGNS);
        if fits && let Some(line) = lines.last_mut() {
            line.push_str(word);
        } else {
            lines.extend(crate::text::wrap(word, SIGNS));
            // only a word in one piece keeps its space for what follows
            if word.width() <= SIGNS
                && let Some(line) = lines.last_mut()
            {
                line.clear();
                line.push_str(word);
            }
        }
    }
    let mut lines: Vec<String> = lines
        .iter()
        .map(|line| line.trim().to_owned())
        .filter(|line| !line.is_empty())
        .collect();
    if lines.len() > LINES {
        lines.truncate(LINES);
        if let Some(last) = lines.last_mut() {
            while last.width() >= SIGNS {
                last.pop();
            }
            last.push('…');
        }
    }
    lines
}

/// The width of a text at the size of the drawing, by the widest usual font.
fn measure(text: &str) -> f64 {
    let sign = |sign: char| match sign {
        'i' | 'j' | 'l' | 't' | 'f' | '.' | ',' | '\'' | ' ' => 5.2,
        'm' | 'w' | 'M' | 'W' => 13.0,
        sign if sign.is_ascii_uppercase() || sign.is_ascii_digit() => 9.8,
        sign if sign.is_ascii() => 8.6,
        _ => 13.0,
    };
    text.chars().map(sign).sum()
}

fn size(card: &Card) -> (f64, f64) {
    let widest =
        card.name.iter().chain(&card.small).map(|line| measure(line)).fold(0.0, f64::max);
    let found = card.found.as_ref().map_or(0.0, |found| measure(found) + FLAG);
    let width = widest.max(found) + 2.0 * PADDING;
    if card.round {
        return (width.max(64.0), LINE + PADDING * 1.4);
    }
    let lines = card.name.len() + card.small.len() + usize::from(card.found.is_some());
    let foot = if card.found.is_some() { 8.0 } else { 0.0 };
    (width.clamp(NARROWEST, WIDEST), lines as f64 * LINE + 2.0 * PADDING + foot)
}

fn lines(
    told: Told<'_>,
    choice: &Choice,
    top: Option<usize>,
    bottom: Option<usize>,
) -> Vec<Drawn> {
    let map = &told.picture.map;
    let card_of = |node: usize| choice.nodes.binary_search(&node).ok();
    let times =
        |count: u64| Word::MapTimes.fill(told.lang, &[("count", &told.count(count))]);
    let outer = |node: &usize, count: u64, begin: bool| {
        let card = card_of(*node)?;
        let (from, to) = if begin { (top?, card) } else { (card, bottom?) };
        Some(Drawn {
            from,
            to,
            count,
            label: vec![times(count)],
            title: times(count),
            outer: true,
        })
    };
    let transition = |edge: &Edge| {
        let name =
            |at: usize| map.nodes.get(at).map_or("", |node| node.activity.as_str());
        let mut label = vec![times(edge.count)];
        label.extend(
            edge.median_seconds.map(|seconds| numbers::duration(seconds, told.lang)),
        );
        let title =
            format!("{} → {}: {}", name(edge.from), name(edge.to), label.join(", "));
        let title = one_line(&title).into_owned();
        let (from, to) = (card_of(edge.from)?, card_of(edge.to)?);
        Some(Drawn { from, to, count: edge.count, label, title, outer: false })
    };
    let count = |at: &usize, of: fn(&Node) -> u64| map.nodes.get(*at).map_or(0, of);
    let mut all: Vec<Drawn> = choice
        .starts
        .iter()
        .filter_map(|at| outer(at, count(at, |n| n.starts), true))
        .collect();
    all.extend(
        choice.edges.iter().filter_map(|at| map.edges.get(*at)).filter_map(transition),
    );
    all.extend(
        choice.ends.iter().filter_map(|at| outer(at, count(at, |n| n.ends), false)),
    );
    all
}

fn link(line: &Drawn) -> Link {
    let widest = line.label.iter().map(|text| text.width()).max().unwrap_or(0);
    let height = line.label.len() as f64 * (LINE - 2.0) + 4.0;
    Link {
        from: line.from,
        to: line.to,
        weight: line.count,
        label: (widest as f64 * 7.2 + 6.0, height),
    }
}

/// How thick a line is: by the share of the most frequent one.
fn thickness(count: u64, most: u64) -> f64 {
    THINNEST + (THICKEST - THINNEST) * (count as f64 / most.max(1) as f64).sqrt()
}

fn stroke(line: &Drawn, route: &Route, most: u64) -> Markup {
    let thick = thickness(line.count, most);
    let head = 5.0 + thick;
    let Some(&end) = route.points.last() else { return html! {} };
    let base = if route.back { end.1 + head } else { end.1 - head };
    let mut points = route.points.clone();
    points.pop();
    points.push((end.0, base));
    let path = line::path(&points);
    let wing = 3.0 + thick * 0.75;
    let arrow = format!(
        "{},{} {},{} {},{}",
        px(end.0),
        px(end.1),
        px(end.0 - wing),
        px(base),
        px(end.0 + wing),
        px(base)
    );
    let class = match (line.outer, route.back) {
        (true, _) => "map-line map-line--outer",
        (false, true) => "map-line map-line--back",
        (false, false) => "map-line",
    };
    html! {
        g class=(class) {
            title { (line.title) }
            path d=(path) stroke-width=(px(thick)) {}
            polygon points=(arrow) {}
        }
    }
}

fn label(line: &Drawn, place: Place) -> Markup {
    let middle = px(place.x + place.width / 2.0);
    html! {
        rect class="map-label-ground" x=(px(place.x)) y=(px(place.y)) width=(px(place.width))
            height=(px(place.height)) rx="3" {}
        text class="map-label" text-anchor="middle" {
            @for (at, text) in line.label.iter().enumerate() {
                tspan class=[(at == 0).then_some("map-count")] x=(middle)
                    y=(px(place.y + 13.0 + at as f64 * (LINE - 2.0))) { (text) }
            }
        }
    }
}

fn boxes(cards: &[Card], placed: &Layout) -> Markup {
    html! {
        @for (card, place) in cards.iter().zip(&placed.boxes) {
            @let class = match (card.round, card.found.is_some()) {
                (true, _) => "map-box map-box--outer",
                (false, true) => "map-box map-box--found",
                (false, false) => "map-box",
            };
            @let radius = if card.round { place.height / 2.0 } else { 4.0 };
            g class=(class) {
                title { (card.title) }
                rect x=(px(place.x)) y=(px(place.y)) width=(px(place.width))
                    height=(px(place.height)) rx=(px(radius)) {}
                (written(card, *place))
            }
        }
    }
}

fn written(card: &Card, place: Place) -> Markup {
    let middle = place.x + place.width / 2.0;
    let pad = if card.round { PADDING * 0.7 } else { PADDING };
    let y = |line: usize| px(place.y + pad + 13.0 + line as f64 * LINE);
    let foot = card.name.len() + card.small.len();
    html! {
        text text-anchor="middle" {
            @for (at, text) in card.name.iter().enumerate() {
                tspan class="map-name" x=(px(middle)) y=(y(at)) { (text) }
            }
            @for (at, text) in card.small.iter().enumerate() {
                tspan class="map-small" x=(px(middle)) y=(y(card.name.len() + at)) { (text) }
            }
        }
        @if let Some(found) = &card.found {
            @let top = place.y + pad + foot as f64 * LINE + 3.0;
            @let left = middle - f64::midpoint(measure(found), FLAG);
            line class="map-rule" x1=(px(place.x)) y1=(px(top)) x2=(px(place.x + place.width)) y2=(px(top)) {}
            polygon class="map-flag" points={
                (px(left)) "," (px(top + 17.0)) " " (px(left + 6.0)) "," (px(top + 6.0)) " "
                (px(left + 12.0)) "," (px(top + 17.0))
            } {}
            text class="map-found" x=(px(left + FLAG)) y=(px(top + 17.0)) { (found) }
        }
    }
}
