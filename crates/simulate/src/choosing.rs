//! Choosing several cases at once, for weaknesses that no single case shows.

use crate::case::{Case, Value};
use crate::planted::rule;
use crate::plants::Field;

/// Cases in which nothing was planted yet, as many as asked or none: each passes `fits`
/// beside those chosen before it. They are looked at in an order of chance.
pub(crate) fn choose(
    field: &mut Field<'_>,
    wanted: usize,
    fits: impl Fn(&Case, &[&Case]) -> bool,
) -> Vec<usize> {
    let free = field.cases.iter().enumerate().filter(|(_, case)| !case.planted);
    let mut left: Vec<usize> = free.map(|(at, _)| at).collect();
    let mut chosen: Vec<usize> = Vec::new();
    while chosen.len() < wanted && !left.is_empty() {
        let at = left.swap_remove(field.planter.dice.below(left.len()));
        let before: Vec<&Case> =
            chosen.iter().filter_map(|at| field.cases.get(*at)).collect();
        if field.cases.get(at).is_some_and(|case| fits(case, &before)) {
            chosen.push(at);
        }
    }
    if chosen.len() < wanted {
        chosen.clear();
    }
    for at in &chosen {
        if let Some(case) = field.cases.get_mut(*at) {
            case.planted = true;
        }
    }
    chosen
}

/// Sets the same value of the file in several cases.
pub(crate) fn share(
    field: &mut Field<'_>,
    cases: &[usize],
    name: &'static str,
    value: &Value,
) {
    for at in cases {
        if let Some(case) = field.cases.get_mut(*at) {
            case.set(name, value.clone());
        }
    }
}

/// Notes cases under a rule.
pub(crate) fn note(field: &mut Field<'_>, code: &'static str, cases: &[usize]) {
    for at in cases {
        if let Some(case) = field.cases.get(*at) {
            field.planter.note_case(rule(code), &case.id);
        }
    }
}
