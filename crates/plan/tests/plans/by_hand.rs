//! Two plans worked out on paper. The first stands in `docs/plan.md`, step by step.

use plan::{
    Budget, Circumstance, Control, Cost, Effort, Lower, Measure, PERCENTS, Plan, Process,
    Proof, Question, Raise, Reach, propose, solve,
};

fn control(code: &str, weight: u32, maturity: u8, key: bool) -> Control {
    Control { code: code.to_owned(), weight, maturity, key }
}

fn circumstance(code: &str, weight: u32, severity: u8) -> Circumstance {
    Circumstance { code: code.to_owned(), weight, severity }
}

fn lifts(code: &str, control: &str, to: u8, hours_once: u64) -> Measure {
    Measure {
        code: code.to_owned(),
        processes: Reach::All,
        raises: vec![Raise { control: control.to_owned(), from: 0, to }],
        cost: Cost { hours_once, ..Cost::default() },
        ..Measure::default()
    }
}

fn lowers(code: &str, circumstance: &str, hours_once: u64) -> Measure {
    let lower = Lower { circumstance: circumstance.to_owned(), by: 1 };
    Measure { raises: Vec::new(), lowers: vec![lower], ..lifts(code, "", 1, hours_once) }
}

/// The process of the example in `docs/method.md`: attractiveness 66.7, water 95.8, dike
/// 50.0, so a freeboard of −45.8 and a shortfall of 45.8.
fn permits() -> Process {
    Process {
        code: "permits".to_owned(),
        weight: 1,
        target_tenths: 0,
        attractiveness_tenths: 667,
        circumstances: vec![circumstance("C01", 3, 2), circumstance("C05", 1, 1)],
        controls: vec![
            control("B02", 3, 1, true),
            control("B08", 2, 3, false),
            control("B16", 1, 0, false),
        ],
    }
}

fn question(process: Process, measures: Vec<Measure>, hours: u64) -> Question {
    let budget = Budget { hours_once: Some(hours), ..Budget::default() };
    Question {
        processes: vec![process],
        measures,
        years: vec![budget],
        partners: 1,
        ..Question::default()
    }
}

/// Four eyes in the system, a reporting point, handlers who change.
fn three_measures() -> Vec<Measure> {
    vec![lifts("M01", "B02", 3, 20), lifts("M02", "B16", 2, 8), lowers("M03", "C01", 12)]
}

fn within(hours: u64) -> Plan {
    let question = question(permits(), three_measures(), hours);
    solve(&question, Effort::default()).expect("a plan")
}

fn codes(plan: &Plan) -> Vec<&str> {
    plan.chosen.iter().map(|chosen| chosen.code.as_str()).collect()
}

#[test]
fn today_the_process_lacks_what_the_page_on_the_method_says() {
    let standing = &within(0).years[0].processes[0];
    let before = &standing.before;
    assert_eq!((before.water, before.dike, before.freeboard), (958, 500, -458));
    assert_eq!(before.shortfall, 458);
}

#[test]
fn twenty_hours_go_to_four_eyes() {
    // M01: dike 1000 × (9 + 6 + 0) / 18 = 833; freeboard −125; removes 333.
    // M02 and M03 together also fit: dike 611, water 667 + 333 × 4/8 = 834; removes 235.
    let plan = within(20);
    assert_eq!(codes(&plan), ["M01"]);
    assert_eq!((plan.removed_tenths, plan.left_tenths), (333, 125));
    assert_eq!(plan.proof, Proof::Optimal);
    assert_eq!(plan.chosen[0].loss.processes, [("permits".to_owned(), 333)]);
}

#[test]
fn what_just_misses_lacks_the_hours_it_would_take_on_top() {
    let plan = within(20);
    let missed: Vec<(&str, u64, i64)> = plan
        .missed
        .iter()
        .map(|missed| (missed.code.as_str(), missed.lack.hours_once, missed.gain_tenths))
        .collect();
    // M02 on top: dike 944, removes 111 more; M03 on top: water 834, removes 124 more
    assert_eq!(missed, [("M02", 8, 111), ("M03", 12, 124)]);
}

#[test]
fn with_all_three_the_reporting_point_hardly_matters_any_more() {
    // dike 944, water 834: freeboard 110, above the target; without M02 it is 833 − 834 = −1
    let plan = within(40);
    assert_eq!(codes(&plan), ["M01", "M02", "M03"]);
    assert_eq!((plan.removed_tenths, plan.left_tenths), (458, 0));
    let losses: Vec<i64> = plan.chosen.iter().map(|chosen| chosen.loss.tenths).collect();
    // without M01: 611 − 834 = −223; without M03: 944 − 958 = −14
    assert_eq!(losses, [223, 1, 14]);
}

#[test]
fn fewer_hours_bring_the_reporting_point_and_more_hours_bring_both() {
    let question = question(permits(), three_measures(), 20);
    let proposal = propose(&question, &PERCENTS, Effort::default()).expect("a proposal");
    let steps: Vec<(u32, i64)> = proposal
        .frontier
        .iter()
        .map(|step| (step.percent, step.reached.as_ref().expect("fits").removed_tenths))
        .collect();
    // 10 hours: M02; 15: M03; 20 and 25: M01; 30: M01 and M02, −458 + 333 + 111
    assert_eq!(steps, [(50, 111), (75, 124), (100, 333), (125, 333), (150, 444)]);
}

#[test]
fn two_key_controls_are_lifted_together_where_the_best_one_first_never_would() {
    // Two key controls are absent and the dike is capped at 40, whatever the others do: 80
    // without the cap. Lifting one brings nothing. Whoever takes the best first takes M03,
    // and then nothing else that helps fits.
    let process = Process {
        code: "payments".to_owned(),
        controls: vec![
            control("B02", 1, 0, true),
            control("B03", 1, 0, true),
            control("B04", 8, 3, false),
        ],
        ..permits()
    };
    let measures = vec![
        lifts("M01", "B02", 2, 10),
        lifts("M02", "B03", 2, 10),
        lowers("M03", "C01", 8),
    ];
    let alone = |code: &str| {
        let mut question = question(process.clone(), measures.clone(), 10);
        question.measures.retain(|measure| measure.code == code);
        solve(&question, Effort::default()).expect("a plan").removed_tenths
    };
    assert_eq!([alone("M01"), alone("M02"), alone("M03")], [0, 0, 124]);
    let question = question(process.clone(), measures.clone(), 20);
    assert_eq!(crate::common::greedy(&question), 558 - 124, "M03, and nothing after it");
    let plan = solve(&question, Effort::default()).expect("a plan");
    assert_eq!(codes(&plan), ["M01", "M02"]);
    // dike 1000 × (2 + 2 + 24) / 30 = 933; freeboard 933 − 958 = −25
    assert_eq!((plan.removed_tenths, plan.left_tenths), (533, 25));
}
