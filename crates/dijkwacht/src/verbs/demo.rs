//! `dijkwacht demo`: Dijkveen, from simulated files to the served picture.
//!
//! The files go through the same readers, the same bindings and the same rules as those of a
//! real municipality.

mod people;
mod story;
mod town_hall;

use crate::terminal::Terminal;
use crate::verbs::write_file;
use app::{AppError, EvaluateRequest, Office, Progress as _, ReadRequest};
use exchange::PictureForm;
use model::{Lang, Process};
use picture::Picture;
use simulate::{Settings, Town};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The file that says that a folder was made by this verb.
pub(super) const MARKER: &str = app::DEMONSTRATION;

/// What was asked for.
#[derive(Debug)]
pub(super) struct Wanted<'a> {
    pub(super) settings: Settings,
    /// The port to serve on; `None` does not serve.
    pub(super) serve: Option<u16>,
    pub(super) dir: &'a Path,
    pub(super) overlay: Option<&'a Path>,
}

pub(super) fn run(wanted: &Wanted<'_>, terminal: &Terminal) -> Result<(), AppError> {
    let office = Office::open(wanted.dir, wanted.overlay)?;
    own_folder(wanted.dir)?;
    let mut bar = terminal.bar();
    bar.begin(terminal.say("Dijkveen wordt gemaakt", "making Dijkveen"), 0);
    let town = Town::build(&wanted.settings);
    bar.end();
    write_file(&wanted.dir.join(app::OWNER), b"dijkveen\n")?;
    let requests = write_sources(&town, wanted, terminal)?;
    story::write(&office, &town, wanted, &requests, terminal)?;
    for request in &requests {
        app::read(&office, request, &mut terminal.bar())?;
    }
    app::evaluate(&office, &EvaluateRequest::default(), &mut terminal.bar())?;
    let pictures = app::pictures(&office, None, None, &mut terminal.bar())?;
    let heading = reports::html::Heading {
        organisation: "Dijkveen".to_owned(),
        subtitle: terminal
            .say(
                "Een verzonnen gemeente van 24.000 inwoners. Alle zaken, mensen en bedragen zijn gemaakt door een computer.",
                "A fictional municipality of 24,000 inhabitants. All cases, people and amounts were made by a computer.",
            )
            .to_owned(),
    };
    let path = wanted.dir.join(format!("dijkveen.{}.html", terminal.lang));
    let said = story::last_round(&office, wanted, &pictures)?;
    let told = (pictures.as_slice(), &said);
    let page = whole(&office, told, terminal.lang, &heading);
    write_file(&path, page.as_bytes())?;
    report(&pictures, &path, wanted, terminal)?;
    match wanted.serve {
        Some(port) => town_hall::serve(wanted, port, terminal),
        None => Ok(()),
    }
}

/// The folder must be new, empty, or one that a demonstration made before: nothing of
/// somebody's own is ever mixed with fiction.
fn own_folder(dir: &Path) -> Result<(), AppError> {
    let failed = |error: std::io::Error| {
        AppError::data(format!("{}: cannot be used ({error})", dir.display()))
    };
    let marker = dir.join(MARKER);
    let empty = match fs::read_dir(dir) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => true,
        Err(error) => return Err(failed(error)),
    };
    if !empty && !marker.exists() {
        return Err(AppError::Use(format!(
            "{} holds something else than a demonstration; choose another --dir",
            dir.display()
        )));
    }
    fs::create_dir_all(dir.join("sources")).map_err(failed)?;
    // a demonstration begins anew: snapshots of another seed would be mixed with it
    for old in ["snapshots", "findings", "runs"] {
        match fs::remove_dir_all(dir.join(old)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(failed(error));
            }
            Ok(()) | Err(_) => {}
        }
    }
    for old in [
        "latest.json",
        "pseudonym.key",
        "records.sqlite",
        "records.sqlite-wal",
        "records.sqlite-shm",
        "accounts.sqlite",
        "accounts.sqlite-wal",
        "accounts.sqlite-shm",
    ] {
        match fs::remove_file(dir.join(old)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(failed(error));
            }
            Ok(()) | Err(_) => {}
        }
    }
    write_file(&marker, b"made by dijkwacht demo; may be thrown away\n")
}

