//! Links between pages lead somewhere: a relative address in a page is a file or a folder
//! of the project.

use super::{House, ending};
use std::collections::BTreeSet;

/// Links that lead nowhere.
pub(super) fn check(house: &House) -> Vec<String> {
    let mut places: BTreeSet<String> = BTreeSet::new();
    for path in house.texts.keys() {
        let parts: Vec<&str> = path.split('/').collect();
        places.extend((1..=parts.len()).filter_map(|n| Some(parts.get(..n)?.join("/"))));
    }
    let mut remarks = Vec::new();
    for (page, text) in house.texts.iter().filter(|(path, _)| ending(path) == "md") {
        for (line, target) in targets(text) {
            if !places.contains(&resolved(page, target)) {
                remarks.push(format!("{page}:{line}: the link `{target}` leads nowhere"));
            }
        }
    }
    remarks
}

/// Relative addresses of a page with their lines, without what follows a `#`.
fn targets(text: &str) -> Vec<(usize, &str)> {
    let mut fenced = false;
    let mut found = Vec::new();
    for (at, line) in (1_usize..).zip(text.lines()) {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        }
        if fenced {
            continue;
        }
        for rest in line.split("](").skip(1) {
            let target = rest.split([')', '#', ' ']).next().unwrap_or_default();
            if !target.is_empty() && !target.contains(':') {
                found.push((at, target));
            }
        }
    }
    found
}

/// A target as seen from the root.
fn resolved(page: &str, target: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            name => parts.push(name),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn a_link_to_a_file_or_folder_is_good_and_another_is_told() {
        let page = "[a](rules.md#x) [b](../content) [c](https://x.org) [d](#here)\n[e](gone.md)\n";
        let texts =
            [("docs/a.md", page), ("docs/rules.md", ""), ("content/VERSION", "0.1.0\n")];
        let texts = texts.map(|(path, text)| (path.to_owned(), text.to_owned()));
        let house = House { texts: BTreeMap::from(texts), packages: Vec::new() };
        assert_eq!(check(&house), ["docs/a.md:2: the link `gone.md` leads nowhere"]);
    }
}
