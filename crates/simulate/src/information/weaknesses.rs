//! Weaknesses in whom people look up, how often and how much. They are planted last, so that
//! the others stay where they were.

use super::details::{self, FETCH, RELEASE};
use super::plant::{is_session, looks, note};
use super::{
    BREAK, BREAK_REVIEW, EXPORT, LOGIN, SEARCH, STRANGERS, VIEW, case_number, person,
};
use crate::case::{Case, Value};
use crate::clock::{FIRST, LAST, Stamp, day_of};
use crate::planted::{PlantedKind, rule};
use crate::plants::Field;
use crate::staff::{Function as F, member, unit};

/// Plants them.
pub(super) fn plant(field: &mut Field<'_>) {
    emergency(field);
    returning(field);
    watched(field);
    many_a_day(field);
    taken_along(field);
    sweep(field);
    details::residents(field.cases);
    near_ones(field);
    details::shield(field.cases);
    shielded(field);
    papers(field);
}

/// Lets a whole session be about one person with whom nobody has a case, and notes its
/// look-ups as such.
fn strange(case: &mut Case, subject: usize, found: &mut Vec<(String, usize)>) {
    case.planted = true;
    for (place, event) in case.events.iter_mut().enumerate() {
        if event.get("persoon").is_some() {
            event.set("persoon", person(subject));
            event.attributes.retain(|(name, _)| *name != "zaaknummer");
            if looks(event) {
                found.push((case.id.clone(), place));
            }
        }
    }
}

fn free(case: &Case) -> bool {
    is_session(case) && !case.planted
}

fn pair_of(case: &Case) -> String {
    let day = case.at(LOGIN).map(|at| at.date().to_string()).unwrap_or_default();
    format!("{} × {day}", case.who(LOGIN))
}

/// Emergency access that nobody reviewed, or only the one who used it.
fn emergency(field: &mut Field<'_>) {
    let over = |case: &Case| {
        let end = |at: Stamp| model::calendar::add_working_days(at.date(), 5);
        case.at(BREAK).is_some_and(|at| end(at) < LAST)
    };
    let open = |case: &&Case| over(case) && !case.has(&[BREAK_REVIEW]);
    let ids: Vec<String> =
        field.cases.iter().filter(open).map(|c| c.id.clone()).collect();
    for id in ids {
        field.planter.note_case(rule("INF-12"), &id);
    }
    field.one_hand(0.05, BREAK, &[BREAK_REVIEW], &[rule("INF-12")]);
}

/// One officer who keeps looking at one person.
fn returning(field: &mut Field<'_>) {
    let who = member(F::SocialWorker, 2).0;
    let subject = STRANGERS + 3_990;
    let (mut last, mut begun, mut found) = (i32::MIN, None, Vec::new());
    let mut ids = Vec::new();
    for case in field.cases.iter_mut() {
        let Some(day) = case.at(LOGIN).map(Stamp::day) else { continue };
        let next = last == i32::MIN || day >= last + 7;
        let near = begun.is_none_or(|begun: i32| day <= begun + 80);
        if !free(case) || case.who(LOGIN) != who || !next || !near || ids.len() == 4 {
            continue;
        }
        strange(case, subject, &mut found);
        (last, begun) = (day, begun.or(Some(day)));
        ids.push(case.id.clone());
    }
    note(field, "INF-01", found);
    let subject = format!("{who} × burger-{subject:05}");
    field.planter.note(rule("INF-02"), PlantedKind::Pair, subject, None, ids);
}

/// Somebody at whom six officers look in one week.
fn watched(field: &mut Field<'_>) {
    let subject = STRANGERS + 3_991;
    let from = day_of(FIRST) + 200;
    let (mut seen, mut ids, mut found) = (Vec::new(), Vec::new(), Vec::new());
    for case in field.cases.iter_mut() {
        let day = case.at(LOGIN).map_or(0, Stamp::day);
        let who = case.who(LOGIN);
        let week = (from..from + 6).contains(&day);
        if !free(case) || !week || seen.contains(&who) || seen.len() == 6 {
            continue;
        }
        seen.push(who);
        strange(case, subject, &mut found);
        ids.push(case.id.clone());
    }
    note(field, "INF-01", found);
    let subject = format!("burger-{subject:05}");
    field.planter.note(rule("INF-03"), PlantedKind::Group, subject, None, ids);
}

/// A day on which one officer goes through a whole list, with a number of a case each time.
fn many_a_day(field: &mut Field<'_>) {
    let who = member(F::TaxClerk, 0).0;
    let early = |case: &Case| {
        case.at(LOGIN).is_some_and(|at| at.second() < 36_000) && case.who(LOGIN) == who
    };
    let Some(case) = field.cases.iter_mut().find(|c| free(c) && early(c)) else { return };
    let (Some(view), Some(at)) = (case.first(VIEW).cloned(), case.at(LOGIN)) else {
        return;
    };
    for (n, step) in (0..130).zip((0_i64..).step_by(100)) {
        let mut event = view.clone();
        event.at = at.plus(200 + step);
        event.set("persoon", person(1_000 + 7 * n));
        event.set("zaaknummer", Value::Text(case_number(400_000 + n)));
        case.events.push(event);
    }
    case.sort();
    case.planted = true;
    let (subject, ids) = (pair_of(case), vec![case.id.clone()]);
    field.planter.note(rule("INF-06"), PlantedKind::Pair, subject, None, ids);
}

