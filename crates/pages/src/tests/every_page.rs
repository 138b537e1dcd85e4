//! What holds for every page, in both languages.

use super::bench::{Bench, Browser};
use crate::fault::Fault;

use crate::routes::{ROUTES, Way};
use crate::visit::{Head, Visit};
use access::Role;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use model::Lang;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The values of an attribute in a document.
fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let begin = format!(" {attribute}=\"");
    html.split(begin.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

fn check(path: &str, lang: Lang, html: &str, browser: &mut Browser) {
    let told = format!("{path} in {lang}");
    assert!(html.starts_with("<!DOCTYPE html><html lang=\""), "{told}");
    assert!(html.contains(&format!("<html lang=\"{lang}\"")), "{told}");
    assert_eq!(html.matches("<h1 ").count(), 1, "{told}");
    assert!(html.contains(" – Dijkwacht</title>"), "{told}");
    assert!(html.contains("href=\"#inhoud\""), "{told}");
    assert!(html.contains("href=\"/hulp\""), "{told}: no help");
    for forbidden in
        ["<script", " style=", "<style", " onclick", "javascript:", "http://"]
    {
        assert!(!html.contains(forbidden), "{told}: {forbidden}");
    }
    let ids = values(html, "id");
    let unique: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), unique.len(), "{told}: an id twice in {ids:?}");
    for attribute in ["for", "aria-labelledby"] {
        for target in values(html, attribute) {
            assert!(unique.contains(target), "{told}: {attribute} {target}");
        }
    }
    for target in values(html, "aria-describedby").iter().flat_map(|ids| ids.split(' ')) {
        assert!(unique.contains(target), "{told}: aria-describedby {target}");
    }
    let labels: BTreeSet<&str> = values(html, "for").into_iter().collect();
    for field in
        html.split("<input ").skip(1).filter(|field| !field.contains("type=\"hidden\""))
    {
        let field = format!(" {}", field.split('>').next().unwrap());
        let id = values(&field, "id");
        assert!(
            id.iter().all(|id| labels.contains(id)) && !id.is_empty(),
            "{told}: {field}"
        );
    }
    for link in values(html, "href") {
        if let Some(target) = link.strip_prefix('#') {
            assert!(unique.contains(target), "{told}: {link}");
        } else if link.starts_with('/') {
            let status = browser.get(&link.replace("&amp;", "&")).status;
            // the provider of the tests is never there
            let is_away = link.starts_with("/inloggen/organisatie") && status == 502;
            assert!(status.as_u16() < 400 || is_away, "{told}: {link} gives {status}");
        }
    }
}

#[test]
fn every_page_is_whole_in_both_languages_and_its_links_lead_somewhere() {
    let bench = Bench::new();
    bench.add("ada", &[Role::Administrator, Role::Coordinator]);
    let furnished = bench.furnish();
    for lang in Lang::ALL {
        for is_in in [false, true] {
            for route in ROUTES.iter().filter(|route| route.method == Way::Get) {
                let mut browser =
                    if is_in { bench.browser_of("ada") } else { bench.browser() };
                browser.extra = vec![("accept-language", lang.to_string())];
                let path = furnished.path(route.path);
                let reply = browser.get(&path);
                if reply.header("content-type").starts_with("text/html") {
                    assert_eq!(reply.header("content-language"), lang.code(), "{path}");
                    check(&path, lang, &reply.body, &mut browser);
                }
            }
        }
    }
}

/// The page of a fault as a browser gets it.
fn page_of(bench: &Bench, fault: &Fault, lang: Lang) -> (u16, String) {
    let request = Request::builder()
        .uri("/account")
        .header("accept-language", lang.code())
        .body(Body::empty())
        .unwrap();
    let head = Head::of(&bench.state, &request, BTreeMap::new());
    let visit = Visit::of_nobody(Arc::clone(&bench.state), head);
    let response = fault.clone().into_answer(&visit).into_response(&visit);
    let status = response.status().as_u16();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let bytes = runtime.block_on(to_bytes(response.into_body(), usize::MAX)).unwrap();
    (status, String::from_utf8(bytes.to_vec()).unwrap())
}

#[test]
fn every_fault_has_a_page_that_says_what_to_do() {
    let bench = Bench::new();
    let mut browser = bench.browser();
    let mut statuses = BTreeSet::new();
    for fault in Fault::all()
        .into_iter()
        .filter(|fault| !matches!(fault, Fault::SignIn | Fault::SecondStep))
    {
        for lang in Lang::ALL {
            let (status, html) = page_of(&bench, &fault, lang);
            check(&format!("{fault:?}"), lang, &html, &mut browser);
            assert!(html.contains(lang.pick("Naar de startpagina", "To the start page")));
            assert!(!html.contains("the disk is full"));
            statuses.insert(status);
        }
    }
    let expected = [400, 403, 404, 405, 409, 413, 415, 421, 429, 500, 502, 503];
    assert_eq!(statuses.into_iter().collect::<Vec<_>>(), expected);
}

#[test]
fn the_language_is_chosen_by_a_link_and_kept() {
    let bench = Bench::new();
    let mut browser = bench.browser();
    let page = browser.get("/inloggen?terug=%2Faccount").body;
    let link = "/taal/en?terug=%2Finloggen%3Fterug%3D%252Faccount";
    assert!(page.contains(&format!("href=\"{link}\"")), "{page}");
    let back = browser.get(link);
    assert_eq!(back.location(), "/inloggen?terug=%2Faccount");
    assert!(browser.get(back.location()).body.contains("<html lang=\"en\""));
    assert_eq!(browser.get("/taal/de").status.as_u16(), 404);
    browser.get("/taal/nl");
    assert!(browser.get("/hulp").body.contains("<html lang=\"nl\""));
}

#[test]
fn what_people_typed_never_becomes_markup() {
    let bench = Bench::new();
    let nasty = "<script>alert(1)</script>";
    let code = bench.state.accounts.invite_first(bench.now()).unwrap().unwrap().code;
    let mut browser = bench.browser();
    browser.get("/uitnodiging");
    let password = super::bench::PASSWORD;
    let fields = [
        ("code", code.reveal()),
        ("naam", "\"><script>x</script>"),
        ("weergave", nasty),
        ("wachtwoord", password),
        ("herhaling", password),
    ];
    let reply = browser.post("/uitnodiging/account", &fields);
    assert_eq!(reply.status.as_u16(), 303, "{}", reply.body);
    assert_eq!(browser.sign_in("\"><script>x</script>", password).location(), "/");
    for path in ["/", "/account", "/account/wachtwoord", "/account/tweede-stap"] {
        let html = browser.get(path).body;
        assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "{path}");
        assert!(!html.contains("<script"), "{path}");
    }
    let query = "?terug=%22%3E%3Cscript%3E&reden=%3Cscript%3E&gelukt=%3Cscript%3E";
    assert!(!bench.browser().get(&format!("/inloggen{query}")).body.contains("<script"));
}
