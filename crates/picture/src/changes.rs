//! What changed since the round before.
//!
//! A measure that was done does not raise a control by belief (method.md, section 6): the
//! next answers and the next data decide. So two rounds are laid side by side, and what the
//! intervals do not allow to say is not said.

use crate::freeboard::{Attractiveness, Class, Ends};
use crate::weighing::{Subject, Weighing};
use assessment::{Judged, Parting, Side};
use model::Process;
use std::collections::{BTreeMap, BTreeSet};

/// One thing in both rounds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Both<T> {
    /// In the round before.
    pub before: T,
    /// In this round.
    pub now: T,
}

/// Two rounds beside each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Processes that were not weighed before.
    pub new: Vec<Process>,
    /// Processes that were weighed before and not now.
    pub gone: Vec<Process>,
    /// Processes of both rounds.
    pub both: Vec<ProcessChange>,
}

/// A process in both rounds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProcessChange {
    /// The process.
    pub process: Process,
    /// What it is worth to a criminal. Where it differs, the water moved without anybody
    /// having done anything.
    pub attractiveness: Both<Attractiveness>,
    /// The freeboard; `None` where no control applied.
    pub freeboard: Both<Option<Ends>>,
    /// What the two freeboards allow to say; `None` where one of them is absent.
    pub trend: Option<Trend>,
    /// The classes of both ends; `None` where too much was unknown.
    pub classes: Both<Option<(Class, Class)>>,
    /// Controls and circumstances whose level is not what it was; circumstances first, by
    /// code.
    pub subjects: Vec<SubjectChange>,
    /// Where said and shown part in one of the rounds or in both, in the same order.
    pub partings: Vec<Turned<Parting>>,
    /// Key controls that cap the dike in one of the rounds or in both, with the cap in
    /// tenths, by code.
    pub caps: Vec<Turned<i64>>,
    /// Controls and circumstances that the catalogue counts otherwise than before, by code:
    /// another weight, key or no longer key, new or gone.
    pub reweighed: Vec<String>,
}

impl ProcessChange {
    /// Whether nothing at all is otherwise; what still stands as it stood is no change.
    pub fn is_none(&self) -> bool {
        let same = self.attractiveness.before == self.attractiveness.now
            && self.freeboard.before == self.freeboard.now
            && self.classes.before == self.classes.now;
        same && self.subjects.is_empty()
            && self.reweighed.is_empty()
            && self.partings.iter().all(|turned| turned.before == turned.now)
            && self.caps.iter().all(|turned| turned.before == turned.now)
    }
}

/// What two intervals allow to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trend {
    /// Wherever both figures lie in their intervals, this one is higher.
    SurelyBetter,
    /// Both are known, and equal.
    Same,
    /// Wherever both figures lie in their intervals, this one is lower.
    SurelyWorse,
    /// The intervals touch or overlap.
    CannotSay,
}

/// Something that holds of a code in one round, in the other, or in both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turned<T> {
    /// The code of the control or circumstance.
    pub code: String,
    /// In the round before; `None` where it did not hold.
    pub before: Option<T>,
    /// In this round; `None` where it does not hold.
    pub now: Option<T>,
}

/// A control or circumstance whose level is not what it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubjectChange {
    /// Its code.
    pub code: String,
    /// Control or circumstance.
    pub side: Side,
    /// The lowest and highest level; `None` where it did not apply.
    pub levels: Both<Option<(u8, u8)>>,
    /// How it moved.
    pub moved: Moved,
}

/// How a level moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Moved {
    /// It is surely higher.
    Rose,
    /// It is surely lower.
    Fell,
    /// It was not known, and now it is.
    BecameKnown,
    /// It was known, and now it is not.
    BecameUnknown,
    /// It was not known and is not now, but other levels are possible.
    OtherRange,
    /// It did not apply, and now it does.
    NowApplies,
    /// It applied, and now it does not.
    NoLongerApplies,
}

impl SubjectChange {
    /// Whether it is for the better: a control that rose, a circumstance that fell. `None`
    /// where that cannot be said.
    pub const fn is_better(&self) -> Option<bool> {
        match (self.moved, self.side) {
            (Moved::Rose, Side::Control) | (Moved::Fell, Side::Circumstance) => {
                Some(true)
            }
            (Moved::Fell, Side::Control) | (Moved::Rose, Side::Circumstance) => {
                Some(false)
            }
            (
                Moved::BecameKnown
                | Moved::BecameUnknown
                | Moved::OtherRange
                | Moved::NowApplies
                | Moved::NoLongerApplies,
                _,
            ) => None,
        }
    }
}

