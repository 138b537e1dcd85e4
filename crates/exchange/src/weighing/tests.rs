//! What was written is read back as it was, and what is wrong is told with its field.

use super::*;
use assessment::{Answer, Given, Group, Shown};
use catalogue::{Catalogue, EvidenceFor};
use model::{Date, Process};
use picture::freeboard::Limits;
use picture::weighing::{Question, Replies, weigh};
use picture::weighings::{Head, RoundHead, WeighedProcess};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// The catalogue with a handful of items, among them the key controls B02 and B08.
fn small() -> &'static Catalogue {
    static SMALL: OnceLock<Catalogue> = OnceLock::new();
    SMALL.get_or_init(|| {
        let mut all = ::catalogue::load(&::catalogue::embedded()).unwrap();
        all.circumstances.retain(|code, _| ["C01", "C05"].contains(&code.as_str()));
        all.controls.retain(|code, _| ["B02", "B08", "B37"].contains(&code.as_str()));
        all
    })
}

fn limits() -> Limits {
    Limits::from(&small().method)
}

/// Answers and data of one process, by code.
type Case =
    (Process, Vec<(Vec<Given>, Option<Answer>, Option<Result<(u8, u8), Silence>>)>);

fn weighed((process, of_each): &Case) -> WeighedProcess {
    let controls = small().controls.keys().map(|code| EvidenceFor::Control(code.clone()));
    let circumstances = small().circumstances.keys();
    let all = controls.chain(circumstances.map(|c| EvidenceFor::Circumstance(c.clone())));
    let mut replies = BTreeMap::new();
    let mut shown = Vec::new();
    for (of, (given, agreed, range)) in all.zip(of_each) {
        let (EvidenceFor::Control(code) | EvidenceFor::Circumstance(code)) = &of;
        replies.insert(code.clone(), Replies { given: given.clone(), agreed: *agreed });
        shown.extend(range.map(|range| Shown { of, statements: Vec::new(), range }));
    }
    let question = Question {
        process: *process,
        attractiveness: Attractiveness::Middle,
        replies: &replies,
        shown: &shown,
        least_group: 3,
    };
    WeighedProcess {
        weighing: weigh(small(), &question, &limits()),
        proposed: Attractiveness::High,
        reason: Some("wij verlenen er weinig".to_owned()),
    }
}

fn weighings(cases: &[Case]) -> Weighings {
    let head = Head {
        organisation: "Gemeente Waterdrecht".to_owned(),
        as_of: Date::constant(2026, 11, 23),
        round: Some(RoundHead {
            id: "R-2026".to_owned(),
            title: "Najaar 2026".to_owned(),
            held_on: Some(Date::constant(2026, 10, 1)),
        }),
        method: small().method.version,
        catalogue: small().version.clone(),
    };
    Weighings::of(head, cases.iter().map(weighed).collect(), &limits())
}

fn answer(most: u8) -> impl Strategy<Value = Answer> {
    prop_oneof![
        4 => (0..=most).prop_map(Answer::Level),
        1 => Just(Answer::NotApplicable),
        1 => Just(Answer::DontKnow),
        1 => Just(Answer::NotAnswered),
    ]
}

fn case() -> impl Strategy<Value = Case> {
    let group = prop::sample::select(vec![Group::Management, Group::Floor, Group::Other]);
    let given = move |most| {
        (answer(most), group.clone()).prop_map(|(answer, group)| Given { answer, group })
    };
    let range = prop_oneof![
        (0_u8..=2, 0_u8..=2).prop_map(|(a, b)| Ok((a.min(b), a.max(b)))),
        prop::sample::select(SILENCES.map(|(_, silence)| Err(silence)).to_vec()),
    ];
    let one = move |most| {
        (
            prop::collection::vec(given(most), 0..9),
            prop::option::weighted(0.2, answer(most)),
            prop::option::of(range.clone()),
        )
    };
    let all = [one(3), one(3), one(3), one(2), one(2)].into_iter().collect::<Vec<_>>();
    (prop::sample::select(Process::ALL.to_vec()), all)
}

