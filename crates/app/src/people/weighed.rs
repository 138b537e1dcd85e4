//! The picture of a round: answers that count, beside what the data show, weighed; with the
//! remarks of the consistency checks. What was computed can be kept, word for word.

use super::desk::Desk;
use super::meeting::agreed;
use super::organisations::{Standing, attractiveness, standing};
use super::rounds::{Place, Seat, counting, last_round, rounds};
use super::sheet::level_of;
use crate::AppError;
use assessment::consistency::{
    self, Agreed, Earlier, Evidence, MeasureDone, Outcome, ProcessRound, Question, Reply,
    Respondent, Size,
};
use assessment::{Answer as Level, Given as Voice, Group, Shown, Side as Kind};
use exchange::WeighingForm;
use jiff::Timestamp;
use model::{Date, Moment, Process};
use picture::freeboard::Limits;
use picture::weighing::{self, Replies};
use picture::weighings::{Head, RoundHead, WeighedProcess, Weighings};
use records::{
    Kept, Measure, MeasureState, MeasureStatus, Picture, Respondents, Said, Side,
    SizeClass, When, latest,
};
use std::collections::BTreeMap;

/// The picture of an organisation in one round.
#[derive(Clone, Debug)]
pub struct RoundPicture {
    /// How the organisation stands.
    pub standing: Standing,
    /// The round; `None` where there is none and only data speak.
    pub place: Option<Place>,
    /// The processes that are looked at, weighed.
    pub weighings: Weighings,
    /// What the consistency checks say.
    pub remarks: Vec<Outcome>,
}

/// What the data show, by process; empty where no log was read.
pub type ShownByProcess = BTreeMap<Process, Vec<Shown>>;

/// Weighs a round: the one that was named, or the last that took answers; without a round only
/// what the data show. Reads answers, so it stands in the log.
pub fn picture_of_round(
    desk: &mut Desk<'_>,
    organisation: &str,
    named: Option<i64>,
    shown: &ShownByProcess,
) -> Result<RoundPicture, AppError> {
    let limits = Limits::from(&desk.catalogue.method);
    let standing = standing(desk, organisation)?;
    let place = chosen(desk, organisation, named)?;
    let seats = match &place {
        Some(place) => counting(desk, organisation, place)?,
        None => Vec::new(),
    };
    let agreed = match &place {
        Some(place) => agreed(desk, organisation, place.id)?,
        None => BTreeMap::new(),
    };
    let least_group = standing.least_group();
    let mut processes = Vec::new();
    let none = Vec::new();
    let looked_at = looked_at(desk, (&standing, place.as_ref()), &seats, shown);
    if looked_at.is_empty() {
        return Err(AppError::Use(format!(
            "nobody was asked anything in `{organisation}` and no log was read, so there is nothing to \
             show; begin with `dijkwacht round add` or `dijkwacht read`"
        )));
    }
    for process in looked_at.iter().copied() {
        let (attractiveness, reason) = attractiveness(desk, &standing, process);
        let replies = replies(process, &seats, &agreed);
        let question = weighing::Question {
            process,
            attractiveness,
            replies: &replies,
            shown: shown.get(&process).unwrap_or(&none),
            least_group,
        };
        processes.push(WeighedProcess {
            weighing: weighing::weigh(desk.catalogue, &question, &limits),
            proposed: weighing::attractiveness(desk.catalogue, process),
            reason,
        });
    }
    let remarks = match &place {
        Some(place) => {
            let of = (&standing, place, looked_at.as_slice());
            remarks(desk, organisation, of, &seats, &agreed, shown)?
        }
        None => Vec::new(),
    };
    let head = Head {
        organisation: standing.organisation.title.clone(),
        as_of: place.as_ref().map_or_else(|| desk.today(), |place| place.round.held_on),
        round: place.as_ref().map(|place| RoundHead {
            id: place.id.to_string(),
            title: place.round.title.clone(),
            held_on: Some(place.round.held_on),
        }),
        method: desk.catalogue.method.version,
        catalogue: desk.catalogue.version.clone(),
    };
    let weighings = Weighings::of(head, processes, &limits);
    Ok(RoundPicture { standing, place, weighings, remarks })
}

/// The round that is meant. Without a name: the last one that was opened at some time.
fn chosen(
    desk: &mut Desk<'_>,
    organisation: &str,
    named: Option<i64>,
) -> Result<Option<Place>, AppError> {
    if named.is_some() {
        return last_round(desk, organisation, named).map(Some);
    }
    let all = rounds(desk, organisation)?;
    let opened =
        all.into_iter().filter(|place| place.status != records::RoundStatus::Prepared);
    Ok(opened.max_by_key(|place| (place.round.held_on, place.id)))
}

