//! Subsidies: 180 a year, most of them asked for in autumn for the year to come.

mod behind;
mod dossier;

use crate::case::{Case, Value};
use crate::clock::{Hours, LAST, Season, Stamp, day_of};
use crate::dice::Dice;
use crate::flow::{Flow, Ground};
use crate::planted::{PlantedKind, item, rule};
use crate::plants::{Apart, Field, end};
use crate::staff::{Function as F, Hand};

const SEASON: [f64; 12] = [0.6, 0.6, 0.8, 0.9, 0.8, 0.7, 0.4, 0.6, 2.0, 2.6, 1.6, 0.6];

const RECEIVED: &str = "Subsidieaanvraag ontvangen";
const COMPLETE: &str = "Volledigheid getoetst";
const APPLICANT: &str = "Aanvrager gecontroleerd";
const ASSESS: &str = "Inhoudelijke beoordeling";
const ADVICE: &str = "Beleidsadvies uitgebracht";
const DEVIATE: &str = "Hardheidsclausule toegepast";
const GRANT: &str = "Verleningsbesluit genomen";
const REFUSE: &str = "Aanvraag afgewezen";
const ADVANCE: &str = "Voorschot betaald";
const DUE: &str = "Verantwoording verwacht";
const ACCOUNT: &str = "Verantwoording ontvangen";
const REVIEW: &str = "Verantwoording gecontroleerd";
const SETTLE: &str = "Vaststellingsbesluit genomen";
const FINAL: &str = "Slotbetaling gedaan";
const RECOVER: &str = "Terugvordering verzonden";
const BOOKED: &str = "Vordering geboekt";

const LIMIT: i64 = 5_000_000;

/// All cases of two years, without any weakness.
pub(crate) fn build(ground: &Ground, dice: &mut Dice, count: usize) -> Vec<Case> {
    let days = Season::new(&ground.office, SEASON).starts(dice, count);
    let mut cases: Vec<Case> = days
        .into_iter()
        .enumerate()
        .map(|(at, day)| one(ground, dice, format!("SUB-{:05}", 7_001 + at), day))
        .filter_map(|mut case| case.cut(end()).then_some(case))
        .collect();
    dossier::fill(ground, dice, &mut cases);
    cases
}

fn one(ground: &Ground, dice: &mut Dice, id: String, day: i32) -> Case {
    let mut flow = Flow::begin(ground, dice, id, day, Hours::Office);
    flow.evenings(0.004);
    let scheme = flow.dice.weighed_word(&[
        ("Welzijn en zorg", 0.3),
        ("Sport", 0.25),
        ("Cultuur", 0.2),
        ("Evenementen", 0.15),
        ("Duurzaamheid", 0.1),
    ]);
    let asked = flow.dice.cents(21_000.0, 1.1, 100).clamp(50_000, 90_000_000);
    let applicant = format!("stichting-{:03}", flow.dice.below(190));
    flow.set("regeling", Value::Word(scheme))
        .set("aanvrager", Value::Text(applicant))
        .set("gevraagd_bedrag", Value::Money(asked));
    flow.act(RECEIVED, F::SubsidyIntake);
    flow.days(4.0, 0.6, 15);
    flow.act(COMPLETE, F::SubsidyIntake);
    flow.days(3.0, 0.6, 12);
    let assessor = flow.act(APPLICANT, F::SubsidyAssessor);
    flow.days(6.0, 0.6, 20);
    let assessor = flow.again(assessor, F::SubsidyAssessor, &[]);
    flow.log(ASSESS, assessor);
    if flow.dice.chance(0.7) {
        flow.days(4.0, 0.5, 12);
        let positive = if flow.dice.chance(0.9) { "positief" } else { "negatief" };
        flow.act_with(ADVICE, F::PolicyAdviser)
            .set("uitkomst_advies", Value::Word(positive));
    }
    flow.days(5.0, 0.6, 18);
    let decider = flow.pick(F::SubsidyMandate, &[assessor.0]);
    let today = flow.at.day();
    if flow.dice.chance(0.12) {
        flow.log(REFUSE, decider)
            .set("uitkomst", Value::Word("afgewezen"))
            .set("ingangsdatum", Value::Day(today));
        return flow.done();
    }
    if flow.dice.chance(0.03) {
        flow.log(DEVIATE, decider);
        flow.minutes(45.0, 0.5);
    }
    flow.log(GRANT, decider)
        .set("uitkomst", Value::Word("verleend"))
        .set("bedrag", Value::Money(asked))
        .set("ingangsdatum", Value::Day(today));
    granted(&mut flow, asked, (assessor, decider));
    flow.done()
}

