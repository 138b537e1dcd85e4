//! Reading a snapshot back: the manifest, the dictionaries, and the events in batches of
//! whole cases. Every block is compared with the check sums made when it was written.

use crate::content::TextHash;
use crate::decode::Decoder;
use crate::error::{StoreError, at};
use crate::manifest::{FORMAT, Manifest};
use crate::scan::Scan;
use crate::store::Layout;
use arrow_array::StringArray;
use arrow_array::cast::AsArray;
use columns::events::Dictionaries;
use columns::{Dictionary, WhoKind};
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder,
};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::{Path, PathBuf};

/// Reads the manifest of a snapshot.
pub(crate) fn read_manifest(layout: &Layout, name: &str) -> Result<Manifest, StoreError> {
    #[derive(serde::Deserialize)]
    struct Version {
        format: u32,
    }
    let path = layout.snapshot(name).join("manifest.json");
    let text = std::fs::read(&path).map_err(at::<StoreError>("read", &path))?;
    // the version first: a newer format may have other fields
    let version: Version = serde_json::from_slice(&text)
        .map_err(|error| StoreError::damaged(&path, error))?;
    if version.format > FORMAT {
        return Err(StoreError::Newer { name: name.to_owned(), format: version.format });
    }
    let manifest: Manifest = serde_json::from_slice(&text)
        .map_err(|error| StoreError::damaged(&path, error))?;
    if manifest.name != name {
        let why = format!("it calls itself `{}`", manifest.name);
        return Err(StoreError::damaged(&path, why));
    }
    Ok(manifest)
}

/// An opened snapshot.
#[derive(Clone, Debug)]
pub struct Snapshot {
    manifest: Manifest,
    dictionaries: Dictionaries,
    folder: PathBuf,
    metadata: ArrowReaderMetadata,
}

impl Snapshot {
    pub(crate) fn open(layout: &Layout, name: &str) -> Result<Self, StoreError> {
        let manifest = read_manifest(layout, name)?;
        let folder = layout.snapshot(name);
        let dictionaries = read_dictionaries(&folder, &manifest)?;
        let path = folder.join("events.parquet");
        let metadata = open_parquet(&path, manifest.parts.events_bytes)?.1;
        if metadata.metadata().num_row_groups() != manifest.parts.blocks.len() {
            return Err(StoreError::damaged(&path, "row groups are missing"));
        }
        Ok(Self { manifest, dictionaries, folder, metadata })
    }

    /// What the snapshot holds.
    pub const fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The texts behind the codes.
    pub const fn dictionaries(&self) -> &Dictionaries {
        &self.dictionaries
    }

    /// The events with the attributes named in `columns`, in batches of whole cases.
    ///
    /// Cases come in the order of their codes. A batch holds as many whole cases as fit in
    /// `batch_rows` rows and at least one; it never reaches over a row group. Attributes
    /// that the snapshot does not have are absent from the batches.
    ///
    /// # Errors
    /// The iterator gives one error for a damaged file and then ends.
    pub fn scan(&self, columns: &BTreeSet<String>, batch_rows: usize) -> Scan {
        Scan::new(self.decoder(columns), batch_rows)
    }

    fn decoder(&self, columns: &BTreeSet<String>) -> Decoder {
        let path = self.folder.join("events.parquet");
        Decoder::new(
            path,
            self.metadata.clone(),
            &self.manifest,
            &self.dictionaries,
            columns,
        )
    }
}

/// Opens a Parquet file of known size.
fn open_parquet(
    path: &Path,
    bytes: u64,
) -> Result<(File, ArrowReaderMetadata), StoreError> {
    let file = File::open(path).map_err(at::<StoreError>("read", path))?;
    let there = file.metadata().map_err(at::<StoreError>("read", path))?.len();
    if there != bytes {
        let why = format!("{there} bytes instead of {bytes}");
        return Err(StoreError::damaged(path, why));
    }
    let metadata = ArrowReaderMetadata::load(&file, ArrowReaderOptions::new())
        .map_err(|error| StoreError::damaged(path, error))?;
    Ok((file, metadata))
}

fn read_dictionaries(
    folder: &Path,
    manifest: &Manifest,
) -> Result<Dictionaries, StoreError> {
    let path = folder.join("dictionaries.parquet");
    let (file, metadata) = open_parquet(&path, manifest.parts.dictionaries_bytes)?;
    let mut all: BTreeMap<String, Dictionary> = BTreeMap::new();
    let mut hash = TextHash::new();
    for group in 0..metadata.metadata().num_row_groups() {
        let rows = metadata.metadata().row_group(group).num_rows();
        let file = file.try_clone().map_err(at::<StoreError>("read", &path))?;
        let reader =
            ParquetRecordBatchReaderBuilder::new_with_metadata(file, metadata.clone())
                .with_row_groups(vec![group])
                .with_batch_size(usize::try_from(rows).unwrap_or(usize::MAX))
                .build();
        let batch = reader
            .map_err(|error| StoreError::damaged(&path, error))?
            .next()
            .ok_or_else(|| StoreError::damaged(&path, "a dictionary is empty"))?
            .map_err(|error| StoreError::damaged(&path, error))?;
        let text =
            |at: &str| batch.column_by_name(at).and_then(|a| a.as_string_opt::<i32>());
        let (Some(names), Some(values)) = (text("column"), text("value")) else {
            return Err(StoreError::damaged(&path, "a column is missing"));
        };
        let name = names.iter().flatten().next().unwrap_or_default();
        hash.add(name);
        for value in values {
            hash.add(value.unwrap_or_default());
        }
        all.insert(name.to_owned(), Dictionary(values.clone()));
    }
    if hash.finish() != manifest.parts.dictionaries_sum {
        return Err(StoreError::damaged(&path, "its check sum differs"));
    }
    Ok(sort_out(all))
}

/// Gives each dictionary its place.
fn sort_out(mut all: BTreeMap<String, Dictionary>) -> Dictionaries {
    let none = || Dictionary(StringArray::new_null(0));
    let kinds = all.remove("who-kind").unwrap_or_else(none);
    Dictionaries {
        case: all.remove("case").unwrap_or_else(none),
        activity: all.remove("activity").unwrap_or_else(none),
        who: all.remove("who").unwrap_or_else(none),
        who_kind: kinds
            .iter()
            .map(|(_, kind)| match kind {
                "service" => WhoKind::Service,
                "shared" => WhoKind::Shared,
                _ => WhoKind::Person,
            })
            .collect(),
        attributes: all
            .into_iter()
            .filter_map(|(name, texts)| {
                Some((name.strip_prefix("a:")?.to_owned(), texts))
            })
            .collect(),
    }
}
