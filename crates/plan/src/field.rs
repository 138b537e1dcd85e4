//! The question by position instead of by code, and what a choice of measures does in it:
//! exactly, without the solver.

use crate::question::{Caps, Cost, Measure, Process, Question, Reach};
use crate::score::{self, Score};
use std::collections::BTreeMap;

/// Which measures are chosen, by position in [`Field::measures`].
pub(crate) type Choice = Vec<bool>;

/// The question, in the order of the codes.
#[derive(Debug)]
pub(crate) struct Field<'a> {
    pub(crate) question: &'a Question,
    /// Measures that can be chosen: those in place are not among them.
    pub(crate) measures: Vec<&'a Measure>,
    /// What each takes of this organisation.
    pub(crate) costs: Vec<Cost>,
    /// The measures each requires, without those in place.
    pub(crate) requires: Vec<Vec<usize>>,
    /// The first year in which each may start, from 0; nothing where it may not at all.
    pub(crate) first_year: Vec<Option<usize>>,
    pub(crate) lands: Vec<Land<'a>>,
}

/// A process with what acts on it.
#[derive(Debug)]
pub(crate) struct Land<'a> {
    pub(crate) caps: Caps,
    pub(crate) process: &'a Process,
    /// For each control the measures that lift it: position, from, to.
    pub(crate) lifted: Vec<Vec<(usize, u8, u8)>>,
    /// For each circumstance the measures that lower it: position, by.
    pub(crate) lowered: Vec<Vec<(usize, u8)>>,
}

impl<'a> Field<'a> {
    /// The question must have been checked.
    pub(crate) fn of(question: &'a Question) -> Self {
        let wishes = &question.wishes;
        let mut measures: Vec<&Measure> = question
            .measures
            .iter()
            .filter(|measure| !wishes.in_place.contains(&measure.code))
            .collect();
        measures.sort_by(|a, b| a.code.cmp(&b.code));
        let place: BTreeMap<&str, usize> =
            measures.iter().zip(0..).map(|(m, at)| (m.code.as_str(), at)).collect();
        let partners = u64::from(question.partners.max(1));
        let requires = |measure: &Measure| -> Vec<usize> {
            measure
                .requires
                .iter()
                .filter_map(|c| place.get(c.as_str()).copied())
                .collect()
        };
        let first_year = |measure: &Measure| -> Option<usize> {
            let year = wishes.not_before.get(&measure.code).map_or(0, |year| year - 1);
            let may = !wishes.must_not.contains(&measure.code);
            (may && year < question.years.len()).then_some(year)
        };
        let mut processes: Vec<&Process> = question.processes.iter().collect();
        processes.sort_by(|a, b| a.code.cmp(&b.code));
        Self {
            question,
            costs: measures.iter().map(|measure| borne(measure, partners)).collect(),
            requires: measures.iter().map(|measure| requires(measure)).collect(),
            first_year: measures.iter().map(|measure| first_year(measure)).collect(),
            lands: processes
                .into_iter()
                .map(|p| Land::of(p, question.caps, &measures))
                .collect(),
            measures,
        }
    }

    pub(crate) fn must_have(&self, at: usize) -> bool {
        let must = &self.question.wishes.must_have;
        self.measures.get(at).is_some_and(|measure| must.contains(&measure.code))
    }

    /// Σ over processes of the weighted shortfall that stays, in tenths.
    pub(crate) fn left(&self, choice: &[bool]) -> i64 {
        let weighted =
            |land: &Land<'_>| i64::from(land.process.weight) * land.shortfall(choice);
        self.lands.iter().map(weighted).sum()
    }

    /// These measures and all they require, directly or not.
    pub(crate) fn with_required(&self, at: usize) -> Choice {
        self.closed(at, |from, to| {
            self.requires.get(from).is_some_and(|r| r.contains(&to))
        })
    }

    /// This measure and all that require it, directly or not.
    pub(crate) fn with_dependents(&self, at: usize) -> Choice {
        self.closed(at, |from, to| {
            self.requires.get(to).is_some_and(|r| r.contains(&from))
        })
    }

    fn closed(&self, at: usize, follows: impl Fn(usize, usize) -> bool) -> Choice {
        let mut closed = vec![false; self.measures.len()];
        let mut next = vec![at];
        while let Some(from) = next.pop() {
            if let Some(flag) = closed.get_mut(from)
                && !*flag
            {
                *flag = true;
                next.extend((0..self.measures.len()).filter(|to| follows(from, *to)));
            }
        }
        closed
    }
}

