//! Weaknesses in who visits what, when, and what comes of it. They are planted last, so that
//! the others stay where they were.

use super::details::{announcement, district, intervals, listing, planner, report_on};
use super::{
    ANNOUNCE, CLOSED, EXTEND, LIST, PEER, RECHECK, SANCTION, UNLIST, VISIT, WEIGH, tours,
};
use crate::case::{Case, Value};
use crate::clock::{LAST, Stamp, day_of};
use crate::planted::{PlantedKind, rule};
use crate::plants::Field;
use crate::staff::{Function as F, member};

/// Plants them.
pub(super) fn plant(field: &mut Field<'_>) {
    fixed_pair(field);
    fixed_hours(field);
    tours::add(field.cases);
    announced(field);
    lighter(field);
    extended(field);
    passed_over(field);
    buried(field);
    impossible(field);
}

/// One inspector of buildings who never finds anything. Planted before all others, so that no
/// other weakness needs what he should have found.
pub(super) fn lenient(field: &mut Field<'_>) {
    let who = member(F::Inspector, 1).0;
    let mut ids = Vec::new();
    let his = |c: &&mut Case| c.is("thema", "bouw en gebruik") && c.who(VISIT) == who;
    for case in field.cases.iter_mut().filter(his) {
        if case.has(&[WEIGH]) {
            let Some(at) = case.at(PEER) else { continue };
            case.events.retain(|e| e.at <= at);
            if let Some(mut event) = case.copy_of(VISIT, CLOSED, at.plus(1_500)) {
                event.attributes.clear();
                event.set("uitkomst", Value::Word("geen overtreding"));
                case.insert(event);
            }
            case.planted = true;
        }
        if let Some(visit) = case.first_mut(VISIT) {
            visit.set("uitkomst", Value::Word("in orde"));
        }
        ids.push(case.id.clone());
    }
    let subject = who.to_owned();
    field.planter.note(rule("THH-04"), PlantedKind::Actor, subject, None, ids);
}

/// A business to which the same inspector comes seven times, and one that sees everybody.
fn fixed_pair(field: &mut Field<'_>) {
    let object = "0872010000031003";
    let who = member(F::Inspector, 2).0;
    let ids = moved(field, object, 7, |case, _| case.who(VISIT) == who);
    let subject = format!("{who} × {object}");
    field.planter.note(rule("THH-01"), PlantedKind::Pair, subject, None, ids.clone());
    let subject = object.to_owned();
    field.planter.note(rule("THH-21"), PlantedKind::Group, subject, None, ids);
    let mut last = "";
    moved(field, "0872010000031008", 6, |case, _| {
        let other = case.who(VISIT) != last;
        last = case.who(VISIT);
        other
    });
}

/// Lets so many cases that ended without a sanction be about one object.
fn moved(
    field: &mut Field<'_>,
    object: &str,
    wanted: usize,
    mut fits: impl FnMut(&Case, usize) -> bool,
) -> Vec<String> {
    let mut ids = Vec::new();
    for case in field.cases.iter_mut() {
        let plain = case.has(&[VISIT, CLOSED]) && !case.has(&[WEIGH]);
        if !plain || case.planted || ids.len() == wanted || !fits(case, ids.len()) {
            continue;
        }
        case.set("bag_object", Value::Text(object.to_owned()));
        district(case);
        case.planted = true;
        ids.push(case.id.clone());
    }
    ids
}

/// Housing is inspected on Tuesday and Thursday morning, because the car is free then.
fn fixed_hours(field: &mut Field<'_>) {
    let staff = &field.ground.staff;
    let office = &field.ground.office;
    let mut ids = Vec::new();
    for case in field.cases.iter_mut().filter(|c| c.is("thema", "huisvesting")) {
        let Some(at) = case.first(VISIT).map(|e| (e.who, e.at)) else { continue };
        let Some(place) = case.events.iter().position(|e| e.activity == VISIT) else {
            continue;
        };
        let before = place.checked_sub(1).and_then(|p| case.events.get(p)).map(|e| e.at);
        let (who, day) = (at.0, at.1.day());
        // 1 January 1970 was a Thursday
        let fits = |day: &i32| matches!(day.rem_euclid(7), 0 | 5) && office.is_open(*day);
        let morning = (0..8).map(|n| day - n).filter(fits).find_map(|day| {
            let to = Stamp::new(day, 9, 0).plus(at.1.second() % 9_000);
            (before < Some(to) && (to <= at.1) && staff.works(who, day)).then_some(to)
        });
        if let Some(to) = morning {
            case.shift(VISIT, to);
        }
        ids.push(case.id.clone());
    }
    let subject = "huisvesting".to_owned();
    field.planter.note(rule("THH-14"), PlantedKind::Group, subject, None, ids);
}

/// Visits that should have been unexpected and were announced.
fn announced(field: &mut Field<'_>) {
    let ground = field.ground;
    let fits = |case: &Case| {
        let visit = case.first(VISIT);
        visit.is_some_and(|e| {
            e.get("soort_controle") == Some(&Value::Word("onaangekondigd"))
        }) && !case.has(&[ANNOUNCE])
    };
    field.planter.cases(field.cases, 0.02, &[rule("THH-03")], fits, |case, _| {
        let Some(visit) = case.first(VISIT).cloned() else { return false };
        let Some(event) = announcement(ground, case, &visit) else { return false };
        case.insert(event);
        true
    });
}

