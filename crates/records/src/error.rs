//! What can go wrong: one enum, for every operation touches the same database and asks the
//! same table of access.

use crate::database::DatabaseFault;
use access::Action;
use std::fmt;
use std::io;
use std::path::PathBuf;

/// Why records could not be read or written. Nothing was written, unless the text says that
/// it is not known.
#[derive(Debug)]
pub enum RecordsError {
    /// The actor has no grant for this; the refusal stands in the log of the organisation.
    Refused {
        /// What was asked.
        action: Action,
        /// Of which organisation.
        organisation: String,
    },
    /// There is no such thing in this organisation.
    Absent {
        /// What it is, such as `round`.
        what: &'static str,
        /// Its name or number.
        name: String,
    },
    /// What was given cannot be kept.
    Invalid {
        /// What it is.
        what: &'static str,
        /// What is wrong and what is expected.
        why: String,
    },
    /// The round takes no answers.
    NotOpen {
        /// The round.
        round: i64,
    },
    /// The assignment was withdrawn or handed over.
    Withdrawn {
        /// The assignment.
        assignment: i64,
    },
    /// All seats of an anonymous assignment are taken.
    NoSeat {
        /// The assignment.
        assignment: i64,
    },
    /// A row does not read back as what it was.
    Damaged {
        /// The table.
        table: &'static str,
        /// What was found.
        why: String,
    },
    /// The chain of the log, or a row that it speaks of, was changed behind the back.
    Broken {
        /// Of which organisation.
        organisation: String,
        /// Where, and what was found.
        why: String,
    },
    /// The records were written by a newer program.
    Newer {
        /// The version of the tables.
        found: i64,
        /// The newest this program knows.
        known: i64,
    },
    /// Something would be written over what is there.
    NotEmpty {
        /// Where.
        place: String,
    },
    /// A file is no archive of ours, or was changed after it was written.
    Archive {
        /// What is wrong.
        why: String,
    },
    /// The database refused.
    Database(DatabaseFault),
    /// The connection broke while the last word was spoken: whether it was kept is not known.
    Unknown(DatabaseFault),
    /// A file could not be read or written.
    File {
        /// What was being done.
        doing: &'static str,
        /// To which file.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
}

impl From<DatabaseFault> for RecordsError {
    fn from(fault: DatabaseFault) -> Self {
        Self::Database(fault)
    }
}

impl fmt::Display for RecordsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused { action, organisation } => {
                write!(
                    f,
                    "no grant in `{organisation}` allows to {action}; ask its administrator"
                )
            }
            Self::Absent { what, name } => {
                write!(f, "there is no {what} `{name}` in this organisation")
            }
            Self::Invalid { what, why } => write!(f, "the {what} cannot be kept: {why}"),
            Self::NotOpen { round } => {
                write!(f, "round {round} takes no answers; open it first")
            }
            Self::Withdrawn { assignment } => {
                write!(f, "assignment {assignment} was withdrawn and takes no answers")
            }
            Self::NoSeat { assignment } => {
                write!(f, "all seats of assignment {assignment} are taken")
            }
            Self::Damaged { table, why } => {
                write!(f, "a row of `{table}` is damaged: {why}; restore a backup")
            }
            Self::Broken { organisation, why } => {
                write!(f, "the log of `{organisation}` does not hold: {why}")
            }
            Self::Newer { found, known } => write!(
                f,
                "the records have form {found} and this program knows up to {known}; use a newer program"
            ),
            Self::NotEmpty { place } => {
                write!(f, "`{place}` already holds records; choose an empty place")
            }
            Self::Archive { why } => write!(f, "the archive cannot be read: {why}"),
            Self::Database(fault) => write!(f, "{fault}"),
            Self::Unknown(fault) => {
                write!(
                    f,
                    "{fault}; it is not known whether this was kept, so look before you repeat it"
                )
            }
            Self::File { doing, path, cause } => {
                write!(f, "cannot {doing} `{}`: {cause}", path.display())
            }
        }
    }
}

impl std::error::Error for RecordsError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Database(fault) | Self::Unknown(fault) => Some(fault),
            Self::File { cause, .. } => Some(cause),
            Self::Refused { .. }
            | Self::Absent { .. }
            | Self::Invalid { .. }
            | Self::NotOpen { .. }
            | Self::NoSeat { .. }
            | Self::Withdrawn { .. }
            | Self::Damaged { .. }
            | Self::Broken { .. }
            | Self::Newer { .. }
            | Self::NotEmpty { .. }
            | Self::Archive { .. } => None,
        }
    }
}
