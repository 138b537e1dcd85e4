//! The questions of one respondent, with what they said now and the time before.

use super::asked::{asked, follows};
use super::desk::Desk;
use super::rounds::{Place, rounds};
use crate::AppError;
use assessment::{Answer as Level, Side};
use exchange::questionnaire::{self, Filled, Last, Questionnaire};
use model::{Date, Lang, Process};
use records::{Answer, Assignment, Given, Kept, Linked, Said};
use std::collections::BTreeMap;

/// What one respondent is asked in one round about one process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// The assignment.
    pub assignment: i64,
    /// Whether nobody may know who answers.
    pub anonymous: bool,
    /// The round.
    pub place: Place,
    /// The process.
    pub process: Process,
    /// The function or group that is asked.
    pub part: String,
    /// In the order in which it is asked.
    pub lines: Vec<Line>,
}

/// One question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The texts and the answers to choose from.
    pub question: questionnaire::Asked,
    /// Control or circumstance.
    pub side: Side,
    /// What this respondent said.
    pub own: Option<Answer>,
    /// What follows from another answer of theirs, and from which; then it need not be asked.
    pub follows: Option<(String, Said)>,
    /// What they, or whoever handed over to them, said before, and of which day that is.
    pub before: Option<(Answer, Date)>,
}

impl Sheet {
    /// How many questions have an answer or need none.
    pub fn answered(&self) -> usize {
        self.lines
            .iter()
            .filter(|line| line.own.is_some() || line.follows.is_some())
            .count()
    }
}

/// All sheets of this person in an organisation: of rounds that were not settled, oldest first.
pub fn own_sheets(
    desk: &mut Desk<'_>,
    organisation: &str,
    lang: Lang,
) -> Result<Vec<Sheet>, AppError> {
    own_sheets_of(desk, organisation, None, lang)
}

/// The sheets of this person, or only that of one assignment.
fn own_sheets_of(
    desk: &mut Desk<'_>,
    organisation: &str,
    only: Option<i64>,
    lang: Lang,
) -> Result<Vec<Sheet>, AppError> {
    let (actor, now) = (desk.actor.clone(), desk.now);
    let mut own: Vec<Kept<Assignment>> =
        desk.records.own_assignments(&actor, now, organisation)?;
    own.retain(|kept| only.is_none_or(|only| kept.id == only));
    // who is asked nothing may have no role that lets them ask for answers of their own
    if own.is_empty() {
        return Ok(Vec::new());
    }
    let given = desk.records.own_answers(&actor, now, organisation)?;
    let places = rounds(desk, organisation)?;
    own.iter()
        .filter_map(|kept| {
            let place = places.iter().find(|place| place.id == kept.entry.round)?;
            Some((kept, place))
        })
        .map(|(kept, place)| filled_sheet(desk, (kept, place), &given, &places, lang))
        .collect()
}

/// One sheet of this person.
pub fn sheet(
    desk: &mut Desk<'_>,
    organisation: &str,
    assignment: i64,
    lang: Lang,
) -> Result<Sheet, AppError> {
    let all = own_sheets_of(desk, organisation, Some(assignment), lang)?;
    all.into_iter().find(|sheet| sheet.assignment == assignment).ok_or_else(|| {
        AppError::Absent(format!(
            "`{}` has no assignment {assignment} in `{organisation}`",
            desk.actor.name
        ))
    })
}

/// The sheet behind a link. `code` is what an anonymous respondent got when they began; without
/// it the sheet is empty.
pub fn sheet_by_link(
    desk: &mut Desk<'_>,
    linked: &Linked,
    code: Option<&str>,
    lang: Lang,
) -> Result<Sheet, AppError> {
    let (actor, now) = (desk.actor.clone(), desk.now);
    let given = if actor.name.is_empty() {
        match code {
            Some(code) => desk.records.own_anonymous_answers(
                &actor,
                now,
                &linked.organisation,
                (linked.assignment.id, code),
            )?,
            None => Vec::new(),
        }
    } else {
        desk.records.own_answers(&actor, now, &linked.organisation)?
    };
    let places = rounds(desk, &linked.organisation)?;
    let place = places.iter().find(|place| place.id == linked.assignment.entry.round);
    let place = place.ok_or_else(|| AppError::Absent("its round is gone".to_owned()))?;
    filled_sheet(desk, (&linked.assignment, place), &given, &places, lang)
}

