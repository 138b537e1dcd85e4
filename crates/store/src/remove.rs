//! Throwing a snapshot away: the events, the dictionaries with the pseudonyms, and the sealed names.

use crate::error::{FileFault, WriteError, at};
use crate::lock::Lock;
use crate::sealed::place;
use crate::store::Store;
use std::io::ErrorKind;

impl Store {
    /// Throws a snapshot away, with the names that were sealed beside it. The snapshot that was
    /// read before it becomes the latest of its process.
    ///
    /// The names go first, then the snapshot disappears at once, under another name; what is left
    /// of it when the power fails is removed when the next log is read.
    ///
    /// Gives whether there was one of that name.
    ///
    /// # Errors
    /// A data folder in which somebody is writing, and files that cannot be removed.
    pub fn remove(&self, name: &str) -> Result<bool, WriteError> {
        let layout = self.layout();
        let is_plain =
            name.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '-');
        if !is_plain || !layout.snapshot(name).join("manifest.json").is_file() {
            return Ok(false);
        }
        let _lock = Lock::take(layout)?;
        let names = place(&layout.dir, name);
        match std::fs::remove_file(&names) {
            Err(cause) if cause.kind() != ErrorKind::NotFound => {
                return Err(FileFault::new("remove", &names, cause).into());
            }
            _ => {}
        }
        let (here, away) = (layout.snapshot(name), layout.on_its_way_out(name));
        std::fs::rename(&here, &away).map_err(at::<WriteError>("remove", &here))?;
        std::fs::remove_dir_all(&away).map_err(at::<WriteError>("remove", &away))?;
        Ok(true)
    }
}
