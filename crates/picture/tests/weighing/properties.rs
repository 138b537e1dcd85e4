//! What must hold whatever people answer and whatever the data show.

use crate::cases::{ASKED, All, limits, shown, weighed_at};
use assessment::{Answer, Given, Group, Shown, Side, Silence};
use picture::freeboard::{Attractiveness, End, Ends, dike_parts, freeboard, water_parts};
use picture::weighing::{Replies, Weighing};
use proptest::prelude::*;

/// A round of one process: who said what, and what the data show.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    attractiveness: Attractiveness,
    replies: All,
    shown: Vec<Shown>,
}

impl Case {
    pub(crate) fn weighed(&self) -> Weighing {
        weighed_at(self.attractiveness, &self.replies, &self.shown)
    }

    /// The freeboard; nothing where no control applies.
    fn freeboard(&self) -> Option<Ends> {
        self.weighed().freeboard.map(|found| found.freeboard)
    }

    /// The same with one answer agreed, which then counts whatever people gave.
    fn agreed(&self, code: &str, answer: Answer) -> Self {
        let mut other = self.clone();
        other.replies.entry(code.to_owned()).or_default().agreed = Some(answer);
        other
    }
}

fn answer(side: Side) -> impl Strategy<Value = Answer> {
    prop_oneof![
        6 => (0..=side.most()).prop_map(Answer::Level),
        1 => Just(Answer::NotApplicable),
        1 => Just(Answer::DontKnow),
        1 => Just(Answer::NotAnswered),
    ]
}

prop_compose! {
    fn given(side: Side)(
        answer in answer(side),
        group in prop::sample::select(vec![Group::Management, Group::Floor, Group::Other]),
    ) -> Given {
        Given { answer, group }
    }
}

fn range(side: Side) -> impl Strategy<Value = Result<(u8, u8), Silence>> {
    prop_oneof![
        3 => (0..=side.most(), 0..=side.most()).prop_map(|(a, b)| Ok((a.min(b), a.max(b)))),
        1 => Just(Err(Silence::NotAssessable)),
        1 => Just(Err(Silence::OnlySignals)),
    ]
}

type OfOne = (Replies, Option<Result<(u8, u8), Silence>>);

fn of_one(side: Side) -> impl Strategy<Value = OfOne> {
    let replies = (
        prop::collection::vec(given(side), 0..7),
        prop::option::weighted(0.2, answer(side)),
    );
    let replies = replies.prop_map(|(given, agreed)| Replies { given, agreed });
    (replies, prop::option::weighted(0.4, range(side)))
}

prop_compose! {
    pub(crate) fn case()(
        attractiveness in prop::sample::select(Attractiveness::ALL.to_vec()),
        all in ASKED.map(|(_, side, ..)| of_one(side)),
    ) -> Case {
        let mut case = Case { attractiveness, replies: All::new(), shown: Vec::new() };
        for ((code, ..), (replies, range)) in ASKED.iter().zip(all) {
            case.replies.insert((*code).to_owned(), replies);
            case.shown.extend(range.map(|range| shown(code, range)));
        }
        case
    }
}

/// One step better, or as good as it was where there is no better.
fn better(side: Side, answer: Answer) -> Answer {
    match (answer, side) {
        (Answer::Level(level), Side::Control) => {
            Answer::Level((level + 1).min(side.most()))
        }
        (Answer::Level(level), Side::Circumstance) => {
            Answer::Level(level.saturating_sub(1))
        }
        (other, _) => other,
    }
}

fn no_worse(before: Option<Ends>, after: Option<Ends>) -> bool {
    match (before, after) {
        (Some(before), Some(after)) => {
            after.low >= before.low && after.high >= before.high
        }
        (before, after) => before == after,
    }
}

fn holds(outer: Option<Ends>, inner: Option<Ends>) -> bool {
    match (outer, inner) {
        (Some(outer), Some(inner)) => outer.low <= inner.low && inner.high <= outer.high,
        (outer, inner) => outer == inner,
    }
}

/// Every way in which what is not known may turn out, each agreed in a meeting.
fn completions(case: &Case) -> Vec<Case> {
    let weighing = case.weighed();
    let unknown =
        weighing.subjects.iter().filter(|s| s.judged.is_some_and(|j| !j.is_known()));
    unknown.fold(vec![case.clone()], |all, subject| {
        let levels = 0..=subject.side.most();
        let each = |case: Case| {
            levels
                .clone()
                .map(move |level| case.agreed(&subject.code, Answer::Level(level)))
        };
        all.into_iter().flat_map(each).collect()
    })
}

