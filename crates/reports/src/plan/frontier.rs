//! The drawing of the frontier: how much of the shortfall goes at which share of the hours.

use super::telling::Telling;
use super::words::Say;
use crate::numbers;
use crate::svg::px;
use maud::{Markup, html};
use model::Ppm;

const WIDTH: f64 = 320.0;
const HEIGHT: f64 = 200.0;
const LEFT: f64 = 44.0;
const RIGHT: f64 = 22.0;
const TOP: f64 = 24.0;
const BOTTOM: f64 = 44.0;

/// A line through the steps that were reached, with the plan itself marked; nothing where
/// there are fewer than two. The same figures stand in the table beside it.
pub(super) fn draw(told: Telling<'_>, id: &str) -> Markup {
    let steps = &told.advice.proposal.frontier;
    let mut points: Vec<(u32, Ppm)> = steps
        .iter()
        .filter_map(|step| {
            let share = told.share(step.reached.as_ref()?.removed_tenths)?;
            Some((step.percent, share))
        })
        .collect();
    points.sort_unstable();
    let (Some((first, _)), Some((last, _))) = (points.first(), points.last()) else {
        return html! {};
    };
    if first == last {
        return html! {};
    }
    let (from, to) = (f64::from(*first), f64::from(*last));
    let x = |percent: u32| {
        LEFT + (WIDTH - LEFT - RIGHT) * (f64::from(percent) - from) / (to - from)
    };
    let y = |share: Ppm| TOP + (HEIGHT - TOP - BOTTOM) * (1.0 - share.fraction());
    let line: Vec<String> = points
        .iter()
        .map(|(percent, share)| format!("{},{}", px(x(*percent)), px(y(*share))))
        .collect();
    let title = format!("{id}-drawing");
    html! {
        svg class="frontier" role="img" aria-labelledby=(title)
            viewBox={ "0 0 " (px(WIDTH)) " " (px(HEIGHT)) } {
            title id=(title) { (told.say(Say::FrontierTitle)) }
            @for share in [0, 500_000, 1_000_000].map(Ppm) {
                line class="frontier-grid" x1=(px(LEFT)) x2=(px(WIDTH - RIGHT))
                    y1=(px(y(share))) y2=(px(y(share))) {}
                text class="frontier-axis" x=(px(LEFT - 6.0)) y=(px(y(share) + 4.0))
                    text-anchor="end" { (numbers::whole_percent(share, told.lang)) }
            }
            polyline class="frontier-line" points=(line.join(" ")) {}
            @for (percent, share) in &points {
                (point(told, *percent, (x(*percent), y(*share)), *share))
            }
            text class="frontier-axis" x=(px(LEFT - 40.0)) y="11" {
                (told.say(Say::FrontierAxisShare))
            }
            text class="frontier-axis" x=(px(WIDTH - RIGHT)) y=(px(HEIGHT - 6.0))
                text-anchor="end" { (told.say(Say::FrontierAxisHours)) }
        }
    }
}

fn point(told: Telling<'_>, percent: u32, (x, y): (f64, f64), share: Ppm) -> Markup {
    let own = percent == 100;
    let class = if own { "frontier-point frontier-point--own" } else { "frontier-point" };
    let hours = numbers::whole_percent(Ppm(percent.saturating_mul(10_000)), told.lang);
    html! {
        circle class=(class) cx=(px(x)) cy=(px(y)) r=(if own { "6" } else { "4" }) {}
        text class="frontier-value" x=(px(x)) y=(px(y - 10.0)) text-anchor="middle" {
            (numbers::whole_percent(share, told.lang))
        }
        text class="frontier-axis" x=(px(x)) y=(px(HEIGHT - BOTTOM + 16.0))
            text-anchor="middle" { (hours) }
    }
}
