//! Small rounds for the examples of the checks.

use super::*;

/// A round on 1 October 2026, looked at on 25 November, about permits.
pub(super) fn round(questions: Vec<Question>) -> Round {
    let mut ids: Vec<String> = questions
        .iter()
        .flat_map(|question| question.replies.iter().map(|reply| reply.by.clone()))
        .collect();
    ids.sort();
    ids.dedup();
    let respondents = ids.into_iter().map(|id| Respondent {
        group: if id.starts_with('m') { Group::Management } else { Group::Floor },
        function: Some("permit-officer".to_owned()),
        id,
    });
    Round {
        as_of: Date::constant(2026, 11, 25),
        held_on: Some(Date::constant(2026, 10, 1)),
        size: Some(Size::Middle),
        least_group: 3,
        four_eyes: Some("B02".to_owned()),
        processes: vec![ProcessRound {
            process: Process::Permits,
            functions: vec!["permit-officer".to_owned()],
            respondents: respondents.collect(),
            questions,
        }],
    }
}

/// A question that was answered by `f1`, `f2`, and so on: the work floor.
fn question(code: &str, side: Side, answers: &[Answer]) -> Question {
    let replies =
        (1..).zip(answers).map(|(at, answer)| reply(&format!("f{at}"), *answer));
    Question {
        code: code.to_owned(),
        side,
        key: false,
        replies: replies.collect(),
        agreed: None,
        shown: None,
        earlier: None,
        indicator: None,
        measures: Vec::new(),
    }
}

pub(super) fn reply(by: &str, answer: Answer) -> Reply {
    Reply {
        by: by.to_owned(),
        answer,
        explanation: String::new(),
        evidence: None,
        at: None,
    }
}

pub(super) fn control(code: &str, answers: &[Answer]) -> Question {
    question(code, Side::Control, answers)
}

pub(super) fn key_control(code: &str, answers: &[Answer]) -> Question {
    Question { key: true, ..control(code, answers) }
}

pub(super) fn circumstance(code: &str, answers: &[Answer]) -> Question {
    question(code, Side::Circumstance, answers)
}

/// The same question with evidence at the first answer.
pub(super) fn shown_by(mut question: Question, valid_until: Option<Date>) -> Question {
    let link = "https://intranet.example/verslag".to_owned();
    question.replies[0].evidence = Some(Evidence { link, valid_until });
    question
}
