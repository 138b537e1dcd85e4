//! What a result was computed from, so that it can be computed again.

use crate::time::Date;

/// The four things a run takes, and nothing else.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pedigree {
    /// The name of the snapshot.
    pub snapshot: String,
    /// The version of the content with which the rules were compiled.
    pub content: String,
    /// The parameters that differ from the catalogue, `RULE.parameter=value`, sorted.
    pub parameters: Vec<String>,
    /// The day on which the picture is drawn: terms that run on this day are still open.
    pub as_of: Date,
}
