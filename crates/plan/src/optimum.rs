//! The best choice, and of equally good ones always the same.
//!
//! In this order: the least weighted shortfall; the fewest hours; and of what is then still
//! equal the choice that does without the dearest measure in which they differ, at the same
//! price without the one with the last code. So a measure that adds nothing is never chosen,
//! unless it must be there.

use crate::check::Refusal;
use crate::field::{Choice, Field};
use crate::programme::{self, Built, Term};
use crate::question::{Budget, Cost};
use crate::solver::{self, Answer, Solved};
use crate::{Effort, Proof};

/// Shortfall and hours are one objective, the shortfall times more than all hours. Up to here
/// the solver's floating point tells them apart; for more, hours are counted in larger units.
const OBJECTIVE_MOST: i64 = 10_000_000_000;

/// What was found: for each year what is chosen by its end.
#[derive(Clone, Debug)]
pub(crate) struct Optimum {
    pub(crate) years: Vec<Choice>,
    pub(crate) proof: Proof,
}

/// Whether equally good choices are told apart to the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ties {
    /// To the last: the same choice whatever the solver prefers.
    Settled,
    /// By hours only: for figures, which are the same for all of them.
    ByHours,
}

/// The best choice within these budgets.
pub(crate) fn find(
    field: &Field<'_>,
    budgets: &[Budget],
    ties: Ties,
    effort: Effort,
) -> Result<Optimum, Refusal> {
    let built = programme::build(field, budgets);
    if built.choices.iter().all(Option::is_none) {
        let years = vec![vec![false; field.measures.len()]; budgets.len()];
        return Ok(Optimum { years, proof: Proof::Optimal });
    }
    let mut search = Search::of(field, budgets, effort, built);
    let (best, bound) = match search.minimise()? {
        Answer::Solved(solved) => (search.found(&solved)?, solved.bound),
        Answer::Impossible => return Err(Refusal::MustHavesDoNotFit),
        Answer::Unfinished => {
            let nodes = effort.nodes;
            return Err(Refusal::Solver(format!("none was found within {nodes} nodes")));
        }
    };
    // every choice has shortfall × rate + hours ≥ bound, and hours < rate
    let least = (bound - (search.rate - 1)).div_euclid(search.rate)
        + i64::from((bound - (search.rate - 1)).rem_euclid(search.rate) > 0);
    if best.shortfall > least {
        let gap_tenths = best.shortfall - least;
        return Ok(Optimum { years: best.years, proof: Proof::Gap { gap_tenths } });
    }
    let settle = ties == Ties::Settled && !search.is_only(&best)?;
    let best = if settle { search.settle(best)? } else { best };
    Ok(Optimum { years: best.years, proof: Proof::Optimal })
}

struct Search<'a> {
    field: &'a Field<'a>,
    budgets: &'a [Budget],
    effort: Effort,
    built: Built,
    /// So many hours, in units, as one tenth of weighted shortfall outweighs.
    rate: i64,
    hours: Vec<Term>,
    objective: Vec<Term>,
}

/// A choice with its figures, worked out in whole numbers.
#[derive(Clone, Debug)]
struct Found {
    years: Vec<Choice>,
    /// Weighted, without the part that no choice changes.
    shortfall: i64,
    /// What is minimised.
    objective: i64,
}

impl<'a> Search<'a> {
    fn of(
        field: &'a Field<'a>,
        budgets: &'a [Budget],
        effort: Effort,
        built: Built,
    ) -> Self {
        let sum = |terms: &[Term]| terms.iter().map(|(_, f)| (*f).max(0)).sum::<i64>();
        let highest = |(column, factor): &Term| {
            let column = built.programme.columns.get(*column);
            column.map_or(0, |column| column.high.saturating_mul(*factor))
        };
        let shortfall: i64 = built.shortfall.iter().map(highest).sum();
        let product = shortfall.max(1).saturating_mul(sum(&built.hours) + 1);
        let unit = (product / OBJECTIVE_MOST + 1).max(1);
        let hours: Vec<Term> = built
            .hours
            .iter()
            .map(|(column, factor)| (*column, (factor + unit - 1).div_euclid(unit)))
            .collect();
        let rate = sum(&hours) + 1;
        let weighted = built.shortfall.iter().map(|(column, f)| (*column, rate * f));
        let objective = weighted.chain(hours.iter().copied()).collect();
        Self { field, budgets, effort, built, rate, hours, objective }
    }

    fn minimise(&self) -> Result<Answer, Refusal> {
        solver::minimise(&self.built.programme, &self.objective, self.effort)
            .map_err(Refusal::Solver)
    }

    /// A solution, checked.
    fn found(&self, solved: &Solved) -> Result<Found, Refusal> {
        let years = self.years(solved);
        let shortfall = self.checked_left(&years)? - self.built.fixed_shortfall;
        let hours = self.hours.iter().filter(|(column, _)| solved.is_chosen(*column));
        let hours: i64 = hours.map(|(_, factor)| factor).sum();
        Ok(Found { years, shortfall, objective: self.rate * shortfall + hours })
    }

