//! The town held against the catalogue: what was planted is found, and where nothing was
//! planted the rules are silent.

use super::{RULES, clean, full};
use crate::case::{Case, Value};
use crate::clock::{LAST, Stamp, date_of};
use crate::town::{Town, column_of};
use crate::{Planted, PlantedKind, binding, mapping};
use arrow_array::{BooleanArray, Int64Array, StringArray, UInt32Array, UInt64Array};
use catalogue::Catalogue;
use columns::events::{Attribute, Dictionaries, Dictionary, Values};
use columns::{Events, WhoKind};
use model::{Moment, Pedigree, Process};
use rules::{Changes, Evaluation, Evaluator, Hit, Subject, compile};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

pub(super) fn content() -> &'static Catalogue {
    static CONTENT: OnceLock<Catalogue> = OnceLock::new();
    CONTENT.get_or_init(|| match catalogue::load(&catalogue::embedded()) {
        Ok(content) => content,
        Err(faults) => panic!("{faults}"),
    })
}

fn micros(at: Stamp) -> i64 {
    at.moment().micros
}

/// Name in the vocabulary, name in the town's log, type.
fn named(process: Process) -> Vec<(String, String, String)> {
    let lines = mapping(process).unwrap_or_default().lines();
    lines
        .skip_while(|line| *line != "[columns]")
        .filter_map(|line| line.split_once(" = "))
        .map(|(name, rest)| {
            let texts: Vec<&str> = rest.split('"').collect();
            let source = texts[1].trim_start_matches("case:");
            let source = column_of(process, source).unwrap_or(source);
            let kind = if rest.contains("type") { texts[3] } else { "text" };
            (name.trim_matches('"').to_owned(), source.to_owned(), kind.to_owned())
        })
        .collect()
}

/// Texts with the numbers they get.
#[derive(Default)]
struct Words(BTreeMap<String, u32>, Vec<String>);

impl Words {
    fn code(&mut self, text: &str) -> u32 {
        if let Some(code) = self.0.get(text) {
            return *code;
        }
        let code = u32::try_from(self.1.len()).unwrap();
        self.0.insert(text.to_owned(), code);
        self.1.push(text.to_owned());
        code
    }
}

enum Column {
    Text(Vec<Option<u32>>, Words),
    Int(Vec<Option<i64>>),
    Bool(Vec<Option<bool>>),
    Time(Vec<Option<i64>>),
}

impl Column {
    fn push(&mut self, value: Option<&Value>) {
        match self {
            Self::Text(list, words) => list.push(value.map(|v| words.code(&text(v)))),
            Self::Int(list) => list.push(value.map(|v| match v {
                Value::Int(n) | Value::Money(n) => *n,
                _ => panic!("{v:?} is no number"),
            })),
            Self::Bool(list) => list.push(value.map(|v| *v == Value::Bool(true))),
            Self::Time(list) => list.push(value.map(|v| match v {
                Value::Day(day) => Moment::on(date_of(*day)).micros,
                Value::Moment(at) => micros(*at),
                _ => panic!("{v:?} is no date"),
            })),
        }
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::Word(word) => (*word).to_owned(),
        Value::Text(text) => text.clone(),
        Value::Int(n) | Value::Money(n) => n.to_string(),
        Value::Bool(yes) => yes.to_string(),
        Value::Day(day) => date_of(*day).to_string(),
        Value::Moment(at) => rules::evaluate::iso(Moment::at(micros(*at))),
    }
}

/// The columns of a process, still without values: name, name in the town's log, values.
fn empty_columns(process: Process) -> Vec<(String, String, Column)> {
    named(process)
        .into_iter()
        .filter(|(name, ..)| {
            !matches!(name.as_str(), "case" | "activity" | "time" | "who" | "unit")
        })
        .map(|(name, source, kind)| {
            let column = match kind.as_str() {
                "int" | "money" | "float" => Column::Int(vec![]),
                "bool" => Column::Bool(vec![]),
                "date" | "moment" => Column::Time(vec![]),
                _ => Column::Text(vec![], Words::default()),
            };
            (name, source, column)
        })
        .collect()
}

/// The log of a process as the store would hand it to the rules.
fn table(process: Process, cases: &[Case]) -> (Events, Dictionaries) {
    let (mut activities, mut people, mut units) =
        (Words::default(), Words::default(), Words::default());
    let (mut case, mut activity, mut time, mut who, mut unit) =
        (vec![], vec![], vec![], vec![], vec![]);
    let mut lists = empty_columns(process);
    for (code, one) in (0_u32..).zip(cases) {
        for event in &one.events {
            case.push(code);
            activity.push(activities.code(event.activity));
            time.push(micros(event.at));
            who.push((!event.who.is_empty()).then(|| people.code(event.who)));
            unit.push(Some(units.code(event.unit)));
            for (_, source, column) in &mut lists {
                column.push(event.get(source).or_else(|| one.get(source)));
            }
        }
    }
    lists.push(("unit".to_owned(), String::new(), Column::Text(unit, units)));
    let service = |who: &String| {
        who.starts_with("svc-") || who.ends_with("systeem") || who.ends_with("zuil")
    };
    let kinds = people
        .1
        .iter()
        .map(|w| if service(w) { WhoKind::Service } else { WhoKind::Person });
    let mut dictionaries = Dictionaries {
        case: cases.iter().map(|c| c.id.clone()).collect::<Vec<_>>().into(),
        activity: activities.1.clone().into(),
        who_kind: kinds.collect(),
        who: people.1.into(),
        attributes: BTreeMap::new(),
    };
    let mut attributes = BTreeMap::new();
    for (name, _, column) in lists {
        let values = match column {
            Column::Text(list, words) => {
                dictionaries
                    .attributes
                    .insert(name.clone(), Dictionary(StringArray::from(words.1)));
                Values::Text(UInt32Array::from(list))
            }
            Column::Int(list) => Values::Int(Int64Array::from(list)),
            Column::Bool(list) => Values::Bool(BooleanArray::from(list)),
            Column::Time(list) => Values::Time(Int64Array::from(list)),
        };
        attributes.insert(name, Attribute { values });
    }
    let rows = case.len();
    let events = Events {
        case: UInt32Array::from(case),
        activity: UInt32Array::from(activity),
        time: Int64Array::from(time),
        day_only: BooleanArray::from(vec![false; rows]),
        who: UInt32Array::from(who),
        place: UInt64Array::from_iter_values(0..rows as u64),
        attributes,
    };
    (events, dictionaries)
}

