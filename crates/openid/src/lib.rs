//! Signing in at the provider of an organisation: `OpenID Connect`, as the NL GOV profile asks.
//!
//! Code flow with PKCE (S256), `state` and `nonce` by chance, and a client that proves itself with
//! a signed statement (`private_key_jwt`) or, as a switch, a secret (`client_secret_basic`). The
//! word of the provider counts only when its signature, issuer, audience, times and nonce are
//! right; everything else is refused. Nothing is asked of a provider that was not set up.
//!
//! Start reading at [`Provider::depart`] and [`Provider::arrive`]. Why this is our own code:
//! decision 13.

mod claims;
mod client;
mod error;
mod keys;
mod metadata;
mod settings;
mod token;
mod web;

pub use claims::Identity;
pub use client::Proof;
pub use error::OpenIdError;
pub use settings::{ClientKey, Settings, SettingsFault};

use crate::client::form;
use crate::keys::Keys;
use crate::metadata::Metadata;
use crate::web::Web;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest as _, Sha256};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How long what a provider says of itself is believed before it is asked again.
const FRESH: SignedDuration = SignedDuration::from_hours(1);

/// Keys that are not known are asked for at most once in this time.
const KEYS_AT_MOST_EVERY: SignedDuration = SignedDuration::from_mins(1);

/// A provider that was set up, and what it said of itself.
#[derive(Debug)]
pub struct Provider {
    settings: Settings,
    web: Web,
    known: Mutex<Option<Known>>,
}

#[derive(Clone, Debug)]
struct Known {
    metadata: Metadata,
    keys: Keys,
    at: Timestamp,
}

/// A browser on its way to the provider: where to send it, and what to keep until it is back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Departure {
    /// The address at the provider.
    pub address: String,
    /// Comes back with the browser; ties the way back to the way there.
    pub state: String,
    /// Comes back inside the signed word of the provider.
    pub nonce: String,
    /// Proves that who left is who came back (PKCE).
    pub verifier: String,
}

/// What came back with a browser, and what was kept of its departure.
#[derive(Clone, Copy, Debug)]
pub struct Arrival<'a> {
    /// The code in the query.
    pub code: &'a str,
    /// The issuer in the query (RFC 9207), where the provider gives one.
    pub issuer: Option<&'a str>,
    /// As kept.
    pub nonce: &'a str,
    /// As kept.
    pub verifier: &'a str,
}

impl Provider {
    /// A provider by its settings. Nothing is asked of it yet.
    pub fn new(settings: Settings) -> Result<Self, OpenIdError> {
        let web = Web::new(&settings)?;
        Ok(Self { settings, web, known: Mutex::new(None) })
    }

    /// The title for the button, such as the name of the organisation.
    pub fn title(&self) -> &str {
        &self.settings.title
    }

    /// Sends a browser to the provider.
    pub fn depart(&self, now: Timestamp) -> Result<Departure, OpenIdError> {
        let known = self.known(now)?;
        let (state, nonce, verifier) = (by_chance()?, by_chance()?, by_chance()?);
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()));
        let scopes = self.settings.scopes.join(" ");
        let mut query = vec![
            ("response_type", "code"),
            ("client_id", self.settings.client.as_str()),
            ("redirect_uri", self.settings.redirect.as_str()),
            ("scope", scopes.as_str()),
            ("state", state.as_str()),
            ("nonce", nonce.as_str()),
            ("code_challenge", challenge.as_str()),
            ("code_challenge_method", "S256"),
        ];
        if let Some(level) = &self.settings.level {
            query.push(("acr_values", level));
        }
        let endpoint = &known.metadata.authorization;
        let sign = if endpoint.contains('?') { '&' } else { '?' };
        let address = format!("{endpoint}{sign}{}", form(&query));
        Ok(Departure { address, state, nonce, verifier })
    }

    /// Asks the provider who came back, and checks its word.
    pub fn arrive(
        &self,
        arrival: &Arrival<'_>,
        now: Timestamp,
    ) -> Result<Identity, OpenIdError> {
        let known = self.known(now)?;
        if arrival.issuer.is_some_and(|issuer| issuer != self.settings.issuer) {
            return Err(OpenIdError::Refused("the answer names another issuer"));
        }
        let answer = client::exchange(
            &self.web,
            &self.settings,
            &known.metadata,
            (arrival.code, arrival.verifier),
            now,
        )?;
        let token = token::split(&answer)?;
        let keys = if known.keys.has(&token) {
            known.keys
        } else {
            self.newer_keys(&known, now)?
        };
        let claims = keys.verify(&token)?;
        claims::check(&claims, &self.settings, arrival.nonce, now)?;
        claims::identity(&claims, &self.settings)
    }

    /// What is known of the provider, asked anew where that is old.
    fn known(&self, now: Timestamp) -> Result<Known, OpenIdError> {
        let fresh = self
            .lock()
            .clone()
            .filter(|known| now.duration_since(known.at).abs() < FRESH);
        if let Some(known) = fresh {
            return Ok(known);
        }
        // asked without the lock: a slow provider must not hold up whoever needs it not
        let metadata = Metadata::ask(&self.web, &self.settings)?;
        let keys = Keys::ask(&self.web, &metadata)?;
        let known = Known { metadata, keys, at: now };
        *self.lock() = Some(known.clone());
        Ok(known)
    }

    /// The keys, asked anew after a token named one that is not known: providers change keys.
    fn newer_keys(&self, known: &Known, now: Timestamp) -> Result<Keys, OpenIdError> {
        if now.duration_since(known.at).abs() < KEYS_AT_MOST_EVERY {
            return Ok(known.keys.clone());
        }
        let keys = Keys::ask(&self.web, &known.metadata)?;
        let newer =
            Known { metadata: known.metadata.clone(), keys: keys.clone(), at: now };
        *self.lock() = Some(newer);
        Ok(keys)
    }

    fn lock(&self) -> MutexGuard<'_, Option<Known>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// 256 bits by chance, in letters for addresses.
fn by_chance() -> Result<String, OpenIdError> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|cause| OpenIdError::Here(cause.to_string()))?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

#[cfg(test)]
mod tests;
