//! Why an operation gave nothing, as `application/problem+json` (RFC 9457).

use crate::Incident;
use crate::fault::Fault;
use crate::visit::Visit;
use accounts::AccountsError;
use app::AppError;
use axum::http::StatusCode;
use schemars::JsonSchema;
use serde::Serialize;

/// Why an operation gave nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Problem {
    /// There is no token, or it is not good now.
    NoToken,
    /// The token is good, but not for this.
    OutOfScope,
    /// What was sent is not what the document says: place and sentence, all of them.
    Wrong(Vec<(String, String)>),
    /// As on a page.
    Fault(Fault),
}

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<AccountsError> for Problem {
    fn from(error: AccountsError) -> Self {
        Self::Fault(error.into())
    }
}

impl From<AppError> for Problem {
    fn from(error: AppError) -> Self {
        match error {
            // what the records refuse of a value that was sent is wrong input here
            AppError::Use(sentence) => Self::Wrong(vec![(String::new(), sentence)]),
            AppError::Data(all) => {
                Self::Wrong(all.into_iter().map(|one| (String::new(), one)).collect())
            }
            other => Self::Fault(other.into()),
        }
    }
}

/// Een antwoord dat zegt waarom iets niet gelukt is (RFC 9457).
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Probleem {
    /// De HTTP-status, nog een keer.
    pub(crate) status: u16,
    /// Wat er aan de hand is, in het kort.
    pub(crate) title: String,
    /// Wat er aan de hand is, en wat te doen.
    pub(crate) detail: String,
    /// Waarmee de beheerder het verzoek terugvindt.
    pub(crate) trace: String,
    /// Alles wat er mis is met wat verstuurd werd.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) fouten: Vec<Fout>,
}

/// Eén ding dat mis is met wat verstuurd werd.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Fout {
    /// Waar: een JSON Pointer in wat verstuurd werd, of de naam van een vraag; leeg waar het over het geheel gaat.
    pub(crate) plaats: String,
    /// Wat er mis is.
    pub(crate) uitleg: String,
}

impl Problem {
    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::OutOfScope => StatusCode::FORBIDDEN,
            Self::Wrong(_) => StatusCode::BAD_REQUEST,
            // an API knows no page to go to
            Self::NoToken | Self::Fault(Fault::SignIn) => StatusCode::UNAUTHORIZED,
            Self::Fault(fault) => fault.status(),
        }
    }

    fn words(&self) -> (String, String) {
        let (title, detail) = match self {
            Self::NoToken => (
                "Er is geen geldig token",
                "Maak een token onder Mijn account en stuur het mee als `Authorization: Bearer …`.",
            ),
            Self::OutOfScope => (
                "Dit token is hier niet voor bedoeld",
                "Maak een token dat dit wel mag, als je rol het toelaat.",
            ),
            Self::Wrong(_) => (
                "Wat verstuurd werd klopt niet",
                "Herstel wat onder `fouten` staat en stuur het opnieuw.",
            ),
            // the words of the pages speak of pages
            Self::Fault(Fault::Forbidden) => (
                "Je rol laat dit niet toe",
                "Vraag de beheerder om de rol die erbij hoort, als je dit nodig hebt.",
            ),
            Self::Fault(Fault::NotFound) => (
                "Dit bestaat niet",
                "Of het hoort bij een organisatie waar de eigenaar van het token geen rol heeft.",
            ),
            Self::Fault(Fault::Kind) => (
                "Dit is geen JSON",
                "Stuur JSON, met de kop `Content-Type: application/json`.",
            ),
            Self::Fault(Fault::Method) => (
                "Dit kan hier niet op deze manier",
                "In `/api/v1/openapi.json` staat wat hier kan.",
            ),
            Self::Fault(fault) => return fault.words(model::Lang::Nl),
        };
        (title.to_owned(), detail.to_owned())
    }

    /// The body. What is broken is told to whoever keeps the installation.
    pub(crate) fn into_body(self, visit: &Visit) -> Probleem {
        if let Self::Fault(Fault::Broken(reason) | Fault::Elsewhere(reason)) = &self {
            visit.state.tell(&Incident {
                trace: visit.trace.as_str().to_owned(),
                request: visit.request_line(),
                reason: reason.clone(),
            });
        }
        let (title, detail) = self.words();
        let status = self.status().as_u16();
        let fouten = match self {
            Self::Wrong(all) => {
                all.into_iter().map(|(plaats, uitleg)| Fout { plaats, uitleg }).collect()
            }
            _ => Vec::new(),
        };
        let trace = visit.trace.as_str().to_owned();
        Probleem { status, title, detail, trace, fouten }
    }
}
