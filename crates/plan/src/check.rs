//! Whether a question can be answered: refused whole, with the reason, or not at all.

use crate::question::{Measure, Process, Question};
use crate::score::{MATURITY_MOST, SEVERITY_MOST};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Weights up to here; together with the other limits every figure stays far below 2⁵³, so
/// that the solver's floating point holds it exactly.
const WEIGHT_MOST: u64 = 100;
const HOURS_MOST: u64 = 1_000_000;
const EUROS_MOST: u64 = 1_000_000_000;
const TENTHS_MOST: u64 = 1000;
const YEARS_MOST: usize = 10;

/// Why a question has no plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No year, or too many.
    Years(usize),
    /// Two things with one code; for a control or circumstance with the process before it.
    Twice(String),
    /// A number outside its range.
    OutOfRange {
        /// Where it stands.
        place: String,
        /// What was given.
        given: String,
        /// The lowest and the highest that can be.
        range: (i64, u64),
    },
    /// A measure that is named but not given.
    Unknown {
        /// The code that is named.
        code: String,
        /// Where.
        place: String,
    },
    /// A measure that must be in the plan cannot be.
    MustHaveCannotBe {
        /// The measure that must be there.
        code: String,
        /// The measure that stands in the way: itself, or one that it requires.
        blocked: String,
    },
    /// The measures that must be there do not fit in what there is.
    MustHavesDoNotFit,
    /// The solver failed, or its answer did not stand the check afterwards.
    Solver(String),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Years(given) => {
                write!(f, "{given} years were given; give 1 to {YEARS_MOST}")
            }
            Self::Twice(code) => write!(f, "`{code}` is given twice; give it once"),
            Self::OutOfRange { place, given, range: (low, high) } => {
                write!(f, "{place}: `{given}`; expected {low} to {high}")
            }
            Self::Unknown { code, place } => {
                write!(
                    f,
                    "{place}: there is no measure `{code}`; give it or leave it out"
                )
            }
            Self::MustHaveCannotBe { code, blocked } if code == blocked => {
                write!(
                    f,
                    "`{code}` must be in the plan and must not, or only later; choose"
                )
            }
            Self::MustHaveCannotBe { code, blocked } => write!(
                f,
                "`{code}` must be in the plan, but requires `{blocked}`, which must not or \
                 only later; choose"
            ),
            Self::MustHavesDoNotFit => write!(
                f,
                "the measures that must be in the plan do not fit together in the hours and \
                 euros; give more or drop one"
            ),
            Self::Solver(what) => write!(f, "the solver gave no plan: {what}"),
        }
    }
}

impl std::error::Error for Refusal {}

/// Nothing, or the first thing that is wrong.
pub(crate) fn check(question: &Question) -> Result<(), Refusal> {
    let years = question.years.len();
    if years == 0 || years > YEARS_MOST {
        return Err(Refusal::Years(years));
    }
    range("partners", u64::from(question.partners), 1, 10_000)?;
    let (absent, paper) = (question.caps.absent_tenths, question.caps.on_paper_tenths);
    range("cap of a key control on paper", u64::from(paper), 0, TENTHS_MOST)?;
    range("cap of an absent key control", u64::from(absent), 0, u64::from(paper))?;
    once(question.processes.iter().map(|process| process.code.clone()))?;
    once(question.measures.iter().map(|measure| measure.code.clone()))?;
    for process in &question.processes {
        check_process(process)?;
    }
    let codes: BTreeSet<&str> =
        question.measures.iter().map(|m| m.code.as_str()).collect();
    for measure in &question.measures {
        check_measure(measure, &codes)?;
    }
    check_wishes(question, &codes)
}

