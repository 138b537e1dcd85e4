//! A pattern: one answer for each group (or each event). Operators are patterns, one file
//! each under `operators/`; adding one is a file and a line in [`crate::operators::ALL`].

use crate::answer::Answer;
use crate::steps::StepSet;
use crate::view::{Group, Slot};
use std::fmt::Debug;

/// What a pattern must find in a log to be judged at all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// Of each set at least one step must be recorded.
    pub steps: Vec<StepSet>,
    /// Columns that must be there.
    pub slots: Vec<Slot>,
}

/// A declared look at one group of events.
pub trait Pattern: Debug + Send + Sync {
    /// The answer for the group as a whole.
    fn judge(&self, group: &Group<'_, '_>) -> Answer;

    /// The answer for single events: calls `tell` with each event that is a subject. `None`
    /// for patterns that speak only of whole groups.
    fn events(&self) -> Option<&dyn EventPattern> {
        None
    }

    /// Groups that hold none of these steps are no subject; lets most groups be passed over
    /// without a look.
    fn triggers(&self) -> StepSet {
        StepSet::ANY
    }

    /// All steps and columns it looks at.
    fn needs(&self, needs: &mut Needs);

    /// All steps on which it can shed light, for marking the process map and for gathering.
    fn steps(&self) -> StepSet {
        let mut needs = Needs::default();
        self.needs(&mut needs);
        needs.steps.into_iter().fold(StepSet::NONE, |all, set| all | set)
    }
}

/// A pattern that can be judged event by event.
pub trait EventPattern {
    /// Calls `tell` once for each event that is a subject.
    fn judge_events(&self, group: &Group<'_, '_>, tell: &mut dyn FnMut(usize, Answer));
}

/// Joins the answers for single events into one for the group: found where one is found,
/// else unknown where one is unknown, else clear; no subject where there is none.
pub fn join_events(pattern: &dyn EventPattern, group: &Group<'_, '_>) -> Answer {
    use crate::answer::Verdict;
    let mut rows = Vec::new();
    let mut unknown = None;
    let mut any = false;
    let mut by_order = false;
    pattern.judge_events(group, &mut |row, answer| {
        by_order |= answer.by_order;
        match answer.verdict {
            Verdict::NoSubject => {}
            Verdict::Clear => any = true,
            Verdict::Found => {
                any = true;
                rows.push(row);
                rows.extend(answer.rows);
            }
            Verdict::Unknown(reason) => {
                any = true;
                unknown.get_or_insert(reason);
            }
        }
    });
    if !rows.is_empty() {
        return Answer::found(rows).resting_on_order(by_order);
    }
    match (any, unknown) {
        (_, Some(reason)) => Answer::unknown(reason),
        (true, None) => Answer::CLEAR,
        (false, None) => Answer::NO_SUBJECT,
    }
}
