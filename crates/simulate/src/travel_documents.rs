//! Travel documents: from appointment to delivery, 3,200 a year, most of them before the
//! summer.

mod around;
mod weak;

pub(crate) use around::surround;

use crate::case::{Case, Event, Value};
use crate::clock::{Hours, LAST, Season, Stamp, day_of};
use crate::dice::Dice;
use crate::flow::{Flow, Ground};
use crate::planted::{PlantedKind, item, rule};
use crate::plants::{Apart, Field, end};
use crate::staff::{Function as F, member};

pub(crate) const SEASON: [f64; 12] =
    [0.95, 0.95, 1.05, 1.2, 1.7, 1.75, 1.35, 0.8, 0.75, 0.75, 0.75, 0.7];

const APPOINTMENT: &str = "Afspraak gemaakt";
const TICKET: &str = "Klant aangemeld bij balie";
const LOSS: &str = "Vermissing aangegeven";
const IDENTIFY: &str = "Identiteit aanvrager vastgesteld";
const APPLY: &str = "Aanvraag opgenomen";
const PHOTO: &str = "Foto en vingerafdrukken opgenomen";
const CHECK: &str = "Fotocontrole uitgevoerd";
const ALERT: &str = "Signalering gecontroleerd";
const FEE: &str = "Leges betaald";
const REFUND: &str = "Leges terugbetaald";
const DECIDE: &str = "Besluit verstrekking genomen";
const SEND: &str = "Bestand verzonden naar producent";
const SHIPMENT: &str = "Zending ontvangen";
const STOCK: &str = "Document in voorraad geboekt";
const AT_DELIVERY: &str = "Identiteit bij uitreiking vastgesteld";
const DELIVER: &str = "Document uitgereikt";
const OLD: &str = "Oud document ingenomen";
const REGISTER: &str = "Uitreiking geregistreerd";
const UPDATE: &str = "Document in BRP bijgewerkt";
const WITHDRAW: &str = "Document ingetrokken: niet afgehaald";
const EXEMPT: &str = "Afwijking functiescheiding vastgelegd";
const EXEMPT_CHECK: &str = "Afwijking achteraf gecontroleerd";

const ONLINE: (&str, &str) = ("afsprakensysteem", "Systeem");
const KIOSK: (&str, &str) = ("aanmeldzuil", "Systeem");

/// Days within which an exemption must be looked at afterwards.
const CHECK_DAYS: i32 = 30;

/// All cases of two years, without any weakness.
pub(crate) fn build(ground: &Ground, dice: &mut Dice, count: usize) -> Vec<Case> {
    let days = Season::new(&ground.office, SEASON).starts(dice, count);
    let mut cases = Vec::with_capacity(count);
    for (at, day) in days.into_iter().enumerate() {
        let id = format!("RD-{:06}", 410_000 + at);
        let mut case = one(ground, dice, id, day);
        case.set("documentnummer", Value::Text(format!("ND{:07}", 3_100_000 + 7 * at)));
        if case.cut(end()) {
            cases.push(case);
        }
    }
    around::add(ground, dice, &mut cases);
    cases
}

fn one(ground: &Ground, dice: &mut Dice, id: String, day: i32) -> Case {
    let mut flow = Flow::begin(ground, dice, id, day, Hours::Counter);
    let kind = flow.dice.weighed_word(&[
        ("paspoort", 0.56),
        ("identiteitskaart", 0.42),
        ("zakenpaspoort", 0.02),
    ]);
    let holder = format!("burger-{:05}", flow.dice.below(24_000));
    flow.set("documentsoort", Value::Word(kind))
        .set("aanvrager", Value::Text(holder))
        .set("locatie", Value::Word("Gemeentehuis Dijkveen"));
    // An appointment is made for nine in ten; the others walk in.
    if flow.dice.chance(0.9) {
        flow.log(APPOINTMENT, ONLINE);
        flow.days(4.0, 0.7, 25);
    }
    flow.log(TICKET, KIOSK);
    let clerk = at_the_desk(&mut flow, kind);
    flow.minutes(12.0, 0.05).minutes(25.0, 0.8);
    let decider = flow.pick(F::BackOffice, &[clerk.0]);
    flow.log(DECIDE, decider).set("uitkomst", Value::Word("verstrekt"));
    flow.minutes(9.0, 0.5);
    flow.log(SEND, decider);
    flow.hours(Hours::Office).days(4.0, 0.25, 9);
    let receiver = flow.act(SHIPMENT, F::ShipmentReceiver);
    flow.minutes(14.0, 0.5);
    flow.log(STOCK, receiver);
    if flow.dice.chance(0.015) {
        let day = flow.at.day() + i32::try_from(flow.dice.between(83, 87)).unwrap_or(84);
        flow.until(day);
        flow.act(WITHDRAW, F::BackOffice);
    } else {
        deliver(&mut flow, clerk.0, decider.0);
    }
    flow.done()
}

