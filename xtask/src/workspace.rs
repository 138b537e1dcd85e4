//! Where the workspace lies, which files belong to it and which packages it uses.

use crate::failure::Failure;
use serde_json::Value;
use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The folder of the root `Cargo.toml`.
#[derive(Clone, Debug)]
pub struct Workspace {
    /// That folder.
    pub root: PathBuf,
}

/// A package cargo knows of: ours or a foreign one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Package {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its folder relative to the root, for a package of ours; `None` for a foreign one.
    pub folder: Option<String>,
    /// The SPDX expression of its licence, where it declares one.
    pub licence: Option<String>,
    /// What it imports to be built or run; what only its tests import is left out.
    pub imports: Vec<String>,
}

impl Workspace {
    /// The workspace of this crate, when run by cargo; else that of the current folder.
    pub fn find() -> Result<Self, Failure> {
        let start = match env::var_os("CARGO_MANIFEST_DIR") {
            Some(folder) => PathBuf::from(folder),
            None => env::current_dir()
                .map_err(|error| Failure::new(format!("no current folder: {error}")))?,
        };
        start
            .ancestors()
            .find(|folder| folder.join("Cargo.lock").is_file())
            .map(|root| Self { root: root.to_path_buf() })
            .ok_or_else(|| {
                Failure::new(format!(
                    "no workspace found above {}; run this inside the project",
                    start.display()
                ))
            })
    }

    /// Runs a command in the root with its output on the screen.
    pub fn run(&self, program: &str, arguments: &[&str]) -> Result<(), Failure> {
        self.run_with(program, arguments, &[])
    }

    /// As [`Workspace::run`], with variables of the environment.
    pub fn run_with(
        &self,
        program: &str,
        arguments: &[&str],
        variables: &[(&str, &str)],
    ) -> Result<(), Failure> {
        let shown = format!("{program} {}", arguments.join(" "));
        let status = Command::new(program)
            .args(arguments)
            .envs(variables.iter().copied())
            .current_dir(&self.root)
            .status()
            .map_err(|error| Failure::new(format!("cannot start `{shown}`: {error}")))?;
        if status.success() {
            Ok(())
        } else {
            Err(Failure::new(format!("`{shown}` failed ({status})")))
        }
    }

    /// Whether a command answers at all; its output is not shown.
    pub fn answers(&self, program: &str, arguments: &[&str]) -> bool {
        Command::new(program)
            .args(arguments)
            .current_dir(&self.root)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
    }

    fn output(&self, program: &str, arguments: &[&str]) -> Result<Vec<u8>, Failure> {
        let shown = format!("{program} {}", arguments.join(" "));
        let output = Command::new(program)
            .args(arguments)
            .current_dir(&self.root)
            .output()
            .map_err(|error| Failure::new(format!("cannot start `{shown}`: {error}")))?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        let reason = String::from_utf8_lossy(&output.stderr);
        Err(Failure::new(format!("`{shown}` failed: {}", reason.trim())))
    }

    /// Every text file git tracks or would track, by its path relative to the root with
    /// `/`. Files that are not UTF-8 are data and left out.
    pub fn texts(&self) -> Result<BTreeMap<String, String>, Failure> {
        let listed = self.output(
            "git",
            &["ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        )?;
        let mut texts = BTreeMap::new();
        for name in listed.split(|byte| *byte == 0).filter(|name| !name.is_empty()) {
            let name = String::from_utf8_lossy(name).into_owned();
            let path = self.root.join(&name);
            // a file deleted but not yet committed is still listed
            if !path.is_file() {
                continue;
            }
            let bytes =
                fs::read(&path).map_err(|error| Failure::file("read", &path, &error))?;
            if let Ok(text) = String::from_utf8(bytes) {
                texts.insert(name, text);
            }
        }
        Ok(texts)
    }

    /// All packages of `cargo metadata`, ours first, then by name.
    pub fn packages(&self) -> Result<Vec<Package>, Failure> {
        let bytes = self.output("cargo", &["metadata", "--format-version", "1"])?;
        let metadata: Value = serde_json::from_slice(&bytes).map_err(|error| {
            Failure::new(format!("cargo metadata is no JSON: {error}"))
        })?;
        let packages = metadata.get("packages").and_then(Value::as_array);
        let mut packages: Vec<Package> = packages
            .into_iter()
            .flatten()
            .filter_map(|package| read_package(package, &self.root))
            .collect();
        packages.sort_by_key(|package| {
            (package.folder.is_none(), package.name.clone(), package.version.clone())
        });
        Ok(packages)
    }
}

fn read_package(package: &Value, root: &Path) -> Option<Package> {
    let text = |key: &str| package.get(key).and_then(Value::as_str).map(str::to_owned);
    let ours = package.get("source").is_none_or(Value::is_null);
    let folder = ours.then(|| {
        let manifest = PathBuf::from(text("manifest_path").unwrap_or_default());
        let folder = manifest.parent().unwrap_or(root);
        folder.strip_prefix(root).unwrap_or(folder).to_string_lossy().replace('\\', "/")
    });
    // what stands in for a foreign package is held to what foreign packages are held to
    let folder = folder.filter(|folder| !folder.starts_with("third-party/"));
    let dependencies = package.get("dependencies").and_then(Value::as_array);
    let mut imports: Vec<String> = dependencies
        .into_iter()
        .flatten()
        .filter(|import| import.get("kind").and_then(Value::as_str) != Some("dev"))
        .filter_map(|import| import.get("name").and_then(Value::as_str))
        .map(str::to_owned)
        .collect();
    imports.sort();
    imports.dedup();
    Some(Package {
        name: text("name")?,
        version: text("version")?,
        folder,
        licence: text("license"),
        imports,
    })
}
