//! Which part of a process map is drawn.
//!
//! A whole log has hundreds of kinds of transitions; nobody can read that. Drawn are the
//! most frequent ones until nine in ten transitions are covered, within limits, and besides
//! them the most frequent other activities about which a test found something. The rest is said in a sentence
//! and stands in the tables.

use model::Ppm;
use picture::ProcessMap;
use std::collections::{BTreeMap, BTreeSet};

/// No more activities than this are drawn.
pub(crate) const MOST_NODES: usize = 30;
/// No more transitions than this are drawn.
pub(crate) const MOST_EDGES: usize = 45;
/// Enough of the transitions, in parts per million.
const ENOUGH: u32 = 900_000;
/// No more beginnings and no more ends than this are drawn.
const MOST_ENDS: usize = 3;
/// No more rare activities than this are added because a test found something there.
const MOST_FOUND: usize = 6;

/// The part that is drawn; numbers are positions in the map.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Choice {
    /// Activities, ascending.
    pub(crate) nodes: Vec<usize>,
    /// Transitions between different activities, the most frequent first.
    pub(crate) edges: Vec<usize>,
    /// Activities that follow themselves, with how often.
    pub(crate) loops: BTreeMap<usize, u64>,
    /// Activities with which most cases begin.
    pub(crate) starts: Vec<usize>,
    /// Activities with which most cases end.
    pub(crate) ends: Vec<usize>,
    /// How many kinds of transitions are shown, those of an activity to itself included.
    pub(crate) shown: usize,
    /// Their share of all transitions; `None` where there are none.
    pub(crate) covered: Option<Ppm>,
}

struct Chooser<'a> {
    map: &'a ProcessMap,
    nodes: BTreeSet<usize>,
    edges: BTreeSet<usize>,
}

/// Chooses what is drawn.
pub(crate) fn choose(map: &ProcessMap) -> Choice {
    let mut chooser = Chooser { map, nodes: BTreeSet::new(), edges: BTreeSet::new() };
    let mut covered = 0;
    for (at, edge) in map.edges.iter().enumerate() {
        let enough = Ppm::of(covered, map.total).is_some_and(|share| share.0 >= ENOUGH);
        if enough || chooser.edges.len() >= MOST_EDGES - 6 {
            break;
        }
        if chooser.add(at) {
            covered += edge.count;
        }
    }
    chooser.add_what_was_found();
    chooser.close_gaps();
    chooser.add_repeats();
    chooser.finish()
}

impl Chooser<'_> {
    /// Adds a transition where the limits allow it.
    fn add(&mut self, at: usize) -> bool {
        let Some(edge) = self.map.edges.get(at) else { return false };
        let new =
            [edge.from, edge.to].iter().filter(|node| !self.nodes.contains(node)).count();
        let room = self.nodes.len() + new <= MOST_NODES && self.edges.len() < MOST_EDGES;
        if room || self.edges.contains(&at) {
            self.nodes.extend([edge.from, edge.to]);
            self.edges.insert(at);
            return true;
        }
        false
    }

    /// The most frequent transition into (or out of) an activity from another one.
    fn best(&self, node: usize, into: bool, among: bool) -> Option<usize> {
        let fits = |edge: &picture::Edge| {
            let (here, there) =
                if into { (edge.to, edge.from) } else { (edge.from, edge.to) };
            here == node && there != node && (!among || self.nodes.contains(&there))
        };
        self.map.edges.iter().position(fits)
    }

    fn add_what_was_found(&mut self) {
        let found =
            |(_, activity): &(usize, &picture::Node)| !activity.found_by.is_empty();
        let nodes = self.map.nodes.iter().enumerate().filter(found);
        let absent: Vec<usize> =
            nodes.map(|(at, _)| at).filter(|at| !self.nodes.contains(at)).collect();
        for node in absent.into_iter().take(MOST_FOUND) {
            for into in [true, false] {
                if let Some(at) = self.best(node, into, false) {
                    self.add(at);
                }
            }
        }
    }

    /// An activity on the map has a way in and a way out, unless cases begin or end there.
    fn close_gaps(&mut self) {
        for node in self.nodes.clone() {
            for into in [true, false] {
                let joined = self.edges.iter().any(|at| {
                    self.map.edges.get(*at).is_some_and(|edge| {
                        edge.from != edge.to
                            && (if into { edge.to } else { edge.from }) == node
                    })
                });
                if joined {
                    continue;
                }
                if let Some(at) = self.best(node, into, true) {
                    self.add(at);
                }
            }
        }
    }

    /// An activity that follows itself takes no line, so it is always told.
    fn add_repeats(&mut self) {
        for (at, edge) in self.map.edges.iter().enumerate() {
            if edge.from == edge.to && self.nodes.contains(&edge.from) {
                self.edges.insert(at);
            }
        }
    }

    fn finish(self) -> Choice {
        let map = self.map;
        let mut nodes: Vec<usize> = self.nodes.into_iter().collect();
        if nodes.is_empty() && map.total > 0 {
            nodes.extend((0..map.nodes.len()).take(MOST_NODES));
        }
        let mut choice = Choice { shown: self.edges.len(), ..Choice::default() };
        let mut covered = 0;
        for at in self.edges {
            let Some(edge) = map.edges.get(at) else { continue };
            covered += edge.count;
            if edge.from == edge.to {
                choice.loops.insert(edge.from, edge.count);
            } else {
                choice.edges.push(at);
            }
        }
        choice.covered = Ppm::of(covered, map.total);
        choice.starts = most(map, &nodes, |node| node.starts);
        choice.ends = most(map, &nodes, |node| node.ends);
        choice.nodes = nodes;
        choice
    }
}

