//! Cells that stand for many: `{1..40}`, `{a,b}` and times that end in `{+1d}`.

/// How many rows a row stands for: the longest of its ranges, 1 where it has none.
pub(super) fn repeats(cells: &[String]) -> usize {
    cells.iter().filter_map(|cell| range(cell)).map(|r| r.len()).max().unwrap_or(1)
}

/// A cell of the n-th row (from 0).
pub(super) fn nth(cell: &str, n: usize) -> String {
    let Some((before, inside, after)) = braces(cell) else { return cell.to_owned() };
    if inside.starts_with('+') {
        // the step of a time is applied where the time is read
        return cell.to_owned();
    }
    let values = range(cell).unwrap_or_default();
    if values.is_empty() {
        return cell.to_owned();
    }
    let value = values.get(n % values.len()).cloned().unwrap_or_default();
    // more than one range may stand in a cell
    nth(&format!("{before}{value}{after}"), n)
}

/// A time cell without its step, and what is to be added to it in the n-th row, in minutes.
pub(super) fn time_step(cell: &str, n: usize) -> (String, i64) {
    let Some((before, inside, _)) = braces(cell) else { return (cell.to_owned(), 0) };
    let Some(step) = inside.strip_prefix('+') else { return (cell.to_owned(), 0) };
    let digits: String = step.chars().take_while(char::is_ascii_digit).collect();
    let count: i64 = digits.parse().unwrap_or(0);
    let unit = match step.trim_start_matches(|c: char| c.is_ascii_digit()) {
        "d" => 24 * 60,
        "h" => 60,
        _ => 1,
    };
    let times = i64::try_from(n).unwrap_or(0);
    (before.trim().to_owned(), count.saturating_mul(unit).saturating_mul(times))
}

fn braces(cell: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = cell.split_once('{')?;
    let (inside, after) = rest.split_once('}')?;
    Some((before, inside, after))
}

fn range(cell: &str) -> Option<Vec<String>> {
    let (_, inside, after) = braces(cell)?;
    if inside.starts_with('+') {
        return range(after);
    }
    if let Some((from, to)) = inside.split_once("..") {
        let width = if from.starts_with('0') { from.len() } else { 1 };
        let (from, to): (i64, i64) = (from.trim().parse().ok()?, to.trim().parse().ok()?);
        let all: Vec<String> = (from..=to.min(from.saturating_add(100_000)))
            .map(|n| format!("{n:0width$}"))
            .collect();
        return Some(all);
    }
    Some(inside.split(',').map(|value| value.trim().to_owned()).collect())
}

/// A name with ranges as all the names it stands for.
pub(super) fn names(name: &str) -> Vec<String> {
    match range(name) {
        Some(values) => (0..values.len()).map(|n| nth(name, n)).collect(),
        None => vec![name.to_owned()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_walk_in_step() {
        let cells = ["c{1..3}".to_owned(), "{a,b}".to_owned()];
        assert_eq!(repeats(&cells), 3);
        let all: Vec<_> =
            (0..3).map(|n| (nth(&cells[0], n), nth(&cells[1], n))).collect();
        assert_eq!(all[2], ("c3".to_owned(), "a".to_owned()));
        assert_eq!(
            time_step("2026-03-02 09:00 {+1d}", 2),
            ("2026-03-02 09:00".to_owned(), 2880)
        );
        assert_eq!(names("c{08..10}"), ["c08", "c09", "c10"]);
    }
}
