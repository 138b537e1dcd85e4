//! The life of rights, the emergency exit, and the review of the log.

use super::{
    APPROVE, BREAK, BREAK_REVIEW, GRANT, JUSTIFY, LOG_REVIEW, REQUEST, REVIEW_RIGHT,
    REVOKE, USERS, span,
};
use crate::case::{Case, Value};
use crate::clock::Hours;
use crate::dice::Dice;
use crate::flow::{Flow, Ground};
use crate::staff::{Function as F, team};

/// Days between two reviews of the log of a system; the rule asks at most 31.
const REVIEW_EVERY: i32 = 26;

pub(super) fn build(
    ground: &Ground,
    dice: &mut Dice,
    count: usize,
    cases: &mut Vec<Case>,
) {
    let (first, last) = span();
    let mut number = 0;
    let mut next = |prefix: &str| {
        number += 1;
        format!("{prefix}{number:05}")
    };
    // Everybody who looks things up got the right to do so, and keeps using it.
    for (function, system, _) in USERS {
        for (who, _) in team(*function) {
            let from = (first..last).find(|day| ground.staff.serves(who, *day));
            let start =
                from.unwrap_or(first) + i32::try_from(dice.between(0, 6)).unwrap_or(0);
            cases.push(right(ground, dice, next("AUT"), start, (*function, who, system)));
        }
    }
    for (_, system, _) in USERS {
        let mut day = first + i32::try_from(dice.between(1, 14)).unwrap_or(1);
        loop {
            day = ground.office.open_from(day);
            if day > last {
                break;
            }
            let mut flow = Flow::begin(ground, dice, next("LOG"), day, Hours::Office);
            flow.set("soort", Value::Word("logcontrole"));
            flow.act_with(LOG_REVIEW, F::LogReviewer).set("systeem", Value::Word(system));
            cases.push(flow.done());
            day += REVIEW_EVERY;
        }
    }
    for _ in 0..(count / 1_500).max(2) {
        let day = i32::try_from(dice.between(i64::from(first), i64::from(last)))
            .unwrap_or(first);
        let day = ground.office.open_from(day);
        cases.push(emergency(ground, dice, next("NOOD"), day));
    }
}

fn right(
    ground: &Ground,
    dice: &mut Dice,
    id: String,
    day: i32,
    (function, who, system): (F, &'static str, &'static str),
) -> Case {
    let mut flow =
        Flow::begin(ground, dice, id, ground.office.open_from(day), Hours::Office);
    flow.set("soort", Value::Word("autorisatie"));
    let unit = crate::staff::unit(function);
    let set = |event: &mut crate::case::Event| {
        event
            .set("systeem", Value::Word(system))
            .set("account", Value::Word(who))
            .set("recht", Value::Word("raadplegen"));
    };
    set(flow.log(REQUEST, (who, unit)));
    flow.minutes(120.0, 0.6);
    set(flow.act_with(APPROVE, F::LineManager));
    flow.minutes(90.0, 0.6);
    set(flow.act_with(GRANT, F::Administrator));
    flow.days(38.0, 0.2, 52);
    set(flow.act_with(REVIEW_RIGHT, F::LineManager));
    let left = (flow.at.day()..span().1).find(|day| !ground.staff.serves(who, *day));
    if let Some(left) = left {
        flow.until(left);
        set(flow.act_with(REVOKE, F::Administrator));
    }
    flow.done()
}

fn emergency(ground: &Ground, dice: &mut Dice, id: String, day: i32) -> Case {
    let mut flow = Flow::begin(ground, dice, id, day, Hours::Office);
    flow.set("soort", Value::Word("noodtoegang"));
    let user = flow.pick(F::SocialWorker, &[]);
    flow.tie().log(BREAK, user).set("systeem", Value::Word("Suwinet-Inkijk"));
    flow.minutes(30.0, 0.5);
    let reason = Value::Word("Spoed: crisissituatie in gezin");
    flow.log(JUSTIFY, user).set("doel", reason);
    flow.days(2.0, 0.4, 4);
    flow.act(BREAK_REVIEW, F::LogReviewer);
    flow.untie();
    flow.done()
}
