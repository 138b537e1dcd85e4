//! What must hold for every plan, on questions made by chance and some made by hand.
#![expect(
    clippy::expect_used,
    reason = "a test ends at the first thing that is not as it should be"
)]

use crate::common::{Dice, Size, greedy, question, shortfall, starts, wish};
use plan::*;
use proptest::prelude::*;
use std::collections::BTreeSet;

const MIDDLE: Size =
    Size { processes: 4, controls: 8, circumstances: 5, measures: 20, years: 1 };

fn made(seed: u64, years: u32) -> Question {
    let mut dice = Dice::of(seed);
    let measures = if years == 1 { 20 } else { 12 };
    let mut question = question(&mut dice, Size { measures, years, ..MIDDLE });
    wish(&mut dice, &mut question);
    // what must be there may not fit, and then there is no plan to look at
    question.wishes.must_have.clear();
    question
}

fn planned(question: &Question) -> Plan {
    solve(question, Effort::default()).expect("a plan")
}

fn codes(plan: &Plan) -> BTreeSet<&str> {
    plan.chosen.iter().map(|chosen| chosen.code.as_str()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_plan_keeps_to_hours_euros_requirements_and_wishes(seed: u64, years in 1_u32..=2) {
        let question = made(seed, years);
        let plan = planned(&question);
        let starts = starts(&question, &plan);
        for (year, budget) in plan.years.iter().zip(&question.years) {
            let euros = year.spent.euros_once + year.spent.euros_yearly;
            prop_assert!(budget.hours_once.is_none_or(|most| year.spent.hours_once <= most));
            prop_assert!(budget.hours_yearly.is_none_or(|m| year.spent.hours_yearly <= m));
            prop_assert!(budget.euros.is_none_or(|most| euros <= most));
        }
        for chosen in &plan.chosen {
            prop_assert!(!question.wishes.must_not.contains(&chosen.code));
            prop_assert!(!question.wishes.in_place.contains(&chosen.code));
            let first = question.wishes.not_before.get(&chosen.code);
            prop_assert!(first.is_none_or(|first| chosen.year >= *first));
            let measure = question.measures.iter().find(|m| m.code == chosen.code);
            for required in &measure.expect("known").requires {
                let there = starts.get(required).is_none_or(|s| *s > 0 && *s <= chosen.year);
                prop_assert!(there, "{} without {required}", chosen.code);
            }
        }
    }

    #[test]
    fn the_figures_add_up(seed: u64, years in 1_u32..=2) {
        let question = made(seed, years);
        let plan = planned(&question);
        let weight = |code: &str| {
            let process = question.processes.iter().find(|process| process.code == code);
            i64::from(process.expect("known").weight)
        };
        let all = || plan.years.iter().flat_map(|year| &year.processes);
        let removed: i64 = all().map(|p| weight(&p.process) * p.removed_tenths()).sum();
        let left: i64 = all().map(|p| weight(&p.process) * p.after.shortfall).sum();
        prop_assert_eq!(plan.removed_tenths, removed);
        prop_assert_eq!(plan.left_tenths, left);
        let nothing = shortfall(&question, &BTreeSet::new());
        prop_assert_eq!(removed + left, nothing * i64::from(years));
        prop_assert!(all().all(|standing| standing.removed_tenths() >= 0));
    }

    #[test]
    fn every_measure_in_a_plan_has_a_reason(seed: u64) {
        let plan = planned(&made(seed, 1));
        for chosen in &plan.chosen {
            prop_assert!(chosen.loss.tenths > 0, "{} adds nothing", chosen.code);
            prop_assert!(chosen.loss.own_tenths <= chosen.loss.tenths);
            if chosen.loss.own_tenths == 0 {
                prop_assert!(!chosen.loss.dependents.is_empty());
            }
        }
    }

    #[test]
    fn what_missed_lacks_something(seed: u64, years in 1_u32..=2) {
        let question = made(seed, years);
        let plan = planned(&question);
        for missed in &plan.missed {
            prop_assert!(missed.lack != Lack::default(), "{} fits", missed.code);
            prop_assert!(missed.gain_tenths > 0);
            prop_assert!(missed.planned_year != Some(1));
        }
    }

    #[test]
    fn the_order_in_which_things_are_given_does_not_matter(seed: u64) {
        let question = made(seed, 1);
        let mut turned = question.clone();
        turned.measures.reverse();
        turned.processes.reverse();
        for process in &mut turned.processes {
            process.controls.reverse();
            process.circumstances.reverse();
        }
        let (plan, other) = (planned(&question), planned(&turned));
        prop_assert_eq!(plan, other);
    }

    #[test]
    fn more_hours_never_remove_less(seed: u64) {
        let question = made(seed, 1);
        let proposal = propose(&question, &PERCENTS, Effort::default()).expect("a plan");
        let steps = proposal.frontier.iter().map(|step| step.reached.as_ref().expect("fits"));
        let removed: Vec<i64> = steps.map(|reached| reached.removed_tenths).collect();
        prop_assert!(removed.is_sorted(), "{removed:?}");
        prop_assert_eq!(removed[2], proposal.plan.removed_tenths);
        let alone = Effort { threads: 1, ..Effort::default() };
        prop_assert_eq!(propose(&question, &PERCENTS, alone).expect("a plan"), proposal);
    }

    #[test]
    fn forcing_something_in_never_removes_more(seed: u64) {
        let question = made(seed, 1);
        let plan = planned(&question);
        for missed in plan.missed.iter().take(3) {
            let mut forced = question.clone();
            forced.wishes.must_have.insert(missed.code.clone());
            if let Ok(other) = solve(&forced, Effort::default()) {
                prop_assert!(codes(&other).contains(missed.code.as_str()));
                prop_assert!(other.removed_tenths <= plan.removed_tenths);
            }
        }
    }
}

/// One process with these key controls, all at this maturity, and water at 50.
fn dike(controls: &[&str], maturity: u8) -> Process {
    Process {
        code: "permits".to_owned(),
        weight: 1,
        attractiveness_tenths: 500,
        controls: controls
            .iter()
            .map(|code| Control {
                code: (*code).to_owned(),
                weight: 1,
                maturity,
                key: true,
            })
            .collect(),
        ..Process::default()
    }
}

fn lift(code: &str, controls: &[&str], to: u8, hours: u64) -> Measure {
    Measure {
        code: code.to_owned(),
        raises: controls
            .iter()
            .map(|control| Raise { control: (*control).to_owned(), from: 0, to })
            .collect(),
        cost: Cost { hours_once: hours, ..Cost::default() },
        ..Measure::default()
    }
}

fn within(hours: u64, process: Process, measures: Vec<Measure>) -> Question {
    Question {
        processes: vec![process],
        measures,
        years: vec![Budget { hours_once: Some(hours), ..Budget::default() }],
        partners: 1,
        caps: Caps::default(),
        wishes: Wishes::default(),
    }
}

#[test]
fn where_two_fit_together_the_best_one_is_left_alone() {
    // M1 gives most for each hour, three controls in ten, and blocks the pair that gives four
    let mut process = dike(&["B1", "B2", "B3", "B4", "B5", "B6"], 0);
    process.target_tenths = 500;
    process.controls.iter_mut().for_each(|control| control.key = false);
    let measures = vec![
        lift("M1", &["B1", "B2", "B3"], 3, 10),
        lift("M2", &["B3", "B4"], 3, 8),
        lift("M3", &["B5", "B6"], 3, 8),
    ];
    let question = within(16, process, measures);
    let plan = planned(&question);
    assert_eq!(codes(&plan), BTreeSet::from(["M2", "M3"]));
    assert_eq!((plan.removed_tenths, plan.left_tenths), (667, 333));
    assert_eq!(greedy(&question), 500, "by hand it stops at M1");
}

#[test]
fn a_cap_is_lifted_only_when_every_key_control_is_lifted() {
    // three strong controls, two absent: one measure alone gains nothing, both together do
    let mut process = dike(&["B1", "B2", "B3", "B4", "B5"], 3);
    process.target_tenths = 300;
    process.controls[3].maturity = 0;
    process.controls[4].maturity = 0;
    let measures = vec![
        lift("M1", &["B4"], 2, 10),
        lift("M2", &["B5"], 2, 10),
        lift("M3", &["B5"], 1, 1),
    ];
    let one = planned(&within(10, process.clone(), measures.clone()));
    assert!(one.chosen.is_empty(), "{:?}", one.chosen);
    let both = planned(&within(20, process, measures));
    assert_eq!(codes(&both), BTreeSet::from(["M1", "M2"]));
    assert_eq!(both.years[0].processes[0].before.capped_by.as_deref(), Some("B4"));
    assert_eq!(both.years[0].processes[0].after.dike, 867);
    // each is in because of the other: without either the cap is back
    assert!(both.chosen.iter().all(|chosen| chosen.loss.tenths == 400));
}

#[test]
fn a_measure_that_works_from_a_level_helps_after_another_brought_it_there() {
    let mut second = lift("M2", &["B1"], 3, 5);
    second.raises[0].from = 1;
    let first = lift("M1", &["B1"], 1, 5);
    let question = within(10, dike(&["B1", "B2"], 0), vec![first, second.clone()]);
    assert_eq!(planned(&question).years[0].processes[0].after.dike, 400);
    let alone = planned(&within(10, dike(&["B1", "B2"], 0), vec![second]));
    assert!(alone.chosen.is_empty());
}

#[test]
fn of_equal_measures_the_first_code_is_taken() {
    let measures = vec![
        lift("M3", &["B1"], 3, 5),
        lift("M2", &["B1"], 3, 5),
        lift("M4", &["B2"], 3, 0),
    ];
    let plan = planned(&within(5, dike(&["B1"], 0), measures));
    assert_eq!(codes(&plan), BTreeSet::from(["M2"]));
}

#[test]
fn the_next_one_says_how_many_hours_it_lacked() {
    let controls = ["B1", "B2", "B3"];
    let mut question = within(
        12,
        dike(&controls, 2),
        vec![
            lift("M1", &["B1"], 3, 10),
            lift("M2", &["B2", "B3"], 3, 30),
            lift("M3", &["B3"], 3, 7),
        ],
    );
    question.processes[0].target_tenths = 500;
    question.measures[1].requires.insert("M3".to_owned());
    let plan = planned(&question);
    assert_eq!(codes(&plan), BTreeSet::from(["M3"]));
    let missed: Vec<(&str, u64)> =
        plan.missed.iter().map(|m| (m.code.as_str(), m.lack.hours_once)).collect();
    assert_eq!(missed, [("M1", 5), ("M2", 25)]);
}

#[test]
fn a_measure_counts_in_every_process_and_is_paid_once() {
    let mut question = within(10, dike(&["B1"], 0), vec![lift("M1", &["B1"], 3, 10)]);
    let mut other = dike(&["B1"], 1);
    "subsidies".clone_into(&mut other.code);
    other.weight = 3;
    question.processes.push(other);
    let plan = planned(&question);
    // 50.0 once in the one; in the other from 33.3, weight 3
    assert_eq!(plan.removed_tenths, 500 + 3 * 167);
    assert_eq!(plan.years[0].spent.hours_once, 10);
}

#[test]
fn partners_divide_a_shared_measure() {
    let mut question = within(4, dike(&["B1"], 0), vec![lift("M1", &["B1"], 3, 10)]);
    question.measures[0].shared = true;
    assert!(planned(&question).chosen.is_empty());
    question.partners = 3;
    let plan = planned(&question);
    assert_eq!(plan.chosen[0].cost.hours_once, 4, "a third of ten hours, rounded up");
}

#[test]
fn what_is_later_starts_later_and_what_is_in_place_costs_nothing() {
    let mut question = within(
        10,
        dike(&["B1", "B2"], 0),
        vec![
            lift("M1", &["B1"], 3, 10),
            lift("M2", &["B2"], 3, 10),
            lift("M3", &["B9"], 3, 99),
        ],
    );
    question.years.push(question.years[0]);
    question.measures[1].requires.insert("M3".to_owned());
    question.wishes.in_place.insert("M3".to_owned());
    question.wishes.not_before.insert("M1".to_owned(), 2);
    let plan = planned(&question);
    assert_eq!(plan.years[0].starts, ["M2"]);
    assert_eq!(plan.years[1].starts, ["M1"]);
    assert_eq!(plan.in_place, ["M3"]);
}

#[test]
fn a_search_that_is_stopped_tells_how_much_better_another_plan_may_be() {
    let size =
        Size { processes: 8, controls: 14, circumstances: 6, measures: 50, years: 1 };
    let mut stopped = 0;
    for seed in 0..12 {
        let question = question(&mut Dice::of(seed), size);
        let best = planned(&question);
        let early = solve(&question, Effort { nodes: 1, threads: 1 }).expect("a plan");
        let may_be = match early.proof {
            Proof::Optimal => 0,
            Proof::Gap { gap_tenths } => gap_tenths,
        };
        assert!(early.removed_tenths <= best.removed_tenths, "seed {seed}");
        assert!(early.removed_tenths + may_be >= best.removed_tenths, "seed {seed}");
        stopped += u32::from(early.proof != Proof::Optimal);
    }
    assert!(stopped > 0, "no search was stopped");
}

#[test]
fn a_share_of_the_hours_in_which_what_must_be_there_does_not_fit_says_so() {
    let mut question = within(10, dike(&["B1"], 0), vec![lift("M1", &["B1"], 3, 10)]);
    question.wishes.must_have.insert("M1".to_owned());
    let proposal = propose(&question, &PERCENTS, Effort::default()).expect("a plan");
    let fits: Vec<bool> = proposal.frontier.iter().map(|s| s.reached.is_some()).collect();
    assert_eq!(fits, [false, false, true, true, true]);
    assert!(proposal.plan.chosen[0].must_have);
}

#[test]
fn contradictions_are_refused_by_name() {
    let question = |change: fn(&mut Question)| {
        let measures = vec![lift("M1", &["B1"], 3, 10), lift("M2", &["B1"], 3, 10)];
        let mut question = within(5, dike(&["B1"], 0), measures);
        change(&mut question);
        solve(&question, Effort::default()).expect_err("refused").to_string()
    };
    assert_eq!(
        question(|q| {
            q.wishes.must_have.insert("M1".to_owned());
        }),
        "the measures that must be in the plan do not fit together in the hours and euros; \
         give more or drop one"
    );
    assert_eq!(
        question(|q| {
            q.wishes.must_have.insert("M1".to_owned());
            q.wishes.must_not.insert("M2".to_owned());
            q.measures[0].requires.insert("M2".to_owned());
        }),
        "`M1` must be in the plan, but requires `M2`, which must not or only later; choose"
    );
    assert_eq!(
        question(|q| q.measures[1].raises[0].to = 0),
        "measure `M2`, control `B1`, to: `0`; expected 1 to 3"
    );
    assert_eq!(
        question(|q| {
            q.measures[1].requires.insert("M9".to_owned());
        }),
        "measure `M2`, requires: there is no measure `M9`; give it or leave it out"
    );
    assert_eq!(question(|q| q.years.clear()), "0 years were given; give 1 to 10");
    assert_eq!(
        question(|q| q.measures[1].code = "M1".to_owned()),
        "`M1` is given twice; give it once"
    );
}
