//! Where the boxes, lines and labels of a process map stand: a layered drawing from top to
//! bottom, computed here so that a report needs no script and no program beside it.
//!
//! Nothing overlaps: boxes and labels keep their distance within a layer, and layers keep
//! theirs. Units are those of SVG (pixels at normal size).
#![expect(
    clippy::indexing_slicing,
    reason = "positions come from map_order and lie below the length of what they index"
)]

use crate::map_order::{Item, Layers, layers};

/// A graph to draw.
#[derive(Clone, Debug, Default)]
pub(crate) struct Graph {
    /// Width and height of each box.
    pub(crate) boxes: Vec<(f64, f64)>,
    /// The links, between different boxes.
    pub(crate) links: Vec<Link>,
    /// The box that must stand at the top.
    pub(crate) top: Option<usize>,
    /// The box that must stand at the bottom.
    pub(crate) bottom: Option<usize>,
}

/// A link to draw.
#[derive(Clone, Debug)]
pub(crate) struct Link {
    /// The box it leaves.
    pub(crate) from: usize,
    /// The box it enters.
    pub(crate) to: usize,
    /// The heavier, the more it decides on what is above and what below.
    pub(crate) weight: u64,
    /// Width and height of the label; 0 without one.
    pub(crate) label: (f64, f64),
}

/// A rectangle.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Place {
    /// Left side.
    pub(crate) x: f64,
    /// Upper side.
    pub(crate) y: f64,
    /// Width.
    pub(crate) width: f64,
    /// Height.
    pub(crate) height: f64,
}

/// The line of a link.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Route {
    /// Points from the box it leaves to the box it enters; at each the line runs upright.
    pub(crate) points: Vec<(f64, f64)>,
    /// Where the label stands.
    pub(crate) label: Place,
    /// Whether it runs from bottom to top.
    pub(crate) back: bool,
}

/// The drawing.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Layout {
    /// Width of the whole.
    pub(crate) width: f64,
    /// Height of the whole.
    pub(crate) height: f64,
    /// The boxes, as in the graph.
    pub(crate) boxes: Vec<Place>,
    /// The lines, as in the graph.
    pub(crate) routes: Vec<Route>,
}

const MARGIN: f64 = 12.0;
/// Between things in one layer.
const BESIDE: f64 = 22.0;
/// Between layers.
const BELOW: f64 = 22.0;
/// Room for a line that passes.
const PASS: f64 = 10.0;
/// So far from a box a line need not run upright.
const ROOM: f64 = 60.0;
/// Between two lines at the side of a box.
const PORT: f64 = 22.0;
/// Rounds in which things move towards their neighbours, and how many of them look only up
/// or only down.
const ROUNDS: usize = 160;
const ONE_SIDED: usize = 40;

/// Draws a graph.
pub(crate) fn layout(graph: &Graph) -> Layout {
    let made = layers(graph);
    let sizes: Vec<(f64, f64)> =
        made.items.iter().map(|item| size(graph, *item)).collect();
    let centres = centres(graph, &made, &sizes);
    let bands = bands(&made, &sizes);
    let place = |item: usize, layer: usize| {
        let ((width, height), (top, bottom)) = (sizes[item], bands[layer]);
        let x = centres[item] - width / 2.0;
        Place { x, y: f64::midpoint(top, bottom) - height / 2.0, width, height }
    };
    let mut layer_of = vec![0; made.items.len()];
    let mut places = vec![Place::default(); made.items.len()];
    for (layer, items) in made.rows.iter().enumerate() {
        for item in items {
            layer_of[*item] = layer;
            places[*item] = place(*item, layer);
        }
    }
    let routes = routes(&made, &places, &layer_of, &bands);
    let width = places.iter().map(|p| p.x + p.width).fold(0.0, f64::max) + MARGIN;
    let height = bands.last().map_or(0.0, |band| band.1) + MARGIN;
    places.truncate(graph.boxes.len());
    Layout { width, height, boxes: places, routes }
}

fn size(graph: &Graph, item: Item) -> (f64, f64) {
    match item {
        Item::Box(at) => graph.boxes[at],
        Item::Pass { link, label: true } => {
            let (width, height) = graph.links[link].label;
            (width.max(PASS), height)
        }
        Item::Pass { label: false, .. } => (PASS, 0.0),
    }
}

/// Upper and lower side of each layer.
fn bands(made: &Layers, sizes: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let mut y = MARGIN;
    let mut bands = Vec::with_capacity(made.rows.len());
    for layer in &made.rows {
        let height = layer.iter().map(|item| sizes[*item].1).fold(0.0, f64::max);
        bands.push((y, y + height));
        y += height + BELOW;
    }
    bands
}

/// The items above (or below) each item, with how strongly they pull.
type Pulls = Vec<Vec<(usize, f64)>>;

