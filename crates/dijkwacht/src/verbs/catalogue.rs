//! `dijkwacht catalogue`.

use crate::args::CatalogueVerb;
use crate::terminal::Terminal;
use ::catalogue::{Catalogue, EvidenceFor, Rule, Texts};
use app::AppError;
use model::{Lang, Process};
use serde_json::json;
use std::fmt::Write as _;
use std::path::Path;

pub(super) fn run(
    verb: &CatalogueVerb,
    overlay: Option<&Path>,
    terminal: &Terminal,
) -> Result<(), AppError> {
    let catalogue = app::load_catalogue(overlay)?;
    match verb {
        CatalogueVerb::Check => check(&catalogue, terminal),
        CatalogueVerb::List => list(&catalogue, terminal),
        CatalogueVerb::Show { code } => show(&catalogue, code, terminal),
    }
}

fn check(catalogue: &Catalogue, terminal: &Terminal) -> Result<(), AppError> {
    let examples = rules::examples::run_all(catalogue)?;
    let value = json!({
        "form": "dijkwacht/catalogue-check/1",
        "version": catalogue.version,
        "processes": catalogue.processes.len(),
        "circumstances": catalogue.circumstances.len(),
        "controls": catalogue.controls.len(),
        "rules": catalogue.rules.len(),
        "columns": catalogue.columns.len(),
        "sources": catalogue.sources.len(),
        "examples": examples,
        "faults": [],
    });
    if terminal.json {
        return terminal.print_json(&value);
    }
    let (p, c, b, r) = (
        catalogue.processes.len(),
        catalogue.circumstances.len(),
        catalogue.controls.len(),
        catalogue.rules.len(),
    );
    terminal.print(&terminal.choose(
        format!(
            "Catalogus {}: geen fouten. {p} processen, {c} omstandigheden, {b} beheersingen, {r} regels, {examples} voorbeelden uitgevoerd.\n",
            catalogue.version
        ),
        format!(
            "Catalogue {}: no faults. {p} processes, {c} circumstances, {b} controls, {r} rules, {examples} examples executed.\n",
            catalogue.version
        ),
    ))
}

