//! `all`, `any`, `not` and `count_of`: three-valued logic after Kleene. What cannot be
//! judged stays unknown unless the rest decides without it.

use crate::answer::{Answer, Reason, Verdict};
use crate::args::Args;
use crate::number::Number;
use crate::pattern::{Needs, Pattern};
use crate::steps::StepSet;
use crate::view::Group;

#[derive(Debug)]
struct All(Vec<Box<dyn Pattern>>);

#[derive(Debug)]
struct Any(Vec<Box<dyn Pattern>>);

#[derive(Debug)]
struct Not(Box<dyn Pattern>);

#[derive(Debug)]
struct CountOf {
    of: Vec<Box<dyn Pattern>>,
    least: Number,
}

pub(super) fn read_all(args: &mut Args<'_, '_, '_, '_>) -> Option<Box<dyn Pattern>> {
    Some(Box::new(All(args.patterns("of"))))
}

pub(super) fn read_any(args: &mut Args<'_, '_, '_, '_>) -> Option<Box<dyn Pattern>> {
    Some(Box::new(Any(args.patterns("of"))))
}

pub(super) fn read_not(args: &mut Args<'_, '_, '_, '_>) -> Option<Box<dyn Pattern>> {
    Some(Box::new(Not(args.pattern("of")?)))
}

pub(super) fn read_count_of(args: &mut Args<'_, '_, '_, '_>) -> Option<Box<dyn Pattern>> {
    Some(Box::new(CountOf { of: args.patterns("of"), least: args.number("least") }))
}

/// What the parts said, gathered.
#[derive(Default)]
struct Gathered {
    rows: Vec<usize>,
    found: Said,
    clear: Said,
    no_subject: usize,
    doubtful: usize,
    unknown: Option<Reason>,
}

/// How many parts said the same, and how many of those rest on the order in the file.
#[derive(Default)]
struct Said {
    parts: usize,
    by_order: usize,
}

impl Said {
    fn add(&mut self, by_order: bool) {
        self.parts += 1;
        self.by_order += usize::from(by_order);
    }

    /// Whether one part alone decides and each of them rests on the order in the file.
    fn one_by_order(&self) -> bool {
        self.by_order == self.parts
    }

    /// Whether all parts together decide and one of them rests on the order in the file.
    fn all_by_order(&self) -> bool {
        self.by_order > 0
    }
}

fn gather(parts: &[Box<dyn Pattern>], group: &Group<'_, '_>) -> Gathered {
    let mut gathered = Gathered::default();
    for part in parts {
        let answer = part.judge(group);
        match answer.verdict {
            Verdict::NoSubject => gathered.no_subject += 1,
            Verdict::Clear => gathered.clear.add(answer.by_order),
            Verdict::Found => {
                gathered.found.add(answer.by_order);
                gathered.rows.extend(answer.rows);
            }
            Verdict::Unknown(reason) => {
                gathered.doubtful += 1;
                gathered.unknown.get_or_insert(reason);
            }
        }
    }
    gathered
}

fn needs_of(parts: &[Box<dyn Pattern>], needs: &mut Needs) {
    for part in parts {
        part.needs(needs);
    }
}

impl Pattern for All {
    fn judge(&self, group: &Group<'_, '_>) -> Answer {
        let gathered = gather(&self.0, group);
        if gathered.no_subject > 0 {
            Answer::NO_SUBJECT
        } else if gathered.clear.parts > 0 {
            Answer::CLEAR.resting_on_order(gathered.clear.one_by_order())
        } else if let Some(reason) = gathered.unknown {
            Answer::unknown(reason)
        } else {
            Answer::found(gathered.rows).resting_on_order(gathered.found.all_by_order())
        }
    }

    fn triggers(&self) -> StepSet {
        // of every part one of its triggers must be there; the first part is enough to pass over
        self.0.first().map_or(StepSet::ANY, |part| part.triggers())
    }

    fn needs(&self, needs: &mut Needs) {
        needs_of(&self.0, needs);
    }

    fn steps(&self) -> StepSet {
        self.0.iter().fold(StepSet::NONE, |all, part| all | part.steps())
    }
}

impl Pattern for Any {
    fn judge(&self, group: &Group<'_, '_>) -> Answer {
        let gathered = gather(&self.0, group);
        if gathered.found.parts > 0 {
            Answer::found(gathered.rows).resting_on_order(gathered.found.one_by_order())
        } else if let Some(reason) = gathered.unknown {
            Answer::unknown(reason)
        } else if gathered.clear.parts > 0 {
            Answer::CLEAR.resting_on_order(gathered.clear.all_by_order())
        } else {
            Answer::NO_SUBJECT
        }
    }

    fn triggers(&self) -> StepSet {
        self.0.iter().fold(StepSet::NONE, |all, part| all | part.triggers())
    }

    fn needs(&self, needs: &mut Needs) {
        needs_of(&self.0, needs);
    }

    fn steps(&self) -> StepSet {
        self.0.iter().fold(StepSet::NONE, |all, part| all | part.steps())
    }
}

impl Pattern for Not {
    fn judge(&self, group: &Group<'_, '_>) -> Answer {
        let answer = self.0.judge(group);
        match answer.verdict {
            Verdict::Found => Answer::CLEAR.resting_on_order(answer.by_order),
            Verdict::Unknown(reason) => Answer::unknown(reason),
            Verdict::Clear | Verdict::NoSubject => {
                Answer::found(Vec::new()).resting_on_order(answer.by_order)
            }
        }
    }

    fn needs(&self, needs: &mut Needs) {
        self.0.needs(needs);
    }

    fn steps(&self) -> StepSet {
        self.0.steps()
    }
}

impl Pattern for CountOf {
    fn judge(&self, group: &Group<'_, '_>) -> Answer {
        let gathered = gather(&self.of, group);
        if gathered.no_subject == self.of.len() {
            return Answer::NO_SUBJECT;
        }
        let least = usize::try_from(self.least.of(group)).unwrap_or(0).max(1);
        let (found, clear) = (&gathered.found, &gathered.clear);
        if found.parts >= least {
            let firm = found.parts - found.by_order;
            return Answer::found(gathered.rows).resting_on_order(firm < least);
        }
        match gathered.unknown {
            Some(reason) if found.parts + gathered.doubtful >= least => {
                Answer::unknown(reason)
            }
            _ => Answer::CLEAR.resting_on_order(found.parts + clear.by_order >= least),
        }
    }

    fn triggers(&self) -> StepSet {
        self.of.iter().fold(StepSet::NONE, |all, part| all | part.triggers())
    }

    fn needs(&self, needs: &mut Needs) {
        needs_of(&self.of, needs);
    }

    fn steps(&self) -> StepSet {
        self.of.iter().fold(StepSet::NONE, |all, part| all | part.steps())
    }
}
