//! Pages over real HTTP.
#![expect(clippy::expect_used, reason = "a test says what it expects")]

mod town;

use pages::Server;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};

fn ask(address: SocketAddr, request: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("the server listens");
    stream.write_all(request.as_bytes()).expect("written");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("read");
    String::from_utf8_lossy(&answer).into_owned()
}

fn get(address: SocketAddr, path: &str) -> String {
    let head =
        format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    ask(address, &head)
}

#[test]
fn no_path_leads_out_of_the_pages() {
    let address = application();
    for path in ["/nothing", "/../Cargo.toml", "/%2e%2e/etc/passwd", "/opmaak/../x"] {
        let answer = get(address, path);
        assert!(answer.starts_with("HTTP/1.1 404"), "{path}: {answer}");
        assert!(answer.contains("content-security-policy"), "{path}");
    }
}

#[test]
fn a_port_in_use_is_an_error() {
    let taken = application();
    assert!(Server::bind(axum::Router::new(), taken).is_err());
}

/// Serves the application; gives its address.
fn application() -> SocketAddr {
    town::serve(town::free_address(), |state| state)
}

/// The value of a cookie that an answer gives.
fn cookie<'a>(answer: &'a str, name: &str) -> Option<&'a str> {
    let begin = format!("set-cookie: {name}=");
    answer.split(begin.as_str()).nth(1)?.split(';').next()
}

fn post(address: SocketAddr, path: &str, cookies: &str, body: &str) -> String {
    let length = body.len();
    ask(
        address,
        &format!(
            "POST {path} HTTP/1.1\r\nHost: {address}\r\nCookie: {cookies}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\n\
             Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
        ),
    )
}

fn get_as(address: SocketAddr, path: &str, cookies: &str) -> String {
    let head = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nCookie: {cookies}");
    ask(address, &format!("{head}\r\nConnection: close\r\n\r\n"))
}

/// Comes in over real connections; gives the cookie of the session.
fn sign_in(address: SocketAddr) -> String {
    let page = get_as(address, "/inloggen", "");
    let visitor = cookie(&page, "dijkwacht-bezoek").expect("a visitor cookie");
    let guard = page.split("name=\"bewijs\" value=\"").nth(1).expect("a form");
    let guard = guard.split('"').next().expect("a token");
    let name = town::NAME.replace('@', "%40");
    let password = town::PASSWORD.replace(' ', "+");
    let body = format!("bewijs={guard}&naam={name}&wachtwoord={password}");
    let answer =
        post(address, "/inloggen", &format!("dijkwacht-bezoek={visitor}"), &body);
    assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
    format!("dijkwacht={}", cookie(&answer, "dijkwacht").expect("a session"))
}

#[test]
fn somebody_comes_in_and_sees_their_organisations() {
    let address = application();
    let session = sign_in(address);
    let start = get_as(address, "/", &session);
    assert!(start.starts_with("HTTP/1.1 200"), "{start}");
    assert!(start.contains(
        "<a class=\"nl-link\" href=\"/organisaties/dijkveen\">Gemeente Dijkveen</a>"
    ));
    assert!(get_as(address, "/", "").starts_with("HTTP/1.1 303"));
}

#[test]
fn a_body_that_is_too_large_is_refused_before_it_is_read() {
    let address = application();
    let head = format!(
        "POST /inloggen HTTP/1.1\r\nHost: {address}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 99999999\r\n\r\n"
    );
    let answer = ask(address, &head);
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
    assert!(answer.contains("content-security-policy: default-src 'none'"), "{answer}");
}

#[test]
fn many_at_once_are_all_answered() {
    let address = application();
    let session = sign_in(address);
    let asking: Vec<_> = (0..200)
        .map(|_| {
            let session = session.clone();
            std::thread::spawn(move || get_as(address, "/account", &session))
        })
        .collect();
    for answer in asking {
        let answer = answer.join().expect("no panic");
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    }
}

#[test]
fn what_is_no_request_ends_the_connection() {
    let address = application();
    for nonsense in [
        "\x16\x03\x01\x02\x00\x01\r\n\r\n",
        "GET\r\n\r\n",
        "GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
    ] {
        let answer = ask(address, nonsense);
        let is_refused = answer.is_empty()
            || answer.starts_with("HTTP/1.1 400")
            || answer.starts_with("HTTP/1.1 421");
        assert!(is_refused, "{answer}");
    }
}
