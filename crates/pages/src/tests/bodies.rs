//! Bodies that are too large, and files.

use super::bench::Bench;
use axum::body::{Body, Bytes};
use axum::http::{Method, StatusCode};
use std::convert::Infallible;

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

/// A body that does not say how long it is.
fn unannounced(bytes: usize) -> Body {
    let chunks = (0..bytes / 1_024).map(|_| Bytes::from(vec![b'a'; 1_024]));
    let frames = chunks.map(Ok::<Bytes, Infallible>);
    Body::from_stream(futures_util::stream::iter(frames))
}

#[test]
fn a_body_that_is_too_large_is_refused_whether_announced_or_not() {
    let bench = Bench::new();
    let mut browser = bench.browser();
    let announced = Body::from("a".repeat(20_000));
    let headers = [FORM, ("content-length", "20000")];
    let reply = browser.ask(&Method::POST, "/inloggen", announced, &headers);
    assert_eq!(reply.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(reply.body.contains("Deze pagina neemt hoogstens 16 kB."), "{}", reply.body);
    let reply = browser.ask(&Method::POST, "/inloggen", unannounced(20_480), &[FORM]);
    assert_eq!(reply.status, StatusCode::PAYLOAD_TOO_LARGE);
    let many = Body::from("a&".repeat(3_000));
    let reply = browser.ask(&Method::POST, "/inloggen", many, &[FORM]);
    assert_eq!(reply.status, StatusCode::BAD_REQUEST);
}

#[test]
fn a_page_that_takes_nothing_does_not_read_what_is_sent() {
    let bench = Bench::new();
    let mut browser = bench.browser();
    let reply = browser.ask(&Method::GET, "/hulp", unannounced(1 << 20), &[]);
    assert_eq!(reply.status, StatusCode::OK);
}

#[test]
fn a_file_of_the_look_is_kept_for_good_and_comes_zipped_where_it_may() {
    let bench = Bench::new();
    let mut browser = bench.browser();
    let page = browser.get("/inloggen").body;
    for sheet in bench.state.dress.style_sheets() {
        assert!(page.contains(&format!("<link rel=\"stylesheet\" href=\"{sheet}\">")));
        let plain = browser.get(&sheet);
        assert_eq!(plain.header("content-type"), "text/css; charset=utf-8");
        assert_eq!(plain.header("cache-control"), "public, max-age=31536000, immutable");
        assert_eq!(plain.header("x-content-type-options"), "nosniff");
        assert!(plain.headers.get("set-cookie").is_none());
        browser.extra = vec![("accept-encoding", "br, gzip".to_owned())];
        assert_eq!(browser.get(&sheet).header("content-encoding"), "gzip");
        browser.extra.clear();
    }
    assert_eq!(
        browser.get("/opmaak/0000000000000000/theme.css").status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(browser.get("/opmaak/../Cargo.toml").status, StatusCode::NOT_FOUND);
    assert_eq!(browser.get("/opmaak/%ff/theme.css").status, StatusCode::NOT_FOUND);
}
