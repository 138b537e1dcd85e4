//! Rounds: made, opened and closed; who is asked; how far it is; what was agreed.

use super::asked::{asked, follows};
use super::desk::Desk;
use crate::AppError;
use catalogue::fault::nearest;
use model::{Date, Process};
use records::{
    Assignment, Given, Kept, Link, Respondents, Round, RoundState, RoundStatus,
    RoundTerm, Said, Withdrawal, hash_of_link, latest,
};
use std::collections::{BTreeMap, BTreeSet};

/// A round with how far it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its number.
    pub id: i64,
    /// Title, date, track, profile.
    pub round: Round,
    /// How far it is.
    pub status: RoundStatus,
    /// Until when it takes answers, where that was said.
    pub closes_on: Option<Date>,
}

/// How far one assignment is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Its number.
    pub assignment: i64,
    /// Who is asked, about what.
    pub asked: Assignment,
    /// The assignment that came in its place, or `None` twice where it was only withdrawn.
    pub withdrawn: Option<Option<i64>>,
    /// How many questions there are, over all seats.
    pub questions: u64,
    /// How many of them have an answer, or need none.
    pub answered: u64,
    /// How many seats have at least one answer.
    pub started: u64,
}

/// Begins a round. The profile and what it asks must be in the catalogue.
pub fn add_round(
    desk: &mut Desk<'_>,
    organisation: &str,
    round: &Round,
    closes_on: Option<Date>,
) -> Result<i64, AppError> {
    if !desk.catalogue.profiles.contains_key(&round.profile) {
        let known = desk.catalogue.profiles.keys().map(String::as_str);
        let hint = nearest(&round.profile, known);
        return Err(AppError::unknown("there is no profile", &round.profile, &hint));
    }
    let (actor, now) = (desk.actor.clone(), desk.now);
    desk.records.together(|records| {
        let id = records.add(&actor, now, organisation, round)?;
        if closes_on.is_some() {
            let term = RoundTerm { round: id, closes_on };
            records.add(&actor, now, organisation, &term)?;
        }
        Ok(id)
    })
}

/// All rounds, oldest first.
pub fn rounds(desk: &mut Desk<'_>, organisation: &str) -> Result<Vec<Place>, AppError> {
    let (actor, now) = (desk.actor.clone(), desk.now);
    let rounds: Vec<Kept<Round>> = desk.records.list(&actor, now, organisation)?;
    let states: Vec<Kept<RoundState>> = desk.records.list(&actor, now, organisation)?;
    let terms: Vec<Kept<RoundTerm>> = desk.records.list(&actor, now, organisation)?;
    let states = latest(states, |state| state.round);
    let terms = latest(terms, |term| term.round);
    Ok(rounds
        .into_iter()
        .map(|kept| Place {
            id: kept.id,
            status: states
                .get(&kept.id)
                .map_or(RoundStatus::Prepared, |state| state.entry.status),
            closes_on: terms.get(&kept.id).and_then(|term| term.entry.closes_on),
            round: kept.entry,
        })
        .collect())
}

/// One round: the one that was named, or the last.
pub fn last_round(
    desk: &mut Desk<'_>,
    organisation: &str,
    named: Option<i64>,
) -> Result<Place, AppError> {
    let all = rounds(desk, organisation)?;
    let found = match named {
        Some(id) => all.into_iter().find(|place| place.id == id),
        // by the day it is about: one entered later may be about an earlier day
        None => all.into_iter().max_by_key(|place| (place.round.held_on, place.id)),
    };
    found.ok_or_else(|| {
        AppError::Absent(match named {
            Some(id) => format!("there is no round {id} in `{organisation}`"),
            None => format!(
                "`{organisation}` has no round yet; make one with `dijkwacht round add`"
            ),
        })
    })
}

/// Opens, closes or settles a round. A round goes forward one step at a time, and back from
/// closed to open.
pub fn set_status(
    desk: &mut Desk<'_>,
    organisation: &str,
    round: i64,
    status: RoundStatus,
) -> Result<i64, AppError> {
    use RoundStatus::{Agreed, Closed, Open, Prepared};
    let place = last_round(desk, organisation, Some(round))?;
    let allowed = matches!(
        (place.status, status),
        (Prepared | Closed, Open) | (Open, Closed) | (Closed, Agreed)
    );
    if !allowed {
        return Err(AppError::Use(format!(
            "round {round} is {} and cannot become {}; it goes prepared, open, closed, agreed",
            place.status.code(),
            status.code()
        )));
    }
    desk.keep(organisation, &RoundState { round, status })
}

