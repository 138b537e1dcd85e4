//! One writer at a time in a data folder. Readers need no lock: snapshots never change, and
//! the list of the latest is replaced in one step.

use crate::error::{FileFault, WriteError, at};
use crate::store::Layout;
use std::fs::{File, TryLockError};

/// Held by the one that writes; freed when dropped, also when the program dies.
pub(crate) struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock or says who must be waited for.
    pub(crate) fn take(layout: &Layout) -> Result<Self, WriteError> {
        let path = layout.dir.join(".lock");
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(at::<WriteError>("open", &path))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => {
                Err(WriteError::Busy { dir: layout.dir.clone() })
            }
            Err(TryLockError::Error(cause)) => {
                Err(FileFault::new("lock", &path, cause).into())
            }
        }
    }
}