/// Measures lighter than the strategy asks for, and weighings without a cell.
fn lighter(field: &mut Field<'_>) {
    let heavy = |case: &Case| {
        case.first(SANCTION).is_some_and(|e| {
            e.get("zwaarte") == Some(&Value::Int(4))
                && e.get("zwaarte_minimaal").is_some()
        })
    };
    field.planter.cases(field.cases, 0.03, &[rule("THH-05")], heavy, |case, _| {
        let Some(decision) = case.first_mut(SANCTION) else { return false };
        let least = decision.get("zwaarte_minimaal").cloned();
        let Some(Value::Int(least)) = least else { return false };
        decision.set("zwaarte", Value::Int(least - 1));
        true
    });
    let weighed = |case: &Case| case.has(&[WEIGH, SANCTION]);
    field.planter.cases(field.cases, 0.02, &[rule("THH-05")], weighed, |case, _| {
        if let Some(event) = case.first_mut(WEIGH) {
            event.attributes.retain(|(name, _)| *name != "cel_lhso");
        }
        true
    });
}

/// Periods that are extended a second time, or when they were over.
fn extended(field: &mut Field<'_>) {
    let (staff, office) = (&field.ground.staff, &field.ground.office);
    let fits = |case: &Case| case.has(&[EXTEND, RECHECK]);
    let marks = [rule("THH-10")];
    field.planter.cases(field.cases, 0.15, &marks, fits, |case, _| {
        let (Some(first), Some(until)) =
            (case.first(EXTEND).cloned(), case.at(RECHECK).map(Stamp::day))
        else {
            return false;
        };
        let day = (first.at.day() + 2..until - 1)
            .find(|day| office.is_open(*day) && staff.works(first.who, *day));
        let Some(day) = day else { return false };
        let mut event = first;
        event.at = Stamp::new(day, 0, 0).plus(event.at.second().clamp(30_000, 60_000));
        event.set("loopt_af", Value::Day(day + 1));
        case.insert(event);
        true
    });
    field.planter.cases(field.cases, 0.1, &marks, fits, |case, _| {
        if let Some(event) = case.first_mut(EXTEND) {
            let late = event.at.day() - 4;
            event.set("loopt_af", Value::Day(late));
        }
        true
    });
}

/// Objects on the list that were not visited in time, and one that left it without a word.
fn passed_over(field: &mut Field<'_>) {
    let ground = field.ground;
    let waits = intervals(field.cases);
    let mut left = 3;
    let mut noted = Vec::new();
    for case in field.cases.iter_mut().filter(|c| c.has(&[LIST])) {
        let Some(Value::Text(object)) = case.get("bag_object").cloned() else { continue };
        let wait = waits.get(&object).copied().unwrap_or(0);
        let high = case.is("risicoklasse", "hoog");
        if left > 0 && wait > 300 && !case.has(&[UNLIST]) {
            case.set("interval_dagen", Value::Int(180));
            left -= 1;
        } else if high && left == 0 && !case.has(&[UNLIST]) {
            let off = ground.office.open_from(day_of(LAST) - 40);
            let Some(hand) = planner(ground, off) else { continue };
            case.insert(listing(UNLIST, hand, Stamp::new(off, 14, 20)));
            left -= 1;
        } else {
            continue;
        }
        case.planted = true;
        noted.push((object, case.id.clone()));
    }
    for (object, id) in noted {
        field.planter.note(rule("THH-11"), PlantedKind::Group, object, None, vec![id]);
    }
}

/// Objects whose reports are closed on the day itself, time after time.
fn buried(field: &mut Field<'_>) {
    for (at, object) in [41_002_usize, 41_007].into_iter().enumerate() {
        for n in 0..4 {
            let day = day_of(LAST) - 400 + 75 * n + i32::try_from(at).unwrap_or(0) * 9;
            let day = field.ground.office.open_from(day);
            let id = format!("MEL-9{at}{n:02}");
            let dice = &mut field.planter.dice;
            let mut case = report_on(field.ground, dice, (id.clone(), day), object);
            case.planted = true;
            field.cases.push(case);
            field.planter.note_case(rule("THH-12"), &id);
        }
    }
}

/// Visits that cannot have been as they were written down: over at once with a whole list,
/// or at the same time as another one of the same person.
fn impossible(field: &mut Field<'_>) {
    let fits = |case: &Case| {
        case.first(VISIT).is_some_and(|e| {
            e.get("lijst_compleet") == Some(&Value::Bool(true)) && !e.who.is_empty()
        })
    };
    field.events(0.01, rule("THH-15"), VISIT, fits, |case, _| {
        if let Some(event) = case.first_mut(VISIT) {
            let begin = event.at.plus(-70);
            event.set("begin", Value::Moment(begin));
        }
        true
    });
    let stops = tours::stops(field.cases);
    let mut pairs: Vec<(tours::Stop, tours::Stop)> = Vec::new();
    for (before, rest) in stops.iter().zip(stops.windows(2).skip(1)) {
        let [a, b] = rest else { continue };
        let apart = (900..7_200).contains(&b.1.since(a.1));
        let alone = before.0 != a.0 || a.1.since(before.1) > 10_000;
        let free = |at: usize| field.cases.get(at).is_some_and(|c| !c.planted);
        let taken = pairs.iter().any(|(_, last)| last.2 == a.2);
        let fits = a.0 == b.0 && a.2 != b.2 && apart && alone && !taken;
        if fits && free(a.2) && free(b.2) && pairs.len() < 4 {
            pairs.push((*a, *b));
        }
    }
    for ((_, end, one, first), (_, _, other, second)) in pairs {
        for (at, place, begin) in
            [(one, first, end.plus(-3_000)), (other, second, end.plus(-1_500))]
        {
            let Some(case) = field.cases.get_mut(at) else { continue };
            if let Some(event) = case.events.get_mut(place) {
                event.set("begin", Value::Moment(begin));
            }
            case.planted = true;
            let id = case.id.clone();
            let (mark, kind) = (rule("THH-15"), PlantedKind::Event);
            field.planter.note(mark, kind, id.clone(), Some(place), vec![id]);
        }
    }
}
