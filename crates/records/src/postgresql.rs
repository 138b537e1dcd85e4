//! A server of `PostgreSQL`, reached over a unix socket or the loopback address.
//!
//! The connection is not encrypted, so a server on another machine is refused; a tunnel makes
//! it local.

use crate::database::{Database, DatabaseFault, For, Kind, Row, Value, numbered};
use postgres::config::Host;
use postgres::types::private::BytesMut;
use postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use postgres::{Client, Config, NoTls, Statement};
use std::collections::BTreeMap;
use std::fmt;
use std::net::IpAddr;

/// One writer at a time: the number of our lock in the server.
const LOCK: &str = "SELECT pg_advisory_xact_lock(4717238916)";

pub(crate) struct Postgres {
    settings: Config,
    client: Client,
    /// What the server was told once; its texts are fixed, so there are not many.
    prepared: BTreeMap<String, Statement>,
    in_transaction: bool,
}

impl fmt::Debug for Postgres {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // the settings hold a password
        f.debug_struct("Postgres")
            .field("database", &self.settings.get_dbname())
            .finish_non_exhaustive()
    }
}

fn fault(doing: &'static str) -> impl FnOnce(postgres::Error) -> DatabaseFault {
    move |cause| match cause.as_db_error() {
        Some(said) => DatabaseFault::new(doing, said.message().to_owned()),
        None => DatabaseFault::new(doing, cause),
    }
}

impl Postgres {
    /// Connects; the text is a URL or `key=value` pairs as `psql` takes them.
    pub(crate) fn connect(text: &str) -> Result<Self, DatabaseFault> {
        let settings: Config = text.parse().map_err(fault("read its address"))?;
        let addresses = settings.get_hostaddrs().iter().filter(|a| !a.is_loopback());
        let elsewhere = settings.get_hosts().iter().find_map(remote);
        let elsewhere = elsewhere.or(addresses.map(ToString::to_string).next());
        if let Some(host) = elsewhere {
            let cause = format!(
                "`{host}` is another machine and the connection is not encrypted; make a tunnel"
            );
            return Err(DatabaseFault::new("connect", cause));
        }
        let client = open(&settings)?;
        Ok(Self { settings, client, prepared: BTreeMap::new(), in_transaction: false })
    }

    fn statement(&mut self, text: &str) -> Result<Statement, DatabaseFault> {
        if let Some(known) = self.prepared.get(text) {
            return Ok(known.clone());
        }
        let fresh = self.client.prepare(&numbered(text));
        let fresh = fresh.map_err(fault("understand a statement"))?;
        self.prepared.insert(text.to_owned(), fresh.clone());
        Ok(fresh)
    }

    fn ask(
        &mut self,
        statement: &str,
        values: &[Value],
    ) -> Result<Vec<Row>, DatabaseFault> {
        let statement = self.statement(statement)?;
        let rows =
            self.client.query(&statement, &parameters(values)).map_err(fault("read"))?;
        rows.iter().map(|row| (0..row.len()).map(|at| value(row, at)).collect()).collect()
    }

    /// Whether the server went away and is back; what was told it before is forgotten.
    fn is_back(&mut self) -> bool {
        if !self.client.is_closed() {
            return false;
        }
        let Ok(client) = open(&self.settings) else { return false };
        self.client = client;
        self.prepared.clear();
        true
    }
}

/// The name of a host that is not this machine.
fn remote(host: &Host) -> Option<String> {
    match host {
        Host::Tcp(name) => {
            let loopback =
                name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
            (!loopback && name != "localhost").then(|| name.clone())
        }
        #[cfg(unix)]
        Host::Unix(_) => None,
    }
}

