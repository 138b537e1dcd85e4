//! Headers, hosts, cookies, and what a broken part gives away.

use super::bench::{Bench, PASSWORD};
use crate::routes::{Needs, Route};
use accounts::Terms;
use axum::body::Body;
use axum::http::{Method, StatusCode};

const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; \
    object-src 'none'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; \
    frame-ancestors 'none'";

#[test]
fn every_answer_carries_the_headers_errors_too() {
    let bench = Bench::new();
    bench.add("ada", &[]);
    let mut browser = bench.browser_of("ada");
    let mut replies = vec![
        browser.get("/"),
        browser.get("/inloggen"),
        browser.get("/geen-pagina"),
        browser.get("/organisaties/elders"),
        browser.get("/opmaak/x/y"),
        browser.get("/health"),
        browser.get("/.well-known/security.txt"),
        browser.get(&bench.state.dress.mark()),
        browser.post_with("/account/wachtwoord", "x", &[]),
        browser.ask(&Method::DELETE, "/account", Body::empty(), &[]),
        browser.ask(&Method::POST, "/inloggen", Body::empty(), &[]),
        browser.ask(&Method::GET, "/account", Body::empty(), &[("host", "evil.example")]),
        browser.ask(&Method::HEAD, "/account", Body::empty(), &[]),
    ];
    bench.break_records();
    replies.push(browser.get("/"));
    let statuses: Vec<u16> = replies.iter().map(|reply| reply.status.as_u16()).collect();
    assert_eq!(
        statuses,
        [200, 303, 404, 404, 404, 200, 200, 200, 403, 405, 415, 421, 200, 500]
    );
    for reply in &replies {
        for (name, value) in [
            ("content-security-policy", POLICY),
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("x-robots-tag", "noindex, nofollow"),
            ("strict-transport-security", "max-age=31536000; includeSubDomains"),
        ] {
            assert_eq!(reply.header(name), value, "{name} of {}", reply.status);
        }
        assert!(reply.headers.contains_key("permissions-policy"));
        assert!(reply.headers.contains_key("cache-control"));
    }
    assert_eq!(replies[0].header("cache-control"), "no-store");
}

#[test]
fn cookies_are_out_of_reach_of_scripts_and_of_connections_without_tls() {
    let bench = Bench::new();
    bench.add("ada", &[]);
    let mut browser = bench.browser();
    let mut given = Vec::new();
    for reply in [
        browser.get("/inloggen"),
        browser.sign_in("ada", PASSWORD),
        browser.get("/taal/en"),
    ] {
        for cookie in reply.headers.get_all("set-cookie") {
            given.push(cookie.to_str().unwrap().to_owned());
        }
    }
    assert!(given.len() >= 4, "{given:?}");
    for cookie in &given {
        assert!(cookie.starts_with("__Host-"), "{cookie}");
        for part in ["; Path=/", "; HttpOnly", "; SameSite=Lax", "; Secure"] {
            assert!(cookie.contains(part), "{cookie}");
        }
    }
}

#[test]
fn on_this_machine_without_tls_nothing_claims_to_be_secure() {
    let bench = Bench::at("http://127.0.0.1:8080", Terms::default());
    bench.add("ada", &[]);
    let mut browser = bench.browser();
    browser.extra = vec![("host", "localhost:8080".to_owned())];
    let reply = browser.sign_in("ada", PASSWORD);
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.body);
    assert!(!reply.headers.contains_key("strict-transport-security"));
    assert!(browser.cookies.contains_key("dijkwacht"));
    assert!(
        reply
            .headers
            .get_all("set-cookie")
            .iter()
            .all(|c| !c.to_str().unwrap().contains("Secure"))
    );
}

#[test]
fn another_host_gets_nothing_but_a_probe() {
    let bench = Bench::new();
    let mut browser = bench.browser();
    for host in ["evil.example", "dijkwacht.example:8443", "127.0.0.1"] {
        let headers = [("host", host)];
        let reply = browser.ask(&Method::GET, "/inloggen", Body::empty(), &headers);
        assert_eq!(reply.status, StatusCode::MISDIRECTED_REQUEST, "{host}");
        assert!(!reply.body.contains("name=\"naam\""));
        let probe = browser.ask(&Method::GET, "/health", Body::empty(), &headers);
        assert_eq!((probe.status, probe.body.as_str()), (StatusCode::OK, "ok\n"));
    }
}

/// A table with a page that breaks off.
const PANICS: &[Route] =
    &[Route::get("/breekt", Needs::Nothing, |_| panic!("a view panics, as it was told"))];

#[test]
fn what_is_broken_is_told_to_the_keeper_and_not_on_the_page() {
    let bench = Bench::new();
    bench.add("ada", &[]);
    let mut browser = bench.browser_of("ada");
    let trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    browser.extra = vec![("traceparent", format!("00-{trace}-00f067aa0ba902b7-01"))];
    bench.break_records();
    let reply = browser.get("/account?secret=1");
    assert_eq!(reply.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(reply.body.contains(trace), "{}", reply.body);
    assert!(!reply.body.contains("grants"));
    let mut browser = bench.browser_with(PANICS);
    let reply = browser.get("/breekt");
    assert_eq!(reply.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(reply.body.contains("Er ging iets mis"));
    assert!(!reply.body.contains("as it was told"));
    let told: Vec<String> =
        bench.told.lock().unwrap().iter().map(ToString::to_string).collect();
    let begin = format!("GET /account ({trace}): ");
    assert!(told[0].starts_with(&begin) && told[0].contains("grants"), "{}", told[0]);
    assert!(told[1].contains("panic"), "{}", told[1]);
    assert_eq!(told.len(), 2);
}

#[test]
fn security_txt_says_where_to_report_and_until_when() {
    let bench = Bench::new();
    let reply = bench.browser().get("/.well-known/security.txt");
    assert_eq!(reply.header("content-type"), "text/plain; charset=utf-8");
    assert_eq!(
        reply.body,
        "Contact: mailto:veilig@dijkveen.example\nExpires: 2027-03-20T14:13:20Z\n\
         Preferred-Languages: nl, en\n\
         Canonical: https://dijkwacht.example/.well-known/security.txt\n"
    );
}
