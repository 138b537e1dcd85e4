//! From the form back to weighings, or everything that is wrong with it.
//!
//! What was kept is believed as it stands: figures are not computed again, for the method may
//! have changed since. What the form promises is checked: levels lie within their bounds,
//! parts add up, and the freeboard is what lies between dike and water.

use super::{
    ANSWERS, ATTRACTIVENESS, AnswerKind, CLASSES, FORM, PARTINGS, SIDES, SILENCES,
};
use crate::fields::{Fields, parse};
use assessment::{Answer, Combined, Judged, Parting, Side};
use model::Process;
use picture::freeboard::{Attractiveness, Ends, Freeboard, Inputs, Weighed};
use picture::sensitivity::Sensitivity;
use picture::weighing::{Subject, Weighing};
use picture::weighings::{Head, RoundHead, WeighedProcess, Weighings};
use serde_json::Value;
use std::collections::BTreeSet;

const COUNT: std::ops::RangeInclusive<i64> = 0..=4_294_967_295;
const HEIGHT: std::ops::RangeInclusive<i64> = 0..=1000;
const FREEBOARD: std::ops::RangeInclusive<i64> = -1000..=1000;

/// Reads a document.
///
/// # Errors
/// Everything that is wrong with it, one sentence each, with the field.
pub fn read(text: &str) -> Result<Weighings, Vec<String>> {
    value(&parse(text)?)
}

pub(super) fn value(value: &Value) -> Result<Weighings, Vec<String>> {
    let mut faults = Vec::new();
    let found = document(&mut Fields::of("", value, &mut faults));
    match found {
        Some(weighings) if faults.is_empty() => Ok(weighings),
        _ => Err(faults),
    }
}

fn document(fields: &mut Fields<'_, '_>) -> Option<Weighings> {
    // what has another form is not judged by the rules of this one
    fields.named("form", &format!("`{FORM}`"), |form| (form == FORM).then_some(()))?;
    let organisation = fields.text("organisation");
    let as_of = fields.date("as_of");
    let round = fields.inside_opt("round", |round| RoundHead {
        id: round.text("id"),
        title: round.text("title"),
        held_on: round.date_opt("held_on"),
    });
    let method = fields.number("method", COUNT);
    let catalogue = fields.text("catalogue");
    let mut seen = BTreeSet::new();
    let mut processes = fields.each("processes", process);
    processes.retain(|one| {
        seen.insert(one.weighing.process) || {
            let code = one.weighing.process.code();
            fields.fault("processes", &format!("`{code}` stands in it twice"));
            false
        }
    });
    processes.sort_by_key(|one| one.weighing.process);
    let sensitivity = fields.inside("sensitivity", sensitivity)?;
    let head = Head { organisation, as_of: as_of?, round, method, catalogue };
    Some(Weighings { head, processes, sensitivity })
}

fn sensitivity(fields: &mut Fields<'_, '_>) -> Sensitivity {
    let mut first = Vec::new();
    for (place, value) in fields.list("first") {
        match value.as_str().map(|code| (code, code.parse::<Process>())) {
            Some((code, Ok(_))) => first.push(code.to_owned()),
            _ => fields.faults().push(format!("{place}: {value} is no process")),
        }
    }
    let (tried, same) = (fields.number("tried", COUNT), fields.number("same", COUNT));
    if same > tried {
        fields.fault("same", &format!("{same} is more than the {tried} that were tried"));
    }
    Sensitivity { first, tried, same }
}

