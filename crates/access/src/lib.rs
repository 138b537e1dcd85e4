//! Who may do what. One table says which role may do which action; a grant ties a role to
//! one organisation, or to a region for numbers only. Everything that reads or writes asks
//! [`allowed`], so there is one place to look and one place to be wrong.
//!
//! What is not in the table is refused. A role in one organisation gives nothing in another.
#![deny(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::wildcard_enum_match_arm,
    reason = "a crate of the middle: no clock, no IO, one order, no forgotten case"
)]

mod matrix;
mod words;

pub use matrix::{Line, MATRIX, table};
pub use words::{Action, Resource, Role, UnknownWord, Verb};

use std::collections::BTreeSet;

/// Whether one of the grants allows an action on what belongs to an organisation.
///
/// A grant for a region counts only for [`Verb::Numbers`], and only where the organisation
/// is in that region; whoever asks fills [`Place::regions`] with the memberships of the day.
pub fn allowed(grants: &[Grant], action: Action, place: &Place) -> bool {
    grants.iter().any(|grant| {
        let here = match &grant.scope {
            Scope::Organisation(name) => *name == place.organisation,
            Scope::Region(name) => {
                action.verb == Verb::Numbers && place.regions.contains(name)
            }
        };
        here && MATRIX
            .iter()
            .any(|line| line.action == action && line.roles.contains(&grant.role))
    })
}

/// Where a role holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// In one organisation.
    Organisation(String),
    /// In a region: numbers of its organisations and nothing else.
    Region(String),
}

/// A role that somebody was given, with the place where it holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// Where it holds.
    pub scope: Scope,
}

impl Grant {
    /// A role in one organisation.
    pub fn organisation(role: Role, organisation: &str) -> Self {
        Self { role, scope: Scope::Organisation(organisation.to_owned()) }
    }

    /// A role in a region, for numbers only.
    pub fn region(role: Role, region: &str) -> Self {
        Self { role, scope: Scope::Region(region.to_owned()) }
    }
}

/// The organisation that something belongs to, with the regions it is in on the day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The organisation.
    pub organisation: String,
    /// Its regions on the day; empty where no grant for a region shall count.
    pub regions: BTreeSet<String>,
}

impl Place {
    /// An organisation without regions.
    pub fn of(organisation: &str) -> Self {
        Self { organisation: organisation.to_owned(), regions: BTreeSet::new() }
    }
}

/// Somebody who acts: a reference to a person, and what was granted.
///
/// The reference is what the log of the organisation shows. It is empty for somebody who
/// answers anonymously.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The reference to the person, as the organisation knows it.
    pub name: String,
    /// What was granted.
    pub grants: Vec<Grant>,
    /// From where they act; empty where that is not known, or nobody may know it.
    pub from: Origin,
}

/// From where somebody acts, for the log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The address of the machine, or `terminal`.
    pub address: String,
    /// The trace of the request (W3C Trace Context), 32 hexadecimal digits.
    pub trace: String,
}

impl Actor {
    /// Somebody with a name and grants.
    pub fn new(name: &str, grants: Vec<Grant>) -> Self {
        Self { name: name.to_owned(), grants, from: Origin::default() }
    }

    /// Somebody who answers in one organisation without being known.
    pub fn anonymous(organisation: &str) -> Self {
        Self::new("", vec![Grant::organisation(Role::Respondent, organisation)])
    }

    /// Whether this actor may do an action on what belongs to an organisation.
    pub fn may(&self, action: Action, place: &Place) -> bool {
        allowed(&self.grants, action, place)
    }
}

#[cfg(test)]
mod tests;
