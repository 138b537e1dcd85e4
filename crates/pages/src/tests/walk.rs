//! Every route with every caller: the gate does what the table says.

use super::bench::{Bench, Reply};
use crate::routes::{Caller, Outcome, ROUTES, Takes, Way};
use crate::table;
use access::Grant;
use app::people::log;
use axum::http::StatusCode;

#[test]
fn the_printed_table_is_the_table() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/routes.txt");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, table()).unwrap();
    }
    let printed = std::fs::read_to_string(path).unwrap();
    assert!(
        table() == printed,
        "with UPDATE=1 this test writes routes.txt anew:\n{}",
        table()
    );
}

/// What became of a request.
fn seen(reply: &Reply) -> Outcome {
    let to = reply.location();
    let is_way_in =
        to == "/inloggen" || to.contains("?terug=") || to.contains("reden=verlopen");
    match reply.status {
        StatusCode::SEE_OTHER if is_way_in => Outcome::SignIn,
        StatusCode::FORBIDDEN => Outcome::Refused,
        StatusCode::NOT_FOUND => Outcome::Hidden,
        // the view spoke, if only of what is to be repaired or to wait
        StatusCode::OK
        | StatusCode::SEE_OTHER
        | StatusCode::BAD_REQUEST
        | StatusCode::CONFLICT
        | StatusCode::UNPROCESSABLE_ENTITY
        | StatusCode::TOO_MANY_REQUESTS
        | StatusCode::BAD_GATEWAY => Outcome::In,
        other => panic!("{other}: {}", reply.body),
    }
}

#[test]
fn every_route_lets_in_whom_the_table_lets_in() {
    let bench = Bench::new();
    let furnished = bench.furnish();
    let sheet = bench.state.dress.style_sheets()[0].clone();
    for caller in Caller::all() {
        let name = caller.title();
        match caller {
            Caller::Visitor => {}
            Caller::NoRole => bench.add(&name, &[]),
            Caller::Role(role) => bench.add(&name, &[role]),
            Caller::Elsewhere(role) => {
                bench.add_with(&name, vec![Grant::organisation(role, "elders")]);
            }
        }
        let mut browser = match caller {
            Caller::Visitor => bench.browser(),
            _ => bench.browser_of(&name),
        };
        for route in ROUTES {
            let path = furnished
                .path(route.path)
                .replace("{taal}", "en")
                .replace("/opmaak/{*naam}", &sheet);
            // a form that anybody sees, for its token
            browser.get("/uitnodiging");
            let reply = match route.method {
                Way::Get => browser.get(&path),
                Way::Post if matches!(route.takes, Takes::File { .. }) => {
                    browser.bring(&path, "", ("x.csv", b"x"))
                }
                Way::Post => browser.post(&path, &[]),
            };
            let mut expected = route.outcome(caller);
            // questions are seen by whoever is asked them, and a log that waits by whoever brought
            // it; none of these is
            let is_absent = route.path.contains("/vragen/{toewijzing}")
                || route.path.contains("/inkomend/{log}");
            // an archive holds every organisation, and nobody here administers both
            if expected == Outcome::In && route.path.ends_with("/beheer/archief") {
                expected = Outcome::Refused;
            }
            if expected == Outcome::In && is_absent {
                expected = Outcome::Hidden;
            }
            assert_eq!(seen(&reply), expected, "{:?} {path} as {name}", route.method);
            if reply.location().contains("gelukt=uit") {
                browser = bench.browser_of(&name);
            }
        }
    }
}

#[test]
fn a_refusal_is_told_to_the_log_of_the_organisation() {
    let bench = Bench::new();
    bench.add("rita", &[access::Role::RegionAnalyst]);
    let mut browser = bench.browser_of("rita");
    let reply = browser.get("/organisaties/dijkveen");
    assert_eq!(reply.status, StatusCode::FORBIDDEN);
    bench.add("otto", &[access::Role::Auditor]);
    let log = bench.as_person("otto", |desk| log(desk, "dijkveen").unwrap());
    let refused: Vec<String> = log
        .iter()
        .filter(|entry| entry.refused)
        .map(|entry| format!("{} {} {}", entry.who, entry.what, entry.resource))
        .collect();
    assert_eq!(refused, ["rita read organisation"]);
}

#[test]
fn a_number_of_another_organisation_leads_nowhere() {
    let bench = Bench::new();
    let furnished = bench.furnish();
    let grants = access::Role::ALL.iter();
    bench.add_with(
        "eva",
        grants.map(|role| Grant::organisation(*role, "elders")).collect(),
    );
    let mut browser = bench.browser_of("eva");
    let numbers = [
        "{ronde}",
        "{toewijzing}",
        "{plan}",
        "{maatregel}",
        "{bevinding}",
        "{log}",
        "{verzoek}",
    ];
    let mut walked = 0;
    for route in ROUTES {
        let has_number = numbers.iter().any(|number| route.path.contains(number));
        if !has_number || !route.path.starts_with("/organisaties/") {
            continue;
        }
        let path = furnished.path(&route.path.replace("{organisatie}", "elders"));
        browser.get("/account/wachtwoord");
        // whole enough to be taken where the number is one's own
        let fields = [
            ("stand", "open"),
            ("proces", "permits"),
            ("onderdeel", "x"),
            ("kant", "other"),
            ("wie", "x"),
            ("lijst", "process;part;side;person;seats\npermits;x;other;x;"),
            ("toewijzing", "1"),
            ("reden", "x"),
            ("vraag", "permits:C01"),
            ("antwoord", "1"),
            ("waarom", "x"),
            ("eigenaar", "x"),
            ("begin", "2026-01-01"),
            ("oordeel", "explained"),
        ];
        let reply = match route.method {
            Way::Get => browser.get(&path),
            Way::Post => browser.post(&path, &fields),
        };
        let is_refused =
            matches!(reply.status, StatusCode::NOT_FOUND | StatusCode::CONFLICT);
        assert!(is_refused, "{:?} {path}: {}", route.method, reply.status);
        assert!(!reply.body.contains("&lt;3&gt;"), "{path} shows what stands elsewhere");
        walked += 1;
    }
    assert!(walked >= 16, "{walked}");
}

#[test]
fn another_organisation_looks_like_one_that_does_not_exist() {
    let bench = Bench::new();
    bench.add("ada", &[access::Role::Administrator]);
    let mut browser = bench.browser_of("ada");
    let other = browser.get("/organisaties/elders");
    let absent = browser.get("/organisaties/nergens");
    assert_eq!(
        (other.status, absent.status),
        (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND)
    );
    assert_eq!(other.body.replace("elders", "nergens"), absent.body);
    assert!(
        browser.get("/organisaties/dijkveen").body.contains("Gemeente &lt;Dijkveen&gt;")
    );
    assert!(!browser.get("/").body.contains("Elders"));
}
