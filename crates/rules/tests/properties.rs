//! What must hold for any log: the order of reading changes nothing, what is not bound
//! changes nothing, cases are judged each for itself, and every subject has one answer.
#![expect(
    clippy::expect_used,
    reason = "a test ends at the first thing that is not as it should be"
)]

mod support;

use arrow_array::{BooleanArray, Int64Array, UInt32Array, UInt64Array};
use catalogue::binding::{Binding, Shows};
use catalogue::{Catalogue, embedded, load};
use columns::events::{Attribute, Dictionaries, Dictionary, Values};
use columns::{Events, WhoKind};
use model::{Pedigree, Process};
use proptest::prelude::*;
use rules::compile::{Body, GroupBy, Test};
use rules::steps::StepSet;
use rules::{Changes, Evaluation, Evaluator, RuleSet, TestResult, compile};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;
use support::content;

/// The activities of the logs: steps of payments, the last bound to nothing.
const ACTIVITIES: [&str; 12] = [
    "invoice-receive",
    "invoice-register",
    "order-create",
    "order-approve",
    "goods-receipt",
    "match",
    "budget-approve",
    "sign-first",
    "sign-second",
    "bank-debit",
    "supplier-change",
    "a word of the house",
];
const UNBOUND: u32 = 11;
const PEOPLE: [&str; 5] = ["anna", "bert", "carl", "service:p2p", "desk:finance"];
const SUPPLIERS: [&str; 3] = ["S1", "S2", "S3"];

/// One event; the time in minutes.
#[derive(Clone, Debug)]
struct Row {
    case: u32,
    activity: u32,
    time: Option<i64>,
    who: Option<u32>,
    amount: Option<i64>,
    supplier: Option<u32>,
    place: u64,
}

static SHIPPED: LazyLock<Catalogue> =
    LazyLock::new(|| load(&embedded()).expect("the content loads"));
static PAYMENTS: LazyLock<RuleSet> = LazyLock::new(|| rule_set(&SHIPPED));

/// Operators of which no rule of payments says all there is to say.
const LOGICS: [&str; 6] = [
    "needs = [\"who\"]\n[logic]\noperator = \"sequence\"\n[[logic.of]]\nstep = [\"invoice-receive\"]\n\
     [[logic.of]]\nstep = [\"match\"]\nabsent = true\n[[logic.of]]\nstep = [\"bank-debit\"]\n\
     within_days = 20\nwho = \"different\"\n",
    "needs = [\"supplier\"]\ngroup = \"supplier\"\n[logic]\noperator = \"sequence\"\n\
     [[logic.of]]\nstep = [\"order-create\"]\n[[logic.of]]\nstep = [\"bank-debit\"]\n\
     case = \"different\"\n[[logic.of]]\nstep = [\"match\"]\nabsent = true\nwithin_days = 5\n",
    "needs = [\"amount\", \"supplier\"]\n[logic]\noperator = \"component\"\nstep = [\"bank-debit\"]\n\
     node = \"amount\"\nfields = [\"supplier\"]\nleast = 2\namount = \"amount\"\nlimit = 900000\n",
    "needs = [\"amount\", \"supplier\"]\n[logic]\noperator = \"over_ceiling\"\nstep = [\"bank-debit\"]\n\
     less = [\"match\"]\namount = \"amount\"\nceiling = \"amount\"\nby = [\"supplier\"]\n\
     [logic.unless]\noperator = \"exists\"\nstep = [\"budget-approve\"]\n",
    "[logic]\noperator = \"overtakes\"\nready = [\"invoice-receive\"]\ndone = [\"bank-debit\"]\n\
     left = [\"sign-first\"]\npercent = 60\nleast = 2\n",
    "needs = [\"supplier\"]\n[logic]\noperator = \"similar\"\nstep = [\"bank-debit\"]\n\
     field = \"supplier\"\nwords = 1\nleast_words = 1\ndiffer = [\"supplier\"]\ndays = 10\n",
];
static OPERATORS: LazyLock<Vec<RuleSet>> = LazyLock::new(|| {
    let set = |logic: &&str| {
        rule_set(&load(&content(&format!("\n{logic}"))).expect("the logic loads"))
    };
    LOGICS.iter().map(set).collect()
});

