//! One rule under test on top of the shipped processes.

use catalogue::{Files, embedded, with_overlay};
use std::collections::BTreeMap;

const FOLDER: &str = "rules/payments/operator-under-test";

/// The shipped content without its rules and what speaks of them, and with one rule that has
/// the given logic.
pub(crate) fn content(logic: &str) -> Files {
    let mut files = embedded();
    let apart = ["rules/", "measures/", "instruments/"];
    files.retain(|path, _| !apart.iter().any(|folder| path.starts_with(folder)));
    let level = if logic.contains("\nlevel = ") { "" } else { "level = \"case\"\n" };
    let needs = if logic.contains("\nneeds = ") { "" } else { "needs = []\n" };
    let rule = format!(
        "code = \"FIN-99\"\nname = \"operator-under-test\"\nversion = 1\n\
         processes = [\"payments\"]\nclass = \"rule\"\nstage = \"trial\"\nsince = \"0.1.0\"\n\
         review = \"proposal\"\nsources = [\"S1\"]\nharmless = [\"test-reading\"]\n\
         {level}{needs}{logic}\n[[evidence]]\ncontrol = \"B12\"\n"
    );
    let texts = "title = \"a\"\nwhat = \"a\"\nwhy = \"a\"\nstory = \"a\"\nhow_to_check = \"a\"\n\
                 basis = \"a\"\n[harmless]\ntest-reading = \"a\"\n";
    let own = BTreeMap::from([
        (format!("{FOLDER}/rule.toml"), rule),
        (format!("{FOLDER}/text.nl.toml"), texts.to_owned()),
        (format!("{FOLDER}/text.en.toml"), texts.to_owned()),
        (format!("{FOLDER}/examples.md"), String::new()),
    ]);
    with_overlay(files, own)
}