/// Asks people about processes in a round, all or none; gives the numbers of the assignments.
pub fn assign(
    desk: &mut Desk<'_>,
    organisation: &str,
    assignments: &[Assignment],
) -> Result<Vec<i64>, AppError> {
    check_assignments(desk, organisation, assignments)?;
    Ok(desk.records.add_all(&desk.actor, desk.now, organisation, assignments)?)
}

/// Every reason why people cannot be asked.
fn check_assignments(
    desk: &mut Desk<'_>,
    organisation: &str,
    assignments: &[Assignment],
) -> Result<(), AppError> {
    let mut faults = Vec::new();
    let places = rounds(desk, organisation)?;
    for assignment in assignments {
        let place = places.iter().find(|place| place.id == assignment.round);
        match place {
            Some(place) => faults.extend(unfit(desk, place, assignment)),
            None => faults.push(format!(
                "there is no round {} in `{organisation}`",
                assignment.round
            )),
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(AppError::Data(faults)) }
}

/// Why somebody cannot be asked.
fn unfit(desk: &Desk<'_>, place: &Place, assignment: &Assignment) -> Option<String> {
    let process: Process = match assignment.process.parse() {
        Ok(process) => process,
        Err(error) => return Some(format!("{error}")),
    };
    if asked(desk.catalogue, &place.round.profile, process).is_empty() {
        return Some(format!(
            "profile `{}` of round {} asks nothing about `{process}`",
            place.round.profile, place.id
        ));
    }
    matches!(place.status, RoundStatus::Closed | RoundStatus::Agreed).then(|| {
        format!(
            "round {} is {}; nobody can be asked any more",
            place.id,
            place.status.code()
        )
    })
}

/// The assignments in a table of text (`;` between columns): `process`, `part`, `side`, and
/// `person` or `seats`. All that is wrong is told, with its line.
pub fn read_assignments(round: i64, text: &str) -> Result<Vec<Assignment>, AppError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b';')
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let heads = reader.headers().cloned().unwrap_or_default();
    let at = |name: &str| heads.iter().position(|head| head == name);
    let columns =
        ["process", "part", "side", "person", "seats"].map(|name| (name, at(name)));
    let absent: Vec<&str> = columns
        .iter()
        .filter(|(name, place)| place.is_none() && !matches!(*name, "person" | "seats"))
        .map(|(name, _)| *name)
        .collect();
    if !absent.is_empty() {
        return Err(AppError::data(format!(
            "line 1: the column {} is missing; the first line must be process;part;side;person;seats",
            absent.join(", ")
        )));
    }
    let (mut all, mut faults) = (Vec::new(), Vec::new());
    for (number, row) in (2_u64..).zip(reader.records()) {
        let cell = |wanted: &str| {
            let place = columns.iter().find(|(name, _)| *name == wanted)?.1?;
            row.as_ref().ok()?.get(place).filter(|text| !text.is_empty())
        };
        match (row.as_ref(), assignment_of(round, cell)) {
            (Err(error), _) => faults.push(format!("line {number}: {error}")),
            (Ok(_), Err(why)) => faults.push(format!("line {number}: {why}")),
            (Ok(_), Ok(assignment)) => all.push(assignment),
        }
    }
    if faults.is_empty() { Ok(all) } else { Err(AppError::Data(faults)) }
}

