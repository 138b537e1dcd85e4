//! The figures of a region: enough organisations, no names, and where one's own lies.

use crate::cases::{said, weighed};
use assessment::Answer::{DontKnow, Level};
use assessment::consistency::Size;
use model::Process;
use picture::freeboard::Ends;
use picture::region::{Cell, Member, Spread, Standing, compare, figures};
use picture::weighing::Weighing;
use proptest::prelude::*;

const PAYMENTS: Cell = Cell { size: Size::Small, process: Process::Payments };

/// The payments of a municipality where four eyes and the review of rights stand as given.
fn payments(four_eyes: u8, rights: u8) -> Weighing {
    let answers = [
        ("C01", [Level(1)]),
        ("C05", [Level(1)]),
        ("B02", [Level(four_eyes)]),
        ("B08", [Level(rights)]),
        ("B16", [Level(2)]),
    ];
    weighed(&said(&answers.each_ref().map(|(code, answers)| (*code, &answers[..]))), &[])
}

fn middle(weighing: &Weighing) -> i64 {
    weighing.freeboard.as_ref().unwrap().freeboard.middle()
}

fn found(all: &[Weighing], least: u32) -> Option<Spread> {
    let member = |weighing| Member {
        size: Size::Small,
        weighings: std::slice::from_ref(weighing),
    };
    let members: Vec<Member<'_>> = all.iter().map(member).collect();
    figures(&members, least).get(&PAYMENTS).copied()
}

#[test]
fn five_small_municipalities_give_a_median_and_a_middle_half() {
    let five = [(0, 1), (1, 1), (2, 1), (2, 3), (3, 3)].map(|(a, b)| payments(a, b));
    let each: Vec<i64> = five.iter().map(middle).collect();
    assert!(each.windows(2).all(|two| two[0] < two[1]), "{each:?}");
    let spread = found(&five, 5).unwrap();
    assert_eq!(spread.organisations, 5);
    assert_eq!((spread.lower, spread.median, spread.upper), (each[1], each[2], each[3]));
}

#[test]
fn four_where_five_are_needed_give_no_figure() {
    let four = [(0, 1), (1, 1), (2, 1), (2, 3)].map(|(a, b)| payments(a, b));
    assert_eq!(found(&four, 5), None);
    assert!(found(&four, 4).is_some());
}

#[test]
fn a_process_of_which_too_little_is_known_does_not_count() {
    let unknown = weighed(&said(&[("B02", &[DontKnow])]), &[]);
    assert!(unknown.freeboard.as_ref().unwrap().classes.is_none());
    let mut five = [(0, 1), (1, 1), (2, 1), (2, 3)].map(|(a, b)| payments(a, b)).to_vec();
    five.push(unknown);
    assert_eq!(found(&five, 5), None);
}

#[test]
fn one_organisation_that_brings_a_process_twice_counts_once() {
    let twice = [payments(0, 1), payments(3, 3)];
    let others = [(1, 1), (2, 1), (2, 3)].map(|(a, b)| payments(a, b));
    let one = |weighing| Member {
        size: Size::Small,
        weighings: std::slice::from_ref(weighing),
    };
    let mut members: Vec<Member<'_>> = others.iter().map(one).collect();
    members.push(Member { size: Size::Small, weighings: &twice });
    assert!(figures(&members, 5).is_empty());
    assert_eq!(figures(&members, 4)[&PAYMENTS].organisations, 4);
}

#[test]
fn sizes_are_never_mixed() {
    let five = [(0, 1), (1, 1), (2, 1), (2, 3), (3, 3)].map(|(a, b)| payments(a, b));
    let sizes = [Size::Small, Size::Small, Size::Small, Size::Small, Size::Large];
    let members = sizes.iter().zip(&five).map(|(size, weighing)| Member {
        size: *size,
        weighings: std::slice::from_ref(weighing),
    });
    assert!(figures(&members.collect::<Vec<_>>(), 5).is_empty());
}

#[test]
fn a_freeboard_lies_lower_higher_or_within_the_middle_half() {
    let spread = Spread { organisations: 7, lower: -200, median: -50, upper: 100 };
    let of = |low, high| {
        let found = compare(Ends { low, high }, spread);
        (found.standing, found.sure)
    };
    assert_eq!(of(-201, -201), (Standing::Lower, true));
    assert_eq!(of(-200, -200), (Standing::Within, true));
    assert_eq!(of(100, 100), (Standing::Within, true));
    assert_eq!(of(101, 101), (Standing::Higher, true));
    // the middle says lower, but what is not known may yet lift it
    assert_eq!(of(-500, 0), (Standing::Lower, false));
    assert_eq!(of(-300, 200), (Standing::Within, false));
}

proptest! {
    #[test]
    fn a_figure_lies_between_the_lowest_and_the_highest_and_has_no_order(
        levels in prop::collection::vec((0_u8..=3, 0_u8..=3), 5..12),
        by in 0_usize..12,
    ) {
        let mut all: Vec<Weighing> = levels.iter().map(|(a, b)| payments(*a, *b)).collect();
        let spread = found(&all, 5).unwrap();
        let middles: Vec<i64> = all.iter().map(middle).collect();
        prop_assert!(*middles.iter().min().unwrap() <= spread.lower);
        prop_assert!(spread.lower <= spread.median && spread.median <= spread.upper);
        prop_assert!(spread.upper <= *middles.iter().max().unwrap());
        let below = middles.iter().filter(|middle| **middle <= spread.median).count();
        prop_assert!(below * 2 >= middles.len(), "half lies at the median or below");
        let by = by.min(all.len());
        all.rotate_left(by);
        prop_assert_eq!(found(&all, 5), Some(spread));
    }
}
