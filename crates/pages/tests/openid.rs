//! Signing in at a provider that was certified (`oidc-provider`), started by
//! Node. Where Node or what it needs is absent this says so and passes.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test says what it expects, and what it skips"
)]

mod town;

use access::{Grant, Role};
use openid::{ClientKey, Provider, Settings};
use pages::GroupGrant;
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use ureq::Agent;

/// A provider in a process of its own.
struct Running {
    process: Child,
    told: Value,
}

impl Drop for Running {
    fn drop(&mut self) {
        // it ends by itself when its input does
        drop(self.process.stdin.take());
        self.process.wait().map(drop).unwrap_or_default();
    }
}

/// Starts the provider; `None` where it cannot be.
fn start(app: SocketAddr) -> Option<Running> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/browser");
    if Command::new("node").arg("--version").output().is_err() {
        println!("skipped: node is not installed");
        return None;
    }
    if !folder.join("node_modules/oidc-provider").is_dir() {
        println!("skipped: `npm ci` was not run in tests/browser");
        return None;
    }
    let mut process = Command::new("node")
        .arg(folder.join("provider.mjs"))
        .arg(format!("http://{app}/inloggen/terug"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("node answered a moment ago");
    let mut line = String::new();
    let output = process.stdout.take().expect("it has an output");
    let mut output = BufReader::new(output);
    output.read_line(&mut line).expect("it says where it is");
    // what else it says is read and let go, or it would stop on a pipe that nobody holds
    std::thread::spawn(move || std::io::copy(&mut output, &mut std::io::sink()));
    let told = serde_json::from_str(&line).expect("one line of JSON");
    Some(Running { process, told })
}

/// A browser with cookies for each host.
#[derive(Default)]
struct Browser {
    cookies: BTreeMap<String, BTreeMap<String, String>>,
    /// The addresses it was at.
    way: Vec<String>,
}

/// An answer.
struct Page {
    status: u16,
    location: Option<String>,
    body: String,
}

impl Browser {
    fn ask(&mut self, address: &str, form: Option<&str>) -> Page {
        let agent: Agent = Agent::config_builder()
            .max_redirects(0)
            .http_status_as_error(false)
            .build()
            .into();
        let host = address.split('/').nth(2).expect("a whole address").to_owned();
        self.way.push(address.to_owned());
        let cookies = self.cookies.entry(host).or_default();
        let sent: Vec<String> =
            cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let answer = match form {
            None => agent.get(address).header("cookie", sent.join("; ")).call(),
            Some(form) => agent
                .post(address)
                .header("cookie", sent.join("; "))
                .header("content-type", "application/x-www-form-urlencoded")
                .send(form),
        };
        let mut answer =
            answer.unwrap_or_else(|error| panic!("{address} does not answer: {error}"));
        for cookie in answer.headers().get_all("set-cookie") {
            let text = cookie.to_str().expect("text");
            let (name, rest) = text.split_once('=').expect("a name");
            let value = rest.split(';').next().unwrap_or_default();
            cookies.insert(name.to_owned(), value.to_owned());
        }
        let location = answer.headers().get("location");
        Page {
            status: answer.status().as_u16(),
            location: location.map(|to| to.to_str().expect("text").to_owned()),
            body: answer.body_mut().read_to_string().expect("text"),
        }
    }

    /// Follows redirects, and fills in every form of the provider, until a page of `app`.
    fn follow(&mut self, app: &str, address: &str, person: &str) -> Page {
        let (mut address, mut form) = (address.to_owned(), None);
        for _ in 0..20 {
            let page = self.ask(&address, form.take().as_deref());
            if let Some(to) = &page.location {
                address = whole(&address, to);
            } else if address.starts_with(app) {
                return page;
            } else {
                (address, form) = filled_in(&page.body, &address, person);
            }
        }
        panic!("the way never ends: {:?}", self.way);
    }
}

/// An address as seen from another.
fn whole(from: &str, to: &str) -> String {
    if to.starts_with("http") {
        return to.to_owned();
    }
    let origin: Vec<&str> = from.splitn(4, '/').take(3).collect();
    format!("{}{to}", origin.join("/"))
}

/// The form of the provider with a name in it: first to sign in, then to agree.
fn filled_in(html: &str, from: &str, person: &str) -> (String, Option<String>) {
    let action = html.split("action=\"").nth(1).and_then(|rest| rest.split('"').next());
    let action = action.unwrap_or_else(|| panic!("no form in {html}"));
    let prompt = if html.contains("value=\"login\"") { "login" } else { "consent" };
    let form = format!("prompt={prompt}&login={person}&password=x");
    (whole(from, action), Some(form))
}

fn settings(running: &Running, app: SocketAddr, client: &str) -> Settings {
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    let key = match running.told["keys"].get(client) {
        Some(pem) => ClientKey::from_pem(&text(pem), None).expect("a key"),
        None => ClientKey::Secret(text(&running.told["secret"])),
    };
    Settings {
        title: "Gemeente Dijkveen".to_owned(),
        issuer: text(&running.told["issuer"]),
        client: client.to_owned(),
        key,
        redirect: format!("http://{app}/inloggen/terug"),
        scopes: ["openid", "profile", "email", "groups"].map(str::to_owned).to_vec(),
        level: None,
        name_claim: "email".to_owned(),
        groups_claim: Some("groups".to_owned()),
        authorities: None,
    }
}

fn sign_in_with(client: &str) {
    let address = town::free_address();
    let Some(running) = start(address) else { return };
    let settings = settings(&running, address, client);
    settings.check().expect("good settings");
    let readers = GroupGrant {
        group: "dijkwacht-lezers".to_owned(),
        grant: Grant::organisation(Role::Reader, "dijkveen"),
    };
    let provider = Provider::new(settings).expect("a provider");
    town::serve(address, |state| state.with_provider(provider, vec![readers]));
    let app = format!("http://{address}");
    let mut browser = Browser::default();
    let start = format!("{app}/inloggen/organisatie?terug=%2Forganisaties%2Fdijkveen");
    let page = browser.follow(&app, &start, "bob");
    assert_eq!(page.status, 200, "{}", page.body);
    assert_eq!(browser.way.last(), Some(&format!("{app}/organisaties/dijkveen")));
    assert!(page.body.contains("Naam van bob"), "{}", page.body);
    assert!(page.body.contains("<span class=\"nl-data-badge\">lezer</span>"));
    // the address in which the code came is good once
    let back = browser.way.iter().find(|at| at.contains("/inloggen/terug?")).cloned();
    let again = browser.ask(&back.expect("it came back"), None);
    assert_eq!(again.location.as_deref(), Some("/inloggen?reden=afgebroken"));
    // an account with a password is not taken over
    let mut other = Browser::default();
    let page = other.follow(&app, &format!("{app}/inloggen/organisatie"), "ada");
    assert_eq!(page.status, 409, "{}", page.body);
    assert!(page.body.contains("ada@dijkveen.example"));
}

#[test]
fn with_a_statement_signed_on_an_elliptic_curve() {
    sign_in_with("dijkwacht-ES256");
}

#[test]
fn with_a_statement_signed_with_rsa() {
    sign_in_with("dijkwacht-PS256");
}

#[test]
fn with_a_secret() {
    sign_in_with("dijkwacht-secret");
}