    /// Whether no other choice is as good. Another one lacks something that this one has: one
    /// that has all of it and more is never preferred.
    fn is_only(&mut self, best: &Found) -> Result<bool, Refusal> {
        let chosen: Vec<Term> = self
            .columns()
            .filter(|(_, measure, year)| is(&best.years, *measure, *year))
            .map(|(column, ..)| (column, 1))
            .collect();
        let Ok(count @ 1..) = i64::try_from(chosen.len()) else { return Ok(true) };
        self.built.programme.at_most(chosen, count - 1);
        let other = self.as_good(best);
        self.built.programme.rows.pop();
        Ok(other?.is_none())
    }

    /// A choice that is as good and keeps to the programme as it is now, where there is one.
    fn as_good(&self, best: &Found) -> Result<Option<Found>, Refusal> {
        match self.minimise()? {
            Answer::Solved(solved) => {
                let found = self.found(&solved)?;
                Ok((found.objective <= best.objective).then_some(found))
            }
            Answer::Impossible | Answer::Unfinished => Ok(None),
        }
    }

    /// Of all choices that are as good the one that we want: from the dearest measure on, each
    /// is left out where that costs nothing.
    fn settle(&mut self, mut best: Found) -> Result<Found, Refusal> {
        let mut columns: Vec<(usize, usize, usize)> = self.columns().collect();
        columns.sort_by_key(|(_, measure, year)| {
            let cost = self.field.costs.get(*measure).copied().unwrap_or_default();
            (cost.euros_once + cost.euros_yearly, *measure, *year)
        });
        for (column, measure, year) in columns.into_iter().rev() {
            let low =
                self.built.programme.columns.get(column).map_or(0, |column| column.low);
            if is(&best.years, measure, year) && low == 0 {
                self.fix(column, 0);
                match self.as_good(&best)? {
                    Some(other) => best = other,
                    None => self.fix(column, 1),
                }
            } else {
                self.fix(column, i64::from(is(&best.years, measure, year)));
            }
        }
        Ok(best)
    }

    fn fix(&mut self, column: usize, value: i64) {
        if let Some(column) = self.built.programme.columns.get_mut(column) {
            (column.low, column.high) = (value, value);
        }
    }

    /// Every choice: its column, the measure and the year.
    fn columns(&self) -> impl Iterator<Item = (usize, usize, usize)> {
        let choices = (0..).zip(&self.built.choices);
        let choices = choices.filter_map(|(at, columns)| Some((at, columns.as_ref()?)));
        choices.flat_map(|(measure, columns)| {
            columns.iter().zip(0..).map(move |(column, year)| (*column, measure, year))
        })
    }

    fn years(&self, solved: &Solved) -> Vec<Choice> {
        let by_end_of = |year: usize| {
            let choices = self.built.choices.iter();
            choices
                .map(|columns| {
                    columns.as_ref().and_then(|columns| columns.get(year).copied())
                })
                .map(|column| column.is_some_and(|column| solved.is_chosen(column)))
                .collect()
        };
        (0..self.budgets.len()).map(by_end_of).collect()
    }

    /// The shortfall that stays, worked out in whole numbers; refused where the choice does
    /// not keep to what was asked.
    fn checked_left(&self, years: &[Choice]) -> Result<i64, Refusal> {
        let broken =
            |what: &str| Err(Refusal::Solver(format!("its choice breaks {what}")));
        for (year, (choice, spent)) in
            years.iter().zip(spent(self.field, years)).enumerate()
        {
            let budget = self.budgets.get(year).copied().unwrap_or_default();
            let euros = spent.euros_once + spent.euros_yearly;
            let fits =
                |spent: u64, most: Option<u64>| most.is_none_or(|most| spent <= most);
            if !fits(spent.hours_once, budget.hours_once)
                || !fits(spent.hours_yearly, budget.hours_yearly)
                || !fits(euros, budget.euros)
            {
                return broken("a budget");
            }
            let is = |at: usize| choice.get(at).copied().unwrap_or(false);
            for (at, required) in self.field.requires.iter().enumerate() {
                if is(at) && !required.iter().all(|required| is(*required)) {
                    return broken("a requirement");
                }
                let first = self.field.first_year.get(at).copied().flatten();
                if is(at) && first.is_none_or(|first| first > year) {
                    return broken("a wish");
                }
                if self.field.must_have(at) && !is(at) && year + 1 == years.len() {
                    return broken("a wish");
                }
            }
        }
        Ok(years.iter().map(|choice| self.field.left(choice)).sum())
    }
}

fn is(years: &[Choice], measure: usize, year: usize) -> bool {
    years.get(year).and_then(|choice| choice.get(measure)).copied().unwrap_or(false)
}

/// What each year takes: once for what starts in it, yearly for all that is chosen by then.
pub(crate) fn spent(field: &Field<'_>, years: &[Choice]) -> Vec<Cost> {
    let mut before: Choice = vec![false; field.measures.len()];
    let mut all = Vec::new();
    for choice in years {
        let mut sum = Cost::default();
        for ((cost, now), before) in field.costs.iter().zip(choice).zip(&before) {
            if *now {
                sum.hours_yearly += cost.hours_yearly;
                sum.euros_yearly += cost.euros_yearly;
            }
            if *now && !before {
                sum.hours_once += cost.hours_once;
                sum.euros_once += cost.euros_once;
            }
        }
        before.clone_from(choice);
        all.push(sum);
    }
    all
}
