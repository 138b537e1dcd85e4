//! The persons register: 3,500 cases a year. Moves and arrivals, corrections, research into
//! addresses, and supply to others. Every change writes a line in the audit trail.

mod around;
mod weak;

use crate::case::{Case, Event, Value};
use crate::clock::{Hours, Season, Stamp};
use crate::dice::Dice;
use crate::flow::{Flow, Ground};
use crate::planted::{item, rule};
use crate::plants::{Apart, Field, end};
use crate::staff::{Function as F, Hand, member};

const SEASON: [f64; 12] = [0.9, 0.9, 0.95, 1.0, 1.0, 1.1, 1.25, 1.3, 1.3, 1.0, 0.9, 0.8];

const DECLARE: &str = "Aangifte ontvangen";
const IDENTITY: &str = "Identiteit vastgesteld";
const SOURCE: &str = "Brondocument gescand";
const DOCUMENT: &str = "Document echtheid gecontroleerd";
const CONSENT: &str = "Toestemming hoofdbewoner ontvangen";
const DRAFT: &str = "Mutatie voorbereid";
const SECOND: &str = "Mutatie gecontroleerd";
const COMMIT: &str = "Mutatie verwerkt";
const DOUBT: &str = "Terugmelding ontvangen";
const RESEARCH: &str = "Gegeven in onderzoek geplaatst";
const DESK: &str = "Bureauonderzoek gedaan";
const VISIT: &str = "Huisbezoek gedaan";
const DECIDE: &str = "Besluit adresonderzoek";
const CLOSE: &str = "Onderzoek afgesloten";
const REQUEST: &str = "Verstrekkingsverzoek ontvangen";
const AUTHORISE: &str = "Verstrekking toegestaan";
const SUPPLY: &str = "Gegevens verstrekt";
const PROTOCOL: &str = "Verstrekking geprotocolleerd";
const AUDIT: &str = "Auditregel geschreven";

/// The service that writes the audit trail.
const SERVICE: Hand = ("svc-audit", "Systeem");

/// Steps that change something or decide, and so write a line in the audit trail.
const AUDITED: &[&str] = &[IDENTITY, DRAFT, SECOND, DESK, DECIDE];

/// All cases of two years, without any weakness.
pub(crate) fn build(ground: &Ground, dice: &mut Dice, count: usize) -> Vec<Case> {
    let days = Season::new(&ground.office, SEASON).starts(dice, count);
    let mut cases: Vec<Case> = days
        .into_iter()
        .enumerate()
        .map(|(at, day)| one(ground, dice, format!("BRP-{:06}", 100_001 + at), day))
        .filter_map(|mut case| case.cut(end()).then_some(case))
        .collect();
    around::add(ground, dice, &mut cases);
    cases
}

fn one(ground: &Ground, dice: &mut Dice, id: String, day: i32) -> Case {
    let kind = dice.weighed_word(&[
        ("verhuizing", 0.60),
        ("vestiging uit buitenland", 0.07),
        ("geboorte of erkenning", 0.08),
        ("correctie identiteitsgegevens", 0.05),
        ("briefadres", 0.02),
        ("adresonderzoek", 0.05),
        ("verstrekking", 0.13),
    ]);
    let hours = if kind == "adresonderzoek" { Hours::Office } else { Hours::Counter };
    let mut flow = Flow::begin(ground, dice, id, day, hours);
    let address = format!("08720200{:08}", 1_000 + flow.dice.below(10_400));
    flow.set("soort", Value::Word(kind)).set("bag_adres", Value::Text(address));
    match kind {
        "adresonderzoek" => research(&mut flow),
        "verstrekking" => supply(&mut flow),
        _ => mutation(&mut flow, kind),
    }
    audit(flow.done(), dice)
}

