//! What stands at the head of a crate: inherited lints, a text that says why it exists, and
//! for the crates of the middle the line that forbids clock, disk and hidden order.

use super::House;
use super::layers::quoted;

const DENIED: [&str; 3] = [
    "clippy::disallowed_methods",
    "clippy::disallowed_types",
    "clippy::wildcard_enum_match_arm",
];

/// Crates that lack one of these.
pub(super) fn check(house: &House) -> Vec<String> {
    let mut remarks = Vec::new();
    let page = house.text("ARCHITECTURE.md", &mut remarks);
    let middle = page.lines().find(|line| line.starts_with("The middle is")).map(quoted);
    let middle = middle.unwrap_or_default();
    if middle.is_empty() {
        remarks.push("ARCHITECTURE.md: no line begins with `The middle is`".to_owned());
    }
    for (package, folder) in house.ours() {
        let manifest = format!("{folder}/Cargo.toml");
        if !inherits_lints(house.text(&manifest, &mut remarks)) {
            remarks.push(format!("{manifest}: `[lints] workspace = true` is missing"));
        }
        let roots = ["lib.rs", "main.rs"].map(|name| format!("{folder}/src/{name}"));
        let present: Vec<(&String, &String)> = roots
            .iter()
            .filter_map(|path| Some((path, house.texts.get(path)?)))
            .collect();
        if present.is_empty() {
            remarks.push(format!("{folder}/src: neither lib.rs nor main.rs"));
        }
        for (path, text) in present {
            if !text.starts_with("//! ") {
                remarks
                    .push(format!("{path}:1: begin with `//!` and why the crate exists"));
            }
            if middle.contains(&package.name) && !denies(text) {
                let list = DENIED.join(", ");
                remarks.push(format!("{path}: a crate of the middle must deny {list}"));
            }
        }
    }
    remarks
}

fn inherits_lints(manifest: &str) -> bool {
    let table: toml::Table = manifest.parse().unwrap_or_default();
    let lints = table.get("lints").and_then(|lints| lints.get("workspace"));
    lints.and_then(toml::Value::as_bool) == Some(true)
}

/// Whether a crate attribute `#![deny(…)]` names all that the middle must deny.
fn denies(text: &str) -> bool {
    text.split("#![deny(").skip(1).any(|rest| {
        let inside = rest.split(")]").next().unwrap_or_default();
        DENIED.iter().all(|lint| inside.contains(lint)) && inside.contains("reason")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::Package;
    use std::collections::BTreeMap;

    const GOOD: &str = "//! Why it exists.\n#![deny(\n    clippy::disallowed_methods,\n    \
        clippy::disallowed_types,\n    clippy::wildcard_enum_match_arm,\n    reason = \"x\"\n)]\n";

    fn house(manifest: &str, lib: &str) -> House {
        let texts = [
            ("ARCHITECTURE.md", "The middle is `rules`.\n"),
            ("crates/rules/Cargo.toml", manifest),
            ("crates/rules/src/lib.rs", lib),
        ];
        House {
            texts: BTreeMap::from(
                texts.map(|(path, text)| (path.to_owned(), text.to_owned())),
            ),
            packages: vec![Package {
                name: "rules".to_owned(),
                folder: Some("crates/rules".to_owned()),
                ..Package::default()
            }],
        }
    }

    #[test]
    fn a_crate_with_its_header_is_good() {
        assert!(check(&house("[lints]\nworkspace = true\n", GOOD)).is_empty());
    }

    #[test]
    fn lints_text_and_line_of_the_middle_are_missed() {
        let told = check(&house("[package]\n", "#![deny(clippy::disallowed_types)]\n"));
        assert_eq!(told.len(), 3);
        assert!(told.iter().any(|remark| remark.contains("[lints]")));
        assert!(told.iter().any(|remark| remark.contains("begin with `//!`")));
        assert!(told.iter().any(|remark| remark.contains("must deny")));
    }
}
