//! Where and how long inspectors were on site. Nobody is at two places at once in this town,
//! and nobody drives faster than one can.

use super::details::object_number;
use super::{RECHECK, VISIT};
use crate::case::{Case, Value};
use crate::clock::Stamp;
use std::collections::BTreeMap;

/// Time to get from one end of the town to the other.
const DRIVE_SECONDS: i64 = 300;
/// A visit that yields a whole list takes at least so long.
const WHOLE_SECONDS: i64 = 240;

/// One visit: who, when it was over, and where it stands.
pub(super) type Stop = (&'static str, Stamp, usize, usize);

/// All visits, by person and time.
pub(super) fn stops(cases: &[Case]) -> Vec<Stop> {
    let mut stops = Vec::new();
    for (at, case) in cases.iter().enumerate() {
        for (place, event) in case.events.iter().enumerate() {
            if matches!(event.activity, VISIT | RECHECK) && !event.who.is_empty() {
                stops.push((event.who, event.at, at, place));
            }
        }
    }
    stops.sort_unstable();
    stops
}

/// Gives every visit a beginning, a place and a list that was filled in.
pub(super) fn add(cases: &mut [Case]) {
    let mut over: BTreeMap<&str, Stamp> = BTreeMap::new();
    for (who, end, at, place) in stops(cases) {
        let Some(case) = cases.get_mut(at) else { continue };
        let number = object_number(case);
        let Some(event) = case.events.get_mut(place) else { continue };
        let wanted = end.plus(-60 * (25 + number % 70));
        let before = over.insert(who, end);
        let begin = before.map_or(wanted, |before| {
            // from the one before straight on to this one
            wanted
                .max(before.plus(DRIVE_SECONDS).min(end.plus(-WHOLE_SECONDS)))
                .max(before)
        });
        let near = before.is_some_and(|before| begin.since(before) < DRIVE_SECONDS);
        event.set("begin", Value::Moment(begin));
        event.set("lijst_compleet", Value::Bool(end.since(begin) >= WHOLE_SECONDS));
        // two visits in such quick succession were at one place, which the system leaves out
        event.attributes.retain(|(name, _)| !matches!(*name, "rd_x" | "rd_y"));
        if !near {
            event.set("rd_x", Value::Int(125_000 + number * 37 % 6_000));
            event.set("rd_y", Value::Int(390_000 + number * 91 % 6_000));
        }
    }
}
