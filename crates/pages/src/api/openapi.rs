//! The `OpenAPI` document (3.1), made of the table of operations and the types they take and
//! give; and what was sent, held against the same.

use super::problem::{Probleem, Problem};
use super::reply::Reply;
use super::{BASE, Given, OPERATIONS, Operation, Shape, VERSION};
use crate::Settings;
use crate::routes::{Needs, Way};
use crate::visit::Visit;
use jsonschema::error::ValidationErrorKind as Kind;
use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

const ABOUT: &str = "Lees en schrijf wat een organisatie in Dijkwacht heeft, met een token van een persoon. Een token mag nooit meer dan die persoon. Maak het onder Mijn account en stuur het mee als `Authorization: Bearer …`. Deze API volgt de API Design Rules van de Nederlandse overheid (2.1). Woorden uit gesloten lijsten, zoals `agreed`, zijn de codes van bestanden en commando's. Een versie met een ander eerste getal krijgt een eigen pad en staat een jaar naast de vorige; wat vervalt, staat hier vooraf als `deprecated`.";

/// `GET /openapi.json`
pub(crate) fn show(visit: &Visit, _: Given) -> Result<Reply, Problem> {
    Reply::of(&document(&visit.state.settings))
}

fn generator(definitions: &'static str) -> SchemaGenerator {
    let settings = SchemaSettings::draft2020_12();
    settings.with(|it| it.definitions_path = definitions.into()).into_generator()
}

/// The document of an installation.
pub(crate) fn document(settings: &Settings) -> Value {
    let mut of = generator("/components/schemas");
    let mut paths = Map::new();
    for operation in OPERATIONS {
        let item = paths.entry(operation.path).or_insert_with(|| json!({}));
        if let Value::Object(item) = item {
            let method = operation.method.method().as_str().to_lowercase();
            item.insert(method, described(operation, &mut of));
        }
    }
    let schemas = of.take_definitions(true);
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Dijkwacht",
            "description": ABOUT,
            "version": VERSION,
            "contact": contact(settings),
            "license": { "name": "EUPL-1.2", "identifier": "EUPL-1.2" },
        },
        "servers": [{ "url": format!("{}{BASE}", settings.address.origin()) }],
        "tags": [{ "name": "dijkwacht" }],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
        },
    })
}

/// Who is asked about this API: whoever the installation names for weaknesses, or the page for
/// help.
fn contact(settings: &Settings) -> Value {
    let origin = settings.address.origin();
    let owner = if settings.owner.is_empty() { "Dijkwacht" } else { &settings.owner };
    let mut contact = json!({ "name": owner, "url": format!("{origin}/hulp") });
    let address =
        settings.security_contact.as_ref().and_then(|it| it.strip_prefix("mailto:"));
    if let (Some(email), Value::Object(contact)) = (address, &mut contact) {
        contact.insert("email".to_owned(), email.into());
    }
    contact
}

fn described(operation: &Operation, of: &mut SchemaGenerator) -> Value {
    let mut described = Map::new();
    described.insert("operationId".to_owned(), operation.id.into());
    described.insert("summary".to_owned(), operation.summary.into());
    described.insert("tags".to_owned(), json!(["dijkwacht"]));
    described.insert("parameters".to_owned(), parameters(operation));
    if let Some(shape) = operation.takes {
        let sent = json!({ "application/json": { "schema": shape(of) } });
        described.insert(
            "requestBody".to_owned(),
            json!({ "required": true, "content": sent }),
        );
    }
    let security = if operation.needs == Needs::Nothing {
        json!([])
    } else {
        json!([{ "token": [] }])
    };
    described.insert("security".to_owned(), security);
    described.insert("responses".to_owned(), responses(operation, of));
    Value::Object(described)
}

fn parameters(operation: &Operation) -> Value {
    let in_path = operation.path.split('/').filter_map(|part| {
        let name = part.strip_prefix('{')?.strip_suffix('}')?;
        let kind = match name {
            "organisatie" | "bevinding" => "string",
            _ => "integer",
        };
        Some(json!({
            "name": name, "in": "path", "required": true, "schema": { "type": kind },
        }))
    });
    let in_query = operation.query.iter().map(|(name, about)| {
        json!({
            "name": name, "in": "query", "required": false, "description": about,
            "schema": { "type": "integer", "minimum": 1 },
        })
    });
    in_path.chain(in_query).collect()
}

fn responses(operation: &Operation, of: &mut SchemaGenerator) -> Value {
    let version = json!({
        "API-Version": { "description": "De versie van de API.", "schema": { "type": "string" } },
    });
    let (status, told) = match operation.method {
        Way::Get => ("200", "Gelukt."),
        Way::Post => ("201", "Bewaard."),
    };
    let given = json!({ "application/json": { "schema": (operation.gives)(of) } });
    let problem = json!({
        "application/problem+json": { "schema": of.subschema_for::<Probleem>() },
    });
    let mut all = Map::new();
    all.insert(
        status.to_owned(),
        json!({ "description": told, "headers": version, "content": given }),
    );
    let mut refused = vec![("500", "Er ging hier iets mis.")];
    if operation.takes.is_some() || !operation.query.is_empty() {
        refused.push((
            "400",
            "Wat verstuurd werd klopt niet; alles wat mis is staat erbij.",
        ));
    }
    if operation.needs != Needs::Nothing {
        refused.push(("401", "Er is geen geldig token."));
        refused.push(("403", "Het token of zijn eigenaar mag dit niet."));
        refused.push(("404", "Dit bestaat niet, of niet voor deze eigenaar."));
    }
    if operation.takes.is_some() {
        refused.push(("409", "Dit kan niet zoals het er nu voor staat."));
        refused.push(("413", "Dit is te groot."));
        refused.push(("415", "Dit is geen `application/json`."));
    }
    for (status, told) in refused {
        let answer =
            json!({ "description": told, "headers": version, "content": problem });
        all.insert(status.to_owned(), answer);
    }
    Value::Object(all)
}

/// What of a value does not agree with a shape: place and sentence, all of it at once.
pub(crate) fn wrong(
    shape: Shape,
    value: &Value,
) -> Result<Vec<(String, String)>, String> {
    let mut of = generator("/$defs");
    let mut schema = shape(&mut of).to_value();
    if let Value::Object(schema) = &mut schema {
        schema.insert("$defs".to_owned(), Value::Object(of.take_definitions(true)));
    }
    let validator = jsonschema::validator_for(&schema)
        .map_err(|error| format!("a shape of the API is no schema: {error}"))?;
    let all = validator.iter_errors(value).map(|error| {
        let place = error.instance_path().to_string();
        (place, sentence(error.kind(), &error.to_string()))
    });
    Ok(all.collect())
}

/// What is wrong, for whoever reads Dutch; the words of the library where we have none.
fn sentence(kind: &Kind, words: &str) -> String {
    match kind {
        Kind::Required { property } => format!("het veld {property} ontbreekt"),
        Kind::AdditionalProperties { unexpected } => {
            format!("onbekend veld: {}", unexpected.join(", "))
        }
        Kind::Enum { options } => format!("kies uit {options}"),
        Kind::MinLength { .. } => "dit is leeg; vul het in".to_owned(),
        Kind::MaxLength { limit } => format!("dit is langer dan {limit} tekens"),
        Kind::Type { .. } => format!("dit is van een andere soort dan verwacht: {words}"),
        _ => words.to_owned(),
    }
}
