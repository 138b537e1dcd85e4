//! What a local audit office found, put in as answers, and what comes out.
//!
//! The public findings of the audit office of Borger-Odoorn (2021), a small rural
//! municipality, as the press and the council told them:
//! <https://www.rtvdrenthe.nl/nieuws/169171/Borger-Odoorn-wil-ondermijning-aanpakken-Er-moet-iets-veranderen>.
//! Each finding stands below with the question of the catalogue it speaks of and the answers
//! it implies. The answers are ours, not those of anybody there; the report itself was not
//! used.
#![expect(clippy::unwrap_used, reason = "a test says what it expects")]

use assessment::{Answer, Given, Group, Side};
use catalogue::Catalogue;
use jiff::civil::date;
use model::{Lang, Process};
use picture::changes::{Moved, Trend, changes};
use picture::freeboard::Limits;
use picture::weighing::{Question, Replies, Weighing, attractiveness, weigh};
use picture::weighings::{Head, WeighedProcess, Weighings};
use reports::text::Style;
use reports::weighing::{Material, text};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// A finding, the question it speaks of, and what people would answer.
type Implied = (&'static str, &'static str, &'static [u8]);

/// From finding to answer. Controls: 0 absent, 1 on paper, 2 applied, 3 checked.
/// Circumstances: 0 does not occur, 1 somewhat, 2 strongly.
const FINDINGS: [Implied; 13] = [
    // "hardly any policy on vulnerable processes": nobody wrote them down, or on an old list
    ("hardly any policy on vulnerable processes", "B01", &[0, 0, 1]),
    ("hardly any policy on vulnerable processes", "C59", &[2, 2, 1]),
    // "never, not at entry nor at a change of function"
    ("many staff never showed a certificate of conduct", "B06", &[0, 0, 1]),
    // "in some cases": one sees it missing, one on paper, one applied
    ("in some cases four eyes are missing", "B02", &[0, 1, 2]),
    ("in some cases separation of functions is missing", "B03", &[0, 1, 2]),
    ("in some cases review by a colleague is missing", "C02", &[1, 1, 2]),
    // a quarter: one of four
    ("a quarter has no idea of the rules on integrity", "C21", &[1, 1, 1, 2]),
    ("24 % feel informed enough of the risks", "B30", &[0, 1, 1, 2]),
    // just over a tenth: one of nine
    (
        "just over 10 % feel helped to be more resilient",
        "B18",
        &[0, 0, 0, 0, 0, 0, 0, 0, 2],
    ),
    ("hemp is named as typical here", "X01", &[2, 2]),
    ("holiday parks are named as typical here", "X02", &[2, 2]),
    ("care farms are named as typical here", "X08", &[2, 2]),
    ("small and rural", "C09", &[1, 1]),
];

/// What of the rest: the findings do not speak of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rest {
    /// It is not known; nothing is assumed.
    Unknown,
    /// The audit office saw nothing to remark: controls are applied, circumstances do not
    /// occur. An assumption, to see what the findings alone do.
    InOrder,
}

fn catalogue() -> &'static Catalogue {
    static CATALOGUE: OnceLock<Catalogue> = OnceLock::new();
    CATALOGUE.get_or_init(|| catalogue::load(&catalogue::embedded()).unwrap())
}

fn levels(levels: &[u8]) -> Replies {
    let given = |level: &u8| Given { answer: Answer::Level(*level), group: Group::Floor };
    Replies { given: levels.iter().map(given).collect(), agreed: None }
}

/// All eleven processes as the findings have them; `mended` are controls that are applied by
/// now, as the council asked.
fn weighed(rest: Rest, mended: &[&str]) -> Weighings {
    let catalogue = catalogue();
    let mut replies: BTreeMap<String, Replies> = BTreeMap::new();
    if rest == Rest::InOrder {
        replies
            .extend(catalogue.controls.keys().map(|code| (code.clone(), levels(&[2]))));
        replies.extend(
            catalogue.circumstances.keys().map(|code| (code.clone(), levels(&[0]))),
        );
    }
    replies.extend(FINDINGS.map(|(_, code, given)| (code.to_owned(), levels(given))));
    replies.extend(mended.iter().map(|code| ((*code).to_owned(), levels(&[2, 2]))));
    let limits = Limits::from(&catalogue.method);
    let process = |process: Process| {
        let proposed = attractiveness(catalogue, process);
        let question = Question {
            process,
            attractiveness: proposed,
            replies: &replies,
            shown: &[],
            least_group: catalogue.method.freeboard.least_group,
        };
        let weighing = weigh(catalogue, &question, &limits);
        WeighedProcess { weighing, proposed, reason: None }
    };
    let head = Head {
        organisation: "Een kleine gemeente op het platteland".to_owned(),
        as_of: date(2021, 6, 1),
        round: None,
        method: catalogue.method.version,
        catalogue: catalogue.version.clone(),
    };
    Weighings::of(head, Process::ALL.map(process).to_vec(), &limits)
}

fn of(weighings: &Weighings, process: Process) -> &Weighing {
    &weighings.process(process).unwrap().weighing
}

