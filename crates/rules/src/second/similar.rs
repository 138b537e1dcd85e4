//! `similar`: cases whose texts are nearly the same.
//!
//! Texts are compared by their runs of so many words (shingles). Which pairs are worth
//! comparing is found with `MinHash`; what is then said of a pair is the exact share of runs
//! that both have (Jaccard). Source: Broder 1997, *On the resemblance and containment of
//! documents*; Leskovec, Rajaraman and Ullman, *Mining of Massive Datasets*, chapter 3.

mod shingles;

use super::{Aggregate, Conclusion, Fact, Hit, Keep, Key, Second, evidence};
use crate::answer::Reason;
use crate::args::Args;
use crate::number::Number;
use crate::pattern::Needs;
use crate::result::Measure;
use crate::steps::StepSet;
use crate::term::days_apart;
use crate::view::{Cell, Group, Log, Slot};
use model::Moment;
use std::collections::BTreeMap;

#[derive(Debug)]
struct Similar {
    step: StepSet,
    field: Slot,
    words: Number,
    percent: Number,
    least_words: Number,
    /// Runs of words that more than this percentage of the texts have are a template.
    common: Option<Number>,
    same: Vec<Slot>,
    share: Vec<Slot>,
    differ: Vec<Slot>,
    days: Option<Number>,
    period: Option<Period>,
    at_least: Number,
}

/// Periods that must overlap, by percentage of the shorter one.
#[derive(Debug)]
struct Period {
    from: Slot,
    to: Slot,
    percent: Number,
}

pub(super) fn read(args: &mut Args<'_, '_, '_, '_>) -> Option<Box<dyn Second>> {
    let period = match (args.column_opt("from"), args.column_opt("to")) {
        (Some(from), Some(to)) => {
            Some(Period { from, to, percent: args.number_or("overlap", 50) })
        }
        (None, None) => None,
        _ => {
            let hint = "name both or none";
            args.reader.fault("from", "a period has a `from` and a `to`", hint);
            None
        }
    };
    Some(Box::new(Similar {
        step: args.steps("step"),
        field: args.column("field"),
        words: args.number_or("words", 5),
        percent: args.number_or("percent", 80),
        least_words: args.number_or("least_words", 20),
        common: args.number_opt("common"),
        same: args.columns("same"),
        share: args.columns("share"),
        differ: args.columns("differ"),
        days: args.number_opt("days"),
        period,
        at_least: args.number_or("at_least", 2),
    }))
}

/// Between the values of a key.
const BORDER: char = '\u{1f}';

/// Two values: equal, different, or one of them missing.
fn equal(a: &str, b: &str) -> Result<bool, Reason> {
    if a.is_empty() || b.is_empty() {
        return Err(Reason::ValueMissing);
    }
    Ok(a.to_lowercase() == b.to_lowercase())
}

/// What is known of two cases, three-valued: one `false` decides.
fn all(answers: impl Iterator<Item = Result<bool, Reason>>) -> Result<bool, Reason> {
    let mut doubt = None;
    for answer in answers {
        match answer {
            Ok(true) => {}
            Ok(false) => return Ok(false),
            Err(reason) => doubt = doubt.or(Some(reason)),
        }
    }
    doubt.map_or(Ok(true), Err)
}

/// One `true` decides; of nothing at all everything holds.
fn any(answers: impl Iterator<Item = Result<bool, Reason>>) -> Result<bool, Reason> {
    let not = all(answers.map(|answer| answer.map(|yes| !yes)));
    not.map(|none| !none)
}

/// A case with the values that are compared.
struct Text<'f> {
    fact: &'f Fact,
    values: Vec<&'f str>,
    sets: &'f [u64],
}

/// What became of one case.
#[derive(Default, Clone)]
struct Told {
    with: Vec<usize>,
    most: f64,
    doubt: Option<Reason>,
}

