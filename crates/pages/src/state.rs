//! What all requests share.

use crate::{Registrar, Settings};
use accounts::Accounts;
use dress::Dress;
use jiff::Timestamp;
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

type Clock = dyn Fn() -> Timestamp + Send + Sync;
type Tell = dyn Fn(&Incident) + Send + Sync;

/// What all requests share.
pub struct State {
    pub(crate) settings: Settings,
    pub(crate) accounts: Accounts,
    pub(crate) registrar: Box<dyn Registrar>,
    pub(crate) dress: Dress,
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
        registrar: impl Registrar,
        dress: Dress,
        clock: impl Fn() -> Timestamp + Send + Sync + 'static,
        tell: impl Fn(&Incident) + Send + Sync + 'static,
    ) -> Self {
        Self {
            settings,
            accounts,
            registrar: Box::new(registrar),
            dress,
            clock: Box::new(clock),
            tell: Box::new(tell),
        }
    }

    pub(crate) fn now(&self) -> Timestamp {
        (self.clock)()
    }

    pub(crate) fn tell(&self, incident: &Incident) {
        (self.tell)(incident);
    }
}
