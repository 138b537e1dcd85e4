//! Skeletons of items of content: the files with their keys in order and empty texts.
//!
//! A skeleton is valid TOML and an incomplete item: the check of the catalogue names what
//! is still to be written, and goes on doing so until it is there.

use crate::failure::Failure;
use crate::say;
use crate::workspace::Workspace;
use model::Process;
use std::fs;

/// Writes the skeleton of an item and says what to do next; never overwrites a folder.
/// `kind` is a name of `KINDS`, `path` the folder of the item among those of its kind.
pub fn run(workspace: &Workspace, kind: &str, path: &str) -> Result<(), Failure> {
    let since = fs::read_to_string(workspace.root.join("content/VERSION"))
        .map_err(|error| Failure::new(format!("cannot read content/VERSION: {error}")))?;
    let (folder, files) = files(kind, path, since.trim())?;
    let asked_for = asked_for(&folder, &files)?;
    let path = workspace.root.join(&folder);
    if path.exists() {
        return Err(Failure::new(format!("{folder} exists; choose another name")));
    }
    fs::create_dir_all(&path).map_err(|error| Failure::file("create", &path, &error))?;
    for (name, text) in files {
        let file = path.join(&name);
        fs::write(&file, text).map_err(|error| Failure::file("write", &file, &error))?;
        say::line(&format!("written: {folder}/{name}"));
    }
    say::line("\nstill asked for (content/README.md says how to write it):");
    for fault in asked_for {
        say::line(&fault);
    }
    say::line("\nthen `cargo xtask gen` and `cargo test -p catalogue -p rules`");
    Ok(())
}

/// How the skeleton of a kind looks.
struct Kind {
    /// The word on the command line; with `.toml` the name of the file.
    word: &'static str,
    /// The folder of the kind under `content/`.
    folder: &'static str,
    /// Whether an area or a process stands before the name.
    below: bool,
    /// The file, with `NAME`, `AREA` and `SINCE` to be filled in.
    logic: &'static str,
    /// The texts, empty, with their tables.
    texts: &'static str,
}

/// Every kind that has a skeleton.
const KINDS: [Kind; 9] = [
    Kind {
        word: "rule",
        folder: "rules",
        below: true,
        logic: include_str!("new/rule.toml"),
        texts: include_str!("new/rule.text.toml"),
    },
    Kind {
        word: "control",
        folder: "controls",
        below: false,
        logic: include_str!("new/control.toml"),
        texts: include_str!("new/control.text.toml"),
    },
    Kind {
        word: "circumstance",
        folder: "circumstances",
        below: false,
        logic: include_str!("new/circumstance.toml"),
        texts: include_str!("new/circumstance.text.toml"),
    },
    Kind {
        word: "indicator",
        folder: "indicators",
        below: false,
        logic: include_str!("new/indicator.toml"),
        texts: include_str!("new/indicator.text.toml"),
    },
    Kind {
        word: "measure",
        folder: "measures",
        below: false,
        logic: include_str!("new/measure.toml"),
        texts: include_str!("new/measure.text.toml"),
    },
    Kind {
        word: "instrument",
        folder: "instruments",
        below: false,
        logic: include_str!("new/instrument.toml"),
        texts: include_str!("new/instrument.text.toml"),
    },
    Kind {
        word: "dilemma",
        folder: "dilemmas",
        below: true,
        logic: include_str!("new/dilemma.toml"),
        texts: include_str!("new/dilemma.text.toml"),
    },
    Kind {
        word: "norm",
        folder: "norms",
        below: false,
        logic: include_str!("new/norm.toml"),
        texts: include_str!("new/norm.text.toml"),
    },
    Kind {
        word: "profile",
        folder: "profiles",
        below: false,
        logic: include_str!("new/profile.toml"),
        texts: include_str!("new/profile.text.toml"),
    },
];

type Files = Vec<(String, String)>;

/// The folder and the files of a skeleton.
fn files(word: &str, path: &str, since: &str) -> Result<(String, Files), Failure> {
    let Some(kind) = KINDS.iter().find(|kind| kind.word == word) else {
        let known: Vec<&str> = KINDS.iter().map(|kind| kind.word).collect();
        return Err(Failure::new(format!(
            "there is no skeleton of `{word}`; choose one of {}",
            known.join(", ")
        )));
    };
    let (area, name) = if kind.below {
        path.split_once('/').ok_or_else(|| {
            Failure::new(format!(
                "`{path}` is not AREA/NAME, such as payments/paid-twice"
            ))
        })?
    } else {
        ("", path)
    };
    if kind.below {
        check_area(area)?;
    }
    check_name(name)?;
    let processes = if area == "generic" { "*" } else { area };
    let logic = kind
        .logic
        .replace("NAME", name)
        .replace("AREA", processes)
        .replace("SINCE", since);
    let mut files = vec![
        (format!("{word}.toml"), logic),
        ("text.nl.toml".to_owned(), kind.texts.to_owned()),
        ("text.en.toml".to_owned(), kind.texts.to_owned()),
    ];
    if word == "rule" {
        let example_of = if area == "generic" { "\nprocess:\n" } else { "" };
        let examples = format!(
            "# {name}\n{example_of}\n## Found:\n\n## Clear:\n\n## Not assessable:\n\n## Harmless:\n"
        );
        files.push(("examples.md".to_owned(), examples));
    }
    Ok((format!("content/{}/{path}", kind.folder), files))
}

