//! A small provider over HTTP that tells the truth, or the one lie it was told to tell.

use crate::keys::Keys;
use crate::{ClientKey, Departure, Settings};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// What the provider may get wrong.
#[derive(Clone, Debug)]
pub(super) enum Lie {
    /// No signature at all (`none`).
    Unsigned,
    /// Signed with something both know.
    SharedSecret,
    /// Signed with a key that is not among its keys.
    OtherKey,
    /// Changed after it was signed.
    Changed,
    /// A claim is another, or absent (`null`).
    Claim(&'static str, Value),
    /// A field of the head is added.
    Head(&'static str, Value),
    /// What it says of itself is another, or absent.
    Metadata(&'static str, Value),
    /// It refuses the code.
    Denied,
}

/// What the client sent with a code.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen {
    pub(super) fields: BTreeMap<String, String>,
    pub(super) authorization: Option<String>,
}

struct Inside {
    lie: Option<Lie>,
    key: Vec<u8>,
    nonce: String,
    now: i64,
    seen: Seen,
}

/// The provider, and the client it knows.
pub(super) struct Fake {
    pub(super) issuer: String,
    inside: Arc<Mutex<Inside>>,
    client_key: Vec<u8>,
}

fn new_key() -> Vec<u8> {
    let rng = SystemRandom::new();
    EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &rng)
        .unwrap()
        .as_ref()
        .to_vec()
}

fn pair(key: &[u8]) -> EcdsaKeyPair {
    let rng = SystemRandom::new();
    EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, key, &rng).unwrap()
}

/// The public half as a key set; its name follows from it.
fn key_set(key: &[u8]) -> Value {
    let pair = pair(key);
    let (x, y) = pair.public_key().as_ref()[1..].split_at(32);
    let (x, y) = (URL_SAFE_NO_PAD.encode(x), URL_SAFE_NO_PAD.encode(y));
    json!({"keys": [
        {"kty": "OKP", "crv": "X448", "x": "AA"},
        {"kty": "EC", "crv": "P-256", "kid": x, "use": "sig", "x": x, "y": y},
    ]})
}

impl Fake {
    pub(super) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let inside = Arc::new(Mutex::new(Inside {
            lie: None,
            key: new_key(),
            nonce: String::new(),
            now: 1_790_000_000,
            seen: Seen::default(),
        }));
        let (own, shared) = (issuer.clone(), Arc::clone(&inside));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                answer(stream, &own, &shared);
            }
        });
        Self { issuer, inside, client_key: new_key() }
    }

    pub(super) fn settings(&self) -> Settings {
        let key = base64::engine::general_purpose::STANDARD.encode(&self.client_key);
        let pem =
            format!("-----BEGIN PRIVATE KEY-----\n{key}\n-----END PRIVATE KEY-----\n");
        Settings {
            title: "Gemeente Dijkveen".to_owned(),
            issuer: self.issuer.clone(),
            client: "dijkwacht".to_owned(),
            key: ClientKey::from_pem(&pem, None).unwrap(),
            redirect: "http://127.0.0.1:8080/inloggen/terug".to_owned(),
            scopes: ["openid", "profile", "email"].map(str::to_owned).to_vec(),
            level: Some("substantial".to_owned()),
            name_claim: "email".to_owned(),
            groups_claim: Some("groups".to_owned()),
            authorities: None,
        }
    }

    pub(super) fn lie(&self, lie: Lie) {
        self.inside.lock().unwrap().lie = Some(lie);
    }

    pub(super) fn remember(&self, departure: &Departure) {
        self.inside.lock().unwrap().nonce.clone_from(&departure.nonce);
    }

    pub(super) fn change_key(&self) {
        self.inside.lock().unwrap().key = new_key();
    }

    pub(super) fn at(&self, now: Timestamp) {
        self.inside.lock().unwrap().now = now.as_second();
    }

    pub(super) fn seen(&self) -> Seen {
        self.inside.lock().unwrap().seen.clone()
    }

    /// The keys with which the client signs its statements; their name is not given.
    pub(super) fn client_keys(&self) -> Keys {
        Keys::read(&key_set(&self.client_key))
    }
}

fn answer(stream: TcpStream, issuer: &str, inside: &Mutex<Inside>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut line = String::new();
    reader.read_line(&mut line).unwrap();
    let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
    let (mut length, mut authorization) = (0, None);
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).unwrap();
        let Some((name, value)) = header.trim().split_once(": ") else { break };
        match name.to_lowercase().as_str() {
            "content-length" => length = value.parse().unwrap(),
            "authorization" => authorization = Some(value.to_owned()),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    let mut inside = inside.lock().unwrap();
    let (status, value) = match path.as_str() {
        "/.well-known/openid-configuration" => (200, metadata(issuer, &inside)),
        "/keys" => (200, key_set(&inside.key)),
        "/token" => {
            let fields = form_urlencoded::parse(&body).into_owned().collect();
            inside.seen = Seen { fields, authorization };
            if matches!(inside.lie, Some(Lie::Denied)) {
                (
                    400,
                    json!({"error": "invalid_grant", "error_description": "used before"}),
                )
            } else {
                (200, json!({"token_type": "Bearer", "id_token": token(issuer, &inside)}))
            }
        }
        _ => (404, json!({})),
    };
    drop(inside);
    let text = value.to_string();
    let mut stream = stream;
    let length = text.len();
    let head = format!(
        "HTTP/1.1 {status} X\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
    );
    // a client that went away meanwhile is no fault of the provider
    stream.write_all(format!("{head}{text}").as_bytes()).unwrap_or_default();
}

fn put(value: &mut Value, name: &str, what: &Value) {
    let object = value.as_object_mut().unwrap();
    if what.is_null() {
        object.remove(name);
    } else {
        object.insert(name.to_owned(), what.clone());
    }
}

fn metadata(issuer: &str, inside: &Inside) -> Value {
    let mut metadata = json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/keys"),
        "response_types_supported": ["code"],
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": ["private_key_jwt", "client_secret_basic"],
    });
    if let Some(Lie::Metadata(name, value)) = &inside.lie {
        put(&mut metadata, name, value);
    }
    metadata
}

fn token(issuer: &str, inside: &Inside) -> String {
    let own = key_set(&inside.key);
    let mut head = json!({"alg": "ES256", "kid": own["keys"][1]["kid"]});
    let mut claims = json!({
        "iss": issuer, "aud": "dijkwacht", "sub": "subject-1", "nonce": inside.nonce,
        "iat": inside.now, "exp": inside.now + 300, "acr": "substantial",
        "email": "ada@dijkveen.example", "email_verified": true, "name": "Ada de Vries",
        "groups": ["iedereen", "dijkwacht-beheer"],
    });
    match &inside.lie {
        Some(Lie::Claim(name, value)) => put(&mut claims, name, value),
        Some(Lie::Head(name, value)) => put(&mut head, name, value),
        Some(Lie::Unsigned) => put(&mut head, "alg", &json!("none")),
        Some(Lie::SharedSecret) => put(&mut head, "alg", &json!("HS256")),
        _ => {}
    }
    let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", encode(&head), encode(&claims));
    let key = match &inside.lie {
        Some(Lie::OtherKey) => new_key(),
        _ => inside.key.clone(),
    };
    let signature = pair(&key).sign(&SystemRandom::new(), signed.as_bytes()).unwrap();
    let signed = if matches!(inside.lie, Some(Lie::Changed)) {
        put(&mut claims, "sub", &json!("subject-2"));
        format!("{}.{}", encode(&head), encode(&claims))
    } else {
        signed
    };
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature.as_ref()))
}
