//! Supervision and enforcement: 400 cases a year, four in ten with a follow-up.

mod details;
mod terms;
mod tours;
mod weaknesses;

use crate::case::{Case, Event, Value};
use crate::clock::{Hours, LAST, Season, day_of};
use crate::dice::Dice;
use crate::flow::{Flow, Ground};
use crate::planted::{item, rule};
use crate::plants::{Apart, Field, end};
use crate::staff::{Function as F, Hand};

const SEASON: [f64; 12] = [0.9, 0.9, 1.1, 1.1, 1.2, 1.2, 0.9, 0.8, 1.1, 1.1, 1.0, 0.7];

const SIGNAL: &str = "Melding ontvangen";
const RISK: &str = "Risicoklasse bepaald";
const PLAN: &str = "Controle gepland";
const LIST: &str = "Object op de risicolijst gezet";
const UNLIST: &str = "Object van de risicolijst gehaald";
const ANNOUNCE: &str = "Controle aangekondigd";
const ASSIGN: &str = "Zaak toegewezen";
const VISIT: &str = "Controle uitgevoerd";
const REPORT: &str = "Controlerapport ingediend";
const CHANGE: &str = "Controlerapport gewijzigd";
const PEER: &str = "Collegiale toets";
const WEIGH: &str = "Weging LHSO";
const INTENT: &str = "Voornemen verzonden";
const VIEWS: &str = "Zienswijze ontvangen";
const SANCTION: &str = "Last onder dwangsom opgelegd";
const NOTIFY: &str = "Besluit verzonden";
const GRACE: &str = "Begunstigingstermijn gestart";
const EXTEND: &str = "Begunstigingstermijn verlengd";
const RECHECK: &str = "Hercontrole uitgevoerd";
const FORFEIT: &str = "Dwangsom verbeurd";
const COLLECT: &str = "Invorderingsbesluit genomen";
const PAID: &str = "Betaling ontvangen";
const OBJECTION: &str = "Bezwaarschrift ontvangen";
const OBJECTION_DECISION: &str = "Beslissing op bezwaar genomen";
const WITHDRAW: &str = "Last ingetrokken";
const WITHDRAW_SECOND: &str = "Last ingetrokken: medeondertekend";
const CLOSED: &str = "Zaak gesloten";

/// Days within which a decision must be sent.
const SEND_DAYS: i32 = 122;

/// All cases of two years, without any weakness.
pub(crate) fn build(ground: &Ground, dice: &mut Dice, count: usize) -> Vec<Case> {
    let days = Season::new(&ground.office, SEASON).starts(dice, count);
    let mut cases: Vec<Case> = days
        .into_iter()
        .enumerate()
        .map(|(at, day)| one(ground, dice, format!("THH-{:05}", 9_001 + at), day))
        .filter_map(|mut case| case.cut(end()).then_some(case))
        .collect();
    details::add(ground, dice, &mut cases, count);
    cases
}

fn one(ground: &Ground, dice: &mut Dice, id: String, day: i32) -> Case {
    let mut flow = Flow::begin(ground, dice, id, day, Hours::Office);
    flow.evenings(0.004);
    describe(&mut flow);
    if flow.dice.chance(0.45) {
        flow.act(SIGNAL, F::Planner);
        flow.days(2.0, 0.6, 8);
    }
    flow.act(RISK, F::Planner);
    flow.minutes(90.0, 0.8);
    let planner = flow.act(PLAN, F::Planner);
    flow.minutes(30.0, 0.8);
    flow.log(ASSIGN, planner);
    flow.days(8.0, 0.6, 30);
    let inspector = flow.pick(F::Inspector, &[]);
    let kind = if flow.dice.chance(0.75) { "onaangekondigd" } else { "aangekondigd" };
    flow.log(VISIT, inspector).set("soort_controle", Value::Word(kind));
    flow.days(1.5, 0.6, 6);
    let inspector = flow.again(inspector, F::Inspector, &[]);
    flow.log(REPORT, inspector);
    flow.days(2.0, 0.5, 7);
    let reviewer = flow.act(PEER, F::PeerReviewer);
    if flow.dice.chance(0.06) {
        // Sent back: changed, handed in again and read again.
        flow.days(1.0, 0.4, 4);
        let inspector = flow.again(inspector, F::Inspector, &[]);
        flow.tie().log(CHANGE, inspector);
        flow.minutes(20.0, 0.5);
        flow.log(REPORT, inspector);
        flow.days(1.0, 0.4, 4);
        let reviewer = flow.again(reviewer, F::PeerReviewer, &[]);
        flow.log(PEER, reviewer);
        flow.untie();
    }
    if flow.dice.chance(0.58) {
        flow.days(1.0, 0.5, 5);
        flow.log(CLOSED, inspector).set("uitkomst", Value::Word("geen overtreding"));
        return flow.done();
    }
    sanction(&mut flow);
    flow.done()
}

