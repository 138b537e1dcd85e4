//! What a provider says of itself (`OpenID Connect` Discovery 1.0).

use crate::client::Proof;
use crate::web::Web;
use crate::{ClientKey, OpenIdError, Settings};
use serde_json::Value;

const ASKED: &str = "what it says of itself";

/// What is used of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Metadata {
    pub(crate) authorization: String,
    pub(crate) token: String,
    pub(crate) keys: String,
}

impl Metadata {
    pub(crate) fn ask(web: &Web, settings: &Settings) -> Result<Self, OpenIdError> {
        let issuer = settings.issuer.strip_suffix('/').unwrap_or(&settings.issuer);
        let value =
            web.get(ASKED, &format!("{issuer}/.well-known/openid-configuration"))?;
        Self::read(&value, settings)
    }

    /// Checks that it is this issuer, and that it can do what we ask of it.
    pub(crate) fn read(value: &Value, settings: &Settings) -> Result<Self, OpenIdError> {
        let text = |name: &str| {
            value.get(name).and_then(Value::as_str).map(str::to_owned).ok_or_else(|| {
                OpenIdError::provider(ASKED, format!("`{name}` is missing"))
            })
        };
        let issuer = text("issuer")?;
        if issuer != settings.issuer {
            let came = format!("it calls itself `{issuer}`");
            return Err(OpenIdError::provider(ASKED, came));
        }
        // absent lists stand for what the standards take for granted
        let lacks = |name: &str, wanted: &str| {
            value.get(name).and_then(Value::as_array).is_some_and(|list| {
                !list.iter().any(|item| item.as_str() == Some(wanted))
            })
        };
        let way = match settings.key {
            ClientKey::Signed { .. } => Proof::PrivateKeyJwt,
            ClientKey::Secret(_) => Proof::ClientSecretBasic,
        };
        for (name, wanted) in [
            ("response_types_supported", "code"),
            ("code_challenge_methods_supported", "S256"),
            ("token_endpoint_auth_methods_supported", way.code()),
        ] {
            if lacks(name, wanted) {
                let came = format!("`{wanted}` is not among its `{name}`");
                return Err(OpenIdError::provider(ASKED, came));
            }
        }
        Ok(Self {
            authorization: text("authorization_endpoint")?,
            token: text("token_endpoint")?,
            keys: text("jwks_uri")?,
        })
    }
}
