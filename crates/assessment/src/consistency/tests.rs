//! Every check in the list on its own examples, and what the list itself promises.

use super::build::{control, round};
use super::*;
use std::collections::BTreeSet;

/// What one check says of a round.
fn verdict(check: &Check, round: &Round) -> Verdict {
    let outcomes = super::check(round);
    outcomes.into_iter().find(|one| one.check.code == check.code).unwrap().verdict
}

#[test]
fn every_check_finds_does_not_find_and_cannot_say() {
    for check in &CHECKS {
        let [finds, clear, silent] = (check.examples)();
        let found = verdict(check, &finds);
        assert!(matches!(found, Verdict::Found(_)), "{}: {found:?}", check.name);
        assert_eq!(verdict(check, &clear), Verdict::Clear, "{}", check.name);
        let silent = verdict(check, &silent);
        assert!(matches!(silent, Verdict::CannotSay(_)), "{}: {silent:?}", check.name);
    }
}

#[test]
fn every_sentence_is_filled_and_names_no_respondent() {
    for check in &CHECKS {
        let [finds, ..] = (check.examples)();
        let Verdict::Found(remarks) = verdict(check, &finds) else { panic!() };
        for remark in &remarks {
            for lang in Lang::ALL {
                for text in [check.sentence(remark, lang), check.repair(remark, lang)] {
                    assert!(!text.contains(['{', '}']), "{}: {text}", check.name);
                    for respondent in finds.processes.iter().flat_map(|p| &p.respondents)
                    {
                        let words: Vec<&str> =
                            text.split(|c: char| !c.is_alphanumeric()).collect();
                        assert!(!words.contains(&respondent.id.as_str()), "{text}");
                    }
                }
            }
        }
    }
}

#[test]
fn sentences_are_short_and_end() {
    for check in &CHECKS {
        for words in [check.nl, check.en] {
            for text in [words.sentence, words.repair] {
                assert!(text.ends_with(['.', '?']), "{}: {text}", check.name);
                for sentence in text.split(['.', '?']) {
                    let count = sentence.split_whitespace().count();
                    assert!(count <= 25, "{}: {sentence}", check.name);
                }
            }
        }
    }
    for why in Why::ALL {
        for lang in Lang::ALL {
            assert!(why.sentence(lang).ends_with('.'));
        }
    }
}

#[test]
fn codes_and_names_stand_once_and_in_order() {
    let codes: Vec<&str> = CHECKS.iter().map(|check| check.code).collect();
    let expected: Vec<String> = (1..=20).map(|at| format!("Q{at:02}")).collect();
    assert_eq!(codes, expected);
    let names: BTreeSet<&str> = CHECKS.iter().map(|check| check.name).collect();
    assert_eq!(names.len(), CHECKS.len());
}

#[test]
fn a_check_of_the_round_speaks_once_and_the_others_once_a_process() {
    let mut two = round(vec![control("B01", &[Answer::Level(1)])]);
    let more = ProcessRound { process: Process::Subsidies, ..two.processes[0].clone() };
    two.processes.push(more);
    let outcomes = check(&two);
    assert_eq!(outcomes.len(), 1 + 2 * 19);
    assert!(outcomes[0].process.is_none());
    assert_eq!(outcomes[20].process, Some(Process::Subsidies));
}

#[test]
fn an_empty_round_gives_reasons_and_no_remarks() {
    for outcome in check(&round(Vec::new())) {
        let nobody = outcome.check.code == "Q18";
        assert_eq!(nobody, outcome.verdict == Verdict::Clear, "{}", outcome.check.name);
    }
}
