//! What the answers promise: how they lie around how things stand, and when they are given.

use super::{both, content};
use crate::people::levels::is_circumstance;
use crate::people::{
    Organisation, Reply, RoundStatus, Said, Side, dijkveen, kwelderstad,
};
use assessment::{Answer, Given, Group, combine};
use model::{Process, calendar};
use std::collections::{BTreeMap, BTreeSet};

/// The standing answers to a question of a process, as the product takes them.
fn given(organisation: &Organisation, round: usize, of: (Process, &str)) -> Vec<Given> {
    let round = &organisation.rounds[round];
    let standing = round.standing();
    let asked = round.assignments.iter().enumerate();
    asked
        .filter(|(_, one)| one.process == of.0)
        .map(|(place, one)| {
            let answer = match standing.get(&(place, of.1)).map(|reply| &reply.said) {
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
        .collect()
}

#[test]
fn the_combined_answer_is_how_things_stand_whatever_the_seed() {
    for seed in 1..=4 {
        let casts = [dijkveen::cast(seed), kwelderstad::cast(seed)];
        for (organisation, cast) in both(seed).iter().zip(casts) {
            for (at, round) in organisation.rounds.iter().enumerate() {
                let last = at + 1 == organisation.rounds.len();
                let asked: BTreeSet<(Process, &str)> = round
                    .answers
                    .iter()
                    .map(|r| {
                        (round.assignments[r.assignment].process, r.question.as_str())
                    })
                    .collect();
                for (process, code) in asked {
                    let side = if is_circumstance(code) {
                        assessment::Side::Circumstance
                    } else {
                        assessment::Side::Control
                    };
                    let all = given(organisation, at, (process, code));
                    let said = combine(side, &all, None, 3);
                    let level = cast.levels.of(process, code, last);
                    let fixed = cast.levels.fixed(process, code, last).is_some();
                    let good = match said.answer {
                        Answer::Level(said) => said == level,
                        _ => !fixed,
                    };
                    assert!(good, "{seed} {} {process} {code} {said:?}", round.title);
                }
            }
        }
    }
}

#[test]
fn answers_differ_and_those_who_lead_are_rosier() {
    for organisation in both(1) {
        let mut better: BTreeMap<Side, Vec<i64>> = BTreeMap::new();
        let (mut all, mut apart) = (0, 0);
        for (at, round) in organisation.rounds.iter().enumerate() {
            let mut questions = BTreeSet::new();
            for reply in &round.answers {
                let one = &round.assignments[reply.assignment];
                questions.insert((one.process, reply.question.as_str()));
                if let Said::Level(level) = reply.said {
                    let good = i64::from(level);
                    let good =
                        if is_circumstance(&reply.question) { -good } else { good };
                    better.entry(one.side).or_default().push(good * 1_000);
                }
            }
            for of in questions {
                let said = combine(
                    assessment::Side::Control,
                    &given(&organisation, at, of),
                    None,
                    3,
                );
                all += 1;
                apart += usize::from(said.spread.is_some_and(|(low, high)| low < high));
            }
        }
        let mean = |side| {
            let all = &better[&side];
            all.iter().sum::<i64>() / i64::try_from(all.len()).unwrap()
        };
        let (leading, working) = (mean(Side::Management), mean(Side::WorkFloor));
        assert!(leading > working + 100, "{leading} {working}");
        assert!(apart * 100 > all * 30 && apart * 100 < all * 90, "{apart} of {all}");
    }
}

#[test]
fn answers_come_in_order_on_working_days_while_the_round_is_open() {
    for organisation in both(1) {
        for round in &organisation.rounds {
            let at = |status| {
                round.states.iter().find(|state| state.status == status).unwrap().at
            };
            let (open, closed) = (at(RoundStatus::Open), at(RoundStatus::Closed));
            assert!(round.states.is_sorted_by(|a, b| a.at < b.at));
            assert!(round.answers.is_sorted_by_key(|reply| reply.at));
            for reply in &round.answers {
                assert!(
                    open < reply.at && reply.at < closed,
                    "{} {reply:?}",
                    round.title
                );
                let (day, hour) = (reply.at.local_date(), reply.at.local().hour());
                assert!(
                    calendar::is_working_day(day) && (8..19).contains(&hour),
                    "{reply:?}"
                );
            }
            let met = at(RoundStatus::Agreed).local_date();
            assert_eq!(met, round.held_on);
            assert!(round.agreed.iter().all(|one| one.at.local_date() == met));
            let mut moments = BTreeSet::new();
            for reply in &round.answers {
                let who = round.assignments[reply.assignment].respondent;
                assert!(moments.insert((who, reply.at)), "{who} twice at {:?}", reply.at);
            }
        }
    }
}

#[test]
fn every_kind_of_answer_occurs() {
    let organisation = dijkveen(1, content());
    for (at, round) in organisation.rounds.iter().enumerate().skip(1) {
        let standing = round.standing();
        let count = |fits: fn(&Reply) -> bool| {
            standing.values().filter(|reply| fits(reply)).count()
        };
        assert!(count(|r| matches!(r.said, Said::NotApplicable { .. })) >= 1);
        assert!(count(|r| r.said == Said::Unknown) >= 20);
        assert!(count(|r| r.evidence.is_some()) >= 20);
        assert!(round.answers.len() > standing.len() + 5, "nobody changed an answer");
        let answered: BTreeSet<usize> =
            standing.keys().map(|(place, _)| *place).collect();
        assert!(answered.len() < round.assignments.len(), "everybody answered");
        assert!(!round.agreed.is_empty(), "{at}");
    }
    let last = organisation.rounds.last().unwrap();
    let standing = last.standing();
    let overdue = standing.values().filter(|reply| {
        let until = reply.evidence.as_ref().and_then(|evidence| evidence.valid_to);
        until.is_some_and(|until| until < last.held_on)
    });
    assert_eq!(overdue.count(), 1);
}

#[test]
fn somebody_new_often_does_not_know() {
    let organisation = dijkveen(1, content());
    let round = organisation.rounds.last().unwrap();
    let share = |who: Option<&str>| {
        let of = |reply: &&Reply| {
            let respondent = round.assignments[reply.assignment].respondent;
            who.is_none_or(|who| who == respondent)
        };
        let all = round.answers.iter().filter(of).count();
        let unknown =
            round.answers.iter().filter(of).filter(|r| r.said == Said::Unknown).count();
        unknown * 100 / all
    };
    assert!(share(Some("dv-11")) >= 25, "{}", share(Some("dv-11")));
    assert!(share(None) < 10, "{}", share(None));
}
