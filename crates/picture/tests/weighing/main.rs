//! A process from answers and data to a freeboard: examples a process owner can follow, and
//! what must hold whatever people answer.
#![expect(clippy::unwrap_used, reason = "a test says what it expects")]

mod cases;
mod changes;
mod examples;
mod organisation;
mod properties;
mod region;