fn at_the_desk(flow: &mut Flow<'_>, kind: &'static str) -> (&'static str, &'static str) {
    flow.minutes(7.0, 0.6);
    let clerk = flow.act(IDENTIFY, F::DeskClerk);
    if flow.dice.chance(0.035) {
        flow.minutes(3.0, 0.3);
        flow.log(LOSS, clerk);
    }
    flow.minutes(2.5, 0.4);
    flow.log(APPLY, clerk);
    flow.minutes(3.0, 0.4);
    flow.log(PHOTO, clerk);
    flow.minutes(1.0, 0.3);
    photo_check(flow, clerk);
    flow.minutes(1.5, 0.4);
    flow.log(ALERT, clerk);
    flow.minutes(2.0, 0.4);
    let fee = match kind {
        "paspoort" => 8_685,
        "identiteitskaart" => 7_890,
        _ => 9_320,
    };
    let means = if flow.dice.chance(0.97) { "pin" } else { "contant" };
    flow.log(FEE, clerk)
        .set("leges", Value::Money(fee))
        .set("betaalwijze", Value::Word(means));
    clerk
}

/// A rejected photo is taken again, or used with a reason on record.
fn photo_check(flow: &mut Flow<'_>, clerk: (&'static str, &'static str)) {
    let rejected = flow.dice.chance(0.045);
    if !rejected {
        flow.log(CHECK, clerk).set("uitslag_foto", Value::Word("accept"));
    } else if flow.dice.chance(0.3) {
        let reason = flow.dice.word(&[
            "Baby, mond niet geheel gesloten; beoordeeld met leidinggevende",
            "Medische reden, verklaring van arts gezien",
            "Blind; blikrichting kan niet worden aangepast",
        ]);
        flow.log(CHECK, clerk)
            .set("uitslag_foto", Value::Word("reject"))
            .set("reden_foto", Value::Word(reason));
    } else {
        flow.log(CHECK, clerk).set("uitslag_foto", Value::Word("reject"));
        flow.minutes(6.0, 0.4);
        flow.log(PHOTO, clerk);
        flow.minutes(1.0, 0.3);
        flow.log(CHECK, clerk).set("uitslag_foto", Value::Word("accept"));
    }
}

fn deliver(flow: &mut Flow<'_>, clerk: &str, decider: &str) {
    flow.hours(Hours::Counter).days(5.0, 0.7, 34);
    let deliverer = flow.pick(F::Deliverer, &[clerk, decider]);
    flow.tie();
    flow.log(AT_DELIVERY, deliverer);
    flow.minutes(2.0, 0.3);
    flow.log(DELIVER, deliverer);
    if flow.dice.chance(0.82) {
        flow.minutes(1.0, 0.3);
        flow.log(OLD, deliverer);
    }
    flow.minutes(1.0, 0.3);
    flow.log(REGISTER, deliverer);
    flow.untie().hours(Hours::Office).minutes(40.0, 0.7);
    flow.act(UPDATE, F::BackOffice);
}

/// Steps that belong in different hands.
pub(crate) const APART: &[Apart] = &[
    ("application-and-delivery", &[APPLY], &[DELIVER]),
    ("application-and-decision", &[APPLY], &[DECIDE, SEND]),
    ("decision-and-delivery", &[DECIDE], &[DELIVER]),
    ("stock-and-delivery", &[SHIPMENT, STOCK], &[DELIVER]),
    ("exemption-and-check", &[EXEMPT], &[EXEMPT_CHECK]),
];

/// Plants the weaknesses.
pub(crate) fn plant(field: &mut Field<'_>) {
    one_official(field);
    photos(field);
    fees(field);
    stock(field);
    field.omit(0.002, ALERT, DECIDE, &[item("GEN-01", "alert-check"), rule("REI-11")]);
    field.omit(0.002, IDENTIFY, DECIDE, &[item("GEN-01", "identify")]);
    field.omit(0.002, REGISTER, DELIVER, &[item("GEN-01", "register-delivery")]);
    let late = [item("GEN-02", "alert-check-before-decision"), rule("REI-11")];
    field.late(0.002, ALERT, DECIDE, &late);
    field.late(0.002, DECIDE, SEND, &[item("GEN-04", "decision-before-production")]);
    field.change_after(
        0.002,
        DECIDE,
        (PHOTO, PHOTO),
        &[item("GEN-06", "decision-before-production")],
    );
    field.one_hand(0.004, APPLY, &[DECIDE, SEND], &[rule("REI-02")]);
    field.one_hand(0.002, DECIDE, &[AT_DELIVERY, DELIVER], &[]);
    field.one_hand(0.002, STOCK, &[AT_DELIVERY, DELIVER], &[]);
    let evening = member(F::BackOffice, 2).0;
    field.evenings(evening, (DECIDE, &[SEND]), 0.2, rule("GEN-08"));
    field.after_service("t.wolters", IDENTIFY, rule("GEN-12"));
    weak::plant(field);
}

