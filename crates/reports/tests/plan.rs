//! A plan told: sound as a page, readable as text, in both languages.
#![expect(clippy::expect_used, reason = "a test says what it expects")]

#[path = "support/plans.rs"]
mod plans;

use catalogue::Catalogue;
use maud::{Markup, html};
use model::Lang;
use plan::Advice;
use plans::{advice, outcomes};
use reports::plan::{html as parts, text};
use reports::text::Style;
use std::collections::BTreeSet;
use std::sync::OnceLock;
use unicode_width::UnicodeWidthStr;

fn content() -> &'static Catalogue {
    static CATALOGUE: OnceLock<Catalogue> = OnceLock::new();
    CATALOGUE.get_or_init(|| catalogue::load(&catalogue::embedded()).expect("content"))
}

/// One year, two years, and no limit to the hours.
fn advices() -> &'static [Advice; 3] {
    static ADVICES: OnceLock<[Advice; 3]> = OnceLock::new();
    ADVICES.get_or_init(|| {
        [(Some(60), 1), (Some(30), 2), (None, 1)]
            .map(|(hours, years)| advice(content(), hours, years))
    })
}

fn whole(advice: &Advice, lang: Lang) -> String {
    let plan: Markup = parts::section(content(), advice, lang, "plan");
    let effect = parts::outcomes(content(), &outcomes(), lang, "plan");
    html! { (plan) (effect) }.into_string()
}

