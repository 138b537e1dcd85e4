//! `dijkwacht read`.

use crate::terminal::Terminal;
use app::{AppError, Office, ReadReport, ReadRequest};
use model::{Lang, NoteKind};
use std::fmt::Write as _;
use std::io::{self, Read as _, Write as _};
use std::path::Path;

pub(super) fn run(
    office: &Office,
    mut request: ReadRequest,
    terminal: &Terminal,
) -> Result<(), AppError> {
    if office.store.dir().join(super::demo::MARKER).exists() {
        // there the pseudonyms follow from the seed: whoever knows it knows the names
        return Err(AppError::Use(format!(
            "{} holds a demonstration, whose pseudonyms are no secret; choose another --dir for real logs",
            office.store.dir().display()
        )));
    }
    // kept until the end: dropping it removes the file
    let mut spooled = Vec::new();
    for file in &mut request.files {
        if file.as_path() == Path::new("-") {
            let kept = spool()?;
            kept.path().clone_into(file);
            spooled.push(kept);
        }
    }
    let report = app::read(office, &request, &mut terminal.bar())?;
    if terminal.json {
        return terminal.print_json(&form(&report));
    }
    terminal.print(&text(&report, terminal.lang))?;
    if report.binding_proposed {
        terminal.remark(terminal.say(
            "Je gaf geen koppeling (--binding). De stappen zijn herkend aan de namen van de activiteiten; kijk die na met `dijkwacht bind`.",
            "You gave no binding (--binding). Steps were recognised by the names of the activities; check them with `dijkwacht bind`.",
        ));
    }
    Ok(())
}

/// Standard input, written to a temporary file, because formats are found by looking into
/// them and some are read twice.
fn spool() -> Result<tempfile::NamedTempFile, AppError> {
    let failed = |error: io::Error| {
        AppError::data(format!("standard input cannot be read ({error})"))
    };
    let mut file =
        tempfile::Builder::new().prefix("stdin-").tempfile().map_err(failed)?;
    let mut buffer = vec![0_u8; 1 << 16];
    let mut input = io::stdin().lock();
    loop {
        let count = input.read(&mut buffer).map_err(failed)?;
        if count == 0 {
            break;
        }
        file.write_all(buffer.get(..count).unwrap_or_default()).map_err(failed)?;
    }
    file.flush().map_err(failed)?;
    Ok(file)
}

fn form(report: &ReadReport) -> serde_json::Value {
    let manifest = &report.manifest;
    let unplaced: Vec<_> = report
        .unplaced
        .iter()
        .map(|(activity, events)| serde_json::json!({ "activity": activity, "events": events }))
        .collect();
    serde_json::json!({
        "form": "dijkwacht/read/1",
        "snapshot": manifest.name,
        "process": manifest.process,
        "existed": report.existed,
        "files": manifest.files,
        "cases": manifest.cases,
        "events": manifest.events,
        "dropped": manifest.dropped,
        "activities": manifest.activities,
        "resources": manifest.handlers,
        "first": manifest.first.map(iso),
        "last": manifest.last.map(iso),
        "columns": manifest.columns,
        "notes": manifest.notes,
        "binding_proposed": report.binding_proposed,
        "unplaced": unplaced,
    })
}

/// An instant in RFC 3339, UTC.
fn iso(micros: i64) -> String {
    jiff::Timestamp::from_microsecond(micros).map(|t| t.to_string()).unwrap_or_default()
}

/// One labelled line.
fn row(out: &mut String, label: &str, value: &str) {
    // writing to a String cannot fail
    writeln!(out, "{label:<16}{value}").unwrap_or_default();
}

fn text(report: &ReadReport, lang: Lang) -> String {
    let manifest = &report.manifest;
    let mut out = String::new();
    let number = |n: u64| reports::numbers::count(n, lang);
    let state = match (report.existed, lang) {
        (false, _) => "",
        (true, Lang::Nl) => "  (bestond al, niets veranderd)",
        (true, Lang::En) => "  (existed already, nothing changed)",
    };
    row(&mut out, "snapshot", &format!("{}{state}", manifest.name));
    for file in &manifest.files {
        let label = lang.pick("bestand", "file");
        row(
            &mut out,
            label,
            &format!("{} ({}, {})", file.name, file.format, number(file.events)),
        );
    }
    row(&mut out, lang.pick("zaken", "cases"), &number(manifest.cases));
    row(&mut out, lang.pick("gebeurtenissen", "events"), &number(manifest.events));
    let activities = number(manifest.activities.len() as u64);
    row(&mut out, lang.pick("activiteiten", "activities"), &activities);
    row(&mut out, lang.pick("behandelaars", "handlers"), &number(manifest.handlers));
    let day = |micros: Option<i64>| {
        micros.map_or_else(
            || "–".to_owned(),
            |m| reports::numbers::date(model::Moment::at(m).local_date(), lang),
        )
    };
    let period = format!("{} – {}", day(manifest.first), day(manifest.last));
    row(&mut out, lang.pick("periode", "period"), &period);
    notes(&mut out, manifest, lang);
    unplaced(&mut out, &report.unplaced, lang);
    out
}

/// Reading notes: count, kind, and where the first few stand.
fn notes(out: &mut String, manifest: &store::Manifest, lang: Lang) {
    let mut label = lang.pick("leesnotities", "reading notes");
    for kind in NoteKind::ALL {
        let count = manifest.notes_of(*kind);
        if count == 0 {
            continue;
        }
        let places = places(manifest, *kind, lang);
        let places = if places.is_empty() {
            String::new()
        } else {
            format!("  ({} …)", places.join("; "))
        };
        let count = reports::numbers::count(count, lang);
        row(out, label, &format!("{count:>8}  {}{places}", kind.phrase(lang)));
        label = "";
    }
}

/// The first three places of a kind of note.
fn places(manifest: &store::Manifest, kind: NoteKind, lang: Lang) -> Vec<String> {
    let of_kind = manifest.notes.iter().filter(|note| note.kind == kind.code());
    let samples = of_kind.flat_map(|note| {
        let file = note.file.and_then(|at| manifest.files.get(at as usize));
        let unit = file.map_or("", |file| file.place_unit.as_str());
        note.samples.iter().map(move |sample| (unit, sample))
    });
    samples
        .take(3)
        .filter_map(|(unit, sample)| {
            let word = reports::listing::place_unit(unit, lang);
            let place = sample.place.map(|n| format!("{word} {n}"));
            let detail = Some(sample.detail.clone()).filter(|detail| !detail.is_empty());
            match (place, detail) {
                (Some(place), Some(detail)) => Some(format!("{place}: {detail}")),
                (one, other) => one.or(other),
            }
        })
        .collect()
}

/// Activities that the binding joins to no step.
fn unplaced(out: &mut String, all: &[(String, u64)], lang: Lang) {
    if all.is_empty() {
        return;
    }
    let names: Vec<String> = all
        .iter()
        .take(8)
        .map(|(name, events)| {
            format!("{name} ({})", reports::numbers::count(*events, lang))
        })
        .collect();
    let rest = all.len().saturating_sub(8);
    let more = if rest > 0 { format!(" + {rest}") } else { String::new() };
    row(
        out,
        lang.pick("niet geplaatst", "not placed"),
        &format!("{}{more}", names.join(", ")),
    );
}
