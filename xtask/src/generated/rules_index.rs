//! `docs/rules-index.md`: every rule on one page.

use catalogue::{Catalogue, EvidenceFor, Rule};
use model::{Lang, Process};

const HEAD: &str = "\
<!-- Derived from content/ by `cargo xtask gen`; do not edit. -->
# All rules

What each rule sees, why it matters and when it is harmless stands in its own folder under `content/rules/`. How a rule is
written: [the language of rules](rules.md).

";

/// The page: generic rules first, then the processes in their own order, each by code.
pub(super) fn text(catalogue: &Catalogue) -> String {
    let count = catalogue.rules.len();
    let mut sections = vec![
        format!("{HEAD}Content {}: {count} rules.\n", version(catalogue)),
        section(catalogue, "For every process", |rule| rule.generic),
    ];
    sections.extend(catalogue.processes.iter().map(|(process, item)| {
        section(catalogue, item.texts.title(Lang::En), |rule| belongs(rule, *process))
    }));
    sections.concat()
}

/// The version of the content without the digest of its files, which would make every
/// change of a text a change of this page.
fn version(catalogue: &Catalogue) -> &str {
    let end = |c: char| !(c.is_ascii_digit() || c == '.');
    catalogue.version.split(end).next().unwrap_or_default()
}

/// A rule that is declared for several processes stands under the first of them.
fn belongs(rule: &Rule, process: Process) -> bool {
    !rule.generic && rule.processes.first() == Some(&process)
}

/// A heading with a table; nothing where no rule is wanted.
fn section(catalogue: &Catalogue, title: &str, wanted: impl Fn(&Rule) -> bool) -> String {
    let rules = catalogue.rules.values().filter(|rule| wanted(rule));
    let rows: Vec<String> = rules.map(|rule| row(rule, catalogue)).collect();
    if rows.is_empty() {
        return String::new();
    }
    format!(
        "\n## {title}\n\n| code | title | titel | class | level | processes | speaks for |\n\
         | --- | --- | --- | --- | --- | --- | --- |\n{}\n",
        rows.join("\n")
    )
}

fn row(rule: &Rule, catalogue: &Catalogue) -> String {
    let processes = if rule.generic {
        "all".to_owned()
    } else {
        rule.processes.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
    };
    let evidence: Vec<String> =
        rule.evidence.iter().map(|for_what| spoken_for(for_what, catalogue)).collect();
    let cells = [
        rule.code.clone(),
        rule.texts.title(Lang::En).to_owned(),
        rule.texts.title(Lang::Nl).to_owned(),
        rule.class.clone(),
        rule.level.clone(),
        processes,
        evidence.join(", "),
    ];
    format!("| {} |", cells.map(|cell| cell.replace('|', "\\|")).join(" | "))
}

fn spoken_for(evidence: &EvidenceFor, catalogue: &Catalogue) -> String {
    let (code, title) = match evidence {
        EvidenceFor::Control(code) => {
            (code, catalogue.controls.get(code).map(|item| &item.texts))
        }
        EvidenceFor::Circumstance(code) => {
            (code, catalogue.circumstances.get(code).map(|item| &item.texts))
        }
    };
    title
        .map_or_else(|| code.clone(), |texts| format!("{code} {}", texts.title(Lang::En)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_stands_on_the_page_once() {
        let catalogue = catalogue::load(&catalogue::embedded()).unwrap();
        let page = text(&catalogue);
        assert!(!catalogue.rules.is_empty());
        for code in catalogue.rules.keys() {
            let rows =
                page.lines().filter(|line| line.starts_with(&format!("| {code} |")));
            assert_eq!(rows.count(), 1, "{code}");
        }
    }
}
