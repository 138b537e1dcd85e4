//! The rounds of an organisation: who is asked, what each says to each question, when, and
//! what the meeting makes of it.

use crate::clock::{Office, Stamp, day_of};
use crate::dice::Dice;
use crate::people::cast::{Cast, Member, Sitting};
use crate::people::diary::Diary;
use crate::people::lines::{MEETING, Spoken};
use crate::people::replies::{Given, replies};
use crate::people::shape::{Agreed, Assignment, Round, RoundState};
use crate::people::voices::voices;
use crate::people::words::RoundStatus;
use catalogue::Catalogue;
use model::{Date, Moment, Process};
use std::collections::BTreeMap;

/// A moment of a day at the office.
pub(super) fn moment(day: Date, hour: i64, minute: i64) -> Moment {
    Stamp::new(day_of(day), hour, minute).moment()
}

/// All rounds, in order of time.
pub(super) fn rounds(cast: &Cast, catalogue: &Catalogue) -> Vec<Round> {
    let office = Office::new();
    let numbered = cast.sittings.iter().enumerate();
    numbered.map(|(at, sitting)| round(cast, catalogue, &office, (at, sitting))).collect()
}

fn round(
    cast: &Cast,
    catalogue: &Catalogue,
    office: &Office,
    (at, sitting): (usize, &Sitting),
) -> Round {
    let mut assignments = Vec::new();
    let mut members = Vec::new();
    for member in cast.members.iter().filter(|member| sitting.asks(member, at)) {
        for (process, function) in member.asks {
            if sitting.processes.contains(process) {
                assignments.push(Assignment {
                    process: *process,
                    part: member.part,
                    function: *function,
                    side: member.side,
                    respondent: member.reference,
                });
                members.push(member);
            }
        }
    }
    let asked: Vec<(usize, Process, &Member)> = (0..)
        .zip(assignments.iter().zip(members))
        .map(|(place, (assignment, member))| (place, assignment.process, member))
        .collect();
    let mut questions = BTreeMap::new();
    for process in sitting.processes {
        questions.insert(*process, asked_about(catalogue, sitting.profile, *process));
    }
    let given = answer_all(cast, (at, sitting), &questions, &asked);
    let mut answers = Vec::new();
    let mut diary: Option<(&str, Diary<'_>)> = None;
    for (place, process, member) in asked {
        let Some(given) = given.get(&place) else { continue };
        let who = member.reference;
        // the processes of one person follow each other in one diary
        let own = diary.take().filter(|(of, _)| *of == who).unwrap_or_else(|| {
            let names = [cast.slug, "diary", who, sitting.title];
            let dice = Dice::named(cast.seed, &names);
            (who, Diary::new(office, dice, (sitting.opened, sitting.closed)))
        });
        let (_, book) = diary.insert(own);
        let names = [cast.slug, "trace", who, sitting.title, process.code()];
        let dice = Dice::named(cast.seed, &names);
        answers.extend(replies((place, member.side, sitting), given, book, dice));
    }
    answers.sort_by_key(|reply| (reply.at, reply.assignment));
    Round {
        title: sitting.title,
        held_on: sitting.held_on,
        track: sitting.track,
        profile: sitting.profile,
        processes: sitting.processes,
        states: states(sitting),
        assignments,
        answers,
        agreed: agreed(cast, (at, sitting)),
    }
}

/// The questions of a profile that concern a process; circumstances and controls by code
/// where the profile asks all.
fn asked_about(catalogue: &Catalogue, profile: &str, process: Process) -> Vec<String> {
    let circumstances = catalogue.circumstances.iter();
    let circumstances =
        circumstances.filter(|(_, item)| item.processes.contains(&process));
    let controls = catalogue.controls.iter();
    let controls = controls.filter(|(_, item)| item.processes.contains(&process));
    let all: Vec<String> = circumstances
        .map(|(code, _)| code)
        .chain(controls.map(|(code, _)| code))
        .cloned()
        .collect();
    let listed = catalogue.profiles.get(profile).map(|profile| &profile.questions);
    match listed {
        Some(listed) if !listed.is_empty() => {
            listed.iter().filter(|code| all.contains(code)).cloned().collect()
        }
        _ => all,
    }
}

/// What everybody answers, by the place of the assignment, in the order of the questions.
fn answer_all<'a>(
    cast: &'a Cast,
    (at, sitting): (usize, &Sitting),
    questions: &'a BTreeMap<Process, Vec<String>>,
    asked: &[(usize, Process, &'a Member)],
) -> BTreeMap<usize, Vec<Given<'a>>> {
    let mut given: BTreeMap<usize, Vec<Given<'_>>> = BTreeMap::new();
    for (process, codes) in questions {
        for (number, code) in codes.iter().enumerate() {
            let here = (*process, code.as_str());
            let answers = |member: &Member| {
                let who = member.reference;
                let halfway = sitting.halfway.contains(&who) && number >= codes.len() / 2;
                let told = cast.line(at, who, here).is_some();
                !sitting.is_silent(who, *process) && (told || !halfway)
            };
            let those: Vec<(usize, &Member)> = asked
                .iter()
                .filter(|(_, of, member)| of == process && answers(member))
                .map(|(place, _, member)| (*place, *member))
                .collect();
            let members: Vec<&Member> = those.iter().map(|(_, member)| *member).collect();
            let said = voices(cast, at, here, &members);
            for ((place, member), voice) in those.into_iter().zip(said) {
                let Some(said) = voice.said else { continue };
                let line = cast.line(at, member.reference, here);
                given.entry(place).or_default().push(Given { code, said, line });
            }
        }
    }
    given
}

fn states(sitting: &Sitting) -> Vec<RoundState> {
    let state = |at, status| RoundState { at, status };
    vec![
        state(moment(sitting.prepared, 10, 0), RoundStatus::Prepared),
        state(moment(sitting.opened, 7, 30), RoundStatus::Open),
        state(moment(sitting.closed, 18, 0), RoundStatus::Closed),
        state(moment(sitting.held_on, 16, 0), RoundStatus::Agreed),
    ]
}

fn agreed(cast: &Cast, (at, sitting): (usize, &Sitting)) -> Vec<Agreed> {
    let lines = cast.lines.iter().filter(|line| line.round == at && line.who == MEETING);
    let levels = lines.filter_map(|line| match line.said {
        Spoken::Level(level) => Some((line, level)),
        Spoken::NotApplicable | Spoken::Unknown => None,
    });
    (0..)
        .zip(levels)
        .map(|(number, (line, level))| Agreed {
            at: moment(sitting.held_on, 14, number * 9),
            process: line.process,
            question: line.code.to_owned(),
            level,
            because: line.words.to_owned(),
        })
        .collect()
}
