//! The plan: what first, kept, taken up, and what became of it.

use super::desk::Desk;
use super::measures::{Taken, measures};
use super::organisations::standing;
use super::weighed::{KeptPicture, RoundPicture, kept_pictures};
use crate::AppError;
use crate::choose::{Wanted, choose};
use catalogue::Catalogue;
use catalogue::fault::nearest;
use exchange::progress;
use exchange::proposal::{self, ProposalForm};
use jiff::ToSpan as _;
use model::{Date, Lang, Process};
use picture::effect::{Data, Done, Outcome, Seen, outcomes};
use picture::freeboard::Limits;
use picture::weighing::Weighing;
use picture::weighings::Weighings;
use plan::{Advice, Budget, Effort, PERCENTS, Wishes};
use records::{Kept, Measure, MeasureState, MeasureStatus, Plan, SizeClass, latest};
use std::collections::{BTreeMap, BTreeSet};

/// The form in which a plan is kept.
const KEPT_FORM: &str = "dijkwacht/plan";
const KEPT_VERSION: i64 = 1;

/// What there is to spend, and what people decided by hand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Capacity {
    /// One entry a year.
    pub years: Vec<Budget>,
    /// How many organisations carry a shared measure together, the own one included.
    pub partners: u32,
    /// Must have, must not, not before a year.
    pub wishes: Wishes,
    /// Only these processes; empty takes all that were weighed.
    pub only: BTreeSet<Process>,
}

/// A question for a plan, with all that the records have to say to it: it can be solved away
/// from them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanQuestion {
    weighings: Vec<Weighing>,
    capacity: Capacity,
    small: bool,
}

/// The best plan for a picture. Measures that are done count as in place.
pub fn advise(
    desk: &mut Desk<'_>,
    organisation: &str,
    weighings: &Weighings,
    capacity: &Capacity,
) -> Result<Advice, AppError> {
    plan_question(desk, organisation, weighings, capacity)?.solve(desk.catalogue)
}

/// What [`advise`] solves. Measures that are done count as in place.
pub fn plan_question(
    desk: &mut Desk<'_>,
    organisation: &str,
    weighings: &Weighings,
    capacity: &Capacity,
) -> Result<PlanQuestion, AppError> {
    let mut capacity = capacity.clone();
    let done = measures(desk, organisation)?.into_iter().filter(|taken| {
        taken.state().is_some_and(|state| state.status == MeasureStatus::Done)
    });
    capacity.wishes.in_place.extend(done.map(|taken| taken.measure.code));
    let size = standing(desk, organisation)?.organisation.size_class;
    let weighings = weighings.weighings().into_iter();
    Ok(PlanQuestion {
        weighings: weighings
            .filter(|one| {
                capacity.only.is_empty() || capacity.only.contains(&one.process)
            })
            .collect(),
        capacity,
        small: size == Some(SizeClass::UpTo20000),
    })
}

impl PlanQuestion {
    /// The best plan, and what fewer or more hours would bring.
    pub fn solve(&self, catalogue: &Catalogue) -> Result<Advice, AppError> {
        let wanted = Wanted {
            weighings: &self.weighings,
            aims: BTreeMap::new(),
            years: self.capacity.years.clone(),
            partners: self.capacity.partners.max(1),
            wishes: self.capacity.wishes.clone(),
            small: self.small,
            limits: Limits::from(&catalogue.method),
        };
        choose(catalogue, &wanted, &PERCENTS, Effort::default())
    }
}

/// Keeps a plan, on the picture it answers where that was kept.
pub fn keep_plan(
    desk: &mut Desk<'_>,
    organisation: &str,
    title: &str,
    (advice, picture): (&Advice, Option<i64>),
) -> Result<i64, AppError> {
    let body = serde_json::to_string(&ProposalForm::from(advice)).map_err(|error| {
        AppError::data(format!("the plan cannot be written ({error})"))
    })?;
    let entry = Plan {
        picture,
        title: title.to_owned(),
        form: KEPT_FORM.to_owned(),
        form_version: KEPT_VERSION,
        body,
    };
    desk.keep(organisation, &entry)
}

/// The plans that were kept; the newest of a title counts.
pub fn plans(
    desk: &mut Desk<'_>,
    organisation: &str,
) -> Result<BTreeMap<String, Kept<Plan>>, AppError> {
    let (actor, now) = (desk.actor.clone(), desk.now);
    let all: Vec<Kept<Plan>> = desk.records.list(&actor, now, organisation)?;
    Ok(latest(all, |plan| plan.title.clone()))
}

/// A plan that was kept, by its title: its number and what it says.
pub fn plan(
    desk: &mut Desk<'_>,
    organisation: &str,
    title: &str,
) -> Result<(i64, Advice), AppError> {
    let all = plans(desk, organisation)?;
    let kept = all.get(title).ok_or_else(|| {
        let hint = nearest(title, all.keys().map(String::as_str));
        AppError::Absent(format!(
            "there is no plan `{title}` in `{organisation}`; {hint}"
        ))
    })?;
    let form = proposal::read(&kept.entry.body)
        .map_err(|fault| AppError::data(format!("plan `{title}`: {fault}")))?;
    Ok((kept.id, form.advice()))
}

