//! Weaknesses around a change in the register and around supply.

use super::around::{QUERY, WEIGHED, committed_within};
use super::{COMMIT, CONSENT, DECLARE, DOCUMENT, DRAFT, SECOND, SOURCE, SUPPLY};
use crate::case::{Case, Event, Value};
use crate::clock::Stamp;
use crate::planted::{Mark, PlantedKind, rule};
use crate::plants::Field;
use crate::staff::{Function as F, Hand, member, unit};

/// Addresses and people that occur nowhere else.
const NEW_ADDRESSES: usize = 900_000;
const NEW_HOLDERS: usize = 30_000;

const ARRIVAL: &str = "vestiging uit buitenland";

/// Plants them.
pub(super) fn plant(field: &mut Field<'_>) {
    without_ground(field);
    full_addresses(field);
    many_arrivals(field);
    broker(field, member(F::DeskClerk, 4));
    there_and_back(field);
    gone_again(field);
    without_deed(field, member(F::DeskClerk, 5));
    postal_addresses(field);
    broad_queries(field);
    despite_restriction(field);
    without_document_check(field);
}

fn address(number: usize) -> Value {
    Value::Text(format!("08720200{:08}", NEW_ADDRESSES + number))
}

fn is_move(case: &Case) -> bool {
    let moved = Some(&Value::Word("verhuizing"));
    let committed = |e: &Event| e.get("soort_mutatie") == moved;
    case.has(&[DECLARE]) && case.first(COMMIT).is_some_and(committed)
}

/// Where the free cases stand that fit, in the order of their changes.
fn free(field: &Field<'_>, fits: impl Fn(&Case) -> bool) -> Vec<usize> {
    let mut found: Vec<(Stamp, usize)> = (0..)
        .zip(field.cases.iter())
        .filter(|(_, case)| !case.planted && fits(case))
        .filter_map(|(at, case)| Some((case.at(COMMIT)?, at)))
        .collect();
    found.sort_unstable();
    found.into_iter().map(|(_, at)| at).collect()
}

/// Changes the cases and notes them under one subject.
fn note(
    field: &mut Field<'_>,
    chosen: &[usize],
    (mark, kind, subject): (Mark, PlantedKind, String),
    mut change: impl FnMut(usize, &mut Case),
) {
    let mut ids = Vec::new();
    for (number, at) in chosen.iter().enumerate() {
        let Some(case) = field.cases.get_mut(*at) else { continue };
        change(number, case);
        case.planted = true;
        ids.push(case.id.clone());
    }
    if !ids.is_empty() {
        field.planter.note(mark, kind, subject, None, ids);
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Word(word) => (*word).to_owned(),
        Value::Int(_)
        | Value::Money(_)
        | Value::Bool(_)
        | Value::Day(_)
        | Value::Moment(_) => String::new(),
    }
}

/// Changes that nobody asked for, at least as far as anything shows.
fn without_ground(field: &mut Field<'_>) {
    let fits = |case: &Case| is_move(case) && !case.has(&[SOURCE]);
    field.planter.cases(field.cases, 0.004, &[rule("BRP-01")], fits, |case, _| {
        case.drop(DECLARE);
        true
    });
}

/// One more registration in a flat where ten people stand already.
fn full_addresses(field: &mut Field<'_>) {
    let mut made = Vec::new();
    field.planter.cases(field.cases, 0.003, &[], is_move, |case, dice| {
        let place = address(made.len());
        case.set("bag_adres", place.clone());
        case.set("soort_bewoning", Value::Word("woning"));
        case.set("oppervlakte", Value::Int(dice.between(50, 85)));
        if let Some(change) = case.first_mut(COMMIT) {
            change.set("bewoners", Value::Int(dice.between(8, 12)));
        }
        made.push((text(&place), case.id.clone()));
        true
    });
    for (place, id) in made {
        field.planter.note(rule("BRP-03"), PlantedKind::Group, place, None, vec![id]);
    }
}

