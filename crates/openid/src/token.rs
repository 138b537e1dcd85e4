//! A signed token (JWS in its compact form, RFC 7515), taken apart without believing it.

use crate::OpenIdError;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

/// The signatures that are believed. Whatever a token names besides is refused, `none` and those
/// with a shared secret first of all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Algorithm {
    Rs256,
    Ps256,
    Es256,
}

impl Algorithm {
    pub(crate) fn read(name: &str) -> Option<Self> {
        match name {
            "RS256" => Some(Self::Rs256),
            "PS256" => Some(Self::Ps256),
            "ES256" => Some(Self::Es256),
            _ => None,
        }
    }
}

/// A token in parts.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    pub(crate) algorithm: Algorithm,
    /// The name of the key, where the token names one.
    pub(crate) key: Option<String>,
    /// What was signed: the first two parts as they came.
    pub(crate) signed: String,
    pub(crate) payload: Vec<u8>,
    pub(crate) signature: Vec<u8>,
}

pub(crate) fn split(text: &str) -> Result<Token, OpenIdError> {
    let refused = OpenIdError::Refused;
    let parts: Vec<&str> = text.split('.').collect();
    let [head, payload, signature] = parts.as_slice() else {
        return Err(refused("it has not three parts"));
    };
    let decode = |part: &str| {
        URL_SAFE_NO_PAD.decode(part).ok().ok_or(refused("a part is not base 64"))
    };
    let head: Value = serde_json::from_slice(&decode(head)?)
        .ok()
        .ok_or(refused("its head is no JSON"))?;
    let field = |name: &str| head.get(name).and_then(Value::as_str);
    if head.get("crit").is_some() {
        return Err(refused("it asks for something that is not understood (`crit`)"));
    }
    let algorithm = field("alg").and_then(Algorithm::read);
    Ok(Token {
        algorithm: algorithm
            .ok_or(refused("it is signed in a way that is not believed"))?,
        key: field("kid").map(str::to_owned),
        signed: parts.first().map(|head| format!("{head}.{payload}")).unwrap_or_default(),
        payload: decode(payload)?,
        signature: decode(signature)?,
    })
}