fn told(weighings: &Weighings) -> String {
    let material = Material {
        catalogue: catalogue(),
        weighings,
        before: None,
        remarks: &[],
        region: None,
        lang: Lang::Nl,
    };
    let text = text(&material, Style { colour: false, width: 120 });
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_finding_speaks_of_a_question_of_the_catalogue() {
    for (finding, code, given) in FINDINGS {
        let side = if catalogue().controls.contains_key(code) {
            Side::Control
        } else {
            assert!(catalogue().circumstances.contains_key(code), "{finding}: {code}");
            Side::Circumstance
        };
        assert!(given.iter().all(|level| *level <= side.most()), "{finding}: {code}");
    }
}

#[test]
fn what_was_missing_in_some_cases_stands_on_paper_and_the_spread_is_kept() {
    let weighings = weighed(Rest::Unknown, &[]);
    for code in ["B02", "B03"] {
        let subject = of(&weighings, Process::Permits).subject(code).unwrap();
        assert_eq!(subject.said.answer, Answer::Level(1));
        assert_eq!(subject.said.spread, Some((0, 2)));
    }
    let rules = of(&weighings, Process::Permits).subject("C21").unwrap();
    assert_eq!(rules.said.answer, Answer::Level(1), "a quarter is not everybody");
}

#[test]
fn the_findings_alone_give_no_class_because_most_is_not_known() {
    for one in &weighed(Rest::Unknown, &[]).processes {
        let found = one.weighing.freeboard.as_ref().unwrap();
        assert_eq!(found.classes, None, "{}", one.weighing.process);
        assert!(found.unknown > 400);
    }
}

#[test]
fn the_findings_alone_do_say_that_the_water_stands_above_every_dike() {
    // nobody knows the vulnerable functions and nobody is screened: whatever the rest is
    // like, no dike rises above 40.0, and the water stands at 66.7 at least
    for one in &weighed(Rest::Unknown, &[]).processes {
        let found = one.weighing.freeboard.as_ref().unwrap();
        assert!(found.dike.high <= 400 && found.freeboard.high < 0);
    }
}

#[test]
fn the_controls_that_were_called_weak_are_named_with_their_cap() {
    let text = told(&weighed(Rest::InOrder, &[]));
    let absent = "Zolang sleutelbeheersing ontbreekt, komt de dijk niet boven 40,0. Dat geldt voor ‘Kwetsbare processen en functies zijn bekend’ en ‘Screening bij begin en bij nieuwe functie’.";
    let paper = "Zolang sleutelbeheersing alleen op papier staat, komt de dijk niet boven 70,0. Dat geldt voor ‘Vier ogen, echt’ en ‘Functies zijn gescheiden’.";
    for sentence in [absent, paper] {
        assert_eq!(
            text.matches(sentence).count(),
            Process::ALL.len(),
            "{sentence}\n{text}"
        );
    }
}

#[test]
fn what_weighs_most_is_what_the_audit_office_put_first() {
    let weighings = weighed(Rest::InOrder, &[]);
    for one in &weighings.processes {
        let first: Vec<&str> =
            one.weighing.reasons.iter().take(4).map(|(code, _)| code.as_str()).collect();
        assert_eq!(first, ["B01", "B02", "B03", "B06"], "{}", one.weighing.process);
    }
    let sentence =
        "Het zwaarst weegt: ‘Kwetsbare processen en functies zijn bekend’ ontbreekt (";
    assert_eq!(told(&weighings).matches(sentence).count(), Process::ALL.len());
}

#[test]
fn of_equally_attractive_processes_those_with_the_named_covers_stand_first() {
    let weighings = weighed(Rest::InOrder, &[]);
    let water = |process| of(&weighings, process).freeboard.as_ref().unwrap().water.high;
    // empty barns and holiday parks are about addresses; care farms are about subsidies
    let register = water(Process::PersonsRegister);
    for other in [Process::Payments, Process::Hiring, Process::DecisionMaking] {
        assert!(register > water(other), "{other}");
        assert!(water(Process::Subsidies) > water(other), "{other}");
    }
}

#[test]
fn where_the_attractiveness_is_high_the_covers_cannot_raise_the_water_any_further() {
    // the method leaves no room above 100: in permits and enforcement, where barns, parks and
    // care farms are met, the covers are told as circumstances but move no figure
    let weighings = weighed(Rest::InOrder, &[]);
    for process in [Process::Permits, Process::Enforcement] {
        let weighing = of(&weighings, process);
        assert_eq!(weighing.freeboard.as_ref().unwrap().water.low, 1000);
        let parks = weighing.subject("X02").unwrap();
        assert_eq!(parks.said.answer, Answer::Level(2));
        assert!(weighing.reasons.iter().all(|(code, _)| code != "X02"));
    }
}

#[test]
fn when_the_recommendations_are_carried_out_every_process_is_surely_better() {
    // the council adopted all recommendations
    let before = weighed(Rest::InOrder, &[]);
    let mended = ["B01", "B02", "B03", "B06"];
    let now = weighed(Rest::InOrder, &mended);
    let found = changes(&before.weighings(), &now.weighings());
    assert_eq!(found.both.len(), Process::ALL.len());
    for change in found.both {
        assert_eq!(change.trend, Some(Trend::SurelyBetter), "{}", change.process);
        let rose: Vec<(&str, Moved)> =
            change.subjects.iter().map(|s| (s.code.as_str(), s.moved)).collect();
        assert_eq!(rose, mended.map(|code| (code, Moved::Rose)));
        assert!(change.caps.iter().all(|cap| cap.now.is_none()), "no cap is left");
    }
}

#[test]
fn with_the_rest_unknown_nobody_can_say_whether_it_became_better() {
    let before = weighed(Rest::Unknown, &[]);
    let now = weighed(Rest::Unknown, &["B01", "B02", "B03", "B06"]);
    let found = changes(&before.weighings(), &now.weighings());
    assert!(found.both.iter().all(|change| change.trend == Some(Trend::CannotSay)));
}
