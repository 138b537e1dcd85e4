//! `gap_exceeds`: between two events, or since the last one, lies much more time than was
//! planned.

use crate::answer::{Answer, Reason};
use crate::args::Args;
use crate::condition::Condition;
use crate::number::Number;
use crate::pattern::{Needs, Pattern};
use crate::steps::StepSet;
use crate::term::days_apart;
use crate::view::{Cell, Group, Slot};
use model::Date;

/// How many days may lie between two events.
#[derive(Debug)]
enum Planned {
    Days(Number),
    Column(Slot),
}

#[derive(Debug)]
struct GapExceeds {
    step: StepSet,
    /// Where counting begins besides.
    since: StepSet,
    /// Where counting ends.
    until: StepSet,
    planned: Planned,
    percent: Number,
    /// Whether the time from the last event to the as-of date counts.
    running: bool,
    only: Option<Condition>,
}

pub(super) fn read(args: &mut Args<'_, '_, '_, '_>) -> Option<Box<dyn Pattern>> {
    let step = args.steps("step");
    let since = args.steps_opt("since");
    let until = args.steps_opt("until");
    let days = args.number_opt("days");
    let column = args.column_opt("interval");
    let planned = match (days, column) {
        (Some(days), None) => Planned::Days(days),
        (None, Some(column)) => Planned::Column(column),
        _ => {
            let hint = "a number of days, or a column that holds it";
            let sentence = "exactly one of `days` and `interval` must be there";
            args.reader.fault("interval", sentence, hint);
            return None;
        }
    };
    let percent = args.number_or("percent", 100);
    let running = args.reader.flag("running", true);
    let only = args.condition_opt("where");
    Some(Box::new(GapExceeds { step, since, until, planned, percent, running, only }))
}

/// The events between which gaps are looked for, and what is not known of them.
#[derive(Default)]
struct Points {
    /// Rows with their dates, and whether counting goes on after it.
    known: Vec<(usize, Date, bool)>,
    /// Why some event may lie in any gap.
    doubt: Option<Reason>,
}

impl GapExceeds {
    fn points(&self, group: &Group<'_, '_>) -> Points {
        let mut points = Points::default();
        for row in group.rows_of(self.step | self.since | self.until) {
            let steps = group.view.steps(row);
            let holds = || {
                self.only.as_ref().map_or(Ok(true), |only| only.holds(group.view, row))
            };
            let counts =
                if steps.meets(self.since | self.until) { Ok(true) } else { holds() };
            match (counts, group.view.moment(row)) {
                (Ok(false), _) => {}
                (Ok(true), Some(moment)) => {
                    let goes_on = steps.meets(self.step | self.since);
                    points.known.push((row, moment.local_date(), goes_on));
                }
                (Ok(true), None) => {
                    points.doubt.get_or_insert(Reason::TimeMissing);
                }
                (Err(reason), _) => {
                    points.doubt.get_or_insert(reason);
                }
            }
        }
        points
    }

    /// The longest gap that is allowed after an event, in days times hundred; the column is
    /// read at the event itself, else at the last one before it that has it, else at the
    /// first one.
    fn allowed(&self, group: &Group<'_, '_>, row: usize) -> Result<i64, Reason> {
        let days = match &self.planned {
            Planned::Days(days) => days.of(group),
            Planned::Column(slot) => {
                let number = |row: usize| match group.view.cell(*slot, row) {
                    Some(Cell::Int(days)) => Some(days),
                    Some(Cell::Text(text, _)) => text.trim().parse().ok(),
                    Some(Cell::Float(_) | Cell::Bool(_) | Cell::Time(_)) | None => None,
                };
                let before = (group.rows.start..=row).rev().find_map(number);
                before
                    .or_else(|| group.rows.clone().find_map(number))
                    .ok_or_else(|| group.view.why_missing(*slot))?
            }
        };
        Ok(days.saturating_mul(self.percent.of(group)))
    }
}

impl Pattern for GapExceeds {
    fn judge(&self, group: &Group<'_, '_>) -> Answer {
        let points = self.points(group);
        let as_of = group.view.log.as_of;
        let (mut judged, mut unknown, mut found) = (false, None, Vec::new());
        for (at, (row, date, goes_on)) in points.known.iter().enumerate() {
            let next = points.known.get(at + 1).map(|(row, date, _)| (Some(*row), *date));
            let next = next.or_else(|| self.running.then_some((None, as_of)));
            let Some((next_row, next_date)) = next.filter(|_| *goes_on) else { continue };
            let gap = days_apart(*date, next_date).saturating_mul(100);
            match self.allowed(group, *row) {
                Ok(allowed) if gap > allowed => {
                    found.push(*row);
                    found.extend(next_row);
                }
                Ok(_) => {}
                Err(reason) => {
                    unknown.get_or_insert(reason);
                }
            }
            judged = true;
        }
        // an event more makes a gap smaller, never larger
        if !found.is_empty() {
            return points.doubt.map_or_else(|| Answer::found(found), Answer::unknown);
        }
        match unknown {
            Some(reason) => Answer::unknown(reason),
            None if judged => Answer::CLEAR,
            None => points.doubt.map_or(Answer::NO_SUBJECT, Answer::unknown),
        }
    }

    fn triggers(&self) -> StepSet {
        self.step | self.since
    }

    fn needs(&self, needs: &mut Needs) {
        needs.steps.push(self.step);
        if let Planned::Column(slot) = self.planned {
            needs.slots.push(slot);
        }
        needs.slots.extend(self.only.iter().flat_map(Condition::slots));
    }

    fn steps(&self) -> StepSet {
        self.step | self.since | self.until
    }
}
