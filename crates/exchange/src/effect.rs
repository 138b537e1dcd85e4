//! What became of measures that were done: expected beside said and shown.

use ::picture::effect::{Because, Change, Effect, Known, Outcome, Verdict};
use assessment::{Answer, Side};
use serde::Serialize;

/// The name and version of the form.
pub const FORM: &str = "dijkwacht/effect/1";

/// What became of all of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OutcomesForm {
    /// [`FORM`].
    pub form: String,
    /// In the order in which they were given.
    pub measures: Vec<OutcomeForm>,
}

/// What became of one measure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OutcomeForm {
    /// Its code.
    pub measure: String,
    /// The day on which it was done.
    pub done_on: String,
    /// The process; null where it was done for all of them.
    pub process: Option<String>,
    /// `works`, `partly`, `not seen` or `not assessable`.
    pub verdict: &'static str,
    /// Why not assessable, or null.
    pub because: Option<&'static str>,
    /// Control by control and circumstance by circumstance.
    pub effects: Vec<EffectForm>,
}

/// One control or circumstance in one process.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EffectForm {
    /// The process.
    pub process: String,
    /// `control` or `circumstance`.
    pub kind: &'static str,
    /// Its code.
    pub code: String,
    /// The level to which the control should be lifted, or null.
    pub lift_to: Option<u8>,
    /// By how many steps the circumstance should fall, or null.
    pub lower_by: Option<u8>,
    /// Where it should stand, or null where nobody knows from where.
    pub expected: Option<u8>,
    /// The last that was known before.
    pub before: KnownForm,
    /// The last that is known since.
    pub since: KnownForm,
    /// Whether the data since also hold cases of before.
    pub older_cases: bool,
    /// As above.
    pub verdict: &'static str,
    /// As above.
    pub because: Option<&'static str>,
}

/// What was known on one side of the day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KnownForm {
    /// The day of the round, or null.
    pub round_on: Option<String>,
    /// What was said there, or null without a round.
    pub said: Option<SaidForm>,
    /// The day on which the data were judged, or null.
    pub data_on: Option<String>,
    /// The lowest level that agrees with the data, or null.
    pub low: Option<u8>,
    /// The highest, or null.
    pub high: Option<u8>,
}

/// An answer: a level, or a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum SaidForm {
    /// A level.
    Level(u8),
    /// `not applicable`, `don't know` or `not answered`.
    Word(&'static str),
}

impl OutcomesForm {
    /// The form of what became of measures.
    pub fn of(outcomes: &[Outcome]) -> Self {
        let measures = outcomes.iter().map(outcome).collect();
        Self { form: FORM.to_owned(), measures }
    }
}

fn outcome(outcome: &Outcome) -> OutcomeForm {
    let (verdict, because) = words(outcome.verdict);
    OutcomeForm {
        measure: outcome.done.measure.clone(),
        done_on: outcome.done.on.to_string(),
        process: outcome.done.process.map(|process| process.code().to_owned()),
        verdict,
        because,
        effects: outcome.effects.iter().map(effect).collect(),
    }
}

fn effect(effect: &Effect) -> EffectForm {
    let (verdict, because) = words(effect.verdict);
    let (lift_to, lower_by) = match effect.change {
        Change::LiftTo(to) => (Some(to), None),
        Change::LowerBy(by) => (None, Some(by)),
    };
    EffectForm {
        process: effect.process.code().to_owned(),
        kind: match effect.side {
            Side::Control => "control",
            Side::Circumstance => "circumstance",
        },
        code: effect.code.clone(),
        lift_to,
        lower_by,
        expected: effect.expected,
        before: known(&effect.before),
        since: known(&effect.since),
        older_cases: effect.older_cases,
        verdict,
        because,
    }
}

fn known(known: &Known) -> KnownForm {
    KnownForm {
        round_on: known.round_on.map(|day| day.to_string()),
        said: known.said.map(|answer| match answer {
            Answer::Level(level) => SaidForm::Level(level),
            Answer::NotApplicable => SaidForm::Word("not applicable"),
            Answer::DontKnow => SaidForm::Word("don't know"),
            Answer::NotAnswered => SaidForm::Word("not answered"),
        }),
        data_on: known.data_on.map(|day| day.to_string()),
        low: known.shown.map(|(low, _)| low),
        high: known.shown.map(|(_, high)| high),
    }
}

const fn words(verdict: Verdict) -> (&'static str, Option<&'static str>) {
    match verdict {
        Verdict::Works => ("works", None),
        Verdict::Partly => ("partly", None),
        Verdict::NotSeen => ("not seen", None),
        Verdict::NotAssessable(because) => {
            let because = match because {
                Because::NothingSince => "nothing since",
                Because::NoDataSince => "no data since",
                Because::NotKnownSince => "not known since",
                Because::NotKnownBefore => "not known before",
                Because::AlreadyThere => "already there",
                Because::DoesNotApply => "does not apply",
                Because::NotInProcess => "not in process",
                Because::UnknownMeasure => "unknown measure",
            };
            ("not assessable", Some(because))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ::picture::effect::Done;
    use jiff::civil::date;
    use model::Process;

    #[test]
    fn the_form_is_as_the_page_on_json_has_it() {
        let on = date(2026, 9, 1);
        let done =
            Done { measure: "M001".to_owned(), on, process: Some(Process::Permits) };
        let before = Known {
            round_on: Some(date(2026, 4, 1)),
            said: Some(Answer::Level(1)),
            data_on: Some(date(2026, 5, 1)),
            shown: Some((0, 1)),
            levels: Some((1, 1)),
        };
        let since = Known {
            round_on: Some(date(2026, 11, 1)),
            said: Some(Answer::DontKnow),
            ..Known::default()
        };
        let verdict = Verdict::NotAssessable(Because::NoDataSince);
        let effect = Effect {
            process: Process::Permits,
            side: Side::Control,
            code: "B02".to_owned(),
            change: Change::LiftTo(2),
            expected: Some(2),
            before,
            since,
            older_cases: false,
            verdict,
        };
        let outcomes = [Outcome { done, effects: vec![effect], verdict }];
        let form = serde_json::to_value(OutcomesForm::of(&outcomes)).expect("written");
        assert_eq!(
            form,
            serde_json::json!({
                "form": "dijkwacht/effect/1",
                "measures": [{
                    "measure": "M001", "done_on": "2026-09-01", "process": "permits",
                    "verdict": "not assessable", "because": "no data since",
                    "effects": [{
                        "process": "permits", "kind": "control", "code": "B02",
                        "lift_to": 2, "lower_by": null, "expected": 2,
                        "before": {
                            "round_on": "2026-04-01", "said": 1,
                            "data_on": "2026-05-01", "low": 0, "high": 1,
                        },
                        "since": {
                            "round_on": "2026-11-01", "said": "don't know",
                            "data_on": null, "low": null, "high": null,
                        },
                        "older_cases": false,
                        "verdict": "not assessable", "because": "no data since",
                    }],
                }],
            })
        );
    }
}
