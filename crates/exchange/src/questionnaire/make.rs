//! The workbook that goes out.

use super::{ANSWER, CODES, COLUMNS, FORM, Filled, Last, Questionnaire, sheet_name};
use crate::catalogue::workbook::WorkbookError;
use assessment::Answer;
use model::{Date, Lang};
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, Format, FormatAlign, Formula,
    ProtectionOptions, Workbook, Worksheet, XlsxError,
};
use std::collections::BTreeMap;

/// How to fill it in, on the first sheet.
const LINES: [[&str; 2]; 5] = [
    [
        "Kies bij elke vraag een antwoord uit de lijst. Weet je het niet, kies dan '?'. Dat is ook nuttig.",
        "Choose an answer from the list for each question. If you do not know, choose '?'. That is useful too.",
    ],
    [
        "Beschrijf in de uitleg hoe het proces werkt. Noem geen namen, nummers of zaken van personen.",
        "Describe in the explanation how the process works. Give no names, numbers or cases of people.",
    ],
    [
        "Verwijs bij 'toegepast' of hoger naar iets wat het laat zien, zoals een verslag of een instelling.",
        "From 'applied' on, link to something that shows it, such as a report or a setting.",
    ],
    [
        "Laat de kolom code staan: daaraan herkent het programma de vraag.",
        "Leave the column code as it is: by it the program knows the question.",
    ],
    [
        "Bewaar het bestand als .xlsx en geef het terug aan wie het stuurde.",
        "Save the file as .xlsx and give it back to whoever sent it.",
    ],
];

/// The workbook as bytes. `filled` is entered in advance, `last` stands beside the question;
/// both by code, and what is not asked is passed over.
///
/// # Errors
/// A text is longer than a cell can hold (32,767 signs).
pub fn make(
    questionnaire: &Questionnaire,
    filled: &[Filled],
    last: &BTreeMap<String, Last>,
) -> Result<Vec<u8>, WorkbookError> {
    let mut book = Workbook::new();
    let lang = questionnaire.lang;
    explain(book.add_worksheet(), questionnaire)?;
    let sheet = book.add_worksheet().set_name(sheet_name(lang))?;
    let filled: BTreeMap<&str, &Filled> =
        filled.iter().map(|one| (one.code.as_str(), one)).collect();
    ask(sheet, questionnaire, &filled, last)?;
    keep_codes(book.add_worksheet(), questionnaire)?;
    Ok(book.save_to_buffer()?)
}

fn explain(
    sheet: &mut Worksheet,
    questionnaire: &Questionnaire,
) -> Result<(), XlsxError> {
    let lang = questionnaire.lang;
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let bold = Format::new().set_bold();
    sheet.set_name(lang.pick("Uitleg", "Explanation"))?.set_column_width(0, 100)?;
    sheet.write_string_with_format(0, 0, &questionnaire.title, &bold)?;
    let lines = LINES.map(|[nl, en]| lang.pick(nl, en));
    let lines = [questionnaire.how.as_str()].into_iter().chain(lines);
    for (row, line) in (1_u32..).zip(lines) {
        sheet.write_string_with_format(row, 0, line, &wrapped)?;
    }
    Ok(())
}

