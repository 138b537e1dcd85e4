use super::*;
use picture::freeboard::Attractiveness;
use picture::weighing::{self, Replies, weigh};
use proptest::prelude::*;
use std::sync::OnceLock;

fn content() -> &'static Catalogue {
    static CATALOGUE: OnceLock<Catalogue> = OnceLock::new();
    CATALOGUE.get_or_init(|| catalogue::load(&catalogue::embedded()).expect("content"))
}

/// A process in which these things were agreed; nobody knows the rest.
fn weighed(process: Process, agreed: &[(&str, Answer)]) -> Weighing {
    let replies: BTreeMap<String, Replies> = agreed
        .iter()
        .map(|(code, answer)| {
            let replies = Replies { given: Vec::new(), agreed: Some(*answer) };
            ((*code).to_owned(), replies)
        })
        .collect();
    with_replies(process, &replies)
}

fn with_replies(process: Process, replies: &BTreeMap<String, Replies>) -> Weighing {
    let question = weighing::Question {
        process,
        attractiveness: weighing::attractiveness(content(), process),
        replies,
        shown: &[],
        least_group: 3,
    };
    weigh(content(), &question, &Limits::from(&content().method))
}

/// Everything known at its best, but for these.
fn strong_but(process: Process, weak: &[(&str, Answer)]) -> Weighing {
    let mut answers: Vec<(&str, Answer)> = Vec::new();
    for item in content().controls.values() {
        answers.push((&item.code, Answer::Level(3)));
    }
    for item in content().circumstances.values() {
        answers.push((&item.code, Answer::Level(0)));
    }
    answers.retain(|(code, _)| weak.iter().all(|(weak, _)| weak != code));
    answers.extend(weak);
    weighed(process, &answers)
}

fn wanted(weighings: &[Weighing], hours: u64) -> Wanted<'_> {
    let hours = Some(hours);
    Wanted {
        weighings,
        aims: BTreeMap::new(),
        years: vec![Budget { hours_once: hours, hours_yearly: hours, euros: None }],
        partners: 1,
        wishes: Wishes::default(),
        small: false,
        limits: Limits::from(&content().method),
    }
}

fn codes(codes: &[&str]) -> BTreeSet<String> {
    codes.iter().map(|code| (*code).to_owned()).collect()
}

#[test]
fn what_nobody_knows_counts_at_its_worst_end_and_is_named() {
    let permits = strong_but(
        Process::Permits,
        &[("B02", Answer::DontKnow), ("C01", Answer::NotAnswered)],
    );
    let weighings = [permits];
    let ready = prepare(content(), &wanted(&weighings, 100)).expect("a question");
    let told = |assumed: &Assumed| {
        (assumed.code.clone(), assumed.why, assumed.counted, assumed.at_best)
    };
    assert_eq!(
        ready.assumed.iter().map(told).collect::<Vec<_>>(),
        [
            ("C01".to_owned(), Unknown::NotAnswered, 2, 0),
            ("B02".to_owned(), Unknown::DontKnow, 0, 3),
        ]
    );
    let process = &ready.question.processes[0];
    let four_eyes = process.controls.iter().find(|c| c.code == "B02").expect("asked");
    assert_eq!(four_eyes.maturity, 0);
    let alone = process.circumstances.iter().find(|c| c.code == "C01").expect("asked");
    assert_eq!(alone.severity, 2);
}

#[test]
fn a_process_of_which_no_control_applies_is_left_out_and_named() {
    let none: Vec<(&str, Answer)> = content()
        .controls
        .keys()
        .map(|code| (code.as_str(), Answer::NotApplicable))
        .collect();
    let weighings = [weighed(Process::Hiring, &none), weighed(Process::Permits, &[])];
    let ready = prepare(content(), &wanted(&weighings, 100)).expect("a question");
    assert_eq!(ready.left_out, ["hiring"]);
    assert_eq!(ready.question.processes.len(), 1);
    assert!(ready.assumed.iter().all(|assumed| assumed.process == "permits"));
    assert!(ready.aims[0].too_unknown, "nothing was answered");
    assert_eq!(ready.aims[0].unknown, 1000);
}

