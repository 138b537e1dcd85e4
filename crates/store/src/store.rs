//! The data folder: which snapshots there are, and which is the latest of its process.

use crate::builder::Builder;
use crate::error::{FileFault, KeepError, StoreError, WriteError, at};
use crate::keep::{read_json, write_json_atomic, write_json_new};
use crate::manifest::Manifest;
use crate::options::BuildOptions;
use crate::read::{Snapshot, read_manifest};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// For each process the names of its snapshots in the order in which they were last read,
/// the latest at the end.
type Latest = BTreeMap<String, Vec<String>>;

/// Where things lie in a data folder.
#[derive(Clone, Debug)]
pub(crate) struct Layout {
    pub(crate) dir: PathBuf,
}

impl Layout {
    /// With what the name of a temporary folder begins.
    pub(crate) const BUILDING: &str = ".building-";

    pub(crate) fn snapshots(&self) -> PathBuf {
        self.dir.join("snapshots")
    }

    pub(crate) fn snapshot(&self, name: &str) -> PathBuf {
        self.snapshots().join(name)
    }

    /// Where a snapshot lies while it is removed; [`tidy`](Self::tidy) takes what is left there.
    pub(crate) fn on_its_way_out(&self, name: &str) -> PathBuf {
        self.dir.join(format!("{}{name}", Self::BUILDING))
    }

    fn runs(&self) -> PathBuf {
        self.dir.join("runs")
    }

    fn latest(&self) -> PathBuf {
        self.dir.join("latest.json")
    }

    /// Makes the folders; what is new is for the owner only.
    pub(crate) fn make(&self) -> Result<(), FileFault> {
        for folder in [self.dir.clone(), self.snapshots(), self.runs()] {
            make_private(&folder).map_err(at::<FileFault>("make", &folder))?;
        }
        Ok(())
    }

    /// Removes what a run that was killed left behind. Only with the lock in hand.
    pub(crate) fn tidy(&self) -> Result<(), FileFault> {
        for entry in self.dir.read_dir().map_err(at::<FileFault>("read", &self.dir))? {
            let entry = entry.map_err(at::<FileFault>("read", &self.dir))?;
            if entry.file_name().to_string_lossy().starts_with(Self::BUILDING) {
                let path = entry.path();
                std::fs::remove_dir_all(&path)
                    .map_err(at::<FileFault>("remove", &path))?;
            }
        }
        Ok(())
    }

    fn read_latest(&self) -> Result<Latest, StoreError> {
        match read_json(&self.latest()) {
            Ok(latest) => Ok(latest),
            Err(KeepError::File(fault)) if fault.cause.kind() == ErrorKind::NotFound => {
                Ok(Latest::new())
            }
            Err(KeepError::File(fault)) => Err(fault.into()),
            Err(KeepError::Shape { path, why }) => {
                Err(StoreError::DamagedList { path, why })
            }
            // reading gives no other error
            Err(other) => Err(StoreError::damaged(&self.latest(), other)),
        }
    }

    /// Makes a snapshot the latest of its process. A damaged list is begun anew: the
    /// snapshots themselves are what counts.
    pub(crate) fn set_latest(&self, process: &str, name: &str) -> Result<(), FileFault> {
        let mut latest = self.read_latest().unwrap_or_default();
        let names = latest.entry(process.to_owned()).or_default();
        names.retain(|other| other != name);
        names.push(name.to_owned());
        write_json_atomic(&self.latest(), &latest).map_err(|error| match error {
            KeepError::File(fault) => fault,
            other => FileFault::new(
                "write",
                &self.latest(),
                std::io::Error::other(other.to_string()),
            ),
        })
    }
}

#[cfg(unix)]
pub(crate) fn make_private(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

#[cfg(not(unix))]
pub(crate) fn make_private(folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)
}

/// A data folder. Cheap to make; holds nothing open.
#[derive(Clone, Debug)]
pub struct Store {
    layout: Layout,
}

impl Store {
    /// The data folder at `dir`. A folder that does not exist yet holds nothing and is made
    /// when something is written.
    pub fn open(dir: impl Into<PathBuf>) -> Result<Self, StoreError> {
        let dir = dir.into();
        if dir.exists() && !dir.is_dir() {
            return Err(StoreError::NotAFolder { dir });
        }
        Ok(Self { layout: Layout { dir } })
    }

