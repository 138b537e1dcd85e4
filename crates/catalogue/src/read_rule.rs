//! Reads a rule: everything but its logic, which `rules::compile` checks.

use crate::fault::{Faults, nearest};
use crate::items::{Column, EvidenceFor, ListKind, Parameter, Rule};
use crate::load::Loader;
use crate::read_items::{chosen, name, processes, review, sources_of};
use crate::texts::Texts;
use crate::tree::{Node, Reader, Tree};
use model::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Names that speak of the cure or of guilt instead of what is seen.
pub(crate) const FORBIDDEN_BEGINNINGS: [&str; 4] =
    ["avoid-", "no-", "check-", "suspicious-"];

const UNITS: [&str; 11] = [
    "cent",
    "day",
    "working-day",
    "minute",
    "hour",
    "percent",
    "count",
    "euro",
    "tenth",
    "thousandth",
    "character",
];

/// One folder under `rules/<area>/`.
pub(crate) fn read(
    loader: &Loader<'_>,
    folder: &str,
    columns: &BTreeMap<String, Column>,
    faults: &mut Faults,
) -> Option<Rule> {
    let file = format!("{folder}/rule.toml");
    let tree = loader.tree(&file, faults)?;
    let examples = loader.file(&format!("{folder}/examples.md"), faults)?.to_owned();
    let mut reader = Reader::new(&file, &tree, faults);
    let code = reader.text("code");
    let name = name(&mut reader, folder);
    check_name(&mut reader, &name);
    let version = reader.int("version");
    let (processes, generic) = processes(&mut reader);
    check_area(&mut reader, folder, &code, &processes, generic);
    let class = reader.choice("class", &["rule", "control", "statistic", "network"]);
    let level = reader.choice("level", &["case", "event", "actor", "pair", "process"]);
    let stage = reader.choice("stage", &["trial", "proven", "retired"]);
    let since = reader.text("since");
    let review = review(&mut reader);
    let needs = columns_named(&mut reader, "needs", columns);
    let sources = sources_of(&mut reader);
    let group = group(&mut reader, columns);
    let lists = ListKind::ALL.map(|(code, kind, _)| (code, kind));
    let for_each = match reader.tree("for_each") {
        Some(_) => chosen(&mut reader, "for_each", &lists),
        None => None,
    };
    let harmless = harmless(&mut reader);
    let evidence = evidence(&file, &mut reader);
    let parameters = parameters(&file, &mut reader);
    let when = reader.tree("when").cloned();
    let logic = reader.tree("logic").cloned();
    if logic.is_none() {
        reader.fault("logic", "`[logic]` is missing", "see docs/rules.md");
    }
    reader.done();
    let texts = texts(loader, folder, &harmless, faults);
    Some(Rule {
        file,
        code,
        name,
        version: u32::try_from(version).unwrap_or(0),
        processes,
        generic,
        class: class?.to_owned(),
        level: level?.to_owned(),
        stage: stage?.to_owned(),
        since,
        review,
        needs,
        sources,
        group,
        for_each,
        harmless,
        evidence,
        parameters,
        when,
        logic: logic?,
        texts,
        examples,
    })
}

fn texts(
    loader: &Loader<'_>,
    folder: &str,
    harmless: &[String],
    faults: &mut Faults,
) -> Texts {
    let mut keys: Vec<String> =
        ["title", "what", "why", "story", "how_to_check", "basis"]
            .map(str::to_owned)
            .to_vec();
    keys.extend(harmless.iter().map(|reading| format!("harmless.{reading}")));
    let texts = loader.texts(folder, &keys, faults);
    for lang in model::Lang::ALL {
        if texts.title(lang).chars().count() > 60 {
            let text_file = format!("{folder}/text.{lang}.toml");
            faults.add(&text_file, 0, "`title` is longer than 60 signs");
        }
    }
    texts
}

/// `case`, `who` or a column, or a list of two of these, in which `day` may stand as well.
fn group(reader: &mut Reader<'_, '_>, columns: &BTreeMap<String, Column>) -> Vec<String> {
    let named = match reader.tree("group").map(|tree| &tree.node) {
        None => return vec!["case".to_owned()],
        Some(Node::Text(name)) => vec![name.clone()],
        Some(_) => {
            let named = reader.texts("group");
            let halves = named.iter().collect::<BTreeSet<_>>().len();
            if halves != 2 || named.len() != 2 {
                let sentence = "a list under `group` holds two different names";
                reader.fault("group", sentence, "[\"who\", \"subject\"]");
            }
            named
        }
    };
    let mut own = vec!["case", "who"];
    own.extend((named.len() > 1).then_some("day"));
    for name in &named {
        if !own.contains(&name.as_str()) && !columns.contains_key(name) {
            let hint = nearest(name, columns.keys().map(String::as_str));
            reader.fault("group", format!("there is no column `{name}`"), hint);
        }
    }
    named
}

fn check_name(reader: &mut Reader<'_, '_>, name: &str) {
    for beginning in FORBIDDEN_BEGINNINGS {
        if name.starts_with(beginning) {
            let sentence = format!("the name may not begin with `{beginning}`");
            reader.fault(
                "name",
                sentence,
                "a name says what is seen, not the cure or guilt",
            );
        }
    }
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if !name.chars().all(plain) {
        reader.fault("name", "the name must be written in kebab-case", "a-z, 0-9 and -");
    }
}

