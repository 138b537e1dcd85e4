//! The dike as a drawing: each process a stretch in cross-section, with the water that stands
//! against it.
//!
//! Solid is what is surely there; what is striped may be there, depending on what is not
//! known. A sign and a word say whether the water goes over, so that no colour has to. It is
//! drawn three times, with more or fewer stretches beside each other; the style sheet shows
//! the one for which there is room.

use super::Material;
use super::told::State;
use super::words::Phrase;
use crate::svg::px;
use crate::text::wrap;
use maud::{Markup, html};
use picture::freeboard::{Ends, Freeboard};
use picture::weighings::WeighedProcess;

/// A drawing for some width of the page.
struct Size {
    /// The last part of its class and name.
    name: &'static str,
    /// The most stretches beside each other.
    most: usize,
    /// The width for which it is made.
    width: f64,
}

const SIZES: [Size; 3] = [
    Size { name: "wide", most: 8, width: 912.0 },
    Size { name: "middle", most: 4, width: 640.0 },
    Size { name: "narrow", most: 2, width: 288.0 },
];

/// Room for the heights at the left.
const AXIS: f64 = 28.0;
/// No stretch is wider.
const WIDEST: f64 = 190.0;
/// Room for the two lines above the highest water.
const TOP: f64 = 46.0;
/// From nothing to the highest water or dike.
const HEIGHT: f64 = 150.0;
/// The ground under the dike.
const GROUND: f64 = 7.0;
const LINE: f64 = 15.0;
/// Lines of a name; what is left over ends in an ellipsis.
const LINES: usize = 4;
/// About the width of a letter of a name.
const LETTER: f64 = 6.7;
/// Between two stripes.
const STRIPE: f64 = 4.0;

/// Draws the dike in every size; `id` makes the names of the parts unique on the page.
pub(super) fn draw(material: &Material<'_>, id: &str) -> Markup {
    let order = material.weighings.in_order();
    html! {
        @for size in &SIZES { (drawing(material, &order, size, id)) }
    }
}

fn drawing(
    material: &Material<'_>,
    order: &[&WeighedProcess],
    size: &Size,
    id: &str,
) -> Markup {
    let rows = order.len().div_ceil(size.most).max(1);
    let columns = order.len().div_ceil(rows).max(1);
    let width = ((size.width - AXIS) / columns as f64).min(WIDEST);
    let row_height = TOP + HEIGHT + GROUND + LINE * LINES as f64 + 12.0;
    let (whole, high) = (AXIS + width * columns as f64, row_height * rows as f64);
    let (title, desc) =
        (format!("{id}-{}-title", size.name), format!("{id}-{}-desc", size.name));
    let sentence = material.headline();
    let description = Phrase::DikeDesc.fill(material.lang, &[("sentence", &sentence)]);
    html! {
        svg class={ "dike dike--" (size.name) } role="img" aria-labelledby=(title)
            aria-describedby=(desc) width=(px(whole)) height=(px(high))
            viewBox={ "0 0 " (px(whole)) " " (px(high)) } {
            title id=(title) { (material.say(Phrase::DikeTitle)) }
            desc id=(desc) { (description) }
            @for (row, some) in order.chunks(columns).enumerate() {
                @let top = row as f64 * row_height + TOP;
                (axis(top, AXIS + width * some.len() as f64))
                @for (column, one) in some.iter().enumerate() {
                    @let place = Stretch { x: AXIS + width * column as f64, top, width };
                    (stretch(material, one, place))
                }
            }
        }
    }
}

/// Lines at nothing, half and full, with their heights.
fn axis(top: f64, right: f64) -> Markup {
    html! {
        @for (height, name) in [(1000, "100"), (500, "50"), (0, "0")] {
            @let y = level(top, height);
            line class="dike-axis" x1=(px(AXIS)) y1=(px(y)) x2=(px(right)) y2=(px(y)) {}
            text class="dike-small" x=(px(AXIS - 5.0)) y=(px(y + 4.0)) text-anchor="end" { (name) }
        }
    }
}

