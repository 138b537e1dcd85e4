//! Who stands behind a pseudonym: one person asks, with a reason; another opens it, with a reason and
//! for some hours; only these two see the name, and each time stands in the log.
//!
//! The second of the two tiers of evidence. Names are in no record: they are opened from the sealed
//! list of the log ([`store::Store::unseal`]) at the moment somebody looks.

use super::answering::refuse_personal;
use super::desk::Desk;
use crate::AppError;
use jiff::{SignedDuration, Timestamp};
use records::{Kept, NameLook, NameRequest, NameVerdict};
use std::collections::BTreeMap;

/// For how many hours a name is opened where nobody says otherwise.
pub const USUAL_HOURS: i64 = 24;

/// A request for a name, with all that came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedName {
    /// Who asked what, and why.
    pub request: Kept<NameRequest>,
    /// What somebody else said of it.
    pub verdict: Option<Kept<NameVerdict>>,
    /// Who saw the name, oldest first.
    pub looks: Vec<Kept<NameLook>>,
}

/// How a request for a name stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameState {
    /// Nobody said anything of it yet.
    Waiting,
    /// It was refused.
    Refused,
    /// Opened until this moment.
    Open(Timestamp),
    /// It was open until this moment.
    Lapsed(Timestamp),
}

impl AskedName {
    /// How it stands at a moment.
    pub fn state(&self, now: Timestamp) -> NameState {
        let Some(verdict) = &self.verdict else { return NameState::Waiting };
        if !verdict.entry.granted {
            return NameState::Refused;
        }
        let until = verdict.recorded_at + SignedDuration::from_hours(verdict.entry.hours);
        if now < until { NameState::Open(until) } else { NameState::Lapsed(until) }
    }

    /// Whether a person is one of the two who may see the name: who asked, or who opened it.
    pub fn is_of(&self, person: &str) -> bool {
        let opened_by = self.verdict.as_ref().map(|verdict| verdict.recorded_by.as_str());
        self.request.recorded_by == person || opened_by == Some(person)
    }
}

/// All requests of an organisation, oldest first.
pub fn asked_names(
    desk: &mut Desk<'_>,
    organisation: &str,
) -> Result<Vec<AskedName>, AppError> {
    let (actor, now) = (desk.actor.clone(), desk.now);
    let requests: Vec<Kept<NameRequest>> =
        desk.records.list(&actor, now, organisation)?;
    let verdicts: Vec<Kept<NameVerdict>> =
        desk.records.list(&actor, now, organisation)?;
    let looks: Vec<Kept<NameLook>> = desk.records.list(&actor, now, organisation)?;
    let mut verdicts: BTreeMap<i64, Kept<NameVerdict>> =
        verdicts.into_iter().map(|kept| (kept.entry.request, kept)).collect();
    let mut seen: BTreeMap<i64, Vec<Kept<NameLook>>> = BTreeMap::new();
    for kept in looks {
        seen.entry(kept.entry.request).or_default().push(kept);
    }
    let asked = requests.into_iter().map(|request| AskedName {
        verdict: verdicts.remove(&request.id),
        looks: seen.remove(&request.id).unwrap_or_default(),
        request,
    });
    Ok(asked.collect())
}

/// One of them.
pub fn asked_name(
    desk: &mut Desk<'_>,
    organisation: &str,
    id: i64,
) -> Result<AskedName, AppError> {
    let all = asked_names(desk, organisation)?;
    all.into_iter().find(|one| one.request.id == id).ok_or_else(|| {
        AppError::Absent(format!(
            "there is no request {id} for a name in `{organisation}`"
        ))
    })
}

/// Asks who stands behind a pseudonym. The same is not asked twice while somebody still has to
/// say something of it, or while it is open.
pub fn ask_name(
    desk: &mut Desk<'_>,
    organisation: &str,
    request: &NameRequest,
) -> Result<i64, AppError> {
    refuse_personal(&[(request.pseudonym.as_str(), request.reason.as_str())])?;
    let now = desk.now;
    let known = asked_names(desk, organisation)?.into_iter().find(|one| {
        let is_same = one.request.entry.pseudonym == request.pseudonym
            && one.request.entry.finding == request.finding;
        let lasts = matches!(one.state(now), NameState::Waiting | NameState::Open(_));
        is_same && lasts
    });
    if let Some(known) = known {
        let id = known.request.id;
        return Err(AppError::Use(format!("this was asked already, in request {id}")));
    }
    desk.keep(organisation, request)
}

/// Opens a name for some hours, or refuses to. It takes another person than the one who asked;
/// `open` finds the name, so that nothing is said to be open that cannot be opened.
pub fn judge_name(
    desk: &mut Desk<'_>,
    organisation: &str,
    verdict: &NameVerdict,
    open: impl FnOnce(&NameRequest) -> Result<String, AppError>,
) -> Result<i64, AppError> {
    refuse_personal(&[(verdict.request.to_string(), verdict.reason.as_str())])?;
    let asked = asked_name(desk, organisation, verdict.request)?;
    if asked.verdict.is_some() {
        return Err(AppError::Use(
            "somebody said already what becomes of this request".to_owned(),
        ));
    }
    if asked.request.recorded_by == desk.actor.name {
        return Err(AppError::Use(
            "you asked this yourself; somebody else must open it".to_owned(),
        ));
    }
    if verdict.granted {
        open(&asked.request.entry)?;
    }
    desk.keep(organisation, verdict)
}

/// The name of a request that is open, for one of its two people. That it was seen is in the log
/// before it is given.
pub fn see_name(
    desk: &mut Desk<'_>,
    organisation: &str,
    id: i64,
    open: impl FnOnce(&NameRequest) -> Result<String, AppError>,
) -> Result<String, AppError> {
    let asked = asked_name(desk, organisation, id)?;
    if !matches!(asked.state(desk.now), NameState::Open(_)) {
        return Err(AppError::Use("this name is not open now".to_owned()));
    }
    if !asked.is_of(&desk.actor.name) {
        return Err(AppError::Refused(
            "only who asked for this name and who opened it may see it".to_owned(),
        ));
    }
    let name = open(&asked.request.entry)?;
    desk.keep(organisation, &NameLook { request: id })?;
    Ok(name)
}
