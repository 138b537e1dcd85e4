//! Runs examples: the table becomes events, the rule is evaluated, the answers are compared.

use super::cells;
use super::parse::{Example, Expected, parse};
use crate::answer::{Reason, Verdict};
use crate::compile::{Body, Changes, compile};
use crate::evaluate::{Evaluator, Trace};
use crate::result::{Subject, TestResult};
use arrow_array::{BooleanArray, Int64Array, StringArray, UInt32Array, UInt64Array};
use catalogue::binding::{Binding, Shows};
use catalogue::{Catalogue, ColumnType, Faults, Rule};
use columns::events::{Attribute, Dictionaries, Dictionary, Values};
use columns::{Events, WhoKind};
use model::time::Date;
use model::{Moment, Pedigree, Process};
use std::collections::{BTreeMap, BTreeSet};

/// Runs the examples of every rule; every answer that differs becomes a fault.
pub fn run_all(catalogue: &Catalogue) -> Result<usize, Faults> {
    let mut faults = Faults::default();
    let mut count = 0;
    for rule in catalogue.rules.values() {
        count += run_rule(catalogue, rule, &mut faults);
    }
    if faults.is_empty() { Ok(count) } else { Err(faults.sorted()) }
}

/// Runs the examples of one rule and gives how many there were.
pub fn run_rule(catalogue: &Catalogue, rule: &Rule, faults: &mut Faults) -> usize {
    let file = rule.file.replace("rule.toml", "examples.md");
    let examples = parse(&file, &rule.examples, faults);
    check_kinds(&file, rule, &examples, faults);
    for example in &examples {
        run_one(catalogue, rule, &file, example, faults);
    }
    examples.len()
}

/// Runs examples that stand elsewhere than beside their rule and gives how many there were.
pub fn run_text(
    catalogue: &Catalogue,
    rule: &Rule,
    file: &str,
    text: &str,
    faults: &mut Faults,
) -> usize {
    let examples = parse(file, text, faults);
    for example in &examples {
        run_one(catalogue, rule, file, example, faults);
    }
    examples.len()
}

/// At least one example of each answer, and one for every innocent reading.
fn check_kinds(file: &str, rule: &Rule, examples: &[Example], faults: &mut Faults) {
    let begins = |text: &str| examples.iter().any(|e| e.heading.starts_with(text));
    for kind in ["Found", "Clear", "Not assessable"] {
        if !begins(kind) {
            faults.add(file, 0, format!("there is no example `## {kind} …`"));
        }
    }
    for reading in &rule.harmless {
        if !begins(&format!("Harmless: {reading}")) {
            faults.add(file, 0, format!("there is no example `## Harmless: {reading}`"));
        }
    }
}

fn run_one(
    catalogue: &Catalogue,
    rule: &Rule,
    file: &str,
    example: &Example,
    faults: &mut Faults,
) {
    let process = example.process.or_else(|| rule.processes.first().copied());
    let Some(process) = process.filter(|process| rule.processes.contains(process)) else {
        faults.add(file, example.line, "the rule does not apply to this process");
        return;
    };
    let changes: Changes = [(rule.code.clone(), example.parameters.clone())].into();
    let only = BTreeSet::from([rule.code.clone()]);
    let set = match compile(catalogue, process, &changes, &only) {
        Ok(set) => set,
        Err(found) => {
            faults.add(file, example.line, format!("the rule does not compile: {found}"));
            return;
        }
    };
    let Some(table) = build(catalogue, process, file, example, faults) else { return };
    let as_of = example.as_of.unwrap_or(jiff::civil::date(2026, 12, 31));
    let attributes = table.events.attributes.keys().cloned().collect();
    let log =
        crate::log::bind(&set, &table.binding, &table.dictionaries, &attributes, as_of);
    let mut evaluator = Evaluator::new(&set, &log).traced();
    evaluator.push(&table.events);
    let pedigree = Pedigree {
        snapshot: "example".to_owned(),
        content: set.content.clone(),
        parameters: set.changes.clone(),
        as_of,
    };
    let (evaluation, traces) = evaluator.finish_traced(pedigree);
    let mut results = evaluation.results.iter().zip(traces);
    let wanted = |result: &TestResult| result.item == example.item;
    let Some((result, trace)) = results.find(|(result, _)| wanted(result)) else {
        let item = example.item.as_deref().unwrap_or("no item");
        let hint = "name the item of `for_each` with a line `item: …`";
        faults.add_with_hint(
            file,
            example.line,
            format!("there is no test for {item}"),
            hint,
        );
        return;
    };
    let second = set.tests.iter().any(|test| matches!(test.body, Body::Second(_)));
    compare(file, example, second, (result, &trace), faults);
}

struct Table {
    events: Events,
    dictionaries: Dictionaries,
    binding: Binding,
}

