//! The shipped content as a whole: codes, names, texts, and nothing that hangs loose.
#![expect(
    clippy::panic,
    reason = "a test ends at the first thing that is not as it should be"
)]

use catalogue::tree::{Node, Tree};
use catalogue::{Catalogue, EvidenceFor, embedded, load};
use model::Lang;
use std::collections::{BTreeMap, BTreeSet};

fn shipped() -> Catalogue {
    load(&embedded())
        .unwrap_or_else(|faults| panic!("{} faults\n{faults}", faults.0.len()))
}

/// Every text of every item: where it stands, the language, the key, the text.
fn texts(catalogue: &Catalogue) -> Vec<(String, Lang, String, String)> {
    let mut all = Vec::new();
    let rules = catalogue.rules.values().map(|item| (item.code.clone(), &item.texts));
    let controls =
        catalogue.controls.values().map(|item| (item.code.clone(), &item.texts));
    let circumstances =
        catalogue.circumstances.values().map(|item| (item.code.clone(), &item.texts));
    let processes =
        catalogue.processes.values().map(|item| (item.process.to_string(), &item.texts));
    for (name, texts) in rules.chain(controls).chain(circumstances).chain(processes) {
        for lang in Lang::ALL {
            let of = texts.iter(lang);
            all.extend(of.map(|(k, v)| (name.clone(), lang, k.to_owned(), v.to_owned())));
        }
    }
    all
}

/// What is wrong, one line each; nothing where all is well.
fn none(what: &str, wrong: &[String]) {
    assert!(wrong.is_empty(), "{}: {what}\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn codes_are_used_once_over_all_kinds() {
    let catalogue = shipped();
    let mut count: BTreeMap<&str, u32> = BTreeMap::new();
    let codes = catalogue.rules.keys().chain(catalogue.controls.keys());
    for code in codes.chain(catalogue.circumstances.keys()) {
        *count.entry(code).or_default() += 1;
    }
    let twice: Vec<String> = count
        .iter()
        .filter(|(_, n)| **n > 1)
        .map(|(code, _)| (*code).to_owned())
        .collect();
    none("codes used twice", &twice);
}

#[test]
fn files_end_with_a_line_and_hold_no_trailing_blanks() {
    let mut wrong = Vec::new();
    for (path, text) in embedded() {
        if !text.ends_with('\n') || text.ends_with("\n\n") {
            wrong.push(format!("{path}: must end with one newline"));
        }
        for (line, text) in (1_u32..).zip(text.lines()) {
            if text != text.trim_end() {
                wrong.push(format!("{path}:{line}: blanks at the end"));
            }
        }
    }
    none("lines", &wrong);
}

#[test]
fn both_languages_hold_the_same_keys_and_placeholders() {
    let catalogue = shipped();
    let mut by_key: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, _, key, text) in texts(&catalogue) {
        by_key.entry(format!("{name} {key}")).or_default().push(text);
    }
    let holes = |text: &str| -> BTreeSet<String> {
        let parts = text.split('{').skip(1).filter_map(|part| part.split_once('}'));
        parts.map(|(name, _)| name.to_owned()).collect()
    };
    let mut wrong = Vec::new();
    for (key, texts) in by_key {
        match texts.as_slice() {
            [a, b] if holes(a) == holes(b) => {}
            _ => wrong.push(key),
        }
    }
    none("keys or placeholders that differ", &wrong);
}

#[test]
fn no_text_is_left_to_be_written() {
    let catalogue = shipped();
    let left = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '/');
        matches!(word.to_lowercase().as_str(), "todo" | "tbd" | "n/a" | "xxx" | "fixme")
    };
    let wrong: Vec<String> = texts(&catalogue)
        .into_iter()
        .filter(|(_, _, _, text)| text.split_whitespace().any(left))
        .map(|(name, lang, key, text)| format!("{name} {lang} {key}: {text}"))
        .collect();
    none("unwritten", &wrong);
}

