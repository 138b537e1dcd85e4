//! `dijkwacht plan`.

use super::organisation::kept;
use super::records::written;
use super::{House, propose, with, words};
use crate::args::people::Who;
use crate::args::plan::PlanVerb;
use crate::terminal::Terminal;
use app::AppError;
use app::people::{
    Decision, Measure, MeasureState, MeasureStatus, Taken, decide, decisions, measure,
    measures, move_measure, plans, take_up,
};
use catalogue::Catalogue;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::path::Path;

pub(crate) fn run(
    verb: &PlanVerb,
    overlay: Option<&Path>,
    terminal: &Terminal,
) -> Result<(), AppError> {
    use PlanVerb as V;
    match verb {
        V::Propose(wanted) => propose::propose(wanted, overlay, terminal),
        V::Adopt { title, owner, from, who } => {
            propose::take(title, (owner, *from), who, overlay, terminal)
        }
        V::Effect { who } => propose::effect(who, overlay, terminal),
        V::List { who } => list(who, overlay, terminal),
        V::Add { code, process, owner, starts, due, every_months, who } => {
            let entry = Measure {
                plan: None,
                code: code.clone(),
                process: process.map(|process| process.code().to_owned()),
                recurring_months: *every_months,
            };
            let first = |measure| MeasureState {
                owner_role: owner.clone(),
                starts_on: *starts,
                due_on: *due,
                ..nothing_yet(measure)
            };
            kept(
                with(who, overlay, |desk, of| take_up(desk, of, &entry, first))?,
                terminal,
            )
        }
        V::Set { measure: id, status, owner, starts, due, note, who } => {
            let id = with(who, overlay, |desk, of| {
                let taken = measure(desk, of, *id)?;
                let old = taken.state().cloned().unwrap_or_else(|| nothing_yet(*id));
                let state = MeasureState {
                    measure: *id,
                    status: status.unwrap_or(old.status),
                    owner_role: owner.clone().unwrap_or(old.owner_role),
                    starts_on: starts.or(old.starts_on),
                    due_on: due.or(old.due_on),
                    note: note.clone().unwrap_or_default(),
                };
                move_measure(desk, of, &state)
            })?;
            kept(id, terminal)
        }
        V::Measures { csv, xlsx, calendar, who } => with(who, overlay, |desk, of| {
            let files = (csv.as_ref(), xlsx.as_ref(), calendar.as_ref());
            let files = propose::write_measures(desk, of, files, terminal)?;
            if files.is_empty() {
                return show(&measures(desk, of)?, desk.catalogue, terminal);
            }
            written(&files, terminal)
        }),
        V::Decide { plan, round, body, on, wording, who } => {
            let id = with(who, overlay, |desk, of| {
                let plan = match plan {
                    Some(title) => Some(app::people::plan(desk, of, title)?.0),
                    None => None,
                };
                let decision = Decision {
                    round: *round,
                    picture: None,
                    plan,
                    body: body.clone(),
                    decided_on: *on,
                    wording: wording.clone(),
                };
                decide(desk, of, &decision)
            })?;
            kept(id, terminal)
        }
        V::Decisions { who } => show_decisions(who, overlay, terminal),
    }
}

/// A measure of which nothing was said but that it is planned.
fn nothing_yet(measure: i64) -> MeasureState {
    MeasureState {
        measure,
        status: MeasureStatus::Planned,
        owner_role: String::new(),
        starts_on: None,
        due_on: None,
        note: String::new(),
    }
}

