//! A binding is read or refused with faults, whatever stands in it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static CATALOGUE: LazyLock<catalogue::Catalogue> =
    LazyLock::new(|| catalogue::load(&catalogue::embedded()).expect("the content loads"));

fuzz_target!(|text: &str| {
    match catalogue::binding::read("b.toml", text, &CATALOGUE) {
        Ok(binding) => {
            for activity in ["", "Besluit genomen", "*", "é"] {
                binding.steps_of(activity);
                binding.ignores(activity);
            }
        }
        Err(faults) => assert!(!faults.is_empty(), "refused without a fault"),
    }
});