fn check_process(process: &Process) -> Result<(), Refusal> {
    let at = |what: &str| format!("process `{}`, {what}", process.code);
    let within = |code: &String| format!("{}: {code}", process.code);
    range(&at("weight"), u64::from(process.weight), 0, WEIGHT_MOST)?;
    let target = u64::from(process.target_tenths.unsigned_abs());
    if target > TENTHS_MOST {
        return Err(Refusal::OutOfRange {
            place: at("target in tenths"),
            given: process.target_tenths.to_string(),
            range: (-1000, TENTHS_MOST),
        });
    }
    let attractiveness = u64::from(process.attractiveness_tenths);
    range(&at("attractiveness in tenths"), attractiveness, 0, TENTHS_MOST)?;
    once(process.circumstances.iter().map(|c| within(&c.code)))?;
    once(process.controls.iter().map(|c| within(&c.code)))?;
    for circumstance in &process.circumstances {
        let place = at(&format!("circumstance `{}`", circumstance.code));
        range(&place, u64::from(circumstance.weight), 1, WEIGHT_MOST)?;
        range(&place, u64::from(circumstance.severity), 0, u64::from(SEVERITY_MOST))?;
    }
    for control in &process.controls {
        let place = at(&format!("control `{}`", control.code));
        range(&place, u64::from(control.weight), 1, WEIGHT_MOST)?;
        range(&place, u64::from(control.maturity), 0, u64::from(MATURITY_MOST))?;
    }
    Ok(())
}

fn check_measure(measure: &Measure, codes: &BTreeSet<&str>) -> Result<(), Refusal> {
    let at = |what: &str| format!("measure `{}`, {what}", measure.code);
    range(&at("hours once"), measure.cost.hours_once, 0, HOURS_MOST)?;
    range(&at("hours yearly"), measure.cost.hours_yearly, 0, HOURS_MOST)?;
    range(&at("euros once"), measure.cost.euros_once, 0, EUROS_MOST)?;
    range(&at("euros yearly"), measure.cost.euros_yearly, 0, EUROS_MOST)?;
    for raise in &measure.raises {
        let place = at(&format!("control `{}`, to", raise.control));
        let (from, most) = (i64::from(raise.from) + 1, u64::from(MATURITY_MOST));
        range(&place, u64::from(raise.to), from, most)?;
    }
    for lower in &measure.lowers {
        let place = at(&format!("circumstance `{}`, by", lower.circumstance));
        range(&place, u64::from(lower.by), 1, u64::from(SEVERITY_MOST))?;
    }
    known(&at("requires"), measure.requires.iter(), codes)
}

fn check_wishes(question: &Question, codes: &BTreeSet<&str>) -> Result<(), Refusal> {
    let wishes = &question.wishes;
    known("must have", wishes.must_have.iter(), codes)?;
    known("must not", wishes.must_not.iter(), codes)?;
    known("not before", wishes.not_before.keys(), codes)?;
    known("in place", wishes.in_place.iter(), codes)?;
    for (code, year) in &wishes.not_before {
        let year = u64::try_from(*year).unwrap_or(u64::MAX);
        range(&format!("not before, `{code}`"), year, 1, 10_000)?;
    }
    let by_code: BTreeMap<&str, &Measure> =
        question.measures.iter().map(|m| (m.code.as_str(), m)).collect();
    for code in wishes.must_have.iter().filter(|code| !wishes.in_place.contains(*code)) {
        let (mut seen, mut next) = (BTreeSet::new(), vec![code]);
        while let Some(required) = next.pop() {
            if wishes.in_place.contains(required) || !seen.insert(required) {
                continue;
            }
            let later = wishes.not_before.get(required).copied().unwrap_or(1);
            if wishes.must_not.contains(required) || later > question.years.len() {
                let (code, blocked) = (code.clone(), required.clone());
                return Err(Refusal::MustHaveCannotBe { code, blocked });
            }
            next.extend(by_code.get(required.as_str()).iter().flat_map(|m| &m.requires));
        }
    }
    Ok(())
}

fn known<'a>(
    place: &str,
    mut named: impl Iterator<Item = &'a String>,
    codes: &BTreeSet<&str>,
) -> Result<(), Refusal> {
    match named.find(|code| !codes.contains(code.as_str())) {
        Some(code) => {
            Err(Refusal::Unknown { code: code.clone(), place: place.to_owned() })
        }
        None => Ok(()),
    }
}

fn once(codes: impl Iterator<Item = String>) -> Result<(), Refusal> {
    let mut seen = BTreeSet::new();
    for code in codes {
        if seen.contains(&code) {
            return Err(Refusal::Twice(code));
        }
        seen.insert(code);
    }
    Ok(())
}

fn range(place: &str, given: u64, low: i64, high: u64) -> Result<(), Refusal> {
    let enough = i64::try_from(given).map_or(true, |given| given >= low);
    if enough && given <= high {
        return Ok(());
    }
    let (place, given) = (place.to_owned(), given.to_string());
    Err(Refusal::OutOfRange { place, given, range: (low, high) })
}
