//! What all requests share.

use crate::Settings;
use access::Grant;
use accounts::{Accounts, AccountsError};
use app::{Installation, Shelf};
use dress::Dress;
use jiff::{SignedDuration, Timestamp};
use maud::Markup;
use model::Lang;
use openid::Provider;
use std::collections::BTreeSet;
use std::fmt;

/// Something went wrong that the person at the screen can do nothing about. The page shows
/// the trace; whoever keeps the installation finds the reason under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incident {
    /// The trace of the request (W3C Trace Context), 32 hexadecimal digits.
    pub trace: String,
    /// Method and path of the request, without its query.
    pub request: String,
    /// The reason.
    pub reason: String,
}

impl fmt::Display for Incident {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}): {}", self.request, self.trace, self.reason)
    }
}

/// What a group of the provider gives in this installation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupGrant {
    /// The group, to the letter as the provider names it.
    pub group: String,
    /// What everybody in it may.
    pub grant: Grant,
}

type Clock = dyn Fn() -> Timestamp + Send + Sync;
type Tell = dyn Fn(&Incident) + Send + Sync;

/// How many drawn pictures are remembered; one is a few hundred kilobytes.
const MOST_DRAWN: usize = 32;

/// What all requests share.
pub struct State {
    pub(crate) settings: Settings,
    pub(crate) accounts: Accounts,
    pub(crate) installation: Installation,
    pub(crate) dress: Dress,
    pub(crate) provider: Option<Provider>,
    /// Pictures that were drawn: organisation, number of the picture and of the one before, language.
    pub(crate) drawn: Shelf<(String, (i64, Option<i64>), Lang), Markup>,
    groups: Vec<GroupGrant>,
    clock: Box<Clock>,
    tell: Box<Tell>,
}

impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("State").field("settings", &self.settings).finish_non_exhaustive()
    }
}

impl State {
    /// The state of an application. `clock` gives the moment of a request; `tell` is called
    /// with what went wrong and must not wait.
    pub fn new(
        settings: Settings,
        accounts: Accounts,
        installation: Installation,
        dress: Dress,
        clock: impl Fn() -> Timestamp + Send + Sync + 'static,
        tell: impl Fn(&Incident) + Send + Sync + 'static,
    ) -> Self {
        Self {
            settings,
            accounts,
            installation,
            dress,
            provider: None,
            drawn: Shelf::new(MOST_DRAWN),
            groups: Vec::new(),
            clock: Box::new(clock),
            tell: Box::new(tell),
        }
    }

    /// The same with a provider at which people may sign in, and what its groups give: beside
    /// the grants in the records, for as long as a session lasts.
    #[must_use]
    pub fn with_provider(self, provider: Provider, groups: Vec<GroupGrant>) -> Self {
        Self { provider: Some(provider), groups, ..self }
    }

    /// Throws away what is over: sessions, browsers, invitations and tokens that ended, and what
    /// happened to accounts longer ago than [`Settings::keep_days`]. Gives how many rows went;
    /// call it once in a while.
    pub fn tidy(&self) -> Result<usize, AccountsError> {
        let keep = SignedDuration::from_hours(24 * i64::from(self.settings.keep_days));
        self.accounts.tidy(keep, self.now())
    }

    /// What groups of the provider give.
    pub(crate) fn grants_of(&self, groups: &BTreeSet<String>) -> Vec<Grant> {
        self.groups
            .iter()
            .filter(|given| groups.contains(&given.group))
            .map(|given| given.grant.clone())
            .collect()
    }

    pub(crate) fn now(&self) -> Timestamp {
        (self.clock)()
    }

    pub(crate) fn tell(&self, incident: &Incident) {
        (self.tell)(incident);
    }
}
