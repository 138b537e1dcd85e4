//! Who is asked, who tenders, at what price, and what the assessors think of it.

use super::{BID, Deal, INVITE, SCORE};
use crate::case::{Case, Value};
use crate::clock::day_of;
use crate::dice::Dice;
use crate::flow::Flow;
use crate::staff::Hand;
use model::time::Date;

/// The chance of a procedure's rivals apart from that of the rest, so that the rest stays
/// as it was.
pub(super) fn chance(id: &str, price: i64) -> Dice {
    let number: u64 = id.bytes().map(u64::from).fold(7, |sum, byte| sum * 31 + byte);
    Dice::new(price.unsigned_abs(), number % 100_000)
}

/// The code of a company.
pub(super) fn company(number: usize) -> String {
    format!("L{number:04}")
}

/// The day on which a company was founded, long ago.
pub(super) fn founded(number: usize) -> Value {
    let long_ago = day_of(Date::constant(1984, 3, 1));
    Value::Day(long_ago + i32::try_from(number * 1_733 % 12_500).unwrap_or(0))
}

/// The number of a company out of its code.
fn number_of(code: &str) -> usize {
    code.trim_start_matches('L').parse().unwrap_or(0)
}

/// One who tenders.
#[derive(Clone, Debug)]
pub(super) struct Rival {
    pub(super) code: String,
    pub(super) price: i64,
    points: i64,
}

/// The winner first, then the others, all different.
pub(super) fn rivals(case: &Case, deal: Deal, winner: usize, tenders: i64) -> Vec<Rival> {
    let mut dice = chance(&case.id, deal.price);
    let top = dice.between(82, 94);
    let mut all = vec![Rival { code: company(winner), price: deal.price, points: top }];
    // The second is some per cent dearer, the rest more.
    let mut price = deal.price + deal.price / 1_000 * dice.between(22, 108);
    for place in 1..tenders.max(1) {
        let mut number = dice.below(600);
        while all.iter().any(|rival| rival.code == company(number)) {
            number = (number + 1) % 600;
        }
        let points = top - 5 - dice.between(0, 16);
        all.push(Rival { code: company(number), price, points });
        price += deal.price / 1_000 * dice.between(9, 60) + place;
    }
    all
}

/// Sends an invitation to each company that is asked.
pub(super) fn invite(flow: &mut Flow<'_>, adviser: Hand, rivals: &[Rival]) {
    for (place, rival) in (0..).zip(rivals) {
        let at = flow.at.plus(90 * place);
        let event = flow.log(INVITE, adviser);
        event.set("bieder", Value::Text(rival.code.clone()));
        event.at = at;
    }
}

/// The tenders as the platform received them.
pub(super) fn receive(flow: &mut Flow<'_>, price: i64, rivals: &[Rival]) {
    let mut dice = chance(&flow.case.id, price + 1);
    for rival in rivals {
        // some hours to some days before the vault closed, which is the last event so far
        let mut at = flow.at.plus(-dice.between(1_800, 150_000));
        if !flow.ground.office.is_open(at.day()) {
            at = flow.at.plus(-dice.between(300, 1_700));
        }
        let event = flow.log(BID, ("svc-platform", "Systeem"));
        event.at = at;
        describe(event, rival);
    }
    flow.case.sort();
}

fn describe(event: &mut crate::case::Event, rival: &Rival) {
    let number = number_of(&rival.code);
    event.set("bieder", Value::Text(rival.code.clone()));
    event.set("bedrag", Value::Money(rival.price));
    event.set("telefoon", Value::Text(format!("+31-88-{:07}", 1_000_000 + number)));
    let domain = match number % 9 {
        4 => "gmail.com".to_owned(),
        _ => format!("bedrijf-{number:04}.example"),
    };
    event.set("maildomein", Value::Text(domain));
    event.set("bezoekadres", Value::Text(format!("0899{:012}", 200_000 + number)));
    event.set("bestuurder", Value::Text(format!("B{:05}", 10_000 + number * 3)));
    if number % 11 != 2 {
        event.set("maker", Value::Text(format!("D{:05}", 20_000 + number * 7)));
    }
}

/// One assessor gives points to each tender, some minutes apart.
pub(super) fn score(flow: &mut Flow<'_>, hand: Hand, rivals: &[Rival], dice: &mut Dice) {
    // one is strict, another generous, to all alike
    let mood = flow.dice.between(-4, 4);
    for (place, rival) in (0..).zip(rivals) {
        let points = (rival.points + mood + dice.between(-4, 4)).clamp(20, 99);
        let at = flow.at.plus(240 * place);
        let event = flow.log(SCORE, hand);
        event.set("punten", Value::Int(points));
        event.set("bieder", Value::Text(rival.code.clone()));
        event.at = at;
        flow.at = at;
    }
}

/// Puts another company in the place of the winner.
pub(super) fn replace_winner(case: &mut Case, code: &str) {
    let Some(Value::Text(old)) = case.get("leverancier").cloned() else { return };
    case.set("leverancier", Value::Text(code.to_owned()));
    case.set("opgericht", founded(number_of(code)));
    for event in &mut case.events {
        if event.get("bieder") == Some(&Value::Text(old.clone())) {
            event.set("bieder", Value::Text(code.to_owned()));
        }
    }
}
