//! What people said and what the data show of one process, weighed into a freeboard.
//!
//! Method.md, sections 2 to 4, with everything a reader needs to follow it: each control and
//! circumstance with what was said beside what was shown, and its part of the figures.

use crate::freeboard::{
    Attractiveness, Freeboard, Inputs, Limits, Weighed, freeboard, reasons,
};
use assessment::beside::denied;
use assessment::{
    Answer, Combined, Given, Judged, Parting, Shown, Side, Silence, combine, judge,
};
use catalogue::{Catalogue, EvidenceFor};
use model::Process;
use std::collections::BTreeMap;

/// What people said of one control or circumstance.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Replies {
    /// One entry a person who was asked, who did not answer included.
    pub given: Vec<Given>,
    /// What was agreed in the meeting.
    pub agreed: Option<Answer>,
}

/// What is weighed, beside the catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question<'a> {
    /// The process.
    pub process: Process,
    /// What it is worth to a criminal.
    pub attractiveness: Attractiveness,
    /// What people said, by code. What nobody was asked is absent: it then counts as not
    /// answered.
    pub replies: &'a BTreeMap<String, Replies>,
    /// What the data show; empty where no log was read.
    pub shown: &'a [Shown],
    /// The least number of answers before two groups are set apart.
    pub least_group: u32,
}

/// One control or circumstance of a process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// Its code.
    pub code: String,
    /// Which of the two it is.
    pub side: Side,
    /// Its weight.
    pub weight: u32,
    /// Whether its absence caps the dike.
    pub key: bool,
    /// What was said.
    pub said: Combined,
    /// The range that the data show.
    pub shown: Option<(u8, u8)>,
    /// Why the data make no statement; `None` where they make one or no rule speaks for it.
    pub silence: Option<Silence>,
    /// What counts; `None` where it does not apply.
    pub judged: Option<Judged>,
    /// How said and shown lie to each other; `None` where one of them is silent.
    pub parting: Option<Parting>,
}

/// A process, weighed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weighing {
    /// The process.
    pub process: Process,
    /// Circumstances and then controls, each by code.
    pub subjects: Vec<Subject>,
    /// What the figures are computed from.
    pub inputs: Inputs,
    /// The figures; `None` where no control applies.
    pub freeboard: Option<Freeboard>,
    /// What weighs most, most first: code and tenths of a point.
    pub reasons: Vec<(String, i64)>,
}

impl Weighing {
    /// The subjects in which what was said lies outside what was shown.
    pub fn partings(&self) -> impl Iterator<Item = &Subject> {
        self.subjects.iter().filter(|subject| {
            subject.parting.is_some_and(|parting| parting != Parting::Agree)
        })
    }

    /// A subject by its code.
    pub fn subject(&self, code: &str) -> Option<&Subject> {
        self.subjects.iter().find(|subject| subject.code == code)
    }
}

/// The attractiveness of a process as the catalogue has it.
pub fn attractiveness(catalogue: &Catalogue, process: Process) -> Attractiveness {
    catalogue
        .processes
        .get(&process)
        .and_then(|item| Attractiveness::named(&item.attractiveness))
        .unwrap_or(Attractiveness::Middle)
}

/// Weighs one process.
///
/// Every control and circumstance of the process in the catalogue counts, also one that was
/// not asked: it is then unknown, unless the data show it.
pub fn weigh(
    catalogue: &Catalogue,
    question: &Question<'_>,
    limits: &Limits,
) -> Weighing {
    let process = question.process;
    let circumstances =
        catalogue.circumstances.values().filter(|item| item.processes.contains(&process));
    let controls =
        catalogue.controls.values().filter(|item| item.processes.contains(&process));
    let subjects: Vec<Subject> = circumstances
        .map(|item| {
            let of = EvidenceFor::Circumstance(item.code.clone());
            subject(question, &of, u32::from(item.weight), false)
        })
        .chain(controls.map(|item| {
            let of = EvidenceFor::Control(item.code.clone());
            subject(question, &of, u32::from(item.weight), item.key)
        }))
        .collect();
    let weighed = |side: Side| {
        let of_side = subjects.iter().filter(move |subject| subject.side == side);
        of_side.filter_map(weighed).collect()
    };
    let inputs = Inputs {
        attractiveness: question.attractiveness,
        circumstances: weighed(Side::Circumstance),
        controls: weighed(Side::Control),
    };
    let freeboard = freeboard(&inputs, limits);
    let reasons = reasons(&inputs);
    Weighing { process, subjects, inputs, freeboard, reasons }
}

fn subject(question: &Question<'_>, of: &EvidenceFor, weight: u32, key: bool) -> Subject {
    let (side, code) = match of {
        EvidenceFor::Control(code) => (Side::Control, code),
        EvidenceFor::Circumstance(code) => (Side::Circumstance, code),
    };
    let none = Replies::default();
    let replies = question.replies.get(code).unwrap_or(&none);
    let said = combine(side, &replies.given, replies.agreed, question.least_group);
    let range = question.shown.iter().find(|shown| shown.of == *of).map(|s| s.range);
    let shown = range.and_then(Result::ok);
    let judged = judge(side, &said, shown);
    let parting =
        judged.and_then(|judged| judged.parting).or_else(|| denied(&said, shown));
    Subject {
        code: code.clone(),
        side,
        weight,
        key,
        said,
        shown,
        silence: range.and_then(Result::err),
        judged,
        parting,
    }
}

fn weighed(subject: &Subject) -> Option<Weighed> {
    subject.judged.map(|judged| Weighed {
        code: subject.code.clone(),
        weight: subject.weight,
        key: subject.key,
        low: judged.low,
        high: judged.high,
    })
}