/// Where a height lies, given in tenths of a point.
fn level(top: f64, tenths: i64) -> f64 {
    // heights lie between 0 and 1000, so the number is exact
    let part = f64::from(i32::try_from(tenths).unwrap_or(0)) / 1000.0;
    top + HEIGHT * (1.0 - part)
}

/// Where a stretch is drawn.
#[derive(Clone, Copy, Debug)]
struct Stretch {
    x: f64,
    top: f64,
    width: f64,
}

impl Stretch {
    fn level(self, tenths: i64) -> f64 {
        level(self.top, tenths)
    }

    /// How far a slope goes aside to reach a height.
    fn aside(self, tenths: i64) -> f64 {
        let up = HEIGHT + self.top - self.level(tenths);
        0.22 * self.width * up / HEIGHT
    }

    fn crest(self) -> f64 {
        0.14 * self.width
    }

    /// The side of the water at a height.
    fn outer(self, tenths: i64) -> f64 {
        self.x + 0.34 * self.width + self.aside(tenths)
    }

    /// The side of the land at a height, of a dike whose crest lies at another.
    fn inner(self, crest: i64, tenths: i64) -> f64 {
        self.outer(crest) + self.crest() + self.aside(crest) - self.aside(tenths)
    }

    fn middle(self) -> f64 {
        self.x + self.width / 2.0
    }

    fn right(self) -> f64 {
        self.x + self.width
    }
}

fn stretch(material: &Material<'_>, one: &WeighedProcess, at: Stretch) -> Markup {
    let state = State::of(&one.weighing);
    let figures = one.weighing.freeboard.as_ref();
    let freeboard = figures.map(|found| material.ends(found.freeboard));
    let ground = at.level(0);
    let title = material.process_title(one.weighing.process);
    html! {
        g class={ "dike-stretch dike-stretch--" (class(state)) } {
            @if let Some(found) = figures { (cross_section(found, at)) }
            rect class="dike-ground" x=(px(at.x)) y=(px(ground)) width=(px(at.width)) height=(px(GROUND)) {}
            (head(material, state, freeboard, at))
            @for (line, text) in (1_u8..).zip(name(&title, at.width)) {
                @let y = ground + GROUND + 4.0 + LINE * f64::from(line);
                text x=(px(at.middle())) y=(px(y)) text-anchor="middle" { (text) }
            }
        }
    }
}

/// The last part of the class of a state.
pub(super) const fn class(state: State) -> &'static str {
    match state {
        State::Overflows => "over",
        State::StaysDry => "dry",
        State::Either => "either",
        State::TooLittle => "little",
        State::NoFigure => "none",
    }
}

/// The sign and the word, and under them the freeboard.
fn head(
    material: &Material<'_>,
    state: State,
    freeboard: Option<String>,
    at: Stretch,
) -> Markup {
    let phrase = match state {
        State::TooLittle => Phrase::TooLittleShort,
        State::Overflows | State::StaysDry | State::Either | State::NoFigure => {
            state.phrase()
        }
    };
    let word = material.say(phrase);
    let (x, y) = (at.middle(), at.top - 30.0);
    // the sign stands before the word, and both in the middle
    let half = LETTER * word.chars().count() as f64 / 2.0 + 8.0;
    html! {
        svg class="dike-sign" x=(px(x - half)) y=(px(y - 10.0)) width="12" height="12" viewBox="0 0 14 14" {
            (sign(state))
        }
        text class="dike-word" x=(px(x - half + 16.0)) y=(px(y)) { (word) }
        @if let Some(freeboard) = freeboard {
            text class="dike-number" x=(px(x)) y=(px(y + 16.0)) text-anchor="middle" { (freeboard) }
        }
    }
}

