//! Use cases, one function each: read a log, propose a binding, evaluate, list findings,
//! draw pictures. The command line and the pages offer these and nothing else; they choose
//! words, this crate chooses what happens.
//!
//! Clock, arguments and terminal stay outside: dates come as arguments, progress is told
//! through a function.

mod bind;
mod case;
pub mod choose;
pub mod content;
mod error;
mod evaluate;
mod findings;
mod incoming;
mod installation;
mod logs;
mod names_key;
pub mod people;
mod picture;
mod progress;
mod read;
mod removal;
mod shelf;
mod source;
mod tables;

pub use bind::{Proposal, bind_file, bind_snapshot};
pub use case::CaseEvents;
pub use error::AppError;
pub use evaluate::{EvaluateRequest, Evaluated, evaluate};
pub use findings::findings;
pub use incoming::{DEMONSTRATION, Incoming, Preview, Sample};
pub use installation::{Installation, Lease};
pub use logs::{Drawn, OWNER};
pub use names_key::NamesKey;
pub use picture::{has_logs, pictures, shown};
pub use progress::{Progress, Quiet};
pub use read::{ReadReport, ReadRequest, read};
pub use shelf::Shelf;
pub use source::{Reading, SourceRead};

pub use content::load_catalogue;

use catalogue::Catalogue;
use std::path::Path;
use std::sync::Arc;
use store::Store;

pub use store::{ColumnType, Manifest, NameKey, Secrecy};

/// The catalogue and the data directory, opened.
#[derive(Debug)]
pub struct Office {
    /// The checked catalogue.
    pub catalogue: Arc<Catalogue>,
    /// The data directory.
    pub store: Store,
}

impl Office {
    /// Opens a data directory with the content built into the program, over which the
    /// content of the organisation is laid (`overlay`, a folder of the shape of `content/`).
    /// The directory itself is made when something is first written.
    pub fn open(dir: &Path, overlay: Option<&Path>) -> Result<Self, AppError> {
        Self::with(Arc::new(load_catalogue(overlay)?), dir)
    }

    /// The same with a catalogue that is loaded already.
    pub fn with(catalogue: Arc<Catalogue>, dir: &Path) -> Result<Self, AppError> {
        let store =
            Store::open(dir).map_err(|error| AppError::data(error.to_string()))?;
        Ok(Self { catalogue, store })
    }
}