/// The processes that are looked at and of which something is known: somebody was asked about
/// them, or data speak of them. Of the others there is nothing to tell.
fn looked_at(
    desk: &Desk<'_>,
    (standing, place): (&Standing, Option<&Place>),
    seats: &[Seat],
    shown: &ShownByProcess,
) -> Vec<Process> {
    let profile =
        place.and_then(|place| desk.catalogue.profiles.get(&place.round.profile));
    let asks = |process: Process| match profile {
        Some(profile) => profile.processes.contains(&process),
        None => true,
    };
    let known = |process: Process| {
        let asked = seats.iter().any(|seat| seat.asked.process == process.code());
        asked || shown.contains_key(&process)
    };
    let all =
        Process::ALL.into_iter().filter(|process| asks(*process) && known(*process));
    standing.processes(all)
}

/// What people said of a process, by question.
fn replies(
    process: Process,
    seats: &[Seat],
    agreed: &BTreeMap<(String, String), (Said, String)>,
) -> BTreeMap<String, Replies> {
    let mut all: BTreeMap<String, Replies> = BTreeMap::new();
    for seat in seats.iter().filter(|seat| seat.asked.process == process.code()) {
        for (code, said) in &seat.said {
            let answer = said.as_ref().map_or(Level::NotAnswered, level_of);
            let voice = Voice { answer, group: group(seat.asked.side) };
            all.entry(code.clone()).or_default().given.push(voice);
        }
    }
    for ((of, code), (said, _)) in agreed {
        if of == process.code() {
            all.entry(code.clone()).or_default().agreed = Some(level_of(said));
        }
    }
    all
}

const fn group(side: Side) -> Group {
    match side {
        Side::Management => Group::Management,
        Side::WorkFloor => Group::Floor,
        Side::Other => Group::Other,
    }
}

/// What the consistency checks say of a round.
fn remarks(
    desk: &mut Desk<'_>,
    organisation: &str,
    (standing, place, looked_at): (&Standing, &Place, &[Process]),
    seats: &[Seat],
    agreed: &BTreeMap<(String, String), (Said, String)>,
    shown: &ShownByProcess,
) -> Result<Vec<Outcome>, AppError> {
    let earlier = earlier(desk, organisation, place, standing.least_group())?;
    let done = done(desk, organisation)?;
    let mut processes = Vec::new();
    let none = Vec::new();
    for process in looked_at.iter().copied() {
        let here: Vec<&Seat> =
            seats.iter().filter(|seat| seat.asked.process == process.code()).collect();
        let shown = shown.get(&process).unwrap_or(&none);
        let questions =
            super::asked::asked(desk.catalogue, &place.round.profile, process)
                .into_iter()
                .map(|question| {
                    let code = question.code;
                    let key = (process.code().to_owned(), code.clone());
                    Question {
                        side: question.side,
                        key: desk
                            .catalogue
                            .controls
                            .get(&code)
                            .is_some_and(|item| item.key),
                        replies: here
                            .iter()
                            .filter_map(|seat| reply(seat, &code))
                            .collect(),
                        agreed: agreed.get(&key).map(|(said, reason)| Agreed {
                            answer: level_of(said),
                            reason: reason.clone(),
                        }),
                        shown: shown_of(shown, question.side, &code),
                        earlier: earlier.get(&key).copied(),
                        indicator: None,
                        measures: done_in(&done, process, &code),
                        code,
                    }
                })
                .collect();
        processes.push(ProcessRound {
            process,
            functions: desk
                .catalogue
                .processes
                .get(&process)
                .map_or_else(Vec::new, |item| item.functions.clone()),
            respondents: here.iter().map(|seat| respondent(desk, seat)).collect(),
            questions,
        });
    }
    Ok(consistency::check(&consistency::Round {
        as_of: desk.today(),
        held_on: Some(place.round.held_on),
        size: standing.organisation.size_class.map(size),
        least_group: standing.least_group(),
        four_eyes: desk
            .catalogue
            .controls
            .values()
            .find(|control| control.name == "four-eyes")
            .map(|control| control.code.clone()),
        processes,
    }))
}