proptest! {
    #[test]
    fn weighings_come_back_as_they_were(cases in prop::collection::vec(case(), 0..5)) {
        let weighings = weighings(&cases);
        let form = WeighingForm::of(&weighings, &limits());
        let text = serde_json::to_string(&form).unwrap();
        prop_assert_eq!(read(&text), Ok(weighings.clone()));
        let again: WeighingForm = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(&again, &form);
        prop_assert_eq!(Weighings::try_from(&again), Ok(weighings));
    }
}

/// One process: four eyes is said and not shown, nobody knows of the rights.
fn document() -> Value {
    let level = |level| Given { answer: Answer::Level(level), group: Group::Floor };
    let unsure = Given { answer: Answer::DontKnow, group: Group::Floor };
    let case = (
        Process::Permits,
        vec![
            (vec![level(3), level(3), level(2)], None, Some(Ok((0, 1)))),
            (vec![unsure], None, None),
            (vec![level(2)], None, Some(Err(Silence::OnlySignals))),
            (vec![level(2)], None, None),
            (Vec::new(), Some(Answer::Level(1)), None),
        ],
    );
    serde_json::to_value(WeighingForm::of(&weighings(&[case]), &limits())).unwrap()
}

#[test]
fn the_form_says_what_was_said_beside_what_was_shown() {
    let document = document();
    let process = &document["processes"][0];
    let of = |code: &str| {
        let subjects = process["subjects"].as_array().unwrap();
        subjects.iter().find(|subject| subject["code"] == code).unwrap().clone()
    };
    let four_eyes = of("B02");
    assert_eq!(four_eyes["said"]["level"], 3);
    assert_eq!(four_eyes["said"]["spread"], json!({ "low": 2, "high": 3 }));
    assert_eq!(four_eyes["shown"], json!({ "low": 0, "high": 1 }));
    assert_eq!(four_eyes["counts"], json!({ "low": 1, "high": 1 }));
    assert_eq!(four_eyes["parting"], "said better");
    assert_eq!(of("B08")["said"]["answer"], "not known");
    assert_eq!(of("B08")["counts"], json!({ "low": 0, "high": 3 }));
    assert_eq!(of("B37")["silence"], "only signals");
    assert_eq!(of("C05")["said"]["agreed"], true);
    assert_eq!(process["place"], json!({ "first": 1, "last": 1 }));
    assert_eq!(process["attractiveness"]["proposed"], "high");
    assert_eq!(process["figures"]["worst"]["water"][0]["code"], Value::Null);
    assert_eq!(document["round"]["held_on"], "2026-10-01");
}

/// The faults of the document with some of its fields put otherwise.
fn faults(changes: &[(&str, Value)]) -> Vec<String> {
    let mut document = document();
    for (pointer, value) in changes {
        *document.pointer_mut(pointer).unwrap() = value.clone();
    }
    read(&document.to_string()).unwrap_err()
}

