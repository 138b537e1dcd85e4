//! Small keepers for later stations: JSON files that are either whole or not there, and a
//! folder of dated results to which is only added.

use crate::error::{FileFault, KeepError, at};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::io::{BufReader, BufWriter, ErrorKind, Write};
use std::path::Path;
use tempfile::NamedTempFile;

/// Writes a value as indented JSON beside `path` and puts it in its place in one step, so
/// that a reader finds the old or the new, never half of it. The folder must exist.
pub fn write_json_atomic<T: Serialize + ?Sized>(
    path: &Path,
    value: &T,
) -> Result<(), KeepError> {
    let file = write_beside(path, value)?;
    file.persist(path)
        .map(|_file| ())
        .map_err(|error| FileFault::new("write", path, error.error))?;
    sync_folder_of(path)
}

/// Like [`write_json_atomic`], but refuses when there is a file of that name.
pub(crate) fn write_json_new<T: Serialize + ?Sized>(
    path: &Path,
    value: &T,
) -> Result<(), KeepError> {
    let file = write_beside(path, value)?;
    match file.persist_noclobber(path) {
        Ok(_file) => sync_folder_of(path),
        Err(error) if error.error.kind() == ErrorKind::AlreadyExists => {
            Err(KeepError::Exists { path: path.to_owned() })
        }
        Err(error) => Err(FileFault::new("write", path, error.error).into()),
    }
}

fn write_beside<T: Serialize + ?Sized>(
    path: &Path,
    value: &T,
) -> Result<NamedTempFile, KeepError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let file =
        NamedTempFile::new_in(folder).map_err(at::<KeepError>("write in", folder))?;
    let mut out = BufWriter::new(file);
    serde_json::to_writer_pretty(&mut out, value).map_err(|error| KeepError::Shape {
        path: path.to_owned(),
        why: error.to_string(),
    })?;
    out.write_all(b"\n").map_err(at::<KeepError>("write", path))?;
    let file = out
        .into_inner()
        .map_err(|error| FileFault::new("write", path, error.into_error()))?;
    file.as_file().sync_all().map_err(at::<KeepError>("write", path))?;
    Ok(file)
}

/// Makes sure that a new name in a folder survives a power cut.
fn sync_folder_of(path: &Path) -> Result<(), KeepError> {
    match path.parent() {
        Some(folder) => sync_folder(folder).map_err(KeepError::from),
        None => Ok(()),
    }
}

pub(crate) fn sync_folder(folder: &Path) -> Result<(), FileFault> {
    if cfg!(unix) {
        let handle =
            std::fs::File::open(folder).map_err(at::<FileFault>("open", folder))?;
        handle.sync_all().map_err(at::<FileFault>("write", folder))?;
    }
    Ok(())
}

/// Reads a value from a JSON file.
pub fn read_json<T: DeserializeOwned>(path: &Path) -> Result<T, KeepError> {
    let file = std::fs::File::open(path).map_err(at::<KeepError>("read", path))?;
    serde_json::from_reader(BufReader::new(file)).map_err(|error| KeepError::Shape {
        path: path.to_owned(),
        why: error.to_string(),
    })
}
