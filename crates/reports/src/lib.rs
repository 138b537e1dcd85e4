//! Pictures become documents: text for a terminal and one self-contained HTML file.
//!
//! This crate stands apart so that every word a reader sees, every number as it is written
//! and every colour lies in one place, and so that what is computed knows nothing of how it
//! is told. Pure functions from a picture to a text; no clock, no disk, no network.
#![deny(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::wildcard_enum_match_arm,
    reason = "a crate of the middle: no clock, no IO, one order, no forgotten case"
)]

pub mod html;
mod levels;
pub mod listing;
mod map_choice;
mod map_layout;
mod map_order;
pub mod numbers;
pub mod plan;
mod safe;
mod sentences;
pub mod site;
mod svg;
pub mod text;
pub mod weighing;
mod words;
