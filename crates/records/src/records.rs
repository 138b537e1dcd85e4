//! The door: every method asks the table of access, keeps what it is told in one transaction
//! with its entry in the log, and only then returns.

mod answering;
mod entrance;

pub use entrance::{Linked, hash_of_link};

use crate::audit::{self, Chain, Entered, LogEntry, Verified};
use crate::database::{Database, For, Kind, Value};
use crate::entries::{Membership, Organisation, Round, RoundState, RoundStatus};
use crate::entry::{Entry, Kept, latest, read_kept};
use crate::error::RecordsError;
use crate::migrate::migrate;
use crate::postgresql::Postgres;
use crate::sqlite::Sqlite;
use crate::tables::ORGANISATIONS;
use crate::writing::{insert, insert_logged, next_id, within};
use access::{Action, Actor, Place, Resource, Scope, Verb};
use jiff::Timestamp;
use model::Date;
use std::path::Path;

/// The file in the data folder.
pub(crate) const FILE: &str = "records.sqlite";

/// The records of one installation.
///
/// Several programs may have the same records open; writers wait for each other. When a method
/// that writes returns without an error, what it wrote outlives a loss of power.
#[derive(Debug)]
pub struct Records {
    pub(crate) db: Box<dyn Database>,
    /// What was refused while several acts run as one; see [`Records::together`].
    refused: Vec<Refusal>,
}

/// A refusal that must stand in the log, whatever becomes of the act it stopped.
#[derive(Debug)]
struct Refusal {
    actor: Actor,
    now: Timestamp,
    organisation: String,
    action: Action,
}

impl Records {
    /// Opens the records in a data folder; makes folder and tables where they are absent.
    pub fn open(folder: &Path, now: Timestamp) -> Result<Self, RecordsError> {
        make_private(folder)?;
        let file = folder.join(FILE);
        if file.symlink_metadata().is_err() {
            make_file_private(&file)?;
        }
        Self::ready(Box::new(Sqlite::open(&file)?), now)
    }

    /// Opens the records in a database of `PostgreSQL` on this machine; makes the tables where
    /// they are absent. The address is a URL or `key=value` pairs.
    pub fn connect(address: &str, now: Timestamp) -> Result<Self, RecordsError> {
        Self::ready(Box::new(Postgres::connect(address)?), now)
    }

    fn ready(mut db: Box<dyn Database>, now: Timestamp) -> Result<Self, RecordsError> {
        migrate(db.as_mut(), now)?;
        Ok(Self { db, refused: Vec::new() })
    }

    /// Runs several acts as one: all are kept, or none. What was refused on the way stands in
    /// the log in either case.
    pub fn together<T, E: From<RecordsError>>(
        &mut self,
        acts: impl FnOnce(&mut Self) -> Result<T, E>,
    ) -> Result<T, E> {
        if self.db.in_transaction() {
            return acts(self);
        }
        self.db.begin(For::Writing).map_err(RecordsError::from)?;
        let done = acts(self);
        match done {
            Ok(done) => match self.db.commit() {
                Ok(()) => {
                    self.refused.clear();
                    Ok(done)
                }
                Err(fault) => {
                    drop(self.db.rollback());
                    Err(RecordsError::Unknown(fault).into())
                }
            },
            Err(error) => {
                drop(self.db.rollback());
                for one in std::mem::take(&mut self.refused) {
                    let Refusal { actor, now, organisation, action } = one;
                    self.enter(&actor, now, &organisation, action, true)?;
                }
                Err(error)
            }
        }
    }

    /// Which database it is.
    pub fn kind(&self) -> Kind {
        self.db.kind()
    }

    /// Begins the records of an organisation under a name that stays for good, such as
    /// `gemeente-voorbeeld`.
    pub fn found(
        &mut self,
        actor: &Actor,
        now: Timestamp,
        organisation: &str,
        first: &Organisation,
    ) -> Result<i64, RecordsError> {
        let action = Action::new(Verb::Add, Resource::Organisation);
        self.permit(actor, now, organisation, action)?;
        let letters = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if organisation.is_empty() || !organisation.chars().all(letters) {
            let why =
                format!("`{organisation}` is not small letters, digits and hyphens");
            return Err(RecordsError::Invalid { what: "organisation", why });
        }
        within(self.db.as_mut(), |db| {
            if exists(db, organisation)? {
                return Err(RecordsError::NotEmpty { place: organisation.to_owned() });
            }
            let row =
                [organisation.into(), now.as_microsecond().into(), (&actor.name).into()];
            insert(db, &ORGANISATIONS, &row)?;
            add(db, actor, now, organisation, first, action)
        })
    }