impl Similar {
    fn value<'a>(group: &Group<'_, 'a>, slot: Slot, row: usize) -> Option<Cell<'a>> {
        let here = group.view.cell(slot, row);
        here.or_else(|| group.rows.clone().find_map(|row| group.view.cell(slot, row)))
    }

    /// The columns whose values stand in a key, in that order.
    fn columns(&self) -> impl Iterator<Item = Slot> {
        let period = self.period.iter().flat_map(|period| [period.from, period.to]);
        self.same.iter().chain(&self.share).chain(&self.differ).copied().chain(period)
    }

    /// Whether two cases lie to each other as asked, apart from their texts.
    fn related(&self, a: &Text<'_>, b: &Text<'_>) -> Result<bool, Reason> {
        if a.fact.row.case == b.fact.row.case {
            return Ok(false);
        }
        let pairs: Vec<(&str, &str)> =
            a.values.iter().copied().zip(b.values.iter().copied()).collect();
        let (same, rest) = pairs.split_at(self.same.len().min(pairs.len()));
        let (share, rest) = rest.split_at(self.share.len().min(rest.len()));
        let (differ, period) = rest.split_at(self.differ.len().min(rest.len()));
        let same = all(same.iter().map(|(a, b)| equal(a, b)));
        let share = if share.is_empty() {
            Ok(true)
        } else {
            any(share.iter().map(|(a, b)| equal(a, b)))
        };
        let differ = all(differ.iter().map(|(a, b)| equal(a, b).map(|same| !same)));
        let near = self.days.as_ref().map_or(Ok(true), |days| {
            let date = |text: &Text<'_>| text.fact.row.moment.map(Moment::local_date);
            let (a, b) = date(a).zip(date(b)).ok_or(Reason::TimeMissing)?;
            Ok(days_apart(a, b).abs() <= days.fixed())
        });
        let periods = self.period.as_ref().map_or(Ok(true), |wanted| match period {
            [(a, b), (c, d)] => overlap(a, c, b, d)
                .map(|share| share >= wanted.percent.fixed())
                .ok_or(Reason::ValueMissing),
            _ => Err(Reason::ValueMissing),
        });
        all([same, share, differ, near, periods].into_iter())
    }

