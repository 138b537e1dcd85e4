//! Weaknesses that show only beside the other tenders, procedures and assessors.

use super::rivals::{company, replace_winner};
use super::{
    AWARD, BIBOB, BID, CLOSE, INVITE, LETTER, OPENING, SCORE, SIGN, SUBCONTRACT,
};
use crate::case::{Case, Value};
use crate::clock::Stamp;
use crate::planted::{PlantedKind, rule};
use crate::plants::{Field, end};
use crate::staff::{Function as F, member};
use std::collections::BTreeMap;

/// Plants what needs many procedures together; before all else.
pub(super) fn plant_many(field: &mut Field<'_>) {
    tied(field);
    circle(field);
    below(field);
}

/// Plants the weaknesses of single procedures.
pub(super) fn plant(field: &mut Field<'_>) {
    rejected(field);
    vault(field);
    connected(field);
    unchecked(field);
    young(field);
    prices(field);
    slow(field);
    pull(field);
}

fn asked(case: &Case) -> bool {
    case.is("procedure", "meervoudig onderhands")
}

fn category(case: &Case) -> &'static str {
    match case.get("cpv") {
        Some(Value::Word(word)) => word,
        _ => "",
    }
}

fn price(case: &Case) -> i64 {
    match case.first(SIGN).and_then(|e| e.get("bedrag")) {
        Some(Value::Money(cents)) => *cents,
        _ => 0,
    }
}

fn winner(case: &Case) -> String {
    match case.get("leverancier") {
        Some(Value::Text(code)) => code.clone(),
        _ => String::new(),
    }
}

/// The cases of each category that fit, by place.
fn by_category(
    field: &Field<'_>,
    fits: impl Fn(&Case) -> bool,
) -> BTreeMap<&'static str, Vec<usize>> {
    let mut all: BTreeMap<&'static str, Vec<usize>> = BTreeMap::new();
    for (at, case) in field.cases.iter().enumerate() {
        if !case.planted && fits(case) {
            all.entry(category(case)).or_default().push(at);
        }
    }
    all
}

fn mark(field: &mut Field<'_>, places: &[usize]) -> Vec<String> {
    let mut ids = Vec::new();
    for at in places {
        if let Some(case) = field.cases.get_mut(*at) {
            case.planted = true;
            ids.push(case.id.clone());
        }
    }
    ids.sort();
    ids
}

/// All large contracts of one branch to one company, by one hand.
fn tied(field: &mut Field<'_>) {
    let open = |case: &Case| {
        (case.is("procedure", "openbaar") || case.is("procedure", "niet-openbaar"))
            && case.has(&[AWARD, SIGN])
    };
    let (hand, code) = (member(F::ProcurementMandate, 1), company(950));
    let groups = by_category(field, open);
    let Some((branch, mut places)) = groups.into_iter().max_by_key(|(_, l)| l.len())
    else {
        return;
    };
    places.sort_by_key(|at| {
        std::cmp::Reverse((field.cases.get(*at).map_or(0, price), *at))
    });
    places.truncate(9);
    if places.len() < 6 {
        return;
    }
    for at in &places {
        if let Some(case) = field.cases.get_mut(*at) {
            replace_winner(case, &code);
            case.hand(AWARD, hand);
        }
    }
    let total = |only: &dyn Fn(&Case) -> bool| -> i64 {
        field.cases.iter().filter(|c| category(c) == branch && only(c)).map(price).sum()
    };
    let (all, own) = (total(&|_| true), total(&|c| winner(c) == code));
    let ids = mark(field, &places);
    if own * 2 >= all {
        let subject = format!("{} × {code}", hand.0);
        field.planter.note(rule("INK-13"), PlantedKind::Pair, subject, None, ids);
    }
}

