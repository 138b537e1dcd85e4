//! Layers and order for a graph drawn from top to bottom (the first half of [`crate::map_layout`]).
//!
//! Cycles are broken by turning the rarest links round; layers follow the longest path; each
//! link gets a place of its own in every layer it passes, one of which holds its label; the
//! order within the layers is that with the fewest crossings met in sweeps by barycentre.
//! Even layers hold boxes, odd ones labels. All ties go to the lower number, so that the same
//! graph always gives the same drawing.
#![expect(
    clippy::indexing_slicing,
    reason = "positions are made here and lie below the length of what they index"
)]

use crate::map_layout::Graph;

/// What stands at one place of a layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Item {
    /// A box.
    Box(usize),
    /// A link that passes; `label` says that its label stands here.
    Pass {
        /// The link.
        link: usize,
        /// Whether its label stands here.
        label: bool,
    },
}

/// The ordered layers.
#[derive(Debug)]
pub(crate) struct Layers {
    /// All items; other fields name them by position.
    pub(crate) items: Vec<Item>,
    /// Items by layer, from left to right.
    pub(crate) rows: Vec<Vec<usize>>,
    /// For each link its items from the upper box to the lower, boxes included.
    pub(crate) chains: Vec<Vec<usize>>,
    /// For each link whether it runs from bottom to top.
    pub(crate) turned: Vec<bool>,
}

/// How often the layers are swept.
const SWEEPS: usize = 24;

/// Puts a graph into ordered layers.
pub(crate) fn layers(graph: &Graph) -> Layers {
    let turned = turned(graph);
    let ranks = ranks(graph, &turned);
    let mut made = chains(graph, turned, &ranks);
    order(&mut made);
    made
}

/// Which links are turned round so that no cycle is left: the rarest of each cycle, but
/// never one by which a box is reached from the top.
fn turned(graph: &Graph) -> Vec<bool> {
    let tree = tree(graph);
    let mut by_weight: Vec<usize> = (0..graph.links.len()).collect();
    by_weight.sort_by_key(|at| {
        let link = &graph.links[*at];
        let first = tree[*at] || graph.bottom == Some(link.to);
        (!first, std::cmp::Reverse(link.weight), *at)
    });
    let mut below: Vec<Vec<usize>> = vec![Vec::new(); graph.boxes.len()];
    let mut turned = vec![false; graph.links.len()];
    for at in by_weight {
        let (from, to) = (graph.links[at].from, graph.links[at].to);
        if reaches(&below, to, from) {
            turned[at] = true;
            below[to].push(from);
        } else {
            below[from].push(to);
        }
    }
    turned
}

/// The heaviest links by which everything that can be is reached from the top.
fn tree(graph: &Graph) -> Vec<bool> {
    let mut chosen = vec![false; graph.links.len()];
    let mut reached = vec![false; graph.boxes.len()];
    if let Some(top) = graph.top {
        reached[top] = true;
    }
    let next = |reached: &[bool]| {
        (0..graph.links.len())
            .filter(|at| reached[graph.links[*at].from] && !reached[graph.links[*at].to])
            .max_by_key(|at| (graph.links[*at].weight, std::cmp::Reverse(*at)))
    };
    while let Some(at) = next(&reached) {
        chosen[at] = true;
        reached[graph.links[at].to] = true;
    }
    chosen
}

fn reaches(below: &[Vec<usize>], from: usize, to: usize) -> bool {
    let mut seen = vec![false; below.len()];
    let mut open = vec![from];
    while let Some(at) = open.pop() {
        if at == to {
            return true;
        }
        if !std::mem::replace(&mut seen[at], true) {
            open.extend(&below[at]);
        }
    }
    false
}

/// Upper and lower end of a link, once turned.
fn ends(graph: &Graph, turned: &[bool], link: usize) -> (usize, usize) {
    let (from, to) = (graph.links[link].from, graph.links[link].to);
    if turned[link] { (to, from) } else { (from, to) }
}

/// Even layer numbers by the longest path from above.
fn ranks(graph: &Graph, turned: &[bool]) -> Vec<usize> {
    let mut ranks = vec![0; graph.boxes.len()];
    // without cycles every pass settles at least one more box
    for _ in 0..graph.boxes.len() {
        for link in 0..graph.links.len() {
            let (upper, lower) = ends(graph, turned, link);
            ranks[lower] = ranks[lower].max(ranks[upper] + 2);
        }
    }
    // a box that nothing leads to stands just above what it leads to
    for at in 0..graph.boxes.len() {
        let of = |side: fn((usize, usize)) -> usize| {
            (0..graph.links.len())
                .map(|link| ends(graph, turned, link))
                .filter(move |e| side(*e) == at)
        };
        if of(|e| e.1).next().is_none()
            && let Some(nearest) = of(|e| e.0).map(|e| ranks[e.1]).min()
            && graph.top != Some(at)
        {
            ranks[at] = nearest - 2;
        }
    }
    if let Some(bottom) = graph.bottom {
        ranks[bottom] = ranks.iter().copied().max().unwrap_or(0);
    }
    ranks
}

