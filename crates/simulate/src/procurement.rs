//! Tendering and procurement: 120 procedures a year, from a single quote to a European
//! tender.

mod circle;
mod plant;
mod rivals;

use crate::case::{Case, Value};
use crate::clock::{Hours, Season, Stamp};
use crate::dice::Dice;
use crate::flow::{Flow, Ground};
use crate::plants::end;
use crate::staff::{Function as F, Hand};
use std::collections::BTreeMap;

pub(crate) use plant::{APART, plant};
use rivals::Rival;

const SEASON: [f64; 12] = [1.1, 1.2, 1.3, 1.1, 1.0, 1.0, 0.6, 0.6, 1.2, 1.2, 1.0, 0.6];

const NEED: &str = "Inkoopbehoefte vastgesteld";
const ESTIMATE: &str = "Raming opgesteld";
const CHOICE: &str = "Procedurekeuze gemaakt";
const DEVIATION: &str = "Afwijkingsbesluit genomen";
const INTEREST: &str = "Belangenverklaring getekend";
const INVITE: &str = "Aankondiging of uitnodiging verzonden";
const CLOSE: &str = "Inschrijving gesloten";
const BID: &str = "Inschrijving ontvangen op platform";
const OPENING: &str = "Kluis geopend";
const EXCLUSION: &str = "Uitsluitingsgronden getoetst";
const BIBOB: &str = "Bibob-toets uitgevoerd";
const SCORE: &str = "Individuele beoordeling";
const CONSENSUS: &str = "Consensusoverleg";
const ADVICE: &str = "Gunningsadvies opgesteld";
const AWARD: &str = "Gunningsbesluit genomen";
const LETTER: &str = "Gunningsbrief verzonden";
const SIGN: &str = "Contract ondertekend";
const SUBCONTRACT: &str = "Onderaannemer gemeld";
const DELIVERY: &str = "Prestatie geaccepteerd";
const EXTRA: &str = "Meerwerk toegestaan";

/// What one supplier may get below the European limit in one branch, over the two years.
const NOT_SPLIT: i64 = 19_000_000;

/// All cases of two years, without any weakness.
pub(crate) fn build(ground: &Ground, dice: &mut Dice, count: usize) -> Vec<Case> {
    let days = Season::new(&ground.office, SEASON).starts(dice, count);
    let mut given = BTreeMap::new();
    days.into_iter()
        .enumerate()
        .map(|(at, day)| {
            one(ground, dice, format!("INK-{:05}", 3_001 + at), day, &mut given)
        })
        .filter_map(|mut case| case.cut(end()).then_some(case))
        .collect()
}

/// What every supplier got in every branch.
type Given = BTreeMap<(usize, &'static str), i64>;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Deal {
    procedure: &'static str,
    category: &'static str,
    open: bool,
    estimate: i64,
    price: i64,
}

fn one(
    ground: &Ground,
    dice: &mut Dice,
    id: String,
    day: i32,
    given: &mut Given,
) -> Case {
    let mut flow = Flow::begin(ground, dice, id, day, Hours::Office);
    flow.evenings(0.004);
    let deal = deal(flow.dice);
    let rivals = describe(&mut flow, deal, given);
    let needer = flow.act(NEED, F::Requester);
    flow.days(6.0, 0.6, 20);
    let estimator = flow.act_with(ESTIMATE, F::ProcurementAdviser);
    estimator.set("bedrag", Value::Money(deal.estimate));
    flow.days(3.0, 0.6, 12);
    let adviser = flow.act(CHOICE, F::ProcurementAdviser);
    flow.days(5.0, 0.5, 15);
    if deal.procedure == "meervoudig onderhands" {
        rivals::invite(&mut flow, adviser, &rivals);
    } else {
        flow.log(INVITE, adviser);
    }
    if deal.open {
        flow.days(9.0, 0.3, 14);
        let adviser = flow.again(adviser, F::ProcurementAdviser, &[]);
        flow.log("Nota van inlichtingen gepubliceerd", adviser);
        // Forty calendar days at the least, counted from the invitation.
        let invited = flow.case.at(INVITE).map_or(0, Stamp::day);
        let day = invited + 43 + i32::try_from(flow.dice.between(0, 14)).unwrap_or(0);
        flow.until(day);
    } else {
        flow.days(12.0, 0.3, 20);
    }
    flow.act(CLOSE, F::ProcurementAdviser);
    rivals::receive(&mut flow, deal.price, &rivals);
    judge(&mut flow, deal, needer, &rivals);
    flow.done()
}

