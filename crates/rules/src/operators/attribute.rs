//! `attribute`: a value of a column at events of the steps.

use crate::answer::{Answer, Reason};
use crate::args::Args;
use crate::condition::Condition;
use crate::pattern::{EventPattern, Needs, Pattern};
use crate::steps::StepSet;
use crate::view::{Apart, Group};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Which {
    Any,
    First,
    Last,
    All,
}

#[derive(Debug)]
struct AttributeTest {
    step: StepSet,
    which: Which,
    condition: Condition,
}

pub(super) fn read(args: &mut Args<'_, '_, '_, '_>) -> Option<Box<dyn Pattern>> {
    let step = match args.reader.tree("step") {
        Some(_) => args.steps("step"),
        None => StepSet::ANY,
    };
    let which = match args.reader.tree("which") {
        Some(_) => match args.reader.choice("which", &["any", "first", "last", "all"]) {
            Some("first") => Which::First,
            Some("last") => Which::Last,
            Some("all") => Which::All,
            _ => Which::Any,
        },
        None => Which::Any,
    };
    let condition = args.condition_here()?;
    Some(Box::new(AttributeTest { step, which, condition }))
}

impl AttributeTest {
    /// The answer at the first of these rows (the last, where they come backwards). Other
    /// rows that may be the first instead must agree with it.
    fn at_end(
        &self,
        group: &Group<'_, '_>,
        mut rows: impl Iterator<Item = usize>,
    ) -> Answer {
        let Some(end) = rows.next() else { return Answer::NO_SUBJECT };
        let at_end = self.condition.holds(group.view, end);
        let (mut unknown, mut by_order) = (None, false);
        for row in rows {
            let apart = group.apart(end, row);
            if apart == Apart::Certain || self.condition.holds(group.view, row) == at_end
            {
                continue;
            }
            match apart {
                Apart::NoTime => unknown = Some(Reason::TimeMissing),
                Apart::SameDay => unknown = unknown.or(Some(Reason::DateOnly)),
                Apart::ByFile => by_order = true,
                Apart::Certain => {}
            }
        }
        match (unknown, at_end) {
            (Some(reason), _) | (None, Err(reason)) => Answer::unknown(reason),
            (None, Ok(found)) => Answer::when(found, [end]).resting_on_order(by_order),
        }
    }
}

impl EventPattern for AttributeTest {
    fn judge_events(&self, group: &Group<'_, '_>, tell: &mut dyn FnMut(usize, Answer)) {
        for row in group.rows_of(self.step) {
            let answer = match self.condition.holds(group.view, row) {
                Ok(found) => Answer::when(found, [row]),
                Err(reason) => Answer::unknown(reason),
            };
            tell(row, answer);
        }
    }
}

impl Pattern for AttributeTest {
    fn judge(&self, group: &Group<'_, '_>) -> Answer {
        let mut rows: Vec<usize> = match self.which {
            Which::Any | Which::All => group.rows_of(self.step).collect(),
            Which::First => return self.at_end(group, group.rows_of(self.step)),
            Which::Last => return self.at_end(group, group.rows_of(self.step).rev()),
        };
        if rows.is_empty() {
            return Answer::NO_SUBJECT;
        }
        let mut unknown = None;
        let mut against = false;
        rows.retain(|row| match self.condition.holds(group.view, *row) {
            Ok(found) => {
                against |= !found;
                found
            }
            Err(reason) => {
                unknown.get_or_insert(reason);
                false
            }
        });
        // a case attribute may stand on one event only: with steps unnamed, an event without
        // the value says nothing as long as another has it
        if self.step == StepSet::ANY && (against || !rows.is_empty()) {
            unknown = None;
        }
        match (self.which, unknown) {
            (Which::All, _) if against => Answer::CLEAR,
            (Which::All, Some(reason)) => Answer::unknown(reason),
            (_, Some(reason)) if rows.is_empty() => Answer::unknown(reason),
            _ if rows.is_empty() => Answer::CLEAR,
            _ => Answer::found(rows),
        }
    }

    fn events(&self) -> Option<&dyn EventPattern> {
        Some(self)
    }

    fn triggers(&self) -> StepSet {
        self.step
    }

    fn needs(&self, needs: &mut Needs) {
        if self.step != StepSet::ANY {
            needs.steps.push(self.step);
        }
        needs.slots.extend(self.condition.slots());
    }
}
