//! Many answers within seconds: clicked through rather than read.

#[cfg(test)]
use super::Answer;
#[cfg(test)]
use super::build::{control, round};
use super::seen::{Looking, Seen};
use super::{Check, Run, Verdict, Why, Words};
use std::collections::BTreeMap;

/// This many answers ...
const BULK: usize = 10;
/// ... in this time are more than anybody reads: two seconds each.
const BULK_MICROS: i64 = 20_000_000;

/// The check, with its words.
pub(super) const CHECK: Check = Check {
    code: "Q16",
    name: "answered-in-bulk",
    nl: Words {
        sentence: "Bij {n} van de {of} deelnemers volgden veel antwoorden elkaar binnen enkele seconden op.",
        repair: "Vraag of er genoeg tijd was, en loop de vragen samen na als dat niet zo was.",
    },
    en: Words {
        sentence: "For {n} of the {of} respondents many answers followed each other within a few seconds.",
        repair: "Ask whether there was enough time, and go through the questions together if there was not.",
    },
    run: Run::Process(run),
    #[cfg(test)]
    examples,
};

fn run(seen: &Seen<'_>) -> Verdict {
    let mut times: BTreeMap<&str, Vec<i64>> = BTreeMap::new();
    for (_, reply) in seen.given() {
        if let Some(at) = reply.at.filter(|at| !at.day_only) {
            times.entry(reply.by.as_str()).or_default().push(at.micros);
        }
    }
    times.retain(|_, all| all.len() >= BULK);
    let mut quick = 0_usize;
    for all in times.values_mut() {
        all.sort_unstable();
        let in_bulk = all.windows(BULK).any(|some| {
            let ends = some.first().zip(some.last());
            ends.is_some_and(|(begin, end)| end.saturating_sub(*begin) <= BULK_MICROS)
        });
        quick = quick.saturating_add(usize::from(in_bulk));
    }
    let mut looking = Looking::default();
    if !times.is_empty() {
        let figures = [("n", quick.to_string()), ("of", times.len().to_string())];
        looking.at(None, quick > 0, figures);
    }
    looking.verdict(Why::NoTimes)
}

#[cfg(test)]
fn examples() -> [super::Round; 3] {
    [round(every(1)), round(every(15)), round(every(1).into_iter().take(9).collect())]
}

/// Twelve questions, answered so many seconds after each other.
#[cfg(test)]
fn every(seconds: i64) -> Vec<super::Question> {
    let asked = (1..=12).map(|at| {
        let mut question = control(&format!("B{at:02}"), &[Answer::Level(2)]);
        question.replies[0].at = Some(model::Moment::at(at * seconds * 1_000_000));
        question
    });
    asked.collect()
}
