//! Permits and exemptions: 650 a year, with advice, Bibob where the policy asks for it, and
//! objection.

mod behind;
mod dossier;

use crate::case::{Case, Value};
use crate::clock::{Hours, Season, Stamp, day_of};
use crate::dice::Dice;
use crate::flow::{Flow, Ground};
use crate::planted::{PlantedKind, item, rule};
use crate::plants::{Apart, Field, end};
use crate::staff::{Function as F, Hand, member};
use model::Date;

const SEASON: [f64; 12] =
    [0.9, 1.0, 1.25, 1.2, 1.15, 1.1, 0.8, 0.75, 1.05, 1.05, 0.95, 0.7];

const RECEIVED: &str = "Aanvraag ontvangen";
const COMPLETE: &str = "Ontvankelijkheid getoetst";
const FORM: &str = "Bibob-vragenformulier ontvangen";
const RESEARCH: &str = "Bibob eigen onderzoek";
const REQUEST: &str = "Advies LBB gevraagd";
const BUREAU: &str = "Advies LBB ontvangen";
const ADVICE: &str = "Advies ontvangen";
const PUBLISH: &str = "Aanvraag gepubliceerd";
const VIEWS: &str = "Zienswijze ontvangen";
const DRAFT: &str = "Conceptbesluit opgesteld";
const PEER: &str = "Juridisch getoetst";
const DECIDE: &str = "Besluit genomen";
const SIGN: &str = "Besluit ondertekend";
const NOTIFY: &str = "Besluit verzonden";
const PUBLISHED: &str = "Besluit gepubliceerd";
const CHANGE: &str = "Document gewijzigd";
const WITHDRAW: &str = "Aanvraag ingetrokken";
const SUPERVISE: &str = "Toezicht gestart";
const OBJECTION: &str = "Bezwaarschrift ontvangen";
const OBJECTION_DECISION: &str = "Beslissing op bezwaar genomen";

/// Up to this amount a team leader decides; above it the head of the department.
const TEAM_LIMIT: i64 = 25_000_000;
const HEAD_LIMIT: i64 = 1_000_000_000;

/// From this day on the case system refuses that whoever handled a case decides on it: the
/// measure of the plan (see `people`) that shows in the data.
pub(crate) const ROLES_SPLIT: Date = Date::constant(2025, 12, 1);
/// Of the cases in which the handler could have decided, this share was decided so before.
const SHARE_BEFORE: f64 = 0.22;
/// Afterwards only where somebody is given both roles by hand.
const SHARE_AFTER: f64 = 0.015;

/// All cases of two years, without any weakness.
pub(crate) fn build(ground: &Ground, dice: &mut Dice, count: usize) -> Vec<Case> {
    let days = Season::new(&ground.office, SEASON).starts(dice, count);
    let mut cases: Vec<Case> = days
        .into_iter()
        .enumerate()
        .map(|(at, day)| one(ground, dice, format!("VER-{:05}", 20_001 + at), day))
        .filter_map(|mut case| case.cut(end()).then_some(case))
        .collect();
    dossier::fill(dice, &mut cases);
    cases
}

fn one(ground: &Ground, dice: &mut Dice, id: String, day: i32) -> Case {
    let mut flow = Flow::begin(ground, dice, id, day, Hours::Office);
    flow.evenings(0.004);
    let kind = describe(&mut flow);
    let bibob = matches!(kind, "exploitatievergunning horeca" | "alcoholvergunning");
    flow.act(RECEIVED, F::PermitIntake);
    flow.minutes(50.0, 1.0);
    flow.act("Ontvangstbevestiging verzonden", F::PermitIntake);
    flow.days(3.0, 0.6, 12);
    let handler = complete(&mut flow);
    if matches!(kind, "omgevingsvergunning bouwen" | "evenementenvergunning") {
        flow.days(1.0, 0.4, 4);
        flow.act(PUBLISH, F::Publisher);
    }
    if bibob {
        bibob_steps(&mut flow);
    }
    if flow.dice.chance(0.75) {
        flow.days(6.0, 0.5, 18);
        let positive = flow.dice.chance(0.9);
        let outcome = if positive { "positief" } else { "negatief" };
        flow.act_with(ADVICE, F::PermitAdviser)
            .set("uitkomst_advies", Value::Word(outcome));
    }
    if flow.case.has(&[PUBLISH]) && flow.dice.chance(0.12) {
        flow.days(3.0, 0.4, 9);
        flow.act(VIEWS, F::PermitIntake);
    }
    if flow.dice.chance(0.03) {
        flow.days(2.0, 0.5, 9);
        flow.act(WITHDRAW, F::PermitIntake);
        return flow.done();
    }
    decision(&mut flow, handler);
    flow.done()
}

