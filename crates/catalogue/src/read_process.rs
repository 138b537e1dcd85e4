//! Reads a process: its steps, its lists and its texts.

use crate::fault::Faults;
use crate::items::{
    Column, Decision, Links, ListItem, ListKind, ProcessItem, Step, StepKind,
};
use crate::load::Loader;
use crate::read_items::{chosen, review, sources_of};
use crate::texts::Texts;
use crate::tree::{Reader, Tree};
use std::collections::{BTreeMap, BTreeSet};

/// One folder under `processes/`.
pub(crate) fn read(
    loader: &Loader<'_>,
    folder: &str,
    columns: &BTreeMap<String, Column>,
    faults: &mut Faults,
) -> Option<ProcessItem> {
    let file = format!("{folder}/process.toml");
    let tree = loader.tree(&file, faults)?;
    let mut reader = Reader::new(&file, &tree, faults);
    let code = reader.text("code");
    let process = match code.parse::<model::Process>() {
        Ok(process) => process,
        Err(unknown) => {
            reader.fault("code", unknown.to_string(), "");
            return None;
        }
    };
    if folder.rsplit('/').next() != Some(process.code()) {
        reader.fault(
            "code",
            format!("the folder of `{code}` must have the same name"),
            "",
        );
    }
    let letters = reader.text("letters");
    if letters != process.letters() {
        reader.fault(
            "letters",
            format!("the letters of `{code}` are {}", process.letters()),
            "",
        );
    }
    let attractiveness =
        reader.choice("attractiveness", &["low", "middle", "high"]).unwrap_or_default();
    let functions = functions(&file, &mut reader);
    let steps = steps(&file, &mut reader, &functions);
    let names: BTreeSet<&str> = steps.iter().map(|step| step.name.as_str()).collect();
    let mut lists = BTreeMap::new();
    for (key, kind, sets) in ListKind::ALL {
        let items = reader.tables(key);
        let items = items
            .into_iter()
            .map(|item| list_item(&file, item, kind, sets, &names, reader.faults()))
            .collect();
        lists.insert(kind, items);
    }
    let decision = decision(&file, &mut reader, &names, columns);
    let links = links(&file, &mut reader);
    let review = review(&mut reader);
    let sources = sources_of(&mut reader);
    reader.done();
    let keys = expected_texts(&functions, &steps, &lists);
    let texts: Texts = loader.texts(folder, &keys, faults);
    Some(ProcessItem {
        process,
        attractiveness: attractiveness.to_owned(),
        sources,
        review,
        functions,
        steps,
        lists,
        decision,
        links,
        texts,
    })
}

fn functions(file: &str, reader: &mut Reader<'_, '_>) -> Vec<String> {
    let mut names = Vec::new();
    for tree in reader.tables("functions") {
        let mut inner = Reader::new(file, tree, reader.faults());
        names.push(inner.text("name"));
        inner.done();
    }
    names
}

fn steps(file: &str, reader: &mut Reader<'_, '_>, functions: &[String]) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for tree in reader.tables("steps") {
        let mut inner = Reader::new(file, tree, reader.faults());
        let step = Step {
            name: inner.text("name"),
            kind: chosen(&mut inner, "kind", &StepKind::ALL).unwrap_or(StepKind::Work),
            functions: inner.texts("functions"),
            main: inner.flag("main", false),
            patterns: inner.texts("match"),
            titles: Texts::default(),
        };
        for function in &step.functions {
            if !functions.contains(function) {
                let hint =
                    crate::fault::nearest(function, functions.iter().map(String::as_str));
                inner.fault(
                    "functions",
                    format!("there is no function `{function}`"),
                    hint,
                );
            }
        }
        if steps.iter().any(|known| known.name == step.name) {
            inner.fault(
                "name",
                format!("the step `{}` stands there twice", step.name),
                "",
            );
        }
        inner.done();
        steps.push(step);
    }
    steps
}

