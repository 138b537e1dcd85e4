//! Invitations: how somebody gets an account, or a new password when the old one is lost.
//!
//! The code is given to the person by whoever invites; this program sends no mail. The first
//! account of an installation is made with a code that its terminal shows.

use crate::error::broken;
use crate::secret::{Secret, hash_typed};
use crate::throttle::{Key, Source};
use crate::user::{checked_display, checked_name};
use crate::{Accounts, AccountsError, EventKind, SignInError, User, check_password};
use jiff::{SignedDuration, Timestamp};
use rusqlite::{OptionalExtension as _, params};

/// How long an invitation is good.
const GOOD: SignedDuration = SignedDuration::from_hours(7 * 24);

/// How long the code of the first account is good; a restart gives a new one.
const GOOD_FIRST: SignedDuration = SignedDuration::from_hours(24);

/// An invitation, with the code that is shown once.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// The code, to be typed over.
    pub code: Secret,
    /// From when it is no longer good.
    pub ends_at: Timestamp,
}

/// Whom an invitation is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invited {
    /// The name of the account; empty for the first account, whose owner chooses.
    pub name: String,
    /// The name shown to others; empty for the first account.
    pub display: String,
    /// Whether it makes the first account.
    pub is_first: bool,
}

impl Accounts {
    /// Invites somebody to an account, or to choose a new password where there is one already
    /// (which stays in force until then). Earlier invitations of the same name end.
    pub fn invite(
        &self,
        name: &str,
        display: &str,
        by: &str,
        now: Timestamp,
    ) -> Result<Invitation, AccountsError> {
        let name = checked_name(name)?;
        let display = checked_display(display)?;
        let invitation = self.add_invitation(
            &Invited { name: name.clone(), display, is_first: false },
            by,
            now,
        )?;
        self.note(now, by, EventKind::Invited, true, &name)?;
        Ok(invitation)
    }

    /// The code for the first account; `None` once there is an account. Earlier codes for it
    /// end.
    pub fn invite_first(
        &self,
        now: Timestamp,
    ) -> Result<Option<Invitation>, AccountsError> {
        let is_empty: bool = self
            .base()
            .query_row("SELECT NOT EXISTS (SELECT 1 FROM users)", [], |row| row.get(0))
            .map_err(broken("look for accounts"))?;
        if !is_empty {
            return Ok(None);
        }
        let invited =
            Invited { name: String::new(), display: String::new(), is_first: true };
        self.add_invitation(&invited, "", now).map(Some)
    }

    fn add_invitation(
        &self,
        invited: &Invited,
        by: &str,
        now: Timestamp,
    ) -> Result<Invitation, AccountsError> {
        let doing = "invite somebody";
        let code = Secret::typed()?;
        let ends_at = now + if invited.is_first { GOOD_FIRST } else { GOOD };
        let mut base = self.base();
        let writing = base.transaction().map_err(broken(doing))?;
        writing
            .execute("DELETE FROM invitations WHERE name = ?1", [&invited.name])
            .map_err(broken(doing))?;
        writing
            .execute(
                "INSERT INTO invitations (hash, name, display, is_first, made_by, made_at, ends_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                params![
                    hash_typed(code.reveal()),
                    invited.name,
                    invited.display,
                    invited.is_first,
                    by,
                    now.as_second(),
                    ends_at.as_second(),
                ],
            )
            .map_err(broken(doing))?;
        writing.commit().map_err(broken(doing))?;
        Ok(Invitation { code, ends_at })
    }

    /// Counts an attempt with a link by which somebody answers, before it is judged.
    ///
    /// # Errors
    /// The seconds to wait, where too many from this source were wrong.
    pub fn try_link(&self, source: Source, now: Timestamp) -> Result<(), SignInError> {
        self.throttle.begin(&[Key::Link(source)], now).map_err(SignInError::Wait)
    }

    /// The link was right: the attempt does not count.
    pub fn link_was_right(&self, source: Source) {
        self.throttle.forgive(&[Key::Link(source)]);
    }

    /// Whom a code is for. Attempts with wrong codes are slowed down by source.
    pub fn invited(
        &self,
        code: &str,
        source: Source,
        now: Timestamp,
    ) -> Result<Invited, SignInError> {
        let keys = [Key::Invitation(source)];
        self.throttle.begin(&keys, now).map_err(SignInError::Wait)?;
        let found = self
            .base()
            .query_row(
                "SELECT name, display, is_first FROM invitations
                 WHERE hash = ?1 AND ends_at > ?2
                   AND (is_first = 0 OR NOT EXISTS (SELECT 1 FROM users))",
                params![hash_typed(code), now.as_second()],
                |row| {
                    Ok(Invited {
                        name: row.get(0)?,
                        display: row.get(1)?,
                        is_first: row.get(2)?,
                    })
                },
            )
            .optional()
            .map_err(broken("find an invitation"))?;
        let invited = found.ok_or(AccountsError::Invitation)?;
        self.throttle.forgive(&keys);
        Ok(invited)
    }

    /// Makes the account of an invitation, or gives the one that is there a new password and
    /// takes its second step and its ties to a provider away; the code is used up. `own` is the name and the name shown
    /// that the owner of the first account chose; it does not count otherwise.
    pub fn accept(
        &self,
        code: &str,
        own: (&str, &str),
        password: &str,
        source: Source,
        now: Timestamp,
    ) -> Result<User, SignInError> {
        let invited = self.invited(code, source, now)?;
        let (name, display) = if invited.is_first {
            (checked_name(own.0)?, checked_display(own.1)?)
        } else {
            (invited.name, invited.display)
        };
        check_password(password, &[&name, &display]).map_err(AccountsError::Password)?;
        let hash = self.hashing.hash(password)?;
        self.write_accepted(code, (&name, &display), &hash, now)?;
        self.note(now, &name, EventKind::Accepted, true, &source.to_string())?;
        let user = self.user(&name)?;
        Ok(user.ok_or(AccountsError::Unknown(name))?)
    }

    fn write_accepted(
        &self,
        code: &str,
        (name, display): (&str, &str),
        password: &str,
        now: Timestamp,
    ) -> Result<(), AccountsError> {
        let doing = "make an account";
        let mut base = self.base();
        let writing = base.transaction().map_err(broken(doing))?;
        // two at once with one code: the second one finds it gone
        let used = writing
            .execute("DELETE FROM invitations WHERE hash = ?1", [hash_typed(code)])
            .map_err(broken(doing))?;
        if used == 0 {
            return Err(AccountsError::Invitation);
        }
        writing
            .execute(
                "INSERT INTO users (name, display, password, made_at) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (name) DO UPDATE SET display = ?2, password = ?3,
                 totp_secret = NULL, closed_at = NULL",
                params![name, display, password, now.as_second()],
            )
            .map_err(broken(doing))?;
        for table in ["sessions", "devices", "recovery_codes", "tokens", "identities"] {
            let statement = format!(
                "DELETE FROM {table} WHERE user = (SELECT id FROM users WHERE name = ?1)"
            );
            writing.execute(&statement, [name]).map_err(broken(doing))?;
        }
        writing.commit().map_err(broken(doing))
    }
}
