//! Pictures made by hand, for the tests and for the example: a municipality that does not
//! exist, with the rules of the real catalogue.

use assessment::{Shown, Silence, Statement};
use catalogue::{Catalogue, EvidenceFor};
use findings::{Finding, Life, Row};
use jiff::civil::date;
use model::{Date, Interval, Moment, NoteKind, Pedigree, Ppm, Process};
use picture::{Edge, LogFacts, Node, Picture, ProcessMap, Tested};
use rules::{Lack, Reason, State};
use std::collections::BTreeMap;

/// The day of all pictures.
pub(crate) const AS_OF: Date = date(2026, 11, 23);

/// The 95 % Wilson interval, to make shares by hand as the program would.
fn wilson(found: u64, all: u64) -> Interval {
    let (n, p, z) = (all as f64, found as f64 / all as f64, 1.959_964_f64);
    let middle = (p + z * z / (2.0 * n)) / (1.0 + z * z / n);
    let half = z / (1.0 + z * z / n) * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
    Interval {
        low: Ppm::from_fraction(middle - half),
        high: Ppm::from_fraction(middle + half),
    }
}

/// A test of a rule of the catalogue.
pub(crate) fn tested(
    catalogue: &Catalogue,
    rule: &str,
    found: u64,
    assessable: u64,
    subjects: u64,
) -> Tested {
    let known = catalogue.rules.get(rule);
    let state = match (assessable, found) {
        (0, _) => State::NotAssessable,
        (_, 0) => State::Clear,
        _ => State::Found,
    };
    let parameters = known.map(|rule| &rule.parameters).into_iter().flatten();
    Tested {
        rule: rule.to_owned(),
        item: None,
        class: known.map(|rule| rule.class.clone()).unwrap_or_default(),
        level: known.map(|rule| rule.level.clone()).unwrap_or_default(),
        evidence: known.map(|rule| rule.evidence.clone()).unwrap_or_default(),
        state,
        subjects,
        assessable,
        found,
        by_order: 0,
        coverage: Ppm::of(assessable, subjects),
        share: Ppm::of(found, assessable),
        interval: (assessable > 0).then(|| wilson(found, assessable)),
        tests: assessable,
        not_assessable: BTreeMap::new(),
        lacks: Vec::new(),
        parameters: parameters
            .map(|(name, limit)| (name.clone(), limit.default))
            .collect(),
        version: 1,
        opened: found / 3,
        closed: 2,
        samples: Vec::new(),
        sample_rows: Vec::new(),
    }
}

/// A finding about a case, with a row for each activity.
pub(crate) fn finding(
    rule: &str,
    case: &str,
    rows: &[(&str, &str, Option<&str>)],
) -> Finding {
    let row = |(at, (activity, time, who)): (usize, &(&str, &str, Option<&str>))| Row {
        file: 0,
        number: 1_204 + 7 * at as u64,
        case: case.to_owned(),
        activity: (*activity).to_owned(),
        time: (!time.is_empty()).then(|| (*time).to_owned()),
        who: who.map(str::to_owned),
    };
    Finding {
        id: format!(
            "F-{:012x}",
            case.bytes()
                .fold(7_u64, |sum, byte| (sum * 31 + u64::from(byte)) % (1 << 48))
        ),
        rule: rule.to_owned(),
        item: None,
        kind: "case".to_owned(),
        subject: case.to_owned(),
        life: if case.ends_with('2') { Life::Carried } else { Life::Opened },
        first_seen: date(2026, 8, 3),
        last_seen: AS_OF,
        snapshot: "S-7f3a9c21d004".to_owned(),
        version: 1,
        by_order: false,
        rows: rows.iter().enumerate().map(row).collect(),
        measure: None,
    }
}

