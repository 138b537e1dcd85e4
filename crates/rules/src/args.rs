//! The arguments of an operator, read from the logic of a rule and resolved: names of steps
//! become bits, `$names` become parameters, columns become slots. Every fault is told.

use crate::condition::Condition;
use crate::number::Number;
use crate::operators;
use crate::pattern::Pattern;
use crate::steps::{StepSet, StepTable};
use crate::view::Slot;
use catalogue::fault::nearest;
use catalogue::tree::{Node, Reader, Tree};
use catalogue::{Catalogue, ListItem, ProcessItem, Rule};
use std::collections::{BTreeMap, BTreeSet};

/// What is being compiled: one rule for one process and, under `for_each`, one item.
#[derive(Debug)]
pub struct Context<'c> {
    /// The catalogue.
    pub catalogue: &'c Catalogue,
    /// The process.
    pub process: &'c ProcessItem,
    /// Its steps.
    pub table: &'c StepTable,
    /// The rule.
    pub rule: &'c Rule,
    /// The item of the list, under `for_each`.
    pub item: Option<&'c ListItem>,
    /// The values of the parameters, after the changes of the user.
    pub numbers: BTreeMap<String, Number>,
    /// Columns that got a slot, over all rules of the process.
    pub columns: &'c mut Vec<String>,
    /// Columns this rule named.
    pub used: BTreeSet<String>,
    /// Parameters this rule named.
    pub used_parameters: BTreeSet<String>,
    /// Whether a list of steps was empty, so that this item cannot be judged.
    pub left_out: bool,
}

impl Context<'_> {
    /// The slot of a column of the vocabulary, new or known.
    pub fn slot(&mut self, column: &str) -> Slot {
        self.used.insert(column.to_owned());
        if let Some(at) = self.columns.iter().position(|known| known == column) {
            return Slot(at);
        }
        self.columns.push(column.to_owned());
        Slot(self.columns.len() - 1)
    }
}

/// The arguments of one operator.
#[derive(Debug)]
pub struct Args<'t, 'f, 'x, 'c> {
    /// The fields.
    pub reader: Reader<'t, 'f>,
    /// What is being compiled.
    pub context: &'x mut Context<'c>,
    file: &'t str,
}

impl<'t, 'f, 'x, 'c> Args<'t, 'f, 'x, 'c> {
    /// Begins to read.
    pub fn new(
        file: &'t str,
        tree: &'t Tree,
        faults: &'f mut catalogue::Faults,
        context: &'x mut Context<'c>,
    ) -> Self {
        Self { reader: Reader::new(file, tree, faults), context, file }
    }

    /// A set of steps that must be there.
    pub fn steps(&mut self, key: &'static str) -> StepSet {
        if self.reader.tree(key).is_none() {
            self.reader.fault(key, format!("`{key}` is missing"), "a list of steps");
            return StepSet::NONE;
        }
        let set = self.steps_opt(key);
        if set.is_empty() {
            self.context.left_out = true;
        }
        set
    }

    /// A set of steps, empty where absent.
    pub fn steps_opt(&mut self, key: &'static str) -> StepSet {
        // one step may be written without the brackets
        let single = match self.reader.tree(key).map(|tree| &tree.node) {
            Some(Node::Text(name)) => Some(name.clone()),
            _ => None,
        };
        let named = match single {
            Some(name) => vec![name],
            None => self.reader.texts(key),
        };
        named.iter().fold(StepSet::NONE, |set, name| set | self.one_step(key, name))
    }

    fn one_step(&mut self, key: &'static str, name: &str) -> StepSet {
        if name == "*" {
            return StepSet::ANY;
        }
        let Some(list) = name.strip_prefix('@') else {
            return self.context.table.find(name).unwrap_or_else(|| {
                let hint =
                    nearest(name, self.context.table.all().iter().map(String::as_str));
                let process = self.context.process.process;
                self.reader.fault(key, format!("`{process}` has no step `{name}`"), hint);
                StepSet::NONE
            });
        };
        let decision = &self.context.process.decision;
        let names = match list {
            "decision" => Some(&decision.step),
            "ready" => Some(&decision.ready),
            "handle" => Some(&decision.handle),
            _ => self.context.item.and_then(|item| item.sets.get(list)),
        };
        let Some(names) = names else {
            let hint = "lists are @decision, @ready, @handle and those of `for_each`";
            self.reader.fault(key, format!("there is no list `@{list}` here"), hint);
            return StepSet::NONE;
        };
        let table = self.context.table;
        names
            .iter()
            .filter_map(|step| table.find(step))
            .fold(StepSet::NONE, |all, s| all | s)
    }

    /// Numbers, each given or taken from a parameter.
    pub fn numbers(&mut self, key: &'static str) -> Vec<Number> {
        let trees: Vec<&'t Tree> = self.reader.tables(key);
        if trees.is_empty() {
            let hint = "a list of numbers or \"$parameters\"";
            self.reader.fault(key, format!("`{key}` is missing or empty"), hint);
        }
        trees.into_iter().filter_map(|tree| self.number_in(key, tree)).collect()
    }

    /// A number, given or taken from a parameter; `None` where absent.
    pub fn number_opt(&mut self, key: &'static str) -> Option<Number> {
        let tree = self.reader.tree(key)?;
        self.number_in(key, tree)
    }

