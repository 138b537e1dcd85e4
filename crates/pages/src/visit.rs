//! One request with everything that is known of it: what a view gets.

use crate::cookies::{Cookie, Cookies};
use crate::fault::Fault;
use crate::fields::Fields;
use crate::receive::Uploaded;
use crate::serve::Peer;
use crate::trace::Trace;
use crate::{State, guard, language, origin};
use access::{Action, Actor, Place, Scope};
use accounts::{Bearer, Source, Stage, User};
use app::people::{Desk, Registry};
use app::{AppError, Lease};
use axum::extract::Request;
use axum::http::Method;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use catalogue::Catalogue;
use jiff::Timestamp;
use model::{Date, Lang, Process};
use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::Arc;

/// The head of a request, read.
#[derive(Clone, Debug)]
pub(crate) struct Head {
    /// The language of the answer.
    pub(crate) lang: Lang,
    /// The moment of the request, for everything that happens in it.
    pub(crate) now: Timestamp,
    /// The machine it came from.
    pub(crate) source: Source,
    /// The trace it belongs to.
    pub(crate) trace: Trace,
    /// How it asks.
    pub(crate) method: Method,
    /// For what, without the query.
    pub(crate) path: String,
    /// The query as it was sent; empty where there is none.
    pub(crate) query_text: String,
    /// The query, read.
    pub(crate) query: Fields,
    /// Our cookies in it.
    pub(crate) cookies: Cookies,
    /// Whether it takes gzip.
    pub(crate) takes_gzip: bool,
    /// What stands in the places of a path, such as `{organisatie}`.
    pub(crate) params: BTreeMap<String, String>,
}

impl Head {
    pub(crate) fn of(
        state: &State,
        request: &Request,
        params: BTreeMap<String, String>,
    ) -> Self {
        let headers = request.headers();
        let cookies = Cookies::of(headers, state.settings.address.is_https());
        let query_text = request.uri().query().unwrap_or_default().to_owned();
        let peer = request.extensions().get::<Peer>();
        let takes_gzip = headers
            .get("accept-encoding")
            .and_then(|value| value.to_str().ok())
            .is_some_and(|text| text.split(',').any(|part| part.trim() == "gzip"));
        Self {
            lang: language::chosen(cookies.get(Cookie::Language), headers),
            now: state.now(),
            source: origin::source(&state.settings, headers, peer),
            trace: Trace::of(headers),
            method: request.method().clone(),
            path: request.uri().path().to_owned(),
            query: Fields::read(query_text.as_bytes()).unwrap_or_default(),
            query_text,
            cookies,
            takes_gzip,
            params,
        }
    }
}

/// Who asks.
#[derive(Clone, Debug)]
pub(crate) enum Who {
    /// Somebody who is not in.
    Visitor,
    /// Somebody whose password was right and whose code is still to come.
    HalfIn,
    /// Somebody who is in.
    Person(Person),
}

/// Somebody who is in, with what was granted.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub(crate) user: User,
    pub(crate) actor: Actor,
    /// The token of the session; empty where a program comes with a token of the API.
    pub(crate) session: String,
    /// Whether more than a password let them in: a second step, a provider, or a token that was made
    /// after one of these.
    pub(crate) is_strong: bool,
}

/// One request with everything that is known of it.
#[derive(Debug)]
pub(crate) struct Visit {
    pub(crate) state: Arc<State>,
    pub(crate) head: Head,
    pub(crate) who: Who,
    /// The organisation in the path, where the route has one and it may be seen.
    pub(crate) place: Option<Place>,
    /// What the form says.
    pub(crate) fields: Fields,
    /// The file that came with it.
    pub(crate) uploaded: Option<Uploaded>,
    /// A visitor cookie to be given, where the browser has none.
    pub(crate) new_visitor: Option<String>,
    /// The token of the forms on this page.
    pub(crate) guard: String,
}

impl Deref for Visit {
    type Target = Head;

    fn deref(&self) -> &Head {
        &self.head
    }
}

