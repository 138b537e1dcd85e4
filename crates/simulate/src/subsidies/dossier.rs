//! What stands in the file of an application besides its steps: who the applicant is, what
//! the plan says, and what the scheme allows.

use super::{ACCOUNT, ADVANCE, APPLICANT, BOOKED, GRANT, RECEIVED, RECOVER, SETTLE};
use crate::case::{Case, Value};
use crate::clock::{Hours, Stamp, date_of, day_of};
use crate::dice::Dice;
use crate::flow::Ground;
use crate::plants::end;
use model::Date;
use std::collections::BTreeMap;

/// The checks of an applicant one by one.
pub(super) const EXTRACT: &str = "KVK-uittreksel opgevraagd";
pub(super) const BOARD: &str = "Bestuurders nagekeken";
pub(super) const ACCOUNT_NAME: &str = "Naam bij rekening gecontroleerd";
pub(super) const BIBOB: &str = "Bibob-toets gedaan";

/// From this grant on the municipality asks for a Bibob check.
const BIBOB_FROM: i64 = 5_000_000;

/// What one applicant may have under one scheme.
pub(super) const CAP: i64 = 10_000_000;

/// Fills the files of all cases.
pub(super) fn fill(ground: &Ground, dice: &mut Dice, cases: &mut [Case]) {
    for case in cases.iter_mut() {
        applicant(case);
        plan(dice, case);
        checks(dice, case);
        account(dice, case);
        claim(ground, dice, case);
    }
    ceilings(cases);
}

/// The number of an applicant, by which everything about it is known.
fn number(case: &Case) -> i32 {
    match case.get("aanvrager") {
        Some(Value::Text(name)) => {
            name.rsplit('-').next().and_then(|n| n.parse().ok()).unwrap_or(0)
        }
        _ => 0,
    }
}

fn applicant(case: &mut Case) {
    let number = number(case);
    let text = |kind: &str| Value::Text(format!("{kind}-{number:03}"));
    case.set("bestuurder", text("bestuurder"));
    case.set("bezoekadres", Value::Text(format!("0872200000{:06}", 4_000 + number)));
    case.set("telefoon", text("telefoon"));
    case.set("email", text("post"));
    case.set("rekening", text("rekening"));
    // between 1984 and 2018
    let founded = day_of(Date::constant(1984, 3, 1)) + number * 6_553 % 12_500;
    case.set("oprichtingsdatum", Value::Day(founded));
    let performer = case.get("aanvrager").cloned();
    if let Some(performer) = performer {
        case.set("uitvoerder", performer);
    }
}

/// The plan in the words of the applicant, its period, and the rules of the scheme.
fn plan(dice: &mut Dice, case: &mut Case) {
    let received = case.at(RECEIVED).map_or(0, Stamp::day);
    let from = received + small(dice.between(70, 140));
    let to = from + small(dice.between(20, 200));
    let year = date_of(received).year();
    let closes = Date::new(year, 12, 31).map_or(received, day_of);
    case.set("plan", Value::Text(words(dice)));
    case.set("activiteit_van", Value::Day(from));
    case.set("activiteit_tot", Value::Day(to));
    case.set("medefinanciering", Value::Bool(dice.chance(0.1)));
    case.set("ontvangen_op", Value::Day(received));
    case.set("sluitingsdatum", Value::Day(closes));
    case.set("regelingjaar", Value::Text(year.to_string()));
    let excluded = !case.is("regeling", "Evenementen");
    case.set("eerdere_start_uitgesloten", Value::Bool(excluded));
    case.set("maximum_per_aanvrager", Value::Money(CAP));
    let required = case.money("gevraagd_bedrag") >= BIBOB_FROM;
    case.set("bibob_verplicht", Value::Bool(required));
}

fn small(number: i64) -> i32 {
    i32::try_from(number).unwrap_or(0)
}

