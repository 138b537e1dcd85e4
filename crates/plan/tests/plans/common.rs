//! Random questions, and a second opinion that tries every choice.
//!
//! The second opinion shares no code with the crate but the types of the question: it scores
//! with fractions of its own and walks through all choices.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test ends at the first thing that is not as it should be"
)]

use plan::*;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use std::collections::{BTreeMap, BTreeSet};

pub(crate) struct Dice(ChaCha8Rng);

impl Dice {
    pub(crate) fn of(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    /// From `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: u32, high: u32) -> u32 {
        low + self.0.next_u32() % (high - low + 1)
    }

    pub(crate) fn byte(&mut self, low: u8, high: u8) -> u8 {
        u8::try_from(self.between(u32::from(low), u32::from(high))).expect("a byte")
    }

    pub(crate) fn one_in(&mut self, n: u32) -> bool {
        self.between(1, n) == 1
    }

    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[usize::try_from(self.0.next_u32()).expect("fits") % from.len()]
    }
}

/// How large a random question is.
#[derive(Clone, Copy)]
pub(crate) struct Size {
    pub(crate) processes: u32,
    pub(crate) controls: u32,
    pub(crate) circumstances: u32,
    pub(crate) measures: u32,
    pub(crate) years: u32,
}

/// A question full of ties, overlaps, requirements and caps.
pub(crate) fn question(dice: &mut Dice, size: Size) -> Question {
    let processes: Vec<Process> =
        (1..=size.processes).map(|number| process(dice, size, number)).collect();
    let codes: Vec<String> =
        processes.iter().map(|process| process.code.clone()).collect();
    let measures: Vec<Measure> =
        (1..=size.measures).map(|number| measure(dice, size, &codes, number)).collect();
    let years = (0..size.years).map(|_| budget(dice, &measures)).collect();
    let on_paper_tenths = *dice.pick(&[700, 700, 700, 650]);
    let caps = Caps { absent_tenths: *dice.pick(&[400, 400, 250]), on_paper_tenths };
    Question { processes, measures, years, partners: 1, caps, wishes: Wishes::default() }
}

fn control(number: u32) -> String {
    format!("B{number:02}")
}

fn circumstance(number: u32) -> String {
    format!("C{number:02}")
}

fn process(dice: &mut Dice, size: Size, number: u32) -> Process {
    let mut process = Process {
        code: format!("P{number:02}"),
        weight: dice.between(0, 3),
        target_tenths: *dice.pick(&[0, 0, 100, -150]),
        attractiveness_tenths: *dice.pick(&[333, 667, 1000]),
        ..Process::default()
    };
    for number in 1..=size.circumstances {
        if !dice.one_in(4) {
            process.circumstances.push(Circumstance {
                code: circumstance(number),
                weight: dice.between(1, 3),
                severity: dice.byte(0, 2),
            });
        }
    }
    for number in 1..=size.controls {
        if !dice.one_in(5) {
            process.controls.push(Control {
                code: control(number),
                weight: dice.between(1, 3),
                maturity: dice.byte(0, 3),
                key: dice.one_in(3),
            });
        }
    }
    process
}

fn measure(dice: &mut Dice, size: Size, codes: &[String], number: u32) -> Measure {
    let processes = if dice.one_in(3) {
        Reach::All
    } else {
        let count = dice.between(1, 3.min(size.processes));
        Reach::Only((0..count).map(|_| dice.pick(codes).clone()).collect())
    };
    let mut measure = Measure {
        code: format!("M{number:03}"),
        processes,
        cost: Cost {
            hours_once: *dice.pick(&[0, 4, 4, 8, 8, 12, 20, 40]),
            hours_yearly: *dice.pick(&[0, 0, 4, 4, 10, 20]),
            euros_once: *dice.pick(&[0, 0, 0, 500, 2500]),
            euros_yearly: *dice.pick(&[0, 0, 0, 100]),
        },
        shared: dice.one_in(4),
        ..Measure::default()
    };
    for _ in 0..dice.between(1, 2) {
        if dice.one_in(4) {
            measure.lowers.push(Lower {
                circumstance: circumstance(dice.between(1, size.circumstances)),
                by: dice.byte(1, 2),
            });
        } else {
            let from = dice.byte(0, 2);
            measure.raises.push(Raise {
                control: control(dice.between(1, size.controls)),
                from,
                to: dice.byte(from + 1, 3),
            });
        }
    }
    if number > 1 && dice.one_in(4) {
        measure.requires.insert(format!("M{:03}", dice.between(1, number - 1)));
    }
    measure
}

