//! A plan told to people: what first, why, what it rests on, what more hours would bring, and
//! whether what was done works. As text for a terminal and as parts of a page.
//!
//! The parts ([`html`]) carry classes and no style, so that they fit into the one-file report
//! and into a page of a server alike.

mod frontier;
pub mod html;
mod html_effect;
mod outcome;
mod telling;
pub mod text;
pub(crate) mod words;
