//! Sessions: a random token in a cookie, kept as a hash, with an end when nothing happens and
//! an end whatever happens.

use crate::error::broken;
use crate::secret::{Secret, hash};
use crate::user::{COLUMNS, read_user};
use crate::{Accounts, AccountsError, EventKind, User};
use jiff::{SignedDuration, Timestamp};
use rusqlite::{OptionalExtension as _, params};
use std::collections::BTreeSet;

/// A session is written as seen at most once in this time, so that reading stays cheap.
const SEEN_AT_MOST_EVERY: SignedDuration = SignedDuration::from_secs(60);

/// How long sessions last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Without any request.
    pub idle: SignedDuration,
    /// Altogether.
    pub whole: SignedDuration,
    /// Between the password and the code of the second step.
    pub second_step: SignedDuration,
}

impl Default for Terms {
    /// Half an hour, a working day of ten hours, five minutes.
    fn default() -> Self {
        Self {
            idle: SignedDuration::from_mins(30),
            whole: SignedDuration::from_hours(10),
            second_step: SignedDuration::from_mins(5),
        }
    }
}

/// How far somebody came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The password was right; the code of the second step is still to come.
    SecondStep,
    /// In.
    Whole,
}

/// A session that holds now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Whose it is.
    pub user: User,
    /// How far that person came in. Nothing but the second step may be shown before
    /// [`Stage::Whole`].
    pub stage: Stage,
    /// When it ends whatever happens.
    pub ends_at: Timestamp,
    /// The groups that the provider gave at sign-in; none where a password did.
    pub groups: BTreeSet<String>,
    /// Whether a provider said who it is, and no password.
    pub is_provided: bool,
}

impl Accounts {
    /// The session of a token, if it holds now; says that it was seen.
    pub fn session(
        &self,
        token: &str,
        now: Timestamp,
    ) -> Result<Option<Session>, AccountsError> {
        let doing = "find a session";
        let hash = hash(token);
        let base = self.base();
        let question = format!(
            "SELECT {COLUMNS}, is_whole, sessions.made_at, seen_at, groups, is_provided
             FROM sessions
             JOIN users ON users.id = sessions.user
             WHERE hash = ?1 AND users.closed_at IS NULL"
        );
        let found = base
            .prepare_cached(&question)
            .and_then(|mut asked| {
                asked
                    .query_row([hash], |row| {
                        let moments: (i64, i64) = (row.get(6)?, row.get(7)?);
                        let given: (String, bool) = (row.get(8)?, row.get(9)?);
                        Ok((read_user(row)?, row.get::<_, bool>(5)?, moments, given))
                    })
                    .optional()
            })
            .map_err(broken(doing))?;
        let Some((user, is_whole, (made_at, seen_at), (groups, is_provided))) = found
        else {
            return Ok(None);
        };
        let moment = |second| {
            Timestamp::from_second(second)
                .map_err(|cause| AccountsError::broken(doing, cause))
        };
        let (made_at, seen_at) = (moment(made_at)?, moment(seen_at)?);
        let stage = if is_whole { Stage::Whole } else { Stage::SecondStep };
        let ends_at = made_at
            + match stage {
                Stage::Whole => self.terms.whole,
                Stage::SecondStep => self.terms.second_step,
            };
        if now >= ends_at || now >= seen_at + self.terms.idle {
            return Ok(None);
        }
        if now >= seen_at + SEEN_AT_MOST_EVERY {
            base.execute(
                "UPDATE sessions SET seen_at = ?2 WHERE hash = ?1",
                params![hash, now.as_second()],
            )
            .map_err(broken("keep a session"))?;
        }
        let groups =
            groups.lines().filter(|group| !group.is_empty()).map(str::to_owned).collect();
        Ok(Some(Session { user, stage, ends_at, groups, is_provided }))
    }

    /// Makes a session with a token that nobody had before. An older session of the same
    /// browser ends with it, so that a token planted in a browser is worth nothing.
    pub(crate) fn begin_session(
        &self,
        user: i64,
        stage: Stage,
        older: Option<&str>,
        now: Timestamp,
    ) -> Result<Secret, AccountsError> {
        let doing = "begin a session";
        let token = Secret::long()?;
        let mut base = self.base();
        let writing = base.transaction().map_err(broken(doing))?;
        if let Some(older) = older {
            writing
                .execute("DELETE FROM sessions WHERE hash = ?1", [hash(older)])
                .map_err(broken(doing))?;
        }
        writing
            .execute(
                "INSERT INTO sessions (hash, user, is_whole, made_at, seen_at)
                 VALUES (?1, ?2, ?3, ?4, ?4)",
                params![
                    hash(token.reveal()),
                    user,
                    stage == Stage::Whole,
                    now.as_second()
                ],
            )
            .map_err(broken(doing))?;
        writing.commit().map_err(broken(doing))?;
        Ok(token)
    }

    /// Ends a session. An unknown token changes nothing.
    pub fn sign_out(&self, token: &str, now: Timestamp) -> Result<(), AccountsError> {
        let session = self.session(token, now)?;
        self.base()
            .execute("DELETE FROM sessions WHERE hash = ?1", [hash(token)])
            .map_err(broken("end a session"))?;
        match session {
            Some(session) => {
                self.note(now, &session.user.name, EventKind::SignOut, true, "")
            }
            None => Ok(()),
        }
    }

    /// Puts a new token in the place of that of a session, after what it may do changed.
    pub fn renew_session(
        &self,
        token: &str,
        now: Timestamp,
    ) -> Result<Option<Secret>, AccountsError> {
        if self.session(token, now)?.is_none() {
            return Ok(None);
        }
        let new = Secret::long()?;
        self.base()
            .execute(
                "UPDATE sessions SET hash = ?2 WHERE hash = ?1",
                params![hash(token), hash(new.reveal())],
            )
            .map_err(broken("renew a session"))?;
        Ok(Some(new))
    }
}