/// The activities with the greatest numbers, until nine in ten are covered.
fn most(
    map: &ProcessMap,
    nodes: &[usize],
    number: impl Fn(&picture::Node) -> u64,
) -> Vec<usize> {
    let all: u64 = map.nodes.iter().map(&number).sum();
    let count = |at: &usize| map.nodes.get(*at).map_or(0, &number);
    let mut sorted: Vec<usize> =
        nodes.iter().copied().filter(|at| count(at) > 0).collect();
    sorted.sort_by_key(|at| (std::cmp::Reverse(count(at)), *at));
    let mut covered = 0;
    let mut chosen = Vec::new();
    for at in sorted.into_iter().take(MOST_ENDS) {
        if Ppm::of(covered, all).is_some_and(|share| share.0 >= ENOUGH) {
            break;
        }
        covered += count(&at);
        chosen.push(at);
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;
    use picture::{Edge, Node};

    fn map(nodes: usize, edges: &[(usize, usize, u64)]) -> ProcessMap {
        let node = |at: usize| Node {
            activity: format!("a{at}"),
            steps: Vec::new(),
            events: 100,
            cases: 100,
            starts: if at == 0 { 100 } else { 0 },
            ends: if at + 1 == nodes { 100 } else { 0 },
            found_by: Vec::new(),
        };
        let edge = |&(from, to, count): &(usize, usize, u64)| Edge {
            from,
            to,
            count,
            median_seconds: None,
        };
        ProcessMap {
            nodes: (0..nodes).map(node).collect(),
            edges: edges.iter().map(edge).collect(),
            total: edges.iter().map(|edge| edge.2).sum(),
            variants: 1,
        }
    }

    #[test]
    fn rare_transitions_stay_off_the_map() {
        let drawn = choose(&map(4, &[(0, 1, 500), (1, 2, 450), (2, 3, 45), (0, 3, 5)]));
        assert_eq!(drawn.edges, [0, 1]);
        assert_eq!(drawn.nodes, [0, 1, 2]);
        assert_eq!(drawn.covered, Some(Ppm(950_000)));
    }

    #[test]
    fn an_activity_about_which_a_test_found_something_is_always_drawn() {
        let mut all = map(4, &[(0, 1, 500), (1, 2, 450), (2, 3, 45), (0, 3, 5)]);
        all.nodes[3].found_by.push("VER-01".to_owned());
        assert_eq!(choose(&all).nodes, [0, 1, 2, 3]);
    }

    #[test]
    fn an_activity_that_follows_itself_is_no_line() {
        let drawn = choose(&map(2, &[(0, 1, 100), (1, 1, 5)]));
        assert_eq!(drawn.edges, [0]);
        assert_eq!(drawn.loops, BTreeMap::from([(1, 5)]));
        assert_eq!(drawn.shown, 2);
    }

    #[test]
    fn the_limits_hold_for_a_log_without_order() {
        let edges: Vec<_> = (0..60)
            .flat_map(|a| (0..60).map(move |b| (a, b, 7)))
            .filter(|e| e.0 != e.1)
            .collect();
        let drawn = choose(&map(60, &edges));
        assert!(drawn.nodes.len() <= MOST_NODES, "{}", drawn.nodes.len());
        assert!(drawn.edges.len() <= MOST_EDGES, "{}", drawn.edges.len());
    }

    #[test]
    fn an_empty_log_gives_an_empty_map() {
        assert_eq!(choose(&ProcessMap::default()), Choice::default());
    }
}
