//! `without_case`: a look-up that no case explains.

use crate::answer::{Answer, Reason, Verdict};
use crate::args::Args;
use crate::condition::Condition;
use crate::number::Number;
use crate::pattern::{EventPattern, Needs, Pattern, join_events};
use crate::steps::StepSet;
use crate::term::days_apart;
use crate::view::{Cell, Group, Slot};

/// Whose link counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    Who,
    Unit(Slot),
    Any,
}

#[derive(Debug)]
struct WithoutCase {
    step: StepSet,
    link: StepSet,
    days: Number,
    by: By,
    reference: Option<Slot>,
    only: Option<Condition>,
}

pub(super) fn read(args: &mut Args<'_, '_, '_, '_>) -> Option<Box<dyn Pattern>> {
    let step = args.steps("step");
    let link = args.steps_opt("link");
    let days = args.number_or("days", 30);
    let by = match args
        .reader
        .tree("by")
        .map(|_| args.reader.choice("by", &["who", "unit", "any"]))
    {
        Some(Some("who")) => {
            args.reads_who();
            By::Who
        }
        Some(Some("unit")) => By::Unit(args.context.slot("unit")),
        _ => By::Any,
    };
    let reference = args.column_opt("reference");
    if link.is_empty() && reference.is_none() {
        let hint = "name the steps of a case, a column that names it, or both";
        args.reader.fault("link", "`link` and `reference` are both missing", hint);
    }
    let only = args.condition_opt("where");
    Some(Box::new(WithoutCase { step, link, days, by, reference, only }))
}

impl WithoutCase {
    fn links(
        &self,
        group: &Group<'_, '_>,
        look: usize,
        link: usize,
    ) -> Result<bool, Reason> {
        let (Some(a), Some(b)) = (group.view.moment(look), group.view.moment(link))
        else {
            return Err(Reason::TimeMissing);
        };
        if days_apart(a.local_date(), b.local_date()).abs() > self.days.of(group) {
            return Ok(false);
        }
        match self.by {
            By::Any => Ok(true),
            By::Who => Ok(group.view.person(look)? == group.view.person(link)?),
            By::Unit(slot) => {
                let unit = |row| group.view.cell(slot, row);
                match (unit(look), unit(link)) {
                    (Some(Cell::Text(_, a)), Some(Cell::Text(_, b))) => Ok(a == b),
                    (Some(a), Some(b)) => Ok(a == b),
                    _ => Err(group.view.why_missing(slot)),
                }
            }
        }
    }

    fn one(&self, group: &Group<'_, '_>, links: &[usize], row: usize) -> Answer {
        if let Some(reference) = self.reference
            && group.view.cell(reference, row).is_some()
        {
            return Answer::CLEAR;
        }
        let can_link = !self.link.is_empty() && group.recorded(self.link);
        let has_reference = self.reference.is_some_and(|slot| group.view.has(slot));
        if !can_link && !has_reference {
            return Answer::unknown(Reason::NoLink);
        }
        let mut unknown = None;
        for link in links {
            match self.links(group, row, *link) {
                Ok(true) => return Answer::CLEAR,
                Ok(false) => {}
                Err(reason) => {
                    unknown.get_or_insert(reason);
                }
            }
        }
        unknown.map_or_else(|| Answer::found(vec![row]), Answer::unknown)
    }
}

impl EventPattern for WithoutCase {
    fn judge_events(&self, group: &Group<'_, '_>, tell: &mut dyn FnMut(usize, Answer)) {
        let links: Vec<usize> = group.rows_of(self.link).collect();
        for row in group.rows_of(self.step) {
            match self.only.as_ref().map_or(Ok(true), |only| only.holds(group.view, row))
            {
                Ok(true) => tell(row, self.one(group, &links, row)),
                Ok(false) => {}
                Err(reason) => {
                    // what a case explains is clear, whatever the condition says of it
                    let answer = self.one(group, &links, row);
                    let explained = answer.verdict == Verdict::Clear;
                    tell(row, if explained { answer } else { Answer::unknown(reason) });
                }
            }
        }
    }
}

impl Pattern for WithoutCase {
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
        if self.reference.is_none() {
            needs.steps.push(self.link);
        }
        if self.link.is_empty() {
            needs.slots.extend(self.reference);
        }
        if let By::Unit(slot) = self.by {
            needs.slots.push(slot);
        }
        needs.slots.extend(self.only.iter().flat_map(Condition::slots));
    }

    fn steps(&self) -> StepSet {
        self.step | self.link
    }
}