/// In one branch the same two companies are always asked, and win in turn.
fn circle(field: &mut Field<'_>) {
    let groups = by_category(field, |case| asked(case) && case.has(&[INVITE]));
    let signed = |places: &[usize]| {
        let of = places.iter().filter_map(|at| field.cases.get(*at));
        of.filter(|case| case.has(&[SIGN])).count()
    };
    let enough = groups.into_iter().filter(|(_, places)| signed(places) >= 8);
    let Some((branch, mut places)) = enough.min_by_key(|(_, places)| places.len()) else {
        return;
    };
    places.sort_by_key(|at| field.cases.get(*at).and_then(|case| case.at(INVITE)));
    let pair = [company(910), company(911)];
    let mut turn = 0;
    for at in &places {
        let estimate = field.planter.dice.between(2_510_000, 2_650_000);
        let Some(case) = field.cases.get_mut(*at) else { continue };
        let Some(won) = pair.get(turn % 2) else { continue };
        let lost = pair.get((turn + 1) % 2).cloned().unwrap_or_default();
        replace_winner(case, won);
        only_two(case, won, &lost);
        // Small work, so that nothing looks cut into pieces.
        lower(case, estimate);
        turn += usize::from(case.has(&[SIGN]));
    }
    let unit = places
        .first()
        .and_then(|at| field.cases.get(*at))
        .map_or("", |case| case.hand_of(INVITE).1);
    let ids = mark(field, &places);
    let subject = format!("{unit} · {branch}");
    field.planter.note(rule("INK-06"), PlantedKind::Group, subject, None, ids);
}

/// Keeps the winner and one other.
fn only_two(case: &mut Case, won: &str, lost: &str) {
    let code = |event: &crate::case::Event| match event.get("bieder") {
        Some(Value::Text(code)) => Some(code.clone()),
        _ => None,
    };
    let second = case.events.iter().filter_map(code).find(|code| code != won);
    let Some(second) = second else { return };
    case.events.retain(|event| code(event).is_none_or(|c| c == won || c == second));
    for event in &mut case.events {
        if code(event).as_ref() == Some(&second) {
            event.set("bieder", Value::Text(lost.to_owned()));
        }
    }
    case.set("inschrijvingen", Value::Int(2));
    case.set("geldig", Value::Int(2));
}

/// Brings all money of a procedure down to a smaller estimate.
fn lower(case: &mut Case, estimate: i64) {
    let before = case.money("raming").max(1);
    let scaled = |cents: i64| {
        let scaled = i128::from(cents) * i128::from(estimate) / i128::from(before);
        i64::try_from(scaled).unwrap_or(0).max(1)
    };
    case.set("raming", Value::Money(estimate));
    let lowest = case.money("laagste");
    if lowest > 0 {
        case.set("laagste", Value::Money(scaled(lowest)));
    }
    for event in &mut case.events {
        if let Some(Value::Money(cents)) = event.get("bedrag").cloned() {
            event.set("bedrag", Value::Money(scaled(cents)));
        }
    }
}

/// Estimates of single quotes that creep up to just below the limit: nearly all of the small
/// ones, and some that lay near it already. Enough stay around it to show the step.
fn below(field: &mut Field<'_>) {
    let mut places = Vec::new();
    for (from, to, most) in [(400_000, 2_450_000, 40), (3_000_000, 4_400_000, 18)] {
        let fits = |case: &Case| {
            case.is("procedure", "enkelvoudig onderhands")
                && category(case) != "45"
                && (from..to).contains(&case.money("raming"))
        };
        let mut done = 0;
        for (at, case) in field.cases.iter_mut().enumerate() {
            if case.planted || !fits(case) || done == most {
                continue;
            }
            let estimate = field.planter.dice.between(47_100, 49_900) * 100;
            lower(case, estimate);
            case.planted = true;
            places.push(at);
            done += 1;
        }
    }
    let ids = mark(field, &places);
    if ids.len() >= 30 {
        let subject = "50000".to_owned();
        field.planter.note(rule("INK-03"), PlantedKind::Group, subject, None, ids);
    }
}

fn count(case: &Case, name: &str) -> i64 {
    match case.get(name) {
        Some(Value::Int(count)) => *count,
        _ => 0,
    }
}