fn list(who: &Who, overlay: Option<&Path>, terminal: &Terminal) -> Result<(), AppError> {
    let mut house = House::open(who, overlay)?;
    let (mut desk, organisation) = house.at(who)?;
    let all = plans(&mut desk, &organisation)?;
    if terminal.json {
        let all: Vec<Value> = all
            .iter()
            .map(|(title, kept)| {
                json!({
                    "id": kept.id,
                    "title": title,
                    "recorded_at": kept.recorded_at.to_string(),
                    "recorded_by": kept.recorded_by,
                })
            })
            .collect();
        return terminal
            .print_json(&json!({ "form": "dijkwacht/plans/1", "plans": all }));
    }
    if all.is_empty() {
        return terminal
            .print(terminal.say("Er is nog geen plan.\n", "There is no plan yet.\n"));
    }
    let mut text = String::new();
    for (title, kept) in &all {
        // writing to a string cannot fail
        writeln!(text, "{:>4}  {title}", kept.id).unwrap_or_default();
    }
    terminal.print(&text)
}

fn show(
    all: &[Taken],
    catalogue: &Catalogue,
    terminal: &Terminal,
) -> Result<(), AppError> {
    if terminal.json {
        let all: Vec<Value> = all.iter().map(taken_json).collect();
        return terminal
            .print_json(&json!({ "form": "dijkwacht/measures/1", "measures": all }));
    }
    if all.is_empty() {
        return terminal.print(terminal.say(
            "Er is nog geen maatregel opgepakt.\n",
            "No measure was taken up yet.\n",
        ));
    }
    let mut text = String::new();
    for taken in all {
        let title = catalogue
            .measures
            .get(&taken.measure.code)
            .map_or("", |item| item.head.texts.title(terminal.lang));
        let state = taken.state();
        let due = state.and_then(|state| state.due_on);
        let due = due.map_or_else(String::new, |day| {
            terminal.choose(format!(", uiterlijk {day}"), format!(", due {day}"))
        });
        // writing to a string cannot fail
        writeln!(
            text,
            "{:>4}  {:<8}  {:<6} {title} — {}{due}",
            taken.id,
            state.map_or("", |state| words::measure_status(state.status, terminal)),
            taken.measure.code,
            state.map_or("", |state| state.owner_role.as_str()),
        )
        .unwrap_or_default();
    }
    terminal.print(&text)
}

fn taken_json(taken: &Taken) -> Value {
    let states: Vec<Value> = taken
        .states
        .iter()
        .map(|kept| {
            json!({
                "status": kept.entry.status.code(),
                "owner": kept.entry.owner_role,
                "starts_on": kept.entry.starts_on.map(|day| day.to_string()),
                "due_on": kept.entry.due_on.map(|day| day.to_string()),
                "note": kept.entry.note,
                "recorded_at": kept.recorded_at.to_string(),
                "recorded_by": kept.recorded_by,
            })
        })
        .collect();
    json!({
        "id": taken.id,
        "code": taken.measure.code,
        "process": taken.measure.process,
        "plan": taken.measure.plan,
        "recurring_months": taken.measure.recurring_months,
        "states": states,
    })
}

fn show_decisions(
    who: &Who,
    overlay: Option<&Path>,
    terminal: &Terminal,
) -> Result<(), AppError> {
    let mut house = House::open(who, overlay)?;
    let (mut desk, organisation) = house.at(who)?;
    let all = decisions(&mut desk, &organisation)?;
    if terminal.json {
        let all: Vec<Value> = all
            .iter()
            .map(|kept| {
                json!({
                    "id": kept.id,
                    "round": kept.entry.round,
                    "picture": kept.entry.picture,
                    "plan": kept.entry.plan,
                    "body": kept.entry.body,
                    "decided_on": kept.entry.decided_on.to_string(),
                    "wording": kept.entry.wording,
                })
            })
            .collect();
        return terminal
            .print_json(&json!({ "form": "dijkwacht/decisions/1", "decisions": all }));
    }
    let mut text = String::new();
    for kept in &all {
        // writing to a string cannot fail
        writeln!(
            text,
            "{:>4}  {}  {}: {}",
            kept.id, kept.entry.decided_on, kept.entry.body, kept.entry.wording
        )
        .unwrap_or_default();
    }
    terminal.print(&text)
}
