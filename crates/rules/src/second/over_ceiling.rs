//! `over_ceiling`: amounts that were given while, together with all before them, they pass a
//! ceiling, such as grants under one scheme.

use super::{Aggregate, Conclusion, Fact, Hit, Keep, Key, Second, evidence};
use crate::answer::{Reason, Verdict};
use crate::args::Args;
use crate::condition::Condition;
use crate::pattern::{Needs, Pattern};
use crate::result::{EvidenceRow, Measure};
use crate::steps::StepSet;
use crate::view::{Cell, Group, Log, Slot};
use std::collections::BTreeMap;

#[derive(Debug)]
struct OverCeiling {
    step: StepSet,
    amount: Slot,
    ceiling: Slot,
    by: Vec<Slot>,
    /// Steps whose amount frees room again.
    less: StepSet,
    only: Vec<Condition>,
    /// What counts as found as well, ceiling or not.
    or: Option<Box<dyn Pattern>>,
    /// Cases for which this is found count for the sum, and nothing is said of them.
    unless: Option<Box<dyn Pattern>>,
}

pub(super) fn read(args: &mut Args<'_, '_, '_, '_>) -> Option<Box<dyn Second>> {
    let by = args.columns("by");
    if by.is_empty() {
        args.reader.fault("by", "`by` is missing or empty", "name at least one column");
    }
    let mut pattern = |key: &'static str| {
        args.reader.tree(key).is_some().then(|| args.pattern(key)).flatten()
    };
    let (or, unless) = (pattern("or"), pattern("unless"));
    Some(Box::new(OverCeiling {
        step: args.steps("step"),
        amount: args.column("amount"),
        ceiling: args.column("ceiling"),
        by,
        less: args.steps_opt("less"),
        only: args.conditions("where"),
        or,
        unless,
    }))
}

/// Between the values of `by` and the ceiling.
const BORDER: &str = "\u{1f}";

/// How an amount counts: it frees room; it counts and its case is judged; it only counts.
const LESS: char = '-';
const TOLD: char = '+';
const SILENT: char = '~';

/// What is known of one scheme as its amounts come in.
#[derive(Default)]
struct Purse {
    given: i64,
    /// Amounts with an unknown time, which may have come before anything.
    floating: i64,
    /// Why more may have been given than is known.
    more: Option<Reason>,
    /// Why less may have been given than is known.
    fewer: Option<Reason>,
}

/// What is said of one case; its worst amount counts.
#[derive(Default)]
struct Told {
    found: Option<Hit>,
    doubt: Option<Reason>,
}

impl OverCeiling {
    /// The value at an event, or the first one in its group.
    fn value<'a>(group: &Group<'_, 'a>, slot: Slot, row: usize) -> Option<Cell<'a>> {
        let here = group.view.cell(slot, row);
        here.or_else(|| group.rows.clone().find_map(|row| group.view.cell(slot, row)))
    }

    fn key(&self, group: &Group<'_, '_>, row: usize) -> Result<String, Reason> {
        let mut names = Vec::new();
        for slot in &self.by {
            let cell = Self::value(group, *slot, row);
            let cell = cell.ok_or_else(|| group.view.why_missing(*slot))?;
            names.push(super::strata::text(cell));
        }
        Ok(names.join(" × "))
    }

    /// Whether an event counts, or why that is not known.
    fn counts(&self, group: &Group<'_, '_>, row: usize) -> Result<bool, Reason> {
        let mut doubt = None;
        for only in &self.only {
            match only.holds(group.view, row) {
                Ok(true) => {}
                Ok(false) => return Ok(false),
                Err(reason) => doubt = doubt.or(Some(reason)),
            }
        }
        doubt.map_or(Ok(true), Err)
    }

    fn cents(cell: Option<Cell<'_>>) -> Option<i64> {
        match cell {
            Some(Cell::Int(cents)) => Some(cents),
            Some(Cell::Text(..) | Cell::Float(_) | Cell::Bool(_) | Cell::Time(_))
            | None => None,
        }
    }

    /// Notes what the other pattern says of the case, under no key.
    fn note_other(&self, group: &Group<'_, '_>, keep: &mut Keep) {
        let Some(or) = &self.or else { return };
        let answer = or.judge(group);
        let (rows, number, doubt) = match answer.verdict {
            Verdict::NoSubject => return,
            Verdict::Clear => (vec![group.rows.start], 0, None),
            Verdict::Found => (answer.rows, 1, None),
            Verdict::Unknown(reason) => (vec![group.rows.start], 0, Some(reason)),
        };
        let stratum = keep.one_stratum();
        for row in rows {
            let row = evidence(group.view, row);
            keep.facts.push(Fact { stratum, key: Key::None, number, doubt, row });
        }
    }

    /// Walks the amounts of one scheme in the order of time.
    fn walk(facts: &mut [&Fact], told: &mut BTreeMap<u32, Told>) {
        facts.sort_by_key(|fact| {
            (fact.row.moment.is_none(), fact.row.moment, fact.row.place)
        });
        let mut purse = Purse::default();
        for fact in facts.iter() {
            let less = matches!(&fact.key, Key::Text(text) if text.ends_with(LESS));
            match fact.doubt {
                Some(reason) if less => purse.fewer = purse.fewer.or(Some(reason)),
                Some(Reason::TimeMissing) => {
                    purse.floating = purse.floating.saturating_add(fact.number);
                }
                Some(_) | None => {}
            }
        }
        for fact in facts.iter() {
            let Key::Text(text) = &fact.key else { continue };
            let ceiling = text.split(BORDER).nth(1).and_then(|text| text.parse().ok());
            if text.ends_with(LESS) {
                if fact.doubt.is_none() {
                    purse.given = purse.given.saturating_sub(fact.number);
                }
                continue;
            }
            let mut silent = Told::default();
            let case = if text.ends_with(SILENT) {
                &mut silent
            } else {
                told.entry(fact.row.case).or_default()
            };
            match (fact.doubt, ceiling) {
                (None, Some(ceiling)) => {
                    purse.given = purse.given.saturating_add(fact.number);
                    judge(&purse, ceiling, &fact.row, case);
                }
                (doubt, _) => {
                    let reason = doubt.unwrap_or(Reason::ValueMissing);
                    case.doubt = case.doubt.or(Some(reason));
                    if doubt.is_none() {
                        purse.given = purse.given.saturating_add(fact.number);
                    } else if doubt != Some(Reason::TimeMissing) {
                        purse.more = purse.more.or(Some(reason));
                    }
                }
            }
        }
    }
}

