//! `sequence`: stages that follow one another, with terms and bonds between them, and
//! stages that must not occur in between.

mod search;
mod stage;

use crate::answer::Answer;
use crate::args::Args;
use crate::condition::Condition;
use crate::pattern::{Needs, Pattern};
use crate::steps::StepSet;
use crate::view::Group;
use search::Search;
use stage::Stage;

/// A stage that must occur, with what must not occur between it and the one before it.
#[derive(Debug)]
struct Leg {
    without: Vec<Stage>,
    stage: Stage,
}

#[derive(Debug)]
struct Sequence {
    legs: Vec<Leg>,
    /// What must not come after the last one.
    without_after: Vec<Stage>,
}

pub(super) fn read(args: &mut Args<'_, '_, '_, '_>) -> Option<Box<dyn Pattern>> {
    let trees = args.reader.tables("of");
    let stages: Vec<Stage> =
        trees.into_iter().map(|tree| args.inside(tree, Stage::read)).collect();
    let (mut legs, mut without) = (Vec::new(), Vec::new());
    for stage in stages {
        if stage.absent {
            without.push(stage);
        } else {
            legs.push(Leg { without: std::mem::take(&mut without), stage });
        }
    }
    if legs.is_empty() {
        let hint = "name at least one stage without `absent = true`";
        args.reader.fault("of", "a sequence has no stage that must occur", hint);
        return None;
    }
    if legs.len() == 1 && without.is_empty() && legs.iter().all(|l| l.without.is_empty())
    {
        let hint = "for one stage alone use `exists`";
        args.reader.fault("of", "a sequence has at least two stages", hint);
    }
    Some(Box::new(Sequence { legs, without_after: without }))
}

impl Sequence {
    fn stages(&self) -> impl Iterator<Item = &Stage> {
        let legs = self.legs.iter();
        legs.flat_map(|leg| leg.without.iter().chain([&leg.stage]))
            .chain(&self.without_after)
    }
}

impl Pattern for Sequence {
    fn judge(&self, group: &Group<'_, '_>) -> Answer {
        Search::new(group).answer(&self.legs, &self.without_after)
    }

    fn triggers(&self) -> StepSet {
        self.legs.first().map_or(StepSet::NONE, |leg| leg.stage.step)
    }

    fn needs(&self, needs: &mut Needs) {
        for stage in self.stages() {
            if stage.step != StepSet::ANY {
                needs.steps.push(stage.step);
            }
            needs.slots.extend(stage.only.iter().flat_map(Condition::slots));
            needs.slots.extend(stage.same.iter().chain(&stage.differ));
        }
    }
}
