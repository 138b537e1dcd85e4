//! What goes out comes back whole, and what is wrong is told with its row.

use super::*;
use ::catalogue::{embedded, load};
use calamine::{Reader as _, Xlsx};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::LazyLock;

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| load(&embedded()).unwrap());

fn short(lang: Lang) -> Questionnaire {
    Questionnaire::of(&CATALOGUE, "P-SHORT", Process::Permits, lang).unwrap()
}

fn filled(code: &str, answer: Answer, explanation: &str) -> Filled {
    Filled {
        code: code.to_owned(),
        answer,
        explanation: explanation.to_owned(),
        evidence: String::new(),
        evidence_from: None,
        valid_until: None,
    }
}

/// The workbook with some cells of the sheet with questions written over: row and column as
/// the spreadsheet counts rows and as the columns stand.
fn typed(cells: &[(u32, &Column, &str)]) -> Vec<u8> {
    let questionnaire = short(Lang::Nl);
    let bytes = make(&questionnaire, &[], &BTreeMap::new()).unwrap();
    let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
    let mut copy = rust_xlsxwriter::Workbook::new();
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name).unwrap();
        let sheet = copy.add_worksheet().set_name(&name).unwrap();
        for (row, column, value) in range.used_cells() {
            let (row, column) =
                (u32::try_from(row).unwrap(), u16::try_from(column).unwrap());
            sheet.write_string(row, column, value.to_string()).unwrap();
        }
        for (row, column, value) in cells.iter().filter(|_| name == "Vragen") {
            let at = COLUMNS.iter().position(|one| one.en == column.en).unwrap();
            sheet.write_string(row - 1, u16::try_from(at).unwrap(), *value).unwrap();
        }
    }
    copy.save_to_buffer().unwrap()
}

