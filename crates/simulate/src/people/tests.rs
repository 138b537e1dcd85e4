//! What the people's side promises.

mod answers;

use super::levels::{is_circumstance, most};
use super::{
    MeasureStatus, Organisation, Said, Side, dijkveen, kwelderstad, lines,
    planted_effects, planted_partings, regions,
};
use assessment::guard::find_personal;
use catalogue::Catalogue;
use model::Process;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

fn content() -> &'static Catalogue {
    static CONTENT: OnceLock<Catalogue> = OnceLock::new();
    CONTENT.get_or_init(|| match catalogue::load(&catalogue::embedded()) {
        Ok(content) => content,
        Err(faults) => panic!("{faults}"),
    })
}

fn both(seed: u64) -> [Organisation; 2] {
    [dijkveen(seed, content()), kwelderstad(seed, content())]
}

/// Whether the catalogue has a control or circumstance of this code for a process.
fn concerns(code: &str, process: Process) -> bool {
    let of_circumstance = content().circumstances.get(code).map(|c| &c.processes);
    let of_control = content().controls.get(code).map(|c| &c.processes);
    let side = if is_circumstance(code) { of_circumstance } else { of_control };
    side.is_some_and(|processes| processes.contains(&process))
}

#[test]
fn the_same_seed_gives_the_same_data_and_another_seed_other_answers() {
    assert_eq!(both(1), both(1));
    let (one, other) = (both(1), both(2));
    for (a, b) in one.iter().zip(&other) {
        assert_eq!(a.plan, b.plan);
        for (a, b) in a.rounds.iter().zip(&b.rounds) {
            assert_ne!(a.answers, b.answers);
            assert_eq!(a.assignments, b.assignments);
        }
    }
}

#[test]
fn every_code_exists_and_concerns_the_process_it_is_used_with() {
    for organisation in both(1) {
        for round in &organisation.rounds {
            assert!(content().profiles.contains_key(round.profile), "{}", round.profile);
            for reply in &round.answers {
                let process = round.assignments[reply.assignment].process;
                assert!(concerns(&reply.question, process), "{process} {reply:?}");
            }
            for agreed in &round.agreed {
                assert!(concerns(&agreed.question, agreed.process), "{agreed:?}");
            }
            for one in &round.assignments {
                let functions = &content().processes[&one.process].functions;
                let known = one.function.is_none_or(|f| functions.iter().any(|g| g == f));
                assert!(known, "{one:?}: {functions:?}");
            }
        }
        for measure in organisation.plan.iter().flat_map(|plan| &plan.measures) {
            let item = &content().measures[measure.code];
            let fits = |process| item.processes.contains(&process);
            let fits = measure.process.map_or(item.processes.len() == 11, fits);
            assert!(fits, "{measure:?}");
        }
    }
    for one in planted_partings() {
        assert!(concerns(one.question, one.process), "{one:?}");
    }
    for one in planted_effects() {
        let measure = &content().measures[one.measure];
        let raises = measure.raises.iter().any(|raise| raise.control == one.question);
        let lowers = measure.lowers.iter().any(|low| low.circumstance == one.question);
        assert!(concerns(one.question, one.process) && (raises || lowers), "{one:?}");
    }
}

#[test]
fn every_word_of_the_files_is_understood() {
    let files = [
        (dijkveen::LEVELS, dijkveen::SAID, dijkveen::cast(1)),
        (kwelderstad::LEVELS, kwelderstad::SAID, kwelderstad::cast(1)),
    ];
    for (levels, said, cast) in files {
        let pairs = levels.lines().filter(|line| !line.starts_with('#'));
        let pairs: Vec<&str> =
            pairs.flat_map(str::split_whitespace).filter(|w| w.contains('=')).collect();
        assert_eq!(cast.levels.all().len(), pairs.len(), "a word is lost or said twice");
        for ((process, code), (before, after)) in cast.levels.all() {
            let good = match process {
                Some(process) => concerns(code, *process),
                None => Process::ALL.into_iter().any(|process| concerns(code, process)),
            };
            assert!(good && (*before).max(*after) <= most(code), "{process:?} {code}");
        }
        let lines = lines::read(said);
        for (line, text) in lines.iter().zip(lines::written(said)) {
            assert!(text.contains(line.code) && text.ends_with(line.words), "{text}");
        }
        assert_eq!(lines.len(), lines::written(said).count());
    }
}

#[test]
fn what_is_said_in_so_many_words_is_said() {
    for (organisation, cast) in
        both(1).into_iter().zip([dijkveen::cast(1), kwelderstad::cast(1)])
    {
        for line in &cast.lines {
            let round = &organisation.rounds[line.round];
            let told = round.agreed.iter().any(|a| a.because == line.words)
                || round.answers.iter().any(|reply| {
                    let reason = match &reply.said {
                        Said::NotApplicable { reason } => Some(reason.as_str()),
                        _ => None,
                    };
                    let who = round.assignments[reply.assignment].respondent;
                    who == line.who
                        && reply.question == line.code
                        && reply.explanation.as_deref().or(reason) == Some(line.words)
                });
            assert!(told, "{line:?}");
        }
    }
}

#[test]
fn every_level_lies_within_the_range_of_its_side() {
    for organisation in both(3) {
        for reply in organisation.rounds.iter().flat_map(|round| &round.answers) {
            if let Said::Level(level) = reply.said {
                assert!(level <= most(&reply.question), "{reply:?}");
            }
        }
    }
}

