//! An installation that serves many people at once: the catalogue, the data directory and a few
//! connections to the records.

use crate::AppError;
use crate::Shelf;
use crate::logs::Cabinet;
use crate::people::{
    Desk, LastPicture, PlanQuestion, Registry, last_picture, newest_picture,
};
use catalogue::Catalogue;
use jiff::Timestamp;
use plan::Advice;
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

/// The most connections to the records. Reading is short; more would only wait for one another
/// on the disk.
const MOST: usize = 6;

/// How many plans are remembered.
const MOST_PLANS: usize = 64;

/// Of how many organisations the last picture is remembered.
const MOST_PICTURES: usize = 32;

/// The catalogue, the data directory and the records, for many people at once.
pub struct Installation {
    catalogue: Arc<Catalogue>,
    dir: PathBuf,
    database: Option<String>,
    free: Mutex<Free>,
    came_back: Condvar,
    turn: Mutex<()>,
    reading: Mutex<()>,
    cabinet: Cabinet,
    solved: Shelf<PlanQuestion, Advice>,
    pictures: Shelf<(String, Option<i64>), LastPicture>,
}

#[derive(Debug, Default)]
struct Free {
    here: Vec<Registry>,
    opened: usize,
}

impl fmt::Debug for Installation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // the address of a database may hold a password
        f.debug_struct("Installation").field("dir", &self.dir).finish_non_exhaustive()
    }
}

impl Installation {
    /// Opens the records in a data directory, or those of a `PostgreSQL` database. What is absent
    /// is made.
    pub fn open(
        catalogue: Arc<Catalogue>,
        dir: &Path,
        database: Option<&str>,
        now: Timestamp,
    ) -> Result<Self, AppError> {
        let first = Registry::open(dir, database, now)?;
        Ok(Self {
            catalogue,
            dir: dir.to_owned(),
            database: database.map(str::to_owned),
            free: Mutex::new(Free { here: vec![first], opened: 1 }),
            came_back: Condvar::new(),
            turn: Mutex::new(()),
            reading: Mutex::new(()),
            cabinet: Cabinet::default(),
            solved: Shelf::new(MOST_PLANS),
            pictures: Shelf::new(MOST_PICTURES),
        })
    }

    /// The checked catalogue.
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// The checked catalogue, to be kept beside this.
    pub const fn shared_catalogue(&self) -> &Arc<Catalogue> {
        &self.catalogue
    }

    pub(crate) const fn cabinet(&self) -> &Cabinet {
        &self.cabinet
    }

    /// Held by whoever reads a log into the installation.
    pub(crate) const fn reading(&self) -> &Mutex<()> {
        &self.reading
    }

    /// The data directory.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// A connection for looking; waits until one is free. Give it back by dropping it, and never
    /// ask for a second one while holding it.
    pub fn look(&self, now: Timestamp) -> Result<Lease<'_>, AppError> {
        self.lease(None, now)
    }

    /// A connection for changing something. One at a time: who writes waits here for their turn
    /// and not in the database, where a wait ends in a fault.
    pub fn write(&self, now: Timestamp) -> Result<Lease<'_>, AppError> {
        // the turn guards no data, so a panic of another holder spoils nothing
        let turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        self.lease(Some(turn), now)
    }

    /// The answer to a question for a plan, solved or remembered. Solving may take seconds and
    /// all of a processor, so one question is solved at a time; hold no connection here.
    pub fn solve(&self, question: PlanQuestion) -> Result<Arc<Advice>, AppError> {
        self.solved.get_or(question, |question| question.solve(&self.catalogue))
    }

    /// The picture that was kept last, with that of the day before it where there is one, as
    /// [`last_picture`] gives it. What was kept never changes, so it is read once.
    pub fn last_picture(
        &self,
        desk: &mut Desk<'_>,
        organisation: &str,
    ) -> Result<Arc<LastPicture>, AppError> {
        let newest = newest_picture(desk, organisation)?;
        let key = (organisation.to_owned(), newest);
        self.pictures.get_or(key, |_| last_picture(desk, organisation))
    }

    fn lease<'a>(
        &'a self,
        turn: Option<MutexGuard<'a, ()>>,
        now: Timestamp,
    ) -> Result<Lease<'a>, AppError> {
        let mut free = self.free();
        let registry = loop {
            if let Some(registry) = free.here.pop() {
                break registry;
            }
            if free.opened < MOST {
                free.opened += 1;
                drop(free);
                break self.another(now)?;
            }
            free = self.came_back.wait(free).unwrap_or_else(PoisonError::into_inner);
        };
        Ok(Lease { registry: Some(registry), home: self, _turn: turn })
    }

    fn another(&self, now: Timestamp) -> Result<Registry, AppError> {
        let opened = Registry::open(&self.dir, self.database.as_deref(), now);
        if opened.is_err() {
            self.free().opened -= 1;
            self.came_back.notify_one();
        }
        opened
    }

    fn free(&self) -> MutexGuard<'_, Free> {
        // what is in it is whole after every statement
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection, until it is dropped.
#[derive(Debug)]
pub struct Lease<'a> {
    /// `None` only while it is dropped.
    registry: Option<Registry>,
    home: &'a Installation,
    _turn: Option<MutexGuard<'a, ()>>,
}

#[expect(clippy::expect_used, reason = "it is taken out by `drop` alone")]
impl Deref for Lease<'_> {
    type Target = Registry;

    fn deref(&self) -> &Registry {
        self.registry.as_ref().expect("a lease holds its connection until it is dropped")
    }
}

#[expect(clippy::expect_used, reason = "it is taken out by `drop` alone")]
impl DerefMut for Lease<'_> {
    fn deref_mut(&mut self) -> &mut Registry {
        self.registry.as_mut().expect("a lease holds its connection until it is dropped")
    }
}

impl Drop for Lease<'_> {
    fn drop(&mut self) {
        let mut free = self.home.free();
        match self.registry.take() {
            // a connection in which a panic passed may be in the middle of something
            Some(registry) if !std::thread::panicking() => free.here.push(registry),
            _ => free.opened -= 1,
        }
        drop(free);
        self.home.came_back.notify_one();
    }
}
