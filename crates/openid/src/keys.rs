//! The keys of a provider (JWK set, RFC 7517), and what they signed.

use crate::OpenIdError;
use crate::metadata::Metadata;
use crate::token::{Algorithm, Token};
use crate::web::Web;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, RSA_PKCS1_2048_8192_SHA256, RSA_PSS_2048_8192_SHA256,
    RsaPublicKeyComponents, UnparsedPublicKey,
};
use serde_json::Value;

/// The keys of a provider that can check a signature we believe.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Keys(Vec<Key>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Key {
    id: Option<String>,
    /// The one algorithm it is for, where it says so.
    algorithm: Option<String>,
    public: Public,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Public {
    Rsa {
        n: Vec<u8>,
        e: Vec<u8>,
    },
    /// A point of P-256, uncompressed.
    P256(Vec<u8>),
}

impl Keys {
    pub(crate) fn ask(web: &Web, metadata: &Metadata) -> Result<Self, OpenIdError> {
        let asked = "its keys";
        let value = web.get(asked, &metadata.keys)?;
        let keys = Self::read(&value);
        if keys.0.is_empty() {
            return Err(OpenIdError::provider(
                asked,
                "no key that can check RS256, PS256 or ES256",
            ));
        }
        Ok(keys)
    }

    /// The keys that are for signing and of a kind we know; others are passed over.
    pub(crate) fn read(value: &Value) -> Self {
        let list = value.get("keys").and_then(Value::as_array);
        Self(list.into_iter().flatten().filter_map(read_key).collect())
    }

    /// Whether one of them may have signed a token.
    pub(crate) fn has(&self, token: &Token) -> bool {
        self.0.iter().any(|key| key.fits(token))
    }

    /// The claims of a token that one of these keys signed.
    pub(crate) fn verify(&self, token: &Token) -> Result<Value, OpenIdError> {
        let is_signed =
            self.0.iter().filter(|key| key.fits(token)).any(|key| key.signed(token));
        if !is_signed {
            return Err(OpenIdError::Refused("no key of the provider signed it"));
        }
        serde_json::from_slice(&token.payload)
            .ok()
            .filter(Value::is_object)
            .ok_or(OpenIdError::Refused("its claims are no JSON object"))
    }
}

fn read_key(value: &Value) -> Option<Key> {
    let text = |name: &str| value.get(name).and_then(Value::as_str);
    let bytes = |name: &str| URL_SAFE_NO_PAD.decode(text(name)?).ok();
    if text("use").is_some_and(|purpose| purpose != "sig") {
        return None;
    }
    let public = match (text("kty")?, text("crv")) {
        ("RSA", _) => Public::Rsa { n: bytes("n")?, e: bytes("e")? },
        ("EC", Some("P-256")) => {
            let (x, y) = (bytes("x")?, bytes("y")?);
            Public::P256([vec![4], x, y].concat())
        }
        _ => return None,
    };
    Some(Key {
        id: text("kid").map(str::to_owned),
        algorithm: text("alg").map(str::to_owned),
        public,
    })
}

impl Key {
    fn fits(&self, token: &Token) -> bool {
        let is_kind = match (&self.public, token.algorithm) {
            (Public::Rsa { .. }, Algorithm::Rs256 | Algorithm::Ps256)
            | (Public::P256(_), Algorithm::Es256) => true,
            (Public::Rsa { .. }, Algorithm::Es256)
            | (Public::P256(_), Algorithm::Rs256 | Algorithm::Ps256) => false,
        };
        let is_named = token.key.is_none() || token.key == self.id;
        let is_meant = self
            .algorithm
            .as_deref()
            .is_none_or(|name| Algorithm::read(name) == Some(token.algorithm));
        is_kind && is_named && is_meant
    }

    fn signed(&self, token: &Token) -> bool {
        let (message, signature) = (token.signed.as_bytes(), &token.signature);
        match &self.public {
            Public::Rsa { n, e } => {
                let way = if token.algorithm == Algorithm::Ps256 {
                    &RSA_PSS_2048_8192_SHA256
                } else {
                    &RSA_PKCS1_2048_8192_SHA256
                };
                RsaPublicKeyComponents { n, e }.verify(way, message, signature).is_ok()
            }
            Public::P256(point) => {
                UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point)
                    .verify(message, signature)
                    .is_ok()
            }
        }
    }
}
