//! Weaknesses that show only beside other cases, or beside what is known of the place.

use super::dossier::{CONSULT, REASON, against, granted, reason, refused};
use super::{
    ADVICE, COMPLETE, DECIDE, DRAFT, FORM, NOTIFY, PUBLISHED, RECEIVED, RESEARCH, SIGN,
    SUPERVISE, WITHDRAW,
};
use crate::case::{Case, Event, Value};
use crate::choosing::{choose, share};
use crate::clock::{Hours, LAST, Stamp, date_of, day_of};
use crate::planted::{PlantedKind, rule};
use crate::plants::{Field, end};
use crate::staff::{Function as F, member};

const LAPSE: &str = "Van rechtswege verleend";
const PENALTY: &str = "Dwangsom betaald";
/// How often a pair is looked for: the first that is chosen may have no match.
const TRIES: usize = 20;
const BUILDING: &str = "omgevingsvergunning bouwen";

/// Plants them.
pub(super) fn plant(field: &mut Field<'_>) {
    fixed_consultant(field);
    lenient(field);
    refiled(field);
    other_name(field);
    successors(field);
    overtaking(field);
    silent(field);
    lapsed(field);
    over_the_wall(field);
    unpublished(field);
}

fn day_at(case: &Case, activity: &str) -> i32 {
    case.at(activity).map_or(0, Stamp::day)
}

/// Notes a place at which several cases show something.
fn note_place(field: &mut Field<'_>, code: &'static str, cases: &[usize]) {
    let chosen = || cases.iter().filter_map(|at| field.cases.get(*at));
    let Some(Value::Text(place)) = chosen().next().and_then(|c| c.get("bag_object"))
    else {
        return;
    };
    let place = place.clone();
    let mut ids: Vec<String> = chosen().map(|case| case.id.clone()).collect();
    ids.sort_unstable();
    field.planter.note(rule(code), PlantedKind::Group, place, None, ids);
}

/// Lets cases stand at one place: that of the first.
fn one_place(field: &mut Field<'_>, code: &'static str, cases: &[usize]) {
    let first = cases.first().and_then(|at| field.cases.get(*at));
    let Some(place) = first.and_then(|case| case.get("bag_object")).cloned() else {
        return;
    };
    share(field, cases, "bag_object", &place);
    note_place(field, code, cases);
}

/// One drawing office always meets the same handler.
fn fixed_consultant(field: &mut Field<'_>) {
    let handler = member(F::PermitHandler, 5).0;
    let his = |case: &Case| {
        case.is("zaaktype", BUILDING)
            && case.who(COMPLETE) == handler
            && case.who(DRAFT) == handler
    };
    let chosen = choose(field, 9, |case, _| his(case));
    let office = Value::Text("bureau-99".to_owned());
    share(field, &chosen, "gemachtigde", &office);
    let cases = chosen.iter().filter_map(|at| field.cases.get(*at));
    let mut ids: Vec<String> = cases.map(|case| case.id.clone()).collect();
    ids.sort_unstable();
    if !ids.is_empty() {
        let subject = format!("{handler} × bureau-99");
        field.planter.note(rule("VER-07"), PlantedKind::Pair, subject, None, ids);
    }
}

/// In one year one handler refuses nothing, while colleagues refuse more than before.
fn lenient(field: &mut Field<'_>) {
    let hand = member(F::PermitHandler, 2);
    let (handler, staff) = (hand.0, &field.ground.staff);
    let year = date_of(day_of(LAST)).year() - 1;
    let mut ids = Vec::new();
    for case in field.cases.iter_mut() {
        let at_work = |event: &Event| {
            [COMPLETE, DRAFT].contains(&event.activity) && event.who == handler
        };
        let in_year = date_of(day_at(case, COMPLETE)).year() == year;
        let decided = case.has(&[COMPLETE, DECIDE]) && case.is("zaaktype", BUILDING);
        if !decided || !in_year {
            continue;
        }
        let his = case.events.iter().any(at_work);
        let (comes, stricter) =
            (field.planter.dice.chance(0.3), field.planter.dice.chance(0.4));
        // word goes round, and applicants ask for him
        let here = !case.planted
            && staff.works(handler, day_at(case, COMPLETE))
            && staff.works(handler, day_at(case, DRAFT));
        if his || (comes && here) {
            if !his {
                case.hand(COMPLETE, hand);
                case.hand(DRAFT, hand);
            }
            if let Some(event) = case.first_mut(DECIDE) {
                event.set("uitkomst", Value::Word("verleend"));
            }
            reason(&mut field.planter.dice, case);
            ids.push(case.id.clone());
        } else if stricter && !case.planted && granted(case) && !case.has(&[SUPERVISE]) {
            if let Some(event) = case.first_mut(DECIDE) {
                event.set("uitkomst", Value::Word("geweigerd"));
            }
            case.drop(REASON);
        }
    }
    ids.sort_unstable();
    // with fewer cases nobody could say it of him
    if ids.len() >= 60 {
        let subject = handler.to_owned();
        field.planter.note(rule("VER-08"), PlantedKind::Actor, subject, None, ids);
    }
}

