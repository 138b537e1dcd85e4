//! British spelling in what people read: pages, comments in code and English content. Names
//! in code, between backticks, are left alone.

use super::{House, ending};

/// Beginnings of words as they are written elsewhere, and as they are written here.
const BEGINNINGS: [(&str, &str); 22] = [
    ("analyz", "analys"),
    ("artifact", "artefact"),
    ("behavior", "behaviour"),
    ("cancelation", "cancellation"),
    ("canceled", "cancelled"),
    ("canceling", "cancelling"),
    ("center", "centre"),
    ("color", "colour"),
    ("defense", "defence"),
    ("favor", "favour"),
    ("flavor", "flavour"),
    ("harbor", "harbour"),
    ("labeled", "labelled"),
    ("labeling", "labelling"),
    ("modeled", "modelled"),
    ("modeling", "modelling"),
    ("neighbor", "neighbour"),
    ("offense", "offence"),
    ("paralyz", "paralys"),
    ("signaled", "signalled"),
    ("signaling", "signalling"),
    ("traveled", "travelled"),
];

/// Whole words.
const WORDS: [(&str, &str); 9] = [
    ("catalog", "catalogue"),
    ("catalogs", "catalogues"),
    ("fulfill", "fulfil"),
    ("fulfills", "fulfils"),
    ("honor", "honour"),
    ("honored", "honoured"),
    ("labor", "labour"),
    ("enroll", "enrol"),
    ("skillful", "skilful"),
];

/// Endings with a `z` that are written with an `s` here …
const ENDINGS: [&str; 8] =
    ["ize", "izes", "ized", "izing", "izer", "izers", "ization", "izations"];

/// … but not in these, where the `z` belongs to the word.
const WITH_Z: [&str; 6] = ["size", "sizing", "prize", "seiz", "maize", "baize"];

/// American spellings in what people read.
pub(super) fn check(house: &House) -> Vec<String> {
    let mut remarks = Vec::new();
    for (path, text) in &house.texts {
        for (line, prose) in lines(path, text) {
            let words = prose.split(|c: char| !c.is_alphabetic());
            for (word, instead) in words.filter_map(|word| Some((word, british(word)?))) {
                remarks.push(format!("{path}:{line}: `{word}`; write `{instead}`"));
            }
        }
    }
    remarks
}

/// How a word is written here, where that is otherwise.
fn british(word: &str) -> Option<String> {
    let word = word.to_lowercase();
    if let Some((_, instead)) = WORDS.iter().find(|(american, _)| *american == word) {
        return Some((*instead).to_owned());
    }
    for (american, instead) in BEGINNINGS {
        if let Some(rest) = word.strip_prefix(american) {
            return Some(format!("{instead}{rest}"));
        }
    }
    let with_z = WITH_Z.iter().any(|part| word.contains(part));
    let ending = ENDINGS.iter().find(|ending| word.ends_with(**ending))?;
    let stem = word.strip_suffix(ending)?;
    (!with_z && stem.chars().count() > 2)
        .then(|| format!("{stem}{}", ending.replace('z', "s")))
}

/// What people read of a file, by line: without fenced code, code between backticks and
/// addresses. Nothing for files that hold no English prose.
pub(super) fn lines(path: &str, text: &str) -> Vec<(usize, String)> {
    let page = ending(path) == "md";
    let code = ending(path) == "rs";
    if !(page || code || path.ends_with("text.en.toml")) {
        return Vec::new();
    }
    let mut fenced = false;
    let mut lines = Vec::new();
    for (at, line) in (1_usize..).zip(text.lines()) {
        let line = line.trim_start();
        let line = if code { comment(line) } else { Some(line) };
        let Some(line) = line else { continue };
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            lines.push((at, plain(line)));
        }
    }
    lines
}

/// The text of a comment that fills a line.
fn comment(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("//")?;
    Some(rest.strip_prefix(['/', '!']).unwrap_or(rest))
}

/// A line without code between backticks and without addresses.
fn plain(line: &str) -> String {
    let without_code: Vec<&str> = line.split('`').step_by(2).collect();
    let without_code = without_code.join(" ");
    let words = without_code.split(' ').map(|word| {
        let address = word.contains("://") || word.contains("](");
        if address {
            word.split("](").next().filter(|w| !w.contains("://")).unwrap_or("")
        } else {
            word
        }
    });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn told(path: &str, text: &str) -> Vec<String> {
        let texts = BTreeMap::from([(path.to_owned(), text.to_owned())]);
        check(&House { texts, packages: Vec::new() })
    }

    #[test]
    fn american_spelling_is_told_with_what_to_write() {
        let american = ["The beha", "vior of an organi", "zation"].concat();
        assert_eq!(
            told("docs/a.md", &format!("# A\n\n{american}\n")),
            [
                format!(
                    "docs/a.md:3: `{}`; write `behaviour`",
                    ["beha", "vior"].concat()
                ),
                format!(
                    "docs/a.md:3: `{}`; write `organisation`",
                    ["organi", "zation"].concat()
                ),
            ]
        );
    }

    #[test]
    fn names_in_code_addresses_and_other_words_are_left_alone() {
        let page = "The `color` of [it](http://x.org/color), a size, seized prizes\n\
                    ```css\ncolor: red\n```\nhttps://x.org/center resized\n";
        assert!(told("docs/a.md", page).is_empty());
        assert!(told("crates/x/src/lib.rs", "fn color() {}\n").is_empty());
        assert!(told("content/x/text.nl.toml", "title = \"center\"\n").is_empty());
    }

    #[test]
    fn comments_and_english_content_are_read() {
        assert_eq!(
            told(
                "a.rs",
                &format!("/// The {}.\nfn a() {{}}\n", "cen".to_owned() + "ter")
            )
            .len(),
            1
        );
        assert_eq!(told("content/x/text.en.toml", "why = \"a gray color\"\n").len(), 1);
    }
}
