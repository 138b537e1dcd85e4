//! The demonstration as somebody without data runs it.
#![expect(clippy::expect_used, reason = "a test says what it expects")]

mod served;

use served::{Served, between, demo};
use std::path::Path;
use std::process::Command;

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
fn the_town_is_served_and_each_of_its_people_can_sign_in() {
    let dir = tempfile::tempdir().expect("a folder");
    let town = Served::start(dir.path());
    let Served { address, password, told, .. } = &town;
    let agent: ureq::Agent =
        ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let get = |path: &str| {
        let mut answer =
            agent.get(format!("http://{address}{path}")).call().expect("an answer");
        answer.body_mut().read_to_string().expect("text")
    };
    for name in ["dv-01", "dv-02", "controller", "regio"] {
        assert!(told.contains(&format!("  {name} ")), "{told}");
        let page = get("/inloggen");
        let guard = between(&page, "name=\"bewijs\" value=\"", "\"").to_owned();
        let form = [("bewijs", guard.as_str()), ("naam", name), ("wachtwoord", password)];
        let mut answer = agent
            .post(format!("http://{address}/inloggen"))
            .send_form(form)
            .expect("an answer");
        let page = answer.body_mut().read_to_string().expect("text");
        let is_in = page.contains("<h1") && !page.contains("name=\"wachtwoord\"");
        assert!(is_in, "{name}: {page}");
        if name == "dv-01" {
            let picture = get("/organisaties/dijkveen/beeld");
            assert!(picture.contains("class=\"dike"), "{picture}");
        }
        let page = get("/account");
        let guard = between(&page, "name=\"bewijs\" value=\"", "\"").to_owned();
        agent
            .post(format!("http://{address}/uitloggen"))
            .send_form([("bewijs", guard.as_str())])
            .expect("an answer");
    }
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
