//! `different_person`: separation of functions and four eyes, over any sets of steps.
//!
//! Every execution counts, not only the last: a case is found as soon as one person took
//! part in two of the sets. Source: signals.md GEN-03; the definition that `expected.json`
//! of the published logs was computed with.

use crate::answer::{Answer, Reason};
use crate::args::Args;
use crate::number::Number;
use crate::pattern::{Needs, Pattern};
use crate::steps::StepSet;
use crate::term::days_apart;
use crate::view::Group;
use model::Date;
use std::collections::BTreeMap;

#[derive(Debug)]
struct DifferentPerson {
    sets: Vec<StepSet>,
    within_days: Option<Number>,
}

pub(super) fn read(args: &mut Args<'_, '_, '_, '_>) -> Option<Box<dyn Pattern>> {
    args.reads_who();
    let mut sets = vec![args.steps("a"), args.steps("b")];
    for key in ["c", "d"] {
        if args.reader.tree(key).is_some() {
            sets.push(args.steps(key));
        }
    }
    let within_days = args.number_opt("within_days");
    Some(Box::new(DifferentPerson { sets, within_days }))
}

/// A person and the sets of which the person took steps, as bits.
type Seen = (u32, u8);

/// Whether a person took steps of two sets.
fn both(person: Seen) -> bool {
    person.1.count_ones() >= 2
}

/// The people of one group. The first few need no memory of their own: this runs for every
/// case of a log.
#[derive(Default)]
struct People {
    few: [Seen; 6],
    count: usize,
    more: Vec<Seen>,
}

impl People {
    fn add(&mut self, person: u32, sets: u8) {
        let few = self.few.iter_mut().take(self.count);
        if let Some((_, seen)) =
            few.chain(&mut self.more).find(|(known, _)| *known == person)
        {
            *seen |= sets;
            return;
        }
        match self.few.get_mut(self.count) {
            Some(place) => {
                *place = (person, sets);
                self.count += 1;
            }
            None => self.more.push((person, sets)),
        }
    }

    fn all(&self) -> impl Iterator<Item = &Seen> {
        self.few.iter().take(self.count).chain(&self.more)
    }
}

/// When the steps of each set were last taken, with the row; sets as positions.
type Last = BTreeMap<usize, (Date, usize)>;

/// The walk over a group in the order of time, for a window of days.
#[derive(Default)]
struct Walk {
    by_person: BTreeMap<u32, Last>,
    by_anybody: Last,
    by_nobody: Last,
    nobody: Option<Reason>,
    found: Vec<usize>,
    unknown: Option<Reason>,
}

/// The last rows of other sets that lie within the window before a date.
fn near(last: &Last, sets: u8, date: Date, days: i64) -> impl Iterator<Item = usize> {
    let others = last.iter().filter(move |(set, (when, _))| {
        sets & (1 << **set) == 0 && days_apart(*when, date) <= days
    });
    others.map(|(_, (_, row))| *row)
}

fn note(last: &mut Last, sets: u8, date: Date, row: usize) {
    for set in (0..8).filter(|set| sets & (1 << set) != 0) {
        last.insert(set, (date, row));
    }
}

impl Walk {
    /// One event with a date: of a person, or of nobody that can be named.
    fn step(
        &mut self,
        who: Result<u32, Reason>,
        sets: u8,
        (date, row): (Date, usize),
        days: i64,
    ) {
        match who {
            Ok(person) => {
                let last = self.by_person.entry(person).or_default();
                let before = self.found.len();
                self.found.extend(near(last, sets, date, days));
                if self.found.len() > before || sets.count_ones() > 1 {
                    self.found.push(row);
                }
                note(last, sets, date, row);
                if near(&self.by_nobody, sets, date, days).next().is_some() {
                    self.unknown = self.unknown.or(self.nobody);
                }
            }
            Err(reason) => {
                if sets.count_ones() > 1
                    || near(&self.by_anybody, sets, date, days).next().is_some()
                {
                    self.unknown.get_or_insert(reason);
                }
                self.nobody.get_or_insert(reason);
                note(&mut self.by_nobody, sets, date, row);
            }
        }
        note(&mut self.by_anybody, sets, date, row);
    }

