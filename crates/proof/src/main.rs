//! Proofs that take real logs or many runs; `cargo xtask peers` and `cargo xtask validation`
//! call it.
#![expect(clippy::print_stdout, reason = "a command whose result is what it prints")]

mod floor;
mod load;
mod peers;
mod speed;
mod validation;

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let names: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match names.as_slice() {
        ["peers"] => show_peers(false),
        ["peers", "--json"] => show_peers(true),
        ["synthetic", events, path] => make(events, path),
        ["floor", file] => floor::run(Path::new(file)).map(|()| true),
        ["speed", file, folder] => speed::read(Path::new(file), Path::new(folder))
            .and_then(|name| speed::six(Path::new(folder), &name))
            .map(|()| true),
        ["six", folder, name] => speed::six(Path::new(folder), name).map(|()| true),
        ["load", program, rest @ ..] => put_load_on(program, rest),
        ["validation", rest @ ..] => show_validation(rest),
        _ => Err("use: proof peers [--json] | synthetic EVENTS FILE | floor FILE | speed FILE FOLDER | six FOLDER SNAPSHOT | load PROGRAM [--respondents N] [--readers N] [--seconds N] [--pause MS] | validation [--seed N] [--seeds N] [--towns N]".into()),
    };
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            println!("{error}");
            ExitCode::from(2)
        }
    }
}

/// Prints one line.
pub(crate) fn say(line: &str) {
    println!("{line}");
}

fn make(events: &str, path: &str) -> Result<bool, Box<dyn Error>> {
    speed::synthetic(events.parse()?, Path::new(path))?;
    Ok(true)
}

/// Serves a demonstration and lets many people work in it at once.
fn put_load_on(program: &str, options: &[&str]) -> Result<bool, Box<dyn Error>> {
    let (mut respondents, mut readers, mut seconds, mut pause) = (200, 50, 120, 1_000);
    for pair in options.chunks(2) {
        let [name, value] = pair else { return Err("an option without a value".into()) };
        match *name {
            "--respondents" => respondents = value.parse()?,
            "--readers" => readers = value.parse()?,
            "--seconds" => seconds = value.parse()?,
            "--pause" => pause = value.parse()?,
            other => return Err(format!("there is no option {other}").into()),
        }
    }
    let load = load::Load {
        program: program.into(),
        respondents,
        readers,
        length: Duration::from_secs(seconds),
        pause: Duration::from_millis(pause),
    };
    load::run(&load).map_err(|error| error.to_string().into())
}

/// Prints every log with its number of equal answers, and every difference.
fn show_peers(json: bool) -> Result<bool, Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let Some(all) = peers::run(&root.join("../shared/data"))? else {
        println!("skipped: ../shared/data/eventlogs/expected.json is absent");
        return Ok(true);
    };
    if json {
        let ours: serde_json::Map<_, _> =
            all.iter().map(|log| (log.name.clone(), log.ours.clone())).collect();
        println!("{:#}", serde_json::Value::Object(ours));
    } else {
        for log in &all {
            let equal = log.compared - log.differences.len();
            println!("{:<24} {equal} of {} numbers equal", log.name, log.compared);
        }
    }
    let mut equal = true;
    for difference in all.iter().flat_map(|log| &log.differences) {
        equal = false;
        println!("{difference}");
    }
    Ok(equal)
}

/// Writes `docs/validation.md` and says whether every promise was kept.
fn show_validation(rest: &[&str]) -> Result<bool, Box<dyn Error>> {
    let (mut seed, mut seeds, mut towns) = (1, 200, 20);
    for pair in rest.chunks(2) {
        match pair {
            ["--seed", n] => seed = n.parse()?,
            ["--seeds", n] => seeds = n.parse()?,
            ["--towns", n] => towns = n.parse()?,
            _ => return Err(format!("`{}` is not known", pair.join(" ")).into()),
        }
    }
    let (text, good) = validation::report(seed, seeds, towns)?;
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    std::fs::write(root.join("docs/validation.md"), &text)?;
    println!("{text}");
    Ok(good)
}
