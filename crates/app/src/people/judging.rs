//! What people say of findings, and that they looked at the rows behind them.

use super::answering::refuse_personal;
use super::desk::Desk;
use crate::AppError;
use model::Process;
use records::{Kept, Look, Triage};
use std::collections::BTreeMap;

/// Keeps what is said of a finding: explained, to be repaired or to be looked into, with why.
pub fn triage(
    desk: &mut Desk<'_>,
    organisation: &str,
    triage: &Triage,
) -> Result<i64, AppError> {
    refuse_personal(&[(triage.finding.as_str(), triage.reason.as_str())])?;
    desk.keep(organisation, triage)
}

/// What was said of the findings of a process, by finding, oldest first; the last one counts.
pub fn triages(
    desk: &mut Desk<'_>,
    organisation: &str,
    process: Process,
) -> Result<BTreeMap<String, Vec<Kept<Triage>>>, AppError> {
    let (actor, now) = (desk.actor.clone(), desk.now);
    let all: Vec<Kept<Triage>> = desk.records.list(&actor, now, organisation)?;
    let mut by_finding: BTreeMap<String, Vec<Kept<Triage>>> = BTreeMap::new();
    for kept in all.into_iter().filter(|kept| kept.entry.process == process.code()) {
        by_finding.entry(kept.entry.finding.clone()).or_default().push(kept);
    }
    Ok(by_finding)
}

/// Says in the log that somebody looks at the rows behind a finding, or behind all of a rule;
/// call it before they are shown.
pub fn look(
    desk: &mut Desk<'_>,
    organisation: &str,
    process: Process,
    subject: &str,
) -> Result<(), AppError> {
    let entry = Look { process: process.code().to_owned(), subject: subject.to_owned() };
    desk.keep(organisation, &entry).map(drop)
}
