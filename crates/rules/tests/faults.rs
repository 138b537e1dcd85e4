//! Every fault in the logic of a rule that `rules::check` can report, with the message a
//! writer of content gets to read (`faults.txt`).
#![expect(
    clippy::expect_used,
    reason = "a test ends at the first thing that is not as it should be"
)]

mod support;

use catalogue::load;
use rules::{Changes, compile};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use support::content;

/// A title, the logic below it, and what is told (`! …`).
fn cases() -> Vec<(String, String, Vec<String>)> {
    let text = include_str!("faults.txt");
    let mut cases: Vec<(String, String, Vec<String>)> = Vec::new();
    for line in text.lines() {
        if let Some(title) = line.strip_prefix("== ") {
            cases.push((title.to_owned(), "\n".to_owned(), Vec::new()));
        } else if let Some((_, logic, told)) = cases.last_mut() {
            match line.strip_prefix("! ") {
                Some(line) => told.push(line.to_owned()),
                None => writeln!(logic, "{line}").expect("a string takes text"),
            }
        }
    }
    cases
}

#[test]
fn every_fault_in_logic_is_told_in_one_sentence() {
    let mut differences = String::new();
    for (title, logic, expected) in cases() {
        let catalogue = match load(&content(&logic)) {
            Ok(catalogue) => catalogue,
            Err(faults) => {
                panic!("{title}: told by the loader, not by the compiler\n{faults}")
            }
        };
        let file = "rules/payments/operator-under-test/";
        let told: Vec<String> = match rules::check(&catalogue) {
            Ok(()) => Vec::new(),
            Err(faults) => {
                let lines = faults.0.iter().map(ToString::to_string);
                lines.map(|line| line.replace(file, "")).collect()
            }
        };
        if told.is_empty() || told != expected {
            let told = told.join("\n! ");
            writeln!(differences, "== {title}\n! {told}\n").expect("a string takes text");
        }
    }
    assert!(differences.is_empty(), "told, but not in faults.txt:\n{differences}");
}

#[test]
fn changes_of_parameters_that_cannot_be_are_told() {
    let logic = "[parameters.times]\ndefault = 1\nleast = 1\nmost = 9\nunit = \"count\"\n\
                 [logic]\noperator = \"exists\"\nstep = [\"bank-debit\"]\n\
                 at_least = \"$times\"\n";
    let catalogue = load(&content(logic)).expect("the content loads");
    let told = |rule: &str, name: &str, value: i64| {
        let changes: Changes = BTreeMap::from([(
            rule.to_owned(),
            BTreeMap::from([(name.to_owned(), value)]),
        )]);
        match compile(&catalogue, model::Process::Payments, &changes, &BTreeSet::new()) {
            Ok(_) => String::new(),
            Err(faults) => faults.to_string(),
        }
    };
    assert_eq!(told("FIN-99", "times", 9), "");
    assert_eq!(
        told("FIN-99", "times", 10),
        "parameters: `FIN-99.times` must lie between 1 and 9, not 10"
    );
    assert_eq!(
        told("FIN-99", "time", 9),
        "parameters: `FIN-99` has no parameter `time` (did you mean `times`?)"
    );
    assert_eq!(
        told("FIN-98", "times", 9),
        "parameters: there is no rule `FIN-98` (did you mean `FIN-99`?)"
    );
}