/// All others declared invalid, or the lowest price passed over.
fn rejected(field: &mut Field<'_>) {
    let marks = [rule("INK-08")];
    let fits = |case: &Case| count(case, "inschrijvingen") >= 3 && case.has(&[SIGN]);
    field.planter.cases(field.cases, 0.02, &marks, fits, |case, _| {
        case.set("geldig", Value::Int(1));
        true
    });
    let cheap = |case: &Case| fits(case) && case.is("gunning", "laagste prijs");
    field.planter.cases(field.cases, 0.04, &marks, cheap, |case, dice| {
        let lowest = price(case) / 100 * dice.between(80, 93);
        case.set("laagste", Value::Money(lowest));
        true
    });
}

/// The winner came in after the deadline, or the vault was opened alone.
fn vault(field: &mut Field<'_>) {
    let marks = [rule("INK-09")];
    let fits = |case: &Case| {
        count(case, "inschrijvingen") >= 2 && case.has(&[BID, CLOSE, OPENING, LETTER])
    };
    field.planter.cases(field.cases, 0.02, &marks, fits, |case, dice| {
        let (won, Some(close)) = (Value::Text(winner(case)), case.at(CLOSE)) else {
            return false;
        };
        let to = close.plus(dice.between(180, 900));
        let first = case.at(OPENING);
        let bid = case
            .events
            .iter_mut()
            .find(|e| e.activity == BID && e.get("bieder") == Some(&won));
        let Some(bid) = bid else { return false };
        bid.at = to;
        case.sort();
        first.is_some_and(|first| to < first)
    });
    field.planter.cases(field.cases, 0.02, &marks, fits, |case, _| {
        let hand = case.hand_of(OPENING);
        case.hand(OPENING, hand);
        true
    });
}

