//! The workbook: a sheet with texts and one with values for each kind, made to be edited in
//! a spreadsheet and brought back. Cells are text, so that no program guesses a type.

use super::change::Brought;
use super::rows::{self, FactRow, TextRow};
use ::catalogue::Files;
use calamine::{Data, Reader as _, Xlsx};
use rust_xlsxwriter::{Format, FormatAlign, Workbook, Worksheet, XlsxError};
use std::collections::BTreeMap;
use std::fmt;
use std::io::Cursor;

/// Headings of a sheet with texts.
const TEXT_HEAD: [&str; 4] = ["folder", "key", "nl", "en"];
/// Headings of a sheet with values.
const FACT_HEAD: [&str; 3] = ["file", "key", "value"];

/// Why a workbook could not be made or read.
#[derive(Debug)]
pub enum WorkbookError {
    /// It could not be made.
    Make(XlsxError),
    /// It could not be read.
    Read(calamine::XlsxError),
    /// It is so damaged that the library that reads it gave up.
    Damaged,
}

impl fmt::Display for WorkbookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Make(error) => write!(f, "the workbook could not be made: {error}"),
            Self::Damaged => f.write_str(
                "the workbook is damaged; open it in a spreadsheet and save it again as .xlsx",
            ),
            Self::Read(error) => write!(
                f,
                "the file could not be read as a workbook (.xlsx): {error}; save it from the spreadsheet as .xlsx"
            ),
        }
    }
}

impl std::error::Error for WorkbookError {}

impl From<XlsxError> for WorkbookError {
    fn from(error: XlsxError) -> Self {
        Self::Make(error)
    }
}

/// The explanation on the first sheet, Dutch and English.
const README: [[&str; 2]; 5] = [
    ["De catalogus van Dijkwacht", "The catalogue of Dijkwacht"],
    [
        "Wijzig teksten in de kolommen nl en en, en waarden in de kolom value.",
        "Change texts in the columns nl and en, and values in the column value.",
    ],
    [
        "Laat folder, file en key staan zoals ze zijn: daaraan herkent het programma de rij.",
        "Leave folder, file and key as they are: by them the program knows the row.",
    ],
    [
        "Nieuwe onderdelen maak je niet hier maar met bestanden; zie content/README.md.",
        "New items are not made here but with files; see content/README.md.",
    ],
    [
        "Breng het werkboek terug met: dijkwacht catalogue import. Dat toont eerst wat er verandert.",
        "Bring the workbook back with: dijkwacht catalogue import. It first shows what changes.",
    ],
];

/// The workbook as bytes.
///
/// # Errors
/// A text is longer than a cell can hold (32,767 signs).
pub fn make(files: &Files) -> Result<Vec<u8>, WorkbookError> {
    let mut book = Workbook::new();
    let head = Format::new().set_bold();
    let body = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let sheet = book.add_worksheet().set_name("README")?;
    sheet.set_column_width(0, 90)?.set_column_width(1, 90)?;
    for (row, texts) in (0_u32..).zip(README) {
        for (column, text) in (0_u16..).zip(texts) {
            sheet.write_string_with_format(
                row,
                column,
                text,
                if row == 0 { &head } else { &body },
            )?;
        }
    }
    let texts = rows::texts(files);
    let facts = rows::facts(files);
    for kind in rows::kinds(files) {
        let sheet = book.add_worksheet().set_name(kind)?;
        let of_kind = texts.iter().filter(|row| rows::kind_of(&row.folder) == kind);
        let cells =
            of_kind.map(|r| [&r.folder, &r.key, &r.nl, &r.en].map(String::as_str));
        fill(sheet, &TEXT_HEAD, cells, &head, &body)?;
        sheet.set_column_width(2, 70)?.set_column_width(3, 70)?;
        let mut of_kind =
            facts.iter().filter(|row| rows::kind_of(&row.file) == kind).peekable();
        if of_kind.peek().is_some() {
            let sheet = book.add_worksheet().set_name(format!("{kind} values"))?;
            let cells = of_kind.map(|r| [&r.file, &r.key, &r.value].map(String::as_str));
            fill(sheet, &FACT_HEAD, cells, &head, &body)?;
            sheet.set_column_width(2, 60)?;
        }
    }
    Ok(book.save_to_buffer()?)
}

