//! The list as a workbook: text as text, numbers as numbers, dates as dates.

use super::{COLUMNS, Cell, Status, Taken};
use crate::catalogue::workbook::WorkbookError;
use model::{Date, Lang};
use rust_xlsxwriter::{
    DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, Workbook,
    Worksheet, XlsxError,
};

/// The column in which the status stands.
const STATUS: u16 = 4;

/// The list as a workbook, in the order given. `made_on` is the day that the file says it was
/// made on.
///
/// # Errors
/// A text is longer than a cell can hold (32,767 signs), or a date is before 1900.
pub fn workbook(
    list: &[Taken],
    lang: Lang,
    made_on: Date,
) -> Result<Vec<u8>, WorkbookError> {
    let mut book = Workbook::new();
    book.set_properties(
        &DocProperties::new().set_creation_datetime(&excel_day(made_on)?),
    );
    let sheet = book.add_worksheet().set_name(lang.pick("Maatregelen", "Measures"))?;
    let bold = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top);
    for (at, column) in (0_u16..).zip(&COLUMNS) {
        sheet.set_column_width(at, column.width)?;
        sheet.write_string_with_format(0, at, lang.pick(column.nl, column.en), &bold)?;
    }
    let formats = Formats::new(lang);
    let mut last = 0;
    for (row, taken) in (1_u32..).zip(list) {
        for (at, cell) in (0_u16..).zip(taken.cells(lang)) {
            write(sheet, (row, at), &cell, &formats)?;
        }
        last = row;
    }
    if last > 0 {
        let words = Status::ALL.map(|(_, nl, en)| lang.pick(nl, en));
        let choice = DataValidation::new().allow_list_strings(&words)?;
        sheet.add_data_validation(1, STATUS, last, STATUS, &choice)?;
    }
    let columns = u16::try_from(COLUMNS.len()).unwrap_or(u16::MAX);
    sheet.autofilter(0, 0, last, columns.saturating_sub(1))?;
    sheet.set_freeze_panes(1, 2)?;
    sheet.set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    Ok(book.save_to_buffer()?)
}

/// How cells look.
struct Formats {
    text: Format,
    whole: Format,
    tenths: Format,
    day: Format,
}

impl Formats {
    fn new(lang: Lang) -> Self {
        let top = Format::new().set_align(FormatAlign::Top);
        Self {
            text: top.clone().set_text_wrap(),
            whole: top.clone().set_num_format("#,##0"),
            tenths: top.clone().set_num_format("#,##0.0"),
            day: top.set_num_format(lang.pick("dd-mm-yyyy", "dd/mm/yyyy")),
        }
    }
}

fn write(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell<'_>,
    formats: &Formats,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Text(text) => {
            sheet.write_string_with_format(row, column, *text, &formats.text)?;
        }
        Cell::Whole(number) => {
            sheet.write_number_with_format(
                row,
                column,
                *number as f64,
                &formats.whole,
            )?;
        }
        Cell::Tenths(tenths) => {
            let number = *tenths as f64 / 10.0;
            sheet.write_number_with_format(row, column, number, &formats.tenths)?;
        }
        Cell::Day(date) => {
            let day = excel_day(*date)?;
            sheet.write_datetime_with_format(row, column, &day, &formats.day)?;
        }
        Cell::Empty => {}
    }
    Ok(())
}

fn excel_day(date: Date) -> Result<ExcelDateTime, XlsxError> {
    let part = |number: i8| u8::try_from(number).unwrap_or(1);
    let year = u16::try_from(date.year()).unwrap_or(0);
    ExcelDateTime::from_ymd(year, part(date.month()), part(date.day()))
}
