//! Measures that are taken up, how far they are, and what was decided.

use super::answering::refuse_personal;
use super::desk::Desk;
use crate::AppError;
use catalogue::fault::nearest;
use records::{Decision, Kept, Measure, MeasureState};
use std::collections::BTreeMap;

/// A measure with how far it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Its number.
    pub id: i64,
    /// What it is.
    pub measure: Measure,
    /// All states, oldest first; the last one counts.
    pub states: Vec<Kept<MeasureState>>,
}

impl Taken {
    /// How it stands.
    pub fn state(&self) -> Option<&MeasureState> {
        self.states.last().map(|kept| &kept.entry)
    }
}

/// Takes a measure up, with its owner and dates.
pub fn take_up(
    desk: &mut Desk<'_>,
    organisation: &str,
    measure: &Measure,
    first: impl FnOnce(i64) -> MeasureState,
) -> Result<i64, AppError> {
    if !desk.catalogue.measures.contains_key(&measure.code) {
        let known = desk.catalogue.measures.keys().map(String::as_str);
        let hint = nearest(&measure.code, known);
        return Err(AppError::unknown("there is no measure", &measure.code, &hint));
    }
    let state = first(0);
    refuse_personal(&[(&measure.code, &state.note)])?;
    let (actor, now) = (desk.actor.clone(), desk.now);
    desk.records.together(|records| {
        let id = records.add(&actor, now, organisation, measure)?;
        let state = MeasureState { measure: id, ..state };
        records.add(&actor, now, organisation, &state)?;
        Ok(id)
    })
}

/// Says how far a measure is.
pub fn move_measure(
    desk: &mut Desk<'_>,
    organisation: &str,
    state: &MeasureState,
) -> Result<i64, AppError> {
    refuse_personal(&[(state.measure.to_string(), &state.note)])?;
    desk.keep(organisation, state)
}

/// All measures that were taken up, oldest first.
pub fn measures(desk: &mut Desk<'_>, organisation: &str) -> Result<Vec<Taken>, AppError> {
    let (actor, now) = (desk.actor.clone(), desk.now);
    let all: Vec<Kept<Measure>> = desk.records.list(&actor, now, organisation)?;
    let states: Vec<Kept<MeasureState>> = desk.records.list(&actor, now, organisation)?;
    let mut by_measure: BTreeMap<i64, Vec<Kept<MeasureState>>> = BTreeMap::new();
    for state in states {
        by_measure.entry(state.entry.measure).or_default().push(state);
    }
    Ok(all
        .into_iter()
        .map(|kept| Taken {
            id: kept.id,
            states: by_measure.remove(&kept.id).unwrap_or_default(),
            measure: kept.entry,
        })
        .collect())
}

/// One measure that was taken up.
pub fn measure(
    desk: &mut Desk<'_>,
    organisation: &str,
    id: i64,
) -> Result<Taken, AppError> {
    measures(desk, organisation)?.into_iter().find(|taken| taken.id == id).ok_or_else(
        || AppError::Absent(format!("there is no measure {id} in `{organisation}`")),
    )
}

/// Keeps what a body decided about a round, a picture or a plan.
pub fn decide(
    desk: &mut Desk<'_>,
    organisation: &str,
    decision: &Decision,
) -> Result<i64, AppError> {
    if decision.round.is_none() && decision.picture.is_none() && decision.plan.is_none() {
        return Err(AppError::Use(
            "name what was decided about: a round, a picture or a plan".to_owned(),
        ));
    }
    refuse_personal(&[("decision", &decision.wording)])?;
    desk.keep(organisation, decision)
}

/// What was decided, oldest first.
pub fn decisions(
    desk: &mut Desk<'_>,
    organisation: &str,
) -> Result<Vec<Kept<Decision>>, AppError> {
    let (actor, now) = (desk.actor.clone(), desk.now);
    Ok(desk.records.list(&actor, now, organisation)?)
}
