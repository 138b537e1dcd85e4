//! Steps of a process as bits, so that "which of these steps does this case hold" is one
//! operation.

use catalogue::{Catalogue, ProcessItem};
use std::collections::BTreeMap;
use std::ops::{BitAnd, BitOr, BitOrAssign};

/// A set of steps of one process, its own and the common ones; at most 128.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct StepSet(pub u128);

impl StepSet {
    /// No step.
    pub const NONE: Self = Self(0);
    /// Every step, and every activity that is bound to none: `"*"` means any event.
    pub const ANY: Self = Self(u128::MAX);

    /// Whether the sets share a step.
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether it is empty.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl BitOr for StepSet {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOrAssign for StepSet {
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

impl BitAnd for StepSet {
    type Output = Self;
    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

/// The steps of one process with their bits.
#[derive(Clone, Debug)]
pub struct StepTable {
    names: Vec<String>,
    bits: BTreeMap<String, u32>,
}

/// The bit of events that are bound to no step.
pub const UNBOUND: StepSet = StepSet(1 << 127);

impl StepTable {
    /// The table of a process: its own steps in normative order, then the common steps.
    /// `None` where there are more than 127.
    pub fn new(catalogue: &Catalogue, process: &ProcessItem) -> Option<Self> {
        let steps = process.steps.iter().chain(&catalogue.common_steps);
        let names: Vec<String> = steps.map(|step| step.name.clone()).collect();
        Self::of(names)
    }

    /// The table of any list of names; `None` where there are more than 127.
    pub fn of(names: Vec<String>) -> Option<Self> {
        if names.len() > 127 {
            return None;
        }
        let bits = (0_u32..).zip(&names).map(|(bit, name)| (name.clone(), bit)).collect();
        Some(Self { names, bits })
    }

    /// The set that holds one step.
    pub fn find(&self, name: &str) -> Option<StepSet> {
        self.bits.get(name).map(|bit| StepSet(1 << bit))
    }

    /// The names of a set, in normative order.
    pub fn names(&self, set: StepSet) -> impl Iterator<Item = &str> {
        (0_u32..)
            .zip(&self.names)
            .filter(move |(bit, _)| set.0 & (1 << bit) != 0)
            .map(|(_, name)| name.as_str())
    }

    /// All names, in normative order.
    pub fn all(&self) -> &[String] {
        &self.names
    }
}
