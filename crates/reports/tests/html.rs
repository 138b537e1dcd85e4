//! The HTML report as a document: sound, safe and complete.

mod support;

use base64::Engine as _;
use catalogue::{Catalogue, Faults};
use model::{Lang, Process};
use picture::Picture;
use reports::html::{Heading, page, style_hash};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use support::{finding, map, permits, picture, tested};

fn catalogue() -> Result<Catalogue, Faults> {
    catalogue::load(&catalogue::embedded())
}

fn heading() -> Heading {
    Heading {
        organisation: "Gemeente Waterdrecht".to_owned(),
        subtitle: "Voorbeeld".to_owned(),
    }
}

/// Text as the reader sees it: without tags, spaces made one.
fn seen(html: &str) -> String {
    let mut text = String::new();
    for part in html.split('<') {
        let (tag, rest) = part.split_once('>').unwrap_or(("", part));
        let inline = ["a", "/a", "strong", "/strong", "span", "/span", "bdi", "/bdi"];
        if !inline.contains(&tag.split(' ').next().unwrap_or("")) {
            text.push(' ');
        }
        text.push_str(rest);
    }
    let text = text.replace('\u{a0}', " ").replace("&lt;", "<");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The values of an attribute, in the order of the page.
fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let start = format!(" {attribute}=\"");
    html.split(start.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

fn pages(catalogue: &Catalogue) -> Vec<(Lang, Vec<Picture>, String)> {
    let information = picture(Process::Information, Vec::new(), map(&[], &[]));
    let sets = [
        vec![],
        vec![permits(catalogue)],
        vec![permits(catalogue), information, permits(catalogue)],
    ];
    let mut all = Vec::new();
    for lang in Lang::ALL {
        for set in &sets {
            all.push((lang, set.clone(), page(catalogue, set, lang, &heading())));
        }
    }
    all
}

#[test]
fn every_page_is_sound() {
    for (lang, pictures, html) in pages(&catalogue().unwrap()) {
        assert!(
            html.starts_with(&format!("<!DOCTYPE html><html lang=\"{lang}\">")),
            "{lang}"
        );
        assert_eq!(html.matches("<h1").count(), 1);
        assert_eq!(html.matches("<main").count(), 1);
        assert_eq!(
            html.matches("<h2").count(),
            pictures.len() + usize::from(pictures.len() > 1)
        );
        let ids = values(&html, "id");
        let unique: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), unique.len(), "names on the page are unique");
        for target in values(&html, "href") {
            let name = target.strip_prefix('#').unwrap();
            assert!(unique.contains(name), "the link to {target} leads somewhere");
        }
        for attribute in ["aria-labelledby", "aria-describedby"] {
            for name in values(&html, attribute) {
                assert!(unique.contains(name), "{attribute} {name} leads somewhere");
            }
        }
    }
}

#[test]
fn nothing_runs_and_nothing_is_loaded() {
    for (_, _, html) in pages(&catalogue().unwrap()) {
        for bad in
            ["<script", "<link", "<img", "<iframe", "@import", "url(", "http:", "https:"]
        {
            assert!(!html.contains(bad), "{bad}");
        }
        for tag in html.split('<').filter_map(|part| part.split('>').next()) {
            for bad in [" style=", " src=", " onclick=", " onload="] {
                assert!(!tag.contains(bad), "{tag}");
            }
        }
    }
}

#[test]
fn the_hash_is_that_of_the_style_on_the_page() {
    let html = page(&catalogue().unwrap(), &[], Lang::Nl, &heading());
    let style = html.split("<style>").nth(1).unwrap().split("</style>").next().unwrap();
    let digest = Sha256::digest(style.as_bytes());
    assert_eq!(style_hash(), base64::engine::general_purpose::STANDARD.encode(digest));
}

#[test]
fn every_table_has_a_caption_and_heads_with_a_scope() {
    for (_, _, html) in pages(&catalogue().unwrap()) {
        for table in html.split("<table").skip(1) {
            let table = table.split("</table>").next().unwrap();
            assert!(
                table.contains("<caption") && table.contains("scope=\"col\""),
                "{table}"
            );
            let heads = table.matches("<th ").count();
            assert_eq!(heads, table.matches(" scope=").count(), "{table}");
        }
    }
}

