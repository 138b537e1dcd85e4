//! Which sign stands between the cells, and what to say where it is the wrong one.

use super::split::{Rows, Signs, Splitter};
use super::table::cell;
use crate::mapping::Mapping;
use crate::mapping::plan::short;

/// The signs that are tried, the likeliest first.
const CANDIDATES: [u8; 4] = *b",;\t|";

/// Text that is looked at, and rows of it that count.
const LOOK: usize = 64 << 10;
const ROWS: usize = 100;

/// Most cells of a row here; under a sign that gives more it is no table.
const CELLS: usize = 4096;

/// Chooses the delimiter under which most columns of the mapping are found, then the one
/// under which most rows have as many cells as the header (more than one), then the one that
/// gives most cells. `whole`: the start is the whole text.
pub(super) fn find(
    start: &[u8],
    whole: bool,
    mapping: &Mapping,
    signs: impl Fn(u8) -> Signs,
) -> u8 {
    let start = start.get(..LOOK).unwrap_or(start);
    let mut best = (0, 0, 0);
    let mut chosen = b',';
    for candidate in CANDIDATES {
        if mapping.csv.quote == Some(candidate) || mapping.csv.comment == Some(candidate)
        {
            continue;
        }
        let mut text = start.to_vec();
        let score = score(&mut text, whole, mapping, signs(candidate));
        if score > best {
            (best, chosen) = (score, candidate);
        }
    }
    chosen
}

fn score(
    text: &mut [u8],
    whole: bool,
    mapping: &Mapping,
    signs: Signs,
) -> (usize, usize, usize) {
    let mut rows = Rows::default();
    let mut splitter = Splitter::new(signs, mapping.csv.skip_lines, CELLS);
    if splitter.split(text, whole, &mut rows).is_err() {
        return (0, 0, 0);
    }
    let text = String::from_utf8_lossy(text);
    let Some((_, header)) = rows.iter().next() else { return (0, 0, 0) };
    let width = header.len();
    if width < 2 {
        return (0, 0, 0);
    }
    let named = header.iter().filter(|at| {
        let name = cell(&text, **at).trim();
        mapping.columns.values().any(|from| from.column == name)
    });
    let even = rows.iter().take(ROWS).filter(|(_, cells)| cells.len() == width);
    (named.count(), even.count(), width)
}

/// The sentence for a header that is one cell because the delimiter is another one.
pub(super) fn wrong(header: &[String], delimiter: u8) -> Option<String> {
    let [name] = header else { return None };
    let count = |sign: &u8| name.bytes().filter(|b| b == sign).count();
    let (times, sign) = CANDIDATES
        .iter()
        .filter(|sign| **sign != delimiter)
        .map(|sign| (count(sign), *sign))
        .max_by_key(|(times, _)| *times)
        .filter(|(times, _)| *times > 0)?;
    let (sign, delimiter) = (sign.escape_ascii(), delimiter.escape_ascii());
    Some(format!(
        "the header has 1 column `{}` where delimiter `{delimiter}` was given; the line holds \
         {times} times `{sign}`: set delimiter = \"{sign}\" in the mapping",
        short(name)
    ))
}
