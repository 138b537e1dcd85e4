//! How long a plan over the whole catalogue takes: every measure, every process, from nothing
//! known (all at its worst end) to answers made by chance, and the five shares of the hours.
#![expect(
    clippy::expect_used,
    reason = "a benchmark ends at the first thing that is wrong"
)]

use app::choose::{Wanted, choose};
use assessment::Answer;
use catalogue::Catalogue;
use criterion::{Criterion, criterion_group, criterion_main};
use model::Process;
use picture::freeboard::Limits;
use picture::weighing::{self, Question, Replies, Weighing, weigh};
use plan::{Budget, Effort, PERCENTS, Proof, Wishes};
use std::collections::BTreeMap;
use std::hint::black_box;

/// Every process, with answers that follow from a number; `None`: nobody knows anything.
fn weighings(catalogue: &Catalogue, seed: Option<u64>) -> Vec<Weighing> {
    let mut state = seed.unwrap_or_default();
    let mut next = |below: u64| {
        // the constants of Knuth's MMIX
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let codes: Vec<(&String, u64)> = catalogue
        .controls
        .keys()
        .map(|code| (code, 4))
        .chain(catalogue.circumstances.keys().map(|code| (code, 3)))
        .collect();
    let one = |process: &Process| {
        let mut replies = BTreeMap::new();
        for (code, levels) in &codes {
            let level = u8::try_from(next(*levels)).expect("small");
            let agreed = Some(Answer::Level(level)).filter(|_| seed.is_some());
            replies.insert((*code).clone(), Replies { given: Vec::new(), agreed });
        }
        let question = Question {
            process: *process,
            attractiveness: weighing::attractiveness(catalogue, *process),
            replies: &replies,
            shown: &[],
            least_group: 3,
        };
        weigh(catalogue, &question, &Limits::from(&catalogue.method))
    };
    Process::ALL.iter().map(one).collect()
}

fn plans(c: &mut Criterion) {
    let catalogue = catalogue::load(&catalogue::embedded()).expect("the content");
    let mut group = c.benchmark_group("the whole catalogue");
    group.sample_size(10);
    for (name, seed) in
        [("nothing known", None), ("answers 1", Some(1)), ("answers 2", Some(2))]
    {
        let weighings = weighings(&catalogue, seed);
        for hours in [60, 200, 800] {
            let budget = Budget {
                hours_once: Some(hours),
                hours_yearly: Some(hours),
                euros: Some(20_000),
            };
            let wanted = Wanted {
                weighings: &weighings,
                aims: BTreeMap::new(),
                years: vec![budget],
                partners: 1,
                wishes: Wishes::default(),
                small: false,
                limits: Limits::from(&catalogue.method),
            };
            group.bench_function(format!("{name}, {hours} hours"), |b| {
                b.iter(|| {
                    let advice =
                        choose(&catalogue, &wanted, &PERCENTS, Effort::default())
                            .expect("a plan");
                    assert_eq!(advice.proposal.plan.proof, Proof::Optimal);
                    black_box(advice)
                });
            });
        }
    }
    group.finish();
}

criterion_group!(benches, plans);
criterion_main!(benches);