impl<'a> Land<'a> {
    fn of(process: &'a Process, caps: Caps, measures: &[&Measure]) -> Self {
        let here = |measure: &Measure| match &measure.processes {
            Reach::All => true,
            Reach::Only(codes) => codes.contains(&process.code),
        };
        let acting =
            || (0..).zip(measures).filter(|(_, m)| here(m)).map(|(at, m)| (at, *m));
        let lifted = process.controls.iter().map(|control| {
            let raises =
                acting().flat_map(|(at, m)| m.raises.iter().map(move |r| (at, r)));
            let raises = raises.filter(|(_, raise)| raise.control == control.code);
            raises.map(|(at, raise)| (at, raise.from, raise.to)).collect()
        });
        let lowered = process.circumstances.iter().map(|circumstance| {
            let lowers =
                acting().flat_map(|(at, m)| m.lowers.iter().map(move |l| (at, l)));
            let lowers = lowers.filter(|(_, l)| l.circumstance == circumstance.code);
            lowers.map(|(at, lower)| (at, lower.by)).collect()
        });
        Self { caps, process, lifted: lifted.collect(), lowered: lowered.collect() }
    }

    /// Where the process stands once these measures work.
    pub(crate) fn score(&self, choice: &[bool]) -> Score {
        let mut process = self.process.clone();
        for (control, maturity) in
            process.controls.iter_mut().zip(self.maturities(choice))
        {
            control.maturity = maturity;
        }
        let severities = self.severities(choice);
        for (circumstance, severity) in process.circumstances.iter_mut().zip(severities) {
            circumstance.severity = severity;
        }
        score::score(&process, self.caps)
    }

    /// The shortfall of [`Land::score`], without its words.
    pub(crate) fn shortfall(&self, choice: &[bool]) -> i64 {
        let process = self.process;
        let circumstances = process.circumstances.iter().zip(self.severities(choice));
        let water = score::water(
            i64::from(process.attractiveness_tenths),
            circumstances.map(|(c, severity)| (i64::from(c.weight), severity)),
        );
        let controls: Vec<(i64, u8, bool)> = process
            .controls
            .iter()
            .zip(self.maturities(choice))
            .map(|(c, maturity)| (i64::from(c.weight), maturity, c.key))
            .collect();
        let dike = score::dike(controls.iter().copied(), self.caps);
        score::shortfall(process.target_tenths, dike - water)
    }

    fn maturities<'b>(&'b self, choice: &'b [bool]) -> impl Iterator<Item = u8> + 'b {
        let controls = self.process.controls.iter().zip(&self.lifted);
        controls.map(|(control, lifts)| reached(control.maturity, lifts, choice))
    }

    fn severities<'b>(&'b self, choice: &'b [bool]) -> impl Iterator<Item = u8> + 'b {
        let circumstances = self.process.circumstances.iter().zip(&self.lowered);
        circumstances.map(|(circumstance, lowers)| {
            let by = lowers.iter().filter(|(at, _)| is(choice, *at)).map(|(_, by)| *by);
            by.fold(circumstance.severity, u8::saturating_sub)
        })
    }
}

fn is(choice: &[bool], at: usize) -> bool {
    choice.get(at).copied().unwrap_or(false)
}

/// The maturity that chosen measures bring a control to: the highest that can be reached
/// step by step, each measure working from where the others brought it.
fn reached(from: u8, lifts: &[(usize, u8, u8)], choice: &[bool]) -> u8 {
    let mut maturity = from;
    loop {
        let works =
            lifts.iter().filter(|(at, low, _)| is(choice, *at) && *low <= maturity);
        match works.map(|(_, _, to)| *to).max() {
            Some(to) if to > maturity => maturity = to,
            _ => return maturity,
        }
    }
}

/// What a measure takes of this organisation: a shared one is divided among the partners,
/// rounded up.
fn borne(measure: &Measure, partners: u64) -> Cost {
    let part = |whole: u64| if measure.shared { whole.div_ceil(partners) } else { whole };
    Cost {
        hours_once: part(measure.cost.hours_once),
        hours_yearly: part(measure.cost.hours_yearly),
        euros_once: part(measure.cost.euros_once),
        euros_yearly: part(measure.cost.euros_yearly),
    }
}
