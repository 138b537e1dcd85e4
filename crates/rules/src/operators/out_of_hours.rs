//! `out_of_hours`: work in the evening, at night, in a weekend or on a public holiday.

use crate::answer::{Answer, Reason};
use crate::args::Args;
use crate::condition::Condition;
use crate::number::Number;
use crate::pattern::{EventPattern, Needs, Pattern, join_events};
use crate::steps::StepSet;
use crate::term::out_of_hours;
use crate::view::Group;

#[derive(Debug)]
struct OutOfHours {
    step: StepSet,
    from_hour: Number,
    to_hour: Number,
    holidays: bool,
    only: Option<Condition>,
}

pub(super) fn read(args: &mut Args<'_, '_, '_, '_>) -> Option<Box<dyn Pattern>> {
    Some(Box::new(OutOfHours {
        step: args.steps("step"),
        from_hour: args.number_or("from_hour", 19),
        to_hour: args.number_or("to_hour", 6),
        holidays: args.reader.flag("holidays", true),
        only: args.condition_opt("where"),
    }))
}

impl EventPattern for OutOfHours {
    fn judge_events(&self, group: &Group<'_, '_>, tell: &mut dyn FnMut(usize, Answer)) {
        let (from, to) = (self.from_hour.fixed(), self.to_hour.fixed());
        for row in group.rows_of(self.step) {
            match self.only.as_ref().map_or(Ok(true), |only| only.holds(group.view, row))
            {
                Ok(true) => {}
                Ok(false) => continue,
                Err(reason) => {
                    tell(row, Answer::unknown(reason));
                    continue;
                }
            }
            let answer = match group.view.moment(row) {
                None => Answer::unknown(Reason::TimeMissing),
                // not even in a weekend: where only those days could be judged, every day
                // that could be judged would be out of hours; unless no hour counts
                Some(moment) if moment.day_only && !(from >= 24 && to <= 0) => {
                    Answer::unknown(Reason::DateOnly)
                }
                Some(moment) => {
                    Answer::when(out_of_hours(moment, from, to, self.holidays), [row])
                }
            };
            tell(row, answer);
        }
    }
}

impl Pattern for OutOfHours {
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
        needs.slots.extend(self.only.iter().flat_map(Condition::slots));
    }
}