/// In three teams somebody takes a very long list along.
fn taken_along(field: &mut Field<'_>) {
    for function in [F::DeskClerk, F::SocialWorker, F::TaxClerk] {
        let team = unit(function);
        let theirs = |case: &Case| case.first(EXPORT).is_some_and(|e| e.unit == team);
        let found = field.cases.iter_mut().find(|c| free(c) && theirs(c));
        let Some(case) = found else { continue };
        if let Some(event) = case.first_mut(EXPORT) {
            event.set("resultaten", Value::Int(640));
        }
        case.planted = true;
        let (subject, ids) = (pair_of(case), vec![case.id.clone()]);
        field.planter.note(rule("INF-07"), PlantedKind::Pair, subject, None, ids);
    }
}

/// Fourteen number plates in eight minutes.
fn sweep(field: &mut Field<'_>) {
    let who = member(F::ParkingOfficer, 0).0;
    let theirs = |case: &&mut Case| free(case) && case.who(LOGIN) == who;
    let Some(case) = field.cases.iter_mut().find(theirs) else { return };
    let (Some(search), Some(at)) = (case.first(SEARCH).cloned(), case.at(LOGIN)) else {
        return;
    };
    for (n, step) in (0..14).zip((0_i64..).step_by(35)) {
        let mut event = search.clone();
        event.at = at.plus(21 + step);
        event.attributes.retain(|(name, _)| *name != "zaaknummer");
        event.set("persoon", person(STRANGERS + 2_000 + 3 * n));
        event.set("sleutel", Value::Word("kenteken"));
        event.set("resultaten", Value::Int(1));
        case.events.push(event);
    }
    case.sort();
    case.planted = true;
    let plate =
        |e: &crate::case::Event| e.get("sleutel") == Some(&Value::Word("kenteken"));
    let places = case.events.iter().enumerate().filter(|(_, e)| plate(e));
    let found: Vec<(String, usize)> =
        places.map(|(at, _)| (case.id.clone(), at)).collect();
    let (subject, ids) = (pair_of(case), vec![case.id.clone()]);
    field.planter.note(rule("INF-08"), PlantedKind::Pair, subject, None, ids);
    note(field, "INF-01", found.clone());
    note(field, "INF-05", found);
}

/// Officers who look up themselves, somebody at home, and a colleague.
fn near_ones(field: &mut Field<'_>) {
    let colleague = details::officer(member(F::DeskClerk, 1).0);
    let mut found = Vec::new();
    let mut ids = Vec::new();
    for (function, own) in [
        (F::DeskClerk, Some(0)),
        (F::SocialWorker, Some(1)),
        (F::TaxClerk, Some(2)),
        (F::ParkingOfficer, None),
    ] {
        let team = unit(function);
        let later =
            |case: &Case| case.at(LOGIN).is_some_and(|a| a.day() > day_of(FIRST) + 60);
        let theirs = |case: &&mut Case| {
            free(case) && later(case) && case.first(LOGIN).is_some_and(|e| e.unit == team)
        };
        let Some(case) = field.cases.iter_mut().find(theirs) else { continue };
        let officer = details::officer(case.who(LOGIN));
        strange(case, own.map_or(colleague, |more| officer + more), &mut found);
        details::residents(std::slice::from_mut(case));
        ids.push(case.id.clone());
    }
    note(field, "INF-01", found);
    for id in ids {
        field.planter.note_case(rule("INF-09"), &id);
    }
}

/// Shielded files opened by somebody who has nothing to do with the person.
fn shielded(field: &mut Field<'_>) {
    let (mut found, mut opened) = (Vec::new(), Vec::new());
    let mut left = 3;
    for case in field.cases.iter_mut().rev() {
        if left == 0 || !free(case) {
            continue;
        }
        left -= 1;
        strange(case, STRANGERS + 3_992 + left, &mut found);
        for (place, event) in case.events.iter_mut().enumerate() {
            if details::opens(event) {
                event.set("bescherming", Value::Word("geheim"));
                opened.push((case.id.clone(), place));
            }
        }
    }
    note(field, "INF-01", found);
    note(field, "INF-10", opened);
}

/// Papers fetched by somebody outside their circle while they were still closed.
fn papers(field: &mut Field<'_>) {
    let mut left = 3;
    let mut noted = Vec::new();
    for case in field.cases.iter_mut() {
        let open =
            case.is("soort_stuk", "notulen") || case.is("soort_stuk", "nieuwsbrief");
        let (Some(first), Some(released)) =
            (case.first(FETCH).cloned(), case.at(RELEASE))
        else {
            continue;
        };
        let at = first.at.plus(5_400);
        if open || left == 0 || at >= released || at.second() > 62_000 {
            continue;
        }
        let mut event = first;
        event.at = at;
        (event.who, event.unit) = member(F::SubsidyReviewer, left % 2);
        event.set("in_kring", Value::Bool(false));
        case.insert(event);
        case.planted = true;
        left -= 1;
        noted.push(case.id.clone());
    }
    for id in noted {
        let subject = id.clone();
        field.planter.note(rule("INF-14"), PlantedKind::Group, subject, None, vec![id]);
    }
}
