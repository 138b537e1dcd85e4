//! The catalogue: read with the content of an organisation laid over it, brought out as
//! JSON or a workbook, changed by a workbook that comes back, compared with an older one.

use crate::error::AppError;
use catalogue::{Catalogue, Files};
use exchange::catalogue::change::{Changes, Difference, apply, compare};
use exchange::catalogue::diff::{DiffForm, diff};
use exchange::catalogue::{CatalogueForm, workbook};
use std::path::{Path, PathBuf};

/// The files of the content, with those of the organisation laid over them.
///
/// # Errors
/// A file of the organisation cannot be read.
pub fn content_files(overlay: Option<&Path>) -> Result<Files, AppError> {
    let mut files = catalogue::embedded();
    if let Some(folder) = overlay {
        files = catalogue::with_overlay(files, folder_files(folder)?);
    }
    Ok(files)
}

/// The checked catalogue, its rules compiled once so that no faulty logic comes through.
///
/// # Errors
/// All faults of the content at once, or a file that cannot be read.
pub fn load_catalogue(overlay: Option<&Path>) -> Result<Catalogue, AppError> {
    checked(&content_files(overlay)?)
}

fn checked(files: &Files) -> Result<Catalogue, AppError> {
    let catalogue = catalogue::load(files).map_err(AppError::from)?;
    rules::check(&catalogue).map_err(AppError::from)?;
    Ok(catalogue)
}

/// The files of a folder shaped like `content/`.
fn folder_files(folder: &Path) -> Result<Files, AppError> {
    let mut files = Files::new();
    walk(folder, folder, &mut files)?;
    Ok(files)
}

fn unreadable(path: &Path, error: &std::io::Error) -> AppError {
    AppError::data(format!("{}: cannot be read ({error})", path.display()))
}

fn walk(root: &Path, folder: &Path, files: &mut Files) -> Result<(), AppError> {
    let entries =
        std::fs::read_dir(folder).map_err(|error| unreadable(folder, &error))?;
    for entry in entries {
        let path = entry.map_err(|error| unreadable(folder, &error))?.path();
        if path.is_dir() {
            walk(root, &path, files)?;
            continue;
        }
        let kind = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
        let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default();
        if !matches!(kind, "toml" | "md") && name != "VERSION" {
            continue;
        }
        let text =
            std::fs::read_to_string(&path).map_err(|error| unreadable(&path, &error))?;
        let name: PathBuf = path.strip_prefix(root).unwrap_or(&path).to_owned();
        files.insert(name.to_string_lossy().replace('\\', "/"), text);
    }
    Ok(())
}

/// The content as a workbook to edit.
///
/// # Errors
/// A text does not fit a cell.
pub fn make_workbook(overlay: Option<&Path>) -> Result<Vec<u8>, AppError> {
    workbook::make(&content_files(overlay)?)
        .map_err(|error| AppError::data(error.to_string()))
}

/// A workbook that came back.
#[derive(Clone, Debug)]
pub struct Imported {
    /// What differs from the content as it is.
    pub differences: Vec<Difference>,
    /// Sheets that hold no rows of the catalogue.
    pub passed_over: Vec<String>,
    /// The files that were written; empty where nothing was.
    pub written: Vec<PathBuf>,
}

/// Holds a workbook against the content with `folder` laid over it.
///
/// With `write` the changed files are written into that folder, but only where the content as a whole then has no
/// fault; comments in the files stay.
///
/// # Errors
/// The file is no workbook, a row fits nothing, or the changed content has faults: all of
/// them, and nothing is written.
pub fn import_workbook(
    file: &Path,
    folder: &Path,
    write: bool,
) -> Result<Imported, AppError> {
    let bytes = std::fs::read(file).map_err(|error| unreadable(file, &error))?;
    let (brought, passed_over) =
        workbook::read(&bytes).map_err(|error| AppError::data(error.to_string()))?;
    let overlay = folder.is_dir().then_some(folder);
    let files = content_files(overlay)?;
    let Changes { differences, faults } = compare(&files, &brought);
    if !faults.is_empty() {
        return Err(AppError::Data(faults));
    }
    let changed = apply(&files, &differences).map_err(AppError::Data)?;
    checked(&catalogue::with_overlay(files, changed.clone()))?;
    let mut written = Vec::new();
    if write {
        for (name, text) in &changed {
            let path = folder.join(name);
            put(&path, text)?;
            written.push(path);
        }
    }
    Ok(Imported { differences, passed_over, written })
}

/// Writes a file by way of a neighbour, so that it is whole or not there.
fn put(path: &Path, text: &str) -> Result<(), AppError> {
    let failed = |error: std::io::Error| {
        AppError::data(format!("{}: cannot be written ({error})", path.display()))
    };
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent).map_err(failed)?;
    }
    let neighbour = path.with_extension("toml.new");
    std::fs::write(&neighbour, text).map_err(failed)?;
    std::fs::rename(&neighbour, path).map_err(failed)
}

/// What changed since an older content: a folder shaped like `content/`, or a file that
/// `catalogue export` wrote.
///
/// # Errors
/// The old content cannot be read or has faults.
pub fn compare_content(old: &Path, overlay: Option<&Path>) -> Result<DiffForm, AppError> {
    let before = if old.is_dir() {
        let catalogue = catalogue::load(&folder_files(old)?).map_err(AppError::from)?;
        CatalogueForm::of(&catalogue)
    } else {
        let text =
            std::fs::read_to_string(old).map_err(|error| unreadable(old, &error))?;
        read_form(old, &text)?
    };
    Ok(diff(&before, &CatalogueForm::of(&load_catalogue(overlay)?)))
}

fn read_form(path: &Path, text: &str) -> Result<CatalogueForm, AppError> {
    let form: CatalogueForm = serde_json::from_str(text).map_err(|error| {
        AppError::data(format!(
            "{}: line {}: this is no exported catalogue ({error}); write one with `dijkwacht catalogue export`",
            path.display(),
            error.line()
        ))
    })?;
    if form.form == exchange::catalogue::FORM {
        return Ok(form);
    }
    Err(AppError::data(format!(
        "{}: the form is `{}`, expected `{}`; export it again with this version",
        path.display(),
        form.form,
        exchange::catalogue::FORM
    )))
}
