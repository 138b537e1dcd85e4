//! `sooner_than`: the second step comes before a minimum term is over.

use crate::answer::{Answer, Reason};
use crate::args::Args;
use crate::pattern::{Needs, Pattern};
use crate::steps::StepSet;
use crate::term::Term;
use crate::view::Group;

#[derive(Debug)]
struct SoonerThan {
    from: StepSet,
    to: StepSet,
    term: Term,
}

pub(super) fn read(args: &mut Args<'_, '_, '_, '_>) -> Option<Box<dyn Pattern>> {
    let pattern =
        SoonerThan { from: args.steps("from"), to: args.steps("to"), term: Term::read(args) };
    if matches!(pattern.term, Term::Ever) {
        let hint = "`days`, `working_days` or `minutes`";
        args.reader.fault("days", "the term is missing", hint);
    }
    Some(Box::new(pattern))
}

impl Pattern for SoonerThan {
    fn judge(&self, group: &Group<'_, '_>) -> Answer {
        let Some(from) = group.first(self.from) else { return Answer::NO_SUBJECT };
        let mut later = group.rows_of(self.to).filter(|row| *row != from);
        let Some(mut to) = later.next() else { return Answer::NO_SUBJECT };
        let Some(start) = group.view.moment(from) else {
            return Answer::unknown(Reason::TimeMissing);
        };
        // the first `to` that does not lie before `from`
        while group.view.moment(to).is_some_and(|moment| moment.micros < start.micros) {
            match later.next() {
                Some(row) => to = row,
                None => return Answer::NO_SUBJECT,
            }
        }
        let Some(end) = group.view.moment(to) else {
            return Answer::unknown(Reason::TimeMissing);
        };
        if self.term.needs_hours() && (start.day_only || end.day_only) {
            return Answer::unknown(Reason::DateOnly);
        }
        Answer::when(self.term.sooner(start, end), vec![from, to])
    }

    fn triggers(&self) -> StepSet {
        self.to
    }

    fn needs(&self, needs: &mut Needs) {
        needs.steps.extend([self.from, self.to]);
    }
}
