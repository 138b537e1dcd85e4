//! Weaknesses in payments.

use super::{
    APPROVE, BANK, DEBIT, INVOICE, MATCH, ORDER, ORDER_APPROVE, ORDER_FROM, PROPOSAL,
    RECEIPT, RECONCILE, REGISTER, SECOND, SECOND_FROM, SIGN_ONE, SIGN_TWO,
    SUPPLIER_CHANGE, SUPPLIER_CREATE, SUPPLIER_VERIFY,
};
use crate::case::{Case, Value};
use crate::clock::{Hours, Stamp};
use crate::planted::{PlantedKind, item, rule};
use crate::plants::{Apart, Field, end};
use std::collections::BTreeMap;

/// Steps that belong in different hands.
pub(crate) const APART: &[Apart] = &[
    ("ordering-and-approval", &[ORDER], &[ORDER_APPROVE]),
    (
        "supplier-data-and-invoices",
        &[SUPPLIER_CREATE, SUPPLIER_CHANGE],
        &[REGISTER, APPROVE],
    ),
    (
        "supplier-data-and-signing",
        &[SUPPLIER_CREATE, SUPPLIER_CHANGE],
        &[SIGN_ONE, SIGN_TWO],
    ),
    ("receipt-and-approval", &[RECEIPT], &[APPROVE]),
    ("registration-and-approval", &[REGISTER], &[APPROVE, SECOND]),
    ("first-and-second-signature", &[SIGN_ONE], &[SIGN_TWO]),
    ("payment-and-reconciliation", &[PROPOSAL, SIGN_ONE, SIGN_TWO], &[RECONCILE]),
];

/// The amount of a case in cents; 0 where there is none.
pub(super) fn amount(case: &Case) -> i64 {
    match case.first(INVOICE).and_then(|e| e.get("bedrag")) {
        Some(Value::Money(cents)) => *cents,
        _ => 0,
    }
}

/// Sets the amount everywhere in a case.
pub(super) fn set_amount(case: &mut Case, cents: i64) {
    for event in &mut case.events {
        if event.get("bedrag").is_some() {
            event.set("bedrag", Value::Money(cents));
        }
    }
}

/// Plants the weaknesses.
pub(crate) fn plant(field: &mut Field<'_>) {
    split(field);
    twice(field);
    matching(field);
    orders(field);
    signatures(field);
    field.one_hand(0.02, REGISTER, &[APPROVE], &[rule("FIN-01")]);
    field.one_hand(0.004, ORDER, &[ORDER_APPROVE], &[]);
    field.one_hand(0.004, RECEIPT, &[APPROVE], &[]);
    field.one_hand(0.05, REGISTER, &[SUPPLIER_CREATE], &[]);
    field.one_hand(0.002, PROPOSAL, &[RECONCILE], &[]);
    field.omit(
        0.03,
        SUPPLIER_VERIFY,
        SUPPLIER_CREATE,
        &[item("GEN-01", "supplier-verify")],
    );
    field.omit(0.002, APPROVE, PROPOSAL, &[item("GEN-01", "budget-approve")]);
    field.late(
        0.03,
        SUPPLIER_VERIFY,
        SUPPLIER_CREATE,
        &[item("GEN-02", "check-before-creation")],
    );
    field.late(0.003, MATCH, PROPOSAL, &[item("GEN-02", "match-before-proposal")]);
    field.late(0.003, APPROVE, PROPOSAL, &[item("GEN-04", "approval-before-payment")]);
    let unsigned = [item("GEN-04", "signature-before-debit"), rule("FIN-14")];
    field.late(0.003, SIGN_TWO, DEBIT, &unsigned);
    field.late(0.004, ORDER_APPROVE, RECEIPT, &[item("GEN-04", "order-before-delivery")]);
    field.after_service("w.brouwer", MATCH, rule("GEN-12"));
    super::strange::plant(field);
}

