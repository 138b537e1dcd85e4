//! The headers that every answer carries, errors and files too.

use crate::Settings;
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};

/// Only our own files, no script or style inside a page, no frame around or in it.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; \
    object-src 'none'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; \
    frame-ancestors 'none'";

/// What the browser need not be able to do for us.
const PERMISSIONS: &str = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), \
    browsing-topics=()";

const YEAR_SECONDS: u32 = 365 * 24 * 3600;

/// Adds what is missing. What an answer says of its own cache stands.
pub(crate) fn secure(settings: &Settings, headers: &mut HeaderMap) {
    let fixed: [(HeaderName, &str); 9] = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        // with `no-referrer` a browser would not say which page sent a form
        (header::REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("permissions-policy"), PERMISSIONS),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("x-robots-tag"), "noindex, nofollow"),
        (HeaderName::from_static("x-permitted-cross-domain-policies"), "none"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    if settings.address.is_https() {
        let value = format!("max-age={YEAR_SECONDS}; includeSubDomains");
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(header::STRICT_TRANSPORT_SECURITY, value);
        }
    }
}
