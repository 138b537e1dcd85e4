//! Asking the provider: short, bounded, no redirects, TLS with known authorities.

use crate::settings::is_safe;
use crate::{OpenIdError, Settings};
use serde_json::Value;
use std::time::Duration;
use ureq::http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use ureq::tls::{PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::{Agent, Body};

/// How long one question may take, with its answer.
const PATIENCE: Duration = Duration::from_secs(8);

/// The most bytes of an answer.
const MOST_BYTES: u64 = 1024 * 1024;

/// The way to a provider.
#[derive(Clone, Debug)]
pub(crate) struct Web(Agent);

impl Web {
    pub(crate) fn new(settings: &Settings) -> Result<Self, OpenIdError> {
        let mut tls = TlsConfig::builder();
        if let Some(pem) = &settings.authorities {
            let mut certificates = Vec::new();
            for item in parse_pem(pem) {
                match item {
                    Ok(PemItem::Certificate(certificate)) => {
                        certificates.push(certificate);
                    }
                    Ok(_) => {}
                    Err(error) => return Err(OpenIdError::Here(error.to_string())),
                }
            }
            if certificates.is_empty() {
                let text = "the file of authorities holds no certificate in PEM";
                return Err(OpenIdError::Here(text.to_owned()));
            }
            tls = tls.root_certs(RootCerts::new_with_certs(&certificates));
        }
        let config = Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            .max_redirects(0)
            .http_status_as_error(false)
            .user_agent("dijkwacht")
            .tls_config(tls.build())
            .build();
        Ok(Self(Agent::new_with_config(config)))
    }

    /// A JSON document.
    pub(crate) fn get(
        &self,
        asked: &'static str,
        address: &str,
    ) -> Result<Value, OpenIdError> {
        check(asked, address)?;
        let answer = self
            .0
            .get(address)
            .header(ACCEPT, "application/json")
            .call()
            .map_err(|error| OpenIdError::provider(asked, error))?;
        let (status, value) = read(asked, answer)?;
        if status == 200 { Ok(value) } else { Err(OpenIdError::provider(asked, status)) }
    }

    /// The answer to a form, which is JSON whether it is good or not.
    pub(crate) fn post(
        &self,
        asked: &'static str,
        address: &str,
        body: &str,
        basic: Option<&str>,
    ) -> Result<(u16, Value), OpenIdError> {
        check(asked, address)?;
        let mut request = self
            .0
            .post(address)
            .header(ACCEPT, "application/json")
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        if let Some(basic) = basic {
            request = request.header(AUTHORIZATION, format!("Basic {basic}"));
        }
        let answer =
            request.send(body).map_err(|error| OpenIdError::provider(asked, error))?;
        read(asked, answer)
    }
}

/// An address that the provider names is held to the same rule as one that was set up.
fn check(asked: &'static str, address: &str) -> Result<(), OpenIdError> {
    if is_safe(address) {
        return Ok(());
    }
    Err(OpenIdError::provider(asked, format!("`{address}` is no `https:` address")))
}

fn read(
    asked: &'static str,
    mut answer: ureq::http::Response<Body>,
) -> Result<(u16, Value), OpenIdError> {
    let status = answer.status().as_u16();
    let text = answer
        .body_mut()
        .with_config()
        .limit(MOST_BYTES)
        .read_to_string()
        .map_err(|error| OpenIdError::provider(asked, error))?;
    let value = serde_json::from_str(&text).map_err(|error| {
        OpenIdError::provider(asked, format!("status {status}, and no JSON ({error})"))
    })?;
    Ok((status, value))
}