/// A full triangle that points down, an open one that points up, a ring, or a dash.
pub(super) fn sign(state: State) -> Markup {
    html! {
        @match state {
            State::Overflows => { path class="dike-sign-full" d="M7 13 13.5 1H.5Z" {} }
            State::StaysDry => { path class="dike-sign-line" d="M7 2.5 12.5 12h-11Z" {} }
            State::Either => { circle class="dike-sign-line" cx="7" cy="7" r="5.5" {} }
            State::TooLittle => {
                circle class="dike-sign-line dike-sign-dashed" cx="7" cy="7" r="5.5" {}
            }
            State::NoFigure => { path class="dike-sign-line" d="M1 7h12" {} }
        }
    }
}

fn name(title: &str, width: f64) -> Vec<String> {
    let signs = ((width - 6.0) / LETTER).floor().max(4.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a whole number between 4 and the signs of a line"
    )]
    let mut lines = wrap(title, signs as usize);
    if lines.len() > LINES {
        lines.truncate(LINES);
        if let Some(last) = lines.last_mut() {
            last.push('…');
        }
    }
    lines
}

/// Water, dike and what lies between them.
fn cross_section(found: &Freeboard, at: Stretch) -> Markup {
    let Freeboard { water, dike, .. } = found;
    html! {
        (water_body(*water, *dike, at))
        @if dike.high > dike.low { (dike_band(*dike, at)) }
        (dike_body(dike.low, "dike-body", at))
        (bracket(found, at))
    }
}

fn points(all: &[(f64, f64)]) -> String {
    let each: Vec<String> =
        all.iter().map(|(x, y)| format!("{},{}", px(*x), px(*y))).collect();
    each.join(" ")
}

fn dike_body(crest: i64, class: &str, at: Stretch) -> Markup {
    let (ground, top) = (at.level(0), at.level(crest));
    let shape = [
        (at.outer(0), ground),
        (at.outer(crest), top),
        (at.outer(crest) + at.crest(), top),
        (at.inner(crest, 0), ground),
    ];
    html! { polygon class=(class) points=(points(&shape)) {} }
}

/// The part of the dike that may be there, with stripes.
fn dike_band(dike: Ends, at: Stretch) -> Markup {
    html! {
        (dike_body(dike.high, "dike-body-band", at))
        @for tenths in stripes(dike) {
            @let y = at.level(tenths);
            line class="dike-stripe" x1=(px(at.outer(tenths))) y1=(px(y))
                x2=(px(at.inner(dike.high, tenths))) y2=(px(y)) {}
        }
    }
}

/// The heights between both ends at which a stripe is drawn.
fn stripes(ends: Ends) -> impl Iterator<Item = i64> {
    #[expect(clippy::cast_possible_truncation, reason = "a small whole number")]
    let step = (1000.0 * STRIPE / HEIGHT) as i64;
    (1..).map(move |count| ends.low + count * step).take_while(move |at| *at < ends.high)
}

/// How far water reaches at a height: to the dike, or over its crest.
fn reach(tenths: i64, crest: i64, at: Stretch) -> f64 {
    if tenths > crest { at.outer(crest) + at.crest() } else { at.outer(tenths) }
}

fn water_body(water: Ends, dike: Ends, at: Stretch) -> Markup {
    let (low, high) = (at.level(water.low), at.level(water.high));
    let ground = at.level(0);
    let edge = reach(water.low, dike.high, at);
    let body = [(at.x, low), (edge, low), (edge, ground), (at.x, ground)];
    html! {
        polygon class="dike-water" points=(points(&body)) {}
        @if water.low > dike.high { (spill(water.low, dike.high, "dike-water", at)) }
        @if water.high > water.low {
            @for tenths in stripes(water) {
                @let y = at.level(tenths);
                line class="dike-ripple" x1=(px(at.x)) y1=(px(y))
                    x2=(px(reach(tenths, dike.high, at))) y2=(px(y)) {}
            }
            line class="dike-surface dike-surface--may" x1=(px(at.x)) y1=(px(high))
                x2=(px(reach(water.high, dike.low, at))) y2=(px(high)) {}
            @if water.high > dike.low && water.low <= dike.high {
                (spill(water.high, dike.low, "dike-spill--may", at))
            }
        }
        line class="dike-surface" x1=(px(at.x)) y1=(px(low)) x2=(px(edge)) y2=(px(low)) {}
    }
}