/// Every text somebody wrote.
fn texts(organisation: &Organisation) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for round in &organisation.rounds {
        all.push(round.title.to_owned());
        all.extend(round.assignments.iter().map(|one| one.part.to_owned()));
        for reply in &round.answers {
            all.extend(reply.explanation.clone());
            all.extend(reply.evidence.iter().map(|evidence| evidence.link.clone()));
            if let Said::NotApplicable { reason } = &reply.said {
                all.push(reason.clone());
            }
        }
        all.extend(round.agreed.iter().map(|one| one.because.clone()));
    }
    all.extend(organisation.scopes.iter().map(|one| one.reason.to_owned()));
    all.extend(organisation.attractiveness.iter().map(|one| one.reason.to_owned()));
    all.extend(organisation.decisions.iter().map(|one| one.wording.to_owned()));
    for measure in organisation.plan.iter().flat_map(|plan| &plan.measures) {
        let states = measure.states.iter();
        all.extend(states.flat_map(|s| [s.note.to_owned(), s.owner_role.to_owned()]));
    }
    all
}

#[test]
fn no_text_holds_what_points_at_a_person() {
    for organisation in both(1) {
        for text in texts(&organisation) {
            assert!(find_personal(&text).is_empty(), "{text}");
        }
        let prefix = organisation.coordinator.trim_end_matches(char::is_numeric);
        for one in organisation.rounds.iter().flat_map(|round| &round.assignments) {
            let number = one.respondent.strip_prefix(prefix);
            assert!(number.is_some_and(|n| n.parse::<u8>().is_ok()), "{one:?}");
        }
    }
}

#[test]
fn explanations_are_few_and_none_is_given_twice() {
    let mut seen = BTreeSet::new();
    for organisation in both(1) {
        for round in &organisation.rounds {
            let given = round.answers.iter().filter_map(|r| r.explanation.clone());
            for text in given.chain(round.agreed.iter().map(|one| one.because.clone())) {
                assert!(seen.insert(text.clone()), "{text}");
            }
        }
    }
    assert!((50..=70).contains(&seen.len()), "{}", seen.len());
}

#[test]
fn so_many_respondents_are_asked_about_one_to_three_processes_each() {
    for (organisation, wanted) in both(1).iter().zip([25, 18]) {
        let mut people: BTreeMap<&str, BTreeSet<Process>> = BTreeMap::new();
        for one in organisation.rounds.iter().flat_map(|round| &round.assignments) {
            people.entry(one.respondent).or_default().insert(one.process);
        }
        assert_eq!(people.len(), wanted, "{}", organisation.slug);
        assert!(people.values().all(|processes| (1..=3).contains(&processes.len())));
        let last = organisation.rounds.last().unwrap();
        let asked: BTreeSet<Process> =
            last.assignments.iter().map(|one| one.process).collect();
        assert_eq!(asked.len(), 11);
        for process in Process::ALL {
            let scopes = organisation.scopes.iter().rfind(|one| one.process == process);
            assert!(scopes.is_some_and(|scope| scope.in_scope), "{process}");
            let those = last.assignments.iter().filter(|one| one.process == process);
            let sides: BTreeSet<Side> = those.map(|one| one.side).collect();
            assert!(sides.contains(&Side::Management), "{process}");
        }
    }
}

#[test]
fn the_plan_is_half_done_at_the_last_round() {
    let organisation = dijkveen(1, content());
    let plan = organisation.plan.as_ref().unwrap();
    let last = organisation.rounds.last().unwrap();
    let mut count: BTreeMap<MeasureStatus, usize> = BTreeMap::new();
    for measure in &plan.measures {
        assert!(measure.states.is_sorted_by(|a, b| a.at < b.at), "{measure:?}");
        let status = measure.status_on(last.held_on).unwrap();
        *count.entry(status).or_default() += 1;
        let state = measure.states.last().unwrap();
        assert!(state.starts_on < state.due_on);
        assert!(status != MeasureStatus::Stopped || !state.note.is_empty());
        assert_eq!(measure.status_on(organisation.rounds[plan.round].held_on), None);
    }
    let of = |status| count.get(&status).copied().unwrap_or(0);
    assert_eq!(of(MeasureStatus::Done), 3);
    assert_eq!(of(MeasureStatus::Stopped), 1);
    assert!(of(MeasureStatus::Started) >= 3 && of(MeasureStatus::Planned) >= 2);
    let yearly = plan.measures.iter().filter(|m| m.recurring_months == Some(12));
    assert_eq!(yearly.count(), 1);
    for effect in planted_effects() {
        let measure = plan.measures.iter().find(|m| m.code == effect.measure).unwrap();
        let done = measure.states.iter().find(|s| s.status == MeasureStatus::Done);
        assert_eq!(done.unwrap().at.local_date(), effect.done_on, "{effect:?}");
        assert_eq!(measure.process, Some(effect.process));
    }
}

#[test]
fn decisions_follow_the_rounds_they_are_about_and_regions_exist() {
    for organisation in both(1) {
        for decision in &organisation.decisions {
            let round = &organisation.rounds[decision.round];
            assert!(round.held_on < decision.decided_on, "{decision:?}");
            assert!(!decision.plan || organisation.plan.is_some());
        }
        let known: BTreeSet<&str> = regions().iter().map(|region| region.slug).collect();
        let members: BTreeSet<&str> =
            organisation.memberships.iter().map(|one| one.region).collect();
        assert_eq!(members, known);
        for own in &organisation.attractiveness {
            let item = &content().processes[&own.process];
            assert_ne!(item.attractiveness, own.level.code(), "{own:?}");
        }
    }
}
