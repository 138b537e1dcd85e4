//! Serves finished documents. It computes nothing: what it shows was drawn before, and nothing
//! that comes in over the network changes anything.
//!
//! Every answer carries a strict policy: no script, no source from elsewhere, no framing,
//! no cache.

use axum::Router;
use axum::extract::State;
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use std::collections::BTreeMap;
use std::sync::Arc;

/// One finished document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Its media type, such as `text/html; charset=utf-8`.
    pub media: String,
    /// Its bytes.
    pub body: Vec<u8>,
}

/// The documents of a site by path (`/`, `/en`), and what its style sheets are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Site {
    /// Documents by path.
    pub documents: BTreeMap<String, Document>,
    /// SHA-256 hashes (base64) of the style sheets inside the documents; nothing else may
    /// style them.
    pub styles: Vec<String>,
}

impl Site {
    fn policy(&self) -> String {
        let styles: Vec<String> =
            self.styles.iter().map(|hash| format!("'sha256-{hash}'")).collect();
        let styles =
            if styles.is_empty() { "'none'".to_owned() } else { styles.join(" ") };
        format!(
            "default-src 'none'; style-src {styles}; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        )
    }
}

/// The routes of a site.
pub fn router(site: Site) -> Router {
    Router::new().fallback(answer).with_state(Arc::new(site))
}

async fn answer(State(site): State<Arc<Site>>, uri: Uri) -> Response {
    let mut response = match site.documents.get(uri.path()) {
        Some(document) => {
            let media = HeaderValue::from_str(&document.media)
                .unwrap_or(HeaderValue::from_static("application/octet-stream"));
            ([(header::CONTENT_TYPE, media)], document.body.clone()).into_response()
        }
        None => (
            StatusCode::NOT_FOUND,
            "Deze pagina bestaat niet. / This page does not exist.\n",
        )
            .into_response(),
    };
    let headers = response.headers_mut();
    let fixed: [(HeaderName, &str); 5] = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if let Ok(policy) = HeaderValue::from_str(&site.policy()) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}
