//! The pages in a browser: `tests/browser/check.mjs` looks at them where Node and Chromium are
//! there and `npm ci` was run in that folder; otherwise this says so and passes.

#![expect(clippy::expect_used, reason = "a test says what it expects")]

#[path = "../../../tests/browser/run.rs"]
mod run;
mod town;

use openid::{ClientKey, Provider, Settings};
use serde_json::json;

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
    let Some(folder) = run::folder() else { return };
    let address = town::serve(town::free_address(), |state| {
        state.with_provider(provider(), Vec::new())
    });
    let wanted = json!({
        "address": format!("http://{address}"),
        "name": town::NAME,
        "password": town::PASSWORD,
    });
    let told = run::run(&folder, "check.mjs", wanted);
    assert!(told.contains("100 pages looked at, 0 faults"), "{told}");
}
