//! Look-ups of personal data: about 60,000 a year in four systems, the rights that make them
//! possible, and the review of both. Each look-up belongs to a case, by the number that is
//! noted with it or by a contact of the same team with the person.

mod details;
mod plant;
mod rights;
mod weaknesses;

use crate::case::{Case, Value};
use crate::clock::{FIRST, Hours, LAST, Season, day_of};
use crate::dice::Dice;
use crate::flow::{Flow, Ground};
use crate::plants::end;
use crate::staff::{Function as F, Hand};

pub(crate) use plant::{APART, plant};

const SEASON: [f64; 12] =
    [1.05, 1.0, 1.05, 1.0, 1.0, 1.0, 0.8, 0.75, 1.05, 1.1, 1.1, 0.95];

const LOGIN: &str = "Aangemeld";
const SEARCH: &str = "Gezocht";
const VIEW: &str = "Geraadpleegd";
const EXPORT: &str = "Geëxporteerd";
const PRINT: &str = "Afgedrukt";
const LOGOUT: &str = "Afgemeld";
const CONTACT: &str = "Zaakcontact";
const REQUEST: &str = "Recht aangevraagd";
const APPROVE: &str = "Recht goedgekeurd";
const GRANT: &str = "Recht verleend";
const REVIEW_RIGHT: &str = "Recht beoordeeld";
const REVOKE: &str = "Recht vervallen";
const BREAK: &str = "Noodtoegang gebruikt";
const JUSTIFY: &str = "Noodtoegang verantwoord";
const BREAK_REVIEW: &str = "Noodtoegang beoordeeld";
const LOG_REVIEW: &str = "Logboek beoordeeld";

/// Persons from here on have no case with anybody.
const STRANGERS: usize = 20_000;
/// Days within which a contact explains a look-up in this town; the rule asks 30.
const NEAR: i32 = 20;

/// Who looks up what, with how much of the work.
const USERS: &[(F, &str, f64)] = &[
    (F::DeskClerk, "BRP-raadpleging", 0.34),
    (F::SocialWorker, "Suwinet-Inkijk", 0.40),
    (F::TaxClerk, "Belastingapplicatie", 0.14),
    (F::ParkingOfficer, "Kentekenregister", 0.12),
];

/// A contact between a team and a person.
#[derive(Clone, Copy, Debug)]
struct Contact {
    day: i32,
    subject: usize,
    number: usize,
}

/// Everything of two years, without any weakness. `count` is the number of sessions.
pub(crate) fn build(ground: &Ground, dice: &mut Dice, count: usize) -> Vec<Case> {
    let season = Season::new(&ground.office, SEASON);
    let mut cases = Vec::new();
    let mut known = Vec::new();
    for (at, (function, _, share)) in USERS.iter().enumerate() {
        let contacts = dice_count(count, share * 0.9).max(60);
        let days = season.starts(dice, contacts);
        known.push(meet(ground, dice, (*function, at), days, &mut cases));
    }
    for (at, day) in season.starts(dice, count).into_iter().enumerate() {
        let team = dice.weighted(USERS.iter().map(|(.., share)| *share));
        let (Some(user), Some(contacts)) = (USERS.get(team), known.get(team)) else {
            continue;
        };
        cases.push(session(
            ground,
            dice,
            format!("S{:07}", 1_000_001 + at),
            day,
            (*user, contacts),
        ));
    }
    rights::build(ground, dice, count, &mut cases);
    details::add(ground, dice, &mut cases);
    cases.retain_mut(|case| case.cut(end()));
    cases
}

fn dice_count(count: usize, share: f64) -> usize {
    usize::try_from(crate::dice::whole(count as f64 * share)).unwrap_or(0)
}

/// The contacts of a team; each is a case of its own in this log.
fn meet(
    ground: &Ground,
    dice: &mut Dice,
    (function, team): (F, usize),
    days: Vec<i32>,
    cases: &mut Vec<Case>,
) -> Vec<Contact> {
    let mut contacts = Vec::with_capacity(days.len());
    for (at, day) in days.into_iter().enumerate() {
        let subject = dice.below(STRANGERS);
        let number = team * 100_000 + at;
        let mut flow = Flow::begin(ground, dice, case_number(number), day, Hours::Office);
        flow.set("soort", Value::Word("zaak"));
        flow.act_with(CONTACT, function)
            .set("persoon", person(subject))
            .set("zaaknummer", Value::Text(case_number(number)));
        contacts.push(Contact { day, subject, number });
        cases.push(flow.done());
    }
    contacts
}

fn case_number(number: usize) -> String {
    format!("Z{:06}", 500_000 + number)
}

fn person(subject: usize) -> Value {
    Value::Text(format!("burger-{subject:05}"))
}

type User = (F, &'static str, f64);

fn session(
    ground: &Ground,
    dice: &mut Dice,
    id: String,
    day: i32,
    ((function, system, _), contacts): (User, &[Contact]),
) -> Case {
    let mut flow = Flow::begin(ground, dice, id, day, Hours::Office);
    flow.set("soort", Value::Word("raadpleging"));
    let user = flow.pick(function, &[]);
    entry(&mut flow, LOGIN, user, system);
    let subjects = 1 + flow.dice.weighted([0.35, 0.35, 0.2, 0.1].into_iter());
    for _ in 0..subjects {
        let Some(contact) = near(flow.dice, contacts, day) else { continue };
        let noted = flow.dice.chance(0.65);
        flow.minutes(3.0, 0.6);
        let found = flow.dice.between(1, 3);
        look_up(&mut flow, (SEARCH, user, system), contact, noted)
            .set("sleutel", Value::Word("bsn"))
            .set("resultaten", Value::Int(found));
        flow.minutes(0.7, 0.4);
        look_up(&mut flow, (VIEW, user, system), contact, noted);
        if flow.dice.chance(0.03) {
            flow.minutes(1.0, 0.3);
            let name = if flow.dice.chance(0.7) { PRINT } else { EXPORT };
            look_up(&mut flow, (name, user, system), contact, noted);
        }
    }
    flow.minutes(4.0, 0.6);
    entry(&mut flow, LOGOUT, user, system);
    let mut case = flow.done();
    // What would run past closing time is not done any more.
    case.events.retain(|e| e.at.day() == day);
    case
}

fn entry<'f>(
    flow: &'f mut Flow<'_>,
    activity: &'static str,
    user: Hand,
    system: &'static str,
) -> &'f mut crate::case::Event {
    let event = flow.log(activity, user);
    event.set("systeem", Value::Word(system)).set("account", Value::Word(user.0));
    event
}

fn look_up<'f>(
    flow: &'f mut Flow<'_>,
    (activity, user, system): (&'static str, Hand, &'static str),
    contact: Contact,
    noted: bool,
) -> &'f mut crate::case::Event {
    let event = entry(flow, activity, user, system);
    event.set("persoon", person(contact.subject));
    if noted {
        event.set("zaaknummer", Value::Text(case_number(contact.number)));
    }
    event
}

/// A contact of the days before, or the nearest one after.
fn near(dice: &mut Dice, contacts: &[Contact], day: i32) -> Option<Contact> {
    let from = contacts.partition_point(|c| c.day < day - NEAR);
    let to = contacts.partition_point(|c| c.day <= day + 3);
    let place = if from < to { from + dice.below(to - from) } else { return None };
    contacts.get(place).copied()
}

/// The first and the last day of the log.
fn span() -> (i32, i32) {
    (day_of(FIRST), day_of(LAST))
}
