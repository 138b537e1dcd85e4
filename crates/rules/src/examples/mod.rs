//! Examples beside a rule: prose, a small table and the answers. They are read by people
//! and executed by the tests; the format stands in `docs/rules.md`.

mod cells;
mod parse;
mod run;

pub use parse::{Example, Expected, parse};
pub use run::{run_all, run_rule, run_text};
