//! What single people say in so many words: the file of an organisation with its
//! explanations, reasons, evidence, second thoughts and agreed answers.
//!
//! One line an answer: round, who, process, question, level (or `nvt` for *not applicable*,
//! `?` for *do not know*), then what there is of `was=` an earlier level and `@`evidence with
//! its day and last day, then the words:
//!
//! `2 dv-10 permits B03 1 was=2 @Z25-00412 2025-07-01..2026-06-30 | Bij ziekte …`
//!
//! Where `agreed` stands in the place of a person, the line is what the meeting agreed.

use crate::people::shape::Evidence;
use model::{Date, Process};

/// What one line says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// The place of the round, from 0.
    pub(super) round: usize,
    /// The reference of the respondent; `agreed` for the meeting.
    pub(super) who: &'static str,
    /// The process.
    pub(super) process: Process,
    /// The question.
    pub(super) code: &'static str,
    /// What is said.
    pub(super) said: Spoken,
    /// What the same person said first.
    pub(super) was: Option<u8>,
    /// Where it can be seen.
    pub(super) evidence: Option<Evidence>,
    /// The words; may be empty.
    pub(super) words: &'static str,
}

/// What is said, without the reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spoken {
    /// A level.
    Level(u8),
    /// It does not apply; the words say why.
    NotApplicable,
    /// Not known.
    Unknown,
}

/// Who stands in a line for the meeting.
pub(super) const MEETING: &str = "agreed";

/// All lines of a file. One that cannot be read is left out; a test sees to it that there is
/// none.
pub(super) fn read(text: &'static str) -> Vec<Line> {
    written(text).filter_map(line).collect()
}

/// The lines of a file that say something.
pub(super) fn written(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn line(text: &'static str) -> Option<Line> {
    let (head, words) = text.split_once('|').unwrap_or((text, ""));
    let mut parts = head.split_whitespace();
    let round: usize = parts.next()?.parse().ok()?;
    let (who, process) = (parts.next()?, parts.next()?.parse().ok()?);
    let (code, said) = (parts.next()?, spoken(parts.next()?)?);
    let mut line = Line {
        round: round.checked_sub(1)?,
        who,
        process,
        code,
        said,
        was: None,
        evidence: None,
        words: words.trim(),
    };
    while let Some(part) = parts.next() {
        if let Some(was) = part.strip_prefix("was=") {
            line.was = Some(was.parse().ok()?);
        } else {
            let link = part.strip_prefix('@')?.to_owned();
            let days = parts.next()?;
            let (from, to) = days.split_once("..").unwrap_or((days, ""));
            let date: Date = from.parse().ok()?;
            let valid_to = if to.is_empty() { None } else { Some(to.parse().ok()?) };
            line.evidence = Some(Evidence { link, date, valid_to });
        }
    }
    Some(line)
}

fn spoken(word: &str) -> Option<Spoken> {
    match word {
        "nvt" => Some(Spoken::NotApplicable),
        "?" => Some(Spoken::Unknown),
        level => level.parse().ok().map(Spoken::Level),
    }
}
