//! What is kept of the style sheets of others: components as they are, without comments that
//! only serve their makers; of the theme the tokens that something asks for.

use std::collections::{BTreeMap, BTreeSet};

/// Tokens of the theme that our own sheets and charts may use, whether a component does or not.
const OURS_TO_USE: &str = "--basis-";

/// The head of each made file.
const HEAD: &str = "/* SPDX-License-Identifier: EUPL-1.2\n   Copyright Frameless B.V., Gemeente Utrecht, NL Design System Community.\n   Made by `cargo xtask assets` from crates/dress/assets.toml; do not edit. */\n";

/// All components in one sheet, one a line.
pub(super) fn components(sheets: &[String]) -> String {
    let mut text = HEAD.to_owned();
    for sheet in sheets {
        let sheet = without_comments(sheet).replace("@charset \"UTF-8\";", "");
        let lines: Vec<&str> = sheet.lines().map(str::trim).collect();
        text.push_str(lines.join(" ").trim());
        text.push('\n');
    }
    text
}

/// The theme under its class, with the tokens that are asked for, directly or by another token.
///
/// A token that is asked for and not defined is left to the fallback of who asks.
pub(super) fn theme(theme: &str, components: &str) -> String {
    let theme = without_comments(theme);
    let class = theme
        .split('{')
        .next()
        .and_then(|head| head.split_whitespace().last())
        .unwrap_or_default()
        .to_owned();
    let tokens = tokens(&theme);
    let mut wanted: BTreeSet<&str> = tokens
        .keys()
        .map(String::as_str)
        .filter(|name| name.starts_with(OURS_TO_USE))
        .chain(asked(components))
        .collect();
    loop {
        let more: Vec<&str> = wanted
            .iter()
            .filter_map(|name| tokens.get(*name))
            .flat_map(|value| asked(value))
            .filter(|name| !wanted.contains(name))
            .collect();
        if more.is_empty() {
            break;
        }
        wanted.extend(more);
    }
    let mut text = format!("{HEAD}{class} {{\n");
    for (name, value) in tokens.iter().filter(|(name, _)| wanted.contains(name.as_str()))
    {
        for part in [name, ": ", value, ";\n"] {
            text.push_str(part);
        }
    }
    text.push_str("}\n");
    text
}

/// Names and values of the declarations of a flat sheet.
fn tokens(theme: &str) -> BTreeMap<String, String> {
    let body = theme.split_once('{').map_or("", |(_, body)| body);
    let body = body.split('}').next().unwrap_or_default();
    body.split(';')
        .filter_map(|line| line.trim().split_once(':'))
        .filter(|(name, _)| name.starts_with("--"))
        .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
        .collect()
}

/// The names of tokens that a text asks for with `var(…)`.
fn asked(text: &str) -> impl Iterator<Item = &str> {
    text.split("var(").skip(1).filter_map(|rest| {
        let name = rest.trim_start().split([',', ')', ' ', '\n']).next()?;
        name.starts_with("--").then_some(name)
    })
}

fn without_comments(text: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("/*") {
        kept.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    kept.push_str(rest);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    const THEME: &str = "/* made */\n.example-theme {\n  --basis-space: 4px; /* [code] */\n  \
        --other-unused: 1px;\n  --utrecht-table-color: var(--deep-color);\n  \
        --deep-color: var( --deeper, #fff );\n  --deeper: #123456;\n}\n";

    #[test]
    fn a_token_stays_when_a_component_needs_it_through_others() {
        let sheet = theme(THEME, ".utrecht-table{color:var(--utrecht-table-color)}");
        let body = sheet.split_once("*/\n").map_or("", |(_, body)| body);
        assert_eq!(
            body,
            ".example-theme {\n--basis-space: 4px;\n--deep-color: var( --deeper, #fff );\n\
             --deeper: #123456;\n--utrecht-table-color: var(--deep-color);\n}\n"
        );
    }

    #[test]
    fn components_lose_comments_and_keep_their_rules() {
        let sheets = [
            "@charset \"UTF-8\";.a{b:c}/*# x */\n".to_owned(),
            ".d{\n  e:f\n}".to_owned(),
        ];
        let sheet = components(&sheets);
        assert!(sheet.ends_with("*/\n.a{b:c}\n.d{ e:f }\n"), "{sheet}");
    }
}
