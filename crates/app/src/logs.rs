//! Whose logs they are, and what they show: drawn once for all who look, and again when a log was
//! read or judged anew.

use crate::evaluate::kept_findings;
use crate::people::{Registry, ShownByProcess};
use crate::{AppError, Installation, Office, Quiet, has_logs, pictures};
use findings::FindingSet;
use jiff::Timestamp;
use model::Process;
use picture::Picture;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

/// The file in a data directory that says whose its logs are, where there are several
/// organisations.
pub const OWNER: &str = "logs-of";

impl Registry {
    /// Writes down whose the logs of the data directory are, where there is one organisation and
    /// nobody did so yet. Call it before another is begun: from then on it would be nobody's.
    pub fn settle_logs(&mut self, dir: &Path) -> Result<(), AppError> {
        let path = dir.join(OWNER);
        match self.names()?.as_slice() {
            [only] if !path.exists() => std::fs::write(&path, only).map_err(|error| {
                AppError::data(format!("{} cannot be written ({error})", path.display()))
            }),
            _ => Ok(()),
        }
    }
}

/// What the logs of an organisation show.
#[derive(Debug, Default)]
pub struct Drawn {
    /// The picture of each process of which a log was read.
    pub pictures: Vec<Picture>,
    /// The findings of each process that was evaluated.
    pub findings: Vec<FindingSet>,
}

impl Drawn {
    /// The picture of a process.
    pub fn picture(&self, process: Process) -> Option<&Picture> {
        self.pictures.iter().find(|picture| picture.process == process)
    }

    /// The findings of a process.
    pub fn findings(&self, process: Process) -> Option<&FindingSet> {
        self.findings.iter().find(|set| set.process == process)
    }
}

/// What was drawn, and of what.
#[derive(Debug, Default)]
pub(crate) struct Cabinet(Mutex<BTreeMap<String, (Stamp, Arc<Drawn>)>>);

/// What changes when there is something new to draw: the last snapshot of each process, and when
/// its findings were written.
type Stamp = Vec<(Process, Option<String>, Option<SystemTime>)>;

impl Installation {
    /// The data directory of the logs of an organisation.
    ///
    /// It is a folder of its own below `organisations`. The logs of the data directory itself
    /// belong to the organisation that the file `logs-of` in it names, or without that file to
    /// the only organisation there is; everybody else has none in it.
    pub fn logs_of(&self, organisation: &str, is_only: bool) -> PathBuf {
        let owner = std::fs::read_to_string(self.dir().join(OWNER));
        let is_owner = match &owner {
            Ok(owner) => owner.trim() == organisation,
            Err(_) => is_only,
        };
        if is_owner {
            return self.dir().to_owned();
        }
        self.dir().join("organisations").join(folder(organisation))
    }

    /// The logs of an organisation with the content.
    pub fn office(&self, organisation: &str, now: Timestamp) -> Result<Office, AppError> {
        let names = self.look(now)?.names()?;
        let is_only = matches!(names.as_slice(), [only] if only == organisation);
        let dir = self.logs_of(organisation, is_only);
        Office::with(Arc::clone(self.shared_catalogue()), &dir)
    }

    /// What the logs of an organisation show. Drawing takes as long as judging them; whoever asks
    /// meanwhile waits. Hold no connection here.
    pub fn drawn(
        &self,
        organisation: &str,
        now: Timestamp,
    ) -> Result<Arc<Drawn>, AppError> {
        let office = self.office(organisation, now)?;
        let mut cabinet = self.cabinet().0.lock().unwrap_or_else(PoisonError::into_inner);
        let stamp = stamp(&office)?;
        if let Some((known, drawn)) = cabinet.get(organisation)
            && *known == stamp
        {
            return Ok(Arc::clone(drawn));
        }
        let drawn = Arc::new(draw(&office)?);
        cabinet.insert(organisation.to_owned(), (stamp, Arc::clone(&drawn)));
        Ok(drawn)
    }

    /// What the data show of an organisation, by process; empty where no log was read.
    pub fn shown(
        &self,
        organisation: &str,
        now: Timestamp,
    ) -> Result<ShownByProcess, AppError> {
        Ok(crate::shown(&self.drawn(organisation, now)?.pictures))
    }
}

/// The name of an organisation as that of a folder: a name from elsewhere must not lead out of
/// where it belongs.
fn folder(organisation: &str) -> String {
    let plain = |sign: char| {
        if sign.is_ascii_alphanumeric() || sign == '-' {
            sign.to_string()
        } else {
            format!("_{:x}", u32::from(sign))
        }
    };
    organisation.chars().map(plain).collect()
}

fn stamp(office: &Office) -> Result<Stamp, AppError> {
    let written = |process: Process| {
        let path = crate::evaluate::findings_path(office, process);
        std::fs::metadata(path).and_then(|file| file.modified()).ok()
    };
    Process::ALL
        .into_iter()
        .map(|process| {
            Ok((process, office.store.latest(process.code())?, written(process)))
        })
        .collect()
}

fn draw(office: &Office) -> Result<Drawn, AppError> {
    if !has_logs(office)? {
        return Ok(Drawn::default());
    }
    let mut all = Vec::new();
    for process in Process::ALL {
        all.extend(kept_findings(office, process)?);
    }
    Ok(Drawn { pictures: pictures(office, None, None, &mut Quiet)?, findings: all })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_logs_of_the_only_organisation_stay_its_own_when_another_is_begun() {
        use crate::people::{Organisation, OrganisationKind, found};
        let dir = tempfile::tempdir().unwrap();
        let catalogue = crate::load_catalogue(None).unwrap();
        let now = Timestamp::UNIX_EPOCH;
        let mut registry = Registry::open(dir.path(), None, now).unwrap();
        for name in ["one", "two", "three"] {
            registry.settle_logs(dir.path()).unwrap();
            let first = Organisation {
                title: name.to_owned(),
                kind: OrganisationKind::Municipality,
                size_class: None,
                valid_from: model::Date::constant(2026, 1, 1),
                valid_to: None,
                successor: None,
            };
            let own = [name.to_owned()];
            let mut desk = registry.keeper(&catalogue, "ada", now, &own).unwrap();
            found(&mut desk, name, &first).unwrap();
            let owner = std::fs::read_to_string(dir.path().join(OWNER)).ok();
            assert_eq!(owner.as_deref(), (name != "one").then_some("one"), "{name}");
        }
    }

    #[test]
    fn no_name_leads_out_of_the_folder() {
        assert_eq!(folder("dijkveen-2"), "dijkveen-2");
        assert_eq!(folder("../x/É"), "_2e_2e_2fx_2f_c9");
    }
}
