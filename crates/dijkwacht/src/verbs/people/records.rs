//! `dijkwacht records`, `backup` and `restore`.

use super::{House, read_file};
use crate::args::people::{RecordsVerb, Who};
use crate::terminal::Terminal;
use crate::verbs::write_file;
use ::records::{Head, Verified};
use app::AppError;
use app::people::{LogEntry, Registry, export, import, log, verify};
use serde_json::json;
use std::fmt::Write as _;
use std::path::Path;

pub(crate) fn run(
    verb: &RecordsVerb,
    overlay: Option<&Path>,
    terminal: &Terminal,
) -> Result<(), AppError> {
    match verb {
        RecordsVerb::Log { who } => {
            let mut house = House::open(who, overlay)?;
            let (mut desk, organisation) = house.at(who)?;
            let entries = log(&mut desk, &organisation)?;
            show_log(&entries, terminal)
        }
        RecordsVerb::Verify { named, anonymous, who } => {
            let known = known(named.as_deref(), anonymous.as_deref())?;
            let mut house = House::open(who, overlay)?;
            let (mut desk, organisation) = house.at(who)?;
            let found = verify(&mut desk, &organisation, known.as_ref())?;
            show_verified(&found, terminal)
        }
        RecordsVerb::Export { out, who } => {
            let mut house = House::open(who, overlay)?;
            let mut desk = house.desk(who)?;
            let mut bytes = Vec::new();
            export(&mut desk, &mut bytes)?;
            match out {
                Some(path) => {
                    write_file(path, &bytes)?;
                    written(&[path.display().to_string()], terminal)
                }
                None => terminal.print(&String::from_utf8_lossy(&bytes)),
            }
        }
        RecordsVerb::Import { file, who } => {
            let mut registry =
                Registry::open(&who.dir.dir, who.database.as_deref(), Who::now())?;
            let bytes = read_file(file)?;
            import(&mut registry, &who.name(), &mut bytes.as_slice())?;
            done(terminal, "Het archief staat er weer.", "The archive is back.")
        }
    }
}

pub(crate) fn backup(
    target: &Path,
    who: &Who,
    overlay: Option<&Path>,
    terminal: &Terminal,
) -> Result<(), AppError> {
    let mut house = House::open(who, overlay)?;
    let mut desk = house.desk(who)?;
    app::people::backup(&mut desk, target)?;
    written(&[target.display().to_string()], terminal)
}

pub(crate) fn restore(
    from: &Path,
    who: &Who,
    terminal: &Terminal,
) -> Result<(), AppError> {
    if who.database.is_some() {
        return Err(AppError::Use(
            "a backup of a PostgreSQL database is an archive; bring it back with `dijkwacht records \
             import`"
                .to_owned(),
        ));
    }
    app::people::restore(&who.name(), Who::now(), from, &who.dir.dir)?;
    done(terminal, "De reservekopie staat er weer.", "The backup is back.")
}

fn done(terminal: &Terminal, nl: &str, en: &str) -> Result<(), AppError> {
    if terminal.json {
        return terminal.print_json(&json!({ "form": "dijkwacht/done/1" }));
    }
    terminal.print(&format!("{}\n", terminal.lang.pick(nl, en)))
}

/// Says which files were written.
pub(super) fn written(files: &[String], terminal: &Terminal) -> Result<(), AppError> {
    if terminal.json {
        return terminal
            .print_json(&json!({ "form": "dijkwacht/written/1", "files": files }));
    }
    let word = terminal.say("Geschreven:", "Written:");
    let lines: Vec<String> =
        files.iter().map(|file| format!("{word} {file}\n")).collect();
    terminal.print(&lines.concat())
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