    /// One event without a time: it may lie within the window of any other.
    fn timeless(&mut self, who: Result<u32, Reason>, sets: u8, row: usize) {
        let other = |last: &Last| last.keys().any(|set| sets & (1 << *set) == 0);
        let meets = match who {
            Ok(person) => {
                self.by_person.get(&person).is_some_and(other) || other(&self.by_nobody)
            }
            Err(_) => other(&self.by_anybody),
        };
        if meets {
            self.unknown.get_or_insert(Reason::TimeMissing);
        }
        let long_ago = Date::MIN;
        if let Ok(person) = who {
            note(self.by_person.entry(person).or_default(), sets, long_ago, row);
        } else {
            note(&mut self.by_nobody, sets, long_ago, row);
        }
        note(&mut self.by_anybody, sets, long_ago, row);
    }
}

impl DifferentPerson {
    /// The same person in two of the sets, at most so many days apart.
    fn within(&self, group: &Group<'_, '_>, days: i64) -> Answer {
        let all = self.sets.iter().fold(StepSet::NONE, |all, set| all | *set);
        let mut walk = Walk::default();
        // rows stand in the order of time, those without a time last
        for row in group.rows_of(all) {
            let (who, sets) =
                (group.view.person(row), self.membership(group.view.steps(row)));
            match group.view.moment(row) {
                Some(moment) => walk.step(who, sets, (moment.local_date(), row), days),
                None => walk.timeless(who, sets, row),
            }
        }
        if !walk.found.is_empty() {
            return Answer::found(walk.found);
        }
        let unrecorded = self.sets.iter().any(|set| !group.recorded(*set));
        let unknown = walk.unknown.or(unrecorded.then_some(Reason::StepNotRecorded));
        unknown.map_or(Answer::CLEAR, Answer::unknown)
    }

    /// Which of the sets a step belongs to, as bits.
    fn membership(&self, steps: StepSet) -> u8 {
        let bits = self.sets.iter().enumerate().filter(|(_, set)| set.meets(steps));
        bits.fold(0, |all, (bit, _)| all | (1 << bit))
    }
}

impl Pattern for DifferentPerson {
    fn judge(&self, group: &Group<'_, '_>) -> Answer {
        let occurring = self.sets.iter().filter(|set| group.present.meets(**set)).count();
        let unrecorded = self.sets.iter().any(|set| !group.recorded(*set));
        if occurring < 2 {
            return if occurring == 1 && unrecorded {
                Answer::unknown(Reason::StepNotRecorded)
            } else {
                Answer::NO_SUBJECT
            };
        }
        if let Some(days) = &self.within_days {
            return self.within(group, days.of(group));
        }
        let all = self.sets.iter().fold(StepSet::NONE, |all, set| all | *set);
        let mut people = People::default();
        let mut unknown = None;
        for row in group.rows_of(all) {
            let sets = self.membership(group.view.steps(row));
            match group.view.person(row) {
                Ok(person) => people.add(person, sets),
                Err(reason) => {
                    unknown.get_or_insert(reason);
                }
            }
        }
        if !people.all().copied().any(both) {
            // of what is not recorded nobody knows who did it
            let unknown = unknown.or(unrecorded.then_some(Reason::StepNotRecorded));
            return unknown.map_or(Answer::CLEAR, Answer::unknown);
        }
        let both = |row: &usize| {
            let of = |who| people.all().any(|person| person.0 == who && both(*person));
            group.view.who(*row).is_some_and(of)
        };
        Answer::found(group.rows_of(all).filter(both).collect())
    }

    fn triggers(&self) -> StepSet {
        self.sets.iter().fold(StepSet::NONE, |all, set| all | *set)
    }

    fn needs(&self, needs: &mut Needs) {
        needs.steps.extend(&self.sets);
    }
}
