//! Every operator of the rule language, by examples that can be read: one file each under
//! `operators/`, in the format of `examples.md`, with the logic under test before it.
#![expect(
    clippy::expect_used,
    reason = "a test ends at the first thing that is not as it should be"
)]

mod support;

use catalogue::{Catalogue, Faults, Rule, load};
use std::fs;
use std::path::PathBuf;
use support::content;

fn rule(logic: &str) -> Result<(Catalogue, Rule), Faults> {
    let catalogue = load(&content(logic))?;
    let rule = catalogue.rules.get("FIN-99").cloned().expect("the rule is there");
    Ok((catalogue, rule))
}

/// A logic and the examples up to the next one; line numbers stay those of the file.
fn sections(text: &str) -> Vec<(String, String)> {
    let mut sections: Vec<(String, String)> = Vec::new();
    let mut inside = false;
    for (at, line) in text.lines().enumerate() {
        if line.starts_with("```") {
            inside = !inside;
            if inside {
                sections.push(("\n".to_owned(), "\n".repeat(at)));
            }
        }
        let Some((logic, examples)) = sections.last_mut() else { continue };
        if inside && !line.starts_with("```") {
            logic.push_str(line);
            logic.push('\n');
        }
        let shown = if inside || line.starts_with("```") { "" } else { line };
        examples.push_str(shown);
        examples.push('\n');
    }
    sections
}

fn files() -> Vec<(String, String)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/operators");
    let mut files: Vec<(String, String)> = fs::read_dir(folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("the folder can be read").path())
        .map(|path| {
            let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
            (name, fs::read_to_string(&path).expect("the file can be read"))
        })
        .collect();
    files.sort();
    files
}

#[test]
fn every_operator_gives_the_answers_its_examples_say() {
    let mut told = Vec::new();
    let mut count = 0;
    for (name, text) in files() {
        let file = format!("tests/operators/{name}.md");
        for (logic, examples) in sections(&text) {
            let mut faults = Faults::default();
            match rule(&logic) {
                Ok((catalogue, rule)) => {
                    let ran = rules::examples::run_text(
                        &catalogue,
                        &rule,
                        &file,
                        &examples,
                        &mut faults,
                    );
                    assert!(ran > 0, "{file}: a logic without an example\n{logic}");
                    count += ran;
                }
                Err(found) => faults = found,
            }
            told.extend(faults.0.iter().map(ToString::to_string));
        }
    }
    assert!(told.is_empty(), "{} of {count} faults\n{}", told.len(), told.join("\n"));
    assert!(count > 100, "only {count} examples ran");
}

#[test]
fn every_operator_has_its_file_and_stands_in_the_language() {
    let manual = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/rules.md");
    let manual = fs::read_to_string(manual).expect("the manual is there");
    let known: Vec<&str> = rules::operators::ALL
        .iter()
        .map(|(name, _)| *name)
        .chain(rules::second::ALL.iter().map(|(name, _)| *name))
        .collect();
    let written: Vec<String> = files().into_iter().map(|(name, _)| name).collect();
    for name in &known {
        assert!(
            written.iter().any(|file| file == name),
            "tests/operators/{name}.md is missing"
        );
        assert!(
            manual.contains(&format!("`{name}`")),
            "docs/rules.md does not name `{name}`"
        );
    }
    for file in &written {
        assert!(
            known.contains(&file.as_str()),
            "tests/operators/{file}.md tests no operator"
        );
    }
    for reason in rules::Reason::ALL {
        assert!(
            manual.contains(reason.code()),
            "docs/rules.md does not name `{}`",
            reason.code()
        );
    }
}
