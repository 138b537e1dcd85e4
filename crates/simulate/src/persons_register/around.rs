//! What comes with a change in the register: whose it is, on what it rests, what the address
//! is like and who arranged it; and the national queries, which have a list of their own.

use super::{AUTHORISE, COMMIT, DRAFT, SOURCE, SUPPLY};
use crate::case::{Case, Event, Value};
use crate::clock::{Hours, Season, Stamp};
use crate::dice::Dice;
use crate::flow::{Flow, Ground};
use crate::staff::Function as F;

pub(super) const WEIGHED: &str = "Belang afgewogen tegen geheimhouding";
pub(super) const QUERY: &str = "GBA-V bevraagd";

const SEASON: [f64; 12] = [1.0; 12];

/// Teams that query nationally.
const TEAMS: [F; 6] = [
    F::DeskClerk,
    F::BackOffice,
    F::AddressResearcher,
    F::TaxClerk,
    F::SocialWorker,
    F::ParkingOfficer,
];

/// Adds it all to cases without any weakness.
pub(super) fn add(ground: &Ground, dice: &mut Dice, cases: &mut Vec<Case>) {
    for (at, case) in cases.iter_mut().enumerate() {
        let holder = format!("burger-{:05}", dice.below(24_000));
        case.set("betrokkene", Value::Text(holder));
        let size = size_of(case);
        case.set("grootteklasse", Value::Word(size));
        let institution = dice.chance(0.01);
        let dwelling = if institution { "instelling" } else { "woning" };
        case.set("soort_bewoning", Value::Word(dwelling));
        change(case, dice, at);
        supply(case, dice);
    }
    // for each seven cases in the register somewhat more than one query
    let queries = cases.len() * 9 / 50;
    let days = Season::new(&ground.office, SEASON).starts(dice, queries);
    let line = |(at, day)| query(ground, dice, format!("GBAV-{at:05}"), day);
    let lines: Vec<Case> = days.into_iter().enumerate().map(line).collect();
    cases.extend(lines);
}

/// An address always has the same size.
fn size_of(case: &Case) -> &'static str {
    let last = match case.get("bag_adres") {
        Some(Value::Text(address)) => address.bytes().last().unwrap_or(b'0'),
        _ => b'0',
    };
    match last {
        b'0'..=b'2' => "klein",
        b'3'..=b'6' => "midden",
        _ => "groot",
    }
}

/// What was changed, on the ground of what, and what the address was like afterwards.
fn change(case: &mut Case, dice: &mut Dice, number: usize) {
    let kind = match case.get("soort") {
        Some(Value::Word(kind)) => *kind,
        _ => "",
    };
    if case.first(COMMIT).is_none() && case.first(DRAFT).is_none() {
        return;
    }
    let moved = kind == "verhuizing";
    let kind = match kind {
        "verhuizing" if dice.chance(0.04) => "vertrek",
        "adresonderzoek" => "adrescorrectie",
        other => other,
    };
    if moved && dice.chance(0.05) {
        let broker = format!("BEM-{:02}", 1 + dice.below(6));
        case.set("bemiddelaar", Value::Text(broker));
    }
    let field = match kind {
        "correctie identiteitsgegevens" => {
            dice.word(&["voornamen", "geslachtsnaam", "geboortedatum"])
        }
        "vestiging uit buitenland" => "eerste inschrijving",
        "geboorte of erkenning" => "ouders",
        _ => "adres",
    };
    let document = case.has(&[SOURCE]).then(|| format!("BD-{number:06}"));
    let residents = dice.between(1, 5);
    let postal = kind == "briefadres";
    let function = if postal { "briefadres" } else { "woonadres" };
    let both = |event: &&mut Event| matches!(event.activity, DRAFT | COMMIT);
    for event in case.events.iter_mut().filter(both) {
        event.set("soort_mutatie", Value::Word(kind));
        event.set("gewijzigd_veld", Value::Word(field));
        if let Some(document) = &document {
            event.set("brondocument", Value::Text(document.clone()));
        }
        if event.activity == COMMIT {
            event.set("bewoners", Value::Int(residents));
            event.set("functie_adres", Value::Word(function));
        }
    }
}

/// Who asked for data, and whether the person had asked to keep them closed. Then the
/// interests are weighed before anything goes to a third party.
fn supply(case: &mut Case, dice: &mut Dice) {
    let closed = dice.chance(0.05);
    let third = dice.chance(0.4);
    let Some(supplied) = case.first_mut(SUPPLY) else { return };
    let restriction = if closed { "geheimhouding" } else { "geen" };
    supplied.set("beperking", Value::Word(restriction));
    let recipient = if third { "derde" } else { "overheid" };
    supplied.set("soort_ontvanger", Value::Word(recipient));
    if let (true, true, Some(at)) = (closed, third, case.at(AUTHORISE)) {
        let (who, unit) = case.hand_of(AUTHORISE);
        let at = at.plus(-dice.between(60, 300));
        case.insert(Event {
            at,
            activity: WEIGHED,
            who,
            unit,
            attributes: Vec::new(),
            rest: true,
        });
    }
}

/// One query: nearly always with a number, for one person and for a case.
fn query(ground: &Ground, dice: &mut Dice, id: String, day: i32) -> Case {
    let mut flow = Flow::begin(ground, dice, id, day, Hours::Office);
    let team = flow.dice.one(&TEAMS).copied().unwrap_or(F::DeskClerk);
    let key =
        flow.dice.weighed_word(&[("bsn", 0.96), ("naam", 0.03), ("postcode", 0.01)]);
    let found = if key == "bsn" { 1 } else { flow.dice.between(1, 6) };
    let named = flow.dice.chance(0.97);
    let number = flow.dice.between(10_000, 99_999);
    let event = flow.act_with(QUERY, team);
    event.set("zoeksleutel", Value::Word(key)).set("gevonden", Value::Int(found));
    if named {
        event.set("zaaknummer", Value::Text(format!("Z-{number}")));
    }
    flow.done()
}

/// Whether a change lies in these days.
pub(super) fn committed_within(case: &Case, from: Stamp, days: i32) -> bool {
    case.at(COMMIT).is_some_and(|at| (0..=days).contains(&(at.day() - from.day())))
}
