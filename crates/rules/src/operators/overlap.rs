//! `overlap`: pieces of work of one person that cannot all be true: two at the same time,
//! one that is over before it can have begun, or two places too far apart.

use crate::answer::{Answer, Reason};
use crate::args::Args;
use crate::condition::Condition;
use crate::number::Number;
use crate::pattern::{EventPattern, Needs, Pattern, join_events};
use crate::steps::StepSet;
use crate::view::{Cell, Group, Slot};

const MINUTE_MICROS: i64 = 60_000_000;

/// From where to where, and how fast one can go.
#[derive(Debug)]
struct Travel {
    east: Slot,
    north: Slot,
    km_per_hour: Number,
    /// Nearer than this nothing is said: coordinates are not that exact.
    least_metres: Number,
}

#[derive(Debug)]
struct Overlap {
    step: StepSet,
    /// When the work began; `None`: an event takes no time.
    start: Option<Slot>,
    tolerance_minutes: Number,
    least_minutes: Option<Number>,
    /// Only these pieces can be too short.
    short_only: Option<Condition>,
    travel: Option<Travel>,
    only: Option<Condition>,
}

pub(super) fn read(args: &mut Args<'_, '_, '_, '_>) -> Option<Box<dyn Pattern>> {
    args.reads_who();
    let step = args.steps("step");
    let start = args.column_opt("start");
    let tolerance_minutes = args.number_or("tolerance_minutes", 5);
    let least_minutes = args.number_opt("least_minutes");
    let short_only = args.condition_opt("short_where");
    let travel = args.number_opt("km_per_hour").map(|km_per_hour| Travel {
        east: args.column("east"),
        north: args.column("north"),
        km_per_hour,
        least_metres: args.number_or("least_metres", 1000),
    });
    if start.is_none() && travel.is_none() {
        let hint =
            "the column with the beginning, or `km_per_hour` with `east` and `north`";
        args.reader.fault("start", "there is nothing that can overlap", hint);
    }
    let only = args.condition_opt("where");
    Some(Box::new(Overlap {
        step,
        start,
        tolerance_minutes,
        least_minutes,
        short_only,
        travel,
        only,
    }))
}

/// One piece of work.
#[derive(Clone, Copy, Debug)]
struct Piece {
    who: u32,
    row: usize,
    from: i64,
    to: i64,
}

impl Overlap {
    fn piece(&self, group: &Group<'_, '_>, row: usize) -> Result<Piece, Reason> {
        let moment = group.view.moment(row).ok_or(Reason::TimeMissing)?;
        if moment.day_only {
            return Err(Reason::DateOnly);
        }
        let to = moment.micros;
        let from = match self.start {
            None => to,
            Some(slot) => match group.view.cell(slot, row) {
                // what ends before it begins was written down wrongly
                Some(Cell::Time(from)) if from <= to => from,
                Some(_) => return Err(Reason::ValueMissing),
                None => return Err(group.view.why_missing(slot)),
            },
        };
        Ok(Piece { who: group.view.person(row)?, row, from, to })
    }

    fn knows_places(&self, group: &Group<'_, '_>) -> bool {
        let known = |t: &Travel| group.view.has(t.east) && group.view.has(t.north);
        self.travel.as_ref().is_some_and(known)
    }

    fn has_place(&self, group: &Group<'_, '_>, row: usize) -> bool {
        let known = |slot| group.view.cell(slot, row).is_some();
        self.travel.as_ref().is_some_and(|t| known(t.east) && known(t.north))
    }

    /// Whether one must have gone faster than one can from one piece to the next.
    fn too_far(&self, group: &Group<'_, '_>, a: Piece, b: Piece) -> Result<bool, Reason> {
        let Some(travel) = &self.travel else { return Ok(false) };
        let number = |slot: Slot, row: usize| match group.view.cell(slot, row) {
            Some(Cell::Int(number)) => Ok(number as f64),
            Some(Cell::Float(number)) => Ok(number),
            Some(Cell::Text(..) | Cell::Bool(_) | Cell::Time(_)) => {
                Err(Reason::ValueMissing)
            }
            None => Err(group.view.why_missing(slot)),
        };
        // a log that knows no places says nothing of distances
        if !self.knows_places(group) {
            return Ok(false);
        }
        let east = number(travel.east, a.row)? - number(travel.east, b.row)?;
        let north = number(travel.north, a.row)? - number(travel.north, b.row)?;
        let metres = east.hypot(north);
        if metres < travel.least_metres.of(group) as f64 {
            return Ok(false);
        }
        let hours = b.from.saturating_sub(a.to).max(0) as f64 / 3_600_000_000.0;
        Ok(metres / 1000.0 > travel.km_per_hour.of(group) as f64 * hours)
    }

