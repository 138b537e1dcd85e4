//! Ties a form to the browser it was shown to (synchroniser token): another website can make a
//! browser send a form, but cannot know this token.
//!
//! The token follows from the cookie that nobody but this browser has, so nothing is kept for
//! it, and it changes when the session does.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// The name of the hidden field.
pub(crate) const FIELD: &str = "bewijs";

const PURPOSE: &[u8] = b"dijkwacht form 1";

/// The token of the forms that are shown to the owner of a cookie.
pub(crate) fn token(cookie: &str) -> String {
    keyed(cookie)
        .map(|mac| URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
        .unwrap_or_default()
}

/// Whether a token belongs to a cookie, in a time that does not tell how much of it is right.
pub(crate) fn is_token(given: &str, cookie: &str) -> bool {
    let Some(mac) = keyed(cookie) else { return false };
    URL_SAFE_NO_PAD.decode(given).is_ok_and(|bytes| mac.verify_slice(&bytes).is_ok())
}

/// `None` for a key that cannot be one; an HMAC takes every length, so there is none such.
fn keyed(cookie: &str) -> Option<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(cookie.as_bytes()).ok()?;
    mac.update(PURPOSE);
    Some(mac)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_belongs_to_one_cookie() {
        assert!(is_token(&token("a"), "a"));
        assert!(!is_token(&token("a"), "b"));
        let cut: String = token("a").chars().skip(1).collect();
        for wrong in ["", "a", "!!", &cut] {
            assert!(!is_token(wrong, "a"), "{wrong}");
        }
    }
}
