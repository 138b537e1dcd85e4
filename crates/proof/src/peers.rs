//! `cargo xtask peers`: every number of the published expected answers, computed by our own
//! way from file to finding, and compared.
//!
//! Each activity of the log becomes a step of a process made for the occasion; each question
//! becomes a rule in the rule language. So the readers, the snapshot, the rule language, its
//! operators and the process map are all under test, and nothing else.

use catalogue::binding::{Binding, Shows};
use catalogue::tree::parse;
use catalogue::{Catalogue, EvidenceFor, Faults, Rule, Step, StepKind, Texts};
use columns::WhoKind;
use model::{Pedigree, Process};
use picture::{MapBuilder, ProcessMap};
use rules::{Changes, Evaluation, Evaluator, TestResult};
use serde_json::{Map, Value, json};
use sources::{Limits, Mapping};
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::Path;
use store::{BuildOptions, Snapshot, SourceFile, Store};

/// The questions asked of each pair: a name for the code and the logic with `A` and `B`.
const QUESTIONS: [(&str, &str); 4] = [
    ("FOUR", "operator = \"different_person\"\na = [\"A\"]\nb = [\"B\"]"),
    (
        "RESP",
        "operator = \"responds_within\"\nafter = [\"A\"]\nby = [\"B\"]\nmode = \"last\"",
    ),
    ("PREC", "operator = \"precedes\"\nfirst = [\"A\"]\nthen = [\"B\"]"),
    (
        "TERM",
        "operator = \"responds_within\"\nafter = [\"A\"]\nby = [\"B\"]\ndays = 14\ncount = \"elapsed\"",
    ),
];

/// The answers of one log in the form of the expected answers.
pub(crate) struct Answers {
    /// The name of the log.
    pub(crate) name: String,
    /// What came out.
    pub(crate) ours: Value,
    /// Differences, one line each.
    pub(crate) differences: Vec<String>,
    /// How many numbers were compared.
    pub(crate) compared: usize,
}

/// Reads every log of the expected answers and compares all numbers. `None` where the folder
/// is absent.
pub(crate) fn run(data: &Path) -> Result<Option<Vec<Answers>>, Box<dyn Error>> {
    let file = data.join("eventlogs/expected.json");
    if !file.exists() {
        return Ok(None);
    }
    let expected: Map<String, Value> =
        serde_json::from_str(&std::fs::read_to_string(&file)?)?;
    let mut all = Vec::new();
    for (name, answers) in &expected {
        let log = data.join("eventlogs").join(format!("{name}.xes.gz"));
        let ours = answer(&log, answers)?;
        let mut differences = Vec::new();
        let mut compared = 0;
        compare(name, answers, &ours, &mut differences, &mut compared);
        all.push(Answers { name: name.clone(), ours, differences, compared });
    }
    Ok(Some(all))
}

/// Compares leaf by leaf.
fn compare(
    at: &str,
    wanted: &Value,
    got: &Value,
    differences: &mut Vec<String>,
    count: &mut usize,
) {
    match (wanted, got) {
        (Value::Object(wanted), Value::Object(got)) => {
            for (key, value) in wanted {
                let other = got.get(key).unwrap_or(&Value::Null);
                compare(&format!("{at}.{key}"), value, other, differences, count);
            }
        }
        (Value::Array(wanted), Value::Array(got)) if wanted.len() == got.len() => {
            for (n, (value, other)) in wanted.iter().zip(got).enumerate() {
                compare(&format!("{at}[{n}]"), value, other, differences, count);
            }
        }
        (wanted, got) => {
            *count += 1;
            if wanted != got {
                differences.push(format!("{at}: expected {wanted}, got {got}"));
            }
        }
    }
}

fn answer(log: &Path, expected: &Value) -> Result<Value, Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let store = Store::open(folder.path())?;
    let snapshot = read(&store, log)?;
    let pairs: Vec<(String, String)> = expected
        .get("pairs")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|pair| {
            let text = |key| pair.get(key).and_then(Value::as_str).map(str::to_owned);
            Some((text("a")?, text("b")?))
        })
        .collect();
    let (evaluation, map) = evaluate(&snapshot, &pairs)?;
    let manifest = snapshot.manifest();
    let top: Vec<Value> =
        map.edges.iter().take(5).map(|edge| edge_value(&map, edge)).collect();
    let results: BTreeMap<String, &TestResult> =
        evaluation.results.iter().map(|result| (result.rule.clone(), result)).collect();
    let pairs: Vec<Value> = pairs
        .iter()
        .enumerate()
        .map(|(n, (a, b))| pair_value(n, a, b, &results))
        .collect();
    Ok(json!({
        "events": manifest.events,
        "cases": manifest.cases,
        "activities": manifest.activities.len(),
        "handlers": manifest.handlers,
        "dfg_edges": map.edges.len(),
        "dfg_total": map.total,
        "dfg_top5": top,
        "variants": map.variants,
        "pairs": pairs,
    }))
}

fn edge_value(map: &ProcessMap, edge: &picture::Edge) -> Value {
    let name = |at: usize| map.nodes.get(at).map(|node| node.activity.as_str());
    json!([name(edge.from), name(edge.to), edge.count])
}

