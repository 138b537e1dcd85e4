//! Expected beside measured: what a measure that was done brought, in words that a process
//! owner can check.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test says what it expects"
)]

use assessment::{Answer, Shown};
use catalogue::{Catalogue, EvidenceFor};
use model::{Date, Process};
use picture::effect::{Because, Data, Done, Effect, Outcome, Seen, Verdict, outcomes};
use picture::freeboard::{Attractiveness, Limits};
use picture::weighing::{Question, Replies, Weighing, weigh};
use std::collections::BTreeMap;
use std::sync::OnceLock;

fn content() -> &'static Catalogue {
    static CATALOGUE: OnceLock<Catalogue> = OnceLock::new();
    CATALOGUE.get_or_init(|| catalogue::load(&catalogue::embedded()).expect("content"))
}

const fn date(year: i16, month: i8, day: i8) -> Date {
    Date::constant(year, month, day)
}

/// A measure that lifts one control to `to`, and nothing else in the process, with its code.
fn lifting(to: u8) -> (&'static str, &'static str, Process) {
    for measure in content().measures.values() {
        for process in &measure.processes {
            let here: Vec<_> = measure
                .raises
                .iter()
                .filter(|raise| {
                    content().controls[&raise.control].processes.contains(process)
                })
                .collect();
            let lowers = measure.lowers.iter().any(|lower| {
                content().circumstances[&lower.circumstance].processes.contains(process)
            });
            if let ([only], false) = (here.as_slice(), lowers)
                && only.to == to
            {
                return (&measure.head.code, &only.control, *process);
            }
        }
    }
    panic!("no measure lifts one control to {to}");
}

/// A measure that lowers one circumstance by one, and nothing else in the process.
fn lowering() -> (&'static str, &'static str, Process) {
    for measure in content().measures.values() {
        for process in &measure.processes {
            let lowers: Vec<_> = measure
                .lowers
                .iter()
                .filter(|lower| {
                    content().circumstances[&lower.circumstance]
                        .processes
                        .contains(process)
                })
                .collect();
            let raises = measure.raises.iter().any(|raise| {
                content().controls[&raise.control].processes.contains(process)
            });
            if let ([only], false) = (lowers.as_slice(), raises)
                && only.by == 1
            {
                return (&measure.head.code, &only.circumstance, *process);
            }
        }
    }
    panic!("no measure lowers one circumstance");
}

fn of(code: &str) -> EvidenceFor {
    if content().controls.contains_key(code) {
        EvidenceFor::Control(code.to_owned())
    } else {
        EvidenceFor::Circumstance(code.to_owned())
    }
}

fn weighed(
    process: Process,
    code: &str,
    said: Answer,
    shown: Option<(u8, u8)>,
) -> Weighing {
    let replies = Replies { given: Vec::new(), agreed: Some(said) };
    let replies = BTreeMap::from([(code.to_owned(), replies)]);
    let range = shown.ok_or(assessment::Silence::NotAssessable);
    let shown = [Shown { of: of(code), statements: Vec::new(), range }];
    let question = Question {
        process,
        attractiveness: Attractiveness::Middle,
        replies: &replies,
        shown: &shown,
        least_group: 3,
    };
    weigh(content(), &question, &Limits::from(&content().method))
}

const DONE: Date = date(2026, 9, 1);
const SPRING: Date = date(2026, 4, 1);
const AUTUMN: Date = date(2026, 11, 1);

fn round(on: Date, weighing: &Weighing) -> Seen<'_> {
    Seen { round_on: Some(on), data: None, weighing }
}

fn round_and_data(on: Date, weighing: &Weighing) -> Seen<'_> {
    let from = if on < DONE { date(2026, 1, 1) } else { date(2026, 9, 2) };
    let data = Some(Data { from: Some(from), as_of: on });
    Seen { round_on: Some(on), data, weighing }
}