/// How large an organisation is, as the checks and regional figures count it.
pub const fn size(class: SizeClass) -> Size {
    match class {
        SizeClass::UpTo20000 => Size::Small,
        SizeClass::From20000 | SizeClass::From50000 => Size::Middle,
        SizeClass::Over100000 => Size::Large,
    }
}

/// A name that means nothing outside the round.
fn name_of(seat: &Seat) -> String {
    match &seat.asked.respondents {
        Respondents::Named(name) => name.clone(),
        Respondents::Anonymous { .. } => format!("{}/{}", seat.assignment, seat.number),
    }
}

/// A part counts as a function where the catalogue knows it, of whatever process; other words
/// say nothing of where somebody works.
fn respondent(desk: &Desk<'_>, seat: &Seat) -> Respondent {
    let known = desk
        .catalogue
        .processes
        .values()
        .any(|item| item.functions.contains(&seat.asked.part));
    Respondent {
        id: name_of(seat),
        group: group(seat.asked.side),
        function: known.then(|| seat.asked.part.clone()),
    }
}

fn reply(seat: &Seat, code: &str) -> Option<Reply> {
    let said = seat.said.get(code)?;
    let given = seat.given.get(code);
    let answer = given.map(|given| &given.answer);
    Some(Reply {
        by: name_of(seat),
        answer: said.as_ref().map_or(Level::NotAnswered, level_of),
        explanation: match said {
            Some(Said::NotApplicable { reason }) => reason.clone(),
            Some(Said::Level(_) | Said::Unknown) | None => {
                answer.and_then(|answer| answer.explanation.clone()).unwrap_or_default()
            }
        },
        evidence: answer.and_then(|answer| answer.evidence.as_ref()).map(|evidence| {
            Evidence { link: evidence.link.clone(), valid_until: evidence.valid_to }
        }),
        at: given.and_then(|given| match given.when {
            When::At(moment) => Some(Moment::at(moment.as_microsecond())),
            When::On(_) => None,
        }),
    })
}

fn shown_of(shown: &[Shown], side: Kind, code: &str) -> Option<(u8, u8)> {
    use catalogue::EvidenceFor::{Circumstance, Control};
    let of = match side {
        Kind::Control => Control(code.to_owned()),
        Kind::Circumstance => Circumstance(code.to_owned()),
    };
    shown.iter().find(|one| one.of == of)?.range.ok()
}

/// What was said in the round before this one.
fn earlier(
    desk: &mut Desk<'_>,
    organisation: &str,
    place: &Place,
    least_group: u32,
) -> Result<BTreeMap<(String, String), Earlier>, AppError> {
    let before = rounds(desk, organisation)?
        .into_iter()
        .filter(|one| one.round.held_on < place.round.held_on)
        .filter(|one| one.status != records::RoundStatus::Prepared)
        .max_by_key(|one| (one.round.held_on, one.id));
    let Some(before) = before else { return Ok(BTreeMap::new()) };
    let seats = counting(desk, organisation, &before)?;
    let agreed = agreed(desk, organisation, before.id)?;
    let mut all = BTreeMap::new();
    for process in Process::ALL {
        let questions =
            super::asked::asked(desk.catalogue, &before.round.profile, process);
        let replies = replies(process, &seats, &agreed);
        for question in questions {
            let Some(of) = replies.get(&question.code) else { continue };
            let said =
                assessment::combine(question.side, &of.given, of.agreed, least_group);
            let key = (process.code().to_owned(), question.code);
            all.insert(key, Earlier { said: said.answer, shown: None });
        }
    }
    Ok(all)
}

/// Measures that are done, each with the process it was for, by the control they lift.
type DoneMeasures = BTreeMap<String, Vec<(Option<Process>, MeasureDone)>>;

/// What was done for a control in a process: for this one, or for all of them.
fn done_in(done: &DoneMeasures, process: Process, code: &str) -> Vec<MeasureDone> {
    let all = done.get(code).into_iter().flatten();
    all.filter(|(of, _)| of.is_none_or(|of| of == process))
        .map(|(_, measure)| measure.clone())
        .collect()
}