fn evaluate(town: &Town, process: Process) -> Evaluation {
    evaluate_cases(town.cases(process), process, LAST)
}

/// What all rules say of these cases on a day.
pub(super) fn evaluate_cases(
    cases: &[Case],
    process: Process,
    as_of: model::Date,
) -> Evaluation {
    let set = match compile(content(), process, &Changes::new(), &BTreeSet::new()) {
        Ok(set) => set,
        Err(faults) => panic!("{faults}"),
    };
    let read = catalogue::binding::read("binding", binding(process).unwrap(), content());
    let bound = match read {
        Ok(bound) => bound,
        Err(faults) => panic!("{faults}"),
    };
    let (events, dictionaries) = table(process, cases);
    let names = events.attributes.keys().cloned().collect();
    let log = rules::log::bind(&set, &bound, &dictionaries, &names, as_of);
    let mut evaluator = Evaluator::new(&set, &log);
    evaluator.push(&events);
    evaluator.finish(Pedigree {
        snapshot: "town".to_owned(),
        content: String::new(),
        parameters: Vec::new(),
        as_of,
    })
}

/// Whether a rule states facts; the others weigh numbers and may find something in chance.
pub(super) fn states_facts(code: &str) -> bool {
    let rule = content().rules.values().find(|rule| rule.code == code).unwrap();
    matches!(rule.class.as_str(), "rule" | "control")
}

fn name_of(planted: &Planted) -> String {
    match planted.item {
        Some(item) => format!("{}:{item}", planted.rule),
        None => planted.rule.to_owned(),
    }
}

/// The subject as findings name it; of an event what was done and when, because a rule that
/// gathers by a column names the value of that column instead of the case.
fn key_of(planted: &Planted, town: &Town) -> String {
    match (planted.kind, planted.event) {
        (PlantedKind::Process, _) => "process".to_owned(),
        (PlantedKind::Event, Some(place)) => {
            let cases = town.cases(planted.process);
            let case = cases.iter().find(|c| c.id == planted.subject).unwrap();
            let event = &case.events[place];
            let time = rules::evaluate::iso(Moment::at(micros(event.at)));
            format!("{} · {time}", event.activity)
        }
        _ => planted.subject.clone(),
    }
}

/// A finding as [`key_of`] names what was planted.
fn named_hit(hit: &Hit) -> String {
    match &hit.subject {
        Subject::Event { activity, time, .. } => format!("{activity} · {time}"),
        other => other.key(),
    }
}

/// What was planted in a process, by the name of the rule.
fn planted_in(town: &Town, process: Process) -> BTreeMap<String, BTreeSet<String>> {
    let mut planted: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for one in town.planted().iter().filter(|p| p.process == process) {
        planted.entry(name_of(one)).or_default().insert(key_of(one, town));
    }
    planted
}

#[test]
fn rules_that_state_facts_find_nothing_in_a_clean_town() {
    let mut wrong = Vec::new();
    for process in super::logged() {
        for result in evaluate(clean(), process).results {
            if result.found > 0 && states_facts(&result.rule) {
                let some: Vec<_> =
                    result.hits.iter().take(3).map(|h| h.subject.key()).collect();
                wrong.push(format!(
                    "{process} {} {} {some:?}",
                    result.name(),
                    result.found
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_was_planted_is_found_and_nothing_else() {
    let mut wrong = Vec::new();
    for process in super::logged() {
        let mut planted = planted_in(full(), process);
        for result in evaluate(full(), process).results {
            let wanted = planted.remove(&result.name()).unwrap_or_default();
            let found: BTreeSet<String> = result.hits.iter().map(named_hit).collect();
            let missed: Vec<_> = wanted.difference(&found).take(3).collect();
            let mut more: Vec<_> = found.difference(&wanted).take(3).collect();
            // Rules that came later have nothing planted for them; some look at the same steps.
            if !states_facts(&result.rule) || !RULES.contains(&result.rule.as_str()) {
                more.clear();
            }
            if !missed.is_empty() || !more.is_empty() {
                let (w, f) = (wanted.len(), found.len());
                let name = result.name();
                wrong.push(format!(
                    "{process} {name}: {w} planted, {f} found; {missed:?} {more:?}"
                ));
            }
        }
        wrong
            .extend(planted.keys().map(|name| format!("{process} {name}: no such rule")));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
