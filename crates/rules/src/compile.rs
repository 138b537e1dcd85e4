//! From declarations to tests: every rule of a process, and under `for_each` every item of
//! its list, or all faults.

use crate::args::Context;
use crate::number::Number;
use crate::pattern::{Needs, Pattern};
use crate::second::Second;
use crate::steps::{StepSet, StepTable};
use crate::view::Slot;
use crate::{operators, second};
use catalogue::{Catalogue, Faults, ListItem, ProcessItem, Rule};
use model::Process;
use std::collections::{BTreeMap, BTreeSet};

/// Changes of parameters: rule → parameter → value.
pub type Changes = BTreeMap<String, BTreeMap<String, i64>>;

/// The logic of a test.
#[derive(Debug)]
pub enum Body {
    /// One answer for each group or event.
    Pattern(Box<dyn Pattern>),
    /// Answers that need many groups at once.
    Second(Box<dyn Second>),
}

/// By what events are gathered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum GroupBy {
    /// The case.
    Case,
    /// The handler.
    Who,
    /// A column.
    Column(Slot),
    /// Two of them together.
    Pair(Side, Side),
}

/// One half of a pair by which events are gathered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// The case.
    Case,
    /// The person who handled it; service accounts and shared desks are nobody.
    Who,
    /// The day, in local time.
    Day,
    /// A column.
    Column(Slot),
}

impl Side {
    fn slot(self) -> Option<Slot> {
        match self {
            Self::Column(slot) => Some(slot),
            Self::Case | Self::Who | Self::Day => None,
        }
    }
}

impl GroupBy {
    /// What a rule names as its group; the catalogue has checked the names.
    fn of(names: &[String], context: &mut Context<'_>) -> Self {
        let mut side = |name: &str| match name {
            "case" => Side::Case,
            "day" => Side::Day,
            "who" => {
                context.used.insert("who".to_owned());
                Side::Who
            }
            column => Side::Column(context.slot(column)),
        };
        match names {
            [one] => match side(one) {
                Side::Who => Self::Who,
                Side::Column(slot) => Self::Column(slot),
                Side::Case | Side::Day => Self::Case,
            },
            [a, b, ..] => Self::Pair(side(a), side(b)),
            [] => Self::Case,
        }
    }

    /// The columns by which it gathers.
    fn slots(self) -> impl Iterator<Item = Slot> {
        let (a, b) = match self {
            Self::Case | Self::Who => (None, None),
            Self::Column(slot) => (Some(slot), None),
            Self::Pair(a, b) => (a.slot(), b.slot()),
        };
        a.into_iter().chain(b)
    }
}

/// One rule, for one item where it has a list, ready to be evaluated.
#[derive(Debug)]
pub struct Test {
    /// The code of the rule.
    pub rule: String,
    /// The item of the list.
    pub item: Option<String>,
    /// The version of the rule.
    pub version: u32,
    /// The values of its parameters outside every period.
    pub parameters: BTreeMap<String, i64>,
    /// By what its groups are gathered.
    pub group: GroupBy,
    /// Whether it counts events instead of groups.
    pub per_event: bool,
    /// Whether it reads the handler.
    pub reads_who: bool,
    /// Only groups for which this is found are subjects.
    pub when: Option<Box<dyn Pattern>>,
    /// The logic.
    pub body: Body,
    /// What it needs of a log.
    pub needs: Needs,
    /// Groups that hold none of these steps are passed over.
    pub triggers: StepSet,
    /// The steps it speaks about.
    pub steps: StepSet,
}

/// All tests of a process.
#[derive(Debug)]
pub struct RuleSet {
    /// The process.
    pub process: Process,
    /// The version of the content.
    pub content: String,
    /// The steps of the process.
    pub table: StepTable,
    /// The columns of the vocabulary that some test reads, by slot.
    pub columns: Vec<String>,
    /// The changed parameters, as `RULE.parameter=value`, sorted.
    pub changes: Vec<String>,
    /// The tests, by rule and item.
    pub tests: Vec<Test>,
}