/// Frequent links are kept straight before rare ones, long lines before short ones.
fn pulls(graph: &Graph, made: &Layers) -> (Pulls, Pulls) {
    let most =
        graph.links.iter().map(|link| link.weight).max().unwrap_or(1).max(1) as f64;
    let passes = |item: usize| matches!(made.items[item], Item::Pass { .. });
    let mut above = vec![Vec::new(); made.items.len()];
    let mut below = vec![Vec::new(); made.items.len()];
    for (link, chain) in made.chains.iter().enumerate() {
        let frequent = 1.0 + 15.0 * graph.links[link].weight as f64 / most;
        for pair in chain.windows(2) {
            let long = if passes(pair[0]) && passes(pair[1]) { 4.0 } else { 1.0 };
            below[pair[0]].push((pair[1], frequent * long));
            above[pair[1]].push((pair[0], frequent * long));
        }
    }
    (above, below)
}

/// The middle of each item from left to right: as near to its neighbours as the order and
/// the distances allow.
fn centres(graph: &Graph, made: &Layers, sizes: &[(f64, f64)]) -> Vec<f64> {
    let (above, below) = pulls(graph, made);
    let mut x = vec![0.0; made.items.len()];
    for layer in &made.rows {
        let mut edge = 0.0;
        for item in layer {
            x[*item] = edge + sizes[*item].0 / 2.0;
            edge += sizes[*item].0 + BESIDE;
        }
    }
    let count = made.rows.len();
    for round in 0..ROUNDS {
        // first towards one side, in the end towards both
        let (up, down) = (round % 2 == 0, round % 2 == 1);
        let both = round >= ONE_SIDED;
        for step in 0..count {
            let layer = &made.rows[if up { step } else { count - 1 - step }];
            let wanted = |item: usize| {
                let upper = above[item].iter().filter(|_| up || both);
                let lower = below[item].iter().filter(|_| down || both);
                let (mut sum, mut weight) = (0.0, 0.0);
                for (other, pull) in upper.chain(lower) {
                    sum += x[*other] * pull;
                    weight += pull;
                }
                if weight > 0.0 { (sum / weight, weight) } else { (x[item], 0.1) }
            };
            let aims: Vec<(f64, f64)> = layer.iter().map(|item| wanted(*item)).collect();
            let widths: Vec<f64> = layer.iter().map(|item| sizes[*item].0).collect();
            for (item, middle) in layer.iter().zip(settle(&aims, &widths)) {
                x[*item] = middle;
            }
        }
    }
    let left =
        (0..x.len()).map(|item| x[item] - sizes[item].0 / 2.0).fold(f64::MAX, f64::min);
    x.iter().map(|middle| middle - left + MARGIN).collect()
}

/// Places things of given widths from left to right as near as possible (least squares) to
/// where they want to stand, without coming too near to each other: isotonic regression by
/// pooling adjacent violators.
fn settle(aims: &[(f64, f64)], widths: &[f64]) -> Vec<f64> {
    let mut offsets = Vec::with_capacity(widths.len());
    let mut offset = 0.0;
    for (at, width) in widths.iter().enumerate() {
        if at > 0 {
            offset += f64::midpoint(widths[at - 1], *width) + BESIDE;
        }
        offsets.push(offset);
    }
    // blocks of (mean, weight, members)
    let mut blocks: Vec<(f64, f64, usize)> = Vec::new();
    for ((aim, weight), offset) in aims.iter().zip(&offsets) {
        let mut block = (aim - offset, *weight, 1);
        while let Some(last) = blocks.pop_if(|last| last.0 > block.0) {
            let weight = last.1 + block.1;
            block = (
                (last.0 * last.1 + block.0 * block.1) / weight,
                weight,
                last.2 + block.2,
            );
        }
        blocks.push(block);
    }
    let means = blocks
        .into_iter()
        .flat_map(|(mean, _, members)| std::iter::repeat_n(mean, members));
    means.zip(offsets).map(|(mean, offset)| mean + offset).collect()
}

fn routes(
    made: &Layers,
    places: &[Place],
    layer_of: &[usize],
    bands: &[(f64, f64)],
) -> Vec<Route> {
    let upper = ports(made, places, true);
    let lower = ports(made, places, false);
    made.chains
        .iter()
        .enumerate()
        .map(|(link, chain)| {
            let (Some(first), Some(last)) = (chain.first(), chain.last()) else {
                return Route::default();
            };
            let mut route = Route { back: made.turned[link], ..Route::default() };
            let start = places[*first];
            route.points.push((upper[link], start.y + start.height));
            for item in &chain[1..chain.len() - 1] {
                let (place, band) = (places[*item], bands[layer_of[*item]]);
                let middle = place.x + place.width / 2.0;
                if layer_of[*item] % 2 == 1 || roomy(made, places, layer_of[*item], *item)
                {
                    // between labels, which stand over the lines, and far from boxes there
                    // is room to bend
                    route.points.push((middle, f64::midpoint(band.0, band.1)));
                } else {
                    route.points.push((middle, band.0));
                    route.points.push((middle, band.1));
                }
                if matches!(made.items[*item], Item::Pass { label: true, .. }) {
                    route.label = place;
                }
            }
            route.points.push((lower[link], places[*last].y));
            if route.back {
                route.points.reverse();
            }
            route
        })
        .collect()
}

