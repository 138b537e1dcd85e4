//! The log of who did what: each entry holds the hash of the one before it, and of the row it
//! speaks of. Two chains an organisation: one with names, and one for anonymous answers, where
//! a day stands for a moment and nobody for a person.

use crate::database::{Database, Row, Value};
use crate::error::RecordsError;
use crate::fields::Fields;
use crate::tables::{AUDIT, ORGANISATIONS, TABLES, Table};
use crate::writing::insert;
use access::{Action, Origin};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// One of the two chains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Chain {
    Named,
    Anonymous,
}

impl Chain {
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Named => "named",
            Self::Anonymous => "anonymous",
        }
    }
}

/// What is entered.
#[derive(Clone, Debug)]
pub(crate) struct Entered<'a> {
    pub(crate) organisation: &'a str,
    pub(crate) at: Timestamp,
    pub(crate) who: &'a str,
    /// From where; `None` where nobody may know.
    pub(crate) from: Option<&'a Origin>,
    pub(crate) action: Action,
    pub(crate) refused: bool,
}

/// One entry of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogEntry {
    /// Whether it is of the chain of anonymous answers.
    pub anonymous: bool,
    /// Its place in its chain, from 1.
    pub seq: i64,
    /// When, UTC; the beginning of the day in the anonymous chain.
    pub at: Timestamp,
    /// Who; empty where nobody is known.
    pub who: String,
    /// What was done, a code of [`access::Verb`].
    pub what: String,
    /// To what, a code of [`access::Resource`].
    pub resource: String,
    /// The table and number of the row it is about, where there is one.
    pub row: Option<(String, i64)>,
    /// Whether it was refused.
    pub refused: bool,
    /// From which machine, or `terminal`; empty where that is not known or nobody may know it.
    pub origin: String,
    /// The trace of the request; empty where there was none.
    pub trace: String,
    /// Its hash.
    pub hash: String,
}

/// The end of a chain. Written down elsewhere (in minutes, on paper), it lets anyone see later
/// that nothing was cut off.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// How many entries there are.
    pub entries: i64,
    /// The hash of the last one; empty where there is none.
    pub hash: String,
}

/// That the chains of an organisation hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    /// The end of the chain with names.
    pub named: Head,
    /// The end of the chain of anonymous answers.
    pub anonymous: Head,
    /// How many rows were compared with their entry.
    pub rows: u64,
}

