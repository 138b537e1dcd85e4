//! Evaluation: all tests of a process in one pass over batches of whole cases, then the
//! second, aggregated stage. A pure function of the batches, the rule set and the log.

use crate::answer::{Answer, Reason, Verdict};
use crate::compile::{Body, GroupBy, RuleSet, Side, Test};
use crate::gather::Gathered;
use crate::result::{Evaluation, EvidenceRow, Hit, Lack, Subject, TestResult};
use crate::second::{Aggregate, Conclusion, Keep, as_subjects, evidence};
use crate::statistics::wilson;
use crate::steps::StepSet;
use crate::view::{Group, Log, View};
use columns::Events;
use model::{Moment, Pedigree, Ppm};
use std::collections::BTreeMap;

/// Counts and hits of one test while batches come by.
#[derive(Debug, Default)]
struct Tallied {
    assessable: u64,
    by_order: u64,
    unknown: BTreeMap<Reason, u64>,
    hits: Vec<Hit>,
    keep: Keep,
    trace: Option<Trace>,
}

/// What became of every subject, with its rows; kept for examples only.
pub(crate) type Trace = Vec<(Subject, Verdict, Vec<u64>)>;

impl Tallied {
    fn doubt(&mut self, reason: Reason) {
        *self.unknown.entry(reason).or_default() += 1;
    }

    fn count(
        &mut self,
        answer: &Answer,
        rows: Vec<EvidenceRow>,
        subject: impl FnOnce() -> Subject,
    ) {
        let judged = matches!(answer.verdict, Verdict::Found | Verdict::Clear);
        self.by_order += u64::from(answer.by_order && judged);
        if let Some(trace) =
            self.trace.as_mut().filter(|_| answer.verdict != Verdict::NoSubject)
        {
            let subject = subject();
            let places = rows.iter().map(|row| row.place).collect();
            trace.push((subject.clone(), answer.verdict.clone(), places));
            return self.add(answer, rows, || subject);
        }
        self.add(answer, rows, subject);
    }

    fn add(
        &mut self,
        answer: &Answer,
        rows: Vec<EvidenceRow>,
        subject: impl FnOnce() -> Subject,
    ) {
        match answer.verdict {
            Verdict::NoSubject => {}
            Verdict::Unknown(reason) => self.doubt(reason),
            Verdict::Clear => self.assessable += 1,
            Verdict::Found => {
                self.assessable += 1;
                let by_order = answer.by_order;
                self.hits.push(Hit { subject: subject(), rows, by_order, measure: None });
            }
        }
    }
}

/// Takes batches and gives the evaluation.
#[derive(Debug)]
pub struct Evaluator<'r> {
    set: &'r RuleSet,
    log: &'r Log<'r>,
    tallied: Vec<Tallied>,
    gathered: BTreeMap<GroupBy, Gathered>,
}

impl<'r> Evaluator<'r> {
    /// Begins an evaluation.
    pub fn new(set: &'r RuleSet, log: &'r Log<'r>) -> Self {
        let mut gathered: BTreeMap<GroupBy, Gathered> = BTreeMap::new();
        for test in set.tests.iter().filter(|test| test.group != GroupBy::Case) {
            gathered.entry(test.group).or_default().want(test.steps | test.triggers);
        }
        let tallied = set.tests.iter().map(|_| Tallied::default()).collect();
        Self { set, log, tallied, gathered }
    }

    /// Also keeps what became of every subject; for examples, not for logs.
    pub(crate) fn traced(mut self) -> Self {
        for tallied in &mut self.tallied {
            tallied.trace = Some(Trace::new());
            tallied.keep.trace = Some(Vec::new());
        }
        self
    }

    /// Takes one batch of whole cases.
    pub fn push(&mut self, events: &Events) {
        let view = View::new(self.log, events);
        for (_, rows) in events.cases() {
            let group = Group::new(&view, rows);
            for (test, tallied) in self.set.tests.iter().zip(&mut self.tallied) {
                if test.group == GroupBy::Case && group.present.meets(test.triggers) {
                    judge(test, &group, tallied);
                }
            }
        }
        for gathered in self.gathered.values_mut() {
            gathered.add(&view);
        }
    }

    /// Concludes: the groups that are not cases, the second stage, counts and intervals.
    pub fn finish(self, pedigree: Pedigree) -> Evaluation {
        self.finish_traced(pedigree).0
    }

