//! An application with a clock that is turned by hand, and a browser that keeps cookies.

use crate::GroupGrant;
use crate::{
    Address, Incident, Organisation, Pictured, Registrar, RegistrarError, Settings,
    State, app,
};
use access::{Action, Actor, Grant, Place, Role};
use accounts::{Accounts, Source, Terms};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use dress::Dress;
use jiff::Timestamp;
use openid::{ClientKey, Provider};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use tower::ServiceExt as _;

pub(super) const PASSWORD: &str = "fiets wolk kaas dinsdag";
pub(super) const HOST: &str = "dijkwacht.example";

/// What the registrar of the tests remembers.
#[derive(Debug, Default)]
pub(super) struct Notes {
    pub(super) grants: Mutex<BTreeMap<String, Vec<Grant>>>,
    pub(super) refused: Mutex<Vec<String>>,
    pub(super) first: Mutex<Vec<String>>,
    /// Whether it fails from now on.
    pub(super) is_broken: AtomicBool,
    /// Whether it panics from now on.
    pub(super) panics: AtomicBool,
}

struct Memory(Arc<Notes>);

impl Registrar for Memory {
    fn actor(&self, account: &str) -> Result<Actor, RegistrarError> {
        assert!(
            !self.0.panics.load(Ordering::SeqCst),
            "the registrar panics, as it was told"
        );
        if self.0.is_broken.load(Ordering::SeqCst) {
            return Err(RegistrarError("the disk <is> full".to_owned()));
        }
        let grants = self.0.grants.lock().unwrap().get(account).cloned();
        Ok(Actor::new(account, grants.unwrap_or_default()))
    }

    fn place(&self, organisation: &str) -> Result<Option<Place>, RegistrarError> {
        Ok(["dijkveen", "elders"]
            .contains(&organisation)
            .then(|| Place::of(organisation)))
    }

    fn organisations(&self, actor: &Actor) -> Result<Vec<Organisation>, RegistrarError> {
        let read = Action::new(access::Verb::Read, access::Resource::Organisation);
        Ok([("dijkveen", "Gemeente <Dijkveen>"), ("elders", "Gemeente Elders")]
            .into_iter()
            .filter(|(name, _)| actor.may(read, &Place::of(name)))
            .map(|(name, title)| Organisation {
                name: name.to_owned(),
                title: title.to_owned(),
            })
            .collect())
    }

    fn picture(&self, _: &Actor, _: &str) -> Result<Option<Pictured>, RegistrarError> {
        Ok(None)
    }

    fn refused(
        &self,
        actor: &Actor,
        action: Action,
        place: &str,
    ) -> Result<(), RegistrarError> {
        self.0.refused.lock().unwrap().push(format!("{} {action} {place}", actor.name));
        Ok(())
    }

    fn first_account(&self, account: &str) -> Result<(), RegistrarError> {
        self.0.first.lock().unwrap().push(account.to_owned());
        Ok(())
    }
}

/// An application and what can be seen of it from behind.
pub(super) struct Bench {
    pub(super) state: Arc<State>,
    pub(super) notes: Arc<Notes>,
    pub(super) told: Arc<Mutex<Vec<Incident>>>,
    seconds: Arc<AtomicI64>,
}

impl Bench {
    pub(super) fn new() -> Self {
        Self::at("https://dijkwacht.example", Terms::default())
    }

    pub(super) fn at(address: &str, terms: Terms) -> Self {
        let mut settings = Settings::new(Address::parse(address).unwrap());
        settings.owner = "Gemeente <Dijkveen>".to_owned();
        settings.help = Some("Bel 0123 & vraag".to_owned());
        settings.security_contact = Some("mailto:veilig@dijkveen.example".to_owned());
        settings.accessibility = Some("https://dijkveen.example/toegankelijk".to_owned());
        let notes = Arc::new(Notes::default());
        let told = Arc::new(Mutex::new(Vec::new()));
        let seconds = Arc::new(AtomicI64::new(1_790_000_000));
        let (clock, ear) = (Arc::clone(&seconds), Arc::clone(&told));
        let state = State::new(
            settings,
            Accounts::in_memory(terms).unwrap(),
            Memory(Arc::clone(&notes)),
            Dress::built_in(),
            move || Timestamp::from_second(clock.load(Ordering::SeqCst)).unwrap(),
            move |incident: &Incident| ear.lock().unwrap().push(incident.clone()),
        );
        let state = state.with_provider(
            silent_provider(),
            vec![GroupGrant {
                group: "dijkwacht-lezers".to_owned(),
                grant: Grant::organisation(Role::Reader, "dijkveen"),
            }],
        );
        Self { state: Arc::new(state), notes, told, seconds }
    }

    pub(super) fn now(&self) -> Timestamp {
        self.state.now()
    }

