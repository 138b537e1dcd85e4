//! Walks the files of `content/` and puts the catalogue together: whole, or not at all.

use crate::fault::Faults;
use crate::items::{Catalogue, EvidenceFor};
use crate::{read_items, read_process, read_rule, texts};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// Content files: path inside `content/` → text.
pub type Files = BTreeMap<String, String>;

static EMBEDDED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// The content that travels inside the program.
pub fn embedded() -> Files {
    EMBEDDED.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

/// Lays files of an organisation over others: a file with the same path takes its place.
pub fn with_overlay(mut files: Files, overlay: Files) -> Files {
    files.extend(overlay);
    files
}

/// Checks all files and gives the catalogue, or every fault that was found.
pub fn load(files: &Files) -> Result<Catalogue, Faults> {
    let mut faults = Faults::default();
    let loader = Loader { files };
    let catalogue = loader.build(&mut faults);
    match catalogue {
        Some(catalogue) if faults.is_empty() => {
            check_codes(&catalogue, &mut faults);
            if faults.is_empty() { Ok(catalogue) } else { Err(faults.sorted()) }
        }
        _ => Err(faults.sorted()),
    }
}

pub(crate) struct Loader<'a> {
    files: &'a Files,
}

impl Loader<'_> {
    fn build(&self, faults: &mut Faults) -> Option<Catalogue> {
        let sources = read_items::sources(self, faults);
        let columns = read_items::columns(self, faults);
        let common_steps = read_items::common_steps(self, faults);
        let method = read_items::method(self, faults);
        let mut processes = BTreeMap::new();
        for folder in self.folders("processes/", 1) {
            if let Some(item) = read_process::read(self, &folder, &columns, faults) {
                processes.insert(item.process, item);
            }
        }
        for process in model::Process::ALL {
            if !processes.contains_key(&process) && faults.is_empty() {
                faults.add("processes", 0, format!("the process `{process}` is missing"));
            }
        }
        let mut circumstances = BTreeMap::new();
        for folder in self.folders("circumstances/", 1) {
            if let Some(item) = read_items::circumstance(self, &folder, faults) {
                unique(&mut circumstances, &folder, item.code.clone(), item, faults);
            }
        }
        let mut controls = BTreeMap::new();
        for folder in self.folders("controls/", 1) {
            if let Some(item) = read_items::control(self, &folder, faults) {
                unique(&mut controls, &folder, item.code.clone(), item, faults);
            }
        }
        let mut rules = BTreeMap::new();
        for folder in self.folders("rules/", 2) {
            if let Some(rule) = read_rule::read(self, &folder, &columns, faults) {
                unique(&mut rules, &folder, rule.code.clone(), rule, faults);
            }
        }
        self.tell_of_strays(faults);
        Some(Catalogue {
            version: self.version(faults),
            method: method?,
            columns,
            common_steps,
            processes,
            circumstances,
            controls,
            rules,
            sources,
        })
    }

    /// The folders `depth` below a prefix that hold any file.
    fn folders(&self, prefix: &str, depth: usize) -> BTreeSet<String> {
        let wanted = prefix.matches('/').count() + depth;
        self.files
            .keys()
            .filter(|path| path.starts_with(prefix))
            .filter(|path| path.matches('/').count() >= wanted)
            .map(|path| path.split('/').take(wanted).collect::<Vec<_>>().join("/"))
            .collect()
    }

    /// The text of a file, or a fault.
    pub(crate) fn file(&self, path: &str, faults: &mut Faults) -> Option<&str> {
        let text = self.files.get(path);
        if text.is_none() {
            faults.add_with_hint(path, 0, "the file is missing", "see content/README.md");
        }
        text.map(String::as_str)
    }

    /// A TOML file as a tree, or faults.
    pub(crate) fn tree(
        &self,
        path: &str,
        faults: &mut Faults,
    ) -> Option<crate::tree::Tree> {
        let text = self.file(path, faults)?;
        crate::tree::parse(path, text, faults)
    }

    /// The texts of an item in both languages.
    pub(crate) fn texts(
        &self,
        folder: &str,
        expected: &[String],
        faults: &mut Faults,
    ) -> crate::Texts {
        let read = |lang: model::Lang, faults: &mut Faults| {
            let path = format!("{folder}/text.{lang}.toml");
            self.tree(&path, faults)
                .map(|tree| texts::flatten(&path, &tree, faults))
                .unwrap_or_default()
        };
        let nl = read(model::Lang::Nl, faults);
        let en = read(model::Lang::En, faults);
        if nl.is_empty() || en.is_empty() {
            return crate::Texts::default();
        }
        texts::join(folder, &nl, &en, expected, faults)
    }

    fn version(&self, faults: &mut Faults) -> String {
        let number = self.file("VERSION", faults).unwrap_or_default().trim().to_owned();
        let mut hash = Sha256::new();
        for (path, text) in self.files {
            hash.update(path.as_bytes());
            hash.update([0]);
            hash.update(text.as_bytes());
            hash.update([0]);
        }
        let mut version = format!("{number}+");
        for byte in hash.finalize().iter().take(4) {
            // writing to a String cannot fail
            write!(version, "{byte:02x}").unwrap_or_default();
        }
        version
    }

    /// A file that no item reads is a mistake in its name.
    fn tell_of_strays(&self, faults: &mut Faults) {
        const TOP: [&str; 7] = [
            "VERSION",
            "README.md",
            "CHANGELOG.md",
            "method.toml",
            "sources.toml",
            "vocabulary/columns.toml",
            "vocabulary/steps.toml",
        ];
        for path in self.files.keys() {
            let parts: Vec<&str> = path.split('/').collect();
            let expected: &[&str] = match parts.as_slice() {
                ["processes", _, file] => &["process.toml", file],
                ["circumstances", _, file] => &["circumstance.toml", file],
                ["controls", _, file] => &["control.toml", file],
                ["rules", _, _, file] => &["rule.toml", "examples.md", file],
                _ => &[],
            };
            let known = match expected.split_last() {
                Some((file, own)) => {
                    own.contains(file) || matches!(*file, "text.nl.toml" | "text.en.toml")
                }
                None => TOP.contains(&path.as_str()),
            };
            if !known {
                let hint = "content/README.md lists the files there are";
                faults.add_with_hint(path, 0, "the file belongs to no item", hint);
            }
        }
    }
}

