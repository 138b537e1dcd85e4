//! Payments: 9,000 invoices a year, from order to reconciliation, most of them in December.

mod beside;
mod parties;
mod plant;
mod strange;

use crate::case::{Case, Value};
use crate::clock::{Hours, Season};
use crate::dice::Dice;
use crate::flow::{Flow, Ground};
use crate::plants::end;
use crate::staff::{Function as F, Hand, team, unit};
use std::collections::{BTreeMap, BTreeSet};

pub(crate) use plant::{APART, plant};

const SEASON: [f64; 12] =
    [0.85, 0.9, 1.0, 1.0, 1.0, 1.0, 0.85, 0.8, 1.0, 1.05, 1.15, 1.6];

const SUPPLIER_REQUEST: &str = "Crediteur aangevraagd";
const SUPPLIER_VERIFY: &str = "Crediteur gecontroleerd (KvK en IBAN)";
const SUPPLIER_CREATE: &str = "Crediteur aangemaakt";
const SUPPLIER_CHANGE: &str = "Crediteur gewijzigd";
const ORDER: &str = "Bestelling aangemaakt";
const ORDER_APPROVE: &str = "Bestelling goedgekeurd";
const RECEIPT: &str = "Prestatie akkoord";
const INVOICE: &str = "Factuur ontvangen";
const REGISTER: &str = "Factuur geregistreerd";
const MATCH: &str = "Factuur aangesloten";
const CODE: &str = "Factuur gecodeerd";
const APPROVE: &str = "Factuur goedgekeurd";
const SECOND: &str = "Tweede goedkeuring";
const PROPOSAL: &str = "Betaalvoorstel gemaakt";
const SIGN_ONE: &str = "Eerste handtekening bank";
const SIGN_TWO: &str = "Tweede handtekening bank";
const DEBIT: &str = "Afgeschreven van bankrekening";
const RECONCILE: &str = "Bankafschrift aangesloten";

/// From here a second approval is needed.
const SECOND_FROM: i64 = 1_000_000;
/// From here an order is needed.
const ORDER_FROM: i64 = 100_000;
/// What one budget holder approves for one supplier within four weeks stays below this.
const NOT_SPLIT: i64 = 850_000;

const SCAN: Hand = ("svc-scan", "Systeem");
const BANK: Hand = ("svc-bank", "Systeem");

/// The day and the cents of an approval.
type Approved = (i32, i64);

