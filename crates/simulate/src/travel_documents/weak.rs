//! Weaknesses around an application.

use super::around::{AFTER_HIT, CHANGE, EVIDENCE, LOOK, VISIT, event, line};
use super::{ALERT, APPLY, APPOINTMENT, DECIDE, DELIVER, LOSS, SEND, TICKET};
use crate::case::{Case, Value};
use crate::clock::{Hours, Stamp};
use crate::planted::{PlantedKind, rule};
use crate::plants::Field;
use crate::staff::{Function as F, Hand, member};
use std::collections::BTreeSet;

/// The first number of holders who occur nowhere else.
const NEW_HOLDERS: usize = 30_000;

/// Plants them.
pub(super) fn plant(field: &mut Field<'_>) {
    unseen(field);
    lost_again(field);
    without_evidence(field, member(F::DeskClerk, 1));
    not_in_person(field, member(F::Deliverer, 2));
    hits(field);
    changed_before(field);
    browsed(field, member(F::DeskClerk, 4));
    looked_at(field, member(F::DeskClerk, 5));
    absent(field, member(F::BackOffice, 1));
    two_stations(field, member(F::BackOffice, 0));
}

/// Applications of somebody whom nobody saw come in.
fn unseen(field: &mut Field<'_>) {
    let fits = |case: &Case| case.has(&[TICKET, APPLY]) && !case.has(&[VISIT]);
    field.planter.cases(field.cases, 0.003, &[rule("REI-04")], fits, |case, _| {
        case.drop(APPOINTMENT);
        case.drop(TICKET);
        true
    });
}

/// Holders who lose a document three times, or twice within a year.
fn lost_again(field: &mut Field<'_>) {
    let mut free: Vec<usize> = (0..)
        .zip(field.cases.iter())
        .filter(|(_, case)| !case.planted && case.has(&[LOSS]))
        .map(|(at, _)| at)
        .collect();
    free.sort_by_key(|at| field.cases.get(*at).and_then(|case| case.at(LOSS)));
    for (number, times) in (0..).zip([3, 2, 3, 2, 2]) {
        // losses that follow each other lie days apart
        let mut ids = Vec::new();
        let holder = format!("burger-{:05}", NEW_HOLDERS + number);
        for at in free.drain(..free.len().min(times)) {
            let Some(case) = field.cases.get_mut(at) else { continue };
            case.set("aanvrager", Value::Text(holder.clone()));
            case.planted = true;
            ids.push(case.id.clone());
        }
        if ids.len() == times {
            let mark = rule("REI-05");
            field.planter.note(mark, PlantedKind::Group, holder, None, ids);
        }
    }
}

/// A clerk who never asks for a supporting document when somebody has lost a passport.
fn without_evidence(field: &mut Field<'_>, (who, _): Hand) {
    let mut touched = Vec::new();
    let own = |case: &&mut Case| case.who(LOSS) == who && case.who(APPLY) == who;
    for case in field.cases.iter_mut().filter(own) {
        case.drop(EVIDENCE);
        touched.push(case.id.clone());
    }
    // fewer are too few to compare
    if touched.len() >= 35 {
        let mark = rule("REI-06");
        field.planter.note(mark, PlantedKind::Actor, who.to_owned(), None, touched);
    }
}

/// An official who books every sixth delivery as one to a proxy.
fn not_in_person(field: &mut Field<'_>, (who, _): Hand) {
    let mut touched = Vec::new();
    let mut all = 0;
    for case in field.cases.iter_mut().filter(|case| case.who(DELIVER) == who) {
        all += 1;
        if all % 6 == 0
            && let Some(delivered) = case.first_mut(DELIVER)
        {
            delivered.set("wijze_uitreiking", Value::Word("gemachtigde"));
            touched.push(case.id.clone());
        }
    }
    if all >= 100 {
        let mark = rule("REI-07");
        field.planter.note(mark, PlantedKind::Actor, who.to_owned(), None, touched);
    }
}

/// Hits in the register of alerts on which nobody decided.
fn hits(field: &mut Field<'_>) {
    let fits = |case: &Case| case.has(&[ALERT, DECIDE, SEND]);
    field.planter.cases(field.cases, 0.0015, &[rule("REI-11")], fits, |case, _| {
        case.drop(AFTER_HIT);
        for check in case.events.iter_mut().filter(|e| e.activity == ALERT) {
            check.set("uitkomst", Value::Word("treffer"));
        }
        true
    });
}

/// A moment at which somebody is at work, so many days before the application in a case.
fn earlier(field: &mut Field<'_>, at: usize, days: i32) -> Option<(Stamp, Hand)> {
    let case = field.cases.get(at)?;
    let hand = case.hand_of(APPLY);
    let day = case.at(APPLY)?.day() - days;
    let office = &field.ground.office;
    if !office.is_open(day) || !field.ground.staff.works(hand.0, day) {
        return None;
    }
    let dice = &mut field.planter.dice;
    Some((office.moment(dice, day, Hours::Counter, Stamp::new(day, 0, 0)), hand))
}

/// Where the cases with an application stand that are still free, of one clerk or of all.
fn applications(field: &Field<'_>, who: Option<&str>) -> Vec<usize> {
    let fits = |case: &Case| {
        !case.planted
            && case.has(&[APPLY])
            && who.is_none_or(|who| case.who(APPLY) == who)
    };
    (0..).zip(field.cases.iter()).filter(|(_, c)| fits(c)).map(|(at, _)| at).collect()
}