fn describe(flow: &mut Flow<'_>) {
    let kind = flow.dice.weighed_word(&[
        ("bouw en gebruik", 0.34),
        ("milieu", 0.26),
        ("horeca en openbare orde", 0.22),
        ("huisvesting", 0.18),
    ]);
    let risk = flow.dice.weighed_word(&[("laag", 0.45), ("midden", 0.35), ("hoog", 0.2)]);
    let party = format!("onderneming-{:04}", flow.dice.below(900));
    let object = format!("08720100{:08}", 1_000 + flow.dice.below(9_800));
    flow.set("thema", Value::Word(kind))
        .set("risicoklasse", Value::Word(risk))
        .set("betrokkene", Value::Text(party))
        .set("bag_object", Value::Text(object));
}

fn sanction(flow: &mut Flow<'_>) {
    flow.days(3.0, 0.5, 10);
    let cell = flow.dice.word(&["A2", "B2", "B3", "C3", "C4"]);
    let lawyer = flow.act(WEIGH, F::EnforcementLawyer);
    if let Some(event) = flow.case.first_mut(WEIGH) {
        event.set("cel_lhso", Value::Word(cell));
    }
    flow.days(3.0, 0.5, 10);
    let lawyer = flow.again(lawyer, F::EnforcementLawyer, &[]);
    flow.log(INTENT, lawyer);
    flow.days(10.0, 0.2, 14);
    if flow.dice.chance(0.4) {
        flow.act(VIEWS, F::EnforcementLawyer);
        flow.days(3.0, 0.4, 8);
    }
    let decider = flow.pick(F::EnforcementMandate, &[]);
    let today = flow.at.day();
    let amount = flow.dice.cents(5_000.0, 0.7, 50_000);
    flow.tie()
        .log(SANCTION, decider)
        .set("uitkomst", Value::Word("opgelegd"))
        .set("bedrag", Value::Money(amount))
        .set("ingangsdatum", Value::Day(today));
    flow.minutes(100.0, 0.8);
    flow.log(NOTIFY, decider);
    flow.untie().days(1.0, 0.3, 3);
    flow.act(GRACE, F::EnforcementLawyer);
    follow_up(flow, decider, amount);
}

fn follow_up(flow: &mut Flow<'_>, decider: Hand, amount: i64) {
    if flow.dice.chance(0.12) {
        flow.days(12.0, 0.3, 20);
        flow.act(OBJECTION, F::ObjectionLawyer);
        flow.days(6.0, 0.3, 10);
    }
    if flow.dice.chance(0.08) {
        flow.days(8.0, 0.3, 14);
        let first = flow.pick(F::SecondMandate, &[decider.0]);
        flow.tie()
            .log(WITHDRAW, first)
            .set("reden", Value::Word("Verzoek van overtreder, 5:34 Awb"));
        flow.minutes(180.0, 0.6);
        let second = flow.pick(F::SecondMandate, &[decider.0, first.0]);
        flow.log(WITHDRAW_SECOND, second);
        flow.untie();
    } else {
        flow.days(14.0, 0.3, 22);
        if flow.dice.chance(0.1) {
            flow.log(EXTEND, decider);
            flow.days(12.0, 0.3, 20);
        }
        flow.act(RECHECK, F::Inspector);
        // While an objection is pending nothing is collected.
        if flow.dice.chance(0.3) && !flow.case.has(&[OBJECTION]) {
            forfeited(flow, amount);
        }
    }
    if flow.case.has(&[OBJECTION]) {
        flow.days(20.0, 0.3, 30);
        let lawyer = flow.pick(F::ObjectionLawyer, &[]);
        flow.log(OBJECTION_DECISION, lawyer)
            .set("uitkomst_bezwaar", Value::Word("ongegrond"));
    }
    flow.days(4.0, 0.5, 15);
    flow.act(CLOSED, F::EnforcementLawyer);
}

fn forfeited(flow: &mut Flow<'_>, amount: i64) {
    flow.days(2.0, 0.5, 7);
    flow.act_with(FORFEIT, F::EnforcementLawyer).set("bedrag", Value::Money(amount));
    flow.days(22.0, 0.5, 90);
    flow.act_with(COLLECT, F::Collector).set("bedrag", Value::Money(amount));
    flow.days(25.0, 0.4, 60);
    flow.act_with(PAID, F::Collector).set("bedrag", Value::Money(amount));
}

/// Steps that belong in different hands.
pub(crate) const APART: &[Apart] = &[
    ("planning-and-visit", &[PLAN, ASSIGN], &[VISIT]),
    ("inspection-and-sanction", &[VISIT, REPORT], &[SANCTION]),
    (
        "inspection-and-collection",
        &[VISIT, REPORT],
        &[COLLECT, WITHDRAW, WITHDRAW_SECOND],
    ),
    ("reporting-and-peer-check", &[REPORT], &[PEER]),
    ("sanction-and-withdrawal", &[SANCTION], &[WITHDRAW, WITHDRAW_SECOND]),
    ("sanction-and-objection", &[SANCTION], &[OBJECTION_DECISION]),
];

