//! Tokens with which a program of the person reaches the API. A token never does more than
//! the person may: it has scopes, a last moment, and may be bound to one organisation.

use crate::error::broken;
use crate::secret::{Secret, hash};
use crate::user::{COLUMNS, read_user};
use crate::{Accounts, AccountsError, EventKind, User};
use access::{Action, Resource, Verb};
use jiff::{SignedDuration, Timestamp};
use rusqlite::{OptionalExtension as _, params};
use std::collections::BTreeSet;

/// What every token begins with, so that a search for secrets finds it in a wrong place.
const PREFIX: &str = "dijkwacht_";

/// The longest life of a token.
const LONGEST: SignedDuration = SignedDuration::from_hours(366 * 24);

/// What a token is good for, within what its owner may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// Counts and sums.
    Numbers,
    /// Reading, but for evidence and the log.
    Read,
    /// Adding and changing.
    Write,
    /// Rows of evidence, requests for names and the log.
    Evidence,
    /// Writing an archive.
    Archive,
}

impl Scope {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 5] =
        [Self::Numbers, Self::Read, Self::Write, Self::Evidence, Self::Archive];

    /// The word in the file and in commands.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Numbers => "numbers",
            Self::Read => "read",
            Self::Write => "write",
            Self::Evidence => "evidence",
            Self::Archive => "archive",
        }
    }

    /// Whether an action falls under this scope. Logs are thrown away, pseudonyms unlocked, and
    /// archives brought back, by people only.
    pub fn covers(self, action: Action) -> bool {
        let is_guarded = matches!(
            action.resource,
            Resource::Evidence | Resource::Pseudonym | Resource::Log
        );
        match action.verb {
            Verb::Numbers => matches!(self, Self::Numbers | Self::Read),
            Verb::Read | Verb::ReadOwn | Verb::Verify if is_guarded => {
                self == Self::Evidence
            }
            Verb::Read | Verb::ReadOwn | Verb::Verify => self == Self::Read,
            Verb::Add | Verb::Change => self == Self::Write,
            Verb::Export => self == Self::Archive,
            Verb::Remove | Verb::Ask | Verb::Unlock | Verb::Restore => false,
        }
    }
}

/// A token as it is listed; the token itself was shown once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its number in this file.
    pub id: i64,
    /// What its owner calls it.
    pub title: String,
    /// What it is good for.
    pub scopes: BTreeSet<Scope>,
    /// The one organisation it is bound to; `None` where it holds for all of its owner.
    pub organisation: Option<String>,
    /// From when it is no longer good.
    pub ends_at: Timestamp,
    /// When it was last used; `None` where it never was.
    pub used_at: Option<Timestamp>,
}

/// Who comes with a token, and how far it reaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bearer {
    /// Its owner.
    pub user: User,
    /// What it is good for.
    pub scopes: BTreeSet<Scope>,
    /// The one organisation it is bound to.
    pub organisation: Option<String>,
}

impl Bearer {
    /// Whether the token is good for an action in an organisation. What its owner may do is
    /// to be asked besides.
    pub fn covers(&self, action: Action, organisation: &str) -> bool {
        let is_here = self.organisation.as_ref().is_none_or(|own| own == organisation);
        is_here && self.scopes.iter().any(|scope| scope.covers(action))
    }
}

