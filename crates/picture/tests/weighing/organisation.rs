//! All processes of one organisation together: places, order and how firm it is.

use crate::cases::{limits, said, weighed};
use assessment::Answer::{self, DontKnow, Level, NotApplicable};
use model::Process;
use picture::freeboard::Attractiveness;
use picture::weighing::Weighing;
use picture::weighings::{Head, WeighedProcess, Weighings};

fn process(process: Process, of_all_controls: Answer) -> WeighedProcess {
    let controls: &[Answer] = &[of_all_controls];
    let answers: [(&str, &[Answer]); 5] = [
        ("C01", &[Level(1)]),
        ("C05", &[Level(1)]),
        ("B02", controls),
        ("B08", controls),
        ("B16", controls),
    ];
    let weighing = Weighing { process, ..weighed(&said(&answers), &[]) };
    WeighedProcess { weighing, proposed: Attractiveness::Middle, reason: None }
}

fn together(processes: Vec<WeighedProcess>) -> Weighings {
    let head = Head {
        organisation: "Waterdrecht".to_owned(),
        as_of: model::Date::constant(2026, 11, 23),
        round: None,
        method: 1,
        catalogue: "0.1.0".to_owned(),
    };
    Weighings::of(head, processes, &limits())
}

#[test]
fn the_lowest_freeboard_stands_first_and_what_has_no_figure_last() {
    let all = together(vec![
        process(Process::Payments, NotApplicable),
        process(Process::Subsidies, Level(3)),
        process(Process::Permits, Level(1)),
        process(Process::Hiring, Level(2)),
    ]);
    let order: Vec<Process> = all.in_order().iter().map(|o| o.weighing.process).collect();
    let (lowest, last) = (Process::Permits, Process::Payments);
    assert_eq!(order, [lowest, Process::Hiring, Process::Subsidies, last]);
    let places = all.places();
    assert_eq!(places[&lowest], (1, 1));
    assert_eq!(places.get(&last), None);
    assert_eq!(all.sensitivity.first, ["permits", "hiring", "subsidies"]);
}

#[test]
fn what_is_not_known_may_stand_anywhere_but_after_what_is_surely_low() {
    let all = together(vec![
        process(Process::Subsidies, Level(3)),
        process(Process::Permits, DontKnow),
        process(Process::Hiring, Level(0)),
    ]);
    let places = all.places();
    assert_eq!(places[&Process::Permits], (1, 3));
    assert_eq!(places[&Process::Hiring], (1, 2));
    let order: Vec<Process> = all.in_order().iter().map(|o| o.weighing.process).collect();
    assert_eq!(order, [Process::Hiring, Process::Permits, Process::Subsidies]);
}

#[test]
fn processes_stand_in_their_own_order_and_each_once() {
    let all = together(vec![
        process(Process::Permits, Level(0)),
        process(Process::Payments, Level(1)),
        process(Process::Permits, Level(3)),
    ]);
    let codes: Vec<&str> =
        all.processes.iter().map(|o| o.weighing.process.code()).collect();
    assert_eq!(codes, ["payments", "permits"]);
    let permits = all.process(Process::Permits).unwrap();
    assert_eq!(permits.weighing.subject("B02").unwrap().said.answer, Level(3));
    assert!(all.process(Process::Hiring).is_none());
}
