//! The theme of an organisation, from a folder of its own. Such themes are not ours to give
//! away: most may be used by one municipality only.

use crate::File;
use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::Path;

const SETTINGS: &str = "huisstijl.toml";
const THEME: &str = "theme.css";
/// What all files of a theme may weigh together.
const MOST_BYTES: u64 = 8 * 1024 * 1024;

/// What a folder holds.
pub(crate) struct Own {
    pub(crate) class: String,
    /// The name of the file and what it says.
    pub(crate) logo: Option<(String, String)>,
    pub(crate) files: BTreeMap<String, File>,
}

/// Why a theme cannot be used: every fault with its file and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DressError(Vec<String>);

impl DressError {
    /// The faults, one sentence each.
    pub fn faults(&self) -> &[String] {
        &self.0
    }
}

impl fmt::Display for DressError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("\n"))
    }
}

impl std::error::Error for DressError {}

/// Reads and checks a folder.
pub(crate) fn read(folder: &Path) -> Result<Own, DressError> {
    let mut faults = Vec::new();
    let files = read_files(folder, &mut faults);
    let (class, logo) = read_settings(folder, &mut faults);
    if faults.is_empty() {
        let named = |name: &str| files.contains_key(name);
        if !named(THEME) {
            faults.push(format!("{}: `{THEME}` is missing", folder.display()));
        }
        if let Some((name, _)) = logo.as_ref().filter(|(name, _)| !named(name)) {
            faults.push(format!(
                "{}: `logo` names `{name}`, which is not in the folder",
                folder.join(SETTINGS).display()
            ));
        }
        let theme = files.get(THEME).map(|file| String::from_utf8_lossy(&file.bytes));
        if theme.is_some_and(|text| !text.contains(&format!(".{class}"))) {
            faults.push(format!(
                "{}: has no rule for `.{class}`, the class in `{SETTINGS}`",
                folder.join(THEME).display()
            ));
        }
    }
    if faults.is_empty() {
        Ok(Own { class, logo, files })
    } else {
        Err(DressError(faults))
    }
}

fn read_files(folder: &Path, faults: &mut Vec<String>) -> BTreeMap<String, File> {
    let mut files = BTreeMap::new();
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            faults.push(format!("{}: cannot be read ({error})", folder.display()));
            return files;
        }
    };
    let mut weight = 0;
    for entry in entries.filter_map(Result::ok) {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if name == SETTINGS || name.starts_with('.') {
            continue;
        }
        weight += entry.metadata().map_or(0, |about| about.len());
        if weight > MOST_BYTES {
            faults.push(format!(
                "{}: holds more than {MOST_BYTES} bytes; keep only what the theme needs",
                folder.display()
            ));
            return files;
        }
        if !name.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c)) {
            faults.push(format!(
                "{}: a name may hold letters, digits, `.`, `_` and `-`; rename it",
                path.display()
            ));
            continue;
        }
        match fs::read(&path) {
            Err(error) => {
                faults.push(format!("{}: cannot be read ({error})", path.display()));
            }
            Ok(bytes) => match File::named(&name, bytes) {
                Some(file) => {
                    files.insert(name, file);
                }
                None => faults.push(format!(
                    "{}: only {} can be served; remove it",
                    path.display(),
                    File::endings()
                )),
            },
        }
    }
    files
}

fn read_settings(
    folder: &Path,
    faults: &mut Vec<String>,
) -> (String, Option<(String, String)>) {
    let path = folder.join(SETTINGS);
    let nothing = (String::new(), None);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) => {
            faults.push(format!("{}: cannot be read ({error})", path.display()));
            return nothing;
        }
    };
    let table: toml::Table = match text.parse() {
        Ok(table) => table,
        Err(error) => {
            faults.push(format!("{}: {error}", path.display()));
            return nothing;
        }
    };
    for key in
        table.keys().filter(|key| !["class", "logo", "logo-text"].contains(&key.as_str()))
    {
        faults.push(format!(
            "{}: `{key}` is not known; expected `class`, `logo`, `logo-text`",
            path.display()
        ));
    }
    let text =
        |key: &str| table.get(key).and_then(toml::Value::as_str).map(str::to_owned);
    let class = text("class").unwrap_or_default();
    let good = class.starts_with(|c: char| c.is_ascii_alphabetic())
        && class.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
    if !good {
        faults.push(format!(
            "{}: `class` is the class of the theme, such as `voorbeeld-theme`; found `{class}`",
            path.display()
        ));
    }
    let logo = match (text("logo"), text("logo-text")) {
        (None, None) => None,
        (Some(logo), Some(says)) if !says.trim().is_empty() => Some((logo, says)),
        (_, _) => {
            faults.push(format!(
                "{}: `logo` and `logo-text` belong together: the file, and what it says",
                path.display()
            ));
            None
        }
    };
    (class, logo)
}