/// Refused, asked again for the same place, and granted without a new advice.
fn refiled(field: &mut Field<'_>) {
    let mut planted = 0;
    for _ in 0..TRIES {
        let pair = choose(field, 2, |case, before| match before {
            [] => refused(case) && day_at(case, DECIDE) < day_of(LAST) - 320,
            [first, ..] => {
                let gap = day_at(case, RECEIVED) - day_at(first, DECIDE);
                (5..=300).contains(&gap)
                    && case.get("zaaktype") == first.get("zaaktype")
                    && granted(case)
                    && !case.has(&[ADVICE])
            }
        });
        one_place(field, "VER-05", &pair);
        planted += usize::from(!pair.is_empty());
        if planted == 2 {
            break;
        }
    }
}

/// Withdrawn after the Bibob questions; then somebody else asks.
fn other_name(field: &mut Field<'_>) {
    let office = &field.ground.office;
    let leaves = |case: &Case| office.add_open(day_at(case, RESEARCH), 2);
    let mut planted = 0;
    for _ in 0..TRIES {
        if planted == 2 {
            break;
        }
        let pair = choose(field, 2, |case, before| match before {
            [] => {
                case.has(&[FORM, RESEARCH, DECIDE])
                    && leaves(case) - day_at(case, FORM) <= 30
                    && leaves(case) < day_of(LAST) - 320
            }
            [first, ..] => {
                let gap = day_at(case, RECEIVED) - leaves(first);
                (5..=300).contains(&gap)
                    && case.has(&[FORM, ADVICE, DECIDE])
                    && case.get("aanvrager") != first.get("aanvrager")
            }
        });
        let first = pair.first().and_then(|at| field.cases.get_mut(*at));
        let Some((case, asked)) = first.and_then(|c| c.at(RESEARCH).map(|at| (c, at)))
        else {
            continue;
        };
        let day = leaves(case);
        let dice = &mut field.planter.dice;
        let at = office.moment(dice, day, Hours::Office, asked);
        let hand = field.ground.staff.pick(dice, F::PermitIntake, at, &[]);
        case.events.retain(|event| event.at <= asked);
        if let Some(mut event) = case.copy_of(RECEIVED, WITHDRAW, at) {
            (event.who, event.unit) = hand;
            case.insert(event);
        }
        one_place(field, "VER-06", &pair);
        planted += 1;
    }
}

/// Three businesses after each other at one address, in a branch that is watched.
fn successors(field: &mut Field<'_>) {
    for _ in 0..2 {
        let three = choose(field, 3, |case, before| {
            case.has(&[FORM, RESEARCH, DECIDE])
                && granted(case)
                && before.iter().all(|other| {
                    case.get("aanvrager") != other.get("aanvrager")
                        && (day_at(case, RECEIVED) - day_at(other, RECEIVED)).abs() > 30
                })
        });
        one_place(field, "VER-14", &three);
    }
}

/// When a building permit became ready, and when it left the queue.
fn waiting(case: &Case) -> Option<(i32, i32)> {
    if !case.is("zaaktype", BUILDING) {
        return None;
    }
    let end = case.events.iter().find(|e| [DECIDE, WITHDRAW].contains(&e.activity));
    let before = case.events.iter().take_while(|e| end.is_none_or(|end| e.at < end.at));
    let ready = before.filter(|e| e.activity == COMPLETE).last()?;
    Some((ready.at.day(), end.map_or(i32::MAX, |event| event.at.day())))
}

