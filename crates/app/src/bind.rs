//! Proposes a binding: which activities of a log look like which steps of the catalogue.

use crate::{AppError, Office, Progress, read};
use catalogue::{Step, glob};
use columns::{RawEvent, Refusal, Sink};
use model::{Lang, Note, Process};
use sources::Mapping;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Names that are seldom those of a person.
const NOT_A_PERSON: [&str; 12] = [
    "admin*",
    "test",
    "test*user*",
    "system*",
    "systeem*",
    "svc*",
    "service*",
    "batch*",
    "robot*",
    "root",
    "job*",
    "interface*",
];

/// Activities and handlers of a log, with how often they occur.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    activities: BTreeMap<String, u64>,
    handlers: BTreeMap<String, u64>,
}

impl Names {
    pub(crate) fn event(&mut self, event: &RawEvent<'_>) {
        let count = |names: &mut BTreeMap<String, u64>, name: Option<&str>| {
            let Some(name) = name else { return };
            match names.get_mut(name) {
                Some(count) => *count += 1,
                None => {
                    names.insert(name.to_owned(), 1);
                }
            }
        };
        count(&mut self.activities, event.activity);
        count(&mut self.handlers, event.who);
    }
}

struct Nowhere;

impl Sink for Nowhere {
    fn event(&mut self, _: &RawEvent<'_>) -> Result<(), Refusal> {
        Ok(())
    }

    fn note(&mut self, _: Note) {}
}

/// A proposed binding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The text of the binding file.
    pub text: String,
    /// Step → the activities placed there, with their events.
    pub placed: BTreeMap<String, Vec<(String, u64)>>,
    /// Activities that could not be placed, most events first.
    pub unplaced: Vec<(String, u64)>,
    /// Steps on the main way that no activity of the log looks like.
    pub steps_without: Vec<String>,
    /// Handlers that look like service accounts.
    pub service_accounts: Vec<String>,
}

/// Proposes a binding for a file.
pub fn bind_file(
    office: &Office,
    file: &Path,
    process: Process,
    mapping: Option<&Path>,
    progress: &mut dyn Progress,
) -> Result<Proposal, AppError> {
    let mapping = read::load_mapping(mapping)?;
    let names = names(&[file.to_owned()], &mapping, progress)?;
    Ok(propose(office, process, &names))
}

/// Proposes a binding for a snapshot. Handlers are pseudonyms there, so service accounts
/// cannot be recognised.
pub fn bind_snapshot(
    office: &Office,
    snapshot: &str,
    process: Process,
) -> Result<Proposal, AppError> {
    let snapshot = office.store.snapshot(snapshot)?;
    let activities = &snapshot.manifest().activities;
    let names = Names {
        activities: activities.iter().map(|a| (a.name.clone(), a.events)).collect(),
        handlers: BTreeMap::new(),
    };
    Ok(propose(office, process, &names))
}

/// The names of activities and handlers of files.
pub(crate) fn names(
    files: &[PathBuf],
    mapping: &Mapping,
    progress: &mut dyn Progress,
) -> Result<Names, AppError> {
    let mut names = Names::default();
    for path in files {
        let extras = read::Extras { names: Some(&mut names), euros: &read::Euros::new() };
        read::read_one(path, mapping, &mut Nowhere, extras, progress)?;
    }
    Ok(names)
}

pub(crate) fn propose(office: &Office, process: Process, names: &Names) -> Proposal {
    let own = office.catalogue.processes.get(&process).map(|p| p.steps.as_slice());
    let own = own.unwrap_or_default();
    let steps: Vec<&Step> = own.iter().chain(&office.catalogue.common_steps).collect();
    let mut placed: BTreeMap<String, Vec<(String, u64)>> = BTreeMap::new();
    let mut unplaced = Vec::new();
    for (activity, events) in &names.activities {
        match best(office, process, &steps, activity) {
            Some(step) => {
                placed
                    .entry(step.name.clone())
                    .or_default()
                    .push((activity.clone(), *events));
            }
            None => unplaced.push((activity.clone(), *events)),
        }
    }
    unplaced.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let steps_without = own
        .iter()
        .filter(|step| step.main && !placed.contains_key(&step.name))
        .map(|step| step.name.clone())
        .collect();
    let service_accounts: Vec<String> = names
        .handlers
        .keys()
        .filter(|name| NOT_A_PERSON.iter().any(|pattern| glob::matches(pattern, name)))
        .cloned()
        .collect();
    let text = text(office, process, &steps, &placed, &unplaced, &service_accounts);
    Proposal { text, placed, unplaced, steps_without, service_accounts }
}