#[test]
fn everything_that_is_wrong_is_told_at_once_with_the_nearest_code() {
    let weighings = [weighed(Process::Permits, &[]), weighed(Process::Permits, &[])];
    let mut asked = wanted(&weighings, 100);
    asked.aims.insert(Process::Hiring, Aim { weight: 1, target_tenths: 0 });
    asked.aims.insert(Process::Permits, Aim { weight: 101, target_tenths: 1001 });
    asked.partners = 0;
    asked.years.clear();
    asked.wishes.must_have = codes(&["M8888", "M001"]);
    asked.wishes.must_not = codes(&["M001"]);
    asked.wishes.not_before.insert("M002".to_owned(), 0);
    asked.wishes.in_place = codes(&["m126"]);
    let error = prepare(content(), &asked).expect_err("refused").to_string();
    let lines: Vec<&str> = error.lines().collect();
    assert_eq!(
        lines,
        [
            "the process `permits` is given twice; give it once",
            "weight of `permits`: `101`; expected 0 to 100",
            "target of `permits`, in tenths of a point: `1001`; expected -1000 to 1000",
            "a weight or target is given for `hiring`, which is not among the processes",
            "number of years: `0`; expected 1 to 10",
            "number of partners: `0`; expected 1 to 10000",
            "must have: there is no measure `M8888` (did you mean `M088`?)",
            "in place: there is no measure `m126` (did you mean `M126`?)",
            "`M001` must be in the plan and must not; choose",
            "not before: year `0` of `M002`; the first year is 1",
        ]
    );
}

#[test]
fn what_does_not_fit_a_small_organisation_is_left_out_unless_somebody_asks_for_it() {
    let weighings = [weighed(Process::Permits, &[])];
    let mut asked = wanted(&weighings, 100);
    let large: Vec<&library::Measure> =
        content().measures.values().filter(|measure| !measure.small).collect();
    assert!(!large.is_empty());
    let all = prepare(content(), &asked).expect("a question");
    assert!(all.not_small.is_empty());
    asked.small = true;
    let ready = prepare(content(), &asked).expect("a question");
    for measure in &large {
        assert!(ready.not_small.contains(&measure.head.code), "{}", measure.head.code);
    }
    let left = content().measures.len() - ready.not_small.len();
    assert_eq!(ready.question.measures.len(), left);
    let code = large[0].head.code.clone();
    asked.wishes.must_have.insert(code.clone());
    asked.wishes.must_not.insert(large[1].head.code.clone());
    let ready = prepare(content(), &asked).expect("a question");
    assert!(!ready.not_small.contains(&code));
    // what must not be and is not there anyhow is no contradiction
    plan::solve(&ready.question, Effort::default()).expect("a plan");
}

#[test]
fn the_likely_costs_of_the_catalogue_count() {
    let weighings = [weighed(Process::Payments, &[])];
    let ready = prepare(content(), &wanted(&weighings, 100)).expect("a question");
    let held = ready.question.measures.iter().find(|m| m.code == "M126").expect("there");
    assert_eq!(
        held.cost,
        Cost { hours_once: 12, hours_yearly: 16, euros_once: 1000, euros_yearly: 0 }
    );
}

fn replies() -> impl Strategy<Value = BTreeMap<String, Replies>> {
    let controls = content().controls.keys().map(|code| (code.clone(), 3));
    let circumstances = content().circumstances.keys().map(|code| (code.clone(), 2));
    let all: Vec<(String, u8)> = controls.chain(circumstances).collect();
    let count = all.len();
    let answers = prop::collection::vec((0_u8..6, 0_u8..=3), count);
    answers.prop_map(move |answers| {
        let with = |((code, most), (kind, level)): (&(String, u8), (u8, u8))| {
            let answer = match kind {
                0 => Answer::DontKnow,
                1 => Answer::NotAnswered,
                2 => Answer::NotApplicable,
                _ => Answer::Level(level.min(*most)),
            };
            (code.clone(), Replies { given: Vec::new(), agreed: Some(answer) })
        };
        all.iter().zip(answers).map(with).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// The picture and the plan compute the same figures in two places; here they meet.
    #[test]
    fn a_plan_starts_where_the_picture_has_its_worst_end(
        replies in replies(),
        at in 0..Process::ALL.len(),
    ) {
        let weighings = [with_replies(Process::ALL[at], &replies)];
        let ready = prepare(content(), &wanted(&weighings, 10)).expect("a question");
        match &weighings[0].freeboard {
            Some(freeboard) => {
                let process = &ready.question.processes[0];
                let score = plan::score(process, ready.question.caps);
                prop_assert_eq!(score.water, freeboard.water.high);
                prop_assert_eq!(score.dike, freeboard.dike.low);
                prop_assert_eq!(score.freeboard, freeboard.freeboard.low);
            }
            None => prop_assert!(ready.question.processes.is_empty()),
        }
    }
}

#[test]
fn attractiveness_is_taken_over() {
    let weighings = [weighed(Process::Permits, &[])];
    let ready = prepare(content(), &wanted(&weighings, 10)).expect("a question");
    let own = weighings[0].inputs.attractiveness;
    assert!(Attractiveness::ALL.contains(&own));
    let process = &ready.question.processes[0];
    assert_eq!(i64::from(process.attractiveness_tenths), own.tenths());
}