fn fill<'r, const N: usize>(
    sheet: &mut Worksheet,
    head: &[&str; N],
    cells: impl Iterator<Item = [&'r str; N]>,
    bold: &Format,
    wrapped: &Format,
) -> Result<(), XlsxError> {
    for (column, text) in (0_u16..).zip(head) {
        sheet.write_string_with_format(0, column, *text, bold)?;
    }
    let mut last = 0;
    for (row, texts) in (1_u32..).zip(cells) {
        for (column, text) in (0_u16..).zip(texts) {
            sheet.write_string_with_format(row, column, text, wrapped)?;
        }
        last = row;
    }
    sheet.set_column_width(0, 45)?.set_column_width(1, 28)?;
    sheet.set_freeze_panes(1, 2)?;
    sheet.autofilter(0, 0, last, u16::try_from(N).unwrap_or(1).saturating_sub(1))?;
    Ok(())
}

/// The rows of a workbook that somebody brings back. Sheets with other headings are passed
/// over and named.
///
/// # Errors
/// The bytes are no workbook.
pub fn read(bytes: &[u8]) -> Result<(Brought, Vec<String>), WorkbookError> {
    sources::guard::quietly(|| rows_of(bytes)).unwrap_or(Err(WorkbookError::Damaged))
}

fn rows_of(bytes: &[u8]) -> Result<(Brought, Vec<String>), WorkbookError> {
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(WorkbookError::Read)?;
    let mut brought = Brought::default();
    let mut passed_over = Vec::new();
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name).map_err(WorkbookError::Read)?;
        let mut rows = range.rows();
        let head: BTreeMap<String, usize> = rows
            .next()
            .into_iter()
            .flatten()
            .enumerate()
            .map(|(at, cell)| (text(cell).trim().to_lowercase(), at))
            .collect();
        let all = |names: &[&str]| names.iter().all(|name| head.contains_key(*name));
        for (number, row) in (2_u32..).zip(rows) {
            let at = |column: &str| {
                let place = head.get(column).copied().unwrap_or(usize::MAX);
                row.get(place).map(text).unwrap_or_default()
            };
            let place = format!("sheet `{name}`, row {number}");
            if row.iter().all(|cell| text(cell).trim().is_empty()) {
                continue;
            }
            if all(&TEXT_HEAD) {
                let (folder, key) = (at("folder"), at("key"));
                let row = TextRow { folder, key, nl: at("nl"), en: at("en") };
                brought.texts.push((place, row));
            } else if all(&FACT_HEAD) {
                let row =
                    FactRow { file: at("file"), key: at("key"), value: at("value") };
                brought.facts.push((place, row));
            }
        }
        if !all(&TEXT_HEAD) && !all(&FACT_HEAD) {
            passed_over.push(name);
        }
    }
    Ok((brought, passed_over))
}

/// A cell as text: a spreadsheet may have made a number or a truth value of it.
fn text(cell: &Data) -> String {
    match cell {
        Data::Empty | Data::Error(_) => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => {
            text.replace("\r\n", "\n").replace("_x000D_", "")
        }
        Data::Bool(yes) => yes.to_string(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::change::compare;
    use super::*;
    use ::catalogue::embedded;

    #[test]
    fn a_workbook_that_is_brought_back_untouched_changes_nothing() {
        let files = embedded();
        let bytes = make(&files).unwrap();
        let (brought, passed_over) = read(&bytes).unwrap();
        assert_eq!(passed_over, ["README"]);
        assert_eq!(brought.texts.len(), rows::texts(&files).len());
        assert_eq!(brought.facts.len(), rows::facts(&files).len());
        let changes = compare(&files, &brought);
        assert!(changes.differences.is_empty(), "{:#?}", changes.differences);
        assert!(changes.faults.is_empty(), "{:#?}", changes.faults);
    }

    #[test]
    fn what_is_no_workbook_is_refused_in_one_sentence() {
        let error = read(b"folder;key;nl;en").unwrap_err().to_string();
        assert!(error.contains("save it from the spreadsheet as .xlsx"), "{error}");
    }
}