/// The step an activity looks like most: its very name or title, else the longest pattern
/// that fits. `None` where nothing fits.
fn best<'s>(
    office: &Office,
    process: Process,
    steps: &[&'s Step],
    activity: &str,
) -> Option<&'s Step> {
    let lower = activity.trim().to_lowercase();
    let same = |step: &&Step| {
        step.name == lower
            || Lang::ALL.iter().any(|lang| {
                office.catalogue.step_title(process, &step.name, *lang).to_lowercase()
                    == lower
            })
    };
    if let Some(step) = steps.iter().find(|step| same(step)) {
        return Some(step);
    }
    let weight = |step: &Step| {
        let fitting =
            step.patterns.iter().filter(|pattern| glob::matches(pattern, activity));
        fitting
            .map(|pattern| pattern.chars().filter(|c| !"*?".contains(*c)).count())
            .max()
    };
    let mut chosen: Option<(usize, &Step)> = None;
    for step in steps {
        if let Some(weight) = weight(step)
            && chosen.is_none_or(|(most, _)| weight > most)
        {
            chosen = Some((weight, step));
        }
    }
    chosen.map(|(_, step)| step)
}

fn text(
    office: &Office,
    process: Process,
    steps: &[&Step],
    placed: &BTreeMap<String, Vec<(String, u64)>>,
    unplaced: &[(String, u64)],
    service_accounts: &[String],
) -> String {
    let mut text = String::new();
    let title =
        |step: &str, lang| office.catalogue.step_title(process, step, lang).to_owned();
    // writing to a String cannot fail
    let mut line = |content: String| writeln!(text, "{content}").unwrap_or_default();
    line(
        "# A proposal: look at every line. Steps on the left are those of the catalogue,"
            .into(),
    );
    line(
        "# activities on the right are those of the log. `*` stands for any signs."
            .into(),
    );
    line("format = 1".into());
    line(format!("process = {}", quoted(process.code())));
    line("title = \"\"".into());
    line(String::new());
    line("[steps]".into());
    for step in steps {
        let Some(activities) = placed.get(&step.name) else { continue };
        let (nl, en) = (title(&step.name, Lang::Nl), title(&step.name, Lang::En));
        let names: Vec<String> =
            activities.iter().map(|(name, _)| quoted(name)).collect();
        line(format!("{} = [{}]  # {nl} / {en}", step.name, names.join(", ")));
    }
    let without =
        steps.iter().filter(|step| step.main && !placed.contains_key(&step.name));
    for step in without {
        let (nl, en) = (title(&step.name, Lang::Nl), title(&step.name, Lang::En));
        line(format!("# {} = []  # not found in the log: {nl} / {en}", step.name));
    }
    line(String::new());
    line("[ignore]".into());
    if unplaced.is_empty() {
        line("activities = []".into());
    } else {
        line(
            "# Not placed. Give each a step above, or leave it here if it is none."
                .into(),
        );
        line("activities = [".into());
        for (activity, events) in unplaced {
            line(format!("#    {},  # {events} events", quoted(activity)));
        }
        line("]".into());
    }
    line(String::new());
    line("[accounts]".into());
    let names: Vec<String> = service_accounts.iter().map(|name| quoted(name)).collect();
    line(format!("service = [{}]  # programs, not people", names.join(", ")));
    line("shared = []  # desks and mailboxes that several people share".into());
    text
}

/// A TOML string.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for sign in text.chars() {
        match sign {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => {
                write!(out, "\\u{:04x}", u32::from(c)).unwrap_or_default();
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
