//! The findings as the last run left them.

use crate::evaluate::kept_findings;
use crate::{AppError, Office};
use findings::{FindingSet, Life};
use model::Process;
use std::collections::BTreeSet;

/// The kept findings of all processes, or of those some rules speak of.
///
/// Closed ones are among them; `only_new` keeps what the last run opened. Wrong use where a
/// rule is not known or nothing was ever evaluated.
pub fn findings(
    office: &Office,
    rules: &BTreeSet<String>,
    only_new: bool,
) -> Result<Vec<FindingSet>, AppError> {
    for code in rules {
        if !office.catalogue.rules.contains_key(code) {
            let known = office.catalogue.rules.keys().map(String::as_str);
            let hint = catalogue::fault::nearest(code, known);
            return Err(AppError::unknown("there is no rule", code, &hint));
        }
    }
    let mut sets = Vec::new();
    for process in Process::ALL {
        let Some(mut set) = kept_findings(office, process)? else { continue };
        set.findings.retain(|finding| {
            (rules.is_empty() || rules.contains(&finding.rule))
                && (!only_new || finding.life == Life::Opened)
        });
        sets.push(set);
    }
    if sets.is_empty() {
        return Err(AppError::Use(format!(
            "nothing was evaluated yet in {}; use `dijkwacht evaluate` first",
            office.store.dir().display()
        )));
    }
    Ok(sets)
}
