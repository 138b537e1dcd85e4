//! `younger_than`: an event that comes soon after a date known of somebody or something,
//! such as a payment to a company that was founded last month.

use crate::answer::{Answer, Reason};
use crate::args::Args;
use crate::number::Number;
use crate::pattern::{EventPattern, Needs, Pattern, join_events};
use crate::steps::StepSet;
use crate::term::days_apart;
use crate::view::{Cell, Group, Slot};
use model::Moment;

#[derive(Debug)]
struct YoungerThan {
    step: StepSet,
    field: Slot,
    days: Number,
    first_only: bool,
}

pub(super) fn read(args: &mut Args<'_, '_, '_, '_>) -> Option<Box<dyn Pattern>> {
    let first_only = match args.reader.tree("which") {
        Some(_) => args.reader.choice("which", &["any", "first"]) == Some("first"),
        None => false,
    };
    Some(Box::new(YoungerThan {
        step: args.steps("step"),
        field: args.column("field"),
        days: args.number("days"),
        first_only,
    }))
}

impl YoungerThan {
    fn at(&self, group: &Group<'_, '_>, row: usize) -> Answer {
        let Some(event) = group.view.moment(row) else {
            return Answer::unknown(Reason::TimeMissing);
        };
        // a date of the case may stand on one event only
        let here = group.view.cell(self.field, row);
        let cell = here.or_else(|| {
            group.rows.clone().find_map(|row| group.view.cell(self.field, row))
        });
        match cell {
            Some(Cell::Time(micros)) => {
                let start = Moment { micros, day_only: true }.local_date();
                let date = event.local_date();
                Answer::when(days_apart(start, date) < self.days.on(Some(date)), [row])
            }
            Some(_) => Answer::unknown(Reason::ValueMissing),
            None => Answer::unknown(group.view.why_missing(self.field)),
        }
    }
}

impl EventPattern for YoungerThan {
    fn judge_events(&self, group: &Group<'_, '_>, tell: &mut dyn FnMut(usize, Answer)) {
        if !self.first_only {
            for row in group.rows_of(self.step) {
                tell(row, self.at(group, row));
            }
            return;
        }
        let Some(row) = group.first(self.step) else { return };
        let answer = self.at(group, row);
        // one without a time may have been the first, and younger
        let doubtful = !answer.is_found() && group.timeless(self.step);
        let unknown = Answer::unknown(Reason::TimeMissing);
        tell(row, if doubtful { unknown } else { answer });
    }
}

impl Pattern for YoungerThan {
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
