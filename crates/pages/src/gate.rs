//! The one way of a request: read it, find out who asks, judge whether that person may, then
//! let the view speak. Nothing reaches a view by another way.

use crate::api::with_api;
use crate::fault::Fault;
use crate::receive::receive;
use crate::routes::{Needs, ROUTES, Route, Takes};
use crate::visit::{Head, Visit, Who};
use crate::{State, headers, origin};
use access::{Action, Place, Resource, Scope, Verb, allowed};
use app::AppError;
use axum::Router;
use axum::body::Body;
use axum::extract::rejection::RawPathParamsRejection;
use axum::extract::{RawPathParams, Request};
use axum::http::Response;
use axum::middleware::map_response;
use axum::routing::on;
use std::collections::BTreeMap;
use std::ops::ControlFlow::{self, Break, Continue};
use std::pin::Pin;
use std::sync::Arc;
use tokio::task::{JoinError, spawn_blocking};

const NO_PAGE: Route = Route::missing(|_| Err(Fault::NotFound));
const NO_METHOD: Route = Route::missing(|_| Err(Fault::Method));

/// The application as a router: every route of the table, and designed pages for everything
/// that is none.
pub fn app(state: &Arc<State>) -> Router {
    with_routes(state, ROUTES)
}

/// The same with another table, for tests of the gate itself.
pub(crate) fn with_routes(state: &Arc<State>, routes: &'static [Route]) -> Router {
    let mut router = Router::new();
    for route in routes {
        router =
            router.route(route.path, on(route.method.filter(), through(state, route)));
    }
    let settings = Arc::clone(state);
    with_api(router, state)
        .fallback(through(state, &NO_PAGE))
        .method_not_allowed_fallback(through(state, &NO_METHOD))
        .layer(map_response(move |mut response: Response<Body>| {
            headers::secure(&settings.settings, response.headers_mut());
            std::future::ready(response)
        }))
}

pub(crate) type Passing = Pin<Box<dyn Future<Output = Response<Body>> + Send>>;
pub(crate) type Params = Result<RawPathParams, RawPathParamsRejection>;

/// A handler that lets requests through to one route.
fn through(
    state: &Arc<State>,
    route: &'static Route,
) -> impl Fn(Params, Request) -> Passing + Clone + Send + Sync + 'static {
    let state = Arc::clone(state);
    move |params: Params, request: Request| {
        Box::pin(pass(Arc::clone(&state), route, values(&params), request))
    }
}

