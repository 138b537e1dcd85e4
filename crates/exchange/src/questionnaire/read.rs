//! The workbook that comes back.

use super::{
    ANSWER, CODE, CODES, Column, EVIDENCE, EVIDENCE_FROM, EXPLANATION, FORM, Fault,
    FaultKind, Filled, MARK_END, VALID_UNTIL, Warning, mark,
};
use crate::catalogue::workbook::WorkbookError;
use ::catalogue::Catalogue;
use assessment::Answer;
use assessment::guard::{Action, find_personal};
use calamine::{Data, Range, Reader as _, Xlsx};
use model::{Date, Lang, Process};
use std::collections::BTreeMap;
use std::fmt;
use std::io::Cursor;

/// What a workbook brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brought {
    /// The profile, by code.
    pub profile: String,
    /// The process.
    pub process: Process,
    /// The language in which it was filled in.
    pub lang: Lang,
    /// The version of the catalogue with which it was made.
    pub version: String,
    /// Whether that is another version than the one at hand: texts may have changed.
    pub other_version: bool,
    /// The rows in which something was filled in, in the order of the sheet.
    pub filled: Vec<Filled>,
    /// What may stand, but should be looked at.
    pub warnings: Vec<Warning>,
}

/// Why a questionnaire brought nothing.
#[derive(Debug)]
pub enum ReadError {
    /// It is no workbook.
    Workbook(WorkbookError),
    /// All that is wrong with it; nothing is kept.
    Faults(Vec<Fault>),
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Workbook(error) => write!(f, "{error}"),
            Self::Faults(faults) => {
                let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
                f.write_str(&lines.join("\n"))
            }
        }
    }
}

impl std::error::Error for ReadError {}

/// What the hidden sheet says.
struct Head {
    profile: String,
    process: Process,
    lang: Lang,
    version: String,
    sheet: String,
    /// The texts of the answers that were offered, by code of the question.
    offered: BTreeMap<String, Vec<String>>,
}

/// The answers in a workbook. Rows in which nothing was filled in are passed over.
///
/// # Errors
/// The bytes are no workbook, or something in it is wrong; then all of it is told.
pub fn read(bytes: &[u8], catalogue: &Catalogue) -> Result<Brought, ReadError> {
    // the library that reads workbooks panics on some that are damaged
    sources::guard::quietly(|| read_book(bytes, catalogue))
        .unwrap_or(Err(ReadError::Workbook(WorkbookError::Damaged)))
}

fn read_book(bytes: &[u8], catalogue: &Catalogue) -> Result<Brought, ReadError> {
    let broken = |error| ReadError::Workbook(WorkbookError::Read(error));
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let names = book.sheet_names();
    let whole = |sheet: &str, what| {
        ReadError::Faults(vec![Fault { sheet: sheet.to_owned(), row: 0, what }])
    };
    if !names.iter().any(|name| name == CODES) {
        return Err(whole(CODES, FaultKind::NoCodes));
    }
    let codes = book.worksheet_range(CODES).map_err(broken)?;
    let head = read_head(&codes, catalogue).map_err(|what| whole(CODES, what))?;
    if !names.contains(&head.sheet) {
        return Err(whole(&head.sheet, FaultKind::NoSheet));
    }
    let rows = book.worksheet_range(&head.sheet).map_err(broken)?;
    let mut reading = Reading::default();
    reading.read(&rows, &head, catalogue);
    if !reading.faults.is_empty() {
        return Err(ReadError::Faults(reading.faults));
    }
    Ok(Brought {
        profile: head.profile,
        process: head.process,
        lang: head.lang,
        other_version: head.version != catalogue.version,
        version: head.version,
        filled: reading.filled,
        warnings: reading.warnings,
    })
}

fn read_head(codes: &Range<Data>, catalogue: &Catalogue) -> Result<Head, FaultKind> {
    let mut lines: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in codes.rows() {
        let mut cells = row.iter().map(text);
        let key = cells.next().unwrap_or_default();
        lines
            .entry(key)
            .or_insert_with(|| cells.filter(|cell| !cell.is_empty()).collect());
    }
    let mut value = |key: &'static str| {
        let cells = lines.remove(key).unwrap_or_default();
        cells.into_iter().next().ok_or(FaultKind::UnknownHead(key))
    };
    if value("form").ok().as_deref() != Some(FORM) {
        return Err(FaultKind::OtherForm);
    }
    let profile = value("profile")?;
    if !catalogue.profiles.contains_key(&profile) {
        return Err(FaultKind::UnknownHead("profile"));
    }
    let process = value("process")?.parse().ok();
    let lang = value("lang")?.parse().ok();
    Ok(Head {
        profile,
        process: process.ok_or(FaultKind::UnknownHead("process"))?,
        lang: lang.ok_or(FaultKind::UnknownHead("lang"))?,
        version: value("version")?,
        sheet: value("sheet")?,
        offered: lines,
    })
}

/// What was read so far.
#[derive(Default)]
struct Reading {
    filled: Vec<Filled>,
    warnings: Vec<Warning>,
    faults: Vec<Fault>,
}

/// The columns that are read.
struct Places {
    code: usize,
    answer: usize,
    explanation: usize,
    evidence: usize,
    evidence_from: usize,
    valid_until: usize,
}

impl Reading {
    fn fault(&mut self, head: &Head, row: u32, what: FaultKind) {
        self.faults.push(Fault { sheet: head.sheet.clone(), row, what });
    }

