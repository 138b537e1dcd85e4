//! What stands around an application in other systems: losses and alerts with what came of
//! them, visits, looks into personal records, changes in the register, and who was there.

use super::{ALERT, APPLY, DECIDE, DELIVER, IDENTIFY, LOSS, SEND, TICKET};
use crate::case::{Case, Event, Value};
use crate::clock::{FIRST, Hours, Stamp, day_of};
use crate::dice::Dice;
use crate::flow::Ground;
use crate::planted::Planted;
use crate::staff::{Function as F, Hand, everybody};
use std::collections::{BTreeMap, BTreeSet};

pub(super) const EVIDENCE: &str = "Bewijsstuk ontvangen";
pub(super) const AFTER_HIT: &str = "Na treffer besloten en vastgelegd";
pub(super) const VISIT: &str = "Bezoek aan huis vastgelegd";
pub(super) const LOOK: &str = "Persoonslijst bekeken";
pub(super) const CHANGE: &str = "Persoonsgegevens gewijzigd";
const PRESENT: &str = "Aanwezig volgens toegangspas";

/// Steps for which somebody must be there in person.
pub(super) const ON_DUTY: [&str; 4] = [APPLY, DECIDE, SEND, DELIVER];

/// One event by itself.
pub(super) fn event(at: Stamp, activity: &'static str, hand: Hand) -> Event {
    let (who, unit) = hand;
    Event { at, activity, who, unit, attributes: Vec::new(), rest: true }
}

/// A line of another list about the holder of a document.
pub(super) fn line(id: String, holder: &Value, event: Event) -> Case {
    let mut case = Case::new(id);
    case.set("aanvrager", holder.clone());
    case.events.push(event);
    case
}

/// Adds it all to cases without any weakness.
pub(super) fn add(ground: &Ground, dice: &mut Dice, cases: &mut Vec<Case>) {
    let mut lines = Vec::new();
    for (at, case) in cases.iter_mut().enumerate() {
        loss(case, dice, at);
        alert(case, dice);
        visit(case, dice);
        if let Some(delivered) = case.first_mut(DELIVER) {
            let ways = [("balie", 0.98), ("gemachtigde", 0.012), ("bezorgd", 0.008)];
            delivered.set("wijze_uitreiking", Value::Word(dice.weighed_word(&ways)));
        }
        look(case, dice);
        if dice.chance(0.015) {
            lines.extend(change(ground, case, dice, at));
        }
    }
    cases.extend(lines);
}

/// Most losses come with a document that supports them.
fn loss(case: &mut Case, dice: &mut Dice, number: usize) {
    let Some(lost) = case.first_mut(LOSS) else { return };
    lost.set(
        "verloren_document",
        Value::Text(format!("NA{:07}", 2_000_000 + 3 * number)),
    );
    let (at, hand) = (lost.at, (lost.who, lost.unit));
    if dice.chance(0.85) {
        case.insert(event(at.plus(dice.between(20, 60)), EVIDENCE, hand));
    }
}

/// Four checks in a thousand give a hit, on which the decider takes a decision first.
fn alert(case: &mut Case, dice: &mut Dice) {
    let hit = dice.chance(0.004);
    let word = if hit { "treffer" } else { "geen" };
    for check in case.events.iter_mut().filter(|e| e.activity == ALERT) {
        check.set("uitkomst", Value::Word(word));
    }
    if let (true, Some(at)) = (hit, case.at(DECIDE)) {
        let before = at.plus(-dice.between(60, 300));
        let hand = case.hand_of(DECIDE);
        case.insert(event(before, AFTER_HIT, hand));
    }
}

/// One in a hundred is visited at home. Who waited overnight draws a new number.
fn visit(case: &mut Case, dice: &mut Dice) {
    let Some(at) = case.at(APPLY) else { return };
    if dice.chance(0.01) {
        let hand = case.hand_of(APPLY);
        case.insert(event(at.plus(-dice.between(200, 600)), VISIT, hand));
    }
    if case.at(TICKET).is_some_and(|ticket| ticket.day() != at.day()) {
        case.shift(TICKET, at.plus(-dice.between(60, 120)));
    }
}

