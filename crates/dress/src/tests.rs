use super::*;
use crate::built_in::{COMPONENTS, NEUTRAL, OWN, THEME};
use std::collections::BTreeSet;
use std::fs;

fn defined(text: &str) -> BTreeSet<String> {
    text.split([';', '{', '\n'])
        .filter_map(|part| part.trim().split_once(':'))
        .map(|(name, _)| name.trim().to_owned())
        .filter(|name| name.starts_with("--"))
        .collect()
}

fn own() -> String {
    OWN.iter().map(|(_, text)| *text).chain([NEUTRAL]).collect()
}

#[test]
fn the_made_sheets_are_as_they_were_written() {
    let sums = include_str!("../css/made/SHA256SUMS.txt");
    for (name, text) in [("components.css", COMPONENTS), ("theme.css", THEME)] {
        let mut hash = String::new();
        for byte in Sha256::digest(text.as_bytes()) {
            write!(hash, "{byte:02x}").unwrap();
        }
        assert!(
            sums.contains(&format!("{hash}  {name}\n")),
            "{name} was changed by hand"
        );
    }
}

#[test]
fn a_token_we_use_is_in_the_neutral_theme_or_ours() {
    let known: BTreeSet<String> =
        defined(THEME).into_iter().chain(defined(&own())).collect();
    for rest in own().split("var(").skip(1) {
        let name = rest.split([',', ')']).next().unwrap().trim();
        assert!(known.contains(name), "{name} is not defined anywhere");
    }
}

/// Whether a class is of a component of the design system, or ours.
fn is_prefixed(class: &str) -> bool {
    let number = class.starts_with(|c: char| c.is_ascii_digit());
    number || ["utrecht-", "nl-", "dw-"].iter().any(|own| class.starts_with(own))
}

#[test]
fn our_classes_are_prefixed_and_colours_come_from_tokens() {
    for (name, text) in OWN {
        let code: String = text
            .split("/*")
            .enumerate()
            .map(|(at, part)| match part.split_once("*/") {
                Some((_, rest)) if at > 0 => rest,
                _ => part,
            })
            .collect();
        for line in code.lines() {
            // what the reports drew keeps its own names, but only inside our frame for it
            let in_frame = line.trim_start().starts_with(".dw-prose ");
            for rest in line.split('.').skip(1) {
                let class: String = rest
                    .chars()
                    .take_while(|c| c.is_alphanumeric() || "-_".contains(*c))
                    .collect();
                assert!(
                    in_frame || is_prefixed(&class),
                    "{name}: the class `{class}` is not prefixed"
                );
            }
        }
        for line in code.lines().filter(|line| line.contains('#')) {
            assert!(!line.contains(": #"), "{name}: a fixed colour in `{line}`");
        }
    }
}

#[test]
fn nothing_is_fetched_from_elsewhere() {
    for text in [COMPONENTS, THEME, own().as_str()] {
        assert!(!text.contains("url("));
        assert!(!text.contains("@import"));
    }
}

#[test]
fn a_file_has_a_type_and_only_the_hash_of_today() {
    let dress = Dress::built_in();
    let sheets = dress.style_sheets();
    assert_eq!(sheets.len(), 3);
    for address in &sheets {
        let file = dress.file(address).unwrap();
        assert_eq!(file.media, "text/css; charset=utf-8");
        assert!(file.gzip.as_ref().unwrap().len() < file.bytes.len() / 3);
    }
    assert_eq!(dress.file(&dress.mark()).unwrap().media, "image/svg+xml");
    assert!(dress.file("/opmaak/0000000000000000/theme.css").is_none());
    assert!(dress.file("/opmaak/../theme.css").is_none());
    assert_eq!(dress.style_sheets(), Dress::built_in().style_sheets());
}

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

#[test]
fn an_organisation_brings_its_own_theme_and_logo() {
    let folder = folder(&[
        (
            "huisstijl.toml",
            "class = \"veen-theme\"\nlogo = \"logo.svg\"\nlogo-text = \"Gemeente Dijkveen\"\n",
        ),
        ("theme.css", ".veen-theme { --basis-color-action-1-bg-default: green }\n"),
        ("logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n"),
    ]);
    let dress = Dress::load(folder.path()).unwrap();
    assert_eq!(dress.class(), "veen-theme");
    let logo = dress.logo().unwrap();
    assert_eq!(logo.text, "Gemeente Dijkveen");
    assert!(dress.file(&logo.address).is_some());
    assert!(
        dress.style_sheets().iter().any(|sheet| sheet.ends_with("huisstijl/theme.css"))
    );
    assert_ne!(dress.mark(), Dress::built_in().mark(), "other content, other address");
}

#[test]
fn all_faults_of_a_theme_are_told_at_once() {
    let folder = folder(&[
        ("huisstijl.toml", "class = \"#veen\"\nlogo = \"logo.svg\"\ncolour = \"red\"\n"),
        ("notes.docx", ""),
        ("my logo.svg", ""),
    ]);
    let error = Dress::load(folder.path()).unwrap_err();
    let told = error.to_string();
    assert_eq!(error.faults().len(), 5, "{told}");
    for part in ["`class`", "`logo-text`", "`colour`", "notes.docx", "my logo.svg"] {
        assert!(told.contains(part), "{part} in {told}");
    }
}

#[test]
fn a_theme_without_its_class_or_logo_is_refused() {
    let folder = folder(&[
        (
            "huisstijl.toml",
            "class = \"veen\"\nlogo = \"logo.svg\"\nlogo-text = \"Veen\"\n",
        ),
        ("theme.css", ".other { color: red }\n"),
    ]);
    let told = Dress::load(folder.path()).unwrap_err().to_string();
    assert!(told.contains("`logo` names `logo.svg`"), "{told}");
    assert!(told.contains("no rule for `.veen`"), "{told}");
}
