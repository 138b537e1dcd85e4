//! `dijkwacht round`.

use super::organisation::kept;
use super::{House, read_file, with, words};
use crate::args::people::{Assign, RoundVerb, Who};
use crate::terminal::Terminal;
use app::AppError;
use app::people::{
    AgreedAnswer, Assignment, Place, Progress, Respondents, Round, Said, Spread, Tally,
    add_round, agree, assign, hand_over, last_round, make_link, progress,
    read_assignments, rounds, set_status, spread, standing, tally,
};
use model::Process;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::path::Path;

pub(crate) fn run(
    verb: &RoundVerb,
    overlay: Option<&Path>,
    terminal: &Terminal,
) -> Result<(), AppError> {
    use RoundVerb as V;
    match verb {
        V::Add { title, held_on, track, profile, closes_on, who } => {
            let mut house = House::open(who, overlay)?;
            let (mut desk, organisation) = house.at(who)?;
            let round = Round {
                title: title.clone(),
                held_on: *held_on,
                track: *track,
                profile: profile.clone(),
            };
            kept(add_round(&mut desk, &organisation, &round, *closes_on)?, terminal)
        }
        V::List { who } => list(who, overlay, terminal),
        V::Show { round, who } => show(*round, who, overlay, terminal),
        V::Set { round, status, who } => kept(
            with(who, overlay, |desk, of| set_status(desk, of, *round, *status))?,
            terminal,
        ),
        V::Assign(wanted) => {
            let all = assignments(wanted)?;
            let who = &wanted.who;
            let ids = with(who, overlay, |desk, of| assign(desk, of, &all))?;
            show_assigned(&ids, &all, terminal)
        }
        V::HandOver { assignment, to, reason, who } => {
            let new = with(who, overlay, |desk, of| {
                hand_over(desk, of, *assignment, to.as_deref(), reason)
            })?;
            kept(new.unwrap_or(*assignment), terminal)
        }
        V::Link { assignment, until, who } => {
            let secret =
                with(who, overlay, |desk, of| make_link(desk, of, *assignment, *until))?;
            if terminal.json {
                return terminal.print_json(&json!({
                    "form": "dijkwacht/link/1",
                    "assignment": assignment,
                    "secret": secret,
                    "valid_to": until.to_string(),
                }));
            }
            terminal.print(&format!("{secret}\n"))
        }
        V::Remind(wanted) => super::remind::run(wanted, overlay, terminal),
        V::Spread { round, process, who } => {
            spread_of(*round, *process, who, overlay, terminal)
        }
        V::Tally { round, process, question, votes, who } => {
            let entry = votes_of(*round, *process, question, votes)?;
            kept(with(who, overlay, |desk, of| tally(desk, of, &entry))?, terminal)
        }
        V::Agree { round, process, question, said, because, who } => {
            let mut house = House::open(who, overlay)?;
            let (mut desk, organisation) = house.at(who)?;
            let entry = AgreedAnswer {
                round: *round,
                process: process.code().to_owned(),
                question: question.clone(),
                said: said.clone(),
                agreed_because: because.clone(),
            };
            kept(agree(&mut desk, &organisation, &entry)?, terminal)
        }
    }
}

/// What was asked for, or what stands in the file.
fn assignments(wanted: &Assign) -> Result<Vec<Assignment>, AppError> {
    if let Some(file) = &wanted.file {
        let text = read_file(file)?;
        return read_assignments(wanted.round, &String::from_utf8_lossy(&text));
    }
    let (Some(process), Some(part), Some(side)) =
        (wanted.process, wanted.part.clone(), wanted.side)
    else {
        return Err(AppError::Use("name a process, a part and a side".to_owned()));
    };
    Ok(vec![Assignment {
        round: wanted.round,
        process: process.code().to_owned(),
        part,
        side,
        respondents: respondents(wanted.person.as_deref(), wanted.seats)?,
    }])
}

fn respondents(
    person: Option<&str>,
    seats: Option<u32>,
) -> Result<Respondents, AppError> {
    match (person, seats) {
        (Some(person), _) => Ok(Respondents::Named(person.to_owned())),
        (None, Some(seats)) => Ok(Respondents::Anonymous { seats }),
        (None, None) => Err(AppError::Use(
            "say who is asked: --person PERSON, or --seats N for people of whom nothing is written \
             down"
                .to_owned(),
        )),
    }
}