/// From the advance to the settlement, within a year and a half.
fn granted(flow: &mut Flow<'_>, amount: i64, (assessor, decider): (Hand, Hand)) {
    flow.days(6.0, 0.4, 15);
    let payer = flow.pick(F::Treasurer, &[decider.0]);
    flow.log(ADVANCE, payer).set("bedrag", Value::Money(amount / 10 * 8));
    // The activity itself, and three months to account for it.
    flow.days(120.0, 0.35, 220);
    if flow.dice.chance(0.15) {
        flow.act("Tussenrapportage ontvangen", F::SubsidyIntake);
        flow.days(20.0, 0.3, 40);
    }
    flow.act(DUE, F::SubsidyIntake);
    flow.days(15.0, 0.6, 50);
    flow.act(ACCOUNT, F::SubsidyIntake);
    flow.days(9.0, 0.5, 25);
    let reviewer = flow.act(REVIEW, F::SubsidyReviewer);
    flow.days(5.0, 0.4, 15);
    // At the least four working days lie between receipt and settlement.
    flow.days(3.0, 0.05, 4);
    let settler = flow.pick(F::SubsidyMandate, &[assessor.0, reviewer.0]);
    let part = if flow.dice.chance(0.85) { 100 } else { flow.dice.between(60, 95) };
    let settled = amount / 100 * part;
    flow.log(SETTLE, settler)
        .set("uitkomst", Value::Word("vastgesteld"))
        .set("bedrag", Value::Money(settled));
    flow.days(6.0, 0.4, 15);
    let payer = flow.pick(F::Treasurer, &[settler.0, decider.0]);
    let rest = settled - amount / 10 * 8;
    if rest > 0 {
        flow.log(FINAL, payer).set("bedrag", Value::Money(rest));
    } else {
        flow.log(RECOVER, payer).set("bedrag", Value::Money(-rest));
    }
}

/// Steps that belong in different hands.
pub(crate) const APART: &[Apart] = &[
    ("assessment-and-decision", &[ASSESS], &[GRANT]),
    ("assessment-and-settlement", &[ASSESS], &[SETTLE]),
    ("review-and-settlement", &[REVIEW], &[SETTLE]),
    ("decision-and-payment", &[GRANT, SETTLE], &[ADVANCE, FINAL]),
];

/// Plants the weaknesses.
pub(crate) fn plant(field: &mut Field<'_>) {
    below_the_limit(field);
    field.one_hand(0.03, ASSESS, &[GRANT], &[rule("SUB-01")]);
    without_accountability(field);
    field.one_hand(0.02, REVIEW, &[SETTLE], &[]);
    field.one_hand(0.01, GRANT, &[ADVANCE], &[]);
    field.omit(0.01, APPLICANT, GRANT, &[item("GEN-01", "applicant-check")]);
    field.late(
        0.01,
        APPLICANT,
        GRANT,
        &[item("GEN-02", "applicant-check-before-decision")],
    );
    field.late(
        0.01,
        COMPLETE,
        ASSESS,
        &[item("GEN-02", "completeness-before-assessment")],
    );
    field.late(0.01, GRANT, ADVANCE, &[item("GEN-04", "grant-before-advance")]);
    field.late(0.2, DEVIATE, GRANT, &[item("GEN-04", "deviation-before-grant")]);
    let changed = [item("GEN-06", "settlement-before-payment")];
    field.change_after(0.01, SETTLE, (REVIEW, REVIEW), &changed);
    field.backdate(0.01, GRANT, "ingangsdatum", 20, rule("GEN-07"));
    let fits = |case: &Case| {
        let large = case.money("gevraagd_bedrag") >= 500_000;
        large && case.has(&[ASSESS, SETTLE]) && !case.who(ASSESS).is_empty()
    };
    let staff = &field.ground.staff;
    field.planter.cases(field.cases, 0.01, &[rule("SUB-01")], fits, |case, _| {
        let hand = case.hand_of(ASSESS);
        let day = case.at(SETTLE).map_or(0, Stamp::day);
        case.hand(SETTLE, hand);
        staff.serves(hand.0, day)
    });
    behind::plant(field);
}