fn done(desk: &mut Desk<'_>, organisation: &str) -> Result<DoneMeasures, AppError> {
    let (actor, now) = (desk.actor.clone(), desk.now);
    let measures: Vec<Kept<Measure>> = desk.records.list(&actor, now, organisation)?;
    let states: Vec<Kept<MeasureState>> = desk.records.list(&actor, now, organisation)?;
    let newest = latest(states, |state| state.measure);
    let mut all = DoneMeasures::new();
    for kept in measures {
        let Some(state) = newest.get(&kept.id) else { continue };
        if state.entry.status != MeasureStatus::Done {
            continue;
        }
        let on = state.entry.due_on.unwrap_or_else(|| {
            model::time::local(state.recorded_at.as_microsecond()).date()
        });
        let Some(item) = desk.catalogue.measures.get(&kept.entry.code) else { continue };
        for raise in &item.raises {
            let one = MeasureDone { code: kept.entry.code.clone(), on, to: raise.to };
            let of = kept.entry.process.as_ref().and_then(|code| code.parse().ok());
            all.entry(raise.control.clone()).or_default().push((of, one));
        }
    }
    Ok(all)
}

/// Keeps a picture as it was computed, word for word.
pub fn keep_picture(
    desk: &mut Desk<'_>,
    organisation: &str,
    picture: &RoundPicture,
) -> Result<i64, AppError> {
    let limits = Limits::from(&desk.catalogue.method);
    let form = WeighingForm::of(&picture.weighings, &limits);
    let body = serde_json::to_string(&form).map_err(|error| {
        AppError::data(format!("the picture cannot be written ({error})"))
    })?;
    let entry = Picture {
        round: picture.place.as_ref().map(|place| place.id),
        process: None,
        form: KEPT_FORM.to_owned(),
        form_version: KEPT_VERSION,
        body,
    };
    desk.keep(organisation, &entry)
}

/// The name and version of the form in which a picture is kept.
const KEPT_FORM: &str = "dijkwacht/weighing";
const KEPT_VERSION: i64 = 1;

/// A picture that was kept.
#[derive(Clone, Debug)]
pub struct KeptPicture {
    /// Its number.
    pub id: i64,
    /// The round it rests on.
    pub round: Option<i64>,
    /// When it was kept, UTC.
    pub recorded_at: Timestamp,
    /// The processes, weighed.
    pub weighings: Weighings,
}

/// The picture that was kept last of a round, or of the round before a day.
pub fn kept_before(
    desk: &mut Desk<'_>,
    organisation: &str,
    day: Date,
) -> Result<Option<KeptPicture>, AppError> {
    let all = kept_pictures(desk, organisation)?;
    let earlier = all.into_iter().filter(|kept| kept.weighings.head.as_of < day);
    Ok(earlier.max_by_key(|kept| (kept.weighings.head.as_of, kept.id)))
}

/// The picture that was kept last, with that of the day before it where there is one; `None`
/// where none was kept.
pub type LastPicture = Option<(KeptPicture, Option<KeptPicture>)>;

/// The number of the picture that was kept last; `None` where none was kept.
pub(crate) fn newest_picture(
    desk: &mut Desk<'_>,
    organisation: &str,
) -> Result<Option<i64>, AppError> {
    let (actor, now) = (desk.actor.clone(), desk.now);
    Ok(desk.records.newest::<Picture>(&actor, now, organisation)?)
}

/// The picture that was kept last, with that of the day before it.
pub fn last_picture(
    desk: &mut Desk<'_>,
    organisation: &str,
) -> Result<LastPicture, AppError> {
    let mut all = kept_pictures(desk, organisation)?;
    all.sort_by_key(|kept| (kept.weighings.head.as_of, kept.id));
    let Some(last) = all.pop() else { return Ok(None) };
    let day = last.weighings.head.as_of;
    let before = all.into_iter().rev().find(|kept| kept.weighings.head.as_of < day);
    Ok(Some((last, before)))
}

/// The pictures that were kept, oldest first. One in a form that this program does not read is
/// an error: it must not pass for absent.
pub fn kept_pictures(
    desk: &mut Desk<'_>,
    organisation: &str,
) -> Result<Vec<KeptPicture>, AppError> {
    let (actor, now) = (desk.actor.clone(), desk.now);
    let all: Vec<Kept<Picture>> = desk.records.list(&actor, now, organisation)?;
    let mut read = Vec::new();
    for kept in all {
        if kept.entry.form != KEPT_FORM || kept.entry.form_version != KEPT_VERSION {
            return Err(AppError::data(format!(
                "picture {} of `{organisation}` has the form `{}/{}`, which this program does not read",
                kept.id, kept.entry.form, kept.entry.form_version
            )));
        }
        let weighings =
            exchange::weighing::read(&kept.entry.body).map_err(AppError::Data)?;
        read.push(KeptPicture {
            id: kept.id,
            round: kept.entry.round,
            recorded_at: kept.recorded_at,
            weighings,
        });
    }
    Ok(read)
}
