//! `dijkwacht unlock`: the key with which names behind pseudonyms are opened.

use super::with;
use crate::args::people::Who;
use crate::args::serve::UnlockVerb;
use crate::terminal::Terminal;
use access::{Action, Resource, Verb};
use app::people::Setting;
use app::{AppError, Installation, NameKey, Office};
use serde_json::json;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const READ: Action = Action::new(Verb::Read, Resource::Settings);
const CHANGE: Action = Action::new(Verb::Change, Resource::Settings);

pub(crate) fn run(
    verb: &UnlockVerb,
    overlay: Option<&Path>,
    terminal: &Terminal,
) -> Result<(), AppError> {
    match verb {
        UnlockVerb::Key { out, replace, who } => {
            key((out, *replace), who, overlay, terminal)
        }
        UnlockVerb::Show { who } => show(who, overlay, terminal),
    }
}

/// The logs of the organisation that is meant, for whoever may do something with its settings.
fn office(
    who: &Who,
    overlay: Option<&Path>,
    action: Action,
) -> Result<(Office, String), AppError> {
    let name = with(who, overlay, |desk, of| {
        desk.ask(action, of)?;
        Ok(of.to_owned())
    })?;
    let catalogue = Arc::new(app::load_catalogue(overlay)?);
    let (dir, database) = (&who.dir.dir, who.database.as_deref());
    let installation = Installation::open(catalogue, dir, database, Who::now())?;
    Ok((installation.office(&name, Who::now())?, name))
}

/// Where a file will lie, with the folder it is in followed to where it really is.
fn real(path: &Path) -> Option<PathBuf> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or_else(|| Path::new(".")).canonicalize().ok()?;
    Some(folder.join(path.file_name()?))
}

fn key(
    (out, replace): (&Path, bool),
    who: &Who,
    overlay: Option<&Path>,
    terminal: &Terminal,
) -> Result<(), AppError> {
    let (office, name) = office(who, overlay, CHANGE)?;
    let known = office.store.names_key().map_err(fault)?;
    if known.is_some() && !replace {
        return Err(AppError::Use(format!(
            "`{name}` has a key for names already; with --replace a new one takes its place for \
             logs that are read from then on"
        )));
    }
    let data = who.dir.dir.canonicalize().map_err(fault)?;
    let place = real(out).ok_or_else(|| {
        AppError::Use(format!("`{}`: there is no such folder", out.display()))
    })?;
    if place.starts_with(&data) {
        return Err(AppError::Use(format!(
            "`{}` lies in the data directory; whoever gets hold of that must not get the key too",
            out.display()
        )));
    }
    let made = NameKey::make();
    write_new(out, &made, &name)?;
    office.store.seal_names_for(&made.recipient).map_err(fault)?;
    with(who, overlay, |desk, of| {
        let setting = made.recipient.clone();
        desk.keep(of, &Setting { name: "names-key".to_owned(), setting })
    })?;
    if terminal.json {
        return terminal.print_json(&json!({
            "form": "dijkwacht/names-key/1", "organisation": name,
            "recipient": made.recipient, "secret_file": out.display().to_string(),
        }));
    }
    let file = out.display();
    terminal.print(&terminal.choose(
        format!("Namen van `{name}` worden voortaan verzegeld. De helft die opent staat in {file}: bewaar hem apart. Raakt hij weg, dan gaat geen naam meer open.\n"),
        format!("Names of `{name}` are sealed from now on. The half that opens is in {file}: keep it apart. If it gets lost, no name opens any more.\n"),
    ))
}

/// Writes the half that opens into a file that is not there yet, for its owner only.
fn write_new(path: &Path, key: &NameKey, organisation: &str) -> Result<(), AppError> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(path).and_then(|mut file| {
        writeln!(file, "# dijkwacht: opens the names of {organisation}")?;
        writeln!(file, "# public key: {}", key.recipient)?;
        writeln!(file, "{}", key.secret)?;
        file.sync_all()
    });
    written.map_err(|error| {
        AppError::Use(format!("`{}` cannot be made ({error})", path.display()))
    })
}

fn show(who: &Who, overlay: Option<&Path>, terminal: &Terminal) -> Result<(), AppError> {
    let (office, name) = office(who, overlay, READ)?;
    let recipient = office.store.names_key().map_err(fault)?;
    let all = office.store.names().map_err(fault)?;
    let (sealed, open): (Vec<String>, Vec<String>) =
        all.into_iter().partition(|snapshot| office.store.has_sealed_names(snapshot));
    if terminal.json {
        return terminal.print_json(&json!({
            "form": "dijkwacht/names/1", "organisation": name, "recipient": recipient,
            "sealed": sealed, "not_sealed": open,
        }));
    }
    let none = terminal.choose("geen".to_owned(), "none".to_owned());
    let list =
        |all: &[String]| if all.is_empty() { none.clone() } else { all.join(", ") };
    let key = recipient.unwrap_or_else(|| none.clone());
    terminal.print(&terminal.choose(
        format!("Sleutel voor namen: {key}\nNamen verzegeld van: {}\nNamen niet bewaard van: {}\n", list(&sealed), list(&open)),
        format!("Key for names: {key}\nNames sealed of: {}\nNames not kept of: {}\n", list(&sealed), list(&open)),
    ))
}

fn fault(error: impl std::fmt::Display) -> AppError {
    AppError::data(error.to_string())
}