/// All rules of payments; how many there must be at least is set as low as it may be, so
/// that small logs are judged.
fn rule_set(catalogue: &Catalogue) -> RuleSet {
    let mut changes = Changes::new();
    for rule in catalogue.rules_of(Process::Payments) {
        let few = rule.parameters.iter().filter(|(name, _)| name.starts_with("least"));
        let few: BTreeMap<String, i64> =
            few.map(|(name, p)| (name.clone(), p.least)).collect();
        if !few.is_empty() {
            changes.insert(rule.code.clone(), few);
        }
    }
    compile(catalogue, Process::Payments, &changes, &BTreeSet::new())
        .expect("the rules compile")
}

/// A hundred and twenty events of at most fifteen cases; times are distinct, where there are any.
fn rows() -> impl Strategy<Value = Vec<Row>> {
    let row = (
        0..15_u32,
        0..12_u32,
        prop::option::weighted(0.95, 0..400_i64),
        prop::option::weighted(0.9, 0..5_u32),
        prop::option::weighted(
            0.9,
            prop::sample::select(vec![400_000_i64, 600_000, 200_000_000]),
        ),
        prop::option::weighted(0.9, 0..3_u32),
    );
    prop::collection::vec(row, 1..120).prop_map(|rows| {
        let place = (1_u64..).zip(rows);
        place
            .map(|(place, (case, activity, slot, who, amount, supplier))| {
                // some three hours apart, and the place makes each time its own
                let own = i64::try_from(place).expect("small");
                let time = slot.map(|slot| slot * 200 + own);
                Row { case, activity, time, who, amount, supplier, place }
            })
            .collect()
    })
}

fn dictionaries() -> Dictionaries {
    let texts = |all: &[&str]| -> Dictionary {
        all.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>().into()
    };
    let cases: Vec<String> = (0..15).map(|case| format!("f{case}")).collect();
    let kind = |name: &&str| match name.split_once(':') {
        Some(("service", _)) => WhoKind::Service,
        Some(_) => WhoKind::Shared,
        None => WhoKind::Person,
    };
    Dictionaries {
        case: cases.into(),
        activity: texts(&ACTIVITIES),
        who: texts(&PEOPLE),
        who_kind: PEOPLE.iter().map(kind).collect(),
        attributes: BTreeMap::from([("supplier".to_owned(), texts(&SUPPLIERS))]),
    }
}

/// The rows of some cases as one batch: by case, time and place.
fn batch(rows: &[Row], cases: &[u32]) -> Events {
    let mut own: Vec<&Row> =
        rows.iter().filter(|row| cases.contains(&row.case)).collect();
    let at = |case: u32| cases.iter().position(|known| *known == case);
    own.sort_by_key(|row| (at(row.case), row.time.is_none(), row.time, row.place));
    let start = 1_767_600_000_000_000_i64;
    let micros = |row: &Row| row.time.map(|minutes| start + minutes * 60_000_000);
    let amount: Int64Array = own.iter().map(|row| row.amount).collect();
    let supplier: UInt32Array = own.iter().map(|row| row.supplier).collect();
    Events {
        case: own.iter().map(|row| row.case).collect::<UInt32Array>(),
        activity: own.iter().map(|row| row.activity).collect::<UInt32Array>(),
        time: own.iter().map(|row| micros(row)).collect(),
        day_only: BooleanArray::from(vec![false; own.len()]),
        who: own.iter().map(|row| row.who).collect(),
        place: own.iter().map(|row| row.place).collect::<UInt64Array>(),
        attributes: BTreeMap::from([
            ("amount".to_owned(), Attribute { values: Values::Int(amount) }),
            ("supplier".to_owned(), Attribute { values: Values::Text(supplier) }),
        ]),
    }
}

