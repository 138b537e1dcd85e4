//! Weaknesses in procurement.

use super::rivals::replace_winner;
use super::{
    ADVICE, AWARD, BID, CHOICE, CLOSE, DELIVERY, DEVIATION, EXCLUSION, EXTRA, INTEREST,
    INVITE, LETTER, NEED, OPENING, SCORE, SIGN,
};
use crate::case::{Case, Value};
use crate::clock::Hours;
use crate::planted::{PlantedKind, item, rule};
use crate::plants::{Apart, Field, end};
use crate::staff::{Function as F, member};
use std::collections::BTreeMap;

fn open(case: &Case) -> bool {
    case.is("procedure", "openbaar") || case.is("procedure", "niet-openbaar")
}

fn works(case: &Case) -> bool {
    case.is("cpv", "45")
}

/// Steps that belong in different hands.
pub(crate) const APART: &[Apart] = &[
    ("request-and-award", &[NEED], &[AWARD]),
    ("opening-and-scoring", &[OPENING], &[SCORE]),
    ("scoring-and-award", &[SCORE], &[AWARD]),
    ("advice-and-award", &[ADVICE], &[AWARD]),
    ("delivery-and-modification", &[DELIVERY], &[EXTRA]),
];

/// Plants the weaknesses.
pub(crate) fn plant(field: &mut Field<'_>) {
    super::circle::plant_many(field);
    split(field);
    competition(field);
    contracts(field);
    modifications(field);
    let unchecked = [item("GEN-01", "exclusion-check"), rule("INK-15")];
    field.omit(0.01, EXCLUSION, LETTER, &unchecked);
    field.omit(0.01, INTEREST, SCORE, &[item("GEN-01", "conflict-declaration")]);
    field.late(0.01, CHOICE, INVITE, &[item("GEN-02", "choice-before-invitation")]);
    let early = [item("GEN-02", "close-before-opening"), rule("INK-09")];
    field.late(0.01, CLOSE, OPENING, &early);
    field.late(0.01, AWARD, LETTER, &[item("GEN-04", "decision-before-award")]);
    field.change_after(
        0.01,
        AWARD,
        (SCORE, SCORE),
        &[item("GEN-06", "decision-before-award")],
    );
    field.one_hand(0.01, NEED, &[AWARD], &[]);
    field.one_hand(0.01, ADVICE, &[AWARD], &[]);
    field.one_hand(0.01, OPENING, &[SCORE], &[]);
    field.one_hand(0.05, DELIVERY, &[EXTRA], &[]);
    field.backdate(0.01, AWARD, "ingangsdatum", 20, rule("GEN-07"));
    let late = [item("GEN-04", "deviation-before-invitation"), rule("INK-05")];
    lighter(field, &late, true);
    super::circle::plant(field);
}

/// One tender came in, that of the winner.
fn alone(case: &mut Case) {
    let won = case.get("leverancier").cloned();
    case.events.retain(|e| e.activity != BID || e.get("bieder") == won.as_ref());
    case.set("inschrijvingen", Value::Int(1));
    case.set("geldig", Value::Int(1));
}

/// A lighter procedure than the estimate asks, without a decision to deviate, or with one
/// that came too late.
fn lighter(field: &mut Field<'_>, marks: &[crate::planted::Mark], afterwards: bool) {
    let fits = |case: &Case| {
        let small = (5_500_000..20_000_000).contains(&case.money("raming"));
        case.is("procedure", "meervoudig onderhands")
            && !works(case)
            && small
            && case.has(&[INVITE])
    };
    field.planter.cases(field.cases, 0.04, marks, fits, |case, dice| {
        case.set("procedure", Value::Word("enkelvoudig onderhands"));
        alone(case);
        if afterwards {
            let Some(at) = case.at(INVITE) else { return false };
            let Some(mut event) =
                case.copy_of(CHOICE, DEVIATION, at.plus(dice.between(600, 1_800)))
            else {
                return false;
            };
            (event.who, event.unit) = member(F::ProcurementMandate, 0);
            case.insert(event);
        }
        true
    });
}

fn competition(field: &mut Field<'_>) {
    let fits = |case: &Case| open(case) && case.has(&[INVITE]);
    field.planter.cases(field.cases, 0.15, &[rule("INK-01")], fits, |case, _| {
        alone(case);
        true
    });
    let large = |case: &Case| {
        let from = if works(case) { 560_000_000 } else { 22_500_000 };
        open(case) && case.money("raming") >= from && case.has(&[INVITE, CLOSE])
    };
    let office = &field.ground.office;
    field.planter.cases(field.cases, 0.12, &[rule("INK-02")], large, |case, dice| {
        // The invitation went out only three weeks before the tenders had to be in.
        let Some(closed) = case.at(CLOSE) else { return false };
        let shift = i32::try_from(dice.between(17, 24)).unwrap_or(20);
        let day = office.open_from(closed.day() - shift);
        let at = office.moment(dice, day, Hours::Office, closed.plus_days(-200));
        case.events.retain(|e| e.activity != "Nota van inlichtingen gepubliceerd");
        case.shift(INVITE, at);
        case.at(CHOICE) < case.at(INVITE)
    });
    lighter(field, &[rule("INK-05")], false);
}

