//! Words the glossary forbids in content: they judge a person or mean something else here.
//!
//! The list stands in `docs/GLOSSARY.md`, in the table under `## Words we do not use`: the
//! words between backticks in its first column.

use super::House;
use super::layers::quoted;

const PAGE: &str = "docs/GLOSSARY.md";
const HEADING: &str = "## Words we do not use";

/// Forbidden words in the texts of the content.
pub(super) fn check(house: &House) -> Vec<String> {
    let mut remarks = Vec::new();
    let forbidden = forbidden(house.text(PAGE, &mut remarks));
    if forbidden.is_empty() {
        remarks.push(format!("{PAGE}: no words under `{HEADING}`"));
    }
    let content = |path: &str| {
        path.starts_with("content/")
            && (path.ends_with(".nl.toml") || path.ends_with(".en.toml"))
    };
    for (path, text) in house.texts.iter().filter(|(path, _)| content(path)) {
        for (at, line) in (1_usize..).zip(text.lines()) {
            let spaced = spaced(line);
            for word in
                forbidden.iter().filter(|word| spaced.contains(&format!(" {word} ")))
            {
                remarks
                    .push(format!("{path}:{at}: `{word}`; see {PAGE} for what to say"));
            }
        }
    }
    remarks
}

fn forbidden(page: &str) -> Vec<String> {
    let section = page.split(HEADING).nth(1).unwrap_or_default();
    let section = section.split("\n## ").next().unwrap_or_default();
    let first_cells =
        section.lines().filter_map(|line| line.strip_prefix('|')?.split('|').next());
    first_cells.flat_map(|cell| quoted(&cell.to_lowercase())).collect()
}

/// Words in lower case with one space between and around them.
fn spaced(line: &str) -> String {
    let lower = line.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    format!(" {} ", words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    const GLOSSARY: &str = "\
# Glossary
## Words we do not use
| not | say |
| --- | --- |
| `risk person`, `culprit` | `this step was done by one person` |
## Later
| `case` | zaak |
";

    fn told(text: &str) -> Vec<String> {
        let texts = [(PAGE, GLOSSARY), ("content/rules/x/text.en.toml", text)];
        let texts = texts.map(|(path, text)| (path.to_owned(), text.to_owned()));
        check(&House { texts: BTreeMap::from(texts), packages: Vec::new() })
    }

    #[test]
    fn a_word_that_judges_is_told_with_its_line() {
        assert_eq!(
            told("title = \"x\"\nwhat = \"Sees the Culprit.\"\n"),
            [
                "content/rules/x/text.en.toml:2: `culprit`; see docs/GLOSSARY.md for what to say"
            ]
        );
        assert_eq!(told("what = \"A risk-person.\"\n").len(), 1);
    }

    #[test]
    fn words_of_other_tables_and_longer_words_are_left_alone() {
        assert!(
            told("what = \"A case of personal risk, done by one person.\"\n").is_empty()
        );
    }
}
