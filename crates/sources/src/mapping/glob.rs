//! Patterns for file names: `*` for any signs, `?` for one, without regard to capitals.

/// Whether a pattern fits the whole of a name. Works in time proportional to the product of
/// both lengths at worst.
pub(super) fn matches(pattern: &str, name: &str) -> bool {
    let pattern: Vec<char> = pattern.chars().flat_map(char::to_lowercase).collect();
    let name: Vec<char> = name.chars().flat_map(char::to_lowercase).collect();
    let (mut p, mut n) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while n < name.len() {
        let sign = pattern.get(p);
        if sign == Some(&'*') {
            star = Some((p, n));
            p += 1;
        } else if sign == Some(&'?') || (sign.is_some() && sign == name.get(n)) {
            p += 1;
            n += 1;
        } else if let Some((at, from)) = star {
            p = at + 1;
            n = from + 1;
            star = Some((at, from + 1));
        } else {
            return false;
        }
    }
    pattern.get(p..).is_some_and(|rest| rest.iter().all(|sign| *sign == '*'))
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn stars_and_question_marks() {
        assert!(matches("access*.csv", "Access-2024.CSV"));
        assert!(matches("*", ""));
        assert!(matches("a?c*", "abc"));
        assert!(!matches("access*.csv", "access.csv.gz"));
        assert!(!matches("a", "ab"));
    }
}
