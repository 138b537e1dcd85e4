//! A provider of our own making that can lie in every way, and signatures of the standards.

mod provider;

use self::provider::{Fake, Lie};
use super::*;
use crate::keys::Keys;
use crate::token::split;
use serde_json::{Value, json};

fn now() -> Timestamp {
    Timestamp::from_second(1_790_000_000).unwrap()
}

/// Goes there and back; gives what is made of the answer.
fn sign_in(fake: &Fake) -> Result<Identity, OpenIdError> {
    let provider = Provider::new(fake.settings()).unwrap();
    let departure = provider.depart(now())?;
    fake.remember(&departure);
    let arrival = Arrival {
        code: "good-code",
        issuer: None,
        nonce: &departure.nonce,
        verifier: &departure.verifier,
    };
    provider.arrive(&arrival, now())
}

#[test]
fn somebody_is_known_by_the_signed_word_of_the_provider() {
    let fake = Fake::start();
    let identity = sign_in(&fake).unwrap();
    assert_eq!(identity.issuer, fake.issuer);
    assert_eq!(identity.subject, "subject-1");
    assert_eq!(identity.name, "ada@dijkveen.example");
    assert_eq!(identity.display, "Ada de Vries");
    let groups: Vec<&str> = identity.groups.iter().map(String::as_str).collect();
    assert_eq!(groups, ["dijkwacht-beheer", "iedereen"]);
}

#[test]
fn the_browser_leaves_with_what_the_profile_asks() {
    let fake = Fake::start();
    let provider = Provider::new(fake.settings()).unwrap();
    let (one, other) = (provider.depart(now()).unwrap(), provider.depart(now()).unwrap());
    assert_ne!(one.state, other.state);
    assert_ne!(one.nonce, other.nonce);
    assert_ne!(one.verifier, other.verifier);
    assert_eq!(one.verifier.len(), 43, "256 bits");
    let (endpoint, query) = one.address.split_once('?').unwrap();
    assert_eq!(endpoint, format!("{}/authorize", fake.issuer));
    let fields: std::collections::BTreeMap<_, _> =
        form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(one.verifier.as_bytes()));
    for (name, value) in [
        ("response_type", "code"),
        ("client_id", "dijkwacht"),
        ("redirect_uri", "http://127.0.0.1:8080/inloggen/terug"),
        ("scope", "openid profile email"),
        ("state", &one.state),
        ("nonce", &one.nonce),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
    ] {
        assert_eq!(fields.get(name).map(String::as_str), Some(value), "{name}");
    }
}

#[test]
fn every_lie_is_refused() {
    for (lie, told) in [
        (Lie::Unsigned, "it is signed in a way that is not believed"),
        (Lie::SharedSecret, "it is signed in a way that is not believed"),
        (Lie::OtherKey, "no key of the provider signed it"),
        (Lie::Changed, "no key of the provider signed it"),
        (Lie::Claim("iss", json!("https://evil.example")), "another issuer gave it"),
        (Lie::Claim("aud", json!("somebody-else")), "it was given for another client"),
        (
            Lie::Claim("aud", json!(["dijkwacht", "else"])),
            "it was given to another party",
        ),
        (Lie::Claim("azp", json!("else")), "it was given to another party"),
        (Lie::Claim("aud", Value::Null), "it was given for another client"),
        (Lie::Claim("exp", json!(1_790_000_000_i64 - 61)), "it is no longer good"),
        (Lie::Claim("exp", Value::Null), "it is no longer good"),
        (
            Lie::Claim("iat", json!(1_790_000_000_i64 - 601)),
            "it is too old, or of the future",
        ),
        (
            Lie::Claim("iat", json!(1_790_000_000_i64 + 61)),
            "it is too old, or of the future",
        ),
        (Lie::Claim("nbf", json!(1_790_000_000_i64 + 61)), "it is not good yet"),
        (Lie::Claim("nonce", json!("another")), "it belongs to another sign-in"),
        (Lie::Claim("nonce", Value::Null), "it belongs to another sign-in"),
        (
            Lie::Claim("acr", json!("low")),
            "the person was not identified at the level that is asked for",
        ),
        (Lie::Claim("sub", json!("")), "it names no subject"),
        (
            Lie::Claim("email", Value::Null),
            "the claim for the name of the account is missing",
        ),
        (
            Lie::Claim("email_verified", json!(false)),
            "the e-mail address was not verified",
        ),
        (
            Lie::Head("crit", json!(["b64"])),
            "it asks for something that is not understood (`crit`)",
        ),
    ] {
        let fake = Fake::start();
        fake.lie(lie.clone());
        let refused = sign_in(&fake).unwrap_err();
        assert_eq!(refused, OpenIdError::Refused(told), "{lie:?}");
    }
}

