//! A small log in which nothing is planted and everybody is alike, for counting the false
//! alarms of statistical rules over many seeds.

use crate::case::{Case, Event, Value};
use crate::clock::{FIRST, Hours, LAST, Office, Stamp, day_of, minutes};
use crate::dice::Dice;
use crate::town::{Log, LogFormat};
use model::Process;
use std::borrow::Cow;

const HANDLERS: [&str; 12] = [
    "a.een", "b.twee", "c.drie", "d.vier", "e.vijf", "f.zes", "g.zeven", "h.acht",
    "i.negen", "j.tien", "k.elf", "l.twaalf",
];

/// A log of permits with so many cases, handed out by chance to twelve equal handlers.
///
/// Few of the applicants come often; times and amounts are lognormal. It is read with the
/// mapping and the binding of permits.
pub fn null_log(seed: u64, cases: usize) -> Log<'static> {
    let office = Office::new();
    let mut dice = Dice::new(seed, 99);
    let made = (0..cases).map(|at| one(&office, &mut dice, at)).collect();
    Log {
        process: Process::Permits,
        file_name: "vergunningen-nul.xes",
        format: LogFormat::Xes,
        cases: Cow::Owned(made),
    }
}

fn one(office: &Office, dice: &mut Dice, at: usize) -> Case {
    let mut case = Case::new(format!("NUL-{:05}", at + 1));
    // The n-th applicant comes with a probability that falls with n, as in a Zipf law.
    let applicant = dice.weighted((1..=300).map(|n| 1.0 / f64::from(n)));
    case.set("zaaktype", Value::Word("omgevingsvergunning bouwen"));
    case.set("bedrag", Value::Money(dice.cents(20_000.0, 1.1, 1)));
    case.set("aanvrager", Value::Text(format!("aanvrager-{applicant:04}")));
    let first = i64::from(day_of(FIRST));
    let last = i64::from(day_of(LAST)) - 60;
    let day = i32::try_from(dice.between(first, last)).unwrap_or(0);
    let mut now = office.moment(dice, day, Hours::Office, Stamp::new(day, 0, 0));
    let handler = dice.word(&HANDLERS);
    let outcome = if dice.chance(0.85) { "verleend" } else { "geweigerd" };
    for (activity, wait) in [
        ("Ontvankelijkheid getoetst", 0.0),
        ("Conceptbesluit opgesteld", 900.0),
        ("Besluit genomen", 700.0),
    ] {
        if wait > 0.0 {
            let seconds = minutes(dice, wait, 0.8);
            let days = i32::try_from(seconds / 27_000).unwrap_or(0);
            now = office.moment(dice, now.day() + days, Hours::Office, now);
        }
        let mut event = Event {
            at: now,
            activity,
            who: handler,
            unit: "Vergunningen",
            attributes: Vec::new(),
            rest: true,
        };
        if activity == "Besluit genomen" {
            event.set("uitkomst", Value::Word(outcome));
            event.who = dice.word(&HANDLERS);
        }
        case.events.push(event);
    }
    case
}
