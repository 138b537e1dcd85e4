//! The client before the provider: proves itself, and changes a code for the word on a person.

use crate::metadata::Metadata;
use crate::web::Web;
use crate::{ClientKey, OpenIdError, Settings, by_chance};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jiff::Timestamp;
use ring::rand::SystemRandom;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, RSA_PSS_SHA256, RsaKeyPair,
};
use serde_json::{Value, json};

/// How long a signed statement is good, in seconds: just long enough for one request.
const STATEMENT_SECONDS: i64 = 60;

/// The ways in which a client proves itself, by their names in the standards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// A statement signed with a private key.
    PrivateKeyJwt,
    /// A secret in a header.
    ClientSecretBasic,
}

impl Proof {
    /// The name in the standards.
    pub const fn code(self) -> &'static str {
        match self {
            Self::PrivateKeyJwt => "private_key_jwt",
            Self::ClientSecretBasic => "client_secret_basic",
        }
    }
}

/// Changes a code for the signed word on a person (the ID token).
pub(crate) fn exchange(
    web: &Web,
    settings: &Settings,
    metadata: &Metadata,
    (code, verifier): (&str, &str),
    now: Timestamp,
) -> Result<String, OpenIdError> {
    let mut fields = vec![
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", settings.redirect.as_str()),
        ("code_verifier", verifier),
    ];
    let (statement, basic) = match &settings.key {
        ClientKey::Signed { key, id } => {
            (Some(statement(settings, metadata, (key, id.as_deref()), now)?), None)
        }
        ClientKey::Secret(secret) => (None, Some(basic(&settings.client, secret))),
    };
    if let Some(statement) = &statement {
        fields.push(("client_id", &settings.client));
        fields.push((
            "client_assertion_type",
            "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        ));
        fields.push(("client_assertion", statement));
    }
    let asked = "a token";
    let (status, answer) =
        web.post(asked, &metadata.token, &form(&fields), basic.as_deref())?;
    if status != 200 {
        let error =
            answer.get("error").and_then(Value::as_str).unwrap_or("no reason given");
        let more = answer.get("error_description").and_then(Value::as_str);
        let told =
            more.map_or_else(|| error.to_owned(), |more| format!("{error}: {more}"));
        return Err(OpenIdError::Denied(told));
    }
    answer
        .get("id_token")
        .and_then(Value::as_str)
        .map(str::to_owned)
        .ok_or_else(|| OpenIdError::provider(asked, "no `id_token`"))
}

/// Fields as a form or a query.
pub(crate) fn form(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

/// Name and secret for the header (RFC 6749, 2.3.1: both escaped first).
fn basic(client: &str, secret: &str) -> String {
    let escape =
        |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    STANDARD.encode(format!("{}:{}", escape(client), escape(secret)))
}

/// A statement that only this client can sign, good once (RFC 7523).
fn statement(
    settings: &Settings,
    metadata: &Metadata,
    (key, id): (&[u8], Option<&str>),
    now: Timestamp,
) -> Result<String, OpenIdError> {
    let rng = SystemRandom::new();
    let rsa = RsaKeyPair::from_pkcs8(key).ok();
    let mut head = json!({
        "typ": "JWT",
        "alg": if rsa.is_some() { "PS256" } else { "ES256" },
    });
    if let (Some(id), Some(head)) = (id, head.as_object_mut()) {
        head.insert("kid".to_owned(), Value::from(id));
    }
    let claims = json!({
        "iss": settings.client,
        "sub": settings.client,
        // both are named by standards; a provider takes the one it knows
        "aud": [metadata.token, settings.issuer],
        "jti": by_chance()?,
        "iat": now.as_second(),
        "nbf": now.as_second(),
        "exp": now.as_second() + STATEMENT_SECONDS,
    });
    let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", encode(&head), encode(&claims));
    let failed = || OpenIdError::Here("the key of the client cannot sign".to_owned());
    let signature = match rsa {
        Some(key) => {
            let mut signature = vec![0; key.public().modulus_len()];
            key.sign(&RSA_PSS_SHA256, &rng, signed.as_bytes(), &mut signature)
                .ok()
                .ok_or_else(failed)?;
            signature
        }
        None => EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, key, &rng)
            .ok()
            .and_then(|key| key.sign(&rng, signed.as_bytes()).ok())
            .map(|signature| signature.as_ref().to_vec())
            .ok_or_else(failed)?,
    };
    Ok(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature)))
}