fn assignment_of<'t>(
    round: i64,
    cell: impl Fn(&str) -> Option<&'t str>,
) -> Result<Assignment, String> {
    let needed =
        |name: &str| cell(name).ok_or_else(|| format!("`{name}` is empty; fill it in"));
    let process = needed("process")?;
    process.parse::<Process>().map_err(|error| error.to_string())?;
    let side = needed("side")?;
    let side = records::Side::find(side).ok_or_else(|| {
        format!("`side` is `{side}`; choose management, work-floor or other")
    })?;
    let respondents = match (cell("person"), cell("seats")) {
        (Some(person), None) => Respondents::Named(person.to_owned()),
        (None, Some(seats)) => match seats.parse() {
            Ok(seats @ 1..) => Respondents::Anonymous { seats },
            Ok(_) | Err(_) => {
                return Err(format!(
                    "`seats` is `{seats}`; give a whole number of at least 1"
                ));
            }
        },
        (None, None) => return Err("give a person or a number of seats".to_owned()),
        (Some(_), Some(_)) => {
            return Err("give a person or a number of seats, not both".to_owned());
        }
    };
    Ok(Assignment {
        round,
        process: process.to_owned(),
        part: needed("part")?.to_owned(),
        side,
        respondents,
    })
}

/// Hands an assignment over to another person, or withdraws it where nobody is named. Its
/// answers stay readable and no longer count; whoever takes over sees them beside the questions.
pub fn hand_over(
    desk: &mut Desk<'_>,
    organisation: &str,
    assignment: i64,
    to: Option<&str>,
    reason: &str,
) -> Result<Option<i64>, AppError> {
    let (actor, now) = (desk.actor.clone(), desk.now);
    let old: Kept<Assignment> =
        desk.records.find(&actor, now, organisation, assignment)?;
    let gone: Vec<Kept<Withdrawal>> = desk.records.list(&actor, now, organisation)?;
    if gone.iter().any(|kept| kept.entry.assignment == assignment) {
        return Err(AppError::Use(format!(
            "assignment {assignment} was withdrawn already"
        )));
    }
    let new = to.map(|person| Assignment {
        respondents: Respondents::Named(person.to_owned()),
        ..old.entry
    });
    if let Some(new) = &new {
        check_assignments(desk, organisation, std::slice::from_ref(new))?;
    }
    desk.records.together(|records| {
        let successor = match &new {
            Some(new) => Some(records.add(&actor, now, organisation, new)?),
            None => None,
        };
        let reason = reason.to_owned();
        let withdrawal = Withdrawal { assignment, successor, reason };
        records.add(&actor, now, organisation, &withdrawal)?;
        Ok(successor)
    })
}

/// Makes a link for an assignment and gives the secret in it, which is kept nowhere.
pub fn make_link(
    desk: &mut Desk<'_>,
    organisation: &str,
    assignment: i64,
    valid_to: Date,
) -> Result<String, AppError> {
    let (actor, now) = (desk.actor.clone(), desk.now);
    let _there: Kept<Assignment> =
        desk.records.find(&actor, now, organisation, assignment)?;
    let secret = secret()?;
    let link = Link { assignment, hash: hash_of_link(&secret), valid_to };
    desk.keep(organisation, &link)?;
    Ok(secret)
}

/// 160 bits at random, in letters that cannot be mistaken for each other.
pub(crate) fn secret() -> Result<String, AppError> {
    const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz23456789_";
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|error| {
        AppError::data(format!("the system gives no random numbers ({error})"))
    })?;
    let letter = |byte: &u8| LETTERS.get(usize::from(byte % 32)).copied().unwrap_or(b'a');
    Ok(bytes.iter().map(letter).map(char::from).collect())
}

/// All answers of a round as they count: the newest of each seat and question, with those that
/// follow from others; by assignment and seat. Withdrawn assignments are left out.
pub(crate) fn counting(
    desk: &mut Desk<'_>,
    organisation: &str,
    place: &Place,
) -> Result<Vec<Seat>, AppError> {
    let (actor, now) = (desk.actor.clone(), desk.now);
    let assignments: Vec<Kept<Assignment>> =
        desk.records.list(&actor, now, organisation)?;
    let gone: Vec<Kept<Withdrawal>> = desk.records.list(&actor, now, organisation)?;
    let gone: BTreeSet<i64> = gone.iter().map(|kept| kept.entry.assignment).collect();
    let given = desk.records.answers(&actor, now, organisation, place.id)?;
    let mut by_seat: BTreeMap<(i64, Option<String>), BTreeMap<String, Given>> =
        BTreeMap::new();
    for one in given {
        let seat = (one.assignment, one.voice.clone());
        by_seat.entry(seat).or_default().insert(one.answer.question.clone(), one);
    }
    let mut seats = Vec::new();
    for kept in assignments {
        if kept.entry.round != place.id || gone.contains(&kept.id) {
            continue;
        }
        let of_this: Vec<BTreeMap<String, Given>> = by_seat
            .range((kept.id, None)..(kept.id + 1, None))
            .map(|(_, answers)| answers.clone())
            .collect();
        seats.extend(seats_of(&kept, of_this));
    }
    for seat in &mut seats {
        seat.complete(desk, &place.round.profile);
    }
    Ok(seats)
}

