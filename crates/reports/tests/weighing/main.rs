//! Weighings as documents: what a reader sees, and that the page is sound.
#![expect(clippy::unwrap_used, reason = "a test says what it expects")]

mod waterdrecht;

use assessment::consistency::{Outcome, Size};
use catalogue::Catalogue;
use model::{Lang, Process};
use picture::freeboard::Limits;
use picture::region::Region;
use picture::weighings::Weighings;
use reports::text::Style;
use reports::weighing::{Material, STYLE, page, process, profile, text};
use std::collections::BTreeSet;
use std::sync::OnceLock;
use unicode_width::UnicodeWidthStr;

fn catalogue() -> &'static Catalogue {
    static CATALOGUE: OnceLock<Catalogue> = OnceLock::new();
    CATALOGUE.get_or_init(|| catalogue::load(&catalogue::embedded()).unwrap())
}

/// The rounds of 2025 and 2026, what the checks say of the last, and the region.
fn all() -> &'static (Weighings, Weighings, Vec<Outcome>, Region) {
    static ALL: OnceLock<(Weighings, Weighings, Vec<Outcome>, Region)> = OnceLock::new();
    ALL.get_or_init(|| {
        let [before, now] =
            [false, true].map(|later| waterdrecht::round(catalogue(), later));
        (before, now, waterdrecht::remarks(), waterdrecht::region(catalogue()))
    })
}

fn material(lang: Lang) -> Material<'static> {
    let (before, now, remarks, region) = all();
    Material {
        catalogue: catalogue(),
        weighings: now,
        before: Some(before),
        remarks,
        region: Some((region, Size::Middle)),
        lang,
    }
}

/// Some processes of the last round, and nothing beside them.
fn only(processes: &[Process], lang: Lang) -> Material<'static> {
    let (_, now, _, _) = all();
    let some =
        now.processes.iter().filter(|one| processes.contains(&one.weighing.process));
    let limits = Limits::from(&catalogue().method);
    let weighings = Weighings::of(now.head.clone(), some.cloned().collect(), &limits);
    let weighings: &'static Weighings = Box::leak(Box::new(weighings));
    Material { weighings, before: None, remarks: &[], region: None, ..material(lang) }
}

const PLAIN: Style = Style { colour: false, width: 80 };

