//! Any text read as figures of open tables.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::OnceLock;

fuzz_target!(|text: &str| {
    static CATALOGUE: OnceLock<catalogue::Catalogue> = OnceLock::new();
    let catalogue = CATALOGUE
        .get_or_init(|| catalogue::load(&catalogue::embedded()).expect("our own content"));
    if let Err(faults) = exchange::indicators::read(text, catalogue) {
        assert!(!faults.is_empty(), "a refusal says why");
    }
});
