//! The shipped library as a whole: how much there is, that nothing hangs loose, and that a
//! newcomer can read it.
#![expect(
    clippy::panic,
    reason = "a test ends at the first thing that is not as it should be"
)]

use catalogue::{Catalogue, Entry, Kind, embedded, entries, load};
use model::{Lang, Process};
use std::collections::{BTreeMap, BTreeSet};

fn shipped() -> Catalogue {
    load(&embedded())
        .unwrap_or_else(|faults| panic!("{} faults\n{faults}", faults.0.len()))
}

/// What is wrong, one line each; nothing where all is well.
fn none(what: &str, wrong: &[String]) {
    assert!(wrong.is_empty(), "{}: {what}\n{}", wrong.len(), wrong.join("\n"));
}

/// What the catalogue promises to hold at least, kind by kind.
const PROMISED: [(Kind, usize); 12] = [
    (Kind::Process, 11),
    (Kind::Circumstance, 55),
    (Kind::Indicator, 12),
    (Kind::Control, 85),
    (Kind::Rule, 130),
    (Kind::Measure, 100),
    (Kind::Instrument, 60),
    (Kind::Dilemma, 55),
    (Kind::Card, 11),
    (Kind::Norm, 4),
    (Kind::Profile, 5),
    (Kind::Glossary, 1),
];

#[test]
fn as_much_is_there_as_was_promised() {
    let catalogue = shipped();
    let all = entries(&catalogue);
    let mut wrong = Vec::new();
    for (kind, least) in PROMISED {
        let n = all.iter().filter(|entry| entry.kind == kind).count();
        if n < least {
            wrong.push(format!("{}: {n}, promised {least}", kind.code()));
        }
    }
    none("kinds with too few items", &wrong);
}

/// How many signals the note on signals has, by the letters of their codes.
const SIGNALS: [(&str, u32); 9] = [
    ("GEN", 15),
    ("FIN", 15),
    ("INK", 17),
    ("SUB", 14),
    ("REI", 14),
    ("VER", 15),
    ("INF", 15),
    ("BRP", 14),
    ("THH", 15),
];

#[test]
fn every_signal_is_a_rule_or_stands_in_the_list_with_its_reason() {
    let catalogue = shipped();
    let mut missing = Vec::new();
    for (letters, count) in SIGNALS {
        for number in 1..=count {
            let code = format!("{letters}-{number:02}");
            let there = catalogue.rules.contains_key(&code)
                || catalogue.unexpressed.contains_key(&code);
            if !there {
                missing.push(code);
            }
        }
    }
    none("signals that are neither", &missing);
    let left = catalogue.unexpressed.len();
    assert!(left < 5, "{left} signals are no rule; fewer than five were promised");
}

#[test]
fn every_item_names_a_source_and_says_whether_an_expert_looked() {
    let catalogue = shipped();
    let without: Vec<String> = entries(&catalogue)
        .iter()
        .filter(|entry| entry.kind != Kind::Glossary)
        .filter(|entry| entry.sources.is_empty() || entry.review.is_empty())
        .map(|entry| entry.code.clone())
        .collect();
    none("without a source or a state of review", &without);
}

