//! Two rounds beside each other.

use crate::cases::{All, said, shown, weighed, weighed_at};
use crate::properties::case;
use assessment::Answer::{self, DontKnow, Level, NotApplicable};
use assessment::{Parting, Shown, Side};
use model::Process;
use picture::changes::{
    Both, Changes, Moved, ProcessChange, Trend, Turned, changes, trend,
};
use picture::freeboard::{Attractiveness, Class, Ends};
use picture::weighing::Weighing;
use proptest::prelude::*;

/// Last year: one person decides alone, four eyes stands on paper, nobody knows whether the
/// rights are reviewed.
const LAST_YEAR: [(&str, &[Answer]); 5] = [
    ("C01", &[Level(2)]),
    ("C05", &[Level(1)]),
    ("B02", &[Level(1)]),
    ("B08", &[DontKnow]),
    ("B16", &[Level(2)]),
];

fn but(answers: &[(&str, &[Answer])]) -> All {
    let mut all = said(&LAST_YEAR);
    all.extend(said(answers));
    all
}

fn one(before: &Weighing, now: &Weighing) -> ProcessChange {
    let Changes { new, gone, mut both } =
        changes(std::slice::from_ref(before), std::slice::from_ref(now));
    assert!(new.is_empty() && gone.is_empty());
    both.pop().unwrap()
}

fn after(answers: &[(&str, &[Answer])], data: &[Shown]) -> ProcessChange {
    one(&weighed(&said(&LAST_YEAR), &[]), &weighed(&but(answers), data))
}

fn moves(change: &ProcessChange) -> Vec<(&str, Moved, Option<bool>)> {
    let subjects = change.subjects.iter();
    subjects.map(|s| (s.code.as_str(), s.moved, s.is_better())).collect()
}

#[test]
fn a_control_that_rose_is_better_and_a_circumstance_that_rose_is_worse() {
    let change = after(&[("B02", &[Level(2)]), ("C05", &[Level(2)])], &[]);
    assert_eq!(
        moves(&change),
        [("C05", Moved::Rose, Some(false)), ("B02", Moved::Rose, Some(true))]
    );
    assert_eq!(
        change.subjects[1].levels,
        Both { before: Some((1, 1)), now: Some((2, 2)) }
    );
    assert_eq!(change.subjects[1].side, Side::Control);
}

#[test]
fn a_control_that_fell_is_worse_and_a_circumstance_that_fell_is_better() {
    let change = after(&[("B02", &[Level(0)]), ("C01", &[Level(0)])], &[]);
    assert_eq!(
        moves(&change),
        [("C01", Moved::Fell, Some(true)), ("B02", Moved::Fell, Some(false))]
    );
}

#[test]
fn what_became_known_or_unknown_is_neither_better_nor_worse() {
    let change = after(&[("B08", &[Level(3)]), ("B16", &[DontKnow])], &[]);
    assert_eq!(
        moves(&change),
        [("B08", Moved::BecameKnown, None), ("B16", Moved::BecameUnknown, None)]
    );
}

#[test]
fn data_that_narrow_what_nobody_knows_are_told() {
    let change = after(&[], &[shown("B08", Ok((1, 2)))]);
    assert_eq!(moves(&change), [("B08", Moved::OtherRange, None)]);
    assert_eq!(
        change.subjects[0].levels,
        Both { before: Some((0, 3)), now: Some((1, 2)) }
    );
}

#[test]
fn what_comes_to_apply_or_no_longer_applies_is_told() {
    let gone = after(&[("B16", &[NotApplicable])], &[]);
    assert_eq!(moves(&gone), [("B16", Moved::NoLongerApplies, None)]);
    let before = weighed(&but(&[("B16", &[NotApplicable])]), &[]);
    let back = one(&before, &weighed(&said(&LAST_YEAR), &[]));
    assert_eq!(moves(&back), [("B16", Moved::NowApplies, None)]);
}

#[test]
fn the_freeboard_is_surely_better_only_where_the_intervals_part() {
    // before: 10 + 0..=6 of 18 parts at water 95.8 gives an interval of a third of the dike
    let little = after(&[("B16", &[Level(3)])], &[]);
    assert_eq!(little.trend, Some(Trend::CannotSay));
    let all: &[Answer] = &[Level(3)];
    let much =
        after(&[("B02", all), ("B08", all), ("B16", all), ("C01", &[Level(0)])], &[]);
    assert_eq!(much.trend, Some(Trend::SurelyBetter));
    assert_eq!(much.classes.before, Some((Class::Red, Class::Red)));
    assert_eq!(much.classes.now, Some((Class::Green, Class::Green)));
    let none: &[Answer] = &[Level(0)];
    let less = after(&[("B02", none), ("B08", none), ("B16", none)], &[]);
    assert_eq!(less.trend, Some(Trend::SurelyWorse));
}

#[test]
fn intervals_that_touch_do_not_part() {
    let ends = |low, high| Ends { low, high };
    assert_eq!(trend(ends(-300, -100), ends(-100, 50)), Trend::CannotSay);
    assert_eq!(trend(ends(-300, -100), ends(-99, 50)), Trend::SurelyBetter);
    assert_eq!(trend(ends(-300, -100), ends(-301, -301)), Trend::SurelyWorse);
    assert_eq!(trend(ends(-300, -300), ends(-300, -300)), Trend::Same);
    assert_eq!(trend(ends(-300, -100), ends(-300, -100)), Trend::CannotSay);
}

