//! `dijkwacht findings`.

use crate::terminal::Terminal;
use app::{AppError, Office};
use exchange::FindingSetForm;
use findings::Life;
use std::collections::BTreeSet;

pub(super) fn run(
    office: &Office,
    rules: &BTreeSet<String>,
    only_new: bool,
    closed: bool,
    terminal: &Terminal,
) -> Result<(), AppError> {
    let mut sets = app::findings(office, rules, only_new)?;
    if !closed {
        for set in &mut sets {
            set.findings.retain(|finding| finding.life != Life::Closed);
        }
    }
    if terminal.json {
        let forms: Vec<FindingSetForm> = sets.iter().map(FindingSetForm::from).collect();
        return terminal.print_json(&serde_json::json!({
            "form": "dijkwacht/finding-sets/1",
            "sets": forms,
        }));
    }
    if sets.iter().all(|set| set.findings.is_empty()) {
        return terminal.print(terminal.say("Geen bevindingen.\n", "No findings.\n"));
    }
    for set in &sets {
        let text = reports::listing::findings(&office.catalogue, set, terminal.lang);
        terminal.print(&text)?;
    }
    Ok(())
}
