//! Finds events that fit all stages. Whether an event can be reached at a stage depends on
//! the event before it alone, so the stages are walked one by one and for each event only
//! the best way to it is kept: a sure one before one by the order of the file, and that
//! before a doubtful one.

use super::Leg;
use super::stage::{Fit, Stage, order};
use crate::answer::{Answer, Reason};
use crate::view::Group;

/// An event that ends a sequence as far as it goes.
struct Reach {
    row: usize,
    fit: Fit,
    /// The position of the event before it among those of the stage before.
    from: Option<usize>,
}

pub(super) struct Search<'g, 'v, 'a> {
    group: &'g Group<'v, 'a>,
    /// Whether something was refused by the order of the file alone.
    tie: bool,
}

/// How good a way is; the greatest is kept.
fn rank(fit: Fit) -> u8 {
    match fit {
        Fit::Yes { by_order: false } => 3,
        Fit::Yes { by_order: true } => 2,
        Fit::Unknown(_) => 1,
        Fit::No { .. } => 0,
    }
}

impl<'g, 'v, 'a> Search<'g, 'v, 'a> {
    pub(super) fn new(group: &'g Group<'v, 'a>) -> Self {
        Self { group, tie: false }
    }

    pub(super) fn answer(mut self, legs: &[Leg], after: &[Stage]) -> Answer {
        let Some((first, rest)) = legs.split_first() else { return Answer::NO_SUBJECT };
        let Some(start) = self.start(first) else { return Answer::NO_SUBJECT };
        let mut layers = vec![start];
        for leg in rest {
            let before = layers.last().map(Vec::as_slice).unwrap_or_default();
            if before.is_empty() {
                break;
            }
            if !self.group.recorded(leg.stage.step) {
                return Answer::unknown(Reason::StepNotRecorded);
            }
            let next = self.next(before, leg);
            layers.push(next);
        }
        let mut best: Option<(usize, Fit)> = None;
        for (at, reach) in layers.last().into_iter().flatten().enumerate() {
            let ends = self.without(Some(reach.row), after, None);
            let fit = reach.fit.and(ends);
            if rank(fit) > best.map_or(0, |(_, fit)| rank(fit)) {
                best = Some((at, fit));
            }
        }
        match best {
            None | Some((_, Fit::No { .. })) => Answer::CLEAR.resting_on_order(self.tie),
            Some((_, Fit::Unknown(reason))) => Answer::unknown(reason),
            Some((at, Fit::Yes { by_order })) => {
                Answer::found(path(&layers, at)).resting_on_order(by_order)
            }
        }
    }

    /// The events of the first stage; `None` where the group holds none of them.
    fn start(&mut self, leg: &Leg) -> Option<Vec<Reach>> {
        let mut reached = Vec::new();
        let mut subject = false;
        for row in self.group.rows_of(leg.stage.step) {
            let meets = leg.stage.meets(self.group, row);
            if rank(meets) == 0 {
                continue;
            }
            subject = true;
            let fit = meets.and(self.without(None, &leg.without, Some(row)));
            self.keep(&mut reached, Reach { row, fit, from: None });
        }
        subject.then_some(reached)
    }

    /// The events of a stage that can be reached from those of the stage before.
    fn next(&mut self, before: &[Reach], leg: &Leg) -> Vec<Reach> {
        let mut reached = Vec::new();
        for row in self.group.rows_of(leg.stage.step) {
            let meets = leg.stage.meets(self.group, row);
            if rank(meets) == 0 {
                continue;
            }
            let mut best = Reach { row, fit: Fit::NO, from: None };
            for (at, earlier) in before.iter().enumerate() {
                if earlier.row == row {
                    continue;
                }
                let link = leg.stage.follows(self.group, earlier.row, row);
                let mut fit = meets.and(earlier.fit).and(link);
                if rank(fit) > rank(best.fit) {
                    let gap = self.without(Some(earlier.row), &leg.without, Some(row));
                    fit = fit.and(gap);
                }
                self.tie |= fit == Fit::No { by_order: true };
                if rank(fit) > rank(best.fit) {
                    best = Reach { row, fit, from: Some(at) };
                }
                if rank(best.fit) == 3 {
                    break;
                }
            }
            self.keep(&mut reached, best);
        }
        reached
    }

    fn keep(&mut self, reached: &mut Vec<Reach>, reach: Reach) {
        self.tie |= reach.fit == Fit::No { by_order: true };
        if rank(reach.fit) > 0 {
            reached.push(reach);
        }
    }

    /// Whether none of the stages occurs between two events (after the one, before the
    /// other, where only that one is given).
    fn without(&self, from: Option<usize>, stages: &[Stage], to: Option<usize>) -> Fit {
        let each = stages.iter().map(|stage| self.without_one(from, stage, to));
        each.fold(Fit::YES, Fit::and)
    }

    fn without_one(&self, from: Option<usize>, stage: &Stage, to: Option<usize>) -> Fit {
        if !self.group.recorded(stage.step) {
            return Fit::Unknown(Reason::StepNotRecorded);
        }
        let mut fit = Fit::YES;
        for row in self.group.rows_of(stage.step) {
            if Some(row) == from || Some(row) == to {
                continue;
            }
            let occurs = match (from, to) {
                (Some(from), Some(to)) => {
                    stage.follows(self.group, from, row).and(order(self.group, row, to))
                }
                (Some(from), None) => stage.follows(self.group, from, row),
                (None, Some(to)) => stage.follows(self.group, row, to),
                (None, None) => Fit::NO,
            };
            fit = fit.and(match occurs.and(stage.meets(self.group, row)) {
                Fit::No { by_order } => Fit::Yes { by_order },
                Fit::Yes { by_order } => Fit::No { by_order },
                doubt @ Fit::Unknown(_) => doubt,
            });
            if fit == Fit::NO {
                return fit;
            }
        }
        match (from, to) {
            (Some(from), None) => fit.and(stage.over(self.group, from)),
            _ => fit,
        }
    }
}

/// The rows of the best way to an event of the last stage.
fn path(layers: &[Vec<Reach>], at: usize) -> Vec<usize> {
    let mut rows = Vec::new();
    let mut at = Some(at);
    for layer in layers.iter().rev() {
        let Some(reach) = at.and_then(|at| layer.get(at)) else { break };
        rows.push(reach.row);
        at = reach.from;
    }
    rows
}
