//! A line through points from top to bottom (or back) as a smooth path.

use super::px;
use std::fmt::Write as _;

/// How far a line may stand from the way that was kept free for it; less than the room
/// between things in a layer.
const TOLERANCE: f64 = 7.0;

/// The path of a line whose points rise or fall throughout: a cubic that never swings out
/// beyond its points (Fritsch and Carlson, *Monotone Piecewise Cubic Interpolation*, 1980)
/// and begins and ends upright.
pub(super) fn path(points: &[(f64, f64)]) -> String {
    let points = simplified(points);
    let slopes = slopes(&points);
    let mut path = String::new();
    let mut before: Option<((f64, f64), f64)> = None;
    for (&(x, y), &slope) in points.iter().zip(&slopes) {
        let (end_x, end_y) = (px(x), px(y));
        // writing to a String cannot fail
        match before {
            None => write!(path, "M{end_x} {end_y}").unwrap_or_default(),
            Some(((from_x, _), from_slope))
                if (x - from_x).abs() < 0.05
                    && slope.abs() + from_slope.abs() < 0.001 =>
            {
                write!(path, "L{end_x} {end_y}").unwrap_or_default();
            }
            Some(((from_x, from_y), from_slope)) => {
                let third = (y - from_y) / 3.0;
                let (first_x, first_y) =
                    (px(from_x + from_slope * third), px(from_y + third));
                let (second_x, second_y) = (px(x - slope * third), px(y - third));
                write!(
                    path,
                    "C{first_x} {first_y} {second_x} {second_y} {end_x} {end_y}"
                )
                .unwrap_or_default();
            }
        }
        before = Some(((x, y), slope));
    }
    path
}

/// Leaves out points that the line passes near enough without them.
fn simplified(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let [first, inner @ .., last] = points else { return points.to_vec() };
    let aside = |&(x, y): &(f64, f64)| {
        (x - (first.0 + per_step(*first, *last) * (y - first.1))).abs()
    };
    let far = inner
        .iter()
        .enumerate()
        .map(|(at, point)| (at + 1, aside(point)))
        .filter(|(_, distance)| *distance > TOLERANCE)
        .max_by(|a, b| a.1.total_cmp(&b.1));
    let Some((middle, _)) = far else { return vec![*first, *last] };
    let (upper, lower) = points.split_at(middle);
    let mut kept = simplified(&[upper, lower.get(..1).unwrap_or_default()].concat());
    kept.pop();
    kept.extend(simplified(lower));
    kept
}

/// How far a straight line goes aside for each step down; 0 where it does not go down.
fn per_step(from: (f64, f64), to: (f64, f64)) -> f64 {
    let down = to.1 - from.1;
    if down.abs() < 0.001 { 0.0 } else { (to.0 - from.0) / down }
}

/// How far the line goes aside for each step down, at each point: upright at both ends and
/// where it turns.
fn slopes(points: &[(f64, f64)]) -> Vec<f64> {
    let steps: Vec<f64> =
        points.iter().zip(points.iter().skip(1)).map(|(a, b)| per_step(*a, *b)).collect();
    let mut slopes = vec![0.0];
    slopes.extend(steps.iter().zip(steps.iter().skip(1)).map(|(a, b)| {
        // the harmonic mean keeps the curve between its points
        if a * b > 0.0 { 2.0 * a * b / (a + b) } else { 0.0 }
    }));
    slopes.push(0.0);
    slopes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_straight_way_is_a_straight_line() {
        assert_eq!(path(&[(5.0, 0.0), (5.0, 10.0), (5.0, 90.0)]), "M5 0L5 90");
    }

    #[test]
    fn a_staircase_becomes_one_curve() {
        let stairs: Vec<(f64, f64)> =
            (0..20).map(|at| (f64::from(at) * 4.0, f64::from(at) * 30.0)).collect();
        assert_eq!(path(&stairs).matches('C').count(), 1, "{}", path(&stairs));
    }

    #[test]
    fn a_way_round_something_is_kept() {
        let round = [(0.0, 0.0), (80.0, 40.0), (80.0, 100.0), (0.0, 140.0)];
        assert_eq!(
            path(&round),
            "M0 0C0 13.3 80 26.7 80 40L80 100C80 113.3 0 126.7 0 140"
        );
    }
}
