//! `dijkwacht bind`.

use crate::terminal::Terminal;
use crate::verbs::write_file;
use app::{AppError, Office, Proposal};
use model::Process;
use std::path::Path;

/// For what a binding is proposed.
#[derive(Debug)]
pub(super) struct Source<'a> {
    pub(super) file: Option<&'a Path>,
    pub(super) snapshot: Option<&'a str>,
    pub(super) mapping: Option<&'a Path>,
}

pub(super) fn run(
    office: &Office,
    source: &Source<'_>,
    process: Process,
    out: Option<&Path>,
    terminal: &Terminal,
) -> Result<(), AppError> {
    let proposal = match (source.file, source.snapshot) {
        (Some(file), _) => {
            app::bind_file(office, file, process, source.mapping, &mut terminal.bar())?
        }
        (None, Some(snapshot)) => app::bind_snapshot(office, snapshot, process)?,
        (None, None) => {
            return Err(AppError::Use("name a file or a snapshot".to_owned()));
        }
    };
    if let Some(path) = out {
        write_file(path, proposal.text.as_bytes())?;
    }
    if terminal.json {
        return terminal.print_json(&form(&proposal, process));
    }
    if out.is_none() {
        terminal.print(&proposal.text)?;
    }
    summary(office, &proposal, process, terminal);
    Ok(())
}

fn form(proposal: &Proposal, process: Process) -> serde_json::Value {
    serde_json::json!({
        "form": "dijkwacht/binding-proposal/1",
        "process": process.code(),
        "placed": proposal.placed,
        "unplaced": proposal.unplaced,
        "steps_without": proposal.steps_without,
        "service_accounts": proposal.service_accounts,
        "binding": proposal.text,
    })
}

fn summary(office: &Office, proposal: &Proposal, process: Process, terminal: &Terminal) {
    let placed: usize = proposal.placed.values().map(Vec::len).sum();
    let all = placed + proposal.unplaced.len();
    terminal.remark(&terminal.choose(
        format!("{placed} van {all} activiteiten zijn geplaatst."),
        format!("{placed} of {all} activities were placed."),
    ));
    for (activity, events) in &proposal.unplaced {
        terminal.remark(&terminal.choose(
            format!("  niet geplaatst: {activity} ({events})"),
            format!("  not placed: {activity} ({events})"),
        ));
    }
    for step in &proposal.steps_without {
        let title = office.catalogue.step_title(process, step, terminal.lang);
        terminal.remark(&terminal.choose(
            format!("  stap zonder activiteit: {step} ({title})"),
            format!("  step without activity: {step} ({title})"),
        ));
    }
}
