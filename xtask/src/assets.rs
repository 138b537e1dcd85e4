//! Fetches the style sheets of the NL Design System with npm, holds each to its pinned hash,
//! and writes what is used of them into the crate `dress`.
//!
//! Only this needs Node and the network: what it writes is committed (decision 12).

mod make;

use crate::failure::Failure;
use crate::say;
use crate::workspace::Workspace;
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

const PINS: &str = "crates/dress/assets.toml";
const MADE: &str = "crates/dress/css/made";
/// Where npm puts the packages; git knows nothing of it.
const FETCHED: &str = "target/assets";

/// One file of one package, to the byte.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Pin {
    package: String,
    version: String,
    file: String,
    sha256: String,
}

/// What is pinned: one theme, and components in the order in which they are laid.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Pins {
    theme: Vec<Pin>,
    components: Vec<Pin>,
}

/// Fetches, checks and writes. Nothing is written when one file differs from its pin.
pub fn run(workspace: &Workspace) -> Result<(), Failure> {
    let path = workspace.root.join(PINS);
    let text = fs::read_to_string(&path)
        .map_err(|error| Failure::file("read", &path, &error))?;
    let pins = Pins::read(&text)?;
    fetch(workspace, &pins)?;
    let folder = workspace.root.join(FETCHED).join("node_modules");
    let components = checked(&folder, &pins.components)?;
    let theme = checked(&folder, &pins.theme)?;
    let components = make::components(&components);
    let theme = make::theme(&theme.join("\n"), &components);
    let mut sums = String::new();
    for (name, text) in [("components.css", components), ("theme.css", theme)] {
        let path = workspace.root.join(MADE).join(name);
        fs::write(&path, &text).map_err(|error| Failure::file("write", &path, &error))?;
        say::line(&format!("{MADE}/{name}: {} bytes", text.len()));
        // writing to a string cannot fail
        writeln!(sums, "{}  {name}", hash(text.as_bytes())).unwrap_or_default();
    }
    let path = workspace.root.join(MADE).join("SHA256SUMS.txt");
    fs::write(&path, sums).map_err(|error| Failure::file("write", &path, &error))
}

/// Lets npm install all packages in their exact versions, without running their scripts.
fn fetch(workspace: &Workspace, pins: &Pins) -> Result<(), Failure> {
    if !workspace.answers("npm", &["--version"]) {
        return Err(Failure::new(
            "npm does not answer; install Node to fetch style sheets anew (not needed to build)",
        ));
    }
    let folder = workspace.root.join(FETCHED);
    fs::create_dir_all(&folder)
        .map_err(|error| Failure::file("make", &folder, &error))?;
    let wanted: Vec<String> = pins
        .theme
        .iter()
        .chain(&pins.components)
        .map(|pin| format!("{}@{}", pin.package, pin.version))
        .collect();
    let mut arguments = vec![
        "install",
        "--prefix",
        FETCHED,
        "--ignore-scripts",
        "--no-save",
        "--no-audit",
        "--no-fund",
        "--save-exact",
    ];
    arguments.extend(wanted.iter().map(String::as_str));
    workspace.run("npm", &arguments)
}

/// The texts of the pinned files, or every file that is absent or not as pinned.
fn checked(folder: &Path, pins: &[Pin]) -> Result<Vec<String>, Failure> {
    let mut texts = Vec::new();
    let mut remarks = Vec::new();
    for pin in pins {
        let path = folder.join(&pin.package).join(&pin.file);
        match fs::read_to_string(&path) {
            Err(error) => {
                remarks.push(format!("{}: cannot be read ({error})", path.display()));
            }
            Ok(text) => {
                let found = hash(text.as_bytes());
                if found != pin.sha256 {
                    remarks.push(format!(
                        "{} {} {}: has the hash {found}, pinned is {}",
                        pin.package, pin.version, pin.file, pin.sha256
                    ));
                }
                texts.push(text);
            }
        }
    }
    if remarks.is_empty() {
        return Ok(texts);
    }
    Err(Failure::many(&remarks, "assets: nothing was written"))
}

fn hash(bytes: &[u8]) -> String {
    let mut text = String::new();
    for byte in Sha256::digest(bytes) {
        // writing to a string cannot fail
        write!(text, "{byte:02x}").unwrap_or_default();
    }
    text
}

impl Pins {
    fn read(text: &str) -> Result<Self, Failure> {
        let table: toml::Table = text
            .parse()
            .map_err(|error: toml::de::Error| Failure::new(format!("{PINS}: {error}")))?;
        let pins = Self {
            theme: read_list(&table, "theme")?,
            components: read_list(&table, "component")?,
        };
        if pins.theme.is_empty() || pins.components.is_empty() {
            return Err(Failure::new(format!(
                "{PINS}: needs at least one [[theme]] and one [[component]]"
            )));
        }
        Ok(pins)
    }
}

fn read_list(table: &toml::Table, key: &str) -> Result<Vec<Pin>, Failure> {
    let entries = table.get(key).and_then(toml::Value::as_array);
    let mut pins = Vec::new();
    for (at, entry) in (1_usize..).zip(entries.into_iter().flatten()) {
        let field = |name: &str| {
            entry.get(name).and_then(toml::Value::as_str).map(str::to_owned).ok_or_else(
                || Failure::new(format!("{PINS}: [[{key}]] number {at} lacks `{name}`")),
            )
        };
        pins.push(Pin {
            package: field("package")?,
            version: field("version")?,
            file: field("file")?,
            sha256: field("sha256")?,
        });
    }
    Ok(pins)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_without_a_hash_is_told_with_its_place() {
        let text = "[[theme]]\npackage = \"a\"\nversion = \"1.0.0\"\nfile = \"a.css\"\n";
        let failure = Pins::read(text).unwrap_err().to_string();
        assert_eq!(failure, format!("{PINS}: [[theme]] number 1 lacks `sha256`"));
    }

    #[test]
    fn a_file_that_differs_from_its_pin_is_refused() {
        let pin = Pin {
            package: "src".to_owned(),
            version: "1.0.0".to_owned(),
            file: "lib.rs".to_owned(),
            sha256: "0".to_owned(),
        };
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
        let told = checked(folder, std::slice::from_ref(&pin)).unwrap_err().to_string();
        assert!(told.contains("src 1.0.0 lib.rs: has the hash"), "{told}");
        let absent = Pin { file: "gone.css".to_owned(), ..pin };
        let told = checked(folder, &[absent]).unwrap_err().to_string();
        assert!(told.contains("gone.css: cannot be read"), "{told}");
    }
}