/// Amounts and approvals so far, so that nothing happens twice by chance.
#[derive(Debug, Default)]
struct Ledger {
    amounts: BTreeSet<(usize, i64)>,
    approved: BTreeMap<(usize, &'static str), Vec<Approved>>,
    /// Suppliers that got a new account number; none gets two.
    moved: BTreeSet<usize>,
}

impl Ledger {
    /// Whether an approval would, with others of the weeks around it, reach the limit.
    fn splits(&self, supplier: usize, who: &'static str, day: i32, amount: i64) -> bool {
        let near = self.approved.get(&(supplier, who)).map_or(0, |list| {
            list.iter()
                .filter(|(d, _)| (d - day).abs() <= 16)
                .map(|(_, cents)| *cents)
                .sum()
        });
        near > 0 && near + amount >= NOT_SPLIT
    }
}

/// All cases of two years, without any weakness.
pub(crate) fn build(ground: &Ground, dice: &mut Dice, count: usize) -> Vec<Case> {
    let days = Season::new(&ground.office, SEASON).starts(dice, count);
    let mut ledger = Ledger::default();
    let mut cases: Vec<Case> = days
        .into_iter()
        .enumerate()
        .map(|(at, day)| {
            let id = format!("F{:06}", 250_001 + at);
            if at % 90 == 7 {
                supplier_change(ground, dice, id, day, &mut ledger)
            } else {
                one(ground, dice, id, day, &mut ledger)
            }
        })
        .filter_map(|mut case| case.cut(end()).then_some(case))
        .collect();
    cases.extend(beside::build(ground, dice, count));
    cases.extend(parties::staff_lines(ground, &cases));
    cases
}

/// Data of a supplier are changed; a colleague calls back about a new account number.
fn supplier_change(
    ground: &Ground,
    dice: &mut Dice,
    id: String,
    day: i32,
    ledger: &mut Ledger,
) -> Case {
    let mut flow = Flow::begin(ground, dice, id, day, Hours::Office);
    let supplier = flow.dice.below(620);
    parties::describe(&mut flow.case, supplier);
    flow.set("soort", Value::Word("crediteurmutatie"));
    flow.act(SUPPLIER_REQUEST, F::Requester);
    flow.days(1.0, 0.5, 5);
    flow.act(SUPPLIER_VERIFY, F::SupplierAdministrator);
    flow.minutes(30.0, 0.6);
    let keeper = flow.pick(F::SupplierAdministrator, &[]);
    // A chance of its own, so that the invoices after it stay as they are.
    let mut own = Dice::new(u64::from(flow.at.day().unsigned_abs()), supplier as u64);
    let mut field = own.weighed_word(&[
        ("rekeningnummer", 0.5),
        ("telefoonnummer", 0.3),
        ("adres", 0.2),
    ]);
    if field == "rekeningnummer" && !ledger.moved.insert(supplier) {
        field = "adres";
    }
    flow.log(SUPPLIER_CHANGE, keeper).set("veld", Value::Word(field));
    if field == "rekeningnummer" {
        let at = flow.at.plus(own.between(240, 900));
        let caller =
            ground.staff.pick(&mut own, F::SupplierAdministrator, at, &[keeper.0]);
        flow.log(SUPPLIER_VERIFY, caller).at = at;
    }
    flow.done()
}

fn one(
    ground: &Ground,
    dice: &mut Dice,
    id: String,
    day: i32,
    ledger: &mut Ledger,
) -> Case {
    let mut flow = Flow::begin(ground, dice, id, day, Hours::Office);
    // Some suppliers come often, most of them seldom.
    let supplier =
        if flow.dice.chance(0.35) { flow.dice.below(40) } else { flow.dice.below(620) };
    let mut amount = flow.dice.cents(720.0, 1.35, 1).clamp(1_500, 60_000_000);
    while !ledger.amounts.insert((supplier, amount)) {
        amount += flow.dice.between(1, 90);
    }
    let kind = flow.dice.weighed_word(&[
        ("onderhoud openbare ruimte", 0.28),
        ("bedrijfsvoering", 0.26),
        ("zorg en welzijn", 0.2),
        ("advies en inhuur", 0.16),
        ("automatisering", 0.1),
    ]);
    parties::describe(&mut flow.case, supplier);
    flow.set("soort", Value::Word(kind)).set(
        "factuurnummer",
        Value::Text(format!("{}{:05}", 2_024 + supplier % 3, amount % 99_991)),
    );
    if flow.dice.chance(0.015) {
        flow.act(SUPPLIER_REQUEST, F::Requester);
        flow.days(1.0, 0.5, 5);
        let keeper = flow.act(SUPPLIER_VERIFY, F::SupplierAdministrator);
        flow.minutes(40.0, 0.6);
        flow.log(SUPPLIER_CREATE, keeper);
        flow.days(1.0, 0.4, 3);
    }
    if amount >= ORDER_FROM || flow.dice.chance(0.35) {
        order(&mut flow, amount);
    }
    invoice(&mut flow, amount);
    approve(&mut flow, supplier, amount, ledger);
    pay(&mut flow, supplier, amount);
    flow.done()
}

fn order(flow: &mut Flow<'_>, amount: i64) {
    let buyer = flow.pick(F::Buyer, &[]);
    flow.log(ORDER, buyer).set("bedrag", Value::Money(amount));
    flow.days(1.0, 0.6, 6);
    flow.act_with(ORDER_APPROVE, F::BudgetHolder).set("bedrag", Value::Money(amount));
    flow.days(10.0, 0.6, 40);
    flow.act_with(RECEIPT, F::Requester).set("bedrag", Value::Money(amount));
    flow.days(3.0, 0.6, 12);
}

fn invoice(flow: &mut Flow<'_>, amount: i64) {
    flow.log(INVOICE, SCAN).set("bedrag", Value::Money(amount));
    flow.days(1.0, 0.5, 4);
    let clerk = flow.act(REGISTER, F::InvoiceClerk);
    flow.minutes(9.0, 0.6);
    flow.log(MATCH, clerk);
    flow.minutes(4.0, 0.5);
    flow.log(CODE, clerk);
}

fn approve(flow: &mut Flow<'_>, supplier: usize, amount: i64, ledger: &mut Ledger) {
    flow.minutes(13.0, 0.05).days(3.0, 0.6, 12);
    let day = flow.at.day();
    let mut holder = flow.pick(F::BudgetHolder, &[]);
    if amount < SECOND_FROM {
        if ledger.splits(supplier, holder.0, day, amount) {
            // The one with most room left takes it.
            let mut room = team(F::BudgetHolder).iter().map(|(who, _)| *who);
            let other = room.find(|who| !ledger.splits(supplier, who, day, amount));
            holder = (other.unwrap_or(holder.0), unit(F::BudgetHolder));
        }
        ledger.approved.entry((supplier, holder.0)).or_default().push((day, amount));
    }
    flow.log(APPROVE, holder).set("bedrag", Value::Money(amount));
    if amount >= SECOND_FROM {
        flow.days(1.5, 0.5, 6);
        flow.act_with(SECOND, F::SeniorBudgetHolder).set("bedrag", Value::Money(amount));
    }
}

fn pay(flow: &mut Flow<'_>, supplier: usize, amount: i64) {
    flow.days(4.0, 0.4, 9);
    let batch = format!("BP{:05}", flow.at.day() - 19_000);
    let treasurer = flow.pick(F::Treasurer, &[]);
    flow.log(PROPOSAL, treasurer)
        .set("bedrag", Value::Money(amount))
        .set("batch", Value::Text(batch));
    flow.minutes(60.0, 0.6);
    flow.act(SIGN_ONE, F::FirstSignatory);
    flow.minutes(50.0, 0.6);
    flow.act(SIGN_TWO, F::SecondSignatory);
    flow.minutes(20.0, 0.3);
    flow.log(DEBIT, BANK)
        .set("bedrag", Value::Money(amount))
        .set("rekening", Value::Text(parties::account(supplier)));
    flow.days(1.0, 0.3, 3);
    flow.act(RECONCILE, F::Controller);
}
