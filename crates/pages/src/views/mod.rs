//! The views, one module a page or a few that belong together. A view shows what others
//! computed.

pub(crate) mod account;
pub(crate) mod catalogue;
pub(crate) mod decisions;
pub(crate) mod effect;
pub(crate) mod fill_in;
pub(crate) mod help;
pub(crate) mod incoming;
pub(crate) mod invitation;
mod kept;
pub(crate) mod language;
pub(crate) mod learn;
pub(crate) mod log;
pub(crate) mod management;
pub(crate) mod measures;
pub(crate) mod organisation;
pub(crate) mod own_rules;
pub(crate) mod picture;
pub(crate) mod plan;
pub(crate) mod process;
pub(crate) mod provided;
pub(crate) mod questions;
pub(crate) mod round;
pub(crate) mod rounds;
mod said;
pub(crate) mod second_step;
mod sheet;
pub(crate) mod sign_in;
pub(crate) mod signals;
pub(crate) mod sources;
pub(crate) mod spread;
pub(crate) mod staff;
pub(crate) mod start;
pub(crate) mod style;
pub(crate) mod tokens;
pub(crate) mod well_known;
mod words;
