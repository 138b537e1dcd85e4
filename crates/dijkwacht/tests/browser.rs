//! The work of the people of a municipality in a browser, on the demonstration: a respondent
//! answers with the keyboard only, a coordinator goes from a round to a plan, a controller from a
//! figure to the line of the source file, an auditor finds that in the log.
//! `tests/browser/flows.mjs` does it where Node and Chromium are there and `npm ci` was run in that
//! folder; otherwise this says so and passes.

#[path = "../../../tests/browser/run.rs"]
mod run;
mod served;

use serde_json::json;
use served::Served;

#[test]
fn everybody_does_in_a_browser_what_they_come_for() {
    let Some(folder) = run::folder() else { return };
    let dir = tempfile::tempdir().expect("a folder");
    let town = Served::start(dir.path());
    let wanted = json!({
        "address": format!("http://{}", town.address),
        "password": town.password,
        "sources": dir.path().join("sources"),
    });
    assert!(town.told.contains("  controller "), "{}", town.told);
    let told = run::run(&folder, "flows.mjs", wanted);
    assert!(told.contains("22 questions answered by keyboard"), "{told}");
    assert!(told.contains("39 pages looked at, 0 faults"), "{told}");
}