impl Visit {
    /// A visit of nobody in particular: what is left when accounts do not answer.
    pub(crate) fn of_nobody(state: Arc<State>, head: Head) -> Self {
        Self {
            state,
            head,
            who: Who::Visitor,
            place: None,
            fields: Fields::default(),
            uploaded: None,
            new_visitor: None,
            guard: String::new(),
        }
    }

    /// Finds out who asks.
    pub(crate) fn begin(
        state: Arc<State>,
        head: Head,
    ) -> Result<Self, (Box<Self>, Fault)> {
        let mut visit = Self::of_nobody(state, head);
        match visit.recognise() {
            Ok(()) => Ok(visit),
            Err(fault) => Err((Box::new(visit), fault)),
        }
    }

    fn recognise(&mut self) -> Result<(), Fault> {
        let session = self.head.cookies.get(Cookie::Session).map(str::to_owned);
        let found = match &session {
            Some(token) => self.state.accounts.session(token, self.head.now)?,
            None => None,
        };
        let (Some(session), Some(found)) = (session, found) else {
            let visitor = self.head.cookies.get(Cookie::Visitor).map(str::to_owned);
            let visitor = match visitor {
                Some(visitor) => visitor,
                None => self.new_visitor.insert(by_chance()?).clone(),
            };
            self.guard = guard::token(&visitor);
            return Ok(());
        };
        self.guard = guard::token(&session);
        self.who = match found.stage {
            Stage::SecondStep => Who::HalfIn,
            Stage::Whole => {
                let mut actor = self.looking()?.actor(&found.user.name)?;
                actor.grants.extend(self.state.grants_of(&found.groups));
                actor.from.address = self.head.source.to_string();
                self.head.trace.as_str().clone_into(&mut actor.from.trace);
                let is_strong = found.user.has_second_step || found.is_provided;
                Who::Person(Person { user: found.user, actor, session, is_strong })
            }
        };
        Ok(())
    }

    /// Somebody comes with a token of the API: the owner of the token, with what was granted in
    /// the records, and only where the token holds. What a group of a provider gives holds for a
    /// session, so not here.
    pub(crate) fn become_bearer(&mut self, bearer: &Bearer) -> Result<(), Fault> {
        let mut actor = self.looking()?.actor(&bearer.user.name)?;
        if let Some(only) = &bearer.organisation {
            actor.grants.retain(
                |grant| matches!(&grant.scope, Scope::Organisation(name) if name == only),
            );
        }
        actor.from.address = self.head.source.to_string();
        self.head.trace.as_str().clone_into(&mut actor.from.trace);
        let session = String::new();
        let (user, is_strong) = (bearer.user.clone(), true);
        self.who = Who::Person(Person { user, actor, session, is_strong });
        Ok(())
    }

    /// Whether a form carries the token of this browser.
    pub(crate) fn has_guard(&self) -> bool {
        self.browser_cookie()
            .is_some_and(|cookie| guard::is_token(self.fields.get(guard::FIELD), cookie))
    }

    /// The cookie that only this browser has: of its session, or of its visit.
    pub(crate) fn browser_cookie(&self) -> Option<&str> {
        self.cookies.get(match self.who {
            Who::Visitor => Cookie::Visitor,
            Who::HalfIn | Who::Person(_) => Cookie::Session,
        })
    }

    /// Who is in; a fault where nobody is, which the gate has ruled out for most routes.
    pub(crate) fn person(&self) -> Result<&Person, Fault> {
        match &self.who {
            Who::Person(person) => Ok(person),
            Who::Visitor | Who::HalfIn => Err(Fault::SignIn),
        }
    }

    /// The texts.
    pub(crate) fn catalogue(&self) -> &Catalogue {
        self.state.installation.catalogue()
    }