/// Grants that would lie a little above 50,000 euro are set just below it.
fn below_the_limit(field: &mut Field<'_>) {
    let fits = |case: &Case| {
        case.has(&[GRANT])
            && (LIMIT..LIMIT * 14 / 10).contains(&case.money("gevraagd_bedrag"))
    };
    let mut moved = Vec::new();
    field.planter.cases(field.cases, 0.9, &[], fits, |case, dice| {
        let amount = LIMIT - dice.between(1, 45) * 10_000;
        case.set("gevraagd_bedrag", Value::Money(amount));
        for (activity, part) in [(GRANT, 100), (ADVANCE, 80), (SETTLE, 100), (FINAL, 20)]
        {
            if let Some(event) = case.first_mut(activity) {
                event.set("bedrag", Value::Money(amount / 100 * part));
            }
        }
        case.drop(BOOKED);
        if let Some(event) = case.first_mut(SETTLE) {
            event.set("terug_te_betalen", Value::Money(0));
        }
        if let Some(event) = case.first_mut(RECOVER) {
            event.activity = FINAL;
            event.set("bedrag", Value::Money(amount / 100 * 20));
        }
        moved.push(case.id.clone());
        true
    });
    moved.sort_unstable();
    let subject = "subsidies".to_owned();
    field.planter.note(rule("SUB-09"), PlantedKind::Process, subject, None, moved);
}

fn without_accountability(field: &mut Field<'_>) {
    // The advance stays out and nobody hears how it was spent.
    let early = |case: &Case| {
        case.has(&[ADVANCE])
            && case.at(ADVANCE).is_some_and(|at| at.day() < day_of(LAST) - 560)
    };
    // What is never accounted for is never settled either.
    let marks = [rule("SUB-06"), rule("SUB-08")];
    field.planter.cases(field.cases, 0.12, &marks, early, |case, _| {
        for activity in [ACCOUNT, REVIEW, SETTLE, FINAL, RECOVER, BOOKED] {
            case.drop(activity);
        }
        true
    });
    // Settled all the same, within the time in which the report may still come.
    let settled = |case: &Case| {
        let large = case.money("gevraagd_bedrag") >= 500_000;
        let young = case.at(ADVANCE).is_some_and(|at| at.day() > day_of(LAST) - 500);
        large && young && case.has(&[ACCOUNT, SETTLE])
    };
    let marks = [rule("SUB-07"), item("GEN-01", "accountability-received")];
    field.planter.cases(field.cases, 0.06, &marks, settled, |case, _| {
        case.drop(ACCOUNT);
        true
    });
    let large = |case: &Case| {
        case.money("gevraagd_bedrag") > LIMIT && case.has(&[ACCOUNT, REVIEW, SETTLE])
    };
    field.planter.cases(field.cases, 0.05, &[rule("SUB-07")], large, |case, dice| {
        // Received on the very day of the settlement.
        let Some(settled) = case.at(SETTLE) else { return false };
        let back = dice.between(60, 110) * 60;
        case.shift(REVIEW, settled.plus(-back / 2));
        case.shift(ACCOUNT, settled.plus(-back));
        settled.plus(-back).second() > 28_800
    });
}
