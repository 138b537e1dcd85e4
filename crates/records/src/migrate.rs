//! Brings the tables to the newest form. The text of a migration is the same for both
//! databases; only the triggers that keep rows for good differ, and are made here.

use crate::database::{Database, Kind};
use crate::error::RecordsError;
use crate::writing::within;
use jiff::Timestamp;
use std::fmt::Write as _;

/// One after the other; a text that was released is never changed.
const MIGRATIONS: [&str; 4] = [
    include_str!("../migrations/0001.sql"),
    include_str!("../migrations/0002.sql"),
    include_str!("../migrations/0003.sql"),
    include_str!("../migrations/0004.sql"),
];

/// The form of the tables this program knows.
pub(crate) const NEWEST: i64 = 4;

/// Applies what is missing, in one transaction.
pub(crate) fn migrate(db: &mut dyn Database, now: Timestamp) -> Result<(), RecordsError> {
    within(db, |db| {
        if !db.has_table("schema_versions")? {
            db.script(&in_words_of(
                db.kind(),
                "CREATE TABLE schema_versions (\n    version BIGINT PRIMARY KEY NOT NULL,\n    \
                 applied_at BIGINT NOT NULL\n);\n-- kept: schema_versions (version)\n",
            ))?;
        }
        let found = version(db)?;
        if found > NEWEST {
            return Err(RecordsError::Newer { found, known: NEWEST });
        }
        for (number, text) in (1_i64..).zip(MIGRATIONS).filter(|(n, _)| *n > found) {
            db.script(&in_words_of(db.kind(), text))?;
            db.run(
                "INSERT INTO schema_versions (version, applied_at) VALUES (?, ?)",
                &[number.into(), now.as_microsecond().into()],
            )?;
        }
        Ok(())
    })
}

/// The form of the tables; 0 before the first migration.
fn version(db: &mut dyn Database) -> Result<i64, RecordsError> {
    crate::writing::number(
        db,
        "SELECT COALESCE(MAX(version), 0) FROM schema_versions",
        &[],
    )
}

/// The text with the types and triggers of a database.
fn in_words_of(kind: Kind, text: &str) -> String {
    let mut script = String::with_capacity(text.len() * 2);
    if kind == Kind::Postgres {
        script.push_str(
            "CREATE OR REPLACE FUNCTION kept_for_good() RETURNS trigger LANGUAGE plpgsql AS \
             $$ BEGIN RAISE EXCEPTION 'rows of % are kept for good', TG_TABLE_NAME; END $$;\n",
        );
    }
    for line in text.lines() {
        match line.strip_prefix("-- kept: ").and_then(|rest| rest.split_once(" (")) {
            Some((table, key)) => {
                keep(kind, table, key.trim_end_matches(')'), &mut script);
            }
            None if kind == Kind::Sqlite && line == ");" => {
                script.push_str(") STRICT;\n");
            }
            None if kind == Kind::Sqlite => {
                script.push_str(&line.replace("BIGINT", "INTEGER"));
                script.push('\n');
            }
            None => {
                script.push_str(line);
                script.push('\n');
            }
        }
    }
    script
}

/// The triggers that refuse to change or remove a row, and in `SQLite` to put another row in
/// its place (`INSERT OR REPLACE` fires no trigger of removal by itself).
fn keep(kind: Kind, table: &str, key: &str, script: &mut String) {
    let written = match kind {
        Kind::Sqlite => {
            let same: Vec<String> = key
                .split(", ")
                .map(|column| format!("{column} = NEW.{column}"))
                .collect();
            let refuse = format!(
                "BEGIN SELECT RAISE(ABORT, 'rows of {table} are kept for good'); END;\n"
            );
            write!(
                script,
                "CREATE TRIGGER {table}_not_changed BEFORE UPDATE ON {table} {refuse}\
                 CREATE TRIGGER {table}_not_removed BEFORE DELETE ON {table} {refuse}\
                 CREATE TRIGGER {table}_not_replaced BEFORE INSERT ON {table} \
                 WHEN EXISTS (SELECT 1 FROM {table} WHERE {}) {refuse}",
                same.join(" AND ")
            )
        }
        Kind::Postgres => write!(
            script,
            "CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE ON {table} \
             FOR EACH ROW EXECUTE FUNCTION kept_for_good();\n\
             CREATE TRIGGER {table}_not_emptied BEFORE TRUNCATE ON {table} \
             FOR EACH STATEMENT EXECUTE FUNCTION kept_for_good();\n"
        ),
    };
    // writing to a string cannot fail
    written.unwrap_or_default();
}