fn show_assigned(
    ids: &[i64],
    assignments: &[Assignment],
    terminal: &Terminal,
) -> Result<(), AppError> {
    if terminal.json {
        return terminal
            .print_json(&json!({ "form": "dijkwacht/assigned/1", "assignments": ids }));
    }
    let mut text = String::new();
    for (id, one) in ids.iter().zip(assignments) {
        // writing to a string cannot fail
        writeln!(
            text,
            "{id:>4}  {}  {}, {}: {}",
            one.process,
            one.part,
            words::side(one.side, terminal),
            words::respondents(&one.respondents, terminal)
        )
        .unwrap_or_default();
    }
    terminal.print(&text)
}

fn list(who: &Who, overlay: Option<&Path>, terminal: &Terminal) -> Result<(), AppError> {
    let mut house = House::open(who, overlay)?;
    let (mut desk, organisation) = house.at(who)?;
    let all = rounds(&mut desk, &organisation)?;
    if terminal.json {
        let all: Vec<Value> = all.iter().map(place_json).collect();
        return terminal
            .print_json(&json!({ "form": "dijkwacht/rounds/1", "rounds": all }));
    }
    if all.is_empty() {
        return terminal
            .print(terminal.say("Er is nog geen ronde.\n", "There is no round yet.\n"));
    }
    let lines: Vec<String> = all.iter().map(|place| head(place, terminal)).collect();
    terminal.print(&format!("{}\n", lines.join("\n")))
}

fn head(place: &Place, terminal: &Terminal) -> String {
    let until = place.closes_on.map_or_else(String::new, |day| {
        terminal.choose(format!(", tot en met {day}"), format!(", until {day}"))
    });
    format!(
        "{:>4}  {}  {} ({}, {}): {}{until}",
        place.id,
        place.round.held_on,
        place.round.title,
        words::track(place.round.track, terminal),
        place.round.profile,
        words::status(place.status, terminal)
    )
}

fn place_json(place: &Place) -> Value {
    json!({
        "id": place.id,
        "title": place.round.title,
        "held_on": place.round.held_on.to_string(),
        "track": place.round.track.code(),
        "profile": place.round.profile,
        "status": place.status.code(),
        "closes_on": place.closes_on.map(|day| day.to_string()),
    })
}

fn show(
    round: Option<i64>,
    who: &Who,
    overlay: Option<&Path>,
    terminal: &Terminal,
) -> Result<(), AppError> {
    let mut house = House::open(who, overlay)?;
    let (mut desk, organisation) = house.at(who)?;
    let place = last_round(&mut desk, &organisation, round)?;
    let all = progress(&mut desk, &organisation, place.id)?;
    if terminal.json {
        let all: Vec<Value> = all.iter().map(progress_json).collect();
        return terminal.print_json(&json!({
            "form": "dijkwacht/round/1",
            "round": place_json(&place),
            "assignments": all,
        }));
    }
    let mut text = format!("{}\n", head(&place, terminal));
    for one in &all {
        let far = match one.withdrawn {
            Some(Some(successor)) => terminal.choose(
                format!("overgedragen: {successor}"),
                format!("handed over: {successor}"),
            ),
            Some(None) => terminal.say("ingetrokken", "withdrawn").to_owned(),
            None => format!("{}/{}", one.answered, one.questions),
        };
        // writing to a string cannot fail
        writeln!(
            text,
            "{:>4}  {far:>9}  {}  {}, {}: {}",
            one.assignment,
            one.asked.process,
            one.asked.part,
            words::side(one.asked.side, terminal),
            words::respondents(&one.asked.respondents, terminal)
        )
        .unwrap_or_default();
    }
    let (answered, questions) =
        all.iter().fold((0, 0), |sum, one| (sum.0 + one.answered, sum.1 + one.questions));
    text.push_str(&terminal.choose(
        format!("Beantwoord: {answered} van {questions} vragen.\n"),
        format!("Answered: {answered} of {questions} questions.\n"),
    ));
    terminal.print(&text)
}

fn progress_json(one: &Progress) -> Value {
    json!({
        "assignment": one.assignment,
        "process": one.asked.process,
        "part": one.asked.part,
        "side": one.asked.side.code(),
        "respondents": words::respondents_json(&one.asked.respondents),
        "withdrawn": one.withdrawn.is_some(),
        "successor": one.withdrawn.flatten(),
        "questions": one.questions,
        "answered": one.answered,
        "started": one.started,
    })
}

