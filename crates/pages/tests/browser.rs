//! The pages in a browser: `tests/browser/check.mjs` looks at them where Node and Chromium are
//! there and `npm ci` was run in that folder; otherwise this says so and passes.

#![expect(clippy::expect_used, reason = "a test says what it expects")]

mod town;

use openid::{ClientKey, Provider, Settings};
use std::path::{Path, PathBuf};
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

/// A provider that nobody asks: only its button is looked at.
fn provider() -> Provider {
    Provider::new(Settings {
        title: "Gemeente Dijkveen".to_owned(),
        issuer: "http://127.0.0.1:9".to_owned(),
        client: "dijkwacht".to_owned(),
        key: ClientKey::Secret("not used".to_owned()),
        redirect: "http://127.0.0.1:9/inloggen/terug".to_owned(),
        scopes: vec!["openid".to_owned()],
        level: None,
        name_claim: "email".to_owned(),
        groups_claim: None,
        authorities: None,
    })
    .expect("a provider")
}

#[test]
fn every_page_is_accessible_valid_and_never_scrolls_sideways() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/browser");
    if let Some(why) = obstacle(&folder) {
        println!("skipped: {why}");
        return;
    }
    let address = town::serve(town::free_address(), |state| {
        state.with_provider(provider(), Vec::new())
    });
    let pictures = std::env::var_os("DIJKWACHT_PICTURES").map(PathBuf::from);
    let pictures = pictures
        .map_or_else(String::new, |to| format!(", \"pictures\": \"{}\"", to.display()));
    let wanted = format!(
        "{{\"address\": \"http://{address}\", \"name\": \"{}\", \"password\": \"{}\"{pictures}}}",
        town::NAME,
        town::PASSWORD
    );
    let output = Command::new("node")
        .arg(folder.join("check.mjs"))
        .arg(wanted)
        .output()
        .expect("node answered a moment ago");
    let told = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}\n{errors}");
    assert!(told.contains("90 pages looked at, 0 faults"), "{told}");
}
