//! How an organisation sets up its provider, checked before anything is asked.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, RsaKeyPair};
use std::fmt;

/// How a provider is set up.
#[derive(Clone, Debug)]
pub struct Settings {
    /// What stands on the button.
    pub title: String,
    /// The issuer, to the letter as in what it says of itself.
    pub issuer: String,
    /// The name of this client at the provider.
    pub client: String,
    /// How this client proves itself.
    pub key: ClientKey,
    /// Where the provider sends a browser back: an address of this installation.
    pub redirect: String,
    /// What is asked for; `openid` is among them.
    pub scopes: Vec<String>,
    /// The level of assurance that is asked for and must be given (`acr`).
    pub level: Option<String>,
    /// The claim that holds the name of the account, such as `email` or `preferred_username`.
    pub name_claim: String,
    /// The claim that holds the groups of somebody; without it nobody has groups.
    pub groups_claim: Option<String>,
    /// Certificates of authorities (PEM) to believe instead of the public ones, for a provider
    /// with a certificate of the organisation itself.
    pub authorities: Option<Vec<u8>>,
}

/// How a client proves itself; never two ways at once.
#[derive(Clone)]
pub enum ClientKey {
    /// A signed statement with each request (`private_key_jwt`), as the NL GOV profile asks.
    Signed {
        /// The key: RSA of at least 2048 bits, or P-256, as PKCS #8.
        key: Vec<u8>,
        /// Its name at the provider, where it has one.
        id: Option<String>,
    },
    /// A secret (`client_secret_basic`), for providers that know nothing better.
    Secret(String),
}

impl fmt::Debug for ClientKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Signed { .. } => "Signed(…)",
            Self::Secret(_) => "Secret(…)",
        })
    }
}

/// What is wrong with settings, all at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingsFault(pub Vec<String>);

impl fmt::Display for SettingsFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("\n"))
    }
}

impl std::error::Error for SettingsFault {}

impl ClientKey {
    /// Reads a private key in PEM (`-----BEGIN PRIVATE KEY-----`).
    pub fn from_pem(text: &str, id: Option<String>) -> Result<Self, SettingsFault> {
        let fault = || {
            SettingsFault(vec![
                "the key of the client is not understood; give RSA of 2048 bits or more, or P-256, as PKCS #8 (`-----BEGIN PRIVATE KEY-----`)"
                    .to_owned(),
            ])
        };
        let inside = text
            .split_once("-----BEGIN PRIVATE KEY-----")
            .and_then(|(_, rest)| rest.split_once("-----END PRIVATE KEY-----"))
            .map(|(inside, _)| inside.split_whitespace().collect::<String>())
            .ok_or_else(fault)?;
        let key = STANDARD.decode(inside).ok().ok_or_else(fault)?;
        let is_known = RsaKeyPair::from_pkcs8(&key).is_ok()
            || EcdsaKeyPair::from_pkcs8(
                &ECDSA_P256_SHA256_FIXED_SIGNING,
                &key,
                &SystemRandom::new(),
            )
            .is_ok();
        if is_known { Ok(Self::Signed { key, id }) } else { Err(fault()) }
    }
}

impl Settings {
    /// Checks everything that can be checked without the provider; tells all faults.
    pub fn check(&self) -> Result<(), SettingsFault> {
        let mut faults = Vec::new();
        for (what, address) in [("issuer", &self.issuer), ("redirect", &self.redirect)] {
            if !is_safe(address) {
                faults.push(format!(
                    "the {what} `{address}` must be an `https:` address; `http:` is for this machine only"
                ));
            }
        }
        if self.issuer.contains(['?', '#']) {
            faults
                .push(format!("the issuer `{}` has a query or a fragment", self.issuer));
        }
        for (what, text) in [
            ("client", &self.client),
            ("name of the claim for the name", &self.name_claim),
            ("title", &self.title),
        ] {
            if text.trim().is_empty() {
                faults.push(format!("the {what} is empty"));
            }
        }
        if !self.scopes.iter().any(|scope| scope == "openid") {
            faults.push("`openid` is missing among the scopes".to_owned());
        }
        if matches!(&self.key, ClientKey::Secret(secret) if secret.is_empty()) {
            faults.push("the secret of the client is empty".to_owned());
        }
        if faults.is_empty() { Ok(()) } else { Err(SettingsFault(faults)) }
    }
}

/// Whether an address may be used: TLS, or this machine.
pub(crate) fn is_safe(address: &str) -> bool {
    if address.starts_with("https://") {
        return true;
    }
    let Some(rest) = address.strip_prefix("http://") else { return false };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    ["127.0.0.1", "localhost", "[::1]"].contains(&name)
}
