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
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// One derived file.
struct Generated {
    /// Its path, relative to the root.
    path: &'static str,
    /// Its text.
    text: fn(&Catalogue) -> String,
}

/// A folder of derived files; a file in it that is not derived is a mistake.
struct GeneratedFolder {
    /// Its path, relative to the root.
    path: &'static str,
    /// Its files: path inside the folder → text.
    files: fn(&Catalogue) -> BTreeMap<String, String>,
}

/// Every folder of derived files.
const FOLDERS: [GeneratedFolder; 1] =
    [GeneratedFolder { path: "docs/catalogue", files: reports::site::files }];

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
    for folder in &FOLDERS {
        write_folder(&workspace.root.join(folder.path), folder.path, &catalogue, folder)?;
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
    for folder in &FOLDERS {
        let root = workspace.root.join(folder.path);
        let wanted = (folder.files)(&catalogue);
        let differ = stale(&root, &wanted)?;
        if !differ.is_empty() {
            let some: Vec<_> = differ.iter().take(3).map(String::as_str).collect();
            remarks.push(format!(
                "{}: {} files are not as they would be written, such as {}",
                folder.path,
                differ.len(),
                some.join(", ")
            ));
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

/// Every file below a folder, by its path inside the folder.
fn present(root: &Path) -> Result<BTreeSet<String>, Failure> {
    let mut found = BTreeSet::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries {
            let path =
                entry.map_err(|error| Failure::file("read", &folder, &error))?.path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(inside) = path.strip_prefix(root) {
                found.insert(inside.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    Ok(found)
}

/// Files that are absent, differ, or should not be there.
fn stale(root: &Path, wanted: &BTreeMap<String, String>) -> Result<Vec<String>, Failure> {
    let mut differ: BTreeSet<String> = present(root)?;
    for (path, text) in wanted {
        let same = fs::read_to_string(root.join(path)).is_ok_and(|old| old == *text);
        if same {
            differ.remove(path);
        } else {
            differ.insert(path.clone());
        }
    }
    Ok(differ.into_iter().collect())
}

fn write_folder(
    root: &Path,
    name: &str,
    catalogue: &Catalogue,
    folder: &GeneratedFolder,
) -> Result<(), Failure> {
    let wanted = (folder.files)(catalogue);
    let stale = stale(root, &wanted)?;
    for inside in &stale {
        let path = root.join(inside);
        let Some(text) = wanted.get(inside) else {
            fs::remove_file(&path)
                .map_err(|error| Failure::file("remove", &path, &error))?;
            continue;
        };
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)
                .map_err(|error| Failure::file("write", parent, &error))?;
        }
        fs::write(&path, text).map_err(|error| Failure::file("write", &path, &error))?;
    }
    say::line(&format!("{name}: {} files, {} written", wanted.len(), stale.len()));
    Ok(())
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
