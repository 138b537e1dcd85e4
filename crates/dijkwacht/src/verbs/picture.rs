//! `dijkwacht picture`.

use crate::terminal::Terminal;
use crate::verbs::write_file;
use app::{AppError, Office};
use exchange::PictureForm;
use model::{Date, Process};
use std::path::Path;

/// What was asked for.
#[derive(Debug)]
pub(super) struct Wanted<'a> {
    pub(super) process: Option<Process>,
    pub(super) as_of: Option<Date>,
    pub(super) html: Option<&'a Path>,
    pub(super) organisation: Option<&'a str>,
}

pub(super) fn run(
    office: &Office,
    wanted: &Wanted<'_>,
    terminal: &Terminal,
) -> Result<(), AppError> {
    let pictures =
        app::pictures(office, wanted.process, wanted.as_of, &mut terminal.bar())?;
    if let Some(path) = wanted.html {
        let heading = reports::html::Heading {
            organisation: wanted.organisation.unwrap_or_default().to_owned(),
            subtitle: String::new(),
        };
        let page =
            reports::html::page(&office.catalogue, &pictures, terminal.lang, &heading);
        write_file(path, page.as_bytes())?;
        terminal.remark(&terminal.choose(
            format!("Geschreven: {}", path.display()),
            format!("Written: {}", path.display()),
        ));
    }
    if terminal.json {
        let forms: Vec<PictureForm> = pictures.iter().map(PictureForm::from).collect();
        return terminal.print_json(&serde_json::json!({
            "form": "dijkwacht/pictures/1",
            "pictures": forms,
        }));
    }
    if wanted.html.is_none() {
        let style =
            reports::text::Style { colour: terminal.colour, width: terminal.width };
        let text =
            reports::text::pictures(&office.catalogue, &pictures, terminal.lang, style);
        terminal.print(&text)?;
    }
    Ok(())
}
