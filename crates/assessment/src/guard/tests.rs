//! What the guard sees and passes over, in sentences as people write them.

use super::*;
use proptest::prelude::*;

/// Each sighting as its kind and the text at its place.
fn seen(text: &str) -> Vec<(&'static str, &str)> {
    let sightings = find_personal(text);
    sightings
        .into_iter()
        .map(|one| (one.what.code(), text.get(one.range).unwrap()))
        .collect()
}

#[test]
fn a_citizen_service_number_is_seen_however_it_is_written() {
    for (text, number) in [
        ("De aanvraag van 123456782 bleef liggen.", "123456782"),
        ("BSN:123456782", "123456782"),
        ("bsn123456782 stond in de map", "123456782"),
        ("Zie 1234.56.782.", "1234.56.782"),
        ("Zie 1234 56 782, daarna niets.", "1234 56 782"),
        ("Zie 123-456-782", "123-456-782"),
        ("Zie 123.456.782 in het dossier", "123.456.782"),
        ("kamer 12 123456782", "123456782"),
        ("1 2 3 4 5 6 7 8 2", "1 2 3 4 5 6 7 8 2"),
        ("met vaste spaties 123\u{a0}456\u{a0}782", "123\u{a0}456\u{a0}782"),
        ("een met nullen vooraan: 010464554", "010464554"),
    ] {
        assert_eq!(seen(text), [("bsn", number)], "{text}");
        assert!(must_refuse(&find_personal(text)), "{text}");
    }
}

#[test]
fn amounts_dates_and_case_numbers_are_no_alarm() {
    for text in [
        "We betaalden € 123.456.782 aan de aannemer.",
        "Het gaat om 123.456.782,50 in totaal.",
        "Een begroting van 123.456.782 euro.",
        "De boekwaarde is 1.123.456.782 en daalt.",
        "Een factuur van € 1.250,00 en een van EUR 48.999,99.",
        "Op 06-11-2025 12:30 besloot het college, op 01-02-2025 10:15 de raad.",
        "Tussen 1-1-2025 en 31-12-2025 waren er 412 zaken.",
        "Vastgesteld op 25.11.2026, gepubliceerd op 2026-11-25.",
        "Van 1-mrt-25 tot 1-mei-25 en op 12-okt-2025.",
        "Zaak Z2024-12345 en Z-2024-00123 zijn afgerond.",
        "Zie 2024-12345, 2024.12345 en 12345-2024.",
        "Zaaknummer VTH/24/123456 of INK-2025-0042.",
        "Kenmerk D-2025-11-000123, KvK 12345678.",
        "Een bestelling met nummer 4500012345.",
        "Postcode 1234 AB, huisnummer 12, kamer 3.14.",
        "Bel 112 of 0800-1234 of 14 020.",
        "Artikel 4:84 Awb en artikel 2.12 Wabo, eerste lid, onder a.",
        "Van de 412 besluiten nam in 31 zaken één persoon alle stappen (7,5 %).",
        "B02 staat op 2 en C01 op 1; zie REI-03.",
        "000000000",
    ] {
        assert_eq!(seen(text), [], "{text}");
    }
}

#[test]
fn account_numbers_with_a_wrong_control_digit_are_none() {
    assert_eq!(
        seen("Storten op NL91 ABNA 0417 1643 00 graag."),
        [("iban", "NL91 ABNA 0417 1643 00")]
    );
    assert_eq!(seen("nl91abna0417164300"), [("iban", "nl91abna0417164300")]);
    assert_eq!(
        seen("DE89370400440532013000 en BE68 5390 0754 7034"),
        [("iban", "DE89370400440532013000"), ("iban", "BE68 5390 0754 7034")]
    );
    assert_eq!(seen("NL92ABNA0417164300"), []);
    assert_eq!(seen("XNL91ABNA0417164300"), []);
    assert_eq!(seen("NL91ABNA04171643001"), []);
    assert!(!must_refuse(&find_personal("NL91ABNA0417164300")));
}

#[test]
fn addresses_of_mail_end_before_the_full_stop() {
    assert_eq!(
        seen("Mail naar j.devries@voorbeeld.gemeente.nl."),
        [("email", "j.devries@voorbeeld.gemeente.nl")]
    );
    assert_eq!(seen("(balie@example.org)"), [("email", "balie@example.org")]);
    assert_eq!(seen("twee stuks @ 3,50 en @dorp"), []);
}

#[test]
fn telephone_numbers_are_seen_as_people_write_them() {
    for (text, number) in [
        ("Bel 06-12345678 na vijf uur.", "06-12345678"),
        ("Bel 06 12 34 56 78.", "06 12 34 56 78"),
        ("Bel 0612345678", "0612345678"),
        ("Bel +31 6 12345678 of mail", "+31 6 12345678"),
        ("Bel +31 (0)6 12345678 nu", "+31 (0)6 12345678"),
        ("Bel 0031612345678", "0031612345678"),
        ("tel. 020-1234567", "020-1234567"),
        ("tel.0201234567", "0201234567"),
        ("Bel (0123) 45 67 89 4 keer", "(0123) 45 67 89"),
        ("+32 470 12 34 56", "+32 470 12 34 56"),
    ] {
        assert_eq!(seen(text), [("telephone", number)], "{text}");
    }
}

#[test]
fn licence_plates_are_seen_but_not_codes() {
    for text in ["12-XB-34", "g-123-bc", "De auto 1-ZBB-23 reed", "KB123X", "99-XZ-ZV"] {
        assert_eq!(seen(text).len(), 1, "{text}");
        assert_eq!(seen(text)[0].0, "licence-plate", "{text}");
    }
    for text in ["INK001", "AB1234", "ROL-12-A", "kb123x", "2024AB", "12-34-56", "A-1-B"]
    {
        assert_eq!(seen(text), [], "{text}");
    }
}

