//! The operators of the rule language, one file each. [`ALL`] is the only list; tests walk
//! it and `docs/rules.md` describes each of its names.

mod absent;
mod after_the_fact;
mod alike;
mod attribute;
mod backdated;
mod changed_after;
mod combine;
mod consecutive;
mod different_person;
mod distinct;
mod exists;
mod fewer_people;
mod gap_exceeds;
mod handed_over;
mod out_of_hours;
mod overlap;
mod precedes;
mod ratio;
mod repeats;
mod responds_within;
mod returns;
mod run_of_same;
mod same_person;
mod sequence;
mod share_of;
mod sooner_than;
mod sum_exceeds;
mod value_among;
mod without_case;
mod younger_than;

use crate::args::{Args, Context};
use crate::pattern::Pattern;
use catalogue::Faults;
use catalogue::tree::{Node, Tree};

/// Reads the arguments of an operator and gives the pattern.
pub type Read = fn(&mut Args<'_, '_, '_, '_>) -> Option<Box<dyn Pattern>>;

/// Every pattern operator by name.
pub const ALL: &[(&str, Read)] = &[
    ("absent", absent::read),
    ("after_the_fact", after_the_fact::read),
    ("alike", alike::read),
    ("all", combine::read_all),
    ("any", combine::read_any),
    ("attribute", attribute::read),
    ("backdated", backdated::read),
    ("changed_after", changed_after::read),
    ("consecutive", consecutive::read),
    ("count_of", combine::read_count_of),
    ("different_person", different_person::read),
    ("distinct", distinct::read),
    ("exists", exists::read),
    ("fewer_people", fewer_people::read),
    ("gap_exceeds", gap_exceeds::read),
    ("handed_over", handed_over::read),
    ("not", combine::read_not),
    ("out_of_hours", out_of_hours::read),
    ("overlap", overlap::read),
    ("precedes", precedes::read),
    ("ratio", ratio::read),
    ("repeats", repeats::read),
    ("responds_within", responds_within::read),
    ("returns", returns::read),
    ("run_of_same", run_of_same::read),
    ("same_person", same_person::read),
    ("sequence", sequence::read),
    ("share_of", share_of::read),
    ("sooner_than", sooner_than::read),
    ("sum_exceeds", sum_exceeds::read),
    ("value_among", value_among::read),
    ("without_case", without_case::read),
    ("younger_than", younger_than::read),
];

/// Compiles one pattern; a fault where the operator is not known.
pub(crate) fn compile(
    file: &str,
    tree: &Tree,
    faults: &mut Faults,
    context: &mut Context<'_>,
) -> Option<Box<dyn Pattern>> {
    let name = operator_name(tree);
    let Some((_, read)) = ALL.iter().find(|(known, _)| Some(*known) == name) else {
        let known = ALL.iter().map(|(known, _)| *known);
        let hint = catalogue::fault::nearest(name.unwrap_or_default(), known);
        let (sentence, hint) = match name {
            Some(name) => (format!("there is no pattern operator `{name}`"), hint),
            None => ("`operator` is missing".to_owned(), "see docs/rules.md".to_owned()),
        };
        faults.add_with_hint(file, tree.line, sentence, hint);
        return None;
    };
    let mut args = Args::new(file, tree, faults, context);
    args.reader.tree("operator");
    let pattern = read(&mut args);
    args.reader.done();
    pattern
}

/// The name of the operator of a tree.
pub(crate) fn operator_name(tree: &Tree) -> Option<&str> {
    let Node::Table(fields) = &tree.node else { return None };
    match fields.get("operator").map(|field| &field.node) {
        Some(Node::Text(name)) => Some(name),
        _ => None,
    }
}
