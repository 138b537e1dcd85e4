//! What is known of suppliers and of the people who work here: numbers that follow from
//! each other, so that they draw nothing from the chance of the town.

use crate::case::{Case, Event, Value};
use crate::clock::{FIRST, Stamp, day_of};
use crate::flow::Ground;
use crate::staff::everybody;
use model::time::Date;
use std::collections::BTreeSet;

/// A line of the list of staff.
pub(super) const STAFF_LINE: &str = "Regel in de personeelslijst";

/// The number of a supplier as it stands in the log.
pub(super) fn supplier(number: usize) -> Value {
    Value::Text(format!("L{number:04}"))
}

/// The account of a supplier.
pub(super) fn account(number: usize) -> String {
    format!("NL{:02}DIJK{:08}", 10 + number % 88, 40_000_000 + number * 4_127)
}

/// What the records hold of a supplier: nearly all of it, of nearly all of them.
pub(super) fn describe(case: &mut Case, number: usize) {
    let long_ago = day_of(Date::constant(1984, 3, 1));
    let founded = long_ago + i32::try_from(number * 1_733 % 12_500).unwrap_or(0);
    case.set("leverancier", supplier(number));
    // An association or a company from abroad has no number.
    if number % 31 != 5 {
        case.set("kvk", Value::Text(format!("{:08}", 10_000_000 + number * 7_919)));
    }
    case.set("opgericht", Value::Day(founded));
    if number % 29 != 3 {
        case.set("bezoekadres", Value::Text(format!("0899{:012}", 200_000 + number)));
    }
    if number % 13 != 6 {
        case.set("telefoon", Value::Text(format!("+31-88-{:07}", 1_000_000 + number)));
    }
}

/// The account on which somebody gets a salary.
pub(super) fn salary_account(who: &str) -> String {
    let place = everybody().iter().position(|name| *name == who).unwrap_or(0);
    format!("NL{:02}LOON{:08}", 10 + place % 88, 70_000_000 + place * 3_331)
}

/// One line for each person who occurs in the log, from the day on which they serve.
pub(super) fn staff_lines(ground: &Ground, cases: &[Case]) -> Vec<Case> {
    let mut people: BTreeSet<(&'static str, &'static str)> = BTreeSet::new();
    let mut known = BTreeSet::new();
    for event in cases.iter().flat_map(|case| &case.events) {
        let person = !event.who.is_empty() && event.unit != "Systeem";
        if person && known.insert(event.who) {
            people.insert((event.who, event.unit));
        }
    }
    let first = day_of(FIRST);
    let serves = |who: &str| {
        let days = first..first + 730;
        days.into_iter().find(|day| ground.staff.serves(who, *day)).unwrap_or(first)
    };
    (1..)
        .zip(people)
        .map(|(number, (who, unit))| {
            let mut case = Case::new(format!("PERSONEEL-{number:03}"));
            let mut event = Event {
                at: Stamp::new(ground.office.open_from(serves(who)), 9, 0),
                activity: STAFF_LINE,
                who,
                unit,
                attributes: Vec::new(),
                rest: true,
            };
            event.set("rekening", Value::Text(salary_account(who)));
            case.events.push(event);
            case
        })
        .collect()
}
