//! `dijkwacht records`, `backup` and `restore`: the records as a whole.

use super::{House, read_file};
use crate::args::people::{RecordsVerb, Who};
use crate::terminal::Terminal;
use crate::verbs::write_file;
use app::AppError;
use app::people::{Registry, export, import};
use serde_json::json;
use std::path::Path;

pub(crate) fn run(
    verb: &RecordsVerb,
    overlay: Option<&Path>,
    terminal: &Terminal,
) -> Result<(), AppError> {
    match verb {
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
