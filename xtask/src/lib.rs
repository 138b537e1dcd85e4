//! The house: everything that keeps the workspace in order and is no part of the program.
//!
//! [`ci`] runs all checks, cheapest first; [`mod@test`] runs the tests; [`tidy`] holds the
//! agreements a compiler does not hold; [`generated`] writes files that follow from others;
//! [`new`] makes the skeleton of an item of content. It is a library as well as a program,
//! so that a test can hold the house to its own rules.

pub mod assets;
pub mod ci;
pub mod content;
pub mod failure;
pub mod generated;
pub mod new;
pub mod say;
pub mod test;
pub mod tidy;
pub mod workspace;

pub use failure::Failure;
pub use workspace::Workspace;
