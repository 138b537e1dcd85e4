//! The solver beside a search through all choices, on small questions made by chance.

use crate::common::{Dice, Size, best_of_all, greedy, question, starts, wish};
use plan::{Effort, Proof, Refusal, solve};

const SMALL: Size =
    Size { processes: 3, controls: 5, circumstances: 4, measures: 9, years: 1 };

#[test]
fn a_thousand_small_questions_get_the_plan_that_a_search_of_all_choices_finds() {
    let mut better_than_greedy = 0;
    for seed in 0..1000 {
        let question = question(&mut Dice::of(seed), SMALL);
        let plan = solve(&question, Effort::default()).expect("a plan");
        let (rank, best) = best_of_all(&question).expect("nothing always fits");
        assert_eq!(plan.proof, Proof::Optimal, "seed {seed}");
        assert_eq!(plan.left_tenths, rank.0, "seed {seed}");
        assert_eq!(starts(&question, &plan), best, "seed {seed}");
        let greedy = greedy(&question);
        assert!(plan.left_tenths <= greedy, "seed {seed}");
        better_than_greedy += u32::from(plan.left_tenths < greedy);
    }
    assert!(better_than_greedy > 100, "better in {better_than_greedy} of 1000");
}

#[test]
fn wishes_shared_measures_and_years_get_the_plan_that_a_search_of_all_choices_finds() {
    let (mut planned, mut refused) = (0, 0);
    for seed in 0..300 {
        let mut dice = Dice::of(5000 + seed);
        let years = dice.between(1, 3);
        let measures = if years == 1 { 9 } else { 7 - years };
        let mut question = question(&mut dice, Size { measures, years, ..SMALL });
        wish(&mut dice, &mut question);
        match (solve(&question, Effort::default()), best_of_all(&question)) {
            (Ok(plan), Some((rank, best))) => {
                assert_eq!(plan.proof, Proof::Optimal, "seed {seed}");
                assert_eq!(plan.left_tenths, rank.0, "seed {seed}");
                assert_eq!(starts(&question, &plan), best, "seed {seed}");
                planned += 1;
            }
            (
                Err(Refusal::MustHavesDoNotFit | Refusal::MustHaveCannotBe { .. }),
                None,
            ) => {
                refused += 1;
            }
            (found, all) => panic!("seed {seed}: {found:?} beside {all:?}"),
        }
    }
    assert!(planned > 150 && refused > 20, "{planned} planned, {refused} refused");
}
