//! The question as a mixed-integer linear programme. `docs/plan.md` derives each row.
//!
//! Only the choices are true decisions: one column a measure and year, 1 where the measure
//! is chosen by the end of that year. Everything else follows from them, and each following
//! column may only lie on the wrong side of its exact value, so that the optimum puts it
//! exactly there: a maturity not above what measures support, a dike not above its share and
//! its caps, a water not below its share, a shortfall not below target − dike + water.

use crate::field::{Field, Land};
use crate::question::{Budget, Cost};
use crate::score::{self, FULL, MATURITY_MOST, UNCAPPED_FROM};
use std::collections::BTreeMap;

/// A column and its factor.
pub(crate) type Term = (usize, i64);

/// Columns and rows; the objective is a matter of the question put to it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Programme {
    pub(crate) columns: Vec<Column>,
    pub(crate) rows: Vec<Row>,
}

#[derive(Clone, Debug)]
pub(crate) struct Column {
    pub(crate) low: i64,
    pub(crate) high: i64,
    pub(crate) whole: bool,
}

/// Σ terms ≤ `most`.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) terms: Vec<Term>,
    pub(crate) most: i64,
}

/// A programme with what is needed to ask it something.
#[derive(Debug)]
pub(crate) struct Built {
    pub(crate) programme: Programme,
    /// For each measure that can matter the columns of its years.
    pub(crate) choices: Vec<Option<Vec<usize>>>,
    /// Weighted shortfall of all processes and years.
    pub(crate) shortfall: Vec<Term>,
    /// The part of the shortfall that no choice changes.
    pub(crate) fixed_shortfall: i64,
    /// Hours over all years.
    pub(crate) hours: Vec<Term>,
}

impl Programme {
    pub(crate) fn column(&mut self, low: i64, high: i64, whole: bool) -> usize {
        self.columns.push(Column { low, high, whole });
        self.columns.len() - 1
    }

    /// Adds Σ terms ≤ `most`; factors of one column are added up.
    pub(crate) fn at_most(&mut self, terms: impl IntoIterator<Item = Term>, most: i64) {
        let mut sums: BTreeMap<usize, i64> = BTreeMap::new();
        for (column, factor) in terms {
            *sums.entry(column).or_default() += factor;
        }
        let terms = sums.into_iter().filter(|(_, factor)| *factor != 0).collect();
        self.rows.push(Row { terms, most });
    }
}

/// The programme of a field for these budgets, one a year.
pub(crate) fn build(field: &Field<'_>, years: &[Budget]) -> Built {
    let mut builder = Builder {
        built: Built {
            programme: Programme::default(),
            choices: Vec::new(),
            shortfall: Vec::new(),
            fixed_shortfall: 0,
            hours: Vec::new(),
        },
        field,
        levels: BTreeMap::new(),
    };
    builder.choices(years.len());
    builder.budgets(years);
    let nothing = vec![false; field.measures.len()];
    for year in 0..years.len() {
        let everything: Vec<bool> = (0..field.measures.len())
            .map(|at| builder.open(at, year).is_some())
            .collect();
        for land in &field.lands {
            let weight = i64::from(land.process.weight);
            let (worst, best) = (land.score(&nothing), land.score(&everything));
            if weight == 0 || worst.shortfall == best.shortfall {
                builder.built.fixed_shortfall += weight * worst.shortfall;
                continue;
            }
            let dike = builder.dike(land, year, (worst.dike, best.dike));
            let water = builder.water(land, year, (best.water, worst.water));
            let short =
                builder.built.programme.column(best.shortfall, worst.shortfall, true);
            // target − dike + water ≤ shortfall
            let terms = [(short, -1), (dike, -1), (water, 1)];
            let target = i64::from(land.process.target_tenths);
            builder.built.programme.at_most(terms, -target);
            builder.built.shortfall.push((short, weight));
        }
    }
    builder.built
}

/// What a maturity rests on: the column of the level below and the choices that support it.
type Support = (Option<usize>, Vec<usize>);

#[derive(Debug)]
struct Builder<'a> {
    built: Built,
    field: &'a Field<'a>,
    /// Levels that rest on the same things are one column, whatever control or process.
    levels: BTreeMap<Support, usize>,
}