    fn compare(&self, texts: &[Text<'_>]) -> Vec<Told> {
        let mut told = vec![Told::default(); texts.len()];
        let sets: Vec<&[u64]> = texts.iter().map(|text| text.sets).collect();
        let least = self.percent.fixed().clamp(1, 100) as f64 / 100.0;
        for (a, b) in shingles::candidates(&sets) {
            let (Some(one), Some(other)) = (texts.get(a), texts.get(b)) else { continue };
            let share = shingles::jaccard(one.sets, other.sets);
            if share < least {
                continue;
            }
            let related = self.related(one, other);
            for (here, there) in [(a, b), (b, a)] {
                let Some(told) = told.get_mut(here) else { continue };
                match related {
                    Ok(true) => {
                        told.with.push(there);
                        told.most = told.most.max(share);
                    }
                    Ok(false) => {}
                    Err(reason) => told.doubt = told.doubt.or(Some(reason)),
                }
            }
        }
        told
    }

    fn tell(&self, texts: &[Text<'_>], told: Vec<Told>, conclusion: &mut Conclusion) {
        let others = self.at_least.count().max(2) - 1;
        for (text, told) in texts.iter().zip(told) {
            let subject = Aggregate::Case(text.fact.row.case);
            if (told.with.len() as u64) < others {
                match told.doubt {
                    Some(reason) => conclusion.doubt_one(reason, || subject),
                    None => conclusion.clear(|| subject),
                }
                continue;
            }
            let mut rows = vec![text.fact.row.clone()];
            // the nearest fifty tell enough
            let with = told.with.iter().take(50);
            rows.extend(with.filter_map(|at| Some(texts.get(*at)?.fact.row.clone())));
            rows.sort_by_key(|row| (row.moment, row.place));
            conclusion.hit(Hit {
                subject,
                rows,
                measure: Some(Measure {
                    observed: i64::from(super::ppm(told.most).0),
                    expected: self.percent.fixed().saturating_mul(10_000),
                    unit: "ppm",
                    probability: None,
                }),
            });
        }
    }
}

/// How many percent of the shorter of two periods lies in the other; `None` where a date is
/// missing or a period ends before it begins.
fn overlap(from_a: &str, to_a: &str, from_b: &str, to_b: &str) -> Option<i64> {
    let date = |text: &str| text.parse::<model::Date>().ok();
    let length = |from, to| Some(days_apart(from, to) + 1).filter(|days| *days > 0);
    let (from_a, to_a) = (date(from_a)?, date(to_a)?);
    let (from_b, to_b) = (date(from_b)?, date(to_b)?);
    let shorter = length(from_a, to_a)?.min(length(from_b, to_b)?);
    let both = length(from_a.max(from_b), to_a.min(to_b)).unwrap_or(0);
    Some(both * 100 / shorter)
}

impl Second for Similar {
    fn note(&self, group: &Group<'_, '_>, keep: &mut Keep) {
        let Some(row) = group.first(self.step) else { return };
        let Some(Cell::Text(_, code)) = Self::value(group, self.field, row) else {
            return keep.doubt_case(group.view.why_missing(self.field), group);
        };
        if let Some(slot) = self.columns().find(|slot| !group.view.has(*slot)) {
            return keep.doubt_case(group.view.why_missing(slot), group);
        }
        let text = |slot: Slot| {
            Self::value(group, slot, row).map_or_else(String::new, super::strata::text)
        };
        let values: Vec<String> = self.columns().map(text).collect();
        let key = Key::Text(values.join(&BORDER.to_string()));
        let stratum = keep.one_stratum();
        let row = evidence(group.view, row);
        let number = i64::from(code);
        keep.facts.push(Fact { stratum, key, number, doubt: None, row });
    }

    fn conclude(&self, keep: &Keep, log: &Log<'_>) -> Conclusion {
        let mut conclusion =
            Conclusion { unknown: keep.unknown.clone(), ..Conclusion::of(keep) };
        let name = log.slots.get(self.field.0).and_then(Option::as_ref);
        let Some(texts) = name.and_then(|name| log.dictionaries.attributes.get(name))
        else {
            return conclusion;
        };
        let words = usize::try_from(self.words.count()).unwrap_or(1).max(1);
        let mut sets: BTreeMap<i64, (usize, Vec<u64>)> = BTreeMap::new();
        for fact in &keep.facts {
            sets.entry(fact.number).or_insert_with(|| {
                let code = u32::try_from(fact.number).unwrap_or(u32::MAX);
                shingles::of(texts.text(code).unwrap_or_default(), words)
            });
        }
        if let Some(percent) = &self.common {
            let used = keep.facts.iter().map(|fact| fact.number);
            shingles::leave_out_common(&mut sets, used, percent.count());
        }
        let mut judged = Vec::new();
        for fact in &keep.facts {
            let Key::Text(key) = &fact.key else { continue };
            let Some((count, set)) = sets.get(&fact.number) else { continue };
            // what is short, or is all template, is like every other text of its kind
            if (*count as u64) < self.least_words.count() || set.is_empty() {
                conclusion.doubt_one(Reason::TooFew, || Aggregate::Case(fact.row.case));
                continue;
            }
            judged.push(Text { fact, values: key.split(BORDER).collect(), sets: set });
        }
        let told = self.compare(&judged);
        self.tell(&judged, told, &mut conclusion);
        conclusion
    }

    fn needs(&self, needs: &mut Needs) {
        needs.steps.push(self.step);
        needs.slots.push(self.field);
        needs.slots.extend(self.columns());
    }

    fn triggers(&self) -> StepSet {
        self.step
    }
}
