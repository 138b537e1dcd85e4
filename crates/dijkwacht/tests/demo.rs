//! The demonstration as somebody without data runs it.
#![expect(clippy::expect_used, reason = "a test says what it expects")]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Stdio};

fn demo(dir: &Path, more: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dijkwacht"));
    command.args(["demo", "--cases-per-year", "600", "--dir"]).arg(dir).args(more);
    command
}

fn json(dir: &Path, more: &[&str]) -> serde_json::Value {
    let output =
        demo(dir, &["--no-serve", "--json"]).args(more).output().expect("it runs");
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}");
    serde_json::from_slice(&output.stdout).expect("one JSON value")
}

/// Every file below a folder with its bytes, by name.
fn files(dir: &Path) -> std::collections::BTreeMap<String, Vec<u8>> {
    let mut all = std::collections::BTreeMap::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(dir).expect("below").display().to_string();
                all.insert(name, std::fs::read(&path).expect("bytes"));
            }
        }
    }
    all
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let (a, b) = (tempfile::tempdir().expect("a"), tempfile::tempdir().expect("b"));
    let first = json(a.path(), &["--seed", "5"]);
    let second = json(b.path(), &["--seed", "5"]);
    assert_eq!(first["pictures"], second["pictures"]);
    let (x, y) = (files(a.path()), files(b.path()));
    let names: Vec<_> = x.keys().collect();
    assert_eq!(names, y.keys().collect::<Vec<_>>());
    for (name, bytes) in &x {
        assert!(bytes == &y[name], "{name} differs");
    }
    assert_eq!(first["pictures"].as_array().map(Vec::len), Some(8));
}

#[test]
fn a_clean_town_breaks_no_rule_that_states_a_fact() {
    let dir = tempfile::tempdir().expect("a folder");
    let told = json(dir.path(), &["--clean"]);
    let catalogue = catalogue::load(&catalogue::embedded()).expect("content");
    for picture in told["pictures"].as_array().expect("pictures") {
        for test in picture["tests"].as_array().expect("tests") {
            let rule = test["rule"].as_str().expect("a code");
            let class = catalogue.rules[rule].class.as_str();
            if class == "rule" || class == "control" {
                assert_eq!(
                    test["found"], 0,
                    "{} {rule} {}",
                    picture["process"], test["item"]
                );
            }
        }
    }
}

#[test]
fn the_result_is_served_in_both_languages() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut child = demo(dir.path(), &["--port", "0", "--lang", "en"])
        .stdout(Stdio::piped())
        .spawn()
        .expect("it runs");
    let out = BufReader::new(child.stdout.take().expect("stdout"));
    let address = out
        .lines()
        .map_while(Result::ok)
        .find_map(|line| {
            let (_, rest) = line.split_once("http://")?;
            rest.split_once('/').map(|(address, _)| address.to_owned())
        })
        .expect("the address is printed");
    for (path, language) in [("/", "en"), ("/nl", "nl"), ("/en", "en")] {
        let mut stream = TcpStream::connect(&address).expect("it listens");
        write!(stream, "GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            .expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        assert!(answer.starts_with("HTTP/1.1 200"), "{path}");
        assert!(answer.contains(&format!("<html lang=\"{language}\"")), "{path}");
        assert_eq!(answer.matches("<h1").count(), 1, "{path}");
        assert!(!answer.contains("<script"), "{path}");
    }
    child.kill().expect("stopped");
    child.wait().expect("gone");
}

#[test]
fn a_folder_with_something_else_is_left_alone() {
    let dir = tempfile::tempdir().expect("a folder");
    std::fs::write(dir.path().join("own.txt"), "mine").expect("written");
    let output = demo(dir.path(), &["--no-serve"]).output().expect("it runs");
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(files(dir.path()).len(), 1);
}

/// One JSON value of another verb, as somebody of an organisation.
fn told(dir: &Path, person: &str, arguments: &[&str]) -> serde_json::Value {
    let output = Command::new(env!("CARGO_BIN_EXE_dijkwacht"))
        .args(arguments)
        .args(["--json", "--as", person, "--dir"])
        .arg(dir)
        .output()
        .expect("it runs");
    serde_json::from_slice(&output.stdout).expect("one JSON value")
}

#[test]
fn people_part_from_the_data_where_it_was_planted_and_measures_have_their_effect() {
    let dir = tempfile::tempdir().expect("a folder");
    let made = Command::new(env!("CARGO_BIN_EXE_dijkwacht"))
        .args(["demo", "--no-serve", "--dir"])
        .arg(dir.path())
        .output()
        .expect("it runs");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let dijkveen = ["--organisation", "dijkveen"];
    let picture = told(dir.path(), "dv-01", &[&["picture"][..], &dijkveen].concat());
    let mut parted = std::collections::BTreeSet::new();
    for process in picture["weighing"]["processes"].as_array().expect("processes") {
        for subject in process["subjects"].as_array().expect("subjects") {
            if let Some(parting) =
                subject["parting"].as_str().filter(|one| *one != "agree")
            {
                let text = |value: &serde_json::Value| {
                    value.as_str().unwrap_or_default().to_owned()
                };
                let code = text(&subject["code"]);
                parted.insert((text(&process["process"]), code, parting.to_owned()));
            }
        }
    }
    let planted = simulate::people::planted_partings().iter().map(|one| {
        let way = match one.kind {
            simulate::people::PartingKind::SaidBetter => "said better",
            simulate::people::PartingKind::SaidWorse => "said worse",
        };
        (one.process.code().to_owned(), one.question.to_owned(), way.to_owned())
    });
    assert_eq!(parted, planted.collect());
    // the plan is half done, and what is done is followed
    let effect =
        told(dir.path(), "dv-01", &[&["plan", "effect"][..], &dijkveen].concat());
    let verdict = |measure: &str, process: &str, code: &str| {
        let measures = effect["measures"].as_array().expect("measures");
        let of = measures.iter().find(|one| one["measure"] == measure).expect("done");
        let effects = of["effects"].as_array().expect("effects");
        let one = effects
            .iter()
            .find(|one| one["process"] == process && one["code"] == code)
            .expect("an effect");
        one["verdict"].as_str().expect("a verdict").to_owned()
    };
    for planted in simulate::people::planted_effects() {
        let found = verdict(planted.measure, planted.process.code(), planted.question);
        assert_eq!(found == "works", planted.seen_in_answers(), "{planted:?}: {found}");
    }
    // the second organisation is there, and nobody of the first looks into it
    let elsewhere = ["--organisation", "kwelderstad"];
    let refused =
        told(dir.path(), "dv-01", &[&["round", "list"][..], &elsewhere].concat());
    assert_eq!(refused["exit_code"], 3);
}
