//! Water, dike and freeboard: by hand, and by their properties.
#![expect(clippy::unwrap_used, reason = "a test says what it expects")]

use picture::freeboard::{
    Attractiveness, Class, End, Ends, Inputs, Limits, Weighed, dike_parts, freeboard,
    places, reasons, water_parts,
};
use picture::sensitivity::sensitivity;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// The numbers of the content.
fn limits() -> Limits {
    static LIMITS: OnceLock<Limits> = OnceLock::new();
    let read = || catalogue::load(&catalogue::embedded()).unwrap();
    *LIMITS.get_or_init(|| Limits::from(&read().method))
}

#[test]
fn the_numbers_of_the_documentation_are_those_of_the_content() {
    let numbers = catalogue::load(&catalogue::embedded()).unwrap().method.freeboard;
    let limits = limits();
    let document = include_str!("../../../docs/method.md");
    for (tenths, sentence) in [
        (limits.cap_absent, "with maturity 0 caps it at {}"),
        (limits.cap_on_paper, "with maturity 1 at {}"),
        (limits.red_below, "Below {} red"),
        (limits.orange_below, "below {} orange"),
        (limits.green_to, "up to {} green"),
        (
            limits.unknown_percent.cast_signed() * 10,
            "more than {} % of the weight unknown",
        ),
        (i64::from(numbers.least_organisations) * 10, "fewer than {} organisations"),
        (i64::from(numbers.least_group) * 10, "at least {} answers"),
        (numbers.target, "works towards a freeboard of {}"),
    ] {
        assert_eq!(tenths % 10, 0, "the page has whole points");
        let number = (tenths / 10).to_string().replace('-', "−");
        let sentence = sentence.replace("{}", &number);
        assert!(document.contains(&sentence), "docs/method.md lacks: {sentence}");
    }
}

fn item(code: &str, weight: u32, key: bool, low: u8, high: u8) -> Weighed {
    Weighed { code: code.to_owned(), weight, key, low, high }
}

/// The example of docs/method.md.
fn by_hand() -> Inputs {
    Inputs {
        attractiveness: Attractiveness::Middle,
        circumstances: vec![item("C01", 3, false, 2, 2), item("C05", 1, false, 1, 1)],
        controls: vec![
            item("B02", 3, true, 1, 1),
            item("B08", 2, false, 3, 3),
            item("B16", 1, false, 0, 3),
        ],
    }
}

#[test]
fn the_example_of_the_documentation_comes_out_as_computed_by_hand() {
    let limits = limits();
    let found = freeboard(&by_hand(), &limits).unwrap();
    assert_eq!(found.water, Ends { low: 958, high: 958 });
    assert_eq!(found.dike, Ends { low: 500, high: 667 });
    assert_eq!(found.freeboard, Ends { low: -458, high: -291 });
    assert_eq!(found.classes, Some((Class::Red, Class::Orange)));
    assert_eq!(found.unknown, 100);
    assert_eq!(found.caps, [("B02".to_owned(), 700)]);
    let document = include_str!("../../../docs/method.md");
    for figure in ["95.8", "50.0", "66.7", "−45.8", "−29.1", "10.0 %"] {
        assert!(document.contains(figure), "docs/method.md lacks {figure}");
    }
}

#[test]
fn a_key_control_that_is_absent_caps_the_dike_and_is_named() {
    let inputs = Inputs {
        attractiveness: Attractiveness::Low,
        circumstances: Vec::new(),
        controls: vec![item("B02", 1, true, 0, 0), item("B03", 9, false, 3, 3)],
    };
    let found = freeboard(&inputs, &limits()).unwrap();
    assert_eq!(found.dike, Ends { low: 400, high: 400 });
    assert_eq!(found.caps, [("B02".to_owned(), 400)]);
    assert_eq!(found.water.high, 333);
}

#[test]
fn no_control_that_applies_gives_no_figure() {
    let inputs = Inputs { controls: Vec::new(), ..by_hand() };
    assert_eq!(freeboard(&inputs, &limits()), None);
}

#[test]
fn more_than_two_fifths_unknown_gives_no_class() {
    let with = |unknown: u32| {
        let controls = vec![
            item("B01", unknown, false, 0, 3),
            item("B02", 100 - unknown, false, 2, 2),
        ];
        let inputs = Inputs {
            attractiveness: Attractiveness::Low,
            circumstances: Vec::new(),
            controls,
        };
        freeboard(&inputs, &limits()).unwrap().classes.is_some()
    };
    assert!(with(40));
    assert!(!with(41));
}

#[test]
fn places_go_only_as_far_as_the_intervals_allow() {
    let ends = |low, high| Ends { low, high };
    let all = BTreeMap::from([
        ("a".to_owned(), ends(-500, -400)),
        ("b".to_owned(), ends(-450, 0)),
        ("c".to_owned(), ends(100, 200)),
    ]);
    let places = places(&all);
    assert_eq!(places["a"], (1, 2));
    assert_eq!(places["b"], (1, 2));
    assert_eq!(places["c"], (3, 3));
}

#[test]
fn three_processes_far_apart_stay_the_first_three_whatever_the_weights() {
    let process = |level: u8| Inputs {
        attractiveness: Attractiveness::Middle,
        circumstances: vec![item("C01", 3, false, 1, 1)],
        controls: vec![
            item("B02", 3, false, level, level),
            item("B03", 2, false, level, level),
        ],
    };
    let all: BTreeMap<String, Inputs> =
        [("a", 0), ("b", 0), ("c", 0), ("d", 3), ("e", 3)]
            .map(|(name, level)| (name.to_owned(), process(level)))
            .into();
    let found = sensitivity(&all, &limits());
    assert_eq!(found.first, ["a", "b", "c"]);
    // three codes, twice each, and five processes with a step down and a step up
    assert_eq!(found.tried, 3 * 2 + 5 * 2);
    assert_eq!(found.same, found.tried);
}

