//! What the town promises.

mod against_reader;
mod against_rules;
mod said_and_shown;

use crate::{LogFormat, Planted, Settings, Town, binding, mapping, null_log};
use model::{Process, calendar};
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::OnceLock;

const FULL: Settings = Settings { seed: 1, cases_per_year: None, clean: false };
const SMALL: Settings = Settings { seed: 1, cases_per_year: Some(3_000), clean: false };

/// The processes of which the town keeps a log.
fn logged() -> impl Iterator<Item = Process> {
    crate::made::MADE.iter().map(|made| made.process)
}

fn full() -> &'static Town {
    static TOWN: OnceLock<Town> = OnceLock::new();
    TOWN.get_or_init(|| Town::build(&FULL))
}

fn clean() -> &'static Town {
    static TOWN: OnceLock<Town> = OnceLock::new();
    TOWN.get_or_init(|| Town::build(&Settings { clean: true, ..FULL }))
}

fn fingerprint(settings: &Settings) -> Vec<u64> {
    let town = Town::build(settings);
    let mut prints: Vec<u64> = town
        .logs()
        .iter()
        .map(|log| {
            let (mut bytes, mut hasher) = (Vec::new(), DefaultHasher::new());
            log.write(&mut bytes).unwrap();
            bytes.hash(&mut hasher);
            hasher.finish()
        })
        .collect();
    let mut hasher = DefaultHasher::new();
    format!("{:?}", town.planted()).hash(&mut hasher);
    prints.push(hasher.finish());
    prints
}

fn text(town: &Town, process: Process) -> String {
    let logs = town.logs();
    let log = logs.iter().find(|l| l.process == process).unwrap();
    let mut bytes = Vec::new();
    log.write(&mut bytes).unwrap();
    match (log.format, process) {
        (LogFormat::XesGz, _) => {
            let mut text = String::new();
            let mut reader = flate2::read::GzDecoder::new(bytes.as_slice());
            std::io::Read::read_to_string(&mut reader, &mut text).unwrap();
            text
        }
        (_, Process::Payments) => bytes.iter().map(|b| char::from(*b)).collect(),
        _ => String::from_utf8(bytes).unwrap(),
    }
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    assert_eq!(fingerprint(&SMALL), fingerprint(&SMALL));
}

#[test]
fn another_seed_gives_other_bytes_in_every_file() {
    let (one, other) = (fingerprint(&SMALL), fingerprint(&Settings { seed: 2, ..SMALL }));
    assert!(one.iter().zip(&other).all(|(a, b)| a != b));
}

/// The good first set of rules and the generic ones.
const RULES: &[&str] = &[
    "GEN-01", "GEN-02", "GEN-03", "GEN-04", "GEN-05", "GEN-06", "GEN-07", "GEN-08",
    "GEN-09", "GEN-10", "GEN-11", "GEN-12", "GEN-13", "GEN-14", "GEN-15", "FIN-01",
    "FIN-03", "FIN-04", "FIN-06", "FIN-10", "FIN-14", "INK-01", "INK-02", "INK-04",
    "INK-05", "INK-11", "INK-12", "INK-18", "SUB-01", "SUB-06", "SUB-07", "SUB-09",
    "REI-01", "REI-03", "REI-08", "REI-09", "REI-14", "VER-01", "VER-02", "VER-03",
    "VER-11", "VER-12", "INF-01", "INF-04", "INF-05", "INF-11", "INF-15", "BRP-02",
    "BRP-05", "BRP-08", "BRP-11", "THH-02", "THH-06", "THH-07", "THH-09", "THH-13",
    "REI-02", "REI-04", "REI-05", "REI-06", "REI-07", "REI-10", "REI-11", "REI-12",
    "REI-13", "BRP-01", "BRP-03", "BRP-04", "BRP-06", "BRP-07", "BRP-09", "BRP-10",
    "BRP-12", "BRP-13", "BRP-14", // Subsidies and permits in full.
    "SUB-02", "SUB-03", "SUB-04", "SUB-05", "SUB-08", "SUB-10", "SUB-11", "SUB-12",
    "SUB-13", "SUB-14", "VER-04", "VER-05", "VER-06", "VER-07", "VER-08", "VER-09",
    "VER-10", "VER-13", "VER-14", "VER-15",
    // Payments and procurement in full.
    "FIN-02", "FIN-05", "FIN-07", "FIN-08", "FIN-09", "FIN-11", "FIN-12", "FIN-13",
    "FIN-15", "INK-03", "INK-06", "INK-07", "INK-08", "INK-09", "INK-10", "INK-13",
    "INK-14", "INK-15", "INK-16", "INK-17",
    // Information and enforcement in full.
    "INF-02", "INF-03", "INF-06", "INF-07", "INF-08", "INF-09", "INF-10", "INF-12",
    "INF-14", "THH-01", "THH-03", "THH-04", "THH-05", "THH-08", "THH-10", "THH-11",
    "THH-12", "THH-14", "THH-15", "THH-18", "THH-19", "THH-21",
];