/// The text for a terminal with its lines joined and no-break spaces as others.
fn told(material: &Material<'_>) -> String {
    let text = text(material, PLAIN).replace('\u{a0}', " ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text of a page as a reader sees it.
fn seen(html: &str) -> String {
    let mut text = String::new();
    for part in html.split('<') {
        let (tag, rest) = part.split_once('>').unwrap_or(("", part));
        let inline = ["strong", "/strong", "span", "/span"];
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

fn pages() -> Vec<String> {
    let mut pages = Vec::new();
    for lang in Lang::ALL {
        pages.push(page(&material(lang)));
        pages.push(page(&only(&[Process::Permits], lang)));
        pages.push(page(&only(&[], lang)));
    }
    pages
}

#[test]
fn the_processes_stand_in_the_order_of_their_places_with_figures_and_class() {
    let text = text(&material(Lang::Nl), PLAIN).replace('\u{a0}', " ");
    let expected = "\
     Plaats  Proces                     Waakhoogte  Klasse              Onbekend
  ▼  1       Toezicht en                     −74,6  rood                     0 %
             handhaving
      water 100,0, dijk 25,4
";
    assert!(text.contains(expected), "{text}");
    let at = |title: &str| text.find(title).unwrap();
    assert!(at("  ▼  1 ") < at("  ▼  2–3 ") && at("  ▼  2–3 ") < at("  △  6–7 "));
}

#[test]
fn what_weighs_most_is_a_sentence_in_plain_words() {
    let text = told(&material(Lang::Nl));
    for sentence in [
        "Het zwaarst weegt: ‘Vier ogen, echt’ ontbreekt (3,5 punten minder dijk);",
        "‘Nieuw rekeningnummer wordt nagebeld’ is niet zeker (tot 3,8 punten minder dijk)",
        "Zolang sleutelbeheersing ontbreekt, komt de dijk niet boven 40,0. Dat geldt voor ‘Vier ogen, echt’,",
        "en nog 9 andere.",
        "De aantrekkelijkheid is midden; de catalogus zegt hoog. De reden: ‘wij geven maar weinig documenten uit’.",
    ] {
        assert!(text.contains(sentence), "{sentence}\n{text}");
    }
}

#[test]
fn said_beside_shown_is_told_in_both_directions() {
    let text = told(&material(Lang::Nl));
    for sentence in [
        "Slechter dan gezegd (2)",
        "Vier ogen, echt (B02)",
        "Beter dan je denkt (1)",
        "Gezegd: niet van toepassing. De gegevens zeggen er wel iets over (1)",
    ] {
        assert!(text.contains(sentence), "{sentence}\n{text}");
    }
    let english = told(&material(Lang::En));
    assert!(english.contains("Better than you think (1)"), "{english}");
    let without = told(&only(&[Process::Subsidies], Lang::Nl));
    assert!(without.contains("Er zijn geen gegevens om naast de antwoorden te leggen."));
}

#[test]
fn changes_say_what_intervals_allow_and_no_more() {
    let text = told(&material(Lang::Nl));
    for sentence in [
        "Vergeleken met de stand van 23 november 2025.",
        "Nieuw gewogen: ‘Werving en personeel’.",
        "Niet meer gewogen: ‘Aanbestedingen en inkoop’.",
        "‘Vier ogen, echt’: op papier → toegepast en gecontroleerd (beter).",
        "Deze sleutelbeheersingen houden de dijk niet meer laag: ‘Vier ogen, echt’.",
        "Niet meer uiteen: ‘Vier ogen, echt’.",
    ] {
        assert!(text.contains(sentence), "{sentence}\n{text}");
    }
    let first = told(&only(&[Process::Permits], Lang::Nl));
    assert!(!first.contains("Wat veranderde er?"), "there is no round before");
    let (before, ..) = all();
    let same = Material { before: Some(before), weighings: before, ..material(Lang::En) };
    assert!(told(&same).contains("Nothing changed."));
}

#[test]
fn another_version_of_the_method_is_told_before_figures_are_compared() {
    let mut before = all().0.clone();
    before.head.method += 1;
    let other = Material { before: Some(&before), ..material(Lang::Nl) };
    let sentence = "Toen gold een andere versie van de methode.";
    assert!(
        told(&other).contains(sentence) && !told(&material(Lang::Nl)).contains(sentence)
    );
}

#[test]
fn a_process_lies_lower_higher_or_as_the_middle_half_of_others() {
    let text = told(&material(Lang::Nl));
    for sentence in [
        "Lager dan de middelste helft van 11 gemeenten van deze grootte (−50,0 tot −30,0).",
        "Hoger dan de middelste helft van 11 gemeenten van deze grootte (−45,0 tot −30,0). Door wat niet bekend is, kan dat nog anders zijn.",
        "Zoals de middelste helft van 11 gemeenten van deze grootte (−90,0 tot −60,0).",
        "Er zijn te weinig gemeenten van deze grootte om mee te vergelijken.",
    ] {
        assert!(text.contains(sentence), "{sentence}\n{text}");
    }
    assert!(
        !told(&only(&[Process::Permits], Lang::Nl))
            .contains("gemeenten van deze grootte")
    );
    let page = seen(&page(&material(Lang::En)));
    assert!(page.contains("lower than the middle half"), "{page}");
    assert!(page.contains("that of municipalities of this size in ‘Oostkust’"));
}

#[test]
fn remarks_on_the_answers_stand_with_what_you_can_do() {
    let text = told(&material(Lang::En));
    assert!(text.contains("Do the answers agree?"));
    assert!(text.contains("9 of 20 times there was nothing to check."), "{text}");
    let html = page(&material(Lang::Nl));
    let told = Material { remarks: &[], ..material(Lang::Nl) };
    assert!(
        html.contains("id=\"remarks-table\"") && !page(&told).contains("remarks-table")
    );
}

#[test]
fn the_drawing_says_in_a_sentence_what_it_shows_and_the_table_has_its_figures() {
    let html = page(&material(Lang::Nl));
    let sentence = "Van de 7 processen: bij 3 staat het water zeker boven de dijk, bij 1 blijft het water zeker onder de kruin en bij 3 is dat niet te zeggen. De laagste waakhoogte heeft ‘Toezicht en handhaving’: −74,6.";
    let figure = html.split("<figure").nth(1).unwrap().split("</figure>").next().unwrap();
    assert!(figure.contains(&format!("<figcaption id=\"dike-caption\">{sentence}")));
    let drawings: Vec<&str> = figure.split("<svg class=\"dike dike--").skip(1).collect();
    assert_eq!(drawings.len(), 3);
    for drawing in drawings {
        assert!(
            drawing.contains(&format!("{sentence} Dezelfde gegevens staan in de tabel"))
        );
        let words = drawing.split("class=\"dike-word\"").skip(1);
        let words: Vec<&str> =
            words.filter_map(|rest| rest.split(['>', '<']).nth(1)).collect();
        let over = ["stroomt over", "stroomt over", "onbekend", "stroomt over"];
        assert_eq!(
            words,
            [&over[..], &["kan beide", "kan beide", "blijft droog"]].concat()
        );
    }
    let table =
        html.split("id=\"dike-table\"").nth(1).unwrap().split("</table>").next().unwrap();
    assert_eq!(table.matches("<tr>").count(), 8);
    let row = seen(table);
    assert!(
        row.contains("−43,9 tot −12,8 rood tot oranje 82,8 tot 83,9 40,0 tot 70,0 9,6 %"),
        "{row}"
    );
}

#[test]
fn one_process_few_processes_and_none_are_told_as_such() {
    let one = told(&only(&[Process::Subsidies], Lang::Nl));
    assert!(one.contains("Subsidies blijft droog."), "{one}");
    assert!(one.contains("Met drie processen of minder valt er niets te schuiven"));
    assert!(told(&only(&[], Lang::Nl)).contains("Er is nog geen proces gewogen."));
    assert!(process(&only(&[], Lang::Nl), Process::Permits).into_string().is_empty());
}

#[test]
fn every_page_is_sound() {
    for html in pages() {
        assert_eq!(html.matches("<h1").count(), 1);
        assert_eq!(html.matches("<main").count(), 1);
        let ids = values(&html, "id");
        let unique: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), unique.len(), "names on the page are unique");
        let targets =
            values(&html, "href").into_iter().filter_map(|t| t.strip_prefix('#'));
        let named =
            ["aria-labelledby", "aria-describedby"].map(|name| values(&html, name));
        for name in targets.chain(named.into_iter().flatten()) {
            assert!(unique.contains(name), "{name} leads somewhere");
        }
        for bad in ["<script", "<link", "<img", "@import", "url(", "http:", "https:"] {
            assert!(!html.contains(bad), "{bad}");
        }
        for tag in html.split('<').filter_map(|part| part.split('>').next()) {
            for bad in [" style=", " src=", " onclick=", " onload="] {
                assert!(!tag.contains(bad), "{tag}");
            }
        }
        for table in html.split("<table").skip(1) {
            let table = table.split("</table>").next().unwrap();
            assert!(table.contains("<caption") && table.contains("scope=\"col\""));
            assert_eq!(table.matches("<th ").count(), table.matches(" scope=").count());
        }
    }
}

#[test]
fn every_class_of_the_drawing_stands_in_the_style_sheet() {
    let html = profile(&material(Lang::Nl)).into_string();
    let drawing = html.split("</figure>").next().unwrap();
    let names: BTreeSet<&str> =
        values(drawing, "class").into_iter().flat_map(|names| names.split(' ')).collect();
    let told_apart_by_words = |name: &str| name.starts_with("dike-stretch");
    for name in
        names.iter().filter(|name| name.starts_with("dike") && !told_apart_by_words(name))
    {
        let known =
            STYLE.contains(&format!(".{name} ")) || STYLE.contains(&format!(".{name},"));
        assert!(known || ["dike-sign", "dike--wide"].contains(name), "{name}");
    }
}

#[test]
fn no_line_is_wider_than_asked_and_colour_changes_no_word() {
    for lang in Lang::ALL {
        for (asked, least) in [(10, 80), (93, 93), (500, 120)] {
            let style = Style { colour: false, width: asked };
            for line in text(&material(lang), style).lines() {
                assert!(line.width() <= least, "{} {line}", line.width());
                assert_eq!(line, line.trim_end(), "no blanks at the end");
            }
        }
    }
    let coloured = text(&material(Lang::Nl), Style { colour: true, ..PLAIN });
    let mut stripped = String::new();
    for (at, part) in coloured.split("\u{1b}[").enumerate() {
        stripped.push_str(if at == 0 { part } else { part.split_once('m').unwrap().1 });
    }
    assert_eq!(stripped, text(&material(Lang::Nl), PLAIN));
}

#[test]
fn what_people_wrote_can_neither_steer_the_terminal_nor_become_markup() {
    const BAD: &str = "<script>alert(1)</script>\u{1b}[2J\u{202e}\"'&{title}";
    let (before, now, remarks, region) = all();
    let (mut now, mut region) = (now.clone(), region.clone());
    BAD.clone_into(&mut now.head.organisation);
    BAD.clone_into(&mut now.head.catalogue);
    BAD.clone_into(&mut now.head.round.as_mut().unwrap().title);
    BAD.clone_into(&mut region.name);
    for one in &mut now.processes {
        one.reason = Some(BAD.to_owned());
    }
    let bad = Material {
        weighings: &now,
        before: Some(before),
        remarks,
        region: Some((&region, Size::Middle)),
        ..material(Lang::Nl)
    };
    let html = page(&bad);
    let text = text(&bad, PLAIN);
    assert!(html.contains("&lt;script&gt;") && text.contains("<script>"));
    for sign in ["<script", "\u{1b}", "\u{202e}"] {
        assert!(!html.contains(sign), "{sign:?}");
    }
    for sign in ["\u{1b}", "\u{202e}"] {
        assert!(!text.contains(sign), "{sign:?}");
    }
}

#[test]
fn the_same_weighings_give_the_same_bytes() {
    for lang in Lang::ALL {
        let made = page(&material(lang));
        assert_eq!(made, page(&material(lang)));
        // to look at: the page of the municipality that does not exist
        let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
        std::fs::write(folder.join(format!("weighing-{lang}.html")), made).unwrap();
    }
}