    fn number_in(&mut self, key: &'static str, tree: &Tree) -> Option<Number> {
        match &tree.node {
            Node::Int(number) => Some(Number::literal(*number)),
            Node::Text(text) if text.starts_with('$') => {
                let name = text.trim_start_matches('$').to_owned();
                self.context.used_parameters.insert(name.clone());
                let number = self.context.numbers.get(&name).cloned();
                if number.is_none() {
                    let hint =
                        nearest(&name, self.context.numbers.keys().map(String::as_str));
                    self.reader.fault(
                        key,
                        format!("there is no parameter `{name}`"),
                        hint,
                    );
                }
                number
            }
            Node::Text(_)
            | Node::Other(_)
            | Node::Bool(_)
            | Node::List(_)
            | Node::Table(_) => {
                let found = tree.node.kind();
                let sentence =
                    format!("`{key}` must be a number or \"$parameter\", found {found}");
                self.reader.fault(key, sentence, "");
                None
            }
        }
    }

    /// A number that must be there.
    pub fn number(&mut self, key: &'static str) -> Number {
        if self.reader.tree(key).is_none() {
            self.reader.fault(
                key,
                format!("`{key}` is missing"),
                "a number or \"$parameter\"",
            );
        }
        self.number_opt(key).unwrap_or_else(|| Number::literal(0))
    }

    /// A number, or the default of the operator.
    pub fn number_or(&mut self, key: &'static str, default: i64) -> Number {
        self.number_opt(key).unwrap_or_else(|| Number::literal(default))
    }

    /// A column that must be named and known.
    pub fn column(&mut self, key: &'static str) -> Slot {
        let name = self.reader.text(key);
        self.known_column(key, &name).unwrap_or(Slot(usize::MAX))
    }

    /// A column, where named.
    pub fn column_opt(&mut self, key: &'static str) -> Option<Slot> {
        let name = self.reader.text_opt(key)?.to_owned();
        self.known_column(key, &name)
    }

    /// Columns, in the order given.
    pub fn columns(&mut self, key: &'static str) -> Vec<Slot> {
        let names = self.reader.texts(key);
        names.iter().filter_map(|name| self.known_column(key, name)).collect()
    }

    /// The slot of a column of the vocabulary; a fault where it is not known.
    pub fn known_column(&mut self, key: &'static str, name: &str) -> Option<Slot> {
        if name.is_empty() {
            return None;
        }
        if ["case", "activity", "time", "who"].contains(&name) {
            let hint = "it is no value of an event; see docs/rules.md for what reads it";
            self.reader.fault(
                key,
                format!("`{name}` cannot be read as a column here"),
                hint,
            );
            return None;
        }
        if !self.context.catalogue.columns.contains_key(name) {
            let known = self.context.catalogue.columns.keys().map(String::as_str);
            let hint = nearest(name, known);
            self.reader.fault(key, format!("there is no column `{name}`"), hint);
            return None;
        }
        Some(self.context.slot(name))
    }

    /// A condition on single events (`where = { field = …, equals = … }`), or a list of
    /// which all must hold; `None` where absent.
    pub fn condition_opt(&mut self, key: &'static str) -> Option<Condition> {
        let tree = self.reader.tree(key)?;
        let Node::List(items) = &tree.node else { return self.one_condition(tree) };
        if items.is_empty() {
            self.reader.fault(key, format!("`{key}` is empty"), "at least one condition");
        }
        let all = items.iter().filter_map(|item| self.one_condition(item)).collect();
        Condition::all(all)
    }

    fn one_condition(&mut self, tree: &Tree) -> Option<Condition> {
        let mut inner = Args::new(self.file, tree, self.reader.faults(), self.context);
        let condition = Condition::read(&mut inner);
        inner.reader.done();
        condition
    }

    /// Conditions that an event must all meet: one table, or a list of them; empty where
    /// absent.
    pub fn conditions(&mut self, key: &'static str) -> Vec<Condition> {
        let listed =
            matches!(self.reader.tree(key).map(|t| &t.node), Some(Node::List(_)));
        if !listed {
            return self.condition_opt(key).into_iter().collect();
        }
        let trees = self.reader.tables(key);
        let read = |tree| self.inside(tree, |inner| Condition::read(inner));
        trees.into_iter().filter_map(read).collect()
    }

    /// Reads a table inside this one; keys that were not asked for are faults.
    pub fn inside<T>(
        &mut self,
        tree: &Tree,
        read: impl FnOnce(&mut Args<'_, '_, '_, 'c>) -> T,
    ) -> T {
        let mut inner = Args::new(self.file, tree, self.reader.faults(), self.context);
        let given = read(&mut inner);
        inner.reader.done();
        given
    }

    /// The condition written here itself (for `attribute`).
    pub fn condition_here(&mut self) -> Option<Condition> {
        Condition::read(self)
    }

    /// A pattern inside this one.
    pub fn pattern(&mut self, key: &'static str) -> Option<Box<dyn Pattern>> {
        let Some(tree) = self.reader.tree(key) else {
            self.reader.fault(key, format!("`{key}` is missing"), "a pattern");
            return None;
        };
        operators::compile(self.file, tree, self.reader.faults(), self.context)
    }

    /// A list of patterns inside this one.
    pub fn patterns(&mut self, key: &'static str) -> Vec<Box<dyn Pattern>> {
        let trees = self.reader.tables(key);
        if trees.is_empty() {
            self.reader.fault(
                key,
                format!("`{key}` is missing or empty"),
                "a list of patterns",
            );
        }
        trees
            .into_iter()
            .filter_map(|tree| {
                operators::compile(self.file, tree, self.reader.faults(), self.context)
            })
            .collect()
    }

    /// Says that the logic reads the handler.
    pub fn reads_who(&mut self) {
        self.context.used.insert("who".to_owned());
    }
}
