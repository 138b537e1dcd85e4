//! Why a page is not given, and the page that says so: what happened, and what to do now.

mod words;

pub(crate) use words::wait;

use crate::Incident;
use crate::answer::Answer;
use crate::visit::{Visit, query, way_back};
use accounts::AccountsError;
use app::AppError;
use axum::http::{Method, StatusCode};
use maud::{Markup, html};
use model::Lang;
use openid::OpenIdError;
use words::Words;

/// Why a page is not given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// There is no such page, or none that this person may know of.
    NotFound,
    /// This person may not.
    Forbidden,
    /// Somebody has to come in first.
    SignIn,
    /// A second step has to be set up first.
    SecondStep,
    /// The form is not one that we showed to this browser.
    Stray,
    /// It cannot be done as things stand; the sentences say why.
    Told(Vec<String>),
    /// What was sent cannot be read.
    Unreadable,
    /// What was sent is of a kind that is not taken here.
    Kind,
    /// What was sent is greater than so many bytes.
    TooLarge(usize),
    /// The page does not take this method.
    Method,
    /// The request names another host.
    Host,
    /// It took too long.
    Slow,
    /// Too many attempts; again after so many seconds.
    TooMany(i64),
    /// Something went wrong that is not the fault of who asks; the reason is for whoever
    /// keeps the installation.
    Broken(String),
    /// The provider at which somebody signs in did not do its part; the reason as above.
    Elsewhere(String),
}

impl From<AccountsError> for Fault {
    fn from(error: AccountsError) -> Self {
        match error {
            AccountsError::Wait(seconds) => Self::TooMany(seconds),
            other => Self::Broken(other.to_string()),
        }
    }
}

impl From<OpenIdError> for Fault {
    fn from(error: OpenIdError) -> Self {
        Self::Elsewhere(error.to_string())
    }
}

impl From<AppError> for Fault {
    fn from(error: AppError) -> Self {
        match error {
            AppError::Absent(_) => Self::NotFound,
            AppError::Refused(_) => Self::Forbidden,
            AppError::Broken(reason) => Self::Broken(reason),
            AppError::Use(sentence) => Self::Told(vec![sentence]),
            AppError::Data(sentences) => Self::Told(sentences),
        }
    }
}

impl Fault {
    /// Every fault once, for a test that looks at each page.
    #[cfg(test)]
    pub(crate) fn all() -> Vec<Self> {
        vec![
            Self::NotFound,
            Self::Forbidden,
            Self::SignIn,
            Self::SecondStep,
            Self::Stray,
            Self::Told(vec!["this round takes no answers".to_owned()]),
            Self::Unreadable,
            Self::Kind,
            Self::TooLarge(65_536),
            Self::Method,
            Self::Host,
            Self::Slow,
            Self::TooMany(8),
            Self::Broken("the disk is full".to_owned()),
            Self::Elsewhere("the disk is full".to_owned()),
        ]
    }

    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Forbidden | Self::Stray => StatusCode::FORBIDDEN,
            Self::SignIn | Self::SecondStep => StatusCode::SEE_OTHER,
            Self::Told(_) => StatusCode::CONFLICT,
            Self::Unreadable => StatusCode::BAD_REQUEST,
            Self::Kind => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::Host => StatusCode::MISDIRECTED_REQUEST,
            Self::Slow => StatusCode::SERVICE_UNAVAILABLE,
            Self::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Elsewhere(_) => StatusCode::BAD_GATEWAY,
        }
    }

    /// What happened and what to do, as on the page.
    pub(crate) fn words(&self, lang: Lang) -> (String, String) {
        let words = Words::of(self, lang);
        (words.title.to_owned(), format!("{} {}", words.what, words.next))
    }

    /// The page that says it. What is broken is told to whoever keeps the installation.
    pub(crate) fn into_answer(self, visit: &Visit) -> Answer {
        if self == Self::SignIn {
            return to_sign_in(visit);
        }
        if self == Self::SecondStep {
            return Answer::see("/account/tweede-stap?nodig=1".to_owned());
        }
        if let Self::Broken(reason) | Self::Elsewhere(reason) = &self {
            visit.state.tell(&Incident {
                trace: visit.trace.as_str().to_owned(),
                request: visit.request_line(),
                reason: reason.clone(),
            });
        }
        let words = Words::of(&self, visit.lang);
        let is_broken = matches!(self, Self::Broken(_) | Self::Elsewhere(_) | Self::Slow);
        let answer = Answer::page(words.title, page(visit, &words, is_broken))
            .with_status(self.status());
        match self {
            Self::TooMany(seconds) => answer.with_wait(seconds),
            _ => answer,
        }
    }
}

fn page(visit: &Visit, words: &Words, is_broken: bool) -> Markup {
    html! {
        h1 class="nl-heading nl-heading--level-1" { (words.title) }
        p class="nl-paragraph nl-paragraph--lead dw-text" { (words.what) }
        p class="nl-paragraph dw-text" { (words.next) }
        @if is_broken {
            p class="nl-paragraph dw-text" {
                (visit.lang.pick("Kenmerk: ", "Reference: "))
                span class="dw-code" { (visit.trace.as_str()) }
            }
        }
        p class="nl-paragraph" {
            a class="nl-link" href="/" {
                (visit.lang.pick("Naar de startpagina", "To the start page"))
            }
        }
    }
}

/// To the sign-in page, and back after that. What a form held is lost, and that is said.
fn to_sign_in(visit: &Visit) -> Answer {
    let mut address = "/inloggen".to_owned();
    let mut add = |name: &str, value: &str| {
        address.push(if address.contains('?') { '&' } else { '?' });
        address.push_str(&query(name, value));
    };
    if let Some(back) = way_back(&visit.address()).filter(|back| *back != "/") {
        add("terug", back);
    }
    if visit.method != Method::GET && visit.method != Method::HEAD {
        add("reden", "verlopen");
    }
    Answer::see(address)
}
