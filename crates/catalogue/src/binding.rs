//! A binding joins an organisation's own activity names to the steps of the catalogue, so
//! that a rule is written once and works on any municipality's log.

use crate::fault::{Faults, nearest};
use crate::glob;
use crate::items::Catalogue;
use crate::tree::{Node, Reader, Tree, parse};
use model::Process;
use std::collections::BTreeMap;

/// One way in which a step shows in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shows {
    /// The name of the activity, or a pattern with `*` and `?`.
    pub activity: String,
    /// Only events whose attribute has this value (attribute, value), without regard to
    /// capitals.
    pub only: Option<(String, String)>,
}

/// A step that an activity shows, and the attribute and value it must have to count.
pub type StepShown<'b> = (&'b str, Option<&'b (String, String)>);

/// A checked binding.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Binding {
    /// The process it is for.
    pub process: Option<Process>,
    /// What the log is, in the words of its owner.
    pub title: String,
    /// Step → how it shows.
    pub steps: BTreeMap<String, Vec<Shows>>,
    /// Step → why this log does not hold it.
    pub not_recorded: BTreeMap<String, String>,
    /// Activities that are no step and need none.
    pub ignored: Vec<String>,
    /// Names or patterns of service accounts.
    pub service_accounts: Vec<String>,
    /// Names or patterns of desks and mailboxes that several people share.
    pub shared_desks: Vec<String>,
    /// Column of the vocabulary → attribute of the log.
    pub columns: BTreeMap<String, String>,
    /// Columns by which cases are handed out; pairs are not judged where there are any.
    pub assigned_by: Vec<String>,
}

impl Binding {
    /// The steps of an activity, and for each the condition under which it counts. An exact
    /// name goes before a pattern: where one step names the activity exactly, patterns of
    /// other steps do not count.
    pub fn steps_of(&self, activity: &str) -> Vec<StepShown<'_>> {
        let find = |exact: bool| {
            let mut found = Vec::new();
            for (step, ways) in &self.steps {
                for way in ways {
                    let fits = if exact {
                        way.activity == activity
                    } else {
                        glob::is_pattern(&way.activity)
                            && glob::matches(&way.activity, activity)
                    };
                    if fits {
                        found.push((step.as_str(), way.only.as_ref()));
                    }
                }
            }
            found
        };
        let exact = find(true);
        if exact.is_empty() { find(false) } else { exact }
    }

    /// Whether an activity was put aside.
    pub fn ignores(&self, activity: &str) -> bool {
        self.ignored.iter().any(|p| p == activity || glob::matches(p, activity))
    }

    /// The attribute of the log that stands for a column of the vocabulary.
    pub fn attribute_of<'a>(&'a self, column: &'a str) -> &'a str {
        self.columns.get(column).map_or(column, String::as_str)
    }
}

/// Reads and checks a binding against the catalogue; all faults at once.
pub fn read(file: &str, text: &str, catalogue: &Catalogue) -> Result<Binding, Faults> {
    let mut faults = Faults::default();
    let Some(tree) = parse(file, text, &mut faults) else { return Err(faults) };
    let mut reader = Reader::new(file, &tree, &mut faults);
    if reader.int("format") != 1 {
        reader.fault(
            "format",
            "`format` must be 1",
            "this program knows only that format",
        );
    }
    let code = reader.text("process");
    let process = match code.parse::<Process>() {
        Ok(process) => Some(process),
        Err(unknown) if !code.is_empty() => {
            reader.fault("process", unknown.to_string(), "");
            None
        }
        Err(_) => None,
    };
    let mut binding = Binding {
        process,
        title: reader.text_opt("title").unwrap_or_default().to_owned(),
        ..Binding::default()
    };
    read_steps(file, &mut reader, catalogue, &mut binding);
    read_rest(file, &mut reader, catalogue, &mut binding);
    reader.done();
    if faults.is_empty() { Ok(binding) } else { Err(faults.sorted()) }
}