    /// Adds an entry and gives its number.
    pub fn add<T: Entry>(
        &mut self,
        actor: &Actor,
        now: Timestamp,
        organisation: &str,
        entry: &T,
    ) -> Result<i64, RecordsError> {
        self.permit(actor, now, organisation, T::ADD)?;
        within(self.db.as_mut(), |db| add(db, actor, now, organisation, entry, T::ADD))
    }

    /// Adds entries of one kind, all or none, and gives their numbers in that order.
    pub fn add_all<T: Entry>(
        &mut self,
        actor: &Actor,
        now: Timestamp,
        organisation: &str,
        entries: &[T],
    ) -> Result<Vec<i64>, RecordsError> {
        self.permit(actor, now, organisation, T::ADD)?;
        within(self.db.as_mut(), |db| {
            let one = |entry| add(db, actor, now, organisation, entry, T::ADD);
            entries.iter().map(one).collect()
        })
    }

    /// All entries of a kind, oldest first. How things stand is [`latest`] of these.
    pub fn list<T: Entry>(
        &mut self,
        actor: &Actor,
        now: Timestamp,
        organisation: &str,
    ) -> Result<Vec<Kept<T>>, RecordsError> {
        self.permit(actor, now, organisation, T::READ)?;
        list(self.db.as_mut(), organisation)
    }

    /// The number of the newest entry of a kind; `None` where there is none.
    pub fn newest<T: Entry>(
        &mut self,
        actor: &Actor,
        now: Timestamp,
        organisation: &str,
    ) -> Result<Option<i64>, RecordsError> {
        self.permit(actor, now, organisation, T::READ)?;
        newest(self.db.as_mut(), T::table().name, organisation)
    }

    /// One entry by its number. One of another organisation is absent.
    pub fn find<T: Entry>(
        &mut self,
        actor: &Actor,
        now: Timestamp,
        organisation: &str,
        id: i64,
    ) -> Result<Kept<T>, RecordsError> {
        self.permit(actor, now, organisation, T::READ)?;
        find(self.db.as_mut(), organisation, id)
    }

    /// Whether there is an organisation of that name. Asks nobody: whoever may look into the
    /// data directory can see as much.
    pub fn exists(&mut self, organisation: &str) -> Result<bool, RecordsError> {
        exists(self.db.as_mut(), organisation)
    }

    /// The names of all organisations. Asks nobody, as [`Records::exists`].
    pub fn names(&mut self) -> Result<Vec<String>, RecordsError> {
        names(self.db.as_mut())
    }

    /// An organisation with its regions on the day of `now`; `None` where there is none. Asks
    /// nobody: it is what the table of access is asked about.
    pub fn place_of(
        &mut self,
        organisation: &str,
        now: Timestamp,
    ) -> Result<Option<Place>, RecordsError> {
        if !exists(self.db.as_mut(), organisation)? {
            return Ok(None);
        }
        place(self.db.as_mut(), organisation, office_day(now)).map(Some)
    }

    /// Asks the table of access, and does nothing else; a refusal is written into the log.
    pub fn ask(
        &mut self,
        actor: &Actor,
        now: Timestamp,
        organisation: &str,
        action: Action,
    ) -> Result<(), RecordsError> {
        self.permit(actor, now, organisation, action)
    }

    /// How far a round is.
    pub fn round_status(
        &mut self,
        actor: &Actor,
        now: Timestamp,
        organisation: &str,
        round: i64,
    ) -> Result<RoundStatus, RecordsError> {
        let action = Action::new(Verb::Read, Resource::Round);
        self.permit(actor, now, organisation, action)?;
        find::<Round>(self.db.as_mut(), organisation, round)?;
        status(self.db.as_mut(), organisation, round)
    }

    /// The organisations whose rooms this actor may enter, as they stand, by name.
    pub fn organisations(
        &mut self,
        actor: &Actor,
    ) -> Result<Vec<Kept<Organisation>>, RecordsError> {
        let action = Action::new(Verb::Read, Resource::Organisation);
        let all = names(self.db.as_mut())?;
        let readable = all.into_iter().filter(|name| actor.may(action, &Place::of(name)));
        let mut found = Vec::new();
        for name in readable {
            found.extend(list(self.db.as_mut(), &name)?.pop());
        }
        Ok(found)
    }

    /// The organisations of a region on the day of `now` of which this actor may have numbers,
    /// by name.
    pub fn region(
        &mut self,
        actor: &Actor,
        now: Timestamp,
        region: &str,
    ) -> Result<Vec<Kept<Organisation>>, RecordsError> {
        let action = Action::new(Verb::Numbers, Resource::Organisation);
        let mut found = Vec::new();
        for name in names(self.db.as_mut())? {
            let place = place(self.db.as_mut(), &name, office_day(now))?;
            if place.regions.contains(region) && actor.may(action, &place) {
                found.extend(list(self.db.as_mut(), &name)?.pop());
            }
        }
        Ok(found)
    }