/// In one of five applications the official opens the record of the holder, for that case.
fn look(case: &mut Case, dice: &mut Dice) {
    let Some(at) = case.at(APPLY) else { return };
    if dice.chance(0.2) {
        let mut look = event(at.plus(-dice.between(5, 20)), LOOK, case.hand_of(APPLY));
        look.set("zaaknummer", Value::Text(case.id.clone()));
        case.insert(look);
    }
}

/// Somebody in the back office changed the record of the holder some weeks before.
fn change(ground: &Ground, case: &Case, dice: &mut Dice, number: usize) -> Option<Case> {
    let before = i32::try_from(dice.between(3, 25)).ok()?;
    let day = ground.office.open_from(case.at(IDENTIFY)?.day() - before);
    if day < day_of(FIRST) || day >= case.at(IDENTIFY)?.day() {
        return None;
    }
    let at = ground.office.moment(dice, day, Hours::Office, Stamp::new(day, 0, 0));
    let mut changed = event(at, CHANGE, ground.staff.pick(dice, F::BackOffice, at, &[]));
    let fields = [("adres", 0.6), ("naam", 0.3), ("telefoonnummer", 0.1)];
    changed.set("gewijzigd_veld", Value::Word(dice.weighed_word(&fields)));
    Some(line(format!("MUT-{number:05}"), case.get("aanvrager")?, changed))
}

/// The station at which somebody always sits.
fn station(who: &str) -> Value {
    let place = everybody().iter().position(|known| *known == who).unwrap_or(0);
    Value::Text(format!("werkplek-{place:03}"))
}

/// Notes at which station each step was taken, and month by month who came in by the door.
/// Those who were planted as absent did not.
pub(crate) fn surround(cases: &mut Vec<Case>, planted: &[Planted]) {
    let absent: BTreeSet<(&str, &str)> = planted
        .iter()
        .filter(|plant| plant.rule == "REI-13")
        .flat_map(|plant| {
            plant.cases.iter().map(|id| (plant.subject.as_str(), id.as_str()))
        })
        .collect();
    let stations: BTreeMap<&str, Value> =
        everybody().into_iter().map(|who| (who, station(who))).collect();
    let (mut came, mut away) = (BTreeMap::new(), BTreeSet::new());
    for case in cases.iter_mut() {
        let two_seats = case.events.iter().any(|event| event.get("werkplek").is_some());
        for event in case.events.iter_mut().filter(|e| ON_DUTY.contains(&e.activity)) {
            if event.who.is_empty() {
                continue;
            }
            let seat = stations.get(event.who).cloned();
            if let Some(seat) = seat.filter(|_| event.get("werkplek").is_none()) {
                event.set("werkplek", seat);
            }
            let key = (event.at.day(), event.who);
            came.insert(key, event.unit);
            // those at two stations were there
            if absent.contains(&(event.who, case.id.as_str())) && !two_seats {
                away.insert(key);
            }
        }
    }
    let mut months: BTreeMap<String, Case> = BTreeMap::new();
    for ((day, who), unit) in came.into_iter().filter(|(key, _)| !away.contains(key)) {
        let seat = everybody().iter().position(|known| *known == who).unwrap_or(0);
        let minute = i64::try_from(seat).unwrap_or(0) * 7 + i64::from(day) * 3;
        let at = Stamp::new(day, 7, 41).plus(minute.rem_euclid(17) * 60);
        let id = format!("DEUR-{}", at.date().strftime("%Y-%m"));
        let month = months.entry(id.clone()).or_insert_with(|| Case::new(id));
        month.insert(event(at, PRESENT, (who, unit)));
    }
    cases.extend(months.into_values());
}
