//! Weaknesses that lie behind the applicants: ties between them, copied plans, schemes that
//! were bent, and claims that lapse.

use super::dossier::{ACCOUNT_NAME, BIBOB, BOARD, CAP, EXTRACT, granted, words};
use super::{
    ACCOUNT, ADVICE, BOOKED, DEVIATE, DUE, FINAL, GRANT, RECEIVED, RECOVER, SETTLE,
};
use crate::case::{Case, Value};
use crate::choosing::{choose, note, share};
use crate::clock::{LAST, Stamp, day_of};
use crate::planted::{PlantedKind, rule};
use crate::plants::Field;
use crate::staff::{Function as F, member};
use std::collections::BTreeSet;

/// Plants them.
pub(super) fn plant(field: &mut Field<'_>) {
    against_advice(field);
    young(field);
    one_account(field);
    tied_together(field);
    granted_twice(field);
    copied(field);
    lapsing(field);
    bent(field);
    performed_by_another(field);
    unchecked(field);
    above_the_ceiling(field);
}

/// What was granted, in cents.
fn grant(case: &Case) -> i64 {
    match case.first(GRANT).and_then(|event| event.get("bedrag")) {
        Some(Value::Money(cents)) => *cents,
        _ => 0,
    }
}

/// The day on which the application came in.
fn day(case: &Case) -> i32 {
    case.at(RECEIVED).map_or(0, Stamp::day)
}

/// Whether a case comes from another applicant than all of these, within ten months.
fn apart(case: &Case, others: &[&Case]) -> bool {
    others.iter().all(|other| {
        case.get("aanvrager") != other.get("aanvrager")
            && (day(case) - day(other)).abs() <= 300
    })
}

/// An adviser who has the mandate for a while grants what colleagues advised against.
fn against_advice(field: &mut Field<'_>) {
    let hand = member(F::PolicyAdviser, 0);
    let staff = &field.ground.staff;
    let able = |case: &Case| {
        let on = case.at(GRANT).map_or(0, Stamp::day);
        case.is("regeling", "Welzijn en zorg")
            && case.has(&[ADVICE, GRANT])
            && !case.events.iter().any(|event| event.who == hand.0)
            && staff.works(hand.0, on)
    };
    let free = field.cases.iter().filter(|case| !case.planted && able(case)).count();
    let wanted = free.min(24);
    if wanted < 21 {
        return;
    }
    let chosen = choose(field, wanted, |case, _| able(case));
    let mut ids = Vec::new();
    for at in chosen {
        let Some(case) = field.cases.get_mut(at) else { continue };
        case.hand(GRANT, hand);
        if let Some(event) = case.first_mut(ADVICE) {
            event.set("uitkomst_advies", Value::Word("negatief"));
        }
        ids.push(case.id.clone());
    }
    ids.sort_unstable();
    let subject = hand.0.to_owned();
    field.planter.note(rule("SUB-11"), PlantedKind::Actor, subject, None, ids);
}

/// Applicants that were founded shortly before.
fn young(field: &mut Field<'_>) {
    let fits = |case: &Case| grant(case) >= 500_000;
    field.planter.cases(field.cases, 0.03, &[rule("SUB-02")], fits, |case, dice| {
        let before = i32::try_from(dice.between(20, 150)).unwrap_or(20);
        case.set("oprichtingsdatum", Value::Day(day(case) - before));
        true
    });
}

/// Pairs of applicants with one account.
fn one_account(field: &mut Field<'_>) {
    for number in 1..=3 {
        let pair = choose(field, 2, apart);
        let account = Value::Text(format!("rekening-9{number:02}"));
        share(field, &pair, "rekening", &account);
        note(field, "SUB-03", &pair);
    }
}

/// Three applicants that hang together in a chain, and got more than the cap.
fn tied_together(field: &mut Field<'_>) {
    let scheme = "Sport";
    let large = |case: &Case, others: &[&Case]| {
        case.is("regeling", scheme)
            && grant(case) > CAP / 3
            && others.iter().all(|other| case.get("aanvrager") != other.get("aanvrager"))
    };
    let chain = choose(field, 3, large);
    let [first, second, third] = chain.as_slice() else { return };
    let (director, telephone) = (
        Value::Text("bestuurder-901".to_owned()),
        Value::Text("telefoon-901".to_owned()),
    );
    share(field, &[*first, *second], "bestuurder", &director);
    share(field, &[*second, *third], "telefoon", &telephone);
    let members: Vec<Option<Value>> = chain
        .iter()
        .filter_map(|at| field.cases.get(*at))
        .map(|case| case.get("aanvrager").cloned())
        .collect();
    // every grant of the three under this scheme belongs to it
    let all: Vec<usize> = (0..)
        .zip(field.cases.iter())
        .filter(|(_, case)| case.is("regeling", scheme) && case.has(&[GRANT]))
        .filter(|(_, case)| members.contains(&case.get("aanvrager").cloned()))
        .map(|(at, _)| at)
        .collect();
    note(field, "SUB-04", &all);
}

