//! Examples a process owner can follow.

use crate::cases::{All, said, shown, weighed, weighed_at};
use assessment::Answer::{DontKnow, Level, NotAnswered, NotApplicable};
use assessment::{Given, Group, Parting, Silence};
use picture::freeboard::{Attractiveness, Class, Ends, Freeboard};
use picture::weighing::{Replies, Weighing};

/// The answers of the example of docs/method.md; of the reporting point nobody knows.
fn of_the_method() -> All {
    said(&[
        ("C01", &[Level(2)]),
        ("C05", &[Level(1)]),
        ("B02", &[Level(1)]),
        ("B08", &[Level(3)]),
        ("B16", &[DontKnow]),
    ])
}

fn figures(weighing: &Weighing) -> &Freeboard {
    weighing.freeboard.as_ref().unwrap()
}

#[test]
fn answers_of_the_example_give_the_figures_of_the_documentation() {
    let weighing = weighed(&of_the_method(), &[]);
    let found = figures(&weighing);
    assert_eq!(found.water, Ends { low: 958, high: 958 });
    assert_eq!(found.dike, Ends { low: 500, high: 667 });
    assert_eq!(found.freeboard, Ends { low: -458, high: -291 });
    assert_eq!(found.classes, Some((Class::Red, Class::Orange)));
    assert_eq!(found.unknown, 100);
    let codes: Vec<&str> = weighing.subjects.iter().map(|s| s.code.as_str()).collect();
    assert_eq!(codes, ["C01", "C05", "B02", "B08", "B16"], "circumstances first");
}

#[test]
fn the_first_reasons_are_four_eyes_that_stand_on_paper_and_one_who_decides_alone() {
    let weighing = weighed(&of_the_method(), &[]);
    // four eyes lacks 2 of 3 at weight 3 of 6: a third of the dike; deciding alone adds 6/8
    // of the room above the attractiveness
    let first: Vec<(&str, i64)> =
        weighing.reasons.iter().take(3).map(|(code, part)| (&**code, *part)).collect();
    assert_eq!(first, [("B02", 333), ("C01", 250), ("B16", 167)]);
}

#[test]
fn when_nobody_was_asked_all_is_possible_and_there_is_no_class() {
    let weighing = weighed(&All::new(), &[]);
    let found = figures(&weighing);
    assert_eq!(found.water, Ends { low: 667, high: 1000 });
    assert_eq!(found.dike, Ends { low: 0, high: 1000 });
    assert_eq!(found.freeboard, Ends { low: -1000, high: 333 });
    assert_eq!((found.unknown, found.classes), (1000, None));
}

#[test]
fn four_eyes_that_is_said_and_not_shown_counts_as_shown() {
    // said: applied and checked; the log: broken in more than one case of ten
    let mut replies = of_the_method();
    replies.extend(said(&[("B02", &[Level(3), Level(3), Level(2)])]));
    let believed = weighed(&replies, &[]);
    let seen = weighed(&replies, &[shown("B02", Ok((0, 1)))]);
    assert_eq!(figures(&believed).dike, Ends { low: 833, high: 1000 });
    assert_eq!(figures(&seen).dike, Ends { low: 500, high: 667 });
    let four_eyes = seen.subject("B02").unwrap();
    assert_eq!(four_eyes.parting, Some(Parting::SaidBetter));
    assert_eq!(four_eyes.judged.map(|j| (j.low, j.high)), Some((1, 1)));
    let partings: Vec<&str> = seen.partings().map(|s| s.code.as_str()).collect();
    assert_eq!(partings, ["B02"]);
}

#[test]
fn a_control_that_holds_better_than_people_think_raises_the_dike() {
    let mut replies = of_the_method();
    replies.extend(said(&[("B02", &[Level(0)])]));
    let believed = weighed(&replies, &[]);
    let seen = weighed(&replies, &[shown("B02", Ok((2, 3)))]);
    // absent caps the dike at 40.0; shown to be applied, nothing caps it
    assert_eq!(figures(&believed).dike, Ends { low: 333, high: 400 });
    assert_eq!(figures(&believed).caps, [("B02".to_owned(), 400)]);
    assert_eq!(figures(&seen).dike, Ends { low: 667, high: 833 });
    assert_eq!(figures(&seen).caps, []);
    assert_eq!(seen.subject("B02").unwrap().parting, Some(Parting::SaidWorse));
}

#[test]
fn what_nobody_knows_but_the_data_show_is_as_wide_as_the_data_leave_it() {
    let weighing = weighed(&of_the_method(), &[shown("B16", Ok((1, 2)))]);
    // 9 of 18 parts are sure; the reporting point adds 1 or 2
    assert_eq!(figures(&weighing).dike, Ends { low: 556, high: 611 });
    assert_eq!(weighing.subject("B16").unwrap().parting, None);
}