fn open(settings: &Config) -> Result<Client, DatabaseFault> {
    let mut client = settings.connect(NoTls).map_err(fault("connect"))?;
    // a server or a role may have softer defaults; here an answer is kept or it is an error
    client
        .batch_execute(
            "SET synchronous_commit = on; SET client_min_messages = warning; \
             SET standard_conforming_strings = on",
        )
        .map_err(fault("be set to keep what it is told"))?;
    for (setting, question) in
        [("fsync", "SHOW fsync"), ("full_page_writes", "SHOW full_page_writes")]
    {
        let row = client.query_one(question, &[]).map_err(fault("say how it writes"))?;
        if row.try_get::<_, String>(0).map_err(fault("say how it writes"))? != "on" {
            let cause = format!("its setting `{setting}` must be on");
            return Err(DatabaseFault::new("promise to keep what it is told", cause));
        }
    }
    Ok(client)
}

impl ToSql for Value {
    fn to_sql(
        &self,
        kind: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Self::Absent => Ok(IsNull::Yes),
            Self::Int(number) if i64::accepts(kind) => number.to_sql(kind, out),
            Self::Text(text) if <&str as ToSql>::accepts(kind) => {
                text.as_str().to_sql(kind, out)
            }
            Self::Int(_) | Self::Text(_) => {
                Err(format!("a value does not fit a parameter of type `{kind}`").into())
            }
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

fn parameters(values: &[Value]) -> Vec<&(dyn ToSql + Sync)> {
    values.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}

impl Database for Postgres {
    fn kind(&self) -> Kind {
        Kind::Postgres
    }

    fn script(&mut self, text: &str) -> Result<(), DatabaseFault> {
        self.client.batch_execute(text).map_err(fault("run a script"))
    }

    fn run(&mut self, statement: &str, values: &[Value]) -> Result<(), DatabaseFault> {
        let statement = self.statement(statement)?;
        self.client.execute(&statement, &parameters(values)).map_err(fault("write"))?;
        Ok(())
    }

    fn rows(
        &mut self,
        statement: &str,
        values: &[Value],
    ) -> Result<Vec<Row>, DatabaseFault> {
        match self.ask(statement, values) {
            // a question may be asked twice, but not on half of a transaction
            Err(_) if !self.in_transaction && self.is_back() => {
                self.ask(statement, values)
            }
            answered => answered,
        }
    }

    fn begin(&mut self, purpose: For) -> Result<(), DatabaseFault> {
        let text = match purpose {
            For::Reading => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
            For::Writing => "BEGIN ISOLATION LEVEL READ COMMITTED",
        };
        match self.script(text) {
            Err(_) if self.is_back() => self.script(text)?,
            begun => begun?,
        }
        self.in_transaction = true;
        if purpose == For::Writing { self.script(LOCK) } else { Ok(()) }
    }

    fn commit(&mut self) -> Result<(), DatabaseFault> {
        self.in_transaction = false;
        self.script("COMMIT")
    }

    fn rollback(&mut self) -> Result<(), DatabaseFault> {
        self.in_transaction = false;
        self.script("ROLLBACK")
    }

    fn in_transaction(&self) -> bool {
        self.in_transaction
    }

    fn has_table(&mut self, name: &str) -> Result<bool, DatabaseFault> {
        let question = "SELECT table_name::text FROM information_schema.tables \
            WHERE table_schema = current_schema() AND table_name = ?::text";
        Ok(!self.rows(question, &[name.into()])?.is_empty())
    }

    fn copy_to(&mut self, _: &std::path::Path) -> Result<bool, DatabaseFault> {
        Ok(false)
    }
}

fn value(row: &postgres::Row, at: usize) -> Result<Value, DatabaseFault> {
    let kind =
        row.columns().get(at).map_or(Type::UNKNOWN, |column| column.type_().clone());
    if kind == Type::INT8 {
        let number: Option<i64> = row.try_get(at).map_err(fault("read"))?;
        Ok(number.into())
    } else {
        let text: Option<&str> = row.try_get(at).map_err(fault("read"))?;
        Ok(text.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_on_another_machine_is_refused() {
        for address in [
            "host=db.example.org user=x",
            "postgresql://192.0.2.7/x",
            "host=localhost hostaddr=192.0.2.7",
        ] {
            let told = Postgres::connect(address).unwrap_err().to_string();
            assert!(told.contains("make a tunnel"), "{told}");
        }
    }
}