/// Evaluates rows, the cases batch by batch.
fn evaluate(set: &RuleSet, rows: &[Row], batches: &[Vec<u32>]) -> Evaluation {
    let dictionaries = dictionaries();
    let bound = ACTIVITIES.iter().take(UNBOUND as usize);
    let shows = |name: &str| vec![Shows { activity: name.to_owned(), only: None }];
    let steps = bound.map(|name| ((*name).to_owned(), shows(name))).collect();
    let binding = Binding { steps, ..Binding::default() };
    let attributes = BTreeSet::from(["amount".to_owned(), "supplier".to_owned()]);
    let as_of = jiff::civil::date(2026, 3, 1);
    let log = rules::log::bind(set, &binding, &dictionaries, &attributes, as_of);
    let mut evaluator = Evaluator::new(set, &log);
    for cases in batches {
        evaluator.push(&batch(rows, cases));
    }
    let none = String::new;
    evaluator.finish(Pedigree {
        snapshot: none(),
        content: none(),
        parameters: vec![],
        as_of,
    })
}

fn all_cases() -> Vec<u32> {
    (0..15).collect()
}

fn at_once(set: &RuleSet, rows: &[Row]) -> Evaluation {
    evaluate(set, rows, &[all_cases()])
}

/// Everything of a result but the order of its hits.
fn unordered(mut result: TestResult) -> TestResult {
    result.hits.sort_by(|a, b| (&a.subject, &a.rows).cmp(&(&b.subject, &b.rows)));
    result
}

/// What a result says of whom, without the rows that prove it.
fn answers(result: &TestResult) -> (u64, u64, Vec<String>, BTreeMap<rules::Reason, u64>) {
    let mut found: Vec<String> =
        result.hits.iter().map(|hit| hit.subject.key()).collect();
    found.sort();
    (result.subjects, result.assessable, found, result.not_assessable.clone())
}

/// Splits the cases, in order, before each position.
fn split(cases: &[u32], at: &BTreeSet<usize>) -> Vec<Vec<u32>> {
    let mut batches = vec![Vec::new()];
    for (position, case) in cases.iter().enumerate() {
        if at.contains(&position) {
            batches.push(Vec::new());
        }
        batches.last_mut().expect("never empty").push(*case);
    }
    batches
}

fn by_case(test: &Test) -> bool {
    test.group == GroupBy::Case && matches!(test.body, Body::Pattern(_))
}

