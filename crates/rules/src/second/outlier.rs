//! `outlier`: a number of a group lies far outside those of its stratum.
//!
//! The lines are those of Tukey's box (quartile and interquartile range; Tukey 1977), of a
//! percentile, of the robust z of the logarithm, or a multiple of the mean; each line that is given must be crossed,
//! and a floor in real numbers too.

use super::measure::{Measured, Without};
use super::{Aggregate, Conclusion, Fact, Hit, Keep, Key, Second, Strata, evidence};
use crate::answer::Reason;
use crate::args::Args;
use crate::number::Number;
use crate::pattern::Needs;
use crate::result::Measure;
use crate::statistics::{LogScale, median, percentile};
use crate::steps::StepSet;
use crate::view::{Group, Log, Slot};

/// By what the groups are gathered.
#[derive(Clone, Copy, Debug)]
enum Part {
    Case,
    Who,
    Day,
    Column(Slot),
}

/// The lines at one end.
#[derive(Debug, Default)]
struct Lines {
    percentile_tenths: Option<Number>,
    fence_tenths: Option<Number>,
    z_tenths: Option<Number>,
    /// So many tenths of the mean; at the high end only.
    factor_tenths: Option<Number>,
    floor: Option<Number>,
}

impl Lines {
    fn any(&self) -> bool {
        self.percentile_tenths.is_some()
            || self.fence_tenths.is_some()
            || self.z_tenths.is_some()
            || self.factor_tenths.is_some()
    }
}

#[derive(Debug)]
struct Outlier {
    measured: Measured,
    unit: &'static str,
    of: Vec<Part>,
    low: Lines,
    high: Lines,
    strata: Strata,
    least: Number,
}

fn whose(args: &mut Args<'_, '_, '_, '_>) -> Vec<Part> {
    let names = args.context.rule.group.clone();
    let part = |name: &String| match name.as_str() {
        "case" => Part::Case,
        "who" => Part::Who,
        "day" => Part::Day,
        column => Part::Column(args.context.slot(column)),
    };
    names.iter().map(part).collect()
}

pub(super) fn read(args: &mut Args<'_, '_, '_, '_>) -> Option<Box<dyn Second>> {
    let measured = Measured::read(args)?;
    let money = measured.summed().is_some_and(|slot| {
        let name = args.context.columns.get(slot.0);
        let column = name.and_then(|name| args.context.catalogue.columns.get(name));
        column.is_some_and(|column| column.kind == catalogue::ColumnType::Money)
    });
    let low = Lines {
        percentile_tenths: args.number_opt("low_percentile"),
        fence_tenths: args.number_opt("low_fence"),
        z_tenths: args.number_opt("low_z"),
        factor_tenths: None,
        floor: args.number_opt("at_most"),
    };
    let high = Lines {
        percentile_tenths: args.number_opt("high_percentile"),
        fence_tenths: args.number_opt("high_fence"),
        z_tenths: args.number_opt("high_z"),
        factor_tenths: args.number_opt("high_factor"),
        floor: args.number_opt("at_least"),
    };
    if !low.any() && !high.any() {
        let hint = "one of low_percentile, low_fence, low_z, high_percentile, high_fence, high_z and high_factor";
        args.reader.fault("measure", "a line is missing", hint);
    }
    Some(Box::new(Outlier {
        unit: measured.unit(money),
        measured,
        of: whose(args),
        low,
        high,
        strata: Strata::read(args),
        least: args.number_or("least", 30),
    }))
}

/// What the numbers of one stratum have in common.
struct Usual {
    middle: f64,
    quartiles: (f64, f64),
    scale: Option<LogScale>,
    values: Vec<f64>,
}

impl Usual {
    fn of(values: Vec<f64>) -> Option<Self> {
        let quartiles = (percentile(&values, 0.25)?, percentile(&values, 0.75)?);
        // a number of zero has no logarithm: it is brought to the smallest step
        let steps: Vec<f64> = values.iter().map(|value| value.max(1.0)).collect();
        let scale = LogScale::of(&steps).ok();
        Some(Self { middle: median(&values)?, quartiles, scale, values })
    }