#[test]
fn clocks_may_differ_by_a_minute() {
    for second in [1_790_000_000_i64 - 59, 1_790_000_000 + 59] {
        let fake = Fake::start();
        fake.lie(Lie::Claim("iat", json!(second)));
        assert!(sign_in(&fake).is_ok(), "{second}");
    }
}

#[test]
fn the_client_proves_itself_by_a_signed_statement_or_by_its_secret_never_both() {
    let fake = Fake::start();
    sign_in(&fake).unwrap();
    let seen = fake.seen();
    assert_eq!(seen.authorization, None);
    let statement = split(&seen.fields["client_assertion"]).unwrap();
    let claims = fake.client_keys().verify(&statement).unwrap();
    assert_eq!(
        (claims["iss"].as_str(), claims["sub"].as_str()),
        (Some("dijkwacht"), Some("dijkwacht"))
    );
    assert_eq!(claims["exp"].as_i64(), Some(1_790_000_060));
    assert_eq!(
        seen.fields["client_assertion_type"],
        "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
    );
    let first = claims["jti"].clone();
    sign_in(&fake).unwrap();
    let statement = split(&fake.seen().fields["client_assertion"]).unwrap();
    assert_ne!(
        fake.client_keys().verify(&statement).unwrap()["jti"],
        first,
        "fresh each time"
    );

    let mut settings = fake.settings();
    settings.key = ClientKey::Secret("s:cret &".to_owned());
    let provider = Provider::new(settings).unwrap();
    let departure = provider.depart(now()).unwrap();
    fake.remember(&departure);
    let arrival = Arrival {
        code: "good-code",
        issuer: Some(&fake.issuer),
        nonce: &departure.nonce,
        verifier: &departure.verifier,
    };
    provider.arrive(&arrival, now()).unwrap();
    let seen = fake.seen();
    let expected =
        base64::engine::general_purpose::STANDARD.encode("dijkwacht:s%3Acret+%26");
    assert_eq!(seen.authorization, Some(format!("Basic {expected}")));
    assert!(!seen.fields.contains_key("client_assertion"));
    assert_eq!(seen.fields["code_verifier"], departure.verifier);
}

#[test]
fn the_answer_of_another_issuer_is_refused_before_the_code_is_used() {
    let fake = Fake::start();
    let provider = Provider::new(fake.settings()).unwrap();
    let departure = provider.depart(now()).unwrap();
    let arrival = Arrival {
        code: "good-code",
        issuer: Some("https://evil.example"),
        nonce: &departure.nonce,
        verifier: &departure.verifier,
    };
    let refused = provider.arrive(&arrival, now()).unwrap_err();
    assert_eq!(refused, OpenIdError::Refused("the answer names another issuer"));
    assert!(fake.seen().fields.is_empty());
}

#[test]
fn a_key_that_is_new_is_asked_for_and_an_unknown_one_not_too_often() {
    let fake = Fake::start();
    let provider = Provider::new(fake.settings()).unwrap();
    let arrive = |at: Timestamp| {
        let departure = provider.depart(at).unwrap();
        fake.remember(&departure);
        let (nonce, verifier) = (departure.nonce.as_str(), departure.verifier.as_str());
        provider.arrive(&Arrival { code: "good-code", issuer: None, nonce, verifier }, at)
    };
    assert!(arrive(now()).is_ok());
    fake.change_key();
    assert!(arrive(now()).is_err(), "asked a moment ago");
    let later = now() + KEYS_AT_MOST_EVERY;
    fake.at(later);
    assert!(arrive(later).is_ok(), "asked anew");
}

