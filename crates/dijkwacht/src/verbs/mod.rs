//! One module a verb: asks `app` for what was wanted and puts it into words.

mod bind;
mod catalogue;
mod demo;
mod evaluate;
mod findings;
mod people;
mod picture;
mod read;
mod serve;

use crate::args::{Args, Verb};
use crate::terminal::Terminal;
use app::{AppError, Office};
use clap::CommandFactory as _;
use std::path::Path;

pub(crate) fn run(args: &Args, terminal: &Terminal) -> Result<(), AppError> {
    let overlay = args.content.as_deref();
    let office = |dir: &Path| Office::open(dir, overlay);
    match &args.verb {
        Verb::Read { files, process, mapping, binding, tables, dir } => {
            let request = app::ReadRequest {
                files: files.clone(),
                process: *process,
                mapping: mapping.clone(),
                binding: binding.clone(),
                tables: tables.iter().cloned().collect(),
            };
            read::run(&office(&dir.dir)?, request, terminal)
        }
        Verb::Bind { file, snapshot, process, mapping, out, dir } => {
            let source = bind::Source {
                file: file.as_deref(),
                snapshot: snapshot.as_deref(),
                mapping: mapping.as_deref(),
            };
            bind::run(&office(&dir.dir)?, &source, *process, out.as_deref(), terminal)
        }
        Verb::Evaluate { process, rules, as_of, changes, dir } => {
            let request = app::EvaluateRequest {
                process: *process,
                rules: rules.iter().cloned().collect(),
                as_of: *as_of,
                changes: evaluate::changes(changes)?,
            };
            evaluate::run(&office(&dir.dir)?, &request, terminal)
        }
        Verb::Findings { rules, new, closed, dir } => {
            let rules = rules.iter().cloned().collect();
            findings::run(&office(&dir.dir)?, &rules, *new, *closed, terminal)
        }
        Verb::Picture { process, as_of, round, keep, region, html, who } => {
            let wanted = picture::Wanted {
                process: *process,
                as_of: *as_of,
                round: *round,
                keep: *keep,
                region: region.as_deref(),
                html: html.as_deref(),
                who,
            };
            picture::run(&office(&who.dir.dir)?, &wanted, overlay, terminal)
        }
        Verb::Demo { seed, cases_per_year, clean, no_serve, port, dir } => {
            let settings = simulate::Settings {
                seed: *seed,
                cases_per_year: *cases_per_year,
                clean: *clean,
            };
            let serve = (!no_serve).then_some(*port);
            demo::run(&demo::Wanted { settings, serve, dir, overlay }, terminal)
        }
        Verb::Organisation(verb) => people::organisation(verb, overlay, terminal),
        Verb::Round(verb) => people::round(verb, overlay, terminal),
        Verb::Answer(verb) => people::answer(verb, overlay, terminal),
        Verb::Plan(verb) => people::plan(verb, overlay, terminal),
        Verb::Log(verb) => people::log(verb, overlay, terminal),
        Verb::Records(verb) => people::records(verb, overlay, terminal),
        Verb::Serve(wanted) => serve::run(wanted, overlay, terminal),
        Verb::Account(verb) => serve::account(verb, terminal),
        Verb::Unlock(verb) => people::unlock::run(verb, overlay, terminal),
        Verb::Backup { target, who } => people::backup(target, who, overlay, terminal),
        Verb::Restore { from, who } => people::restore(from, who, terminal),
        Verb::Catalogue(verb) => catalogue::run(verb, overlay, terminal),
        Verb::Completions { shell } => completions(*shell, terminal),
    }
}

fn completions(shell: clap_complete::Shell, terminal: &Terminal) -> Result<(), AppError> {
    let mut command = Args::command();
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, "dijkwacht", &mut script);
    terminal.print(&String::from_utf8_lossy(&script))
}

/// Writes a file whole or not at all.
pub(crate) fn write_file(path: &Path, bytes: &[u8]) -> Result<(), AppError> {
    use std::io::Write as _;
    let failed = |error: &std::io::Error| {
        AppError::data(format!("{}: cannot be written ({error})", path.display()))
    };
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut file =
        tempfile::NamedTempFile::new_in(folder).map_err(|error| failed(&error))?;
    file.write_all(bytes).map_err(|error| failed(&error))?;
    file.persist(path).map_err(|error| failed(&error.error))?;
    Ok(())
}