/// Draws what is bought, for how much, and the procedure that belongs to it.
fn deal(dice: &mut Dice) -> Deal {
    let category = dice.weighed_word(&[
        ("45", 0.28),
        ("72", 0.18),
        ("79", 0.16),
        ("90", 0.14),
        ("85", 0.12),
        ("39", 0.12),
    ]);
    let works = category == "45";
    let median = if works { 190_000.0 } else { 62_000.0 };
    let estimate = dice.cents(median, 1.2, 100_000).clamp(400_000, 700_000_000);
    let procedure = match (works, estimate) {
        (true, ..15_000_000) | (false, ..5_000_000) => "enkelvoudig onderhands",
        (true, ..150_000_000) | (false, ..20_500_000) => "meervoudig onderhands",
        _ if dice.chance(0.85) => "openbaar",
        _ => "niet-openbaar",
    };
    let open = matches!(procedure, "openbaar" | "niet-openbaar");
    let price = estimate / 100 * dice.between(82, 99) / 100 * 100 + dice.between(0, 99);
    Deal { procedure, category, open, estimate, price }
}

fn describe(flow: &mut Flow<'_>, deal: Deal, given: &mut Given) -> Vec<Rival> {
    let tenders = match deal.procedure {
        "enkelvoudig onderhands" => 1,
        "meervoudig onderhands" => flow.dice.between(2, 5),
        _ => flow.dice.between(2, 7),
    };
    let mut supplier = flow.dice.below(240);
    if !deal.open && deal.price < 23_000_000 {
        // Nobody gets so much in small pieces that it should have been put out together.
        for _ in 0..600 {
            let so_far = given.get(&(supplier, deal.category)).copied().unwrap_or(0);
            if so_far == 0 || so_far + deal.price < NOT_SPLIT {
                break;
            }
            supplier = (supplier + 1) % 600;
        }
        *given.entry((supplier, deal.category)).or_insert(0) += deal.price;
    }
    flow.set("procedure", Value::Word(deal.procedure))
        .set("cpv", Value::Word(deal.category))
        .set("raming", Value::Money(deal.estimate))
        .set("inschrijvingen", Value::Int(tenders))
        .set("leverancier", Value::Text(rivals::company(supplier)))
        .set("opgericht", rivals::founded(supplier))
        .set("bibobplicht", Value::Bool(bibob(deal)));
    let rivals = rivals::rivals(&flow.case, deal, supplier, tenders);
    let mut own = rivals::chance(&flow.case.id, deal.price + 2);
    let criterion = if tenders == 1 || own.chance(0.35) {
        "laagste prijs"
    } else {
        "beste kwaliteit"
    };
    let invalid = i64::from(tenders >= 4 && own.chance(0.2));
    let lowest = rivals.iter().map(|rival| rival.price).min().unwrap_or(deal.price);
    flow.set("gunning", Value::Word(criterion))
        .set("geldig", Value::Int(tenders - invalid))
        .set("laagste", Value::Money(lowest));
    rivals
}

/// Whether the policy asks for a Bibob check: in care and cleaning, from 50,000 euros on.
fn bibob(deal: Deal) -> bool {
    matches!(deal.category, "85" | "90") && deal.estimate >= 5_000_000
}

