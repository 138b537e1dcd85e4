//! Plans beside a second opinion, and what must hold for every plan.

mod brute_force;
mod common;
mod properties;
