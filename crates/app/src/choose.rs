//! What first: from what is known of the processes, the measures of the catalogue and the
//! hours there are, to a plan and what other amounts of hours would bring.
//!
//! What nobody knows counts as bad as it can be. A plan that took it for fine would leave
//! open exactly what nobody ever looked at; so the careful end counts, and the advice names
//! every answer for which that was done.

use crate::AppError;
use assessment::{Answer, Side};
use catalogue::Catalogue;
use catalogue::fault::nearest;
use catalogue::library;
use model::Process;
use picture::freeboard::{Limits, Weighed};
use picture::weighing::Weighing;
use plan::{
    Advice, Aimed, Assumed, Budget, Caps, Circumstance, Control, Cost, Effort, Lower,
    Measure, Question, Raise, Reach, Unknown, Wishes,
};
use std::collections::{BTreeMap, BTreeSet};

/// How heavily a process counts and how far it should come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Aim {
    /// How heavily a point of its shortfall counts, 0 to 100; 0: not at all.
    pub weight: u32,
    /// The freeboard to reach, in tenths of a point, −1000 to 1000.
    pub target_tenths: i32,
}

impl Default for Aim {
    /// Weight 1 and target 0, as the method has them.
    fn default() -> Self {
        Self { weight: 1, target_tenths: 0 }
    }
}

/// What is asked.
#[derive(Clone, Debug)]
pub struct Wanted<'a> {
    /// The processes as they stand; those that are not here do not count.
    pub weighings: &'a [Weighing],
    /// How heavily they count and how far they should come; [`Aim::default`] where absent.
    pub aims: BTreeMap<Process, Aim>,
    /// What there is to spend, one entry a year, the first year first.
    pub years: Vec<Budget>,
    /// How many organisations carry a shared measure together, the own one included.
    pub partners: u32,
    /// What people decided by hand.
    pub wishes: Wishes,
    /// Whether the organisation is small: measures that do not fit one are then left out,
    /// unless somebody asked for them by hand.
    pub small: bool,
    /// The numbers of the method.
    pub limits: Limits,
}

/// A question that is ready to be solved, with what a reader of the answer must know.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// The question.
    pub question: Question,
    /// The processes that count.
    pub aims: Vec<Aimed>,
    /// What nobody knows and how it was counted.
    pub assumed: Vec<Assumed>,
    /// Processes of which no control applies.
    pub left_out: Vec<String>,
    /// Measures that do not fit a small organisation.
    pub not_small: Vec<String>,
}

/// The best plan within the capacity, and the same for other shares of the hours
/// ([`plan::PERCENTS`] are the usual ones).
///
/// # Errors
/// Everything that is wrong with what is asked, at once; or that no plan can meet it.
pub fn choose(
    catalogue: &Catalogue,
    wanted: &Wanted<'_>,
    percents: &[u32],
    effort: Effort,
) -> Result<Advice, AppError> {
    let ready = prepare(catalogue, wanted)?;
    let proposal = plan::propose(&ready.question, percents, effort)
        .map_err(|refusal| AppError::Use(refusal.to_string()))?;
    Ok(Advice {
        content: catalogue.version.clone(),
        capacity: wanted.years.clone(),
        partners: wanted.partners,
        small: wanted.small,
        wishes: wanted.wishes.clone(),
        aims: ready.aims,
        proposal,
        assumed: ready.assumed,
        left_out: ready.left_out,
        not_small: ready.not_small,
    })
}

/// The question to put to the solver.
///
/// The likely hours and euros of a measure count. A process of which no control applies is
/// left out.
///
/// # Errors
/// Everything that is wrong with what is asked, one sentence a line.
pub fn prepare(catalogue: &Catalogue, wanted: &Wanted<'_>) -> Result<Prepared, AppError> {
    let faults = faults(catalogue, wanted);
    if !faults.is_empty() {
        return Err(AppError::Use(faults.join("\n")));
    }
    let mut weighings: Vec<&Weighing> = wanted.weighings.iter().collect();
    weighings.sort_by_key(|weighing| weighing.process.code());
    let (counted, empty): (Vec<&Weighing>, Vec<&Weighing>) =
        weighings.into_iter().partition(|weighing| weighing.freeboard.is_some());
    let measures = fitting(catalogue, wanted);
    let chosen_from = catalogue.measures.values();
    let (fit, not): (Vec<_>, Vec<_>) =
        chosen_from.partition(|measure| measures.contains(measure.head.code.as_str()));
    let code = |measure: &library::Measure| measure.head.code.clone();
    let mut wishes = wanted.wishes.clone();
    wishes.must_not.retain(|code| measures.contains(code.as_str()));
    Ok(Prepared {
        question: Question {
            processes: counted.iter().map(|of| process(of, wanted)).collect(),
            measures: fit.into_iter().map(measure).collect(),
            years: wanted.years.clone(),
            partners: wanted.partners,
            caps: caps(&wanted.limits),
            wishes,
        },
        aims: counted.iter().map(|of| aimed(of, wanted)).collect(),
        assumed: counted.iter().flat_map(|of| assumed(of)).collect(),
        left_out: empty.iter().map(|of| of.process.code().to_owned()).collect(),
        not_small: not.into_iter().map(code).collect(),
    })
}

