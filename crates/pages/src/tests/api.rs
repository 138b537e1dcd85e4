//! The API as a program asks it: with a token, and held against its own document.

use super::bench::{Bench, Browser, Furnished, HOST, Reply};
use crate::api::{BASE, OPERATIONS, Operation, VERSION};
use crate::routes::{Needs, Way};
use access::{Grant, Place, Role, allowed};
use accounts::{Scope, Token};
use app::people::log;
use axum::body::Body;
use axum::http::{Method, StatusCode};
use jiff::SignedDuration;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// A token of somebody, good for a day.
fn token(
    bench: &Bench,
    name: &str,
    scopes: &[Scope],
    organisation: Option<&str>,
) -> String {
    let user = bench.state.accounts.user(name).unwrap().unwrap();
    let token = Token {
        id: 0,
        title: "proef".to_owned(),
        scopes: scopes.iter().copied().collect(),
        organisation: organisation.map(str::to_owned),
        ends_at: bench.now() + SignedDuration::from_hours(24),
        used_at: None,
    };
    let secret = bench.state.accounts.make_token(&user, &token, bench.now()).unwrap();
    secret.reveal().to_owned()
}

/// A program with a token, and without cookies.
struct Program {
    browser: Browser,
    token: String,
}

impl Program {
    fn with(bench: &Bench, token: String) -> Self {
        Self { browser: bench.browser(), token }
    }

    /// Of somebody who may do everything in `dijkveen`, with a token for all of it.
    fn of_everybody(bench: &Bench) -> Self {
        bench.add("ada", Role::ALL);
        Self::with(bench, token(bench, "ada", &Scope::ALL, None))
    }

    fn ask(&mut self, method: &Method, path: &str, sent: Option<&Value>) -> Reply {
        let bearer = format!("Bearer {}", self.token);
        let mut headers = vec![("authorization", bearer.as_str())];
        let body = sent.map_or_else(Body::empty, |sent| Body::from(sent.to_string()));
        if sent.is_some() {
            headers.push(("content-type", "application/json"));
        }
        let path = format!("{BASE}{path}");
        let reply = self.browser.ask(method, &path, body, &headers);
        assert!(reply.headers.get("set-cookie").is_none(), "{path} sets a cookie");
        assert_eq!(reply.header("api-version"), VERSION, "{path}");
        reply
    }

    fn get(&mut self, path: &str) -> Reply {
        self.ask(&Method::GET, path, None)
    }

    fn post(&mut self, path: &str, sent: &Value) -> Reply {
        self.ask(&Method::POST, path, Some(sent))
    }
}

/// What each operation that takes something is sent, by its name in the document.
fn example(operation: &Operation) -> Value {
    match operation.id {
        "maakRonde" => json!({
            "titel": "Ronde van een programma", "peildatum": "2026-12-01", "spoor": "short",
            "profiel": "P-SHORT", "sluitOp": "2026-12-20",
        }),
        "beoordeelBevinding" => {
            json!({ "oordeel": "explained", "reden": "De mandaatregeling staat dit toe." })
        }
        "zetMaatregel" => json!({
            "fase": "started", "eigenaar": "teamleider", "begintOp": "2026-12-01",
        }),
        other => panic!("give {other} an example"),
    }
}

fn ask(program: &mut Program, furnished: &Furnished, operation: &Operation) -> Reply {
    ask_at(program, operation, &furnished.path(operation.path))
}

fn ask_at(program: &mut Program, operation: &Operation, path: &str) -> Reply {
    match operation.method {
        Way::Get => program.get(path),
        Way::Post => program.post(path, &example(operation)),
    }
}

fn document(bench: &Bench) -> Value {
    let reply = bench.browser().get("/api/v1/openapi.json");
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.body);
    serde_json::from_str(&reply.body).unwrap()
}