fn ask(
    sheet: &mut Worksheet,
    questionnaire: &Questionnaire,
    filled: &BTreeMap<&str, &Filled>,
    last: &BTreeMap<String, Last>,
) -> Result<(), XlsxError> {
    let lang = questionnaire.lang;
    let bold = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top);
    let fixed = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    // text, so that no spreadsheet makes a number or a date of what somebody types
    let open = fixed.clone().set_unlocked().set_num_format("@");
    for (at, column) in (0_u16..).zip(COLUMNS) {
        sheet.set_column_width(at, column.width)?;
        sheet.write_string_with_format(0, at, column.head(lang), &bold)?;
    }
    for (row, asked) in (1_u32..).zip(&questionnaire.asked) {
        let text_of = |answer: Answer| {
            let choice = asked.choices.iter().find(|(one, _)| *one == answer);
            choice.map_or("", |(_, text)| text.as_str())
        };
        let one = filled.get(asked.code.as_str());
        let day = |date: Option<Date>| date.map_or_else(String::new, |d| d.to_string());
        let from = day(one.and_then(|one| one.evidence_from));
        let until = day(one.and_then(|one| one.valid_until));
        let before = last.get(&asked.code).map(|last| match last.on {
            Some(date) => format!("{} ({date})", text_of(last.answer)),
            None => text_of(last.answer).to_owned(),
        });
        let cells = [
            (asked.code.as_str(), &fixed),
            (asked.title.as_str(), &fixed),
            (asked.question.as_str(), &fixed),
            (asked.help.as_str(), &fixed),
            (one.map_or("", |one| text_of(one.answer)), &open),
            (one.map_or("", |one| one.explanation.as_str()), &open),
            (one.map_or("", |one| one.evidence.as_str()), &open),
            (from.as_str(), &open),
            (until.as_str(), &open),
            (before.as_deref().unwrap_or_default(), &fixed),
        ];
        for (column, (text, format)) in (0_u16..).zip(cells) {
            sheet.write_string_with_format(row, column, text, format)?;
        }
    }
    offer(sheet, questionnaire)?;
    sheet.set_freeze_panes(1, 3)?;
    let options = ProtectionOptions {
        format_columns: true,
        format_rows: true,
        ..ProtectionOptions::default()
    };
    // without a password: it keeps hands off by mistake, not on purpose
    sheet.protect_with_options(&options);
    Ok(())
}

/// The drop-down of each row: the answers in the same row of the hidden sheet.
fn offer(sheet: &mut Worksheet, questionnaire: &Questionnaire) -> Result<(), XlsxError> {
    let lang = questionnaire.lang;
    let place = COLUMNS.iter().position(|column| column.en == ANSWER.en);
    let column = place.and_then(|at| u16::try_from(at).ok()).unwrap_or_default();
    for (row, asked) in (1_u32..).zip(&questionnaire.asked) {
        let line = row.saturating_add(HEAD_LINES);
        let last =
            (b'B'..=b'Z').nth(asked.choices.len().saturating_sub(1)).unwrap_or(b'Z');
        let list = format!("={CODES}!$B${line}:${}${line}", char::from(last));
        let validation = DataValidation::new()
            .allow_list_formula(Formula::new(list))
            .set_error_style(DataValidationErrorStyle::Stop)
            .set_error_title(lang.pick("Kies uit de lijst", "Choose from the list"))?
            .set_error_message(lang.pick(
                "Kies een van de antwoorden. Wat je kwijt wilt, past in de uitleg.",
                "Choose one of the answers. What you want to add fits in the explanation.",
            ))?;
        sheet.add_data_validation(row, column, row, column, &validation)?;
    }
    Ok(())
}

/// How many lines of the hidden sheet stand before the first question.
const HEAD_LINES: u32 = 6;

fn keep_codes(
    sheet: &mut Worksheet,
    questionnaire: &Questionnaire,
) -> Result<(), XlsxError> {
    sheet.set_name(CODES)?.set_hidden(true);
    let lang: Lang = questionnaire.lang;
    let head: [(&str, &str); 6] = [
        ("form", FORM),
        ("profile", &questionnaire.profile),
        ("process", questionnaire.process.code()),
        ("lang", lang.code()),
        ("version", &questionnaire.version),
        ("sheet", sheet_name(lang)),
    ];
    for (row, (key, value)) in (0_u32..).zip(head) {
        sheet.write_string(row, 0, key)?.write_string(row, 1, value)?;
    }
    for (row, asked) in (HEAD_LINES..).zip(&questionnaire.asked) {
        sheet.write_string(row, 0, &asked.code)?;
        for (column, (_, text)) in (1_u16..).zip(&asked.choices) {
            sheet.write_string(row, column, text)?;
        }
    }
    Ok(())
}
