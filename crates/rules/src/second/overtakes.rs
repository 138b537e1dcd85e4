//! `overtakes`: a case that is decided while nearly everything that waits had been ready
//! before it.

use super::{Aggregate, Conclusion, Fact, Hit, Keep, Key, Second, Strata, evidence};
use crate::answer::Reason;
use crate::args::Args;
use crate::number::Number;
use crate::pattern::Needs;
use crate::result::{EvidenceRow, Measure};
use crate::steps::StepSet;
use crate::view::{Group, Log};
use model::{Date, Ppm};
use std::collections::BTreeMap;

#[derive(Debug)]
struct Overtakes {
    ready: StepSet,
    done: StepSet,
    /// Steps that take a case out of the queue undone, such as a withdrawal.
    left: StepSet,
    strata: Strata,
    percent: Number,
    least: Number,
}

pub(super) fn read(args: &mut Args<'_, '_, '_, '_>) -> Option<Box<dyn Second>> {
    Some(Box::new(Overtakes {
        ready: args.steps("ready"),
        done: args.steps("done"),
        left: args.steps_opt("left"),
        strata: Strata::read(args),
        percent: args.number_or("percent", 95),
        least: args.number_or("least", 20),
    }))
}

/// The facts of a case: when it became ready, and when it was done or left.
const READY: i64 = 0;
const DONE: i64 = 1;
const LEFT: i64 = 2;

/// One case in the queue, with dates as days.
struct Waiting<'f> {
    ready: Date,
    /// When it left the queue, and whether it was done then.
    end: Option<(Date, bool, &'f EvidenceRow)>,
    row: &'f EvidenceRow,
}

/// Counts of positions that can be changed one by one and summed up to any position
/// (a Fenwick tree).
struct Counts(Vec<i64>);

impl Counts {
    fn add(&mut self, at: usize, number: i64) {
        let mut at = at + 1;
        while let Some(cell) = self.0.get_mut(at) {
            *cell += number;
            at += at & at.wrapping_neg();
        }
    }

    /// The sum of all positions before this one.
    fn before(&self, at: usize) -> i64 {
        let (mut at, mut sum) = (at, 0);
        while at > 0 {
            sum += self.0.get(at).copied().unwrap_or(0);
            at &= at - 1;
        }
        sum
    }
}

/// For each case that is done: how many of the others waited at that time, and how many of
/// those had been ready on an earlier day. What is ready or done on the same day overtakes
/// nothing.
fn count(queue: &[Waiting<'_>]) -> BTreeMap<usize, (i64, i64)> {
    let mut days: Vec<Date> = queue.iter().map(|case| case.ready).collect();
    days.sort_unstable();
    days.dedup();
    let place = |day: Date| days.partition_point(|known| *known < day);
    // at one date: first those that become ready, then those that leave, then the question;
    // whoever is ready on the day of the decision does wait
    let mut turns: Vec<(Date, u8, usize)> = Vec::new();
    for (at, case) in queue.iter().enumerate() {
        turns.push((case.ready, 0, at));
        if let Some((day, done, _)) = case.end {
            // a case that was done before it was ready leaves when it comes
            turns.push((day.max(case.ready), 1, at));
            if done {
                turns.push((day.max(case.ready), 2, at));
            }
        }
    }
    turns.sort_unstable();
    let mut open = Counts(vec![0; days.len() + 1]);
    let mut counted = BTreeMap::new();
    for (_, turn, at) in turns {
        let Some(case) = queue.get(at) else { continue };
        let own = place(case.ready);
        match turn {
            0 => open.add(own, 1),
            1 => open.add(own, -1),
            _ => {
                counted.insert(at, (open.before(days.len()), open.before(own)));
            }
        }
    }
    counted
}

impl Overtakes {
    fn judge(&self, queue: &[Waiting<'_>], conclusion: &mut Conclusion) {
        let counted = count(queue);
        for (at, (open, older)) in counted {
            let Some(case) = queue.get(at) else { continue };
            let subject = || Aggregate::Case(case.row.case);
            if open < self.least.fixed().max(1) {
                conclusion.doubt_one(Reason::TooFew, subject);
            } else if older.saturating_mul(100)
                >= open.saturating_mul(self.percent.fixed())
            {
                let rows = [Some(case.row), case.end.map(|(.., row)| row)];
                let share = Ppm::from_fraction(older as f64 / open as f64);
                conclusion.hit(Hit {
                    subject: subject(),
                    rows: rows.into_iter().flatten().cloned().collect(),
                    measure: Some(Measure {
                        observed: i64::from(share.0),
                        expected: 500_000,
                        unit: "ppm",
                        probability: None,
                    }),
                });
            } else {
                conclusion.clear(subject);
            }
        }
    }
}

impl Second for Overtakes {
    fn note(&self, group: &Group<'_, '_>, keep: &mut Keep) {
        let done = group.first(self.done);
        let Some(last) = group.last(self.ready) else {
            // a decision on what never stood in the queue overtakes nobody
            if done.is_some() && !group.recorded(self.ready) {
                keep.doubt_case(Reason::StepNotRecorded, group);
            }
            return;
        };
        if group.timeless(self.ready) || group.timeless(self.done) {
            if done.is_some() {
                keep.doubt_case(Reason::TimeMissing, group);
            }
            return;
        }
        let end = group.first(self.done | self.left);
        let before =
            |end: usize| group.rows_of(self.ready).take_while(|row| *row < end).last();
        let ready = end.and_then(before).unwrap_or(last);
        let kind = if end == done { DONE } else { LEFT };
        let stratum = keep.stratum(&self.strata, group, ready);
        for (number, row) in [(READY, Some(ready)), (kind, end)] {
            let Some(row) = row else { continue };
            let row = evidence(group.view, row);
            keep.facts.push(Fact { stratum, key: Key::None, number, doubt: None, row });
        }
    }

    fn conclude(&self, keep: &Keep, _: &Log<'_>) -> Conclusion {
        let mut conclusion =
            Conclusion { unknown: keep.unknown.clone(), ..Conclusion::of(keep) };
        let dated = |row: &EvidenceRow| row.moment.map(model::Moment::local_date);
        for (_, facts) in keep.by_stratum() {
            let ends: BTreeMap<u32, (Date, bool, &EvidenceRow)> = facts
                .iter()
                .filter(|fact| fact.number != READY)
                .filter_map(|fact| {
                    let day = dated(&fact.row)?;
                    Some((fact.row.case, (day, fact.number == DONE, &fact.row)))
                })
                .collect();
            let queue: Vec<Waiting<'_>> = facts
                .iter()
                .filter(|fact| fact.number == READY)
                .filter_map(|fact| {
                    let end = ends.get(&fact.row.case).copied();
                    Some(Waiting { ready: dated(&fact.row)?, end, row: &fact.row })
                })
                .collect();
            self.judge(&queue, &mut conclusion);
        }
        conclusion
    }

    fn needs(&self, needs: &mut Needs) {
        needs.steps.extend([self.ready, self.done]);
        needs.slots.extend(self.strata.slots());
    }

    fn triggers(&self) -> StepSet {
        self.ready | self.done
    }
}