/// Compiles all rules of a process. `only` keeps some codes; empty keeps all. All faults at
/// once: in logic, and in changes that name no rule, no parameter or a value out of bounds.
pub fn compile(
    catalogue: &Catalogue,
    process: Process,
    changes: &Changes,
    only: &BTreeSet<String>,
) -> Result<RuleSet, Faults> {
    let mut faults = Faults::default();
    let Some(item) = catalogue.processes.get(&process) else {
        faults.add("processes", 0, format!("the process `{process}` is missing"));
        return Err(faults);
    };
    let Some(table) = StepTable::new(catalogue, item) else {
        faults.add("processes", 0, format!("`{process}` has more than 127 steps"));
        return Err(faults);
    };
    check_changes(catalogue, changes, &mut faults);
    let mut columns = Vec::new();
    let mut tests = Vec::new();
    for rule in catalogue.rules_of(process) {
        if !only.is_empty() && !only.contains(&rule.code) {
            continue;
        }
        let mut compiler =
            Compiler { catalogue, process: item, table: &table, rule, changes };
        tests.extend(compiler.tests(&mut columns, &mut faults));
    }
    if !faults.is_empty() {
        return Err(faults.sorted());
    }
    let listed = changes.iter().flat_map(|(rule, values)| {
        values.iter().map(move |(name, value)| format!("{rule}.{name}={value}"))
    });
    let (content, changes) = (catalogue.version.clone(), listed.collect());
    Ok(RuleSet { process, content, table, columns, changes, tests })
}

/// Checks the logic of every rule for every process it applies to.
pub fn check(catalogue: &Catalogue) -> Result<(), Faults> {
    let mut faults = Faults::default();
    for process in catalogue.processes.keys() {
        if let Err(found) =
            compile(catalogue, *process, &Changes::new(), &BTreeSet::new())
        {
            faults.0.extend(found.0);
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(faults.sorted()) }
}

fn check_changes(catalogue: &Catalogue, changes: &Changes, faults: &mut Faults) {
    for (code, values) in changes {
        let Some(rule) = catalogue.rules.get(code) else {
            let hint = catalogue::fault::nearest(
                code,
                catalogue.rules.keys().map(String::as_str),
            );
            faults.add_with_hint(
                "parameters",
                0,
                format!("there is no rule `{code}`"),
                hint,
            );
            continue;
        };
        for (name, value) in values {
            match rule.parameters.get(name) {
                None => {
                    let known = rule.parameters.keys().map(String::as_str);
                    let hint = catalogue::fault::nearest(name, known);
                    let sentence = format!("`{code}` has no parameter `{name}`");
                    faults.add_with_hint("parameters", 0, sentence, hint);
                }
                Some(p) if *value < p.least || *value > p.most => {
                    let sentence = format!(
                        "`{code}.{name}` must lie between {} and {}, not {value}",
                        p.least, p.most
                    );
                    faults.add("parameters", 0, sentence);
                }
                Some(_) => {}
            }
        }
    }
}

/// What was read of one rule, for one item where it has a list.
struct Parts {
    item: Option<String>,
    parameters: BTreeMap<String, i64>,
    group: GroupBy,
    reads_who: bool,
    when: Option<Box<dyn Pattern>>,
    body: Body,
}

struct Compiler<'c> {
    catalogue: &'c Catalogue,
    process: &'c ProcessItem,
    table: &'c StepTable,
    rule: &'c Rule,
    changes: &'c Changes,
}