/// Hands out codes for texts.
#[derive(Default)]
struct Codes(Vec<String>);

impl Codes {
    fn code(&mut self, text: &str) -> u32 {
        let at = self.0.iter().position(|known| known == text).unwrap_or_else(|| {
            self.0.push(text.to_owned());
            self.0.len() - 1
        });
        u32::try_from(at).unwrap_or(u32::MAX)
    }
}

struct Row {
    line: u32,
    place: u64,
    case: u32,
    activity: u32,
    moment: Option<Moment>,
    who: Option<u32>,
    cells: BTreeMap<String, String>,
}

fn build(
    catalogue: &Catalogue,
    process: Process,
    file: &str,
    example: &Example,
    faults: &mut Faults,
) -> Option<Table> {
    let before = faults.0.len();
    let (mut cases, mut activities, mut people) =
        (Codes::default(), Codes::default(), Codes::default());
    let mut rows = Vec::new();
    for (written, (line, cells)) in (1_u64..).zip(&example.rows) {
        for n in 0..cells::repeats(cells) {
            let mut named: BTreeMap<String, String> =
                example.columns.iter().cloned().zip(cells.iter().cloned()).collect();
            let moment = match named.remove("time").map(|cell| moment(&cell, n)) {
                Some(Ok(moment)) => moment,
                Some(Err(cell)) => {
                    let sentence = format!("`{cell}` is neither a time nor a date");
                    faults.add_with_hint(file, *line, sentence, "2026-03-02 09:00");
                    None
                }
                None => None,
            };
            let mut take = |name: &str| {
                named
                    .remove(name)
                    .map(|cell| cells::nth(&cell, n))
                    .filter(|c| !c.is_empty())
            };
            let step = take("step").unwrap_or_default();
            if catalogue.step(process, &step).is_none() {
                faults.add(file, *line, format!("`{process}` has no step `{step}`"));
            }
            let case = take("case").unwrap_or_else(|| "–".to_owned());
            let who = take("who");
            let cells =
                named.iter().map(|(k, v)| (k.clone(), cells::nth(v, n))).collect();
            rows.push(Row {
                line: *line,
                place: written,
                case: cases.code(&case),
                activity: activities.code(&step),
                moment,
                who: who.map(|name| people.code(&name)),
                cells,
            });
        }
    }
    rows.sort_by_key(|row| (row.case, row.moment.map_or(i64::MAX, |m| m.micros)));
    let attributes = attributes(catalogue, file, example, &rows, faults);
    // a log records every step, unless the example is about one that it does not record
    let about_recording = example
        .expected
        .iter()
        .any(|e| e.reason.as_deref() == Some(Reason::StepNotRecorded.code()));
    if !about_recording {
        let steps = catalogue.processes.get(&process).into_iter().flat_map(|p| &p.steps);
        for step in steps.chain(&catalogue.common_steps) {
            activities.code(&step.name);
        }
    }
    (faults.0.len() == before)
        .then(|| table(&rows, cases, activities, people, attributes))
}

fn table(
    rows: &[Row],
    cases: Codes,
    activities: Codes,
    people: Codes,
    attributes: (BTreeMap<String, Attribute>, BTreeMap<String, Dictionary>),
) -> Table {
    let kind = |name: &String| match name.split_once(':') {
        Some(("service", _)) => WhoKind::Service,
        Some(("desk", _)) => WhoKind::Shared,
        _ => WhoKind::Person,
    };
    let binding = Binding {
        steps: activities
            .0
            .iter()
            .map(|step| {
                (step.clone(), vec![Shows { activity: step.clone(), only: None }])
            })
            .collect(),
        ..Binding::default()
    };
    let day_only: Vec<bool> =
        rows.iter().map(|row| row.moment.is_some_and(|moment| moment.day_only)).collect();
    let events = Events {
        case: rows.iter().map(|row| row.case).collect::<UInt32Array>(),
        activity: rows.iter().map(|row| row.activity).collect(),
        time: rows.iter().map(|row| row.moment.map(|m| m.micros)).collect(),
        day_only: BooleanArray::from(day_only),
        who: rows.iter().map(|row| row.who).collect(),
        place: rows.iter().map(|row| row.place).collect::<UInt64Array>(),
        attributes: attributes.0,
    };
    let dictionaries = Dictionaries {
        case: Dictionary::from(cases.0),
        activity: Dictionary::from(activities.0),
        who_kind: people.0.iter().map(kind).collect(),
        who: Dictionary::from(people.0),
        attributes: attributes.1,
    };
    Table { events, dictionaries, binding }
}