/// Takes up every measure of a plan that is not taken up yet, all or none: each begins with its
/// year and should be done at the end of it. Gives their numbers.
pub fn adopt(
    desk: &mut Desk<'_>,
    organisation: &str,
    title: &str,
    (owner, from): (&str, Date),
) -> Result<Vec<i64>, AppError> {
    let (number, advice) = plan(desk, organisation, title)?;
    let there: BTreeSet<String> = measures(desk, organisation)?
        .into_iter()
        .filter(|taken| taken.measure.plan == Some(number))
        .map(|taken| taken.measure.code)
        .collect();
    let (actor, now) = (desk.actor.clone(), desk.now);
    let chosen =
        advice.proposal.plan.chosen.iter().filter(|one| !there.contains(&one.code));
    let entries: Vec<(Measure, MeasureState)> = chosen
        .map(|one| {
            let years = i64::try_from(one.year.saturating_sub(1)).unwrap_or(i64::MAX);
            let begins = from.checked_add(years.years()).unwrap_or(from);
            let ends = begins.checked_add(1.years()).and_then(Date::yesterday);
            let ends = ends.unwrap_or(begins);
            let measure = Measure {
                plan: Some(number),
                code: one.code.clone(),
                process: None,
                recurring_months: None,
            };
            let state = MeasureState {
                measure: 0,
                status: MeasureStatus::Planned,
                owner_role: owner.to_owned(),
                starts_on: Some(begins),
                due_on: Some(ends),
                note: String::new(),
            };
            (measure, state)
        })
        .collect();
    desk.records.together(|records| {
        let mut ids = Vec::new();
        for (measure, state) in &entries {
            let id = records.add(&actor, now, organisation, measure)?;
            let state = MeasureState { measure: id, ..state.clone() };
            records.add(&actor, now, organisation, &state)?;
            ids.push(id);
        }
        Ok(ids)
    })
}

/// What became of the measures that are done: expected beside what was said and shown before and
/// since, from the pictures that were kept and, where it was drawn, the one of today.
pub fn effects(
    desk: &mut Desk<'_>,
    organisation: &str,
    today: Option<&RoundPicture>,
) -> Result<Vec<Outcome>, AppError> {
    let done: Vec<Done> = measures(desk, organisation)?
        .into_iter()
        .filter_map(|taken| {
            let last = taken.states.last()?;
            let on = last.entry.due_on.unwrap_or_else(|| {
                model::time::local(last.recorded_at.as_microsecond()).date()
            });
            (last.entry.status == MeasureStatus::Done).then(|| Done {
                measure: taken.measure.code.clone(),
                on,
                process: taken
                    .measure
                    .process
                    .as_ref()
                    .and_then(|code| code.parse().ok()),
            })
        })
        .collect();
    let kept = kept_pictures(desk, organisation)?;
    let weighings = kept.iter().map(|kept: &KeptPicture| &kept.weighings);
    let weighings = weighings.chain(today.map(|picture| &picture.weighings));
    let seen: Vec<Seen<'_>> = weighings
        .flat_map(|of| of.processes.iter().map(move |one| (&of.head, &one.weighing)))
        .map(|(head, weighing)| {
            let spoken = weighing
                .subjects
                .iter()
                .any(|subject| subject.shown.is_some() || subject.silence.is_some());
            Seen {
                round_on: head.round.as_ref().and_then(|round| round.held_on),
                data: spoken.then_some(Data { from: None, as_of: head.as_of }),
                weighing,
            }
        })
        .collect();
    Ok(outcomes(desk.catalogue, &done, &seen))
}

/// The measures that were taken up as a list for a spreadsheet and a calendar.
pub fn progress_list(
    desk: &Desk<'_>,
    taken: &[Taken],
    lang: Lang,
) -> Vec<progress::Taken> {
    taken.iter().map(|one| listed(desk, one, lang)).collect()
}

fn listed(desk: &Desk<'_>, taken: &Taken, lang: Lang) -> progress::Taken {
    let item = desk.catalogue.measures.get(&taken.measure.code);
    let process = taken.measure.process.as_ref().and_then(|code| {
        let process: Process = code.parse().ok()?;
        Some(desk.catalogue.processes.get(&process)?.texts.title(lang).to_owned())
    });
    let state = taken.state();
    let likely = |range: Option<catalogue::library::Range3>| {
        range.map_or(0, |range| u64::from(range.likely))
    };
    progress::Taken {
        id: format!("measure-{}", taken.id),
        code: taken.measure.code.clone(),
        title: item.map_or("", |item| item.head.texts.title(lang)).to_owned(),
        process: process.unwrap_or_default(),
        owner_role: state.map_or_else(String::new, |state| state.owner_role.clone()),
        status: match state.map(|state| state.status) {
            Some(MeasureStatus::Started) => progress::Status::Started,
            Some(MeasureStatus::Done) => progress::Status::Done,
            Some(MeasureStatus::Stopped) => progress::Status::Stopped,
            Some(MeasureStatus::Planned) | None => progress::Status::Planned,
        },
        starts_on: state.and_then(|state| state.starts_on),
        due_on: state.and_then(|state| state.due_on),
        recurring_months: taken
            .measure
            .recurring_months
            .and_then(|months| u32::try_from(months).ok()),
        note: state.map_or_else(String::new, |state| state.note.clone()),
        hours_once: likely(item.map(|item| item.hours_once)),
        hours_yearly: likely(item.map(|item| item.hours_yearly)),
        euros_once: likely(item.map(|item| item.euros_once)),
        euros_yearly: likely(item.map(|item| item.euros_yearly)),
        loss_tenths: None,
    }
}
