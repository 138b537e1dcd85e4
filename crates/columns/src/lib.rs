//! The shape of the data: what a reader hands over ([`intake`]) and what a rule looks at
//! ([`events`]). Knows neither files nor formats nor rules.
#![deny(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::wildcard_enum_match_arm,
    reason = "a crate of the middle: no clock, no IO, one order, no forgotten case"
)]

pub mod events;
pub mod intake;

pub use events::{Attribute, Dictionary, Events, Values, WhoKind};
pub use intake::{RawEvent, Refusal, Sink, TimeCell, Value};

/// The parts of Arrow that looking at columns takes.
pub mod arrow {
    pub use arrow_array::Array;
}