/// Kind, amount, applicant and place of a case.
fn describe(flow: &mut Flow<'_>) -> &'static str {
    let kind = flow.dice.weighed_word(&[
        ("omgevingsvergunning bouwen", 0.38),
        ("omgevingsvergunning kappen", 0.14),
        ("evenementenvergunning", 0.16),
        ("exploitatievergunning horeca", 0.10),
        ("alcoholvergunning", 0.08),
        ("inritvergunning", 0.08),
        ("standplaatsvergunning", 0.06),
    ]);
    let cents = match kind {
        "omgevingsvergunning bouwen" => {
            flow.dice.cents(42_000.0, 1.25, 50_000).min(450_000_000)
        }
        _ => flow.dice.cents(900.0, 0.6, 1_000),
    };
    let applicant = format!("aanvrager-{:04}", flow.dice.below(2_400));
    let object = format!("08720100{:08}", 1_000 + flow.dice.below(9_800));
    let district = flow.dice.word(&[
        "Centrum",
        "Dijkzicht",
        "Polder",
        "Havenkwartier",
        "Buitengebied",
    ]);
    let channel =
        flow.dice.weighed_word(&[("DSO", 0.6), ("webformulier", 0.3), ("post", 0.1)]);
    let bibob = matches!(kind, "exploitatievergunning horeca" | "alcoholvergunning");
    flow.set("zaaktype", Value::Word(kind))
        .set("bedrag", Value::Money(cents))
        .set("aanvrager", Value::Text(applicant))
        .set("bag_object", Value::Text(object))
        .set("wijk", Value::Word(district))
        .set("kanaal", Value::Word(channel))
        .set("bibob_verplicht", Value::Bool(bibob))
        .set("publicatieplichtig", Value::Bool(kind != "inritvergunning"));
    kind
}

/// One in five applications must be completed first; the test is then done again.
fn complete(flow: &mut Flow<'_>) -> Hand {
    let handler = flow.act(COMPLETE, F::PermitHandler);
    if flow.dice.chance(0.2) {
        flow.minutes(90.0, 0.6);
        flow.log("Aanvulling gevraagd", handler);
        flow.days(8.0, 0.5, 20);
        let handler = flow.again(handler, F::PermitHandler, &[]);
        flow.log(COMPLETE, handler);
        return handler;
    }
    handler
}

fn bibob_steps(flow: &mut Flow<'_>) {
    flow.days(5.0, 0.4, 12);
    let officer = flow.pick(F::BibobOfficer, &[]);
    flow.tie().log(FORM, officer);
    flow.days(6.0, 0.5, 16);
    let officer = flow.again(officer, F::BibobOfficer, &[]);
    flow.log(RESEARCH, officer);
    flow.untie();
    if flow.dice.chance(0.08) {
        flow.days(3.0, 0.4, 8);
        flow.log(REQUEST, officer);
        flow.days(34.0, 0.15, 50);
        let officer = flow.again(officer, F::BibobOfficer, &[]);
        flow.log(BUREAU, officer);
    }
}

fn decision(flow: &mut Flow<'_>, handler: Hand) {
    flow.days(4.0, 0.7, 20);
    let handler = flow.again(handler, F::PermitHandler, &[]);
    flow.log(DRAFT, handler);
    flow.days(1.5, 0.6, 8);
    let lawyer = flow.act(PEER, F::PermitLawyer);
    if flow.dice.chance(0.08) {
        // The lawyer sends the draft back; it is made and tested again.
        flow.days(1.5, 0.5, 6);
        let handler = flow.again(handler, F::PermitHandler, &[]);
        flow.tie().log(DRAFT, handler);
        flow.days(1.0, 0.5, 5);
        let lawyer = flow.again(lawyer, F::PermitLawyer, &[]);
        flow.log(PEER, lawyer);
        flow.untie();
    }
    flow.days(2.5, 0.7, 12);
    let high = flow.case.money("bedrag") > TEAM_LIMIT;
    let (decider, limit) = if high {
        (member(F::PermitMandate, 2), HEAD_LIMIT)
    } else {
        (flow.pick(F::PermitMandate, &[member(F::PermitMandate, 2).0]), TEAM_LIMIT)
    };
    let (granted, today) = (flow.dice.chance(0.9), flow.at.day());
    let outcome = if granted { "verleend" } else { "geweigerd" };
    flow.log(DECIDE, decider)
        .set("uitkomst", Value::Word(outcome))
        .set("mandaatgrens", Value::Money(limit))
        .set("ingangsdatum", Value::Day(today));
    flow.minutes(25.0, 0.8);
    flow.log(SIGN, decider).set("documentversie", Value::Int(1));
    flow.minutes(120.0, 0.8);
    let handler = flow.again(handler, F::PermitHandler, &[]);
    flow.log(NOTIFY, handler);
    // five working days fit the term of two weeks even around Christmas
    flow.days(2.0, 0.5, 5);
    flow.act(PUBLISHED, F::Publisher);
    afterwards(flow, decider.0, granted);
}

fn afterwards(flow: &mut Flow<'_>, decider: &str, granted: bool) {
    let objects = if granted { 0.05 } else { 0.3 };
    if flow.dice.chance(objects) {
        flow.days(18.0, 0.4, 29);
        flow.act(OBJECTION, F::ObjectionLawyer);
        flow.days(38.0, 0.3, 58);
        let lawyer = flow.pick(F::ObjectionLawyer, &[decider]);
        let outcome = flow.dice.weighed_word(&[("ongegrond", 0.8), ("gegrond", 0.2)]);
        flow.log(OBJECTION_DECISION, lawyer)
            .set("uitkomst_bezwaar", Value::Word(outcome));
    } else if granted && flow.dice.chance(0.35) {
        flow.days(25.0, 0.5, 60);
        flow.act(SUPERVISE, F::Inspector);
    }
}

/// Steps that belong in different hands.
pub(crate) const APART: &[Apart] = &[
    ("handling-and-decision", &[COMPLETE, DRAFT], &[DECIDE]),
    ("drafting-and-peer-check", &[DRAFT], &[PEER]),
    ("advice-and-decision", &[ADVICE], &[DECIDE]),
    ("bibob-and-handling", &[RESEARCH], &[DRAFT]),
    ("decision-and-objection", &[DECIDE], &[OBJECTION_DECISION]),
];

/// Plants the weaknesses.
pub(crate) fn plant(field: &mut Field<'_>) {
    fixed_hands(field);
    one_official(field);
    bibob(field);
    advice(field);
    mandate(field);
    field.change_after(
        0.02,
        SIGN,
        (SIGN, CHANGE),
        &[
            rule("VER-11"),
            item("GEN-06", "decision-before-sending"),
            item("GEN-06", "signature-before-sending"),
        ],
    );
    field.omit(0.006, SIGN, NOTIFY, &[item("GEN-01", "sign-document")]);
    field.omit(0.005, NOTIFY, PUBLISHED, &[item("GEN-01", "notify")]);
    field.omit(0.006, COMPLETE, DECIDE, &[item("GEN-01", "completeness")]);
    field.late(0.004, COMPLETE, DRAFT, &[item("GEN-02", "completeness-before-draft")]);
    field.late(0.006, DECIDE, NOTIFY, &[item("GEN-04", "decision-before-sending")]);
    field.late(0.006, SIGN, NOTIFY, &[item("GEN-04", "signature-before-sending")]);
    field.late(0.006, PEER, DECIDE, &[item("GEN-04", "peer-check-before-decision")]);
    field.one_hand(0.01, DRAFT, &[PEER], &[]);
    field.one_hand(0.02, RESEARCH, &[DRAFT], &[]);
    field.one_hand(0.03, DECIDE, &[OBJECTION_DECISION], &[]);
    field.one_hand(0.005, ADVICE, &[DECIDE], &[]);
    field.after_service("r.postma", DRAFT, rule("GEN-12"));
    own_interest(field);
    field.evenings(member(F::PermitLawyer, 1).0, (PEER, &[]), 0.35, rule("GEN-08"));
    field.backdate(0.006, DECIDE, "ingangsdatum", 20, rule("GEN-07"));
    field.hurry(
        0.008,
        &[COMPLETE, ADVICE, RESEARCH, BUREAU],
        DECIDE,
        "zaaktype",
        rule("GEN-05"),
    );
    behind::plant(field);
}

/// Officials who decide on what they handled themselves, until the system refuses it.
fn one_official(field: &mut Field<'_>) {
    // One official takes cases over shortly before a favourable decision, and decides.
    let taker = member(F::PermitHandler, 3);
    let staff = &field.ground.staff;
    let own = |case: &Case| {
        let (who, day) = (case.who(DRAFT), case.at(DECIDE).map_or(0, Stamp::day));
        case.has(&[DRAFT, DECIDE]) && who != taker.0 && staff.works(who, day)
    };
    let split = day_of(ROLES_SPLIT);
    let before = |case: &Case| case.at(DECIDE).is_some_and(|at| at.day() < split);
    for (share, early) in [(SHARE_BEFORE, true), (SHARE_AFTER, false)] {
        let fits = |case: &Case| own(case) && before(case) == early;
        field.planter.cases(field.cases, share, &[rule("VER-01")], fits, |case, _| {
            let hand = case.hand_of(DRAFT);
            case.hand(DECIDE, hand);
            case.hand(SIGN, hand);
            true
        });
    }
    let kind = "omgevingsvergunning bouwen";
    let office = &field.ground.office;
    let fits = |case: &Case| {
        let favourable = case
            .first(DECIDE)
            .is_some_and(|e| e.get("uitkomst") == Some(&Value::Word("verleend")));
        let drafts = case.events.iter().filter(|e| e.activity == DRAFT).count() == 1;
        let low = case.money("bedrag") <= TEAM_LIMIT;
        let near = case
            .at(DRAFT)
            .zip(case.at(DECIDE))
            .is_some_and(|(d, e)| office.add_open(d.day(), 3) >= e.day());
        let other = case.who(COMPLETE) != taker.0;
        case.is("zaaktype", kind) && favourable && drafts && low && near && other
    };
    let mut ids = Vec::new();
    let able = field.cases.iter().filter(|c| !c.planted && fits(c)).count().max(1);
    let share = (22.0 / able as f64).min(0.5);
    field.planter.cases(field.cases, share, &[rule("VER-01")], fits, |case, _| {
        for activity in [DRAFT, DECIDE, SIGN] {
            case.hand(activity, taker);
        }
        ids.push(case.id.clone());
        true
    });
    ids.sort_unstable();
    if !ids.is_empty() {
        let subject = taker.0.to_owned();
        field.planter.note(rule("GEN-14"), PlantedKind::Actor, subject, None, ids);
    }
}

/// One kind of case hangs on one person, and one applicant always meets the same handler.
fn fixed_hands(field: &mut Field<'_>) {
    let alone = member(F::PermitHandler, 4);
    let kind = "standplaatsvergunning";
    let mut ids = Vec::new();
    for case in field.cases.iter_mut().filter(|c| c.is("zaaktype", kind)) {
        let sole = field.planter.dice.chance(0.94);
        if sole && !case.planted && case.who(PEER) != alone.0 {
            case.hand(COMPLETE, alone);
            case.hand(DRAFT, alone);
            case.planted = true;
            ids.push(case.id.clone());
        }
    }
    field.planter.note(rule("GEN-09"), PlantedKind::Group, kind.to_owned(), None, ids);
    let handler = member(F::PermitHandler, 2);
    let mut ids = Vec::new();
    for case in field.cases.iter_mut() {
        let his = case.who(COMPLETE) == handler.0 && case.who(DRAFT) == handler.0;
        if his
            && ids.len() < 9
            && !case.planted
            && case.is("zaaktype", "omgevingsvergunning bouwen")
        {
            case.set("aanvrager", Value::Text("aanvrager-9001".to_owned()));
            case.planted = true;
            ids.push(case.id.clone());
        }
    }
    let subject = format!("{} × aanvrager-9001", handler.0);
    field.planter.note(rule("GEN-10"), PlantedKind::Pair, subject, None, ids);
}

fn bibob(field: &mut Field<'_>) {
    let fits = |case: &Case| case.has(&[FORM, RESEARCH, DECIDE]) && !case.has(&[REQUEST]);
    field.planter.cases(field.cases, 0.12, &[rule("VER-02")], fits, |case, _| {
        case.drop(FORM);
        case.drop(RESEARCH);
        true
    });
    field.planter.cases(
        field.cases,
        0.03,
        &[rule("VER-02"), item("GEN-01", "bibob-research")],
        fits,
        |case, _| {
            case.drop(RESEARCH);
            true
        },
    );
    let asked = |case: &Case| case.has(&[REQUEST, BUREAU, DECIDE]);
    field.planter.cases(field.cases, 0.2, &[rule("VER-03")], asked, |case, _| {
        let close = case.at(DECIDE).zip(case.at(REQUEST)).map(|(d, r)| d.day() - r.day());
        case.drop(BUREAU);
        close.is_some_and(|days| days < 80)
    });
}

/// Advice that comes only after the decision.
fn advice(field: &mut Field<'_>) {
    let office = &field.ground.office;
    let fits = |case: &Case| case.has(&[ADVICE, DECIDE]);
    field.planter.cases(field.cases, 0.025, &[rule("VER-03")], fits, |case, dice| {
        let Some(decided) = case.at(DECIDE) else { return false };
        let day = office.add_open(decided.day(), dice.between(1, 6));
        let to = office.moment(dice, day, Hours::Office, decided);
        case.shift(ADVICE, to);
        case.cut(end()) && case.has(&[ADVICE])
    });
}

fn mandate(field: &mut Field<'_>) {
    let fits = |case: &Case| case.has(&[DECIDE]) && case.money("bedrag") > TEAM_LIMIT;
    let leader = member(F::PermitMandate, 0);
    field.events(0.2, rule("VER-12"), DECIDE, fits, |case, _| {
        case.hand(DECIDE, leader);
        case.hand(SIGN, leader);
        if let Some(event) = case.first_mut(DECIDE) {
            event.set("mandaatgrens", Value::Money(TEAM_LIMIT));
        }
        true
    });
}

/// The handler is the applicant.
fn own_interest(field: &mut Field<'_>) {
    let fits =
        |case: &Case| case.has(&[COMPLETE, DRAFT, DECIDE]) && !case.who(DRAFT).is_empty();
    field.planter.cases(field.cases, 0.002, &[rule("GEN-15")], fits, |case, _| {
        let who = case.who(DRAFT);
        case.set("aanvrager", Value::Text(who.to_owned()));
        true
    });
}