/// 27 in 100 documents are handed over by the official who took the application (S3).
fn one_official(field: &mut Field<'_>) {
    let staff = &field.ground.staff;
    let fits = |case: &Case| {
        let day = case.at(DELIVER).map_or(0, Stamp::day);
        case.has(&[APPLY, DELIVER]) && staff.works(case.who(APPLY), day)
    };
    let delivered = field.cases.iter().filter(|c| c.has(&[DELIVER])).count();
    let able = field.cases.iter().filter(|c| fits(c)).count().max(1);
    let share = 0.27 * delivered as f64 / able as f64;
    let marks = [rule("REI-01")];
    let mut unrecorded = Vec::new();
    let office = &field.ground.office;
    field.planter.cases(field.cases, share, &marks, fits, |case, dice| {
        let hand = case.hand_of(APPLY);
        for activity in [AT_DELIVERY, DELIVER, OLD, REGISTER] {
            case.hand(activity, hand);
        }
        let Some(at) = case.at(DELIVER) else { return false };
        // Most exceptions are on record and looked at afterwards, as the rules ask.
        let way = dice.unit();
        let noted = office.moment(dice, at.day(), Hours::Office, at);
        let checked = office.add_open(noted.day(), dice.between(3, 15));
        let checked = office.moment(dice, checked, Hours::Office, noted);
        if way < 0.97 {
            case.insert(exemption(EXEMPT, noted, F::ProcessManager));
        }
        if way < 0.95 {
            case.insert(exemption(EXEMPT_CHECK, checked, F::SecurityOfficer));
        }
        let term_over = noted.day() + CHECK_DAYS < day_of(LAST);
        if way >= 0.97 || (way >= 0.95 && term_over) {
            unrecorded.push(case.id.clone());
        }
        case.cut(end())
    });
    for id in unrecorded {
        field.planter.note_case(rule("REI-14"), &id);
    }
}

fn exemption(activity: &'static str, at: Stamp, function: F) -> Event {
    let (who, unit) = member(function, 0);
    let mut event = Event { at, activity, who, unit, attributes: Vec::new(), rest: true };
    event.set("reden", Value::Word("Te weinig bezetting aan de balie op deze dag"));
    event
}

fn photos(field: &mut Field<'_>) {
    let fits = |case: &Case| case.has(&[CHECK, SEND]);
    field.planter.cases(field.cases, 0.028, &[rule("REI-03")], fits, |case, dice| {
        let short = dice.chance(0.4);
        let Some(check) = case.events.iter_mut().rev().find(|e| e.activity == CHECK)
        else {
            return false;
        };
        check.set("uitslag_foto", Value::Word("reject"));
        check.attributes.retain(|(name, _)| *name != "reden_foto");
        if short {
            check.set("reden_foto", Value::Word("ok"));
        }
        true
    });
}

fn fees(field: &mut Field<'_>) {
    field.omit(0.005, FEE, DELIVER, &[rule("REI-08"), item("GEN-01", "fee-paid")]);
    let fits = |case: &Case| case.has(&[FEE, DELIVER]);
    field.planter.cases(field.cases, 0.004, &[rule("REI-08")], fits, |case, dice| {
        let Some(at) = case.at(FEE) else { return false };
        let back = at.plus(dice.between(60, 600));
        let Some(event) = case.copy_of(FEE, REFUND, back) else { return false };
        case.insert(event);
        true
    });
}

/// Documents that lie in stock for more than three months and are handed over after all.
fn stock(field: &mut Field<'_>) {
    let fits = |case: &Case| {
        case.has(&[STOCK, DELIVER])
            && case.at(STOCK).is_some_and(|at| at.day() < day_of(LAST) - 200)
    };
    let office = &field.ground.office;
    let staff = &field.ground.staff;
    let mut documents = Vec::new();
    field.planter.cases(field.cases, 0.006, &[], fits, |case, dice| {
        let days = i32::try_from(dice.between(98, 130)).unwrap_or(98);
        let Some(from) = case.events.iter().position(|e| e.activity == AT_DELIVERY)
        else {
            return false;
        };
        let day = case.events.get(from).map_or(0, |e| e.at.day());
        let late = office.open_from(day + days);
        if !staff.serves(case.who(DELIVER), late) {
            return false;
        }
        for event in case.events.iter_mut().skip(from) {
            let to = office.open_from(event.at.day() + late - day);
            event.at = event.at.plus_days(to - event.at.day());
        }
        if let Some(Value::Text(document)) = case.get("documentnummer") {
            documents.push((document.clone(), case.id.clone()));
        }
        true
    });
    for (document, id) in documents {
        field.planter.note(rule("REI-09"), PlantedKind::Group, document, None, vec![id]);
    }
}