/// Lays the weighings of two rounds side by side. Processes stand in their own order, each
/// once; of a process that a list holds twice the last counts.
pub fn changes(before: &[Weighing], now: &[Weighing]) -> Changes {
    let by_process = |all: &'_ [Weighing]| -> BTreeMap<Process, Weighing> {
        all.iter().map(|one| (one.process, one.clone())).collect()
    };
    let (before, now) = (by_process(before), by_process(now));
    let missing = |from: &BTreeMap<Process, Weighing>, all: &BTreeMap<Process, _>| {
        from.keys().filter(|process| !all.contains_key(process)).copied().collect()
    };
    let both = now.iter().filter_map(|(process, now)| {
        before.get(process).map(|before| of_process(before, now))
    });
    Changes {
        new: missing(&now, &before),
        gone: missing(&before, &now),
        both: both.collect(),
    }
}

/// What two freeboards allow to say.
pub fn trend(before: Ends, now: Ends) -> Trend {
    if now.low > before.high {
        Trend::SurelyBetter
    } else if now.high < before.low {
        Trend::SurelyWorse
    } else if now == before && now.low == now.high {
        Trend::Same
    } else {
        Trend::CannotSay
    }
}

fn of_process(before: &Weighing, now: &Weighing) -> ProcessChange {
    let ends = |weighing: &Weighing| weighing.freeboard.as_ref().map(|f| f.freeboard);
    let classes = |weighing: &Weighing| weighing.freeboard.as_ref()?.classes;
    let freeboard = Both { before: ends(before), now: ends(now) };
    let levels = |subject: Option<&Subject>| {
        subject.and_then(|subject| subject.judged).map(|judged| (judged.low, judged.high))
    };
    let order = order(before, now);
    let subjects = order.iter().filter_map(|(side, code)| {
        let (old, new) = (before.subject(code), now.subject(code));
        let moved = moved(old.and_then(|s| s.judged), new.and_then(|s| s.judged))?;
        let levels = Both { before: levels(old), now: levels(new) };
        Some(SubjectChange { code: (*code).to_owned(), side: *side, levels, moved })
    });
    let codes: Vec<&str> = order.iter().map(|(_, code)| *code).collect();
    let parting = |weighing: &Weighing, code: &str| {
        weighing.subject(code)?.parting.filter(|parting| *parting != Parting::Agree)
    };
    let caps = |weighing: &Weighing, code: &str| {
        let caps = &weighing.freeboard.as_ref()?.caps;
        caps.iter().find(|(capping, _)| capping == code).map(|(_, cap)| *cap)
    };
    let counts = |weighing: &Weighing, code: &str| {
        weighing.subject(code).map(|subject| (subject.weight, subject.key))
    };
    let reweighed = codes.iter().filter(|code| counts(before, code) != counts(now, code));
    ProcessChange {
        process: now.process,
        attractiveness: Both {
            before: before.inputs.attractiveness,
            now: now.inputs.attractiveness,
        },
        trend: freeboard.before.zip(freeboard.now).map(|(old, new)| trend(old, new)),
        freeboard,
        classes: Both { before: classes(before), now: classes(now) },
        subjects: subjects.collect(),
        partings: turned(&codes, |code| (parting(before, code), parting(now, code))),
        caps: turned(&codes, |code| (caps(before, code), caps(now, code))),
        reweighed: reweighed.map(|code| (*code).to_owned()).collect(),
    }
}

/// Every control and circumstance of either round once: circumstances first, by code.
fn order<'w>(before: &'w Weighing, now: &'w Weighing) -> Vec<(Side, &'w str)> {
    let all = before.subjects.iter().chain(&now.subjects);
    let rank = |side: Side| u8::from(side == Side::Control);
    let each: BTreeSet<(u8, &str)> =
        all.map(|subject| (rank(subject.side), subject.code.as_str())).collect();
    let side = |rank: u8| if rank == 0 { Side::Circumstance } else { Side::Control };
    each.into_iter().map(|(rank, code)| (side(rank), code)).collect()
}

/// What holds of each code in at least one round.
fn turned<T>(
    codes: &[&str],
    of: impl Fn(&str) -> (Option<T>, Option<T>),
) -> Vec<Turned<T>> {
    let each = codes.iter().filter_map(|code| match of(code) {
        (None, None) => None,
        (before, now) => Some(Turned { code: (*code).to_owned(), before, now }),
    });
    each.collect()
}

fn moved(before: Option<Judged>, now: Option<Judged>) -> Option<Moved> {
    let (before, now) = match (before, now) {
        (None, None) => return None,
        (None, Some(_)) => return Some(Moved::NowApplies),
        (Some(_), None) => return Some(Moved::NoLongerApplies),
        (Some(before), Some(now)) => (before, now),
    };
    match (before.is_known(), now.is_known()) {
        _ if (before.low, before.high) == (now.low, now.high) => None,
        (true, false) => Some(Moved::BecameUnknown),
        (false, true) => Some(Moved::BecameKnown),
        _ if now.low > before.high => Some(Moved::Rose),
        _ if now.high < before.low => Some(Moved::Fell),
        _ => Some(Moved::OtherRange),
    }
}