/// The shape that the document gives for an answer, with everything it refers to.
fn shape(document: &Value, operation: &Operation, status: &str, kind: &str) -> Value {
    let method = operation.method.method().as_str().to_lowercase();
    let answer = &document["paths"][operation.path][&method]["responses"][status];
    let mut shape = answer["content"][kind]["schema"].clone();
    assert!(shape.is_object() || shape == true, "{}: {status} {answer}", operation.path);
    if let Value::Object(shape) = &mut shape {
        shape.insert("components".to_owned(), document["components"].clone());
    }
    shape
}

fn agrees(shape: &Value, body: &str, about: &str) {
    let value: Value = serde_json::from_str(body).unwrap();
    let validator = jsonschema::validator_for(shape).unwrap();
    let wrong: Vec<String> = validator
        .iter_errors(&value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(wrong.is_empty(), "{about}: {wrong:?}\n{value:#}");
}

#[test]
fn every_answer_agrees_with_the_document() {
    let bench = Bench::new();
    let furnished = bench.furnish();
    let document = document(&bench);
    let mut program = Program::of_everybody(&bench);
    for operation in OPERATIONS {
        let reply = ask(&mut program, &furnished, operation);
        let status = match operation.method {
            Way::Get => StatusCode::OK,
            Way::Post => StatusCode::CREATED,
        };
        assert_eq!(reply.status, status, "{}: {}", operation.path, reply.body);
        let shape = shape(&document, operation, status.as_str(), "application/json");
        agrees(&shape, &reply.body, operation.path);
        // a list of the bench has something in it, so that its shape was held against something
        let value: Value = serde_json::from_str(&reply.body).unwrap();
        let is_empty = value["resultaten"].as_array().is_some_and(Vec::is_empty);
        assert!(!is_empty || operation.id == "leesBesluiten", "{}", operation.path);
        if operation.method == Way::Post {
            let made = reply.location().to_owned();
            let path = made.strip_prefix(BASE).unwrap();
            assert_eq!(program.get(path).status, StatusCode::OK, "{made}");
        }
    }
}

#[test]
fn the_document_keeps_the_rules_of_the_dutch_government() {
    let bench = Bench::new();
    let reply = bench.browser().get("/api/v1/openapi.json");
    assert_eq!(reply.header("access-control-allow-origin"), "*");
    assert_eq!(reply.header("api-version"), VERSION);
    let document = document(&bench);
    assert_eq!(document["info"]["version"], VERSION);
    assert_eq!(document["servers"][0]["url"], format!("https://{HOST}/api/v1"));
    for field in ["name", "email", "url"] {
        assert!(document["info"]["contact"][field].is_string(), "{field}");
    }
    let is_camel = |text: &str, first_is_upper: bool| {
        let first = text.chars().next().unwrap();
        first.is_ascii_uppercase() == first_is_upper
            && text.chars().all(|c| c.is_ascii_alphanumeric())
    };
    let is_kebab =
        |text: &str| text.chars().all(|c| c.is_ascii_lowercase() || c == '-' || c == '.');
    let mut ids = BTreeSet::new();
    for operation in OPERATIONS {
        let parts = operation.path.split('/').skip(1);
        for part in parts.filter(|part| !part.starts_with('{')) {
            assert!(is_kebab(part) && !part.is_empty(), "{}", operation.path);
        }
        for (name, about) in operation.query {
            assert!(is_camel(name, false) && !about.is_empty(), "{name}");
        }
        assert!(!operation.summary.is_empty(), "{}", operation.path);
        assert!(ids.insert(operation.id), "{} twice", operation.id);
    }
    for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        assert!(is_camel(name, true), "{name}");
        assert!(schema["description"].is_string(), "{name} says nothing");
        for property in schema["properties"].as_object().unwrap().keys() {
            assert!(is_camel(property, false), "{name}.{property}");
        }
    }
}

