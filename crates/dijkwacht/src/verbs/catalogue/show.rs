//! `dijkwacht catalogue show`: one item whole, with what speaks of it.

use crate::terminal::Terminal;
use app::AppError;
use catalogue::entry::{Value, spoken_of, word};
use catalogue::{Catalogue, Entry, entries};
use exchange::catalogue::ItemForm;
use model::Lang;
use std::fmt::Write as _;

/// Shows one item, found by its code whatever the capitals.
pub(super) fn show(
    catalogue: &Catalogue,
    code: &str,
    terminal: &Terminal,
) -> Result<(), AppError> {
    let all = entries(catalogue);
    let Some(entry) = all.iter().find(|entry| entry.code.eq_ignore_ascii_case(code))
    else {
        if let Some(left) = catalogue.unexpressed.get(code) {
            let line = format!("{code}  {}\n", left.texts.title(terminal.lang));
            return terminal.print(&line);
        }
        let hint =
            catalogue::fault::nearest(code, all.iter().map(|entry| entry.code.as_str()));
        return Err(AppError::unknown("the catalogue has no item", code, &hint));
    };
    if terminal.json {
        return terminal.print_json(&ItemForm::of(entry, &all));
    }
    terminal.print(&text(&all, entry, terminal.lang))
}

/// A fact as a reader wants it; empty where nothing is known.
fn said(value: &Value, lang: Lang) -> String {
    match value {
        Value::Text(text) | Value::Address(text) => text.clone(),
        Value::Word(code) => word(code, lang).to_owned(),
        Value::Words(list) => {
            list.iter().map(|code| word(code, lang)).collect::<Vec<_>>().join(", ")
        }
        Value::Names(list) => list.join(", "),
        Value::Number(number) => number.to_string(),
        Value::Range([low, likely, high]) => format!("{low} – {likely} – {high}"),
        Value::Yes(yes) => match yes {
            true => lang.pick("ja", "yes").to_owned(),
            false => lang.pick("nee", "no").to_owned(),
        },
    }
}

fn text(all: &[Entry<'_>], entry: &Entry<'_>, lang: Lang) -> String {
    let mut out = String::new();
    let title = entry.texts.title(lang);
    // writing to a String cannot fail
    writeln!(out, "{}  {title}\n", entry.code).unwrap_or_default();
    for (key, text) in entry.texts.iter(lang).filter(|(key, _)| *key != "title") {
        let name = key.replace(['_', '.'], " ");
        let text = text.replace('\n', "\n    ");
        writeln!(out, "{name}\n    {text}\n").unwrap_or_default();
    }
    for (label, value) in &entry.facts {
        let said = said(value, lang);
        if !said.is_empty() {
            writeln!(out, "{}: {said}", lang.pick(label.nl, label.en))
                .unwrap_or_default();
        }
    }
    let back = spoken_of(all).remove(&entry.code).unwrap_or_default();
    let out_of = entry.links.iter().map(|l| (l.label, l.to.clone(), l.note.clone()));
    for (label, code, note) in out_of.chain(back) {
        let title =
            all.iter().find(|e| e.code == code).map_or("", |e| e.texts.title(lang));
        let note = if note.is_empty() { note } else { format!(" ({note})") };
        let how = lang.pick(label.nl, label.en);
        writeln!(out, "{how}: {code}{note}  {title}").unwrap_or_default();
    }
    let (sources, review) =
        (lang.pick("bronnen", "sources"), lang.pick("toetsing", "review"));
    writeln!(out, "{sources}: {}", entry.sources.join(", ")).unwrap_or_default();
    writeln!(out, "{review}: {}", word(entry.review, lang)).unwrap_or_default();
    out
}