    /// Concludes, and gives what became of every subject, test by test.
    pub(crate) fn finish_traced(
        mut self,
        pedigree: Pedigree,
    ) -> (Evaluation, Vec<Trace>) {
        for (by, gathered) in std::mem::take(&mut self.gathered) {
            self.judge_gathered(by, &gathered);
        }
        let mut traces = Vec::new();
        let mut results = Vec::new();
        for (test, mut tallied) in self.set.tests.iter().zip(self.tallied) {
            let mut trace = tallied.trace.take().unwrap_or_default();
            let (result, told) = conclude(self.set, self.log, test, tallied);
            trace.extend(told);
            traces.push(trace);
            results.push(result);
        }
        (Evaluation { process: self.set.process, pedigree, results }, traces)
    }

    fn judge_gathered(&mut self, by: GroupBy, gathered: &Gathered) {
        let Some(sorted) = gathered.sorted(self.log, by) else { return };
        let view = View::new(self.log, &sorted.events);
        let tests = self.set.tests.iter().zip(&mut self.tallied);
        for (test, tallied) in tests.filter(|(test, _)| test.group == by) {
            let speaks = |row: &usize| view.steps(*row).meets(test.triggers);
            let (mut groups, mut events) = (0, 0);
            for rows in &sorted.groups {
                let group = Group::new(&view, rows.clone());
                if group.present.meets(test.triggers) {
                    groups += 1;
                    events += rows.clone().filter(speaks).count() as u64;
                    judge(test, &group, tallied);
                }
            }
            let lost = sorted.ungrouped.clone().filter(speaks).count() as u64;
            let lost =
                if test.per_event { lost } else { as_subjects(lost, groups, events) };
            if lost > 0 {
                *tallied.unknown.entry(Reason::NoGroup).or_default() += lost;
            }
        }
    }
}

/// Judges one group for one test.
fn judge(test: &Test, group: &Group<'_, '_>, tallied: &mut Tallied) {
    let mut doubt = None;
    if let Some(when) = &test.when {
        match when.judge(group).verdict {
            Verdict::Found => {}
            Verdict::Unknown(reason) => doubt = Some(reason),
            Verdict::Clear | Verdict::NoSubject => return,
        }
    }
    match &test.body {
        Body::Second(second) => match doubt {
            Some(reason) => tallied.keep.doubt(reason),
            None => second.note(group, &mut tallied.keep),
        },
        Body::Pattern(pattern) => {
            if let Some(events) = pattern.events().filter(|_| test.per_event) {
                events.judge_events(group, &mut |row, answer| {
                    let answer = doubted(answer, doubt);
                    let rows = proof(group, &answer);
                    tallied
                        .count(&answer, rows, || event_subject(test.group, group, row));
                });
            } else {
                let answer = doubted(pattern.judge(group), doubt);
                let rows = proof(group, &answer);
                tallied.count(&answer, rows, || group_subject(test.group, group));
            }
        }
    }
}

/// A subject of which it is not known whether the rule speaks of it is not assessable.
fn doubted(answer: Answer, doubt: Option<Reason>) -> Answer {
    match doubt {
        Some(reason) if answer.verdict != Verdict::NoSubject => Answer::unknown(reason),
        _ => answer,
    }
}

/// The rows that prove an answer; what is found because nothing is there is proved by the
/// whole group.
fn proof(group: &Group<'_, '_>, answer: &Answer) -> Vec<EvidenceRow> {
    if answer.is_found() && answer.rows.is_empty() {
        return group.rows.clone().map(|row| evidence(group.view, row)).collect();
    }
    answer.rows.iter().map(|row| evidence(group.view, *row)).collect()
}

fn case_name(log: &Log<'_>, code: u32) -> String {
    log.dictionaries.case.text(code).unwrap_or_default().to_owned()
}

fn who_name(log: &Log<'_>, code: u32) -> String {
    log.dictionaries.who.text(code).unwrap_or_default().to_owned()
}

/// The event, named by its case or, where the rule groups by a column, by that. A person
/// names no event: the case says enough.
fn event_subject(by: GroupBy, group: &Group<'_, '_>, row: usize) -> Subject {
    let log = group.view.log;
    let case = match by {
        GroupBy::Case | GroupBy::Who => case_name(log, group.view.case(row)),
        GroupBy::Column(_) | GroupBy::Pair(..) => group_subject(by, group).key(),
    };
    let activity =
        log.dictionaries.activity.text(group.view.activity(row)).unwrap_or_default();
    Subject::Event {
        case,
        activity: activity.to_owned(),
        time: group.view.moment(row).map_or_else(|| "–".to_owned(), iso),
    }
}

/// A moment as local time at the office, or a bare date.
pub fn iso(moment: Moment) -> String {
    let local = moment.local();
    if moment.day_only {
        return local.date().to_string();
    }
    let (h, m, s) = (local.hour(), local.minute(), local.second());
    format!("{} {h:02}:{m:02}:{s:02}", local.date())
}