    /// Writes into the log that something was done elsewhere in the program, such as unlocking
    /// a pseudonym. Asks the table of access first, so it stands at the head of that deed.
    pub fn note(
        &mut self,
        actor: &Actor,
        now: Timestamp,
        organisation: &str,
        action: Action,
    ) -> Result<(), RecordsError> {
        self.permit(actor, now, organisation, action)?;
        self.enter(actor, now, organisation, action, false)
    }

    /// The log of an organisation: first the chain with names, then that of anonymous answers.
    /// That it was read is written into it.
    pub fn log(
        &mut self,
        actor: &Actor,
        now: Timestamp,
        organisation: &str,
    ) -> Result<Vec<LogEntry>, RecordsError> {
        self.note(actor, now, organisation, Action::new(Verb::Read, Resource::Log))?;
        audit::log(self.db.as_mut(), organisation)
    }

    /// Checks that the log of an organisation is whole and that every row is as it was when it
    /// was entered. With `known`, what this gave before, it also sees that nothing was cut off.
    pub fn verify(
        &mut self,
        actor: &Actor,
        now: Timestamp,
        organisation: &str,
        known: Option<&Verified>,
    ) -> Result<Verified, RecordsError> {
        let action = Action::new(Verb::Verify, Resource::Log);
        self.permit(actor, now, organisation, action)?;
        crate::writing::at_one_moment(self.db.as_mut(), |db| {
            audit::verify(db, organisation, known)
        })
    }

    /// Whether the actor may; if not, the refusal is written into the log.
    pub(crate) fn permit(
        &mut self,
        actor: &Actor,
        now: Timestamp,
        organisation: &str,
        action: Action,
    ) -> Result<(), RecordsError> {
        let by_region = action.verb == Verb::Numbers
            && actor.grants.iter().any(|grant| matches!(grant.scope, Scope::Region(_)));
        let place = if by_region {
            place(self.db.as_mut(), organisation, office_day(now))?
        } else {
            Place::of(organisation)
        };
        if !actor.may(action, &place) {
            return self.refuse(actor, now, organisation, action);
        }
        let founding = action == Action::new(Verb::Add, Resource::Organisation);
        if !founding && !exists(self.db.as_mut(), organisation)? {
            let name = organisation.to_owned();
            return Err(RecordsError::Absent { what: "organisation", name });
        }
        Ok(())
    }

    /// Writes a refusal into the log, where the organisation has one, and gives the error.
    fn refuse<T>(
        &mut self,
        actor: &Actor,
        now: Timestamp,
        organisation: &str,
        action: Action,
    ) -> Result<T, RecordsError> {
        if exists(self.db.as_mut(), organisation)? {
            if self.db.in_transaction() {
                let organisation = organisation.to_owned();
                let actor = actor.clone();
                self.refused.push(Refusal { actor, now, organisation, action });
            }
            self.enter(actor, now, organisation, action, true)?;
        }
        Err(RecordsError::Refused { action, organisation: organisation.to_owned() })
    }

    /// Writes an entry about no row. Whoever is not known goes into the anonymous chain.
    pub(crate) fn enter(
        &mut self,
        actor: &Actor,
        now: Timestamp,
        organisation: &str,
        action: Action,
        refused: bool,
    ) -> Result<(), RecordsError> {
        let unknown = actor.name.is_empty();
        let chain = if unknown { Chain::Anonymous } else { Chain::Named };
        let at = if unknown { beginning(office_day(now))? } else { now };
        let from = Some(&actor.from);
        let entered =
            Entered { organisation, at, who: &actor.name, from, action, refused };
        within(self.db.as_mut(), |db| audit::append(db, chain, &entered, None))
    }
}

/// Whether a data folder holds records.
pub fn is_there(folder: &Path) -> bool {
    folder.join(FILE).is_file()
}

/// The day at the office.
pub(crate) fn office_day(now: Timestamp) -> Date {
    model::time::local(now.as_microsecond()).date()
}

/// The moment that stands for a day.
pub(crate) fn beginning(day: Date) -> Result<Timestamp, RecordsError> {
    Timestamp::from_microsecond(model::Moment::on(day).micros)
        .map_err(|error| RecordsError::Invalid { what: "day", why: error.to_string() })
}

pub(crate) fn make_private(folder: &Path) -> Result<(), RecordsError> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|cause| RecordsError::File {
        doing: "make the folder",
        path: folder.to_owned(),
        cause,
    })
}