/// One person who is asked, with the answers that count.
#[derive(Clone, Debug)]
pub(crate) struct Seat {
    pub(crate) assignment: i64,
    pub(crate) asked: Assignment,
    /// Which of the seats of an anonymous assignment.
    pub(crate) number: usize,
    pub(crate) given: BTreeMap<String, Given>,
    /// All questions with what was said, or follows, or `None`.
    pub(crate) said: BTreeMap<String, Option<Said>>,
}

/// The seats of an assignment, also those in which nobody sat down yet.
fn seats_of(
    kept: &Kept<Assignment>,
    mut answers: Vec<BTreeMap<String, Given>>,
) -> Vec<Seat> {
    let seats = match &kept.entry.respondents {
        Respondents::Named(_) => 1,
        Respondents::Anonymous { seats } => usize::try_from(*seats).unwrap_or(usize::MAX),
    };
    answers.resize(seats.max(answers.len()), BTreeMap::new());
    answers
        .into_iter()
        .enumerate()
        .map(|(number, given)| Seat {
            assignment: kept.id,
            asked: kept.entry.clone(),
            number,
            given,
            said: BTreeMap::new(),
        })
        .collect()
}

impl Seat {
    fn complete(&mut self, desk: &Desk<'_>, profile: &str) {
        let Ok(process) = self.asked.process.parse::<Process>() else { return };
        let said: BTreeMap<String, Said> = self
            .given
            .iter()
            .map(|(code, given)| (code.clone(), given.answer.said.clone()))
            .collect();
        for question in asked(desk.catalogue, profile, process) {
            let own = said.get(&question.code).cloned();
            // somebody who said nothing at all is silent on what would follow, too
            let own = own.or_else(|| {
                follows(desk.catalogue, &question.code, &said).map(|(_, follows)| follows)
            });
            self.said.insert(question.code, own);
        }
    }
}

/// How far each assignment of a round is. For a coordinator: it says who has still to answer,
/// not what anybody said.
pub fn progress(
    desk: &mut Desk<'_>,
    organisation: &str,
    round: i64,
) -> Result<Vec<Progress>, AppError> {
    let place = last_round(desk, organisation, Some(round))?;
    let seats = counting(desk, organisation, &place)?;
    let mut by_assignment: BTreeMap<i64, Progress> = BTreeMap::new();
    for seat in seats {
        let one = by_assignment.entry(seat.assignment).or_insert_with(|| Progress {
            assignment: seat.assignment,
            asked: seat.asked.clone(),
            withdrawn: None,
            questions: 0,
            answered: 0,
            started: 0,
        });
        one.questions += seat.said.len() as u64;
        one.answered += seat.said.values().flatten().count() as u64;
        one.started += u64::from(!seat.given.is_empty());
    }
    let (actor, now) = (desk.actor.clone(), desk.now);
    let assignments: Vec<Kept<Assignment>> =
        desk.records.list(&actor, now, organisation)?;
    let gone: Vec<Kept<Withdrawal>> = desk.records.list(&actor, now, organisation)?;
    for kept in gone {
        let number = kept.entry.assignment;
        let of_round =
            assignments.iter().find(|one| one.id == number && one.entry.round == round);
        if let Some(assignment) = of_round {
            by_assignment.insert(
                number,
                Progress {
                    assignment: number,
                    asked: assignment.entry.clone(),
                    withdrawn: Some(kept.entry.successor),
                    questions: 0,
                    answered: 0,
                    started: 0,
                },
            );
        }
    }
    Ok(by_assignment.into_values().collect())
}