#[test]
fn every_fault_is_told_at_once_with_its_field() {
    let told = faults(&[
        ("/as_of", json!("23-11-2026")),
        ("/processes/0/process", json!("parking")),
        ("/processes/0/attractiveness/level", json!("huge")),
        ("/processes/0/subjects/0/weight", json!(-1)),
        ("/processes/0/subjects/0/said/level", json!(3)),
        ("/processes/0/subjects/1/key", json!("yes")),
        ("/processes/0/subjects/2/shown", json!({ "low": 2, "high": 1 })),
        ("/processes/0/subjects/3/parting", json!(7)),
        ("/processes/0/figures/classes", json!(["red"])),
        ("/processes/0/figures/unknown", json!(1.5)),
        ("/processes/0/reasons/0/code", json!("B99")),
        ("/sensitivity/same", json!(999_999)),
    ]);
    let tried = &document()["sensitivity"]["tried"];
    assert_eq!(
        told,
        [
            "as_of: expected a date such as 2026-11-23, found `23-11-2026`".to_owned(),
            "processes[0].process: expected the code of a process, found `parking`".to_owned(),
            "processes[0].attractiveness.level: `huge` is none of `low`, `middle`, `high`".to_owned(),
            "processes[0].subjects[0].weight: expected a whole number from 0 to 4294967295, found -1".to_owned(),
            "processes[0].subjects[0].said.level: expected a whole number from 0 to 2, found 3".to_owned(),
            "processes[0].subjects[1].key: expected true or false, found text".to_owned(),
            "processes[0].subjects[2].shown.low: 2 is more than `high`, 1".to_owned(),
            "processes[0].subjects[3].parting: expected text, found a number".to_owned(),
            "processes[0].figures.classes: expected the class of the low and of the high end".to_owned(),
            "processes[0].figures.unknown: expected a number from 0 to 1, found 1.5".to_owned(),
            "processes[0].reasons[0].code: `B99` is none of the subjects".to_owned(),
            format!("sensitivity.same: 999999 is more than the {tried} that were tried"),
        ]
    );
}

#[test]
fn figures_that_do_not_follow_from_their_parts_are_refused() {
    let document = document();
    let figures = &document["processes"][0]["figures"];
    let (water, dike) = (&figures["water"]["high"], &figures["dike"]["low"]);
    let part = &figures["worst"]["water"][1]["tenths"];
    let other = json!(part.as_i64().unwrap() + 1);
    let sum = water.as_i64().unwrap() + 1;
    assert_eq!(
        faults(&[("/processes/0/figures/worst/water/1/tenths", other)]),
        [format!(
            "processes[0].figures.worst.water: the parts add up to {sum}, the water is {water}"
        )]
    );
    let told =
        faults(&[("/processes/0/figures/dike/low", json!(dike.as_i64().unwrap() - 1))]);
    assert!(
        told[0].starts_with("processes[0].figures.freeboard: dike minus water is "),
        "{told:?}"
    );
    assert!(
        told[1].starts_with("processes[0].figures.worst.dike: the parts add up"),
        "{told:?}"
    );
    assert_eq!(told.len(), 2);
}

#[test]
fn a_field_that_is_missing_is_named_and_one_that_is_new_is_passed_over() {
    let mut document = document();
    let subject = document.pointer_mut("/processes/0/subjects/0").unwrap();
    subject.as_object_mut().unwrap().remove("weight");
    document["something_new"] = json!(1);
    assert_eq!(
        read(&document.to_string()),
        Err(vec![
            "processes[0].subjects[0].weight: the field is missing; expected a whole number"
                .to_owned()
        ])
    );
}

#[test]
fn what_is_another_form_or_no_json_is_told_in_one_sentence() {
    let told = |text: &str| read(text).unwrap_err();
    assert_eq!(
        told(r#"{"form": "dijkwacht/picture/1"}"#),
        ["form: expected `dijkwacht/weighing/1`, found `dijkwacht/picture/1`"]
    );
    assert_eq!(
        told("{}"),
        ["form: the field is missing; expected `dijkwacht/weighing/1`"]
    );
    assert_eq!(told("[]"), ["the document: expected an object, found a list"]);
    assert!(told("{").concat().starts_with("this is no JSON: "));
    assert_eq!(told(r#"{"form": ""}"#).len(), 1);
}

#[test]
fn a_subject_or_process_that_stands_in_it_twice_is_refused() {
    let mut document = document();
    let process = document["processes"][0].clone();
    let subject = process["subjects"][0].clone();
    document["processes"].as_array_mut().unwrap().push(process);
    document["processes"][0]["subjects"].as_array_mut().unwrap().push(subject);
    let told = read(&document.to_string()).unwrap_err();
    assert_eq!(
        told,
        [
            "processes[0].subjects: `C01` stands in it twice",
            "processes: `permits` stands in it twice",
        ]
    );
}
