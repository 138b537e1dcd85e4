//! Who may come in: people, their passwords and second steps, sessions, invitations and
//! tokens. They change and are thrown away, so they stand in a file of their own
//! (`accounts.sqlite`) and not among the records, which are kept for good.
//!
//! This crate says *who* somebody is; what that person may do is granted in the records and
//! judged by [`access`]. Time is an argument. Secrets that were given out are kept as hashes
//! only; what must be kept as it is (the secret of a second step) is why the file is readable
//! by its owner alone.
//!
//! Start reading at [`Accounts::sign_in`].

mod base;
mod device;
mod error;
mod event;
mod hashing;
mod invitation;
mod password;
mod provided;
mod second_step;
mod secret;
mod session;
mod sign_in;
mod throttle;
mod token;
mod user;

pub use error::AccountsError;
pub use event::{Event, EventKind};
pub use invitation::{Invitation, Invited};
pub use password::{LEAST_CHARACTERS, PasswordFault, check_password};
pub use provided::{Away, Provided};
pub use second_step::{Pending, RECOVERY_CODES};
pub use secret::Secret;
pub use session::{Session, Stage, Terms};
pub use sign_in::{Attempt, Entered, From, SignInError};
pub use throttle::Source;
pub use token::{Bearer, Scope, Token};
pub use user::User;

use crate::hashing::Hashing;
use crate::throttle::Throttle;
use rusqlite::Connection;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The accounts of an installation, opened.
#[derive(Debug)]
pub struct Accounts {
    base: Mutex<Connection>,
    throttle: Throttle,
    hashing: Hashing,
    terms: Terms,
}

impl Accounts {
    /// Opens `accounts.sqlite` in a data folder and makes both where they are absent.
    pub fn open(dir: &Path, terms: Terms) -> Result<Self, AccountsError> {
        Self::of(base::open(dir)?, terms)
    }

    /// Accounts that are gone when they are dropped.
    pub fn in_memory(terms: Terms) -> Result<Self, AccountsError> {
        Self::of(base::in_memory()?, terms)
    }

    fn of(base: Connection, terms: Terms) -> Result<Self, AccountsError> {
        Ok(Self {
            base: Mutex::new(base),
            throttle: Throttle::default(),
            hashing: Hashing::new()?,
            terms,
        })
    }

    /// The database. A panic of another holder leaves it usable: every write is one
    /// transaction.
    fn base(&self) -> MutexGuard<'_, Connection> {
        self.base.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How long sessions last.
    pub fn terms(&self) -> Terms {
        self.terms
    }
}

#[cfg(test)]
mod tests;