fn budget(dice: &mut Dice, measures: &[Measure]) -> Budget {
    let all =
        |part: fn(&Cost) -> u64| measures.iter().map(|m| part(&m.cost)).sum::<u64>();
    let mut share = |whole: u64| {
        let percent = u64::from(dice.between(10, 60));
        (!dice.one_in(6)).then_some(whole * percent / 100)
    };
    Budget {
        hours_once: share(all(|cost| cost.hours_once)),
        hours_yearly: share(all(|cost| cost.hours_yearly)),
        euros: share(all(|cost| cost.euros_once + cost.euros_yearly)),
    }
}

/// Wishes that do not contradict each other or the budget all too often.
pub(crate) fn wish(dice: &mut Dice, question: &mut Question) {
    question.partners = dice.between(1, 4);
    for measure in &question.measures {
        let code = measure.code.clone();
        let wishes = &mut question.wishes;
        let wished = match dice.between(1, 12) {
            1 => &mut wishes.must_have,
            2 => &mut wishes.must_not,
            3 => &mut wishes.in_place,
            4 => {
                let year = dice.between(1, 2);
                wishes.not_before.insert(code, usize::try_from(year).expect("small"));
                continue;
            }
            _ => continue,
        };
        wished.insert(code);
    }
}

/// The weighted shortfall with these measures, by the letter of the method.
pub(crate) fn shortfall(question: &Question, chosen: &BTreeSet<&str>) -> i64 {
    let mut sum = 0;
    for process in &question.processes {
        let works: Vec<&Measure> = question
            .measures
            .iter()
            .filter(|measure| chosen.contains(measure.code.as_str()))
            .filter(|measure| match &measure.processes {
                Reach::All => true,
                Reach::Only(codes) => codes.contains(&process.code),
            })
            .collect();
        let mut height = (0, 0);
        let mut cap = 1000;
        for control in &process.controls {
            let mut maturity = control.maturity;
            for _ in 0..3 {
                for raise in works.iter().flat_map(|measure| &measure.raises) {
                    if raise.control == control.code && raise.from <= maturity {
                        maturity = maturity.max(raise.to);
                    }
                }
            }
            height.0 += i64::from(control.weight) * i64::from(maturity);
            height.1 += i64::from(control.weight) * 3;
            if control.key {
                cap = cap.min(match maturity {
                    0 => i64::from(question.caps.absent_tenths),
                    1 => i64::from(question.caps.on_paper_tenths),
                    _ => 1000,
                });
            }
        }
        let mut level = (0, 0);
        for circumstance in &process.circumstances {
            let lowers = works.iter().flat_map(|measure| &measure.lowers);
            let lowers = lowers.filter(|lower| lower.circumstance == circumstance.code);
            let by: i64 = lowers.map(|lower| i64::from(lower.by)).sum();
            let severity = (i64::from(circumstance.severity) - by).max(0);
            level.0 += i64::from(circumstance.weight) * severity;
            level.1 += i64::from(circumstance.weight) * 2;
        }
        let a = i64::from(process.attractiveness_tenths);
        let dike = nearest(1000 * height.0, height.1).min(cap);
        let water = a + nearest((1000 - a) * level.0, level.1);
        let short = i64::from(process.target_tenths) - (dike - water);
        sum += i64::from(process.weight) * short.max(0);
    }
    sum
}

fn nearest(part: i64, whole: i64) -> i64 {
    if whole == 0 {
        return 0;
    }
    let (down, rest) = (part / whole, part % whole);
    if 2 * rest >= whole { down + 1 } else { down }
}

/// What makes one choice better than another: shortfall, hours, and then the choices from the
/// dearest to the cheapest, at the same price from the last code to the first.
pub(crate) type Rank = (i64, u64, Vec<usize>);

/// The best of all choices: for each measure the year it starts in (0: never; the first year
/// is 1), or nothing where no choice keeps to everything.
pub(crate) fn best_of_all(
    question: &Question,
) -> Option<(Rank, BTreeMap<String, usize>)> {
    let wishes = &question.wishes;
    let mut codes: Vec<&str> =
        question.measures.iter().map(|m| m.code.as_str()).collect();
    codes.retain(|code| !wishes.in_place.contains(*code));
    codes.sort_unstable();
    let options = question.years.len() + 1;
    let mut best: Option<(Rank, BTreeMap<String, usize>)> = None;
    for mut number in 0..options.pow(u32::try_from(codes.len()).expect("few")) {
        let mut starts: BTreeMap<&str, usize> = BTreeMap::new();
        for code in &codes {
            starts.insert(code, number % options);
            number /= options;
        }
        if let Some(rank) = rank(question, &starts)
            && best.as_ref().is_none_or(|(other, _)| rank < *other)
        {
            let starts = starts.iter().map(|(code, year)| ((*code).to_owned(), *year));
            best = Some((rank, starts.collect()));
        }
    }
    best
}

