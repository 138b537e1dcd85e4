//! Drawings inside the page: the bar of a share and the process map.
//!
//! Colours come from the style of the page, so that dark and forced colours work; every
//! drawing has a title, and the same data stand beside it as text.

mod line;
mod map;

use crate::numbers;
use crate::sentences::Told;
use crate::words::Word;
use maud::{Markup, html};
use model::{Interval, Ppm};
use picture::Tested;

pub(crate) use map::draw as map;

const WIDTH: f64 = 180.0;
const HEIGHT: f64 = 22.0;

/// A coordinate with at most one decimal.
pub(crate) fn px(value: f64) -> String {
    let tenths = (value * 10.0).round() / 10.0;
    // no minus before a nought
    format!("{}", if tenths == 0.0 { 0.0 } else { tenths })
}

/// The share at which all bars of a process end: the least round one that holds every
/// interval, so that small shares can be told apart and bars can be compared.
pub(crate) fn scale(tests: &[Tested]) -> Ppm {
    let most = tests
        .iter()
        .filter_map(|test| test.interval)
        .map(|interval| interval.high.0)
        .max();
    let round = [10_000, 50_000, 100_000, 200_000, 300_000, 500_000];
    Ppm(round.into_iter().find(|end| most.unwrap_or(0) <= *end).unwrap_or(1_000_000))
}

/// A bar from 0 to `most` with the share and, over it, the interval.
pub(crate) fn bar(told: Told<'_>, share: Ppm, interval: Interval, most: Ppm) -> Markup {
    let x = |at: Ppm| WIDTH * f64::from(at.0.min(most.0)) / f64::from(most.0.max(1));
    let (low, high) = (x(interval.low).max(1.0), x(interval.high).min(WIDTH - 1.0));
    let middle = HEIGHT / 2.0;
    let values = [
        ("share", &*numbers::percent(share, told.lang)),
        ("between", &*numbers::between(interval, told.lang)),
    ];
    let title = Word::BarTitle.fill(told.lang, &values);
    let line = |x1: f64, y1: f64, x2: f64, y2: f64| {
        html! { line class="bar-margin" x1=(px(x1)) y1=(px(y1)) x2=(px(x2)) y2=(px(y2)) {} }
    };
    html! {
        svg class="bar" role="img" aria-label=(title) width=(px(WIDTH)) height=(px(HEIGHT))
            viewBox={ "0 0 " (px(WIDTH)) " " (px(HEIGHT)) } {
            rect class="bar-track" x="0.5" y="4.5" width=(px(WIDTH - 1.0)) height=(px(HEIGHT - 9.0)) rx="2" {}
            rect class="bar-share" x="0.5" y="4.5" width=(px(x(share).max(1.0))) height=(px(HEIGHT - 9.0)) rx="2" {}
            (line(low, middle, high, middle))
            (line(low, 6.0, low, HEIGHT - 6.0))
            (line(high, 6.0, high, HEIGHT - 6.0))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_are_short() {
        assert_eq!(px(1.0), "1");
        assert_eq!(px(12.345), "12.3");
        assert_eq!(px(-0.01), "0");
    }
}
