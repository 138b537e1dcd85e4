//! Tables beside a log: which files they are, and reading them before the log.

use crate::Office;
use crate::read::{digest, file_name};
use crate::{AppError, ReadRequest};
use sources::tables::Tables;
use sources::{Limits, Mapping};
use std::path::{Path, PathBuf};
use store::{Builder, SourceFile};

/// A table of the mapping and the file in which it stands.
#[derive(Clone, Debug)]
pub(crate) struct TableFile {
    /// The name of the table.
    name: String,
    /// Its file.
    path: PathBuf,
}

/// The file of each table of the mapping: the one the user names, else the one beside the
/// mapping. Every table without a file, and every name that is no table, is told at once.
pub(crate) fn files(
    office: &Office,
    mapping: &Mapping,
    request: &ReadRequest,
) -> Result<Vec<TableFile>, AppError> {
    let mut faults = Vec::new();
    let beside = request.mapping.as_deref().and_then(Path::parent);
    let shown = request
        .mapping
        .as_ref()
        .map_or_else(|| "the mapping".to_owned(), |path| path.display().to_string());
    let known = &office.catalogue.tables;
    for name in mapping.tables.keys() {
        if known.get(name).is_none_or(|table| table.events) {
            let joined = known.values().filter(|t| !t.events).map(|t| t.name.as_str());
            let all: Vec<&str> = joined.collect();
            faults.push(format!(
                "{shown}: `{name}` is no table that can be joined; choose one of {}",
                all.join(", ")
            ));
        }
    }
    for name in request.tables.keys().filter(|name| !mapping.tables.contains_key(*name)) {
        faults.push(format!(
            "--table {name}: {shown} does not say how this table is read; add [tables.{name}] to it"
        ));
    }
    let mut files = Vec::new();
    for (name, table) in &mapping.tables {
        let named = table.file.as_ref().map(|file| match beside {
            Some(folder) => folder.join(file),
            None => PathBuf::from(file),
        });
        match request.tables.get(name).cloned().or(named) {
            Some(path) => files.push(TableFile { name: name.clone(), path }),
            None => faults.push(format!(
                "{shown}: line {}: the table `{name}` has no file; write `file = \"…\"` or give --table {name}=FILE",
                table.line
            )),
        }
    }
    if faults.is_empty() { Ok(files) } else { Err(AppError::Data(faults)) }
}

/// Reads the tables; each stands among the files of the snapshot, with its digest.
pub(crate) fn read(
    files: &[TableFile],
    mapping: &Mapping,
    builder: &mut Builder,
) -> Result<Tables, AppError> {
    let mut tables = Tables::default();
    for TableFile { name, path } in files {
        let Some(how) = mapping.tables.get(name) else { continue };
        let (bytes, sha256) = digest(path)?;
        builder.start_file(SourceFile {
            name: file_name(path),
            bytes,
            sha256,
            format: format!("table:{name}"),
            ..SourceFile::default()
        })?;
        tables
            .read(name, path, how, &Limits::default(), builder)
            .map_err(|error| AppError::data(format!("{}: {error}", path.display())))?;
    }
    Ok(tables)
}