fn contracts(field: &mut Field<'_>) {
    let office = &field.ground.office;
    let fits = |case: &Case| open(case) && case.has(&[LETTER, SIGN]);
    field.planter.cases(field.cases, 0.12, &[rule("INK-11")], fits, |case, dice| {
        let Some(letter) = case.at(LETTER) else { return false };
        let day = office.add_open(letter.day(), dice.between(3, 9));
        let at = office.moment(dice, day, Hours::Office, letter);
        case.shift(SIGN, at);
        true
    });
    let signed = |case: &Case| case.has(&[SIGN]) && !open(case);
    let marks = [rule("INK-11"), item("GEN-01", "mandate-decision")];
    field.planter.cases(field.cases, 0.01, &marks, signed, |case, _| {
        case.drop(AWARD);
        true
    });
    let dear = |case: &Case| case.has(&[SIGN]) && case.money("raming") > 9_000_000;
    let manager = member(F::ContractManager, 0);
    field.events(0.05, rule("INK-18"), SIGN, dear, |case, _| {
        case.hand(SIGN, manager);
        if let Some(event) = case.first_mut(SIGN) {
            event.set("mandaatgrens", Value::Money(5_000_000));
        }
        true
    });
}

fn modifications(field: &mut Field<'_>) {
    let fits = |case: &Case| case.has(&[SIGN, DELIVERY]) && !case.has(&[EXTRA]);
    let office = &field.ground.office;
    field.planter.cases(field.cases, 0.08, &[rule("INK-12")], fits, |case, dice| {
        let Some(signed) = case.at(SIGN) else { return false };
        let Some(price) = case.first(SIGN).and_then(|e| match e.get("bedrag") {
            Some(Value::Money(cents)) => Some(*cents),
            _ => None,
        }) else {
            return false;
        };
        let mut at = signed;
        for _ in 0..dice.between(2, 3) {
            let day = office.add_open(at.day(), dice.between(8, 20));
            at = office.moment(dice, day, Hours::Office, at);
            let Some(mut event) = case.copy_of(SIGN, EXTRA, at) else { return false };
            event.set("bedrag", Value::Money(price / 100 * dice.between(9, 16)));
            event.attributes.retain(|(name, _)| *name != "mandaatgrens");
            case.insert(event);
        }
        case.cut(end()) && case.events.iter().filter(|e| e.activity == EXTRA).count() >= 2
    });
}

/// One need cut into contracts that each stay below the limit, to one supplier.
fn split(field: &mut Field<'_>) {
    let mut by_branch: BTreeMap<&'static str, Vec<usize>> = BTreeMap::new();
    for (at, case) in field.cases.iter().enumerate() {
        let Some(Value::Word(branch)) = case.get("cpv") else { continue };
        let price = price(case);
        let fits =
            !open(case) && case.has(&[SIGN]) && (7_000_000..20_000_000).contains(&price);
        if fits && !case.planted {
            by_branch.entry(branch).or_default().push(at);
        }
    }
    for (number, (branch, places)) in by_branch.iter().enumerate().take(3) {
        let supplier = format!("L{:04}", 900 + number);
        let mut chosen: Vec<usize> = Vec::new();
        let mut sum = 0;
        for at in places {
            let Some(case) = field.cases.get(*at) else { continue };
            let from =
                chosen.first().and_then(|f| field.cases.get(*f)).and_then(|c| c.at(SIGN));
            let near = from
                .is_none_or(|f| case.at(SIGN).is_some_and(|t| t.day() - f.day() < 330));
            if near && sum < 24_000_000 {
                chosen.push(*at);
                sum += price(case);
            }
        }
        if sum < 22_500_000 {
            continue;
        }
        let mut ids = Vec::new();
        for at in chosen {
            if let Some(case) = field.cases.get_mut(at) {
                replace_winner(case, &supplier);
                case.planted = true;
                ids.push(case.id.clone());
            }
        }
        let subject = format!("{supplier} × {branch}");
        field.planter.note(rule("INK-04"), PlantedKind::Group, subject, None, ids);
    }
}

fn price(case: &Case) -> i64 {
    match case.first(SIGN).and_then(|e| e.get("bedrag")) {
        Some(Value::Money(cents)) => *cents,
        _ => 0,
    }
}