/// The hash of values: of their JSON array, as it stands in an archive.
pub(crate) fn digest(values: &[Value]) -> Result<String, RecordsError> {
    let text = serde_json::to_string(values)
        .map_err(|error| RecordsError::Archive { why: error.to_string() })?;
    Ok(hex(Sha256::digest(text.as_bytes()).as_slice()))
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// Adds an entry. Must run within a transaction for writing.
pub(crate) fn append(
    db: &mut dyn Database,
    chain: Chain,
    entered: &Entered<'_>,
    about: Option<(&Table, &[Value])>,
) -> Result<(), RecordsError> {
    let last = db.rows(
        "SELECT seq, hash FROM audit WHERE organisation = ? AND chain = ? \
         ORDER BY seq DESC LIMIT 1",
        &[entered.organisation.into(), chain.code().into()],
    )?;
    let (seq, previous) = match last.first().map(Vec::as_slice) {
        Some([Value::Int(seq), Value::Text(hash)]) => {
            (seq.saturating_add(1), hash.clone())
        }
        _ => (1, String::new()),
    };
    let mut row: Row = vec![
        entered.organisation.into(),
        chain.code().into(),
        seq.into(),
        entered.at.as_microsecond().into(),
        entered.who.into(),
        entered.action.verb.code().into(),
        entered.action.resource.code().into(),
    ];
    match about {
        Some((table, about)) => row.extend([
            table.name.into(),
            about.first().cloned().unwrap_or(Value::Absent),
            Value::Text(digest(about)?),
        ]),
        None => row.extend([Value::Absent, Value::Absent, Value::Absent]),
    }
    let outcome = if entered.refused { "refused" } else { "done" };
    row.extend([outcome.into(), Value::Text(previous)]);
    // whoever answers without a name leaves no address behind
    let from = entered.from.filter(|_| chain == Chain::Named);
    let word = |text: &String| match text.as_str() {
        "" => Value::Absent,
        text => text.into(),
    };
    let origin = from.map_or(Value::Absent, |from| word(&from.address));
    let trace = from.map_or(Value::Absent, |from| word(&from.trace));
    let hash = hash_of(&row, &origin, &trace)?;
    row.extend([Value::Text(hash), origin, trace]);
    insert(db, &AUDIT, &row)
}

/// The hash of an entry. Entries without origin and trace are hashed as before there were such
/// columns.
fn hash_of(row: &[Value], origin: &Value, trace: &Value) -> Result<String, RecordsError> {
    if (origin, trace) == (&Value::Absent, &Value::Absent) {
        return digest(row);
    }
    let mut whole = row.to_vec();
    whole.extend([origin.clone(), trace.clone()]);
    digest(&whole)
}

/// The raw entries of a chain, oldest first.
fn entries(
    db: &mut dyn Database,
    organisation: &str,
    chain: Chain,
) -> Result<Vec<Row>, RecordsError> {
    let question = format!(
        "SELECT {} FROM audit WHERE organisation = ? AND chain = ? ORDER BY seq",
        AUDIT.names()
    );
    Ok(db.rows(&question, &[organisation.into(), chain.code().into()])?)
}

/// The log of an organisation: the chain with names, then the other.
pub(crate) fn log(
    db: &mut dyn Database,
    organisation: &str,
) -> Result<Vec<LogEntry>, RecordsError> {
    let mut all = Vec::new();
    for chain in [Chain::Named, Chain::Anonymous] {
        for row in entries(db, organisation, chain)? {
            all.push(read(row, chain)?);
        }
    }
    Ok(all)
}

fn read(row: Row, chain: Chain) -> Result<LogEntry, RecordsError> {
    let mut fields = Fields::new(AUDIT.name, row);
    let (_, _): (String, String) = (fields.take()?, fields.take()?);
    let (seq, at, who) = (fields.take()?, fields.take()?, fields.take()?);
    let (what, resource) = (fields.take()?, fields.take()?);
    let (table, id): (Option<String>, Option<i64>) = (fields.take()?, fields.take()?);
    let (_, outcome): (Option<String>, String) = (fields.take()?, fields.take()?);
    let (_, hash): (String, String) = (fields.take()?, fields.take()?);
    let (origin, trace): (Option<String>, Option<String>) =
        (fields.take()?, fields.take()?);
    Ok(LogEntry {
        origin: origin.unwrap_or_default(),
        trace: trace.unwrap_or_default(),
        anonymous: chain == Chain::Anonymous,
        seq,
        at,
        who,
        what,
        resource,
        row: table.zip(id),
        refused: outcome == "refused",
        hash,
    })
}

/// Checks both chains of an organisation, and every row that is kept for it.
///
/// `known` are ends that were seen before: the chains must still hold them.
pub(crate) fn verify(
    db: &mut dyn Database,
    organisation: &str,
    known: Option<&Verified>,
) -> Result<Verified, RecordsError> {
    let broken =
        |why: String| RecordsError::Broken { organisation: organisation.to_owned(), why };
    let mut digests: BTreeMap<(Value, Value), Value> = BTreeMap::new();
    let mut heads = [Head::default(), Head::default()];
    let seen = [known.map(|k| &k.named), known.map(|k| &k.anonymous)];
    for ((chain, head), seen) in
        [Chain::Named, Chain::Anonymous].into_iter().zip(&mut heads).zip(seen)
    {
        for row in entries(db, organisation, chain)? {
            let (next, about) = follow(&row, head).map_err(&broken)?;
            *head = next;
            if let Some((key, value)) = about
                && digests.insert(key, value).is_some()
            {
                return Err(broken(format!("entry {} repeats a row", head.entries)));
            }
            if seen.is_some_and(|s| s.entries == head.entries && s.hash != head.hash) {
                return Err(broken(format!(
                    "entry {} is not the one seen before",
                    head.entries
                )));
            }
        }
        if let Some(seen) = seen.filter(|seen| seen.entries > head.entries) {
            let (had, has) = (seen.entries, head.entries);
            return Err(broken(format!("{has} entries are left of {had} seen before")));
        }
    }
    let rows = compare(db, organisation, digests).map_err(|error| match error {
        Mismatch::Broken(why) => broken(why),
        Mismatch::Other(error) => error,
    })?;
    let [named, anonymous] = heads;
    Ok(Verified { named, anonymous, rows })
}

/// The row an entry is about, by table and number, and its digest.
type About = ((Value, Value), Value);

/// The end of a chain after one more entry, and the row the entry is about.
fn follow(row: &[Value], head: &Head) -> Result<(Head, Option<About>), String> {
    let [
        _,
        _,
        Value::Int(seq),
        _,
        _,
        _,
        _,
        table,
        id,
        row_digest,
        _,
        Value::Text(previous),
        Value::Text(hash),
        origin,
        trace,
    ] = row
    else {
        return Err(format!("the entry after {} is damaged", head.entries));
    };
    if *seq != head.entries.saturating_add(1) {
        return Err(format!("after entry {} comes {seq}", head.entries));
    }
    if *previous != head.hash {
        return Err(format!("entry {seq} does not follow the one before it"));
    }
    let before_hash = row.get(..row.len().saturating_sub(3)).unwrap_or(row);
    let found = hash_of(before_hash, origin, trace);
    if found.map_err(|error| error.to_string())? != *hash {
        return Err(format!("entry {seq} was changed"));
    }
    let about = (*table != Value::Absent)
        .then(|| ((table.clone(), id.clone()), row_digest.clone()));
    Ok((Head { entries: *seq, hash: hash.clone() }, about))
}

enum Mismatch {
    Broken(String),
    Other(RecordsError),
}

impl From<RecordsError> for Mismatch {
    fn from(error: RecordsError) -> Self {
        Self::Other(error)
    }
}

/// Compares every row of an organisation with the digest in its entry.
fn compare(
    db: &mut dyn Database,
    organisation: &str,
    mut digests: BTreeMap<(Value, Value), Value>,
) -> Result<u64, Mismatch> {
    let mut compared = 0;
    for table in
        TABLES.iter().filter(|t| ![AUDIT.name, ORGANISATIONS.name].contains(&t.name))
    {
        let question = format!(
            "SELECT {} FROM {} WHERE organisation = ?",
            table.names(),
            table.name
        );
        let rows =
            db.rows(&question, &[organisation.into()]).map_err(RecordsError::from)?;
        for row in rows {
            let id = row.first().cloned().unwrap_or(Value::Absent);
            let found = Value::Text(digest(&row)?);
            match digests.remove(&(table.name.into(), id.clone())) {
                Some(expected) if expected == found => compared += 1,
                Some(_) => {
                    return Err(Mismatch::Broken(format!(
                        "{} {id:?} was changed",
                        table.name
                    )));
                }
                None => {
                    return Err(Mismatch::Broken(format!(
                        "{} {id:?} has no entry in the log",
                        table.name
                    )));
                }
            }
        }
    }
    match digests.first_key_value() {
        Some(((table, id), _)) => Err(Mismatch::Broken(format!(
            "{table:?} {id:?} is in the log and no longer there"
        ))),
        None => Ok(compared),
    }
}