/// The values of an attribute, in the order of the page.
fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let start = format!(" {attribute}=\"");
    html.split(start.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

fn seen(html: &str) -> String {
    let mut text = String::new();
    for part in html.split('<') {
        text.push(' ');
        text.push_str(part.split_once('>').map_or(part, |(_, rest)| rest));
    }
    text.replace('\u{a0}', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_parts_of_a_page_are_sound_and_carry_no_style_of_their_own() {
    for advice in advices() {
        for lang in Lang::ALL {
            let html = whole(advice, lang);
            let ids = values(&html, "id");
            let unique: BTreeSet<&str> = ids.iter().copied().collect();
            assert_eq!(ids.len(), unique.len(), "names on the page are unique: {ids:?}");
            for target in values(&html, "href") {
                let name = target.strip_prefix('#').expect("a place on the page");
                assert!(unique.contains(name), "the link to {target} leads somewhere");
            }
            for name in values(&html, "aria-labelledby") {
                assert!(unique.contains(name), "{name} leads somewhere");
            }
            for tag in html.split('<').filter_map(|part| part.split('>').next()) {
                for bad in [" style=", " src=", " on"] {
                    assert!(!tag.contains(bad), "{tag}");
                }
            }
            for table in html.split("<table").skip(1) {
                let table = table.split("</table>").next().expect("its end");
                assert!(table.contains("<caption"), "{table}");
                let heads = table.matches("<th ").count();
                assert_eq!(heads, table.matches(" scope=").count(), "{table}");
            }
        }
    }
}

#[test]
fn every_phrase_is_filled_in_and_no_code_of_the_program_shows() {
    for advice in advices() {
        for lang in Lang::ALL {
            let style = Style { colour: false, width: 80 };
            let texts = [
                seen(&whole(advice, lang)),
                text::plan(content(), advice, lang, style),
                text::outcomes(content(), &outcomes(), lang, style),
            ];
            for text in texts {
                for bad in ["{", "}", "not answered or", "NotAssessable", "first_steps"] {
                    assert!(!text.contains(bad), "{bad} in {text}");
                }
            }
        }
    }
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    for advice in advices() {
        for width in [80, 120] {
            let style = Style { colour: false, width };
            for lang in Lang::ALL {
                let plan = text::plan(content(), advice, lang, style);
                let effect = text::outcomes(content(), &outcomes(), lang, style);
                for line in plan.lines().chain(effect.lines()) {
                    assert!(line.width() <= width, "{}: {line}", line.width());
                }
            }
        }
    }
}

#[test]
fn the_page_and_the_text_hold_every_measure_with_its_reason() {
    let advice = &advices()[0];
    let page = seen(&whole(advice, Lang::Nl));
    let style = Style { colour: false, width: 120 };
    let text = text::plan(content(), advice, Lang::Nl, style).replace('\u{a0}', " ");
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = words(&text);
    let plan = &advice.proposal.plan;
    assert!(plan.chosen.len() > 2, "a plan of some size: {}", plan.chosen.len());
    for chosen in &plan.chosen {
        let title = content().measures[&chosen.code].head.texts.title(Lang::Nl);
        assert!(page.contains(title) && text.contains(&chosen.code), "{title}");
    }
    for told in [&page, &text] {
        for sentence in [
            "Geen andere keuze binnen deze uren en euro's haalt meer weg.",
            "Op 2 vragen weet niemand het antwoord. Die tellen zo slecht als het kan zijn.",
            "Over Subsidies is te weinig bekend. Vraag daar eerst rond.",
            "Niet meegeteld: Werving en personeel. Daar geldt geen enkele beheersing.",
            "2 maatregelen passen niet bij een kleine organisatie",
            "Een gedeelde maatregel dragen jullie met 3 organisaties.",
            "Zonder deze maatregel valt terug:",
            "Met 50 % van de uren haal je",
        ] {
            assert!(told.contains(sentence), "{sentence} in {told}");
        }
    }
}

#[test]
fn the_frontier_is_drawn_with_the_same_figures_as_in_its_table() {
    let advice = &advices()[0];
    let html = parts::frontier(content(), advice, Lang::En, "plan").into_string();
    let drawing = html.split("<svg").nth(1).and_then(|rest| rest.split("</svg>").next());
    let drawing = drawing.expect("a drawing");
    assert_eq!(drawing.matches("<circle").count(), advice.proposal.frontier.len());
    assert!(drawing.contains("<title"));
    let table = html.split("<table").nth(1).expect("a table");
    assert_eq!(table.matches("<tr").count(), advice.proposal.frontier.len() + 1);
    // without a limit there is nothing to draw
    let html = parts::frontier(content(), &advices()[2], Lang::En, "plan").into_string();
    assert!(!html.contains("<svg"));
    assert!(html.contains("No limit to the hours was given."));
}

#[test]
fn what_became_of_measures_stands_beside_what_was_expected() {
    let text =
        seen(&parts::outcomes(content(), &outcomes(), Lang::En, "plan").into_string());
    for sentence in [
        "Works in part",
        "at least: applied",
        "absent (1 April 2026)",
        "applied and checked (1 November 2026)",
        "applied – applied and checked (1 November 2026)",
        "Not seen yet The data also hold cases of before and so lag behind.",
        "1 lower",
        "No round was held since and no data were read.",
        "The catalogue does not have this measure.",
    ] {
        assert!(text.contains(sentence), "{sentence} in {text}");
    }
    let none = parts::outcomes(content(), &[], Lang::Nl, "plan").into_string();
    assert!(none.contains("Er is nog geen maatregel klaar."));
}

#[test]
fn what_was_kept_with_codes_that_are_gone_can_still_be_told() {
    let mut advice = advices()[0].clone();
    let bad = "<script>\u{202e}";
    for chosen in &mut advice.proposal.plan.chosen {
        chosen.code = bad.to_owned();
        chosen.loss.dependents = vec![bad.to_owned()];
    }
    advice.proposal.plan.chosen.truncate(1);
    advice.left_out = vec![bad.to_owned()];
    advice.assumed[0].code = bad.to_owned();
    let html = whole(&advice, Lang::En);
    assert!(html.contains("no longer in the catalogue"));
    assert!(!html.contains("<script") && !html.contains('\u{202e}'));
    let style = Style { colour: false, width: 80 };
    let text = text::plan(content(), &advice, Lang::En, style);
    assert!(!text.contains('\u{202e}'), "{text}");
}
