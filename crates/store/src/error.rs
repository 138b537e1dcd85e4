//! What can go wrong, one enum an operation. Each says in one sentence what was expected
//! and what to do.

use crate::sealed::SealError;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Something about a file of the data folder that the system refused.
#[derive(Debug)]
pub struct FileFault {
    /// What was being done: `read`, `write`, `make`, `lock` …
    pub doing: &'static str,
    /// To what.
    pub path: PathBuf,
    /// What the system said.
    pub cause: io::Error,
}

impl FileFault {
    pub(crate) fn new(doing: &'static str, path: &Path, cause: io::Error) -> Self {
        Self { doing, path: path.to_owned(), cause }
    }
}

impl fmt::Display for FileFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot {} `{}`: {}", self.doing, self.path.display(), self.cause)
    }
}

impl std::error::Error for FileFault {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.cause)
    }
}

/// Short for mapping an IO error to a [`FileFault`] and on.
pub(crate) fn at<E: From<FileFault>>(
    doing: &'static str,
    path: &Path,
) -> impl FnOnce(io::Error) -> E {
    move |cause| FileFault::new(doing, path, cause).into()
}

/// Why the key of the pseudonyms cannot be used.
#[derive(Debug)]
pub enum KeyError {
    /// Others than the owner may read it.
    Open {
        /// The key file.
        path: PathBuf,
        /// Its permissions, as in `chmod`.
        mode: u32,
    },
    /// It does not hold 64 hexadecimal digits.
    Damaged {
        /// The key file.
        path: PathBuf,
    },
    /// The system gave no random bytes.
    Random(getrandom::Error),
    /// The file could not be read or made.
    File(FileFault),
}

impl From<FileFault> for KeyError {
    fn from(fault: FileFault) -> Self {
        Self::File(fault)
    }
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open { path, mode } => write!(
                f,
                "the key of the pseudonyms `{0}` may be read by others (permissions {mode:o}); \
                 run `chmod 600 {0}` and ask yourself who has seen it",
                path.display()
            ),
            Self::Damaged { path } => write!(
                f,
                "the key of the pseudonyms `{}` must hold 64 hexadecimal digits; put it back \
                 from a backup, or move it away to begin with new pseudonyms",
                path.display()
            ),
            Self::Random(cause) => {
                write!(f, "the system gave no random bytes for a key: {cause}")
            }
            Self::File(fault) => fault.fmt(f),
        }
    }
}

impl std::error::Error for KeyError {}

/// Why no snapshot was made. Nothing of it is left behind.
#[derive(Debug)]
pub enum WriteError {
    /// The name of the process cannot be part of a folder name.
    ProcessName {
        /// What was given.
        name: String,
    },
    /// Another program is writing into the same data folder.
    Busy {
        /// The data folder.
        dir: PathBuf,
    },
    /// The key of the pseudonyms.
    Key(KeyError),
    /// No row of the files became an event.
    Empty {
        /// How many rows were dropped because they named no case or no activity.
        dropped: u64,
    },
    /// More files than 65,536.
    TooManyFiles,
    /// A column has more distinct text than fits.
    TooMuchText {
        /// The column.
        column: String,
    },
    /// The builder had refused a row before.
    Refused(String),
    /// Another snapshot has the same name and other content.
    SameName {
        /// The name.
        name: String,
    },
    /// The columns could not be written.
    Columns(String),
    /// The names could not be sealed.
    Names(SealError),
    /// A file could not be written.
    File(FileFault),
}

impl From<FileFault> for WriteError {
    fn from(fault: FileFault) -> Self {
        Self::File(fault)
    }
}

impl From<SealError> for WriteError {
    fn from(error: SealError) -> Self {
        Self::Names(error)
    }
}

