//! Skeletons of items of content: the files with their keys in order and empty texts.
//!
//! A skeleton is valid TOML and an incomplete item: the check of the catalogue names what
//! is still to be written, and goes on doing so until it is there.

use crate::failure::Failure;
use crate::say;
use crate::workspace::Workspace;
use model::Process;
use std::fs;

/// What to make.
#[derive(Clone, Copy, Debug)]
pub enum Skeleton<'a> {
    /// A rule, as `AREA/NAME`.
    Rule(&'a str),
    /// A control, by name.
    Control(&'a str),
    /// A circumstance, by name.
    Circumstance(&'a str),
}

/// Writes the skeleton and says what to do next; never overwrites a folder.
pub fn run(workspace: &Workspace, skeleton: &Skeleton<'_>) -> Result<(), Failure> {
    let since = fs::read_to_string(workspace.root.join("content/VERSION"))
        .map_err(|error| Failure::new(format!("cannot read content/VERSION: {error}")))?;
    let (folder, files) = files(skeleton, since.trim())?;
    let asked_for = asked_for(&folder, &files)?;
    let path = workspace.root.join(&folder);
    if path.exists() {
        return Err(Failure::new(format!("{folder} exists; choose another name")));
    }
    fs::create_dir_all(&path).map_err(|error| Failure::file("create", &path, &error))?;
    for (name, text) in files {
        let file = path.join(name);
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

type Files = Vec<(&'static str, String)>;

/// The folder and the files of a skeleton.
fn files(skeleton: &Skeleton<'_>, since: &str) -> Result<(String, Files), Failure> {
    match skeleton {
        Skeleton::Rule(path) => {
            let (area, name) = path.split_once('/').ok_or_else(|| {
                Failure::new(format!(
                    "`{path}` is not AREA/NAME, such as payments/paid-twice"
                ))
            })?;
            check_area(area)?;
            check_name(name)?;
            Ok((format!("content/rules/{area}/{name}"), rule(area, name, since)))
        }
        Skeleton::Control(name) => {
            check_name(name)?;
            Ok((format!("content/controls/{name}"), control(name)))
        }
        Skeleton::Circumstance(name) => {
            check_name(name)?;
            Ok((format!("content/circumstances/{name}"), circumstance(name)))
        }
    }
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

fn rule(area: &str, name: &str, since: &str) -> Files {
    let processes = if area == "generic" { "*" } else { area };
    let logic = format!(
        "code = \"\"                          # letters of the process and the next free number\n\
         name = \"{name}\"\n\
         version = 1\n\
         processes = [\"{processes}\"]\n\
         class = \"\"                         # rule | control | statistic | network\n\
         level = \"\"                         # case | event | actor | pair | process\n\
         stage = \"trial\"\n\
         since = \"{since}\"\n\
         review = \"proposal\"\n\
         needs = []\n\
         sources = []                       # ids from sources.toml, at least one\n\
         harmless = []                      # innocent readings, at least one\n\
         \n\
         [[evidence]]\n\
         control = \"\"                       # or circumstance = \"\"\n\
         \n\
         [logic]\n\
         operator = \"\"                      # docs/rules.md\n"
    );
    let keys = ["title", "what", "why", "story", "how_to_check", "basis"];
    let texts = format!("{}\n[harmless]\n", empty_texts(&keys));
    let example_of = if area == "generic" { "\nprocess:\n" } else { "" };
    let examples = format!(
        "# {name}\n{example_of}\n## Found:\n\n## Clear:\n\n## Not assessable:\n\n## Harmless:\n"
    );
    vec![
        ("rule.toml", logic),
        ("text.nl.toml", texts.clone()),
        ("text.en.toml", texts),
        ("examples.md", examples),
    ]
}

fn control(name: &str) -> Files {
    let logic = format!(
        "code = \"\"                          # B and the next free number\n\
         name = \"{name}\"\n\
         key = false                        # true: its absence caps the dike\n\
         weight = 0                         # 1-3, with the reason as a comment\n\
         processes = [\"*\"]\n\
         review = \"proposal\"\n\
         sources = []                       # ids from sources.toml, at least one\n"
    );
    let texts = empty_texts(&["title", "question", "help", "evidence"]);
    vec![
        ("control.toml", logic),
        ("text.nl.toml", texts.clone()),
        ("text.en.toml", texts),
    ]
}

fn circumstance(name: &str) -> Files {
    let logic = format!(
        "code = \"\"                          # C (inside) or X (outside) and the next number\n\
         name = \"{name}\"\n\
         kind = \"\"                          # inside | outside\n\
         group = \"\"                         # content/README.md lists the groups\n\
         weight = 0                         # 1-3, with the reason as a comment\n\
         processes = [\"*\"]\n\
         review = \"proposal\"\n\
         sources = []                       # ids from sources.toml, at least one\n"
    );
    let texts = empty_texts(&["title", "question", "help"]);
    vec![
        ("circumstance.toml", logic),
        ("text.nl.toml", texts.clone()),
        ("text.en.toml", texts),
    ]
}

fn empty_texts(keys: &[&str]) -> String {
    let lines: Vec<String> = keys.iter().map(|key| format!("{key} = \"\"\n")).collect();
    lines.concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults_with(skeleton: &Skeleton<'_>) -> catalogue::Faults {
        let (folder, made) = files(skeleton, "0.1.0").unwrap();
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
        for (skeleton, file) in [
            (Skeleton::Rule("payments/paid-on-sunday"), "rules/payments/paid-on-sunday"),
            (Skeleton::Rule("generic/paid-on-sunday"), "rules/generic/paid-on-sunday"),
            (Skeleton::Control("doors-locked"), "controls/doors-locked"),
            (Skeleton::Circumstance("near-the-sea"), "circumstances/near-the-sea"),
        ] {
            let faults = faults_with(&skeleton);
            assert!(!faults.is_empty());
            let elsewhere = faults.0.iter().find(|fault| !fault.file.starts_with(file));
            assert_eq!(elsewhere, None, "a skeleton is no fault of another item");
            let told =
                |needle: &str| faults.0.iter().any(|f| f.sentence.contains(needle));
            assert!(told("`code` is empty"), "{faults}");
            assert!(told("the text `title` is empty"), "{faults}");
            let syntax = faults.0.iter().find(|fault| fault.hint.contains("toml.io"));
            assert_eq!(syntax, None, "a skeleton is valid TOML");
        }
    }

    #[test]
    fn a_name_that_speaks_of_guilt_or_of_no_area_is_refused() {
        let refused = |path: &str| {
            files(&Skeleton::Rule(path), "0.1.0")
                .and_then(|(folder, made)| asked_for(&folder, &made))
                .unwrap_err()
        };
        assert!(
            refused("payments/suspicious-payee").to_string().contains("`suspicious-`")
        );
        assert!(refused("harbour/paid-twice").to_string().contains("no area `harbour`"));
        assert!(refused("paid-twice").to_string().contains("AREA/NAME"));
        assert!(refused("payments/Paid_Twice").to_string().contains("kebab-case"));
    }
}
