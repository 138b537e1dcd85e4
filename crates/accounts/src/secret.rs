//! Secrets made at random: given out once, kept as a hash.

use crate::AccountsError;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};
use std::fmt;

/// Letters that cannot be taken for one another when typed over (Crockford's base 32).
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// How many letters stand together in a code that people type.
const GROUP: usize = 5;

/// A secret as it is given to a person or a browser. It is not shown when debugged.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// 256 bits for a cookie or a token, in the letters of base 64 for addresses.
    pub(crate) fn long() -> Result<Self, AccountsError> {
        Ok(Self(URL_SAFE_NO_PAD.encode(random::<32>()?)))
    }

    /// 25 letters in five groups (125 bits), to be typed over.
    pub(crate) fn typed() -> Result<Self, AccountsError> {
        Ok(Self(grouped(&random::<25>()?)))
    }

    /// 10 letters in two groups (50 bits), to be kept on paper.
    pub(crate) fn short() -> Result<Self, AccountsError> {
        Ok(Self(grouped(&random::<10>()?)))
    }

    /// The same with a beginning by which it is known.
    pub(crate) fn prefixed(self, prefix: &str) -> Self {
        Self(format!("{prefix}{}", self.0))
    }

    /// The secret itself.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Bytes from the source of chance of the system.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], AccountsError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)
        .map_err(|cause| AccountsError::broken("get bytes by chance", cause))?;
    Ok(bytes)
}

/// The hash under which a secret is kept. The secret has so many bits that a slow hash would
/// add nothing.
pub(crate) fn hash(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.as_bytes()).into()
}

/// The hash of a code that somebody typed: blanks, dashes and the size of letters do not
/// count, and letters that are left out stand for the digits they look like.
pub(crate) fn hash_typed(code: &str) -> [u8; 32] {
    let plain: String = code
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect();
    hash(&plain)
}

fn grouped(bytes: &[u8]) -> String {
    let letters: Vec<char> = bytes
        .iter()
        .filter_map(|byte| LETTERS.get(usize::from(byte & 31)))
        .map(|letter| char::from(*letter))
        .collect();
    let groups: Vec<String> =
        letters.chunks(GROUP).map(|group| group.iter().collect()).collect();
    groups.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_may_be_typed_carelessly() {
        let code = Secret::typed().unwrap();
        assert_eq!(code.reveal().len(), 29);
        let careless = format!("  {} ", code.reveal().to_lowercase().replace('-', " "));
        let looks_like = careless.replace('0', "o").replace('1', "l");
        assert_eq!(hash_typed(&looks_like), hash_typed(code.reveal()));
        assert_ne!(hash_typed("AAAAA-AAAAA"), hash_typed("AAAAA-AAAAB"));
    }

    #[test]
    fn no_secret_is_like_another_and_none_is_shown_when_debugged() {
        let (one, other) = (Secret::long().unwrap(), Secret::long().unwrap());
        assert_ne!(one, other);
        assert_eq!(one.reveal().len(), 43);
        assert_eq!(format!("{one:?}"), "Secret(…)");
    }
}
