//! `dijkwacht log`: who did what, whether the log is whole, and what our own rules say of it.

use super::House;
use crate::args::people::LogVerb;
use crate::terminal::Terminal;
use ::records::{Head, Verified};
use app::AppError;
use app::people::{LogEntry, OwnRule, log, own_rules, verify};
use serde_json::json;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

pub(crate) fn run(
    verb: &LogVerb,
    overlay: Option<&Path>,
    terminal: &Terminal,
) -> Result<(), AppError> {
    match verb {
        LogVerb::List { who } => {
            let mut house = House::open(who, overlay)?;
            let (mut desk, organisation) = house.at(who)?;
            let entries = log(&mut desk, &organisation)?;
            show_log(&entries, terminal)
        }
        LogVerb::Verify { named, anonymous, who } => {
            let known = known(named.as_deref(), anonymous.as_deref())?;
            let mut house = House::open(who, overlay)?;
            let (mut desk, organisation) = house.at(who)?;
            let found = verify(&mut desk, &organisation, known.as_ref())?;
            show_verified(&found, terminal)
        }
        LogVerb::Rules { who } => {
            let mut house = House::open(who, overlay)?;
            let catalogue = Arc::new(house.catalogue.clone());
            let (mut desk, organisation) = house.at(who)?;
            let judged = own_rules(&mut desk, &organisation, &catalogue)?;
            show_rules(&judged, &catalogue, terminal)
        }
    }
}

/// What our own rules say of our own log, one line a rule.
fn show_rules(
    judged: &[OwnRule],
    catalogue: &catalogue::Catalogue,
    terminal: &Terminal,
) -> Result<(), AppError> {
    if terminal.json {
        let all: Vec<_> = judged
            .iter()
            .map(|one| {
                json!({
                    "rule": one.result.rule,
                    "state": one.result.state().code(),
                    "found": one.result.found,
                    "assessable": one.result.assessable,
                    "entries": one.entries,
                })
            })
            .collect();
        return terminal
            .print_json(&json!({ "form": "dijkwacht/own-rules/1", "rules": all }));
    }
    let mut text = String::new();
    for one in judged {
        let process = model::Process::Information;
        let line = reports::listing::line(catalogue, process, &one.result, terminal.lang);
        let entries: Vec<String> = one.entries.iter().map(ToString::to_string).collect();
        let word = terminal.say("regels", "entries");
        // writing to a string cannot fail
        writeln!(text, "{line}").unwrap_or_default();
        if !entries.is_empty() {
            writeln!(text, "{:>31} {}", word, entries.join(", ")).unwrap_or_default();
        }
    }
    terminal.print(&text)
}

/// The ends that an earlier check gave.
fn known(
    named: Option<&str>,
    anonymous: Option<&str>,
) -> Result<Option<Verified>, AppError> {
    let Some(named) = named else { return Ok(None) };
    let head = |text: &str| {
        let (entries, hash) = text.split_once(':')?;
        Some(Head { entries: entries.parse().ok()?, hash: hash.to_owned() })
    };
    let read = |text: &str| {
        head(text).ok_or_else(|| {
            AppError::Use(format!(
                "`{text}` is no end of a log; write ENTRIES:HASH as verify gave it"
            ))
        })
    };
    let anonymous = match anonymous {
        Some(text) => read(text)?,
        None => Head { entries: 0, hash: String::new() },
    };
    Ok(Some(Verified { named: read(named)?, anonymous, rows: 0 }))
}

fn show_verified(found: &Verified, terminal: &Terminal) -> Result<(), AppError> {
    let head = |head: &Head| format!("{}:{}", head.entries, head.hash);
    if terminal.json {
        return terminal.print_json(&json!({
            "form": "dijkwacht/verified/1",
            "rows": found.rows,
            "named": head(&found.named),
            "anonymous": head(&found.anonymous),
        }));
    }
    let mut text = terminal.choose(
        format!(
            "Het logboek is heel: {} regels, {} anonieme regels, {} rijen zoals ze waren.\n",
            found.named.entries, found.anonymous.entries, found.rows
        ),
        format!(
            "The log is whole: {} entries, {} anonymous entries, {} rows as they were.\n",
            found.named.entries, found.anonymous.entries, found.rows
        ),
    );
    text.push_str(terminal.say(
        "Schrijf deze einden elders op, dan is later te zien dat er niets is afgeknipt:\n",
        "Write these ends down elsewhere; later they show that nothing was cut off:\n",
    ));
    // writing to a string cannot fail
    writeln!(
        text,
        "--named {}\n--anonymous {}",
        head(&found.named),
        head(&found.anonymous)
    )
    .unwrap_or_default();
    terminal.print(&text)
}

fn show_log(entries: &[LogEntry], terminal: &Terminal) -> Result<(), AppError> {
    if terminal.json {
        let all: Vec<_> = entries
            .iter()
            .map(|entry| {
                json!({
                    "chain": if entry.anonymous { "anonymous" } else { "named" },
                    "number": entry.seq,
                    "at": entry.at.to_string(),
                    "who": entry.who,
                    "what": entry.what,
                    "resource": entry.resource,
                    "row": entry.row.as_ref().map(|(table, id)| json!({ "table": table, "id": id })),
                    "refused": entry.refused,
                    "from": entry.origin,
                    "trace": entry.trace,
                    "hash": entry.hash,
                })
            })
            .collect();
        return terminal
            .print_json(&json!({ "form": "dijkwacht/log/1", "entries": all }));
    }
    let mut text = String::new();
    for entry in entries {
        let row = entry
            .row
            .as_ref()
            .map_or_else(String::new, |(table, id)| format!("  {table} {id}"));
        let refused =
            if entry.refused { terminal.say("  GEWEIGERD", "  REFUSED") } else { "" };
        let who = if entry.anonymous {
            terminal.say("(anoniem)", "(anonymous)")
        } else {
            &entry.who
        };
        // writing to a string cannot fail
        writeln!(
            text,
            "{:>5}  {}  {:<14}  {} {}{row}{refused}",
            entry.seq,
            entry.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            who,
            entry.what,
            entry.resource
        )
        .unwrap_or_default();
    }
    terminal.print(&text)
}
