//! People with an account.

use crate::error::broken;
use crate::throttle::Key;
use crate::{Accounts, AccountsError, EventKind, PasswordFault, check_password};
use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, Row, params};

/// The most characters of a name.
const MOST_CHARACTERS: usize = 100;

/// Somebody with an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// Its number in this file.
    pub id: i64,
    /// The reference to the person, in lower case, as grants and the log name it.
    pub name: String,
    /// The name shown to the person and to colleagues.
    pub display: String,
    /// Whether a second step is asked for.
    pub has_second_step: bool,
    /// Whether the account was closed: nobody comes in with it.
    pub is_closed: bool,
}

/// The columns of [`read_user`], in its order.
pub(crate) const COLUMNS: &str = "users.id, users.name, users.display, users.totp_secret IS NOT NULL, users.closed_at IS NOT NULL";

pub(crate) fn read_user(row: &Row<'_>) -> rusqlite::Result<User> {
    Ok(User {
        id: row.get(0)?,
        name: row.get(1)?,
        display: row.get(2)?,
        has_second_step: row.get(3)?,
        is_closed: row.get(4)?,
    })
}

/// A name in the form in which it is kept: without blanks around it, in lower case.
pub(crate) fn checked_name(name: &str) -> Result<String, AccountsError> {
    let name = name.trim().to_lowercase();
    let is_good = !name.is_empty()
        && name.chars().count() <= MOST_CHARACTERS
        && !name.chars().any(|c| c.is_whitespace() || c.is_control());
    if is_good { Ok(name) } else { Err(AccountsError::Name(name)) }
}

pub(crate) fn checked_display(display: &str) -> Result<String, AccountsError> {
    let display = display.trim().to_owned();
    let is_good = !display.is_empty()
        && display.chars().count() <= MOST_CHARACTERS
        && !display.chars().any(char::is_control);
    if is_good { Ok(display) } else { Err(AccountsError::Display(display)) }
}

impl Accounts {
    /// Everybody, by name.
    pub fn users(&self) -> Result<Vec<User>, AccountsError> {
        let base = self.base();
        let mut asked = base
            .prepare_cached(&format!("SELECT {COLUMNS} FROM users ORDER BY name"))
            .map_err(broken("list accounts"))?;
        let users = asked.query_map([], read_user).map_err(broken("list accounts"))?;
        users.collect::<Result<_, _>>().map_err(broken("list accounts"))
    }

    /// Somebody by name; `None` where there is nobody.
    pub fn user(&self, name: &str) -> Result<Option<User>, AccountsError> {
        let Ok(name) = checked_name(name) else { return Ok(None) };
        self.base()
            .query_row(
                &format!("SELECT {COLUMNS} FROM users WHERE name = ?1"),
                [name],
                read_user,
            )
            .optional()
            .map_err(broken("find an account"))
    }

    /// Changes a password after the present one was given. All sessions of the person end,
    /// but for the one that is named (`keep`, the token of its cookie).
    pub fn change_password(
        &self,
        user: &User,
        present: &str,
        new: &str,
        keep: &str,
        now: Timestamp,
    ) -> Result<(), AccountsError> {
        if !self.is_password_of(user, present, now)? {
            self.note(now, &user.name, EventKind::PasswordChanged, false, "")?;
            return Err(AccountsError::WrongPassword);
        }
        check_password(new, &[&user.name, &user.display])
            .map_err(AccountsError::Password)?;
        if present == new {
            return Err(AccountsError::Password(PasswordFault::Same));
        }
        let hash = self.hashing.hash(new)?;
        let doing = "change a password";
        let mut base = self.base();
        let writing = base.transaction().map_err(broken(doing))?;
        writing
            .execute(
                "UPDATE users SET password = ?2 WHERE id = ?1",
                params![user.id, hash],
            )
            .map_err(broken(doing))?;
        writing
            .execute(
                "DELETE FROM sessions WHERE user = ?1 AND hash <> ?2",
                params![user.id, crate::secret::hash(keep)],
            )
            .map_err(broken(doing))?;
        writing
            .execute("DELETE FROM devices WHERE user = ?1", [user.id])
            .map_err(broken(doing))?;
        writing.commit().map_err(broken(doing))?;
        drop(base);
        self.note(now, &user.name, EventKind::PasswordChanged, true, "")
    }

    /// Whether a password is that of a person who is in. Somebody who found a browser open
    /// cannot guess it either.
    pub(crate) fn is_password_of(
        &self,
        user: &User,
        password: &str,
        now: Timestamp,
    ) -> Result<bool, AccountsError> {
        let keys = [Key::Confirmation(user.id)];
        self.throttle.begin(&keys, now).map_err(AccountsError::Wait)?;
        let hash: Option<String> = self
            .base()
            .query_row(
                "SELECT password FROM users WHERE id = ?1 AND closed_at IS NULL",
                [user.id],
                |row| row.get(0),
            )
            .optional()
            .map_err(broken("find a password"))?;
        let is_right = self.hashing.verify(password, hash.as_deref())?;
        if is_right {
            self.throttle.forgive(&keys);
        }
        Ok(is_right)
    }

    /// Closes an account: sessions, known browsers and tokens end at once. The name stays
    /// taken, for the log knows it.
    pub fn close(
        &self,
        name: &str,
        by: &str,
        now: Timestamp,
    ) -> Result<(), AccountsError> {
        let doing = "close an account";
        let name = checked_name(name)?;
        let mut base = self.base();
        let writing = base.transaction().map_err(broken(doing))?;
        let changed = writing
            .execute(
                "UPDATE users SET closed_at = ?2 WHERE name = ?1 AND closed_at IS NULL",
                params![name, now.as_second()],
            )
            .map_err(broken(doing))?;
        if changed == 0 {
            return Err(AccountsError::Unknown(name));
        }
        for table in ["sessions", "devices", "tokens"] {
            let statement = format!(
                "DELETE FROM {table} WHERE user = (SELECT id FROM users WHERE name = ?1)"
            );
            writing.execute(&statement, [&name]).map_err(broken(doing))?;
        }
        writing.commit().map_err(broken(doing))?;
        drop(base);
        self.note(now, by, EventKind::Closed, true, &name)
    }
}
