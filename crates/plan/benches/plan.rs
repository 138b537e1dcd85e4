//! How long a plan takes: 120 measures, 15 processes of some thirty controls and twenty
//! circumstances, and eight budgets from little to much, each solved until it is proven.
#![expect(
    clippy::expect_used,
    reason = "a benchmark ends at the first thing that is wrong"
)]

use criterion::{Criterion, criterion_group, criterion_main};
use plan::{
    Budget, Caps, Circumstance, Control, Cost, Effort, Lower, Measure, Process, Proof,
    Question, Raise, Reach, Wishes, propose, solve,
};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use std::hint::black_box;

/// Shares of what all measures take together, in percent: from some 100 hours to 2,000.
const BUDGETS: [u64; 8] = [3, 5, 8, 10, 15, 20, 30, 50];

struct Dice(ChaCha8Rng);

impl Dice {
    fn below(&mut self, n: u32) -> u32 {
        self.0.next_u32() % n
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        let at = usize::try_from(self.0.next_u32()).expect("fits") % from.len();
        *from.get(at).expect("within")
    }
}

fn process(dice: &mut Dice, number: u32) -> Process {
    let controls = (0..60).filter(|n| *n < 20 || dice.below(4) == 0).collect::<Vec<_>>();
    let circumstances = (0..40).filter(|_| dice.below(2) == 0).collect::<Vec<_>>();
    Process {
        code: format!("P{number:02}"),
        weight: dice.pick(&[1, 1, 2, 3]),
        target_tenths: 0,
        attractiveness_tenths: dice.pick(&[333, 667, 1000]),
        controls: controls
            .into_iter()
            .map(|n| Control {
                code: format!("B{n:02}"),
                weight: n % 3 + 1,
                maturity: dice.pick(&[0, 0, 1, 1, 1, 2, 2, 2, 3]),
                key: n % 5 < 2,
            })
            .collect(),
        circumstances: circumstances
            .into_iter()
            .map(|n| Circumstance {
                code: format!("C{n:02}"),
                weight: n % 3 + 1,
                severity: dice.pick(&[0, 0, 1, 1, 2]),
            })
            .collect(),
    }
}

fn measure(dice: &mut Dice, number: u32) -> Measure {
    let processes = if dice.below(3) == 0 {
        Reach::All
    } else {
        let count = dice.pick(&[1, 2, 3, 4]);
        Reach::Only((0..count).map(|_| format!("P{:02}", dice.below(15))).collect())
    };
    let mut measure = Measure {
        code: format!("M{number:03}"),
        processes,
        cost: Cost {
            hours_once: dice.pick(&[4, 8, 12, 16, 20, 24, 30, 40, 60, 80]),
            hours_yearly: dice.pick(&[0, 2, 4, 8, 10, 16, 20, 30, 40]),
            euros_once: dice.pick(&[0, 0, 0, 500, 1000, 2500, 5000]),
            euros_yearly: 0,
        },
        ..Measure::default()
    };
    for _ in 0..dice.pick(&[1, 1, 2, 3]) {
        if dice.below(5) == 0 {
            let circumstance = format!("C{:02}", dice.below(40));
            measure.lowers.push(Lower { circumstance, by: 1 });
        } else {
            let (from, to) =
                dice.pick(&[(0, 1), (0, 2), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)]);
            let control = format!("B{:02}", dice.below(60));
            measure.raises.push(Raise { control, from, to });
        }
    }
    if number > 0 && dice.below(5) == 0 {
        measure.requires.insert(format!("M{:03}", dice.below(number)));
    }
    measure
}

fn question(seed: u64) -> Question {
    let mut dice = Dice(ChaCha8Rng::seed_from_u64(seed));
    Question {
        processes: (0..15).map(|number| process(&mut dice, number)).collect(),
        measures: (0..120).map(|number| measure(&mut dice, number)).collect(),
        years: Vec::new(),
        partners: 1,
        caps: Caps::default(),
        wishes: Wishes::default(),
    }
}

fn within(question: &Question, percent: u64) -> Question {
    let part = |of: fn(&Cost) -> u64| {
        let all: u64 = question.measures.iter().map(|measure| of(&measure.cost)).sum();
        Some(all * percent / 100)
    };
    let budget = Budget {
        hours_once: part(|cost| cost.hours_once),
        hours_yearly: part(|cost| cost.hours_yearly),
        euros: part(|cost| cost.euros_once),
    };
    Question { years: vec![budget], ..question.clone() }
}

fn plans(c: &mut Criterion) {
    let mut group = c.benchmark_group("120 measures, 15 processes");
    group.sample_size(10);
    for seed in [1, 2, 3] {
        let question = question(seed);
        let questions = BUDGETS.map(|percent| within(&question, percent));
        group.bench_function(format!("8 budgets, question {seed}"), |b| {
            b.iter(|| {
                for question in &questions {
                    let plan = solve(question, Effort::default()).expect("a plan");
                    assert_eq!(plan.proof, Proof::Optimal);
                    black_box(plan);
                }
            });
        });
        let whole = within(&question, 10);
        let percents = [25, 50, 75, 100, 125, 150, 200, 300];
        group.bench_function(format!("frontier of 8, 2 threads, question {seed}"), |b| {
            b.iter(|| propose(black_box(&whole), &percents, Effort::default()));
        });
    }
    group.finish();
}

criterion_group!(benches, plans);
criterion_main!(benches);
