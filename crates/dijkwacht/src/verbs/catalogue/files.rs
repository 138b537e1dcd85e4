//! `dijkwacht catalogue export`, `import`, `diff` and `indicators`: the catalogue and files.

use crate::args::ExportFormat;
use crate::terminal::Terminal;
use app::AppError;
use app::content::{Imported, compare_content, import_workbook, make_workbook};
use catalogue::Catalogue;
use exchange::catalogue::CatalogueForm;
use exchange::indicators;
use serde_json::json;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

fn put(out: Option<&Path>, bytes: &[u8]) -> Result<(), AppError> {
    let written = match out {
        Some(path) => std::fs::write(path, bytes)
            .map_err(|error| format!("{}: cannot be written ({error})", path.display())),
        None => std::io::stdout()
            .write_all(bytes)
            .map_err(|error| format!("standard output takes no more ({error})")),
    };
    written.map_err(AppError::data)
}

/// Brings the catalogue out.
pub(super) fn export(
    catalogue: &Catalogue,
    overlay: Option<&Path>,
    format: ExportFormat,
    out: Option<&Path>,
) -> Result<(), AppError> {
    match format {
        ExportFormat::Json => {
            let form = CatalogueForm::of(catalogue);
            let mut text = serde_json::to_string_pretty(&form)
                .map_err(|error| AppError::data(error.to_string()))?;
            text.push('\n');
            put(out, text.as_bytes())
        }
        ExportFormat::Xlsx => put(out, &make_workbook(overlay)?),
    }
}

/// Shows what a workbook would change, and changes it where that is asked.
pub(super) fn import(
    file: &Path,
    folder: &Path,
    write: bool,
    terminal: &Terminal,
) -> Result<(), AppError> {
    let Imported { differences, passed_over, written } =
        import_workbook(file, folder, write)?;
    if terminal.json {
        let written: Vec<_> = written.iter().map(|p| p.display().to_string()).collect();
        return terminal.print_json(&json!({
            "form": "dijkwacht/catalogue-import/1",
            "differences": differences,
            "sheets_passed_over": passed_over,
            "written": written,
        }));
    }
    let mut out = String::new();
    for difference in &differences {
        // writing to a String cannot fail
        writeln!(out, "{}  {}", difference.file, difference.key).unwrap_or_default();
        writeln!(out, "  - {}", difference.was.replace('\n', "\n    "))
            .unwrap_or_default();
        writeln!(out, "  + {}", difference.is.replace('\n', "\n    "))
            .unwrap_or_default();
    }
    let (n, files) = (differences.len(), written.len());
    let line = if n == 0 {
        terminal.say("Geen verschillen.", "No differences.").to_owned()
    } else if write {
        terminal.choose(
            format!("{n} verschillen; {files} bestanden geschreven."),
            format!("{n} differences; {files} files written."),
        )
    } else {
        terminal.choose(
            format!(
                "{n} verschillen; niets geschreven. Met --write worden ze geschreven."
            ),
            format!("{n} differences; nothing written. With --write they are written."),
        )
    };
    writeln!(out, "{line}").unwrap_or_default();
    terminal.print(&out)
}

/// Tells what changed since an older content.
pub(super) fn diff(
    old: &Path,
    overlay: Option<&Path>,
    terminal: &Terminal,
) -> Result<(), AppError> {
    let diff = compare_content(old, overlay)?;
    if terminal.json {
        return terminal.print_json(&diff);
    }
    let mut out = format!("{} → {}\n", diff.from, diff.to);
    for (sign, items) in [("+", &diff.added), ("-", &diff.gone)] {
        for (code, kind) in items {
            // writing to a String cannot fail
            writeln!(out, "{sign} {code}  {kind}").unwrap_or_default();
        }
    }
    for changed in &diff.changed {
        writeln!(out, "~ {}  {}", changed.code, changed.field).unwrap_or_default();
        writeln!(out, "  - {}", changed.was.replace('\n', "\n    ")).unwrap_or_default();
        writeln!(out, "  + {}", changed.is.replace('\n', "\n    ")).unwrap_or_default();
    }
    if diff.is_empty() {
        let line = terminal.say("Geen verschillen.", "No differences.");
        writeln!(out, "{line}").unwrap_or_default();
    }
    terminal.print(&out)
}

/// Reads figures of open tables and tells what they suggest.
pub(super) fn indicators(
    file: &Path,
    catalogue: &Catalogue,
    terminal: &Terminal,
) -> Result<(), AppError> {
    let text = std::fs::read_to_string(file).map_err(|error| {
        AppError::data(format!("{}: cannot be read ({error})", file.display()))
    })?;
    let form = indicators::read(&text, catalogue).map_err(|faults| {
        let of_file =
            faults.into_iter().map(|fault| format!("{}: {fault}", file.display()));
        AppError::Data(of_file.collect())
    })?;
    if terminal.json {
        return terminal.print_json(&form);
    }
    let mut out = String::new();
    for figure in &form.figures {
        let value = format!(
            "{}{},{}",
            if figure.tenths < 0 { "-" } else { "" },
            figure.tenths.abs() / 10,
            figure.tenths.abs() % 10
        );
        let said = match figure.severity {
            Some(0) => terminal.say("komt niet voor", "does not occur"),
            Some(1) => terminal.say("enigszins", "somewhat"),
            Some(_) => terminal.say("sterk", "strongly"),
            None => {
                terminal.say("geen grens in de catalogus", "no limit in the catalogue")
            }
        };
        let codes = figure.circumstances.join(", ");
        // writing to a String cannot fail
        writeln!(
            out,
            "{:<6}{:<20}{:<10}{value:>12}  {codes}: {said}",
            figure.indicator, figure.area, figure.period
        )
        .unwrap_or_default();
    }
    terminal.print(&out)
}