/// Kind, code, and texts of every item, in the order in which they are shown.
fn items(catalogue: &Catalogue) -> Vec<(&'static str, String, &Texts)> {
    let mut all: Vec<(&'static str, String, &Texts)> = Vec::new();
    for item in catalogue.processes.values() {
        all.push(("process", item.process.code().to_owned(), &item.texts));
    }
    for item in catalogue.circumstances.values() {
        all.push(("circumstance", item.code.clone(), &item.texts));
    }
    for item in catalogue.controls.values() {
        all.push(("control", item.code.clone(), &item.texts));
    }
    for rule in catalogue.rules.values() {
        all.push(("rule", rule.code.clone(), &rule.texts));
    }
    all
}

fn list(catalogue: &Catalogue, terminal: &Terminal) -> Result<(), AppError> {
    let items = items(catalogue);
    if terminal.json {
        let rows: Vec<_> = items
            .iter()
            .map(|(kind, code, texts)| {
                json!({
                    "kind": kind,
                    "code": code,
                    "title": { "nl": texts.title(Lang::Nl), "en": texts.title(Lang::En) },
                })
            })
            .collect();
        return terminal.print_json(&json!({
            "form": "dijkwacht/catalogue-list/1",
            "version": catalogue.version,
            "items": rows,
        }));
    }
    let mut out = String::new();
    for (kind, code, texts) in items {
        // writing to a String cannot fail
        writeln!(
            out,
            "{code:<18}{:<15}{}",
            kind_word(kind, terminal.lang),
            texts.title(terminal.lang)
        )
        .unwrap_or_default();
    }
    terminal.print(&out)
}

fn kind_word(kind: &str, lang: Lang) -> &str {
    match kind {
        "process" => lang.pick("proces", "process"),
        "circumstance" => lang.pick("omstandigheid", "circumstance"),
        "control" => lang.pick("beheersing", "control"),
        "rule" => lang.pick("regel", "rule"),
        other => other,
    }
}

fn show(catalogue: &Catalogue, code: &str, terminal: &Terminal) -> Result<(), AppError> {
    let items = items(catalogue);
    let wanted = items.iter().find(|(_, known, _)| known.eq_ignore_ascii_case(code));
    let Some((kind, code, texts)) = wanted else {
        let known = items.iter().map(|(_, known, _)| known.as_str());
        let hint = ::catalogue::fault::nearest(code, known);
        return Err(AppError::unknown("the catalogue has no item", code, &hint));
    };
    let facts = facts(catalogue, kind, code);
    if terminal.json {
        let texts = |lang: Lang| -> serde_json::Map<String, serde_json::Value> {
            texts.iter(lang).map(|(key, text)| (key.to_owned(), json!(text))).collect()
        };
        return terminal.print_json(&json!({
            "form": "dijkwacht/catalogue-item/1",
            "kind": kind,
            "code": code,
            "facts": facts,
            "texts": { "nl": texts(Lang::Nl), "en": texts(Lang::En) },
        }));
    }
    let mut out = String::new();
    let lang = terminal.lang;
    // writing to a String cannot fail
    writeln!(out, "{code}  {}\n", texts.title(lang)).unwrap_or_default();
    for (key, text) in texts.iter(lang).filter(|(key, _)| *key != "title") {
        writeln!(
            out,
            "{}\n    {}\n",
            key.replace('_', " "),
            text.replace('\n', "\n    ")
        )
        .unwrap_or_default();
    }
    if let serde_json::Value::Object(facts) = &facts {
        for (key, value) in facts {
            let value = match value {
                serde_json::Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            writeln!(out, "{key}: {value}").unwrap_or_default();
        }
    }
    terminal.print(&out)
}

fn facts(catalogue: &Catalogue, kind: &str, code: &str) -> serde_json::Value {
    let processes = |all: &[Process]| all.iter().map(|p| p.code()).collect::<Vec<_>>();
    match kind {
        "process" => catalogue
            .processes
            .values()
            .find(|item| item.process.code() == code)
            .map_or(json!({}), |item| {
                json!({
                    "attractiveness": item.attractiveness,
                    "steps": item.steps.iter().map(|s| s.name.as_str()).collect::<Vec<_>>(),
                    "functions": item.functions,
                    "rules": catalogue.rules_of(item.process).map(|r| r.code.as_str()).collect::<Vec<_>>(),
                    "sources": item.sources,
                    "review": item.review,
                })
            }),
        "circumstance" => catalogue.circumstances.get(code).map_or(json!({}), |item| {
            json!({
                "kind": if item.inside { "inside" } else { "outside" },
                "group": item.group,
                "weight": item.weight,
                "processes": processes(&item.processes),
                "rules": speaking(catalogue, &EvidenceFor::Circumstance(code.to_owned())),
                "sources": item.sources,
                "review": item.review,
            })
        }),
        "control" => catalogue.controls.get(code).map_or(json!({}), |item| {
            json!({
                "key": item.key,
                "weight": item.weight,
                "processes": processes(&item.processes),
                "rules": speaking(catalogue, &EvidenceFor::Control(code.to_owned())),
                "sources": item.sources,
                "review": item.review,
            })
        }),
        _ => catalogue.rules.get(code).map_or(json!({}), rule_facts),
    }
}

fn speaking<'c>(catalogue: &'c Catalogue, of: &EvidenceFor) -> Vec<&'c str> {
    catalogue
        .rules
        .values()
        .filter(|r| r.evidence.contains(of))
        .map(|r| r.code.as_str())
        .collect()
}

fn rule_facts(rule: &Rule) -> serde_json::Value {
    let parameters: serde_json::Map<String, serde_json::Value> = rule
        .parameters
        .iter()
        .map(|(name, p)| {
            let value = json!({ "default": p.default, "least": p.least, "most": p.most, "unit": p.unit });
            (name.clone(), value)
        })
        .collect();
    let evidence: Vec<&str> = rule
        .evidence
        .iter()
        .map(|of| match of {
            EvidenceFor::Control(code) | EvidenceFor::Circumstance(code) => code.as_str(),
        })
        .collect();
    json!({
        "name": rule.name,
        "version": rule.version,
        "class": rule.class,
        "level": rule.level,
        "stage": rule.stage,
        "processes": rule.processes.iter().map(|p| p.code()).collect::<Vec<_>>(),
        "speaks_for": evidence,
        "needs": rule.needs,
        "parameters": parameters,
        "sources": rule.sources,
        "review": rule.review,
    })
}
