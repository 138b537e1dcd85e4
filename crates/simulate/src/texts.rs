//! The mappings and bindings that belong to the logs of the town.

use crate::made;
use model::Process;

/// The mapping of the log of a process; `None` where the town keeps no log of it.
pub fn mapping(process: Process) -> Option<&'static str> {
    made::of(process).map(|made| made.mapping)
}

/// The binding of the activities of the town to the steps of the catalogue; `None` where the
/// town keeps no log of the process.
pub fn binding(process: Process) -> Option<&'static str> {
    made::of(process).map(|made| made.binding)
}
