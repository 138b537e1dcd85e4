//! Did it work (method.md, section 6): what a measure should have brought beside what was said
//! and what the data show, before and after the day on which it was done.
//!
//! A measure that is marked done raises nothing by belief. Only a round held since then and
//! data read since then can say that a control stands higher. Where data spoke of the control
//! before, words alone are not enough either: they wait for new data.

use crate::weighing::{Subject, Weighing};
use assessment::{Answer, Judged, Side, combine, judge};
use catalogue::Catalogue;
use model::{Date, Process};

/// A measure that was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// Its code in the catalogue.
    pub measure: String,
    /// The day on which it was done. A round of that day counts as held after it.
    pub on: Date,
    /// The process in which it was done; nothing where it was done for all of them.
    pub process: Option<Process>,
}

/// A process as it was weighed once, with the days of what went into it.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    /// The day of the round whose answers are in it; nothing where it holds none.
    pub round_on: Option<Date>,
    /// The data that are in it; nothing where it holds none.
    pub data: Option<Data>,
    /// The process, weighed.
    pub weighing: &'a Weighing,
}

/// The data that a weighing rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Data {
    /// The day of the first event; nothing where no event has a time.
    pub from: Option<Date>,
    /// The day on which they were judged.
    pub as_of: Date,
}

/// What a measure should do to a control or circumstance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// Lift the control to this maturity.
    LiftTo(u8),
    /// Lower the circumstance by so many steps.
    LowerBy(u8),
}

/// What was known of a control or circumstance on one side of the day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// The day of the round; nothing where there is none.
    pub round_on: Option<Date>,
    /// The combined answer of that round.
    pub said: Option<Answer>,
    /// The day on which the data were judged; nothing where there are none.
    pub data_on: Option<Date>,
    /// The range that they show; nothing where they make no statement.
    pub shown: Option<(u8, u8)>,
    /// What follows from both: the levels that may hold. Nothing where nothing is known or it
    /// does not apply.
    pub levels: Option<(u8, u8)>,
}

/// How it turned out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// It stands where it should.
    Works,
    /// It stands better than before, and not where it should.
    Partly,
    /// It stands no better than before, or not yet.
    NotSeen,
    /// Nobody can say.
    NotAssessable(Because),
}

/// Why nobody can say; first what a new round or new data can change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Because {
    /// No round was held and no data were read since.
    NothingSince,
    /// Data spoke of it before, and none do since.
    NoDataSince,
    /// There was a round or there are data since, and neither says where it stands.
    NotKnownSince,
    /// It is not known where it stood before.
    NotKnownBefore,
    /// It stood there already.
    AlreadyThere,
    /// It does not apply in this process.
    DoesNotApply,
    /// What the measure changes does not belong to the process.
    NotInProcess,
    /// The catalogue has no such measure.
    UnknownMeasure,
}

/// What became of one control or circumstance in one process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effect {
    /// The process.
    pub process: Process,
    /// Which of the two it is.
    pub side: Side,
    /// Its code.
    pub code: String,
    /// What the measure should do.
    pub change: Change,
    /// Where it should stand now: a control at least here, a circumstance at most. Nothing
    /// where that depends on where it stood and nobody knows.
    pub expected: Option<u8>,
    /// The last that was known before the day.
    pub before: Known,
    /// The last that is known since.
    pub since: Known,
    /// Whether the data since also hold cases of before: what they show then lags behind.
    pub older_cases: bool,
    /// How it turned out.
    pub verdict: Verdict,
}

/// What became of a measure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// What was done.
    pub done: Done,
    /// By process, circumstances before controls, by code.
    pub effects: Vec<Effect>,
    /// All together: it works where everything that can be judged works; partly where
    /// something does.
    pub verdict: Verdict,
}

