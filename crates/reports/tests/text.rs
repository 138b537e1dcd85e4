//! The report for a terminal.

mod support;

use catalogue::{Catalogue, Faults};
use model::{Lang, Process};
use reports::text::{Style, pictures};
use support::{finding, map, permits, picture, tested};
use unicode_width::UnicodeWidthStr;

fn catalogue() -> Result<Catalogue, Faults> {
    catalogue::load(&catalogue::embedded())
}

const PLAIN: Style = Style { colour: false, width: 80 };

#[test]
fn the_tests_stand_in_aligned_columns() {
    let catalogue = catalogue().unwrap();
    let text = pictures(&catalogue, &[permits(&catalogue)], Lang::Nl, PLAIN)
        .replace('\u{a0}', " ");
    let expected = "\
! Gevonden (4)
          Toets                         Gevonden  Aandeel  Marge (95 %)  Beoord.
  VER-11  Document gewijzigd na         3 van 33    9,1 %    3,1–23,6 %    100 %
          ondertekening
  VER-01  Eén persoon behandelt en    31 van 390    7,9 %    5,7–11,1 %   97,3 %
          beslist over een
          vergunning
  VER-03  Beslist voordat het advies  17 van 272    6,3 %     3,9–9,8 %   94,4 %
          er was
      4 uitkomsten rusten op de volgorde van de regels in het bestand, omdat
      tijden gelijk zijn
";
    assert!(text.contains(expected), "{text}");
    for line in [
        "  Functies zijn gescheiden (B03)          ontbreekt – op papier",
        "  VER-12  Besluit boven het mandaat",
        "  4.812  tijd zonder zone, gelezen als Nederlandse tijd",
        "     391  Aanvraag ontvangen          Ontvangst bevestigd         1 uur",
        "De 8 vaakste van 28 soorten overgangen.",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
}

#[test]
fn no_line_is_wider_than_asked() {
    let catalogue = catalogue().unwrap();
    let mut long = permits(&catalogue);
    long.log.files = vec!["x".repeat(300)];
    long.log.unplaced.push(("日本語".repeat(40), 1_000_000));
    for lang in Lang::ALL {
        for (asked, least) in [(10, 80), (80, 80), (93, 93), (500, 120)] {
            let style = Style { colour: false, width: asked };
            let text = pictures(&catalogue, std::slice::from_ref(&long), lang, style);
            for line in text.lines() {
                assert!(line.width() <= least, "{} {line}", line.width());
                assert_eq!(line, line.trim_end(), "no blanks at the end");
            }
        }
    }
}

#[test]
fn colour_changes_no_word() {
    let catalogue = catalogue().unwrap();
    let all = [permits(&catalogue)];
    let plain = pictures(&catalogue, &all, Lang::Nl, PLAIN);
    let coloured = pictures(&catalogue, &all, Lang::Nl, Style { colour: true, ..PLAIN });
    assert!(!plain.contains('\u{1b}') && coloured.contains("\u{1b}["));
    let mut stripped = String::new();
    for (at, part) in coloured.split("\u{1b}[").enumerate() {
        stripped.push_str(if at == 0 { part } else { part.split_once('m').unwrap().1 });
    }
    assert_eq!(stripped, plain);
}

#[test]
fn a_name_from_a_log_cannot_steer_the_terminal() {
    const BAD: &str = "\u{1b}[2J\u{9b}31m\nnew line\r\u{202e}back";
    let catalogue = catalogue().unwrap();
    let mut test = tested(&catalogue, "VER-01", 1, 40, 40);
    test.samples = vec![finding("VER-01", BAD, &[(BAD, "", None)])];
    let drawn =
        map(&[(BAD, 9, 9, 0, "", &[]), ("b", 9, 0, 9, "", &[])], &[(0, 1, 9, 60)]);
    let mut bad = picture(Process::Permits, vec![test], drawn);
    bad.log.title = BAD.to_owned();
    bad.log.files = vec![BAD.to_owned()];
    bad.log.unplaced = vec![(BAD.to_owned(), 3)];
    bad.pedigree.snapshot = BAD.to_owned();
    bad.pedigree.content = BAD.to_owned();
    bad.pedigree.parameters = vec![BAD.to_owned()];
    let text = pictures(&catalogue, &[bad], Lang::Nl, PLAIN);
    for sign in ['\u{1b}', '\u{9b}', '\r', '\u{202e}'] {
        assert!(!text.contains(sign), "{sign:?}");
    }
}

#[test]
fn nothing_to_show_is_said() {
    let catalogue = catalogue().unwrap();
    let text = pictures(&catalogue, &[], Lang::En, PLAIN);
    assert_eq!(text, "There are no processes to show. Read a log first.\n");
    let empty = picture(Process::Information, Vec::new(), map(&[], &[]));
    let text = pictures(&catalogue, &[empty], Lang::En, PLAIN);
    assert!(text.contains("There are no tests for this process."), "{text}");
    assert!(text.contains("There is no map"), "{text}");
}