#[test]
fn every_rule_of_the_first_set_has_planted_subjects() {
    let planted: BTreeSet<&str> = full().planted().iter().map(|p| p.rule).collect();
    let missing: Vec<_> = RULES.iter().filter(|rule| !planted.contains(**rule)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn nothing_is_planted_in_a_clean_town() {
    assert!(clean().planted().is_empty());
}

#[test]
fn planted_cases_stand_in_the_log() {
    for process in logged() {
        let known: BTreeSet<&str> =
            full().cases(process).iter().map(|case| case.id.as_str()).collect();
        for planted in full().planted().iter().filter(|p| p.process == process) {
            for id in &planted.cases {
                assert!(known.contains(id.as_str()), "{planted:?}");
            }
        }
    }
}

#[test]
fn a_clean_town_keeps_all_hands_apart() {
    for process in logged() {
        for (name, a, b) in crate::made::of(process).unwrap().apart {
            let doers = |set: &[&str]| -> BTreeSet<&str> {
                let events = clean().cases(process).iter().flat_map(|c| &c.events);
                let of =
                    events.filter(|e| set.contains(&e.activity) && !e.who.is_empty());
                of.map(|e| e.who).collect()
            };
            let (one, other) = (doers(a), doers(b));
            let both: Vec<_> = one.intersection(&other).collect();
            assert!(both.is_empty(), "{process} {name}: {both:?}");
        }
    }
}

#[test]
fn volumes_are_those_of_such_a_municipality() {
    let cases = |process| full().cases(process).len();
    let near = |found: usize, wanted: usize| {
        assert!(
            found * 100 > wanted * 93 && found * 100 < wanted * 107,
            "{found} of {wanted}"
        );
    };
    near(cases(Process::Payments), 18_000);
    let documents = full().cases(Process::TravelDocuments);
    near(documents.iter().filter(|c| c.id.starts_with("RD-")).count(), 6_400);
    near(cases(Process::Permits), 1_300);
    near(cases(Process::Subsidies), 360);
    near(cases(Process::Procurement), 240);
    let register = full().cases(Process::PersonsRegister);
    near(register.iter().filter(|c| c.id.starts_with("BRP-")).count(), 7_000);
    near(cases(Process::Enforcement), 800);
    let looks = full()
        .cases(Process::Information)
        .iter()
        .flat_map(|c| &c.events)
        .filter(|e| matches!(e.activity, "Gezocht" | "Geraadpleegd"))
        .count();
    near(looks, 120_000);
    let small = Town::build(&SMALL);
    near(small.logs().iter().map(super::Log::cases).sum(), 6_000);
}

#[test]
fn rates_of_the_travel_documents_are_those_that_were_found_in_the_country() {
    let delivered = full()
        .cases(Process::TravelDocuments)
        .iter()
        .filter(|c| c.has(&["Document uitgereikt"]))
        .count();
    let of = |rule: &str| full().planted().iter().filter(|p| p.rule == rule).count();
    let percent = |rule| of(rule) * 1_000 / delivered;
    assert!((255..=285).contains(&percent("REI-01")), "{}", percent("REI-01"));
    assert!((15..=25).contains(&percent("REI-03")), "{}", percent("REI-03"));
}

#[test]
fn nobody_works_on_a_holiday_or_in_a_weekend() {
    for town in [full(), clean()] {
        for process in logged() {
            for case in town.cases(process) {
                for event in &case.events {
                    // Bookings by hand in a weekend are one of the weaknesses.
                    let planted = case.planted && event.activity == "Memoriaalboeking";
                    let open = planted || calendar::is_working_day(event.at.date());
                    assert!(open, "{} {} {}", case.id, event.activity, event.at.date());
                }
            }
        }
    }
}

#[test]
fn work_at_night_is_seldom_unless_planted() {
    let events: Vec<_> =
        logged().flat_map(|p| clean().cases(p)).flat_map(|c| &c.events).collect();
    let late = events
        .iter()
        .filter(|e| !(6 * 3_600..19 * 3_600).contains(&e.at.second()))
        .count();
    assert!(late * 100 < events.len(), "{late} of {}", events.len());
}

#[test]
fn events_of_a_case_stand_in_order_of_time_and_have_different_numbers_of_cases() {
    for town in [full(), clean()] {
        for process in logged() {
            let mut seen = BTreeSet::new();
            for case in town.cases(process) {
                assert!(seen.insert(&case.id), "{} twice", case.id);
                let times: Vec<_> = case.events.iter().map(|e| e.at).collect();
                assert!(times.is_sorted(), "{process} {}", case.id);
                assert!(!times.is_empty(), "{process} {} is empty", case.id);
            }
        }
    }
}

/// The activities a binding names, and whether with a pattern.
fn bound(process: Process) -> Vec<String> {
    binding(process)
        .unwrap()
        .lines()
        .filter(|line| line.contains("= [\""))
        .filter_map(|line| line.split_once('=').map(|(_, list)| list.trim().to_owned()))
        .flat_map(|list| {
            list.trim_matches(['[', ']'])
                .split("\", \"")
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
        .map(|name| name.trim_matches('"').to_owned())
        .collect()
}

#[test]
fn every_activity_is_bound_once_and_every_bound_activity_occurs() {
    for process in logged() {
        let bound = bound(process);
        let used: BTreeSet<&str> = full()
            .cases(process)
            .iter()
            .flat_map(|c| &c.events)
            .map(|e| e.activity)
            .collect();
        for activity in &used {
            let fits = |name: &&String| match name.strip_suffix('*') {
                Some(prefix) => activity.starts_with(prefix),
                None => *name == activity,
            };
            assert_eq!(bound.iter().filter(fits).count(), 1, "{process}: {activity}");
        }
        let known = |name: &String| {
            used.iter().any(|a| {
                a == name || name.strip_suffix('*').is_some_and(|p| a.starts_with(p))
            })
        };
        let accounts = |name: &String| {
            name.contains("svc-") || name.contains("systeem") || name.contains("zuil")
        };
        let idle: Vec<_> = bound.iter().filter(|n| !known(n) && !accounts(n)).collect();
        assert!(idle.iter().all(|n| n.ends_with("dienst")), "{process}: {idle:?}");
    }
}

#[test]
fn xes_files_are_well_formed() {
    let town = Town::build(&SMALL);
    for log in town.logs().iter().filter(|l| l.format != LogFormat::Csv) {
        let text = text(&town, log.process);
        let count = |needle: &str| text.matches(needle).count();
        assert_eq!(count("<trace>"), log.cases(), "{}", log.process);
        assert_eq!(count("</trace>"), log.cases());
        assert_eq!((count("<event>"), count("</event>")), (log.events(), log.events()));
        for line in text.lines().map(str::trim).filter(|l| l.contains("key=")) {
            assert!(line.ends_with("/>") && line.matches('"').count() == 4, "{line}");
        }
    }
}

#[test]
fn tables_have_as_many_cells_in_every_row_as_in_the_header() {
    let town = Town::build(&SMALL);
    for process in [Process::Payments, Process::Information] {
        let text = text(&town, process);
        let mut lines = text.split_terminator("\r\n");
        let cells = lines.next().unwrap().split(';').count();
        let mut rows = 0;
        for line in lines {
            assert_eq!(line.split(';').count(), cells, "{line}");
            rows += 1;
        }
        let logs = town.logs();
        assert_eq!(rows, logs.iter().find(|l| l.process == process).unwrap().events());
    }
}

#[test]
fn every_column_of_a_mapping_stands_in_its_log() {
    for process in logged() {
        let text = text(full(), process);
        let table = mapping(process).unwrap();
        for line in table.lines().skip_while(|l| *l != "[columns]").skip(1) {
            let Some((_, source)) = line.split_once(" = ") else { continue };
            let source = source.trim_start_matches("{ column = ");
            let name = source.split('"').nth(1).unwrap().trim_start_matches("case:");
            assert!(text.contains(name), "{process}: {name}");
        }
    }
}

#[test]
fn what_was_planted_is_told_once_for_each_subject() {
    let mut seen: BTreeMap<(_, _, _, _, _), &Planted> = BTreeMap::new();
    for planted in full().planted() {
        let key = (
            planted.process,
            planted.rule,
            planted.item,
            planted.subject.as_str(),
            planted.event,
        );
        assert!(seen.insert(key, planted).is_none(), "{planted:?}");
    }
}

#[test]
fn a_small_town_can_be_made() {
    let town = Town::build(&Settings { seed: 5, cases_per_year: Some(60), clean: false });
    assert_eq!(town.logs().len(), 8);
}

#[test]
fn the_null_log_has_twelve_handlers_and_no_pattern() {
    let log = null_log(3, 2_000);
    let handlers: BTreeSet<&str> =
        log.cases.iter().flat_map(|c| &c.events).map(|e| e.who).collect();
    assert_eq!((log.cases(), handlers.len()), (2_000, 12));
    let mut bytes = Vec::new();
    log.write(&mut bytes).unwrap();
    assert!(bytes.ends_with(b"</log>\n"));
}