#[test]
fn a_provider_that_is_another_or_cannot_do_what_is_asked_is_told() {
    for (name, value, told) in [
        (
            "issuer",
            json!("https://evil.example"),
            "it calls itself `https://evil.example`",
        ),
        ("token_endpoint", Value::Null, "`token_endpoint` is missing"),
        ("jwks_uri", json!("http://evil.example/keys"), "is no `https:` address"),
        ("code_challenge_methods_supported", json!(["plain"]), "`S256` is not among"),
        (
            "token_endpoint_auth_methods_supported",
            json!(["client_secret_post"]),
            "`private_key_jwt` is not among",
        ),
    ] {
        let fake = Fake::start();
        fake.lie(Lie::Metadata(name, value));
        let error = sign_in(&fake).unwrap_err().to_string();
        assert!(error.contains(told), "{error}");
    }
}

#[test]
fn a_refused_code_and_a_silent_provider_are_told() {
    let fake = Fake::start();
    fake.lie(Lie::Denied);
    let denied = sign_in(&fake).unwrap_err();
    assert_eq!(denied, OpenIdError::Denied("invalid_grant: used before".to_owned()));
    let mut settings = Fake::start().settings();
    settings.issuer = "http://127.0.0.1:9".to_owned();
    let error = Provider::new(settings).unwrap().depart(now()).unwrap_err();
    assert!(matches!(error, OpenIdError::Provider { .. }), "{error}");
}

#[test]
fn all_faults_of_settings_are_told_at_once() {
    let mut settings = Fake::start().settings();
    assert_eq!(settings.check(), Ok(()));
    settings.issuer = "http://login.dijkveen.example?x".to_owned();
    settings.redirect = "http://dijkwacht.example/inloggen/terug".to_owned();
    settings.client = String::new();
    settings.scopes = vec!["profile".to_owned()];
    settings.key = ClientKey::Secret(String::new());
    assert_eq!(settings.check().unwrap_err().0.len(), 6);
    assert!(ClientKey::from_pem("-----BEGIN RSA PRIVATE KEY-----\n", None).is_err());
}

/// RFC 7515, appendix A.2 and A.3: the same payload under RS256 and ES256.
#[test]
fn signatures_of_the_standard_are_believed_and_none_that_was_changed() {
    let payload = "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
    let rsa = json!({"keys": [{
        "kty": "RSA",
        "n": "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ",
        "e": "AQAB",
    }]});
    let ec = json!({"keys": [{
        "kty": "EC", "crv": "P-256",
        "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
        "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
    }]});
    for (set, head, signature) in [
        (
            &rsa,
            "eyJhbGciOiJSUzI1NiJ9",
            "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw",
        ),
        (
            &ec,
            "eyJhbGciOiJFUzI1NiJ9",
            "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q",
        ),
    ] {
        let keys = Keys::read(set);
        let token = split(&format!("{head}.{payload}.{signature}")).unwrap();
        assert_eq!(keys.verify(&token).unwrap()["iss"], "joe");
        let mut changed = token.clone();
        changed.signed.push('A');
        assert!(keys.verify(&changed).is_err());
        let other = if std::ptr::eq(set, &raw const rsa) { &ec } else { &rsa };
        assert!(!Keys::read(other).has(&token), "a key of another kind");
    }
}

#[test]
fn a_key_for_encryption_or_for_another_algorithm_is_not_used() {
    let key = |more: Value| {
        let mut key = json!({"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"});
        key.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        Keys::read(&json!({"keys": [key]}))
    };
    let head = URL_SAFE_NO_PAD.encode(json!({"alg": "ES256", "kid": "a"}).to_string());
    let token = split(&format!("{head}.e30.AA")).unwrap();
    assert!(key(json!({"kid": "a"})).has(&token));
    for other in [
        json!({"kid": "b"}),
        json!({}),
        json!({"kid": "a", "use": "enc"}),
        json!({"kid": "a", "alg": "ES384"}),
    ] {
        assert!(!key(other.clone()).has(&token), "{other}");
    }
}
