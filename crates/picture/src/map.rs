//! The process map: which activity directly follows which, how often, and after how long.
//!
//! Counts follow the usual definition of the directly-follows graph: pairs of neighbouring
//! events of a case in the order of time; events with equal times keep the order of the
//! file; no artificial start or end (those are counted apart).

use catalogue::Binding;
use columns::Events;
use columns::events::Dictionaries;
use rules::Evaluation;
use std::collections::{BTreeMap, BTreeSet};

/// An activity on the map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Its name in the log.
    pub activity: String,
    /// The steps of the catalogue it stands for.
    pub steps: Vec<String>,
    /// Events.
    pub events: u64,
    /// Cases in which it occurs.
    pub cases: u64,
    /// Cases that begin with it.
    pub starts: u64,
    /// Cases that end with it.
    pub ends: u64,
    /// Tests that found something and speak about one of its steps, by name.
    pub found_by: Vec<String>,
}

/// One activity directly followed by another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The first, as a position in [`ProcessMap::nodes`].
    pub from: usize,
    /// The next.
    pub to: usize,
    /// How often.
    pub count: u64,
    /// The median time between them, in seconds; `None` where no pair has both times.
    pub median_seconds: Option<i64>,
}

/// The map of a log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProcessMap {
    /// Activities, the most frequent first.
    pub nodes: Vec<Node>,
    /// Edges, the most frequent first.
    pub edges: Vec<Edge>,
    /// All neighbouring pairs: the sum of the counts of the edges.
    pub total: u64,
    /// Distinct sequences of activities.
    pub variants: u64,
}

/// What is known of one edge while batches come by.
#[derive(Debug, Default)]
struct Following {
    count: u64,
    seconds: Vec<u32>,
}

/// Takes batches of whole cases and gives the map.
#[derive(Debug, Default)]
pub struct MapBuilder {
    events: Vec<u64>,
    cases: Vec<u64>,
    last_case: Vec<u64>,
    starts: Vec<u64>,
    ends: Vec<u64>,
    edges: BTreeMap<(u32, u32), Following>,
    // edges between the first activities, found without a look into the tree
    near: Vec<Following>,
    variants: BTreeSet<u128>,
    case: u64,
}

/// Codes below this have their edges in a square table.
const NEAR: u32 = 64;

impl MapBuilder {
    /// An empty builder.
    pub fn new() -> Self {
        let near = (0..NEAR * NEAR).map(|_| Following::default()).collect();
        Self { near, ..Self::default() }
    }

    /// Takes one batch of whole cases.
    pub fn push(&mut self, events: &Events) {
        use columns::arrow::Array as _;
        let activities: &[u32] = events.activity.values();
        let times: &[i64] = events.time.values();
        let with_time = |row: usize| !events.time.is_null(row);
        for (_, rows) in events.cases() {
            self.case += 1;
            let mut variant = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d_u128;
            let mut before: Option<(usize, u32)> = None;
            for row in rows {
                let Some(code) = activities.get(row).copied() else { continue };
                self.touch(code);
                // FNV-1a over the codes names the sequence
                variant = (variant ^ u128::from(code))
                    .wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
                match before {
                    None => add(&mut self.starts, code),
                    Some((earlier, from)) => {
                        let seconds = (with_time(earlier) && with_time(row)).then(|| {
                            let (a, b) = (times.get(earlier), times.get(row));
                            let micros = b.unwrap_or(&0).saturating_sub(*a.unwrap_or(&0));
                            u32::try_from(micros / 1_000_000).unwrap_or(u32::MAX)
                        });
                        self.follow(from, code, seconds);
                    }
                }
                before = Some((row, code));
            }
            if let Some((_, code)) = before {
                add(&mut self.ends, code);
                self.variants.insert(variant);
            }
        }
    }