#[test]
fn a_parting_may_be_new_may_stay_and_may_be_gone() {
    let before = weighed(
        &said(&LAST_YEAR),
        &[shown("B02", Ok((2, 3))), shown("B16", Ok((0, 1))), shown("C01", Ok((2, 2)))],
    );
    let now = weighed(
        &said(&LAST_YEAR),
        &[shown("B02", Ok((0, 0))), shown("B16", Ok((2, 3))), shown("C05", Ok((2, 2)))],
    );
    let change = one(&before, &now);
    let told = |code: &str, before, now| Turned { code: code.to_owned(), before, now };
    assert_eq!(
        change.partings,
        [
            told("C05", None, Some(Parting::SaidBetter)),
            told("B02", Some(Parting::SaidWorse), Some(Parting::SaidBetter)),
            told("B16", Some(Parting::SaidBetter), None),
        ]
    );
}

#[test]
fn a_key_control_that_no_longer_caps_is_told_with_its_cap() {
    let lifted = after(&[("B02", &[Level(2)])], &[]);
    let cap = |before, now| Turned { code: "B02".to_owned(), before, now };
    assert_eq!(lifted.caps, [cap(Some(700), None)]);
    let lost = after(&[("B02", &[Level(0)])], &[]);
    assert_eq!(lost.caps, [cap(Some(700), Some(400))]);
    let stays = after(&[("B16", &[Level(3)])], &[]);
    assert_eq!(stays.caps, [cap(Some(700), Some(700))]);
}

#[test]
fn a_catalogue_that_counts_otherwise_is_told_because_it_moves_figures_too() {
    let before = weighed(&said(&LAST_YEAR), &[]);
    let mut now = before.clone();
    now.subjects[2].weight = 2;
    now.subjects.remove(4);
    let change = one(&before, &now);
    assert_eq!(change.reweighed, ["B02", "B16"]);
    assert!(!change.is_none());
}

#[test]
fn another_attractiveness_is_told() {
    let answers = said(&LAST_YEAR);
    let before = weighed_at(Attractiveness::Low, &answers, &[]);
    let change = one(&before, &weighed_at(Attractiveness::High, &answers, &[]));
    assert_eq!(
        change.attractiveness,
        Both { before: Attractiveness::Low, now: Attractiveness::High }
    );
    assert!(change.subjects.is_empty());
}

#[test]
fn processes_come_and_go() {
    let of = |process: Process| Weighing { process, ..weighed(&said(&LAST_YEAR), &[]) };
    let before = [of(Process::Permits), of(Process::Payments), of(Process::Hiring)];
    let now = [of(Process::Subsidies), of(Process::Permits), of(Process::Payments)];
    let found = changes(&before, &now);
    assert_eq!(found.new, [Process::Subsidies]);
    assert_eq!(found.gone, [Process::Hiring]);
    let both: Vec<Process> = found.both.iter().map(|one| one.process).collect();
    assert_eq!(both, [Process::Payments, Process::Permits]);
    assert_eq!(changes(&[], &[]), Changes::default());
}

fn turned_round<T: Clone>(all: &[Turned<T>]) -> Vec<Turned<T>> {
    let back = |one: &Turned<T>| Turned {
        code: one.code.clone(),
        before: one.now.clone(),
        now: one.before.clone(),
    };
    all.iter().map(back).collect()
}

proptest! {
    #[test]
    fn a_round_beside_itself_has_no_change(case in case()) {
        let weighing = case.weighed();
        prop_assert!(one(&weighing, &weighing).is_none());
    }

    #[test]
    fn seen_from_the_other_side_every_change_is_turned_round(a in case(), b in case()) {
        let (a, b) = (a.weighed(), b.weighed());
        let (forth, back) = (one(&a, &b), one(&b, &a));
        let opposite = |trend| match trend {
            Trend::SurelyBetter => Trend::SurelyWorse,
            Trend::SurelyWorse => Trend::SurelyBetter,
            same => same,
        };
        prop_assert_eq!(forth.trend.map(opposite), back.trend);
        prop_assert_eq!(turned_round(&forth.partings), back.partings);
        prop_assert_eq!(turned_round(&forth.caps), back.caps);
        let opposite = |moved| match moved {
            Moved::Rose => Moved::Fell,
            Moved::Fell => Moved::Rose,
            Moved::BecameKnown => Moved::BecameUnknown,
            Moved::BecameUnknown => Moved::BecameKnown,
            Moved::OtherRange => Moved::OtherRange,
            Moved::NowApplies => Moved::NoLongerApplies,
            Moved::NoLongerApplies => Moved::NowApplies,
        };
        let there: Vec<(&str, Moved)> =
            forth.subjects.iter().map(|s| (s.code.as_str(), opposite(s.moved))).collect();
        let here: Vec<(&str, Moved)> =
            back.subjects.iter().map(|s| (s.code.as_str(), s.moved)).collect();
        prop_assert_eq!(there, here);
    }

    #[test]
    fn surely_better_holds_for_every_point_of_both_intervals(
        before in (-1000_i64..1000, 0_i64..300),
        now in (-1000_i64..1000, 0_i64..300),
    ) {
        let ends = |(low, width): (i64, i64)| Ends { low, high: low + width };
        let points = |ends: Ends| [ends.low, ends.low.midpoint(ends.high), ends.high];
        let (before, now) = (ends(before), ends(now));
        let pairs = || points(before).into_iter().flat_map(|b| points(now).map(|n| (b, n)));
        match trend(before, now) {
            Trend::SurelyBetter => prop_assert!(pairs().all(|(b, n)| n > b)),
            Trend::SurelyWorse => prop_assert!(pairs().all(|(b, n)| n < b)),
            Trend::Same => prop_assert!(pairs().all(|(b, n)| n == b)),
            Trend::CannotSay => prop_assert!(
                pairs().any(|(b, n)| n >= b) && pairs().any(|(b, n)| n <= b)
            ),
        }
    }
}