/// Several invoices of one supplier, each below the limit, approved by one budget holder
/// within two weeks.
fn split(field: &mut Field<'_>) {
    let mut by_pair: BTreeMap<(String, &'static str), Vec<usize>> = BTreeMap::new();
    for (at, case) in field.cases.iter().enumerate() {
        let Some(Value::Text(supplier)) = case.get("leverancier") else { continue };
        if case.has(&[ORDER, APPROVE, DEBIT])
            && !case.planted
            && amount(case) < SECOND_FROM
        {
            by_pair.entry((supplier.clone(), case.who(APPROVE))).or_default().push(at);
        }
    }
    let mut planted = 0;
    for ((supplier, holder), places) in by_pair {
        if planted == 12 {
            return;
        }
        let days: Vec<(usize, i32)> = places
            .iter()
            .filter_map(|at| Some((*at, field.cases.get(*at)?.at(APPROVE)?.day())))
            .collect();
        let close = days.iter().find_map(|(at, day)| {
            let near: Vec<usize> = days
                .iter()
                .filter(|(_, d)| (0..=11).contains(&(d - day)))
                .map(|(a, _)| *a)
                .collect();
            (near.len() >= 2 && near.contains(at)).then_some(near)
        });
        let Some(mut near) = close else { continue };
        near.truncate(3);
        let mut ids = Vec::new();
        for at in near {
            let cents = field.planter.dice.between(520_000, 690_000);
            if let Some(case) = field.cases.get_mut(at) {
                set_amount(case, cents);
                case.planted = true;
                ids.push(case.id.clone());
            }
        }
        planted += 1;
        let subject = format!("{supplier} × {holder}");
        field.planter.note(rule("FIN-10"), PlantedKind::Group, subject, None, ids);
    }
}

/// One claim paid twice: the second invoice bears the number and the amount of the first.
fn twice(field: &mut Field<'_>) {
    let fits = |case: &Case| {
        let day = case.at(DEBIT).map_or(i32::MAX, Stamp::day);
        (20_000..100_000).contains(&amount(case))
            && case.has(&[DEBIT])
            && day + 60 < end().day()
    };
    let office = &field.ground.office;
    let mut copies = Vec::new();
    field.planter.cases(field.cases, 0.003, &[], fits, |case, dice| {
        let mut copy = case.clone();
        copy.id = format!("{}D", case.id);
        copy.planted = true;
        // The supplier is known by now, and the goods were received before.
        copy.events.retain(|e| !e.activity.starts_with("Crediteur"));
        let days = dice.between(2, 8);
        for event in &mut copy.events {
            let to = office.add_open(event.at.day(), days);
            event.at = event.at.plus_days(to - event.at.day());
        }
        copy.sort();
        let (Some(one), Some(other)) = (case.at(DEBIT), copy.at(DEBIT)) else {
            return false;
        };
        if other.day() - one.day() > 14 {
            return false;
        }
        copies.push((case.id.clone(), copy));
        true
    });
    for (first, copy) in copies {
        let both = vec![first.clone(), copy.id.clone()];
        for id in [&first, &copy.id] {
            let (kind, subject) = (PlantedKind::Case, id.clone());
            field.planter.note(rule("FIN-06"), kind, subject, None, both.clone());
        }
        field.cases.push(copy);
    }
    field.cases.sort_by(|a, b| a.id.cmp(&b.id));
}

fn matching(field: &mut Field<'_>) {
    let fits =
        |case: &Case| amount(case) >= ORDER_FROM && case.has(&[ORDER, RECEIPT, DEBIT]);
    field.planter.cases(field.cases, 0.02, &[rule("FIN-03")], fits, |case, dice| {
        if dice.chance(0.5) {
            case.drop(RECEIPT);
        } else {
            case.drop(ORDER);
            case.drop(ORDER_APPROVE);
        }
        true
    });
    field.planter.cases(field.cases, 0.01, &[rule("FIN-03")], fits, |case, dice| {
        let ordered = amount(case) / 100 * dice.between(60, 93);
        for activity in [ORDER, ORDER_APPROVE, RECEIPT] {
            if let Some(event) = case.first_mut(activity) {
                event.set("bedrag", Value::Money(ordered));
            }
        }
        true
    });
}

/// Orders that were made up after the invoice had come in.
fn orders(field: &mut Field<'_>) {
    let office = &field.ground.office;
    let fits = |case: &Case| case.has(&[ORDER, ORDER_APPROVE, RECEIPT, INVOICE, APPROVE]);
    field.planter.cases(field.cases, 0.05, &[rule("FIN-04")], fits, |case, dice| {
        let (Some(invoiced), Some(approved)) = (case.at(INVOICE), case.at(APPROVE))
        else {
            return false;
        };
        let mut at = office.moment(dice, invoiced.day(), Hours::Office, invoiced);
        for activity in [ORDER, ORDER_APPROVE, RECEIPT] {
            case.shift(activity, at);
            at = office.later(dice, at, 4_000, Hours::Office);
        }
        at < approved
    });
}

fn signatures(field: &mut Field<'_>) {
    let marks = [rule("FIN-14")];
    field.one_hand(0.004, SIGN_ONE, &[SIGN_TWO], &marks);
    let missing = [rule("FIN-14"), item("GEN-01", "sign-second")];
    field.omit(0.003, SIGN_TWO, DEBIT, &missing);
    let urgent =
        [rule("FIN-14"), item("GEN-01", "sign-first"), item("GEN-01", "sign-second")];
    let fits = |case: &Case| case.has(&[SIGN_ONE, SIGN_TWO, DEBIT]);
    field.planter.cases(field.cases, 0.002, &urgent, fits, |case, _| {
        // Paid by hand at the bank, outside the batch.
        case.drop(SIGN_ONE);
        case.drop(SIGN_TWO);
        case.hand(DEBIT, BANK);
        true
    });
}
