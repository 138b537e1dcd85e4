//! Browsers that came in before. Such a browser has a count of wrong attempts of its own, so
//! that nobody else can make it wait (see [`crate::throttle`]). It opens nothing.

use crate::error::broken;
use crate::secret::{Secret, hash};
use crate::{Accounts, AccountsError};
use jiff::{SignedDuration, Timestamp};
use rusqlite::params;

/// How long a browser is known after it last came in.
pub(crate) const KNOWN: SignedDuration = SignedDuration::from_hours(24 * 180);

/// How many browsers of one person are known; the ones that came in longest ago go first.
const MOST_DEVICES: u32 = 20;

impl Accounts {
    /// Whether the cookie of a browser belongs to an account, by name.
    pub(crate) fn knows_device(
        &self,
        cookie: &str,
        name: &str,
        now: Timestamp,
    ) -> Result<bool, AccountsError> {
        let since = (now - KNOWN).as_second();
        self.base()
            .query_row(
                "SELECT EXISTS (SELECT 1 FROM devices JOIN users ON users.id = devices.user
                 WHERE devices.hash = ?1 AND users.name = ?2 AND devices.seen_at > ?3)",
                params![hash(cookie), name, since],
                |row| row.get(0),
            )
            .map_err(broken("find a browser"))
    }

    /// Knows a browser from now on; gives its new cookie.
    pub(crate) fn know_device(
        &self,
        user: i64,
        now: Timestamp,
    ) -> Result<Secret, AccountsError> {
        let doing = "remember a browser";
        let cookie = Secret::long()?;
        let base = self.base();
        base.execute(
            "INSERT INTO devices (hash, user, seen_at) VALUES (?1, ?2, ?3)",
            params![hash(cookie.reveal()), user, now.as_second()],
        )
        .map_err(broken(doing))?;
        base.execute(
            "DELETE FROM devices WHERE user = ?1 AND hash NOT IN (SELECT hash FROM devices
             WHERE user = ?1 ORDER BY seen_at DESC, hash LIMIT ?2)",
            params![user, MOST_DEVICES],
        )
        .map_err(broken(doing))?;
        Ok(cookie)
    }

    /// Writes down that a known browser came in again.
    pub(crate) fn see_device(
        &self,
        cookie: &str,
        now: Timestamp,
    ) -> Result<(), AccountsError> {
        self.base()
            .execute(
                "UPDATE devices SET seen_at = ?2 WHERE hash = ?1",
                params![hash(cookie), now.as_second()],
            )
            .map_err(broken("remember a browser"))?;
        Ok(())
    }
}
