//! `dijkwacht answer`.

use super::{House, read_file, words};
use crate::args::people::{AnswerVerb, Who, said};
use crate::terminal::Terminal;
use crate::verbs::write_file;
use app::AppError;
use app::people::{
    Accepted, Answer, Evidence, Line, Sheet, answer, answer_by_link, import_answers,
    own_sheets, questionnaire, sheet, sheet_by_link,
};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::path::Path;

pub(crate) fn run(
    verb: &AnswerVerb,
    overlay: Option<&Path>,
    terminal: &Terminal,
) -> Result<(), AppError> {
    match verb {
        AnswerVerb::List { who } => list(who, overlay, terminal),
        AnswerVerb::Show { assignment, open, who } => {
            let mut house = House::open(who, overlay)?;
            let (mut desk, organisation) = house.at(who)?;
            let sheet = sheet(&mut desk, &organisation, *assignment, terminal.lang)?;
            show(&sheet, *open, terminal)
        }
        AnswerVerb::Give {
            what,
            explanation,
            evidence,
            evidence_of,
            valid_to,
            link,
            code,
            who,
        } => {
            let evidence = evidence
                .clone()
                .zip(*evidence_of)
                .map(|(link, date)| Evidence { link, date, valid_to: *valid_to });
            let given = Given {
                what,
                link: link.as_deref(),
                code: code.as_deref(),
                explanation: explanation.clone(),
                evidence,
            };
            give(given, who, overlay, terminal)
        }
        AnswerVerb::Export { assignment, out, who } => {
            let mut house = House::open(who, overlay)?;
            let (mut desk, organisation) = house.at(who)?;
            let sheet = sheet(&mut desk, &organisation, *assignment, terminal.lang)?;
            let bytes = questionnaire(&desk, &sheet, terminal.lang)?;
            write_file(out, &bytes)?;
            let path = out.display().to_string();
            if terminal.json {
                return terminal.print_json(
                    &json!({ "form": "dijkwacht/written/1", "files": [path] }),
                );
            }
            terminal.print(&terminal.choose(
                format!("Geschreven: {path} ({} vragen)\n", sheet.lines.len()),
                format!("Written: {path} ({} questions)\n", sheet.lines.len()),
            ))
        }
        AnswerVerb::Import { assignment, file, who } => {
            let bytes = read_file(file)?;
            let mut house = House::open(who, overlay)?;
            let (mut desk, organisation) = house.at(who)?;
            let sheet = sheet(&mut desk, &organisation, *assignment, terminal.lang)?;
            let answers = import_answers(&desk, &sheet, &bytes)?;
            let accepted = answer(&mut desk, &organisation, &sheet, &answers)?;
            accept(&accepted, terminal)
        }
    }
}

/// What was typed.
struct Given<'a> {
    what: &'a [String],
    link: Option<&'a str>,
    code: Option<&'a str>,
    explanation: Option<String>,
    evidence: Option<Evidence>,
}

fn give(
    given: Given<'_>,
    who: &Who,
    overlay: Option<&Path>,
    terminal: &Terminal,
) -> Result<(), AppError> {
    let (assignment, question, text) = match (given.what, given.link) {
        ([question, text], Some(_)) => (None, question, text),
        ([assignment, question, text], None) => {
            let number = assignment.parse().map_err(|_error| {
                AppError::Use(format!("`{assignment}` is no number of an assignment"))
            })?;
            (Some(number), question, text)
        }
        _ => {
            return Err(AppError::Use(
                "write ASSIGNMENT QUESTION ANSWER, or with --link only QUESTION ANSWER"
                    .to_owned(),
            ));
        }
    };
    let answers = [Answer {
        question: question.clone(),
        said: said(text).map_err(AppError::Use)?,
        explanation: given.explanation,
        evidence: given.evidence,
    }];
    let mut house = House::open(who, overlay)?;
    let accepted = match (given.link, assignment) {
        (Some(secret), _) => {
            let (mut desk, linked) =
                house.registry.by_link(&house.catalogue, secret, Who::now())?;
            let sheet = sheet_by_link(&mut desk, &linked, given.code, terminal.lang)?;
            answer_by_link(&mut desk, &linked, given.code, &sheet, &answers)?
        }
        (None, assignment) => {
            let (mut desk, organisation) = house.at(who)?;
            let number = assignment.unwrap_or_default();
            let sheet = sheet(&mut desk, &organisation, number, terminal.lang)?;
            answer(&mut desk, &organisation, &sheet, &answers)?
        }
    };
    accept(&accepted, terminal)
}