/// What the other pattern said of a case.
fn other(fact: &Fact, told: &mut Told) {
    told.doubt = told.doubt.or(fact.doubt);
    if fact.number > 0 {
        let hit = told.found.get_or_insert_with(|| Hit {
            subject: Aggregate::Case(fact.row.case),
            rows: Vec::new(),
            measure: None,
        });
        hit.rows.push(fact.row.clone());
    }
}

/// Whether one more amount, already counted, passes the ceiling.
fn judge(purse: &Purse, ceiling: i64, row: &EvidenceRow, told: &mut Told) {
    let doubt = if purse.given > ceiling {
        match purse.fewer {
            None => {
                told.found.get_or_insert_with(|| Hit {
                    subject: Aggregate::Case(row.case),
                    rows: vec![row.clone()],
                    measure: Some(Measure {
                        observed: purse.given,
                        expected: ceiling,
                        unit: "cent",
                        probability: None,
                    }),
                });
                None
            }
            doubt => doubt,
        }
    } else if purse.given.saturating_add(purse.floating) > ceiling {
        Some(Reason::TimeMissing)
    } else {
        purse.more
    };
    told.doubt = told.doubt.or(doubt);
}

impl Second for OverCeiling {
    fn note(&self, group: &Group<'_, '_>, keep: &mut Keep) {
        let excused = self.unless.as_ref().map(|unless| unless.judge(group).verdict);
        match excused {
            Some(Verdict::Found) => {}
            Some(Verdict::Unknown(reason)) => keep.doubt_case(reason, group),
            Some(Verdict::Clear | Verdict::NoSubject) | None => {
                self.note_other(group, keep);
            }
        }
        let told = !matches!(excused, Some(Verdict::Found | Verdict::Unknown(_)));
        for row in group.rows_of(self.step | self.less) {
            let less = !group.view.steps(row).meets(self.step);
            let counts = if less { Ok(true) } else { self.counts(group, row) };
            if counts == Ok(false) {
                continue;
            }
            let key = match self.key(group, row) {
                Ok(key) => key,
                Err(_) if less || !told => continue,
                Err(reason) => return keep.doubt_case(reason, group),
            };
            let ceiling = Self::value(group, self.ceiling, row);
            let amount = Self::cents(group.view.cell(self.amount, row));
            let known = amount.ok_or_else(|| group.view.why_missing(self.amount));
            let doubt = match (counts, known, group.view.moment(row)) {
                (Err(reason), ..) | (_, Err(reason), _) => Some(reason),
                (Ok(_), Ok(_), None) => Some(Reason::TimeMissing),
                (Ok(_), Ok(_), Some(_)) => None,
            };
            let ceiling =
                Self::cents(ceiling).map_or_else(String::new, |c| c.to_string());
            let sign = match (less, told) {
                (true, _) => LESS,
                (false, true) => TOLD,
                (false, false) => SILENT,
            };
            let key = Key::Text(format!("{key}{BORDER}{ceiling}{BORDER}{sign}"));
            let stratum = keep.one_stratum();
            let row = evidence(group.view, row);
            keep.facts.push(Fact {
                stratum,
                key,
                number: amount.unwrap_or(0),
                doubt,
                row,
            });
        }
    }

    fn conclude(&self, keep: &Keep, _: &Log<'_>) -> Conclusion {
        let mut conclusion =
            Conclusion { unknown: keep.unknown.clone(), ..Conclusion::of(keep) };
        let mut told: BTreeMap<u32, Told> = BTreeMap::new();
        let mut purses: BTreeMap<&str, Vec<&Fact>> = BTreeMap::new();
        for fact in &keep.facts {
            let Key::Text(text) = &fact.key else {
                other(fact, told.entry(fact.row.case).or_default());
                continue;
            };
            let name = text.split(BORDER).next().unwrap_or_default();
            purses.entry(name).or_default().push(fact);
        }
        for mut facts in purses.into_values() {
            Self::walk(&mut facts, &mut told);
        }
        for (case, told) in told {
            match (told.found, told.doubt) {
                (Some(hit), _) => conclusion.hit(hit),
                (None, Some(reason)) => {
                    conclusion.doubt_one(reason, || Aggregate::Case(case));
                }
                (None, None) => conclusion.clear(|| Aggregate::Case(case)),
            }
        }
        conclusion
    }

    fn needs(&self, needs: &mut Needs) {
        needs.steps.push(self.step);
        needs.slots.extend([self.amount, self.ceiling]);
        needs.slots.extend(&self.by);
        needs.slots.extend(self.only.iter().flat_map(Condition::slots));
        if let Some(or) = &self.or {
            or.needs(needs);
        }
        if let Some(unless) = &self.unless {
            unless.needs(needs);
        }
    }

    fn triggers(&self) -> StepSet {
        let or = self.or.as_ref().map_or(StepSet::NONE, |or| or.triggers());
        self.step | self.less | or
    }
}
