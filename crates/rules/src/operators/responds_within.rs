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
        Some(_) => {
            args.reader.choice("running", &["unknown", "leave-out"]) == Some("leave-out")
        }
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
        let (mut tie, mut doubt, mut late) = (false, None, None);
        for row in group.rows_of(self.by).filter(|row| *row != after) {
            let apart = group.apart(after, row);
            let Some(end) = group.view.moment(row) else {
                doubt = doubt.or(Some(Reason::TimeMissing));
                break;
            };
            if apart == Apart::SameDay
                || (self.term.needs_hours() && end.day_only && row > after)
            {
                doubt = doubt.or(Some(Reason::DateOnly));
            } else if row < after {
                tie |= apart == Apart::ByFile;
            } else if self.term.holds(start, end) {
                return One::Kept { by_order: apart == Apart::ByFile };
            } else {
                late = late.or(Some(row));
            }
        }
        if let Some(reason) = doubt {
            return One::Unknown(reason);
        }
        if late.is_some() || self.term.over(start, group.view.log.as_of) {
            let rows = std::iter::once(after).chain(late).collect();
            One::Broken { rows, by_order: tie }
        } else {
            One::Unknown(Reason::TermRunning)
        }
    }

    /// The events that must be followed, and the reason where a condition leaves it open
    /// whether there are more.
    fn afters(&self, group: &Group<'_, '_>) -> (Vec<usize>, Option<Reason>) {
        let mut unknown = None;
        let mut afters = Vec::new();
        for row in group.rows_of(self.after) {
            match self.only.as_ref().map_or(Ok(true), |only| only.holds(group.view, row))
            {
                Ok(true) => {
                    afters.push(row);
                    if self.only_last {
                        // what came before is not the last, whatever it is
                        unknown = None;
                    }
                }
                Ok(false) => {}
                Err(reason) => {
                    unknown.get_or_insert(reason);
                }
            }
        }
        if self.only_last {
            // where a later one is doubtful, it is not known which is the last
            let last = afters.pop().filter(|_| unknown.is_none());
            afters = last.into_iter().collect();
        }
        (afters, unknown)
    }
}

impl Pattern for RespondsWithin {
    fn judge(&self, group: &Group<'_, '_>) -> Answer {
        let (afters, mut unknown) = self.afters(group);
        if afters.is_empty() {
            return unknown.map_or(Answer::NO_SUBJECT, Answer::unknown);
        }
        if !group.recorded(self.by) {
            return Answer::unknown(Reason::StepNotRecorded);
        }
        let (mut kept, mut by_order, mut running) = (false, false, false);
        for after in afters {
            match self.one(group, after) {
                One::Kept { by_order: tie } => {
                    kept = true;
                    by_order |= tie;
                }
                One::Broken { rows, by_order } => {
                    return Answer::found(rows).resting_on_order(by_order);
                }
                One::Unknown(Reason::TermRunning) => running = true,
                One::Unknown(reason) => {
                    unknown.get_or_insert(reason);
                }
            }
        }
        let passed_over = kept && self.leave_out_running;
        let unknown =
            unknown.or((running && !passed_over).then_some(Reason::TermRunning));
        unknown.map_or(Answer::CLEAR.resting_on_order(by_order), Answer::unknown)
    }

    fn triggers(&self) -> StepSet {
        self.after
    }

    fn needs(&self, needs: &mut Needs) {
        needs.steps.extend([self.after, self.by]);
        needs.slots.extend(self.only.iter().flat_map(Condition::slots));
    }
}
