//! Water, dike and freeboard (method.md, section 4). All figures are whole tenths of a point:
//! 0–1000 inside, 0–100.0 shown. What is not known makes an interval, never a number.

use catalogue::Method;
use std::collections::BTreeMap;

/// What a process is worth to a criminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Attractiveness {
    /// 33.3.
    Low,
    /// 66.7.
    Middle,
    /// 100.
    High,
}

impl Attractiveness {
    /// All steps, from low to high.
    pub const ALL: [Self; 3] = [Self::Low, Self::Middle, Self::High];

    /// In tenths of a point.
    pub const fn tenths(self) -> i64 {
        match self {
            Self::Low => 333,
            Self::Middle => 667,
            Self::High => 1000,
        }
    }

    /// The word in the catalogue, or nothing for another word.
    pub fn named(word: &str) -> Option<Self> {
        match word {
            "low" => Some(Self::Low),
            "middle" => Some(Self::Middle),
            "high" => Some(Self::High),
            _ => None,
        }
    }
}

/// A control or circumstance that applies, with the levels that may hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weighed {
    /// Its code.
    pub code: String,
    /// Its weight; only the proportion to the others counts.
    pub weight: u32,
    /// Whether its absence caps the dike; for controls only.
    pub key: bool,
    /// The lowest level that may hold.
    pub low: u8,
    /// The highest level that may hold; equal where the level is known.
    pub high: u8,
}

/// What a freeboard is computed from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inputs {
    /// The attractiveness.
    pub attractiveness: Attractiveness,
    /// Circumstances that apply, severity 0–2.
    pub circumstances: Vec<Weighed>,
    /// Controls that apply, maturity 0–3.
    pub controls: Vec<Weighed>,
}

/// The numbers of the method that a catalogue may set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The dike is at most this high where a key control is absent, in tenths.
    pub cap_absent: i64,
    /// The dike is at most this high where a key control stands on paper only, in tenths.
    pub cap_on_paper: i64,
    /// Below this freeboard the class is red, in tenths.
    pub red_below: i64,
    /// Below this orange.
    pub orange_below: i64,
    /// Up to this green, above it blue.
    pub green_to: i64,
    /// Above this share of the weight unknown there is no class, in percent.
    pub unknown_percent: u64,
}

impl From<&Method> for Limits {
    /// The numbers of the catalogue.
    fn from(method: &Method) -> Self {
        let numbers = &method.freeboard;
        Self {
            cap_absent: numbers.cap_absent,
            cap_on_paper: numbers.cap_on_paper,
            red_below: numbers.red_below,
            orange_below: numbers.orange_below,
            green_to: numbers.green_to,
            unknown_percent: numbers.unknown_percent,
        }
    }
}

/// Both ends of a figure, in tenths of a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ends {
    /// The lowest it may be.
    pub low: i64,
    /// The highest it may be.
    pub high: i64,
}

impl Ends {
    /// The middle of both, rounded down.
    pub const fn middle(self) -> i64 {
        (self.low + self.high).div_euclid(2)
    }
}

/// How a freeboard is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// The water stands far above the dike.
    Red,
    /// The water stands above the dike.
    Orange,
    /// The dike holds.
    Green,
    /// Much control, little threat: can it be lighter?
    Blue,
}

/// Which end of the interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum End {
    /// Every unknown answer turns out as bad as it can be.
    Worst,
    /// As good as it can be.
    Best,
}

/// The freeboard of a process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Freeboard {
    /// The water level.
    pub water: Ends,
    /// The dike height.
    pub dike: Ends,
    /// Dike minus water.
    pub freeboard: Ends,
    /// The classes of both ends; nothing where too much is unknown.
    pub classes: Option<(Class, Class)>,
    /// The share of the weight that is unknown, in tenths of a percent.
    pub unknown: u64,
    /// Key controls that cap the dike in the worst case, with the cap; the lowest first.
    pub caps: Vec<(String, i64)>,
}

/// `part / whole` rounded half up; `whole` is more than 0 and neither is negative.
fn rounded(part: i128, whole: i128) -> i64 {
    let doubled = part * 2 + whole;
    // a figure of at most 1000 tenths always fits
    i64::try_from(doubled.div_euclid(whole * 2)).unwrap_or(i64::MAX)
}

fn total(items: &[Weighed]) -> i128 {
    items.iter().map(|item| i128::from(item.weight)).sum()
}

fn level(item: &Weighed, end: End, more_is_worse: bool) -> i128 {
    let worst = if more_is_worse { item.high } else { item.low };
    let best = if more_is_worse { item.low } else { item.high };
    i128::from(match end {
        End::Worst => worst,
        End::Best => best,
    })
}

/// The parts of the water at one end: the attractiveness under an empty code, then each
/// circumstance; they add up to the figure.
pub fn water_parts(inputs: &Inputs, end: End) -> Vec<(String, i64)> {
    let base = inputs.attractiveness.tenths();
    let room = i128::from(1000 - base);
    let whole = total(&inputs.circumstances) * 2;
    let mut parts = vec![(String::new(), base)];
    let shares = inputs.circumstances.iter().map(|item| {
        (item.code.clone(), room * i128::from(item.weight) * level(item, end, true))
    });
    parts.extend(shared_out(shares.collect(), whole));
    parts
}

/// The parts of the dike at one end, before any cap, and the cap that holds.
pub fn dike_parts(
    inputs: &Inputs,
    limits: &Limits,
    end: End,
) -> (Vec<(String, i64)>, Option<i64>) {
    let whole = total(&inputs.controls) * 3;
    let shares = inputs.controls.iter().map(|item| {
        (item.code.clone(), 1000 * i128::from(item.weight) * level(item, end, false))
    });
    let parts = shared_out(shares.collect(), whole);
    let caps = caps(inputs, limits, end);
    (parts, caps.first().map(|(_, cap)| *cap))
}

