//! What a view gives back.

use crate::cookies::Cookie;
use crate::parts::Faults;
use crate::shell;
use crate::visit::{Visit, Who};
use axum::body::Body;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_LANGUAGE, CONTENT_TYPE,
    LOCATION, RETRY_AFTER, SET_COOKIE, VARY,
};
use axum::http::{HeaderName, HeaderValue, Response, StatusCode};
use maud::Markup;

/// A whole answer, before it is drawn.
#[derive(Debug)]
pub(crate) struct Answer {
    status: StatusCode,
    content: Content,
    cookies: Vec<HeaderValue>,
    retry_after: Option<i64>,
}

#[derive(Debug)]
enum Content {
    Page(Page),
    /// Another page, to be asked for with GET.
    See(String),
    Text {
        media: &'static str,
        text: String,
    },
    /// A file to keep, of what stands in the records now.
    Download {
        media: &'static str,
        name: String,
        bytes: Vec<u8>,
    },
    /// A file whose address changes when it does.
    File {
        media: &'static str,
        bytes: Vec<u8>,
        is_gzip: bool,
    },
}

/// What is particular to one page; the rest is the [`shell`].
#[derive(Debug)]
pub(crate) struct Page {
    /// The title, as in the heading; the window shows more.
    pub(crate) title: String,
    /// What stands in the main part, from the heading of level 1 on.
    pub(crate) content: Markup,
    /// Whether the page asks to repair something; the title of the window says so first.
    pub(crate) has_faults: bool,
    /// Whether it is read from afar: large type and no menus.
    pub(crate) is_large: bool,
}

impl Answer {
    fn of(status: StatusCode, content: Content) -> Self {
        Self { status, content, cookies: Vec::new(), retry_after: None }
    }

    /// A page with its heading.
    pub(crate) fn page(title: impl Into<String>, content: Markup) -> Self {
        let page =
            Page { title: title.into(), content, has_faults: false, is_large: false };
        Self::of(StatusCode::OK, Content::Page(page))
    }

    /// The page of a form again, with what is to be repaired.
    pub(crate) fn faulty(title: impl Into<String>, content: Markup) -> Self {
        let page =
            Page { title: title.into(), content, has_faults: true, is_large: false };
        Self::of(StatusCode::UNPROCESSABLE_ENTITY, Content::Page(page))
    }

    /// The page of a form: as it is asked for, or again with what is to be repaired.
    pub(crate) fn form(
        title: impl Into<String>,
        content: Markup,
        faults: &Faults,
    ) -> Self {
        if faults.is_empty() {
            Self::page(title, content)
        } else {
            Self::faulty(title, content)
        }
    }

    /// The page is read from afar: large type and no menus.
    pub(crate) fn on_large_screen(mut self) -> Self {
        if let Content::Page(page) = &mut self.content {
            page.is_large = true;
        }
        self
    }

    /// Sends the browser to another of our pages; `path` begins with a slash.
    pub(crate) fn see(path: impl Into<String>) -> Self {
        Self::of(StatusCode::SEE_OTHER, Content::See(path.into()))
    }

    pub(crate) fn text(media: &'static str, text: impl Into<String>) -> Self {
        Self::of(StatusCode::OK, Content::Text { media, text: text.into() })
    }

    pub(crate) fn file(media: &'static str, bytes: Vec<u8>, is_gzip: bool) -> Self {
        Self::of(StatusCode::OK, Content::File { media, bytes, is_gzip })
    }

    /// A file that the browser offers to keep. Signs that do not belong in the name of a file become
    /// dashes.
    pub(crate) fn download(media: &'static str, name: &str, bytes: Vec<u8>) -> Self {
        let plain = |sign: char| {
            if sign.is_ascii_alphanumeric() || ".-_".contains(sign) { sign } else { '-' }
        };
        let name = name.chars().map(plain).collect();
        Self::of(StatusCode::OK, Content::Download { media, name, bytes })
    }

    pub(crate) fn with_status(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }

    /// Says after how many seconds to try again.
    pub(crate) fn with_wait(self, seconds: i64) -> Self {
        Self { retry_after: Some(seconds), ..self }
    }

    pub(crate) fn giving(mut self, visit: &Visit, cookie: Cookie, value: &str) -> Self {
        self.cookies.extend(cookie.give(value, visit.is_https()));
        self
    }

    pub(crate) fn taking(mut self, visit: &Visit, cookie: Cookie) -> Self {
        self.cookies.extend(cookie.take(visit.is_https()));
        self
    }

    /// Draws it.
    pub(crate) fn into_response(mut self, visit: &Visit) -> Response<Body> {
        let mut headers: Vec<(HeaderName, HeaderValue)> = Vec::new();
        let body = match self.content {
            Content::Page(page) => {
                headers.push((CONTENT_TYPE, fixed("text/html; charset=utf-8")));
                headers.push((CONTENT_LANGUAGE, fixed(visit.lang.code())));
                headers.push((VARY, fixed("Accept-Language, Cookie")));
                if let (Who::Visitor, Some(new)) = (&visit.who, &visit.new_visitor) {
                    self.cookies.extend(Cookie::Visitor.give(new, visit.is_https()));
                }
                Body::from(shell::draw(visit, &page).into_string())
            }
            Content::See(path) => {
                headers
                    .extend(HeaderValue::from_str(&path).ok().map(|to| (LOCATION, to)));
                Body::empty()
            }
            Content::Text { media, text } => {
                headers.push((CONTENT_TYPE, fixed(media)));
                Body::from(text)
            }
            Content::Download { media, name, bytes } => {
                headers.push((CONTENT_TYPE, fixed(media)));
                let text = format!("attachment; filename=\"{name}\"");
                let value = HeaderValue::from_str(&text).ok();
                headers.extend(value.map(|value| (CONTENT_DISPOSITION, value)));
                Body::from(bytes)
            }
            Content::File { media, bytes, is_gzip } => {
                headers.push((CONTENT_TYPE, fixed(media)));
                headers
                    .push((CACHE_CONTROL, fixed("public, max-age=31536000, immutable")));
                headers.push((VARY, fixed("Accept-Encoding")));
                if is_gzip {
                    headers.push((CONTENT_ENCODING, fixed("gzip")));
                }
                Body::from(bytes)
            }
        };
        headers
            .extend(self.retry_after.map(|wait| (RETRY_AFTER, HeaderValue::from(wait))));
        headers.extend(self.cookies.into_iter().map(|cookie| (SET_COOKIE, cookie)));
        let mut response = Response::new(body);
        *response.status_mut() = self.status;
        for (name, value) in headers {
            response.headers_mut().append(name, value);
        }
        response
    }
}

fn fixed(value: &'static str) -> HeaderValue {
    HeaderValue::from_static(value)
}
