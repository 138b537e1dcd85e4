//! The page on the language of rules is written by hand, for a reader; here it is held to
//! the operators that exist.

use std::collections::BTreeSet;

/// The page.
pub(super) const PATH: &str = "docs/rules.md";

/// Every operator the program knows: patterns and the second stage.
pub(super) fn operators() -> BTreeSet<&'static str> {
    let patterns = rules::operators::ALL.iter().map(|(name, _)| *name);
    patterns.chain(rules::second::ALL.iter().map(|(name, _)| *name)).collect()
}

/// What the page lacks and what it has too much.
pub(super) fn check(text: &str, known: &BTreeSet<&str>) -> Vec<String> {
    let described = described(text);
    let mut remarks: Vec<String> = known
        .iter()
        .filter(|name| !described.contains(**name))
        .map(|name| format!("{PATH}: the operator `{name}` is not described"))
        .collect();
    let unknown = described.iter().filter(|name| !known.contains(name.as_str()));
    remarks.extend(unknown.map(|name| {
        format!("{PATH}: the operator `{name}` is described but does not exist")
    }));
    remarks
}

/// The names in the first column of the tables that begin with `operator`.
fn described(text: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut inside = false;
    for line in text.lines() {
        let Some(row) = line.strip_prefix('|') else {
            inside = false;
            continue;
        };
        let first = row.split('|').next().unwrap_or_default().trim();
        if first == "operator" {
            inside = true;
        } else if inside {
            names.extend(first.split('`').skip(1).step_by(2).map(str::to_owned));
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "\
| operator | keys |
| --- | --- |
| `exists` | `step` |
| `too_fast` / `too_slow` | `from` |

| key | meaning |
| --- | --- |
| `code` | a code |
";

    #[test]
    fn a_page_that_names_each_operator_is_good() {
        let known = BTreeSet::from(["exists", "too_fast", "too_slow"]);
        assert!(check(PAGE, &known).is_empty());
    }

    #[test]
    fn an_operator_without_a_row_and_a_row_without_an_operator_are_told() {
        let told = check(PAGE, &BTreeSet::from(["absent", "exists", "too_fast"]));
        assert_eq!(
            told,
            [
                "docs/rules.md: the operator `absent` is not described",
                "docs/rules.md: the operator `too_slow` is described but does not exist",
            ]
        );
    }
}