    pub(super) fn wait(&self, seconds: i64) {
        self.seconds.fetch_add(seconds, Ordering::SeqCst);
    }

    /// An account with [`PASSWORD`] and roles in `dijkveen`.
    pub(super) fn add(&self, name: &str, roles: &[Role]) {
        let grants =
            roles.iter().map(|role| Grant::organisation(*role, "dijkveen")).collect();
        self.add_with(name, grants);
    }

    pub(super) fn add_with(&self, name: &str, grants: Vec<Grant>) {
        let accounts = &self.state.accounts;
        let invitation = accounts.invite(name, name, "", self.now()).unwrap();
        let source = Source::of([203, 0, 113, 1].into());
        let code = invitation.code.reveal();
        accounts.accept(code, ("", ""), PASSWORD, source, self.now()).unwrap();
        self.notes.grants.lock().unwrap().insert(name.to_owned(), grants);
    }

    pub(super) fn browser(&self) -> Browser {
        Browser {
            router: app(&self.state),
            cookies: BTreeMap::new(),
            guard: String::new(),
            extra: Vec::new(),
        }
    }

    /// A browser in which somebody is in.
    pub(super) fn browser_of(&self, name: &str) -> Browser {
        let mut browser = self.browser();
        let reply = browser.sign_in(name, PASSWORD);
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.body);
        browser
    }
}

/// A provider that is never there.
fn silent_provider() -> Provider {
    let settings = openid::Settings {
        title: "Gemeente <Dijkveen>".to_owned(),
        issuer: "http://127.0.0.1:9".to_owned(),
        client: "dijkwacht".to_owned(),
        key: ClientKey::Secret("s".to_owned()),
        redirect: "https://dijkwacht.example/inloggen/terug".to_owned(),
        scopes: vec!["openid".to_owned()],
        level: None,
        name_claim: "email".to_owned(),
        groups_claim: Some("groups".to_owned()),
        authorities: None,
    };
    Provider::new(settings).unwrap()
}

/// An answer, read.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: String,
}

impl Reply {
    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Where it sends the browser.
    pub(super) fn location(&self) -> &str {
        self.header("location")
    }
}

/// A browser: keeps cookies, and remembers the token of the last form it saw.
pub(super) struct Browser {
    router: Router,
    pub(super) cookies: BTreeMap<String, String>,
    pub(super) guard: String,
    /// Headers that go along with everything.
    pub(super) extra: Vec<(&'static str, String)>,
}

impl Browser {
    pub(super) fn get(&mut self, path: &str) -> Reply {
        self.ask(&Method::GET, path, Body::empty(), &[])
    }

    /// Sends a form with the token of the last form that was seen.
    pub(super) fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let guard = self.guard.clone();
        self.post_with(path, &guard, fields)
    }

    pub(super) fn post_with(
        &mut self,
        path: &str,
        guard: &str,
        fields: &[(&str, &str)],
    ) -> Reply {
        let mut text = form_urlencoded::Serializer::new(String::new());
        text.append_pair("bewijs", guard).extend_pairs(fields);
        let kind = [("content-type", "application/x-www-form-urlencoded")];
        self.ask(&Method::POST, path, Body::from(text.finish()), &kind)
    }

    pub(super) fn sign_in(&mut self, name: &str, password: &str) -> Reply {
        self.get("/inloggen");
        self.post("/inloggen", &[("naam", name), ("wachtwoord", password)])
    }

    pub(super) fn ask(
        &mut self,
        method: &Method,
        path: &str,
        body: Body,
        headers: &[(&str, &str)],
    ) -> Reply {
        let mut request = Request::builder().method(method).uri(path);
        let mut has_host = false;
        let extra = self.extra.iter().map(|(name, value)| (*name, value.as_str()));
        for (name, value) in headers.iter().copied().chain(extra) {
            has_host |= name == "host";
            request = request.header(name, value);
        }
        if !has_host {
            request = request.header("host", HOST);
        }
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !cookies.is_empty() {
            request = request.header("cookie", cookies.join("; "));
        }
        let request = request.body(body).unwrap();
        let router = self.router.clone();
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let reply = runtime.block_on(async {
            let response = router.oneshot(request).await.unwrap();
            let (status, headers) = (response.status(), response.headers().clone());
            let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
            Reply { status, headers, body: String::from_utf8_lossy(&bytes).into_owned() }
        });
        self.keep(&reply);
        reply
    }

    fn keep(&mut self, reply: &Reply) {
        for cookie in reply.headers.get_all("set-cookie") {
            let text = cookie.to_str().unwrap();
            let (name, rest) = text.split_once('=').unwrap();
            if text.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                let value = rest.split(';').next().unwrap();
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        if let Some((_, rest)) = reply.body.split_once("name=\"bewijs\" value=\"") {
            self.guard = rest.split('"').next().unwrap().to_owned();
        }
    }
}
