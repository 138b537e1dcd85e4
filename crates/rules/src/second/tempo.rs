//! `too_fast` and `too_slow`: a duration far outside what is usual in its stratum.
//!
//! Three lines must all be crossed: robust z of the logarithm, a percentile, and a floor in
//! real time, so that neither a narrow spread nor a slow office makes findings
//! (signals.md GEN-05).

use super::{Aggregate, Conclusion, Fact, Hit, Keep, Key, Second, Strata, evidence};
use crate::answer::Reason;
use crate::args::Args;
use crate::number::Number;
use crate::pattern::Needs;
use crate::result::Measure;
use crate::statistics::{LogScale, percentile};
use crate::steps::StepSet;
use crate::view::{Apart, Cell, Group, Log, Slot};
use model::calendar::working_days_between;
use model::{Moment, time};

#[derive(Debug)]
struct Tempo {
    slow: bool,
    from: StepSet,
    field: Option<Slot>,
    to: StepSet,
    strata: Strata,
    z_tenths: Number,
    percentile_tenths: Number,
    floor_minutes: Option<Number>,
    floor_working_days: Option<Number>,
    least: Number,
}

pub(super) fn read_fast(args: &mut Args<'_, '_, '_, '_>) -> Option<Box<dyn Second>> {
    Some(Box::new(read(args, false)))
}

pub(super) fn read_slow(args: &mut Args<'_, '_, '_, '_>) -> Option<Box<dyn Second>> {
    Some(Box::new(read(args, true)))
}

fn read(args: &mut Args<'_, '_, '_, '_>, slow: bool) -> Tempo {
    let field = args.column_opt("field");
    let from = if field.is_some() { args.steps_opt("from") } else { args.steps("from") };
    Tempo {
        slow,
        from,
        field,
        to: args.steps("to"),
        strata: Strata::read(args),
        z_tenths: args.number_or("z", 30),
        percentile_tenths: args.number_or("percentile", 10),
        floor_minutes: args.number_opt("floor_minutes"),
        floor_working_days: args.number_opt("floor_working_days"),
        least: args.number_or("least", 100),
    }
}

const SECOND_MICROS: i64 = 1_000_000;

impl Tempo {
    /// Where the duration begins: the date in the column, or the last `from` before `to`.
    fn start(&self, group: &Group<'_, '_>, to: usize) -> Result<Option<Moment>, Reason> {
        if let Some(slot) = self.field {
            return match group.view.cell(slot, to) {
                Some(Cell::Time(micros)) => Ok(Some(Moment { micros, day_only: true })),
                Some(_) | None => Err(group.view.why_missing(slot)),
            };
        }
        if !group.recorded(self.from) {
            return Err(Reason::StepNotRecorded);
        }
        // the last one that is not later; equal times do not make it later
        let mut last = None;
        for row in group.rows_of(self.from).filter(|row| *row != to) {
            match group.apart(row, to) {
                Apart::NoTime => return Err(Reason::TimeMissing),
                Apart::SameDay => return Err(Reason::DateOnly),
                Apart::Certain if row > to => {}
                Apart::Certain | Apart::ByFile => last = group.view.moment(row),
            }
        }
        Ok(last)
    }

    /// The duration in seconds, at least one minute, or a day where hours are not known.
    fn seconds(from: Moment, to: Moment) -> i64 {
        let whole_days = from.day_only || to.day_only;
        if whole_days {
            let days = crate::term::days_apart(from.local_date(), to.local_date());
            return days.max(1) * (time::DAY_MICROS / SECOND_MICROS);
        }
        (to.micros.saturating_sub(from.micros) / SECOND_MICROS).max(60)
    }

    /// Whether the floor in real time is crossed.
    fn beyond_floor(&self, fact: &Fact) -> bool {
        let minutes = self.floor_minutes.as_ref().map(|n| n.fixed().saturating_mul(60));
        let by_minutes = match minutes {
            Some(floor) if self.slow => fact.number > floor,
            Some(floor) => fact.number < floor,
            None => true,
        };
        let days = self.floor_working_days.as_ref().map(Number::fixed);
        let by_days = match (days, fact.row.moment) {
            (Some(floor), Some(end)) => {
                let start =
                    end.micros.saturating_sub(fact.number.saturating_mul(SECOND_MICROS));
                let start = Moment::at(start).local_date();
                let worked = i64::from(working_days_between(start, end.local_date()));
                if self.slow { worked > floor } else { worked < floor }
            }
            (Some(_), None) => false,
            (None, _) => true,
        };
        by_minutes && by_days
    }

    fn conclude_stratum(&self, facts: &[&Fact], conclusion: &mut Conclusion) {
        let values: Vec<f64> = facts.iter().map(|fact| fact.number as f64).collect();
        let count = facts.len() as u64;
        let scale = LogScale::of(&values);
        let share = (self.percentile_tenths.fixed().clamp(0, 1000)) as f64 / 1000.0;
        let line = percentile(&values, if self.slow { 1.0 - share } else { share });
        let (Ok(scale), Some(line), true) = (scale, line, count >= self.least.count())
        else {
            for fact in facts {
                conclusion.doubt_one(Reason::TooFew, || Aggregate::Case(fact.row.case));
            }
            return;
        };
        conclusion.tests += count;
        let limit = self.z_tenths.fixed() as f64 / 10.0;
        for (fact, value) in facts.iter().zip(values) {
            let z = scale.z(value).unwrap_or(0.0);
            let outside = if self.slow {
                z > limit && value >= line
            } else {
                z < -limit && value <= line
            };
            let subject = || Aggregate::Case(fact.row.case);
            if !outside || !self.beyond_floor(fact) {
                conclusion.clear(subject);
                continue;
            }
            #[expect(
                clippy::cast_possible_truncation,
                reason = "seconds, far below 2^53"
            )]
            let usual = scale.usual().round() as i64;
            conclusion.hit(Hit {
                subject: subject(),
                rows: vec![fact.row.clone()],
                measure: Some(Measure {
                    observed: fact.number,
                    expected: usual,
                    unit: "seconds",
                    probability: None,
                }),
            });
        }
    }
}

impl Second for Tempo {
    fn note(&self, group: &Group<'_, '_>, keep: &mut Keep) {
        let Some(to) = group.first(self.to) else { return };
        let Some(end) = group.view.moment(to).filter(|_| !group.timeless(self.to)) else {
            return keep.doubt_case(Reason::TimeMissing, group);
        };
        let start = match self.start(group, to) {
            Ok(Some(start)) => start,
            Ok(None) => return,
            Err(reason) => return keep.doubt_case(reason, group),
        };
        if self.floor_minutes.is_some() && (start.day_only || end.day_only) {
            return keep.doubt_case(Reason::DateOnly, group);
        }
        let number = Self::seconds(start, end);
        let stratum = keep.stratum(&self.strata, group, to);
        let row = evidence(group.view, to);
        keep.facts.push(Fact { stratum, key: Key::None, number, doubt: None, row });
    }

    fn conclude(&self, keep: &Keep, _: &Log<'_>) -> Conclusion {
        let mut conclusion =
            Conclusion { unknown: keep.unknown.clone(), ..Conclusion::of(keep) };
        for (_, facts) in keep.by_stratum() {
            self.conclude_stratum(&facts, &mut conclusion);
        }
        conclusion
    }

    fn needs(&self, needs: &mut Needs) {
        needs.steps.push(self.to);
        if !self.from.is_empty() {
            needs.steps.push(self.from);
        }
        needs.slots.extend(self.field);
    }

    fn triggers(&self) -> StepSet {
        self.to
    }
}
