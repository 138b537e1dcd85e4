//! The catalogue: the open data files under `content/` as one checked value, or all their
//! faults with place and hint.
//!
//! It stands beside the way of the data: every station from `rules` on may read it. It
//! checks everything but the logic of a rule, which `rules::compile` does.

pub mod binding;
pub mod entry;
pub mod fault;
pub mod glob;
pub mod items;
pub mod library;
mod load;
mod read_items;
mod read_learn;
mod read_library;
mod read_method;
mod read_process;
mod read_rule;
mod references;
pub mod texts;
pub mod tree;

pub use binding::Binding;
pub use entry::{Entry, Kind, entries};
pub use fault::{Fault, Faults};
pub use items::{
    Catalogue, Circumstance, Column, ColumnType, Control, EvidenceFor, FreeboardNumbers,
    Links, ListItem, ListKind, Method, Parameter, ProcessItem, Rule, Secrecy, ShownRange,
    SourceItem, Step, StepKind, TableItem,
};
pub use load::{Files, embedded, load, with_overlay};
pub use texts::Texts;
