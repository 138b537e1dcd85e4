use super::*;
use catalogue::{embedded, load};
use rules::statistics::wilson;

fn result(found: u64, assessable: u64, subjects: u64) -> TestResult {
    TestResult {
        rule: "X-01".to_owned(),
        item: None,
        version: 1,
        parameters: BTreeMap::new(),
        subjects,
        assessable,
        found,
        by_order: 0,
        coverage: model::Ppm::of(assessable, subjects),
        share: model::Ppm::of(found, assessable),
        interval: wilson(found, assessable),
        tests: assessable,
        not_assessable: BTreeMap::new(),
        lacks: Vec::new(),
        steps: Vec::new(),
        hits: Vec::new(),
    }
}

fn control(found: u64, assessable: u64, subjects: u64) -> Result<(u8, u8), Silence> {
    let method = load(&embedded()).expect("content loads").method;
    let of = EvidenceFor::Control("B02".to_owned());
    range(&method, &of, &result(found, assessable, subjects))
}

#[test]
fn a_control_that_always_held_is_applied_or_better() {
    assert_eq!(control(0, 1000, 1000), Ok((2, 3)));
}

#[test]
fn thirty_one_of_four_hundred_and_twelve_lies_between() {
    assert_eq!(control(31, 412, 412), Ok((1, 2)));
}

#[test]
fn broken_in_a_quarter_is_on_paper_at_best() {
    assert_eq!(control(100, 400, 400), Ok((0, 1)));
}

#[test]
fn little_data_make_no_statement() {
    assert_eq!(control(0, 19, 19), Err(Silence::TooFewSubjects));
    assert_eq!(control(0, 100, 201), Err(Silence::LowCoverage));
    assert_eq!(control(0, 0, 50), Err(Silence::NotAssessable));
}

#[test]
fn the_weakest_test_decides_for_a_control_and_the_strongest_for_a_circumstance() {
    let say = |range| Statement { test: String::new(), range };
    let both = [say(Ok((2, 3))), say(Ok((0, 1))), say(Err(Silence::TooFewSubjects))];
    assert_eq!(together(&EvidenceFor::Control(String::new()), &both), Ok((0, 1)));
    assert_eq!(together(&EvidenceFor::Circumstance(String::new()), &both), Ok((2, 3)));
}
