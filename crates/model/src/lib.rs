//! The words every other crate speaks: moments and dates, languages, notes on reading,
//! shares and the pedigree of a result.
//!
//! Nothing here reads a clock, a file or the environment, and nothing here knows how it
//! will be written to disk or shown.
#![deny(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::wildcard_enum_match_arm,
    reason = "a crate of the middle: no clock, no IO, one order, no forgotten case"
)]

pub mod calendar;
pub mod lang;
pub mod note;
pub mod pedigree;
pub mod process;
pub mod share;
pub mod time;

pub use lang::Lang;
pub use note::{Note, NoteKind, Place};
pub use pedigree::Pedigree;
pub use process::Process;
pub use share::{Interval, Ppm};
pub use time::{Date, Moment};