#[test]
fn data_that_make_no_statement_change_nothing_and_say_why() {
    let silent = weighed(
        &of_the_method(),
        &[shown("B02", Err(Silence::TooFewSubjects)), shown("B08", Ok((3, 3)))],
    );
    assert_eq!(silent.freeboard, weighed(&of_the_method(), &[]).freeboard);
    let four_eyes = silent.subject("B02").unwrap();
    assert_eq!((four_eyes.shown, four_eyes.parting), (None, None));
    assert_eq!(four_eyes.silence, Some(Silence::TooFewSubjects));
    assert_eq!(silent.subject("B08").unwrap().parting, Some(Parting::Agree));
    assert_eq!(silent.subject("B16").unwrap().silence, None, "no rule speaks for it");
}

#[test]
fn what_does_not_apply_is_left_out_of_the_whole() {
    let mut replies = of_the_method();
    replies.extend(said(&[("B16", &[NotApplicable])]));
    let weighing = weighed(&replies, &[]);
    // 9 of 15 parts
    assert_eq!(figures(&weighing).dike, Ends { low: 600, high: 600 });
    assert_eq!(figures(&weighing).unknown, 0);
    let point = weighing.subject("B16").unwrap();
    assert_eq!((point.judged, point.parting), (None, None));
}

#[test]
fn what_people_say_does_not_apply_while_the_data_show_it_is_told() {
    let mut replies = of_the_method();
    replies.extend(said(&[("B16", &[NotApplicable, NotApplicable, Level(1)])]));
    let weighing = weighed(&replies, &[shown("B16", Ok((0, 1)))]);
    let point = weighing.subject("B16").unwrap();
    assert_eq!(point.judged, None);
    assert_eq!(point.parting, Some(Parting::SaidNotApplicable));
    assert_eq!(weighing.partings().count(), 1);
}

#[test]
fn no_control_that_applies_gives_no_figure_but_keeps_what_was_said() {
    let no: &[assessment::Answer] = &[NotApplicable];
    let replies = said(&[("B02", no), ("B08", no), ("B16", no), ("C01", &[Level(2)])]);
    let weighing = weighed(&replies, &[]);
    assert_eq!(weighing.freeboard, None);
    assert_eq!(weighing.subject("C01").unwrap().said.answer, Level(2));
}

#[test]
fn what_was_agreed_in_the_meeting_counts_in_place_of_the_median() {
    let mut replies = of_the_method();
    let given = [Level(3), Level(3), Level(1)];
    let floor = given.map(|answer| Given { answer, group: Group::Floor }).to_vec();
    replies.insert("B02".to_owned(), Replies { given: floor, agreed: Some(Level(1)) });
    let weighing = weighed(&replies, &[]);
    assert_eq!(weighing.freeboard, weighed(&of_the_method(), &[]).freeboard);
    let four_eyes = weighing.subject("B02").unwrap();
    assert!(four_eyes.said.agreed, "and it says so");
    assert_eq!(four_eyes.said.spread, Some((1, 3)), "all answers stay");
}

#[test]
fn management_and_work_floor_are_set_apart_where_both_have_three_answers() {
    let mut replies = of_the_method();
    let of = |group, level| vec![Given { answer: Level(level), group }; 3];
    let given = [of(Group::Management, 3), of(Group::Floor, 1)].concat();
    replies.insert("B02".to_owned(), Replies { given, agreed: None });
    let weighing = weighed(&replies, &[]);
    let four_eyes = weighing.subject("B02").unwrap();
    assert_eq!(four_eyes.said.groups, Some((3, 1)));
    // of six the lower of the middle two
    assert_eq!(four_eyes.said.answer, Level(1));
}

#[test]
fn a_more_attractive_process_has_higher_water_and_the_same_dike() {
    let at = |attractiveness| {
        let weighing = weighed_at(attractiveness, &of_the_method(), &[]);
        let found = figures(&weighing);
        (found.water.low, found.dike)
    };
    let [low, middle, high] = Attractiveness::ALL.map(at);
    // 33.3 + 66.7 × 7/8, 66.7 + 33.3 × 7/8, and 100 whatever the circumstances
    assert_eq!([low.0, middle.0, high.0], [917, 958, 1000]);
    assert!(low.1 == middle.1 && middle.1 == high.1);
}

#[test]
fn not_answered_and_not_known_are_as_wide_but_not_the_same() {
    let mut replies = of_the_method();
    replies.extend(said(&[("B16", &[NotAnswered, NotAnswered])]));
    let (known, unanswered) = (weighed(&of_the_method(), &[]), weighed(&replies, &[]));
    assert_eq!(known.freeboard, unanswered.freeboard);
    assert_eq!(known.subject("B16").unwrap().said.answer, DontKnow);
    assert_eq!(unanswered.subject("B16").unwrap().said.answer, NotAnswered);
}