    fn too_short(&self, group: &Group<'_, '_>, piece: Piece) -> Answer {
        let least = self.least_minutes.as_ref().map(|least| least.of(group));
        let short = least.is_some_and(|least| {
            piece.to - piece.from < least.saturating_mul(MINUTE_MICROS)
        });
        let counts = self.short_only.as_ref().filter(|_| short);
        match counts.map_or(Ok(short), |only| only.holds(group.view, piece.row)) {
            Ok(short) => Answer::when(short, [piece.row]),
            Err(reason) => Answer::unknown(reason),
        }
    }

    /// All pieces with the answer of each. They come by person and beginning; only those of
    /// one person are held against each other.
    fn judged(&self, group: &Group<'_, '_>, pieces: &[Piece]) -> Vec<(usize, Answer)> {
        let tolerance =
            self.tolerance_minutes.of(group).max(0).saturating_mul(MINUTE_MICROS);
        let mut answers: Vec<(usize, Answer)> = pieces
            .iter()
            .map(|piece| (piece.row, self.too_short(group, *piece)))
            .collect();
        for (at, a) in pieces.iter().enumerate() {
            let later = pieces.iter().enumerate().skip(at + 1);
            for (other, b) in later.take_while(|(_, b)| a.who == b.who) {
                let next = other == at + 1;
                let both = b.from < a.to.saturating_sub(tolerance);
                if !both && !next {
                    break;
                }
                let fits = if both { Ok(true) } else { self.too_far(group, *a, *b) };
                mark(&mut answers, [(at, a.row), (other, b.row)], fits);
                if !both {
                    break;
                }
            }
        }
        answers
    }
}

/// Lays what was seen between two pieces beside the answers of both: found stays found.
fn mark(
    answers: &mut [(usize, Answer)],
    pair: [(usize, usize); 2],
    fits: Result<bool, Reason>,
) {
    let rows = pair.map(|(_, row)| row);
    for (at, _) in pair {
        let Some((_, answer)) = answers.get_mut(at) else { continue };
        match fits {
            Ok(true) => {
                let known = std::mem::take(&mut answer.rows);
                *answer = Answer::found(known.into_iter().chain(rows).collect());
            }
            Err(reason) if !answer.is_found() => *answer = Answer::unknown(reason),
            Ok(false) | Err(_) => {}
        }
    }
}

impl EventPattern for Overlap {
    fn judge_events(&self, group: &Group<'_, '_>, tell: &mut dyn FnMut(usize, Answer)) {
        // without beginnings and without places there is nothing to say
        if self.start.is_none() && !self.knows_places(group) {
            return;
        }
        let mut pieces = Vec::new();
        for row in group.rows_of(self.step) {
            // without a beginning only the place speaks
            if self.start.is_none() && !self.has_place(group, row) {
                continue;
            }
            match self.only.as_ref().map_or(Ok(true), |only| only.holds(group.view, row))
            {
                Ok(true) => match self.piece(group, row) {
                    Ok(piece) => pieces.push(piece),
                    Err(reason) => tell(row, Answer::unknown(reason)),
                },
                Ok(false) => {}
                Err(reason) => tell(row, Answer::unknown(reason)),
            }
        }
        let place = |piece: &Piece| group.view.place(piece.row);
        pieces.sort_by_key(|piece| (piece.who, piece.from, piece.to, place(piece)));
        for (row, answer) in self.judged(group, &pieces) {
            tell(row, answer);
        }
    }
}

impl Pattern for Overlap {
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
        needs.slots.extend(self.start);
        needs.slots.extend(self.short_only.iter().flat_map(Condition::slots));
        needs.slots.extend(self.travel.iter().flat_map(|t| [t.east, t.north]));
        needs.slots.extend(self.only.iter().flat_map(Condition::slots));
    }
}