#[test]
fn dutch_sentences_have_at_most_twenty_five_words() {
    let catalogue = shipped();
    let read = ["title", "what", "why", "how_to_check", "question", "help"];
    let mut wrong = Vec::new();
    for (name, lang, key, text) in texts(&catalogue) {
        if lang != Lang::Nl || !read.contains(&key.as_str()) {
            continue;
        }
        for sentence in text.split_inclusive(['.', '?', '!']) {
            let words = sentence.split_whitespace().count();
            if words > 25 {
                wrong.push(format!("{name} {key}, {words} words: {}", sentence.trim()));
            }
        }
    }
    none("long sentences", &wrong);
}

/// Every text anywhere in a tree.
fn words<'t>(tree: &'t Tree, all: &mut BTreeSet<&'t str>) {
    match &tree.node {
        Node::Text(text) => {
            all.insert(text);
        }
        Node::List(items) => items.iter().for_each(|item| words(item, all)),
        Node::Table(fields) => fields.values().for_each(|field| words(field, all)),
        Node::Int(_) | Node::Bool(_) | Node::Other(_) => {}
    }
}

/// Steps of which nothing speaks yet. The list only gets shorter: a rule that speaks of one
/// takes it away.
const NOT_YET_SPOKEN_OF: &str = "
    payments: supplier-request credit-note
    procurement: selection award-notice evaluation
    subsidies: interim-report
    travel-documents: old-document-in register-update
    permits: pre-consult objection supervision-start
    information: incident breach-report
    persons-register: message confirmation-letter doubt-report
    enforcement: risk-rank
";

#[test]
fn every_step_stands_on_the_main_way_in_a_list_or_in_a_rule() {
    let catalogue = shipped();
    let mut orphans = Vec::new();
    let known: BTreeSet<String> = NOT_YET_SPOKEN_OF
        .lines()
        .filter_map(|line| line.trim().split_once(": "))
        .flat_map(|(process, steps)| {
            steps.split_whitespace().map(move |step| format!("{process}: {step}"))
        })
        .collect();
    for (process, item) in &catalogue.processes {
        let mut used: BTreeSet<&str> = item
            .lists
            .values()
            .flatten()
            .flat_map(|i| i.sets.values())
            .flatten()
            .map(String::as_str)
            .collect();
        let decision = [&item.decision.step, &item.decision.ready, &item.decision.handle];
        used.extend(decision.into_iter().flatten().map(String::as_str));
        for rule in catalogue.rules_of(*process) {
            words(&rule.logic, &mut used);
            if let Some(when) = &rule.when {
                words(when, &mut used);
            }
        }
        let loose = item
            .steps
            .iter()
            .filter(|step| !step.main && !used.contains(step.name.as_str()));
        let names = loose.map(|step| format!("{process}: {}", step.name));
        orphans.extend(names.filter(|name| !known.contains(name)));
    }
    none("steps that nothing speaks of", &orphans);
}

#[test]
fn every_control_and_circumstance_belongs_to_a_process() {
    let catalogue = shipped();
    let controls = catalogue.controls.values().map(|item| (&item.code, &item.processes));
    let circumstances =
        catalogue.circumstances.values().map(|item| (&item.code, &item.processes));
    let loose: Vec<String> = controls
        .chain(circumstances)
        .filter(|(_, processes)| processes.is_empty())
        .map(|(code, _)| code.clone())
        .collect();
    none("without a process", &loose);
}

#[test]
fn a_rule_speaks_only_for_what_concerns_one_of_its_processes() {
    let catalogue = shipped();
    let mut wrong = Vec::new();
    for rule in catalogue.rules.values() {
        for evidence in &rule.evidence {
            let (code, processes) = match evidence {
                EvidenceFor::Control(code) => {
                    (code, catalogue.controls.get(code).map(|item| &item.processes))
                }
                EvidenceFor::Circumstance(code) => {
                    (code, catalogue.circumstances.get(code).map(|item| &item.processes))
                }
            };
            let shared = |processes: &Vec<model::Process>| {
                processes.iter().any(|process| rule.processes.contains(process))
            };
            if !processes.is_some_and(shared) {
                wrong.push(format!("{} speaks for {code}", rule.code));
            }
        }
    }
    none("evidence that reaches no process", &wrong);
}
