//! `different_person`: separation of functions and four eyes, over any sets of steps.
//!
//! Every execution counts, not only the last: a case is found as soon as one person took
//! part in two of the sets. Source: signals.md GEN-03; the definition that `expected.json`
//! of the published logs was computed with.

use crate::answer::{Answer, Reason};
use crate::args::Args;
use crate::pattern::{Needs, Pattern};
use crate::steps::StepSet;
use crate::view::Group;

#[derive(Debug)]
struct DifferentPerson {
    sets: Vec<StepSet>,
}

pub(super) fn read(args: &mut Args<'_, '_, '_, '_>) -> Option<Box<dyn Pattern>> {
    args.reads_who();
    let mut sets = vec![args.steps("a"), args.steps("b")];
    for key in ["c", "d"] {
        if args.reader.tree(key).is_some() {
            sets.push(args.steps(key));
        }
    }
    Some(Box::new(DifferentPerson { sets }))
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

impl DifferentPerson {
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
