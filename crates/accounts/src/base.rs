//! The file: where it is, who may read it, and its tables.

use crate::AccountsError;
use crate::error::broken;
use rusqlite::{Connection, OpenFlags};
use std::fs::{self, OpenOptions};
use std::path::Path;
use std::time::Duration;

const FILE: &str = "accounts.sqlite";

/// How long a writer waits for another program that has the file open.
const PATIENCE: Duration = Duration::from_secs(10);

/// The steps from an empty file to the tables of today. A step that was released is never
/// changed; `user_version` says how many were taken.
const STEPS: [&str; 3] = [
    include_str!("tables.sql"),
    include_str!("tables-2.sql"),
    include_str!("tables-3.sql"),
];

pub(crate) fn open(dir: &Path) -> Result<Connection, AccountsError> {
    fs::create_dir_all(dir)
        .map_err(|error| AccountsError::broken("make the data folder", error))?;
    let path = dir.join(FILE);
    make_private(&path)
        .map_err(|error| AccountsError::broken("make accounts.sqlite", error))?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let base = Connection::open_with_flags(&path, flags)
        .map_err(broken("open accounts.sqlite"))?;
    base.busy_timeout(PATIENCE).map_err(broken("set the patience of accounts.sqlite"))?;
    base.query_row("PRAGMA journal_mode = WAL", [], |row| row.get::<_, String>(0))
        .map_err(broken("set the journal of accounts.sqlite"))?;
    prepare(base)
}

pub(crate) fn in_memory() -> Result<Connection, AccountsError> {
    prepare(Connection::open_in_memory().map_err(broken("open in memory"))?)
}

/// Makes the file readable by its owner only, before anything is in it. What the database
/// puts beside it takes over these rights.
fn make_private(path: &Path) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
        options.mode(0o600);
        let file = options.open(path)?;
        file.set_permissions(fs::Permissions::from_mode(0o600))
    }
    #[cfg(not(unix))]
    options.open(path).map(drop)
}

fn prepare(mut base: Connection) -> Result<Connection, AccountsError> {
    let doing = "bring accounts.sqlite up to date";
    base.execute_batch(
        "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; \
         PRAGMA secure_delete = ON;",
    )
    .map_err(broken(doing))?;
    let writing = base
        .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)
        .map_err(broken(doing))?;
    let taken: usize = writing
        .query_row("PRAGMA user_version", [], |row| row.get::<_, u32>(0))
        .map_err(broken(doing))?
        .try_into()
        .unwrap_or(usize::MAX);
    if taken > STEPS.len() {
        return Err(AccountsError::broken(
            doing,
            format!("it was made by a newer program (version {taken}); use that one"),
        ));
    }
    for step in STEPS.iter().skip(taken) {
        writing.execute_batch(step).map_err(broken(doing))?;
    }
    writing
        .execute_batch(&format!("PRAGMA user_version = {}", STEPS.len()))
        .map_err(broken(doing))?;
    writing.commit().map_err(broken(doing))?;
    Ok(base)
}
