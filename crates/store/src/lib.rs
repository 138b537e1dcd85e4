//! What machines delivered: events become an immutable, named snapshot on disk and come
//! back. The only crate that knows the file format, and the place where names of people end.
//!
//! ```text
//! DIR/pseudonym.key              the key of the pseudonyms, for the owner only
//! DIR/latest.json                process -> names of its snapshots, the latest at the end
//! DIR/snapshots/<name>/          manifest.json  events.parquet  dictionaries.parquet
//! DIR/runs/<name>.json           dated results, only added
//! ```
//!
//! The way in: [`Store::build`] gives a [`Builder`], which is a [`columns::Sink`];
//! [`Builder::start_file`] before each file, [`Builder::finish`] at the end. The way back:
//! [`Store::snapshot`] gives a [`Snapshot`] with its manifest, its dictionaries and
//! [`Snapshot::scan`].
//!
//! The same files under the same key give the same name. Raw names of people are in memory
//! only while a builder lives; neither a snapshot nor a temporary file holds them.

mod attribute;
mod builder;
mod checks;
mod content;
mod decode;
mod detect;
mod error;
mod finish;
mod intern;
mod keep;
mod lock;
mod manifest;
mod merge;
mod notes;
mod options;
mod persons;
mod read;
mod remove;
mod rows;
mod scan;
mod sealed;
mod spill;
mod store;
mod write;

pub use builder::Builder;
pub use error::{FileFault, KeepError, KeyError, StoreError, WriteError};
pub use keep::{read_json, write_json_atomic};
pub use manifest::{
    ActivityCount, Block, ColumnInfo, ColumnType, FORMAT, Manifest, NoteCount,
    NoteSample, Parts, Secrecy, SourceFile,
};
pub use options::{BuildOptions, Built, Declared};
pub use persons::put_key;
pub use read::Snapshot;
pub use scan::Scan;
pub use sealed::{NameKey, SealError};
pub use store::Store;
