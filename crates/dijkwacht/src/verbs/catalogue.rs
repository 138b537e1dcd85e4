//! `dijkwacht catalogue`.

mod files;
mod list;
mod show;

use crate::args::CatalogueVerb;
use crate::terminal::Terminal;
use ::catalogue::{Catalogue, Kind, entries};
use app::AppError;
use serde_json::json;
use std::collections::BTreeMap;
use std::path::Path;

pub(super) fn run(
    verb: &CatalogueVerb,
    overlay: Option<&Path>,
    terminal: &Terminal,
) -> Result<(), AppError> {
    let catalogue = app::load_catalogue(overlay)?;
    match verb {
        CatalogueVerb::Check => check(&catalogue, terminal),
        CatalogueVerb::List { summary: true, .. } => list::summary(&catalogue, terminal),
        CatalogueVerb::List { kind, summary: false } => {
            list::list(&catalogue, kind.as_deref(), terminal)
        }
        CatalogueVerb::Show { code } => show::show(&catalogue, code, terminal),
        CatalogueVerb::Export { format, out } => {
            files::export(&catalogue, overlay, *format, out.as_deref())
        }
        CatalogueVerb::Import { file, into, write } => {
            files::import(file, into, *write, terminal)
        }
        CatalogueVerb::Diff { old } => files::diff(old, overlay, terminal),
        CatalogueVerb::Indicators { file } => {
            files::indicators(file, &catalogue, terminal)
        }
    }
}

/// How many items there are of each kind, in the order of the kinds.
fn counts(catalogue: &Catalogue) -> Vec<(Kind, usize)> {
    let mut counts: BTreeMap<Kind, usize> = BTreeMap::new();
    for entry in entries(catalogue) {
        *counts.entry(entry.kind).or_default() += 1;
    }
    counts.into_iter().collect()
}

fn check(catalogue: &Catalogue, terminal: &Terminal) -> Result<(), AppError> {
    let examples = rules::examples::run_all(catalogue)?;
    let counts = counts(catalogue);
    if terminal.json {
        let items: serde_json::Map<_, _> = counts
            .iter()
            .map(|(kind, count)| (kind.code().to_owned(), json!(count)))
            .collect();
        return terminal.print_json(&json!({
            "form": "dijkwacht/catalogue-check/2",
            "version": catalogue.version,
            "items": items,
            "columns": catalogue.columns.len(),
            "sources": catalogue.sources.len(),
            "examples": examples,
            "faults": [],
        }));
    }
    let lang = terminal.lang;
    let items: Vec<String> =
        counts.iter().map(|(kind, n)| format!("{n} {}", kind.plural(lang))).collect();
    let (version, items) = (&catalogue.version, items.join(", "));
    terminal.print(&terminal.choose(
        format!("Catalogus {version}: geen fouten. {items}; {examples} voorbeelden uitgevoerd.\n"),
        format!("Catalogue {version}: no faults. {items}; {examples} examples executed.\n"),
    ))
}
