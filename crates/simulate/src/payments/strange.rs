//! Weaknesses that show only beside other payments, suppliers and bookings.

use super::beside::{CHARGE, INCOME, LIMIT, MEMO, REFUND, REVERSAL};
use super::parties::salary_account;
use super::plant::{amount, set_amount};
use super::{
    APPROVE, DEBIT, ORDER, ORDER_FROM, PROPOSAL, REGISTER, SECOND, SECOND_FROM, SIGN_ONE,
    SIGN_TWO, SUPPLIER_CHANGE, SUPPLIER_CREATE, SUPPLIER_VERIFY,
};
use crate::case::{Case, Value};
use crate::clock::Stamp;
use crate::planted::{PlantedKind, rule};
use crate::plants::{Field, end};
use crate::staff::{Function as F, member};
use std::collections::{BTreeMap, BTreeSet};

/// Plants the weaknesses.
pub(super) fn plant(field: &mut Field<'_>) {
    series(field);
    ghost(field);
    round(field);
    digits(field);
    to_staff(field);
    accounts(field);
    memos(field);
    refunds(field);
    note_keepers(field);
}

fn supplier_of(case: &Case) -> Option<&str> {
    match case.get("leverancier") {
        Some(Value::Text(supplier)) => Some(supplier),
        _ => None,
    }
}

/// The cases of each supplier, by place.
fn by_supplier(field: &Field<'_>) -> BTreeMap<String, Vec<usize>> {
    let mut all: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, case) in field.cases.iter().enumerate() {
        if let Some(supplier) = supplier_of(case) {
            all.entry(supplier.to_owned()).or_default().push(at);
        }
    }
    all
}

/// Suppliers with so many invoices, none of which was touched.
fn untouched(field: &Field<'_>, least: usize, most: usize) -> Vec<(String, Vec<usize>)> {
    let clean = |at: &usize| field.cases.get(*at).is_some_and(|c| !c.planted);
    by_supplier(field)
        .into_iter()
        .filter(|(_, places)| (least..=most).contains(&places.len()))
        .filter(|(_, places)| places.iter().all(clean))
        .collect()
}

/// Notes cases of one supplier under a rule and marks them.
fn note(field: &mut Field<'_>, code: &'static str, subject: String, places: &[usize]) {
    let mut ids = Vec::new();
    for at in places {
        if let Some(case) = field.cases.get_mut(*at) {
            case.planted = true;
            ids.push(case.id.clone());
        }
    }
    field.planter.note(rule(code), PlantedKind::Group, subject, None, ids);
}

/// A supplier whose numbers run on from one invoice to us to the next.
fn series(field: &mut Field<'_>) {
    let chosen: Vec<_> = untouched(field, 7, 30).into_iter().take(2).collect();
    for (supplier, mut places) in chosen {
        places.retain(|at| field.cases.get(*at).is_some_and(|c| c.has(&[REGISTER])));
        if places.len() < 6 {
            continue;
        }
        places.sort_by_key(|at| field.cases.get(*at).and_then(|c| c.at(REGISTER)));
        for (number, at) in (41..).zip(&places) {
            if let Some(case) = field.cases.get_mut(*at) {
                case.set("factuurnummer", Value::Text(format!("2025-{number:03}")));
            }
        }
        note(field, "FIN-09", supplier, &places);
    }
}