/// A time cell: nothing, a date, or a local time.
fn moment(cell: &str, n: usize) -> Result<Option<Moment>, String> {
    let (text, minutes) = cells::time_step(&cells::nth(cell, n), n);
    if text.is_empty() {
        return Ok(None);
    }
    let Ok(span) = jiff::Span::new().try_minutes(minutes) else { return Err(text) };
    if let Ok(date) = text.parse::<Date>()
        && !text.contains(':')
    {
        let days = i32::try_from(minutes / (24 * 60)).unwrap_or(0);
        return Ok(Some(Moment::on(model::calendar::add_days(date, days))));
    }
    let local: Result<jiff::civil::DateTime, _> = text.replace(' ', "T").parse();
    let Ok(local) = local else { return Err(text) };
    let local = local.saturating_add(span);
    Ok(model::time::from_local(local).map(|(micros, _)| Moment::at(micros)))
}

fn attributes(
    catalogue: &Catalogue,
    file: &str,
    example: &Example,
    rows: &[Row],
    faults: &mut Faults,
) -> (BTreeMap<String, Attribute>, BTreeMap<String, Dictionary>) {
    let mut attributes = BTreeMap::new();
    let mut dictionaries = BTreeMap::new();
    let own = ["case", "step", "time", "who"];
    for name in example.columns.iter().filter(|name| !own.contains(&name.as_str())) {
        let Some(column) = catalogue.columns.get(name) else {
            let known = catalogue.columns.keys().map(String::as_str);
            let hint = catalogue::fault::nearest(name, known);
            let sentence = format!("there is no column `{name}`");
            faults.add_with_hint(file, example.line, sentence, hint);
            continue;
        };
        let cells: Vec<(u32, &str)> = rows
            .iter()
            .map(|row| (row.line, row.cells.get(name).map_or("", String::as_str)))
            .collect();
        let mut codes = Codes::default();
        let values = values(column.kind, &cells, &mut codes, file, faults);
        if let Values::Text(_) = values {
            dictionaries.insert(name.clone(), Dictionary(StringArray::from(codes.0)));
        }
        attributes.insert(name.clone(), Attribute { values });
    }
    (attributes, dictionaries)
}

fn values(
    kind: ColumnType,
    cells: &[(u32, &str)],
    codes: &mut Codes,
    file: &str,
    faults: &mut Faults,
) -> Values {
    fn read<T>(
        cells: &[(u32, &str)],
        file: &str,
        faults: &mut Faults,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Vec<Option<T>> {
        let mut all = Vec::with_capacity(cells.len());
        for (line, cell) in cells {
            let value = if cell.is_empty() { None } else { parse(cell) };
            if value.is_none() && !cell.is_empty() {
                faults.add(file, *line, format!("`{cell}` does not fit its column"));
            }
            all.push(value);
        }
        all
    }
    match kind {
        ColumnType::Text | ColumnType::Code | ColumnType::Person => {
            let text =
                |(_, cell): &(u32, &str)| (!cell.is_empty()).then(|| codes.code(cell));
            Values::Text(cells.iter().map(text).collect())
        }
        ColumnType::Int => Values::Int(
            read(cells, file, faults, |c| c.parse().ok()).into_iter().collect(),
        ),
        ColumnType::Money => Values::Int(
            read(cells, file, faults, cents).into_iter().collect::<Int64Array>(),
        ),
        ColumnType::Float => Values::Float(
            read(cells, file, faults, |c| c.parse().ok()).into_iter().collect(),
        ),
        ColumnType::Bool => Values::Bool(BooleanArray::from(read(
            cells,
            file,
            faults,
            |cell| match cell {
                "true" | "yes" => Some(true),
                "false" | "no" => Some(false),
                _ => None,
            },
        ))),
        ColumnType::Date | ColumnType::Moment => {
            let read = read(cells, file, faults, |cell| {
                moment(cell, 0).ok().flatten().map(|moment| moment.micros)
            });
            Values::Time(read.into_iter().collect())
        }
    }
}

/// Euros with a point to cents.
fn cents(cell: &str) -> Option<i64> {
    let (sign, cell) = match cell.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, cell),
    };
    let (euros, cents) = cell.split_once('.').unwrap_or((cell, ""));
    if cents.len() > 2 {
        return None;
    }
    let euros: i64 = euros.parse().ok()?;
    let cents: i64 =
        if cents.is_empty() { 0 } else { format!("{cents:0<2}").parse().ok()? };
    euros.checked_mul(100)?.checked_add(cents)?.checked_mul(sign)
}

/// The names by which an example may call a subject.
fn names_of(subject: &Subject, rows: &[u64]) -> Vec<String> {
    let mut names = vec![subject.key()];
    match subject {
        Subject::Event { case, .. } => {
            names.push(case.clone());
            names.extend(rows.iter().map(|row| format!("row {row}")));
        }
        Subject::Case(_)
        | Subject::Value { .. }
        | Subject::Actor(_)
        | Subject::Pair(..)
        | Subject::Stratum(_)
        | Subject::Process => {}
    }
    names
}