/// Every scope and one role: what the table of rights gives, and nothing else.
#[test]
fn a_token_never_does_more_than_its_owner() {
    let bench = Bench::new();
    let furnished = bench.furnish();
    let place = Place { organisation: "dijkveen".to_owned(), regions: BTreeSet::new() };
    for role in Role::ALL {
        let name = format!("x-{}", role.code());
        bench.add(&name, &[*role]);
        let mut program = Program::with(&bench, token(&bench, &name, &Scope::ALL, None));
        for operation in OPERATIONS {
            let reply = ask(&mut program, &furnished, operation);
            let may = match operation.needs {
                Needs::May(action) => {
                    let grants = [Grant::organisation(*role, "dijkveen")];
                    allowed(&grants, action, &place)
                }
                _ => true,
            };
            let is_in = reply.status.is_success();
            assert_eq!(is_in, may, "{name} {}: {}", operation.path, reply.status);
            if !may {
                assert_eq!(reply.status, StatusCode::FORBIDDEN, "{}", reply.body);
            }
        }
    }
}

#[test]
fn a_token_never_does_more_than_its_scopes() {
    let bench = Bench::new();
    let furnished = bench.furnish();
    bench.add("ada", Role::ALL);
    for scope in Scope::ALL {
        let token = token(&bench, "ada", &[scope], None);
        let mut program = Program::with(&bench, token);
        for operation in OPERATIONS {
            let covers = match operation.needs {
                Needs::May(action) => scope.covers(action),
                Needs::Account => scope == Scope::Read,
                _ => true,
            };
            let reply = ask(&mut program, &furnished, operation);
            let about = format!("{} {}", scope.code(), operation.path);
            assert_eq!(reply.status.is_success(), covers, "{about}: {}", reply.body);
        }
    }
}

#[test]
fn a_token_of_one_organisation_knows_no_other() {
    let bench = Bench::new();
    let grants = ["dijkveen", "elders"];
    let grants = grants.map(|of| Grant::organisation(Role::Reader, of)).to_vec();
    bench.add_with("rik", grants);
    let everywhere = token(&bench, "rik", &[Scope::Read], None);
    let here = token(&bench, "rik", &[Scope::Read], Some("dijkveen"));
    let titles = |token: String| {
        let mut program = Program::with(&bench, token);
        let all: Value =
            serde_json::from_str(&program.get("/organisaties").body).unwrap();
        let elsewhere = program.get("/organisaties/elders").status;
        (all["totaal"].as_u64().unwrap(), elsewhere)
    };
    assert_eq!(titles(everywhere), (2, StatusCode::OK));
    assert_eq!(titles(here), (1, StatusCode::NOT_FOUND));
}

#[test]
fn a_number_of_another_organisation_is_not_found() {
    let bench = Bench::new();
    let furnished = bench.furnish();
    let roles = Role::ALL.iter();
    let grants = roles.map(|role| Grant::organisation(*role, "elders")).collect();
    bench.add_with("eva", grants);
    let mut program = Program::with(&bench, token(&bench, "eva", &Scope::ALL, None));
    let mut walked = 0;
    for operation in OPERATIONS {
        if operation.path.matches('{').count() < 2 {
            continue;
        }
        let path = operation.path.replace("{organisatie}", "elders");
        let reply = ask_at(&mut program, operation, &furnished.path(&path));
        assert_eq!(reply.status, StatusCode::NOT_FOUND, "{}", reply.body);
        walked += 1;
    }
    assert!(walked >= 6, "{walked}");
}

fn problem(reply: &Reply, status: StatusCode) -> Value {
    assert_eq!(reply.status, status, "{}", reply.body);
    assert_eq!(reply.header("content-type"), "application/problem+json");
    let told: Value = serde_json::from_str(&reply.body).unwrap();
    assert_eq!(told["status"], status.as_u16());
    for field in ["title", "detail", "trace"] {
        assert!(told[field].as_str().is_some_and(|text| !text.is_empty()), "{told}");
    }
    told
}