    /// The data folder.
    pub fn dir(&self) -> &Path {
        &self.layout.dir
    }

    pub(crate) const fn layout(&self) -> &Layout {
        &self.layout
    }

    /// Begins a snapshot. Takes the lock of the folder and makes the key of the pseudonyms
    /// at first use.
    pub fn build(&self, options: BuildOptions) -> Result<Builder, WriteError> {
        Builder::new(self.layout.clone(), options)
    }

    /// The names of all snapshots: by process, then in the order in which they were last
    /// read, the latest at the end; those the list does not know come first, by name.
    pub fn names(&self) -> Result<Vec<String>, StoreError> {
        let folder = self.layout.snapshots();
        let mut names = Vec::new();
        match folder.read_dir() {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(names),
            Err(error) => return Err(FileFault::new("read", &folder, error).into()),
            Ok(entries) => {
                for entry in entries {
                    let entry = entry.map_err(at::<StoreError>("read", &folder))?;
                    if entry.path().join("manifest.json").is_file() {
                        names.push(entry.file_name().to_string_lossy().into_owned());
                    }
                }
            }
        }
        let latest = self.layout.read_latest()?;
        let order: Vec<&String> = latest.values().flatten().collect();
        names.sort_by_cached_key(|name| {
            let process =
                name.rsplit_once('-').map_or(name.as_str(), |(process, _)| process);
            let place = order.iter().position(|other| *other == name);
            (process.to_owned(), place, name.clone())
        });
        Ok(names)
    }

    /// What each snapshot holds, in the order of [`names`](Self::names).
    pub fn list(&self) -> Result<Vec<Manifest>, StoreError> {
        self.names()?.iter().map(|name| read_manifest(&self.layout, name)).collect()
    }

    /// The snapshot of a process that was read last; `None` when there is none.
    pub fn latest(&self, process: &str) -> Result<Option<String>, StoreError> {
        let latest = self.layout.read_latest()?;
        let names = latest.get(process).map(Vec::as_slice).unwrap_or_default();
        let there =
            |name: &&String| self.layout.snapshot(name).join("manifest.json").is_file();
        Ok(names.iter().rev().find(there).cloned())
    }

    /// Opens a snapshot: its manifest and its dictionaries.
    pub fn snapshot(&self, name: &str) -> Result<Snapshot, StoreError> {
        let names = self.names()?;
        if !names.iter().any(|known| known == name) {
            return Err(StoreError::NoSnapshot { name: name.to_owned(), known: names });
        }
        Snapshot::open(&self.layout, name)
    }

    /// Keeps a result as `runs/<name>.json`; results are added and never overwritten.
    /// Names begin with a date, so that they sort.
    pub fn keep_run<T: Serialize + ?Sized>(
        &self,
        name: &str,
        value: &T,
    ) -> Result<PathBuf, KeepError> {
        let path = self.run_path(name)?;
        self.layout.make()?;
        write_json_new(&path, value)?;
        Ok(path)
    }

    /// Reads a result that was kept.
    pub fn read_run<T: DeserializeOwned>(&self, name: &str) -> Result<T, KeepError> {
        read_json(&self.run_path(name)?)
    }

    /// The names of the results that were kept, sorted.
    pub fn runs(&self) -> Result<Vec<String>, KeepError> {
        let folder = self.layout.runs();
        let mut names = Vec::new();
        match folder.read_dir() {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(names),
            Err(error) => return Err(FileFault::new("read", &folder, error).into()),
            Ok(entries) => {
                for entry in entries {
                    let entry = entry.map_err(at::<KeepError>("read", &folder))?;
                    let name = entry.file_name().to_string_lossy().into_owned();
                    names.extend(name.strip_suffix(".json").map(str::to_owned));
                }
            }
        }
        names.sort();
        Ok(names)
    }

    fn run_path(&self, name: &str) -> Result<PathBuf, KeepError> {
        let fine = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
        if name.is_empty() || name.starts_with('.') || !name.chars().all(fine) {
            return Err(KeepError::Name { name: name.to_owned() });
        }
        Ok(self.layout.runs().join(format!("{name}.json")))
    }
}
