//! Joins a log to the steps of the catalogue, through a binding.

use crate::compile::RuleSet;
use crate::steps::{StepSet, UNBOUND};
use crate::view::Log;
use catalogue::Binding;
use columns::events::Dictionaries;
use model::Date;
use std::collections::{BTreeMap, BTreeSet};

/// What a log holds as far as the binding says: activities become sets of steps, columns of
/// the vocabulary become attributes of the log. `attributes` are the names of all attributes
/// the log has.
pub fn bind<'a>(
    set: &RuleSet,
    binding: &Binding,
    dictionaries: &'a Dictionaries,
    attributes: &BTreeSet<String>,
    as_of: Date,
) -> Log<'a> {
    let mut steps = Vec::with_capacity(dictionaries.activity.len());
    let mut conditional: BTreeMap<u32, Vec<(String, String, StepSet)>> = BTreeMap::new();
    for (code, activity) in dictionaries.activity.iter() {
        let mut plain = StepSet::NONE;
        for (step, only) in binding.steps_of(activity) {
            let Some(bit) = set.table.find(step) else { continue };
            match only {
                None => plain |= bit,
                Some((field, value)) => {
                    let name = binding.attribute_of(field).to_owned();
                    conditional.entry(code).or_default().push((name, value.clone(), bit));
                }
            }
        }
        steps.push(if plain.is_empty() { UNBOUND } else { plain });
    }
    let recorded = binding
        .steps
        .iter()
        .filter(|(step, ways)| {
            !ways.is_empty() && !binding.not_recorded.contains_key(*step)
        })
        .filter_map(|(step, _)| set.table.find(step))
        .fold(StepSet::NONE, |all, bit| all | bit);
    let slots = set
        .columns
        .iter()
        .map(|column| find_attribute(binding, column, attributes))
        .collect();
    let assigned = !binding.assigned_by.is_empty();
    Log { dictionaries, steps, conditional, recorded, slots, as_of, assigned }
}

/// The attribute of the log for a column of the vocabulary: the one the binding names, else
/// the one with the same name, else that of the case.
pub fn find_attribute(
    binding: &Binding,
    column: &str,
    attributes: &BTreeSet<String>,
) -> Option<String> {
    let named = binding.attribute_of(column);
    [named.to_owned(), format!("case:{named}")]
        .into_iter()
        .find(|name| attributes.contains(name))
}

/// The attributes of the log that the rules of a set read; what a scan must bring.
pub fn attributes_read(
    set: &RuleSet,
    binding: &Binding,
    attributes: &BTreeSet<String>,
) -> BTreeSet<String> {
    let conditions = binding.steps.values().flatten().filter_map(|way| way.only.as_ref());
    let fields = conditions.map(|(field, _)| field.as_str());
    set.columns
        .iter()
        .map(String::as_str)
        .chain(fields)
        .filter_map(|column| find_attribute(binding, column, attributes))
        .collect()
}