/// Whether no box stands near an item in its layer.
fn roomy(made: &Layers, places: &[Place], layer: usize, item: usize) -> bool {
    let place = places[item];
    made.rows[layer].iter().all(|other| {
        let near = places[*other];
        let apart =
            near.x > place.x + place.width + ROOM || near.x + near.width + ROOM < place.x;
        apart || matches!(made.items[*other], Item::Pass { .. })
    })
}

/// For each link the place where it leaves its upper box (or enters its lower one), side by
/// side in the order of where it goes to.
fn ports(made: &Layers, places: &[Place], upper: bool) -> Vec<f64> {
    let mut at_box: Vec<Vec<(f64, usize)>> = vec![Vec::new(); places.len()];
    for (link, chain) in made.chains.iter().enumerate() {
        let count = chain.len();
        let (of, next) = if upper {
            (chain[0], chain[1])
        } else {
            (chain[count - 1], chain[count - 2])
        };
        at_box[of].push((places[next].x + places[next].width / 2.0, link));
    }
    let mut ports = vec![0.0; made.chains.len()];
    for (of, links) in at_box.iter_mut().enumerate() {
        links.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let place = places[of];
        let step = PORT.min(place.width * 0.8 / links.len().max(1) as f64);
        let middle = place.x + place.width / 2.0;
        let first = middle - step * (links.len().saturating_sub(1)) as f64 / 2.0;
        for (at, (_, link)) in links.iter().enumerate() {
            ports[*link] = first + step * at as f64;
        }
    }
    ports
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(count: usize, links: &[(usize, usize, u64)]) -> Graph {
        let size =
            |at: usize| (120.0 + (at * 37 % 60) as f64, 40.0 + (at * 13 % 30) as f64);
        let link = |&(from, to, weight): &(usize, usize, u64)| Link {
            from,
            to,
            weight,
            label: (64.0, 30.0),
        };
        Graph {
            boxes: (0..count).map(size).collect(),
            links: links.iter().map(link).collect(),
            top: None,
            bottom: None,
        }
    }

    /// A graph with many crossings and cycles that looks the same every time.
    fn tangled() -> Graph {
        let mut seed = 12_345_u64;
        let mut next = |most: u32| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            u32::try_from(seed >> 33).unwrap() % most
        };
        let mut links = Vec::new();
        while links.len() < 45 {
            let (from, to, weight) =
                (next(30) as usize, next(30) as usize, u64::from(next(1000)));
            if from != to {
                links.push((from, to, weight));
            }
        }
        graph(30, &links)
    }

    fn overlap(a: &Place, b: &Place) -> bool {
        a.x < b.x + b.width
            && b.x < a.x + a.width
            && a.y < b.y + b.height
            && b.y < a.y + a.height
    }

    #[test]
    fn boxes_and_labels_never_overlap() {
        let drawn = layout(&tangled());
        let mut all = drawn.boxes.clone();
        all.extend(drawn.routes.iter().map(|route| route.label));
        for (at, a) in all.iter().enumerate() {
            for b in &all[at + 1..] {
                assert!(!overlap(a, b), "{a:?} {b:?}");
            }
            assert!(a.x >= 0.0 && a.y >= 0.0, "{a:?}");
            assert!(
                a.x + a.width <= drawn.width && a.y + a.height <= drawn.height,
                "{a:?}"
            );
        }
    }

    #[test]
    fn the_same_graph_gives_the_same_drawing() {
        assert_eq!(layout(&tangled()), layout(&tangled()));
    }

    #[test]
    fn lines_start_and_end_at_their_boxes() {
        let graph = tangled();
        let drawn = layout(&graph);
        for (link, route) in graph.links.iter().zip(&drawn.routes) {
            let at = |point: (f64, f64), place: Place, lower: bool| {
                let side = if lower { place.y + place.height } else { place.y };
                (point.1 - side).abs() < 0.001
                    && point.0 >= place.x
                    && point.0 <= place.x + place.width
            };
            let (from, to) = (drawn.boxes[link.from], drawn.boxes[link.to]);
            assert!(at(route.points[0], from, !route.back), "{link:?}");
            assert!(at(*route.points.last().unwrap(), to, route.back), "{link:?}");
        }
    }

    #[test]
    fn a_chain_runs_straight_down() {
        let drawn = layout(&graph(3, &[(0, 1, 9), (1, 2, 9)]));
        let middle = |place: &Place| place.x + place.width / 2.0;
        assert!(
            drawn.boxes.windows(2).all(|pair| pair[0].y + pair[0].height < pair[1].y)
        );
        assert!(
            drawn.boxes.windows(2).all(|p| (middle(&p[0]) - middle(&p[1])).abs() < 1.0)
        );
        assert!(drawn.routes.iter().all(|route| !route.back));
    }

    #[test]
    fn the_rarest_link_of_a_cycle_runs_back() {
        let drawn = layout(&graph(3, &[(0, 1, 50), (1, 2, 40), (2, 0, 3)]));
        let back: Vec<bool> = drawn.routes.iter().map(|route| route.back).collect();
        assert_eq!(back, [false, false, true]);
    }

    #[test]
    fn an_empty_graph_is_an_empty_drawing() {
        assert!(layout(&Graph::default()).boxes.is_empty());
    }
}
