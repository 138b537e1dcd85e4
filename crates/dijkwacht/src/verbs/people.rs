//! The verbs with which people work together. Each opens the records as one person, asks `app`,
//! and puts the answer into words.

mod answer;
mod log;
mod organisation;
mod plan;
mod propose;
mod records;
mod remind;
mod round;
pub(super) mod unlock;
mod words;

pub(super) use answer::run as answer;
pub(super) use log::run as log;
pub(super) use organisation::run as organisation;
pub(super) use plan::run as plan;
pub(super) use records::{backup, restore, run as records};
pub(super) use round::run as round;

use crate::args::people::Who;
use app::AppError;
use app::people::{Desk, Registry, which};
use catalogue::Catalogue;
use std::path::Path;

/// The catalogue and the records, opened.
pub(crate) struct House {
    pub(crate) catalogue: Catalogue,
    registry: Registry,
}

impl House {
    pub(crate) fn open(who: &Who, overlay: Option<&Path>) -> Result<Self, AppError> {
        let catalogue = app::load_catalogue(overlay)?;
        let registry = Registry::open(&who.dir.dir, who.database.as_deref(), Who::now())?;
        Ok(Self { catalogue, registry })
    }

    /// The desk of whoever acts.
    pub(crate) fn desk(&mut self, who: &Who) -> Result<Desk<'_>, AppError> {
        self.registry.desk(&self.catalogue, &who.name(), Who::now())
    }

    /// The desk of whoever acts, and the organisation that is meant.
    pub(crate) fn at(&mut self, who: &Who) -> Result<(Desk<'_>, String), AppError> {
        let mut desk = self.desk(who)?;
        let organisation = which(&mut desk, who.organisation.as_deref())?;
        Ok((desk, organisation))
    }
}

/// Acts at the desk of a person, in the organisation that is meant.
pub(super) fn with<T>(
    who: &Who,
    overlay: Option<&Path>,
    act: impl FnOnce(&mut Desk<'_>, &str) -> Result<T, AppError>,
) -> Result<T, AppError> {
    let mut house = House::open(who, overlay)?;
    let (mut desk, organisation) = house.at(who)?;
    act(&mut desk, &organisation)
}

/// Reads a file whole.
pub(super) fn read_file(path: &Path) -> Result<Vec<u8>, AppError> {
    let failed = |error: std::io::Error| {
        AppError::data(format!("{}: cannot be read ({error})", path.display()))
    };
    if path == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut std::io::stdin().lock(), &mut bytes)
            .map_err(failed)?;
        return Ok(bytes);
    }
    std::fs::read(path).map_err(failed)
}