    /// Whether a number lies beyond all lines of one end; `None` where a line cannot be
    /// drawn because the numbers hardly differ.
    fn beyond(&self, value: f64, lines: &Lines, high: bool) -> Option<bool> {
        let side = |at: f64, line: f64| if high { at > line } else { at < line };
        let mut beyond = side(value, self.middle);
        if let Some(tenths) = &lines.percentile_tenths {
            let share = tenths.fixed().clamp(0, 1000) as f64 / 1000.0;
            let share = if high { 1.0 - share } else { share };
            let line = percentile(&self.values, share)?;
            beyond &= if high { value >= line } else { value <= line };
        }
        if let Some(tenths) = &lines.factor_tenths {
            let mean = self.values.iter().sum::<f64>() / self.values.len().max(1) as f64;
            beyond &= value * 10.0 >= mean * tenths.fixed() as f64;
        }
        if let Some(tenths) = &lines.fence_tenths {
            let (low, up) = self.quartiles;
            let reach = (up - low) * tenths.fixed() as f64 / 10.0;
            if reach <= 0.0 {
                return None;
            }
            beyond &= side(value, if high { up + reach } else { low - reach });
        }
        if let Some(tenths) = &lines.z_tenths {
            let z = self.scale.as_ref()?.z(value.max(1.0))?;
            let limit = tenths.fixed() as f64 / 10.0;
            beyond &= side(z, if high { limit } else { -limit });
        }
        if let Some(floor) = &lines.floor {
            let floor = floor.fixed() as f64;
            beyond &= if high { value >= floor } else { value <= floor };
        }
        Some(beyond)
    }
}

impl Outlier {
    fn subject(fact: &Fact) -> Aggregate {
        match &fact.key {
            Key::Who(who) => Aggregate::Who(*who),
            Key::Text(text) => Aggregate::Text(text.clone()),
            Key::None | Key::Pair(..) => Aggregate::Case(fact.row.case),
        }
    }

    /// Whose number it is: the case, the person, or the values in words.
    fn key(&self, group: &Group<'_, '_>) -> Key {
        let (view, row) = (group.view, group.rows.start);
        let dictionaries = view.log.dictionaries;
        let text = |part: &Part| match part {
            Part::Case => dictionaries.case.text(view.case(row)).map(str::to_owned),
            Part::Who => {
                let who = view.who(row)?;
                dictionaries.who.text(who).map(str::to_owned)
            }
            Part::Day => view.moment(row).map(|moment| moment.local_date().to_string()),
            Part::Column(slot) => view.cell(*slot, row).map(super::strata::text),
        };
        match self.of.as_slice() {
            [Part::Case] => Key::None,
            [Part::Who] => view.who(row).map_or(Key::None, Key::Who),
            parts => {
                let parts: Vec<String> = parts.iter().filter_map(text).collect();
                Key::Text(parts.join(" × "))
            }
        }
    }

    /// Whether a number is one, over both ends.
    fn outside(&self, usual: &Usual, value: f64) -> Option<bool> {
        let beyond = |lines: &Lines, high: bool| {
            if lines.any() { usual.beyond(value, lines, high) } else { Some(false) }
        };
        let (low, high) = (beyond(&self.low, false)?, beyond(&self.high, true)?);
        Some(low || high)
    }

    fn conclude_stratum(&self, facts: &[&Fact], conclusion: &mut Conclusion) {
        for fact in facts {
            if let Some(reason) = fact.doubt {
                conclusion.doubt_one(reason, || Self::subject(fact));
            }
        }
        let known: Vec<&&Fact> = facts.iter().filter(|f| f.doubt.is_none()).collect();
        let values: Vec<f64> = known.iter().map(|fact| fact.number as f64).collect();
        let enough = known.len() as u64 >= self.least.count().max(4);
        let usual = Usual::of(values).filter(|_| enough);
        for fact in known {
            let outside =
                usual.as_ref().and_then(|u| self.outside(u, fact.number as f64));
            let (Some(outside), Some(usual)) = (outside, &usual) else {
                conclusion.doubt_one(Reason::TooFew, || Self::subject(fact));
                continue;
            };
            conclusion.tests += 1;
            if !outside {
                conclusion.clear(|| Self::subject(fact));
                continue;
            }
            #[expect(
                clippy::cast_possible_truncation,
                reason = "the middle of whole numbers, far below 2^53"
            )]
            let expected = usual.middle.round() as i64;
            conclusion.hit(Hit {
                subject: Self::subject(fact),
                rows: vec![fact.row.clone()],
                measure: Some(Measure {
                    observed: fact.number,
                    expected,
                    unit: self.unit,
                    probability: None,
                }),
            });
        }
    }
}

impl Second for Outlier {
    fn note(&self, group: &Group<'_, '_>, keep: &mut Keep) {
        let (number, doubt, row) = match self.measured.of(group) {
            Ok((number, row)) => (number, None, row),
            Err(Without::NoSubject) => return,
            Err(Without::Unknown(reason)) => {
                let row = group.first(self.measured.triggers());
                (0, Some(reason), row.unwrap_or(group.rows.start))
            }
        };
        let stratum = keep.stratum(&self.strata, group, row);
        let (key, row) = (self.key(group), evidence(group.view, row));
        keep.facts.push(Fact { stratum, key, number, doubt, row });
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
        self.measured.needs(needs);
    }

    fn triggers(&self) -> StepSet {
        self.measured.triggers()
    }
}