/// Addresses with nine arrivals within a year, where one is usual.
fn many_arrivals(field: &mut Field<'_>) {
    for number in 0..3 {
        let moves = free(field, is_move);
        let chosen: Vec<usize> =
            moves.into_iter().skip(40 + 500 * number).step_by(31).take(9).collect();
        if chosen.len() < 9 {
            return;
        }
        let place = address(200 + number);
        let subject = (rule("BRP-04"), PlantedKind::Group, text(&place));
        note(field, &chosen, subject, |_, case| {
            case.set("bag_adres", place.clone());
            case.set("grootteklasse", Value::Word("klein"));
            case.set("gebruiksdoel", Value::Word("woonfunctie"));
        });
    }
}

/// A broker whose papers always come to the same clerk.
fn broker(field: &mut Field<'_>, (who, _): Hand) {
    let own = |case: &Case| is_move(case) && case.who(DRAFT) == who;
    let chosen: Vec<usize> = free(field, own).into_iter().step_by(11).take(16).collect();
    if chosen.len() < 8 {
        return;
    }
    let name = "BEM-77";
    let subject = (rule("BRP-06"), PlantedKind::Pair, format!("{who} × {name}"));
    note(field, &chosen, subject, |_, case| {
        case.set("bemiddelaar", Value::Word(name));
    });
}

/// People who register somewhere for some weeks and then go back.
fn there_and_back(field: &mut Field<'_>) {
    for number in 0..6 {
        let moves = free(field, is_move);
        let Some((first, rest)) =
            moves.get(30 + 150 * number..).and_then(|m| m.split_first())
        else {
            return;
        };
        let commit = |at: &usize| field.cases.get(*at).and_then(|case| case.at(COMMIT));
        let Some(begin) = commit(first) else { return };
        let later = |at: &&usize, days: i32| {
            commit(at).is_some_and(|moment| moment.day() >= begin.day() + days)
        };
        let away = rest.iter().find(|at| later(at, 20));
        let back = rest.iter().find(|at| later(at, 60));
        let (Some(away), Some(back)) = (away, back) else { return };
        let near = commit(away).is_some_and(|moment| {
            field.cases.get(*back).is_some_and(|c| committed_within(c, moment, 58))
        });
        if !near {
            continue;
        }
        let chosen = [*first, *away, *back];
        let holder = format!("burger-{:05}", NEW_HOLDERS + number);
        let subject = (rule("BRP-07"), PlantedKind::Group, holder.clone());
        note(field, &chosen, subject, |at, case| {
            case.set("betrokkene", Value::Text(holder.clone()));
            case.set("bag_adres", address(300 + 2 * number + usize::from(at == 1)));
        });
    }
}

/// People who register for the first time and leave within three months.
fn gone_again(field: &mut Field<'_>) {
    let arrivals = free(field, |case| case.is("soort", ARRIVAL));
    for (number, first) in (0..).zip(arrivals.into_iter().skip(20).step_by(70).take(5)) {
        let Some(begin) = field.cases.get(first).and_then(|case| case.at(COMMIT)) else {
            continue;
        };
        let soon = |case: &Case| is_move(case) && committed_within(case, begin, 85);
        let Some(last) = free(field, soon).pop() else { continue };
        let holder = format!("burger-{:05}", NEW_HOLDERS + 100 + number);
        let subject = (rule("BRP-07"), PlantedKind::Group, holder.clone());
        note(field, &[first, last], subject, |at, case| {
            case.set("betrokkene", Value::Text(holder.clone()));
            let left = |e: &&mut Event| at == 1 && matches!(e.activity, DRAFT | COMMIT);
            for event in case.events.iter_mut().filter(left) {
                event.set("soort_mutatie", Value::Word("vertrek"));
            }
        });
    }
}