fn group_subject(by: GroupBy, group: &Group<'_, '_>) -> Subject {
    let (view, row) = (group.view, group.rows.start);
    match by {
        GroupBy::Case => Subject::Case(case_name(view.log, view.case(row))),
        GroupBy::Who => {
            Subject::Actor(who_name(view.log, view.who(row).unwrap_or(u32::MAX)))
        }
        GroupBy::Column(slot) => {
            let column =
                view.log.slots.get(slot.0).cloned().flatten().unwrap_or_default();
            let value = view.cell(slot, row).map(crate::second::text).unwrap_or_default();
            Subject::Value { column, value }
        }
        GroupBy::Pair(a, b) => Subject::Pair(half(view, a, row), half(view, b, row)),
    }
}

/// One half of the pair to which an event belongs.
fn half(view: &View<'_>, side: Side, row: usize) -> String {
    match side {
        Side::Case => case_name(view.log, view.case(row)),
        Side::Who => who_name(view.log, view.who(row).unwrap_or(u32::MAX)),
        Side::Day => {
            let day = view.moment(row).map(|moment| moment.local_date().to_string());
            day.unwrap_or_default()
        }
        Side::Column(slot) => {
            view.cell(slot, row).map(crate::second::text).unwrap_or_default()
        }
    }
}

fn aggregate_subject(log: &Log<'_>, aggregate: Aggregate) -> Subject {
    match aggregate {
        Aggregate::Who(code) => Subject::Actor(who_name(log, code)),
        Aggregate::Text(value) => Subject::Value { column: String::new(), value },
        Aggregate::Pair(code, other) => Subject::Pair(who_name(log, code), other),
        Aggregate::Stratum(name) if name.is_empty() => Subject::Process,
        Aggregate::Stratum(name) => Subject::Stratum(name),
        Aggregate::Case(code) => Subject::Case(case_name(log, code)),
    }
}

fn conclude(
    set: &RuleSet,
    log: &Log<'_>,
    test: &Test,
    mut tallied: Tallied,
) -> (TestResult, Trace) {
    let mut tests = tallied.assessable;
    let mut told = Trace::new();
    if let Body::Second(second) = &test.body {
        let Conclusion { judged, unknown, tests: run, hits, trace } =
            second.conclude(&tallied.keep, log);
        tallied.assessable += judged;
        tests = if run > 0 { run } else { judged };
        let trace = trace.unwrap_or_default().into_iter();
        told.extend(
            trace.map(|(who, what)| (aggregate_subject(log, who), what, Vec::new())),
        );
        for (reason, count) in unknown {
            *tallied.unknown.entry(reason).or_default() += count;
        }
        tallied.hits.extend(hits.into_iter().map(|mut hit| {
            hit.rows.sort_by_key(|row| (row.moment.is_none(), row.moment, row.place));
            let subject = aggregate_subject(log, hit.subject);
            Hit { subject, rows: hit.rows, by_order: false, measure: hit.measure }
        }));
    }
    let found = tallied.hits.len() as u64;
    let subjects = tallied.assessable + tallied.unknown.values().sum::<u64>();
    let result = TestResult {
        rule: test.rule.clone(),
        item: test.item.clone(),
        version: test.version,
        parameters: test.parameters.clone(),
        subjects,
        assessable: tallied.assessable,
        found,
        by_order: tallied.by_order,
        coverage: Ppm::of(tallied.assessable, subjects),
        share: Ppm::of(found, tallied.assessable),
        interval: wilson(found, tallied.assessable),
        tests,
        not_assessable: tallied.unknown,
        lacks: lacks(set, log, test),
        steps: set.table.names(named(test.steps)).map(str::to_owned).collect(),
        hits: tallied.hits,
    };
    (result, told)
}

/// A set that stands for any event names no step in particular.
fn named(steps: StepSet) -> StepSet {
    if steps == StepSet::ANY { StepSet::NONE } else { steps }
}

fn lacks(set: &RuleSet, log: &Log<'_>, test: &Test) -> Vec<Lack> {
    let mut lacks: Vec<Lack> = Vec::new();
    for steps in &test.needs.steps {
        if *steps != StepSet::ANY && !log.recorded.meets(*steps) {
            lacks.push(Lack::Steps(set.table.names(*steps).map(str::to_owned).collect()));
        }
    }
    for slot in &test.needs.slots {
        if log.slots.get(slot.0).is_none_or(Option::is_none) {
            lacks.extend(set.columns.get(slot.0).cloned().map(Lack::Column));
        }
    }
    if test.reads_who && log.dictionaries.who.is_empty() {
        lacks.push(Lack::Column("who".to_owned()));
    }
    lacks.sort();
    lacks.dedup();
    lacks
}
