//! Who comes in: the grants of a person, and what stands behind a link. Both are asked before
//! there is an actor, so neither asks the table of access; they give what may then be asked.

use super::{Records, find, list, names, office_day};
use crate::audit::hex;
use crate::entries::{Assignment, Grant, Link, Respondents, Withdrawal};
use crate::entry::{Kept, latest};
use crate::error::RecordsError;
use access::{Actor, Role};
use jiff::Timestamp;
use sha2::{Digest, Sha256};

/// What stands behind a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Linked {
    /// Of which organisation.
    pub organisation: String,
    /// The assignment.
    pub assignment: Kept<Assignment>,
    /// Whoever answers by it: the person of the assignment, or somebody without a name.
    pub actor: Actor,
}

/// What is kept of the secret in a link, which is long and made at random.
pub fn hash_of_link(secret: &str) -> String {
    hex(Sha256::digest(format!("dijkwacht link\n{secret}").as_bytes()).as_slice())
}

impl Records {
    /// A person with all roles they hold. Whoever has an assignment that was not withdrawn is a
    /// respondent of that organisation, without a grant of their own.
    pub fn actor(&mut self, person: &str) -> Result<Actor, RecordsError> {
        let mut grants = Vec::new();
        for organisation in names(self.db.as_mut())? {
            let all: Vec<Kept<Grant>> = list(self.db.as_mut(), &organisation)?;
            let own = all.into_iter().filter(|kept| kept.entry.person == person);
            for (role, kept) in latest(own, |grant| grant.role.clone()) {
                if let (true, Ok(role)) = (kept.entry.granted, role.parse::<Role>()) {
                    grants.push(access::Grant::organisation(role, &organisation));
                }
            }
            let respondent = access::Grant::organisation(Role::Respondent, &organisation);
            if !grants.contains(&respondent) && self.is_asked(&organisation, person)? {
                grants.push(respondent);
            }
        }
        Ok(Actor::new(person, grants))
    }

    fn is_asked(
        &mut self,
        organisation: &str,
        person: &str,
    ) -> Result<bool, RecordsError> {
        let found = crate::writing::number(
            self.db.as_mut(),
            "SELECT COUNT(*) FROM assignments WHERE organisation = ? AND respondent = ? \
             AND id NOT IN (SELECT assignment FROM withdrawals WHERE organisation = ?)",
            &[organisation.into(), person.into(), organisation.into()],
        )?;
        Ok(found > 0)
    }

    /// What stands behind a link, by the secret in it. `None` where there is no such link, its
    /// last day is over, or its assignment was withdrawn: whoever tries learns no more.
    pub fn follow_link(
        &mut self,
        now: Timestamp,
        secret: &str,
    ) -> Result<Option<Linked>, RecordsError> {
        let hash = hash_of_link(secret);
        for organisation in names(self.db.as_mut())? {
            let links: Vec<Kept<Link>> = list(self.db.as_mut(), &organisation)?;
            let Some(link) = links.into_iter().find(|kept| kept.entry.hash == hash)
            else {
                continue;
            };
            let number = link.entry.assignment;
            let gone: Vec<Kept<Withdrawal>> = list(self.db.as_mut(), &organisation)?;
            if link.entry.valid_to < office_day(now)
                || gone.iter().any(|kept| kept.entry.assignment == number)
            {
                return Ok(None);
            }
            let assignment: Kept<Assignment> =
                find(self.db.as_mut(), &organisation, number)?;
            let actor = match &assignment.entry.respondents {
                Respondents::Named(person) => Actor::new(
                    person,
                    vec![access::Grant::organisation(Role::Respondent, &organisation)],
                ),
                Respondents::Anonymous { .. } => Actor::anonymous(&organisation),
            };
            return Ok(Some(Linked { organisation, assignment, actor }));
        }
        Ok(None)
    }
}
