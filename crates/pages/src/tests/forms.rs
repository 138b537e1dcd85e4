//! Forms that another site, another browser or a careless person sends.

use super::bench::{Bench, PASSWORD};
use crate::routes::{ROUTES, Takes, Way};
use access::Role;
use app::people::log;
use axum::body::Body;
use axum::http::{Method, StatusCode};

const NEW: &str = "paraplu zonder hengsel";

fn change<'a>(new: &'a str, again: &'a str) -> [(&'static str, &'a str); 3] {
    [("huidig", PASSWORD), ("nieuw", new), ("herhaling", again)]
}

#[test]
fn a_form_without_the_token_of_its_browser_changes_nothing() {
    let bench = Bench::new();
    bench.add("ada", &[]);
    bench.add("mallory", &[]);
    let mut mallory = bench.browser_of("mallory");
    mallory.get("/account/wachtwoord");
    let mut ada = bench.browser_of("ada");
    ada.get("/account/wachtwoord");
    let own = ada.guard.clone();
    for stray in ["", "x", mallory.guard.as_str(), own.to_lowercase().as_str()] {
        let reply = ada.post_with("/account/wachtwoord", stray, &change(NEW, NEW));
        assert_eq!(reply.status, StatusCode::FORBIDDEN, "{stray}");
        assert!(reply.body.contains("Dit formulier is verlopen"));
    }
    let reply = ada.post_with("/account/wachtwoord", &own, &change(NEW, NEW));
    assert_eq!(reply.location(), "/account?gelukt=wachtwoord");
}

#[test]
fn no_form_of_any_page_is_taken_without_the_token_of_its_browser() {
    let bench = Bench::new();
    let furnished = bench.furnish();
    bench.add("everything", Role::ALL);
    let mut browser = bench.browser_of("everything");
    // reading the log stands in the log itself
    let entries = || -> Vec<String> {
        let log = bench.as_person("everything", |desk| log(desk, "dijkveen").unwrap());
        let others = log.iter().filter(|entry| entry.resource != "log");
        others.map(|entry| format!("{} {}", entry.what, entry.resource)).collect()
    };
    let before = entries();
    let forms = ROUTES.iter().filter(|route| route.method == Way::Post);
    let forms = forms.filter(|route| matches!(route.takes, Takes::Form { .. }));
    let mut seen = 0;
    for route in forms {
        let path = furnished.path(route.path);
        browser.get("/uitnodiging");
        let reply = browser.post_with(&path, "x", &[]);
        // where there is no waiting code to type there is nobody to judge the form of
        if reply.status == StatusCode::SEE_OTHER {
            assert_eq!(route.path, "/inloggen/code");
            continue;
        }
        // a log that waits is seen by whoever brought it only
        if reply.status == StatusCode::NOT_FOUND {
            assert!(route.path.contains("/inkomend/"), "{path}");
            continue;
        }
        assert_eq!(reply.status, StatusCode::FORBIDDEN, "{path}");
        assert!(reply.body.contains("Dit formulier is verlopen"), "{path}");
        seen += 1;
    }
    assert!(seen > 20, "{seen} forms were sent");
    assert_eq!(entries(), before, "the log of the organisation heard of nothing");
}

#[test]
fn the_sign_in_form_is_tied_to_the_visitor_too() {
    let bench = Bench::new();
    bench.add("ada", &[]);
    let mut browser = bench.browser();
    let fields = [("naam", "ada"), ("wachtwoord", PASSWORD)];
    let stray = browser.post_with("/inloggen", "x", &fields);
    assert_eq!(stray.status, StatusCode::FORBIDDEN);
    browser.get("/inloggen");
    let before = browser.guard.clone();
    assert_eq!(browser.post("/inloggen", &fields).status, StatusCode::SEE_OTHER);
    let reply = browser.post_with("/uitloggen", &before, &[]);
    assert_eq!(reply.status, StatusCode::FORBIDDEN, "a new session, a new token");
}

#[test]
fn a_form_that_the_browser_says_comes_from_elsewhere_is_refused() {
    let bench = Bench::new();
    bench.add("ada", &[]);
    for (name, value) in [
        ("origin", "https://evil.example"),
        ("origin", "null"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
    ] {
        let mut browser = bench.browser_of("ada");
        browser.get("/account/wachtwoord");
        browser.extra = vec![(name, value.to_owned())];
        let reply = browser.post("/account/wachtwoord", &change(NEW, NEW));
        assert_eq!(reply.status, StatusCode::FORBIDDEN, "{name}: {value}");
    }
    let mut browser = bench.browser_of("ada");
    browser.get("/account/wachtwoord");
    browser.extra = vec![
        ("origin", "https://dijkwacht.example".to_owned()),
        ("sec-fetch-site", "same-origin".to_owned()),
    ];
    let reply = browser.post("/account/wachtwoord", &change(NEW, NEW));
    assert_eq!(reply.location(), "/account?gelukt=wachtwoord");
}

#[test]
fn only_a_form_is_taken_for_a_form() {
    let bench = Bench::new();
    let mut browser = bench.browser();
    browser.get("/inloggen");
    for kind in ["text/plain", "application/json", "multipart/form-data; boundary=x"] {
        let body = format!("bewijs={}&naam=a&wachtwoord=b", browser.guard);
        let headers = [("content-type", kind)];
        let reply = browser.ask(&Method::POST, "/inloggen", Body::from(body), &headers);
        assert_eq!(reply.status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{kind}");
    }
    let reply = browser.ask(&Method::PUT, "/inloggen", Body::empty(), &[]);
    assert_eq!(reply.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(reply.header("allow"), "GET,HEAD,POST");
}

#[test]
fn every_fault_is_told_above_the_form_and_at_its_field() {
    let bench = Bench::new();
    bench.add("ada", &[]);
    let mut browser = bench.browser_of("ada");
    browser.get("/huisstijl");
    let fields = [("regel", "<b>x</b>"), ("toelichting", "\r\nmet \"witregel\"")];
    let reply = browser.post("/huisstijl", &fields);
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(reply.body.contains("<title>Fout: "));
    let summary = reply.body.split("aria-labelledby=\"fouten\"").nth(1).unwrap();
    assert!(summary.starts_with(" tabindex=\"-1\" autofocus>"));
    for field in ["keuze", "proces", "code"] {
        assert!(summary.contains(&format!("href=\"#veld-{field}\"")), "{field}");
        assert!(summary.contains(&format!("id=\"veld-{field}-fout\"")), "{field}");
        assert!(summary.contains(&format!("id=\"veld-{field}\"")), "{field}");
    }
    assert!(!summary.contains("#veld-regel"), "it is filled in");
    assert!(!summary.contains("#veld-toelichting"), "it is optional");
    assert!(reply.body.contains("value=\"&lt;b&gt;x&lt;/b&gt;\""));
    assert!(reply.body.contains("(optioneel)"));
    assert!(
        reply.body.contains("aria-describedby=\"veld-keuze-uitleg veld-keuze-fout\"")
    );
    assert!(!reply.body.contains(" required"), "aria-required, not required");
    assert!(reply.body.contains(" novalidate>"));
}
