use super::*;
use columns::{Dictionary, WhoKind};
use jiff::civil::date;
use model::{Moment, Pedigree};

fn dictionaries(cases: &[&str]) -> Dictionaries {
    let texts = |all: &[&str]| -> Dictionary {
        all.iter().map(|t| (*t).to_owned()).collect::<Vec<_>>().into()
    };
    Dictionaries {
        case: texts(cases),
        activity: texts(&["Besluit genomen"]),
        who: texts(&["p-1"]),
        who_kind: vec![WhoKind::Person],
        attributes: BTreeMap::new(),
    }
}

fn run(found: &[(u32, &str)], assessable: u64, as_of: Date) -> Evaluation {
    let row = |case: u32| EvidenceRow {
        place: (1 << PLACE_BITS) + 17,
        case,
        activity: 0,
        moment: Some(Moment::on(date(2026, 3, 2))),
        who: Some(0),
    };
    let hits = found.iter().map(|(code, case)| Hit {
        subject: Subject::Case((*case).to_owned()),
        rows: vec![row(*code)],
        by_order: false,
        measure: None,
    });
    let result = TestResult {
        rule: "VER-01".to_owned(),
        item: None,
        version: 1,
        parameters: BTreeMap::new(),
        subjects: assessable,
        assessable,
        found: found.len() as u64,
        by_order: 0,
        coverage: None,
        share: None,
        interval: None,
        tests: assessable,
        not_assessable: BTreeMap::new(),
        lacks: Vec::new(),
        steps: Vec::new(),
        hits: hits.collect(),
    };
    Evaluation {
        process: Process::Permits,
        pedigree: Pedigree {
            snapshot: format!("permits-{as_of}"),
            content: "0.1.0".to_owned(),
            parameters: Vec::new(),
            as_of,
        },
        results: vec![result],
    }
}

fn lives(set: &FindingSet) -> Vec<(&str, Life)> {
    set.findings.iter().map(|f| (f.subject.as_str(), f.life)).collect()
}

#[test]
fn a_finding_is_opened_carried_and_closed() {
    let dictionaries = dictionaries(&["z1", "z2"]);
    let files = ["a.csv".to_owned(), "b.csv".to_owned()];
    let source = Source { dictionaries: &dictionaries, files: &files };
    let (may, june, july) = (date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1));

    let first = carry_forward(None, &run(&[(0, "z1")], 2, may), &source);
    assert_eq!(lives(&first), [("z1", Life::Opened)]);
    let row = &first.findings[0].rows[0];
    assert_eq!((first.files[usize::from(row.file)].as_str(), row.number), ("b.csv", 17));
    assert_eq!(row.time.as_deref(), Some("2026-03-02"));

    let second =
        carry_forward(Some(&first), &run(&[(0, "z1"), (1, "z2")], 2, june), &source);
    assert_eq!(lives(&second), [("z1", Life::Carried), ("z2", Life::Opened)]);
    assert_eq!(second.findings[0].id, first.findings[0].id);
    assert_eq!(
        (second.findings[0].first_seen, second.findings[0].last_seen),
        (may, june)
    );

    let third = carry_forward(Some(&second), &run(&[(1, "z2")], 2, july), &source);
    assert_eq!(lives(&third), [("z1", Life::Closed), ("z2", Life::Carried)]);

    let again = carry_forward(Some(&third), &run(&[(0, "z1")], 2, july), &source);
    assert_eq!(lives(&again), [("z1", Life::Opened), ("z2", Life::Closed)]);
    assert_eq!(again.findings[0].first_seen, may);
}

#[test]
fn nothing_is_closed_that_could_not_be_judged() {
    let both = dictionaries(&["z1", "z2"]);
    let files = ["a.csv".to_owned(), "b.csv".to_owned()];
    let source = Source { dictionaries: &both, files: &files };
    let first = carry_forward(None, &run(&[(0, "z1")], 2, date(2026, 5, 1)), &source);
    let blind = carry_forward(Some(&first), &run(&[], 0, date(2026, 6, 1)), &source);
    assert_eq!(lives(&blind), [("z1", Life::Carried)]);
    let other = dictionaries(&["z9"]);
    let source = Source { dictionaries: &other, files: &files };
    let elsewhere = carry_forward(Some(&first), &run(&[], 5, date(2026, 6, 1)), &source);
    assert_eq!(lives(&elsewhere), [("z1", Life::Carried)]);
}

#[test]
fn a_run_on_its_own_result_opens_and_closes_nothing() {
    let dictionaries = dictionaries(&["z1", "z2"]);
    let files = ["a.csv".to_owned(), "b.csv".to_owned()];
    let source = Source { dictionaries: &dictionaries, files: &files };
    let run = run(&[(0, "z1"), (1, "z2")], 2, date(2026, 5, 1));
    let first = carry_forward(None, &run, &source);
    let second = carry_forward(Some(&first), &run, &source);
    assert!(second.findings.iter().all(|finding| finding.life == Life::Carried));
    assert_eq!(second.findings.len(), 2);
}