/// Says what was kept, and what should be looked at.
fn accept(accepted: &Accepted, terminal: &Terminal) -> Result<(), AppError> {
    for warning in &accepted.warnings {
        let what = words::personal(warning.what, terminal);
        terminal.remark(&terminal.choose(
            format!(
                "Let op: in {} lijkt {what} te staan. Beschrijf het proces, niet de mensen.",
                warning.question
            ),
            format!(
                "Mind: {} seems to hold {what}. Describe the process, not the people.",
                warning.question
            ),
        ));
    }
    if terminal.json {
        let warnings: Vec<Value> = accepted
            .warnings
            .iter()
            .map(|one| json!({ "question": one.question, "seems": one.what.code() }))
            .collect();
        return terminal.print_json(&json!({
            "form": "dijkwacht/answered/1",
            "answers": accepted.ids,
            "warnings": warnings,
            "code": accepted.code,
        }));
    }
    let count = accepted.ids.len();
    terminal.print(&terminal.choose(
        format!(
            "{count} {} vastgelegd.\n",
            if count == 1 { "antwoord" } else { "antwoorden" }
        ),
        format!("{count} {} kept.\n", if count == 1 { "answer" } else { "answers" }),
    ))?;
    match &accepted.code {
        Some(code) => terminal.print(&terminal.choose(
            format!("Je eigen code, nergens bewaard: {code}\nHiermee pas je je antwoorden later aan.\n"),
            format!("Your own code, kept nowhere: {code}\nWith it you change your answers later.\n"),
        )),
        None => Ok(()),
    }
}

fn list(who: &Who, overlay: Option<&Path>, terminal: &Terminal) -> Result<(), AppError> {
    let mut house = House::open(who, overlay)?;
    let (mut desk, organisation) = house.at(who)?;
    let sheets = own_sheets(&mut desk, &organisation, terminal.lang)?;
    if terminal.json {
        let all: Vec<Value> = sheets.iter().map(head_json).collect();
        return terminal.print_json(
            &json!({ "form": "dijkwacht/assignments/1", "assignments": all }),
        );
    }
    if sheets.is_empty() {
        return terminal.print(
            terminal.say("Er zijn geen vragen voor je.\n", "You are asked nothing.\n"),
        );
    }
    let mut text = String::new();
    for sheet in &sheets {
        // writing to a string cannot fail
        writeln!(text, "{}", head(sheet, terminal)).unwrap_or_default();
    }
    terminal.print(&text)
}

fn head(sheet: &Sheet, terminal: &Terminal) -> String {
    format!(
        "{:>4}  {:>7}  {} — {} ({}), {}",
        sheet.assignment,
        format!("{}/{}", sheet.answered(), sheet.lines.len()),
        sheet.process,
        sheet.place.round.title,
        words::status(sheet.place.status, terminal),
        sheet.part
    )
}

fn head_json(sheet: &Sheet) -> Value {
    json!({
        "assignment": sheet.assignment,
        "round": sheet.place.id,
        "title": sheet.place.round.title,
        "status": sheet.place.status.code(),
        "process": sheet.process.code(),
        "part": sheet.part,
        "questions": sheet.lines.len(),
        "answered": sheet.answered(),
    })
}

fn show(sheet: &Sheet, only_open: bool, terminal: &Terminal) -> Result<(), AppError> {
    let lines: Vec<&Line> = sheet
        .lines
        .iter()
        .filter(|line| !only_open || (line.own.is_none() && line.follows.is_none()))
        .collect();
    if terminal.json {
        let all: Vec<Value> = lines.iter().map(|line| line_json(line)).collect();
        let mut value = head_json(sheet);
        if let Some(object) = value.as_object_mut() {
            object.insert("form".to_owned(), json!("dijkwacht/sheet/1"));
            object.insert("lines".to_owned(), json!(all));
        }
        return terminal.print_json(&value);
    }
    let mut text = format!("{}\n", head(sheet, terminal));
    for line in lines {
        text.push('\n');
        text.push_str(&question(line, terminal));
    }
    terminal.print(&text)
}

fn question(line: &Line, terminal: &Terminal) -> String {
    let mut text = format!("{}  {}\n", line.question.code, line.question.question);
    for (_, choice) in &line.question.choices {
        // writing to a string cannot fail
        writeln!(text, "      {choice}").unwrap_or_default();
    }
    if let Some((answer, day)) = &line.before {
        writeln!(
            text,
            "    {} {} ({day})",
            terminal.say("vorige keer:", "last time:"),
            words::said(&answer.said, terminal)
        )
        .unwrap_or_default();
    }
    match (&line.own, &line.follows) {
        (Some(own), _) => writeln!(
            text,
            "    {} {}",
            terminal.say("jouw antwoord:", "your answer:"),
            words::said(&own.said, terminal)
        )
        .unwrap_or_default(),
        (None, Some((base, said))) => writeln!(
            text,
            "    {} {base}: {}",
            terminal.say("volgt uit", "follows from"),
            words::said(said, terminal)
        )
        .unwrap_or_default(),
        (None, None) => {}
    }
    text
}

fn line_json(line: &Line) -> Value {
    let answer = |answer: &Answer| {
        json!({
            "said": words::said_json(&answer.said),
            "explanation": answer.explanation,
            "evidence": answer.evidence.as_ref().map(|evidence| json!({
                "link": evidence.link,
                "date": evidence.date.to_string(),
                "valid_to": evidence.valid_to.map(|day| day.to_string()),
            })),
        })
    };
    json!({
        "question": line.question.code,
        "text": line.question.question,
        "choices": line.question.choices.iter().map(|(_, text)| text).collect::<Vec<_>>(),
        "own": line.own.as_ref().map(answer),
        "follows": line.follows.as_ref().map(|(base, said)| json!({
            "from": base,
            "said": words::said_json(said),
        })),
        "before": line.before.as_ref().map(|(before, day)| json!({
            "answer": answer(before),
            "on": day.to_string(),
        })),
    })
}