impl Accounts {
    /// Makes a token; what is given back is shown once.
    pub fn make_token(
        &self,
        user: &User,
        token: &Token,
        now: Timestamp,
    ) -> Result<Secret, AccountsError> {
        let title = token.title.trim();
        if title.is_empty() || title.chars().count() > 100 {
            return Err(AccountsError::Token("give it a title of 1 to 100 characters"));
        }
        if token.scopes.is_empty() {
            return Err(AccountsError::Token("choose at least one scope"));
        }
        if token.ends_at <= now || token.ends_at > now + LONGEST {
            return Err(AccountsError::Token("let it end within a year from now"));
        }
        let secret = Secret::long()?.prefixed(PREFIX);
        let scopes: Vec<&str> = token.scopes.iter().map(|scope| scope.code()).collect();
        self.base()
            .execute(
                "INSERT INTO tokens (user, title, hash, scopes, organisation, made_at, ends_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                params![
                    user.id,
                    title,
                    hash(secret.reveal()),
                    scopes.join(" "),
                    token.organisation.as_deref().unwrap_or_default(),
                    now.as_second(),
                    token.ends_at.as_second(),
                ],
            )
            .map_err(broken("make a token"))?;
        self.note(now, &user.name, EventKind::TokenMade, true, title)?;
        Ok(secret)
    }

    /// The tokens of a person, newest first.
    pub fn tokens(&self, user: &User) -> Result<Vec<Token>, AccountsError> {
        let doing = "list tokens";
        let base = self.base();
        let mut asked = base
            .prepare_cached(
                "SELECT id, title, scopes, organisation, ends_at, used_at FROM tokens
                 WHERE user = ?1 ORDER BY id DESC",
            )
            .map_err(broken(doing))?;
        let rows = asked
            .query_map([user.id], |row| {
                let moment =
                    |second: i64| Timestamp::from_second(second).unwrap_or_default();
                Ok(Token {
                    id: row.get(0)?,
                    title: row.get(1)?,
                    scopes: read_scopes(&row.get::<_, String>(2)?),
                    organisation: bound(row.get(3)?),
                    ends_at: moment(row.get(4)?),
                    used_at: row.get::<_, Option<i64>>(5)?.map(moment),
                })
            })
            .map_err(broken(doing))?;
        rows.collect::<Result<_, _>>().map_err(broken(doing))
    }

    /// Withdraws a token of a person; one of somebody else is not touched.
    pub fn end_token(
        &self,
        user: &User,
        id: i64,
        now: Timestamp,
    ) -> Result<bool, AccountsError> {
        let gone = self
            .base()
            .execute(
                "DELETE FROM tokens WHERE id = ?1 AND user = ?2",
                params![id, user.id],
            )
            .map_err(broken("withdraw a token"))?;
        self.note(now, &user.name, EventKind::TokenEnded, gone > 0, &id.to_string())?;
        Ok(gone > 0)
    }

    /// Who comes with a token, if it is good now.
    pub fn bearer(
        &self,
        token: &str,
        now: Timestamp,
    ) -> Result<Option<Bearer>, AccountsError> {
        if !token.starts_with(PREFIX) {
            return Ok(None);
        }
        let doing = "find a token";
        let base = self.base();
        let question = format!(
            "SELECT {COLUMNS}, tokens.scopes, tokens.organisation FROM tokens
             JOIN users ON users.id = tokens.user
             WHERE tokens.hash = ?1 AND tokens.ends_at > ?2 AND users.closed_at IS NULL"
        );
        let found = base
            .query_row(&question, params![hash(token), now.as_second()], |row| {
                Ok(Bearer {
                    user: read_user(row)?,
                    scopes: read_scopes(&row.get::<_, String>(5)?),
                    organisation: bound(row.get(6)?),
                })
            })
            .optional()
            .map_err(broken(doing))?;
        if found.is_some() {
            // once a minute is enough to know that it is in use
            base.execute(
                "UPDATE tokens SET used_at = ?2
                 WHERE hash = ?1 AND (used_at IS NULL OR used_at + 60 <= ?2)",
                params![hash(token), now.as_second()],
            )
            .map_err(broken(doing))?;
        }
        Ok(found)
    }
}

fn bound(organisation: String) -> Option<String> {
    (!organisation.is_empty()).then_some(organisation)
}

fn read_scopes(text: &str) -> BTreeSet<Scope> {
    text.split(' ')
        .filter_map(|code| Scope::ALL.into_iter().find(|scope| scope.code() == code))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use access::MATRIX;

    #[test]
    fn every_action_has_one_scope_but_those_for_people_only() {
        for line in MATRIX {
            let covered =
                Scope::ALL.iter().filter(|scope| scope.covers(line.action)).count();
            let expected = match line.action.verb {
                Verb::Remove | Verb::Ask | Verb::Unlock | Verb::Restore => 0,
                Verb::Numbers => 2,
                _ => 1,
            };
            assert_eq!(covered, expected, "{}", line.action);
        }
    }

    #[test]
    fn reading_gives_no_evidence() {
        let evidence = Action::new(Verb::Read, Resource::Evidence);
        assert!(!Scope::Read.covers(evidence));
        assert!(Scope::Evidence.covers(evidence));
        assert!(!Scope::Evidence.covers(Action::new(Verb::Read, Resource::Picture)));
    }
}
