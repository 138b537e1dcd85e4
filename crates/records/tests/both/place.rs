//! Where records stand in a test: a folder or a database of a server; and a way in behind the
//! back of the crate.

use records::Records;
use std::path::PathBuf;
use tempfile::TempDir;

#[derive(Clone, Debug)]
pub(crate) enum Place {
    Folder(PathBuf),
    Address(String),
}

impl Place {
    pub(crate) fn open(&self) -> Records {
        self.try_open().unwrap()
    }

    pub(crate) fn try_open(&self) -> Result<Records, records::RecordsError> {
        let now = crate::cast::moment(0);
        match self {
            Self::Folder(folder) => Records::open(folder, now),
            Self::Address(address) => Records::connect(address, now),
        }
    }

    /// Runs a statement that the crate knows nothing of.
    pub(crate) fn behind_the_back(&self, statement: &str) -> Result<(), String> {
        match self {
            Self::Folder(folder) => {
                let base =
                    rusqlite::Connection::open(folder.join("records.sqlite")).unwrap();
                base.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
                base.execute_batch(statement).map_err(|error| error.to_string())
            }
            Self::Address(address) => {
                let mut client =
                    postgres::Client::connect(address, postgres::NoTls).unwrap();
                client.batch_execute(statement).map_err(|error| {
                    error.as_db_error().map_or(error.to_string(), ToString::to_string)
                })
            }
        }
    }

    /// Takes away the triggers of a table, as somebody could who owns the database.
    pub(crate) fn without_triggers(&self, table: &str) {
        let statements = match self {
            Self::Folder(_) => ["changed", "removed", "replaced"]
                .map(|what| format!("DROP TRIGGER {table}_not_{what};"))
                .concat(),
            Self::Address(_) => format!("ALTER TABLE {table} DISABLE TRIGGER ALL"),
        };
        self.behind_the_back(&statements).unwrap();
    }

    pub(crate) fn is_server(&self) -> bool {
        matches!(self, Self::Address(_))
    }
}

/// Gives empty places.
pub(crate) trait Stage {
    fn fresh(&mut self) -> Place;
}

/// Empty folders; they vanish with it.
#[derive(Debug)]
pub(crate) struct Folders {
    root: TempDir,
    made: u32,
}

impl Folders {
    pub(crate) fn new() -> Self {
        Self { root: tempfile::tempdir().unwrap(), made: 0 }
    }
}

impl Stage for Folders {
    fn fresh(&mut self) -> Place {
        self.made += 1;
        Place::Folder(self.root.path().join(self.made.to_string()))
    }
}
