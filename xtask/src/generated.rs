//! Files that follow from others: written by `cargo xtask gen`, never by hand.
//!
//! `FILES` is the only list. A page that is written by hand but must name everything of a
//! kind is checked here too (`rule_language`).

mod rule_language;
mod rules_index;

use crate::failure::Failure;
use crate::workspace::Workspace;
use crate::{content, say};
use catalogue::Catalogue;
use std::fs;

/// One derived file.
struct Generated {
    /// Its path, relative to the root.
    path: &'static str,
    /// Its text.
    text: fn(&Catalogue) -> String,
}

/// Every derived file.
const FILES: [Generated; 1] =
    [Generated { path: "docs/rules-index.md", text: rules_index::text }];

/// Writes every derived file that is not as it should be, and says which.
pub fn write(workspace: &Workspace) -> Result<(), Failure> {
    let catalogue = content::catalogue()?;
    for file in &FILES {
        let path = workspace.root.join(file.path);
        let text = (file.text)(&catalogue);
        if fs::read_to_string(&path).is_ok_and(|old| old == text) {
            say::line(&format!("{}: unchanged", file.path));
            continue;
        }
        fs::write(&path, text).map_err(|error| Failure::file("write", &path, &error))?;
        say::line(&format!("{}: written", file.path));
    }
    check_rule_language(workspace)
}

/// Fails, with their names, when derived files are not as they would be written.
pub fn check(workspace: &Workspace) -> Result<(), Failure> {
    let catalogue = content::catalogue()?;
    let mut remarks = Vec::new();
    for file in &FILES {
        let path = workspace.root.join(file.path);
        // a file that is absent is as stale as one that differs
        let old = fs::read_to_string(&path).unwrap_or_default();
        if old != (file.text)(&catalogue) {
            remarks.push(format!("{}: not as it would be written", file.path));
        }
    }
    if !remarks.is_empty() {
        return Err(Failure::many(
            &remarks,
            "run `cargo xtask gen` and look at the changes",
        ));
    }
    check_rule_language(workspace)
}

fn check_rule_language(workspace: &Workspace) -> Result<(), Failure> {
    let path = workspace.root.join(rule_language::PATH);
    let text = fs::read_to_string(&path)
        .map_err(|error| Failure::file("read", &path, &error))?;
    let remarks = rule_language::check(&text, &rule_language::operators());
    if remarks.is_empty() {
        return Ok(());
    }
    Err(Failure::many(&remarks, "the page and the program must name the same operators"))
}
