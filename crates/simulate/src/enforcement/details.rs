//! What the system keeps besides the steps: the outcome of a visit, how heavy a measure is,
//! how long a period lasts, reports nobody went out for, and the list of objects at risk.

use super::{
    ANNOUNCE, ASSIGN, CLOSED, EXTEND, GRACE, LIST, PLAN, RECHECK, SANCTION, SIGNAL,
    UNLIST, VISIT, WEIGH, describe, tours,
};
use crate::case::{Case, Event, Value};
use crate::clock::{FIRST, Hours, LAST, Stamp, day_of};
use crate::dice::Dice;
use crate::flow::{Flow, Ground};
use crate::staff::{Function as F, team, unit};
use std::collections::BTreeMap;

const DISTRICTS: [&str; 5] = ["Centrum", "Noord", "Oost", "Zuid", "West"];

/// So many objects stand on the list of objects at risk.
const LISTED: usize = 20;

/// Adds everything to the cases of two years.
pub(super) fn add(ground: &Ground, dice: &mut Dice, cases: &mut Vec<Case>, count: usize) {
    let mut weighed = 0;
    for case in cases.iter_mut() {
        district(case);
        announced(ground, case);
        outcome(case, dice);
        weight(case, &mut weighed);
        period(case);
    }
    for at in 0..(count / 64).max(8) {
        cases.push(closed_report(ground, dice, at));
    }
    listed(ground, cases);
    tours::add(cases);
}

/// The last digits of the object of a case.
pub(super) fn object_number(case: &Case) -> i64 {
    match case.get("bag_object") {
        Some(Value::Text(text)) => {
            text.get(text.len().saturating_sub(5)..).map_or(0, |t| t.parse().unwrap_or(0))
        }
        _ => 0,
    }
}

/// Districts follow the number of the object.
pub(super) fn district(case: &mut Case) {
    let at = usize::try_from(object_number(case)).unwrap_or(0) % DISTRICTS.len();
    if let Some(name) = DISTRICTS.get(at) {
        case.set("wijk", Value::Word(name));
    }
}

/// The plan says what kind of visit it is to be; who is announced hears so on the last open
/// day before.
fn announced(ground: &Ground, case: &mut Case) {
    let Some(visit) = case.first(VISIT).cloned() else { return };
    let Some(kind) = visit.get("soort_controle").cloned() else { return };
    let open = kind == Value::Word("aangekondigd");
    if let Some(plan) = case.first_mut(PLAN) {
        plan.set("soort_controle", kind);
    }
    if open && let Some(event) = announcement(ground, case, &visit) {
        case.insert(event);
    }
}

/// An announcement on the last open day before a visit, where the visit had been assigned.
pub(super) fn announcement(ground: &Ground, case: &Case, visit: &Event) -> Option<Event> {
    let eve = (1..8).map(|n| visit.at.day() - n).find(|d| ground.office.is_open(*d))?;
    let at = Stamp::new(eve, 10, 15).plus(object_number(case) % 15_000);
    let fits =
        case.at(ASSIGN).is_some_and(|a| a < at) && ground.staff.works(visit.who, eve);
    let mut event = visit.clone();
    (event.activity, event.at, event.rest) = (ANNOUNCE, at, true);
    event.attributes.clear();
    fits.then_some(event)
}

/// What the visit yielded. Where the case has not come so far yet, chance says.
fn outcome(case: &mut Case, dice: &mut Dice) {
    let clean = case.has(&[CLOSED]) && !case.has(&[WEIGH]);
    let open = !case.has(&[CLOSED]) && !case.has(&[WEIGH]);
    let clean = clean || open && dice.chance(0.58);
    if let Some(visit) = case.first_mut(VISIT) {
        let word = if clean { "in orde" } else { "overtreding" };
        visit.set("uitkomst", Value::Word(word));
    }
}

/// The least severity the strategy asks for in a cell.
fn least(case: &Case) -> Option<i64> {
    match case.first(WEIGH)?.get("cel_lhso")? {
        Value::Word("A2") => Some(2),
        Value::Word("B2" | "B3") => Some(3),
        Value::Word(_) => Some(4),
        _ => None,
    }
}

/// An order with a penalty has severity 4, which no cell exceeds; now and then somebody is
/// let off more lightly, for a reason that is written down.
fn weight(case: &mut Case, weighed: &mut usize) {
    let Some(least) = least(case) else { return };
    if let Some(decision) = case.first_mut(SANCTION) {
        let lenient = *weighed % 20 == 3;
        *weighed += 1;
        decision.set("zwaarte_minimaal", Value::Int(least));
        let chosen = if lenient { least - 1 } else { 4 };
        decision.set("zwaarte", Value::Int(chosen));
        if lenient {
            let reason = Value::Word("Eerste overtreding, meteen hersteld");
            decision.set("reden_afwijking", reason);
        }
    }
}

/// How long the period to put right lasts, and until when it ran when it was extended.
fn period(case: &mut Case) {
    let Some(begun) = case.at(GRACE).map(Stamp::day) else { return };
    let recheck = case.at(RECHECK).map(Stamp::day);
    let extended = case.at(EXTEND).map(Stamp::day);
    let until = extended.or(recheck).unwrap_or(begun + 30);
    let length = (until - begun + 2).max(7);
    if let Some(event) = case.first_mut(GRACE) {
        event.set("termijn_dagen", Value::Int(i64::from(length)));
    }
    let more = recheck.map_or(14, |day| day - begun - length).clamp(7, 2 * length);
    if let Some(event) = case.first_mut(EXTEND) {
        event.set("termijn_dagen", Value::Int(i64::from(more)));
        event.set("loopt_af", Value::Day(begun + length));
    }
}

