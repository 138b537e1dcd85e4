//! The one way of a request: read it, find out who asks, judge whether that person may, then
//! let the view speak. Nothing reaches a view by another way.

use crate::fault::Fault;
use crate::fields::Fields;
use crate::routes::{Needs, ROUTES, Route, Takes};
use crate::visit::{Head, Visit, Who};
use crate::{State, headers, origin};
use access::{Action, Place, Scope};
use app::AppError;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::rejection::RawPathParamsRejection;
use axum::extract::{RawPathParams, Request};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderMap, Response};
use axum::middleware::map_response;
use axum::routing::on;
use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

/// How long a request may take, with reading it.
const PATIENCE: Duration = Duration::from_secs(30);

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
    router
        .fallback(through(state, &NO_PAGE))
        .method_not_allowed_fallback(through(state, &NO_METHOD))
        .layer(map_response(move |mut response: Response<Body>| {
            headers::secure(&settings.settings, response.headers_mut());
            std::future::ready(response)
        }))
}

type Passing = Pin<Box<dyn Future<Output = Response<Body>> + Send>>;
type Params = Result<RawPathParams, RawPathParamsRejection>;

/// A handler that lets requests through to one route.
fn through(
    state: &Arc<State>,
    route: &'static Route,
) -> impl Fn(Params, Request) -> Passing + Clone + Send + Sync + 'static {
    let state = Arc::clone(state);
    move |params: Params, request: Request| {
        // a path that is no UTF-8 has no values, so its view finds nothing
        let params = params.map_or_else(
            |_| BTreeMap::new(),
            |params| {
                params
                    .iter()
                    .map(|(name, value)| (name.to_owned(), value.to_owned()))
                    .collect()
            },
        );
        Box::pin(pass(Arc::clone(&state), route, params, request))
    }
}

async fn pass(
    state: Arc<State>,
    route: &'static Route,
    params: BTreeMap<String, String>,
    request: Request,
) -> Response<Body> {
    let head = Head::of(&state, &request, params);
    let spare = (Arc::clone(&state), head.clone());
    let judged = async move {
        let sent = read(&state, route, request).await;
        tokio::task::spawn_blocking(move || judge(state, route, head, sent)).await
    };
    let fault = match tokio::time::timeout(PATIENCE, judged).await {
        Ok(Ok(response)) => return response,
        Ok(Err(error)) => Fault::Broken(format!("a page broke off: {error}")),
        Err(_) => Fault::Slow,
    };
    let visit = Visit::of_nobody(spare.0, spare.1);
    fault.into_answer(&visit).into_response(&visit)
}

/// What was sent, as far as it may be judged before it is known who sent it.
async fn read(state: &State, route: &Route, request: Request) -> Result<Fields, Fault> {
    let headers = request.headers();
    if route.checks_host && !origin::is_for_us(&state.settings, headers, request.uri()) {
        return Err(Fault::Host);
    }
    let Takes::Form { most_bytes } = route.takes else { return Ok(Fields::default()) };
    if !origin::is_from_us(&state.settings, headers) {
        return Err(Fault::Stray);
    }
    if !is_form(headers) {
        return Err(Fault::Kind);
    }
    let told = headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok());
    if told
        .and_then(|text| text.parse().ok())
        .is_some_and(|told: usize| told > most_bytes)
    {
        return Err(Fault::TooLarge(most_bytes));
    }
    // a body without a length is cut off at the bound; that it broke off is the other case
    let bytes = to_bytes(request.into_body(), most_bytes).await.map_err(|cut_off| {
        if cut_off.to_string().contains("length limit") {
            Fault::TooLarge(most_bytes)
        } else {
            Fault::Unreadable
        }
    })?;
    Fields::read(&bytes).ok_or(Fault::Unreadable)
}

fn is_form(headers: &HeaderMap) -> bool {
    headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).is_some_and(|text| {
        let media = text.split(';').next().unwrap_or_default().trim();
        media.eq_ignore_ascii_case("application/x-www-form-urlencoded")
    })
}

/// Judges and draws. Waiting is allowed here.
fn judge(
    state: Arc<State>,
    route: &Route,
    head: Head,
    sent: Result<Fields, Fault>,
) -> Response<Body> {
    let mut visit = match Visit::begin(state, head) {
        Ok(visit) => visit,
        Err((visit, fault)) => return fault.into_answer(&visit).into_response(&visit),
    };
    let answer = let_through(&mut visit, route, sent)
        .and_then(|()| (route.view)(&visit))
        .unwrap_or_else(|fault| fault.into_answer(&visit));
    answer.into_response(&visit)
}

fn let_through(
    visit: &mut Visit,
    route: &Route,
    sent: Result<Fields, Fault>,
) -> Result<(), Fault> {
    if matches!(sent, Err(Fault::Host)) {
        return Err(Fault::Host);
    }
    match (route.needs, &visit.who) {
        (Needs::Nothing, _)
        | (Needs::Code, Who::HalfIn)
        | (Needs::Account | Needs::May(_), Who::Person(_)) => {}
        _ => return Err(Fault::SignIn),
    }
    if let Needs::May(action) = route.needs {
        visit.place = Some(may(visit, action)?);
    }
    visit.fields = sent?;
    if matches!(route.takes, Takes::Form { .. }) && !visit.has_guard() {
        return Err(Fault::Stray);
    }
    Ok(())
}

/// The organisation in the path, if the person may do the action there.
///
/// An organisation in which somebody has no role at all is, for that person, not there: whether
/// a name exists is not told.
fn may(visit: &Visit, action: Action) -> Result<Place, Fault> {
    let person = visit.person()?;
    let name = visit.params.get("organisatie").ok_or(Fault::NotFound)?;
    let place = visit.registry()?.place(name, visit.now)?.ok_or(Fault::NotFound)?;
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
