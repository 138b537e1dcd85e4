//! Coming in by way of a provider: what is kept while a browser is there, and the account of
//! whoever it says came back.

use crate::error::broken;
use crate::secret::{Secret, hash};
use crate::user::{COLUMNS, checked_display, checked_name, read_user};
use crate::{Accounts, AccountsError, Entered, EventKind, From, Stage, User};
use jiff::{SignedDuration, Timestamp};
use rusqlite::{OptionalExtension as _, params};
use std::collections::BTreeSet;

/// How long a browser may stay at the provider.
const LONGEST_AWAY: SignedDuration = SignedDuration::from_mins(15);

/// In the place of a password, where there is none: no hash, so no password belongs to it.
const NO_PASSWORD: &str = "";

/// What is kept of a browser that went to the provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Away {
    /// Comes back inside the word of the provider.
    pub nonce: String,
    /// Proves that who left is who came back.
    pub verifier: String,
    /// The page to go to; empty for the start page.
    pub back: String,
}

/// Somebody, as a provider knows them. Its word was checked before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provided<'a> {
    /// The issuer.
    pub issuer: &'a str,
    /// What stays the same of a person at this issuer.
    pub subject: &'a str,
    /// The name for an account.
    pub name: &'a str,
    /// The name shown to others.
    pub display: &'a str,
    /// The groups.
    pub groups: &'a BTreeSet<String>,
}

impl Accounts {
    /// Keeps what belongs to a browser until it is back. `state` goes along with the browser,
    /// `browser` is a cookie that stays in it.
    pub fn send_away(
        &self,
        state: &str,
        browser: &str,
        away: &Away,
        now: Timestamp,
    ) -> Result<(), AccountsError> {
        self.base()
            .execute(
                "INSERT INTO departures (hash, browser, nonce, verifier, back, made_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![
                    hash(state),
                    hash(browser),
                    away.nonce,
                    away.verifier,
                    away.back,
                    now.as_second(),
                ],
            )
            .map_err(broken("send a browser to the provider"))?;
        Ok(())
    }

    /// What was kept of a browser that is back; `None` where this browser did not leave with
    /// this state, or too long ago. It is good once.
    pub fn welcome_back(
        &self,
        state: &str,
        browser: &str,
        now: Timestamp,
    ) -> Result<Option<Away>, AccountsError> {
        let doing = "find a browser that is back";
        let base = self.base();
        let away = base
            .query_row(
                "DELETE FROM departures WHERE hash = ?1 AND browser = ?2
                 RETURNING nonce, verifier, back, made_at",
                params![hash(state), hash(browser)],
                |row| {
                    let away = Away {
                        nonce: row.get(0)?,
                        verifier: row.get(1)?,
                        back: row.get(2)?,
                    };
                    Ok((away, row.get::<_, i64>(3)?))
                },
            )
            .optional()
            .map_err(broken(doing))?;
        let since = (now - LONGEST_AWAY).as_second();
        base.execute("DELETE FROM departures WHERE made_at <= ?1", [since])
            .map_err(broken(doing))?;
        Ok(away.filter(|(_, made_at)| *made_at > since).map(|(away, _)| away))
    }

    /// Lets somebody in on the word of a provider; makes an account for who has none yet.
    ///
    /// An account of the same name with a password is never taken over: its owner comes in with
    /// it first, and then once by way of the provider (`owner`), which ties the two together.
    pub fn enter_provided(
        &self,
        provided: &Provided<'_>,
        owner: Option<&User>,
        from: &From<'_>,
        now: Timestamp,
    ) -> Result<Entered, AccountsError> {
        let source = from.source.to_string();
        let known = match self.identified(provided)? {
            Some(user) => Ok(user),
            None => self.identify(provided, owner, now),
        };
        let name = known.as_ref().map_or(provided.name, |user| &user.name);
        let is_let_in = known.as_ref().is_ok_and(|user| !user.is_closed);
        self.note(now, name, EventKind::SignIn, is_let_in, &source)?;
        let user = known?;
        if user.is_closed {
            return Err(AccountsError::Unknown(user.name));
        }
        let session = self.begin_session(user.id, Stage::Whole, from.session, now)?;
        self.keep_groups(&session, provided.groups)?;
        Ok(Entered { stage: Stage::Whole, session, device: None })
    }

    /// The account that belongs to a subject of an issuer.
    fn identified(&self, provided: &Provided<'_>) -> Result<Option<User>, AccountsError> {
        self.base()
            .query_row(
                &format!(
                    "SELECT {COLUMNS} FROM identities JOIN users ON users.id = identities.user
                     WHERE issuer = ?1 AND subject = ?2"
                ),
                params![provided.issuer, provided.subject],
                read_user,
            )
            .optional()
            .map_err(broken("find an account"))
    }

    /// Ties a subject to the account of who is in, or to a new one.
    fn identify(
        &self,
        provided: &Provided<'_>,
        owner: Option<&User>,
        now: Timestamp,
    ) -> Result<User, AccountsError> {
        let doing = "make an account";
        let name = checked_name(provided.name)?;
        let display = checked_display(provided.display)?;
        let mut base = self.base();
        let writing = base.transaction().map_err(broken(doing))?;
        let is_own = owner.is_some_and(|owner| owner.name == name);
        if !is_own {
            let made = writing
                .execute(
                    "INSERT INTO users (name, display, password, made_at) VALUES (?1, ?2, ?3, ?4)
                     ON CONFLICT (name) DO NOTHING",
                    params![name, display, NO_PASSWORD, now.as_second()],
                )
                .map_err(broken(doing))?;
            if made == 0 {
                return Err(AccountsError::Taken(name));
            }
        }
        writing
            .execute(
                "INSERT INTO identities (issuer, subject, user)
                 SELECT ?1, ?2, id FROM users WHERE name = ?3",
                params![provided.issuer, provided.subject, name],
            )
            .map_err(broken(doing))?;
        writing.commit().map_err(broken(doing))?;
        drop(base);
        self.note(now, &name, EventKind::Identified, true, provided.issuer)?;
        self.user(&name)?.ok_or(AccountsError::Unknown(name))
    }

    fn keep_groups(
        &self,
        session: &Secret,
        groups: &BTreeSet<String>,
    ) -> Result<(), AccountsError> {
        // a group with an end of line in its name is nobody's group
        let groups: Vec<&str> = groups
            .iter()
            .map(String::as_str)
            .filter(|group| !group.contains('\n'))
            .collect();
        self.base()
            .execute(
                "UPDATE sessions SET groups = ?2, is_provided = 1 WHERE hash = ?1",
                params![hash(session.reveal()), groups.join("\n")],
            )
            .map_err(broken("keep the groups of a session"))?;
        Ok(())
    }
}