/// The parts of a plan: what, for whom, where, how, with whom, with what help, and the end.
const PARTS: [&[&str]; 7] = [
    &[
        "Elke maand houden wij een open middag",
        "Wij beginnen een reeks van acht lessen",
        "In de zomer maken wij een voorstelling",
        "Wij knappen het oude speelveld op",
        "Twaalf avonden lang koken wij samen",
        "Wij zetten een werkplaats op",
        "Drie weekenden staat er een podium",
        "Wij richten een ruilwinkel in",
        "Elke week trainen wij een nieuwe ploeg",
        "Wij leggen een moestuin aan",
    ],
    &[
        "voor ouderen die weinig buiten komen",
        "voor kinderen uit de groepen vijf en zes",
        "voor jongeren die nergens lid van zijn",
        "voor mantelzorgers en hun naasten",
        "voor nieuwe bewoners van de polder",
        "voor mensen die slecht ter been zijn",
        "voor vaders en moeders met kleine kinderen",
        "voor iedereen die muziek wil leren maken",
        "voor meisjes die willen voetballen",
        "voor buren die elkaar nog niet kennen",
    ],
    &[
        "in de oude school aan de dijk",
        "op het plein bij de molen",
        "in het dorpshuis achter de kerk",
        "op het veld langs de vaart",
        "in de loods van de vroegere veiling",
        "in het park bij het station",
        "op de kade van de haven",
        "in de kantine van de club",
        "in de tuin van het zorghuis",
        "op drie plekken in de wijk",
    ],
    &[
        "Er komen nieuwe lampen en betere banken",
        "Wij kopen gereedschap dat iedereen mag lenen",
        "Een vaste begeleider leert ons het vak",
        "Wie wil krijgt een kleine taak",
        "Wij drukken een boekje met verhalen",
        "Aan het eind is er een proef voor allen",
        "Wij meten elk kwartaal hoeveel mensen komen",
        "De spullen blijven daarna in het gebouw",
        "Wij maken filmpjes en zetten die op een kanaal",
        "Elke deelnemer neemt iemand mee",
    ],
    &[
        "Wij werken samen met de bibliotheek",
        "Wij werken samen met twee scholen",
        "Wij werken samen met de huisartsen",
        "Wij werken samen met de roeivereniging",
        "Wij werken samen met het muziekgilde",
        "Wij werken samen met de voedselbank",
        "Wij werken samen met een boer uit de buurt",
        "Wij werken samen met de wijkagent",
    ],
    &[
        "en rekenen op dertig vrijwilligers",
        "en vragen elke deelnemer een kleine bijdrage",
        "en krijgen hout en verf van winkels",
        "en lenen een bus van de fabriek",
        "en delen de kosten van de zaal",
        "en betalen alleen de docent",
        "en hebben al de helft van de stoelen",
        "en zoeken nog een penningmeester",
    ],
    &[
        "Na een jaar gaat het door zonder subsidie.",
        "In oktober laten wij zien wat het opleverde.",
        "Het slot is een feest met de hele straat.",
        "De resultaten delen wij met andere kernen.",
        "De raad is welkom om te komen kijken.",
        "Wij schrijven op wat beter kan.",
    ],
];

/// A plan in some thirty words; two of them are never nearly the same by chance.
pub(super) fn words(dice: &mut Dice) -> String {
    let [what, whom, place, how, with, help, end] = PARTS.map(|list| dice.word(list));
    format!("{what} {whom} {place}. {how}. {with} {help}. {end}")
}

/// The checks of the applicant, right after each other.
fn checks(dice: &mut Dice, case: &mut Case) {
    let Some(mut at) = case.at(APPLICANT) else { return };
    let bibob = case.get("bibob_verplicht") == Some(&Value::Bool(true));
    let last = bibob.then_some(BIBOB);
    for name in [EXTRACT, BOARD, ACCOUNT_NAME].into_iter().chain(last) {
        at = at.plus(dice.between(60, 240));
        if let Some(event) = case.copy_of(APPLICANT, name, at) {
            case.insert(event);
        }
    }
}

/// To whom most of the money went.
fn account(dice: &mut Dice, case: &mut Case) {
    let (percent, payee) = (dice.between(8, 45), 500 + dice.below(400));
    let Some(event) = case.first_mut(ACCOUNT) else { return };
    let text = |kind: &str| Value::Text(format!("{kind}-{payee}"));
    event
        .set("aandeel_grootste", Value::Int(percent))
        .set("bestuurder_grootste", text("bestuurder"))
        .set("adres_grootste", Value::Text(format!("0872200000{payee:06}")))
        .set("rekening_grootste", text("rekening"));
}

/// What must come back, and its entry in the accounts.
fn claim(ground: &Ground, dice: &mut Dice, case: &mut Case) {
    let paid = |activity| match case.first(activity).and_then(|e| e.get("bedrag")) {
        Some(Value::Money(cents)) => *cents,
        _ => 0,
    };
    let owed = (paid(ADVANCE) - paid(SETTLE)).max(0);
    if let Some(event) = case.first_mut(SETTLE) {
        event.set("terug_te_betalen", Value::Money(owed));
    }
    let Some(claimed) = case.at(RECOVER) else { return };
    let day = ground.office.add_open(claimed.day(), dice.between(2, 12));
    let at = ground.office.moment(dice, day, Hours::Office, claimed);
    if let Some(event) = case.copy_of(RECOVER, BOOKED, at).filter(|e| e.at <= end()) {
        case.insert(event);
    }
}

/// A case with what it was granted: its position, the moment, the cents.
pub(super) type Granted = (usize, Stamp, i64);

/// All grants of each scheme and year, in the order of the decisions.
pub(super) fn granted(cases: &[Case]) -> BTreeMap<String, Vec<Granted>> {
    let mut all: BTreeMap<String, Vec<Granted>> = BTreeMap::new();
    for (at, case) in cases.iter().enumerate() {
        let Some(event) = case.first(GRANT) else { continue };
        let Some(Value::Money(cents)) = event.get("bedrag") else { continue };
        let key = format!("{:?} {:?}", case.get("regeling"), case.get("regelingjaar"));
        all.entry(key).or_default().push((at, event.at, *cents));
    }
    for grants in all.values_mut() {
        grants.sort_by_key(|(at, moment, _)| (*moment, *at));
    }
    all
}

/// The ceiling of each scheme and year: enough for all, and a little more.
fn ceilings(cases: &mut [Case]) {
    for case in cases.iter_mut() {
        case.set("plafond", Value::Money(50_000_000));
    }
    for grants in granted(cases).into_values() {
        let sum: i64 = grants.iter().map(|(_, _, cents)| cents).sum();
        let ceiling = (sum / 5_000_000 + 4) * 5_000_000;
        for (at, ..) in grants {
            if let Some(case) = cases.get_mut(at) {
                case.set("plafond", Value::Money(ceiling));
            }
        }
    }
}
