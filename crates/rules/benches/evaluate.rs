//! How long evaluation takes: a million events as a municipality's log has them (14
//! activities, 600 handlers, some ten events a case), one rule and all rules of a process.
//!
//! The events are the shape that the comparison with other tools used; numbers there are for
//! ten million events, so multiply by ten.
#![expect(
    clippy::expect_used,
    reason = "a test ends at the first thing that is not as it should be"
)]

use arrow_array::{BooleanArray, Int64Array, UInt32Array, UInt64Array};
use catalogue::binding::{Binding, Shows};
use catalogue::{embedded, load};
use columns::events::{Attribute, Dictionaries, Dictionary, Values};
use columns::{Events, WhoKind};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use model::{Pedigree, Process};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use rules::{Changes, Evaluator, RuleSet, compile};
use std::collections::{BTreeMap, BTreeSet};
use std::hint::black_box;

const EVENTS: usize = 1_000_000;
const HANDLERS: u32 = 600;
const ACTIVITIES: [&str; 14] = [
    "application-received",
    "acknowledge",
    "completeness",
    "bibob-form",
    "bibob-research",
    "advice",
    "draft",
    "peer-check",
    "mandate-decision",
    "sign-document",
    "notify",
    "publish-decision",
    "objection",
    "objection-decision",
];

/// Batches of whole cases, their dictionaries, in the order of a case's events.
fn log() -> (Vec<Events>, Dictionaries) {
    let mut dice = ChaCha8Rng::seed_from_u64(14);
    let mut below = |n: u32| dice.next_u32() % n;
    let mut batches = Vec::new();
    let (mut case, mut place) = (0_u32, 0_u64);
    while usize::try_from(place).expect("small") < EVENTS {
        let (mut cases, mut activity, mut time, mut who) =
            (vec![], vec![], vec![], vec![]);
        let (mut places, mut amount) = (vec![], vec![]);
        while cases.len() < 65_536 {
            let mut minutes = i64::from(below(500_000));
            for step in 0..6 + below(8) {
                minutes += i64::from(1 + below(2_000));
                cases.push(case);
                activity.push(step % 14);
                time.push(1_700_000_000_000_000 + minutes * 60_000_000);
                who.push((below(500) > 0).then(|| below(HANDLERS)));
                amount.push(i64::from(below(5_000_000)));
                places.push(place);
                place += 1;
            }
            case += 1;
        }
        let values = Values::Int(Int64Array::from(amount));
        batches.push(Events {
            day_only: BooleanArray::from(vec![false; cases.len()]),
            case: UInt32Array::from(cases),
            activity: UInt32Array::from(activity),
            time: Int64Array::from(time),
            who: UInt32Array::from(who),
            place: UInt64Array::from(places),
            attributes: BTreeMap::from([("amount".to_owned(), Attribute { values })]),
        });
    }
    let names = |prefix: &str, n: u32| -> Dictionary {
        (0..n).map(|at| format!("{prefix}{at}")).collect::<Vec<_>>().into()
    };
    let dictionaries = Dictionaries {
        case: names("z", case),
        activity: ACTIVITIES.map(str::to_owned).to_vec().into(),
        who: names("p", HANDLERS),
        who_kind: vec![WhoKind::Person; HANDLERS as usize],
        attributes: BTreeMap::new(),
    };
    (batches, dictionaries)
}

fn evaluate(set: &RuleSet, batches: &[Events], dictionaries: &Dictionaries) -> usize {
    let shows = |name: &str| vec![Shows { activity: name.to_owned(), only: None }];
    let steps = ACTIVITIES.iter().map(|name| ((*name).to_owned(), shows(name))).collect();
    let binding = Binding { steps, ..Binding::default() };
    let attributes = BTreeSet::from(["amount".to_owned()]);
    let as_of = jiff::civil::date(2026, 1, 1);
    let log = rules::log::bind(set, &binding, dictionaries, &attributes, as_of);
    let mut evaluator = Evaluator::new(set, &log);
    for batch in batches {
        evaluator.push(batch);
    }
    let none = String::new;
    let pedigree =
        Pedigree { snapshot: none(), content: none(), parameters: vec![], as_of };
    evaluator.finish(pedigree).results.len()
}

fn benches(criterion: &mut Criterion) {
    let catalogue = load(&embedded()).expect("the content loads");
    let set = |only: BTreeSet<String>| {
        compile(&catalogue, Process::Permits, &Changes::new(), &only)
            .expect("the rules compile")
    };
    let (batches, dictionaries) = log();
    let mut group = criterion.benchmark_group("evaluate a million events");
    group.throughput(Throughput::Elements(EVENTS as u64)).sample_size(10);
    let mut one = set(BTreeSet::from(["GEN-03".to_owned()]));
    one.tests.truncate(1);
    assert_eq!(one.tests.len(), 1, "four eyes of one pair of steps");
    group.bench_function("one rule: different_person", |b| {
        b.iter(|| black_box(evaluate(&one, &batches, &dictionaries)));
    });
    let all = set(BTreeSet::new());
    group.bench_function(format!("all {} tests of permits", all.tests.len()), |b| {
        b.iter(|| black_box(evaluate(&all, &batches, &dictionaries)));
    });
    group.finish();
}

criterion_group!(all, benches);
criterion_main!(all);