fn pair_value(
    n: usize,
    a: &str,
    b: &str,
    results: &BTreeMap<String, &TestResult>,
) -> Value {
    let result = |question: &str| results.get(&format!("{question}-{n:03}"));
    let number =
        |question: &str, of: fn(&TestResult) -> u64| result(question).map(|r| of(r));
    json!({
        "a": a,
        "b": b,
        "both": number("FOUR", |r| r.subjects),
        "four_eyes_violated": number("FOUR", |r| r.found),
        "four_eyes_undecidable": number("FOUR", |r| r.not_assessable.values().sum()),
        "response_activated": number("RESP", |r| r.subjects),
        "response_violated": number("RESP", |r| r.found),
        "precedence_activated": number("PREC", |r| r.subjects),
        "precedence_violated": number("PREC", |r| r.found),
        "within_14_days_violated": number("TERM", |r| r.found),
    })
}

fn read(store: &Store, log: &Path) -> Result<Snapshot, Box<dyn Error>> {
    let mut builder = store.build(BuildOptions::new("permits"))?;
    let name = log.file_name().map(|name| name.to_string_lossy().into_owned());
    builder.start_file(SourceFile {
        name: name.unwrap_or_default(),
        ..SourceFile::default()
    })?;
    let mapping = Mapping::default();
    sources::read(log, None, &mapping, &Limits::default(), &mut builder, &mut |_| {})?;
    let built = builder.finish(&|_| WhoKind::Person)?;
    Ok(store.snapshot(&built.manifest.name)?)
}

fn evaluate(
    snapshot: &Snapshot,
    pairs: &[(String, String)],
) -> Result<(Evaluation, ProcessMap), Box<dyn Error>> {
    let activities: BTreeSet<&String> = pairs.iter().flat_map(|(a, b)| [a, b]).collect();
    let steps: BTreeMap<&String, String> =
        activities.iter().enumerate().map(|(n, name)| (*name, format!("s{n}"))).collect();
    let catalogue = questions(pairs, &steps)?;
    let set =
        rules::compile(&catalogue, Process::Permits, &Changes::new(), &BTreeSet::new())?;
    let mut binding = Binding::default();
    for (activity, step) in &steps {
        let shows = Shows { activity: (*activity).clone(), only: None };
        binding.steps.insert(step.clone(), vec![shows]);
    }
    // later than anything in the logs: every term is over
    let as_of = jiff::civil::date(2100, 1, 1);
    let dictionaries = snapshot.dictionaries();
    let log = rules::log::bind(&set, &binding, dictionaries, &BTreeSet::new(), as_of);
    let mut evaluator = Evaluator::new(&set, &log);
    let mut map = MapBuilder::new();
    for batch in snapshot.scan(&BTreeSet::new(), 250_000) {
        let batch = batch?;
        evaluator.push(&batch);
        map.push(&batch);
    }
    let evaluation = evaluator.finish(Pedigree {
        snapshot: snapshot.manifest().name.clone(),
        content: set.content.clone(),
        parameters: Vec::new(),
        as_of,
    });
    let map = map.finish(dictionaries, &binding, &evaluation);
    Ok((evaluation, map))
}

/// A catalogue with the activities as steps and the questions as rules.
fn questions(
    pairs: &[(String, String)],
    steps: &BTreeMap<&String, String>,
) -> Result<Catalogue, Box<dyn Error>> {
    let mut catalogue = catalogue::load(&catalogue::embedded())?;
    let pattern =
        catalogue.rules.values().next().cloned().ok_or("the catalogue has no rules")?;
    catalogue.rules.clear();
    catalogue.common_steps.clear();
    if let Some(process) = catalogue.processes.get_mut(&Process::Permits) {
        process.lists.clear();
        process.steps = steps.values().map(|name| step(name)).collect();
    }
    for (n, (a, b)) in pairs.iter().enumerate() {
        let name = |activity| steps.get(activity).cloned().unwrap_or_default();
        for (question, logic) in QUESTIONS {
            let logic = logic.replace("\"A\"", &format!("{:?}", name(a)));
            let logic = logic.replace("\"B\"", &format!("{:?}", name(b)));
            let code = format!("{question}-{n:03}");
            let rule = rule(&pattern, &code, &logic, question == "FOUR")?;
            catalogue.rules.insert(code, rule);
        }
    }
    Ok(catalogue)
}

fn step(name: &str) -> Step {
    Step {
        name: name.to_owned(),
        kind: StepKind::Work,
        functions: Vec::new(),
        main: false,
        patterns: Vec::new(),
        titles: Texts::default(),
    }
}

/// A rule with another logic; what it reads of the handler is told by `who`.
pub(crate) fn rule(
    pattern: &Rule,
    code: &str,
    logic: &str,
    who: bool,
) -> Result<Rule, Box<dyn Error>> {
    let mut faults = Faults::default();
    let logic = parse(code, logic, &mut faults).ok_or_else(|| faults.to_string())?;
    Ok(Rule {
        file: code.to_owned(),
        code: code.to_owned(),
        processes: vec![Process::Permits],
        level: "case".to_owned(),
        needs: if who { vec!["who".to_owned()] } else { Vec::new() },
        group: vec!["case".to_owned()],
        for_each: None,
        evidence: vec![EvidenceFor::Control("B02".to_owned())],
        parameters: BTreeMap::new(),
        when: None,
        logic,
        ..pattern.clone()
    })
}