/// A supplier of which nothing is known but a name, approved by one hand.
fn ghost(field: &mut Field<'_>) {
    let staff = &field.ground.staff;
    let paid = |cases: &[Case], places: &[usize]| -> i64 {
        let of = places.iter().filter_map(|at| cases.get(*at));
        of.filter(|c| c.has(&[DEBIT])).map(amount).sum()
    };
    // Small enough together that one approver splits nothing by it.
    let fits = |(_, places): &(String, Vec<usize>)| {
        let whole = |at: &usize| {
            field
                .cases
                .get(*at)
                .is_some_and(|c| c.has(&[APPROVE, DEBIT]) && !c.has(&[SUPPLIER_CREATE]))
        };
        let sum = paid(field.cases, places);
        places.iter().all(whole) && (520_000..840_000).contains(&sum)
    };
    let chosen = untouched(field, 4, 14).into_iter().find(fits);
    let Some((supplier, places)) = chosen else { return };
    let holder = member(F::BudgetHolder, 0);
    for at in &places {
        let Some(case) = field.cases.get_mut(*at) else { continue };
        case.attributes
            .retain(|(name, _)| !["kvk", "bezoekadres", "telefoon"].contains(name));
        let day = case.at(APPROVE).map_or(0, Stamp::day);
        if staff.serves(holder.0, day) {
            case.hand(APPROVE, holder);
        }
    }
    note(field, "FIN-08", supplier, &places);
}

/// A supplier who writes down a round sum for much of one kind of work.
fn round(field: &mut Field<'_>) {
    let suppliers = by_supplier(field);
    let mut best: Option<(String, Vec<usize>)> = None;
    for (supplier, places) in suppliers {
        let mut kinds: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for at in &places {
            let Some(case) = field.cases.get(*at) else { continue };
            let fits = !case.planted && case.has(&[REGISTER, APPROVE]);
            if let (true, Some(Value::Word(kind))) = (fits, case.get("soort")) {
                kinds.entry(kind).or_default().push(*at);
            }
        }
        let most = kinds.into_values().max_by_key(Vec::len).unwrap_or_default();
        if best.as_ref().is_none_or(|(_, held)| held.len() < most.len()) {
            best = Some((supplier, most));
        }
    }
    let Some((supplier, mut places)) = best else { return };
    // The same sum twice within two weeks would be a claim paid twice.
    let mut last: BTreeMap<i64, i32> = BTreeMap::new();
    places.sort_by_key(|at| field.cases.get(*at).and_then(|c| c.at(REGISTER)));
    let mut touched = Vec::new();
    for at in places {
        let Some(case) = field.cases.get_mut(at) else { continue };
        let down = amount(case) / 50_000 * 50_000;
        let day = case.at(REGISTER).map_or(0, Stamp::day);
        let near = last.get(&down).is_some_and(|other| day - other < 45);
        let order = case.has(&[ORDER]) || amount(case) < ORDER_FROM;
        if down == 0 || down >= SECOND_FROM || near || !order {
            continue;
        }
        last.insert(down, day);
        set_amount(case, down);
        touched.push(at);
    }
    if touched.len() >= 8 {
        note(field, "FIN-12", supplier, &touched);
    }
}

/// Small bills that all stay just below five hundred.
fn digits(field: &mut Field<'_>) {
    let kind = "automatisering";
    let of_kind = |case: &&Case| case.is("soort", kind) && case.has(&[DEBIT]);
    let all = field.cases.iter().filter(of_kind).count();
    let mut used: BTreeSet<(String, i64)> = BTreeSet::new();
    let mut touched = Vec::new();
    for (at, case) in field.cases.iter_mut().enumerate() {
        let fits = !case.planted
            && case.is("soort", kind)
            && case.has(&[DEBIT])
            && (15_000..ORDER_FROM).contains(&amount(case));
        if !fits || touched.len() * 7 >= all {
            continue;
        }
        let supplier = supplier_of(case).unwrap_or_default().to_owned();
        let mut cents = field.planter.dice.between(49_000, 49_999);
        while !used.insert((supplier.clone(), cents)) {
            cents = field.planter.dice.between(49_000, 49_999);
        }
        set_amount(case, cents);
        touched.push(at);
    }
    if all >= 1_000 {
        note(field, "FIN-11", kind.to_owned(), &touched);
    }
}