/// What became of measures, in the order given.
///
/// Of each process the last weighing before the
/// day counts and the last since; what was said and what the data show may stand in different
/// ones. The order of `seen` does not matter.
pub fn outcomes(catalogue: &Catalogue, done: &[Done], seen: &[Seen<'_>]) -> Vec<Outcome> {
    done.iter().map(|done| outcome(catalogue, done, seen)).collect()
}

fn outcome(catalogue: &Catalogue, done: &Done, seen: &[Seen<'_>]) -> Outcome {
    let mut effects = Vec::new();
    let measure = catalogue.measures.get(&done.measure);
    let processes = measure.into_iter().flat_map(|measure| &measure.processes);
    let of_this = |process: &&Process| done.process.is_none_or(|only| only == **process);
    for process in processes.filter(of_this) {
        for (side, code, change) in changes(catalogue, &done.measure, *process) {
            effects.push(effect(done.on, *process, (side, code, change), seen));
        }
    }
    effects.sort_by(|a, b| {
        let key = |it: &Effect| (it.process, it.side == Side::Control);
        key(a).cmp(&key(b)).then_with(|| a.code.cmp(&b.code))
    });
    let none =
        if measure.is_some() { Because::NotInProcess } else { Because::UnknownMeasure };
    let verdict = together(effects.iter().map(|effect| effect.verdict), none);
    Outcome { done: done.clone(), effects, verdict }
}

/// What a measure changes in a process.
fn changes<'c>(
    catalogue: &'c Catalogue,
    measure: &str,
    process: Process,
) -> Vec<(Side, &'c str, Change)> {
    let Some(measure) = catalogue.measures.get(measure) else { return Vec::new() };
    let raises = measure.raises.iter().filter_map(|raise| {
        let control = catalogue.controls.get(&raise.control)?;
        let here = control.processes.contains(&process);
        here.then_some((Side::Control, control.code.as_str(), Change::LiftTo(raise.to)))
    });
    let lowers = measure.lowers.iter().filter_map(|lower| {
        let item = catalogue.circumstances.get(&lower.circumstance)?;
        let here = item.processes.contains(&process);
        here.then_some((
            Side::Circumstance,
            item.code.as_str(),
            Change::LowerBy(lower.by),
        ))
    });
    raises.chain(lowers).collect()
}

fn together(verdicts: impl Iterator<Item = Verdict>, none: Because) -> Verdict {
    let mut judged = Vec::new();
    let mut because = Vec::new();
    for verdict in verdicts {
        match verdict {
            Verdict::NotAssessable(why) => because.push(why),
            Verdict::Works | Verdict::Partly | Verdict::NotSeen => judged.push(verdict),
        }
    }
    if judged.is_empty() {
        return Verdict::NotAssessable(because.into_iter().min().unwrap_or(none));
    }
    let all = |wanted: Verdict| judged.iter().all(|verdict| *verdict == wanted);
    match (all(Verdict::Works), all(Verdict::NotSeen)) {
        (true, _) => Verdict::Works,
        (_, true) => Verdict::NotSeen,
        (false, false) => Verdict::Partly,
    }
}

fn effect(
    on: Date,
    process: Process,
    (side, code, change): (Side, &str, Change),
    seen: &[Seen<'_>],
) -> Effect {
    let of_process = || seen.iter().filter(|it| it.weighing.process == process);
    let said = |since: bool| {
        let days = of_process().filter_map(|it| Some((it.round_on?, it)));
        let days = days.filter(|(day, _)| (*day >= on) == since);
        days.max_by_key(|(day, _)| *day)
    };
    let data = |since: bool| {
        let days = of_process().filter_map(|it| Some((it.data?, it)));
        let days = days.filter(|(data, _)| (data.as_of >= on) == since);
        days.max_by_key(|(data, _)| data.as_of)
    };
    let (before, applied) = known(side, code, said(false), data(false));
    let (since, applies) = known(side, code, said(true), data(true));
    let (expected, verdict) = if !applied || !applies {
        (None, Verdict::NotAssessable(Because::DoesNotApply))
    } else {
        verdict(change, &before, &since)
    };
    let older =
        data(true).is_some_and(|(data, _)| data.from.is_none_or(|from| from < on));
    Effect {
        process,
        side,
        code: code.to_owned(),
        change,
        expected,
        before,
        since,
        older_cases: since.shown.is_some() && older,
        verdict,
    }
}

/// What is known of a subject from a round and from data, and whether it applies.
fn known(
    side: Side,
    code: &str,
    said: Option<(Date, &Seen<'_>)>,
    data: Option<(Data, &Seen<'_>)>,
) -> (Known, bool) {
    let of =
        |seen: &Seen<'_>| -> Option<Subject> { seen.weighing.subject(code).cloned() };
    let answer = said.and_then(|(_, seen)| of(seen)).map(|subject| subject.said);
    let shown = data.and_then(|(_, seen)| of(seen)).and_then(|subject| subject.shown);
    let combined = answer.unwrap_or_else(|| combine(side, &[], None, 0));
    let judged = judge(side, &combined, shown);
    let all = |judged: &Judged| judged.low == 0 && judged.high == side.most();
    let known = Known {
        round_on: said.map(|(day, _)| day),
        said: answer.map(|said| said.answer),
        data_on: data.map(|(data, _)| data.as_of),
        shown,
        levels: judged.filter(|it| !all(it)).map(|it| (it.low, it.high)),
    };
    (known, judged.is_some())
}

/// Where a subject should stand now, and how it turned out.
fn verdict(change: Change, before: &Known, since: &Known) -> (Option<u8>, Verdict) {
    let cannot = |because: Because| Verdict::NotAssessable(because);
    let expected = match (change, before.levels) {
        (Change::LiftTo(to), _) => Some(to),
        (Change::LowerBy(by), Some((low, high))) if low == high => {
            Some(low.saturating_sub(by))
        }
        (Change::LowerBy(_), _) => None,
    };
    if since.round_on.is_none() && since.data_on.is_none() {
        return (expected, cannot(Because::NothingSince));
    }
    if before.shown.is_some() && since.shown.is_none() {
        return (expected, cannot(Because::NoDataSince));
    }
    let Some((low, high)) = since.levels else {
        return (expected, cannot(Because::NotKnownSince));
    };
    let (Some((was_low, was_high)), Some(wanted)) = (before.levels, expected) else {
        return (expected, cannot(Because::NotKnownBefore));
    };
    let verdict = match change {
        Change::LiftTo(to) if was_low >= to => cannot(Because::AlreadyThere),
        Change::LiftTo(to) if was_high >= to => cannot(Because::NotKnownBefore),
        Change::LiftTo(to) if low >= to => Verdict::Works,
        Change::LiftTo(_) if low > was_high => Verdict::Partly,
        Change::LowerBy(_) if was_high == 0 => cannot(Because::AlreadyThere),
        Change::LowerBy(_) if high <= wanted => Verdict::Works,
        Change::LowerBy(_) if high < was_low => Verdict::Partly,
        Change::LiftTo(_) | Change::LowerBy(_) => Verdict::NotSeen,
    };
    (expected, verdict)
}