/// Everything that is wrong with what is asked.
fn faults(catalogue: &Catalogue, wanted: &Wanted<'_>) -> Vec<String> {
    let mut faults = Vec::new();
    if wanted.weighings.is_empty() {
        faults.push("no process was given; weigh at least one".to_owned());
    }
    let mut seen = BTreeSet::new();
    for weighing in wanted.weighings {
        if !seen.insert(weighing.process) {
            let process = weighing.process;
            faults.push(format!("the process `{process}` is given twice; give it once"));
        }
    }
    for (process, aim) in &wanted.aims {
        if !seen.contains(process) {
            let known = seen.iter().map(|process| process.code());
            let hint = in_brackets(&nearest(process.code(), known));
            faults.push(format!(
                "a weight or target is given for `{process}`, which is not among the processes{hint}"
            ));
        }
        outside(
            &mut faults,
            &format!("weight of `{process}`"),
            aim.weight.into(),
            0,
            100,
        );
        let target = i64::from(aim.target_tenths);
        let place = format!("target of `{process}`, in tenths of a point");
        outside(&mut faults, &place, target, -1000, 1000);
    }
    let years = i64::try_from(wanted.years.len()).unwrap_or(i64::MAX);
    outside(&mut faults, "number of years", years, 1, 10);
    outside(&mut faults, "number of partners", wanted.partners.into(), 1, 10_000);
    wish_faults(catalogue, &wanted.wishes, &mut faults);
    faults
}

fn outside(faults: &mut Vec<String>, what: &str, given: i64, low: i64, high: i64) {
    if !(low..=high).contains(&given) {
        faults.push(format!("{what}: `{given}`; expected {low} to {high}"));
    }
}

fn wish_faults(catalogue: &Catalogue, wishes: &Wishes, faults: &mut Vec<String>) {
    let not_before: BTreeSet<String> = wishes.not_before.keys().cloned().collect();
    for (place, codes) in [
        ("must have", &wishes.must_have),
        ("must not", &wishes.must_not),
        ("not before", &not_before),
        ("in place", &wishes.in_place),
    ] {
        let unknown = codes.iter().filter(|code| !catalogue.measures.contains_key(*code));
        faults.extend(unknown.map(|code| {
            format!("{place}: there is no measure `{code}`{}", hint(catalogue, code))
        }));
    }
    for code in wishes.must_have.intersection(&wishes.must_not) {
        faults.push(format!("`{code}` must be in the plan and must not; choose"));
    }
    for (code, year) in wishes.not_before.iter().filter(|(_, year)| **year == 0) {
        faults
            .push(format!("not before: year `{year}` of `{code}`; the first year is 1"));
    }
}

/// What may have been meant by a code that no measure has.
fn hint(catalogue: &Catalogue, code: &str) -> String {
    if let Some(retired) = catalogue.retired.get(code) {
        return match retired.successor.as_str() {
            "" => format!(" (it is no longer used: {})", retired.why),
            successor => format!(" (`{successor}` came in its place)"),
        };
    }
    in_brackets(&nearest(code, catalogue.measures.keys().map(String::as_str)))
}

fn in_brackets(hint: &str) -> String {
    if hint.is_empty() { String::new() } else { format!(" ({hint})") }
}

