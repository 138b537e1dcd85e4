//! The one way of a request to the API: whose token it carries, whether token and person may,
//! whether what was sent is what the document says.

use super::problem::Problem;
use super::reply::Reply;
use super::{BASE, OPERATIONS, Operation, VERSION, openapi};
use crate::fault::Fault;
use crate::gate::{Params, Passing, may, values};
use crate::routes::Needs;
use crate::visit::{Head, Visit};
use crate::{State, origin};
use accounts::Bearer;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, AUTHORIZATION, CONTENT_TYPE, LOCATION, WWW_AUTHENTICATE,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Response};
use axum::routing::{MethodRouter, any};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::spawn_blocking;

/// The most bytes that may be sent.
const MOST: usize = 64 * 1_024;

/// How long a request may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// What a request is for: an operation, or what there is to say where it is none.
type Aim = Result<&'static Operation, Fault>;

/// The same router with the operations, and with a problem in JSON for what is none.
pub(crate) fn with_api(mut router: Router, state: &Arc<State>) -> Router {
    let mut by_path: BTreeMap<&str, MethodRouter> = BTreeMap::new();
    for operation in OPERATIONS {
        let ways = by_path.remove(operation.path).unwrap_or_default();
        let ways = ways.on(operation.method.filter(), through(state, Ok(operation)));
        by_path.insert(operation.path, ways);
    }
    for (path, ways) in by_path {
        let ways = ways.fallback(through(state, Err(Fault::Method)));
        router = router.route(&format!("{BASE}{path}"), ways);
    }
    let missing = any(through(state, Err(Fault::NotFound)));
    router.route(&format!("{BASE}/{{*pad}}"), missing)
}

fn through(
    state: &Arc<State>,
    aim: Aim,
) -> impl Fn(Params, Request) -> Passing + Clone + Send + Sync + 'static {
    let state = Arc::clone(state);
    move |params: Params, request: Request| {
        let params = values(&params);
        Box::pin(pass(Arc::clone(&state), aim.clone(), params, request))
    }
}

async fn pass(
    state: Arc<State>,
    aim: Aim,
    params: BTreeMap<String, String>,
    request: Request,
) -> Response<Body> {
    let head = Head::of(&state, &request, params);
    let spare = Visit::of_nobody(Arc::clone(&state), head.clone());
    let went =
        tokio::time::timeout(PATIENCE, go(state, aim.clone(), head, request)).await;
    let gone = went.unwrap_or(Err((Box::new(spare), Problem::Fault(Fault::Slow))));
    match gone {
        Ok(reply) => draw(reply, aim.ok()),
        Err((visit, problem)) => refuse(&visit, problem),
    }
}

type Gone = Result<Reply, (Box<Visit>, Problem)>;

/// Who asks is judged before anything that was sent is read.
async fn go(state: Arc<State>, aim: Aim, head: Head, request: Request) -> Gone {
    let nobody = Visit::of_nobody(Arc::clone(&state), head.clone());
    let broken = |visit: Visit, reason: String| {
        (Box::new(visit), Problem::Fault(Fault::Broken(reason)))
    };
    if !origin::is_for_us(&state.settings, request.headers(), request.uri()) {
        return Err((Box::new(nobody), Problem::Fault(Fault::Host)));
    }
    let operation = match aim {
        Ok(operation) => operation,
        Err(fault) => return Err((Box::new(nobody), Problem::Fault(fault))),
    };
    let token = bearer(request.headers());
    let judged = spawn_blocking(move || {
        let mut visit = Visit::of_nobody(state, head);
        match judge(&mut visit, operation, token.as_deref()) {
            Ok(()) => Ok(visit),
            Err(problem) => Err((Box::new(visit), problem)),
        }
    });
    let visit = match judged.await {
        Ok(judged) => judged?,
        Err(error) => return Err(broken(nobody, error.to_string())),
    };
    let sent = match sent(operation, request).await {
        Ok(sent) => sent,
        Err(problem) => return Err((Box::new(visit), problem)),
    };
    let answered = spawn_blocking(move || {
        (operation.view)(&visit, sent).map_err(|problem| (Box::new(visit), problem))
    });
    match answered.await {
        Ok(answered) => answered,
        Err(error) => Err(broken(nobody, error.to_string())),
    }
}

fn bearer(headers: &HeaderMap) -> Option<String> {
    let text = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (kind, token) = text.split_once(' ')?;
    kind.eq_ignore_ascii_case("bearer").then(|| token.trim().to_owned())
}

/// Both the token and its owner must be good for the operation.
fn judge(
    visit: &mut Visit,
    operation: &Operation,
    token: Option<&str>,
) -> Result<(), Problem> {
    if operation.needs == Needs::Nothing {
        return Ok(());
    }
    let token = token.ok_or(Problem::NoToken)?;
    let found: Option<Bearer> = visit.state.accounts.bearer(token, visit.now)?;
    let bearer = found.ok_or(Problem::NoToken)?;
    visit.become_bearer(&bearer)?;
    match operation.needs {
        Needs::May(action) => {
            let name = visit.params.get("organisatie").ok_or(Fault::NotFound)?;
            if !bearer.covers(action, name) {
                // whether it exists is told to nobody who may not know
                may(visit, action)?;
                return Err(Problem::OutOfScope);
            }
            visit.place = Some(may(visit, action)?);
            Ok(())
        }
        Needs::Account => {
            let is_reader = bearer.scopes.contains(&accounts::Scope::Read);
            if is_reader { Ok(()) } else { Err(Problem::OutOfScope) }
        }
        Needs::Nothing | Needs::Code => Ok(()),
    }
}

/// What was sent, held against its shape: all that is wrong at once.
async fn sent(operation: &'static Operation, request: Request) -> Result<Value, Problem> {
    let Some(shape) = operation.takes else { return Ok(Value::Null) };
    let kind = request.headers().get(CONTENT_TYPE).and_then(|it| it.to_str().ok());
    let is_json = kind.is_some_and(|kind| {
        kind.split(';').next().is_some_and(|kind| kind.trim() == "application/json")
    });
    if !is_json {
        return Err(Problem::Fault(Fault::Kind));
    }
    let Ok(bytes) = to_bytes(request.into_body(), MOST).await else {
        return Err(Problem::Fault(Fault::TooLarge(MOST)));
    };
    let value: Value = serde_json::from_slice(&bytes)
        .map_err(|error| Problem::Wrong(vec![(String::new(), error.to_string())]))?;
    let wrong = openapi::wrong(shape, &value).map_err(Fault::Broken)?;
    if wrong.is_empty() { Ok(value) } else { Err(Problem::Wrong(wrong)) }
}

fn draw(reply: Reply, operation: Option<&Operation>) -> Response<Body> {
    let mut response = Response::new(Body::from(reply.body));
    *response.status_mut() = reply.status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    if let Some(at) = reply.location.and_then(|at| HeaderValue::from_str(&at).ok()) {
        headers.insert(LOCATION, at);
    }
    if operation.is_some_and(|one| one.needs == Needs::Nothing) {
        // what anybody may read may be read from the page of anybody
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    }
    say_version(headers);
    response
}

fn refuse(visit: &Visit, problem: Problem) -> Response<Body> {
    let status = problem.status();
    let body = serde_json::to_vec(&problem.into_body(visit)).unwrap_or_default();
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    if status == axum::http::StatusCode::UNAUTHORIZED {
        headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    say_version(headers);
    response
}

fn say_version(headers: &mut HeaderMap) {
    let name = HeaderName::from_static("api-version");
    headers.insert(name, HeaderValue::from_static(VERSION));
}