fn judge(flow: &mut Flow<'_>, deal: Deal, needer: Hand, rivals: &[Rival]) {
    flow.days(1.0, 0.3, 3);
    let mut own = rivals::chance(&flow.case.id, deal.price + 3);
    let opener = flow.act(OPENING, F::OpeningCommittee);
    let (at, staff) = (flow.at, &flow.ground.staff);
    let second = staff.pick(&mut own, F::OpeningCommittee, at, &[opener.0]);
    flow.log(OPENING, second);
    flow.days(2.0, 0.5, 8);
    flow.act(EXCLUSION, F::ProcurementAdviser);
    if bibob(deal) {
        let officer = flow.ground.staff.pick(&mut own, F::BibobOfficer, flow.at, &[]);
        let at = flow.at.plus(own.between(1_200, 4_000));
        flow.log(BIBOB, officer).at = at;
        flow.at = at;
    }
    let panel = if deal.open { 3 } else { 2 };
    let mut assessors: Vec<Hand> = Vec::new();
    for _ in 0..panel {
        let names: Vec<&str> =
            assessors.iter().map(|(who, _)| *who).chain([needer.0, opener.0]).collect();
        assessors.push(flow.pick(F::Assessor, &names));
    }
    for hand in &assessors {
        flow.minutes(35.0, 0.5);
        flow.log(INTEREST, *hand);
    }
    for hand in &assessors {
        flow.days(2.0, 0.4, 6);
        rivals::score(flow, *hand, rivals, &mut own);
    }
    flow.days(3.0, 0.4, 9);
    let lead = assessors.first().copied().unwrap_or(needer);
    flow.log(CONSENSUS, lead);
    flow.days(4.0, 0.5, 12);
    flow.act(ADVICE, F::ProcurementAdviser);
    flow.days(5.0, 0.5, 14);
    let decider = flow.pick(F::ProcurementMandate, &[needer.0]);
    let today = flow.at.day();
    flow.log(AWARD, decider)
        .set("uitkomst", Value::Word("gegund"))
        .set("ingangsdatum", Value::Day(today));
    flow.days(1.5, 0.5, 5);
    flow.act(LETTER, F::ProcurementAdviser);
    contract(flow, deal, decider);
}

fn contract(flow: &mut Flow<'_>, deal: Deal, decider: Hand) {
    if deal.open {
        let letter = flow.at.day();
        let day = letter + 22 + i32::try_from(flow.dice.between(0, 12)).unwrap_or(0);
        flow.until(day);
    } else {
        flow.days(8.0, 0.4, 18);
    }
    let signer = flow.again(decider, F::ProcurementMandate, &[]);
    flow.log(SIGN, signer)
        .set("bedrag", Value::Money(deal.price))
        .set("mandaatgrens", Value::Money(1_000_000_000));
    if deal.open {
        flow.days(6.0, 0.4, 15);
        flow.act("Gunning gepubliceerd", F::ProcurementAdviser);
    }
    let mut own = rivals::chance(&flow.case.id, deal.price + 4);
    if own.chance(0.45) {
        let at = flow.at.plus(own.between(900, 5_000));
        let manager = flow.ground.staff.pick(&mut own, F::ContractManager, at, &[]);
        let helper = Value::Text(rivals::company(700 + own.below(90)));
        let event = flow.log(SUBCONTRACT, manager);
        event.set("onderaannemer", helper).at = at;
    }
    let most = deal.price / 100 * 8;
    if flow.dice.chance(0.25) {
        flow.days(35.0, 0.4, 80);
        let extra = (most / 100 * flow.dice.between(20, 90)).max(1);
        let allows = flow.pick(F::ProcurementMandate, &[]);
        flow.log(EXTRA, allows).set("bedrag", Value::Money(extra));
    }
    flow.days(60.0, 0.6, 180);
    flow.act(DELIVERY, F::ContractManager);
    if flow.dice.chance(0.3) {
        flow.days(30.0, 0.4, 70);
        flow.act("Contract geëvalueerd", F::ContractManager);
    }
}
