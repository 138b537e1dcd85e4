//! What the logs of looking up know besides: who the officer is as a resident, what is
//! shielded, how many lines were taken along, and the papers that only a few may read.

use super::{CONTACT, EXPORT, NEAR, PRINT, SEARCH, USERS, VIEW, span};
use crate::case::{Case, Event, Value};
use crate::clock::Hours;
use crate::dice::Dice;
use crate::flow::{Flow, Ground};
use crate::staff::{Function as F, team};
use std::collections::{BTreeMap, BTreeSet};

pub(super) const FETCH: &str = "Stuk opgehaald";
pub(super) const RELEASE: &str = "Stuk vrijgegeven";

/// Numbers of the officers as residents begin here, three to a household.
const OFFICERS: usize = 24_000;

const PAPERS: [&str; 6] = [
    "raming",
    "controleplan",
    "notulen",
    "grondaankoop",
    "besloten raadsstuk",
    "nieuwsbrief",
];

/// Adds everything to the cases of two years.
pub(super) fn add(ground: &Ground, dice: &mut Dice, cases: &mut Vec<Case>) {
    for event in cases.iter_mut().flat_map(|case| &mut case.events) {
        if matches!(event.activity, EXPORT | PRINT) {
            event.set("resultaten", Value::Int(dice.between(1, 45)));
        }
    }
    for at in 0..36 {
        cases.push(paper(ground, dice, at));
    }
    residents(cases);
    shield(cases);
}

/// The officers who look things up, with their numbers as residents.
fn officers() -> BTreeMap<&'static str, usize> {
    let all = USERS.iter().flat_map(|(function, ..)| team(*function));
    let names: BTreeSet<&str> = all.map(|(who, _)| *who).collect();
    names.into_iter().zip((OFFICERS..).step_by(3)).collect()
}

/// The number of an officer as a resident; 0 for others.
pub(super) fn officer(who: &str) -> usize {
    officers().get(who).copied().unwrap_or(0)
}

/// The number of the person an event is about.
fn subject(event: &Event) -> Option<usize> {
    match event.get("persoon")? {
        Value::Text(text) => text.strip_prefix("burger-")?.parse().ok(),
        _ => None,
    }
}

/// Lays the list of staff beside each look-up.
pub(super) fn residents(cases: &mut [Case]) {
    let officers = officers();
    let own: BTreeSet<usize> = officers.values().copied().collect();
    let home = |number: usize| Value::Text(format!("0872020{:07}", number / 3));
    let household = |number: usize| Value::Text(format!("H{:05}", number / 3));
    for event in cases.iter_mut().flat_map(|case| &mut case.events) {
        let (Some(number), true) =
            (subject(event), matches!(event.activity, SEARCH | VIEW))
        else {
            continue;
        };
        let Some(officer) = officers.get(event.who).copied() else { continue };
        event
            .set("eigen_nummer", super::person(officer))
            .set("adres", home(number))
            .set("eigen_adres", home(officer))
            .set("huishouden", household(number))
            .set("eigen_huishouden", household(officer))
            .set("collega", Value::Bool(own.contains(&number)));
    }
}

/// Some people are shielded. In this town only officers with a contact of their own open
/// what is theirs.
pub(super) fn shield(cases: &mut [Case]) {
    let mut contacts: BTreeMap<(&str, usize), Vec<i32>> = BTreeMap::new();
    let events = || cases.iter().flat_map(|case| &case.events);
    for event in events().filter(|e| e.activity == CONTACT) {
        if let Some(number) = subject(event) {
            contacts.entry((event.who, number)).or_default().push(event.at.day());
        }
    }
    let mut open = BTreeSet::new();
    for event in events().filter(|e| opens(e)) {
        let Some(number) = subject(event) else { continue };
        let days = contacts.get(&(event.who, number));
        let near = |day: &i32| (event.at.day() - day).abs() <= NEAR;
        if !days.is_some_and(|days| days.iter().any(near)) {
            open.insert(number);
        }
    }
    for event in cases.iter_mut().flat_map(|case| &mut case.events).filter(|e| opens(e)) {
        let Some(number) = subject(event) else { continue };
        let shielded = number % 4 == 0 && !open.contains(&number);
        let word = if shielded { "geheim" } else { "open" };
        event.set("bescherming", Value::Word(word));
    }
}

/// Whether an event opens a file.
pub(super) fn opens(event: &Event) -> bool {
    matches!(event.activity, VIEW | EXPORT | PRINT)
}

/// A paper that its circle fetches, and that is released some weeks later.
fn paper(ground: &Ground, dice: &mut Dice, at: usize) -> Case {
    let (first, last) = span();
    let day = dice.between(i64::from(first), i64::from(last) - 90);
    let day = ground.office.open_from(i32::try_from(day).unwrap_or(first));
    let id = format!("STUK-{:03}", at + 1);
    let mut flow = Flow::begin(ground, dice, id.clone(), day, Hours::Office);
    flow.set("soort", Value::Word("stuk"))
        .set("document", Value::Text(id))
        .set("soort_stuk", Value::Word(PAPERS.get(at % 6).copied().unwrap_or("notulen")));
    for _ in 0..4 {
        fetch(&mut flow, F::ProcurementMandate, true);
        flow.days(2.0, 0.5, 6);
    }
    flow.act(RELEASE, F::ProcurementMandate);
    for _ in 0..2 {
        flow.days(2.0, 0.5, 6);
        fetch(&mut flow, F::SubsidyReviewer, false);
    }
    flow.done()
}

fn fetch(flow: &mut Flow<'_>, function: F, inside: bool) {
    let pages = flow.dice.between(4, 30);
    flow.act_with(FETCH, function)
        .set("in_kring", Value::Bool(inside))
        .set("resultaten", Value::Int(pages));
}