/// The rank of a choice, or nothing where it breaks something.
pub(crate) fn rank(question: &Question, starts: &BTreeMap<&str, usize>) -> Option<Rank> {
    let wishes = &question.wishes;
    let by: BTreeMap<&str, &Measure> =
        question.measures.iter().map(|m| (m.code.as_str(), m)).collect();
    let mut rank: Rank = (0, 0, Vec::new());
    for (code, year) in starts {
        if *year == 0 {
            if wishes.must_have.contains(*code) {
                return None;
            }
            continue;
        }
        let early = wishes.not_before.get(*code).is_some_and(|first| year < first);
        if early || wishes.must_not.contains(*code) {
            return None;
        }
        for required in &by[code].requires {
            let there = match starts.get(required.as_str()) {
                Some(start) => *start > 0 && start <= year,
                None => wishes.in_place.contains(required),
            };
            if !there {
                return None;
            }
        }
    }
    for (year, budget) in (1..).zip(&question.years) {
        let (mut once, mut yearly, mut euros) = (0, 0, 0);
        let mut works = BTreeSet::new();
        for (code, start) in
            starts.iter().filter(|(_, start)| (1..=year).contains(*start))
        {
            let measure = by[code];
            let partners = if measure.shared { u64::from(question.partners) } else { 1 };
            let part = |whole: u64| whole.div_ceil(partners);
            works.insert(*code);
            yearly += part(measure.cost.hours_yearly);
            euros += part(measure.cost.euros_yearly);
            if *start == year {
                once += part(measure.cost.hours_once);
                euros += part(measure.cost.euros_once);
            }
        }
        if budget.hours_once.is_some_and(|most| once > most)
            || budget.hours_yearly.is_some_and(|most| yearly > most)
            || budget.euros.is_some_and(|most| euros > most)
        {
            return None;
        }
        rank.0 += shortfall(question, &works);
        rank.1 += once + yearly;
    }
    let mut order: Vec<(u64, &str, usize)> = Vec::new();
    for (code, start) in starts {
        let measure = by[code];
        let partners = if measure.shared { u64::from(question.partners) } else { 1 };
        let part = |whole: u64| whole.div_ceil(partners);
        let price = part(measure.cost.euros_once) + part(measure.cost.euros_yearly);
        order.push((price, code, *start));
    }
    order.sort_unstable();
    // never is best, and later better than earlier
    for (.., start) in order.into_iter().rev() {
        rank.2.push(if start == 0 { 0 } else { question.years.len() + 1 - start });
    }
    Some(rank)
}

/// The years in which a plan starts its measures, as [`best_of_all`] gives them.
pub(crate) fn starts(question: &Question, plan: &Plan) -> BTreeMap<String, usize> {
    let in_place = &question.wishes.in_place;
    let free = question.measures.iter().filter(|m| !in_place.contains(&m.code));
    let mut starts: BTreeMap<String, usize> = free.map(|m| (m.code.clone(), 0)).collect();
    for chosen in &plan.chosen {
        starts.insert(chosen.code.clone(), chosen.year);
    }
    starts
}

/// What a person would do: again and again what removes most for each hour, as long as it
/// fits. Requirements must be there first.
pub(crate) fn greedy(question: &Question) -> i64 {
    let mut starts: BTreeMap<&str, usize> =
        question.measures.iter().map(|m| (m.code.as_str(), 0)).collect();
    let now = |starts: &BTreeMap<&str, usize>| rank(question, starts);
    let mut left = now(&starts).expect("nothing always fits").0;
    loop {
        let mut best: Option<(f64, &str, i64)> = None;
        for measure in question.measures.iter().filter(|m| starts[m.code.as_str()] == 0) {
            let mut tried = starts.clone();
            tried.insert(&measure.code, 1);
            let Some((then, ..)) = now(&tried) else { continue };
            let hours = measure.cost.hours_once + measure.cost.hours_yearly;
            let worth = (left - then) as f64 / (hours as f64 + 0.1);
            if then < left && best.is_none_or(|(most, ..)| worth > most) {
                best = Some((worth, &measure.code, then));
            }
        }
        let Some((_, code, then)) = best else { return left };
        starts.insert(code, 1);
        left = then;
    }
}
