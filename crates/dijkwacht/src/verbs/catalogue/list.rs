//! `dijkwacht catalogue list`: every item on a line, or how many there are.

use super::counts;
use crate::terminal::Terminal;
use app::AppError;
use catalogue::{Catalogue, Kind, entries};
use model::Lang;
use serde_json::json;
use std::fmt::Write as _;

/// The kind that is meant, by its name in files.
fn kind_named(name: &str) -> Result<Kind, AppError> {
    let found = Kind::ALL.iter().find(|(code, _)| *code == name).map(|(_, kind)| *kind);
    found.ok_or_else(|| {
        let known: Vec<&str> = Kind::ALL.iter().map(|(code, _)| *code).collect();
        let hint = format!("choose one of {}", known.join(", "));
        AppError::unknown("there is no kind of item", name, &hint)
    })
}

/// One line for each item: code, kind, title.
pub(super) fn list(
    catalogue: &Catalogue,
    kind: Option<&str>,
    terminal: &Terminal,
) -> Result<(), AppError> {
    let wanted = kind.map(kind_named).transpose()?;
    let mut all = entries(catalogue);
    all.retain(|entry| wanted.is_none_or(|kind| kind == entry.kind));
    if terminal.json {
        let rows: Vec<_> = all
            .iter()
            .map(|entry| {
                json!({
                    "kind": entry.kind.code(),
                    "code": entry.code,
                    "title": {
                        "nl": entry.texts.title(Lang::Nl),
                        "en": entry.texts.title(Lang::En),
                    },
                })
            })
            .collect();
        return terminal.print_json(&json!({
            "form": "dijkwacht/catalogue-list/1",
            "version": catalogue.version,
            "items": rows,
        }));
    }
    let lang = terminal.lang;
    let mut out = String::new();
    for entry in &all {
        let (kind, title) = (entry.kind.title(lang), entry.texts.title(lang));
        // writing to a String cannot fail
        writeln!(out, "{:<18}{kind:<15}{title}", entry.code).unwrap_or_default();
    }
    terminal.print(&out)
}

/// How many items of each kind there are, and how many texts in each language.
pub(super) fn summary(
    catalogue: &Catalogue,
    terminal: &Terminal,
) -> Result<(), AppError> {
    let all = entries(catalogue);
    let texts = |kind: Kind, lang: Lang| -> usize {
        let of_kind = all.iter().filter(|entry| entry.kind == kind);
        of_kind.map(|entry| entry.texts.iter(lang).count()).sum()
    };
    let proposals = |kind: Kind| {
        all.iter().filter(|e| e.kind == kind && e.review == "proposal").count()
    };
    let rows: Vec<(Kind, usize, usize, usize, usize)> = counts(catalogue)
        .into_iter()
        .map(|(kind, n)| {
            (kind, n, texts(kind, Lang::Nl), texts(kind, Lang::En), proposals(kind))
        })
        .collect();
    if terminal.json {
        let items: Vec<_> = rows
            .iter()
            .map(|(kind, n, nl, en, proposals)| {
                json!({
                    "kind": kind.code(),
                    "items": n,
                    "texts": { "nl": nl, "en": en },
                    "proposals": proposals,
                })
            })
            .collect();
        return terminal.print_json(&json!({
            "form": "dijkwacht/catalogue-summary/1",
            "version": catalogue.version,
            "kinds": items,
            "unexpressed": catalogue.unexpressed.keys().collect::<Vec<_>>(),
            "sources": catalogue.sources.len(),
            "columns": catalogue.columns.len(),
        }));
    }
    let head = terminal.lang.pick(
        ["soort", "aantal", "teksten nl", "teksten en", "nog te toetsen"],
        ["kind", "items", "texts nl", "texts en", "to be reviewed"],
    );
    let [kind, items, nl, en, proposals] = head;
    let mut out = format!("{kind:<18}{items:>8}{nl:>12}{en:>12}{proposals:>16}\n");
    for (kind, n, nl, en, proposals) in rows {
        let name = kind.plural(terminal.lang);
        // writing to a String cannot fail
        writeln!(out, "{name:<18}{n:>8}{nl:>12}{en:>12}{proposals:>16}")
            .unwrap_or_default();
    }
    terminal.print(&out)
}
