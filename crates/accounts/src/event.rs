//! What happened to accounts: who came in or was refused, and what was changed. The log of an
//! organisation stands in the records; these belong to the installation.

use crate::error::broken;
use crate::{Accounts, AccountsError};
use jiff::{SignedDuration, Timestamp};
use rusqlite::params;

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EventKind {
    /// Somebody gave a password.
    SignIn,
    /// Somebody gave the code of a second step.
    SecondStep,
    /// Somebody went out.
    SignOut,
    /// Somebody was invited.
    Invited,
    /// An account was made, or got a new password, by an invitation.
    Accepted,
    /// A password was changed by its owner.
    PasswordChanged,
    /// A second step was set up.
    SecondStepOn,
    /// A second step was taken away.
    SecondStepOff,
    /// An account was tied to somebody as a provider knows them.
    Identified,
    /// An account was closed.
    Closed,
    /// A token was made.
    TokenMade,
    /// A token was withdrawn.
    TokenEnded,
}

impl EventKind {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::SignIn,
        Self::SecondStep,
        Self::SignOut,
        Self::Invited,
        Self::Accepted,
        Self::PasswordChanged,
        Self::SecondStepOn,
        Self::SecondStepOff,
        Self::Identified,
        Self::Closed,
        Self::TokenMade,
        Self::TokenEnded,
    ];

    /// The word in the file.
    pub const fn code(self) -> &'static str {
        match self {
            Self::SignIn => "sign-in",
            Self::SecondStep => "second-step",
            Self::SignOut => "sign-out",
            Self::Invited => "invited",
            Self::Accepted => "accepted",
            Self::PasswordChanged => "password-changed",
            Self::SecondStepOn => "second-step-on",
            Self::SecondStepOff => "second-step-off",
            Self::Identified => "identified",
            Self::Closed => "closed",
            Self::TokenMade => "token-made",
            Self::TokenEnded => "token-ended",
        }
    }
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// When, in UTC.
    pub at: Timestamp,
    /// Who did it, or as whom somebody tried.
    pub who: String,
    /// What.
    pub kind: EventKind,
    /// Whether it was done; else it was refused.
    pub is_done: bool,
    /// Where it came from, or whom or what it was about; empty where neither says more.
    pub about: String,
}

impl Accounts {
    /// Writes down that something happened.
    pub(crate) fn note(
        &self,
        now: Timestamp,
        who: &str,
        kind: EventKind,
        is_done: bool,
        about: &str,
    ) -> Result<(), AccountsError> {
        self.base()
            .execute(
                "INSERT INTO events (at, who, what, is_done, source) VALUES (?1, ?2, ?3, ?4, ?5)",
                params![now.as_second(), who, kind.code(), is_done, about],
            )
            .map_err(broken("write down what happened"))?;
        Ok(())
    }

    /// The newest things that happened, newest first.
    pub fn events(&self, most: u32) -> Result<Vec<Event>, AccountsError> {
        let doing = "read what happened";
        let base = self.base();
        let mut asked = base
            .prepare_cached(
                "SELECT at, who, what, is_done, source FROM events ORDER BY id DESC LIMIT ?1",
            )
            .map_err(broken(doing))?;
        let rows = asked
            .query_map([most], |row| {
                let at: i64 = row.get(0)?;
                let what: String = row.get(2)?;
                let kind = EventKind::ALL.into_iter().find(|kind| kind.code() == what);
                let event = kind.zip(Timestamp::from_second(at).ok());
                Ok((event, row.get(1)?, row.get(3)?, row.get(4)?))
            })
            .map_err(broken(doing))?;
        let mut events = Vec::new();
        for row in rows {
            let (known, who, is_done, about) = row.map_err(broken(doing))?;
            let Some((kind, at)) = known else {
                return Err(AccountsError::broken(doing, "an entry is not understood"));
            };
            events.push(Event { at, who, kind, is_done, about });
        }
        Ok(events)
    }

    /// Throws away what is over: sessions, browsers, invitations and tokens that ended, and
    /// what happened longer ago than `keep`. Gives how many rows went.
    pub fn tidy(
        &self,
        keep: SignedDuration,
        now: Timestamp,
    ) -> Result<usize, AccountsError> {
        let doing = "throw away what is over";
        let terms = self.terms();
        let statements = [
            ("DELETE FROM sessions WHERE made_at <= ?1", now - terms.whole),
            ("DELETE FROM sessions WHERE seen_at <= ?1", now - terms.idle),
            ("DELETE FROM devices WHERE seen_at <= ?1", now - crate::device::KNOWN),
            ("DELETE FROM invitations WHERE ends_at <= ?1", now),
            ("DELETE FROM departures WHERE made_at <= ?1", now - terms.whole),
            ("DELETE FROM tokens WHERE ends_at <= ?1", now),
            ("DELETE FROM events WHERE at <= ?1", now - keep),
        ];
        let mut base = self.base();
        let writing = base.transaction().map_err(broken(doing))?;
        let mut gone = 0;
        for (statement, moment) in statements {
            gone += writing
                .execute(statement, [moment.as_second()])
                .map_err(broken(doing))?;
        }
        writing.commit().map_err(broken(doing))?;
        Ok(gone)
    }
}
