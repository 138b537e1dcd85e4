//! One file in the data folder, written ahead and flushed at every commit.

use crate::database::{Database, DatabaseFault, For, Kind, Row, Value};
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OpenFlags, ToSql, params_from_iter};
use std::path::Path;
use std::time::Duration;

/// How long a writer waits for another one.
const PATIENCE: Duration = Duration::from_secs(20);

/// Pages copied at a time by a backup; the source stays free for writers in between.
const PAGES_AT_ONCE: i32 = 256;

#[derive(Debug)]
pub(crate) struct Sqlite(Connection);

fn fault(doing: &'static str) -> impl FnOnce(rusqlite::Error) -> DatabaseFault {
    move |cause| DatabaseFault::new(doing, cause)
}

impl Sqlite {
    /// Opens a file, and makes it where it is absent.
    pub(crate) fn open(path: &Path) -> Result<Self, DatabaseFault> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let base =
            Connection::open_with_flags(path, flags).map_err(fault("open its file"))?;
        base.busy_timeout(PATIENCE).map_err(fault("set its patience"))?;
        let mode: String = base
            .query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))
            .map_err(fault("set its journal"))?;
        if mode != "wal" {
            let cause = format!("its journal stays `{mode}` where `wal` is needed");
            return Err(DatabaseFault::new("set its journal", cause));
        }
        base.execute_batch(
            "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
             PRAGMA recursive_triggers = ON; PRAGMA trusted_schema = OFF; \
             PRAGMA fullfsync = ON;",
        )
        .map_err(fault("be set to keep what it is told"))?;
        Ok(Self(base))
    }

    /// An empty one that is gone when it is dropped.
    pub(crate) fn in_memory() -> Result<Self, DatabaseFault> {
        Connection::open_in_memory().map(Self).map_err(fault("open in memory"))
    }

    /// What stands in it besides rows: the text of every table, index and trigger.
    pub(crate) fn definitions(&mut self) -> Result<Vec<Row>, DatabaseFault> {
        let question = "SELECT type, name, sql FROM sqlite_schema \
            WHERE sql IS NOT NULL ORDER BY type, name";
        self.rows(question, &[])
    }

    /// Whether the pages of the file hang together.
    pub(crate) fn is_whole(&self) -> Result<bool, DatabaseFault> {
        let answer: String = self
            .0
            .query_row("PRAGMA integrity_check", [], |row| row.get(0))
            .map_err(fault("check its file"))?;
        Ok(answer == "ok")
    }

    /// Puts everything into the one file, so that it can be moved alone.
    pub(crate) fn into_one_file(self) -> Result<(), DatabaseFault> {
        let doing = "put its journal into its file";
        let checked = self
            .0
            .query_row("PRAGMA journal_mode = DELETE", [], |row| row.get::<_, String>(0));
        checked.map_err(fault(doing))?;
        self.0.close().map_err(|(_, cause)| DatabaseFault::new(doing, cause))
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Absent => ValueRef::Null,
            Self::Int(number) => ValueRef::Integer(*number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
        }))
    }
}

impl Database for Sqlite {
    fn kind(&self) -> Kind {
        Kind::Sqlite
    }

    fn script(&mut self, text: &str) -> Result<(), DatabaseFault> {
        self.0.execute_batch(text).map_err(fault("run a script"))
    }

    fn run(&mut self, statement: &str, values: &[Value]) -> Result<(), DatabaseFault> {
        let mut prepared =
            self.0.prepare_cached(statement).map_err(fault("understand a statement"))?;
        prepared.execute(params_from_iter(values)).map_err(fault("write"))?;
        Ok(())
    }

    fn rows(
        &mut self,
        statement: &str,
        values: &[Value],
    ) -> Result<Vec<Row>, DatabaseFault> {
        let mut prepared =
            self.0.prepare_cached(statement).map_err(fault("understand a question"))?;
        let width = prepared.column_count();
        let mut rows = prepared.query(params_from_iter(values)).map_err(fault("read"))?;
        let mut all = Vec::new();
        while let Some(row) = rows.next().map_err(fault("read"))? {
            let read = |at| row.get_ref(at).map_err(fault("read")).and_then(value);
            all.push((0..width).map(read).collect::<Result<Row, _>>()?);
        }
        Ok(all)
    }

    fn begin(&mut self, purpose: For) -> Result<(), DatabaseFault> {
        self.script(match purpose {
            For::Reading => "BEGIN",
            For::Writing => "BEGIN IMMEDIATE",
        })
    }

    fn commit(&mut self) -> Result<(), DatabaseFault> {
        self.script("COMMIT")
    }

    fn rollback(&mut self) -> Result<(), DatabaseFault> {
        if self.0.is_autocommit() { Ok(()) } else { self.script("ROLLBACK") }
    }

    fn in_transaction(&self) -> bool {
        !self.0.is_autocommit()
    }

    fn has_table(&mut self, name: &str) -> Result<bool, DatabaseFault> {
        let question = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name = ?";
        Ok(!self.rows(question, &[name.into()])?.is_empty())
    }

    fn copy_to(&mut self, target: &Path) -> Result<bool, DatabaseFault> {
        let doing = "copy itself";
        let mut copy = Connection::open(target).map_err(fault(doing))?;
        {
            let backup = rusqlite::backup::Backup::new(&self.0, &mut copy)
                .map_err(fault(doing))?;
            backup
                .run_to_completion(PAGES_AT_ONCE, Duration::from_millis(2), None)
                .map_err(fault(doing))?;
        }
        Self(copy).into_one_file()?;
        Ok(true)
    }
}

fn value(raw: ValueRef<'_>) -> Result<Value, DatabaseFault> {
    match raw {
        ValueRef::Null => Ok(Value::Absent),
        ValueRef::Integer(number) => Ok(Value::Int(number)),
        ValueRef::Text(bytes) => match str::from_utf8(bytes) {
            Ok(text) => Ok(Value::Text(text.to_owned())),
            Err(error) => Err(DatabaseFault::new("read", error)),
        },
        ValueRef::Real(_) | ValueRef::Blob(_) => Err(DatabaseFault::new(
            "read",
            "a column holds neither text nor a whole number",
        )),
    }
}