/// `(name, events, starts, ends, step, rules that found something)`.
pub(crate) type Activity<'a> = (&'a str, u64, u64, u64, &'a str, &'a [&'a str]);

/// A map from activities and edges.
pub(crate) fn map(
    nodes: &[Activity<'_>],
    edges: &[(usize, usize, u64, i64)],
) -> ProcessMap {
    let node = |(activity, events, starts, ends, step, found_by): &(
        &str,
        u64,
        u64,
        u64,
        &str,
        &[&str],
    )| Node {
        activity: (*activity).to_owned(),
        steps: if step.is_empty() { Vec::new() } else { vec![(*step).to_owned()] },
        events: *events,
        cases: *events,
        starts: *starts,
        ends: *ends,
        found_by: found_by.iter().map(|rule| (*rule).to_owned()).collect(),
    };
    let edge = |&(from, to, count, seconds): &(usize, usize, u64, i64)| Edge {
        from,
        to,
        count,
        median_seconds: (seconds >= 0).then_some(seconds),
    };
    let mut edges: Vec<Edge> = edges.iter().map(edge).collect();
    edges.sort_by_key(|edge| (std::cmp::Reverse(edge.count), edge.from, edge.to));
    ProcessMap {
        nodes: nodes.iter().map(node).collect(),
        total: edges.iter().map(|edge| edge.count).sum(),
        edges,
        variants: 86,
    }
}

/// A picture around tests and a map.
pub(crate) fn picture(process: Process, tests: Vec<Tested>, map: ProcessMap) -> Picture {
    let moment = |day: Date| Some(Moment::on(day));
    Picture {
        process,
        pedigree: Pedigree {
            snapshot: "S-7f3a9c21d004".to_owned(),
            content: "0.1.0+5c1e99ab".to_owned(),
            parameters: Vec::new(),
            as_of: AS_OF,
        },
        log: LogFacts {
            title: "Zaaksysteem, uitvoer van 20 november 2026".to_owned(),
            files: vec!["zaken-2026.csv".to_owned()],
            cases: 412,
            events: 4_812,
            activities: map.nodes.len() as u64,
            handlers: 37,
            first: moment(date(2025, 1, 2)),
            last: moment(date(2026, 11, 20)),
            notes: BTreeMap::new(),
            unplaced: Vec::new(),
            with_handler: 4_731,
        },
        tests,
        shown: Vec::new(),
        map,
        files: vec!["zaken-2026.csv".to_owned()],
    }
}

/// What one test shows of a control or circumstance.
pub(crate) fn shown(
    of: EvidenceFor,
    test: &str,
    range: Result<(u8, u8), Silence>,
) -> Shown {
    Shown { of, statements: vec![Statement { test: test.to_owned(), range }], range }
}

/// The permits of Waterdrecht: three tests that found something, one clear, one that could
/// not be judged.
pub(crate) fn permits(catalogue: &Catalogue) -> Picture {
    const DAY: i64 = 86_400;
    let nodes: &[Activity<'_>] = &[
        ("Aanvraag ontvangen", 412, 404, 0, "application-received", &[]),
        ("Ontvangst bevestigd", 398, 0, 0, "acknowledge", &[]),
        ("Volledigheid gecontroleerd", 431, 8, 0, "completeness", &["VER-01"]),
        ("Aanvulling gevraagd aan de aanvrager", 96, 0, 4, "suspend", &[]),
        ("Bibob-formulier gevraagd", 74, 0, 0, "bibob-form", &[]),
        ("Eigen Bibob-onderzoek gedaan", 61, 0, 0, "bibob-research", &[]),
        ("Advies welstand en monumenten ontvangen", 288, 0, 0, "advice", &["VER-03"]),
        ("Concept opgesteld", 405, 0, 0, "draft", &["VER-01"]),
        ("Concept gelezen door collega", 231, 0, 0, "peer-check", &[]),
        ("Besluit genomen", 401, 0, 0, "mandate-decision", &["VER-01", "VER-03"]),
        ("Besluit ondertekend", 399, 0, 0, "sign-document", &["VER-11"]),
        ("Document gewijzigd", 33, 0, 0, "change-document", &["VER-11"]),
        ("Besluit verzonden", 396, 0, 31, "notify", &[]),
        ("Besluit gepubliceerd", 371, 0, 340, "publish-decision", &[]),
        ("Bezwaar ontvangen", 21, 0, 9, "objection", &[]),
        ("Notitie toegevoegd", 58, 0, 28, "", &[]),
    ];
    let edges = [
        (0, 1, 391, 3_600),
        (1, 2, 389, 2 * DAY),
        (2, 3, 92, DAY),
        (3, 2, 88, 11 * DAY),
        (2, 4, 70, 3 * DAY),
        (4, 5, 60, 14 * DAY),
        (5, 6, 44, 9 * DAY),
        (2, 6, 201, 5 * DAY),
        (6, 7, 270, 8 * DAY),
        (2, 7, 61, 6 * DAY),
        (5, 7, 16, 4 * DAY),
        (7, 8, 228, DAY),
        (8, 9, 214, 2 * DAY),
        (7, 9, 171, 5_400),
        (9, 10, 380, 2_700),
        (10, 11, 31, 4 * DAY),
        (11, 12, 25, DAY),
        (10, 12, 352, DAY),
        (12, 13, 360, 3 * DAY),
        (13, 14, 21, 31 * DAY),
        (9, 6, 17, 6 * DAY),
        (7, 7, 24, DAY),
        (0, 2, 14, 4 * DAY),
        (8, 7, 16, DAY),
        (12, 15, 11, 2 * DAY),
        (14, 15, 12, 40 * DAY),
        (2, 15, 9, -1),
        (4, 7, 8, 5 * DAY),
    ];
    let mut picture =
        picture(Process::Permits, permit_tests(catalogue), map(nodes, &edges));
    let control = |code: &str| EvidenceFor::Control(code.to_owned());
    let circumstance = |code: &str| EvidenceFor::Circumstance(code.to_owned());
    picture.shown = vec![
        shown(control("B03"), "VER-01", Ok((0, 1))),
        shown(control("B32"), "VER-03", Ok((1, 2))),
        shown(control("B02"), "GEN-03:drafting-and-peer-check", Ok((1, 2))),
        shown(control("B09"), "VER-02", Ok((1, 2))),
        shown(control("B34"), "VER-11", Err(Silence::TooFewSubjects)),
        shown(control("B35"), "VER-12", Err(Silence::NotAssessable)),
        shown(circumstance("C01"), "VER-01", Ok((1, 2))),
        shown(circumstance("C02"), "GEN-03:drafting-and-peer-check", Ok((0, 2))),
    ];
    picture.log.notes = BTreeMap::from([
        (NoteKind::MissingWho, 81),
        (NoteKind::TimeWithoutZone, 4_812),
        (NoteKind::DuplicateEvent, 3),
    ]);
    picture.log.unplaced = vec![("Notitie toegevoegd".to_owned(), 58)];
    picture
}

fn permit_tests(catalogue: &Catalogue) -> Vec<Tested> {
    let mut alone = tested(catalogue, "VER-01", 31, 390, 401);
    alone.not_assessable =
        BTreeMap::from([(Reason::HandlerMissing, 8), (Reason::ServiceAccount, 3)]);
    alone.samples = ["VER-2026-0112", "VER-2026-0148", "VER-2026-0163"]
        .map(|case| {
            finding(
                "VER-01",
                case,
                &[
                    ("Concept opgesteld", "2026-03-16 09:05:00", Some("p-7c41e0b2")),
                    ("Besluit genomen", "2026-03-16 10:42:00", Some("p-7c41e0b2")),
                ],
            )
        })
        .to_vec();
    let mut early = tested(catalogue, "VER-03", 17, 272, 288);
    early.by_order = 4;
    early.not_assessable = BTreeMap::from([(Reason::DateOnly, 16)]);
    early.samples = vec![finding(
        "VER-03",
        "VER-2026-0201",
        &[
            ("Besluit genomen", "2026-05-04 16:30:00", Some("p-19ad77f0")),
            ("Advies welstand en monumenten ontvangen", "2026-05-08", None),
        ],
    )];
    let mut changed = tested(catalogue, "VER-11", 3, 33, 33);
    changed.samples = vec![finding(
        "VER-11",
        "VER-2025-0977",
        &[
            ("Besluit ondertekend", "2025-11-12 11:00:00", Some("p-19ad77f0")),
            ("Document gewijzigd", "2025-11-14 08:12:30", Some("p-40cc8e15")),
        ],
    )];
    let bibob = tested(catalogue, "VER-02", 0, 74, 74);
    let mut mandate = tested(catalogue, "VER-12", 0, 0, 401);
    mandate.not_assessable = BTreeMap::from([(Reason::ColumnMissing, 401)]);
    mandate.lacks = vec![
        Lack::Column("mandate_limit".to_owned()),
        Lack::Column("amount".to_owned()),
        Lack::Steps(vec!["sign-document".to_owned(), "mandate-decision".to_owned()]),
    ];
    let mut pairs = tested(catalogue, "GEN-03", 2, 229, 231);
    pairs.item = Some("drafting-and-peer-check".to_owned());
    pairs.not_assessable = BTreeMap::from([(Reason::HandlerMissing, 2)]);
    vec![changed, alone, early, pairs, bibob, mandate]
}
