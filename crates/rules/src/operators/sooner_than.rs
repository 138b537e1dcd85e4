//! `sooner_than`: the second step comes before a minimum term is over.

use crate::answer::{Answer, Reason};
use crate::args::Args;
use crate::pattern::{Needs, Pattern};
use crate::steps::StepSet;
use crate::term::Term;
use crate::view::{Apart, Group};

#[derive(Debug)]
struct SoonerThan {
    from: StepSet,
    to: StepSet,
    term: Term,
}

pub(super) fn read(args: &mut Args<'_, '_, '_, '_>) -> Option<Box<dyn Pattern>> {
    let pattern = SoonerThan {
        from: args.steps("from"),
        to: args.steps("to"),
        term: Term::read(args),
    };
    if matches!(pattern.term, Term::Ever) {
        let hint = "`days`, `working_days` or `minutes`";
        args.reader.fault("days", "the term is missing", hint);
    }
    Some(Box::new(pattern))
}

impl Pattern for SoonerThan {
    fn judge(&self, group: &Group<'_, '_>) -> Answer {
        if let Some(answer) = group.one_sided(self.from, self.to) {
            return answer;
        }
        let Some(from) = group.first(self.from) else { return Answer::NO_SUBJECT };
        let Some(start) = group.view.moment(from) else {
            return Answer::unknown(Reason::TimeMissing);
        };
        if group.timeless(self.from) {
            return Answer::unknown(Reason::TimeMissing);
        }
        let mut date_only = false;
        for to in group.rows_of(self.to).filter(|row| *row != from) {
            let Some(end) = group.view.moment(to) else {
                return Answer::unknown(Reason::TimeMissing);
            };
            if group.apart(from, to) == Apart::SameDay {
                date_only = true;
                continue;
            }
            if end.micros < start.micros {
                continue;
            }
            let hours = self.term.needs_hours() && (start.day_only || end.day_only);
            let sooner = !hours && self.term.sooner(start, end);
            return match sooner {
                _ if hours => Answer::unknown(Reason::DateOnly),
                true => Answer::found(vec![from, to]),
                // one without a time, or on the day of the first, may have been sooner
                false if date_only => Answer::unknown(Reason::DateOnly),
                false if group.timeless(self.to) => Answer::unknown(Reason::TimeMissing),
                false => Answer::CLEAR,
            };
        }
        if date_only { Answer::unknown(Reason::DateOnly) } else { Answer::NO_SUBJECT }
    }

    fn triggers(&self) -> StepSet {
        self.from | self.to
    }

    fn needs(&self, needs: &mut Needs) {
        needs.steps.extend([self.from, self.to]);
    }
}