impl Compiler<'_> {
    fn tests(&mut self, columns: &mut Vec<String>, faults: &mut Faults) -> Vec<Test> {
        let items: Vec<Option<&ListItem>> = match self.rule.for_each {
            Some(kind) => {
                self.process.lists.get(&kind).into_iter().flatten().map(Some).collect()
            }
            None => vec![None],
        };
        items.into_iter().filter_map(|item| self.test(item, columns, faults)).collect()
    }

    fn numbers(&self) -> BTreeMap<String, Number> {
        let changed = self.changes.get(&self.rule.code);
        self.rule
            .parameters
            .iter()
            .map(|(name, parameter)| {
                let number = match changed.and_then(|values| values.get(name)) {
                    // who changes a number means it for every period
                    Some(value) => Number::literal(*value),
                    None => {
                        Number::with_periods(parameter.default, parameter.valid.clone())
                    }
                };
                (name.clone(), number)
            })
            .collect()
    }

    fn test(
        &self,
        item: Option<&ListItem>,
        columns: &mut Vec<String>,
        faults: &mut Faults,
    ) -> Option<Test> {
        let numbers = self.numbers();
        let parameters = numbers.iter().map(|(k, v)| (k.clone(), v.fixed())).collect();
        let mut context = Context {
            catalogue: self.catalogue,
            process: self.process,
            table: self.table,
            rule: self.rule,
            item,
            numbers,
            columns,
            used: BTreeSet::new(),
            used_parameters: BTreeSet::new(),
            left_out: false,
        };
        let file = self.rule.file.as_str();
        let logic = &self.rule.logic;
        let before = faults.0.len();
        let body = match second::compile(file, logic, faults, &mut context) {
            Some(second) => Some(Body::Second(second)),
            None if faults.0.len() > before => None,
            None => {
                operators::compile(file, logic, faults, &mut context).map(Body::Pattern)
            }
        };
        let when = self
            .rule
            .when
            .as_ref()
            .and_then(|tree| operators::compile(file, tree, faults, &mut context));
        let group = GroupBy::of(&self.rule.group, &mut context);
        let body = body?;
        self.check_declared(&context, &body, faults);
        if context.left_out {
            return None;
        }
        let reads_who = context.used.contains("who");
        let item = item.map(|item| item.name.clone());
        Some(self.finish(Parts { item, parameters, group, reads_who, when, body }))
    }

    fn finish(&self, parts: Parts) -> Test {
        let Parts { item, parameters, group, reads_who, when, body } = parts;
        let mut needs = Needs::default();
        let (triggers, mut steps) = match &body {
            Body::Pattern(pattern) => {
                pattern.needs(&mut needs);
                (pattern.triggers(), pattern.steps())
            }
            Body::Second(second) => {
                second.needs(&mut needs);
                (second.triggers(), second.steps())
            }
        };
        if let Some(when) = &when {
            when.needs(&mut needs);
            steps |= when.steps();
        }
        needs.slots.extend(group.slots());
        needs.slots.sort_unstable();
        needs.slots.dedup();
        Test {
            rule: self.rule.code.clone(),
            item,
            version: self.rule.version,
            parameters,
            group,
            per_event: self.rule.level == "event",
            reads_who,
            when,
            body,
            needs,
            triggers,
            steps,
        }
    }

    /// What the rule declares must be what its logic uses.
    fn check_declared(&self, context: &Context<'_>, body: &Body, faults: &mut Faults) {
        let file = self.rule.file.as_str();
        let declared: BTreeSet<String> = self.rule.needs.iter().cloned().collect();
        // strata and groups are read where the log has them
        for column in declared.difference(&context.used) {
            let sentence =
                format!("`needs` names `{column}`, which the logic does not read");
            faults.add(file, 0, sentence);
        }
        for column in context.used.difference(&declared) {
            let sentence =
                format!("the logic reads `{column}`, which `needs` does not name");
            faults.add(file, 0, sentence);
        }
        for name in self.rule.parameters.keys() {
            if !context.used_parameters.contains(name) {
                faults.add(
                    file,
                    0,
                    format!("no part of the logic reads the parameter `{name}`"),
                );
            }
        }
        let by_event =
            matches!(body, Body::Pattern(pattern) if pattern.events().is_some());
        if self.rule.level == "event" && !by_event {
            let hint = "level = \"case\", or an operator that judges single events";
            let sentence = "the operator judges groups, but the level is `event`";
            faults.add_with_hint(file, 0, sentence, hint);
        }
    }
}
