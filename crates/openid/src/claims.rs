//! What the provider says of a person, and whether it was said to us, now, in this sign-in.

use crate::{OpenIdError, Settings};
use jiff::Timestamp;
use serde_json::Value;
use std::collections::BTreeSet;

/// How far two clocks may differ, in seconds.
const CLOCKS_DIFFER: i64 = 60;

/// The longest a word may be old, in seconds.
const OLDEST: i64 = 10 * 60;

/// Somebody, as the provider knows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The issuer: a subject is known to one issuer.
    pub issuer: String,
    /// What stays the same of a person at this issuer.
    pub subject: String,
    /// The name for an account, from the claim that was set.
    pub name: String,
    /// The name shown to others; the name of the account where the provider gives none.
    pub display: String,
    /// The groups, where a claim for them was set.
    pub groups: BTreeSet<String>,
}

/// Checks issuer, audience, times, nonce and level (`OpenID Connect` Core 1.0, 3.1.3.7).
pub(crate) fn check(
    claims: &Value,
    settings: &Settings,
    nonce: &str,
    now: Timestamp,
) -> Result<(), OpenIdError> {
    let refused = |what| Err(OpenIdError::Refused(what));
    let text = |name: &str| claims.get(name).and_then(Value::as_str);
    if text("iss") != Some(&settings.issuer) {
        return refused("another issuer gave it");
    }
    let client = settings.client.as_str();
    let (is_for_us, is_for_others) = match claims.get("aud") {
        Some(Value::String(audience)) => (audience == client, false),
        Some(Value::Array(audiences)) => (
            audiences.iter().any(|audience| audience.as_str() == Some(client)),
            audiences.iter().any(|audience| audience.as_str() != Some(client)),
        ),
        _ => (false, true),
    };
    if !is_for_us {
        return refused("it was given for another client");
    }
    let party = text("azp");
    if (is_for_others || party.is_some()) && party != Some(client) {
        return refused("it was given to another party");
    }
    let moment = |name: &str| claims.get(name).and_then(Value::as_f64).map(whole);
    let now = now.as_second();
    match moment("exp") {
        Some(end) if now < end + CLOCKS_DIFFER => {}
        _ => return refused("it is no longer good"),
    }
    match moment("iat") {
        Some(given) if (now - OLDEST..=now + CLOCKS_DIFFER).contains(&given) => {}
        _ => return refused("it is too old, or of the future"),
    }
    if moment("nbf").is_some_and(|begin| begin > now + CLOCKS_DIFFER) {
        return refused("it is not good yet");
    }
    if text("nonce") != Some(nonce) {
        return refused("it belongs to another sign-in");
    }
    if settings.level.is_some() && text("acr") != settings.level.as_deref() {
        return refused("the person was not identified at the level that is asked for");
    }
    Ok(())
}

/// Seconds as a whole number; a moment beyond all bounds is the bound.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a float is cast to the nearest bound"
)]
fn whole(seconds: f64) -> i64 {
    seconds as i64
}

/// The person, from claims that were checked.
pub(crate) fn identity(
    claims: &Value,
    settings: &Settings,
) -> Result<Identity, OpenIdError> {
    let text = |name: &str| {
        claims
            .get(name)
            .and_then(Value::as_str)
            .map(str::trim)
            .filter(|text| !text.is_empty())
    };
    let subject = text("sub").ok_or(OpenIdError::Refused("it names no subject"))?;
    let name = text(&settings.name_claim).ok_or(OpenIdError::Refused(
        "the claim for the name of the account is missing",
    ))?;
    // an address that somebody may have made up is no name
    let is_unverified = claims.get("email_verified") == Some(&Value::Bool(false));
    if settings.name_claim == "email" && is_unverified {
        return Err(OpenIdError::Refused("the e-mail address was not verified"));
    }
    let groups = settings.groups_claim.as_ref().and_then(|claim| claims.get(claim));
    let groups = match groups {
        Some(Value::Array(list)) => {
            list.iter().filter_map(Value::as_str).map(str::to_owned).collect()
        }
        Some(Value::String(one)) => BTreeSet::from([one.clone()]),
        _ => BTreeSet::new(),
    };
    Ok(Identity {
        issuer: settings.issuer.clone(),
        subject: subject.to_owned(),
        name: name.to_owned(),
        display: text("name").unwrap_or(name).to_owned(),
        groups,
    })
}