/// Plants the weaknesses.
pub(crate) fn plant(field: &mut Field<'_>) {
    weaknesses::lenient(field);
    collection(field);
    rechecks(field);
    reports(field);
    field.one_hand(0.05, REPORT, &[SANCTION], &[rule("THH-02")]);
    field.one_hand(0.03, REPORT, &[COLLECT], &[rule("THH-02")]);
    field.one_hand(0.02, REPORT, &[PEER], &[]);
    field.one_hand(0.01, ASSIGN, &[VISIT, REPORT], &[]);
    field.one_hand(0.06, SANCTION, &[OBJECTION_DECISION], &[]);
    // The second signature is missing, or it is that of the same person.
    field.planter.cases(
        field.cases,
        0.3,
        &[rule("THH-06")],
        |case| case.has(&[WITHDRAW, WITHDRAW_SECOND]) && !case.who(WITHDRAW).is_empty(),
        |case, _| {
            case.drop(WITHDRAW_SECOND);
            true
        },
    );
    field.omit(0.01, INTENT, SANCTION, &[item("GEN-01", "intent")]);
    unsent(field);
    field.late(0.01, ASSIGN, VISIT, &[item("GEN-02", "assignment-before-visit")]);
    field.late(0.01, WEIGH, SANCTION, &[item("GEN-02", "weighing-before-decision")]);
    field.late(0.01, PEER, SANCTION, &[item("GEN-04", "peer-check-before-decision")]);
    field.late(0.01, SANCTION, NOTIFY, &[item("GEN-04", "decision-before-sending")]);
    sent_before(field);
    field.backdate(0.02, SANCTION, "ingangsdatum", 20, rule("GEN-07"));
    weaknesses::plant(field);
    terms::plant(field);
}

fn collection(field: &mut Field<'_>) {
    let early = |case: &Case| {
        case.has(&[FORFEIT, COLLECT])
            && case.at(FORFEIT).is_some_and(|a| a.day() < day_of(LAST) - 380)
    };
    field.planter.cases(field.cases, 0.3, &[rule("THH-07")], early, |case, _| {
        case.drop(COLLECT);
        case.drop(PAID);
        true
    });
}

fn rechecks(field: &mut Field<'_>) {
    let early = |case: &Case| {
        let last = case
            .events
            .iter()
            .rev()
            .find(|e| e.activity == GRACE || e.activity == EXTEND);
        let over = last.is_some_and(|e| e.at.day() < day_of(LAST) - 100);
        over && case.has(&[RECHECK])
    };
    let forfeit = |case: &Case| early(case) && case.has(&[FORFEIT]);
    let marks = [rule("THH-09"), item("GEN-01", "recheck")];
    field.planter.cases(field.cases, 0.1, &marks, forfeit, |case, _| {
        case.drop(RECHECK);
        true
    });
    let early = |case: &Case| early(case) && !case.has(&[FORFEIT]);
    field.planter.cases(field.cases, 0.08, &[rule("THH-09")], early, |case, _| {
        case.drop(RECHECK);
        true
    });
}

/// Reports that are changed after they were handed in: before the decision, and after it.
fn reports(field: &mut Field<'_>) {
    let late = [rule("THH-13"), item("GEN-06", "peer-check-before-decision")];
    field.change_after(0.02, PEER, (REPORT, CHANGE), &late);
    let fits = |case: &Case| case.has(&[SANCTION, NOTIFY, REPORT]);
    let both = [
        rule("THH-13"),
        item("GEN-06", "peer-check-before-decision"),
        item("GEN-06", "decision-before-sending"),
    ];
    field.planter.cases(field.cases, 0.02, &both, fits, |case, dice| {
        let Some(at) = case.at(SANCTION) else { return false };
        let to = at.plus(dice.between(120, 900));
        let Some(event) = case.copy_of(REPORT, CHANGE, to) else { return false };
        case.insert(Event { rest: true, ..event });
        to.second() < 68_000
    });
}

/// Decisions that were never sent, and whose term for sending is over.
fn unsent(field: &mut Field<'_>) {
    let fits = |case: &Case| {
        let over = case.at(SANCTION).is_some_and(|at| at.day() < day_of(LAST) - 130);
        over && case.has(&[NOTIFY]) && !case.has(&[PAID]) && !case.has(&[WITHDRAW])
    };
    let marks = [item("GEN-01", "notify"), rule("THH-16")];
    field.planter.cases(field.cases, 0.02, &marks, fits, |case, _| {
        case.drop(NOTIFY);
        true
    });
}

/// A decision that was sent before it was taken is, by the log, not sent afterwards.
fn sent_before(field: &mut Field<'_>) {
    for case in field.cases.iter() {
        let (Some(decided), Some(sent)) = (case.at(SANCTION), case.at(NOTIFY)) else {
            continue;
        };
        let term = decided.day()..=decided.day() + SEND_DAYS;
        let settled = case
            .events
            .iter()
            .any(|e| matches!(e.activity, PAID | WITHDRAW) && term.contains(&e.at.day()));
        if sent < decided && *term.end() < day_of(LAST) && !settled {
            field.planter.note_case(rule("THH-16"), &case.id);
        }
    }
}
