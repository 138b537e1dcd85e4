//! Use cases, one function each: read a log, propose a binding, evaluate, list findings,
//! draw pictures. The command line and the pages offer these and nothing else; they choose
//! words, this crate chooses what happens.
//!
//! Clock, arguments and terminal stay outside: dates come as arguments, progress is told
//! through a function.

mod bind;
mod error;
mod evaluate;
mod findings;
mod picture;
mod progress;
mod read;

pub use bind::{Proposal, bind_file, bind_snapshot};
pub use error::AppError;
pub use evaluate::{EvaluateRequest, Evaluated, evaluate};
pub use findings::findings;
pub use picture::pictures;
pub use progress::{Progress, Quiet};
pub use read::{ReadReport, ReadRequest, read};

use catalogue::Catalogue;
use std::path::{Path, PathBuf};
use store::Store;

/// The catalogue and the data directory, opened.
#[derive(Debug)]
pub struct Office {
    /// The checked catalogue.
    pub catalogue: Catalogue,
    /// The data directory.
    pub store: Store,
}

impl Office {
    /// Opens a data directory with the content built into the program, over which the
    /// content of the organisation is laid (`overlay`, a folder of the shape of `content/`).
    /// The directory itself is made when something is first written.
    pub fn open(dir: &Path, overlay: Option<&Path>) -> Result<Self, AppError> {
        let catalogue = load_catalogue(overlay)?;
        let store =
            Store::open(dir).map_err(|error| AppError::data(error.to_string()))?;
        Ok(Self { catalogue, store })
    }
}

/// The checked catalogue, its rules compiled once so that no faulty logic comes through.
pub fn load_catalogue(overlay: Option<&Path>) -> Result<Catalogue, AppError> {
    let mut files = catalogue::embedded();
    if let Some(folder) = overlay {
        let mut own = catalogue::Files::new();
        walk(folder, folder, &mut own)?;
        files = catalogue::with_overlay(files, own);
    }
    let catalogue = catalogue::load(&files).map_err(AppError::from)?;
    rules::check(&catalogue).map_err(AppError::from)?;
    Ok(catalogue)
}

fn walk(
    root: &Path,
    folder: &Path,
    files: &mut catalogue::Files,
) -> Result<(), AppError> {
    let failed = |path: &Path, error: &std::io::Error| {
        AppError::data(format!("{}: cannot be read ({error})", path.display()))
    };
    let entries = std::fs::read_dir(folder).map_err(|error| failed(folder, &error))?;
    for entry in entries {
        let path = entry.map_err(|error| failed(folder, &error))?.path();
        if path.is_dir() {
            walk(root, &path, files)?;
            continue;
        }
        let kind = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
        if !matches!(kind, "toml" | "md") {
            continue;
        }
        let text =
            std::fs::read_to_string(&path).map_err(|error| failed(&path, &error))?;
        let name: PathBuf = path.strip_prefix(root).unwrap_or(&path).to_owned();
        files.insert(name.to_string_lossy().replace('\\', "/"), text);
    }
    Ok(())
}
