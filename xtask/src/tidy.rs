//! The agreements a compiler does not hold, each as a check over the whole workspace.
//!
//! A check is a pure function over a [`House`]; [`CHECKS`] is the only list. What may stay
//! as it is for now stands in `xtask/ratchet.toml`, which may only shrink.

mod files;
mod headers;
mod layers;
mod licences;
mod links;
mod prose;
mod ratchet;
mod words;

use crate::failure::Failure;
use crate::say;
use crate::workspace::{Package, Workspace};
use std::collections::BTreeMap;
use std::path::Path;

/// Everything the checks look at.
#[derive(Clone, Debug, Default)]
pub struct House {
    /// The text files of the project by path, relative to the root.
    pub texts: BTreeMap<String, String>,
    /// The packages, ours and foreign.
    pub packages: Vec<Package>,
}

impl House {
    /// A file that must be there; its absence is a remark.
    fn text(&self, path: &str, remarks: &mut Vec<String>) -> &str {
        self.texts.get(path).map_or_else(
            || {
                remarks.push(format!("{path}: the file is missing"));
                ""
            },
            String::as_str,
        )
    }

    /// Our own packages with their folders.
    fn ours(&self) -> impl Iterator<Item = (&Package, &str)> {
        self.packages
            .iter()
            .filter_map(|package| Some((package, package.folder.as_deref()?)))
    }
}

/// What follows the last point of the name of a file; empty where there is none.
fn ending(path: &str) -> &str {
    Path::new(path).extension().and_then(|ending| ending.to_str()).unwrap_or_default()
}

type Check = fn(&House) -> Vec<String>;

/// Every check by name.
pub const CHECKS: [(&str, Check); 8] = [
    ("layers", layers::check),
    ("headers", headers::check),
    ("files", files::check),
    ("ratchet", ratchet::check),
    ("spelling", prose::check),
    ("words", words::check),
    ("links", links::check),
    ("licences", licences::check),
];

/// Runs every check and gives all remarks, by check.
pub fn check(workspace: &Workspace) -> Result<Vec<String>, Failure> {
    let house = House { texts: workspace.texts()?, packages: workspace.packages()? };
    let remarks = CHECKS.iter().flat_map(|(name, check)| {
        let mut remarks = check(&house);
        remarks.sort();
        remarks.into_iter().map(move |remark| format!("[{name}] {remark}"))
    });
    Ok(remarks.collect())
}

/// Runs every check; fails with all remarks.
pub fn run(workspace: &Workspace) -> Result<(), Failure> {
    let remarks = check(workspace)?;
    if remarks.is_empty() {
        say::line(&format!("tidy: {} checks, no remarks", CHECKS.len()));
        return Ok(());
    }
    let closing = format!("tidy: {} remarks", remarks.len());
    Err(Failure::many(&remarks, &closing))
}