fn chains(graph: &Graph, turned: Vec<bool>, ranks: &[usize]) -> Layers {
    let mut items: Vec<Item> = (0..graph.boxes.len()).map(Item::Box).collect();
    let mut layers = vec![Vec::new(); ranks.iter().max().map_or(0, |most| most + 1)];
    for (at, rank) in ranks.iter().enumerate() {
        layers[*rank].push(at);
    }
    let mut all = Vec::with_capacity(graph.links.len());
    for link in 0..graph.links.len() {
        let (upper, lower) = ends(graph, &turned, link);
        let mut chain = vec![upper];
        // the label stands halfway, in an odd layer
        let label = usize::midpoint(ranks[upper], ranks[lower]) | 1;
        for (rank, layer) in
            layers.iter_mut().enumerate().take(ranks[lower]).skip(ranks[upper] + 1)
        {
            items.push(Item::Pass { link, label: rank == label });
            layer.push(items.len() - 1);
            chain.push(items.len() - 1);
        }
        chain.push(lower);
        all.push(chain);
    }
    Layers { items, rows: layers, chains: all, turned }
}

/// Neighbours above and below each item.
fn neighbours(made: &Layers) -> (Vec<Vec<usize>>, Vec<Vec<usize>>) {
    let mut above = vec![Vec::new(); made.items.len()];
    let mut below = vec![Vec::new(); made.items.len()];
    for chain in &made.chains {
        for pair in chain.windows(2) {
            below[pair[0]].push(pair[1]);
            above[pair[1]].push(pair[0]);
        }
    }
    (above, below)
}

fn order(made: &mut Layers) {
    let (above, below) = neighbours(made);
    let mut place = vec![0_usize; made.items.len()];
    let mut layers = made.rows.clone();
    note(&layers, &mut place);
    let mut best = (crossings(&layers, &below, &place), layers.clone());
    for sweep in 0..SWEEPS {
        let down = sweep % 2 == 0;
        let count = layers.len();
        for step in 1..count {
            let at = if down { step } else { count - 1 - step };
            sort(&mut layers[at], if down { &above } else { &below }, &mut place);
        }
        exchange(&mut layers, &above, &below, &mut place);
        let now = crossings(&layers, &below, &place);
        if now < best.0 {
            best = (now, layers.clone());
        }
    }
    made.rows = best.1;
}

fn note(layers: &[Vec<usize>], place: &mut [usize]) {
    for layer in layers {
        for (at, item) in layer.iter().enumerate() {
            place[*item] = at;
        }
    }
}

/// Sorts a layer by the mean place of the neighbours; items without any keep their place.
fn sort(layer: &mut [usize], neighbours: &[Vec<usize>], place: &mut [usize]) {
    let mean = |item: usize| {
        let near = &neighbours[item];
        if near.is_empty() {
            return place[item] as f64;
        }
        near.iter().map(|other| place[*other] as f64).sum::<f64>() / near.len() as f64
    };
    let mut keyed: Vec<(f64, usize)> =
        layer.iter().map(|item| (mean(*item), *item)).collect();
    keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
    for (at, (_, item)) in keyed.into_iter().enumerate() {
        layer[at] = item;
        place[item] = at;
    }
}

/// Exchanges neighbours within a layer where that takes away crossings.
fn exchange(
    layers: &mut [Vec<usize>],
    above: &[Vec<usize>],
    below: &[Vec<usize>],
    place: &mut [usize],
) {
    for layer in layers {
        for at in 1..layer.len() {
            let (left, right) = (layer[at - 1], layer[at]);
            let cost = |a: usize, b: usize| {
                [above, below]
                    .iter()
                    .map(|near| between(&near[a], &near[b], place))
                    .sum::<usize>()
            };
            if cost(right, left) < cost(left, right) {
                layer.swap(at - 1, at);
                place[left] = at;
                place[right] = at - 1;
            }
        }
    }
}

/// Crossings of the links of two items of a layer, the first to the left of the second.
fn between(left: &[usize], right: &[usize], place: &[usize]) -> usize {
    left.iter().map(|a| right.iter().filter(|b| place[**b] < place[*a]).count()).sum()
}

fn crossings(layers: &[Vec<usize>], below: &[Vec<usize>], place: &[usize]) -> usize {
    let mut all = 0;
    for layer in layers {
        for (at, left) in layer.iter().enumerate() {
            for right in &layer[at + 1..] {
                all += between(&below[*left], &below[*right], place);
            }
        }
    }
    all
}