fn judged(measure: &str, seen: &[Seen<'_>]) -> (Outcome, Effect) {
    let done = Done { measure: measure.to_owned(), on: DONE, process: None };
    let process = seen.first().map(|seen| seen.weighing.process);
    let outcome = outcomes(content(), &[Done { process, ..done }], seen).remove(0);
    let effect = outcome.effects[0].clone();
    (outcome, effect)
}

/// What is said before and since, with what the data show.
fn turned_out(
    measure: (&str, &str, Process),
    before: (Answer, Option<(u8, u8)>),
    since: (Answer, Option<(u8, u8)>),
) -> Verdict {
    let (measure, code, process) = measure;
    let first = weighed(process, code, before.0, before.1);
    let second = weighed(process, code, since.0, since.1);
    let seen = [round_and_data(SPRING, &first), round_and_data(AUTUMN, &second)];
    judged(measure, &seen).1.verdict
}

#[test]
fn a_control_that_stands_where_it_should_works_one_step_short_works_partly() {
    let to_two = lifting(2);
    let level = Answer::Level;
    assert_eq!(turned_out(to_two, (level(0), None), (level(2), None)), Verdict::Works);
    assert_eq!(turned_out(to_two, (level(0), None), (level(3), None)), Verdict::Works);
    assert_eq!(turned_out(to_two, (level(0), None), (level(1), None)), Verdict::Partly);
    assert_eq!(turned_out(to_two, (level(1), None), (level(1), None)), Verdict::NotSeen);
    assert_eq!(turned_out(to_two, (level(1), None), (level(0), None)), Verdict::NotSeen);
}

#[test]
fn what_people_say_does_not_count_against_what_the_data_show() {
    let to_two = lifting(2);
    let (said, low) = (Answer::Level(3), Some((0, 1)));
    assert_eq!(turned_out(to_two, (Answer::Level(0), low), (said, low)), Verdict::Partly);
    assert_eq!(
        turned_out(to_two, (Answer::Level(1), low), (said, low)),
        Verdict::NotSeen
    );
    // and the data count where people do not know
    let high = Some((2, 3));
    let unknown = Answer::DontKnow;
    assert_eq!(turned_out(to_two, (unknown, low), (unknown, high)), Verdict::Works);
}

#[test]
fn where_data_spoke_before_words_alone_are_not_enough() {
    let (measure, code, process) = lifting(2);
    let first = weighed(process, code, Answer::Level(1), Some((0, 1)));
    let second = weighed(process, code, Answer::Level(3), None);
    let seen = [round_and_data(SPRING, &first), round(AUTUMN, &second)];
    let (outcome, effect) = judged(measure, &seen);
    let cannot = Verdict::NotAssessable(Because::NoDataSince);
    assert_eq!((effect.verdict, outcome.verdict), (cannot, cannot));
    assert_eq!(effect.since.said, Some(Answer::Level(3)));
    assert_eq!(effect.before.shown, Some((0, 1)));
    assert_eq!((effect.since.data_on, effect.since.shown), (None, None));
}

#[test]
fn without_anything_since_nobody_can_say() {
    let (measure, code, process) = lifting(2);
    let first = weighed(process, code, Answer::Level(1), None);
    let (_, effect) = judged(measure, &[round(SPRING, &first)]);
    assert_eq!(effect.verdict, Verdict::NotAssessable(Because::NothingSince));
    assert_eq!(effect.expected, Some(2));
    let (_, effect) = judged(measure, &[round(AUTUMN, &first)]);
    assert_eq!(effect.verdict, Verdict::NotAssessable(Because::NotKnownBefore));
}

#[test]
fn what_is_not_known_or_stood_there_already_is_told_apart() {
    let to_two = lifting(2);
    let cannot = |because| Verdict::NotAssessable(because);
    let level = Answer::Level;
    for (before, since, verdict) in [
        (level(1), Answer::DontKnow, cannot(Because::NotKnownSince)),
        (Answer::DontKnow, level(3), cannot(Because::NotKnownBefore)),
        (level(2), level(3), cannot(Because::AlreadyThere)),
        (level(1), Answer::NotApplicable, cannot(Because::DoesNotApply)),
    ] {
        let found = turned_out(to_two, (before, None), (since, None));
        assert_eq!(found, verdict, "{before:?} then {since:?}");
    }
    // the data leave open whether it stood there already
    let (unknown, wide) = (Answer::DontKnow, Some((1, 2)));
    assert_eq!(
        turned_out(to_two, (unknown, wide), (level(3), Some((2, 3)))),
        cannot(Because::NotKnownBefore)
    );
}

#[test]
fn a_circumstance_should_fall_by_as_many_steps_as_the_measure_says() {
    let by_one = lowering();
    let level = Answer::Level;
    assert_eq!(turned_out(by_one, (level(2), None), (level(1), None)), Verdict::Works);
    assert_eq!(turned_out(by_one, (level(2), None), (level(2), None)), Verdict::NotSeen);
    assert_eq!(turned_out(by_one, (level(1), None), (level(0), None)), Verdict::Works);
    assert_eq!(
        turned_out(by_one, (level(0), None), (level(0), None)),
        Verdict::NotAssessable(Because::AlreadyThere)
    );
}

#[test]
fn a_round_on_the_day_itself_counts_as_held_after_it() {
    let (measure, code, process) = lifting(2);
    let before = weighed(process, code, Answer::Level(0), None);
    let same_day = weighed(process, code, Answer::Level(2), None);
    let (_, effect) = judged(measure, &[round(DONE, &same_day), round(SPRING, &before)]);
    assert_eq!(effect.verdict, Verdict::Works);
    assert_eq!(effect.since.round_on, Some(DONE));
}

#[test]
fn of_several_rounds_the_last_on_each_side_counts() {
    let (measure, code, process) = lifting(2);
    let levels =
        [0, 1, 1, 2].map(|level| weighed(process, code, Answer::Level(level), None));
    let days = [date(2026, 1, 1), SPRING, date(2026, 10, 1), AUTUMN];
    let seen: Vec<Seen<'_>> =
        days.iter().zip(&levels).map(|(day, weighing)| round(*day, weighing)).collect();
    let (_, effect) = judged(measure, &seen);
    assert_eq!(effect.before.round_on, Some(SPRING));
    assert_eq!(effect.since.round_on, Some(AUTUMN));
    assert_eq!(effect.verdict, Verdict::Works);
}

#[test]
fn data_that_begin_before_the_day_are_told_to_lag_behind() {
    let (measure, code, process) = lifting(2);
    let first = weighed(process, code, Answer::Level(0), Some((0, 1)));
    let second = weighed(process, code, Answer::Level(2), Some((1, 2)));
    let mut late = round_and_data(AUTUMN, &second);
    late.data = Some(Data { from: Some(date(2026, 1, 1)), as_of: AUTUMN });
    let (_, effect) = judged(measure, &[round_and_data(SPRING, &first), late]);
    assert!(effect.older_cases);
    let fresh = round_and_data(AUTUMN, &second);
    assert!(!judged(measure, &[round_and_data(SPRING, &first), fresh]).1.older_cases);
}

#[test]
fn a_measure_that_works_in_one_of_two_works_partly() {
    let measure = content()
        .measures
        .values()
        .find(|measure| measure.raises.len() == 2 && measure.lowers.is_empty())
        .expect("one that lifts two");
    let process = *measure
        .processes
        .iter()
        .find(|process| {
            let mut raises = measure.raises.iter();
            raises.all(|raise| {
                content().controls[&raise.control].processes.contains(process)
            })
        })
        .expect("a process with both");
    let with = |levels: [u8; 2]| {
        let replies: BTreeMap<String, Replies> = measure
            .raises
            .iter()
            .zip(levels)
            .map(|(raise, level)| {
                let agreed = Some(Answer::Level(level));
                (raise.control.clone(), Replies { given: Vec::new(), agreed })
            })
            .collect();
        let question = Question {
            process,
            attractiveness: Attractiveness::Middle,
            replies: &replies,
            shown: &[],
            least_group: 3,
        };
        weigh(content(), &question, &Limits::from(&content().method))
    };
    let before = with([0, 0]);
    for (levels, verdict) in
        [([3, 3], Verdict::Works), ([3, 0], Verdict::Partly), ([0, 0], Verdict::NotSeen)]
    {
        let since = with(levels);
        let seen = [round(SPRING, &before), round(AUTUMN, &since)];
        let (outcome, _) = judged(&measure.head.code, &seen);
        assert_eq!(outcome.verdict, verdict, "{levels:?}");
    }
}

#[test]
fn a_measure_of_which_nothing_is_known_is_told_so() {
    let done =
        |measure: &str, process| Done { measure: measure.to_owned(), on: DONE, process };
    let elsewhere = {
        let (measure, _, _) = lifting(2);
        let own = &content().measures[measure].processes;
        let other = Process::ALL.into_iter().find(|process| !own.contains(process));
        other.map(|process| done(measure, Some(process)))
    };
    let asked: Vec<Done> = [done("M9999", None)].into_iter().chain(elsewhere).collect();
    let outcomes = outcomes(content(), &asked, &[]);
    assert_eq!(outcomes[0].verdict, Verdict::NotAssessable(Because::UnknownMeasure));
    if let Some(second) = outcomes.get(1) {
        assert_eq!(second.verdict, Verdict::NotAssessable(Because::NotInProcess));
    }
}
