//! How much the order of processes rests on the weights (method.md, section 4): every weight
//! a fifth down and a fifth up, every attractiveness a step down and a step up, one at a time.

use crate::freeboard::{Attractiveness, Freeboard, Inputs, Limits, freeboard};
use std::collections::{BTreeMap, BTreeSet};

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sensitivity {
    /// The first three processes, the lowest freeboard first.
    pub first: Vec<String>,
    /// How many variations were tried.
    pub tried: u32,
    /// In how many of them the same three are the first three, in whatever order.
    pub same: u32,
}

/// The first three by the middle of the interval, lowest first, ties by name.
fn first_three(freeboards: &BTreeMap<&str, Freeboard>) -> Vec<String> {
    let mut all: Vec<(i64, &str)> = freeboards
        .iter()
        .map(|(name, of)| (of.freeboard.low + of.freeboard.high, *name))
        .collect();
    all.sort_unstable();
    all.into_iter().take(3).map(|(_, name)| name.to_owned()).collect()
}

fn all<'p>(
    processes: &'p BTreeMap<String, Inputs>,
    limits: &Limits,
) -> BTreeMap<&'p str, Freeboard> {
    processes
        .iter()
        .filter_map(|(name, inputs)| Some((name.as_str(), freeboard(inputs, limits)?)))
        .collect()
}

/// All weights in fifths, so that four and six fifths are whole numbers.
fn in_fifths(processes: &BTreeMap<String, Inputs>) -> BTreeMap<String, Inputs> {
    let mut scaled = processes.clone();
    for inputs in scaled.values_mut() {
        for item in inputs.circumstances.iter_mut().chain(&mut inputs.controls) {
            item.weight = item.weight.saturating_mul(5);
        }
    }
    scaled
}

/// Tries every variation.
pub fn sensitivity(processes: &BTreeMap<String, Inputs>, limits: &Limits) -> Sensitivity {
    let base = in_fifths(processes);
    let first = first_three(&all(&base, limits));
    let wanted: BTreeSet<&String> = first.iter().collect();
    let (mut tried, mut same) = (0_u32, 0_u32);
    let mut tell = |varied: &BTreeMap<String, Inputs>| {
        let found = first_three(&all(varied, limits));
        tried += 1;
        same += u32::from(found.iter().collect::<BTreeSet<_>>() == wanted);
    };
    let codes: BTreeSet<&String> = base
        .values()
        .flat_map(|inputs| inputs.circumstances.iter().chain(&inputs.controls))
        .map(|item| &item.code)
        .collect();
    for code in codes {
        for fifths in [4, 6] {
            let mut varied = base.clone();
            for inputs in varied.values_mut() {
                let items = inputs.circumstances.iter_mut().chain(&mut inputs.controls);
                for item in items.filter(|item| item.code == *code) {
                    // a weight of one is five fifths; four or six of them is what is tried
                    item.weight = item.weight.div_euclid(5).saturating_mul(fifths);
                }
            }
            tell(&varied);
        }
    }
    for name in base.keys() {
        for step in [-1_i8, 1] {
            let mut varied = base.clone();
            let Some(inputs) = varied.get_mut(name) else { continue };
            let Some(other) = moved(inputs.attractiveness, step) else { continue };
            inputs.attractiveness = other;
            tell(&varied);
        }
    }
    Sensitivity { first, tried, same }
}

/// One step down or up; nothing where there is none.
fn moved(from: Attractiveness, step: i8) -> Option<Attractiveness> {
    match (from, step) {
        (Attractiveness::Low, 1) | (Attractiveness::High, -1) => {
            Some(Attractiveness::Middle)
        }
        (Attractiveness::Middle, 1) => Some(Attractiveness::High),
        (Attractiveness::Middle, -1) => Some(Attractiveness::Low),
        (Attractiveness::Low | Attractiveness::Middle | Attractiveness::High, _) => None,
    }
}
