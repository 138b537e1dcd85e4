//! What the pages ask of the rest of the program. Behind it stand the use cases; a test puts
//! something small in their place.

use access::{Action, Actor, Place};
use catalogue::Catalogue;
use picture::weighings::Weighings;
use std::fmt;
use std::sync::Arc;

/// An organisation as a page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organisation {
    /// Its name in addresses and grants.
    pub name: String,
    /// Its title for people.
    pub title: String,
}

/// The picture that was kept last, with the one before it.
#[derive(Clone, Debug)]
pub struct Pictured {
    /// The texts.
    pub catalogue: Arc<Catalogue>,
    /// What was kept last.
    pub now: Weighings,
    /// Of the round before, where one was kept.
    pub before: Option<Weighings>,
}

/// Why something could not be done: a sentence for whoever keeps the installation, not for
/// the person at the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegistrarError(pub String);

impl fmt::Display for RegistrarError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for RegistrarError {}

/// The rest of the program, as the pages see it. Every function may wait for a disk: none is
/// called where that would hold up others.
pub trait Registrar: Send + Sync + 'static {
    /// What was granted to an account, by its name. An account without grants is an actor
    /// without grants, not an error.
    fn actor(&self, account: &str) -> Result<Actor, RegistrarError>;

    /// The organisation of a name with its regions of today; `None` where there is none.
    fn place(&self, organisation: &str) -> Result<Option<Place>, RegistrarError>;

    /// The organisations in which the actor may read the organisation itself, by title.
    fn organisations(&self, actor: &Actor) -> Result<Vec<Organisation>, RegistrarError>;

    /// The picture of an organisation that was kept last; `None` where none was.
    fn picture(
        &self,
        actor: &Actor,
        organisation: &str,
    ) -> Result<Option<Pictured>, RegistrarError>;

    /// The gate refused an action to somebody who has a role in the organisation; the log of
    /// that organisation is to say so.
    fn refused(
        &self,
        actor: &Actor,
        action: Action,
        organisation: &str,
    ) -> Result<(), RegistrarError>;

    /// The first account was made: what it needs to begin is granted now.
    fn first_account(&self, account: &str) -> Result<(), RegistrarError>;
}
