//! One stage of a sequence, and how an event of it must lie to the event before it.

use crate::answer::Reason;
use crate::args::Args;
use crate::condition::{Condition, same};
use crate::number::Number;
use crate::steps::StepSet;
use crate::term::{days_apart, minutes_apart};
use crate::view::{Apart, Group, Slot};
use model::calendar::add_days;

/// Whether a thing must be the same as at the stage before or another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bond {
    Same,
    Different,
}

/// How long after the stage before it an event may come.
#[derive(Debug)]
enum Span {
    Ever,
    Days(Number),
    Minutes(Number),
}

/// One stage.
#[derive(Debug)]
pub(super) struct Stage {
    pub(super) step: StepSet,
    pub(super) only: Vec<Condition>,
    pub(super) absent: bool,
    pub(super) same: Vec<Slot>,
    pub(super) differ: Vec<Slot>,
    span: Span,
    after_days: Option<Number>,
    who: Option<Bond>,
    case: Option<Bond>,
}

/// A three-valued answer to "does it fit?"; `by_order` where it rests on the order in the
/// file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fit {
    No { by_order: bool },
    Yes { by_order: bool },
    Unknown(Reason),
}

impl Fit {
    pub(super) const NO: Self = Self::No { by_order: false };
    pub(super) const YES: Self = Self::Yes { by_order: false };

    fn of(answer: Result<bool, Reason>) -> Self {
        match answer {
            Ok(true) => Self::YES,
            Ok(false) => Self::NO,
            Err(reason) => Self::Unknown(reason),
        }
    }

    /// Both: a certain no decides, then a no by order, then what is not known.
    pub(super) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::No { by_order: a }, Self::No { by_order: b }) => {
                Self::No { by_order: a && b }
            }
            (no @ Self::No { .. }, _) | (_, no @ Self::No { .. }) => no,
            (doubt @ Self::Unknown(_), _) | (_, doubt @ Self::Unknown(_)) => doubt,
            (Self::Yes { by_order: a }, Self::Yes { by_order: b }) => {
                Self::Yes { by_order: a || b }
            }
        }
    }
}

fn bond(args: &mut Args<'_, '_, '_, '_>, key: &'static str) -> Option<Bond> {
    args.reader.tree(key)?;
    match args.reader.choice(key, &["same", "different"])? {
        "same" => Some(Bond::Same),
        _ => Some(Bond::Different),
    }
}

impl Stage {
    pub(super) fn read(args: &mut Args<'_, '_, '_, '_>) -> Self {
        let who = bond(args, "who");
        if who.is_some() {
            args.reads_who();
        }
        let days = args.number_opt("within_days");
        let minutes = args.number_opt("within_minutes");
        let span = match (days, minutes) {
            (None, None) => Span::Ever,
            (Some(days), None) => Span::Days(days),
            (None, Some(minutes)) => Span::Minutes(minutes),
            (Some(_), Some(_)) => {
                let hint = "keep one of `within_days` and `within_minutes`";
                args.reader.fault("within_days", "a term has only one unit", hint);
                Span::Ever
            }
        };
        Self {
            step: args.steps("step"),
            only: args.conditions("where"),
            absent: args.reader.flag("absent", false),
            same: args.columns("same"),
            differ: args.columns("differ"),
            span,
            after_days: args.number_opt("after_days"),
            who,
            case: bond(args, "case"),
        }
    }

    /// Whether an event is one of this stage, whatever stands around it.
    pub(super) fn meets(&self, group: &Group<'_, '_>, row: usize) -> Fit {
        let each = self.only.iter().map(|only| Fit::of(only.holds(group.view, row)));
        each.fold(Fit::YES, Fit::and)
    }