/// One plan at two desks, by two foundations with one director.
fn granted_twice(field: &mut Field<'_>) {
    for _ in 0..2 {
        let fits = |case: &Case, others: &[&Case]| {
            let alone = case.get("medefinanciering") == Some(&Value::Bool(false));
            case.has(&[GRANT])
                && alone
                && apart(case, others)
                // neither began before the other was asked for
                && others.iter().all(|o| (day(case) - day(o)).abs() <= 60)
                && others.iter().all(|o| case.get("regeling") != o.get("regeling"))
        };
        let pair = choose(field, 2, fits);
        let Some(first) = pair.first().and_then(|at| field.cases.get(*at)).cloned()
        else {
            continue;
        };
        for name in ["plan", "bestuurder", "activiteit_van", "activiteit_tot"] {
            if let Some(value) = first.get(name) {
                share(field, &pair, name, value);
            }
        }
        note(field, "SUB-05", &pair);
        // the texts are those of two applicants as well
        note(field, "SUB-13", &pair);
    }
}

/// An intermediary writes four applications on one template.
fn copied(field: &mut Field<'_>) {
    let chosen = choose(field, 4, apart);
    let plan = words(&mut field.planter.dice);
    for (number, at) in (1..).zip(&chosen) {
        let plan =
            Value::Text(format!("{plan} Het plan kost {number}50 euro per avond."));
        share(field, &[*at], "plan", &plan);
    }
    note(field, "SUB-13", &chosen);
}

/// Claims that nobody booked, and accounts that nobody settled.
fn lapsing(field: &mut Field<'_>) {
    let last = day_of(LAST);
    let claimed = |case: &Case| {
        case.has(&[BOOKED]) && case.at(RECOVER).is_some_and(|at| at.day() < last - 40)
    };
    field.planter.cases(field.cases, 0.25, &[rule("SUB-08")], claimed, |case, _| {
        case.drop(BOOKED);
        true
    });
    let due = |case: &Case| {
        case.has(&[SETTLE]) && case.at(DUE).is_some_and(|at| at.day() < last - 190)
    };
    field.planter.cases(field.cases, 0.03, &[rule("SUB-08")], due, |case, _| {
        for activity in [SETTLE, FINAL, RECOVER, BOOKED] {
            case.drop(activity);
        }
        true
    });
}

/// Granted after the closing date, or for what had begun already.
fn bent(field: &mut Field<'_>) {
    let fits = |case: &Case| case.has(&[GRANT]) && !case.has(&[DEVIATE]);
    field.planter.cases(field.cases, 0.015, &[rule("SUB-10")], fits, |case, dice| {
        let late = i32::try_from(dice.between(1, 9)).unwrap_or(1);
        case.set("sluitingsdatum", Value::Day(day(case) - late));
        true
    });
    let strict = |case: &Case| fits(case) && !case.is("regeling", "Evenementen");
    field.planter.cases(field.cases, 0.015, &[rule("SUB-10")], strict, |case, dice| {
        let early = i32::try_from(dice.between(3, 40)).unwrap_or(3);
        case.set("activiteit_van", Value::Day(day(case) - early));
        true
    });
}

/// The money went on to another, or to a company of the board.
fn performed_by_another(field: &mut Field<'_>) {
    let fits = |case: &Case| case.has(&[ACCOUNT]);
    field.planter.cases(field.cases, 0.02, &[rule("SUB-12")], fits, |case, dice| {
        let other = 500 + dice.below(400);
        case.set("uitvoerder", Value::Text(format!("bedrijf-{other}")));
        true
    });
    field.planter.cases(field.cases, 0.02, &[rule("SUB-12")], fits, |case, dice| {
        let (percent, director) = (dice.between(52, 90), case.get("bestuurder").cloned());
        let Some((event, director)) = case.first_mut(ACCOUNT).zip(director) else {
            return false;
        };
        event
            .set("aandeel_grootste", Value::Int(percent))
            .set("bestuurder_grootste", director);
        true
    });
}

/// One of the checks of the applicant was not done.
fn unchecked(field: &mut Field<'_>) {
    for activity in [EXTRACT, BOARD, ACCOUNT_NAME, BIBOB] {
        let fits = |case: &Case| grant(case) >= 500_000 && case.has(&[activity]);
        field.planter.cases(field.cases, 0.015, &[rule("SUB-14")], fits, |case, _| {
            case.drop(activity);
            true
        });
    }
}

/// Of one scheme and year the money was gone before the last two grants.
fn above_the_ceiling(field: &mut Field<'_>) {
    let most = granted(field.cases).into_values().max_by_key(Vec::len);
    let Some(grants) = most.filter(|grants| grants.len() > 6) else { return };
    let within = grants.len() - 2;
    let ceiling: i64 = grants.iter().take(within).map(|(_, _, cents)| cents).sum();
    let all: Vec<usize> = grants.iter().map(|(at, ..)| *at).collect();
    share(field, &all, "plafond", &Value::Money(ceiling));
    let above: BTreeSet<usize> = grants
        .iter()
        .skip(within)
        .map(|(at, ..)| *at)
        .filter(|at| field.cases.get(*at).is_some_and(|case| !case.has(&[DEVIATE])))
        .collect();
    note(field, "SUB-10", &above.into_iter().collect::<Vec<_>>());
}