/// The measures to choose from: all; for a small organisation those that fit one, those that
/// somebody asked for or has in place, and what these require.
fn fitting<'c>(catalogue: &'c Catalogue, wanted: &Wanted<'_>) -> BTreeSet<&'c str> {
    let wishes = &wanted.wishes;
    let asked = |code: &String| {
        wishes.must_have.contains(code)
            || wishes.not_before.contains_key(code)
            || wishes.in_place.contains(code)
    };
    let code = |measure: &'c library::Measure| measure.head.code.as_str();
    let required = |code: &&str| catalogue.measures.get(*code).map(|it| &it.requires);
    let mut next: Vec<&str> = catalogue
        .measures
        .values()
        .filter(|measure| asked(&measure.head.code))
        .map(code)
        .collect();
    let mut called_for = BTreeSet::new();
    while let Some(one) = next.pop() {
        if called_for.insert(one) {
            next.extend(required(&one).into_iter().flatten().map(String::as_str));
        }
    }
    let fits = |measure: &&library::Measure| {
        !wanted.small
            || measure.small
            || called_for.iter().any(|code| *code == measure.head.code)
    };
    let mut fitting: BTreeSet<&str> =
        catalogue.measures.values().filter(fits).map(code).collect();
    // what requires something that is left out cannot be chosen either
    loop {
        let stays = |code: &&str| {
            required(code).into_iter().flatten().all(|it| fitting.contains(it.as_str()))
        };
        let left: BTreeSet<&str> = fitting.iter().copied().filter(stays).collect();
        if left.len() == fitting.len() {
            return left;
        }
        fitting = left;
    }
}

fn caps(limits: &Limits) -> Caps {
    let tenths = |cap: i64| u32::try_from(cap).unwrap_or(0);
    Caps {
        absent_tenths: tenths(limits.cap_absent),
        on_paper_tenths: tenths(limits.cap_on_paper),
    }
}

/// A process at its worst end.
fn process(weighing: &Weighing, wanted: &Wanted<'_>) -> plan::Process {
    let aim = wanted.aims.get(&weighing.process).copied().unwrap_or_default();
    let inputs = &weighing.inputs;
    let tenths = inputs.attractiveness.tenths();
    let circumstance = |it: &Weighed| Circumstance {
        code: it.code.clone(),
        weight: it.weight,
        severity: it.high,
    };
    let control = |it: &Weighed| Control {
        code: it.code.clone(),
        weight: it.weight,
        maturity: it.low,
        key: it.key,
    };
    plan::Process {
        code: weighing.process.code().to_owned(),
        weight: aim.weight,
        target_tenths: aim.target_tenths,
        attractiveness_tenths: u32::try_from(tenths).unwrap_or(0),
        circumstances: inputs.circumstances.iter().map(circumstance).collect(),
        controls: inputs.controls.iter().map(control).collect(),
    }
}

fn aimed(weighing: &Weighing, wanted: &Wanted<'_>) -> Aimed {
    let aim = wanted.aims.get(&weighing.process).copied().unwrap_or_default();
    let freeboard = weighing.freeboard.as_ref();
    Aimed {
        process: weighing.process.code().to_owned(),
        weight: aim.weight,
        target_tenths: aim.target_tenths,
        unknown: freeboard.map_or(0, |freeboard| freeboard.unknown),
        too_unknown: freeboard.is_some_and(|freeboard| freeboard.classes.is_none()),
    }
}

/// What nobody knows of a process, with the end at which it was counted.
fn assumed(weighing: &Weighing) -> Vec<Assumed> {
    let unknown = weighing.subjects.iter().filter_map(|subject| {
        let judged = subject.judged.filter(|judged| !judged.is_known())?;
        let control = subject.side == Side::Control;
        let (worst, best) =
            if control { (judged.low, judged.high) } else { (judged.high, judged.low) };
        Some(Assumed {
            process: weighing.process.code().to_owned(),
            code: subject.code.clone(),
            control,
            why: match subject.said.answer {
                Answer::DontKnow => Unknown::DontKnow,
                Answer::Level(_) | Answer::NotApplicable | Answer::NotAnswered => {
                    Unknown::NotAnswered
                }
            },
            counted: worst,
            at_best: best,
        })
    });
    unknown.collect()
}

/// A measure of the catalogue with its likely costs.
fn measure(of: &library::Measure) -> Measure {
    let processes = of.processes.iter().map(|process| process.code().to_owned());
    let raise = |raise: &library::Raise| Raise {
        control: raise.control.clone(),
        from: raise.from,
        to: raise.to,
    };
    let lower = |lower: &library::Lower| Lower {
        circumstance: lower.circumstance.clone(),
        by: lower.by,
    };
    Measure {
        code: of.head.code.clone(),
        processes: Reach::Only(processes.collect()),
        raises: of.raises.iter().map(raise).collect(),
        lowers: of.lowers.iter().map(lower).collect(),
        cost: Cost {
            hours_once: of.hours_once.likely.into(),
            hours_yearly: of.hours_yearly.likely.into(),
            euros_once: of.euros_once.likely.into(),
            euros_yearly: of.euros_yearly.likely.into(),
        },
        requires: of.requires.iter().cloned().collect(),
        shared: of.shared,
    }
}

#[cfg(test)]
mod tests;
