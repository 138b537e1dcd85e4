//! The name that was probably meant.

/// The `known` name nearest to what was written, without regard to capitals, blanks and
/// signs; `None` where none is near.
pub fn nearest<'k>(
    written: &str,
    known: impl IntoIterator<Item = &'k str>,
) -> Option<&'k str> {
    let wanted = plain(written);
    known
        .into_iter()
        .map(|name| (distance(&wanted, &plain(name)), name))
        .filter(|(distance, name)| *distance <= name.chars().count().div_ceil(3))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// Lower case letters and digits alone. Names beyond 100 signs are cut: the distance takes
/// time with the product of both lengths, and headers come from outside.
pub(super) fn plain(name: &str) -> Vec<char> {
    let letters =
        name.chars().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric());
    letters.take(100).collect()
}

/// The Levenshtein distance.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut last = i;
        let mut left = i + 1;
        for (cell, y) in row.iter_mut().skip(1).zip(b) {
            let up = *cell;
            let best = (last + usize::from(x != y)).min(up + 1).min(left + 1);
            (last, left, *cell) = (up, best, best);
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_name_is_offered_only_when_it_is_near() {
        let header = ["Zaak nummer", "Stap", "Tijdstip"];
        assert_eq!(nearest("zaaknummer", header), Some("Zaak nummer"));
        assert_eq!(nearest("Tijdstp", header), Some("Tijdstip"));
        assert_eq!(nearest("Medewerker", header), None);
    }
}
