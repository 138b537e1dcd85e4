//! What one respondent says to one question. Named and anonymous answers stand in two tables:
//! in the second there is no person, no moment finer than a day, and a counter of its own.

use crate::audit::hex;
use crate::database::{Row, Value};
use crate::error::RecordsError;
use crate::fields::{Field, Fields};
use jiff::Timestamp;
use model::Date;
use sha2::{Digest, Sha256};

/// An answer. *Not answered* is the absence of one; none of the three is ever zero.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// Maturity of a control (0–3) or severity of a circumstance (0–2).
    Level(u8),
    /// The question does not apply here.
    NotApplicable {
        /// Why; never empty.
        reason: String,
    },
    /// The respondent does not know.
    Unknown,
}

impl Said {
    /// What is wrong with it, if anything is.
    pub(crate) fn fault(&self) -> Option<String> {
        match self {
            Self::Level(level) if *level > 3 => {
                Some(format!("level {level} is above 3; give 0 to 3"))
            }
            Self::NotApplicable { reason } if reason.trim().is_empty() => {
                Some("it does not apply, but no reason is given; say why".to_owned())
            }
            Self::Level(_) | Self::NotApplicable { .. } | Self::Unknown => None,
        }
    }
}

impl Field for Said {
    fn put(&self, into: &mut Row) {
        let (kind, level, reason) = match self {
            Self::Level(level) => ("level", Value::Int(i64::from(*level)), Value::Absent),
            Self::NotApplicable { reason } => {
                ("not-applicable", Value::Absent, reason.into())
            }
            Self::Unknown => ("unknown", Value::Absent, Value::Absent),
        };
        into.extend([kind.into(), level, reason]);
    }

    fn take(from: &mut Fields) -> Result<Self, RecordsError> {
        let (kind, level): (String, Option<i64>) = (from.take()?, from.take()?);
        let reason: Option<String> = from.take()?;
        let level = level.map(u8::try_from).transpose();
        match (kind.as_str(), level, reason) {
            ("level", Ok(Some(level)), None) => Ok(Self::Level(level)),
            ("not-applicable", Ok(None), Some(reason)) => {
                Ok(Self::NotApplicable { reason })
            }
            ("unknown", Ok(None), None) => Ok(Self::Unknown),
            _ => {
                Err(from.damaged(format!("kind `{kind}` with other columns than it has")))
            }
        }
    }
}

/// Where it can be seen that an answer is right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// An address or a file number.
    pub link: String,
    /// The day it is from.
    pub date: Date,
    /// The last day it says anything, where there is one.
    pub valid_to: Option<Date>,
}

impl Field for Option<Evidence> {
    fn put(&self, into: &mut Row) {
        self.as_ref().map(|evidence| evidence.link.clone()).put(into);
        self.as_ref().map(|evidence| evidence.date).put(into);
        self.as_ref().and_then(|evidence| evidence.valid_to).put(into);
    }

    fn take(from: &mut Fields) -> Result<Self, RecordsError> {
        let link: Option<String> = from.take()?;
        let (date, valid_to): (Option<Date>, Option<Date>) = (from.take()?, from.take()?);
        Ok(link.zip(date).map(|(link, date)| Evidence { link, date, valid_to }))
    }
}

/// What a respondent says to one question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The question, by its code in the catalogue.
    pub question: String,
    /// What is said.
    pub said: Said,
    /// In own words.
    pub explanation: Option<String>,
    /// Where it can be seen.
    pub evidence: Option<Evidence>,
}

impl Answer {
    pub(crate) fn check(&self) -> Result<(), RecordsError> {
        let why = self.said.fault().or_else(|| {
            let backwards = self.evidence.as_ref().is_some_and(|evidence| {
                evidence.valid_to.is_some_and(|last| last < evidence.date)
            });
            let nowhere =
                self.evidence.as_ref().is_some_and(|e| e.link.trim().is_empty());
            if self.question.is_empty() {
                Some("it names no question".to_owned())
            } else if backwards {
                Some("its evidence ends before the day it is from".to_owned())
            } else if nowhere {
                Some(
                    "its evidence names no place; give an address or a file number"
                        .to_owned(),
                )
            } else {
                None
            }
        });
        why.map_or(Ok(()), |why| Err(RecordsError::Invalid { what: "answer", why }))
    }

    pub(crate) fn put(&self, into: &mut Row) {
        self.question.put(into);
        self.said.put(into);
        self.explanation.put(into);
        self.evidence.put(into);
    }

    fn take(from: &mut Fields) -> Result<Self, RecordsError> {
        Ok(Self {
            question: from.take()?,
            said: from.take()?,
            explanation: from.take()?,
            evidence: from.take()?,
        })
    }
}

/// When an answer was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum When {
    /// A moment, UTC: a named answer.
    At(Timestamp),
    /// A day at the office: an anonymous answer.
    On(Date),
}

/// An answer as it was kept. Earlier answers to the same question stay; the one with the
/// highest number counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// Its number, counted apart for anonymous answers.
    pub id: i64,
    /// The round.
    pub round: i64,
    /// The assignment; it says who, unless it is anonymous.
    pub assignment: i64,
    /// For an anonymous answer: what its respondent's answers have in common. It is the hash
    /// of a code that nobody else has.
    pub voice: Option<String>,
    /// When.
    pub when: When,
    /// What was said.
    pub answer: Answer,
}

impl Given {
    pub(crate) fn read(
        table: &'static str,
        row: Row,
        anonymous: bool,
    ) -> Result<Self, RecordsError> {
        let mut fields = Fields::new(table, row);
        let (id, _): (i64, String) = (fields.take()?, fields.take()?);
        let (round, assignment) = (fields.take()?, fields.take()?);
        let voice = if anonymous { Some(fields.take()?) } else { None };
        let answer = Answer::take(&mut fields)?;
        let when =
            if anonymous { When::On(fields.take()?) } else { When::At(fields.take()?) };
        Ok(Self { id, round, assignment, voice, when, answer })
    }
}

/// How far a round is, in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// How many people are asked.
    pub seats: i64,
    /// How many have answered at least one question.
    pub started: i64,
    /// How many answers count: one a person and question.
    pub answers: i64,
}

/// What is kept of the code of an anonymous respondent.
pub(crate) fn voice_of(organisation: &str, assignment: i64, code: &str) -> String {
    let text = format!("dijkwacht voice\n{organisation}\n{assignment}\n{code}");
    hex(Sha256::digest(text.as_bytes()).as_slice())
}