/// Operators that no rule of payments uses.
const OTHER_LOGICS: [&str; 10] = [
    "group = \"supplier\"\nneeds = [\"supplier\", \"who\"]\n[logic]\noperator = \"run_of_same\"\n\
     step = [\"match\", \"sign-first\"]\nat_least = 2\n",
    "needs = [\"amount\"]\n[logic]\noperator = \"gap_exceeds\"\nstep = [\"*\"]\ndays = 3\n\
     where = [{ field = \"amount\", above = 1 }, { field = \"amount\", below = 700000 }]\n",
    "group = \"who\"\nlevel = \"actor\"\nneeds = [\"amount\", \"who\"]\n[logic]\noperator = \"overlap\"\n\
     step = [\"*\"]\neast = \"amount\"\nnorth = \"amount\"\nkm_per_hour = 500\n",
    "level = \"process\"\n[logic]\noperator = \"predictable\"\nstep = [\"*\"]\nleast = 10\nbelow = 800\n",
    "group = \"supplier\"\nlevel = \"pair\"\nneeds = [\"amount\", \"supplier\", \"who\"]\n[logic]\n\
     operator = \"revisits\"\ncounterpart = \"supplier\"\ndays = 2\n[logic.of]\n\
     operator = \"attribute\"\nfield = \"amount\"\nbelow = 700000\n",
    "group = [\"who\", \"day\"]\nneeds = [\"who\"]\n[logic]\noperator = \"exists\"\nstep = [\"*\"]\nat_least = 2\n",
    "needs = [\"supplier\"]\n[logic]\noperator = \"distinct\"\nstep = [\"*\"]\nfield = \"supplier\"\n\
     at_least = 2\nwithin_days = 3\n",
    "group = \"supplier\"\nneeds = [\"amount\", \"supplier\", \"who\"]\n[logic]\noperator = \"distinct\"\n\
     step = [\"match\", \"sign-first\"]\nfield = \"who\"\nat_least = 2\nwithin_minutes = 9000\n\
     before = [\"bank-debit\"]\nsame = [\"amount\"]\n",
    "needs = [\"supplier\"]\n[logic]\noperator = \"returns\"\nstep = [\"*\"]\nfield = \"supplier\"\n\
     within_days = 2\n",
    "level = \"pair\"\nneeds = [\"amount\", \"supplier\", \"who\"]\n[logic]\noperator = \"pair\"\nstep = [\"*\"]\n\
     counterpart = [\"supplier\", \"amount\"]\nleast = 2\nleast_counterpart = 2\nq = 200\nshare = 10\n",
];
/// Patterns that look at many events with values that may be missing.
const OF_MANY: [(&str, &str); 4] = [
    (
        "\"supplier\"",
        "operator = \"distinct\"\nstep = [\"match\", \"bank-debit\", \"sign-first\"]\nfield = \"supplier\"\n\
         at_least = 2\nwithin_days = 9\n",
    ),
    (
        "\"amount\", \"who\"",
        "operator = \"distinct\"\nstep = [\"match\", \"sign-first\", \"order-approve\"]\nfield = \"who\"\n\
         at_least = 2\nwithin_days = 20\nbefore = [\"bank-debit\", \"budget-approve\"]\n\
         where = { field = \"amount\", below = 700000 }\n",
    ),
    (
        "\"supplier\"",
        "operator = \"returns\"\nstep = [\"*\"]\nfield = \"supplier\"\nwithin_days = 4\n",
    ),
    (
        "\"amount\", \"supplier\"",
        "operator = \"ratio\"\nstep = [\"bank-debit\"]\nfield = \"amount\"\nover = \"amount\"\nabove = 900\n\
         where = [{ field = \"supplier\", equals = \"S1\" }, { field = \"amount\", above = 500000 }]\n",
    ),
];
static MANY: LazyLock<Vec<[RuleSet; 2]>> = LazyLock::new(|| {
    let set = |logic: &str| rule_set(&load(&content(logic)).expect("it loads"));
    let both = |(needs, pattern): &(&str, &str)| {
        let (head, tail) = (format!("\nneeds = [{needs}]\n[logic]\n"), pattern);
        let not = format!("{head}operator = \"not\"\n[logic.of]\n{tail}");
        [set(&format!("{head}{tail}")), set(&not)]
    };
    OF_MANY.iter().map(both).collect()
});

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn what_comes_to_be_known_changes_only_what_could_not_be_judged(
        rows in rows(),
        known in prop::collection::vec((0..400_i64, 0..3_u32, 0..3_usize, 0..3_u32), 120),
    ) {
        let amounts = [400_000, 600_000, 200_000_000];
        let mut filled = rows.clone();
        for (row, (slot, who, amount, supplier)) in filled.iter_mut().zip(known) {
            let own = i64::try_from(row.place).expect("small");
            row.time = row.time.or(Some(slot * 200 + own));
            row.who = row.who.or(Some(who));
            row.amount = row.amount.or(Some(amounts[amount]));
            row.supplier = row.supplier.or(Some(supplier));
        }
        // what is clear is found by the opposite
        for set in MANY.iter().flatten() {
            let (before, after) = (at_once(set, &rows), at_once(set, &filled));
            for (a, b) in before.results.iter().zip(&after.results) {
                let (a, b) = (answers(a).2, answers(b).2);
                let lost: Vec<_> = a.iter().filter(|hit| !b.contains(hit)).collect();
                prop_assert!(lost.is_empty(), "{lost:?}");
            }
        }
    }
}

