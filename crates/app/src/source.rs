//! The logs that were read: what each holds, and how its binding reads it.

use crate::{AppError, Installation};
use catalogue::binding::{self, Binding};
use jiff::Timestamp;
use model::Process;
use store::Manifest;

/// The last log of a process that was read.
#[derive(Clone, Debug)]
pub struct SourceRead {
    /// The process.
    pub process: Process,
    /// What the snapshot says about itself.
    pub manifest: Manifest,
}

/// How the binding reads one activity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// As these steps.
    Steps(Vec<String>),
    /// As none, on purpose.
    Ignored,
    /// As none: nobody said what it is.
    Unplaced,
}

impl Installation {
    /// The last log of each process of an organisation that was read, in the order of the
    /// processes.
    pub fn sources(
        &self,
        organisation: &str,
        now: Timestamp,
    ) -> Result<Vec<SourceRead>, AppError> {
        let office = self.office(organisation, now)?;
        let mut all = office.store.list()?;
        let mut found = Vec::new();
        for process in Process::ALL {
            let Some(latest) = office.store.latest(process.code())? else { continue };
            if let Some(at) = all.iter().position(|manifest| manifest.name == latest) {
                found.push(SourceRead { process, manifest: all.swap_remove(at) });
            }
        }
        Ok(found)
    }

    /// How the binding of a log reads its activities, in the order of the log, with the events
    /// of each.
    ///
    /// # Errors
    /// Every fault of the binding, where the catalogue has changed since.
    pub fn readings(
        &self,
        source: &SourceRead,
    ) -> Result<Vec<(String, u64, Reading)>, AppError> {
        let binding = match &source.manifest.binding {
            Some(text) => binding::read("binding", text, self.catalogue())?,
            None => Binding::default(),
        };
        let reading = |name: &str| {
            let steps = binding.steps_of(name);
            if !steps.is_empty() {
                Reading::Steps(
                    steps.into_iter().map(|(step, _)| step.to_owned()).collect(),
                )
            } else if binding.ignores(name) {
                Reading::Ignored
            } else {
                Reading::Unplaced
            }
        };
        let activities = source.manifest.activities.iter();
        Ok(activities
            .map(|one| (one.name.clone(), one.events, reading(&one.name)))
            .collect())
    }
}