/// A clerk who corrects names and dates without a deed.
fn without_deed(field: &mut Field<'_>, (who, _): Hand) {
    let mut touched = Vec::new();
    let own = |case: &&mut Case| {
        case.is("soort", "correctie identiteitsgegevens") && case.who(DRAFT) == who
    };
    for case in field.cases.iter_mut().filter(own) {
        for event in &mut case.events {
            event.attributes.retain(|(name, _)| *name != "brondocument");
        }
        touched.push(case.id.clone());
    }
    let all = field.cases.iter().filter(|case| case.who(DRAFT) == who).count();
    if touched.len() >= 8 && all >= 150 {
        let mark = rule("BRP-09");
        field.planter.note(mark, PlantedKind::Actor, who.to_owned(), None, touched);
    }
}

/// Postal addresses that lie together, and postal addresses to which nobody consented.
fn postal_addresses(field: &mut Field<'_>) {
    let postal = |case: &Case| case.is("soort", "briefadres");
    for number in 0..2 {
        let all = free(field, postal);
        let chosen: Vec<usize> = all.into_iter().skip(5 + 30 * number).take(4).collect();
        if chosen.len() < 4 {
            return;
        }
        let place = address(400 + number);
        let subject = (rule("BRP-10"), PlantedKind::Group, text(&place));
        note(field, &chosen, subject, |_, case| {
            case.set("bag_adres", place.clone());
            case.set("soort_bewoning", Value::Word("woning"));
        });
    }
    let mut made = Vec::new();
    let fits = |case: &Case| postal(case) && case.has(&[CONSENT, COMMIT]);
    field.planter.cases(field.cases, 0.06, &[], fits, |case, _| {
        case.drop(CONSENT);
        let place = address(410 + made.len());
        case.set("bag_adres", place.clone());
        made.push((text(&place), case.id.clone()));
        true
    });
    for (place, id) in made {
        field.planter.note(rule("BRP-10"), PlantedKind::Group, place, None, vec![id]);
    }
}

/// A tax package that asks for whole streets at once.
fn broad_queries(field: &mut Field<'_>) {
    let team = unit(F::TaxClerk);
    let mut touched = Vec::new();
    let own = |case: &&mut Case| case.first(QUERY).is_some_and(|e| e.unit == team);
    for (at, case) in field.cases.iter_mut().filter(own).enumerate() {
        if at % 3 == 0 {
            continue;
        }
        if let Some(query) = case.first_mut(QUERY) {
            query.set("zoeksleutel", Value::Word("postcode"));
            query.set("gevonden", Value::Int(24 + i64::try_from(at % 40).unwrap_or(0)));
            touched.push(case.id.clone());
        }
    }
    if touched.len() >= 70 {
        let mark = rule("BRP-12");
        field.planter.note(mark, PlantedKind::Group, team.to_owned(), None, touched);
    }
}

/// An address that somebody had asked to keep closed goes to a third party.
fn despite_restriction(field: &mut Field<'_>) {
    let fits = |case: &Case| case.has(&[SUPPLY]);
    field.planter.cases(field.cases, 0.01, &[rule("BRP-13")], fits, |case, _| {
        case.drop(WEIGHED);
        if let Some(supplied) = case.first_mut(SUPPLY) {
            supplied.set("beperking", Value::Word("geheimhouding"));
            supplied.set("soort_ontvanger", Value::Word("derde"));
        }
        true
    });
}

/// First registrations for which the document was not examined, or hardly.
fn without_document_check(field: &mut Field<'_>) {
    let fits = |case: &Case| {
        case.is("soort", ARRIVAL) && case.has(&[SOURCE, DOCUMENT, DRAFT, SECOND, COMMIT])
    };
    field.planter.cases(field.cases, 0.03, &[rule("BRP-14")], fits, |case, dice| {
        if dice.chance(0.5) {
            case.drop(DOCUMENT);
            return true;
        }
        let Some(at) = case.at(SOURCE) else { return false };
        case.shift(DOCUMENT, at.plus(dice.between(40, 150)));
        true
    });
}
