//! Answers come in: one by one, by a link, or as a workbook. All are checked the same way.

use super::asked::asked;
use super::desk::Desk;
use super::rounds::secret;
use super::sheet::Sheet;
use crate::AppError;
use assessment::guard::{Personal, find_personal, must_refuse};
use assessment::{Answer as Level, Side};
use catalogue::fault::nearest;
use exchange::questionnaire::{self, Filled};
use records::{Answer, Evidence, Linked, Said};

/// Something in a text that may point at a person; it was kept, but should be looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuardWarning {
    /// The question.
    pub question: String,
    /// What it looks like.
    pub what: Personal,
}

/// What was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// The numbers of the answers.
    pub ids: Vec<i64>,
    /// What should be looked at.
    pub warnings: Vec<GuardWarning>,
    /// For somebody without a name who answers for the first time: the code with which they
    /// find their answers back. It is kept nowhere.
    pub code: Option<String>,
}

/// Keeps answers of a person, all or none.
pub fn answer(
    desk: &mut Desk<'_>,
    organisation: &str,
    sheet: &Sheet,
    answers: &[Answer],
) -> Result<Accepted, AppError> {
    let warnings = check(desk, sheet, answers)?;
    let ids = desk.records.answer(
        &desk.actor,
        desk.now,
        organisation,
        sheet.assignment,
        answers,
    )?;
    Ok(Accepted { ids, warnings, code: None })
}

/// Keeps answers of whoever came with a link. An anonymous respondent who gives no code gets
/// one.
pub fn answer_by_link(
    desk: &mut Desk<'_>,
    linked: &Linked,
    code: Option<&str>,
    sheet: &Sheet,
    answers: &[Answer],
) -> Result<Accepted, AppError> {
    if !sheet.anonymous {
        return answer(desk, &linked.organisation, sheet, answers);
    }
    let warnings = check(desk, sheet, answers)?;
    let fresh = match code {
        Some(_) => None,
        None => Some(secret()?),
    };
    let code = code.or(fresh.as_deref()).unwrap_or_default().to_owned();
    let ids = desk.records.answer_anonymously(
        &desk.actor,
        desk.now,
        &linked.organisation,
        (sheet.assignment, &code),
        answers,
    )?;
    Ok(Accepted { ids, warnings, code: fresh })
}

/// The answers in a workbook that was filled in; to be kept with [`answer`]. All faults are
/// told, and then none of it counts.
pub fn import_answers(
    desk: &Desk<'_>,
    sheet: &Sheet,
    workbook: &[u8],
) -> Result<Vec<Answer>, AppError> {
    let brought = questionnaire::read(workbook, desk.catalogue).map_err(|error| {
        AppError::Data(error.to_string().lines().map(str::to_owned).collect())
    })?;
    if brought.process != sheet.process || brought.profile != sheet.place.round.profile {
        return Err(AppError::data(format!(
            "this workbook asks about `{}` with profile `{}`; assignment {} asks about `{}` with \
             profile `{}`",
            brought.process,
            brought.profile,
            sheet.assignment,
            sheet.process,
            sheet.place.round.profile
        )));
    }
    let (mut answers, mut faults) = (Vec::new(), Vec::new());
    for filled in &brought.filled {
        match answer_of(filled) {
            Ok(answer) => answers.push(answer),
            Err(fault) => faults.push(fault),
        }
    }
    if faults.is_empty() { Ok(answers) } else { Err(AppError::Data(faults)) }
}

fn answer_of(filled: &Filled) -> Result<Answer, String> {
    let code = &filled.code;
    let words = Some(filled.explanation.clone()).filter(|text| !text.is_empty());
    let (said, explanation) = match filled.answer {
        Level::Level(level) => (Said::Level(level), words),
        Level::DontKnow => (Said::Unknown, words),
        Level::NotApplicable => {
            let reason = words.ok_or_else(|| {
                format!(
                    "`{code}`: it does not apply, but the explanation is empty; say why"
                )
            })?;
            (Said::NotApplicable { reason }, None)
        }
        Level::NotAnswered => {
            return Err(format!(
                "`{code}`: there is an explanation or evidence, but no answer; choose one, or `?`"
            ));
        }
    };
    let evidence = match (filled.evidence.is_empty(), filled.evidence_from) {
        (true, _) => None,
        (false, Some(date)) => Some(Evidence {
            link: filled.evidence.clone(),
            date,
            valid_to: filled.valid_until,
        }),
        (false, None) => {
            return Err(format!(
                "`{code}`: the evidence has no date; write of which day it is, as yyyy-mm-dd"
            ));
        }
    };
    Ok(Answer { question: code.clone(), said, explanation, evidence })
}

/// Checks answers against what is asked, and their texts for what points at people.
fn check(
    desk: &Desk<'_>,
    sheet: &Sheet,
    answers: &[Answer],
) -> Result<Vec<GuardWarning>, AppError> {
    let all = asked(desk.catalogue, &sheet.place.round.profile, sheet.process);
    let mut faults = Vec::new();
    let mut texts = Vec::new();
    for answer in answers {
        let code = &answer.question;
        let found = all.iter().find(|one| one.code == *code).ok_or_else(|| {
            let hint = nearest(code, all.iter().map(|one| one.code.as_str()));
            AppError::unknown("this round does not ask", code, &hint)
        });
        let checked =
            found.and_then(|question| check_level(code, question.side, &answer.said));
        faults.extend(checked.err().map(|error| error.to_string()));
        let reason = match &answer.said {
            Said::NotApplicable { reason } => Some(reason),
            Said::Level(_) | Said::Unknown => None,
        };
        let link = answer.evidence.as_ref().map(|evidence| &evidence.link);
        for text in [reason, answer.explanation.as_ref(), link].into_iter().flatten() {
            texts.push((code.as_str(), text.as_str()));
        }
    }
    if !faults.is_empty() {
        return Err(AppError::Data(faults));
    }
    refuse_personal(&texts)
}

/// A level that the question has.
pub(crate) fn check_level(code: &str, side: Side, said: &Said) -> Result<(), AppError> {
    match said {
        Said::Level(level) if *level > side.most() => Err(AppError::Use(format!(
            "`{code}`: level {level} is not there; give 0 to {}",
            side.most()
        ))),
        Said::Level(_) | Said::NotApplicable { .. } | Said::Unknown => Ok(()),
    }
}

/// Refuses texts that hold a citizen service number, and gives warnings for the rest. No
/// sentence repeats what was written.
pub(crate) fn refuse_personal(
    texts: &[(impl AsRef<str>, impl AsRef<str>)],
) -> Result<Vec<GuardWarning>, AppError> {
    let (mut faults, mut warnings) = (Vec::new(), Vec::new());
    for (question, text) in texts {
        let sightings = find_personal(text.as_ref());
        if must_refuse(&sightings) {
            faults.push(format!(
                "`{}`: the text holds what looks like a citizen service number; leave it out",
                question.as_ref()
            ));
        }
        warnings.extend(sightings.iter().map(|sighting| GuardWarning {
            question: question.as_ref().to_owned(),
            what: sighting.what,
        }));
    }
    if faults.is_empty() { Ok(warnings) } else { Err(AppError::Data(faults)) }
}
