//! Names with `*` (any signs) and `?` (one sign), without regard to capitals.

/// Whether a pattern fits the whole of a name. Works in time proportional to the product of
/// both lengths at worst.
pub fn matches(pattern: &str, name: &str) -> bool {
    let pattern: Vec<char> = pattern.chars().flat_map(char::to_lowercase).collect();
    let name: Vec<char> = name.chars().flat_map(char::to_lowercase).collect();
    let (mut p, mut n) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while n < name.len() {
        match pattern.get(p) {
            Some('*') => {
                star = Some((p, n));
                p += 1;
            }
            Some(sign) if *sign == '?' || Some(sign) == name.get(n) => {
                p += 1;
                n += 1;
            }
            Some(_) | None => {
                let Some((at, from)) = star else { return false };
                p = at + 1;
                n = from + 1;
                star = Some((at, from + 1));
            }
        }
    }
    pattern.get(p..).is_some_and(|rest| rest.iter().all(|sign| *sign == '*'))
}

/// Whether a text is a pattern at all.
pub fn is_pattern(text: &str) -> bool {
    text.contains(['*', '?'])
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn stars_and_question_marks() {
        assert!(matches("*ontvangen*", "Aanvraag Ontvangen"));
        assert!(matches("T0?-*", "T07-2 Draft"));
        assert!(matches("", ""));
        assert!(matches("*", ""));
        assert!(matches("a*b*c", "aXXbYYbc"));
        assert!(!matches("a*b*c", "aXXbYYb"));
        assert!(!matches("a", "ab"));
    }
}