fn check_area(area: &str) -> Result<(), Failure> {
    let mut areas = vec!["generic".to_owned()];
    areas.extend(Process::ALL.iter().map(ToString::to_string));
    if areas.iter().any(|known| known == area) {
        return Ok(());
    }
    Err(Failure::new(format!(
        "there is no area `{area}`; choose one of {}",
        areas.join(", ")
    )))
}

fn check_name(name: &str) -> Result<(), Failure> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let hyphens_inside =
        !name.starts_with('-') && !name.ends_with('-') && !name.contains("--");
    if !name.is_empty() && name.chars().all(plain) && hyphens_inside {
        return Ok(());
    }
    Err(Failure::new(format!(
        "`{name}` is not in kebab-case; use a-z, 0-9 and single hyphens"
    )))
}

/// What the catalogue says of a skeleton before it is filled; the name is refused at once,
/// everything else is work for the author.
fn asked_for(folder: &str, made: &Files) -> Result<Vec<String>, Failure> {
    let mut content = catalogue::embedded();
    let folder = folder.trim_start_matches("content/");
    for (name, text) in made {
        content.insert(format!("{folder}/{name}"), text.clone());
    }
    let Err(faults) = catalogue::load(&content) else { return Ok(Vec::new()) };
    let of_this = faults.0.iter().filter(|fault| fault.file.starts_with(folder));
    if let Some(fault) = of_this.clone().find(|f| f.sentence.starts_with("the name ")) {
        return Err(Failure::new(format!("{} ({})", fault.sentence, fault.hint)));
    }
    Ok(of_this.map(|fault| format!("content/{fault}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults_with(kind: &str, path: &str) -> catalogue::Faults {
        let (folder, made) = files(kind, path, "0.1.0").unwrap();
        let mut content = catalogue::embedded();
        for (name, text) in made {
            content.insert(
                format!("{}/{name}", folder.trim_start_matches("content/")),
                text,
            );
        }
        catalogue::load(&content).unwrap_err()
    }

    #[test]
    fn the_catalogue_complains_of_every_skeleton_until_it_is_filled() {
        let mut tried = vec![("rule", "generic/paid-on-sunday")];
        for kind in &KINDS {
            let path =
                if kind.below { "payments/made-on-sunday" } else { "made-on-sunday" };
            tried.push((kind.word, path));
        }
        for (kind, path) in tried {
            let (folder, _) = files(kind, path, "0.1.0").unwrap();
            let file = folder.trim_start_matches("content/");
            let faults = faults_with(kind, path);
            let elsewhere = faults.0.iter().find(|fault| !fault.file.starts_with(file));
            assert_eq!(elsewhere, None, "a skeleton is no fault of another item");
            let told =
                |needle: &str| faults.0.iter().any(|f| f.sentence.contains(needle));
            assert!(told("`code` is empty"), "{kind}: {faults}");
            assert!(told("the text `title` is empty"), "{kind}: {faults}");
            let syntax = faults.0.iter().find(|fault| fault.hint.contains("toml.io"));
            assert_eq!(syntax, None, "a skeleton is valid TOML");
            let stray = faults.0.iter().find(|f| f.sentence.contains("not known"));
            assert_eq!(stray, None, "a skeleton has no key that nobody knows");
        }
    }

    #[test]
    fn a_name_that_speaks_of_guilt_or_of_no_area_is_refused() {
        let refused = |path: &str| {
            files("rule", path, "0.1.0")
                .and_then(|(folder, made)| asked_for(&folder, &made))
                .unwrap_err()
        };
        assert!(
            refused("payments/suspicious-payee").to_string().contains("`suspicious-`")
        );
        assert!(refused("harbour/paid-twice").to_string().contains("no area `harbour`"));
        let unknown = files("rules", "payments/paid-twice", "0.1.0").unwrap_err();
        assert!(unknown.to_string().contains("choose one of rule, control"));
        assert!(refused("paid-twice").to_string().contains("AREA/NAME"));
        assert!(refused("payments/Paid_Twice").to_string().contains("kebab-case"));
    }
}