fn process(fields: &mut Fields<'_, '_>) -> Option<WeighedProcess> {
    let process = fields.process("process");
    let attractiveness = fields.inside("attractiveness", |fields| {
        let level = fields.word("level", &ATTRACTIVENESS);
        let proposed = fields.word("proposed", &ATTRACTIVENESS);
        (level.zip(proposed), fields.text_opt("reason"))
    });
    let mut subjects = fields.each("subjects", subject);
    let mut seen = BTreeSet::new();
    for subject in &subjects {
        if !seen.insert(subject.code.as_str()) {
            let code = &subject.code;
            fields.fault("subjects", &format!("`{code}` stands in it twice"));
        }
    }
    let figures = fields.inside_opt("figures", |fields| figures(fields, &seen));
    let reasons = parts(fields, "reasons", &seen);
    // circumstances and then controls, each by code
    subjects.sort_by(|a, b| (b.side, &a.code).cmp(&(a.side, &b.code)));
    let (levels, reason) = attractiveness?;
    let (level, proposed) = levels?;
    let weighing = Weighing {
        process: process?,
        inputs: inputs(level, &subjects),
        subjects,
        freeboard: figures,
        reasons,
    };
    Some(WeighedProcess { weighing, proposed, reason })
}

fn inputs(attractiveness: Attractiveness, subjects: &[Subject]) -> Inputs {
    let of = |side: Side| {
        let counting = subjects.iter().filter(|subject| subject.side == side);
        let weighed = counting.filter_map(|subject| {
            subject.judged.map(|judged| Weighed {
                code: subject.code.clone(),
                weight: subject.weight,
                key: subject.key,
                low: judged.low,
                high: judged.high,
            })
        });
        weighed.collect()
    };
    Inputs {
        attractiveness,
        circumstances: of(Side::Circumstance),
        controls: of(Side::Control),
    }
}

fn subject(fields: &mut Fields<'_, '_>) -> Option<Subject> {
    let code = fields.text("code");
    let side = fields.word("kind", &SIDES);
    // without the side the bounds of a level are not known; the widest are taken
    let most = side.map_or(3, Side::most);
    let weight = fields.number("weight", COUNT);
    let key = fields.flag("key");
    let said = fields.inside("said", |fields| said(fields, most));
    let shown = range_opt(fields, "shown", most);
    let silence = fields.word_opt("silence", &SILENCES);
    if shown.is_some() && silence.is_some() {
        fields.fault("silence", "the data show something and are silent; keep one");
    }
    let counts = range_opt(fields, "counts", most);
    let parting = fields.word_opt("parting", &PARTINGS);
    let denied = parting == Some(Parting::SaidNotApplicable);
    if parting.is_some() && !denied && counts.is_none() {
        fields.fault("parting", "what does not count cannot agree or part");
    }
    let of_level = parting.filter(|_| !denied);
    let judged = counts.map(|(low, high)| Judged { low, high, parting: of_level });
    let (side, said) = side.zip(said)?;
    Some(Subject { code, side, weight, key, said, shown, silence, judged, parting })
}

fn said(fields: &mut Fields<'_, '_>, most: u8) -> Combined {
    let level: Option<u8> = fields.number_opt("level", 0..=i64::from(most));
    let given = fields.value("level").is_some();
    let answer = match fields.word("answer", &ANSWERS) {
        Some(AnswerKind::Level) if !given => {
            fields.fault("level", "the field is missing; the answer is a level");
            Answer::NotAnswered
        }
        Some(AnswerKind::Level) => level.map_or(Answer::NotAnswered, Answer::Level),
        Some(_) if given => {
            fields.fault("level", "there is a level, but the answer is none");
            Answer::NotAnswered
        }
        Some(AnswerKind::NotApplicable) => Answer::NotApplicable,
        Some(AnswerKind::NotKnown) => Answer::DontKnow,
        Some(AnswerKind::NotAnswered) | None => Answer::NotAnswered,
    };
    Combined {
        answer,
        agreed: fields.flag("agreed"),
        levels: fields.number("levels", COUNT),
        not_applicable: fields.number("not_applicable", COUNT),
        dont_know: fields.number("not_known", COUNT),
        not_answered: fields.number("not_answered", COUNT),
        spread: range_opt(fields, "spread", most),
        groups: fields.inside_opt("groups", |fields| {
            let mut level = |key| fields.number(key, 0..=i64::from(most));
            (level("management"), level("floor"))
        }),
    }
}