/// Invoices of a supplier that are paid to an account of one of the people here.
fn to_staff(field: &mut Field<'_>) {
    let (who, _) = member(F::BudgetHolder, 1);
    let to = salary_account(who);
    let mut ids = Vec::new();
    let fits = |case: &Case| {
        case.has(&[DEBIT, PROPOSAL]) && (30_000..ORDER_FROM).contains(&amount(case))
    };
    field.planter.cases(field.cases, 0.0005, &[], fits, |case, _| {
        if let Some(event) = case.first_mut(DEBIT) {
            event.set("rekening", Value::Text(to.clone()));
        }
        ids.push(case.id.clone());
        true
    });
    field.planter.note(rule("FIN-07"), PlantedKind::Group, to, None, ids);
}

/// New account numbers that nobody called back about, and one that changed twice.
fn accounts(field: &mut Field<'_>) {
    let mut debits: BTreeMap<String, Vec<Stamp>> = BTreeMap::new();
    for case in field.cases.iter() {
        if let (Some(supplier), Some(at)) = (supplier_of(case), case.at(DEBIT)) {
            debits.entry(supplier.to_owned()).or_default().push(at);
        }
    }
    let paid_soon = |case: &Case| {
        let changed = case.at(SUPPLIER_CHANGE);
        let paid = supplier_of(case).and_then(|supplier| debits.get(supplier));
        changed.zip(paid).is_some_and(|(changed, paid)| {
            let days = |at: &Stamp| (1..=13).contains(&(at.day() - changed.day()));
            paid.iter().any(days) && changed.day() + 60 < end().day()
        })
    };
    let of_account = |case: &Case| {
        let change = case.first(SUPPLIER_CHANGE);
        change.is_some_and(|e| e.get("veld") == Some(&Value::Word("rekeningnummer")))
    };
    let fits = |case: &Case| of_account(case) && paid_soon(case);
    let (mut silent, mut again) = (Vec::new(), Vec::new());
    field.planter.cases(field.cases, 0.3, &[], fits, |case, dice| {
        let Some(changed) = case.at(SUPPLIER_CHANGE) else { return false };
        let supplier = supplier_of(case).unwrap_or_default().to_owned();
        if dice.chance(0.7) {
            let called = |at: Stamp, what: &str| what == SUPPLIER_VERIFY && at > changed;
            case.events.retain(|e| !called(e.at, e.activity));
            silent.push((supplier, case.id.clone()));
            return true;
        }
        let mut copy = case.clone();
        copy.id = format!("{}B", case.id);
        copy.planted = true;
        for event in &mut copy.events {
            event.at = event.at.plus_days(42);
        }
        again.push((supplier, case.id.clone(), copy));
        true
    });
    for (supplier, id) in silent {
        let kind = PlantedKind::Group;
        field.planter.note(rule("FIN-05"), kind, supplier, None, vec![id]);
    }
    for (supplier, id, copy) in again {
        let (kind, both) = (PlantedKind::Group, vec![id, copy.id.clone()]);
        field.planter.note(rule("FIN-05"), kind, supplier, None, both);
        field.cases.push(copy);
    }
    field.cases.sort_by(|a, b| a.id.cmp(&b.id));
}

