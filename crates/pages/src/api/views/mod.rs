//! The operations, by resource. Each reads through the same use cases as the pages do.
//!
//! Words of closed lists, such as `agreed` or `red`, are the codes that files and commands have
//! too; the catalogue says in both languages what they mean.

pub(crate) mod catalogue;
pub(crate) mod decisions;
pub(crate) mod log;
pub(crate) mod measures;
pub(crate) mod organisations;
pub(crate) mod picture;
pub(crate) mod rounds;
pub(crate) mod signals;