/// Makes an empty file that only its owner may read; one that another program makes at the same
/// moment is as good.
pub(crate) fn make_file_private(path: &Path) -> Result<(), RecordsError> {
    let mut options = std::fs::File::options();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let made = options.open(path);
    made.map(drop).map_err(|cause| RecordsError::File {
        doing: "make",
        path: path.to_owned(),
        cause,
    })
}

/// Writes an entry with its line in the log, under the name of an action.
fn add<T: Entry>(
    db: &mut dyn Database,
    actor: &Actor,
    now: Timestamp,
    organisation: &str,
    entry: &T,
    action: Action,
) -> Result<i64, RecordsError> {
    let table = T::table();
    if let Some(why) = entry.fault() {
        return Err(RecordsError::Invalid { what: table.singular, why });
    }
    if actor.name.trim().is_empty() {
        let why = "nobody is named who says so; give the actor a name".to_owned();
        return Err(RecordsError::Invalid { what: table.singular, why });
    }
    let id = next_id(db, table)?;
    let mut row = vec![id.into(), organisation.into()];
    entry.put(&mut row);
    row.extend([now.as_microsecond().into(), (&actor.name).into()]);
    let from = Some(&actor.from);
    let entered =
        Entered { organisation, at: now, who: &actor.name, from, action, refused: false };
    insert_logged(db, table, &row, Chain::Named, &entered)?;
    Ok(id)
}

pub(crate) fn list<T: Entry>(
    db: &mut dyn Database,
    organisation: &str,
) -> Result<Vec<Kept<T>>, RecordsError> {
    let table = T::table();
    let question = format!(
        "SELECT {} FROM {} WHERE organisation = ? ORDER BY id",
        table.names(),
        table.name
    );
    db.rows(&question, &[organisation.into()])?.into_iter().map(read_kept).collect()
}

fn newest(
    db: &mut dyn Database,
    table: &str,
    organisation: &str,
) -> Result<Option<i64>, RecordsError> {
    let question =
        format!("SELECT id FROM {table} WHERE organisation = ? ORDER BY id DESC LIMIT 1");
    let row = db.rows(&question, &[organisation.into()])?.pop();
    Ok(match row.as_deref() {
        Some([Value::Int(id)]) => Some(*id),
        _ => None,
    })
}

pub(crate) fn find<T: Entry>(
    db: &mut dyn Database,
    organisation: &str,
    id: i64,
) -> Result<Kept<T>, RecordsError> {
    let table = T::table();
    let question = format!(
        "SELECT {} FROM {} WHERE organisation = ? AND id = ?",
        table.names(),
        table.name
    );
    let row = db.rows(&question, &[organisation.into(), id.into()])?.pop();
    let absent = || RecordsError::Absent { what: table.singular, name: id.to_string() };
    read_kept(row.ok_or_else(absent)?)
}

/// How far a round is: its newest state.
pub(crate) fn status(
    db: &mut dyn Database,
    organisation: &str,
    round: i64,
) -> Result<RoundStatus, RecordsError> {
    let states: Vec<Kept<RoundState>> = list(db, organisation)?;
    let newest = states.iter().rev().find(|kept| kept.entry.round == round);
    Ok(newest.map_or(RoundStatus::Prepared, |kept| kept.entry.status))
}

fn exists(db: &mut dyn Database, organisation: &str) -> Result<bool, RecordsError> {
    let question = "SELECT id FROM organisations WHERE id = ?";
    Ok(!db.rows(question, &[organisation.into()])?.is_empty())
}

/// The names of all organisations, in one order on both databases.
pub(crate) fn names(db: &mut dyn Database) -> Result<Vec<String>, RecordsError> {
    let rows = db.rows("SELECT id FROM organisations", &[])?;
    let mut names: Vec<String> = rows
        .into_iter()
        .filter_map(|row| match row.into_iter().next() {
            Some(Value::Text(name)) => Some(name),
            Some(Value::Absent | Value::Int(_)) | None => None,
        })
        .collect();
    names.sort();
    Ok(names)
}

/// An organisation with its regions on a day.
fn place(
    db: &mut dyn Database,
    organisation: &str,
    day: Date,
) -> Result<Place, RecordsError> {
    let memberships: Vec<Kept<Membership>> = list(db, organisation)?;
    let newest = latest(memberships, |membership| {
        (membership.region.clone(), membership.valid_from)
    });
    let holding = newest.into_values().filter(|kept| kept.entry.holds_on(day));
    Ok(Place {
        organisation: organisation.to_owned(),
        regions: holding.map(|kept| kept.entry.region).collect(),
    })
}