prop_compose! {
    fn weighed(most: u8)(weight in 1_u32..=3, key in any::<bool>(), a in 0..=most, b in 0..=most)
        -> (u32, bool, u8, u8) {
        (weight, key, a.min(b), a.max(b))
    }
}

fn named(prefix: &str, items: Vec<(u32, bool, u8, u8)>) -> Vec<Weighed> {
    items
        .into_iter()
        .enumerate()
        .map(|(at, (weight, key, low, high))| {
            item(&format!("{prefix}{at:02}"), weight, key, low, high)
        })
        .collect()
}

prop_compose! {
    fn inputs(size: usize)(
        attractiveness in prop::sample::select(Attractiveness::ALL.to_vec()),
        circumstances in prop::collection::vec(weighed(2), 0..size),
        controls in prop::collection::vec(weighed(3), 1..size),
    ) -> Inputs {
        Inputs {
            attractiveness,
            circumstances: named("C", circumstances),
            controls: named("B", controls),
        }
    }
}

/// Every way in which what is unknown may turn out.
fn completions(inputs: &Inputs) -> Vec<Inputs> {
    let mut all = vec![inputs.clone()];
    let count = inputs.circumstances.len() + inputs.controls.len();
    for place in 0..count {
        let mut next = Vec::new();
        for inputs in all {
            let of = |inputs: &Inputs| {
                let items = inputs.circumstances.iter().chain(&inputs.controls);
                items.clone().nth(place).map(|item| (item.low, item.high)).unwrap()
            };
            let (low, high) = of(&inputs);
            for level in low..=high {
                let mut one = inputs.clone();
                let mut items = one.circumstances.iter_mut().chain(&mut one.controls);
                let item = items.nth(place).unwrap();
                (item.low, item.high) = (level, level);
                next.push(one);
            }
        }
        all = next;
    }
    all
}

proptest! {
    #[test]
    fn the_parts_add_up_to_the_whole(inputs in inputs(9)) {
        let limits = limits();
        let found = freeboard(&inputs, &limits).unwrap();
        let sum = |parts: &[(String, i64)]| parts.iter().map(|(_, part)| part).sum::<i64>();
        prop_assert_eq!(sum(&water_parts(&inputs, End::Worst)), found.water.high);
        prop_assert_eq!(sum(&water_parts(&inputs, End::Best)), found.water.low);
        for (end, height) in [(End::Worst, found.dike.low), (End::Best, found.dike.high)] {
            let (parts, cap) = dike_parts(&inputs, &limits, end);
            let whole = sum(&parts);
            prop_assert_eq!(cap.map_or(whole, |cap| whole.min(cap)), height);
        }
    }

    #[test]
    fn figures_stay_between_nothing_and_a_hundred(inputs in inputs(9)) {
        let found = freeboard(&inputs, &limits()).unwrap();
        for ends in [found.water, found.dike] {
            prop_assert!(0 <= ends.low && ends.low <= ends.high && ends.high <= 1000);
        }
        prop_assert!(found.freeboard.low <= found.freeboard.high);
        prop_assert!(found.freeboard.low >= -1000 && found.freeboard.high <= 1000);
    }

    #[test]
    fn a_better_answer_never_lowers_the_freeboard(inputs in inputs(7), place in 0_usize..14) {
        let limits = limits();
        let before = freeboard(&inputs, &limits).unwrap().freeboard;
        let mut better = inputs;
        let c = better.circumstances.len();
        if let Some(item) = better.circumstances.get_mut(place) {
            item.low = item.low.saturating_sub(1);
            item.high = item.high.saturating_sub(1);
        } else if let Some(item) = better.controls.get_mut(place.saturating_sub(c)) {
            item.low = (item.low + 1).min(3);
            item.high = (item.high + 1).min(3);
        }
        let after = freeboard(&better, &limits).unwrap().freeboard;
        prop_assert!(after.low >= before.low && after.high >= before.high);
    }

    #[test]
    fn what_becomes_unknown_only_widens(inputs in inputs(7), place in 0_usize..14) {
        let limits = limits();
        let before = freeboard(&inputs, &limits).unwrap().freeboard;
        let mut wider = inputs;
        let c = wider.circumstances.len();
        if let Some(item) = wider.circumstances.get_mut(place) {
            (item.low, item.high) = (0, 2);
        } else if let Some(item) = wider.controls.get_mut(place.saturating_sub(c)) {
            (item.low, item.high) = (0, 3);
        }
        let after = freeboard(&wider, &limits).unwrap().freeboard;
        prop_assert!(after.low <= before.low && after.high >= before.high);
    }

    #[test]
    fn the_order_of_answers_does_not_matter(inputs in inputs(7)) {
        let limits = limits();
        let mut turned = inputs.clone();
        turned.circumstances.reverse();
        turned.controls.reverse();
        prop_assert_eq!(freeboard(&inputs, &limits), freeboard(&turned, &limits));
        prop_assert_eq!(reasons(&inputs), reasons(&turned));
    }

    #[test]
    fn the_interval_holds_every_way_it_may_turn_out_and_is_no_wider(inputs in inputs(4)) {
        let limits = limits();
        let found = freeboard(&inputs, &limits).unwrap().freeboard;
        let all: Vec<i64> = completions(&inputs)
            .iter()
            .map(|one| freeboard(one, &limits).unwrap().freeboard.low)
            .collect();
        prop_assert_eq!(all.iter().min().copied(), Some(found.low));
        prop_assert_eq!(all.iter().max().copied(), Some(found.high));
    }
}