fn mutation(flow: &mut Flow<'_>, kind: &'static str) {
    let surface = flow.dice.between(45, 210);
    flow.set("gebruiksdoel", Value::Word("woonfunctie"))
        .set("oppervlakte", Value::Int(surface));
    let clerk = flow.pick(F::DeskClerk, &[]);
    // Declared from four weeks before until four days after the move.
    let moved = flow.at.day() + i32::try_from(flow.dice.between(-4, 24)).unwrap_or(0);
    flow.log(DECLARE, clerk).set("ingangsdatum", Value::Day(moved));
    flow.minutes(5.0, 0.4);
    flow.log(IDENTITY, clerk);
    let risk =
        matches!(kind, "vestiging uit buitenland" | "correctie identiteitsgegevens");
    if risk || kind == "geboorte of erkenning" {
        flow.minutes(6.0, 0.4);
        flow.log(SOURCE, clerk);
    }
    if risk {
        flow.hours(Hours::Office).minutes(90.0, 0.7);
        flow.act(DOCUMENT, F::DocumentSpecialist);
        flow.hours(Hours::Counter);
    }
    if kind == "briefadres" || (kind == "verhuizing" && flow.dice.chance(0.15)) {
        flow.minutes(30.0, 0.6);
        flow.log(CONSENT, clerk);
    }
    flow.minutes(40.0, 0.9);
    let clerk = flow.again(clerk, F::DeskClerk, &[]);
    flow.log(DRAFT, clerk).set("soort_mutatie", Value::Word(kind));
    if risk || kind == "briefadres" {
        flow.hours(Hours::Office).minutes(15.0, 0.1).minutes(160.0, 0.8);
        flow.act(SECOND, F::RegisterChecker);
    }
    flow.hours(Hours::Office).minutes(60.0, 0.8);
    let keeper = flow.act(COMMIT, F::BackOffice);
    flow.minutes(5.0, 0.3);
    flow.log("Bericht verzonden", keeper);
    flow.days(1.0, 0.4, 4);
    flow.act("Bevestigingsbrief verzonden", F::BackOffice);
}

fn research(flow: &mut Flow<'_>) {
    flow.set("gebruiksdoel", Value::Word("woonfunctie"));
    flow.act(DOUBT, F::BackOffice);
    flow.days(2.0, 0.4, 4);
    let researcher = flow.act(RESEARCH, F::AddressResearcher);
    flow.minutes(60.0, 0.5);
    flow.log(IDENTITY, researcher);
    flow.days(5.0, 0.4, 12);
    let researcher = flow.again(researcher, F::AddressResearcher, &[]);
    flow.log(DESK, researcher);
    if flow.dice.chance(0.7) {
        flow.days(6.0, 0.4, 15);
        let researcher = flow.again(researcher, F::AddressResearcher, &[]);
        flow.log(VISIT, researcher);
    }
    flow.days(9.0, 0.4, 20);
    flow.act(DECIDE, F::ResearchDecider);
    if flow.dice.chance(0.6) {
        flow.days(1.5, 0.4, 5);
        flow.act(COMMIT, F::BackOffice);
    }
    flow.days(1.5, 0.4, 5);
    flow.act(CLOSE, F::AddressResearcher);
}

fn supply(flow: &mut Flow<'_>) {
    flow.hours(Hours::Office);
    flow.act(REQUEST, F::SupplyOfficer);
    flow.days(1.5, 0.5, 6);
    flow.act(AUTHORISE, F::SupplyAuthoriser);
    flow.minutes(120.0, 0.8);
    let officer = flow.pick(F::SupplyOfficer, &[]);
    flow.tie().log(SUPPLY, officer);
    flow.minutes(3.0, 0.4);
    flow.log(PROTOCOL, officer);
    flow.untie();
}

/// Writes a line in the audit trail behind every change, some seconds later.
fn audit(mut case: Case, dice: &mut Dice) -> Case {
    let mut events = Vec::with_capacity(case.events.len() + 5);
    for mut event in case.events.drain(..) {
        let audited = AUDITED.contains(&event.activity);
        let line = Event {
            at: event.at.plus(dice.between(1, 9)),
            activity: AUDIT,
            who: SERVICE.0,
            unit: SERVICE.1,
            attributes: Vec::new(),
            rest: event.rest,
        };
        event.rest &= !audited;
        events.push(event);
        if audited {
            events.push(line);
        }
    }
    case.events = events;
    case
}

/// Steps that belong in different hands.
pub(crate) const APART: &[Apart] = &[
    ("draft-and-second-check", &[DRAFT], &[SECOND]),
    ("draft-and-document-check", &[DRAFT], &[DOCUMENT]),
    ("registration-and-research", &[DRAFT, COMMIT], &[DECIDE, CLOSE]),
    ("request-and-authorisation", &[REQUEST], &[AUTHORISE]),
];

