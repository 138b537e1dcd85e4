//! What a plan says: what starts when, what it removes, why each measure is in, and what just
//! missed. Everything here is worked out in whole numbers from the choice alone.

use crate::Proof;
use crate::field::{Choice, Field};
use crate::optimum::{self, Optimum};
use crate::question::{Budget, Cost};
use crate::score::Score;

/// A plan for one or more years.
///
/// Amounts named *weighted* are tenths of a point of shortfall times the weight of the
/// process, added up over processes and years.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Whether it is known to be the best.
    pub proof: Proof,
    /// Weighted tenths that it removes: what is maximised.
    pub removed_tenths: i64,
    /// Weighted tenths that stay.
    pub left_tenths: i64,
    /// Year by year.
    pub years: Vec<Year>,
    /// What is in, in the order of the codes.
    pub chosen: Vec<Chosen>,
    /// What is not in the first year although it would help there: first what lacks the
    /// fewest hours, then the fewest euros, then what would remove most.
    pub missed: Vec<Missed>,
    /// What is in place and stays, in the order of the codes.
    pub in_place: Vec<String>,
}

/// One year of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Year {
    /// What starts, in the order of the codes.
    pub starts: Vec<String>,
    /// What the year takes of this organisation.
    pub spent: Cost,
    /// Where each process stands at its end, in the order of the codes.
    pub processes: Vec<Standing>,
}

/// A process before the plan and after a year of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The process.
    pub process: String,
    /// Today.
    pub before: Score,
    /// By the end of the year.
    pub after: Score,
}

impl Standing {
    /// The shortfall removed, in tenths, without weight.
    pub fn removed_tenths(&self) -> i64 {
        self.before.shortfall - self.after.shortfall
    }
}

/// A measure of the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// Its code.
    pub code: String,
    /// The year in which it starts; the first is 1.
    pub year: usize,
    /// What it takes of this organisation: a shared one only its part.
    pub cost: Cost,
    /// Whether it is in by hand.
    pub must_have: bool,
    /// Why it is in.
    pub loss: Loss,
}

/// What would be lost if a measure were left out and nothing were put in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// Weighted tenths, with all that would have to go too.
    pub tenths: i64,
    /// Weighted tenths by its own effect: less than `tenths` where it is in for others.
    pub own_tenths: i64,
    /// The measures of the plan that require it, directly or not.
    pub dependents: Vec<String>,
    /// The processes that would fall back by the end of the plan, and by how many tenths
    /// without weight.
    pub processes: Vec<(String, i64)>,
}

/// A measure that would help and does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missed {
    /// Its code.
    pub code: String,
    /// What it requires and is not in the plan by then either; it would come along.
    pub along: Vec<String>,
    /// Weighted tenths that would be removed on top of the plan.
    pub gain_tenths: i64,
    /// What lacks for it.
    pub lack: Lack,
    /// The year in which the plan starts it after all.
    pub planned_year: Option<usize>,
}

/// What lacks, at the tightest moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lack {
    /// Hours for what starts.
    pub hours_once: u64,
    /// Hours for what runs.
    pub hours_yearly: u64,
    /// Whole euros.
    pub euros: u64,
}

/// The plan that follows from a choice.
pub(crate) fn plan(field: &Field<'_>, budgets: &[Budget], optimum: &Optimum) -> Plan {
    let nothing = vec![false; field.measures.len()];
    let before = field.left(&nothing) * i64::try_from(budgets.len()).unwrap_or(i64::MAX);
    let left = left(field, &optimum.years);
    Plan {
        proof: optimum.proof,
        removed_tenths: before - left,
        left_tenths: left,
        years: years(field, &optimum.years),
        chosen: (0..field.measures.len())
            .filter_map(|at| chosen(field, &optimum.years, at))
            .collect(),
        missed: missed(field, budgets, &optimum.years),
        in_place: field.question.wishes.in_place.iter().cloned().collect(),
    }
}

/// The weighted shortfall that stays, over all years.
fn left(field: &Field<'_>, years: &[Choice]) -> i64 {
    years.iter().map(|choice| field.left(choice)).sum()
}

/// The year in which a measure starts, from 0.
fn start(years: &[Choice], at: usize) -> Option<usize> {
    years.iter().position(|choice| choice.get(at).copied().unwrap_or(false))
}

