//! `responds_within`: something must follow, within a term.

use crate::answer::{Answer, Reason};
use crate::args::Args;
use crate::condition::Condition;
use crate::pattern::{Needs, Pattern};
use crate::steps::StepSet;
use crate::term::Term;
use crate::view::{Apart, Group};

#[derive(Debug)]
struct RespondsWithin {
    after: StepSet,
    by: StepSet,
    term: Term,
    only_last: bool,
    /// Whether a term that still runs is passed over as long as another was judged.
    leave_out_running: bool,
    only: Option<Condition>,
}

pub(super) fn read(args: &mut Args<'_, '_, '_, '_>) -> Option<Box<dyn Pattern>> {
    let only_last = match args.reader.tree("mode") {
        Some(_) => args.reader.choice("mode", &["every", "last"]) == Some("last"),
        None => false,
    };
    let leave_out_running = match args.reader.tree("running") {
        Some(_) => args.reader.choice("running", &["unknown", "leave-out"]) == Some("leave-out"),
        None => false,
    };
    Some(Box::new(RespondsWithin {
        after: args.steps("after"),
        by: args.steps("by"),
        term: Term::read(args),
        only_last,
        leave_out_running,
        only: args.condition_opt("where"),
    }))
}

/// What became of one `after`.
enum One {
    Kept { by_order: bool },
    Broken { rows: Vec<usize>, by_order: bool },
    Unknown(Reason),
}

impl RespondsWithin {
    fn one(&self, group: &Group<'_, '_>, after: usize) -> One {
        let Some(start) = group.view.moment(after) else {
            return One::Unknown(Reason::TimeMissing);
        };
        if self.term.needs_hours() && start.day_only {
            return One::Unknown(Reason::DateOnly);
        }
        // the first response that stands after it in the order of the case
        let mut tie = false;
        for row in group.rows_of(self.by).filter(|row| *row != after) {
            let apart = group.apart(after, row);
            if apart == Apart::NoTime {
                return One::Unknown(Reason::TimeMissing);
            }
            if row < after {
                tie |= apart == Apart::ByFile;
                continue;
            }
            let by_order = apart == Apart::ByFile;
            let Some(end) = group.view.moment(row) else {
                return One::Unknown(Reason::TimeMissing);
            };
            if self.term.holds(start, end) {
                return One::Kept { by_order };
            }
            return One::Broken { rows: vec![after, row], by_order: false };
        }
        if self.term.over(start, group.view.log.as_of) {
            One::Broken { rows: vec![after], by_order: tie }
        } else {
            One::Unknown(Reason::TermRunning)
        }
    }
}

impl Pattern for RespondsWithin {
    fn judge(&self, group: &Group<'_, '_>) -> Answer {
        let mut unknown = None;
        let mut by_order = false;
        let mut any = false;
        let mut kept = false;
        let mut afters = Vec::new();
        for row in group.rows_of(self.after) {
            match self.only.as_ref().map_or(Ok(true), |only| only.holds(group.view, row)) {
                Ok(true) => afters.push(row),
                Ok(false) => {}
                Err(reason) => {
                    any = true;
                    unknown.get_or_insert(reason);
                }
            }
        }
        if self.only_last {
            afters = afters.last().copied().into_iter().collect();
        }
        if !afters.is_empty() && !group.recorded(self.by) {
            return Answer::unknown(Reason::StepNotRecorded);
        }
        for after in afters {
            any = true;
            match self.one(group, after) {
                One::Kept { by_order: tie } => {
                    kept = true;
                    by_order |= tie;
                }
                One::Broken { rows, by_order } => {
                    return Answer::found(rows).resting_on_order(by_order);
                }
                One::Unknown(reason) => {
                    unknown.get_or_insert(reason);
                }
            }
        }
        match unknown {
            Some(Reason::TermRunning) if kept && self.leave_out_running => {
                Answer::CLEAR.resting_on_order(by_order)
            }
            Some(reason) => Answer::unknown(reason),
            None if any => Answer::CLEAR.resting_on_order(by_order),
            None => Answer::NO_SUBJECT,
        }
    }

    fn triggers(&self) -> StepSet {
        self.after
    }

    fn needs(&self, needs: &mut Needs) {
        needs.steps.extend([self.after, self.by]);
        needs.slots.extend(self.only.iter().flat_map(Condition::slots));
    }
}
