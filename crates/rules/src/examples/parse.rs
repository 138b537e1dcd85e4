//! From Markdown to examples.

use catalogue::Faults;
use model::{Date, Process};
use std::collections::BTreeMap;

/// What an example says of one kind of answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expected {
    /// The line in the file.
    pub line: u32,
    /// `found`, `clear`, `not assessable` or `no subject`.
    pub answer: &'static str,
    /// The subjects; `everything else` stands for the rest.
    pub names: Vec<String>,
    /// The rows of the table that prove it, from 1; empty where none are told.
    pub rows: Vec<u64>,
    /// The reason, for `not assessable`.
    pub reason: Option<String>,
}

/// One example.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Example {
    /// The heading.
    pub heading: String,
    /// Its line.
    pub line: u32,
    /// The process, where one was named.
    pub process: Option<Process>,
    /// The item of `for_each`.
    pub item: Option<String>,
    /// The as-of date.
    pub as_of: Option<Date>,
    /// How many verdicts rest on the order in the file, where the example says so.
    pub by_order: Option<u64>,
    /// Changed parameters.
    pub parameters: BTreeMap<String, i64>,
    /// Names of the columns.
    pub columns: Vec<String>,
    /// Rows with the line on which they stand.
    pub rows: Vec<(u32, Vec<String>)>,
    /// The answers.
    pub expected: Vec<Expected>,
}

const ANSWERS: [&str; 4] = ["found", "clear", "not assessable", "no subject"];

/// Reads all examples of a file. Settings hold until they are changed.
pub fn parse(file: &str, text: &str, faults: &mut Faults) -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    let mut settings = Example::default();
    for (line, text) in (1_u32..).zip(text.lines()) {
        let text = text.trim();
        if let Some(heading) = text.strip_prefix("## ") {
            let previous = examples.last().unwrap_or(&settings);
            examples.push(Example {
                heading: heading.trim().to_owned(),
                line,
                process: previous.process,
                item: previous.item.clone(),
                ..Example::default()
            });
            continue;
        }
        let example = examples.last_mut().unwrap_or(&mut settings);
        if text.starts_with('|') {
            table_line(example, line, text);
        } else if let Some((key, value)) = text.split_once(':') {
            setting(file, line, example, key.trim(), value.trim(), faults);
        }
    }
    if examples.is_empty() {
        let hint = "begin each with `## Found …`, `## Clear …`, `## Not assessable …`";
        faults.add_with_hint(file, 0, "there is no example", hint);
    }
    examples
}

fn table_line(example: &mut Example, line: u32, text: &str) {
    let inner = text.trim_matches('|');
    let cells: Vec<String> =
        inner.split('|').map(|cell| cell.trim().to_owned()).collect();
    let ruler = cells
        .iter()
        .all(|cell| !cell.is_empty() && cell.chars().all(|c| "-: ".contains(c)));
    if ruler {
        return;
    }
    if example.columns.is_empty() {
        example.columns = cells;
    } else {
        example.rows.push((line, cells));
    }
}

fn setting(
    file: &str,
    line: u32,
    example: &mut Example,
    key: &str,
    value: &str,
    faults: &mut Faults,
) {
    match key {
        "process" => match value.parse() {
            Ok(process) => example.process = Some(process),
            Err(unknown) => {
                let unknown: model::process::UnknownProcess = unknown;
                faults.add(file, line, unknown.to_string());
            }
        },
        "item" => example.item = Some(value.to_owned()),
        "as of" => match value.parse() {
            Ok(date) => example.as_of = Some(date),
            Err(_) => faults.add(file, line, format!("`{value}` is not a date")),
        },
        "by order" => match value.parse() {
            Ok(count) => example.by_order = Some(count),
            Err(_) => faults.add(file, line, format!("`{value}` is not a count")),
        },
        "parameter" => {
            let number = value.split_once('=').and_then(|(name, number)| {
                Some((name.trim(), number.trim().parse().ok()?))
            });
            match number {
                Some((name, number)) => {
                    example.parameters.insert(name.to_owned(), number);
                }
                None => faults.add(
                    file,
                    line,
                    "a parameter is written as `parameter: name = 5`",
                ),
            }
        }
        _ => {
            if let Some(answer) = ANSWERS.into_iter().find(|answer| *answer == key) {
                example.expected.push(expected(line, answer, value));
            }
        }
    }
}

fn expected(line: u32, answer: &'static str, value: &str) -> Expected {
    let (names, rest) = match value.split_once('—') {
        Some((names, rest)) => (names.trim(), rest.trim()),
        None => (value, ""),
    };
    let names = split_names(names);
    let mut expected = Expected { line, answer, names, rows: Vec::new(), reason: None };
    let rows = rest.strip_prefix("rows").or_else(|| rest.strip_prefix("row"));
    if let Some(rows) = rows {
        expected.rows =
            rows.split(',').filter_map(|row| row.trim().parse().ok()).collect();
    } else if !rest.is_empty() {
        expected.reason = Some(rest.to_owned());
    }
    expected
}

/// Names between commas; a comma inside braces belongs to a range.
fn split_names(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut depth = 0;
    let mut name = String::new();
    for sign in text.chars() {
        match sign {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                names.push(std::mem::take(&mut name));
                continue;
            }
            _ => {}
        }
        name.push(sign);
    }
    names.push(name);
    names
        .into_iter()
        .map(|name| name.trim().trim_matches('`').to_owned())
        .filter(|name| !name.is_empty())
        .collect()
}