#[test]
fn a_process_is_told_in_plain_sentences() {
    let catalogue = catalogue().unwrap();
    let text = seen(&page(&catalogue, &[permits(&catalogue)], Lang::Nl, &heading()));
    for sentence in [
        "Op 412 zaken deden we 6 toetsen.",
        "De uitkomst: bij 4 is iets gevonden, bij 1 is niets gevonden en 1 kon niet worden beoordeeld.",
        "31 van de 390 zaken: 7,9 %, tussen 5,7 en 11,1 %.",
        "Niets gevonden bij 74 zaken. Het echte aandeel kan dan nog tot 4,9 % zijn.",
        "Eén persoon deed beide kanten: Opstellen en meelezen",
        "4 uitkomsten rusten op de volgorde van de regels in het bestand, omdat tijden gelijk zijn.",
        "8 zaken: behandelaar ontbreekt",
        "ontbreekt – op papier",
        "geen uitspraak: minder dan 20 beoordeeld",
        "de kolom ‘Hoogste bedrag dat deze persoon mag goedkeuren, in euro’",
        "een van de stappen ‘Besluit ondertekend’ of ‘Besluit genomen’",
        "bureau_days = 84 dagen",
        "4.812",
        "2 januari 2025 tot en met 20 november 2026",
        "16 maart 2026 09:05 p-7c41e0b2 zaken-2026.csv 1204",
        "Notitie toegevoegd 58",
    ] {
        assert!(text.contains(sentence), "{sentence}");
    }
}

#[test]
fn the_same_picture_is_told_in_english() {
    let catalogue = catalogue().unwrap();
    let text = seen(&page(&catalogue, &[permits(&catalogue)], Lang::En, &heading()));
    for sentence in [
        "We ran 6 tests on 412 cases.",
        "31 of 390 cases: 7.9%, between 5.7 and 11.1%.",
        "4,812",
        "2 January 2025 to 20 November 2026",
        "absent – on paper",
        "84 days",
    ] {
        assert!(text.contains(sentence), "{sentence}");
    }
}

#[test]
fn names_from_a_log_cannot_become_markup() {
    const BAD: &str =
        "<script>alert(\"x\")</script>'\"><img src=x onerror=y>\u{202e}&amp;\u{0}";
    let catalogue = catalogue().unwrap();
    let mut test = tested(&catalogue, "VER-01", 1, 40, 40);
    test.samples =
        vec![finding("VER-01", BAD, &[(BAD, "2026-03-16 09:05:00", Some(BAD))])];
    test.item = Some(BAD.to_owned());
    let drawn = map(
        &[(BAD, 9, 9, 0, BAD, &["VER-01"]), ("b", 9, 0, 9, "", &[])],
        &[(0, 1, 9, 60)],
    );
    let mut bad = picture(Process::Permits, vec![test], drawn);
    bad.log.title = BAD.to_owned();
    bad.log.files = vec![BAD.to_owned()];
    bad.files = vec![BAD.to_owned()];
    bad.log.unplaced = vec![(BAD.to_owned(), 3)];
    bad.pedigree.snapshot = BAD.to_owned();
    bad.pedigree.content = BAD.to_owned();
    bad.pedigree.parameters = vec![BAD.to_owned()];
    let heading = Heading { organisation: BAD.to_owned(), subtitle: BAD.to_owned() };
    for pictures in [vec![bad.clone()], vec![bad.clone(), bad]] {
        let html = page(&catalogue, &pictures, Lang::Nl, &heading);
        assert!(html.contains("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;"));
        for sign in ["<script", "<img", "\u{202e}", "\u{0}", "\"x\""] {
            assert!(!html.contains(sign), "{sign:?}");
        }
    }
}

#[test]
fn the_map_is_drawn_and_told_as_tables() {
    let catalogue = catalogue().unwrap();
    let html = page(&catalogue, &[permits(&catalogue)], Lang::Nl, &heading());
    let svg =
        html.split("<svg class=\"map\"").nth(1).unwrap().split("</svg>").next().unwrap();
    assert!(svg.contains("<title") && svg.contains("<desc"));
    assert!(svg.contains("Volledigheid") && svg.contains("VER-01, VER-03"), "{svg}");
    let text = seen(&html);
    assert!(text.contains(
        "Advies welstand en monumenten ontvangen Concept opgesteld 270 8 dagen"
    ));
    assert!(
        text.contains("soorten overgangen zien. Samen zijn dat 9"),
        "what is left out is said"
    );
    assert!(text.contains("24× direct herhaald"), "an activity that follows itself");
}

#[test]
fn a_log_without_anything_gives_a_page_that_says_so() {
    let catalogue = catalogue().unwrap();
    let mut empty = picture(Process::Information, Vec::new(), map(&[], &[]));
    empty.log = picture::LogFacts::default();
    let text = seen(&page(&catalogue, &[empty], Lang::Nl, &Heading::default()));
    for sentence in [
        "Op 0 zaken deden we 0 toetsen.",
        "Er zijn geen toetsen voor dit proces.",
        "Er is geen kaart",
        "Periode onbekend",
    ] {
        assert!(text.contains(sentence), "{sentence}");
    }
}

#[test]
fn the_same_pictures_give_the_same_bytes() {
    let catalogue = catalogue().unwrap();
    let make = || page(&catalogue, &[permits(&catalogue)], Lang::Nl, &heading());
    assert_eq!(make(), make());
}
