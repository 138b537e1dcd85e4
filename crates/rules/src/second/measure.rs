//! What `outlier` measures: one number for each group.

use super::strata::text;
use crate::answer::Reason;
use crate::args::Args;
use crate::condition::Condition;
use crate::number::Number;
use crate::pattern::Needs;
use crate::steps::StepSet;
use crate::term::days_apart;
use crate::view::{Apart, Cell, Group, Slot};
use model::{Date, Moment, time};
use std::collections::BTreeSet;

/// Which values are counted as different.
#[derive(Clone, Copy, Debug)]
enum Of {
    Who,
    Column(Slot),
}

#[derive(Debug)]
enum Kind {
    /// How many events.
    Count,
    /// How many events in the busiest window of so many days.
    Busiest(Number),
    /// What the values add up to.
    Sum(Slot),
    /// How many different values.
    Distinct(Of),
    /// How much the second lowest value lies above the lowest, as a share of it.
    Gap(Slot),
    /// The time from the first event of these steps to the first one of `step`.
    Duration(StepSet),
    /// Which share of the events meets the condition.
    Share(Condition),
}

/// A number for each group.
#[derive(Debug)]
pub(super) struct Measured {
    step: StepSet,
    kind: Kind,
    only: Option<Condition>,
}

/// Why a group has no number.
pub(super) enum Without {
    /// It is no subject.
    NoSubject,
    /// It is not known.
    Unknown(Reason),
}

const MEASURES: [&str; 6] = ["count", "sum", "distinct", "gap", "duration", "share"];

impl Measured {
    /// Reads `measure`, `step` and what the measure needs.
    pub(super) fn read(args: &mut Args<'_, '_, '_, '_>) -> Option<Self> {
        let step = args.steps("step");
        let measure = args.reader.choice("measure", &MEASURES);
        let mut only = None;
        let kind = match measure? {
            "sum" => Kind::Sum(args.column("field")),
            "gap" => Kind::Gap(args.column("field")),
            "distinct" if args.reader.text_opt("field") == Some("who") => {
                args.reads_who();
                Kind::Distinct(Of::Who)
            }
            "distinct" => Kind::Distinct(Of::Column(args.column("field"))),
            "duration" => Kind::Duration(args.steps("from")),
            "share" => {
                if args.reader.tree("where").is_none() {
                    let hint = "the condition whose share is measured";
                    args.reader.fault("where", "`where` is missing", hint);
                }
                Kind::Share(args.condition_opt("where")?)
            }
            _ => args.number_opt("within_days").map_or(Kind::Count, Kind::Busiest),
        };
        if !matches!(kind, Kind::Share(_)) {
            only = args.condition_opt("where");
        }
        Some(Self { step, kind, only })
    }

    /// The unit of the number.
    pub(super) fn unit(&self, money: bool) -> &'static str {
        match self.kind {
            Kind::Sum(_) if money => "cent",
            Kind::Count | Kind::Busiest(_) | Kind::Distinct(_) | Kind::Sum(_) => "count",
            Kind::Gap(_) | Kind::Share(_) => "ppm",
            Kind::Duration(_) => "seconds",
        }
    }

    /// The column that is added up.
    pub(super) fn summed(&self) -> Option<Slot> {
        match self.kind {
            Kind::Sum(slot) => Some(slot),
            Kind::Count
            | Kind::Busiest(_)
            | Kind::Distinct(_)
            | Kind::Gap(_)
            | Kind::Duration(_)
            | Kind::Share(_) => None,
        }
    }

    /// The number of a group, and the row that stands for it.
    pub(super) fn of(&self, group: &Group<'_, '_>) -> Result<(i64, usize), Without> {
        let mut rows = Vec::new();
        for row in group.rows_of(self.step) {
            match self.only.as_ref().map_or(Ok(true), |only| only.holds(group.view, row))
            {
                Ok(true) => rows.push(row),
                Ok(false) => {}
                Err(reason) => return Err(Without::Unknown(reason)),
            }
        }
        let last = rows.last().copied().ok_or(Without::NoSubject)?;
        let number = match &self.kind {
            Kind::Count => Ok(whole(rows.len())),
            Kind::Busiest(days) => busiest(group, &rows, days.of(group)),
            Kind::Sum(slot) => sum(group, &rows, *slot),
            Kind::Distinct(of) => distinct(group, &rows, *of),
            Kind::Gap(slot) => return gap(group, &rows, *slot).map(|n| (n, last)),
            Kind::Duration(from) => {
                let first = rows.first().copied().unwrap_or(last);
                return duration(group, *from, first).map(|n| (n, first));
            }
            Kind::Share(only) => share(group, &rows, only),
        };
        number.map(|number| (number, last)).map_err(Without::Unknown)
    }

    /// All steps and columns it looks at.
    pub(super) fn needs(&self, needs: &mut Needs) {
        needs.steps.push(self.step);
        needs.slots.extend(self.only.iter().flat_map(Condition::slots));
        match &self.kind {
            Kind::Count | Kind::Busiest(_) | Kind::Distinct(Of::Who) => {}
            Kind::Sum(slot) | Kind::Gap(slot) | Kind::Distinct(Of::Column(slot)) => {
                needs.slots.push(*slot);
            }
            Kind::Duration(from) => needs.steps.push(*from),
            Kind::Share(only) => needs.slots.extend(only.slots()),
        }
    }

    /// Groups that hold none of these steps are passed over.
    pub(super) fn triggers(&self) -> StepSet {
        self.step
    }
}

fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn values(group: &Group<'_, '_>, rows: &[usize], slot: Slot) -> Result<Vec<i64>, Reason> {
    let value = |row: &usize| match group.view.cell(slot, *row) {
        Some(Cell::Int(number)) => Ok(number),
        Some(_) => Err(Reason::ValueMissing),
        None => Err(group.view.why_missing(slot)),
    };
    rows.iter().map(value).collect()
}

fn sum(group: &Group<'_, '_>, rows: &[usize], slot: Slot) -> Result<i64, Reason> {
    let values = values(group, rows, slot)?;
    Ok(values.into_iter().fold(0, i64::saturating_add))
}

/// How many of the rows lie at most within one window of so many days.
fn busiest(group: &Group<'_, '_>, rows: &[usize], days: i64) -> Result<i64, Reason> {
    let date = |row: &usize| group.view.moment(*row).map(Moment::local_date);
    let dates: Option<Vec<Date>> = rows.iter().map(date).collect();
    let dates = dates.ok_or(Reason::TimeMissing)?;
    // the rows stand in the order of time: a window may begin at each of them
    let inside = |(at, first): (usize, &Date)| {
        let near = |date: &&Date| days_apart(*first, **date) <= days;
        dates.iter().skip(at).take_while(near).count()
    };
    Ok(whole(dates.iter().enumerate().map(inside).max().unwrap_or(0)))
}

fn distinct(group: &Group<'_, '_>, rows: &[usize], of: Of) -> Result<i64, Reason> {
    let value = |row: &usize| match of {
        Of::Who => group.view.person(*row).map(|who| who.to_string()),
        Of::Column(slot) => {
            let cell = group.view.cell(slot, *row);
            cell.map(text).ok_or_else(|| group.view.why_missing(slot))
        }
    };
    let values: Result<BTreeSet<String>, Reason> = rows.iter().map(value).collect();
    Ok(whole(values?.len()))
}

/// Parts per million that the second lowest value lies above the lowest.
fn gap(group: &Group<'_, '_>, rows: &[usize], slot: Slot) -> Result<i64, Without> {
    let mut values = values(group, rows, slot).map_err(Without::Unknown)?;
    values.retain(|value| *value > 0);
    values.sort_unstable();
    let (Some(low), Some(next)) = (values.first(), values.get(1)) else {
        return Err(Without::NoSubject);
    };
    let gap = i128::from(*next - *low) * 1_000_000 / i128::from(*low);
    Ok(i64::try_from(gap).unwrap_or(i64::MAX))
}

/// Parts per million of the events that meet a condition.
fn share(group: &Group<'_, '_>, rows: &[usize], only: &Condition) -> Result<i64, Reason> {
    let met: Result<Vec<bool>, Reason> =
        rows.iter().map(|row| only.holds(group.view, *row)).collect();
    let met = met?.into_iter().filter(|met| *met).count();
    Ok(whole(met * 1_000_000 / rows.len().max(1)))
}

const SECOND_MICROS: i64 = 1_000_000;

/// Seconds from the first `from` to a row; whole days where an hour is not known.
fn duration(group: &Group<'_, '_>, from: StepSet, to: usize) -> Result<i64, Without> {
    if !group.recorded(from) {
        return Err(Without::Unknown(Reason::StepNotRecorded));
    }
    let start = group.first(from).ok_or(Without::NoSubject)?;
    if group.timeless(from) {
        return Err(Without::Unknown(Reason::TimeMissing));
    }
    match group.apart(start, to) {
        Apart::NoTime => return Err(Without::Unknown(Reason::TimeMissing)),
        Apart::SameDay => return Err(Without::Unknown(Reason::DateOnly)),
        Apart::Certain if start > to => return Err(Without::NoSubject),
        Apart::Certain | Apart::ByFile => {}
    }
    let missing = Without::Unknown(Reason::TimeMissing);
    let (Some(start), Some(end)) = (group.view.moment(start), group.view.moment(to))
    else {
        return Err(missing);
    };
    if start.day_only || end.day_only {
        let date = Moment::local_date;
        let days = days_apart(date(start), date(end));
        return Ok(days.max(1) * (time::DAY_MICROS / SECOND_MICROS));
    }
    Ok((end.micros.saturating_sub(start.micros) / SECOND_MICROS).max(60))
}
