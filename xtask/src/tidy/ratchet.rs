//! Lengths: a file has at most 600 lines, a function at most 70. What is longer today
//! stands in `xtask/ratchet.toml`; an entry may shrink or go, never grow, and one that is
//! no longer needed is an error.
//!
//! Clippy counts the lines of functions; here its exceptions are counted.

use super::{House, ending};
use std::collections::{BTreeMap, BTreeSet};

const LIST: &str = "xtask/ratchet.toml";
const FILE_LINES_MOST: usize = 600;

/// Built from parts, so that this file does not count as an exception.
fn exception() -> String {
    ["clippy::", "too_many", "_lines"].concat()
}

/// Files and functions that are longer than agreed and not listed, and listed ones that
/// changed.
pub(super) fn check(house: &House) -> Vec<String> {
    let mut remarks = Vec::new();
    let list = house.text(LIST, &mut remarks);
    let list: toml::Table = match list.parse() {
        Ok(table) => table,
        Err(error) => {
            remarks.push(format!("{LIST}: {}", error.message()));
            toml::Table::new()
        }
    };
    let code = |path: &str| ["rs", "py"].contains(&ending(path));
    let code = house.texts.iter().filter(|(path, _)| code(path));
    let mut lines = BTreeMap::new();
    let mut functions = BTreeMap::new();
    for (path, text) in code {
        let count = text.lines().count();
        if count > FILE_LINES_MOST {
            lines.insert(path.as_str(), count);
        }
        let exceptions = text.matches(&exception()).count();
        if exceptions > 0 {
            functions.insert(path.as_str(), exceptions);
        }
    }
    compare("long-files", "lines", &listed(&list, "long-files"), &lines, &mut remarks);
    let allowed = listed(&list, "long-functions");
    compare("long-functions", "long functions", &allowed, &functions, &mut remarks);
    remarks
}

fn listed(list: &toml::Table, key: &str) -> BTreeMap<String, usize> {
    let entries = list.get(key).and_then(toml::Value::as_table);
    let number =
        |value: &toml::Value| value.as_integer().and_then(|n| usize::try_from(n).ok());
    entries
        .into_iter()
        .flatten()
        .filter_map(|(path, value)| Some((path.clone(), number(value)?)))
        .collect()
}

fn compare(
    key: &str,
    what: &str,
    listed: &BTreeMap<String, usize>,
    found: &BTreeMap<&str, usize>,
    remarks: &mut Vec<String>,
) {
    let paths: BTreeSet<&str> =
        listed.keys().map(String::as_str).chain(found.keys().copied()).collect();
    for path in paths {
        match (listed.get(path), found.get(path)) {
            (None, Some(count)) => {
                remarks
                    .push(format!("{path}: {count} {what}; make it shorter ([{key}])"));
            }
            (Some(_), None) => {
                remarks.push(format!(
                    "{LIST}: [{key}] `{path}` is no longer needed; remove it"
                ));
            }
            (Some(most), Some(count)) if count > most => {
                remarks
                    .push(format!("{path}: {count} {what}, at most {most} are listed"));
            }
            (Some(most), Some(count)) if count < most => {
                remarks.push(format!("{LIST}: [{key}] `{path}` shrank; write {count}"));
            }
            (Some(_), Some(_)) | (None, None) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(list: &str, path: &str, text: &str) -> Vec<String> {
        let texts = [(LIST, list), (path, text)];
        let texts = texts.map(|(path, text)| (path.to_owned(), text.to_owned()));
        check(&House { texts: BTreeMap::from(texts), packages: Vec::new() })
    }

    #[test]
    fn a_file_of_600_lines_is_good_and_one_more_is_not() {
        assert!(told("", "a.rs", &"x\n".repeat(600)).is_empty());
        assert_eq!(
            told("", "a.rs", &"x\n".repeat(601)),
            ["a.rs: 601 lines; make it shorter ([long-files])"]
        );
    }

    #[test]
    fn the_list_may_only_shrink() {
        let list = "[long-files]\n\"a.rs\" = 700\n";
        assert!(told(list, "a.rs", &"x\n".repeat(700)).is_empty());
        assert_eq!(
            told(list, "a.rs", &"x\n".repeat(701)),
            ["a.rs: 701 lines, at most 700 are listed"]
        );
        assert_eq!(
            told(list, "a.rs", &"x\n".repeat(650)),
            ["xtask/ratchet.toml: [long-files] `a.rs` shrank; write 650"]
        );
        assert_eq!(
            told(list, "a.rs", &"x\n".repeat(10)),
            ["xtask/ratchet.toml: [long-files] `a.rs` is no longer needed; remove it"]
        );
    }

    #[test]
    fn an_exception_for_a_long_function_must_be_listed() {
        let text =
            format!("#[expect({}, reason = \"a table\")]\nfn a() {{}}\n", exception());
        assert_eq!(told("", "a.rs", &text).len(), 1);
        assert!(told("[long-functions]\n\"a.rs\" = 1\n", "a.rs", &text).is_empty());
    }
}
