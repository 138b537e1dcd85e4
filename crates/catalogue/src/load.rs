//! Walks the files of `content/` and puts the catalogue together: whole, or not at all.

use crate::fault::Faults;
use crate::items::{Catalogue, Circumstance, Control, Rule};
use crate::library::{Card, Dilemma, Indicator, Instrument, Measure, NormSet, Profile};
use crate::{
    read_items, read_learn, read_library, read_method, read_process, read_rule,
    references, texts,
};
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
            references::check(&catalogue, &mut faults);
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
        let tables = read_items::tables(self, &columns, faults);
        let common_steps = read_items::common_steps(self, faults);
        let method = read_method::method(self, faults);
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
        let library = Folders { loader: self };
        let circumstances =
            library.read("circumstances/", 1, read_items::circumstance, faults);
        let controls = library.read("controls/", 1, read_items::control, faults);
        let rule = |loader: &Loader<'_>, folder: &str, faults: &mut Faults| {
            read_rule::read(loader, folder, &columns, faults)
        };
        let rules = library.read("rules/", 2, rule, faults);
        self.tell_of_strays(faults);
        Some(Catalogue {
            version: self.version(faults),
            method: method?,
            columns,
            tables,
            common_steps,
            processes,
            circumstances,
            controls,
            rules,
            unexpressed: read_learn::unexpressed(self, faults),
            indicators: library.read("indicators/", 1, read_library::indicator, faults),
            measures: library.read("measures/", 1, read_library::measure, faults),
            instruments: library.read(
                "instruments/",
                1,
                read_library::instrument,
                faults,
            ),
            dilemmas: library.read("dilemmas/", 2, read_learn::dilemma, faults),
            cards: library.read("cards/", 1, read_learn::card, faults),
            norms: library.read("norms/", 1, read_library::norm_set, faults),
            profiles: library.read("profiles/", 1, read_library::profile, faults),
            glossary: read_learn::glossary(self, faults),
            retired: read_learn::retired(self, faults),
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

    /// Whether there is such a file.
    pub(crate) fn has(&self, path: &str) -> bool {
        self.files.contains_key(path)
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
        const TOP: [&str; 10] = [
            "VERSION",
            "README.md",
            "CHANGELOG.md",
            "method.toml",
            "sources.toml",
            "retired.toml",
            "rules/unexpressed.toml",
            "vocabulary/columns.toml",
            "vocabulary/steps.toml",
            "vocabulary/tables.toml",
        ];
        for path in self.files.keys() {
            let parts: Vec<&str> = path.split('/').collect();
            let expected: &[&str] = match parts.as_slice() {
                ["processes", _, file] => &["process.toml", file],
                ["circumstances", _, file] => &["circumstance.toml", file],
                ["controls", _, file] => &["control.toml", file],
                ["rules", _, _, file] => &["rule.toml", "examples.md", file],
                ["indicators", _, file] => &["indicator.toml", file],
                ["measures", _, file] => &["measure.toml", file],
                ["instruments", _, file] => &["instrument.toml", file],
                ["dilemmas", _, _, file] => &["dilemma.toml", file],
                ["cards", _, file] => &["card.toml", file],
                ["norms", _, file] => &["norm.toml", file],
                ["profiles", _, file] => &["profile.toml", file],
                ["glossary", file] => &["glossary.toml", file],
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

/// What has a code of its own.
trait Coded {
    /// The code.
    fn code(&self) -> &str;
}

macro_rules! coded {
    ($($kind:ty: $($field:ident).+;)*) => {
        $(impl Coded for $kind {
            fn code(&self) -> &str {
                &self.$($field).+
            }
        })*
    };
}

coded! {
    Circumstance: code;
    Control: code;
    Rule: code;
    Indicator: head.code;
    Measure: head.code;
    Instrument: head.code;
    Dilemma: head.code;
    Card: head.code;
    NormSet: head.code;
    Profile: head.code;
}

/// Reads all folders of a kind into a map by code.
struct Folders<'l, 'a> {
    loader: &'l Loader<'a>,
}

impl Folders<'_, '_> {
    fn read<T: Coded>(
        &self,
        prefix: &str,
        depth: usize,
        read: impl Fn(&Loader<'_>, &str, &mut Faults) -> Option<T>,
        faults: &mut Faults,
    ) -> BTreeMap<String, T> {
        let mut items = BTreeMap::new();
        for folder in self.loader.folders(prefix, depth) {
            if let Some(item) = read(self.loader, &folder, faults) {
                unique(&mut items, &folder, item.code().to_owned(), item, faults);
            }
        }
        items
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