/// `0=1,1=4,?=2,n/a=1`.
fn votes_of(
    round: i64,
    process: Process,
    question: &str,
    votes: &str,
) -> Result<Tally, AppError> {
    let mut tally = Tally {
        round,
        process: process.code().to_owned(),
        question: question.to_owned(),
        levels: [0; 4],
        not_applicable: 0,
        unknown: 0,
    };
    for part in votes.split(',') {
        let place = part.split_once('=').and_then(|(answer, count)| {
            let count: i64 = count.trim().parse().ok()?;
            let place = match answer.trim() {
                "?" => &mut tally.unknown,
                "n/a" | "nvt" | "n.v.t." => &mut tally.not_applicable,
                level => tally.levels.get_mut(level.parse::<usize>().ok()?)?,
            };
            Some((place, count))
        });
        match place {
            Some((place, count)) => *place = count,
            None => {
                return Err(AppError::Use(format!(
                    "`{part}` is no count of hands; write an answer and a number, such as 2=4, ?=1 or \
                     n/a=1"
                )));
            }
        }
    }
    Ok(tally)
}

fn spread_of(
    round: i64,
    process: Option<Process>,
    who: &Who,
    overlay: Option<&Path>,
    terminal: &Terminal,
) -> Result<(), AppError> {
    let mut house = House::open(who, overlay)?;
    let (mut desk, organisation) = house.at(who)?;
    let least = standing(&mut desk, &organisation)?.least_group();
    let all = spread(&mut desk, &organisation, round, process, least)?;
    if terminal.json {
        let all: Vec<Value> = all.iter().map(spread_json).collect();
        return terminal.print_json(&json!({
            "form": "dijkwacht/spread/1",
            "round": round,
            "least_group": least,
            "questions": all,
        }));
    }
    let mut text = String::new();
    let mut last = None;
    for one in &all {
        if last != Some(one.process) {
            let title = desk
                .catalogue
                .processes
                .get(&one.process)
                .map_or(one.process.code(), |item| item.texts.title(terminal.lang));
            // writing to a string cannot fail
            writeln!(text, "\n{title}").unwrap_or_default();
            last = Some(one.process);
        }
        let title = words::title(desk.catalogue, &one.question, terminal);
        writeln!(text, "  {:<5} {}  {title}", one.question, bars(one, least, terminal))
            .unwrap_or_default();
        if let Some(tally) = &one.tally {
            let hands = votes(tally, one.side, terminal);
            writeln!(text, "        {} {hands}", terminal.say("handen:", "hands:"))
                .unwrap_or_default();
        }
        if let Some((said, because)) = &one.agreed {
            let said: String = words::said(said, terminal);
            writeln!(
                text,
                "        {} {said} — {because}",
                terminal.say("afgesproken:", "agreed:")
            )
            .unwrap_or_default();
        }
    }
    terminal.print(text.trim_start())
}

fn bars(one: &Spread, least: u32, terminal: &Terminal) -> String {
    let Some(levels) = one.levels else {
        return terminal.choose(
            format!("(minder dan {least} antwoorden)  "),
            format!("(fewer than {least} answers)  "),
        );
    };
    let most = usize::from(one.side.most());
    let mut text = String::new();
    for (level, count) in levels.iter().enumerate().take(most + 1) {
        // writing to a string cannot fail
        write!(text, "{level}×{count} ").unwrap_or_default();
    }
    write!(
        text,
        "?×{} {}×{}",
        one.unknown.unwrap_or(0),
        terminal.say("nvt", "n/a"),
        one.not_applicable.unwrap_or(0)
    )
    .unwrap_or_default();
    text
}

fn votes(tally: &Tally, side: assessment::Side, terminal: &Terminal) -> String {
    let mut text = String::new();
    for (level, count) in
        tally.levels.iter().enumerate().take(usize::from(side.most()) + 1)
    {
        // writing to a string cannot fail
        write!(text, "{level}×{count} ").unwrap_or_default();
    }
    let none = terminal.say("nvt", "n/a");
    write!(text, "?×{} {none}×{}", tally.unknown, tally.not_applicable)
        .unwrap_or_default();
    text
}

fn spread_json(one: &Spread) -> Value {
    let agreed: Option<(&Said, &String)> =
        one.agreed.as_ref().map(|(said, because)| (said, because));
    json!({
        "process": one.process.code(),
        "question": one.question,
        "asked": one.asked,
        "levels": one.levels.map(|levels| {
            levels.iter().take(usize::from(one.side.most()) + 1).copied().collect::<Vec<_>>()
        }),
        "not_applicable": one.not_applicable,
        "unknown": one.unknown,
        "tally": one.tally.as_ref().map(|tally| json!({
            "levels": tally.levels,
            "not_applicable": tally.not_applicable,
            "unknown": tally.unknown,
        })),
        "agreed": agreed.map(|(said, because)| json!({
            "said": words::said_json(said),
            "because": because,
        })),
    })
}
