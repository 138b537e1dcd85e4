//! Transcripts of the command line: each file under `tests/way/` is run line by line in a
//! fresh folder, and what comes out is compared. `UPDATE=1 cargo test -p dijkwacht` writes
//! what came out; a person reads the difference.
//!
//! Lines that begin with `$ ` are commands, `// ` is prose, `[exit N]` is the exit code where
//! it is not 0, lines that begin with `! ` came out on standard error. Names of snapshots
//! and pseudonyms depend on the key of the folder and are masked with `#`.
#![expect(clippy::expect_used, reason = "a test says what it expects")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

#[test]
fn transcripts_come_out_as_written() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/way");
    let mut paths: Vec<PathBuf> = fs::read_dir(&folder)
        .expect("the folder of transcripts")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|kind| kind == "txt"))
        .collect();
    paths.sort();
    assert!(!paths.is_empty(), "there are no transcripts");
    let mut differing = Vec::new();
    // each has a folder of its own, so they can run side by side
    let all: Vec<(String, String)> = std::thread::scope(|scope| {
        let runs: Vec<_> = paths
            .iter()
            .map(|path| {
                let written = fs::read_to_string(path).expect("a transcript");
                scope.spawn(|| {
                    let got = run(&written, &folder);
                    (written, got)
                })
            })
            .collect();
        runs.into_iter().map(|run| run.join().expect("a transcript runs")).collect()
    });
    for (path, (written, got)) in paths.iter().zip(all) {
        if got == written {
            continue;
        }
        if env::var_os("UPDATE").is_some() {
            fs::write(path, &got).expect("write the transcript");
        } else {
            differing.push(format!(
                "{}\n{}",
                path.display(),
                first_difference(&written, &got)
            ));
        }
    }
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}

fn first_difference(written: &str, got: &str) -> String {
    let (mut a, mut b) = (written.lines(), got.lines());
    let mut line = 0;
    loop {
        line += 1;
        let (x, y) = (a.next(), b.next());
        if x != y {
            return format!("line {line}\n  written: {x:?}\n  got:     {y:?}");
        }
        if x.is_none() {
            return "the ends differ".to_owned();
        }
    }
}

fn run(written: &str, fixtures: &Path) -> String {
    let room = tempfile::tempdir().expect("a folder");
    for entry in fs::read_dir(fixtures.join("files")).expect("fixtures") {
        let path = entry.expect("an entry").path();
        fs::copy(&path, room.path().join(path.file_name().expect("a name")))
            .expect("copy");
    }
    let mut out = String::new();
    for line in written.lines() {
        if let Some(prose) = line.strip_prefix("// ") {
            writeln!(out, "\n// {prose}").expect("a String");
        }
        let Some(command) = line.strip_prefix("$ ") else { continue };
        writeln!(out, "\n$ {command}").expect("a String");
        let mut words = words(command).into_iter();
        let program = words.next();
        assert_eq!(
            program.as_deref(),
            Some("dijkwacht"),
            "a transcript runs dijkwacht only"
        );
        let output = Command::new(env!("CARGO_BIN_EXE_dijkwacht"))
            .args(words)
            .current_dir(room.path())
            .env("COLUMNS", "100")
            .env_remove("NO_COLOR")
            .env_remove("DIJKWACHT_DATABASE")
            .env("DIJKWACHT_AS", "lies")
            .output()
            .expect("the program runs");
        for line in String::from_utf8_lossy(&output.stdout).lines() {
            writeln!(out, "{}", mask(line.trim_end())).expect("a String");
        }
        for line in String::from_utf8_lossy(&output.stderr).lines() {
            writeln!(out, "! {}", mask(line.trim_end())).expect("a String");
        }
        let code = output.status.code().unwrap_or(-1);
        if code != 0 {
            writeln!(out, "[exit {code}]").expect("a String");
        }
    }
    out.trim_start().to_owned()
}

/// Moments (`2026-11-26T12:00:00Z`) and hashes of 64 digits as signs; secrets of 32 letters too.
fn hide_runs(line: &str) -> String {
    let mut words: Vec<String> = line.split(' ').map(str::to_owned).collect();
    for word in &mut words {
        let bare: String =
            word.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
        let digit = |at: usize| word.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
        let moment = word.as_bytes().get(10) == Some(&b'T')
            && [0, 1, 2, 3, 5, 6, 8, 9].into_iter().all(digit);
        let hash = word.rsplit(':').next().is_some_and(|end| {
            end.len() == 64 && end.bytes().all(|b| b.is_ascii_hexdigit())
        });
        if moment {
            "<moment>".clone_into(word);
        } else if hash {
            let digits = word.len() - 64;
            word.replace_range(digits.., "<hash>");
        } else if bare.len() == 32 && word.len() == 32 {
            "<secret>".clone_into(word);
        }
    }
    words.join(" ")
}

/// The words of a command; between double quotes blanks belong to a word.
fn words(command: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for sign in command.chars() {
        match sign {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            other => words.last_mut().expect("a word").push(other),
        }
    }
    words
}

/// Hides public keys for names, which are by chance.
fn hide_keys(line: &str) -> String {
    let words = line.split(' ').map(|word| {
        if word.starts_with("age1") && word.len() > 50 { "age1####" } else { word }
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Hides what depends on the key of the folder, moments, hashes of the log, and secrets made at
/// random.
fn mask(line: &str) -> String {
    let line = &hide_keys(&hide_runs(line));
    let mut out = String::new();
    let mut run = String::new();
    for sign in line.chars().chain(['\n']) {
        if sign.is_ascii_hexdigit() && !sign.is_ascii_uppercase() {
            run.push(sign);
            continue;
        }
        // the digest of the content has 8 digits after a plus
        let digest = run.len() == 8 && out.ends_with('+');
        // names of snapshots have 10, pseudonyms 16 digits after a hyphen
        if digest {
            out.push_str("########");
        } else if matches!(run.len(), 10 | 16)
            && out.ends_with('-')
            && !out.ends_with("F-")
        {
            out.push_str("##########");
        } else {
            out.push_str(&run);
        }
        run.clear();
        if sign != '\n' {
            out.push(sign);
        }
    }
    out
}