fn years(field: &Field<'_>, choices: &[Choice]) -> Vec<Year> {
    let nothing = vec![false; field.measures.len()];
    let spent = optimum::spent(field, choices);
    let year = |(number, (choice, spent)): (usize, (&Choice, Cost))| Year {
        starts: codes(field, |at| start(choices, at) == Some(number)),
        spent,
        processes: field
            .lands
            .iter()
            .map(|land| Standing {
                process: land.process.code.clone(),
                before: land.score(&nothing),
                after: land.score(choice),
            })
            .collect(),
    };
    choices.iter().zip(spent).enumerate().map(year).collect()
}

fn codes(field: &Field<'_>, wanted: impl Fn(usize) -> bool) -> Vec<String> {
    let measures = (0..).zip(&field.measures).filter(|(at, _)| wanted(*at));
    measures.map(|(_, measure)| measure.code.clone()).collect()
}

fn chosen(field: &Field<'_>, years: &[Choice], at: usize) -> Option<Chosen> {
    let year = start(years, at)?;
    Some(Chosen {
        code: field.measures.get(at)?.code.clone(),
        year: year + 1,
        cost: field.costs.get(at).copied()?,
        must_have: field.must_have(at),
        loss: loss(field, years, at),
    })
}

fn loss(field: &Field<'_>, years: &[Choice], at: usize) -> Loss {
    let full = left(field, years);
    let dependents = field.with_dependents(at);
    let goes = |other: usize| dependents.get(other).copied().unwrap_or(false);
    let without = changed(years, |other, chosen| chosen && !goes(other));
    let alone = changed(years, |other, chosen| chosen && other != at);
    let last = |years: &[Choice]| years.last().cloned().unwrap_or_default();
    let (with_all, with_less) = (last(years), last(&without));
    let processes = field.lands.iter().filter_map(|land| {
        let fall = land.shortfall(&with_less) - land.shortfall(&with_all);
        (fall > 0).then(|| (land.process.code.clone(), fall))
    });
    Loss {
        tenths: left(field, &without) - full,
        own_tenths: left(field, &alone) - full,
        dependents: codes(field, |other| {
            other != at && goes(other) && start(years, other).is_some()
        }),
        processes: processes.collect(),
    }
}

/// The same choice with each measure decided anew.
fn changed(years: &[Choice], decide: impl Fn(usize, bool) -> bool) -> Vec<Choice> {
    let year = |choice: &Choice| {
        choice.iter().enumerate().map(|(at, c)| decide(at, *c)).collect()
    };
    years.iter().map(year).collect()
}

fn missed(field: &Field<'_>, budgets: &[Budget], years: &[Choice]) -> Vec<Missed> {
    let full = left(field, years);
    let mut missed: Vec<Missed> = (0..field.measures.len())
        .filter_map(|at| missed_one(field, budgets, years, full, at))
        .collect();
    missed.sort_by(|a, b| {
        let key = |m: &Missed| (m.lack.hours_once + m.lack.hours_yearly, m.lack.euros);
        let gain = b.gain_tenths.cmp(&a.gain_tenths);
        key(a).cmp(&key(b)).then(gain).then_with(|| a.code.cmp(&b.code))
    });
    missed
}

fn missed_one(
    field: &Field<'_>,
    budgets: &[Budget],
    years: &[Choice],
    full: i64,
    at: usize,
) -> Option<Missed> {
    let in_first = |other: usize| start(years, other) == Some(0);
    let along = field.with_required(at);
    let comes =
        |other: usize| along.get(other).copied().unwrap_or(false) && !in_first(other);
    let may = |other: usize| field.first_year.get(other).copied().flatten() == Some(0);
    if !comes(at) || !(0..along.len()).filter(|other| comes(*other)).all(may) {
        return None;
    }
    let with = changed(years, |other, chosen| chosen || comes(other));
    let gain_tenths = full - left(field, &with);
    if gain_tenths <= 0 {
        return None;
    }
    Some(Missed {
        code: field.measures.get(at)?.code.clone(),
        along: codes(field, |other| other != at && comes(other)),
        gain_tenths,
        lack: lack(budgets, &optimum::spent(field, &with)),
        planned_year: start(years, at).map(|year| year + 1),
    })
}

fn lack(budgets: &[Budget], spent: &[Cost]) -> Lack {
    let over =
        |spent: u64, most: Option<u64>| most.map_or(0, |most| spent.saturating_sub(most));
    let mut lack = Lack::default();
    for (budget, spent) in budgets.iter().zip(spent) {
        let euros = over(spent.euros_once + spent.euros_yearly, budget.euros);
        lack.hours_once = lack.hours_once.max(over(spent.hours_once, budget.hours_once));
        lack.hours_yearly =
            lack.hours_yearly.max(over(spent.hours_yearly, budget.hours_yearly));
        lack.euros = lack.euros.max(euros);
    }
    lack
}
