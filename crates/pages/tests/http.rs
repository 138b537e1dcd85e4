//! Pages over real HTTP.
#![expect(clippy::expect_used, reason = "a test says what it expects")]

use pages::{Document, Server, Site};
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};

fn served() -> SocketAddr {
    let mut site = Site { styles: vec!["abc=".to_owned()], ..Site::default() };
    let media = "text/html; charset=utf-8".to_owned();
    let body = "<!doctype html><title>é</title>".as_bytes().to_vec();
    site.documents.insert("/".to_owned(), Document { media, body });
    let server = Server::bind(site, 0).expect("a free port");
    let address = server.address().expect("an address");
    std::thread::spawn(move || server.run());
    address
}

fn ask(address: SocketAddr, request: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("the server listens");
    stream.write_all(request.as_bytes()).expect("written");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("read");
    String::from_utf8_lossy(&answer).into_owned()
}

fn get(address: SocketAddr, path: &str) -> String {
    ask(address, &format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
}

#[test]
fn a_document_comes_with_its_type_and_a_strict_policy() {
    let answer = get(served(), "/");
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
    for header in [
        "content-type: text/html; charset=utf-8",
        "content-security-policy: default-src 'none'; style-src 'sha256-abc='; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        "x-content-type-options: nosniff",
        "x-frame-options: DENY",
        "referrer-policy: no-referrer",
        "cache-control: no-store",
    ] {
        assert!(answer.contains(header), "{header} is missing in\n{answer}");
    }
    assert!(answer.ends_with("<title>é</title>"));
}

#[test]
fn only_what_was_drawn_is_served() {
    let address = served();
    for path in ["/nothing", "/../Cargo.toml", "/%2e%2e/etc/passwd", "//"] {
        let answer = get(address, path);
        assert!(answer.starts_with("HTTP/1.1 404"), "{path}: {answer}");
        assert!(answer.contains("content-security-policy"), "{path}");
    }
}

#[test]
fn it_listens_on_the_loopback_address_only() {
    assert!(served().ip().is_loopback());
}

#[test]
fn a_port_in_use_is_an_error() {
    let taken = served().port();
    assert!(Server::bind(Site::default(), taken).is_err());
}