/// A report on which nobody went out, about an object that nobody reports again.
fn closed_report(ground: &Ground, dice: &mut Dice, at: usize) -> Case {
    let day = dice.between(i64::from(day_of(FIRST)), i64::from(day_of(LAST)));
    let day = ground.office.open_from(i32::try_from(day).unwrap_or(0));
    report_on(ground, dice, (format!("MEL-{:04}", 1 + at), day), 20_000 + at)
}

/// A report about an object, closed on the day itself without a visit.
pub(super) fn report_on(
    ground: &Ground,
    dice: &mut Dice,
    (id, day): (String, i32),
    object: usize,
) -> Case {
    let mut flow = Flow::begin(ground, dice, id, day, Hours::Office);
    describe(&mut flow);
    flow.set("bag_object", Value::Text(format!("08720100{object:08}")));
    let hand = flow.tie().act(SIGNAL, F::Planner);
    flow.untie();
    let mut case = flow.done();
    if let Some(first) = case.first(SIGNAL).cloned() {
        let at = first.at.plus(1_200).min(Stamp::new(first.at.day(), 17, 55));
        let mut event = Event { at: at.max(first.at), activity: CLOSED, ..first };
        (event.who, event.unit) = hand;
        event.set("uitkomst", Value::Word("geen actie"));
        case.insert(event);
    }
    district(&mut case);
    case
}

/// The visits to each object, as days.
fn visits(cases: &[Case]) -> BTreeMap<String, Vec<i32>> {
    let mut all: BTreeMap<String, Vec<i32>> = BTreeMap::new();
    for case in cases {
        let Some(Value::Text(object)) = case.get("bag_object") else { continue };
        let visits = case.events.iter().filter(|e| matches!(e.activity, VISIT | RECHECK));
        let days: Vec<i32> = visits.map(|e| e.at.day()).collect();
        if !days.is_empty() {
            all.entry(object.clone()).or_default().extend(days);
        }
    }
    for days in all.values_mut() {
        days.sort_unstable();
    }
    all
}

/// The longest time between two of these days, or from the last one to the end of the log.
fn longest(days: &[i32]) -> i32 {
    let ends = days.iter().skip(1).copied().chain([day_of(LAST)]);
    days.iter().zip(ends).map(|(day, next)| next - day).max().unwrap_or(0)
}

/// Puts objects on the list, with an interval that their visits keep to; takes a few off
/// again, and says why.
fn listed(ground: &Ground, cases: &mut Vec<Case>) {
    let visits = visits(cases);
    let every = (visits.len() / LISTED).max(1);
    for (at, (object, days)) in visits.iter().step_by(every).enumerate() {
        let shift = i32::try_from(at).unwrap_or(0);
        let day = ground.office.open_from(day_of(FIRST) + 14 + shift);
        let Some(hand) = planner(ground, day) else { continue };
        let risk = cases
            .iter()
            .find(|c| c.get("bag_object") == Some(&Value::Text(object.clone())))
            .and_then(|c| c.get("risicoklasse").cloned());
        let mut case = Case::new(format!("LIJST-{:03}", at + 1));
        case.set("bag_object", Value::Text(object.clone()));
        if let Some(risk) = risk {
            case.set("risicoklasse", risk);
        }
        case.insert(listing(LIST, hand, Stamp::new(day, 9, 40)));
        let off = ground.office.open_from(day_of(LAST) - 60);
        if at % 9 == 4
            && days.last().is_some_and(|last| *last < off)
            && let Some(hand) = planner(ground, off)
        {
            let mut event = listing(UNLIST, hand, Stamp::new(off, 11, 5));
            event.set("reden", Value::Word("Bedrijf gestopt"));
            case.insert(event);
        }
        district(&mut case);
        cases.push(case);
    }
    intervals(cases);
}

/// Gives every object on the list an interval to which its visits keep, and tells the
/// longest time without a visit of each.
pub(super) fn intervals(cases: &mut [Case]) -> BTreeMap<String, i32> {
    let visits = visits(cases);
    let mut all = BTreeMap::new();
    for case in cases.iter_mut() {
        let Some(day) = case.at(LIST).map(Stamp::day) else { continue };
        let Some(Value::Text(object)) = case.get("bag_object").cloned() else { continue };
        let mut points = visits.get(&object).cloned().unwrap_or_default();
        points.push(day);
        points.sort_unstable();
        let needed = longest(&points);
        let fits = |days: &i32| days * 3 / 2 >= needed;
        let interval = [180, 365].into_iter().find(fits).unwrap_or(730);
        case.set("interval_dagen", Value::Int(i64::from(interval)));
        all.insert(object, needed);
    }
    all
}

/// A planner who works on a day.
pub(super) fn planner(ground: &Ground, day: i32) -> Option<crate::staff::Hand> {
    let works = |who: &&str| ground.staff.works(who, day);
    let who = team(F::Planner).iter().map(|(who, _)| *who).find(works)?;
    Some((who, unit(F::Planner)))
}

/// A change of the list.
pub(super) fn listing(
    activity: &'static str,
    (who, unit): crate::staff::Hand,
    at: Stamp,
) -> Event {
    Event { at, activity, who, unit, attributes: Vec::new(), rest: true }
}
