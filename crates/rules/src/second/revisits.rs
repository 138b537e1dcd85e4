//! `revisits`: one person in whose work with one counterpart the same thing is found on day
//! after day (signals.md INF-02), while nothing explains any of it.

use super::{Aggregate, Conclusion, Fact, Hit, Keep, Key, Second, evidence};
use crate::answer::{Reason, Verdict};
use crate::args::Args;
use crate::number::Number;
use crate::pattern::{Needs, Pattern};
use crate::steps::StepSet;
use crate::view::{Group, Log, Slot};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug)]
struct Revisits {
    of: Box<dyn Pattern>,
    counterpart: Slot,
    days: Number,
    within_days: Number,
}

/// What was seen of one pair on the days of its events.
const CLEAR: i64 = 0;
const FOUND: i64 = 1;

pub(super) fn read(args: &mut Args<'_, '_, '_, '_>) -> Option<Box<dyn Second>> {
    args.reads_who();
    let of = args.pattern("of")?;
    if of.events().is_none() {
        let hint = "attribute, out_of_hours, without_case or another that judges events";
        args.reader.fault("of", "the pattern judges groups, not single events", hint);
    }
    Some(Box::new(Revisits {
        of,
        counterpart: args.column("counterpart"),
        days: args.number_or("days", 3),
        within_days: args.number_or("within_days", 90),
    }))
}

/// The days of one pair: how many events of each were found, explained or unknown.
#[derive(Default)]
struct Days<'k> {
    found: BTreeMap<i32, Vec<&'k Fact>>,
    clear: BTreeSet<i32>,
    unknown: BTreeMap<i32, Reason>,
    /// Events without a day.
    loose: Option<Reason>,
}

impl<'k> Days<'k> {
    fn of(facts: &[&'k Fact]) -> Self {
        let mut days = Self::default();
        for fact in facts {
            let day = fact.row.moment.map(|moment| {
                let (date, start) = (moment.local_date(), jiff::civil::Date::ZERO);
                (date - start).get_days()
            });
            match (day, fact.doubt) {
                (None, doubt) => {
                    let reason = doubt.unwrap_or(Reason::TimeMissing);
                    days.loose.get_or_insert(reason);
                }
                (Some(day), Some(reason)) => {
                    days.unknown.insert(day, reason);
                }
                (Some(day), None) if fact.number == FOUND => {
                    days.found.entry(day).or_default().push(fact);
                }
                (Some(day), None) => {
                    days.clear.insert(day);
                }
            }
        }
        days
    }

    /// Whether some window holds enough days on which it was found, and no other days; with
    /// `maybe` the unknown counts as found, else as explained.
    fn window(&self, least: usize, within: i64, maybe: bool) -> Option<Vec<i32>> {
        let all: BTreeSet<i32> = if maybe {
            self.found.keys().chain(self.unknown.keys()).copied().collect()
        } else {
            self.found.keys().copied().collect()
        };
        all.iter().find_map(|first| {
            let last = i64::from(*first).saturating_add(within);
            let near = |day: &&i32| **day >= *first && i64::from(**day) <= last;
            let days: Vec<i32> = all.iter().filter(near).copied().collect();
            let end = *days.get(least.checked_sub(1)?)?;
            let inside = |day: &i32| (*first..=end).contains(day);
            let explained = self.clear.iter().any(inside)
                || (!maybe && self.unknown.keys().any(inside));
            (!explained).then(|| days.into_iter().filter(|day| *day <= end).collect())
        })
    }
}

impl Second for Revisits {
    fn note(&self, group: &Group<'_, '_>, keep: &mut Keep) {
        let Some(events) = self.of.events() else { return };
        let stratum = keep.one_stratum();
        events.judge_events(group, &mut |row, answer| {
            let (number, doubt) = match answer.verdict {
                Verdict::NoSubject => return,
                Verdict::Found => (FOUND, None),
                Verdict::Clear => (CLEAR, None),
                Verdict::Unknown(reason) => (CLEAR, Some(reason)),
            };
            let other = group.view.cell(self.counterpart, row);
            let (who, other) = match (group.view.person(row), other) {
                (Ok(who), Some(other)) => (who, super::strata::text(other)),
                (Err(reason), _) => return keep.doubt(reason),
                (_, None) => return keep.doubt(group.view.why_missing(self.counterpart)),
            };
            let (key, row) = (Key::Pair(who, other), evidence(group.view, row));
            keep.facts.push(Fact { stratum, key, number, doubt, row });
        });
    }

    fn conclude(&self, keep: &Keep, _: &Log<'_>) -> Conclusion {
        let mut conclusion = Conclusion::of(keep);
        let mut pairs: BTreeMap<(u32, &str), Vec<&Fact>> = BTreeMap::new();
        for fact in &keep.facts {
            if let Key::Pair(who, other) = &fact.key {
                pairs.entry((*who, other.as_str())).or_default().push(fact);
            }
        }
        let least = usize::try_from(self.days.count()).unwrap_or(usize::MAX).max(1);
        let within = self.within_days.fixed();
        for ((who, other), facts) in &pairs {
            let days = Days::of(facts);
            let subject = || Aggregate::Pair(*who, (*other).to_owned());
            // an event without a day may be the explained one that breaks the series
            let sure = days.window(least, within, false).filter(|_| days.loose.is_none());
            if let Some(window) = sure {
                let rows = window.iter().filter_map(|day| days.found.get(day)).flatten();
                let rows = rows.map(|fact| fact.row.clone()).collect();
                conclusion.hit(Hit { subject: subject(), rows, measure: None });
                continue;
            }
            let might = facts.len() >= least
                && (days.loose.is_some() || days.window(least, within, true).is_some());
            match days.loose.or_else(|| days.unknown.values().next().copied()) {
                Some(reason) if might => conclusion.doubt_one(reason, subject),
                _ => conclusion.clear(subject),
            }
        }
        let events = keep.facts.len() as u64;
        conclusion.doubt_unnamed(&keep.unknown, pairs.len() as u64, events);
        conclusion
    }

    fn needs(&self, needs: &mut Needs) {
        self.of.needs(needs);
        needs.slots.push(self.counterpart);
    }

    fn triggers(&self) -> StepSet {
        self.of.triggers()
    }

    fn steps(&self) -> StepSet {
        self.of.steps()
    }
}
