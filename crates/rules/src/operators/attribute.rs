//! `attribute`: a value of a column at events of the steps.

use crate::answer::Answer;
use crate::args::Args;
use crate::condition::Condition;
use crate::pattern::{EventPattern, Needs, Pattern};
use crate::steps::StepSet;
use crate::view::Group;

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

impl EventPattern for AttributeTest {
    fn judge_events(&self, group: &Group<'_, '_>, tell: &mut dyn FnMut(usize, Answer)) {
        for row in group.rows_of(self.step) {
            let answer = match self.condition.holds(group.view, row) {
                Ok(found) => Answer::when(found, vec![row]),
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
            Which::First => group.rows_of(self.step).next().into_iter().collect(),
            Which::Last => group.rows_of(self.step).next_back().into_iter().collect(),
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
            _ => Answer::when(!rows.is_empty(), rows),
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