/// A new building permit is decided on the next day, while twenty others wait.
fn overtaking(field: &mut Field<'_>) {
    let (office, staff) = (&field.ground.office, &field.ground.staff);
    let queue: Vec<(i32, i32)> = field.cases.iter().filter_map(waiting).collect();
    let fits = |case: &Case| {
        let Some((ready, ends)) = waiting(case) else { return false };
        let decided = office.add_open(ready, 1);
        // the case itself is still among them
        let open = queue.iter().filter(|(r, e)| *r <= decided && *e > decided).count();
        let older = queue.iter().filter(|(r, e)| *r < ready && *e > decided).count();
        let others = open.saturating_sub(usize::from(ends > decided));
        let here = case.events.iter().all(|event| staff.serves(event.who, decided));
        let steps = [DRAFT, DECIDE, SIGN, NOTIFY, PUBLISHED];
        others >= 20
            && older * 100 >= others * 96
            && ends > decided
            && here
            && case.has(&steps)
            && !against(case)
    };
    field.planter.cases(field.cases, 0.01, &[rule("VER-09")], fits, |case, dice| {
        let Some((ready, _)) = waiting(case) else { return false };
        let Some(sent) = case.at(NOTIFY) else { return false };
        let day = office.add_open(ready, 1);
        let mut at = Stamp::new(day, 9, 10);
        for event in &mut case.events {
            let later = event.at.day() > ready && event.at <= sent;
            if later && event.activity != PUBLISHED {
                at = at.plus(dice.between(400, 1_500));
                event.at = at;
            }
        }
        if let Some(event) = case.first_mut(DECIDE) {
            event.set("ingangsdatum", Value::Day(day));
        }
        let next = office.add_open(day, 1);
        let published = office.moment(dice, next, Hours::Office, at);
        case.shift(PUBLISHED, published);
        true
    });
}

/// Granted against advice, and nothing says why.
fn silent(field: &mut Field<'_>) {
    let fits = |case: &Case| against(case) && case.has(&[REASON]);
    field.planter.cases(field.cases, 0.2, &[rule("VER-04")], fits, |case, _| {
        case.drop(REASON);
        true
    });
}

/// The term passed: the permit came by itself, or the municipality paid.
fn lapsed(field: &mut Field<'_>) {
    let small = |case: &Case| {
        case.is("zaaktype", "inritvergunning") && granted(case) && !against(case)
    };
    field.planter.cases(field.cases, 0.04, &[rule("VER-10")], small, |case, _| {
        let hand = case.hand_of(DRAFT);
        for activity in [SIGN, NOTIFY, PUBLISHED] {
            case.drop(activity);
        }
        let day = day_at(case, DECIDE);
        case.set("uiterste_datum", Value::Day(day - 1));
        let Some(event) = case.first_mut(DECIDE) else { return false };
        event.activity = LAPSE;
        event.attributes.clear();
        (event.who, event.unit) = hand;
        true
    });
    let ground = field.ground;
    let late = |case: &Case| case.has(&[DECIDE, NOTIFY]);
    field.planter.cases(field.cases, 0.01, &[rule("VER-10")], late, |case, dice| {
        let Some(decided) = case.at(DECIDE) else { return false };
        let over = i32::try_from(dice.between(8, 40)).unwrap_or(8);
        let day = ground.office.add_open(decided.day(), dice.between(15, 25));
        let at = ground.office.moment(dice, day, Hours::Office, decided);
        let hand = ground.staff.pick(dice, F::ObjectionLawyer, at, &[]);
        let Some(mut event) = case.copy_of(NOTIFY, PENALTY, at) else { return false };
        (event.who, event.unit) = hand;
        event.rest = true;
        case.set("uiterste_datum", Value::Day(decided.day() - over));
        case.insert(event);
        at <= end()
    });
}

/// Granted where enforcement runs, without a word to each other.
fn over_the_wall(field: &mut Field<'_>) {
    let runs = |case: &Case| {
        let event = case.first(DECIDE);
        let here =
            event.is_some_and(|e| e.get("handhaving_loopt") == Some(&Value::Bool(true)));
        here && granted(case)
    };
    field.planter.cases(field.cases, 0.25, &[rule("VER-13")], runs, |case, _| {
        case.drop(CONSULT);
        case.set("handhaving_gekoppeld", Value::Bool(false));
        true
    });
}

/// Decisions that neighbours read too late or never.
fn unpublished(field: &mut Field<'_>) {
    let office = &field.ground.office;
    let must = |case: &Case| {
        case.get("publicatieplichtig") == Some(&Value::Bool(true))
            && case.has(&[DECIDE, PUBLISHED])
            && day_at(case, DECIDE) < day_of(LAST) - 60
    };
    field.planter.cases(field.cases, 0.012, &[rule("VER-15")], must, |case, _| {
        case.drop(PUBLISHED);
        true
    });
    field.planter.cases(field.cases, 0.02, &[rule("VER-15")], must, |case, dice| {
        let Some(decided) = case.at(DECIDE) else { return false };
        let day = office.add_open(decided.day(), dice.between(13, 30));
        let at = office.moment(dice, day, Hours::Office, decided);
        case.shift(PUBLISHED, at);
        true
    });
}
