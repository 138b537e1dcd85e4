//! Rules: compiled from the catalogue, evaluated over columns in one pass, with the
//! statistics of the second stage.
//!
//! [`fn@compile`] turns declarations into tests, or tells every fault. [`evaluate`] takes
//! batches of whole cases and gives, for each test, who was judged, what was found and why
//! the rest could not be judged. Nothing here reads a clock, a file or the environment.
#![deny(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::wildcard_enum_match_arm,
    reason = "a crate of the middle: no clock, no IO, one order, no forgotten case"
)]

pub mod answer;
pub mod args;
pub mod compile;
pub mod condition;
pub mod evaluate;
pub mod examples;
mod gather;
pub mod log;
pub mod number;
pub mod operators;
pub mod pattern;
pub mod result;
pub mod second;
pub mod statistics;
pub mod steps;
pub mod term;
pub mod view;

pub use answer::{Answer, Reason, Verdict};
pub use compile::{Changes, RuleSet, check, compile};
pub use evaluate::Evaluator;
pub use result::{
    Evaluation, EvidenceRow, Hit, Lack, Measure, State, Subject, TestResult,
};