static OTHERS: LazyLock<Vec<RuleSet>> = LazyLock::new(|| {
    let loaded = OTHER_LOGICS
        .map(|logic| load(&content(&format!("\n{logic}"))).expect("it loads"));
    loaded.iter().map(rule_set).collect()
});

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn operators_without_a_rule_of_payments_hold_to_the_same(
        rows in rows(),
        at in prop::collection::btree_set(1..15_usize, 0..14),
        places in Just((1..120_u64).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let timed: Vec<Row> =
            rows.iter().filter(|row| row.time.is_some()).cloned().collect();
        let mut moved = timed.clone();
        for (row, place) in moved.iter_mut().zip(places) {
            row.place = place;
        }
        for set in OTHERS.iter() {
            let whole = at_once(set, &rows);
            prop_assert_eq!(&evaluate(set, &rows, &split(&all_cases(), &at)), &whole);
            for result in &whole.results {
                let unknown: u64 = result.not_assessable.values().sum();
                prop_assert_eq!(result.subjects, result.assessable + unknown);
                prop_assert!(result.hits.iter().all(|hit| !hit.rows.is_empty()));
            }
            let (before, after) = (at_once(set, &timed), at_once(set, &moved));
            for (a, b) in before.results.iter().zip(&after.results) {
                prop_assert_eq!(answers(a), answers(b), "{}", a.name());
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn how_cases_are_split_over_batches_changes_nothing(
        rows in rows(),
        at in prop::collection::btree_set(1..15_usize, 0..14),
    ) {
        let parts = evaluate(&PAYMENTS, &rows, &split(&all_cases(), &at));
        prop_assert_eq!(parts, at_once(&PAYMENTS, &rows));
    }

    #[test]
    fn the_order_in_which_cases_come_changes_only_the_order_of_the_findings(
        rows in rows(),
        cases in Just(all_cases()).prop_shuffle(),
    ) {
        let shuffled = evaluate(&PAYMENTS, &rows, &split(&cases, &BTreeSet::from([4, 9])));
        for (a, b) in at_once(&PAYMENTS, &rows).results.into_iter().zip(shuffled.results) {
            prop_assert_eq!(unordered(a), unordered(b));
        }
    }

    #[test]
    fn where_times_are_distinct_the_order_of_the_file_changes_no_answer(
        rows in rows(),
        places in Just((1..120_u64).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let timed: Vec<Row> = rows.into_iter().filter(|row| row.time.is_some()).collect();
        let mut moved = timed.clone();
        for (row, place) in moved.iter_mut().zip(places) {
            row.place = place;
        }
        let before = at_once(&PAYMENTS, &timed);
        for (a, b) in before.results.iter().zip(&at_once(&PAYMENTS, &moved).results) {
            prop_assert_eq!(answers(a), answers(b), "{}", a.name());
            prop_assert_eq!(a.by_order, 0, "{}", a.name());
        }
    }

    #[test]
    fn events_that_are_bound_to_no_step_change_no_answer(rows in rows()) {
        let bound: Vec<Row> =
            rows.iter().filter(|row| row.activity != UNBOUND).cloned().collect();
        // a case of unbound events alone is a case all the same
        let cases: BTreeSet<u32> = bound.iter().map(|row| row.case).collect();
        let rows: Vec<Row> = rows.into_iter().filter(|row| cases.contains(&row.case)).collect();
        let (with, without) = (at_once(&PAYMENTS, &rows), at_once(&PAYMENTS, &bound));
        let results = with.results.iter().zip(&without.results).zip(&PAYMENTS.tests);
        let named = |test: &&Test| by_case(test) && test.needs.slots.is_empty();
        for ((a, b), _) in results.filter(|(_, test)| named(test) && test.steps != StepSet::ANY) {
            prop_assert_eq!(answers(a), answers(b), "{}", a.name());
        }
    }

    #[test]
    fn cases_are_judged_each_for_itself(rows in rows(), border in 1..15_u32) {
        let all = at_once(&PAYMENTS, &rows);
        let (low, high): (Vec<Row>, Vec<Row>) =
            rows.into_iter().partition(|row| row.case < border);
        let (low, high) = (at_once(&PAYMENTS, &low), at_once(&PAYMENTS, &high));
        let parts = low.results.into_iter().zip(high.results);
        for ((test, whole), (low, high)) in PAYMENTS.tests.iter().zip(all.results).zip(parts) {
            if !by_case(test) {
                continue;
            }
            prop_assert_eq!(whole.subjects, low.subjects + high.subjects, "{}", whole.name());
            prop_assert_eq!(whole.assessable, low.assessable + high.assessable);
            prop_assert_eq!(whole.by_order, low.by_order + high.by_order);
            let hits: Vec<_> = low.hits.into_iter().chain(high.hits).collect();
            prop_assert_eq!(whole.hits, hits);
        }
    }

    #[test]
    fn no_operator_cares_how_cases_are_split_or_how_the_file_is_ordered(
        rows in rows(),
        at in prop::collection::btree_set(1..15_usize, 0..14),
        places in Just((1..120_u64).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let mut moved: Vec<Row> =
            rows.iter().filter(|row| row.time.is_some()).cloned().collect();
        let timed = moved.clone();
        for (row, place) in moved.iter_mut().zip(places) {
            row.place = place;
        }
        for set in OPERATORS.iter() {
            let whole = at_once(set, &rows);
            prop_assert_eq!(&evaluate(set, &rows, &split(&all_cases(), &at)), &whole);
            for result in &whole.results {
                let unknown: u64 = result.not_assessable.values().sum();
                prop_assert_eq!(result.subjects, result.assessable + unknown);
                prop_assert!(result.hits.iter().all(|hit| !hit.rows.is_empty()));
            }
            let (a, b) = (at_once(set, &timed), at_once(set, &moved));
            for (a, b) in a.results.iter().zip(&b.results) {
                prop_assert_eq!(answers(a), answers(b), "{:?}", &set.tests);
            }
        }
    }

    #[test]
    fn every_subject_has_one_answer(rows in rows()) {
        for result in at_once(&PAYMENTS, &rows).results {
            let unknown: u64 = result.not_assessable.values().sum();
            prop_assert_eq!(result.subjects, result.assessable + unknown, "{}", result.name());
            prop_assert!(result.found <= result.assessable, "{}", result.name());
            prop_assert_eq!(result.found, result.hits.len() as u64);
            prop_assert!(result.by_order <= result.assessable, "{}", result.name());
            for hit in &result.hits {
                prop_assert!(!hit.rows.is_empty(), "{} proves nothing", result.name());
            }
        }
    }

    #[test]
    fn not_of_not_finds_what_the_pattern_finds(rows in rows()) {
        let pattern = "operator = \"after_the_fact\"\napprove = [\"order-approve\"]\n\
                       effect = [\"goods-receipt\"]\n";
        let plain = format!("[logic]\n{pattern}");
        let twice = format!(
            "[logic]\noperator = \"not\"\n[logic.of]\noperator = \"not\"\n[logic.of.of]\n{pattern}"
        );
        let result = |logic: &str| {
            let catalogue = load(&content(logic)).expect("the content loads");
            let results = at_once(&rule_set(&catalogue), &rows).results;
            results.into_iter().find(|result| result.rule == "FIN-99").expect("the rule")
        };
        let (plain, twice) = (result(&plain), result(&twice));
        prop_assert_eq!(answers(&plain).2, answers(&twice).2);
        prop_assert_eq!(&plain.not_assessable, &twice.not_assessable);
        let cases: BTreeSet<u32> = rows.iter().map(|row| row.case).collect();
        // what the pattern does not speak of is not found
        prop_assert_eq!(twice.subjects, cases.len() as u64);
    }
}

#[test]
fn the_logs_of_these_properties_say_something() {
    use proptest::strategy::ValueTree as _;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (mut found, mut clear, mut unknown, mut second) = (0, 0, 0, 0);
    for _ in 0..20 {
        let rows = rows().new_tree(&mut runner).expect("rows").current();
        for (test, result) in PAYMENTS.tests.iter().zip(at_once(&PAYMENTS, &rows).results)
        {
            found += result.found;
            clear += result.assessable - result.found;
            unknown += result.not_assessable.values().sum::<u64>();
            second += u64::from(matches!(test.body, Body::Second(_))) * result.assessable;
        }
    }
    let told = [found, clear, unknown, second];
    assert!(
        told.iter().all(|count| *count > 50),
        "found, clear, unknown, second {told:?}"
    );
}

proptest! {
    #[test]
    fn whatever_is_written_as_an_example_is_run_or_told(
        parts in prop::collection::vec(
            prop::sample::select(vec![
                "## Found", "\n", "|", " case ", " step ", " time ", " amount ", "---", "found:",
                "clear:", "everything else", "not assessable:", "f1", "{1..3}", "{+9999999999999999999d}",
                "{+99999999999d}", "2026-03-02", "99:99", "bank-debit", "é", "{a,b", "}", "—", "rows 1",
                "{9223372036854775806..9223372036854775807}", "-1.234", "parameter:", "=", "by order:",
            ]),
            0..60,
        ),
    ) {
        let rule = SHIPPED.rules.get("FIN-01").expect("the rule");
        let mut faults = catalogue::Faults::default();
        rules::examples::run_text(&SHIPPED, rule, "x.md", &parts.concat(), &mut faults);
    }
}