#[test]
fn what_cannot_be_answered_is_a_problem_that_says_why() {
    let bench = Bench::new();
    let furnished = bench.furnish();
    let mut program = Program::of_everybody(&bench);
    let absent = program.get("/organisaties/nergens");
    problem(&absent, StatusCode::NOT_FOUND);
    problem(&program.get("/bestaat-niet"), StatusCode::NOT_FOUND);
    let removed = program.ask(&Method::DELETE, "/organisaties", None);
    problem(&removed, StatusCode::METHOD_NOT_ALLOWED);
    let second = program.get("/organisaties?pagina=0&perPagina=veel");
    let told = problem(&second, StatusCode::BAD_REQUEST);
    assert_eq!(told["fouten"].as_array().unwrap().len(), 2, "{told}");
    program.token = "dijkwacht_x".to_owned();
    let refused = program.get(&furnished.path("/organisaties/{organisatie}"));
    problem(&refused, StatusCode::UNAUTHORIZED);
    assert_eq!(refused.header("www-authenticate"), "Bearer");
    // a session of a browser is nothing here
    let mut browser = bench.browser_of("ada");
    let reply = browser.get("/api/v1/organisaties");
    problem(&reply, StatusCode::UNAUTHORIZED);
}

#[test]
fn all_that_is_wrong_with_what_was_sent_is_told_at_once() {
    let bench = Bench::new();
    bench.furnish();
    let mut program = Program::of_everybody(&bench);
    let path = "/organisaties/dijkveen/rondes";
    let wrong = json!({ "titel": "", "peildatum": 3, "spoor": "lang", "naam": "x" });
    let told = problem(&program.post(path, &wrong), StatusCode::BAD_REQUEST);
    let faults = told["fouten"].as_array().unwrap();
    let of = |place: &str| faults.iter().filter(|fault| fault["plaats"] == place).count();
    assert_eq!((of("/titel"), of("/peildatum"), of("/spoor")), (1, 1, 1), "{told}");
    // the missing profile and the unknown field
    assert_eq!(of(""), 2, "{told}");
    let mut example = json!({
        "titel": "x", "peildatum": "2026-02-30", "spoor": "short", "profiel": "P-SHORT",
    });
    let told = problem(&program.post(path, &example), StatusCode::BAD_REQUEST);
    assert_eq!(told["fouten"][0]["plaats"], "/peildatum", "{told}");
    example["peildatum"] = "2026-02-28".into();
    example["profiel"] = "P-SHRT".into();
    let told = problem(&program.post(path, &example), StatusCode::BAD_REQUEST);
    let text = told["fouten"][0]["uitleg"].as_str().unwrap();
    assert!(text.contains("P-SHORT"), "{told}");
    // nothing of it was kept
    let rounds: Value = serde_json::from_str(&program.get(path).body).unwrap();
    assert_eq!(rounds["totaal"], 1, "{rounds}");
    let stray = program.browser.ask(
        &Method::POST,
        &format!("{BASE}{path}"),
        Body::from("titel=x"),
        &[("authorization", &format!("Bearer {}", program.token))],
    );
    problem(&stray, StatusCode::UNSUPPORTED_MEDIA_TYPE);
}

#[test]
fn a_list_comes_in_pages() {
    let bench = Bench::new();
    bench.furnish();
    let mut program = Program::of_everybody(&bench);
    let mut page = |query: &str| -> Value {
        serde_json::from_str(&program.get(&format!("/catalogus{query}")).body).unwrap()
    };
    let first = page("?perPagina=10");
    let second = page("?perPagina=10&pagina=2");
    let beyond = page("?pagina=100000");
    assert_eq!(first["resultaten"].as_array().unwrap().len(), 10);
    assert_ne!(first["resultaten"], second["resultaten"]);
    assert_eq!(first["totaal"], second["totaal"]);
    assert_eq!(beyond["resultaten"], json!([]));
}

#[test]
fn a_look_at_rows_stands_in_the_log_and_names_no_person() {
    let bench = Bench::new();
    let furnished = bench.furnish();
    let mut program = Program::of_everybody(&bench);
    let path =
        furnished.path("/organisaties/{organisatie}/bevindingen/{bevinding}/rijen");
    let reply = program.get(&path);
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.body);
    assert!(reply.body.contains("permits.csv") && !reply.body.contains("jan"));
    let log = bench.as_person("ada", |desk| log(desk, "dijkveen").unwrap());
    let looked = log.iter().any(|entry| {
        entry.who == "ada" && entry.what == "read" && entry.resource == "evidence"
    });
    assert!(looked, "{log:#?}");
}

