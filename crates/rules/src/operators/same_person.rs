//! `same_person`: what one person began, another finished.

use crate::answer::{Answer, Reason};
use crate::args::Args;
use crate::pattern::{Needs, Pattern};
use crate::steps::StepSet;
use crate::view::Group;

#[derive(Debug)]
struct SamePerson {
    a: StepSet,
    b: StepSet,
}

pub(super) fn read(args: &mut Args<'_, '_, '_, '_>) -> Option<Box<dyn Pattern>> {
    args.reads_who();
    Some(Box::new(SamePerson { a: args.steps("a"), b: args.steps("b") }))
}

impl Pattern for SamePerson {
    fn judge(&self, group: &Group<'_, '_>) -> Answer {
        if let Some(answer) = group.one_sided(self.a, self.b) {
            return answer;
        }
        let mut began: Vec<u32> = Vec::new();
        let mut unknown: Option<Reason> = None;
        let mut rows = Vec::new();
        for row in group.rows_of(self.a) {
            match group.view.person(row) {
                Ok(person) => began.push(person),
                Err(reason) => unknown = unknown.or(Some(reason)),
            }
        }
        let mut unnamed: Option<Reason> = None;
        for row in group.rows_of(self.b) {
            match group.view.person(row) {
                Ok(person) if !began.contains(&person) => rows.push(row),
                Ok(_) => {}
                Err(reason) => unnamed = unnamed.or(Some(reason)),
            }
        }
        if rows.is_empty() {
            // whoever else began makes no difference where all who finished also began
            return unnamed.map_or(Answer::CLEAR, Answer::unknown);
        }
        match unknown {
            Some(reason) => Answer::unknown(reason),
            None => Answer::found(group.rows_of(self.a).chain(rows).collect()),
        }
    }

    fn triggers(&self) -> StepSet {
        self.a | self.b
    }

    fn needs(&self, needs: &mut Needs) {
        needs.steps.extend([self.a, self.b]);
    }
}