#[test]
fn names_with_initials_or_a_form_of_address_are_seen() {
    for (text, name) in [
        ("Volgens J. de Vries is dat zo.", "J. de Vries"),
        ("Alleen mw. Jansen kan dit.", "mw. Jansen"),
        ("Alleen mevrouw Jansen-de Boer kan dit.", "mevrouw Jansen-de"),
        ("Vraag de heer P.J. van den Berg.", "heer P.J. van den Berg"),
        ("dhr. Bakker tekent alles", "dhr. Bakker"),
        ("A.B.C. Pietersen", "A.B.C. Pietersen"),
        ("Th. van 't Hof tekent", "Th. van 't Hof"),
        ("mr. drs. K. Yılmaz", "drs. K. Yılmaz"),
        ("Ask Mr Smith or the desk", "Mr Smith"),
        ("W. IJzerman was erbij", "W. IJzerman"),
    ] {
        let seen = seen(text);
        assert_eq!(seen.len(), 1, "{text}: {seen:?}");
        assert_eq!(seen[0].0, "name", "{text}");
        assert!(seen[0].1.starts_with(name), "{text}: {seen:?}");
    }
}

#[test]
fn what_only_looks_like_a_name_is_passed_over() {
    for text in [
        "Zie bijlage B. De gemeente koopt in.",
        "Dat staat in onderdeel A. Medewerkers weten dat.",
        "Zonnepark Oost B.V. Nederland levert 5 MW Vermogen.",
        "We werken met MS Teams.",
        "De heer en mevrouw die kwamen, kregen antwoord.",
        "Het kantoor aan de Prof. Schermerstraat.",
        "De wethouder besluit. Het college volgt.",
        "Een medewerker van de familie van de aanvrager.",
        "Dit doen we m.u.v. Kerst en a.u.b. Altijd samen.",
    ] {
        assert_eq!(seen(text), [], "{text}");
    }
}

#[test]
fn all_kinds_in_one_text_come_in_its_order() {
    let text =
        "mw. Jansen (06-12345678, é@ü.nl) reed 12-XB-34, NL91ABNA0417164300, 123456782";
    let kinds: Vec<&str> = seen(text).into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, ["name", "telephone", "email", "licence-plate", "iban", "bsn"]);
}

#[test]
fn every_kind_says_what_to_do_in_both_languages() {
    for kind in Personal::ALL {
        for lang in Lang::ALL {
            assert!(kind.sentence(lang).split_whitespace().count() <= 25 * 2);
            assert!(kind.sentence(lang).ends_with('.'));
        }
    }
}

/// A number that passes the eleven test, written out from the definition and not from the
/// code under test: nine times the first digit, and so on down to twice the eighth, minus the
/// ninth is a multiple of eleven.
fn passes(digits: &str) -> bool {
    let value = |at: usize| i64::from(digits.as_bytes()[at] - b'0');
    let sum = 9 * value(0)
        + 8 * value(1)
        + 7 * value(2)
        + 6 * value(3)
        + 5 * value(4)
        + 4 * value(5)
        + 3 * value(6)
        + 2 * value(7)
        - value(8);
    sum % 11 == 0 && digits != "000000000"
}

fn number() -> impl Strategy<Value = String> {
    "[0-9]{8}".prop_filter_map("no ninth digit fits", |eight| {
        (0..10).map(|ninth| format!("{eight}{ninth}")).find(|nine| passes(nine))
    })
}

fn written(nine: &str, lengths: &[usize], joint: &str) -> String {
    let mut parts = Vec::new();
    let mut rest = nine;
    for length in lengths {
        let (part, behind) = rest.split_at(*length);
        parts.push(part);
        rest = behind;
    }
    parts.join(joint)
}

proptest! {
    #[test]
    fn a_valid_number_anywhere_in_a_text_is_found(
        before in "\\PC{0,30}", nine in number(), behind in "\\PC{0,30}",
    ) {
        let before = before.trim_end_matches(|c: char| c.is_ascii_digit());
        let behind = behind.trim_start_matches(|c: char| c.is_ascii_digit());
        let text = format!("{before}{nine}{behind}");
        let sightings = find_personal(&text);
        prop_assert!(must_refuse(&sightings));
        let place = before.len()..before.len() + 9;
        let told = Sighting { what: Personal::Bsn, range: place };
        prop_assert!(sightings.contains(&told));
    }

    #[test]
    fn a_valid_number_in_groups_is_found(
        before in "[a-z ,;:]{0,30}", nine in number(), behind in "[a-z ;:]{0,30}",
        lengths in prop::sample::select(vec![vec![3, 3, 3], vec![4, 2, 3]]),
        joint in prop::sample::select(vec![" ", ".", "-", "\u{a0}"]),
    ) {
        let number = written(&nine, &lengths, joint);
        let text = format!("{before} {number} {behind}");
        prop_assume!(!text.contains("eur"));
        prop_assert!(must_refuse(&find_personal(&text)), "{}", text);
    }

    #[test]
    fn nine_digits_that_fail_the_test_are_none(
        before in "[a-z ,;:.]{0,30}", nine in "[0-9]{9}", behind in "[a-z ,;:.]{0,30}",
    ) {
        prop_assume!(!passes(&nine));
        let text = format!("{before}{nine}{behind}");
        prop_assert!(!must_refuse(&find_personal(&text)));
    }

    #[test]
    fn any_text_is_read_and_the_ranges_lie_in_it(text in "\\PC{0,200}") {
        let mut last = 0;
        for one in find_personal(&text) {
            prop_assert!(one.range.start >= last && text.get(one.range.clone()).is_some());
            last = one.range.end;
        }
    }
}