impl From<KeyError> for WriteError {
    fn from(error: KeyError) -> Self {
        Self::Key(error)
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ProcessName { name } => write!(
                f,
                "`{name}` cannot be the name of a process: use up to 40 small letters, digits \
                 and hyphens"
            ),
            Self::Busy { dir } => write!(
                f,
                "another run is writing into `{}`; wait until it is ready and try again",
                dir.display()
            ),
            Self::Key(error) => error.fmt(f),
            Self::Empty { dropped: 0 } => f.write_str("the files hold no events"),
            Self::Empty { dropped } => write!(
                f,
                "all {dropped} rows name no case or no activity; check which columns are bound \
                 to `case` and `activity`"
            ),
            Self::TooManyFiles => f.write_str(
                "one snapshot takes at most 65536 files; join some of them first",
            ),
            Self::TooMuchText { column } => write!(
                f,
                "column `{column}` holds more than 2 GiB of different texts; leave it out or \
                 split the files by period"
            ),
            Self::Refused(why) => f.write_str(why),
            Self::SameName { name } => write!(
                f,
                "a snapshot named `{name}` with other content exists; move its folder away and \
                 try again"
            ),
            Self::Columns(why) => write!(f, "the columns could not be written: {why}"),
            Self::Names(error) => error.fmt(f),
            Self::File(fault) => fault.fmt(f),
        }
    }
}

impl std::error::Error for WriteError {}

/// Why something in the data folder cannot be read.
#[derive(Debug)]
pub enum StoreError {
    /// The data folder is a file or cannot be entered.
    NotAFolder {
        /// The data folder.
        dir: PathBuf,
    },
    /// No snapshot of that name.
    NoSnapshot {
        /// The name.
        name: String,
        /// The names there are.
        known: Vec<String>,
    },
    /// The snapshot was written by a newer program.
    Newer {
        /// The snapshot.
        name: String,
        /// Its format.
        format: u32,
    },
    /// A file of the snapshot is not as it was written.
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        why: String,
    },
    /// The list of the latest snapshots cannot be read.
    DamagedList {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        why: String,
    },
    /// A file could not be read.
    File(FileFault),
}

impl StoreError {
    pub(crate) fn damaged(path: &Path, why: impl fmt::Display) -> Self {
        Self::Damaged { path: path.to_owned(), why: why.to_string() }
    }
}

impl From<FileFault> for StoreError {
    fn from(fault: FileFault) -> Self {
        Self::File(fault)
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAFolder { dir } => write!(
                f,
                "the data folder `{}` is not a folder; name another one or move the file away",
                dir.display()
            ),
            Self::NoSnapshot { name, known } if known.is_empty() => {
                write!(
                    f,
                    "there is no snapshot `{name}`, nor any other; read a log first"
                )
            }
            Self::NoSnapshot { name, known } => write!(
                f,
                "there is no snapshot `{name}`; choose one of {}",
                known.join(", ")
            ),
            Self::Newer { name, format } => write!(
                f,
                "snapshot `{name}` has format {format}, this program reads up to {}; use the \
                 program that wrote it, or read the files again",
                crate::manifest::FORMAT
            ),
            Self::Damaged { path, why } => write!(
                f,
                "`{}` is damaged ({why}); move the snapshot away and read its files again",
                path.display()
            ),
            Self::DamagedList { path, why } => write!(
                f,
                "`{}` is damaged ({why}); remove it, then read the files of the latest log \
                 again",
                path.display()
            ),
            Self::File(fault) => fault.fmt(f),
        }
    }
}

impl std::error::Error for StoreError {}

/// Why a result could not be kept or read back.
#[derive(Debug)]
pub enum KeepError {
    /// There is one of that name; results are never overwritten.
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// The name cannot be a file name.
    Name {
        /// What was given.
        name: String,
    },
    /// It is not JSON of the expected shape.
    Shape {
        /// The file.
        path: PathBuf,
        /// What is wrong, with line and column.
        why: String,
    },
    /// The file could not be read or written.
    File(FileFault),
}

impl From<FileFault> for KeepError {
    fn from(fault: FileFault) -> Self {
        Self::File(fault)
    }
}

impl fmt::Display for KeepError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exists { path } => write!(
                f,
                "`{}` exists and is never overwritten; give the result another name",
                path.display()
            ),
            Self::Name { name } => write!(
                f,
                "`{name}` cannot be a file name: use letters, digits, hyphens and points"
            ),
            Self::Shape { path, why } => {
                write!(f, "`{}` does not hold what was expected: {why}", path.display())
            }
            Self::File(fault) => fault.fmt(f),
        }
    }
}

impl std::error::Error for KeepError {}
