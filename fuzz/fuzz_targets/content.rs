//! Any text as a file of three kinds of items among the content of the program.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for kind in ["measures/x/measure.toml", "norms/x/norm.toml", "profiles/x/profile.toml"] {
        let mut files = catalogue::embedded();
        files.insert(kind.to_owned(), text.to_owned());
        if let Err(faults) = catalogue::load(&files) {
            assert!(!faults.is_empty(), "a refusal says why");
        }
    }
});
