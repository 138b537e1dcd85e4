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
        if occurring < 2 {
            let unrecorded = self.sets.iter().any(|set| !group.recorded(*set));
            return if occurring == 1 && unrecorded {
                Answer::unknown(Reason::StepNotRecorded)
            } else {
                Answer::NO_SUBJECT
            };
        }
        let all = self.sets.iter().fold(StepSet::NONE, |all, set| all | *set);
        let mut people: Vec<(u32, u8)> = Vec::with_capacity(8);
        let mut unknown = None;
        for row in group.rows_of(all) {
            let sets = self.membership(group.view.steps(row));
            match group.view.person(row) {
                Ok(person) => match people.iter_mut().find(|(known, _)| *known == person) {
                    Some((_, seen)) => *seen |= sets,
                    None => people.push((person, sets)),
                },
                Err(reason) => {
                    unknown.get_or_insert(reason);
                }
            }
        }
        people.retain(|(_, sets)| sets.count_ones() >= 2);
        if people.is_empty() {
            return unknown.map_or(Answer::CLEAR, Answer::unknown);
        }
        let both = |row: &usize| {
            group.view.who(*row).is_some_and(|who| people.iter().any(|(p, _)| *p == who))
        };
        Answer::found(group.rows_of(all).filter(both).collect())
    }

    fn triggers(&self) -> StepSet {
        self.sets.iter().skip(1).fold(StepSet::NONE, |all, set| all | *set)
    }

    fn needs(&self, needs: &mut Needs) {
        needs.steps.extend(&self.sets);
    }
}