fn read_steps(
    file: &str,
    reader: &mut Reader<'_, '_>,
    catalogue: &Catalogue,
    binding: &mut Binding,
) {
    if let Some(tree) = reader.tree("steps") {
        for (step, ways) in Reader::new(file, tree, reader.faults()).entries() {
            check_step(
                file,
                step,
                ways.line,
                binding.process,
                catalogue,
                reader.faults(),
            );
            let ways = shows(file, ways, reader.faults());
            binding.steps.insert(step.to_owned(), ways);
        }
    } else {
        reader.fault("steps", "`[steps]` is missing", "`dijkwacht bind` proposes one");
    }
    if let Some(tree) = reader.tree("not_recorded") {
        for (step, reason) in Reader::new(file, tree, reader.faults()).entries() {
            check_step(
                file,
                step,
                reason.line,
                binding.process,
                catalogue,
                reader.faults(),
            );
            if let Node::Text(reason) = &reason.node {
                binding.not_recorded.insert(step.to_owned(), reason.clone());
            } else {
                reader.faults().add(file, reason.line, "the reason must be text");
            }
        }
    }
}

fn read_rest(
    file: &str,
    reader: &mut Reader<'_, '_>,
    catalogue: &Catalogue,
    binding: &mut Binding,
) {
    let list = |reader: &mut Reader<'_, '_>,
                table: &'static str,
                keys: &[&'static str]| {
        let Some(tree) = reader.tree(table) else { return vec![Vec::new(); keys.len()] };
        let mut inner = Reader::new(file, tree, reader.faults());
        let lists = keys.iter().map(|key| inner.texts(key)).collect();
        inner.done();
        lists
    };
    binding.ignored = list(reader, "ignore", &["activities"]).pop().unwrap_or_default();
    let mut accounts = list(reader, "accounts", &["service", "shared"]).into_iter();
    binding.service_accounts = accounts.next().unwrap_or_default();
    binding.shared_desks = accounts.next().unwrap_or_default();
    binding.assigned_by = list(reader, "assigned", &["by"]).pop().unwrap_or_default();
    if let Some(tree) = reader.tree("columns") {
        for (column, attribute) in Reader::new(file, tree, reader.faults()).entries() {
            if !catalogue.columns.contains_key(column) {
                let hint = nearest(column, catalogue.columns.keys().map(String::as_str));
                let sentence = format!("there is no column `{column}` in the vocabulary");
                reader.faults().add_with_hint(file, attribute.line, sentence, hint);
            }
            if let Node::Text(name) = &attribute.node {
                binding.columns.insert(column.to_owned(), name.clone());
            } else {
                reader.faults().add(file, attribute.line, "the attribute must be text");
            }
        }
    }
}

fn check_step(
    file: &str,
    step: &str,
    line: u32,
    process: Option<Process>,
    catalogue: &Catalogue,
    faults: &mut Faults,
) {
    let Some(process) = process else { return };
    if catalogue.step(process, step).is_some() {
        return;
    }
    let steps =
        catalogue.processes.get(&process).map(|p| p.steps.as_slice()).unwrap_or_default();
    let known = steps.iter().chain(&catalogue.common_steps).map(|s| s.name.as_str());
    let hint = nearest(step, known);
    faults.add_with_hint(file, line, format!("`{process}` has no step `{step}`"), hint);
}

fn shows(file: &str, tree: &Tree, faults: &mut Faults) -> Vec<Shows> {
    let Node::List(items) = &tree.node else {
        let kind = tree.node.kind();
        let sentence = format!("expected a list of activities, found {kind}");
        faults.add_with_hint(
            file,
            tree.line,
            sentence,
            "step = [\"Name of the activity\"]",
        );
        return Vec::new();
    };
    items.iter().filter_map(|item| one_way(file, item, faults)).collect()
}

fn one_way(file: &str, item: &Tree, faults: &mut Faults) -> Option<Shows> {
    if let Node::Text(activity) = &item.node {
        return Some(Shows { activity: activity.clone(), only: None });
    }
    let mut reader = Reader::new(file, item, faults);
    let activity = reader.text("activity");
    let only = reader.tree("where").and_then(|condition| {
        let mut inner = Reader::new(file, condition, reader.faults());
        let pair = (inner.text("field"), inner.text("equals"));
        inner.done();
        (!pair.0.is_empty() && !pair.1.is_empty()).then_some(pair)
    });
    reader.done();
    (!activity.is_empty()).then_some(Shows { activity, only })
}
