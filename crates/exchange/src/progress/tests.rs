use super::*;
use calamine::{Data, Reader as _, Xlsx};
use jiff::civil::date;
use std::io::Cursor;

pub(crate) fn taken() -> Vec<Taken> {
    let first = Taken {
        id: "measure-12".to_owned(),
        code: "M126".to_owned(),
        title: "Een nieuw nummer wacht een dag".to_owned(),
        process: "Betalingen; crediteuren".to_owned(),
        owner_role: "Functioneel beheerder".to_owned(),
        status: Status::Started,
        starts_on: Some(date(2026, 11, 23)),
        due_on: Some(date(2027, 1, 31)),
        recurring_months: Some(3),
        note: "Wacht op de leverancier.\r\n\"Eerst testen\", zegt financiën.".to_owned(),
        hours_once: 12,
        hours_yearly: 16,
        euros_once: 1000,
        euros_yearly: 0,
        loss_tenths: Some(1234),
    };
    let second = Taken {
        id: "measure-13".to_owned(),
        code: "M001".to_owned(),
        title: "Ω".to_owned(),
        process: String::new(),
        status: Status::Done,
        starts_on: None,
        due_on: None,
        recurring_months: None,
        note: "=HYPERLINK(\"http://example.org\";\"klik\")".to_owned(),
        loss_tenths: None,
        ..first.clone()
    };
    vec![first, second]
}

fn text(list: &[Taken], lang: Lang) -> String {
    String::from_utf8(csv(list, lang)).expect("UTF-8")
}

#[test]
fn the_list_opens_in_a_dutch_spreadsheet() {
    let text = text(&taken(), Lang::Nl);
    let lines: Vec<&str> = text.split("\r\n").collect();
    assert_eq!(
        lines[0],
        "\u{feff}code;maatregel;proces;eigenaar (functie);status;begint op;klaar op;\
         herhaalt na (maanden);uren eenmalig;uren per jaar;euro eenmalig;euro per jaar;\
         verlies zonder deze maatregel (punten);opmerking;kenmerk"
    );
    assert_eq!(
        lines[1],
        "M126;Een nieuw nummer wacht een dag;\"Betalingen; crediteuren\";\
         Functioneel beheerder;bezig;2026-11-23;2027-01-31;3;12;16;1000;0;123,4;\
         \"Wacht op de leverancier.\n\"\"Eerst testen\"\", zegt financiën.\";measure-12"
    );
    assert_eq!(lines.len(), 4, "two rows, a heading, and the end of the last line");
}

#[test]
fn another_reader_gives_back_every_row_and_column() {
    let bytes = csv(&taken(), Lang::En);
    let mut reader = ::csv::ReaderBuilder::new()
        .delimiter(b';')
        .from_reader(bytes.strip_prefix("\u{feff}".as_bytes()).expect("the mark"));
    let rows: Vec<::csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 2);
    assert_eq!(&rows[0][2], "Betalingen; crediteuren");
    assert_eq!(&rows[1][2], "all processes");
    assert_eq!(&rows[1][5], "", "no date is nothing, not a date");
}

#[test]
fn nothing_that_somebody_typed_becomes_a_formula() {
    for note in ["=1+1", "+1", "-1", "@sum(a1)", "\t=1+1", "  =1+1", "＝1", "\r=1"] {
        let list = [Taken { note: note.to_owned(), ..taken()[1].clone() }];
        let text = text(&list, Lang::Nl);
        let cell = text.lines().nth(1).and_then(|line| line.split(';').nth(13));
        let cell = cell.unwrap_or_else(|| panic!("{text}"));
        assert!(cell.trim_matches('"').starts_with('\''), "{note:?} became {cell:?}");
    }
}

fn cells(bytes: &[u8]) -> Vec<Vec<Data>> {
    let mut book = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let range = book.worksheet_range("Maatregelen").expect("the sheet");
    range.rows().map(<[Data]>::to_vec).collect()
}

#[test]
fn the_workbook_holds_text_numbers_and_dates_as_such() {
    let bytes = workbook(&taken(), Lang::Nl, date(2026, 11, 24)).expect("a workbook");
    let rows = cells(&bytes);
    assert_eq!(rows.len(), 3);
    assert_eq!(rows[1][0], Data::String("M126".to_owned()));
    assert_eq!(rows[1][8], Data::Float(12.0));
    assert_eq!(rows[1][12], Data::Float(123.4));
    match &rows[1][6] {
        Data::DateTime(day) => {
            assert_eq!(day.to_ymd_hms_milli(), (2027, 1, 31, 0, 0, 0, 0));
        }
        other => panic!("a date was expected, found {other:?}"),
    }
    let formula = "=HYPERLINK(\"http://example.org\";\"klik\")".to_owned();
    assert_eq!(rows[2][13], Data::String(formula), "text, not a formula");
}

#[test]
fn the_same_list_gives_the_same_bytes() {
    let made = || workbook(&taken(), Lang::En, date(2026, 11, 24)).expect("a workbook");
    let first = made();
    // the clock of a zip counts in steps of two seconds
    std::thread::sleep(std::time::Duration::from_millis(2100));
    assert_eq!(first, made());
}

#[test]
fn an_empty_list_is_a_sheet_with_headings() {
    assert_eq!(cells(&workbook(&[], Lang::Nl, date(2026, 1, 1)).expect("made")).len(), 1);
    assert_eq!(text(&[], Lang::Nl).lines().count(), 1);
}
