//! Examples are run or refused with faults, whatever stands in them.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static CATALOGUE: LazyLock<catalogue::Catalogue> =
    LazyLock::new(|| catalogue::load(&catalogue::embedded()).expect("the content loads"));

fuzz_target!(|text: &str| {
    let mut faults = catalogue::Faults::default();
    for rule in CATALOGUE.rules.values().take(3) {
        rules::examples::run_text(&CATALOGUE, rule, "examples.md", text, &mut faults);
    }
});
