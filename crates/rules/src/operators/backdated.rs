//! `backdated`: registered long after the date from which it counts.

use crate::answer::{Answer, Reason};
use crate::args::Args;
use crate::pattern::{EventPattern, Needs, Pattern, join_events};
use crate::steps::StepSet;
use crate::term::Term;
use crate::view::{Cell, Group, Slot};
use model::Moment;

#[derive(Debug)]
struct Backdated {
    step: StepSet,
    field: Slot,
    term: Term,
}

pub(super) fn read(args: &mut Args<'_, '_, '_, '_>) -> Option<Box<dyn Pattern>> {
    let term = Term::read(args);
    if matches!(term, Term::Ever | Term::Minutes(_)) {
        let hint = "`days` or `working_days`";
        args.reader.fault("days", "the term after the date is missing", hint);
    }
    Some(Box::new(Backdated {
        step: args.steps("step"),
        field: args.column("field"),
        term,
    }))
}

impl EventPattern for Backdated {
    fn judge_events(&self, group: &Group<'_, '_>, tell: &mut dyn FnMut(usize, Answer)) {
        for row in group.rows_of(self.step) {
            let answer = match (group.view.moment(row), group.view.cell(self.field, row))
            {
                (None, _) => Answer::unknown(Reason::TimeMissing),
                (_, None) => Answer::unknown(group.view.why_missing(self.field)),
                (Some(registered), Some(Cell::Time(effective))) => {
                    let effective = Moment { micros: effective, day_only: true };
                    let late = effective.local_date() < registered.local_date()
                        && !self.term.holds(effective, registered);
                    Answer::when(late, [row])
                }
                (Some(_), Some(_)) => Answer::unknown(Reason::ValueMissing),
            };
            tell(row, answer);
        }
    }
}

impl Pattern for Backdated {
    fn judge(&self, group: &Group<'_, '_>) -> Answer {
        join_events(self, group)
    }

    fn events(&self) -> Option<&dyn EventPattern> {
        Some(self)
    }

    fn triggers(&self) -> StepSet {
        self.step
    }

    fn needs(&self, needs: &mut Needs) {
        needs.steps.push(self.step);
        needs.slots.push(self.field);
    }
}
