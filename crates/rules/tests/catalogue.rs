//! The shipped content: it loads, its rules compile, and every example gives the answer it
//! says.

use catalogue::{embedded, load};

#[test]
fn the_content_loads_without_faults() {
    if let Err(faults) = load(&embedded()) {
        panic!("{} faults\n{faults}", faults.0.len());
    }
}

#[test]
fn every_rule_compiles_for_every_process_it_applies_to() {
    let catalogue = load(&embedded()).expect("content loads");
    if let Err(faults) = rules::check(&catalogue) {
        panic!("{} faults\n{faults}", faults.0.len());
    }
}

#[test]
fn every_example_gives_the_answer_it_says() {
    let catalogue = load(&embedded()).expect("content loads");
    match rules::examples::run_all(&catalogue) {
        Ok(count) => assert!(count >= 4 * catalogue.rules.len()),
        Err(faults) => panic!("{} faults\n{faults}", faults.0.len()),
    }
}
