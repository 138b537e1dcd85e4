//! Plans beside a second opinion, and what must hold for every plan.
#![expect(clippy::expect_used, reason = "a test says what it expects")]

mod brute_force;
mod by_hand;
mod common;
mod properties;