fn check_area(
    reader: &mut Reader<'_, '_>,
    folder: &str,
    code: &str,
    processes: &[model::Process],
    generic: bool,
) {
    let area = folder.split('/').nth(1).unwrap_or_default();
    let expected = if generic {
        Some(("generic", "GEN"))
    } else {
        processes.first().map(|process| (process.code(), process.letters()))
    };
    let Some((expected_area, letters)) = expected else { return };
    if area != expected_area {
        let sentence =
            format!("the rule stands under `{area}` and belongs under `{expected_area}`");
        reader.fault("processes", sentence, "move the folder");
    }
    let number = code.strip_prefix(letters).and_then(|rest| rest.strip_prefix('-'));
    let fits =
        number.is_some_and(|n| n.len() >= 2 && n.chars().all(|c| c.is_ascii_digit()));
    if !fits && !code.is_empty() {
        let sentence = format!("the code `{code}` must look like {letters}-01");
        reader.fault("code", sentence, "");
    }
}

fn columns_named(
    reader: &mut Reader<'_, '_>,
    key: &'static str,
    columns: &BTreeMap<String, Column>,
) -> Vec<String> {
    let named = reader.texts(key);
    for name in &named {
        if !columns.contains_key(name) {
            let hint = nearest(name, columns.keys().map(String::as_str));
            reader.fault(
                key,
                format!("there is no column `{name}` in the vocabulary"),
                hint,
            );
        }
    }
    named
}

fn harmless(reader: &mut Reader<'_, '_>) -> Vec<String> {
    let readings = reader.texts("harmless");
    if readings.is_empty() {
        let hint = "every rule has at least one innocent reading";
        reader.fault("harmless", "`harmless` is missing or empty", hint);
    }
    for reading in &readings {
        if ["unknown", "none", "n/a", "tbd", "other"].contains(&reading.as_str()) {
            let sentence = format!("`{reading}` is not an innocent reading");
            reader.fault("harmless", sentence, "say when it is harmless");
        }
    }
    readings
}

fn evidence(file: &str, reader: &mut Reader<'_, '_>) -> Vec<EvidenceFor> {
    let mut list = Vec::new();
    let tables = reader.tables("evidence");
    for tree in &tables {
        let mut inner = Reader::new(file, tree, reader.faults());
        let control = inner.text_opt("control").map(str::to_owned);
        let circumstance = inner.text_opt("circumstance").map(str::to_owned);
        match (control, circumstance) {
            (Some(code), None) => list.push(EvidenceFor::Control(code)),
            (None, Some(code)) => list.push(EvidenceFor::Circumstance(code)),
            _ => inner.fault(
                "control",
                "evidence names either a control or a circumstance",
                "control = \"B02\" or circumstance = \"C01\"",
            ),
        }
        inner.done();
    }
    if tables.is_empty() {
        let hint = "a rule that speaks for nothing cannot change the picture";
        reader.fault("evidence", "`[[evidence]]` is missing", hint);
    }
    list
}

fn parameters(file: &str, reader: &mut Reader<'_, '_>) -> BTreeMap<String, Parameter> {
    let mut parameters = BTreeMap::new();
    let Some(tree) = reader.tree("parameters") else { return parameters };
    let entries: Vec<_> = Reader::new(file, tree, reader.faults()).entries().collect();
    for (name, entry) in entries {
        let parameter = parameter(file, entry, reader.faults());
        parameters.insert(name.to_owned(), parameter);
    }
    parameters
}

fn parameter(file: &str, tree: &Tree, faults: &mut Faults) -> Parameter {
    let mut reader = Reader::new(file, tree, faults);
    let default = reader.int("default");
    let least = reader.int("least");
    let most = reader.int("most");
    let unit = reader.choice("unit", &UNITS).unwrap_or_default().to_owned();
    let mut valid = Vec::new();
    for period in reader.tables("valid") {
        let mut inner = Reader::new(file, period, reader.faults());
        let from = date(&mut inner, "from");
        let to = date(&mut inner, "to");
        let value = inner.int("value");
        if let (Some(from), Some(to)) = (from, to) {
            if from > to {
                inner.fault("from", "`from` lies after `to`", "");
            }
            valid.push((from, to, value));
        }
        inner.done();
    }
    valid.sort_unstable();
    let overlap = valid.windows(2).any(|pair| matches!(pair, [a, b] if b.0 <= a.1));
    if overlap {
        reader.fault("valid", "two periods of the parameter overlap", "");
    }
    for value in valid.iter().map(|period| period.2).chain([default]) {
        if value < least || value > most {
            let sentence = format!("the value {value} lies outside {least} to {most}");
            reader.fault(
                "default",
                sentence,
                "widen `least` and `most` or change the value",
            );
        }
    }
    reader.done();
    Parameter { default, least, most, unit, valid }
}

fn date(reader: &mut Reader<'_, '_>, key: &'static str) -> Option<Date> {
    let text = reader.text(key);
    let date = text.parse().ok();
    if date.is_none() && !text.is_empty() {
        reader.fault(key, format!("`{text}` is not a date"), "write it as 2026-01-31");
    }
    date
}
