//! Weaknesses in looking up.

use super::weaknesses;
use super::{
    APPROVE, BREAK, BREAK_REVIEW, EXPORT, GRANT, JUSTIFY, LOG_REVIEW, LOGIN, REQUEST,
    REVIEW_RIGHT, SEARCH, STRANGERS, VIEW, person,
};
use crate::case::{Case, Value};
use crate::clock::Stamp;
use crate::planted::{PlantedKind, item, rule};
use crate::plants::{Apart, Field};
use crate::staff::{Function as F, member};

/// Steps that belong in different hands.
pub(crate) const APART: &[Apart] = &[
    ("request-and-approval", &[REQUEST], &[APPROVE]),
    ("request-and-granting", &[REQUEST], &[GRANT]),
    ("approval-and-granting", &[APPROVE], &[GRANT]),
    ("granting-and-rights-review", &[GRANT], &[REVIEW_RIGHT]),
    ("use-and-log-review", &[SEARCH, VIEW, EXPORT], &[LOG_REVIEW]),
    ("emergency-and-review", &[BREAK], &[BREAK_REVIEW]),
];

/// Plants the weaknesses.
pub(crate) fn plant(field: &mut Field<'_>) {
    without_case(field);
    other_keys(field);
    evenings(field);
    unused(field);
    unreviewed(field);
    field.one_hand(0.05, REQUEST, &[GRANT], &[]);
    field.one_hand(0.05, APPROVE, &[GRANT], &[]);
    field.omit(0.05, APPROVE, GRANT, &[item("GEN-01", "manager-approve")]);
    field.omit(0.1, JUSTIFY, BREAK, &[item("GEN-01", "justify")]);
    field.omit(0.1, BREAK_REVIEW, BREAK, &[item("GEN-01", "break-glass-review")]);
    field.late(0.05, APPROVE, GRANT, &[item("GEN-04", "approval-before-right")]);
    field.late(0.05, REQUEST, APPROVE, &[item("GEN-02", "request-before-approval")]);
    field.after_service("t.wolters", LOGIN, rule("GEN-12"));
    weaknesses::plant(field);
}

pub(super) fn is_session(case: &Case) -> bool {
    case.has(&[LOGIN, SEARCH, VIEW])
}

pub(super) fn looks(event: &crate::case::Event) -> bool {
    matches!(event.activity, SEARCH | VIEW)
}

/// Six in a hundred sessions are about somebody with whom the team has no case.
fn without_case(field: &mut Field<'_>) {
    let mut found = Vec::new();
    field.planter.cases(field.cases, 0.06, &[], is_session, |case, dice| {
        let stranger = STRANGERS + dice.below(24_000 - STRANGERS);
        for (place, event) in case.events.iter_mut().enumerate() {
            if event.get("persoon").is_some() {
                event.set("persoon", person(stranger));
                event.attributes.retain(|(name, _)| *name != "zaaknummer");
                if looks(event) {
                    found.push((case.id.clone(), place));
                }
            }
        }
        true
    });
    note(field, "INF-01", found);
}

pub(super) fn note(
    field: &mut Field<'_>,
    code: &'static str,
    found: Vec<(String, usize)>,
) {
    for (id, place) in found {
        let mark = rule(code);
        field.planter.note(mark, PlantedKind::Event, id.clone(), Some(place), vec![id]);
    }
}

/// Searches by name, postcode or number plate instead of by number of the person.
fn other_keys(field: &mut Field<'_>) {
    let mut found = Vec::new();
    field.planter.cases(field.cases, 0.07, &[], is_session, |case, dice| {
        let key = dice.word(&["naam", "postcode", "kenteken", "object"]);
        for (place, event) in case.events.iter_mut().enumerate() {
            if event.activity == SEARCH {
                event.set("sleutel", Value::Word(key)).set("resultaten", Value::Int(14));
                found.push((case.id.clone(), place));
            }
        }
        true
    });
    note(field, "INF-05", found);
}

/// Sessions in the evening; two people have most of them.
fn evenings(field: &mut Field<'_>) {
    let mut found = Vec::new();
    let often = [member(F::SocialWorker, 1).0, member(F::TaxClerk, 1).0];
    let mut theirs: Vec<(usize, String)> = Vec::new();
    let session = |case: &Case| is_session(case) && often.contains(&case.who(LOGIN));
    field.planter.cases(field.cases, 0.1, &[], session, |case, dice| {
        let who = case.who(LOGIN);
        let Some(at) = case.at(LOGIN) else { return false };
        let evening = Stamp::new(at.day(), 19, 40).plus(dice.between(0, 7_000));
        for (place, event) in case.events.iter_mut().enumerate() {
            event.at = evening.plus(event.at.since(at));
            if looks(event) {
                found.push((case.id.clone(), place));
            }
        }
        theirs
            .extend(often.iter().position(|w| *w == who).map(|at| (at, case.id.clone())));
        true
    });
    note(field, "INF-04", found);
    for (at, who) in often.into_iter().enumerate() {
        let ids: Vec<String> =
            theirs.iter().filter(|(p, _)| *p == at).map(|(_, id)| id.clone()).collect();
        if ids.len() >= 5 {
            let subject = who.to_owned();
            field.planter.note(rule("GEN-08"), PlantedKind::Actor, subject, None, ids);
        }
    }
}

/// Rights given to accounts that never use them.
fn unused(field: &mut Field<'_>) {
    let dormant = [member(F::Buyer, 0), member(F::Buyer, 1), member(F::Treasurer, 1)];
    let pattern: Option<Case> = field
        .cases
        .iter()
        .find(|c| c.has(&[REQUEST, APPROVE, GRANT]) && !c.planted)
        .cloned();
    let Some(pattern) = pattern else { return };
    for (at, hand) in dormant.into_iter().enumerate() {
        let mut case = pattern.clone();
        case.id = format!("AUT9{at:04}");
        case.events.retain(|e| matches!(e.activity, REQUEST | APPROVE | GRANT));
        case.hand(REQUEST, hand);
        for event in &mut case.events {
            event.set("account", Value::Word(hand.0));
        }
        case.planted = true;
        let (subject, ids) = (hand.0.to_owned(), vec![case.id.clone()]);
        field.planter.note(rule("INF-11"), PlantedKind::Group, subject, None, ids);
        field.cases.push(case);
    }
}

/// One system whose log nobody looks at for some months, and one that is never looked at.
fn unreviewed(field: &mut Field<'_>) {
    let of = |system: &'static str| {
        move |case: &Case| {
            case.first(LOG_REVIEW)
                .is_some_and(|e| e.get("systeem") == Some(&Value::Word(system)))
        }
    };
    let all = of("Belastingapplicatie");
    let some = of("Kentekenregister");
    let mut seen = 0;
    field.cases.retain(|case| {
        seen += usize::from(some(case));
        !(all(case) || some(case) && (9..14).contains(&seen))
    });
    for system in ["Belastingapplicatie", "Kentekenregister"] {
        let subject = system.to_owned();
        field.planter.note(rule("INF-15"), PlantedKind::Group, subject, None, Vec::new());
    }
}