fn filled_sheet(
    desk: &Desk<'_>,
    (kept, place): (&Kept<Assignment>, &Place),
    given: &[Given],
    places: &[Place],
    lang: Lang,
) -> Result<Sheet, AppError> {
    let process: Process =
        kept.entry.process.parse().map_err(|error| AppError::data(format!("{error}")))?;
    let texts = Questionnaire::of(desk.catalogue, &place.round.profile, process, lang);
    let texts = texts.map_or_else(Vec::new, |questionnaire| questionnaire.asked);
    let own: BTreeMap<&str, &Answer> = given
        .iter()
        .filter(|one| one.assignment == kept.id)
        .map(|one| (one.answer.question.as_str(), &one.answer))
        .collect();
    let said: BTreeMap<String, Said> =
        own.iter().map(|(code, one)| ((*code).to_owned(), one.said.clone())).collect();
    let mut texts: BTreeMap<String, questionnaire::Asked> =
        texts.into_iter().map(|one| (one.code.clone(), one)).collect();
    let all = asked(desk.catalogue, &place.round.profile, process);
    let lines = all.into_iter().filter_map(|one| {
        let (question, side) = (texts.remove(&one.code)?, one.side);
        let answer = own.get(question.code.as_str()).map(|answer| (*answer).clone());
        Some(Line {
            follows: match answer {
                Some(_) => None,
                None => follows(desk.catalogue, &question.code, &said),
            },
            before: before(given, kept, places, &question.code),
            own: answer,
            side,
            question,
        })
    });
    Ok(Sheet {
        assignment: kept.id,
        anonymous: matches!(
            kept.entry.respondents,
            records::Respondents::Anonymous { .. }
        ),
        place: place.clone(),
        process,
        part: kept.entry.part.clone(),
        lines: lines.collect(),
    })
}

/// The last answer under another assignment: of an earlier round, or of whoever handed over.
fn before(
    given: &[Given],
    kept: &Kept<Assignment>,
    places: &[Place],
    question: &str,
) -> Option<(Answer, Date)> {
    let held = |round: i64| {
        places.iter().find(|place| place.id == round).map(|place| place.round.held_on)
    };
    let own = held(kept.entry.round)?;
    given
        .iter()
        .filter(|one| one.assignment != kept.id && one.answer.question == question)
        .filter_map(|one| Some((held(one.round)?, one)))
        .filter(|(day, _)| *day <= own)
        .max_by_key(|(day, one)| (*day, one.id))
        .map(|(day, one)| (one.answer.clone(), day))
}

/// The sheet as a workbook to fill in without the program; what was said already is entered.
pub fn questionnaire(
    desk: &Desk<'_>,
    sheet: &Sheet,
    lang: Lang,
) -> Result<Vec<u8>, AppError> {
    let form = Questionnaire::of(
        desk.catalogue,
        &sheet.place.round.profile,
        sheet.process,
        lang,
    );
    let form = form.ok_or_else(|| {
        AppError::data(format!(
            "profile `{}` is not in this catalogue any more",
            sheet.place.round.profile
        ))
    })?;
    let filled: Vec<Filled> = sheet
        .lines
        .iter()
        .filter_map(|line| line.own.as_ref())
        .map(|answer| Filled {
            code: answer.question.clone(),
            answer: level_of(&answer.said),
            explanation: match &answer.said {
                Said::NotApplicable { reason } => reason.clone(),
                Said::Level(_) | Said::Unknown => {
                    answer.explanation.clone().unwrap_or_default()
                }
            },
            evidence: answer
                .evidence
                .as_ref()
                .map_or_else(String::new, |e| e.link.clone()),
            evidence_from: answer.evidence.as_ref().map(|evidence| evidence.date),
            valid_until: answer.evidence.as_ref().and_then(|evidence| evidence.valid_to),
        })
        .collect();
    let last: BTreeMap<String, Last> = sheet
        .lines
        .iter()
        .filter_map(|line| {
            let (answer, on) = line.before.as_ref()?;
            let last = Last { answer: level_of(&answer.said), on: Some(*on) };
            Some((line.question.code.clone(), last))
        })
        .collect();
    questionnaire::make(&form, &filled, &last)
        .map_err(|error| AppError::data(error.to_string()))
}

/// An answer without its words.
pub(crate) const fn level_of(said: &Said) -> Level {
    match said {
        Said::Level(level) => Level::Level(*level),
        Said::NotApplicable { .. } => Level::NotApplicable,
        Said::Unknown => Level::DontKnow,
    }
}