impl Builder<'_> {
    /// The column of a measure in a year, where it may be chosen by then.
    fn open(&self, measure: usize, year: usize) -> Option<usize> {
        let columns = self.built.choices.get(measure)?.as_ref()?;
        let first = self.field.first_year.get(measure).copied().flatten()?;
        columns.get(year).copied().filter(|_| first <= year)
    }

    fn choices(&mut self, years: usize) {
        let matters = matters(self.field);
        for (at, matters) in matters.iter().enumerate() {
            let first = self.field.first_year.get(at).copied().flatten();
            let Some(first) = first.filter(|_| *matters) else {
                self.built.choices.push(None);
                continue;
            };
            let mut columns: Vec<usize> = Vec::new();
            for year in 0..years {
                let high = i64::from(first <= year);
                let low = i64::from(self.field.must_have(at) && year + 1 == years);
                let column = self.built.programme.column(low, high, true);
                // what was chosen stays chosen
                if let Some(before) = columns.last() {
                    self.built.programme.at_most([(*before, 1), (column, -1)], 0);
                }
                columns.push(column);
            }
            self.built.choices.push(Some(columns));
        }
        for (at, required) in self.field.requires.iter().enumerate() {
            for required in required {
                for year in 0..years {
                    self.requires(at, *required, year);
                }
            }
        }
    }

    fn requires(&mut self, measure: usize, required: usize, year: usize) {
        let Some(chosen) = self.open(measure, year) else { return };
        let required = self.open(required, year).map(|column| (column, -1));
        self.built.programme.at_most([(chosen, 1)].into_iter().chain(required), 0);
    }

    /// Hours and euros of each year, and the sum of the hours.
    fn budgets(&mut self, years: &[Budget]) {
        for (year, budget) in years.iter().enumerate() {
            let (mut once, mut yearly, mut euros) = (Vec::new(), Vec::new(), Vec::new());
            for (columns, cost) in self.built.choices.iter().zip(&self.field.costs) {
                let Some(columns) = columns else { continue };
                let Some(chosen) = columns.get(year) else { continue };
                let before = year.checked_sub(1).and_then(|before| columns.get(before));
                let cost = Factors::of(cost);
                let starts = |factor: i64| {
                    let before = before.map(|column| (*column, -factor));
                    [(*chosen, factor)].into_iter().chain(before)
                };
                once.extend(starts(cost.hours_once));
                yearly.push((*chosen, cost.hours_yearly));
                euros.extend(starts(cost.euros_once));
                euros.push((*chosen, cost.euros_yearly));
            }
            self.built.hours.extend(once.iter().chain(&yearly).copied());
            for (terms, most) in [
                (once, budget.hours_once),
                (yearly, budget.hours_yearly),
                (euros, budget.euros),
            ] {
                let all: i64 = terms.iter().map(|(_, factor)| (*factor).max(0)).sum();
                let most = most.map(|most| i64::try_from(most).unwrap_or(i64::MAX));
                if let Some(most) = most.filter(|most| *most < all) {
                    self.built.programme.at_most(terms, most);
                }
            }
        }
    }

    /// The column of the dike of a process: 2·D·dike ≤ 2000·N + D with N the weighted sum of
    /// maturities and D three times the weights, and the caps. It need not be whole: the
    /// shortfall is, and so counts only the whole part, which is rounding half up.
    fn dike(&mut self, land: &Land<'_>, year: usize, (low, high): (i64, i64)) -> usize {
        let dike = self.built.programme.column(low, high, false);
        let (mut now, mut whole) = (0, 0);
        let mut terms = Vec::new();
        for (control, lifts) in land.process.controls.iter().zip(&land.lifted) {
            let weight = i64::from(control.weight);
            now += weight * i64::from(control.maturity);
            whole += weight * i64::from(MATURITY_MOST);
            let levels = self.levels(control.maturity, lifts, year);
            terms.extend(levels.iter().map(|(_, column)| (*column, -2 * FULL * weight)));
            if control.key && control.maturity < UNCAPPED_FROM {
                let cap = |level: u8| score::cap(level, land.caps);
                let steps = levels.iter().filter(|(level, _)| *level <= UNCAPPED_FROM);
                let lifts = steps.map(|(l, column)| (*column, cap(l - 1) - cap(*l)));
                let row = [(dike, 1)].into_iter().chain(lifts);
                self.built.programme.at_most(row, cap(control.maturity));
            }
        }
        terms.push((dike, 2 * whole));
        self.built.programme.at_most(terms, 2 * FULL * now + whole);
        dike
    }

    /// The columns of the levels above today that can be reached: 1 where the control stands
    /// at least there. A level needs the one below, and a measure that works from below it
    /// and lifts to it or beyond.
    fn levels(
        &mut self,
        today: u8,
        lifts: &[(usize, u8, u8)],
        year: usize,
    ) -> Vec<(u8, usize)> {
        let mut levels = Vec::new();
        let mut below = None;
        for level in today + 1..=MATURITY_MOST {
            let works =
                lifts.iter().filter(|(_, from, to)| *from < level && level <= *to);
            let mut columns: Vec<usize> =
                works.filter_map(|(at, _, _)| self.open(*at, year)).collect();
            columns.sort_unstable();
            columns.dedup();
            if columns.is_empty() {
                break;
            }
            let column = self.level((below, columns));
            levels.push((level, column));
            below = Some(column);
        }
        levels
    }

    fn level(&mut self, support: Support) -> usize {
        if let (None, [only]) = (support.0, support.1.as_slice()) {
            return *only;
        }
        if let Some(column) = self.levels.get(&support) {
            return *column;
        }
        let column = self.built.programme.column(0, 1, false);
        let columns = support.1.iter().map(|choice| (*choice, -1));
        self.built.programme.at_most([(column, 1)].into_iter().chain(columns), 0);
        if let Some(below) = support.0 {
            self.built.programme.at_most([(column, 1), (below, -1)], 0);
        }
        self.levels.insert(support, column);
        column
    }

    /// The column of the water of a process: 2·E·water ≥ 2·K·S + 2·E·a − E + 1 with S the
    /// weighted sum of severities, E twice the weights and K = 1000 − a is rounding half up.
    fn water(&mut self, land: &Land<'_>, year: usize, (low, high): (i64, i64)) -> usize {
        let water = self.built.programme.column(low, high, true);
        let attractiveness = i64::from(land.process.attractiveness_tenths);
        let (mut now, mut whole) = (0, 0);
        let mut terms = Vec::new();
        for (circumstance, lowers) in land.process.circumstances.iter().zip(&land.lowered)
        {
            let weight = i64::from(circumstance.weight);
            let severity = i64::from(circumstance.severity);
            now += weight * severity;
            whole += weight * i64::from(score::SEVERITY_MOST);
            let lowers: Vec<Term> = lowers
                .iter()
                .filter_map(|(at, by)| Some((self.open(*at, year)?, i64::from(*by))))
                .collect();
            let factor = -2 * (FULL - attractiveness) * weight;
            let all: i64 = lowers.iter().map(|(_, by)| by).sum();
            if all <= severity {
                terms.extend(lowers.iter().map(|(column, by)| (*column, by * factor)));
            } else if severity > 0 {
                let lowered = self.built.programme.column(0, severity, false);
                let by = lowers.iter().map(|(column, by)| (*column, -by));
                self.built.programme.at_most([(lowered, 1)].into_iter().chain(by), 0);
                terms.push((lowered, factor));
            }
        }
        terms.push((water, -2 * whole));
        let exact = 2 * (FULL - attractiveness) * now + 2 * whole * attractiveness;
        if whole > 0 {
            self.built.programme.at_most(terms, whole - 1 - exact);
        }
        water
    }
}