fn faults(cells: &[(u32, &Column, &str)]) -> Vec<(u32, FaultKind)> {
    match read(&typed(cells), &CATALOGUE) {
        Err(ReadError::Faults(faults)) => {
            assert!(faults.iter().all(|fault| fault.sheet == "Vragen"));
            faults.into_iter().map(|fault| (fault.row, fault.what)).collect()
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_profile_asks_in_its_order_with_the_answers_of_each_question() {
    let questionnaire = short(Lang::Nl);
    assert_eq!(questionnaire.asked[0].code, "C01");
    assert_eq!(questionnaire.asked[0].choices.len(), 5);
    let four_eyes = questionnaire.asked.iter().find(|asked| asked.code == "B02").unwrap();
    assert_eq!(four_eyes.choices.len(), 6);
    let text = CATALOGUE.controls["B02"].texts.get(Lang::Nl, "maturity.checked");
    assert_eq!(four_eyes.choices[3], (Answer::Level(3), format!("3 · {text}")));
    let none = Questionnaire::of(&CATALOGUE, "P-NONE", Process::Permits, Lang::Nl);
    assert_eq!(none, None);
}

#[test]
fn every_profile_can_be_asked_of_every_process_in_both_languages() {
    for (code, profile) in &CATALOGUE.profiles {
        for process in &profile.processes {
            for lang in Lang::ALL {
                let all = Questionnaire::of(&CATALOGUE, code, *process, lang).unwrap();
                assert!(!all.asked.is_empty(), "{code} {process:?}");
            }
        }
    }
}

#[test]
fn an_empty_questionnaire_brings_nothing_and_names_its_origin() {
    let bytes = make(&short(Lang::En), &[], &BTreeMap::new()).unwrap();
    let brought = read(&bytes, &CATALOGUE).unwrap();
    assert_eq!(
        (brought.profile.as_str(), brought.process),
        ("P-SHORT", Process::Permits)
    );
    assert_eq!((brought.lang, brought.other_version), (Lang::En, false));
    assert!(brought.filled.is_empty() && brought.warnings.is_empty());
}

#[test]
fn the_last_answer_stands_beside_the_question_and_is_not_read_as_an_answer() {
    let on = Some(Date::constant(2025, 10, 1));
    let last =
        BTreeMap::from([("B02".to_owned(), Last { answer: Answer::Level(1), on })]);
    let bytes = make(&short(Lang::Nl), &[], &last).unwrap();
    assert!(read(&bytes, &CATALOGUE).unwrap().filled.is_empty());
    let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
    let range = book.worksheet_range("Vragen").unwrap();
    let cells: Vec<String> =
        range.used_cells().map(|(.., cell)| cell.to_string()).collect();
    assert!(
        cells
            .iter()
            .any(|cell| cell.starts_with("1 · ") && cell.ends_with("(2025-10-01)"))
    );
}

#[test]
fn a_mark_may_be_typed_in_the_place_of_a_text_and_a_date_in_the_dutch_order() {
    let bytes = typed(&[
        (2, &ANSWER, "2"),
        (3, &ANSWER, "N.V.T."),
        (4, &ANSWER, "?"),
        (4, &VALID_UNTIL, "31-12-2026"),
    ]);
    let brought = read(&bytes, &CATALOGUE).unwrap();
    let answers: Vec<Answer> = brought.filled.iter().map(|one| one.answer).collect();
    assert_eq!(answers, [Answer::Level(2), Answer::NotApplicable, Answer::DontKnow]);
    assert_eq!(brought.filled[2].valid_until, Some(Date::constant(2026, 12, 31)));
}

#[test]
fn all_faults_are_told_with_their_rows() {
    let told = faults(&[
        (2, &ANSWER, "best goed"),
        (3, &ANSWER, "3"),
        (4, &EXPLANATION, "Zie dossier 1234.56.782."),
        (5, &VALID_UNTIL, "volgend jaar"),
        (6, &CODE, "B99X"),
        (7, &CODE, "C01"),
        (8, &CODE, "B99"),
    ]);
    let what = assessment::guard::Personal::Bsn;
    assert_eq!(told[0], (2, FaultKind::NotOffered));
    // a circumstance has no level 3
    assert_eq!(told[1], (3, FaultKind::NotOffered));
    assert_eq!(told[2], (4, FaultKind::Personal { column: "uitleg", what }));
    assert_eq!(told[3], (5, FaultKind::NoDate));
    assert_eq!(told[4], (6, FaultKind::UnknownCode));
    assert_eq!(told[5], (7, FaultKind::Twice { first: 2 }));
    assert_eq!(told[6].0, 8);
}

#[test]
fn a_question_of_the_catalogue_that_was_not_asked_is_told_apart() {
    let asked: Vec<String> =
        short(Lang::Nl).asked.into_iter().map(|one| one.code).collect();
    let other = CATALOGUE.controls.keys().find(|code| !asked.contains(code)).unwrap();
    assert_eq!(faults(&[(2, &CODE, other.as_str())]), [(2, FaultKind::NotAsked)]);
}

#[test]
fn a_heading_that_was_changed_is_missed() {
    assert_eq!(faults(&[(1, &ANSWER, "mening")]), [(0, FaultKind::NoColumn("antwoord"))]);
}

#[test]
fn faults_and_warnings_do_not_repeat_what_was_typed() {
    let bytes = typed(&[(2, &EXPLANATION, "BSN 123456782"), (3, &ANSWER, "123456782")]);
    let Err(ReadError::Faults(faults)) = read(&bytes, &CATALOGUE) else { panic!() };
    for fault in faults {
        for lang in Lang::ALL {
            assert!(!fault.sentence(lang).contains("123456782"));
        }
    }
    let bytes =
        typed(&[(2, &EXPLANATION, "Alleen mw. Jansen kan dit."), (2, &ANSWER, "1")]);
    let brought = read(&bytes, &CATALOGUE).unwrap();
    assert_eq!(brought.filled.len(), 1);
    assert_eq!(
        brought.warnings[0].sentence(Lang::Nl),
        "blad `Vragen`, rij 2, `uitleg`: Hier lijkt een naam van een persoon te staan. Noem liever de functie."
    );
}

#[test]
fn what_is_no_questionnaire_is_refused() {
    assert!(matches!(read(b"code;antwoord", &CATALOGUE), Err(ReadError::Workbook(_))));
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet();
    let bytes = book.save_to_buffer().unwrap();
    let error = read(&bytes, &CATALOGUE).unwrap_err().to_string();
    assert!(error.contains("the hidden sheet is missing"), "{error}");
}

#[test]
fn a_date_of_the_spreadsheet_is_read() {
    let serial = calamine::ExcelDateTime::new(
        46_387.0,
        calamine::ExcelDateTimeType::DateTime,
        false,
    );
    let cell = calamine::Data::DateTime(serial);
    assert_eq!(read::date(&cell), Some(Date::constant(2026, 12, 31)));
}

/// Text as somebody may type it: no control characters but ends of lines, and no number that
/// would be refused.
fn free_text() -> impl Strategy<Value = String> {
    let plain = prop_oneof![
        "[\\PC\n]{0,60}",
        Just("=SOM(A1:A9)".to_owned()),
        Just("regel een\n\n  regel twee_x000D_ <b>&amp;</b>".to_owned()),
    ];
    plain.prop_map(|text| text.trim().to_owned()).prop_filter("refused", |text| {
        !assessment::guard::must_refuse(&assessment::guard::find_personal(text))
    })
}

fn any_filled(asked: Asked) -> impl Strategy<Value = Filled> {
    let mut answers: Vec<Answer> =
        asked.choices.iter().map(|(answer, _)| *answer).collect();
    answers.push(Answer::NotAnswered);
    let date = (1900_i16..=2100, 1_i8..=12, 1_i8..=28)
        .prop_map(|(year, month, day)| Date::new(year, month, day).unwrap());
    let dates = (prop::option::of(date.clone()), prop::option::of(date));
    let parts = (prop::sample::select(answers), free_text(), free_text(), dates);
    parts.prop_map(
        move |(answer, explanation, evidence, (evidence_from, valid_until))| {
            let code = asked.code.clone();
            Filled { code, answer, explanation, evidence, evidence_from, valid_until }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_questionnaire_that_comes_back_lost_nothing(
        (lang, all) in prop::sample::select(Lang::ALL.to_vec()).prop_flat_map(|lang| {
            let asked = short(lang).asked.into_iter();
            (Just(lang), asked.map(any_filled).collect::<Vec<_>>())
        })
    ) {
        let bytes = make(&short(lang), &all, &BTreeMap::new()).unwrap();
        let brought = read(&bytes, &CATALOGUE).unwrap();
        let expected: Vec<Filled> =
            all.into_iter().filter(|one| !one.is_empty()).collect();
        prop_assert_eq!(brought.filled, expected);
        prop_assert_eq!(brought.lang, lang);
    }
}

#[test]
fn what_is_entered_in_advance_comes_back() {
    let entered = [
        filled("C01", Answer::Level(2), ""),
        filled("B02", Answer::NotAnswered, "Nog navragen."),
    ];
    let bytes = make(&short(Lang::Nl), &entered, &BTreeMap::new()).unwrap();
    assert_eq!(read(&bytes, &CATALOGUE).unwrap().filled, entered);
}