/// Two tenders from one hand.
fn connected(field: &mut Field<'_>) {
    let fits = |case: &Case| {
        case.events.iter().filter(|e| e.activity == BID).count() >= 3
            && case.has(&[LETTER])
    };
    field.planter.cases(field.cases, 0.03, &[rule("INK-14")], fits, |case, dice| {
        let names: &[&'static str] =
            if dice.chance(0.5) { &["bestuurder", "telefoon"] } else { &["maker"] };
        let mut bids = case.events.iter_mut().filter(|e| e.activity == BID);
        let (Some(one), Some(other)) = (bids.next(), bids.next()) else { return false };
        for name in names {
            let Some(value) = one.get(name).cloned() else { return false };
            other.set(name, value);
        }
        true
    });
}

/// No Bibob check where the policy asks for one.
fn unchecked(field: &mut Field<'_>) {
    let fits = |case: &Case| case.has(&[BIBOB, LETTER]);
    field.planter.cases(field.cases, 0.15, &[rule("INK-15")], fits, |case, _| {
        case.drop(BIBOB);
        true
    });
}

/// A winner who hardly exists, or a loser who comes back.
fn young(field: &mut Field<'_>) {
    let marks = [rule("INK-17")];
    let fits = |case: &Case| case.has(&[CLOSE, SIGN]);
    field.planter.cases(field.cases, 0.01, &marks, fits, |case, dice| {
        let Some(close) = case.at(CLOSE) else { return false };
        let days = i32::try_from(dice.between(30, 150)).unwrap_or(90);
        case.set("opgericht", Value::Day(close.day() - days));
        true
    });
    let several = |case: &Case| {
        case.has(&[SIGN, SUBCONTRACT]) && count(case, "inschrijvingen") >= 2
    };
    field.planter.cases(field.cases, 0.04, &marks, several, |case, _| {
        let won = Value::Text(winner(case));
        let lost = case
            .events
            .iter()
            .filter(|e| e.activity == BID)
            .filter_map(|e| e.get("bieder").cloned())
            .find(|code| *code != won);
        let event = case.first_mut(SUBCONTRACT);
        lost.zip(event).is_some_and(|(lost, event)| {
            event.set("onderaannemer", lost);
            true
        })
    });
}

/// Two prices that are the same, or lie far apart.
fn prices(field: &mut Field<'_>) {
    let fits = |case: &Case| {
        let bids = case.events.iter().filter(|e| e.activity == BID).count();
        bids >= 3 && case.is("gunning", "beste kwaliteit") && case.has(&[SIGN])
    };
    let marks = [rule("INK-07")];
    let change = |case: &mut Case, by: &dyn Fn(i64) -> i64| {
        let own = price(case);
        let won = Value::Text(winner(case));
        for (place, event) in
            (1..).zip(case.events.iter_mut().filter(|e| e.activity == BID))
        {
            if event.get("bieder") != Some(&won) {
                event.set("bedrag", Value::Money(by(own) + place * 100));
            }
        }
        own > 0
    };
    field.planter.cases(field.cases, 0.02, &marks, fits, |case, _| {
        change(case, &|own| own / 1_000 * 1_000 + 1_000)
    });
    field.planter.cases(field.cases, 0.02, &marks, fits, |case, _| {
        change(case, &|own| own / 100 * 170)
    });
}

/// A decision that was half a year in coming.
fn slow(field: &mut Field<'_>) {
    let kind = |case: &Case| match case.get("procedure") {
        Some(Value::Word(word)) => format!("{word} {}", category(case)),
        _ => String::new(),
    };
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for case in field.cases.iter().filter(|c| c.has(&[CLOSE, AWARD])) {
        *counts.entry(kind(case)).or_default() += 1;
    }
    let common = |case: &Case| counts.get(&kind(case)).is_some_and(|n| *n >= 30);
    let early = |at: Option<Stamp>| at.is_some_and(|at| at.day() + 330 < end().day());
    let fits =
        |case: &Case| case.has(&[CLOSE, AWARD]) && common(case) && early(case.at(CLOSE));
    field.planter.cases(field.cases, 0.04, &[rule("INK-10")], fits, |case, _| {
        let Some(from) = case.at(AWARD) else { return false };
        for event in case.events.iter_mut().filter(|e| e.at >= from) {
            event.at = event.at.plus_days(224);
            if let Some(Value::Day(day)) = event.get("ingangsdatum").cloned() {
                event.set("ingangsdatum", Value::Day(day + 224));
            }
        }
        case.cut(end()) && case.has(&[AWARD])
    });
}

/// An assessor without whom another would have won, again and again.
fn pull(field: &mut Field<'_>) {
    let fits = |case: &Case| {
        !case.planted && count(case, "inschrijvingen") >= 3 && case.has(&[SCORE, AWARD])
    };
    let mut by_person: BTreeMap<&'static str, Vec<usize>> = BTreeMap::new();
    for (at, case) in field.cases.iter().enumerate().filter(|(_, c)| fits(c)) {
        let mut people: Vec<&'static str> = case
            .events
            .iter()
            .filter(|e| e.activity == SCORE && !e.who.is_empty())
            .map(|e| e.who)
            .collect();
        people.sort_unstable();
        people.dedup();
        for who in people {
            by_person.entry(who).or_default().push(at);
        }
    }
    let most = by_person.into_iter().max_by_key(|(who, l)| (l.len(), *who));
    let Some((who, mut places)) = most else { return };
    places.truncate(14);
    if places.len() < 8 {
        return;
    }
    for at in &places {
        let Some(case) = field.cases.get_mut(*at) else { continue };
        let won = Value::Text(winner(case));
        for event in case.events.iter_mut().filter(|e| e.activity == SCORE) {
            let own = event.get("bieder") == Some(&won);
            let noise = event.at.second() % 4;
            let points = match (event.who == who, own) {
                (true, true) => 95 + noise,
                (true, false) => 36 + noise,
                (false, true) => 72 + noise,
                (false, false) => 78 + noise,
            };
            event.set("punten", Value::Int(points));
        }
    }
    let ids = mark(field, &places);
    field.planter.note(rule("INK-16"), PlantedKind::Actor, who.to_owned(), None, ids);
}