/// Measures that can make a difference: they must be there, act on a process with a
/// shortfall, or are required by one that does.
fn matters(field: &Field<'_>) -> Vec<bool> {
    let count = field.measures.len();
    let nothing = vec![false; count];
    let mut starts: Vec<usize> = (0..count).filter(|at| field.must_have(*at)).collect();
    for land in &field.lands {
        if land.process.weight > 0 && land.score(&nothing).shortfall > 0 {
            starts.extend(land.lifted.iter().flatten().map(|(by, _, _)| *by));
            starts.extend(land.lowered.iter().flatten().map(|(by, _)| *by));
        }
    }
    starts.sort_unstable();
    starts.dedup();
    let mut matters = vec![false; count];
    for at in starts {
        for (flag, required) in matters.iter_mut().zip(field.with_required(at)) {
            *flag |= required;
        }
    }
    matters
}

/// The costs as factors of a row.
#[derive(Clone, Copy, Debug)]
struct Factors {
    hours_once: i64,
    hours_yearly: i64,
    euros_once: i64,
    euros_yearly: i64,
}

impl Factors {
    fn of(cost: &Cost) -> Self {
        // checked to be small
        let factor = |cost: u64| i64::try_from(cost).unwrap_or(i64::MAX);
        Self {
            hours_once: factor(cost.hours_once),
            hours_yearly: factor(cost.hours_yearly),
            euros_once: factor(cost.euros_once),
            euros_yearly: factor(cost.euros_yearly),
        }
    }
}