fn unique<T>(
    items: &mut BTreeMap<String, T>,
    folder: &str,
    code: String,
    item: T,
    faults: &mut Faults,
) {
    if items.contains_key(&code) {
        let hint = "codes are never used twice; take the next free number";
        faults.add_with_hint(
            folder,
            0,
            format!("the code `{code}` stands there twice"),
            hint,
        );
    }
    items.insert(code, item);
}

/// References between items: every name that one item uses must exist.
fn check_codes(catalogue: &Catalogue, faults: &mut Faults) {
    let mut known = |file: &str, ids: &[String]| {
        for id in ids {
            if !catalogue.sources.contains_key(id) {
                let hint = crate::fault::nearest(
                    id,
                    catalogue.sources.keys().map(String::as_str),
                );
                let sentence = format!("the source `{id}` is not in sources.toml");
                faults.add_with_hint(file, 0, sentence, hint);
            }
        }
    };
    for item in catalogue.circumstances.values() {
        known(&format!("circumstances/{}/circumstance.toml", item.name), &item.sources);
    }
    for item in catalogue.controls.values() {
        known(&format!("controls/{}/control.toml", item.name), &item.sources);
    }
    for item in catalogue.processes.values() {
        let file = format!("processes/{}/process.toml", item.process);
        known(&file, &item.sources);
        for list in item.lists.values().flatten() {
            known(&file, std::slice::from_ref(&list.source));
        }
    }
    for rule in catalogue.rules.values() {
        known(&rule.file, &rule.sources);
    }
    for rule in catalogue.rules.values() {
        for evidence in &rule.evidence {
            let (kind, code, exists) = match evidence {
                EvidenceFor::Control(code) => {
                    ("control", code, catalogue.controls.contains_key(code))
                }
                EvidenceFor::Circumstance(code) => {
                    ("circumstance", code, catalogue.circumstances.contains_key(code))
                }
            };
            if !exists {
                let sentence = format!("there is no {kind} with the code `{code}`");
                faults.add(&rule.file, 0, sentence);
            }
        }
    }
}