/// Bookings by hand in a weekend, to an old period, or for a few days only.
fn memos(field: &mut Field<'_>) {
    let office = &field.ground.office;
    let fits = |case: &Case| case.has(&[MEMO]) && !case.has(&[REVERSAL]);
    let supplier = Value::Text("L0123".to_owned());
    field.planter.cases(field.cases, 0.012, &[rule("FIN-13")], fits, |case, _| {
        // On a Saturday, in favour of a supplier, without an invoice.
        let Some(at) = case.at(MEMO) else { return false };
        let closed = (at.day()..at.day() + 7).find(|day| !office.is_open(*day));
        let Some(day) = closed else { return false };
        case.shift(MEMO, at.plus_days(day - at.day()));
        if let Some(event) = case.first_mut(MEMO) {
            event.set("leverancier", supplier.clone());
        }
        case.cut(end())
    });
    field.planter.cases(field.cases, 0.012, &[rule("FIN-13")], fits, |case, dice| {
        // Just below the limit, to a period long past.
        let Some(event) = case.first_mut(MEMO) else { return false };
        let day = event.at.day() - 90;
        event.set("ingangsdatum", Value::Day(day));
        event.set("bedrag", Value::Money(LIMIT / 100 * dice.between(93, 99)));
        true
    });
    field.planter.cases(field.cases, 0.012, &[rule("FIN-13")], fits, |case, dice| {
        // In favour of a supplier, and taken back within a week.
        let Some(at) = case.at(MEMO) else { return false };
        let day = office.add_open(at.day(), dice.between(2, 4));
        let to = at.plus_days(day - at.day());
        let Some(mut event) = case.copy_of(MEMO, REVERSAL, to) else { return false };
        event.attributes.retain(|(name, _)| *name == "bedrag");
        if let Some(event) = case.first_mut(MEMO) {
            event.set("leverancier", supplier.clone());
        }
        case.insert(event);
        day - at.day() < 10 && to <= end()
    });
}

/// Deposits that go back to another account, or of which far too much was paid.
fn refunds(field: &mut Field<'_>) {
    let fits = |case: &Case| {
        let charged = case.first(CHARGE).and_then(|e| e.get("bedrag"));
        let large = matches!(charged, Some(Value::Money(cents)) if *cents >= 120_000);
        large && case.has(&[INCOME, REFUND])
    };
    field.planter.cases(field.cases, 0.03, &[rule("FIN-15")], fits, |case, _| {
        let other = Value::Text(format!("NL99ZWAG{:08}", case.id.len()));
        case.first_mut(REFUND).is_some_and(|event| {
            event.set("rekening", other);
            true
        })
    });
    field.planter.cases(field.cases, 0.03, &[rule("FIN-15")], fits, |case, dice| {
        let (Some(paid), Some(back)) = (case.at(INCOME), case.at(REFUND)) else {
            return false;
        };
        if back.day() - paid.day() > 85 {
            return false;
        }
        let more = dice.between(2_000_000, 4_000_000);
        for activity in [INCOME, REFUND] {
            if let Some(event) = case.first_mut(activity)
                && let Some(Value::Money(cents)) = event.get("bedrag").cloned()
            {
                event.set("bedrag", Value::Money(cents + more));
            }
        }
        true
    });
}

/// For how long the care of a supplier and work on a payment belong together.
const TOGETHER: i32 = 365;

/// Notes where one person kept a supplier and worked on its invoices. The town keeps these
/// teams apart, so that this is the work of planting alone.
fn note_keepers(field: &mut Field<'_>) {
    let keeps = [SUPPLIER_CREATE, SUPPLIER_CHANGE];
    let pays = [REGISTER, APPROVE, SECOND, PROPOSAL, SIGN_ONE, SIGN_TWO];
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (supplier, places) in by_supplier(field) {
        let cases: Vec<&Case> =
            places.iter().filter_map(|at| field.cases.get(*at)).collect();
        let of = |set: &[&str]| -> Vec<(&str, i32, &str)> {
            let events = cases.iter().flat_map(|c| c.events.iter().map(|e| (*c, e)));
            events
                .filter(|(_, e)| set.contains(&e.activity) && !e.who.is_empty())
                .map(|(c, e)| (e.who, e.at.day(), c.id.as_str()))
                .collect()
        };
        let paid = of(&pays);
        for (who, day, id) in of(&keeps) {
            for (other, when, paid_id) in &paid {
                if who == *other && (day - when).abs() <= TOGETHER {
                    let ids = found.entry(supplier.clone()).or_default();
                    ids.extend([id.to_owned(), (*paid_id).to_owned()]);
                }
            }
        }
    }
    for (supplier, ids) in found {
        let (kind, ids) = (PlantedKind::Group, ids.into_iter().collect());
        field.planter.note(rule("FIN-02"), kind, supplier, None, ids);
    }
}
