//! Coming in: a name and a password, then a code where there is a second step.
//!
//! A wrong name, a wrong password and a closed account give the same answer in the same time.

use crate::secret::{Secret, hash};
use crate::throttle::{Key, Source};
use crate::user::{COLUMNS, checked_name, read_user};
use crate::{Accounts, AccountsError, EventKind, Session, Stage, User};
use jiff::Timestamp;
use rusqlite::OptionalExtension as _;
use std::fmt;

/// The browser that somebody uses.
#[derive(Clone, Copy, Debug)]
pub struct From<'a> {
    /// Where its requests come from.
    pub source: Source,
    /// Its device cookie, where it has one.
    pub device: Option<&'a str>,
    /// The token of a session it has; that session ends.
    pub session: Option<&'a str>,
}

/// What somebody gave to come in.
#[derive(Clone, Copy)]
pub struct Attempt<'a> {
    /// The name of the account.
    pub name: &'a str,
    /// The password.
    pub password: &'a str,
}

impl fmt::Debug for Attempt<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attempt").field("name", &self.name).finish_non_exhaustive()
    }
}

/// Somebody came in, wholly or as far as the second step.
#[derive(Clone, Debug)]
pub struct Entered {
    /// How far.
    pub stage: Stage,
    /// The token of the new session, for a cookie.
    pub session: Secret,
    /// A new device cookie, where the browser has none for this account and is wholly in.
    pub device: Option<Secret>,
}

/// Why somebody did not come in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignInError {
    /// The name or the password, or the code, is not right. Which of them is not said.
    Wrong,
    /// Too many attempts: the next one is looked at after so many seconds.
    Wait(i64),
    /// The session between password and code is over; begin again.
    Over,
    /// The accounts could not do their work.
    Accounts(AccountsError),
}

impl fmt::Display for SignInError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Wrong => f.write_str("the name, the password or the code is not right"),
            Self::Wait(seconds) => {
                write!(f, "there were too many attempts; try again in {seconds} s")
            }
            Self::Over => f.write_str("too much time passed; begin again"),
            Self::Accounts(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for SignInError {}

impl std::convert::From<AccountsError> for SignInError {
    fn from(error: AccountsError) -> Self {
        match error {
            AccountsError::Wait(seconds) => Self::Wait(seconds),
            other => Self::Accounts(other),
        }
    }
}

impl Accounts {
    /// Judges a name and a password. The session it gives is new, whatever the browser had.
    pub fn sign_in(
        &self,
        attempt: &Attempt<'_>,
        from: &From<'_>,
        now: Timestamp,
    ) -> Result<Entered, SignInError> {
        // a name that cannot exist takes the same way, for the same time
        let name = checked_name(attempt.name).unwrap_or_default();
        let keys = self.keys(&name, from, now)?;
        self.throttle.begin(&keys, now).map_err(SignInError::Wait)?;
        let found = self.with_password(&name)?;
        let hash = found.as_ref().map(|(_, hash)| hash.as_str());
        let is_right = self.hashing.verify(attempt.password, hash)?;
        let source = from.source.to_string();
        self.note(now, &name, EventKind::SignIn, is_right, &source)?;
        let Some((user, _)) = found.filter(|_| is_right) else {
            return Err(SignInError::Wrong);
        };
        self.throttle.forgive(&keys);
        if user.has_second_step {
            let session =
                self.begin_session(user.id, Stage::SecondStep, from.session, now)?;
            return Ok(Entered { stage: Stage::SecondStep, session, device: None });
        }
        self.enter(&user, from, now)
    }

    /// Judges the code of the second step, or a recovery code, of the session that
    /// [`Accounts::sign_in`] gave. The session of somebody who is wholly in is a new one.
    pub fn sign_in_further(
        &self,
        code: &str,
        from: &From<'_>,
        now: Timestamp,
    ) -> Result<Entered, SignInError> {
        let token = from.session.ok_or(SignInError::Over)?;
        let session = self.session(token, now)?.ok_or(SignInError::Over)?;
        let Session { user, stage: Stage::SecondStep, .. } = session else {
            return Err(SignInError::Over);
        };
        let keys = [Key::SecondStep(user.id, from.source)];
        self.throttle.begin(&keys, now).map_err(SignInError::Wait)?;
        let is_right = self.use_code(&user, code, now)?;
        let source = from.source.to_string();
        self.note(now, &user.name, EventKind::SecondStep, is_right, &source)?;
        if !is_right {
            return Err(SignInError::Wrong);
        }
        self.throttle.forgive(&keys);
        self.enter(&user, from, now)
    }

    /// A whole session, and a device cookie where this browser has none for the account.
    fn enter(
        &self,
        user: &User,
        from: &From<'_>,
        now: Timestamp,
    ) -> Result<Entered, SignInError> {
        let session = self.begin_session(user.id, Stage::Whole, from.session, now)?;
        let device = match from.device {
            Some(cookie) if self.knows_device(cookie, &user.name, now)? => {
                self.see_device(cookie, now)?;
                None
            }
            _ => Some(self.know_device(user.id, now)?),
        };
        Ok(Entered { stage: Stage::Whole, session, device })
    }

    /// What an attempt is counted under: a browser that is known has a count of its own.
    fn keys(
        &self,
        name: &str,
        from: &From<'_>,
        now: Timestamp,
    ) -> Result<Vec<Key>, AccountsError> {
        if let Some(cookie) = from.device
            && self.knows_device(cookie, name, now)?
        {
            return Ok(vec![Key::Device(hash(cookie))]);
        }
        Ok(vec![Key::AccountFrom(name.to_owned(), from.source), Key::From(from.source)])
    }

    fn with_password(&self, name: &str) -> Result<Option<(User, String)>, AccountsError> {
        self.base()
            .query_row(
                &format!(
                    "SELECT {COLUMNS}, password FROM users WHERE name = ?1 AND closed_at IS NULL"
                ),
                [name],
                |row| Ok((read_user(row)?, row.get(5)?)),
            )
            .optional()
            .map_err(crate::error::broken("find an account"))
    }
}