/// Codes to which some item of a kind links in this way.
fn linked(all: &[Entry<'_>], from: Kind, how: &[&str]) -> BTreeSet<String> {
    all.iter()
        .filter(|entry| entry.kind == from)
        .flat_map(|entry| &entry.links)
        .filter(|link| how.contains(&link.label.code))
        .map(|link| link.to.clone())
        .collect()
}

#[test]
fn every_control_can_be_raised_and_every_circumstance_lowered() {
    let catalogue = shipped();
    let all = entries(&catalogue);
    let reached = linked(&all, Kind::Measure, &["raises", "lowers"]);
    let wrong: Vec<String> = all
        .iter()
        .filter(|entry| matches!(entry.kind, Kind::Control | Kind::Circumstance))
        .filter(|entry| !reached.contains(&entry.code))
        .map(|entry| format!("{} {}", entry.code, entry.texts.title(Lang::En)))
        .collect();
    none("that no measure reaches", &wrong);
}

#[test]
fn every_circumstance_outside_has_an_indicator_or_is_known_by_people_only() {
    let catalogue = shipped();
    let all = entries(&catalogue);
    let shown = linked(&all, Kind::Indicator, &["shows"]);
    let outside: Vec<_> =
        catalogue.circumstances.values().filter(|c| !c.inside).collect();
    let with = outside.iter().filter(|c| shown.contains(&c.code)).count();
    assert!(with * 2 >= outside.len(), "{with} of {} have an indicator", outside.len());
}

#[test]
fn each_process_has_a_card_five_dilemmas_a_key_control_and_links_to_the_field() {
    let catalogue = shipped();
    let mut wrong = Vec::new();
    for process in Process::ALL {
        let cards = catalogue.cards.values().filter(|c| c.process == process).count();
        let dilemmas =
            catalogue.dilemmas.values().filter(|d| d.process == process).count();
        let key = catalogue
            .controls
            .values()
            .any(|control| control.key && control.processes.contains(&process));
        let links = catalogue.processes.get(&process).map(|item| &item.links);
        let linked =
            links.is_some_and(|l| !l.case_types.is_empty() && !l.areas.is_empty());
        if cards != 1 || dilemmas < 5 || !key || !linked {
            wrong.push(format!(
                "{process}: {cards} cards, {dilemmas} dilemmas, key control {key}, links {linked}"
            ));
        }
    }
    none("processes that lack something", &wrong);
}

#[test]
fn the_short_track_is_an_hour_with_three_people_and_twenty_six_questions() {
    let catalogue = shipped();
    let short: Vec<_> = catalogue.profiles.values().filter(|p| p.short).collect();
    assert!(!short.is_empty(), "there is no short track");
    let track = catalogue.profiles.get("P-SHORT");
    let facts = track.map(|p| (p.minutes, p.people, p.questions.len()));
    assert_eq!(facts, Some((60, 3, 26)));
}

#[test]
fn every_step_of_a_control_and_a_circumstance_is_told_apart() {
    let catalogue = shipped();
    let mut wrong = Vec::new();
    let of = |entry: &Entry<'_>, prefix: &str, lang: Lang| -> Vec<String> {
        let texts = entry.texts.iter(lang).filter(|(key, _)| key.starts_with(prefix));
        texts.map(|(_, text)| text.to_owned()).collect()
    };
    for entry in entries(&catalogue) {
        let (prefix, count) = match entry.kind {
            Kind::Control => ("maturity.", 4),
            Kind::Circumstance => ("severity.", 3),
            _ => continue,
        };
        for lang in Lang::ALL {
            let texts = of(&entry, prefix, lang);
            let different: BTreeSet<&String> = texts.iter().collect();
            if texts.len() != count || different.len() != count {
                wrong.push(format!(
                    "{} {lang}: {} of {count}",
                    entry.code,
                    different.len()
                ));
            }
        }
    }
    none("whose answers are not told apart", &wrong);
}

#[test]
fn nothing_a_person_reads_is_said_twice_in_the_same_words() {
    let catalogue = shipped();
    let mut seen: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for entry in entries(&catalogue) {
        for key in ["what", "why", "story", "situation", "effect", "help"] {
            if let Some(text) = entry.texts.find(Lang::Nl, key) {
                seen.entry(text.to_owned()).or_default().push(entry.code.clone());
            }
        }
    }
    let twice: Vec<String> = seen
        .into_iter()
        .filter(|(_, codes)| codes.len() > 1)
        .map(|(text, codes)| format!("{}: {text}", codes.join(", ")))
        .collect();
    none("texts that several items share", &twice);
}

/// The texts of these kinds are read on a screen in Dutch; a script is spoken.
#[test]
fn dutch_sentences_of_the_library_have_at_most_twenty_five_words() {
    let catalogue = shipped();
    let mut wrong = Vec::new();
    for entry in entries(&catalogue) {
        for (key, text) in entry.texts.iter(Lang::Nl) {
            for line in text.lines() {
                for sentence in line.split_inclusive(['.', '?', '!', ':', ';']) {
                    let words = sentence.split_whitespace().count();
                    if words > 25 {
                        wrong.push(format!(
                            "{} {key}, {words}: {}",
                            entry.code,
                            sentence.trim()
                        ));
                    }
                }
            }
        }
    }
    none("long sentences", &wrong);
}