fn list_item(
    file: &str,
    tree: &Tree,
    kind: ListKind,
    keys: &[&'static str],
    steps: &BTreeSet<&str>,
    faults: &mut Faults,
) -> ListItem {
    let mut reader = Reader::new(file, tree, faults);
    let mut sets = BTreeMap::new();
    for key in keys.iter().copied() {
        let named = if kind == ListKind::Mandatory && key == "step" {
            vec![(reader.text(key), reader.line_of(key))]
        } else {
            reader.texts_with_lines(key)
        };
        check_steps(file, &named, steps, reader.faults());
        if named.is_empty() && key != "change" {
            reader.fault(
                key,
                format!("`{key}` is missing or empty"),
                "name at least one step",
            );
        }
        sets.insert(
            key.to_owned(),
            named.into_iter().map(|(step, _)| step).collect::<Vec<_>>(),
        );
    }
    let name = if kind == ListKind::Mandatory {
        sets.get("step")
            .and_then(|s: &Vec<String>| s.first())
            .cloned()
            .unwrap_or_default()
    } else {
        reader.text("name")
    };
    let source = reader.text("source");
    let checked = if kind == ListKind::Separations { checked(&mut reader) } else { None };
    reader.done();
    ListItem { name, sets, source, checked }
}

/// The day on which a pair was held against its source; `never` says that nobody did.
fn checked(reader: &mut Reader<'_, '_>) -> Option<model::Date> {
    let text = reader.text("checked");
    let date = text.parse().ok();
    if date.is_none() && text != "never" && !text.is_empty() {
        let hint = "write a date as 2026-01-31, or \"never\"";
        reader.fault("checked", format!("`{text}` is not a date"), hint);
    }
    date
}

/// General areas of vulnerability that a process may belong to.
const AREAS: [&str; 11] = [
    "contracting",
    "payment",
    "granting",
    "regulating",
    "inspection",
    "enforcement",
    "information",
    "money",
    "goods",
    "real-estate",
    "people",
];

fn links(file: &str, reader: &mut Reader<'_, '_>) -> Links {
    let Some(tree) = reader.tree("links") else {
        let hint = "write [links] with gemma, case_types and areas";
        reader.fault("links", "`[links]` is missing", hint);
        return Links::default();
    };
    let mut inner = Reader::new(file, tree, reader.faults());
    let links = Links {
        gemma: inner.texts("gemma"),
        case_types: inner.texts("case_types"),
        areas: inner.texts("areas"),
    };
    for area in &links.areas {
        if !AREAS.contains(&area.as_str()) {
            let hint = crate::fault::nearest(area, AREAS);
            inner.fault("areas", format!("there is no area `{area}`"), hint);
        }
    }
    inner.done();
    links
}

fn check_steps(
    file: &str,
    named: &[(String, u32)],
    steps: &BTreeSet<&str>,
    faults: &mut Faults,
) {
    for (step, line) in named {
        if !steps.contains(step.as_str()) {
            let hint = crate::fault::nearest(step, steps.iter().copied());
            faults.add_with_hint(file, *line, format!("there is no step `{step}`"), hint);
        }
    }
}

fn decision(
    file: &str,
    reader: &mut Reader<'_, '_>,
    steps: &BTreeSet<&str>,
    columns: &BTreeMap<String, Column>,
) -> Decision {
    let Some(tree) = reader.tree("decision") else { return Decision::default() };
    let mut inner = Reader::new(file, tree, reader.faults());
    let mut set = |key: &'static str| {
        let named = inner.texts_with_lines(key);
        check_steps(file, &named, steps, inner.faults());
        named.into_iter().map(|(step, _)| step).collect()
    };
    let (step, ready, handle) = (set("step"), set("ready"), set("handle"));
    let favourable = inner.tree("favourable").cloned();
    inner.done();
    if let Some(tree) = &favourable {
        let mut condition = Reader::new(file, tree, reader.faults());
        let field = condition.text("field");
        if !field.is_empty() && !columns.contains_key(&field) {
            let hint = crate::fault::nearest(&field, columns.keys().map(String::as_str));
            condition.fault("field", format!("there is no column `{field}`"), hint);
        }
    }
    Decision { step, ready, handle, favourable }
}

fn expected_texts(
    functions: &[String],
    steps: &[Step],
    lists: &BTreeMap<ListKind, Vec<ListItem>>,
) -> Vec<String> {
    let mut keys: Vec<String> =
        ["title", "purpose", "wanted", "example", "attractiveness_reason"]
            .map(str::to_owned)
            .to_vec();
    keys.extend(functions.iter().map(|name| format!("functions.{name}")));
    keys.extend(steps.iter().map(|step| format!("steps.{}", step.name)));
    for (kind, items) in lists {
        if *kind != ListKind::Mandatory {
            keys.extend(
                items.iter().map(|item| format!("{}.{}", kind.code(), item.name)),
            );
        }
    }
    keys
}
