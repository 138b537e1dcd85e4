//! What stands in the file of an application besides its steps: who asks on whose behalf,
//! the last day of the term, what runs at the place, and why an advice was not followed.

use super::{ADVICE, COMPLETE, DECIDE, DRAFT, RECEIVED};
use crate::case::{Case, Value};
use crate::clock::Stamp;
use crate::dice::Dice;
use std::collections::BTreeSet;

/// The reason to depart from an advice.
pub(super) const REASON: &str = "Motivering afwijking vastgelegd";
/// Enforcement was asked what runs at the place.
pub(super) const CONSULT: &str = "Handhaving geraadpleegd";

/// Eight weeks, where no other term holds.
const TERM_DAYS: i32 = 56;

/// Fills the files of all cases.
pub(super) fn fill(dice: &mut Dice, cases: &mut [Case]) {
    let mut seen = BTreeSet::new();
    for (number, case) in (20_000..).zip(cases.iter_mut()) {
        people(dice, case);
        place(case, number, &mut seen);
        term(dice, case);
        enforcement(dice, case);
        reason(dice, case);
    }
}

fn people(dice: &mut Dice, case: &mut Case) {
    let Some(Value::Text(applicant)) = case.get("aanvrager").cloned() else { return };
    let number = applicant.rsplit('-').next().unwrap_or_default();
    case.set("eigenaar", Value::Text(format!("eigenaar-{number}")));
    // one in three asks without help
    let office = format!("bureau-{:02}", dice.below(70));
    let own = dice.chance(0.35);
    case.set("gemachtigde", Value::Text(if own { applicant } else { office }));
}

/// Every case stands on a place of its own; where a place comes back, that was planted.
fn place(case: &mut Case, number: usize, seen: &mut BTreeSet<String>) {
    let Some(Value::Text(object)) = case.get("bag_object") else { return };
    if !seen.insert(object.clone()) {
        case.set("bag_object", Value::Text(format!("08720100{number:08}")));
    }
}

/// The last day of the term, as the system keeps it after suspension and extension.
fn term(dice: &mut Dice, case: &mut Case) {
    let Some(received) = case.at(RECEIVED).map(Stamp::day) else { return };
    let decided = case.at(DECIDE).map_or(0, Stamp::day);
    let spare = i32::try_from(dice.between(1, 20)).unwrap_or(1);
    let last = (received + TERM_DAYS).max(decided + spare);
    case.set("uiterste_datum", Value::Day(last));
}

/// In one of 25 places a case of enforcement runs, which the handler knows.
fn enforcement(dice: &mut Dice, case: &mut Case) {
    let (runs, linked) = (dice.chance(0.04), dice.chance(0.7));
    let wait = dice.between(600, 2_400);
    case.set("handhaving_gekoppeld", Value::Bool(runs && linked));
    if let Some(event) = case.first_mut(DECIDE) {
        event.set("handhaving_loopt", Value::Bool(runs));
    }
    if !runs || linked {
        return;
    }
    let last = case.events.iter().rfind(|e| e.activity == COMPLETE).map(|e| e.at);
    let Some(at) = last.map(|at| at.plus(wait)) else { return };
    if let Some(event) = case.copy_of(COMPLETE, CONSULT, at) {
        case.insert(event);
    }
}

/// Whether a permit was granted while an adviser was against.
pub(super) fn against(case: &Case) -> bool {
    let negative = case.events.iter().any(|event| {
        event.activity == ADVICE
            && event.get("uitkomst_advies") == Some(&Value::Word("negatief"))
    });
    negative && granted(case)
}

/// Whether a permit was granted.
pub(super) fn granted(case: &Case) -> bool {
    outcome(case, "verleend")
}

/// Whether a permit was refused.
pub(super) fn refused(case: &Case) -> bool {
    outcome(case, "geweigerd")
}

fn outcome(case: &Case, word: &'static str) -> bool {
    let event = case.first(DECIDE);
    event.is_some_and(|e| e.get("uitkomst") == Some(&Value::Word(word)))
}

/// Whoever drafts a decision against advice writes down why.
pub(super) fn reason(dice: &mut Dice, case: &mut Case) {
    if !against(case) || case.has(&[REASON]) {
        return;
    }
    let draft = case.events.iter().rfind(|e| e.activity == DRAFT).cloned();
    let Some(mut event) = draft else { return };
    event.activity = REASON;
    event.at = event.at.plus(dice.between(300, 900));
    case.insert(event);
}
