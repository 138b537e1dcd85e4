//! Weaknesses in the terms of sanctions and objections. They are planted last, so that the
//! others stay where they were.

use super::{
    CLOSED, COLLECT, EXTEND, FORFEIT, GRACE, INTENT, NOTIFY, OBJECTION,
    OBJECTION_DECISION, PAID, RECHECK, REPORT, SANCTION, WITHDRAW, WITHDRAW_SECOND,
};
use crate::case::Case;
use crate::clock::{LAST, day_of};
use crate::planted::rule;
use crate::plants::Field;

/// Plants them.
pub(super) fn plant(field: &mut Field<'_>) {
    shelved(field);
    unanswered(field);
    pending(field);
}

/// Whether the first event of an activity lies so many days before the end of the log.
fn long_ago(case: &Case, activity: &str, days: i32) -> bool {
    case.at(activity).is_some_and(|at| at.day() < day_of(LAST) - days)
}

/// An intention was sent, and then nothing happened any more.
fn shelved(field: &mut Field<'_>) {
    let fits = |case: &Case| {
        let reports = case.events.iter().filter(|e| e.activity == REPORT).count();
        case.has(&[INTENT, SANCTION, REPORT])
            && reports == 1
            && !case.has(&[OBJECTION])
            && !case.has(&[WITHDRAW])
            && !case.has(&[FORFEIT])
            && long_ago(case, REPORT, 130)
    };
    field.planter.cases(field.cases, 0.03, &[rule("THH-08")], fits, |case, _| {
        for activity in
            [SANCTION, NOTIFY, GRACE, EXTEND, RECHECK, CLOSED, WITHDRAW_SECOND]
        {
            case.drop(activity);
        }
        true
    });
}

/// An objection to which nobody gave a decision.
fn unanswered(field: &mut Field<'_>) {
    let fits = |case: &Case| {
        case.has(&[OBJECTION, OBJECTION_DECISION])
            && !case.has(&[WITHDRAW])
            && long_ago(case, OBJECTION, 160)
    };
    field.planter.cases(field.cases, 0.15, &[rule("THH-19")], fits, |case, _| {
        case.drop(OBJECTION_DECISION);
        true
    });
}

/// Collected a few minutes before the objection was decided.
fn pending(field: &mut Field<'_>) {
    let fits = |case: &Case| {
        let (Some(objected), Some(decided)) =
            (case.at(OBJECTION), case.at(OBJECTION_DECISION))
        else {
            return false;
        };
        let rechecked = case.at(RECHECK).is_some_and(|at| at < decided.plus(-3_600));
        rechecked
            && objected < decided.plus(-3_600)
            && !case.has(&[WITHDRAW])
            && !case.has(&[FORFEIT])
            && !case.has(&[PAID])
    };
    field.planter.cases(field.cases, 0.2, &[rule("THH-18")], fits, |case, _| {
        let Some(decided) = case.at(OBJECTION_DECISION) else { return false };
        let amount = case.first(SANCTION).and_then(|e| e.get("bedrag")).cloned();
        let steps = [(RECHECK, FORFEIT, -1_200), (OBJECTION, COLLECT, -600)];
        for (like, name, seconds) in steps {
            let Some(mut event) = case.copy_of(like, name, decided.plus(seconds)) else {
                return false;
            };
            event.attributes.clear();
            if let Some(amount) = &amount {
                event.set("bedrag", amount.clone());
            }
            case.insert(event);
        }
        decided.plus(-1_200).day() == decided.day()
    });
}
