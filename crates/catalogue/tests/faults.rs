//! Every fault the loader can report, provoked by one change of a small content that has
//! none, with the message a writer of content gets to read (`faults/*.txt`).
#![expect(
    clippy::panic,
    clippy::expect_used,
    reason = "a test ends at the first thing that is not as it should be"
)]

mod support;

use catalogue::{Catalogue, Faults, Files, load};
use std::fmt::Write as _;
use std::path::PathBuf;
use support::small;

/// One change and what is told of it.
#[derive(Debug, Default)]
struct Case {
    title: String,
    /// The file, and what in it becomes what; nothing to find replaces the whole file.
    file: String,
    find: String,
    put: String,
    /// Whether the file or folder is taken away.
    gone: bool,
    told: Vec<String>,
}

/// `== title`, `file: path`, `- what is there`, `+ what comes for it`, `! what is told`; a
/// file or folder that is `gone:` is taken away.
fn cases(name: &str) -> (PathBuf, Vec<Case>) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/faults").join(name);
    let text = std::fs::read_to_string(&path).expect("the table is there");
    let mut cases: Vec<Case> = Vec::new();
    let line_of = |text: &str| text.replace("\\n", "\n");
    for line in text.lines() {
        if let Some(title) = line.strip_prefix("== ") {
            cases.push(Case { title: title.to_owned(), ..Case::default() });
        }
        let Some(case) = cases.last_mut() else { continue };
        match line.split_at_checked(2) {
            Some(("- ", rest)) => case.find = line_of(rest),
            Some(("+ ", rest)) => case.put = line_of(rest),
            Some(("! ", rest)) => case.told.push(rest.to_owned()),
            _ => {}
        }
        if let Some(file) = line.strip_prefix("gone: ") {
            (case.file, case.gone) = (file.to_owned(), true);
        }
        if let Some(file) = line.strip_prefix("file: ") {
            file.clone_into(&mut case.file);
        }
    }
    (path, cases)
}

fn changed(case: &Case, text: &str) -> String {
    if case.find.is_empty() {
        return case.put.clone();
    }
    assert_eq!(text.matches(&case.find).count(), 1, "{}: `{}`", case.title, case.find);
    text.replace(&case.find, &case.put)
}

/// Compares a table with what is really told and shows the whole of it where they differ.
fn compare(name: &str, provoke: impl Fn(&Case) -> Option<Faults>) {
    let (_, cases) = cases(name);
    let mut differences = String::new();
    for case in &cases {
        let told: Vec<String> = provoke(case)
            .map(|faults| faults.0.iter().map(ToString::to_string).collect())
            .unwrap_or_default();
        if told.is_empty() || told != case.told {
            let told = told.join("\n! ");
            writeln!(differences, "== {}\n! {told}\n", case.title)
                .expect("a string takes text");
        }
    }
    assert!(differences.is_empty(), "told, but not in {name}:\n{differences}");
}

fn small_catalogue() -> Catalogue {
    match load(&small()) {
        Ok(catalogue) => catalogue,
        Err(faults) => panic!("the small content has faults\n{faults}"),
    }
}

#[test]
fn the_small_content_has_no_faults() {
    assert_eq!(small_catalogue().rules.len(), 1);
}

#[test]
fn every_fault_of_the_loader_is_told_in_one_sentence() {
    compare("loader.txt", provoke);
}

#[test]
fn every_fault_of_the_library_is_told_in_one_sentence() {
    compare("library.txt", provoke);
}

/// What is told of the small content with one change.
fn provoke(case: &Case) -> Option<Faults> {
    let mut files: Files = small();
    if case.gone {
        // a file, or all files of a folder
        let before = files.len();
        files.retain(|path, _| !path.starts_with(&case.file));
        assert!(files.len() < before, "{}: no such file", case.title);
    } else {
        let text = files.get(&case.file).cloned().unwrap_or_default();
        files.insert(case.file.clone(), changed(case, &text));
    }
    load(&files).err()
}

const BINDING: &str = r#"format = 1
process = "payments"
title = "Payments of a town"
[steps]
receive = ["Received"]
decide = [{ activity = "Done", where = { field = "outcome", equals = "granted" } }]
[not_recorded]
pay = "the bank does it"
[ignore]
activities = ["Opened"]
[accounts]
service = ["svc-*"]
shared = ["desk"]
[columns]
amount = "Bedrag"
[assigned]
by = ["district"]
"#;

#[test]
fn every_fault_of_a_binding_is_told_in_one_sentence() {
    let catalogue = small_catalogue();
    let binding = catalogue::binding::read("b.toml", BINDING, &catalogue);
    assert!(binding.is_ok(), "{binding:?}");
    compare("binding.txt", |case| {
        let text = changed(case, BINDING);
        catalogue::binding::read("b.toml", &text, &catalogue).err()
    });
}