#[test]
fn nobody_is_named_in_how_far_assignments_are() {
    let bench = Bench::new();
    let furnished = bench.furnish();
    let mut program = Program::of_everybody(&bench);
    let path = furnished.path("/organisaties/{organisatie}/rondes/{ronde}/toewijzingen");
    let reply = program.get(&path);
    assert!(reply.body.contains("team <3>") && !reply.body.contains("bob"));
}

#[test]
fn a_token_is_made_on_a_page_shown_once_and_withdrawn() {
    let bench = Bench::new();
    bench.add("ada", &[Role::Reader]);
    let mut browser = bench.browser_of("ada");
    browser.get("/account/tokens");
    let reply = browser.post("/account/tokens", &[("einde", "2030-01-01")]);
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", reply.body);
    for field in ["titel", "waarvoor", "einde"] {
        assert!(reply.body.contains(&format!("id=\"veld-{field}-fout\"")), "{field}");
    }
    let fields = [
        ("titel", "<b>bord</b>"),
        ("waarvoor", "lezen"),
        ("organisatie", "dijkveen"),
        ("einde", "2026-12-01"),
    ];
    let reply = browser.post("/account/tokens", &fields);
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.body);
    let (_, secret) = reply.body.split_once("dijkwacht_").unwrap();
    let secret = format!("dijkwacht_{}", secret.split_once('<').unwrap().0);
    let mut program = Program::with(&bench, secret.clone());
    assert_eq!(program.get("/organisaties/dijkveen").status, StatusCode::OK);
    let page = browser.get("/account/tokens").body;
    assert!(!page.contains(&secret) && page.contains("&lt;b&gt;bord&lt;/b&gt;"));
    // somebody else cannot withdraw it
    bench.add("eva", &[Role::Reader]);
    let mut other = bench.browser_of("eva");
    other.get("/account/tokens");
    let reply = other.post("/account/tokens", &[("weg", "1")]);
    assert_eq!(reply.status, StatusCode::NOT_FOUND);
    browser.get("/account/tokens");
    let reply = browser.post("/account/tokens", &[("weg", "1")]);
    assert_eq!(reply.location(), "/account/tokens?gelukt=weg");
    assert_eq!(program.get("/organisaties/dijkveen").status, StatusCode::UNAUTHORIZED);
}

#[test]
fn a_token_ends_and_so_does_that_of_a_closed_account() {
    let bench = Bench::new();
    bench.add("ada", &[Role::Reader]);
    bench.add("eva", &[Role::Reader]);
    let mut ada = Program::with(&bench, token(&bench, "ada", &[Scope::Read], None));
    let mut eva = Program::with(&bench, token(&bench, "eva", &[Scope::Read], None));
    assert_eq!(eva.get("/organisaties").status, StatusCode::OK);
    bench.state.accounts.close("eva", "ada", bench.now()).unwrap();
    assert_eq!(eva.get("/organisaties").status, StatusCode::UNAUTHORIZED);
    bench.wait(23 * 3_600);
    assert_eq!(ada.get("/organisaties").status, StatusCode::OK);
    bench.wait(2 * 3_600);
    assert_eq!(ada.get("/organisaties").status, StatusCode::UNAUTHORIZED);
}

/// A reader of such documents that we did not write.
#[test]
fn another_program_reads_the_document() {
    let bench = Bench::new();
    let text = bench.browser().get("/api/v1/openapi.json").body;
    let read = oas3::from_json(text).unwrap();
    let ids: BTreeSet<String> = read
        .operations()
        .filter_map(|(_, _, operation)| operation.operation_id.clone())
        .collect();
    assert_eq!(ids, OPERATIONS.iter().map(|one| one.id.to_owned()).collect());
    for (path, _, operation) in read.operations() {
        for (status, answer) in operation.responses(&read) {
            assert!(!answer.content.is_empty(), "{path} {status}");
        }
    }
}