fn range_opt(
    fields: &mut Fields<'_, '_>,
    key: &'static str,
    most: u8,
) -> Option<(u8, u8)> {
    fields.inside_opt(key, |fields| {
        let bounds = || 0..=i64::from(most);
        let (low, high) =
            (fields.number::<u8>("low", bounds()), fields.number::<u8>("high", bounds()));
        if low > high {
            fields.fault("low", &format!("{low} is more than `high`, {high}"));
        }
        (low, high)
    })
}

fn figures(fields: &mut Fields<'_, '_>, subjects: &BTreeSet<&str>) -> Freeboard {
    let water = ends(fields, "water", &HEIGHT);
    let dike = ends(fields, "dike", &HEIGHT);
    let freeboard = ends(fields, "freeboard", &FREEBOARD);
    let between = Ends { low: dike.low - water.high, high: dike.high - water.low };
    if between != freeboard {
        let Ends { low, high } = between;
        fields.fault(
            "freeboard",
            &format!("dike minus water is {low} to {high}, not what stands here"),
        );
    }
    let classes = fields.value("classes").is_some().then(|| classes(fields)).flatten();
    let unknown = (fields.share("unknown") * 1000.0).round();
    let caps = parts(fields, "caps", subjects);
    for (key, water, dike) in
        [("worst", water.high, dike.low), ("best", water.low, dike.high)]
    {
        fields.inside(key, |fields| check_parts(fields, water, dike, subjects));
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a whole number from 0 to 1000"
    )]
    let unknown = unknown as u64;
    Freeboard { water, dike, freeboard, classes, unknown, caps }
}

fn classes(
    fields: &mut Fields<'_, '_>,
) -> Option<(picture::freeboard::Class, picture::freeboard::Class)> {
    let members = fields.list("classes");
    let mut found = Vec::new();
    for (place, value) in &members {
        let class = CLASSES.iter().find(|(word, _)| value.as_str() == Some(*word));
        match class {
            Some((_, class)) => found.push(*class),
            None => fields.faults().push(format!("{place}: {value} is no class")),
        }
    }
    if members.len() != 2 {
        fields.fault("classes", "expected the class of the low and of the high end");
    }
    match found.as_slice() {
        [low, high] => Some((*low, *high)),
        _ => None,
    }
}

fn ends(
    fields: &mut Fields<'_, '_>,
    key: &'static str,
    bounds: &std::ops::RangeInclusive<i64>,
) -> Ends {
    let found = fields.inside(key, |fields| {
        let (low, high) =
            (fields.number("low", bounds.clone()), fields.number("high", bounds.clone()));
        if low > high {
            fields.fault("low", &format!("{low} is more than `high`, {high}"));
        }
        Ends { low, high }
    });
    found.unwrap_or(Ends { low: 0, high: 0 })
}

/// Parts add up to the water, and to the dike as far as no cap holds it down.
fn check_parts(
    fields: &mut Fields<'_, '_>,
    water: i64,
    dike: i64,
    subjects: &BTreeSet<&str>,
) {
    let sum =
        |parts: Vec<(String, i64)>| parts.iter().map(|(_, tenths)| tenths).sum::<i64>();
    let found = sum(parts(fields, "water", subjects));
    if found != water {
        fields.fault(
            "water",
            &format!("the parts add up to {found}, the water is {water}"),
        );
    }
    let found = sum(parts(fields, "dike", subjects));
    let cap: Option<i64> = fields.number_opt("cap", HEIGHT);
    let found = cap.map_or(found, |cap| found.min(cap));
    if found != dike {
        fields.fault("dike", &format!("the parts add up to {found}, the dike is {dike}"));
    }
}

/// Parts with their codes; the attractiveness has none.
fn parts(
    fields: &mut Fields<'_, '_>,
    key: &'static str,
    subjects: &BTreeSet<&str>,
) -> Vec<(String, i64)> {
    fields.each(key, |fields| {
        let code = fields.text_opt("code").unwrap_or_default();
        if !code.is_empty() && !subjects.contains(code.as_str()) {
            fields.fault("code", &format!("`{code}` is none of the subjects"));
        }
        Some((code, fields.number("tenths", HEIGHT)))
    })
}
