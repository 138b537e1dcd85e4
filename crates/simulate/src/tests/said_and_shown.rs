//! What people say, held against what the logs show: the rules of the product evaluated on the
//! logs of the default seed, and the answers put together as the product does.

use super::against_rules::{content, evaluate_cases, states_facts};
use super::{clean, full, logged};
use crate::Town;
use crate::clock::{LAST, Stamp, day_of};
use crate::people::{
    Assignment, Organisation, PartingKind, Round, Said, Side, dijkveen, planted_effects,
    planted_partings,
};
use assessment::{Answer, Given, Group, Parting, combine, judge, shown};
use catalogue::EvidenceFor;
use model::{Date, Process};
use std::collections::BTreeMap;

fn said() -> Organisation {
    dijkveen(1, content())
}

/// What people say of a question together, as the product puts it together.
fn together(round: &Round, process: Process, of: &EvidenceFor) -> assessment::Combined {
    let (side, code) = match of {
        EvidenceFor::Control(code) => (assessment::Side::Control, code),
        EvidenceFor::Circumstance(code) => (assessment::Side::Circumstance, code),
    };
    let standing = round.standing();
    let asked: Vec<(usize, &Assignment)> = round
        .assignments
        .iter()
        .enumerate()
        .filter(|(_, one)| one.process == process)
        .collect();
    let given: Vec<Given> = asked
        .iter()
        .map(|(place, one)| {
            let answer = match standing.get(&(*place, code.as_str())).map(|r| &r.said) {
                Some(Said::Level(level)) => Answer::Level(*level),
                Some(Said::NotApplicable { .. }) => Answer::NotApplicable,
                Some(Said::Unknown) => Answer::DontKnow,
                None => Answer::NotAnswered,
            };
            let group = match one.side {
                Side::Management => Group::Management,
                Side::WorkFloor => Group::Floor,
                Side::Other => Group::Other,
            };
            Given { answer, group }
        })
        .collect();
    let agreed =
        round.agreed.iter().find(|one| one.process == process && one.question == *code);
    let agreed = agreed.map(|one| Answer::Level(one.level));
    combine(side, &given, agreed, 3)
}

/// The ranges that the logs of a town show of a process at the end of a day.
fn ranges(town: &Town, process: Process, day: Date) -> BTreeMap<EvidenceFor, (u8, u8)> {
    let log = town.log_until(process, day).unwrap();
    let evaluation = evaluate_cases(&log.cases, process, day);
    let shown = shown(content(), process, &evaluation);
    shown.into_iter().filter_map(|one| Some((one.of, one.range.ok()?))).collect()
}

fn code(of: &EvidenceFor) -> &str {
    match of {
        EvidenceFor::Control(code) | EvidenceFor::Circumstance(code) => code,
    }
}

/// Where people part from the data in a round: process, question, level, range and way.
fn partings(town: &Town, round: &Round) -> Vec<(Process, String, u8, (u8, u8), Parting)> {
    let day = round.held_on.min(LAST);
    let mut all = Vec::new();
    for process in logged().filter(|process| round.processes.contains(process)) {
        for (of, range) in ranges(town, process, day) {
            let side = match of {
                EvidenceFor::Control(_) => assessment::Side::Control,
                EvidenceFor::Circumstance(_) => assessment::Side::Circumstance,
            };
            let said = together(round, process, &of);
            let judged = judge(side, &said, Some(range));
            let parting = judged.and_then(|judged| judged.parting);
            if let (Answer::Level(level), Some(parting)) = (said.answer, parting)
                && parting != Parting::Agree
            {
                all.push((process, code(&of).to_owned(), level, range, parting));
            }
        }
    }
    all.sort();
    all
}

#[test]
fn people_part_from_the_data_in_the_planted_places_and_nowhere_else() {
    let organisation = said();
    let mut wanted: Vec<_> = planted_partings()
        .iter()
        .map(|one| {
            let parting = match one.kind {
                PartingKind::SaidBetter => Parting::SaidBetter,
                PartingKind::SaidWorse => Parting::SaidWorse,
            };
            (one.process, one.question.to_owned(), one.said, one.shown, parting)
        })
        .collect();
    wanted.sort();
    let last = organisation.rounds.last().unwrap();
    assert_eq!(partings(full(), last), wanted);
}