proptest! {
    #[test]
    fn a_better_answer_of_anyone_never_lowers_the_freeboard(
        case in case(),
        who in (0_usize..ASKED.len(), 0_usize..7),
    ) {
        let (code, side, ..) = ASKED[who.0];
        let mut after = case.clone();
        let replies = after.replies.get_mut(code).unwrap();
        if let Some(given) = replies.given.get_mut(who.1) {
            given.answer = better(side, given.answer);
        }
        prop_assert!(no_worse(case.freeboard(), after.freeboard()));
    }

    #[test]
    fn a_better_agreement_never_lowers_the_freeboard(case in case(), at in 0_usize..ASKED.len()) {
        let (code, side, ..) = ASKED[at];
        let levels: Vec<Answer> = (0..=side.most()).map(Answer::Level).collect();
        for level in levels {
            let (before, after) = (case.agreed(code, level), case.agreed(code, better(side, level)));
            prop_assert!(no_worse(before.freeboard(), after.freeboard()));
        }
    }

    #[test]
    fn data_that_show_more_never_lower_the_freeboard(case in case(), at in 0_usize..ASKED.len()) {
        let (code, side, ..) = ASKED[at];
        let better = |level: u8| match side {
            Side::Control => (level + 1).min(3),
            Side::Circumstance => level.saturating_sub(1),
        };
        let mut after = case.clone();
        for one in after.shown.iter_mut().filter(|one| one.of == shown(code, Ok((0, 0))).of) {
            one.range = one.range.map(|(low, high)| (better(low), better(high)));
        }
        prop_assert!(no_worse(case.freeboard(), after.freeboard()));
    }

    #[test]
    fn parts_add_up_to_the_whole_at_both_ends(case in case()) {
        let limits = limits();
        let weighing = case.weighed();
        prop_assert_eq!(&weighing.freeboard, &freeboard(&weighing.inputs, &limits));
        let Some(found) = &weighing.freeboard else { return Ok(()) };
        let sum = |parts: &[(String, i64)]| parts.iter().map(|(_, part)| part).sum::<i64>();
        let ends = [
            (End::Worst, found.water.high, found.dike.low),
            (End::Best, found.water.low, found.dike.high),
        ];
        for (end, water, dike) in ends {
            prop_assert_eq!(sum(&water_parts(&weighing.inputs, end)), water);
            let (parts, cap) = dike_parts(&weighing.inputs, &limits, end);
            prop_assert_eq!(cap.map_or(sum(&parts), |cap| sum(&parts).min(cap)), dike);
        }
        prop_assert_eq!(found.freeboard.low, found.dike.low - found.water.high);
        prop_assert_eq!(found.freeboard.high, found.dike.high - found.water.low);
    }

    #[test]
    fn reasons_are_what_the_water_gained_and_what_the_dike_lacks(case in case()) {
        let weighing = case.weighed();
        let Some(found) = &weighing.freeboard else { return Ok(()) };
        let of = |side: Side| -> i64 {
            let of_side = weighing.reasons.iter().filter(|(code, _)| {
                weighing.subject(code).is_some_and(|subject| subject.side == side)
            });
            of_side.map(|(_, part)| part).sum()
        };
        prop_assert_eq!(of(Side::Circumstance), found.water.high - case.attractiveness.tenths());
        let (parts, _) = dike_parts(&weighing.inputs, &limits(), End::Worst);
        let uncapped: i64 = parts.iter().map(|(_, part)| part).sum();
        // both are rounded once, so together they may be a tenth more than the whole
        prop_assert!((1000..=1001).contains(&(of(Side::Control) + uncapped)));
        prop_assert!(weighing.reasons.windows(2).all(|two| two[0].1 >= two[1].1));
    }

    #[test]
    fn a_level_that_is_no_longer_known_only_widens(case in case()) {
        let share = |case: &Case| case.weighed().freeboard.map(|found| found.unknown);
        for subject in case.weighed().subjects {
            let level = subject.said.answer;
            if !matches!(level, Answer::Level(_)) {
                continue;
            }
            for unknown in [Answer::DontKnow, Answer::NotAnswered] {
                let after = case.agreed(&subject.code, unknown);
                prop_assert!(holds(after.freeboard(), case.freeboard()));
                prop_assert!(share(&after) >= share(&case));
            }
        }
    }

    #[test]
    fn to_know_one_thing_more_never_leads_outside_the_interval(case in case()) {
        let weighing = case.weighed();
        let open = |judged: assessment::Judged| !judged.is_known();
        for subject in weighing.subjects.iter().filter(|s| s.judged.is_some_and(open)) {
            for level in 0..=subject.side.most() {
                let after = case.agreed(&subject.code, Answer::Level(level));
                prop_assert!(holds(case.freeboard(), after.freeboard()));
            }
        }
    }

    #[test]
    fn the_order_of_answers_and_of_data_does_not_matter(case in case(), by in 0_usize..7) {
        let mut turned = case.clone();
        for replies in turned.replies.values_mut() {
            replies.given.reverse();
            let by = by.min(replies.given.len());
            replies.given.rotate_left(by);
        }
        turned.shown.reverse();
        prop_assert_eq!(case.weighed(), turned.weighed());
    }

    #[test]
    fn a_group_that_is_asked_for_larger_changes_no_figure(case in case(), least in 0_u32..9) {
        let weighing = case.weighed();
        let question = picture::weighing::Question {
            process: weighing.process,
            attractiveness: case.attractiveness,
            replies: &case.replies,
            shown: &case.shown,
            least_group: least,
        };
        let other =
            picture::weighing::weigh(crate::cases::small(), &question, &limits());
        prop_assert_eq!(other.freeboard, weighing.freeboard);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn the_interval_holds_every_way_it_may_turn_out_and_is_no_wider(case in case()) {
        let Some(found) = case.freeboard() else { return Ok(()) };
        let all: Vec<Ends> = completions(&case).iter().filter_map(Case::freeboard).collect();
        prop_assert!(all.iter().all(|ends| ends.low == ends.high), "all is known");
        prop_assert_eq!(all.iter().map(|ends| ends.low).min(), Some(found.low));
        prop_assert_eq!(all.iter().map(|ends| ends.high).max(), Some(found.high));
    }
}