    /// Whether `later` follows `earlier` as this stage asks: in order, in time and with the
    /// same or other people, cases and values.
    pub(super) fn follows(
        &self,
        group: &Group<'_, '_>,
        earlier: usize,
        later: usize,
    ) -> Fit {
        let view = group.view;
        let fit = self.in_time(group, earlier, later);
        // what lies outside the term need not be looked at further
        if fit == Fit::NO {
            return fit;
        }
        let bound = |bond: Option<Bond>, same: Result<bool, Reason>| match bond {
            None => Fit::YES,
            Some(Bond::Same) => Fit::of(same),
            Some(Bond::Different) => Fit::of(same.map(|same| !same)),
        };
        let mut fit = fit.and(order(group, earlier, later));
        fit = fit.and(bound(self.case, Ok(view.case(earlier) == view.case(later))));
        if self.who.is_some() {
            let persons =
                view.person(earlier).and_then(|a| view.person(later).map(|b| a == b));
            fit = fit.and(bound(self.who, persons));
        }
        let equal = |slot: Slot| {
            let value = |row| view.cell(slot, row).ok_or_else(|| view.why_missing(slot));
            Ok(same(value(earlier)?, value(later)?))
        };
        for slot in &self.same {
            fit = fit.and(bound(Some(Bond::Same), equal(*slot)));
        }
        for slot in &self.differ {
            fit = fit.and(bound(Some(Bond::Different), equal(*slot)));
        }
        fit
    }

    /// Whether the time between two events is as asked; their order is not looked at.
    fn in_time(&self, group: &Group<'_, '_>, earlier: usize, later: usize) -> Fit {
        if matches!(self.span, Span::Ever) && self.after_days.is_none() {
            return Fit::YES;
        }
        let moments = (group.view.moment(earlier), group.view.moment(later));
        let (Some(from), Some(to)) = moments else {
            return Fit::Unknown(Reason::TimeMissing);
        };
        let day = from.local_date();
        let days = days_apart(day, to.local_date());
        let long_enough =
            self.after_days.as_ref().is_none_or(|least| days >= least.on(Some(day)));
        let soon_enough = match &self.span {
            Span::Ever => Fit::YES,
            Span::Days(most) => Fit::of(Ok(days <= most.on(Some(day)))),
            Span::Minutes(most) => {
                let most = most.on(Some(day));
                let bare = from.day_only || to.day_only;
                // from the end of one day to the beginning of the other
                let least = days.saturating_sub(1).saturating_mul(24 * 60);
                match bare {
                    true if least > most => Fit::NO,
                    true => Fit::Unknown(Reason::DateOnly),
                    false => Fit::of(Ok(minutes_apart(from, to) <= most)),
                }
            }
        };
        Fit::of(Ok(long_enough)).and(soon_enough)
    }

    /// Whether nothing can come any more that this last stage speaks of: its term, counted
    /// from an event, is over on the as-of date.
    pub(super) fn over(&self, group: &Group<'_, '_>, from: usize) -> Fit {
        let Some(moment) = group.view.moment(from) else {
            return match self.span {
                Span::Ever => Fit::YES,
                Span::Days(_) | Span::Minutes(_) => Fit::Unknown(Reason::TimeMissing),
            };
        };
        let day = moment.local_date();
        let days = match &self.span {
            Span::Ever => return Fit::YES,
            Span::Days(most) => most.on(Some(day)),
            Span::Minutes(most) => (most.on(Some(day)) / (24 * 60)).saturating_add(1),
        };
        let end = add_days(day, i32::try_from(days).unwrap_or(i32::MAX));
        if end < group.view.log.as_of {
            Fit::YES
        } else {
            Fit::Unknown(Reason::TermRunning)
        }
    }
}

/// Whether one event comes before another.
pub(super) fn order(group: &Group<'_, '_>, earlier: usize, later: usize) -> Fit {
    let before = earlier < later;
    match group.apart(earlier, later) {
        Apart::Certain if before => Fit::YES,
        Apart::Certain => Fit::NO,
        Apart::ByFile if before => Fit::Yes { by_order: true },
        Apart::ByFile => Fit::No { by_order: true },
        Apart::SameDay => Fit::Unknown(Reason::DateOnly),
        Apart::NoTime => Fit::Unknown(Reason::TimeMissing),
    }
}
