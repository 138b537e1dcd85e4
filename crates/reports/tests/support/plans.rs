//! A plan of a municipality that does not exist, over the real catalogue, and what became of
//! two measures.

use assessment::{Answer, Side};
use catalogue::Catalogue;
use jiff::civil::date;
use model::Process;
use picture::effect::{Because, Change, Done, Effect, Known, Outcome, Verdict};
use plan::{
    Advice, Aimed, Assumed, Budget, Circumstance, Control, Cost, Effort, Lower, Measure,
    PERCENTS, Question, Raise, Reach, Unknown, Wishes,
};

const PROCESSES: [Process; 3] = [Process::Payments, Process::Permits, Process::Subsidies];

/// Levels that follow from the place of a code, so that they are the same each time.
fn level(at: usize, levels: usize) -> u8 {
    u8::try_from((at * 7 + 3) % levels).expect("small")
}

fn process(catalogue: &Catalogue, process: Process) -> plan::Process {
    let controls = catalogue.controls.values().enumerate();
    let circumstances = catalogue.circumstances.values().enumerate();
    plan::Process {
        code: process.code().to_owned(),
        weight: 1,
        target_tenths: 0,
        attractiveness_tenths: 667,
        circumstances: circumstances
            .filter(|(_, item)| item.processes.contains(&process))
            .map(|(at, item)| Circumstance {
                code: item.code.clone(),
                weight: item.weight.into(),
                severity: level(at, 3),
            })
            .collect(),
        controls: controls
            .filter(|(_, item)| item.processes.contains(&process))
            .map(|(at, item)| Control {
                code: item.code.clone(),
                weight: item.weight.into(),
                maturity: if item.key { level(at, 3) } else { level(at, 4) },
                key: item.key,
            })
            .collect(),
    }
}

fn measure(of: &catalogue::library::Measure) -> Measure {
    Measure {
        code: of.head.code.clone(),
        processes: Reach::Only(
            of.processes.iter().map(|p| p.code().to_owned()).collect(),
        ),
        raises: of
            .raises
            .iter()
            .map(|r| Raise { control: r.control.clone(), from: r.from, to: r.to })
            .collect(),
        lowers: of
            .lowers
            .iter()
            .map(|l| Lower { circumstance: l.circumstance.clone(), by: l.by })
            .collect(),
        cost: Cost {
            hours_once: of.hours_once.likely.into(),
            hours_yearly: of.hours_yearly.likely.into(),
            euros_once: of.euros_once.likely.into(),
            euros_yearly: of.euros_yearly.likely.into(),
        },
        requires: of.requires.iter().cloned().collect(),
        shared: of.shared,
    }
}

/// A plan for so many hours in each of so many years.
pub(crate) fn advice(catalogue: &Catalogue, hours: Option<u64>, years: usize) -> Advice {
    let budget = Budget { hours_once: hours, hours_yearly: hours, euros: Some(4000) };
    let wishes = Wishes {
        must_have: ["M001".to_owned()].into(),
        in_place: ["M005".to_owned()].into(),
        ..Wishes::default()
    };
    // every sixth measure, so that the solver is soon done
    let measures = catalogue.measures.values().enumerate();
    let some = measures.filter(|(at, item)| {
        at % 6 == 0
            || wishes.must_have.contains(&item.head.code)
            || item.head.code == "M005"
    });
    let mut measures: Vec<Measure> = some.map(|(_, item)| measure(item)).collect();
    for measure in &mut measures {
        measure.requires.clear();
    }
    let question = Question {
        processes: PROCESSES.map(|one| process(catalogue, one)).to_vec(),
        measures,
        years: vec![budget; years],
        partners: 3,
        wishes: wishes.clone(),
        ..Question::default()
    };
    let proposal =
        plan::propose(&question, &PERCENTS, Effort::default()).expect("a proposal");
    Advice {
        content: catalogue.version.clone(),
        capacity: question.years,
        partners: 3,
        small: true,
        wishes,
        aims: PROCESSES
            .iter()
            .map(|process| Aimed {
                process: process.code().to_owned(),
                weight: 1,
                target_tenths: 0,
                unknown: 412,
                too_unknown: *process == Process::Subsidies,
            })
            .collect(),
        proposal,
        assumed: assumed(),
        left_out: vec!["hiring".to_owned()],
        not_small: vec!["M100".to_owned(), "M101".to_owned()],
    }
}

fn assumed() -> Vec<Assumed> {
    let one = |code: &str, control, why| Assumed {
        process: "subsidies".to_owned(),
        code: code.to_owned(),
        control,
        why,
        counted: if control { 0 } else { 2 },
        at_best: if control { 3 } else { 0 },
    };
    vec![one("C01", false, Unknown::DontKnow), one("B02", true, Unknown::NotAnswered)]
}

/// What became of a measure that works in part and of one of which nobody can say.
pub(crate) fn outcomes() -> Vec<Outcome> {
    let on = date(2026, 9, 1);
    let known = |day, said, shown| Known {
        round_on: Some(day),
        said: Some(said),
        data_on: Some(day),
        shown,
        levels: None,
    };
    let effect = |code: &str, verdict, since: Known| Effect {
        process: Process::Payments,
        side: Side::Control,
        code: code.to_owned(),
        change: Change::LiftTo(2),
        expected: Some(2),
        before: known(date(2026, 4, 1), Answer::Level(0), Some((0, 1))),
        since,
        older_cases: true,
        verdict,
    };
    let autumn = date(2026, 11, 1);
    let works = known(autumn, Answer::Level(3), Some((2, 3)));
    let lags = known(autumn, Answer::Level(2), Some((0, 1)));
    let silent = Verdict::NotAssessable(Because::NothingSince);
    let fall = Effect {
        side: Side::Circumstance,
        change: Change::LowerBy(1),
        expected: None,
        ..effect("C01", silent, Known::default())
    };
    let done = |measure: &str| Done { measure: measure.to_owned(), on, process: None };
    vec![
        Outcome {
            done: done("M126"),
            effects: vec![
                effect("B12", Verdict::Works, works),
                effect("B33", Verdict::NotSeen, lags),
            ],
            verdict: Verdict::Partly,
        },
        Outcome { done: done("M002"), effects: vec![fall], verdict: silent },
        Outcome {
            done: done("M9999"),
            effects: Vec::new(),
            verdict: Verdict::NotAssessable(Because::UnknownMeasure),
        },
    ]
}