/// Water that falls over the crest and down the side of the land.
fn spill(water: i64, crest: i64, class: &str, at: Stretch) -> Markup {
    let (edge, foot) = (at.outer(crest) + at.crest(), at.inner(crest, 0));
    let (top, ground) = (at.level(water), at.level(0));
    let end = (foot + 9.0).min(at.right() - 1.0);
    let path = format!(
        "M{x} {top} Q{bend} {top} {end} {ground} L{foot} {ground} L{x} {crest} Z",
        // a little under the water before it, so that no seam is seen
        x = px(edge - 0.6),
        top = px(top),
        bend = px(edge + 9.0),
        end = px(end),
        ground = px(ground),
        foot = px(foot),
        crest = px(at.level(crest)),
    );
    html! { path class=(class) d=(path) {} }
}

/// An arrow over what is surely there or surely lacking.
fn bracket(found: &Freeboard, at: Stretch) -> Markup {
    let (water, dike) = (found.water, found.dike);
    let (from, to, x) = if found.freeboard.low > 0 {
        (water.high, dike.low, at.x + 0.17 * at.width)
    } else if found.freeboard.high < 0 {
        (dike.high, water.low, at.outer(dike.high) + at.crest() / 2.0)
    } else {
        return html! {};
    };
    let (low, high) = (at.level(from), at.level(to));
    let arrow = (low - high).min(5.0);
    html! {
        @if found.freeboard.low > 0 {
            line class="dike-guide" x1=(px(x - 5.0)) y1=(px(high)) x2=(px(at.outer(dike.low))) y2=(px(high)) {}
        }
        line class="dike-arrow" x1=(px(x)) y1=(px(low)) x2=(px(x)) y2=(px(high)) {}
        path class="dike-arrow" d={
            "M" (px(x - 3.5)) " " (px(high + arrow)) " L" (px(x)) " " (px(high))
            " L" (px(x + 3.5)) " " (px(high + arrow))
        } {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: Stretch = Stretch { x: 0.0, top: 0.0, width: 100.0 };

    #[test]
    fn heights_are_drawn_in_proportion() {
        assert_eq!(px(AT.level(0)), px(HEIGHT));
        assert_eq!(px(AT.level(500)), px(HEIGHT / 2.0));
        assert_eq!(px(AT.level(1000)), "0");
    }

    #[test]
    fn water_reaches_the_slope_below_the_crest_and_the_far_side_above_it() {
        assert_eq!(px(reach(400, 700, AT)), px(AT.outer(400)));
        assert_eq!(px(reach(700, 700, AT)), px(AT.outer(700)));
        assert_eq!(px(reach(701, 700, AT)), px(AT.outer(700) + AT.crest()));
    }

    #[test]
    fn a_dike_is_widest_at_the_ground_and_stays_within_its_stretch() {
        for crest in [0, 300, 1000] {
            assert!(AT.inner(crest, 0) <= AT.right());
            assert_eq!(px(AT.inner(crest, crest) - AT.outer(crest)), px(AT.crest()));
        }
    }

    #[test]
    fn stripes_lie_strictly_between_both_ends() {
        let all: Vec<i64> = stripes(Ends { low: 400, high: 520 }).collect();
        assert_eq!(all, [426, 452, 478, 504]);
        assert_eq!(stripes(Ends { low: 400, high: 400 }).count(), 0);
        assert_eq!(stripes(Ends { low: 400, high: 426 }).count(), 0);
    }

    #[test]
    fn a_long_name_ends_in_an_ellipsis() {
        let lines = name("een naam die lang is en dan nog veel langer", 60.0);
        assert_eq!(lines.len(), LINES);
        assert!(lines.last().unwrap().ends_with('…'));
    }
}