/// Adds a line about the holder of a case, and gives its number with that of the case.
fn add(field: &mut Field<'_>, at: usize, mut line: Case) -> Option<Vec<String>> {
    let case = field.cases.get_mut(at)?;
    case.planted = true;
    line.planted = true;
    let ids = vec![line.id.clone(), case.id.clone()];
    field.cases.push(line);
    Some(ids)
}

/// Clerks who change the record of a holder some days before they take the application.
fn changed_before(field: &mut Field<'_>) {
    let chosen: Vec<usize> =
        applications(field, None).into_iter().skip(200).step_by(601).take(9).collect();
    for (number, at) in (0..).zip(chosen) {
        let Some((moment, hand)) = earlier(field, at, 3 + number * 2) else { continue };
        let Some(case) = field.cases.get(at) else { continue };
        let Some(Value::Text(holder)) = case.get("aanvrager").cloned() else { continue };
        let mut changed = event(moment, CHANGE, hand);
        let what = if number % 2 == 0 { "geboortedatum" } else { "naam" };
        changed.set("gewijzigd_veld", Value::Word(what));
        let id = format!("MUT-{:05}", 90_000 + number);
        let line = line(id, &Value::Text(holder.clone()), changed);
        if let Some(ids) = add(field, at, line) {
            let subject = format!("{} × {holder}", hand.0);
            field.planter.note(rule("REI-10"), PlantedKind::Pair, subject, None, ids);
        }
    }
}

/// A clerk who opens eighteen records without a case in the week before an application.
fn browsed(field: &mut Field<'_>, (who, _): Hand) {
    for at in applications(field, Some(who)).into_iter().skip(50) {
        let looks: Vec<_> = (1..=4).filter_map(|days| earlier(field, at, days)).collect();
        if looks.len() < 2 {
            continue;
        }
        let mut ids = Vec::new();
        for (number, (moment, hand)) in (0..18).zip(looks.iter().cycle()) {
            let holder = Value::Text(format!("burger-{:05}", NEW_HOLDERS + 100 + number));
            let seconds = i64::try_from(number).unwrap_or(0) * 5;
            let look = event(moment.plus(seconds), LOOK, *hand);
            let line = line(format!("RPL-{number:05}"), &holder, look);
            ids.extend(add(field, at, line).unwrap_or_default());
        }
        ids.sort_unstable();
        ids.dedup();
        let mark = rule("REI-12");
        return field.planter.note(mark, PlantedKind::Actor, who.to_owned(), None, ids);
    }
}

/// A clerk who looks at holders some days before they come, without a case.
fn looked_at(field: &mut Field<'_>, (who, _): Hand) {
    let mut all = Vec::new();
    for (number, at) in (0..).zip(applications(field, Some(who)).into_iter().step_by(97))
    {
        let Some((moment, hand)) = earlier(field, at, 2 + number % 4) else { continue };
        let case = field.cases.get(at).and_then(|case| case.get("aanvrager").cloned());
        let Some(holder) = case else { continue };
        let look = event(moment, LOOK, hand);
        let line = line(format!("RPL-{:05}", 100 + number), &holder, look);
        all.extend(add(field, at, line).unwrap_or_default());
    }
    if !all.is_empty() {
        let mark = rule("REI-12");
        field.planter.note(mark, PlantedKind::Actor, who.to_owned(), None, all);
    }
}

/// The card of somebody who is away signs files.
fn absent(field: &mut Field<'_>, hand: Hand) {
    let staff = &field.ground.staff;
    let events = field.cases.iter().flat_map(|case| &case.events);
    let busy: BTreeSet<i32> =
        events.filter(|event| event.who == hand.0).map(|event| event.at.day()).collect();
    let away = |case: &Case| {
        let day = case.at(SEND).map_or(0, Stamp::day);
        !case.planted
            && case.has(&[SEND])
            && !staff.works(hand.0, day)
            && !busy.contains(&day)
    };
    let chosen: Vec<usize> = (0..)
        .zip(field.cases.iter())
        .filter(|(_, case)| away(case))
        .map(|(at, _)| at)
        .take(3)
        .collect();
    let mut touched = Vec::new();
    for at in chosen {
        let Some(case) = field.cases.get_mut(at) else { continue };
        case.hand(SEND, hand);
        case.planted = true;
        touched.push(case.id.clone());
    }
    if !touched.is_empty() {
        let (mark, who) = (rule("REI-13"), hand.0.to_owned());
        field.planter.note(mark, PlantedKind::Actor, who, None, touched);
    }
}

/// Somebody decides at one station and sends the file at another, two minutes later.
fn two_stations(field: &mut Field<'_>, (who, _): Hand) {
    let mut touched = Vec::new();
    let fits = |case: &Case| {
        let days = case.at(DECIDE).zip(case.at(SEND)).map(|(a, b)| b.since(a));
        case.who(DECIDE) == who && case.who(SEND) == who && days.is_some_and(|s| s > 200)
    };
    field.planter.cases(field.cases, 0.001, &[], fits, |case, dice| {
        let Some(at) = case.at(DECIDE) else { return false };
        case.shift(SEND, at.plus(dice.between(60, 180)));
        if let Some(sent) = case.first_mut(SEND) {
            sent.set("werkplek", Value::Word("werkplek-hal"));
        }
        touched.push(case.id.clone());
        true
    });
    if !touched.is_empty() {
        let mark = rule("REI-13");
        field.planter.note(mark, PlantedKind::Actor, who.to_owned(), None, touched);
    }
}