/// Key controls that cap the dike at one end, the lowest cap first.
fn caps(inputs: &Inputs, limits: &Limits, end: End) -> Vec<(String, i64)> {
    let mut caps: Vec<(String, i64)> = inputs
        .controls
        .iter()
        .filter(|item| item.key)
        .filter_map(|item| match level(item, end, false) {
            0 => Some((item.code.clone(), limits.cap_absent)),
            1 => Some((item.code.clone(), limits.cap_on_paper)),
            _ => None,
        })
        .collect();
    caps.sort_by(|a, b| (a.1, &a.0).cmp(&(b.1, &b.0)));
    caps
}

/// Shares of a whole as tenths that add up to the rounded sum: each rounded down, and what is
/// left given to the largest remainders, ties by code.
fn shared_out(shares: Vec<(String, i128)>, whole: i128) -> Vec<(String, i64)> {
    if whole == 0 {
        return shares.into_iter().map(|(code, _)| (code, 0)).collect();
    }
    let sum: i128 = shares.iter().map(|(_, share)| share).sum();
    let mut left = i128::from(rounded(sum, whole));
    let mut parts = Vec::with_capacity(shares.len());
    let mut remainders = Vec::with_capacity(shares.len());
    for (place, (code, share)) in shares.into_iter().enumerate() {
        let down = share.div_euclid(whole);
        left -= down;
        remainders.push((share.rem_euclid(whole), code.clone(), place));
        parts.push((code, i64::try_from(down).unwrap_or(i64::MAX)));
    }
    remainders.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| (&a.1, a.2).cmp(&(&b.1, b.2))));
    for (_, _, place) in remainders {
        if left <= 0 {
            break;
        }
        if let Some((_, part)) = parts.get_mut(place) {
            *part += 1;
            left -= 1;
        }
    }
    parts
}

fn sum(parts: &[(String, i64)]) -> i64 {
    parts.iter().map(|(_, part)| part).sum()
}

fn water(inputs: &Inputs, end: End) -> i64 {
    sum(&water_parts(inputs, end))
}

fn dike(inputs: &Inputs, limits: &Limits, end: End) -> i64 {
    let (parts, cap) = dike_parts(inputs, limits, end);
    let height = sum(&parts);
    cap.map_or(height, |cap| height.min(cap))
}

impl Class {
    /// The class of a freeboard.
    pub const fn of(freeboard: i64, limits: &Limits) -> Self {
        if freeboard < limits.red_below {
            Self::Red
        } else if freeboard < limits.orange_below {
            Self::Orange
        } else if freeboard <= limits.green_to {
            Self::Green
        } else {
            Self::Blue
        }
    }
}

/// Computes the freeboard; `None` where no control applies, because a dike of nothing is no
/// figure.
pub fn freeboard(inputs: &Inputs, limits: &Limits) -> Option<Freeboard> {
    if total(&inputs.controls) == 0 {
        return None;
    }
    let water = Ends { low: water(inputs, End::Best), high: water(inputs, End::Worst) };
    let dike = Ends {
        low: dike(inputs, limits, End::Worst),
        high: dike(inputs, limits, End::Best),
    };
    let freeboard = Ends { low: dike.low - water.high, high: dike.high - water.low };
    let all = || inputs.circumstances.iter().chain(&inputs.controls);
    let weight = |items: &mut dyn Iterator<Item = &Weighed>| -> u64 {
        items.map(|item| u64::from(item.weight)).sum()
    };
    let whole = weight(&mut all());
    let unknown = weight(&mut all().filter(|item| item.low != item.high));
    // compared without rounding, so that exactly the limit still has a class
    let too_much = unknown * 100 > limits.unknown_percent * whole;
    let ends = (Class::of(freeboard.low, limits), Class::of(freeboard.high, limits));
    Some(Freeboard {
        water,
        dike,
        freeboard,
        classes: (!too_much).then_some(ends),
        unknown: u64::try_from(rounded(
            i128::from(unknown) * 1000,
            i128::from(whole.max(1)),
        ))
        .unwrap_or(0),
        caps: caps(inputs, limits, End::Worst),
    })
}

/// What weighs most in the worst case: circumstances by what they add to the water, controls
/// by what they lack of the dike, most first, ties by code.
pub fn reasons(inputs: &Inputs) -> Vec<(String, i64)> {
    let mut all: Vec<(String, i64)> = water_parts(inputs, End::Worst)
        .into_iter()
        .filter(|(code, _)| !code.is_empty())
        .collect();
    let whole = total(&inputs.controls) * 3;
    let lacking = inputs.controls.iter().map(|item| {
        let lacks = 3 - level(item, End::Worst, false);
        (item.code.clone(), 1000 * i128::from(item.weight) * lacks)
    });
    all.extend(shared_out(lacking.collect(), whole));
    all.retain(|(_, part)| *part > 0);
    all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    all
}

/// The first and last place a process may have, 1 being the lowest freeboard: only as far as
/// the intervals allow.
pub fn places(freeboards: &BTreeMap<String, Ends>) -> BTreeMap<String, (usize, usize)> {
    let place = |name: &String, own: &Ends| {
        let others = || freeboards.iter().filter(|(other, _)| *other != name);
        let surely_before = others().filter(|(_, ends)| ends.high < own.low).count();
        let maybe_before = others().filter(|(_, ends)| ends.low <= own.high).count();
        (surely_before + 1, maybe_before + 1)
    };
    freeboards.iter().map(|(name, own)| (name.clone(), place(name, own))).collect()
}