    fn read(&mut self, range: &Range<Data>, head: &Head, catalogue: &Catalogue) {
        // the range begins at the first cell that holds something
        let (top, _) = range.start().unwrap_or_default();
        let mut rows = range.rows();
        let titles: Vec<String> =
            rows.next().into_iter().flatten().map(|c| text(c).to_lowercase()).collect();
        let Some(places) = self.find_places(&titles, head) else { return };
        let mut seen: BTreeMap<String, u32> = BTreeMap::new();
        for (number, row) in (top.saturating_add(2)..).zip(rows) {
            if row.iter().all(|cell| text(cell).is_empty()) {
                continue;
            }
            let code = row.get(places.code).map(text).unwrap_or_default();
            let known = catalogue.controls.contains_key(&code)
                || catalogue.circumstances.contains_key(&code);
            let Some(offered) = head.offered.get(&code).filter(|_| known) else {
                let what =
                    if known { FaultKind::NotAsked } else { FaultKind::UnknownCode };
                self.fault(head, number, what);
                continue;
            };
            if let Some(first) = seen.get(&code) {
                let first = *first;
                self.fault(head, number, FaultKind::Twice { first });
                continue;
            }
            seen.insert(code.clone(), number);
            self.read_row(row, number, &places, head, (code, offered));
        }
    }

    fn find_places(&mut self, titles: &[String], head: &Head) -> Option<Places> {
        let mut find = |column: &Column| {
            let title = column.head(head.lang);
            let place = titles.iter().position(|one| one == title);
            if place.is_none() {
                self.fault(head, 0, FaultKind::NoColumn(title));
            }
            place
        };
        let all = [CODE, ANSWER, EXPLANATION, EVIDENCE, EVIDENCE_FROM, VALID_UNTIL]
            .map(|one| find(&one));
        let [code, answer, explanation, evidence, evidence_from, valid_until] = all;
        Some(Places {
            code: code?,
            answer: answer?,
            explanation: explanation?,
            evidence: evidence?,
            evidence_from: evidence_from?,
            valid_until: valid_until?,
        })
    }

    fn read_row(
        &mut self,
        row: &[Data],
        number: u32,
        places: &Places,
        head: &Head,
        (code, offered): (String, &[String]),
    ) {
        let at = |place: usize| row.get(place).unwrap_or(&Data::Empty);
        let answer = answer(&text(at(places.answer)), offered, head.lang);
        if answer.is_none() {
            self.fault(head, number, FaultKind::NotOffered);
        }
        let [evidence_from, valid_until] = [places.evidence_from, places.valid_until]
            .map(|place| {
                let day = date(at(place));
                if day.is_none() && !text(at(place)).is_empty() {
                    self.fault(head, number, FaultKind::NoDate);
                }
                day
            });
        let explanation = text(at(places.explanation));
        let evidence = text(at(places.evidence));
        self.guard(&explanation, &EXPLANATION, number, head);
        self.guard(&evidence, &EVIDENCE, number, head);
        if let Some(answer) = answer {
            let filled = Filled {
                code,
                answer,
                explanation,
                evidence,
                evidence_from,
                valid_until,
            };
            if !filled.is_empty() {
                self.filled.push(filled);
            }
        }
    }

    /// One fault or warning for each kind of thing in a text.
    fn guard(&mut self, text: &str, column: &Column, row: u32, head: &Head) {
        let mut kinds: Vec<_> =
            find_personal(text).into_iter().map(|one| one.what).collect();
        kinds.sort_unstable();
        kinds.dedup();
        let column = column.head(head.lang);
        for what in kinds {
            match what.action() {
                Action::Refuse => {
                    self.fault(head, row, FaultKind::Personal { column, what });
                }
                Action::Warn => {
                    let sheet = head.sheet.clone();
                    self.warnings.push(Warning { sheet, row, column, what });
                }
            }
        }
    }
}

/// The answer in a cell: one of the texts offered, or the mark before one.
fn answer(cell: &str, offered: &[String], lang: Lang) -> Option<Answer> {
    if cell.is_empty() {
        return Some(Answer::NotAnswered);
    }
    let known = [Answer::NotApplicable, Answer::DontKnow];
    let known = (0..=3).map(Answer::Level).chain(known);
    let mut choices = known.filter_map(|answer| {
        let mark = mark(answer, lang);
        let begin = format!("{mark}{MARK_END}");
        let text = offered.iter().find(|text| text.starts_with(&begin))?;
        Some((answer, mark, text))
    });
    let chosen = choices
        .find(|(_, mark, text)| cell.eq_ignore_ascii_case(mark) || cell == text.trim());
    chosen.map(|(answer, ..)| answer)
}

/// The date in a cell: `2026-12-31`, `31-12-2026`, or a date of the spreadsheet. `None` where
/// the cell holds something else.
pub(super) fn date(cell: &Data) -> Option<Date> {
    if let Data::DateTime(date) = cell {
        let (year, month, day, ..) = date.to_ymd_hms_milli();
        let number = |value: u8| i8::try_from(value).ok();
        let year = i16::try_from(year).ok()?;
        return Date::new(year, number(month)?, number(day)?).ok();
    }
    let text = text(cell);
    let parts: Vec<&str> = text.split(['-', '/', '.']).collect();
    let (year, month, day) = match *parts {
        [year, month, day] if year.len() == 4 => (year, month, day),
        [day, month, year] if year.len() == 4 => (year, month, day),
        _ => return None,
    };
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// A cell as text without blanks around it.
fn text(cell: &Data) -> String {
    let text = match cell {
        Data::Empty | Data::Error(_) => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => {
            text.replace("\r\n", "\n").replace('\r', "\n")
        }
        other => other.to_string(),
    };
    text.trim().to_owned()
}