/// What stands in the places of a path. One that is no UTF-8 has no values, so its view finds
/// nothing.
pub(crate) fn values(params: &Params) -> BTreeMap<String, String> {
    let params = params.iter().flat_map(|params| params.iter());
    params.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

async fn pass(
    state: Arc<State>,
    route: &'static Route,
    params: BTreeMap<String, String>,
    request: Request,
) -> Response<Body> {
    let head = Head::of(&state, &request, params);
    let spare = (Arc::clone(&state), head.clone());
    let patience = route.patience;
    let fault =
        match tokio::time::timeout(patience, go(state, route, head, request)).await {
            Ok(Ok(response)) => return response,
            Ok(Err(error)) => Fault::Broken(format!("a page broke off: {error}")),
            Err(_) => Fault::Slow,
        };
    let visit = Visit::of_nobody(spare.0, spare.1);
    fault.into_answer(&visit).into_response(&visit)
}

/// The way itself: who asks is judged before anything that was sent is read.
async fn go(
    state: Arc<State>,
    route: &'static Route,
    head: Head,
    request: Request,
) -> Result<Response<Body>, JoinError> {
    let settings = &state.settings;
    let is_for_us = !route.checks_host
        || origin::is_for_us(settings, request.headers(), request.uri());
    let is_from_us = origin::is_from_us(settings, request.headers());
    let admitted = spawn_blocking(move || {
        let admitted = admit(state, route, head, is_for_us);
        match (route.takes, admitted) {
            // nothing more to wait for: the view speaks in the same thread
            (Takes::Nothing, Continue(visit)) => Break(answer(route, &visit)),
            (_, admitted) => admitted,
        }
    });
    let mut visit = match admitted.await? {
        Continue(visit) => visit,
        Break(response) => return Ok(response),
    };
    let sent = if is_from_us {
        receive(route.takes, request, &mut visit).await
    } else {
        Err(Fault::Stray)
    };
    spawn_blocking(move || match sent.and_then(|()| guarded(&visit)) {
        Ok(()) => answer(route, &visit),
        Err(fault) => fault.into_answer(&visit).into_response(&visit),
    })
    .await
}

/// Finds out who asks and judges whether that person may; gives the page of the fault where not.
/// Waiting is allowed here.
fn admit(
    state: Arc<State>,
    route: &Route,
    head: Head,
    is_for_us: bool,
) -> ControlFlow<Response<Body>, Visit> {
    let told =
        |visit: &Visit, fault: Fault| fault.into_answer(visit).into_response(visit);
    let mut visit = match Visit::begin(state, head) {
        Ok(visit) => visit,
        Err((visit, fault)) => return Break(told(&visit, fault)),
    };
    let judged = if is_for_us { judge(&mut visit, route) } else { Err(Fault::Host) };
    match judged {
        Ok(()) => Continue(visit),
        Err(fault) => Break(told(&visit, fault)),
    }
}

/// Lets the view speak. Waiting is allowed here.
fn answer(route: &Route, visit: &Visit) -> Response<Body> {
    (route.view)(visit)
        .unwrap_or_else(|fault| fault.into_answer(visit))
        .into_response(visit)
}

fn judge(visit: &mut Visit, route: &Route) -> Result<(), Fault> {
    match (route.needs, &visit.who) {
        (Needs::Nothing, _)
        | (Needs::Code, Who::HalfIn)
        | (Needs::Account | Needs::May(_), Who::Person(_)) => {}
        _ => return Err(Fault::SignIn),
    }
    if let Needs::May(action) = route.needs {
        visit.place = Some(may(visit, action)?);
        if lacks_second_step(visit)? {
            return Err(Fault::SecondStep);
        }
    }
    Ok(())
}

/// What nobody does who came in with a password alone, where the installation asks for more.
const GUARDED: [Action; 4] = [
    Action::new(Verb::Read, Resource::Evidence),
    Action::new(Verb::Read, Resource::Log),
    Action::new(Verb::Change, Resource::Grant),
    Action::new(Verb::Unlock, Resource::Pseudonym),
];

/// Whether somebody has to set up a second step first: a role of theirs, in whatever organisation,
/// gives one of these.
pub(crate) fn lacks_second_step(visit: &Visit) -> Result<bool, Fault> {
    let person = visit.person()?;
    if !visit.state.settings.second_step || person.is_strong {
        return Ok(false);
    }
    Ok(person.actor.grants.iter().any(|grant| match &grant.scope {
        Scope::Organisation(name) => {
            let (one, place) = (std::slice::from_ref(grant), Place::of(name));
            GUARDED.iter().any(|action| allowed(one, *action, &place))
        }
        Scope::Region(_) => false,
    }))
}

/// Whether what was sent carries the token of this browser.
fn guarded(visit: &Visit) -> Result<(), Fault> {
    if visit.has_guard() { Ok(()) } else { Err(Fault::Stray) }
}

/// The organisation in the path, if the person may do the action there.
///
/// An organisation in which somebody has no role at all is, for that person, not there: whether
/// a name exists is not told.
pub(crate) fn may(visit: &Visit, action: Action) -> Result<Place, Fault> {
    let person = visit.person()?;
    let name = visit.params.get("organisatie").ok_or(Fault::NotFound)?;
    let place = visit.looking()?.place(name, visit.now)?.ok_or(Fault::NotFound)?;
    let is_known = person.actor.grants.iter().any(|grant| match &grant.scope {
        Scope::Organisation(own) => *own == place.organisation,
        Scope::Region(region) => place.regions.contains(region),
    });
    if !is_known {
        return Err(Fault::NotFound);
    }
    if !person.actor.may(action, &place) {
        // asked once more where the log of the organisation hears of it
        let mut registry = visit.registry()?;
        return match visit.desk(&mut registry)?.ask(action, &place.organisation) {
            Ok(()) | Err(AppError::Refused(_)) => Err(Fault::Forbidden),
            Err(error) => Err(error.into()),
        };
    }
    Ok(place)
}