#[test]
fn in_the_round_before_the_plan_people_part_from_the_data_only_where_it_is_planted() {
    let organisation = said();
    for round in organisation.rounds.iter().take(2) {
        for (process, question, said, range, _) in partings(full(), round) {
            let planted = planted_partings()
                .iter()
                .any(|one| one.process == process && one.question == question);
            assert!(planted, "{} {process} {question}: {said} {range:?}", round.title);
        }
    }
}

#[test]
fn measures_that_are_done_show_what_is_told_of_them() {
    let organisation = said();
    let rounds = [&organisation.rounds[1], &organisation.rounds[2]];
    for effect in planted_effects() {
        let circumstance = content().circumstances.contains_key(effect.question);
        let question = effect.question.to_owned();
        let of = if circumstance {
            EvidenceFor::Circumstance(question)
        } else {
            EvidenceFor::Control(question)
        };
        let answers = rounds.map(|round| together(round, effect.process, &of).answer);
        let wanted = [effect.said.0, effect.said.1].map(Answer::Level);
        assert_eq!(answers, wanted, "{effect:?}");
        let found = rounds.map(|round| {
            let day = round.held_on.min(LAST);
            ranges(full(), effect.process, day).get(&of).copied()
        });
        let wanted = [effect.shown.map(|s| s.0), effect.shown.map(|s| s.1)];
        assert_eq!(found, wanted, "{effect:?}");
    }
    let seen = planted_effects().iter().filter(|effect| effect.seen_in_answers());
    let mut measures: Vec<&str> = seen.map(|effect| effect.measure).collect();
    measures.dedup();
    assert_eq!(measures, ["M033", "M067"]);
    let data = planted_effects().iter().filter(|effect| effect.seen_in_data());
    assert_eq!(data.map(|effect| effect.measure).collect::<Vec<_>>(), ["M033"]);
}

#[test]
fn one_official_decides_far_less_often_after_the_roles_were_split() {
    let split = day_of(crate::permits::ROLES_SPLIT);
    let cases = full().cases(Process::Permits);
    let planted: Vec<&str> = full()
        .planted()
        .iter()
        .filter(|one| one.rule == "VER-01")
        .map(|one| one.subject.as_str())
        .collect();
    let share = |early: bool| {
        let decided = cases.iter().filter(|case| {
            case.at("Besluit genomen").is_some_and(|at| (at.day() < split) == early)
        });
        let all: Vec<_> = decided.collect();
        let alone = all.iter().filter(|case| planted.contains(&case.id.as_str())).count();
        alone * 100 / all.len()
    };
    let (before, after) = (share(true), share(false));
    assert!((13..=19).contains(&before) && after <= 4, "{before} % and {after} %");
}

#[test]
fn a_log_as_it_stood_on_a_day_holds_nothing_later_and_all_that_was_over() {
    let day = Date::constant(2025, 10, 9);
    let end = Stamp::new(day_of(day) + 1, 0, 0);
    for log in full().logs_until(day) {
        let whole = full().cases(log.process);
        let ended = |case: &&crate::case::Case| {
            case.events.last().is_some_and(|last| last.at < end)
        };
        assert!(log.cases.iter().flat_map(|case| &case.events).all(|e| e.at < end));
        let over: Vec<_> = whole.iter().filter(ended).map(|case| &case.id).collect();
        let kept: std::collections::BTreeSet<_> =
            log.cases.iter().map(|case| &case.id).collect();
        assert!(over.iter().all(|id| kept.contains(id)), "{}", log.process);
        assert!(!over.is_empty() && kept.len() < whole.len(), "{}", log.process);
    }
    let all = full().logs_until(LAST);
    let events =
        |logs: &[crate::Log<'_>]| -> usize { logs.iter().map(crate::Log::events).sum() };
    assert_eq!(events(&all), events(&full().logs()));
}

#[test]
fn a_clean_log_cut_at_a_round_breaks_no_rule_that_states_a_fact() {
    let mut wrong = Vec::new();
    for round in said().rounds.iter().take(2) {
        let day = round.held_on;
        for process in logged().filter(|process| round.processes.contains(process)) {
            let log = clean().log_until(process, day).unwrap();
            for result in evaluate_cases(&log.cases, process, day).results {
                // of some look-ups the contact that explains them comes only afterwards
                let few =
                    result.rule == "INF-01" && result.found * 1_000 < result.assessable;
                if result.found > 0 && states_facts(&result.rule) && !few {
                    let name = result.name();
                    let some: Vec<_> =
                        result.hits.iter().take(3).map(|h| h.subject.key()).collect();
                    wrong.push(format!(
                        "{day} {process} {name} {} {some:?}",
                        result.found
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
