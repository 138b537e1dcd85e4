//! What stands beside the invoices: bookings by hand, and money that comes in and goes back.

use super::parties::account;
use super::{BANK, SEASON};
use crate::case::{Case, Value};
use crate::clock::{Hours, Season};
use crate::dice::Dice;
use crate::flow::{Flow, Ground};
use crate::plants::end;
use crate::staff::Function as F;

pub(super) const MEMO: &str = "Memoriaalboeking";
pub(super) const REVERSAL: &str = "Boeking tegengeboekt";
pub(super) const CHARGE: &str = "Bedrag in rekening gebracht";
pub(super) const INCOME: &str = "Bedrag ontvangen";
pub(super) const REFUND: &str = "Bedrag terugbetaald";

/// What one controller may book by hand.
pub(super) const LIMIT: i64 = 500_000;

/// One booking by hand for so many invoices.
const INVOICES_A_MEMO: usize = 60;
/// One deposit for so many invoices.
const INVOICES_A_DEPOSIT: usize = 140;

/// Bookings and deposits of two years, without any weakness.
pub(super) fn build(ground: &Ground, dice: &mut Dice, invoices: usize) -> Vec<Case> {
    let mut cases = Vec::new();
    let season = Season::new(&ground.office, SEASON);
    let days = season.starts(dice, (invoices / INVOICES_A_MEMO).max(3));
    for (number, day) in (1..).zip(days) {
        cases.push(memo(ground, dice, format!("M{number:05}"), day));
    }
    let days = season.starts(dice, (invoices / INVOICES_A_DEPOSIT).max(3));
    for (number, day) in (1..).zip(days) {
        cases.push(deposit(ground, dice, format!("W{number:05}"), day, number));
    }
    cases.into_iter().filter_map(|mut case| case.cut(end()).then_some(case)).collect()
}

fn memo(ground: &Ground, dice: &mut Dice, id: String, day: i32) -> Case {
    let mut flow = Flow::begin(ground, dice, id, day, Hours::Office);
    let amount = flow.dice.cents(600.0, 1.0, 1).clamp(1_000, LIMIT / 100 * 80);
    let back = i32::try_from(flow.dice.between(0, 25)).unwrap_or(0);
    let today = flow.at.day();
    flow.set("soort", Value::Word("memoriaal"));
    let controller = flow.pick(F::Controller, &[]);
    flow.log(MEMO, controller)
        .set("bedrag", Value::Money(amount))
        .set("ingangsdatum", Value::Day(today - back))
        .set("grens", Value::Money(LIMIT));
    if flow.dice.chance(0.05) {
        flow.days(24.0, 0.2, 40);
        let controller = flow.again(controller, F::Controller, &[]);
        flow.log(REVERSAL, controller).set("bedrag", Value::Money(amount));
    }
    flow.done()
}

/// A deposit for a place on the market or a building site, paid back when all is left tidy.
fn deposit(
    ground: &Ground,
    dice: &mut Dice,
    id: String,
    day: i32,
    number: usize,
) -> Case {
    let mut flow = Flow::begin(ground, dice, id, day, Hours::Office);
    let amount = flow.dice.cents(2_400.0, 0.6, 5_000).clamp(50_000, 5_000_000);
    let payer = Value::Text(account(5_000 + number));
    flow.set("soort", Value::Word("waarborgsom"));
    flow.act_with(CHARGE, F::Collector).set("bedrag", Value::Money(amount));
    flow.days(11.0, 0.4, 28);
    flow.log(INCOME, BANK)
        .set("bedrag", Value::Money(amount))
        .set("rekening", payer.clone());
    flow.days(45.0, 0.5, 200);
    flow.act_with(REFUND, F::Treasurer)
        .set("bedrag", Value::Money(amount))
        .set("rekening", payer);
    flow.done()
}