fn compare(
    file: &str,
    example: &Example,
    second: bool,
    (result, trace): (&TestResult, &Trace),
    faults: &mut Faults,
) {
    let mut spoken: BTreeSet<String> = BTreeSet::new();
    for expected in &example.expected {
        for name in expected.names.iter().flat_map(|name| cells::names(name)) {
            if name != EVERYTHING_ELSE {
                let told = told(&name, result, trace, second);
                check_one(file, expected, &name, &told, result, faults);
                spoken.insert(name);
            }
        }
    }
    let named = |subject: &Subject, rows: &[u64], spoken: &BTreeSet<String>| {
        names_of(subject, rows).iter().any(|name| spoken.contains(name))
    };
    for expected in &example.expected {
        if !expected.names.iter().any(|name| name == EVERYTHING_ELSE) {
            continue;
        }
        let silent: Vec<&Subject> = trace
            .iter()
            .filter(|(subject, _, rows)| !named(subject, rows, &spoken))
            .map(|(subject, _, _)| subject)
            .collect();
        for subject in silent {
            let name = subject.key();
            let told = told(&name, result, trace, second);
            check_one(file, expected, &name, &told, result, faults);
            spoken.insert(name);
        }
    }
    if let Some(count) = example.by_order.filter(|count| *count != result.by_order) {
        let sentence =
            format!("{} verdicts rest on the order, not {count}", result.by_order);
        faults.add(file, example.line, sentence);
    }
    // whoever was found must have been spoken of
    for hit in &result.hits {
        let rows: Vec<u64> = hit.rows.iter().map(|row| row.place).collect();
        if !named(&hit.subject, &rows, &spoken) {
            let sentence = format!(
                "`{}` was found, which the example does not say",
                hit.subject.key()
            );
            faults.add(file, example.line, sentence);
        }
    }
}

/// What stands for every subject that was not named.
const EVERYTHING_ELSE: &str = "everything else";

/// What the evaluation says of a name.
struct Told {
    answers: BTreeSet<&'static str>,
    reasons: BTreeSet<&'static str>,
    rows: Vec<u64>,
}

fn told(name: &str, result: &TestResult, trace: &Trace, second: bool) -> Told {
    let mut told =
        Told { answers: BTreeSet::new(), reasons: BTreeSet::new(), rows: Vec::new() };
    for hit in &result.hits {
        let rows: Vec<u64> = hit.rows.iter().map(|row| row.place).collect();
        if names_of(&hit.subject, &rows).iter().any(|known| known == name) {
            told.answers.insert("found");
            told.rows.extend(rows);
        }
    }
    for (subject, verdict, rows) in trace {
        if !names_of(subject, rows).iter().any(|known| known == name) {
            continue;
        }
        match verdict {
            Verdict::NoSubject | Verdict::Found => {}
            Verdict::Clear => {
                told.answers.insert("clear");
            }
            Verdict::Unknown(reason) => {
                told.answers.insert("not assessable");
                told.reasons.insert(reason.code());
            }
        }
    }
    if told.answers.is_empty() {
        told.answers.insert("no subject");
        // what belongs to nobody in particular is counted, but has no name of its own
        let nameless = result.not_assessable.keys().copied();
        let nameless = nameless.filter(|reason| second || *reason == Reason::NoGroup);
        told.reasons.extend(nameless.map(Reason::code));
        if !told.reasons.is_empty() {
            told.answers.insert("not assessable");
        }
    }
    told
}

fn check_one(
    file: &str,
    expected: &Expected,
    name: &str,
    told: &Told,
    result: &TestResult,
    faults: &mut Faults,
) {
    if !told.answers.contains(expected.answer) {
        let got: Vec<&str> = told.answers.iter().copied().collect();
        let reasons: Vec<&str> = told.reasons.iter().copied().collect();
        let sentence = format!(
            "`{name}` should be {}, but is {} {}({} of {} found)",
            expected.answer,
            got.join(" and "),
            if reasons.is_empty() {
                String::new()
            } else {
                format!("— {} ", reasons.join(", "))
            },
            result.found,
            result.assessable
        );
        faults.add(file, expected.line, sentence);
        return;
    }
    if let Some(reason) = &expected.reason
        && expected.answer == "not assessable"
        && !told.reasons.contains(reason.as_str())
    {
        let got: Vec<&str> = told.reasons.iter().copied().collect();
        let sentence = format!(
            "`{name}` is not assessable because of {}, not {reason}",
            got.join(", ")
        );
        faults.add(file, expected.line, sentence);
    }
    let mut rows = told.rows.clone();
    rows.sort_unstable();
    rows.dedup();
    if expected.answer == "found" && !expected.rows.is_empty() && expected.rows != rows {
        let sentence =
            format!("`{name}` rests on rows {rows:?}, not {:?}", expected.rows);
        faults.add(file, expected.line, sentence);
    }
}
