//! The list as CSV that opens right in a Dutch Excel: UTF-8 with a mark at the beginning,
//! semicolons, a decimal comma, CRLF.

use super::{COLUMNS, Cell, Taken};
use ::csv::{QuoteStyle, Terminator, WriterBuilder};
use model::Lang;

/// The mark by which Excel knows UTF-8.
const MARK: &str = "\u{feff}";

/// The list as CSV, in the order given. The language chooses headings and words only;
/// semicolons and the decimal comma are those of the spreadsheet in which it is opened.
///
/// A text that a spreadsheet would take for a formula gets an apostrophe before it.
pub fn csv(list: &[Taken], lang: Lang) -> Vec<u8> {
    let heads = COLUMNS.map(|column| lang.pick(column.nl, column.en).to_owned());
    let rows = list.iter().map(|taken| taken.cells(lang).map(|cell| written(&cell)));
    lines([heads].into_iter().chain(rows))
}

/// A table of texts as CSV, the headings first; all rows are equally long. A text that a
/// spreadsheet would take for a formula gets an apostrophe before it.
pub fn table(rows: &[Vec<String>]) -> Vec<u8> {
    lines(
        rows.iter().map(|row| row.iter().map(|text| harmless(text)).collect::<Vec<_>>()),
    )
}

fn lines<R>(rows: impl Iterator<Item = R>) -> Vec<u8>
where
    R: IntoIterator<Item = String>,
{
    let mut writer = WriterBuilder::new()
        .delimiter(b';')
        .terminator(Terminator::CRLF)
        .quote_style(QuoteStyle::Necessary)
        .from_writer(MARK.as_bytes().to_vec());
    for row in rows {
        // all rows are equally long and a Vec takes everything, so this cannot fail
        writer.write_record(row).unwrap_or_default();
    }
    writer.into_inner().unwrap_or_default()
}

fn written(cell: &Cell<'_>) -> String {
    match cell {
        Cell::Text(text) => harmless(text),
        Cell::Whole(number) => number.to_string(),
        Cell::Tenths(tenths) => {
            let minus = if *tenths < 0 { "-" } else { "" };
            let size = tenths.unsigned_abs();
            format!("{minus}{},{}", size / 10, size % 10)
        }
        Cell::Day(date) => date.to_string(),
        Cell::Empty => String::new(),
    }
}

/// A text that no spreadsheet takes for a formula. Signs that steer are left out, lines are
/// ended in one way.
fn harmless(text: &str) -> String {
    let text: String = text
        .replace("\r\n", "\n")
        .chars()
        .map(|sign| if sign == '\r' { '\n' } else { sign })
        .filter(|sign| *sign == '\n' || !sign.is_control())
        .collect();
    // also the wide forms of these signs, which some spreadsheets treat alike
    let formula =
        |sign: char| matches!(sign, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠');
    if text.trim_start().starts_with(formula) { format!("'{text}") } else { text }
}