    /// A connection to the records: for a form one that may change something, else one for
    /// looking. Take one at a time and let it go before the page is drawn.
    pub(crate) fn registry(&self) -> Result<Lease<'_>, AppError> {
        let installation = &self.state.installation;
        if self.method == Method::POST {
            installation.write(self.now)
        } else {
            installation.look(self.now)
        }
    }

    /// A connection for looking, in a form as well: a form that only has to know something first
    /// does not wait for its turn to write.
    pub(crate) fn looking(&self) -> Result<Lease<'_>, AppError> {
        self.state.installation.look(self.now)
    }

    /// The desk of whoever is in, with what was granted in the records and by a provider.
    pub(crate) fn desk<'a>(
        &'a self,
        registry: &'a mut Registry,
    ) -> Result<Desk<'a>, Fault> {
        Ok(registry.desk_of(self.catalogue(), &self.person()?.actor, self.now))
    }

    /// The title of a process; empty where the catalogue does not know it.
    pub(crate) fn process_title(&self, process: Process) -> &str {
        let item = self.catalogue().processes.get(&process);
        item.map_or("", |item| item.texts.title(self.lang))
    }

    /// The day at the office.
    pub(crate) fn today(&self) -> Date {
        model::time::local(self.now.as_microsecond()).date()
    }

    /// The name of the organisation in the path.
    pub(crate) fn organisation(&self) -> Result<&str, Fault> {
        Ok(&self.place()?.organisation)
    }

    /// Whether whoever is in may do something in the organisation in the path.
    pub(crate) fn may(&self, action: Action) -> bool {
        match (&self.who, &self.place) {
            (Who::Person(person), Some(place)) => person.actor.may(action, place),
            _ => false,
        }
    }

    /// The organisation in the path.
    pub(crate) fn place(&self) -> Result<&Place, Fault> {
        self.place.as_ref().ok_or(Fault::NotFound)
    }

    /// The browser, for coming in.
    pub(crate) fn browser(&self) -> accounts::From<'_> {
        accounts::From {
            source: self.source,
            device: self.cookies.get(Cookie::Device),
            session: self.cookies.get(Cookie::Session),
        }
    }

    pub(crate) fn is_https(&self) -> bool {
        self.state.settings.address.is_https()
    }

    /// Path and query of this page, to come back to it.
    pub(crate) fn address(&self) -> String {
        if self.query_text.is_empty() {
            self.path.clone()
        } else {
            format!("{}?{}", self.path, self.query_text)
        }
    }

    /// What something went wrong in, for whoever keeps the installation.
    pub(crate) fn request_line(&self) -> String {
        format!("{} {}", self.method, self.path)
    }
}

/// A value for a cookie that nobody can guess.
fn by_chance() -> Result<String, Fault> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)
        .map_err(|error| Fault::Broken(format!("no bytes by chance: {error}")))?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// The page to go back to, from what an address or a form says: one of ours, or none.
///
/// Only a path counts. What a browser would read as another host does not.
pub(crate) fn way_back(text: &str) -> Option<&str> {
    let is_plain = text.chars().all(|c| c.is_ascii_graphic() && c != '\\');
    let is_path = text.starts_with('/') && !text.starts_with("//");
    let is_way_in = ["/inloggen", "/uitloggen", "/uitnodiging", "/taal/"]
        .iter()
        .any(|path| text.starts_with(path));
    (is_plain && is_path && !is_way_in && text.len() <= 1_000).then_some(text)
}

/// A query with one value, escaped.
pub(crate) fn query(name: &str, value: &str) -> String {
    form_urlencoded::Serializer::new(String::new()).append_pair(name, value).finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_leads_to_one_of_our_pages_only() {
        for good in ["/", "/account", "/organisaties/dijkveen?x=1&y=%2F%2Fevil.example#z"]
        {
            assert_eq!(way_back(good), Some(good));
        }
        for bad in [
            "",
            "account",
            "//evil.example",
            "///evil.example",
            "/\\evil.example",
            "\\/evil.example",
            "https://evil.example",
            "javascript:alert(1)",
            "/\t/evil.example",
            "/\r\nSet-Cookie: x=1",
            " /account",
            "/é",
            "/inloggen",
            "/uitloggen",
            "/taal/en?terug=/",
        ] {
            assert_eq!(way_back(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_value_in_a_query_is_escaped() {
        assert_eq!(query("terug", "/a?b=1&c"), "terug=%2Fa%3Fb%3D1%26c");
    }
}
