//! The desk at which one person acts: records, who it is, and what time it is.

use crate::AppError;
use access::{Action, Actor, Grant, Place, Role};
use catalogue::Catalogue;
use jiff::Timestamp;
use model::Date;
use records::{Linked, Records};
use std::path::Path;

/// From where somebody acts who is at no browser.
const TERMINAL: &str = "terminal";

/// The records of an installation, opened.
#[derive(Debug)]
pub struct Registry {
    records: Records,
}

impl Registry {
    /// Opens the records in a data directory, or those at a connection string of a `PostgreSQL`
    /// database. What is absent is made.
    pub fn open(
        dir: &Path,
        database: Option<&str>,
        now: Timestamp,
    ) -> Result<Self, AppError> {
        let records = match database {
            Some(address) => Records::connect(address, now)?,
            None => Records::open(dir, now)?,
        };
        Ok(Self { records })
    }

    /// The desk of a person, with the roles that the records give them.
    pub fn desk<'a>(
        &'a mut self,
        catalogue: &'a Catalogue,
        person: &str,
        now: Timestamp,
    ) -> Result<Desk<'a>, AppError> {
        let mut actor = self.records.actor(person)?;
        TERMINAL.clone_into(&mut actor.from.address);
        Ok(Desk { catalogue, records: &mut self.records, actor, now })
    }

    /// Whether there are records at a place: a file in the data directory. Makes nothing.
    pub fn is_there(dir: &Path) -> bool {
        records::is_there(dir)
    }

    /// The desk of whoever keeps the installation: whoever may read and write the data
    /// directory may found an organisation in it, and bring everything back into an empty one.
    /// In an organisation that exists this gives nothing.
    pub fn keeper<'a>(
        &'a mut self,
        catalogue: &'a Catalogue,
        person: &str,
        now: Timestamp,
        organisations: &[String],
    ) -> Result<Desk<'a>, AppError> {
        let mut actor = self.records.actor(person)?;
        TERMINAL.clone_into(&mut actor.from.address);
        for name in organisations {
            if !self.records.exists(name)? {
                actor.grants.push(Grant::organisation(Role::Administrator, name));
            }
        }
        Ok(Desk { catalogue, records: &mut self.records, actor, now })
    }

    /// The desk of whoever comes with a link, and the assignment it stands for. Where it stands
    /// for none, that is all that is told.
    pub fn by_link<'a>(
        &'a mut self,
        catalogue: &'a Catalogue,
        secret: &str,
        now: Timestamp,
    ) -> Result<(Desk<'a>, Linked), AppError> {
        let linked = self.records.follow_link(now, secret)?;
        let linked = linked.ok_or_else(|| {
            AppError::Absent(
                "this link does not work, or no longer; ask whoever sent it".to_owned(),
            )
        })?;
        let actor = linked.actor.clone();
        Ok((Desk { catalogue, records: &mut self.records, actor, now }, linked))
    }

    /// The desk of somebody whose roles are known already, with those that a provider gave.
    pub fn desk_of<'a>(
        &'a mut self,
        catalogue: &'a Catalogue,
        actor: &Actor,
        now: Timestamp,
    ) -> Desk<'a> {
        Desk { catalogue, records: &mut self.records, actor: actor.clone(), now }
    }

    /// An organisation with its regions of the day; `None` where there is none.
    pub fn place(
        &mut self,
        organisation: &str,
        now: Timestamp,
    ) -> Result<Option<Place>, AppError> {
        Ok(self.records.place_of(organisation, now)?)
    }

    /// The person with all their roles, as the table of access asks for them.
    pub fn actor(&mut self, person: &str) -> Result<Actor, AppError> {
        Ok(self.records.actor(person)?)
    }

    /// Runs several acts, of one person or of several, as one: all are kept, or none.
    pub fn together<T>(
        &mut self,
        acts: impl FnOnce(&mut Session<'_>) -> Result<T, AppError>,
    ) -> Result<T, AppError> {
        self.records.together(|records| acts(&mut Session { records }))
    }

    /// The names of all organisations.
    pub(crate) fn names(&mut self) -> Result<Vec<String>, AppError> {
        Ok(self.records.names()?)
    }

    /// The records themselves, for what is about the whole installation.
    pub(crate) const fn records(&mut self) -> &mut Records {
        &mut self.records
    }
}

/// Several acts that are kept as one.
#[derive(Debug)]
pub struct Session<'r> {
    records: &'r mut Records,
}

impl Session<'_> {
    /// The desk of a person, with the roles that the records give them at this point.
    pub fn desk<'a>(
        &'a mut self,
        catalogue: &'a Catalogue,
        person: &str,
        now: Timestamp,
    ) -> Result<Desk<'a>, AppError> {
        let actor = self.records.actor(person)?;
        Ok(Desk { catalogue, records: self.records, actor, now })
    }

    /// The desk of whoever founds an organisation; see [`Registry::keeper`].
    pub fn founder<'a>(
        &'a mut self,
        catalogue: &'a Catalogue,
        person: &str,
        now: Timestamp,
        organisation: &str,
    ) -> Result<Desk<'a>, AppError> {
        let mut actor = self.records.actor(person)?;
        if !self.records.exists(organisation)? {
            actor.grants.push(Grant::organisation(Role::Administrator, organisation));
        }
        Ok(Desk { catalogue, records: self.records, actor, now })
    }
}

/// One person at work.
#[derive(Debug)]
pub struct Desk<'a> {
    /// The content.
    pub catalogue: &'a Catalogue,
    pub(crate) records: &'a mut Records,
    /// Who it is.
    pub actor: Actor,
    /// The moment, UTC.
    pub now: Timestamp,
}

impl Desk<'_> {
    /// The day at the office.
    pub fn today(&self) -> Date {
        model::time::local(self.now.as_microsecond()).date()
    }

    /// Asks whether this person may do something; a refusal stands in the log.
    pub fn ask(&mut self, action: Action, organisation: &str) -> Result<(), AppError> {
        Ok(self.records.ask(&self.actor, self.now, organisation, action)?)
    }

    /// Whether this person may do something in an organisation; asks nothing of the records and
    /// writes nothing into the log.
    pub fn may(&self, action: Action, organisation: &str) -> bool {
        self.actor.may(action, &Place::of(organisation))
    }
}