/// Plants the weaknesses.
pub(crate) fn plant(field: &mut Field<'_>) {
    research_closed(field);
    let both = [rule("BRP-02")];
    field.one_hand(0.06, DRAFT, &[SECOND], &both);
    field.one_hand(0.02, DRAFT, &[DOCUMENT], &[]);
    field.one_hand(0.01, REQUEST, &[AUTHORISE], &[]);
    dates_and_dwellings(field);
    field.planter.cases(
        field.cases,
        0.008,
        &[rule("GEN-13")],
        |case| case.has(&[AUDIT, DRAFT]),
        |case, _| {
            case.drop(AUDIT);
            true
        },
    );
    without_audit(field, IDENTITY, DRAFT, 0.004, &[item("GEN-01", "identity-check")]);
    field.omit(0.005, AUTHORISE, SUPPLY, &[item("GEN-01", "authorise")]);
    field.omit(0.01, PROTOCOL, SUPPLY, &[item("GEN-01", "protocol-note")]);
    without_audit(field, DESK, DECIDE, 0.02, &[item("GEN-01", "desk-research")]);
    field.late(0.01, AUTHORISE, SUPPLY, &[item("GEN-04", "authorisation-before-supply")]);
    field.late(
        0.01,
        REQUEST,
        AUTHORISE,
        &[item("GEN-02", "request-before-authorisation")],
    );
    let fits = |case: &Case| case.has(&[SECOND, COMMIT]);
    let changed = [item("GEN-06", "check-before-commit")];
    field.planter.cases(field.cases, 0.01, &changed, fits, |case, dice| {
        let Some(at) = case.at(SECOND) else { return false };
        let to = at.plus(dice.between(60, 600));
        let Some(draft) = case.copy_of(DRAFT, DRAFT, to) else { return false };
        let Some(line) = case.copy_of(AUDIT, AUDIT, to.plus(4)) else { return false };
        case.insert(draft);
        case.insert(line);
        to.second() < 68_000 && to < end()
    });
    let evening = member(F::BackOffice, 2).0;
    field.evenings(evening, (COMMIT, &["Bericht verzonden"]), 0.35, rule("GEN-08"));
    field.after_service("t.wolters", CONSENT, rule("GEN-12"));
    weak::plant(field);
}

/// Leaves a step out together with its line in the audit trail.
fn without_audit(
    field: &mut Field<'_>,
    activity: &'static str,
    once: &'static str,
    share: f64,
    marks: &[crate::planted::Mark],
) {
    let fits = |case: &Case| case.has(&[activity, once]);
    field.planter.cases(field.cases, share, marks, fits, |case, _| {
        let place = case.events.iter().position(|e| e.activity == activity);
        let Some(at) = place else { return false };
        case.events.drain(at..(at + 2).min(case.events.len()));
        true
    });
}

fn research_closed(field: &mut Field<'_>) {
    let office = &field.ground.office;
    let quick = |case: &Case| {
        case.has(&[RESEARCH, DESK, DECIDE, CLOSE]) && !case.has(&[VISIT, COMMIT])
    };
    field.planter.cases(field.cases, 0.15, &[rule("BRP-08")], quick, |case, dice| {
        // Opened and closed on one day, and nobody went to look.
        case.drop(VISIT);
        let Some(opened) = case.at(RESEARCH) else { return false };
        let mut at = opened;
        let from = case.events.iter().position(|e| e.activity == RESEARCH).unwrap_or(0);
        let mut audit = false;
        for event in case.events.iter_mut().skip(from + 1) {
            let wait =
                if event.activity == AUDIT { 3 } else { dice.between(1_000, 1_800) };
            audit |= event.activity == AUDIT;
            at = at.plus(wait);
            event.at = at;
        }
        audit
            && at.second() < 64_000
            && office.is_open(at.day())
            && at.day() == opened.day()
    });
    let staff = &field.ground.staff;
    let own = |case: &Case| {
        let day = case.at(CLOSE).map_or(0, Stamp::day);
        case.has(&[COMMIT, DECIDE, CLOSE]) && staff.works(case.who(COMMIT), day)
    };
    field.planter.cases(field.cases, 0.08, &[rule("BRP-08")], own, |case, _| {
        let hand = case.hand_of(COMMIT);
        case.hand(CLOSE, hand);
        true
    });
}

fn dates_and_dwellings(field: &mut Field<'_>) {
    let fits =
        |case: &Case| case.has(&[DECLARE, COMMIT]) && case.is("soort", "verhuizing");
    field.planter.cases(field.cases, 0.015, &[rule("BRP-11")], fits, |case, dice| {
        let late = i32::try_from(dice.between(9, 60)).unwrap_or(9);
        let Some(event) = case.first_mut(DECLARE) else { return false };
        let day = event.at.day() - late;
        event.set("ingangsdatum", Value::Day(day));
        true
    });
    field.planter.cases(field.cases, 0.012, &[rule("BRP-05")], fits, |case, dice| {
        let other = dice.word(&[
            "industriefunctie",
            "logiesfunctie",
            "bijeenkomstfunctie",
            "winkelfunctie",
        ]);
        case.set("gebruiksdoel", Value::Word(other));
        true
    });
}
