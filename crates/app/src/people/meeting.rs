//! The meeting: how answers lie, how many hands went up, and what was agreed.

use super::asked::asked;
use super::desk::Desk;
use super::rounds::{Seat, counting, last_round};
use crate::AppError;
use assessment::Side as Kind;
use catalogue::fault::nearest;
use model::Process;
use records::{AgreedAnswer, Kept, Said, Tally, latest};
use std::collections::BTreeMap;

/// How the answers on one question lie, for the meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spread {
    /// The process.
    pub process: Process,
    /// The question.
    pub question: String,
    /// Control or circumstance.
    pub side: Kind,
    /// How many people were asked.
    pub asked: u32,
    /// How many gave each level, 0 to 3; `None` where fewer answered than the least group.
    pub levels: Option<[u32; 4]>,
    /// How many said that it does not apply; `None` as above.
    pub not_applicable: Option<u32>,
    /// How many do not know; `None` as above.
    pub unknown: Option<u32>,
    /// The last count of hands.
    pub tally: Option<Tally>,
    /// What was agreed last.
    pub agreed: Option<(Said, String)>,
}

/// How the answers of a round lie, by process and question, in the order in which they are
/// asked. Where fewer people answered than the least group, no count is given: it would point
/// at people.
pub fn spread(
    desk: &mut Desk<'_>,
    organisation: &str,
    round: i64,
    only: Option<Process>,
    least_group: u32,
) -> Result<Vec<Spread>, AppError> {
    let place = last_round(desk, organisation, Some(round))?;
    let seats = counting(desk, organisation, &place)?;
    let (actor, now) = (desk.actor.clone(), desk.now);
    let tallies: Vec<Kept<Tally>> = desk.records.list(&actor, now, organisation)?;
    let of_round = tallies.into_iter().filter(|kept| kept.entry.round == round);
    let tallies = latest(of_round, |it| (it.process.clone(), it.question.clone()));
    let agreed = agreed(desk, organisation, round)?;
    let mut all = Vec::new();
    for process in Process::ALL {
        if only.is_some_and(|wanted| wanted != process) {
            continue;
        }
        let here: Vec<&Seat> =
            seats.iter().filter(|seat| seat.asked.process == process.code()).collect();
        if here.is_empty() {
            continue;
        }
        for question in asked(desk.catalogue, &place.round.profile, process) {
            let key = (process.code().to_owned(), question.code.clone());
            all.push(Spread {
                process,
                tally: tallies.get(&key).map(|kept| kept.entry.clone()),
                agreed: agreed.get(&key).cloned(),
                ..counted(process, &question.code, question.side, &here, least_group)
            });
        }
    }
    Ok(all)
}

fn counted(
    process: Process,
    code: &str,
    side: Kind,
    seats: &[&Seat],
    least_group: u32,
) -> Spread {
    let (mut levels, mut not_applicable, mut unknown) = ([0_u32; 4], 0_u32, 0_u32);
    let mut heard = 0_u32;
    for said in seats.iter().filter_map(|seat| seat.said.get(code)?.as_ref()) {
        heard += 1;
        match said {
            Said::Level(level) => {
                if let Some(count) = levels.get_mut(usize::from(*level)) {
                    *count += 1;
                }
            }
            Said::NotApplicable { .. } => not_applicable += 1,
            Said::Unknown => unknown += 1,
        }
    }
    let shown = heard >= least_group;
    Spread {
        process,
        question: code.to_owned(),
        side,
        asked: u32::try_from(seats.len()).unwrap_or(u32::MAX),
        levels: shown.then_some(levels),
        not_applicable: shown.then_some(not_applicable),
        unknown: shown.then_some(unknown),
        tally: None,
        agreed: None,
    }
}

/// What was agreed in a round, by process and question: what and why.
pub(crate) fn agreed(
    desk: &mut Desk<'_>,
    organisation: &str,
    round: i64,
) -> Result<BTreeMap<(String, String), (Said, String)>, AppError> {
    let (actor, now) = (desk.actor.clone(), desk.now);
    let all: Vec<Kept<AgreedAnswer>> = desk.records.list(&actor, now, organisation)?;
    let of_round = all.into_iter().filter(|kept| kept.entry.round == round);
    Ok(latest(of_round, |it| (it.process.clone(), it.question.clone()))
        .into_iter()
        .map(|(key, kept)| (key, (kept.entry.said, kept.entry.agreed_because)))
        .collect())
}

/// Keeps a count of hands.
pub fn tally(
    desk: &mut Desk<'_>,
    organisation: &str,
    tally: &Tally,
) -> Result<i64, AppError> {
    let side =
        side_of(desk, organisation, (tally.round, &tally.process), &tally.question)?;
    let above = tally.levels.iter().skip(usize::from(side.most()) + 1).any(|n| *n > 0);
    if above {
        return Err(AppError::Use(format!(
            "`{}` has levels 0 to {}",
            tally.question,
            side.most()
        )));
    }
    desk.keep(organisation, tally)
}

/// Keeps what was agreed in the meeting, with the reason.
pub fn agree(
    desk: &mut Desk<'_>,
    organisation: &str,
    agreed: &AgreedAnswer,
) -> Result<i64, AppError> {
    let side =
        side_of(desk, organisation, (agreed.round, &agreed.process), &agreed.question)?;
    super::answering::check_level(&agreed.question, side, &agreed.said)?;
    super::answering::refuse_personal(&[(&agreed.question, &agreed.agreed_because)])?;
    desk.keep(organisation, agreed)
}

/// What a question of a round is about; it must be asked there.
fn side_of(
    desk: &mut Desk<'_>,
    organisation: &str,
    (round, process): (i64, &str),
    question: &str,
) -> Result<Kind, AppError> {
    let place = last_round(desk, organisation, Some(round))?;
    let process: Process =
        process.parse().map_err(|error| AppError::Use(format!("{error}")))?;
    let all = asked(desk.catalogue, &place.round.profile, process);
    let found = all.iter().find(|one| one.code == question);
    found.map(|one| one.side).ok_or_else(|| {
        let hint = nearest(question, all.iter().map(|one| one.code.as_str()));
        AppError::unknown("this round does not ask", question, &hint)
    })
}
