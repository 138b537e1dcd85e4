//! Reads the small items: sources, columns, common steps, circumstances and controls.

use crate::fault::Faults;
use crate::items::{
    Circumstance, Column, ColumnType, Control, Secrecy, SourceItem, Step, StepKind,
    TableItem,
};
use crate::load::Loader;
use crate::texts;
use crate::tree::Reader;
use model::Process;
use std::collections::BTreeMap;

/// `sources.toml`: every source once.
pub(crate) fn sources(
    loader: &Loader<'_>,
    faults: &mut Faults,
) -> BTreeMap<String, SourceItem> {
    let file = "sources.toml";
    let mut items = BTreeMap::new();
    let Some(tree) = loader.tree(file, faults) else { return items };
    for (id, entry) in Reader::new(file, &tree, faults).entries() {
        let mut reader = Reader::new(file, entry, faults);
        let item = SourceItem {
            id: id.to_owned(),
            title: reader.text("title"),
            url: reader.text_opt("url").unwrap_or_default().to_owned(),
            read: reader
                .choice("read", &["read", "excerpt", "not-read"])
                .unwrap_or_default()
                .to_owned(),
        };
        reader.done();
        items.insert(id.to_owned(), item);
    }
    items
}

/// The value that stands behind a name of a closed list.
pub(crate) fn chosen<T: Copy>(
    reader: &mut Reader<'_, '_>,
    key: &'static str,
    list: &[(&'static str, T)],
) -> Option<T> {
    let names: Vec<&'static str> = list.iter().map(|(name, _)| *name).collect();
    let name = reader.choice(key, &names)?;
    list.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
}

/// Two titles that stand in the item itself as `nl` and `en`.
pub(crate) fn titles(file: &str, reader: &mut Reader<'_, '_>) -> texts::Texts {
    let line = reader.line();
    let mut one = |lang: &'static str| {
        let mut read = texts::Read::new();
        let text = reader.text(lang);
        if !text.is_empty() {
            read.insert("title".to_owned(), (text, line));
        }
        read
    };
    let (nl, en) = (one("nl"), one("en"));
    if nl.is_empty() || en.is_empty() {
        return texts::Texts::default();
    }
    texts::join(file, &nl, &en, &["title".to_owned()], reader.faults())
}

/// `vocabulary/columns.toml`.
pub(crate) fn columns(
    loader: &Loader<'_>,
    faults: &mut Faults,
) -> BTreeMap<String, Column> {
    let file = "vocabulary/columns.toml";
    let mut items = BTreeMap::new();
    let Some(tree) = loader.tree(file, faults) else { return items };
    for (name, entry) in Reader::new(file, &tree, faults).entries() {
        let mut reader = Reader::new(file, entry, faults);
        let kind = chosen(&mut reader, "type", &ColumnType::ALL);
        let of = reader.choice("of", &["case", "event"]);
        let secrecy = chosen(&mut reader, "secrecy", &Secrecy::ALL);
        let titles = titles(file, &mut reader);
        reader.done();
        if let (Some(kind), Some(of), Some(secrecy)) = (kind, of, secrecy) {
            let name = name.to_owned();
            let column = Column {
                name: name.clone(),
                kind,
                of_case: of == "case",
                secrecy,
                titles,
            };
            items.insert(name, column);
        }
    }
    items
}

/// `vocabulary/tables.toml`; empty where the content has none.
pub(crate) fn tables(
    loader: &Loader<'_>,
    columns: &BTreeMap<String, Column>,
    faults: &mut Faults,
) -> BTreeMap<String, TableItem> {
    let file = "vocabulary/tables.toml";
    let mut items = BTreeMap::new();
    if !loader.has(file) {
        return items;
    }
    let Some(tree) = loader.tree(file, faults) else { return items };
    for (name, entry) in Reader::new(file, &tree, faults).entries() {
        let mut reader = Reader::new(file, entry, faults);
        let item = TableItem {
            name: name.to_owned(),
            events: reader.choice("rows", &["events", "joined"]) == Some("events"),
            joins: reader.texts("joins"),
            columns: reader.texts("columns"),
            titles: titles(file, &mut reader),
        };
        for (key, named) in [("joins", &item.joins), ("columns", &item.columns)] {
            for column in named {
                if !columns.contains_key(column) {
                    let hint =
                        crate::fault::nearest(column, columns.keys().map(String::as_str));
                    reader.fault(key, format!("there is no column `{column}`"), hint);
                }
            }
        }
        if item.events != item.joins.is_empty() {
            let sentence =
                "a table whose rows are joined names `joins`, one of events does not";
            reader.fault("joins", sentence, "");
        }
        reader.done();
        items.insert(name.to_owned(), item);
    }
    items
}

/// `vocabulary/steps.toml`: the steps every process has.
pub(crate) fn common_steps(loader: &Loader<'_>, faults: &mut Faults) -> Vec<Step> {
    let file = "vocabulary/steps.toml";
    let Some(tree) = loader.tree(file, faults) else { return Vec::new() };
    let mut steps = Vec::new();
    for (name, entry) in Reader::new(file, &tree, faults).entries() {
        let mut reader = Reader::new(file, entry, faults);
        steps.push(Step {
            name: name.to_owned(),
            kind: StepKind::Record,
            functions: Vec::new(),
            main: false,
            patterns: reader.texts("match"),
            titles: titles(file, &mut reader),
        });
        reader.done();
    }
    steps
}

/// Names of processes, or all of them for `"*"`.
pub(crate) fn processes(reader: &mut Reader<'_, '_>) -> (Vec<Process>, bool) {
    let names = reader.texts("processes");
    if names.iter().any(|name| name == "*") {
        return (Process::ALL.to_vec(), true);
    }
    let mut found = Vec::new();
    for name in &names {
        match name.parse() {
            Ok(process) => found.push(process),
            Err(unknown) => {
                let unknown: model::process::UnknownProcess = unknown;
                reader.fault("processes", unknown.to_string(), "");
            }
        }
    }
    if names.is_empty() {
        reader.fault(
            "processes",
            "`processes` is missing or empty",
            "write [\"*\"] for all",
        );
    }
    found.sort_unstable();
    (found, false)
}

fn weight(reader: &mut Reader<'_, '_>) -> u8 {
    let weight = reader.int("weight");
    if !(1..=3).contains(&weight) {
        reader.fault("weight", "`weight` must be 1, 2 or 3", "");
    }
    u8::try_from(weight).unwrap_or(1)
}

/// The levels of answers by their names in content: maturity, then severity.
const LEVELS: [(&str, u8); 7] = [
    ("absent", 0),
    ("on-paper", 1),
    ("applied", 2),
    ("checked", 3),
    ("none", 0),
    ("somewhat", 1),
    ("strongly", 2),
];

/// `asked_when = "B01 on-paper"`: another question and the least answer to it.
fn asked_when(reader: &mut Reader<'_, '_>) -> Option<(String, u8)> {
    let text = reader.text_opt("asked_when")?;
    let level = |name: &str| LEVELS.iter().find(|(known, _)| *known == name);
    match text.split_once(' ').and_then(|(code, name)| Some((code, level(name)?.1))) {
        Some((code, least)) if least > 0 => Some((code.to_owned(), least)),
        Some(_) | None => {
            let hint =
                "write a code and the least answer to it, such as \"B01 on-paper\"";
            reader.fault("asked_when", format!("`asked_when` is `{text}`"), hint);
            None
        }
    }
}

/// The name, which must be that of the folder.
pub(crate) fn name(reader: &mut Reader<'_, '_>, folder: &str) -> String {
    let name = reader.text("name");
    let expected = folder.rsplit('/').next().unwrap_or_default();
    if !name.is_empty() && name != expected {
        let sentence =
            format!("`name` is `{name}`, but the folder is called `{expected}`");
        reader.fault("name", sentence, "give both the same name");
    }
    name
}

/// The ids of the sources; at least one.
pub(crate) fn sources_of(reader: &mut Reader<'_, '_>) -> Vec<String> {
    let sources = reader.texts("sources");
    if sources.is_empty() {
        let hint = "name at least one; our own proposal has PRACTICE";
        reader.fault("sources", "`sources` is missing or empty", hint);
    }
    sources
}

/// The state of review.
pub(crate) fn review(reader: &mut Reader<'_, '_>) -> String {
    reader.choice("review", &["proposal", "reviewed"]).unwrap_or_default().to_owned()
}

/// The texts of what is asked: fixed keys, and a sentence for each answer.
fn asked(
    loader: &Loader<'_>,
    folder: &str,
    keys: &[&str],
    levels: &[String],
    faults: &mut Faults,
) -> texts::Texts {
    let mut all: Vec<String> = keys.iter().map(|key| (*key).to_owned()).collect();
    all.extend_from_slice(levels);
    loader.texts(folder, &all, faults)
}

/// One circumstance.
pub(crate) fn circumstance(
    loader: &Loader<'_>,
    folder: &str,
    faults: &mut Faults,
) -> Option<Circumstance> {
    const GROUPS: [&str; 8] = [
        "functions",
        "persons",
        "way-of-working",
        "organisation",
        "locations",
        "sectors",
        "waterbed",
        "economy",
    ];
    let file = format!("{folder}/circumstance.toml");
    let tree = loader.tree(&file, faults)?;
    let keys = ["title", "question", "help"];
    let levels = ["none", "somewhat", "strongly"].map(|l| format!("severity.{l}"));
    let texts = asked(loader, folder, &keys, &levels, faults);
    let mut reader = Reader::new(&file, &tree, faults);
    let item = Circumstance {
        code: reader.text("code"),
        name: name(&mut reader, folder),
        inside: reader.choice("kind", &["inside", "outside"]) == Some("inside"),
        group: reader.choice("group", &GROUPS).unwrap_or_default().to_owned(),
        weight: weight(&mut reader),
        asked_when: asked_when(&mut reader),
        processes: processes(&mut reader).0,
        review: review(&mut reader),
        sources: sources_of(&mut reader),
        texts,
    };
    reader.done();
    Some(item)
}

/// One control.
pub(crate) fn control(
    loader: &Loader<'_>,
    folder: &str,
    faults: &mut Faults,
) -> Option<Control> {
    let file = format!("{folder}/control.toml");
    let tree = loader.tree(&file, faults)?;
    let keys = ["title", "question", "help", "evidence"];
    let levels =
        ["absent", "on-paper", "applied", "checked"].map(|l| format!("maturity.{l}"));
    let texts = asked(loader, folder, &keys, &levels, faults);
    let mut reader = Reader::new(&file, &tree, faults);
    let item = Control {
        code: reader.text("code"),
        name: name(&mut reader, folder),
        key: reader.flag("key", false),
        weight: weight(&mut reader),
        asked_when: asked_when(&mut reader),
        processes: processes(&mut reader).0,
        review: review(&mut reader),
        sources: sources_of(&mut reader),
        texts,
    };
    reader.done();
    Some(item)
}