/// Writes the logs with their mappings and bindings, and says how to read them.
fn write_sources(
    town: &Town,
    wanted: &Wanted<'_>,
    terminal: &Terminal,
) -> Result<Vec<ReadRequest>, AppError> {
    let folder = wanted.dir.join("sources");
    // fiction has no secrets: the key follows from the seed, so that the same seed gives the
    // same pseudonyms
    store::put_key(wanted.dir, format!("dijkveen {}", wanted.settings.seed).as_bytes())?;
    let logs = town.logs();
    let mut bar = terminal.bar();
    bar.begin(terminal.say("bestanden", "files"), logs.len() as u64);
    let mut files: BTreeMap<Process, Vec<PathBuf>> = BTreeMap::new();
    for (done, log) in (1_u64..).zip(&logs) {
        let path = folder.join(log.file_name);
        let mut bytes = Vec::new();
        log.write(&mut bytes)
            .map_err(|error| AppError::data(format!("{}: {error}", path.display())))?;
        write_file(&path, &bytes)?;
        files.entry(log.process).or_default().push(path);
        bar.at(done);
    }
    bar.end();
    let mut requests = Vec::new();
    for (process, files) in files {
        let binding = folder.join(format!("{process}.binding.toml"));
        let text = simulate::binding(process).unwrap_or_default();
        write_file(&binding, text.as_bytes())?;
        let mapping = match simulate::mapping(process) {
            Some(text) => {
                let path = folder.join(format!("{process}.mapping.toml"));
                write_file(&path, text.as_bytes())?;
                Some(path)
            }
            None => None,
        };
        requests.push(ReadRequest {
            files,
            process,
            mapping,
            binding: Some(binding),
            tables: BTreeMap::new(),
        });
    }
    let planted: Vec<_> = town
        .planted()
        .iter()
        .map(|plant| {
            serde_json::json!({
                "rule": plant.rule,
                "item": plant.item,
                "process": plant.process.code(),
                "subject": plant.subject,
            })
        })
        .collect();
    let list = serde_json::json!({
        "form": "dijkwacht/planted/1",
        "seed": wanted.settings.seed,
        "clean": wanted.settings.clean,
        "planted": planted,
    });
    write_file(&folder.join("planted.json"), format!("{list:#}\n").as_bytes())?;
    Ok(requests)
}

fn report(
    pictures: &[Picture],
    path: &Path,
    wanted: &Wanted<'_>,
    terminal: &Terminal,
) -> Result<(), AppError> {
    if terminal.json {
        let forms: Vec<PictureForm> = pictures.iter().map(PictureForm::from).collect();
        return terminal.print_json(&serde_json::json!({
            "form": "dijkwacht/demo/1",
            "seed": wanted.settings.seed,
            "clean": wanted.settings.clean,
            "dir": wanted.dir.display().to_string(),
            "html": path.display().to_string(),
            "pictures": forms,
        }));
    }
    let cases: u64 = pictures.iter().map(|picture| picture.log.cases).sum();
    let events: u64 = pictures.iter().map(|picture| picture.log.events).sum();
    let found: usize = pictures
        .iter()
        .flat_map(|picture| &picture.tests)
        .filter(|test| test.found > 0)
        .count();
    let tests: usize = pictures.iter().map(|picture| picture.tests.len()).sum();
    let number = |n: u64| reports::numbers::count(n, terminal.lang);
    terminal.print(&terminal.choose(
        format!(
            "Dijkveen: {} processen, {} zaken, {} gebeurtenissen; {found} van {tests} toetsen vonden iets.\nBronbestanden: {}\nBeeld: {}\nKijk verder met: dijkwacht plan effect --dir {} --as dv-01 --organisation dijkveen\n",
            pictures.len(), number(cases), number(events),
            wanted.dir.join("sources").display(), path.display(), wanted.dir.display()
        ),
        format!(
            "Dijkveen: {} processes, {} cases, {} events; {found} of {tests} tests found something.\nSource files: {}\nPicture: {}\nLook further with: dijkwacht plan effect --dir {} --as dv-01 --organisation dijkveen --lang en\n",
            pictures.len(), number(cases), number(events),
            wanted.dir.join("sources").display(), path.display(), wanted.dir.display()
        ),
    ))
}

/// The one page: what people said beside what the data show, and the logs.
fn whole(
    office: &Office,
    (pictures, said): (&[Picture], &story::Said),
    lang: Lang,
    heading: &reports::html::Heading,
) -> String {
    let material = reports::weighing::Material {
        catalogue: &office.catalogue,
        weighings: &said.now.weighings,
        before: said.before.as_ref(),
        remarks: &said.now.remarks,
        region: None,
        lang,
    };
    reports::html::whole(&office.catalogue, (pictures, Some(&material)), lang, heading)
}
