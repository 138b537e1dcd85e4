//! A rule is loaded and compiled or refused with faults, whatever stands in it.
#![no_main]

use catalogue::{Files, embedded, load};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

const FOLDER: &str = "rules/payments/rule-under-test";

static FILES: LazyLock<Files> = LazyLock::new(|| {
    let mut files = embedded();
    files.retain(|path, _| !path.starts_with("rules/"));
    let texts = "title = \"a\"\nwhat = \"a\"\nwhy = \"a\"\nstory = \"a\"\nhow_to_check = \"a\"\n\
                 basis = \"a\"\n[harmless]\nreading = \"a\"\n";
    files.insert(format!("{FOLDER}/text.nl.toml"), texts.to_owned());
    files.insert(format!("{FOLDER}/text.en.toml"), texts.to_owned());
    files.insert(format!("{FOLDER}/examples.md"), String::new());
    files
});

fuzz_target!(|logic: &str| {
    let mut files = FILES.clone();
    let head = "code = \"FIN-99\"\nname = \"rule-under-test\"\nversion = 1\n\
                processes = [\"payments\"]\nclass = \"rule\"\nlevel = \"case\"\n\
                stage = \"trial\"\nsince = \"0.1.0\"\nreview = \"proposal\"\n\
                sources = [\"S1\"]\nharmless = [\"reading\"]\n";
    let tail = "\n[[evidence]]\ncontrol = \"B12\"\n";
    files.insert(format!("{FOLDER}/rule.toml"), format!("{head}{logic}{tail}"));
    match load(&files) {
        Ok(catalogue) => {
            if let Err(faults) = rules::check(&catalogue) {
                assert!(!faults.is_empty(), "refused without a fault");
            }
        }
        Err(faults) => assert!(!faults.is_empty(), "refused without a fault"),
    }
});