    fn touch(&mut self, code: u32) {
        add(&mut self.events, code);
        let at = code as usize;
        if self.last_case.len() <= at {
            self.last_case.resize(at + 1, 0);
        }
        if let Some(last) = self.last_case.get_mut(at)
            && *last != self.case
        {
            *last = self.case;
            add(&mut self.cases, code);
        }
    }

    fn follow(&mut self, from: u32, to: u32, seconds: Option<u32>) {
        let following = if from < NEAR && to < NEAR {
            self.near.get_mut((from * NEAR + to) as usize)
        } else {
            Some(self.edges.entry((from, to)).or_default())
        };
        if let Some(following) = following {
            following.count += 1;
            following.seconds.extend(seconds);
        }
    }

    /// The map, with the steps each activity stands for and the tests that found something
    /// about them.
    pub fn finish(
        self,
        dictionaries: &Dictionaries,
        binding: &Binding,
        evaluation: &Evaluation,
    ) -> ProcessMap {
        let mut edges = self.edges;
        for (at, following) in (0_u32..).zip(self.near) {
            if following.count > 0 {
                edges.insert((at / NEAR, at % NEAR), following);
            }
        }
        let count =
            |counts: &[u64], code: u32| counts.get(code as usize).copied().unwrap_or(0);
        let mut codes: Vec<u32> = (0_u32..)
            .zip(&self.events)
            .filter(|(_, events)| **events > 0)
            .map(|(code, _)| code)
            .collect();
        codes.sort_by_key(|code| (std::cmp::Reverse(count(&self.events, *code)), *code));
        let nodes: Vec<Node> = codes
            .iter()
            .map(|code| {
                let activity =
                    dictionaries.activity.text(*code).unwrap_or_default().to_owned();
                let steps: Vec<String> = binding
                    .steps_of(&activity)
                    .iter()
                    .map(|(step, _)| (*step).to_owned())
                    .collect();
                let found_by = found_by(&steps, evaluation);
                Node {
                    activity,
                    steps,
                    events: count(&self.events, *code),
                    cases: count(&self.cases, *code),
                    starts: count(&self.starts, *code),
                    ends: count(&self.ends, *code),
                    found_by,
                }
            })
            .collect();
        let position: BTreeMap<u32, usize> =
            codes.iter().enumerate().map(|(at, code)| (*code, at)).collect();
        let mut drawn: Vec<Edge> = edges
            .into_iter()
            .filter_map(|((from, to), following)| {
                let (from, to) = (*position.get(&from)?, *position.get(&to)?);
                let median_seconds = median(following.seconds);
                Some(Edge { from, to, count: following.count, median_seconds })
            })
            .collect();
        drawn.sort_by_key(|edge| (std::cmp::Reverse(edge.count), edge.from, edge.to));
        ProcessMap {
            nodes,
            total: drawn.iter().map(|edge| edge.count).sum(),
            edges: drawn,
            variants: self.variants.len() as u64,
        }
    }
}

fn add(counts: &mut Vec<u64>, code: u32) {
    let at = code as usize;
    if counts.len() <= at {
        counts.resize(at + 1, 0);
    }
    if let Some(count) = counts.get_mut(at) {
        *count += 1;
    }
}

/// The median; the mean of the middle two, rounded down, for an even count.
fn median(mut seconds: Vec<u32>) -> Option<i64> {
    let middle = seconds.len() / 2;
    if seconds.is_empty() {
        return None;
    }
    let even = seconds.len().is_multiple_of(2);
    let (below, upper, _) = seconds.select_nth_unstable(middle);
    let upper = i64::from(*upper);
    if !even {
        return Some(upper);
    }
    let lower = below.iter().max().map_or(upper, |lower| i64::from(*lower));
    Some(i64::midpoint(lower, upper))
}

fn found_by(steps: &[String], evaluation: &Evaluation) -> Vec<String> {
    let speaks = |result: &&rules::TestResult| {
        result.found > 0 && result.steps.iter().any(|step| steps.contains(step))
    };
    evaluation.results.iter().filter(speaks).map(rules::TestResult::name).collect()
}
