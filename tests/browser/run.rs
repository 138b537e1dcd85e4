//! Runs a script of this folder where Node and Chromium are there and `npm ci` was run here.
//! Part of every test that looks at the pages in a browser.

#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test says what it expects, and why it was skipped"
)]

use std::path::Path;
use std::process::Command;

/// Why the browser cannot be used here, if it cannot.
fn obstacle(folder: &Path) -> Option<String> {
    let answers = |program: &str| Command::new(program).arg("--version").output().is_ok();
    let chromium =
        std::env::var("CHROMIUM").unwrap_or_else(|_| "/usr/bin/chromium".to_owned());
    if !answers("node") {
        return Some("node is not installed".to_owned());
    }
    if !answers(&chromium) {
        return Some(format!("there is no browser at {chromium}; set CHROMIUM"));
    }
    let is_fetched = folder.join("node_modules/playwright-core").is_dir();
    (!is_fetched).then(|| "`npm ci` was not run in tests/browser".to_owned())
}

/// The folder with the scripts, if they can run here; says why where they cannot.
pub(crate) fn folder() -> Option<std::path::PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/browser");
    if let Some(why) = obstacle(&folder) {
        println!("skipped: {why}");
        return None;
    }
    Some(folder)
}

/// What a script prints that found no fault. What it is told is one value of JSON; the folder
/// that `DIJKWACHT_PICTURES` names, if any, is added as `pictures`.
pub(crate) fn run(folder: &Path, script: &str, mut wanted: serde_json::Value) -> String {
    if let Some(pictures) = std::env::var_os("DIJKWACHT_PICTURES") {
        wanted["pictures"] = pictures.to_string_lossy().into();
    }
    let output = Command::new("node")
        .arg(folder.join(script))
        .arg(wanted.to_string())
        .output()
        .expect("node answered a moment ago");
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}\n{errors}");
    told
}
