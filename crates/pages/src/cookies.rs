//! The cookies: a session, a visitor before that, a browser that is known, and the language.
//!
//! On TLS their names begin with `__Host-`, so that no neighbouring host and no connection
//! without TLS can plant one.

use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue};
use std::collections::BTreeMap;

/// The cookies there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Cookie {
    /// The token of a session; goes with the browser.
    Session,
    /// Ties forms to a visitor who is not in yet; goes with the browser.
    Visitor,
    /// A browser that came in before.
    Device,
    /// The language that was chosen.
    Language,
    /// What stood in a link by which somebody answers; goes with the browser.
    Link,
    /// The code with which somebody without a name finds their answers back; goes with the
    /// browser.
    Voice,
}

const DAY: u32 = 24 * 3600;

impl Cookie {
    const ALL: [Self; 6] = [
        Self::Session,
        Self::Visitor,
        Self::Device,
        Self::Language,
        Self::Link,
        Self::Voice,
    ];

    fn name(self, is_https: bool) -> String {
        let name = match self {
            Self::Session => "dijkwacht",
            Self::Visitor => "dijkwacht-bezoek",
            Self::Device => "dijkwacht-apparaat",
            Self::Language => "dijkwacht-taal",
            Self::Link => "dijkwacht-link",
            Self::Voice => "dijkwacht-stem",
        };
        if is_https { format!("__Host-{name}") } else { name.to_owned() }
    }

    /// How long a browser keeps it; `None` goes when the browser is closed.
    const fn seconds(self) -> Option<u32> {
        match self {
            Self::Session | Self::Visitor | Self::Link | Self::Voice => None,
            Self::Device => Some(180 * DAY),
            Self::Language => Some(365 * DAY),
        }
    }

    /// The header that gives a browser this cookie. A value is one of ours: letters, digits,
    /// `-` and `_`.
    pub(crate) fn give(self, value: &str, is_https: bool) -> Option<HeaderValue> {
        let age =
            self.seconds().map(|age| format!("; Max-Age={age}")).unwrap_or_default();
        self.header(value, &age, is_https)
    }

    /// The header that takes this cookie away.
    pub(crate) fn take(self, is_https: bool) -> Option<HeaderValue> {
        self.header("", "; Max-Age=0", is_https)
    }

    fn header(self, value: &str, age: &str, is_https: bool) -> Option<HeaderValue> {
        let name = self.name(is_https);
        let secure = if is_https { "; Secure" } else { "" };
        let text = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}");
        HeaderValue::from_str(&text).ok()
    }
}

/// The cookies a browser sent that are ours.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cookies(BTreeMap<Cookie, String>);

impl Cookies {
    pub(crate) fn of(headers: &HeaderMap, is_https: bool) -> Self {
        let mut found = BTreeMap::new();
        let texts =
            headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
        for pair in texts.flat_map(|text| text.split(';')) {
            let Some((name, value)) = pair.trim().split_once('=') else { continue };
            let known = Cookie::ALL.into_iter().find(|own| own.name(is_https) == name);
            // of two with one name the first is the more specific
            if let Some(cookie) = known.filter(|_| value.len() <= 200) {
                found.entry(cookie).or_insert_with(|| value.to_owned());
            }
        }
        Self(found)
    }

    pub(crate) fn get(&self, cookie: Cookie) -> Option<&str> {
        self.0.get(&cookie).map(String::as_str).filter(|value| !value.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn on_tls_a_cookie_is_bound_to_the_host() {
        let header = Cookie::Session.give("abc", true).unwrap();
        assert_eq!(
            header,
            "__Host-dijkwacht=abc; Path=/; HttpOnly; SameSite=Lax; Secure"
        );
        let header = Cookie::Language.take(false).unwrap();
        assert_eq!(header, "dijkwacht-taal=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
    }

    #[test]
    fn only_our_own_names_count_and_the_first_of_two() {
        let mut headers = HeaderMap::new();
        let sent = "x=1; __Host-dijkwacht=one; dijkwacht=planted; __Host-dijkwacht=two";
        headers.insert(COOKIE, sent.parse().unwrap());
        let cookies = Cookies::of(&headers, true);
        assert_eq!(cookies.get(Cookie::Session), Some("one"));
        assert_eq!(cookies.get(Cookie::Visitor), None);
    }
}
