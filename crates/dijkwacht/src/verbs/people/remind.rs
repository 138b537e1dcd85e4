//! `dijkwacht round remind`.

use super::{House, read_file};
use crate::args::people::{Remind, Who};
use crate::terminal::Terminal;
use crate::verbs::write_file;
use app::AppError;
use app::people::{last_round, standing, waiting};
use exchange::calendar::About;
use exchange::reminder::{self, Closing, Open, Reminded};
use model::{Date, Moment};
use serde_json::json;
use std::collections::BTreeMap;
use std::path::Path;

pub(super) fn run(
    wanted: &Remind,
    overlay: Option<&Path>,
    terminal: &Terminal,
) -> Result<(), AppError> {
    let addresses = match &wanted.addresses {
        Some(path) => read_addresses(&String::from_utf8_lossy(&read_file(path)?))?,
        None => BTreeMap::new(),
    };
    let mut house = House::open(&wanted.who, overlay)?;
    let (mut desk, organisation) = house.at(&wanted.who)?;
    let place = last_round(&mut desk, &organisation, Some(wanted.round))?;
    let closes_on = place.closes_on.ok_or_else(|| {
        AppError::Use(format!(
            "round {} has no closing day to remind of; give one with `dijkwacht round add --closes-on`",
            place.id
        ))
    })?;
    let open = waiting(&mut desk, &organisation, place.id, terminal.lang)?;
    let title = standing(&mut desk, &organisation)?.organisation.title;
    let reminded: Vec<Reminded> = open
        .into_iter()
        .map(|(person, open)| Reminded {
            address: addresses.get(&person).cloned(),
            open: open
                .into_iter()
                .map(|(process, questions)| Open { process, questions })
                .collect(),
            name: String::new(),
            id: person,
        })
        .collect();
    let closing = closing(wanted, &format!("{title}: {}", place.round.title), closes_on);
    let about = About {
        organisation,
        made_at: Moment::at(Who::now().as_microsecond()),
        lang: terminal.lang,
    };
    write(wanted, &closing, &reminded, &about, terminal)
}

fn closing(wanted: &Remind, title: &str, closes_on: Date) -> Closing {
    let sender = wanted.sender.clone().unwrap_or_default();
    let parts = sender.split_once('<').map(|(name, address)| {
        (name.trim().to_owned(), address.trim_end_matches('>').trim().to_owned())
    });
    Closing {
        id: wanted.round.to_string(),
        title: title.to_owned(),
        closes_on,
        sender: parts.unwrap_or((String::new(), sender)),
        link: wanted.link.clone(),
    }
}

fn write(
    wanted: &Remind,
    closing: &Closing,
    reminded: &[Reminded],
    about: &About,
    terminal: &Terminal,
) -> Result<(), AppError> {
    let mut files = Vec::new();
    if let Some(folder) = &wanted.mails {
        let mails = reminder::mails(closing, reminded, about).map_err(AppError::Data)?;
        std::fs::create_dir_all(folder).map_err(|error| {
            AppError::data(format!("{}: cannot be made ({error})", folder.display()))
        })?;
        for mail in mails {
            let path = folder.join(&mail.file);
            write_file(&path, &mail.bytes)?;
            files.push(path.display().to_string());
        }
    }
    if let Some(path) = &wanted.calendar {
        let text = reminder::calendar(closing, reminded, about);
        write_file(path, text.as_bytes())?;
        files.push(path.display().to_string());
    }
    if terminal.json {
        return terminal
            .print_json(&json!({ "form": "dijkwacht/written/1", "files": files }));
    }
    if files.is_empty() {
        return terminal.print(
            terminal
                .say("Niemand heeft nog vragen open.\n", "Nobody has questions open.\n"),
        );
    }
    let lines: Vec<String> = files
        .iter()
        .map(|file| format!("{} {file}\n", terminal.say("Geschreven:", "Written:")))
        .collect();
    terminal.print(&lines.concat())
}

/// `person;address`, a line each, after a first line with these words.
fn read_addresses(text: &str) -> Result<BTreeMap<String, String>, AppError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = text.lines().map(str::trim);
    if lines.next() != Some("person;address") {
        return Err(AppError::data("line 1: the first line must be person;address"));
    }
    let (mut all, mut faults) = (BTreeMap::new(), Vec::new());
    for (number, line) in (2_u64..).zip(lines).filter(|(_, line)| !line.is_empty()) {
        match line.split_once(';') {
            Some((person, address)) if !person.trim().is_empty() => {
                all.insert(person.trim().to_owned(), address.trim().to_owned());
            }
            Some(_) | None => {
                faults.push(format!("line {number}: write a person, `;` and an address"));
            }
        }
    }
    if faults.is_empty() { Ok(all) } else { Err(AppError::Data(faults)) }
}
